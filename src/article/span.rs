//! Spans whose coordinate space is in the type.
//!
//! *Note on coordinates.* Three spaces exist. **Bytes** of [`crate::Article::text`] (NFC): what all code inside uses.
//! **Tokens**: indices into the token list of one article. **Code points** of the same text: what a record shows
//! (W3C TextPositionSelector); only [`CodePoints`] makes them, at the very end. Mixing two of them is a type error.

use std::marker::PhantomData;

/// Byte offsets into the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes;
/// Indices into the article's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tokens;

/// A half-open range in the space `S`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span<S> {
    /// First position.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    space: PhantomData<S>,
}

impl<S> Span<S> {
    /// The range `start..end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end, space: PhantomData }
    }

    /// The range from two `usize` positions.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "an article is bounded below 4 GiB by the reader")]
    pub const fn of(start: usize, end: usize) -> Self {
        Self::new(start as u32, end as u32)
    }

    /// As a standard range, to slice with.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share a position.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether it holds no position.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl Span<Bytes> {
    /// The words of `text` that the span selects.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// Byte offset → code point offset, for one text, by a count every 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts the code points of `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut n = 0_u32;
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(n);
            n += starts(block);
        }
        Self { text, counts }
    }

    /// The code point offset of the byte offset `at` (a character boundary).
    #[must_use]
    pub fn at(&self, at: u32) -> u32 {
        let at = at as usize;
        let block = (at / STRIDE).min(self.counts.len().saturating_sub(1));
        let base = self.counts.get(block).copied().unwrap_or(0);
        base + starts(&self.text.as_bytes()[block * STRIDE..at])
    }
}

/// How many code points begin in these bytes of UTF-8.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_from_the_start() {
        let text = "Đảng bộ có 67/69 TCCSĐ. ".repeat(100);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at as u32) as usize, n);
        }
        assert_eq!(points.at(text.len() as u32) as usize, text.chars().count());
    }
}
