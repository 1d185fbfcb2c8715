//! What holds articles in other files: "kho.tar.gz!2023.zip!bài 1.html" is a page in a zip in a tar in a gzip stream.
//!
//! Everything is read once, from front to back, without seeking: a [`Source`] is a stream of bytes, a [`Reading`] takes
//! articles out of it. A container lends its stream to the reading of its entry, and gets it back when that is done, so
//! nothing is held but the entry at hand. Only Parquet needs to seek, see `spool.rs`.

pub(super) mod guard;
mod name;
pub(super) mod packed;
pub(super) mod pieces;
pub(super) mod plain;
pub(super) mod spool;
mod tar;
pub(super) use self::tar::is_tar;
mod window;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use self::guard::Meter;
use self::pieces::{Pieces, Whole};
use super::sniff::{self, Layout};
use super::{Form, Options, Raw, Unread, csv, decode, parquet, split, warc};

/// What is looked at to judge an input, and read at a time.
pub(super) const HEAD: usize = 64 << 10;
/// How many times a stream may be compressed over and over (`x.gz.gz`).
const PACKED_OVER: usize = 2;

/// A stream of bytes: a file, what is unpacked from one, or an entry of an archive.
pub(super) trait Source: BufRead + Send {
    /// Gives back what the stream was lent by, once it is read or given up.
    fn close(self: Box<Self>) -> Option<Box<dyn Reading>>;

    /// The file whose bytes these are, where one can seek in it.
    fn file(&self) -> Option<File> {
        None
    }
}

/// Articles on their way out of a stream.
pub(super) trait Reading: Send {
    /// Goes on by one article, or by less.
    fn step(self: Box<Self>) -> Step;
}

/// What a step came to, and who goes on (nobody when all is read).
#[allow(clippy::large_enum_variant, reason = "taken apart as soon as it is there: a box would be made for nothing")]
pub(super) enum Step {
    /// An article.
    Give(Result<Raw, Unread>, Option<Box<dyn Reading>>),
    /// Nothing yet.
    Pass(Option<Box<dyn Reading>>),
}

/// Where in the input a stream stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// As it stands in [`Raw::source`].
    pub(super) source: String,
    /// The name without `.gz` and the like, for what the content leaves open.
    pub(super) hint: String,
    pub(super) options: Arc<Options>,
    pub(super) meter: Meter,
    /// Archives around it.
    pub(super) archives: usize,
    /// Compressions around it since the last archive.
    pub(super) packed: usize,
}

impl Place {
    /// The place of a whole input.
    pub(super) fn of(source: &str, options: &Options) -> Self {
        Self {
            source: source.to_owned(),
            hint: source.to_owned(),
            options: Arc::new(options.clone()),
            meter: Meter::new(&options.consumed),
            archives: 0,
            packed: 0,
        }
    }

    /// The place of an entry of an archive.
    fn entry(&self, name: &str) -> Self {
        let source = format!("{}!{name}", self.source);
        Self { hint: name.to_owned(), source, archives: self.archives + 1, packed: 0, ..self.clone() }
    }

    /// An [`Unread`] at this place.
    pub(super) fn unread(&self, stage: &str, message: impl Into<String>) -> Unread {
        Unread::new(&self.source, stage, message)
    }

    /// The same, of a line or a record in it.
    pub(super) fn unread_at(&self, at: u64, stage: &str, message: impl Into<String>) -> Unread {
        Unread::new(&format!("{}:{at}", self.source), stage, message)
    }
}

/// What a stream that failed is told as.
pub(super) fn unreadable(source: &str, e: &io::Error) -> Unread {
    let stage = if e.kind() == io::ErrorKind::QuotaExceeded { "limit" } else { "read" };
    Unread::new(source, stage, format!("expected a file that can be read, found: {e}"))
}

/// All articles of a stream, one at a time.
pub(super) struct Walk {
    at: Option<Box<dyn Reading>>,
    source: String,
}

impl Walk {
    /// The articles of a stream at a place.
    pub(super) fn of(source: Box<dyn Source>, place: Place) -> Self {
        let name = place.source.clone();
        Self { at: Some(Box::new(Unopened { source, place })), source: name }
    }
}

impl Iterator for Walk {
    type Item = Result<Raw, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let reading = self.at.take()?;
            // A library that panics on a hostile file costs that file, not those after it.
            match catch_unwind(AssertUnwindSafe(|| reading.step())) {
                Ok(Step::Give(item, next)) => {
                    self.at = next;
                    return Some(item);
                }
                Ok(Step::Pass(next)) => self.at = next,
                Err(_) => {
                    let message = "expected a file that can be read, found one that breaks its reader";
                    return Some(Err(Unread::new(&self.source, "internal", message)));
                }
            }
        }
    }
}

/// A stream of which nothing is known.
struct Unopened {
    source: Box<dyn Source>,
    place: Place,
}

impl Reading for Unopened {
    fn step(self: Box<Self>) -> Step {
        open(self.source, self.place)
    }
}

/// Looks at the first bytes of a stream and begins to read it as what they say.
fn open(mut source: Box<dyn Source>, place: Place) -> Step {
    let (head, failed) = peek(&mut *source);
    if let (true, Some(e)) = (head.is_empty(), &failed) {
        return told(unreadable(&place.source, e), source);
    }
    let whole = head.len() < HEAD && failed.is_none();
    let layout = sniff::layout(&head, &place.hint, whole, &place.options);
    let utf16 = matches!(layout, Layout::Lines | Layout::Values | Layout::Csv(_)) && decode::utf16(&head).is_some();
    let ahead: Box<dyn Source> = Box::new(Ahead { head: io::Cursor::new(head), failed, rest: source });
    if utf16 {
        return from_utf16(ahead, place, layout);
    }
    as_layout(ahead, place, layout, false)
}

fn as_layout(mut source: Box<dyn Source>, place: Place, layout: Layout, utf16: bool) -> Step {
    const EXPECTED: &str = "expected text, HTML, JSON Lines or another known form";
    let (deep, most) = (place.archives, place.options.max_depth);
    match layout {
        Layout::Zip | Layout::Tar if deep >= most => {
            told(place.unread("limit", format!("expected archives within archives at most {most} deep")), source)
        }
        Layout::Packed(_) if place.packed >= PACKED_OVER => {
            let message = format!("expected a stream compressed at most {PACKED_OVER} times over");
            told(place.unread("limit", message), source)
        }
        Layout::Empty => told(place.unread("read", format!("{EXPECTED}, found an empty input")), source),
        Layout::Binary(what) => {
            // What unpacks to nothing but zeros may be a bomb: say so.
            let (fine, refused) = if place.packed > 0 { drained(&mut *source, 4 << 20) } else { (true, None) };
            match refused {
                Some(e) if !fine => told(unreadable(&place.source, &e), source),
                _ => told(place.unread("read", format!("{EXPECTED}, found {what}")), source),
            }
        }
        Layout::One(form) => Whole::begin(source, place, form),
        Layout::Lines => Pieces::begin(source, place, split::line, 0, utf16),
        Layout::Values => Pieces::begin(source, place, split::value, 1, utf16),
        Layout::Csv(delimiter) => csv::begin(source, place, delimiter),
        Layout::Packed(how) => packed::begin(source, place, how),
        Layout::Zip => zip::begin(source, place),
        Layout::Tar => tar::begin(source, place),
        Layout::Warc => warc::begin(source, place),
        Layout::Parquet => parquet::begin(source, place),
    }
}

/// JSON and tables in UTF-16 (Excel and PowerShell write them): cut as UTF-8.
fn from_utf16(mut source: Box<dyn Source>, place: Place, layout: Layout) -> Step {
    // rare and never large: held whole, within the bound of one article
    let max = place.options.max_bytes;
    match split::all(&mut source, max) {
        Ok(split::Piece::Whole(bytes, _)) => {
            let text = decode::decode(bytes).text.into_bytes();
            let ahead = Ahead { head: io::Cursor::new(text), failed: None, rest: source };
            as_layout(Box::new(ahead), place, layout, true)
        }
        Ok(split::Piece::TooLong(_)) => told(pieces::too_long(&place.source, max), source),
        Err(e) => told(unreadable(&place.source, &e), source),
    }
}

/// An [`Unread`], and back to what lent the stream.
pub(super) fn told(unread: Unread, source: Box<dyn Source>) -> Step {
    Step::Give(Err(unread), source.close())
}

/// Reads on for a while; whether the stream stood it.
fn drained(source: &mut dyn Source, mut most: usize) -> (bool, Option<io::Error>) {
    while most > 0 {
        match source.fill_buf().map(<[u8]>::len) {
            Ok(0) => break,
            Ok(n) => {
                source.consume(n);
                most = most.saturating_sub(n);
            }
            Err(e) => return (e.kind() != io::ErrorKind::QuotaExceeded, Some(e)),
        }
    }
    (true, None)
}

/// The first bytes, fewer where the stream ends or fails.
fn peek(source: &mut dyn Source) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::new();
    while head.len() < HEAD {
        match source.fill_buf() {
            Ok([]) => break,
            Ok(block) => {
                let n = block.len().min(HEAD - head.len());
                head.extend_from_slice(&block[..n]);
                source.consume(n);
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return (head, Some(e)),
        }
    }
    (head, None)
}

/// Bytes that were looked at already, the error that came after them, then the rest.
pub(super) struct Ahead {
    head: io::Cursor<Vec<u8>>,
    failed: Option<io::Error>,
    rest: Box<dyn Source>,
}

impl Ahead {
    /// Puts bytes before a stream.
    pub(super) fn of(head: Vec<u8>, rest: Box<dyn Source>) -> Self {
        Self { head: io::Cursor::new(head), failed: None, rest }
    }

    fn spent(&self) -> bool {
        self.head.position() >= self.head.get_ref().len() as u64
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.spent() {
            return self.head.fill_buf();
        }
        match self.failed.take() {
            Some(e) => Err(e),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, n: usize) {
        if self.spent() { self.rest.consume(n) } else { self.head.consume(n) }
    }
}

impl Read for Ahead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

impl Source for Ahead {
    fn close(self: Box<Self>) -> Option<Box<dyn Reading>> {
        self.rest.close()
    }

    fn file(&self) -> Option<File> {
        self.rest.file()
    }
}

/// `read` of what is buffered anyway.
pub(super) fn buffered(source: &mut (impl BufRead + ?Sized), into: &mut [u8]) -> io::Result<usize> {
    let block = source.fill_buf()?;
    let n = block.len().min(into.len());
    into[..n].copy_from_slice(&block[..n]);
    source.consume(n);
    Ok(n)
}

/// Passes over `n` bytes; how many there were.
pub(super) fn skip(source: &mut (impl BufRead + ?Sized), n: u64) -> io::Result<u64> {
    let mut left = n;
    while left > 0 {
        let have = match source.fill_buf() {
            Ok(block) => block.len() as u64,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if have == 0 {
            break;
        }
        let step = have.min(left);
        source.consume(usize::try_from(step).unwrap_or(usize::MAX));
        left -= step;
    }
    Ok(n - left)
}

/// The form of one article that is held whole.
pub(super) fn form_of(body: &[u8]) -> Form {
    if sniff::is_html(body.trim_ascii_start()) { Form::Html } else { Form::Text }
}
