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

/// What a thing's share in the article's other claims adds to its score; fitted by cross-validation.
const ARTICLE: f32 = 1.8;
/// What the thing's own share takes off: a sure choice needs no help from itself.
const OWN: f32 = 1.0;

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

    /// The best candidate, and its thing's share of the exponentiated scores.
    fn chosen(&self) -> Option<(usize, f32)> {
        let best = self.best()?;
        let (mut whole, mut same) = (0.0, 0.0);
        for (candidate, score) in self.candidates.iter().zip(&self.scores) {
            let share = (score - self.scores[best]).exp();
            whole += share;
            if candidate.cluster == self.candidates[best].cluster {
                same += share;
            }
        }
        Some((best, same / whole))
    }

    /// Appends for each candidate its thing's share of the exponentiated scores, and adds those shares to the article's
    /// things. `own` is zero for every thing, before and after.
    fn share(&self, own: &mut [f32], article: &mut [f32], shares: &mut Vec<f32>) {
        let top = self.best().map_or(0.0, |n| self.scores[n]);
        let mut whole = 0.0;
        for (candidate, score) in self.candidates.iter().zip(&self.scores) {
            let share = (score - top).exp();
            whole += share;
            own[candidate.cluster as usize] += share;
        }
        shares.extend(self.candidates.iter().map(|candidate| own[candidate.cluster as usize] / whole));
        for candidate in &self.candidates {
            let thing = candidate.cluster as usize;
            article[thing] += std::mem::take(&mut own[thing]) / whole;
        }
    }
}

/// For each claim the candidate that is best when all claims of the article are known, and its thing's share then.
/// `things` is how many things the article names.
#[must_use]
pub fn settle(claims: &mut [Ranked], things: usize) -> Vec<Option<(usize, f32)>> {
    if claims.len() > 1 {
        let (mut article, mut own) = (vec![0.0; things], vec![0.0; things]);
        let mut shares = Vec::with_capacity(16 * claims.len());
        for claim in claims.iter() {
            claim.share(&mut own, &mut article, &mut shares);
        }
        // One more than there are others: a single one is no majority.
        let others = claims.len() as f32;
        let mut shares = shares.into_iter();
        for claim in claims.iter_mut() {
            for ((score, candidate), own) in claim.scores.iter_mut().zip(&claim.candidates).zip(&mut shares) {
                *score += ARTICLE * (article[candidate.cluster as usize] - own) / others - OWN * own;
            }
        }
    }
    claims.iter().map(Ranked::chosen).collect()
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
