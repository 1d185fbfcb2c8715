//! Vietnamese **text** with positions, and nothing of meaning: bytes become the text a reader sees
//! ([`document`]), in one Unicode form ([`normalise`]), cut into tokens and sentences ([`segment`]).

pub mod document;
pub mod normalise;
pub mod segment;
pub mod span;

use crate::error::Fault;

/// One article: its text (NFC, `\n` line ends, title first) and what is known about it.
///
/// Every offset that the program gives points into `text`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The id that the input gave, else a hash of the text.
    pub id: String,
    /// Where it was read: a path, `path:LINE`, or `-` for standard input.
    pub source: Option<String>,
    /// The address that the input gave or the page names as canonical. Never fetched.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author or byline.
    pub author: Option<String>,
    /// Publication date, RFC 3339 or `YYYY-MM-DD`, as exact as the source was.
    pub published: Option<String>,
    /// The character encoding that the bytes were read with, as detected ("utf-8", "windows-1258", "tcvn3", …).
    pub encoding: Option<String>,
    /// How the text was found in the page ("text", "jsonl", "profile:vnexpress", "extractor", …).
    pub reader: Option<String>,
    /// The text, in NFC.
    pub text: String,
    /// What could not be read of it.
    pub faults: Vec<Fault>,
}

impl Article {
    /// An article from plain text, normalised.
    #[must_use]
    pub fn from_text(id: impl Into<String>, text: &str) -> Self {
        Self { id: id.into(), text: normalise::nfc(text).into_owned(), ..Self::default() }
    }
}
