//! Chooses each claim's entity, twice: the second time with what the article's other claims are thought to be about.
//!
//! `Giá bán 5 triệu đồng. … Máy dùng chip hai nhân, RAM 4 GB.`: "RAM" is nearest to the 4 GB, but all the other claims
//! of the article are about the phone, so this one is, too, unless its own sentence is clear.

use std::sync::LazyLock;

use super::{Candidate, feature};
use crate::claim::link::linear::Linear;

static BUILT_IN: LazyLock<Linear> = LazyLock::new(|| Linear::parse(feature::NAMES, include_str!("weights.tsv")));

/// The weights that the program ships.
#[must_use]
pub fn built_in() -> &'static Linear {
    &BUILT_IN
}

/// What a thing's mean share in the article's other claims adds to its score; fitted by cross-validation.
const ARTICLE: f32 = 1.6;
/// What the thing's own share takes off: a sure choice needs no help from itself.
const OWN: f32 = 1.05;

/// The candidates of one claim with their scores.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The candidates.
    pub candidates: Vec<Candidate>,
    scores: Vec<f32>,
}

impl Ranked {
    /// Scores candidates.
    #[must_use]
    pub fn new(candidates: Vec<Candidate>, model: &Linear) -> Self {
        let scores = candidates.iter().map(|c| model.score(c.features)).collect();
        Self { candidates, scores }
    }

    /// The best candidate by the claim alone; the first of equals.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        let scores = &self.scores;
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
    }

    /// For each candidate its thing's share of the exponentiated scores, and whether it is the thing's first.
    fn shares(&self) -> impl Iterator<Item = (u32, f32, bool)> {
        let top = self.best().map_or(0.0, |n| self.scores[n]);
        let share: Vec<f32> = self.scores.iter().map(|s| (s - top).exp()).collect();
        let whole: f32 = share.iter().sum();
        self.candidates.iter().enumerate().map(move |(n, c)| {
            let same = self.candidates.iter().zip(&share).filter(|(o, _)| o.cluster == c.cluster).map(|(_, s)| s);
            let first = self.candidates[..n].iter().all(|o| o.cluster != c.cluster);
            (c.cluster, same.sum::<f32>() / whole, first)
        })
    }
}

/// For each claim the candidate that is best when all claims of the article are known, and its thing's share then.
/// `things` is how many things the article names.
#[must_use]
pub fn settle(claims: &mut [Ranked], things: usize) -> Vec<Option<(usize, f32)>> {
    let mut article = vec![0.0; things];
    for claim in claims.iter() {
        for (thing, share, _) in claim.shares().filter(|(_, _, first)| *first) {
            article[thing as usize] += share;
        }
    }
    let others = claims.len().saturating_sub(1) as f32;
    for claim in claims.iter_mut().filter(|_| others > 0.0) {
        let more: Vec<f32> = claim
            .shares()
            .map(|(thing, own, _)| ARTICLE * (article[thing as usize] - own) / others - OWN * own)
            .collect();
        for (score, more) in claim.scores.iter_mut().zip(more) {
            *score += more;
        }
    }
    let chosen = |c: &Ranked| c.best().and_then(|n| Some((n, c.shares().nth(n)?.1)));
    claims.iter().map(chosen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["a", "b", "c"];

    fn claim(things: &[(u32, u128)]) -> Ranked {
        let model = Linear::parse(NAMES, "a\t2.0\nb\t0.2\n");
        let candidate = |&(cluster, features)| Candidate { cluster, mention: None, features };
        Ranked::new(things.iter().map(candidate).collect(), &model)
    }

    #[test]
    fn a_doubtful_claim_follows_the_others_and_a_clear_one_does_not() {
        let mut claims = vec![claim(&[(0, 1), (1, 4)]), claim(&[(0, 1), (1, 4)]), claim(&[(0, 4), (1, 2)])];
        assert_eq!(settle(&mut claims, 2).iter().map(|c| c.unwrap().0).collect::<Vec<_>>(), [0, 0, 0]);
        let mut claims = vec![claim(&[(0, 1), (1, 4)]), claim(&[(0, 4), (1, 1)])];
        assert_eq!(settle(&mut claims, 2).iter().map(|c| c.unwrap().0).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_single_claim_is_chosen_by_itself() {
        let chosen = settle(&mut [claim(&[(0, 2), (1, 4), (0, 2)])], 2);
        let (n, share) = chosen[0].unwrap();
        assert_eq!(n, 0);
        assert!(share > 0.7 && share < 0.72, "{share}");
        assert_eq!(settle(&mut [claim(&[])], 0), [None]);
    }
}
