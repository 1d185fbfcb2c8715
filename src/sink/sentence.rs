//! The sentence of a claim, found in the article's text by code points: "…có 48/52 hộ thoát nghèo." for "48/52".

use std::borrow::Cow;

use crate::record::ClaimRow;

/// An article's text with the bytes where every 64th of its code points begins.
pub(super) struct Page<'t> {
    text: Option<&'t str>,
    marks: Vec<usize>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: Option<&'t str>, has_claims: bool) -> Self {
        let marks = match text {
            Some(text) if has_claims => text.char_indices().step_by(64).map(|(byte, _)| byte).collect(),
            _ => Vec::new(),
        };
        Self { text, marks }
    }

    fn byte(&self, text: &str, point: u32) -> usize {
        let point = point as usize;
        let Some(&mark) = self.marks.get(point / 64) else { return text.len() };
        text[mark..].char_indices().nth(point % 64).map_or(text.len(), |(byte, _)| mark + byte)
    }

    /// The sentence that the claim stands in; without the text what stands around the claim.
    pub(super) fn sentence(&self, claim: &ClaimRow) -> Cow<'t, str> {
        match self.text {
            Some(text) => {
                let (start, end) = (self.byte(text, claim.sentence.start), self.byte(text, claim.sentence.end));
                Cow::Borrowed(text.get(start..end).unwrap_or_default())
            }
            None => Cow::Owned([claim.prefix.as_str(), &claim.text, &claim.suffix].concat()),
        }
    }
}
