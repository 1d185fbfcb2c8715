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

use std::collections::HashMap;
use std::io::Write;

use sha2::{Digest, Sha256};
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
    for pair in files.chunks_exact(2) {
        let gold: HashMap<String, serde_json::Value> =
            rows(&pair[1])?.into_iter().map(|g| (g["id"].to_string(), g)).collect();
        for article in rows(&pair[0])? {
            let Some(gold) = gold.get(&article["id"].to_string()) else { continue };
            let fold = usize::from(Sha256::digest(article["id"].to_string().as_bytes())[1]);
            let text: &'static str =
                Box::leak(nfc(article["text"].as_str().unwrap_or_default()).into_owned().into_boxed_str());
            let page: &'static Page<'static> = Box::leak(Box::new(Page::new(text, Lexicon::built_in())));
            let (amounts, drafts) = solieu::claim::drafts(page);
            let truth = truths(page, &drafts, &gold["claims"], field);
            // The last pair of files is what the others are tried on.
            let fold =
                if folds == 1 { usize::from(pair == files.chunks_exact(2).next_back().unwrap_or(&[])) } else { fold };
            data.push(Read { fold, page, drafts, amounts, truth });
        }
    }
    let names = if field == "period" { period::candidates::NAMES } else { property::candidates::NAMES };
    if folds > 0 {
        let show = std::env::var_os("SHOW").is_some() && folds > 1;
        let (mut right, mut all, mut possible, mut rule) = (0, 0, 0, 0);
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
                    right += u32::from(model.best(&case.candidates).is_some_and(|n| case.good[n] > 0.0));
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
            "cross-validated: {right}/{all} = {:.3}, rule {rule}, possible {possible}",
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

fn rows(path: &str) -> Result<Vec<serde_json::Value>, Box<dyn std::error::Error>> {
    std::fs::read_to_string(path)?.lines().map(|l| Ok(serde_json::from_str(l)?)).collect()
}

fn truths(page: &Page<'_>, drafts: &[Draft], claims: &serde_json::Value, field: &str) -> Vec<Option<Truth>> {
    let points = CodePoints::new(page.s.text);
    let claims = claims.as_array().map(Vec::as_slice).unwrap_or_default();
    drafts
        .iter()
        .map(|d| {
            let span = page.s.bytes(d.tokens);
            let (start, end) = (points.at(span.start), points.at(span.end));
            let value: f64 = d.amount.value.to_string().parse().unwrap_or(f64::NAN);
            let claim = claims.iter().find(|c| {
                let (s, e) = (c["start"].as_u64().unwrap_or(0), c["end"].as_u64().unwrap_or(0));
                s < u64::from(end)
                    && u64::from(start) < e
                    && c["value"].as_f64().is_none_or(|v| (v - value).abs() <= 1e-6 * value.abs().max(1.0))
            })?;
            if claim["optional"].as_bool() == Some(true) {
                return None;
            }
            Some(Truth { words: claim[field].as_str().map(words) })
        })
        .collect()
}

fn words(phrase: &str) -> Vec<String> {
    nfc(phrase)
        .to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '%' | '°' | '/')))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How good a phrase is: 0 unless its token F1 is at least one half or one phrase lies inside the other.
fn quality(phrase: &str, g: &[String], part: f32) -> f32 {
    let p = words(phrase);
    if p.is_empty() || g.is_empty() {
        return 0.0;
    }
    let mut left: Vec<&String> = g.iter().collect();
    let common = p.iter().filter(|w| left.iter().position(|x| x == w).map(|i| left.swap_remove(i)).is_some()).count();
    let (short, long) = if p.len() <= g.len() { (&p[..], g) } else { (g, &p[..]) };
    let right = p == *g
        || 4 * common >= p.len() + g.len() && common > 0
        || short.len() >= 2 && long.windows(short.len()).any(|w| w == short);
    let f1 = 2.0 * common as f32 / (p.len() + g.len()) as f32;
    // A right phrase is the better the more it has of the words.
    if right { 1.0 - part + part * f1 } else { 0.0 }
}

/// Goes through an article as the program does, each choice leading to the next.
fn cases(read: &Read<'_>, field: &str, model: &Linear) -> Vec<Case> {
    let linker = Linker::new(read.page, &read.amounts);
    let mut models = Models::built_in();
    let env = |k: &str, d: f32| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    // That a claim has no time is often only not written down; for a property, the nearer to the words the better.
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
        let weight = if truth.words.is_some() { 1.0 } else { none };
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
    let env = |k: &str, d: f32| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let (l2, rounds) = if field == "period" { (0.05, 8.0) } else { (0.02, 6.0) };
    let (l2, rate) = (env("L2", l2), env("RATE", 0.1));
    let (rounds, runs) = (env("ROUNDS", rounds) as usize, env("RUNS", 5.0) as usize);
    let mut mean = Linear::new(names);
    for run in 0..runs {
        let mut model = Linear::new(names);
        let rule = names.iter().position(|n| *n == "by rule").unwrap_or(0);
        model.weights_mut()[rule * names.len() + rule] = 1.0;
        let size = model.weights_mut().len();
        let (mut squares, mut sum) = (vec![1.0_f32; size], vec![0.0_f32; size]);
        let mut state = run as u64 * 2_654_435_761 + 12_345;
        let mut all: Vec<Case> = Vec::new();
        for round in 0..rounds {
            // What a claim leaves to the next depends on the model: looked at again now and then.
            if round % 3 == 0 {
                all = data.iter().flat_map(|r| cases(r, field, &model)).collect();
            }
            for i in (1..all.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                all.swap(i, (state >> 33) as usize % (i + 1));
            }
            for case in all.iter().filter(|c| c.good.iter().any(|g| *g > 0.0)) {
                let scores: Vec<f32> = case.candidates.iter().map(|c| model.score(c.features)).collect();
                let top = scores.iter().copied().fold(f32::MIN, f32::max);
                let whole: f32 = scores.iter().map(|s| (s - top).exp()).sum();
                let correct: f32 = scores.iter().zip(&case.good).map(|(s, g)| g * (s - top).exp()).sum();
                let mut gradient: HashMap<usize, f32> = HashMap::new();
                for ((c, s), g) in case.candidates.iter().zip(&scores).zip(&case.good) {
                    let e = (s - top).exp();
                    let delta = case.weight * (g * e / correct - e / whole);
                    model.each(c.features, |id| *gradient.entry(id).or_default() += delta);
                }
                let weights = model.weights_mut();
                #[expect(clippy::iter_over_hash_type, reason = "each weight moves by itself: the order plays no part")]
                for (f, g) in gradient {
                    let g = g - l2 * weights[f];
                    squares[f] += g * g;
                    weights[f] += rate * g / squares[f].sqrt();
                }
            }
            if round >= rounds / 2 {
                for (s, w) in sum.iter_mut().zip(model.weights_mut()) {
                    *s += *w;
                }
            }
        }
        for (m, s) in mean.weights_mut().iter_mut().zip(sum) {
            *m += s / ((rounds - rounds / 2) * runs) as f32;
        }
    }
    mean
}
