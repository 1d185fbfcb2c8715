//! Trains the weights of the property model or of the period model (`src/claim/link/{property,period}/weights.tsv`).
//!
//! ```text
//! cargo run --release --example train_links -- property|period FOLDS ARTICLES.jsonl GOLD.jsonl [ARTICLES GOLD]… > weights.tsv
//! ```
//!
//! ARTICLES has `id` and `text`, GOLD has `id` and `claims` with `start`, `end`, `value`, `property`, `period`. A
//! log-linear model over the candidates of a claim, by AdaGrad with an L2 penalty; a candidate counts as right as the
//! scorer counts it (token F1 of one half, or containment). With FOLDS above 1, prints the cross-validated accuracy
//! instead of the weights.

mod learner;

use std::collections::HashMap;
use std::io::Write;

use learner::{Learner, agreement, claim_at, env, hash, is_unread, rows, seed, shuffle, words};
use solieu::article::normalise::nfc;
use solieu::article::span::CodePoints;
use solieu::claim::amount::Amount;
use solieu::claim::find::Draft;
use solieu::claim::lexicon::{Lexicon, Page};
use solieu::claim::link::linear::{Candidate, Linear};
use solieu::claim::link::{Linker, Models, period, property};

/// What is right for a claim: the words, or that there is none.
struct Truth {
    words: Option<Vec<String>>,
}

struct Read<'t> {
    /// Whether a public archive has the article, and not the gold set.
    archive: bool,
    fold: usize,
    page: &'t Page<'t>,
    drafts: Vec<Draft>,
    amounts: Vec<Vec<Amount>>,
    truth: Vec<Option<Truth>>,
}

/// One claim with its candidates and which of them are right.
struct Case {
    at: usize,
    candidates: Vec<Candidate>,
    /// How good each is: 0 where it is wrong, at most 1.
    good: Vec<f32>,
    weight: f32,
    asked: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, field, folds, files @ ..] = args.as_slice() else {
        return Err("usage: train_links property|period FOLDS ARTICLES GOLD [ARTICLES GOLD]…".into());
    };
    let folds: usize = folds.parse()?;
    let mut data: Vec<Read<'_>> = Vec::new();
    let last = files.chunks_exact(2).next_back().unwrap_or(&[]);
    for pair in files.chunks_exact(2) {
        let gold: HashMap<String, serde_json::Value> =
            rows(&pair[1])?.into_iter().map(|g| (g["id"].to_string(), g)).collect();
        for article in rows(&pair[0])? {
            let Some(gold) = gold.get(&article["id"].to_string()) else { continue };
            // With FOLDS 1 the last pair of files is what the others are tried on; else the unread stays unread.
            let tried = folds == 1 && pair == last;
            if !tried && is_unread(article["id"].as_str().unwrap_or_default()) {
                continue;
            }
            let fold = if folds == 1 { usize::from(tried) } else { usize::from(hash(&article["id"].to_string())[1]) };
            let text: &'static str =
                Box::leak(nfc(article["text"].as_str().unwrap_or_default()).into_owned().into_boxed_str());
            let page: &'static Page<'static> = Box::leak(Box::new(Page::new(text, Lexicon::built_in())));
            let (amounts, drafts) = solieu::claim::drafts(page);
            let truth = truths(page, &drafts, &gold["claims"], field);
            let archive = article["id"].as_str().is_some_and(|id| id.contains(':'));
            data.push(Read { archive, fold, page, drafts, amounts, truth });
        }
    }
    let names = if field == "period" { period::candidates::NAMES } else { property::candidates::NAMES };
    if folds > 0 {
        let show = std::env::var_os("SHOW").is_some() && folds > 1;
        let (mut right, mut all, mut possible, mut rule) = (0, 0, 0, 0);
        let mut gold = (0, 0);
        let apart = folds.max(2);
        for fold in usize::from(folds == 1)..apart {
            let model = train(names, field, &data.iter().filter(|r| r.fold % apart != fold).collect::<Vec<_>>());
            for read in data.iter().filter(|r| r.fold % apart == fold) {
                for case in cases(read, field, &model).iter().filter(|c| c.asked) {
                    all += 1;
                    let best = model.best(&case.candidates);
                    if show && !best.is_some_and(|n| case.good[n] > 0.0) {
                        let say = |c: &Candidate| {
                            let mut alone = Vec::new();
                            model.each(c.features, |id| alone.push(model.name(id)));
                            alone.retain(|n| !n.contains('&'));
                            format!(
                                "{:?} {:.1} [{}]",
                                c.span.map(|s| read.page.s.slice(s)),
                                model.score(c.features),
                                alone.join("; ")
                            )
                        };
                        let should = (0..case.good.len()).filter(|&n| case.good[n] > 0.0).max_by(|&a, &b| {
                            model
                                .score(case.candidates[a].features)
                                .total_cmp(&model.score(case.candidates[b].features))
                        });
                        let d = &read.drafts[case.at];
                        let around = read.page.s.slice(solieu::article::span::Span::of(
                            (d.sentence.start as usize).max((d.tokens.start as usize).saturating_sub(30)),
                            (d.tokens.end as usize + 12).min(d.sentence.end as usize),
                        ));
                        writeln!(
                            std::io::stderr(),
                            "---- {}: {around}\n  gold {:?}\n  chose {}\n  right {}",
                            read.page.s.slice(d.tokens),
                            read.truth[case.at].as_ref().and_then(|t| t.words.as_ref()).map(|w| w.join(" ")),
                            best.map_or_else(String::new, |n| say(&case.candidates[n])),
                            should.map_or_else(|| "no candidate".to_owned(), |n| say(&case.candidates[n]))
                        )?;
                    }
                    let hit = u32::from(model.best(&case.candidates).is_some_and(|n| case.good[n] > 0.0));
                    right += hit;
                    if !read.archive {
                        gold = (gold.0 + hit, gold.1 + 1);
                    }
                    possible += u32::from(case.good.iter().any(|g| *g > 0.0));
                    let by_rule = names.iter().position(|n| *n == "by rule").unwrap_or(0);
                    rule += u32::from(
                        case.candidates.iter().zip(&case.good).any(|(c, g)| *g > 0.0 && c.features >> by_rule & 1 == 1),
                    );
                }
            }
        }
        writeln!(
            std::io::stderr(),
            "cross-validated: {right}/{all} = {:.3}, rule {rule}, possible {possible}; outside the archives {gold:?}",
            f64::from(right) / f64::from(all)
        )?;
        return Ok(());
    }
    let model = train(names, field, &data.iter().collect::<Vec<_>>());
    let head = format!(
        "# Weights of the {field} model: made by examples/train_links.rs, read by candidates.rs.\nfeature\tweight"
    );
    writeln!(std::io::stdout().lock(), "{head}\n{}", model.table().trim_end())?;
    Ok(())
}

fn truths(page: &Page<'_>, drafts: &[Draft], claims: &serde_json::Value, field: &str) -> Vec<Option<Truth>> {
    let points = CodePoints::new(page.s.text);
    let truth = |d: &Draft| {
        let claim = claim_at(page, &points, d, claims).filter(|c| c["optional"].as_bool() != Some(true))?;
        Some(Truth { words: claim[field].as_str().map(|w| words(&nfc(w))) })
    };
    drafts.iter().map(truth).collect()
}

/// How good a phrase is: 0 where it is wrong; a right one is the better the more it has of the words.
fn quality(phrase: &str, right: &[String], part: f32) -> f32 {
    agreement(&words(phrase), right).map_or(0.0, |f1| 1.0 - part + part * f1)
}

/// Goes through an article as the program does, each choice leading to the next.
fn cases(read: &Read<'_>, field: &str, model: &Linear) -> Vec<Case> {
    let linker = Linker::new(read.page, &read.amounts);
    let mut models = Models::built_in();
    // That a claim has no time is often only not written down; for a property, the nearer to the words the better.
    let archive = env("ARCHIVE", 1.0);
    let (none, part) = (env("NONE", 0.01), if field == "period" { 0.0 } else { env("PART", 0.4) });
    if field == "period" {
        models.period = linear(model);
    } else {
        models.property = linear(model);
    }
    let mut out = Vec::new();
    let _ = linker.said(&read.drafts, &models, |at, weighed| {
        let Some(truth) = &read.truth[at] else { return };
        let candidates = if field == "period" { weighed.period } else { weighed.property };
        let good: Vec<f32> = candidates
            .iter()
            .map(|c| match (&truth.words, c.span) {
                (Some(words), Some(span)) => quality(linker.words(span), words, part),
                (None, None) => 1.0,
                _ => 0.0,
            })
            .collect();
        let weight = if truth.words.is_some() { 1.0 } else { none } * if read.archive { archive } else { 1.0 };
        out.push(Case { at, candidates: candidates.to_vec(), good, weight, asked: truth.words.is_some() });
    });
    out
}

/// A model that lives as long as the program: there are few.
fn linear(model: &Linear) -> &'static Linear {
    Box::leak(Box::new(model.clone()))
}

/// Several runs over differently ordered claims, averaged: one order alone leans on whatever came last.
fn train(names: &'static [&'static str], field: &str, data: &[&Read<'_>]) -> Linear {
    let (l2, rounds) = if field == "period" { (0.03, 10.0) } else { (0.02, 6.0) };
    let (rounds, runs) = (env("ROUNDS", rounds) as usize, env("RUNS", 5.0) as usize);
    let mut mean = Linear::new(names);
    for run in 0..runs {
        let mut learner = Learner::new(Linear::new(names), env("L2", l2));
        let rule = names.iter().position(|n| *n == "by rule").unwrap_or(0);
        learner.model.weights_mut()[rule * names.len() + rule] = 1.0;
        let mut state = seed(run);
        let mut all: Vec<Case> = Vec::new();
        for round in 0..rounds {
            // What a claim leaves to the next depends on the model: looked at again now and then.
            if round % 3 == 0 {
                all = data.iter().flat_map(|r| cases(r, field, &learner.model)).collect();
            }
            shuffle(&mut all, &mut state);
            for case in &all {
                let features: Vec<_> = case.candidates.iter().map(|c| c.features).collect();
                learner.step(&features, &case.good, case.weight);
            }
            if round >= rounds / 2 {
                learner.keep();
            }
        }
        learner.add_to(&mut mean, runs);
    }
    mean
}
