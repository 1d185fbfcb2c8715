//! A small linear model with readable weights: it chooses among phrases that rules propose.
//!
//! For `VN-X tăng 2%` the rules propose "VN-X tăng" and what the sentence before measured; the features of each
//! ("subject and verb", "of the last claim", "for a change") and of their pairs add up, and the largest sum wins.

use rustc_hash::FxHashMap;

use crate::article::span::{Span, Tokens};

/// A set of features, by their place in the list of names.
pub type Features = u128;

/// One phrase that may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its words; nothing where the choice may be that there is none.
    pub span: Option<Span<Tokens>>,
    /// What can be said of it.
    pub features: Features,
}

/// Weights of features and of pairs of features.
#[derive(Debug, Clone)]
pub struct Linear {
    names: &'static [&'static str],
    /// `[i * n + j]` for a pair `i < j`; `[i * n + i]` for the feature alone.
    weights: Vec<f32>,
    /// The same as a table says them, in hundredths, a row for each feature. Being whole, they add up to the same in any
    /// order, so that several sums can run side by side and ties stay ties. Empty for a model that is being learnt.
    rows: Vec<[f32; MOST]>,
}

/// No model has more features.
const MOST: usize = Features::BITS as usize;

impl Linear {
    /// A model that knows nothing.
    #[must_use]
    pub fn new(names: &'static [&'static str]) -> Self {
        Self { names, weights: vec![0.0; names.len() * names.len()], rows: Vec::new() }
    }

    /// Reads a table of weights: `feature<TAB>weight`, a pair's names joined by ` & `. Unknown names are left out.
    #[must_use]
    pub fn parse(names: &'static [&'static str], table: &str) -> Self {
        let ids: FxHashMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        let mut model = Self::new(names);
        model.rows = vec![[0.0; MOST]; names.len()];
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, weight)) = line.split_once('\t') else { continue };
            let Ok(weight) = weight.parse::<f32>() else { continue };
            let (a, b) = name.split_once(" & ").unwrap_or((name, name));
            if let (Some(&a), Some(&b)) = (ids.get(a), ids.get(b)) {
                model.weights[a.min(b) * names.len() + a.max(b)] = weight;
                model.rows[a.min(b)][a.max(b)] = (weight * 100.0).round();
            }
        }
        model
    }

    /// All weights, for training.
    pub fn weights_mut(&mut self) -> &mut [f32] {
        self.rows = Vec::new();
        &mut self.weights
    }

    /// The score of a set of features.
    #[must_use]
    pub fn score(&self, features: Features) -> f32 {
        // Which hold is read once: walking the bits again for each pair would cost more than the sum.
        let (mut on, mut count) = ([0_u8; MOST], 0);
        for (half, from) in [(features as u64, 0), ((features >> 64) as u64, 64)] {
            let mut rest = half;
            while rest != 0 {
                on[count % MOST] = from + rest.trailing_zeros() as u8;
                count += 1;
                rest &= rest - 1;
            }
        }
        let on = &on[..count];
        if !self.rows.is_empty() {
            let (mut one, mut other) = (0.0, 0.0);
            for (from, &i) in on.iter().enumerate() {
                let Some(row) = self.rows.get(usize::from(i)) else { continue };
                let mut pairs = on[from..].chunks_exact(2);
                for pair in &mut pairs {
                    one += row[usize::from(pair[0]) % MOST];
                    other += row[usize::from(pair[1]) % MOST];
                }
                if let [last] = pairs.remainder() {
                    one += row[usize::from(*last) % MOST];
                }
            }
            return (one + other) / 100.0;
        }
        let (n, mut sum) = (self.names.len(), 0.0);
        for (from, &i) in on.iter().enumerate() {
            let row = &self.weights[usize::from(i) * n..][..n];
            for &j in &on[from..] {
                sum += row[usize::from(j)];
            }
        }
        sum
    }

    /// Calls `f` with the index of every weight that a set of features turns on.
    pub fn each(&self, features: Features, mut f: impl FnMut(usize)) {
        let n = self.names.len();
        let mut first = features;
        while first != 0 {
            let i = first.trailing_zeros() as usize;
            f(i * n + i);
            first &= first - 1;
            let mut second = first;
            while second != 0 {
                f(i * n + second.trailing_zeros() as usize);
                second &= second - 1;
            }
        }
    }

    /// Which candidate has the largest score; the first of equals.
    #[must_use]
    pub fn best(&self, candidates: &[Candidate]) -> Option<usize> {
        let mut best: Option<(usize, f32)> = None;
        for (n, c) in candidates.iter().enumerate() {
            let score = self.score(c.features);
            if best.is_none_or(|(_, top)| score > top) {
                best = Some((n, score));
            }
        }
        best.map(|(n, _)| n)
    }

    /// As [`best`](Self::best), and how sure it is: its share of the exponentiated scores.
    #[must_use]
    pub fn choose(&self, candidates: &[Candidate]) -> Option<(usize, f32)> {
        let scores: Vec<f32> = candidates.iter().map(|c| self.score(c.features)).collect();
        // The last of `max_by`'s equals would win; the first is meant.
        let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        let total: f32 = scores.iter().map(|s| (s - scores[best]).exp()).sum();
        Some((best, total.recip()))
    }

    /// The table of weights, rounded, without those that are nearly nothing.
    #[must_use]
    pub fn table(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (id, weight) in self.weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.01) {
            lines.push(format!("{}\t{weight:.2}", self.name(id)));
        }
        lines.sort_unstable();
        lines.join("\n") + "\n"
    }

    /// The readable name of a weight.
    #[must_use]
    pub fn name(&self, id: usize) -> String {
        let (a, b) = (id / self.names.len(), id % self.names.len());
        if a == b { self.names[a].to_owned() } else { format!("{} & {}", self.names[a], self.names[b]) }
    }
}

/// Declares features: `Variant "readable name";` each.
macro_rules! features {
    ($($variant:ident $name:literal;)*) => {
        /// One thing that can be said of a candidate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Feature { $(#[doc = $name] $variant,)* }

        /// The features' names in the table of weights.
        pub const NAMES: &[&str] = &[$($name,)*];

        impl Feature {
            /// As a set of one.
            #[must_use]
            pub(super) const fn bit(self) -> $crate::claim::link::linear::Features {
                1 << self as u32
            }

            /// As a set of one where `holds`, else the empty set.
            #[must_use]
            pub(super) const fn when(self, holds: bool) -> $crate::claim::link::linear::Features {
                if holds { self.bit() } else { 0 }
            }
        }
    };
}
pub(super) use features;

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["behind a verb", "nearest", "named"];

    #[test]
    fn the_table_reads_back_as_it_was_written() {
        let mut model = Linear::new(NAMES);
        model.weights_mut()[1] = 0.5;
        model.weights_mut()[4] = -1.25;
        let read = Linear::parse(NAMES, &model.table());
        assert_eq!(read.weights, model.weights);
        assert_eq!((model.score(0b11), read.score(0b11)), (0.5 - 1.25, 0.5 - 1.25));
    }

    #[test]
    fn the_largest_sum_wins_and_the_first_of_equals() {
        let model = Linear::parse(NAMES, "nearest\t1.0\nnamed & nearest\t1.0\n");
        let candidate = |features| Candidate { span: None, features };
        assert_eq!(model.best(&[candidate(0b001), candidate(0b010), candidate(0b110)]), Some(2));
        assert_eq!(model.best(&[candidate(0b010), candidate(0b011)]), Some(0));
        let equals = [candidate(0b010), candidate(0b010)];
        assert_eq!((model.best(&equals), model.choose(&equals)), (Some(0), Some((0, 0.5))));
    }

    #[test]
    fn pairs_count_once() {
        let model = Linear::new(&["a", "b", "c", "d"]);
        let mut seen = Vec::new();
        model.each(0b1011, |id| seen.push(id));
        assert_eq!(seen, [0, 1, 3, 5, 7, 15]);
    }
}
