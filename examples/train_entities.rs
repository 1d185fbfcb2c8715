//! Trains the weights of the entity model (`src/claim/link/entity/weights.tsv`).
//!
//! ```text
//! cargo run --release --example train_entities -- ARTICLES.jsonl GOLD.jsonl [FOLDS] > weights.tsv
//! ```
//!
//! ARTICLES has `id` and `text`, GOLD has `id` and `claims` with `start`, `end`, `value`, `entity`, `entity_alt`.
//! The articles whose SHA-256 of the id is divisible by three stay unread, as in `.ci/score.py`. A log-linear model over the candidates of a claim, by AdaGrad
//! with an L2 penalty; a candidate counts as right as the scorer counts it (token F1 of one half, or containment).
//! With FOLDS, prints the cross-validated accuracy instead of the weights.

mod learner;

use std::collections::HashMap;
use std::io::Write;

use learner::{Learner, agreement, claim_at, env, hash, is_unread, rows, seed, shuffle, words};
use solieu::article::normalise::nfc;
use solieu::article::span::CodePoints;
use solieu::claim::find::Draft;
use solieu::claim::lexicon::{Lexicon, Page};
use solieu::claim::link::{Linker, entity, linear::Linear};

/// One claim whose entity is known: its place in the article's drafts and the phrases that are right.
struct Truth {
    accepted: Vec<Vec<String>>,
}

struct Read<'t> {
    /// Which collection the article is from.
    source: &'static str,
    fold: usize,
    page: &'t Page<'t>,
    linker: Linker<'t, 't>,
    drafts: Vec<Draft>,
    /// For each draft: its sentence, and its candidates before the claims around it say anything.
    candidates: Vec<(usize, Vec<entity::Candidate>)>,
    truth: Vec<Option<Truth>>,
    /// What was found right or wrong so far, by draft, thing and phrase: comparing words is most of the work.
    known: std::cell::RefCell<Known>,
}

/// Draft, thing and phrase → whether that was right.
type Known = HashMap<(usize, u32, Option<usize>), bool>;

impl Read<'_> {
    fn right(&self, at: usize, c: &entity::Candidate) -> bool {
        let Some(truth) = &self.truth[at] else { return false };
        let key = (at, c.cluster, c.mention);
        *self.known.borrow_mut().entry(key).or_insert_with(|| right(&self.linker, c, truth))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, articles, gold, rest @ ..] = args.as_slice() else {
        return Err("usage: train_entities ARTICLES GOLD [FOLDS]".into());
    };
    let folds: usize = rest.first().map_or(Ok(0), |f| f.parse())?;
    let texts = rows(articles)?;
    let gold: HashMap<String, serde_json::Value> = rows(gold)?.into_iter().map(|g| (g["id"].to_string(), g)).collect();
    let mut data: Vec<Read<'_>> = Vec::new();
    for article in &texts {
        let id = article["id"].as_str().unwrap_or_default();
        let own = id.starts_with("corpus-");
        let (Some(gold), false) = (gold.get(&article["id"].to_string()), is_unread(id)) else { continue };
        let text: &'static str =
            Box::leak(nfc(article["text"].as_str().unwrap_or_default()).into_owned().into_boxed_str());
        let page: &'static Page<'static> = Box::leak(Box::new(Page::new(text, Lexicon::built_in())));
        let (amounts, drafts) = solieu::claim::drafts(page);
        let truth = truths(page, &drafts, &gold["claims"]);
        let linker = Linker::new(page, Box::leak(Box::new(amounts)));
        let context = linker.context();
        let candidates = drafts
            .iter()
            .map(|d| {
                let sentence = page.s.sentences.iter().position(|s| *s == d.sentence).unwrap_or(0);
                (sentence, entity::candidates(&context, d, sentence))
            })
            .collect();
        let fold = if own { usize::MAX } else { usize::from(hash(id)[0]) };
        let known = std::cell::RefCell::default();
        let source = if own {
            "own"
        } else if id.contains(':') {
            "archive"
        } else {
            "gold"
        };
        data.push(Read { source, fold, page, linker, drafts, candidates, truth, known });
    }
    if folds > 1 {
        let (mut right, mut all) = (0, 0);
        for fold in 0..folds {
            let weights = train(data.iter().filter(|r| r.fold == usize::MAX || r.fold % folds != fold).collect());
            let (r, a) = evaluate(&weights, data.iter().filter(|r| r.fold != usize::MAX && r.fold % folds == fold));
            right += r;
            all += a;
        }
        writeln!(std::io::stderr(), "cross-validated: {right}/{all} = {:.3}", f64::from(right) / f64::from(all))?;
        return Ok(());
    }
    let weights = train(data.iter().collect());
    let (right, all) = evaluate(&weights, data.iter());
    writeln!(std::io::stderr(), "on what it was trained on: {right}/{all} = {:.3}", f64::from(right) / f64::from(all))?;
    let head = "# Weights of the entity model: made by examples/train_entities.rs, read by mod.rs.\nfeature\tweight";
    writeln!(std::io::stdout().lock(), "{head}\n{}", weights.table().trim_end())?;
    Ok(())
}

fn truths(page: &Page<'_>, drafts: &[Draft], claims: &serde_json::Value) -> Vec<Option<Truth>> {
    let points = CodePoints::new(page.s.text);
    let truth = |d: &Draft| {
        let claim = claim_at(page, &points, d, claims)?;
        let mut accepted: Vec<Vec<String>> = vec![words(claim["entity"].as_str()?)];
        accepted.extend(claim["entity_alt"].as_array().into_iter().flatten().filter_map(|a| a.as_str()).map(words));
        Some(Truth { accepted })
    };
    drafts.iter().map(truth).collect()
}

/// Token F1 of at least one half, or one phrase inside the other.
fn matches(phrase: &str, accepted: &[Vec<String>]) -> bool {
    let p = words(phrase);
    accepted.iter().any(|g| agreement(&p, g).is_some())
}

fn right(linker: &Linker<'_, '_>, c: &entity::Candidate, truth: &Truth) -> bool {
    matches(linker.name(c.cluster), &truth.accepted)
        || c.mention.is_some_and(|m| matches(linker.mention(m), &truth.accepted))
}

/// Several runs over differently ordered articles, averaged: one order alone leans on whatever came last.
fn train(data: Vec<&Read<'_>>) -> Linear {
    let (runs, rounds) = (env("RUNS", 6.0) as usize, env("ROUNDS", 8.0) as usize);
    // The archive's annotators read the guideline a little differently from those of the gold set.
    let (own, archive) = (env("OWN", 0.5), env("ARCHIVE", 0.6));
    let mut mean = Linear::new(entity::feature::NAMES);
    for run in 0..runs {
        let mut order = data.clone();
        shuffle(&mut order, &mut seed(run));
        let mut learner = Learner::new(Linear::new(entity::feature::NAMES), env("L2", 0.012));
        for round in 0..rounds {
            for read in &order {
                let weight = match read.source {
                    "own" => own,
                    "archive" => archive,
                    _ => 1.0,
                };
                // The way through the article is that of the model as it was at its beginning.
                let now = learner.model.clone();
                walk(read, &now, |ranked, at| {
                    let candidates = &ranked.candidates;
                    let good: Vec<f32> = candidates.iter().map(|c| f32::from(u8::from(read.right(at, c)))).collect();
                    let features: Vec<_> = candidates.iter().map(|c| c.features).collect();
                    learner.step(&features, &good, weight);
                });
            }
            if round >= rounds / 2 {
                learner.keep();
            }
        }
        learner.add_to(&mut mean, runs);
    }
    mean
}

/// Goes through an article as the program does, each choice leading to the next.
fn walk(read: &Read<'_>, weights: &Linear, mut each: impl FnMut(entity::Ranked, usize)) {
    let context = read.linker.context();
    let mut last = None;
    let mut tally = entity::Tally::default();
    for (at, (d, (sentence, known))) in read.drafts.iter().zip(&read.candidates).enumerate() {
        let sentence = *sentence;
        let mut candidates = known.clone();
        entity::continue_from(&context, d, sentence, last, &mut candidates);
        let ranked = entity::Ranked::new(candidates, weights);
        let Some(best) = ranked.best() else { continue };
        let cluster = ranked.candidates[best].cluster;
        last = Some(entity::Last { cluster, sentence, end: d.tokens.end as usize, majority: tally.add(cluster) });
        each(ranked, at);
    }
}

fn evaluate<'r>(weights: &Linear, data: impl Iterator<Item = &'r Read<'r>>) -> (u32, u32) {
    let (mut good, mut all, mut possible) = (0, 0, 0);
    let mut sources: std::collections::BTreeMap<&str, (u32, u32)> = std::collections::BTreeMap::new();
    let show = std::env::var_os("SHOW").is_some();
    for read in data {
        let linker = &read.linker;
        let mut claims = (Vec::new(), Vec::new());
        walk(read, weights, |ranked, at| {
            claims.0.push(ranked);
            claims.1.push(at);
        });
        let chosen = entity::settle(&mut claims.0, linker.things());
        for ((ranked, &at), best) in claims.0.iter().zip(&claims.1).zip(chosen) {
            let (candidates, best) = (&ranked.candidates, best.map_or(0, |b| b.0));
            let Some(truth) = &read.truth[at] else { continue };
            all += 1;
            let hit = read.right(at, &candidates[best]);
            good += u32::from(hit);
            let source = sources.entry(read.source).or_default();
            *source = (source.0 + u32::from(hit), source.1 + 1);
            if !hit && show {
                let say = |c: &entity::Candidate| {
                    let mut alone = Vec::new();
                    weights.each(c.features, |id| alone.push(id));
                    let names: Vec<_> =
                        alone.into_iter().map(|id| weights.name(id)).filter(|n| !n.contains('&')).collect();
                    format!(
                        "{} / {} {:.1} [{}]",
                        linker.name(c.cluster),
                        c.mention.map_or("-", |m| linker.mention(m)),
                        weights.score(c.features),
                        names.join("; ")
                    )
                };
                let should = candidates.iter().filter(|c| read.right(at, c)).max_by(|a, b| {
                    let score = |c: &entity::Candidate| weights.score(c.features);
                    score(a).total_cmp(&score(b))
                });
                let d = &read.drafts[at];
                let around = read.page.s.slice(solieu::article::span::Span::of(
                    (d.sentence.start as usize).max((d.tokens.start as usize).saturating_sub(28)),
                    (d.tokens.end as usize + 8).min(d.sentence.end as usize),
                ));
                let _ = writeln!(
                    std::io::stderr(),
                    "---- {} {} ({})  …{around}\n   chose {}\n   right {}",
                    read.source,
                    read.page.s.slice(d.tokens),
                    truth.accepted[0].join(" "),
                    say(&candidates[best]),
                    should.map_or_else(|| "no candidate".to_owned(), say)
                );
            }
            possible += u32::from(candidates.iter().any(|c| read.right(at, c)));
        }
    }
    let _ = writeln!(std::io::stderr(), "right {good} of {all}, possible {possible}; by source {sources:?}");
    (good, all)
}
