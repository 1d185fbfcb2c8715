//! What the two trainers share: reading annotated articles, what counts as right, and the learner.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use solieu::article::span::CodePoints;
use solieu::claim::find::Draft;
use solieu::claim::lexicon::Page;
use solieu::claim::link::linear::{Features, Linear};

/// A JSON Lines file.
pub(crate) fn rows(path: &str) -> Result<Vec<serde_json::Value>, Box<dyn std::error::Error>> {
    std::fs::read_to_string(path)?.lines().map(|l| Ok(serde_json::from_str(l)?)).collect()
}

/// A number from the environment, for trying things out.
pub(crate) fn env(key: &str, default: f32) -> f32 {
    std::env::var(key).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// The SHA-256 of an article's id: its first bytes choose the fold.
pub(crate) fn hash(id: &str) -> [u8; 32] {
    Sha256::digest(id.as_bytes()).into()
}

/// Whether an article belongs to the third that nobody reads, as in `.ci/score.py`; our own articles never do.
pub(crate) fn is_unread(id: &str) -> bool {
    !id.starts_with("corpus-") && hash(id).iter().fold(0_u32, |m, b| (m * 256 + u32::from(*b)) % 3) == 0
}

/// The annotated claim that stands where a draft does and has its value.
pub(crate) fn claim_at<'g>(
    page: &Page<'_>,
    points: &CodePoints,
    d: &Draft,
    claims: &'g serde_json::Value,
) -> Option<&'g serde_json::Value> {
    let span = page.s.bytes(d.tokens);
    let (start, end) = (points.at(span.start), points.at(span.end));
    let value: f64 = d.amount.value.to_string().parse().unwrap_or(f64::NAN);
    claims.as_array().map(Vec::as_slice).unwrap_or_default().iter().find(|c| {
        let (s, e) = (c["start"].as_u64().unwrap_or(0), c["end"].as_u64().unwrap_or(0));
        s < u64::from(end)
            && u64::from(start) < e
            && c["value"].as_f64().is_none_or(|v| (v - value).abs() <= 1e-6 * value.abs().max(1.0))
    })
}

/// The words of a phrase as the scorer cuts them.
pub(crate) fn words(phrase: &str) -> Vec<String> {
    phrase
        .to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '%' | '°' | '/')))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The token F1 of a phrase that counts as right (one half or more, or one phrase inside the other), else nothing.
pub(crate) fn agreement(p: &[String], g: &[String]) -> Option<f32> {
    if p.is_empty() || g.is_empty() {
        return None;
    }
    let mut left: Vec<&String> = g.iter().collect();
    let common = p.iter().filter(|w| left.iter().position(|x| x == w).map(|i| left.swap_remove(i)).is_some()).count();
    let (short, long) = if p.len() <= g.len() { (p, g) } else { (g, p) };
    let right = p == g
        || 4 * common >= p.len() + g.len() && common > 0
        || short.len() >= 2 && long.windows(short.len()).any(|w| w == short);
    right.then(|| 2.0 * common as f32 / (p.len() + g.len()) as f32)
}

/// Puts a list into another order, always the same for a seed.
pub(crate) fn shuffle<T>(list: &mut [T], state: &mut u64) {
    for i in (1..list.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(i, (*state >> 33) as usize % (i + 1));
    }
}

/// The seed of a run.
pub(crate) fn seed(run: usize) -> u64 {
    run as u64 * 2_654_435_761 + 12_345
}

/// A log-linear model while it learns, by AdaGrad with an L2 penalty; what it has learned is the mean of its states in
/// the later half of the rounds.
pub(crate) struct Learner {
    /// The model as it is now.
    pub(crate) model: Linear,
    squares: Vec<f32>,
    sum: Vec<f32>,
    kept: f32,
    l2: f32,
    rate: f32,
}

impl Learner {
    /// Begins with a model.
    pub(crate) fn new(mut model: Linear, l2: f32) -> Self {
        let size = model.weights_mut().len();
        Self { model, squares: vec![1.0; size], sum: vec![0.0; size], kept: 0.0, l2, rate: env("RATE", 0.1) }
    }

    /// One claim: its candidates, and how good each is (0 where it is wrong, at most 1).
    pub(crate) fn step(&mut self, candidates: &[Features], good: &[f32], weight: f32) {
        if good.iter().all(|g| *g <= 0.0) {
            return;
        }
        let scores: Vec<f32> = candidates.iter().map(|&c| self.model.score(c)).collect();
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let whole: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        let correct: f32 = scores.iter().zip(good).map(|(s, g)| g * (s - top).exp()).sum();
        let mut gradient: HashMap<usize, f32> = HashMap::new();
        for ((&c, s), g) in candidates.iter().zip(&scores).zip(good) {
            let e = (s - top).exp();
            let delta = weight * (g * e / correct - e / whole);
            self.model.each(c, |id| *gradient.entry(id).or_default() += delta);
        }
        let weights = self.model.weights_mut();
        #[expect(clippy::iter_over_hash_type, reason = "each weight moves by itself: the order plays no part")]
        for (f, g) in gradient {
            let g = g - self.l2 * weights[f];
            self.squares[f] += g * g;
            weights[f] += self.rate * g / self.squares[f].sqrt();
        }
    }

    /// Remembers the state after a round.
    pub(crate) fn keep(&mut self) {
        self.kept += 1.0;
        for (s, w) in self.sum.iter_mut().zip(self.model.weights_mut()) {
            *s += *w;
        }
    }

    /// Adds what was learned to `mean`, as one of `runs`.
    pub(crate) fn add_to(&self, mean: &mut Linear, runs: usize) {
        for (m, s) in mean.weights_mut().iter_mut().zip(&self.sum) {
            *m += s / (self.kept * runs as f32);
        }
    }
}
