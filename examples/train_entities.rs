//! Trains the weights of the entity model (`src/claim/link/entity_weights.tsv`).
//!
//! ```text
//! cargo run --release --example train_entities -- ARTICLES.jsonl GOLD.jsonl [FOLDS] > weights.tsv
//! ```
//!
//! ARTICLES has `id` and `text`, GOLD has `id` and `claims` with `start`, `end`, `value`, `entity`, `entity_alt`.
//! The articles whose SHA-256 of the id is divisible by three stay unread, as in `.ci/score.py`. A log-linear model over the candidates of a claim, by AdaGrad
//! with an L2 penalty; a candidate counts as right as the scorer counts it (token F1 of one half, or containment).
//! With FOLDS, prints the cross-validated accuracy instead of the weights.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use sha2::{Digest, Sha256};
use solieu::article::normalise::nfc;
use solieu::article::span::CodePoints;
use solieu::claim::find::Draft;
use solieu::claim::lexicon::{Lexicon, Page};
use solieu::claim::link::{Linker, entity};

/// One claim whose entity is known: its place in the article's drafts and the phrases that are right.
struct Truth {
    accepted: Vec<Vec<String>>,
}

struct Read<'t> {
    fold: usize,
    page: &'t Page<'t>,
    drafts: Vec<Draft>,
    amounts: Vec<Vec<solieu::claim::amount::Amount>>,
    truth: Vec<Option<Truth>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, articles, gold, rest @ ..] = args.as_slice() else { return Err("usage: train_entities ARTICLES GOLD [FOLDS]".into()) };
    let folds: usize = rest.first().map_or(Ok(0), |f| f.parse())?;
    let texts = rows(articles)?;
    let gold: HashMap<String, serde_json::Value> = rows(gold)?.into_iter().map(|g| (g["id"].to_string(), g)).collect();
    let mut data: Vec<Read<'_>> = Vec::new();
    for article in &texts {
        let id = article["id"].as_str().unwrap_or_default();
        let hash = Sha256::digest(id.as_bytes());
        let third = hash.iter().fold(0_u32, |m, b| (m * 256 + u32::from(*b)) % 3);
        let (Some(gold), true) = (gold.get(&article["id"].to_string()), third != 0) else { continue };
        let text: &'static str = Box::leak(nfc(article["text"].as_str().unwrap_or_default()).into_owned().into_boxed_str());
        let page: &'static Page<'static> = Box::leak(Box::new(Page::new(text, Lexicon::built_in())));
        let (amounts, drafts) = solieu::claim::drafts(page);
        let truth = truths(page, &drafts, &gold["claims"]);
        data.push(Read { fold: usize::from(hash[0]), page, drafts, amounts, truth });
    }
    if folds > 1 {
        let (mut right, mut all) = (0, 0);
        for fold in 0..folds {
            let weights = train(data.iter().filter(|r| r.fold % folds != fold).collect());
            let (r, a) = evaluate(&weights, data.iter().filter(|r| r.fold % folds == fold));
            right += r;
            all += a;
        }
        writeln!(std::io::stderr(), "cross-validated: {right}/{all} = {:.3}", f64::from(right) / f64::from(all))?;
        return Ok(());
    }
    let weights = train(data.iter().collect());
    let (right, all) = evaluate(&weights, data.iter());
    writeln!(std::io::stderr(), "on what it was trained on: {right}/{all} = {:.3}", f64::from(right) / f64::from(all))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "# Weights of the entity model: made by examples/train_entities.rs, read by entity.rs.\nfeature\tweight")?;
    let mut lines: Vec<String> = weights.iter().enumerate().filter(|(_, w)| w.abs() > 0.005).map(|(id, w)| format!("{}\t{w:.3}", entity::feature_name(id))).collect();
    lines.sort_unstable();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn rows(path: &str) -> Result<Vec<serde_json::Value>, Box<dyn std::error::Error>> {
    std::fs::read_to_string(path)?.lines().map(|l| Ok(serde_json::from_str(l)?)).collect()
}

fn truths(page: &Page<'_>, drafts: &[Draft], claims: &serde_json::Value) -> Vec<Option<Truth>> {
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
                s < u64::from(end) && u64::from(start) < e && (c["value"].as_f64().unwrap_or(f64::NAN) - value).abs() <= 1e-6 * value.abs().max(1.0)
            })?;
            let mut accepted: Vec<Vec<String>> = vec![words(claim["entity"].as_str()?)];
            accepted.extend(claim["entity_alt"].as_array().into_iter().flatten().filter_map(|a| a.as_str()).map(words));
            Some(Truth { accepted })
        })
        .collect()
}

fn words(phrase: &str) -> Vec<String> {
    phrase.to_lowercase().split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '%' | '°' | '/'))).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Token F1 of at least one half, or one phrase inside the other.
fn matches(phrase: &str, accepted: &[Vec<String>]) -> bool {
    let p = words(phrase);
    accepted.iter().any(|g| {
        if p.is_empty() || g.is_empty() {
            return false;
        }
        let mut left: Vec<&String> = g.iter().collect();
        let common = p.iter().filter(|w| left.iter().position(|x| x == w).map(|i| left.swap_remove(i)).is_some()).count();
        let (short, long) = if p.len() <= g.len() { (&p, g) } else { (g, &p) };
        p == *g || 4 * common >= p.len() + g.len() && common > 0 || short.len() >= 2 && long.windows(short.len()).any(|w| w == &short[..])
    })
}

fn right(linker: &Linker<'_, '_>, c: &entity::Candidate, truth: &Truth) -> bool {
    matches(linker.name(c.cluster), &truth.accepted) || c.mention.is_some_and(|m| matches(linker.mention(m), &truth.accepted))
}

fn train(data: Vec<&Read<'_>>) -> Vec<f32> {
    let mut weights = vec![0.0_f32; entity::FEATURES];
    let mut squares = vec![1.0_f32; entity::FEATURES];
    let mut sum = vec![0.0_f32; entity::FEATURES];
    let rounds = 14;
    for round in 0..rounds {
        for read in &data {
            walk(read, &weights.clone(), |linker, candidates, truth, _| {
                let Some(truth) = truth else { return };
                let good: Vec<bool> = candidates.iter().map(|c| right(linker, c, truth)).collect();
                if good.iter().all(|g| !g) {
                    return;
                }
                let scores: Vec<f32> = candidates.iter().map(|c| c.features.iter().map(|&f| weights[f as usize]).sum()).collect();
                let top = scores.iter().copied().fold(f32::MIN, f32::max);
                let all: f32 = scores.iter().map(|s| (s - top).exp()).sum();
                let correct: f32 = scores.iter().zip(&good).filter(|(_, g)| **g).map(|(s, _)| (s - top).exp()).sum();
                let mut gradient: HashMap<u16, f32> = HashMap::new();
                for ((c, s), g) in candidates.iter().zip(&scores).zip(&good) {
                    let e = (s - top).exp();
                    let delta = if *g { e / correct } else { 0.0 } - e / all;
                    for &f in c.features.iter().collect::<HashSet<_>>() {
                        *gradient.entry(f).or_default() += delta;
                    }
                }
                for (f, g) in gradient {
                    let f = f as usize;
                    let g = g - 0.004 * weights[f];
                    squares[f] += g * g;
                    weights[f] += 0.25 * g / squares[f].sqrt();
                }
            });
        }
        if round >= rounds / 2 {
            for (s, w) in sum.iter_mut().zip(&weights) {
                *s += w;
            }
        }
    }
    sum.into_iter().map(|s| s / (rounds - rounds / 2) as f32).collect()
}

/// Goes through an article as the program does, each choice leading to the next.
fn walk(read: &Read<'_>, weights: &[f32], mut each: impl FnMut(&Linker<'_, '_>, &[entity::Candidate], Option<&Truth>, usize)) {
    let linker = Linker::new(read.page, &read.amounts);
    let context = linker.context();
    let mut last = None;
    for (d, truth) in read.drafts.iter().zip(&read.truth) {
        let sentence = read.page.s.sentences.iter().position(|s| *s == d.sentence).unwrap_or(0);
        let mut candidates = entity::candidates(&context, d, sentence);
        entity::continue_from(&context, d, sentence, last, &mut candidates);
        let Some((best, _)) = entity::best_by(&candidates, weights) else { continue };
        last = Some(entity::Last { cluster: candidates[best].cluster, sentence, end: d.tokens.end as usize });
        each(&linker, &candidates, truth.as_ref(), best);
    }
}

fn evaluate<'r>(weights: &[f32], data: impl Iterator<Item = &'r Read<'r>>) -> (u32, u32) {
    let (mut good, mut all, mut possible) = (0, 0, 0);
    for read in data {
        walk(read, weights, |linker, candidates, truth, best| {
            let Some(truth) = truth else { return };
            all += 1;
            good += u32::from(right(linker, &candidates[best], truth));
            possible += u32::from(candidates.iter().any(|c| right(linker, c, truth)));
        });
    }
    let _ = writeln!(std::io::stderr(), "right {good} of {all}, possible {possible}");
    (good, all)
}
