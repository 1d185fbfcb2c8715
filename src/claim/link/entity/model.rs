//! The linear model: a weight for each feature and for each pair of features that hold together.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::feature::{self, Features};

const N: usize = feature::COUNT;

/// Weights of features and pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// `[i * N + j]` for a pair `i < j`; `[i * N + i]` for the feature alone.
    weights: Vec<f32>,
}

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("weights.tsv")));

impl Default for Model {
    fn default() -> Self {
        Self { weights: vec![0.0; N * N] }
    }
}

impl Model {
    /// The weights that the program ships.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// How many weights there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Never: a model has a weight for every feature.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// All weights, for training.
    pub fn weights_mut(&mut self) -> &mut [f32] {
        &mut self.weights
    }

    /// The score of a set of features.
    #[must_use]
    pub fn score(&self, features: Features) -> f32 {
        // Which hold is read once: walking the bits again for each pair would cost more than the sum.
        let (mut on, mut count) = ([0_u8; N], 0);
        let mut rest = features;
        while rest != 0 {
            on[count] = rest.trailing_zeros() as u8;
            count += 1;
            rest &= rest - 1;
        }
        let on = &on[..count];
        // In the order of `each`: weights are hundredths, so that scores tie, and another order would round a tie apart.
        let mut sum = 0.0;
        for (from, &i) in on.iter().enumerate() {
            let row = &self.weights[usize::from(i) * N..][..N];
            for &j in &on[from..] {
                sum += row[usize::from(j)];
            }
        }
        sum
    }

    /// Reads a table of weights: `feature<TAB>weight`, a pair's names joined by ` & `. Unknown names are left out.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let ids: FxHashMap<&str, usize> = (0..N).map(|i| (feature::name(i), i)).collect();
        let mut model = Self::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, weight)) = line.split_once('\t') else { continue };
            let Ok(weight) = weight.parse::<f32>() else { continue };
            let (a, b) = name.split_once(" & ").unwrap_or((name, name));
            if let (Some(&a), Some(&b)) = (ids.get(a), ids.get(b)) {
                model.weights[a.min(b) * N + a.max(b)] = weight;
            }
        }
        model
    }

    /// The table of weights, rounded, without those that are nearly nothing.
    #[must_use]
    pub fn table(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (id, weight) in self.weights.iter().enumerate().filter(|(_, w)| w.abs() >= 0.01) {
            lines.push(format!("{}\t{weight:.2}", Self::name(id)));
        }
        lines.sort_unstable();
        lines.join("\n") + "\n"
    }

    /// The readable name of a weight.
    #[must_use]
    pub fn name(id: usize) -> String {
        let (a, b) = (id / N, id % N);
        if a == b { feature::name(a).to_owned() } else { format!("{} & {}", feature::name(a), feature::name(b)) }
    }
}

/// Calls `f` with the index of every weight that a set of features turns on.
pub fn each(features: Features, mut f: impl FnMut(usize)) {
    let mut first = features;
    while first != 0 {
        let i = first.trailing_zeros() as usize;
        f(i * N + i);
        first &= first - 1;
        let mut second = first;
        while second != 0 {
            f(i * N + second.trailing_zeros() as usize);
            second &= second - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_back_as_it_was_written() {
        let mut model = Model::default();
        model.weights_mut()[3] = 0.5;
        model.weights_mut()[5 * N + 5] = -1.25;
        assert_eq!(Model::parse(&model.table()), model);
    }

    #[test]
    fn pairs_count_once() {
        let mut seen = Vec::new();
        each(0b1011, |id| seen.push(id));
        assert_eq!(seen, [0, 1, 3, N + 1, N + 3, 3 * N + 3]);
    }
}
