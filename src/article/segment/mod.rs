//! Blocks → sentences of tokens, never cutting inside a number, a name or a quotation.

mod sentence;
mod syllable;
mod token;

pub use syllable::is_syllable;
pub use token::{Case, Shape, Token};

use super::span::{Bytes, Span, Tokens};

/// One article's text, cut.
#[derive(Debug)]
pub struct Segments<'t> {
    /// The text that every byte span points into.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences, as token ranges.
    pub sentences: Vec<Span<Tokens>>,
    /// The text, and behind it the folded forms that differ from it.
    folded: String,
}

impl<'t> Segments<'t> {
    /// Cuts `text` (NFC) into tokens and sentences.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut folded = String::with_capacity(text.len() + text.len() / 4);
        folded.push_str(text);
        let tokens = token::tokens(text, &mut folded);
        let mut segments = Self { text, tokens, sentences: Vec::new(), folded };
        segments.sentences = sentence::sentences(&segments);
        segments
    }

    /// The folded form of the token at `i`: a lower-case syllable, or the digits of a number; empty for marks.
    #[must_use]
    pub fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.folded[t.folded.0 as usize..t.folded.1 as usize])
    }

    /// The folded form of the token at `i`, if it has at most fifteen bytes, as one number: its bytes, the first lowest.
    /// For whoever looks words up, as comparing numbers is one step.
    #[must_use]
    pub fn packed(&self, i: usize) -> Option<(u128, u8)> {
        let (from, to) = self.tokens.get(i)?.folded;
        let len = to - from;
        if len > 15 {
            return None;
        }
        let bytes = &self.folded.as_bytes()[from as usize..];
        // What stands behind the word is loaded with it, and cut off: no branch for each length.
        let number = match bytes.first_chunk::<16>() {
            Some(sixteen) => u128::from_le_bytes(*sixteen),
            None => bytes.iter().rev().fold(0, |number, &byte| number << 8 | u128::from(byte)),
        };
        Some((number & ((1 << (8 * len)) - 1), len as u8))
    }

    /// The token's words as they stand in the text.
    #[must_use]
    pub fn raw(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.slice(self.text))
    }

    /// Whether the token at `i` is the mark `c`.
    #[must_use]
    pub fn is_mark(&self, i: usize, c: char) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Mark(c))
    }

    /// Whether the token at `i` is a word.
    #[must_use]
    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Word)
    }

    /// Whether the token at `i` is a number in digits.
    #[must_use]
    pub fn is_number(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Number)
    }

    /// Whether the word at `i` starts with a capital.
    #[must_use]
    pub fn is_capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Word && t.case != Case::Lower)
    }

    /// Whether no space stands before the token at `i`.
    #[must_use]
    pub fn is_glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.glued)
    }

    /// The bytes from the first to the last token of `span`.
    #[must_use]
    pub fn bytes(&self, span: Span<Tokens>) -> Span<Bytes> {
        match (self.tokens.get(span.start as usize), self.tokens.get((span.end as usize).wrapping_sub(1))) {
            (Some(first), Some(last)) if !span.is_empty() => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The words of `span` as they stand in the text.
    #[must_use]
    pub fn slice(&self, span: Span<Tokens>) -> &'t str {
        self.bytes(span).slice(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let s = Segments::new(text);
        s.sentences.iter().map(|&span| s.slice(span).to_owned()).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        insta::assert_snapshot!(cut("Tại TP. Hồ Chí Minh, giá tăng 1.250,5 đồng. Ngày 22.8, giá giảm."), @"Tại TP. Hồ Chí Minh, giá tăng 1.250,5 đồng. ¦ Ngày 22.8, giá giảm.");
        insta::assert_snapshot!(cut("Theo T.Ư Đoàn, có 5 cơ sở... đã dừng. “Tôi buồn.” Ông nói v.v. và về."), @"Theo T.Ư Đoàn, có 5 cơ sở... đã dừng. ¦ “Tôi buồn.” ¦ Ông nói v.v. và về.");
        insta::assert_snapshot!(cut("Tiêu đề\nĐoạn một.Đoạn hai? Đúng!"), @"Tiêu đề ¦ Đoạn một. ¦ Đoạn hai? ¦ Đúng!");
    }

    #[test]
    fn sentences_and_breaks_cover_every_token_once() {
        let s = Segments::new("A b. C d!\n\nE (f). \"G\" h…");
        let inside: usize = s.sentences.iter().map(|x| x.range().len()).sum();
        let breaks = s.tokens.iter().filter(|t| t.shape == Shape::Break).count();
        assert_eq!(inside + breaks, s.tokens.len());
    }
}
