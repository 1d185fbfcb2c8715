//! A stream that is one article, or one after the other: "kho.jsonl:12" is the line 12.

use std::io;

use super::super::split::{self, Piece};
use super::super::{Form, Given, Raw, Unread};
use super::{Place, Reading, Source, Step, told, unreadable};

/// Takes the next piece off a stream, and counts its lines.
pub(in super::super) type Next = fn(&mut Box<dyn Source>, &mut u64, usize) -> io::Result<Option<Piece>>;

/// A stream that is one article.
pub(super) struct Whole;

impl Whole {
    /// Reads it.
    pub(super) fn begin(mut source: Box<dyn Source>, place: Place, form: Form) -> Step {
        let max = place.options.max_bytes;
        match split::all(&mut source, max) {
            Ok(Piece::Whole(bytes, _)) => {
                let raw = Raw { source: place.source, form, bytes, given: Given::default() };
                Step::Give(Ok(raw), source.close())
            }
            Ok(Piece::TooLong(_)) => told(too_long(&place.source, max), source),
            Err(e) => told(unreadable(&place.source, &e), source),
        }
    }
}

/// A stream of JSON objects.
pub(super) struct Pieces {
    source: Box<dyn Source>,
    place: Place,
    next: Next,
    at: u64,
    /// The pieces came in UTF-16 and are handed on so.
    utf16: bool,
}

impl Pieces {
    /// Reads the first.
    pub(super) fn begin(source: Box<dyn Source>, place: Place, next: Next, at: u64, utf16: bool) -> Step {
        Box::new(Self { source, place, next, at, utf16 }).step()
    }
}

impl Reading for Pieces {
    fn step(mut self: Box<Self>) -> Step {
        let max = self.place.options.max_bytes;
        match (self.next)(&mut self.source, &mut self.at, max) {
            Ok(None) => Step::Pass(self.source.close()),
            Ok(Some(Piece::Whole(bytes, line))) => {
                let source = format!("{}:{line}", self.place.source);
                let bytes = if self.utf16 { to_utf16(&bytes) } else { bytes };
                Step::Give(Ok(Raw { source, form: Form::JsonLine, bytes, given: Given::default() }), Some(self))
            }
            Ok(Some(Piece::TooLong(line))) => {
                Step::Give(Err(too_long(&format!("{}:{line}", self.place.source), max)), Some(self))
            }
            Err(e) => told(unreadable(&format!("{}:{}", self.place.source, self.at), &e), self.source),
        }
    }
}

/// With its mark.
fn to_utf16(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// What an article beyond the bound is told as.
pub(in super::super) fn too_long(source: &str, max: usize) -> Unread {
    Unread::new(source, "limit", format!("expected an article of at most {max} bytes, found a longer one"))
}
