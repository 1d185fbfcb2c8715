//! What the phrases of the tables are to the tokens of one article.
//!
//! `so với cùng kỳ`: a phrase of class versus starts at `so` and ends before `cùng`.

use std::ops::Range;

use super::table::{Class, Classes};
use crate::article::span::{Span, Tokens};

/// A phrase of a table that starts at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What the table says it is.
    pub class: Class,
    /// How many tokens it covers.
    pub len: u8,
    /// Which row: an index for `Lexicon::value` and `Lexicon::code`.
    pub row: u16,
}

/// Some of the marks of the tables, one after another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    from: u32,
    rows: u16,
}

impl Reach {
    /// None for more than there are numbers for.
    pub(super) fn of(from: usize, to: usize) -> Option<Self> {
        Some(Self { from: u32::try_from(from).ok()?, rows: u16::try_from(to - from).ok()? })
    }

    pub(super) fn range(self) -> Range<usize> {
        self.from as usize..self.from as usize + usize::from(self.rows)
    }
}

/// The phrases of the tables in one article.
#[derive(Debug)]
pub struct Marks<'l> {
    pub(super) entries: &'l [Mark],
    /// For each token, the phrases that start there.
    pub(super) reaches: Vec<Reach>,
    /// For each token, the classes of the phrases that start there: nearly every question ends here.
    pub(super) starts: Vec<Classes>,
    /// For each token, the classes of the phrases that end right before it.
    pub(super) ends: Vec<Classes>,
}

impl Marks<'_> {
    /// All phrases that start at token `i`, shorter ones first.
    #[must_use]
    pub fn at(&self, i: usize) -> &[Mark] {
        self.reaches.get(i).map_or(&[], |reach| &self.entries[reach.range()])
    }

    /// The classes of the phrases that start at token `i`.
    #[must_use]
    pub fn classes(&self, i: usize) -> Classes {
        self.starts.get(i).copied().unwrap_or(0)
    }

    /// The longest phrase of `class` that starts at token `i`.
    #[must_use]
    pub fn longest(&self, i: usize, class: Class) -> Option<Mark> {
        if !self.is(i, class) {
            return None;
        }
        self.at(i).iter().rev().find(|m| m.class == class).copied()
    }

    /// How many tokens the longest phrase of any of `classes` that starts at token `i` covers, or 0.
    #[must_use]
    pub fn reach(&self, i: usize, classes: Classes) -> usize {
        if self.classes(i) & classes == 0 {
            return 0;
        }
        self.at(i).iter().rev().find(|m| m.class.bit() & classes != 0).map_or(0, |m| m.len as usize)
    }

    /// Whether a phrase of `class` starts at token `i`.
    #[must_use]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.any(i, class.bit())
    }

    /// Whether a phrase of any of `classes` starts at token `i`.
    #[must_use]
    pub fn any(&self, i: usize, classes: Classes) -> bool {
        self.classes(i) & classes != 0
    }

    /// Whether a phrase of any of `classes` ends right before token `end`.
    #[must_use]
    pub fn any_ending(&self, end: usize, classes: Classes) -> bool {
        self.ends.get(end).is_some_and(|ends| ends & classes != 0)
    }

    /// The longest phrase of `class` that ends right before token `end`, and not before `floor`.
    #[must_use]
    pub fn ending(&self, floor: usize, end: usize, class: Class) -> Option<(Span<Tokens>, Mark)> {
        if self.ends.get(end).is_none_or(|classes| classes & class.bit() == 0) {
            return None;
        }
        let low = end.saturating_sub(6).max(floor);
        (low..end).find_map(|start| {
            let mark = self.at(start).iter().find(|m| m.class == class && start + m.len as usize == end)?;
            Some((Span::of(start, end), *mark))
        })
    }
}
