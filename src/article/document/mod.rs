//! Bytes → the text a reader sees.
//!
//! `tin.txt`, `trang.html`, `kho.jsonl`, `kho.tar.gz`, a folder or standard input become [`Raw`] articles ([`raws`], streamed by one
//! reading thread), and each becomes an [`Article`] ([`article`], pure, in a worker): "Th&ocirc;ng b&aacute;o" is
//! read as "Thông báo", `§¶ng bé` (TCVN3) as "Đảng bộ", and the article says how it was read.
//!
//! A new form is one file with a function `fn read(raw, options) -> Result<Article, Unread>` and its arm in [`article`];
//! a new container is a `Reading` with its arm in `archive/mod.rs`; `sniff.rs` knows both by their first bytes.

mod archive;
mod bounds;
mod columns;
mod csv;
mod decode;
mod docx;
mod given;
mod html;
mod http;
mod json;
mod legacy;
mod metadata;
mod parquet;
mod passed;
mod profile;
mod prose;
mod rows;
mod sniff;
mod source;
mod split;
mod syllable;
mod text;
mod warc;
mod when;

use std::path::PathBuf;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Article, normalise};
use crate::error::Fault;

pub use columns::Role;
pub use given::Given;
pub use passed::Passed;
pub use rows::Rows;
pub use source::{Raws, raws, raws_from};

/// One unread article: cheap to make in the reading thread, parsed by [`article`] in a worker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    /// A path, `path:LINE` (a row or a record where there are no lines), or `-` for standard input; `archive!entry`
    /// within an archive.
    pub source: String,
    /// What the bytes look like.
    pub form: Form,
    /// The bytes of this one article.
    pub bytes: Vec<u8>,
    /// What the input says of it besides.
    pub given: Given,
}

/// What an article is written in, judged by its content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Form {
    /// Plain text: one file, one article.
    #[default]
    Text,
    /// A page.
    Html,
    /// One JSON object: a line of JSON Lines, an element of an array, or a whole file.
    JsonLine,
    /// One row of a table in CSV, not yet cut into cells.
    CsvRow,
    /// The text (or page) of one row of a Parquet file, in UTF-8.
    ParquetRow,
    /// The text (or page) of one row that a program hands over, in UTF-8. Its source may be empty: then the article has
    /// none.
    Row,
    /// A document of Word or another office program.
    Docx,
    /// The head and body of an HTTP response, from a web archive.
    Response,
}

/// An article that could not be read at all: it goes to the error list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Which input, as in [`Raw::source`].
    pub source: String,
    /// The stage that gave up: `read`, `decode`, `html`, `json`, `limit`.
    pub stage: String,
    /// What was expected and what was found, in a sentence.
    pub message: String,
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.source, self.message)
    }
}

impl std::error::Error for Unread {}

impl Unread {
    fn new(source: &str, stage: &str, message: impl Into<String>) -> Self {
        Self { source: source.to_owned(), stage: stage.to_owned(), message: message.into() }
    }
}

/// How to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The publication date of articles whose input has none (RFC 3339 or `YYYY-MM-DD`).
    pub published: Option<String>,
    /// The largest article, in bytes; a larger one is [`Unread`] and is not held in memory.
    pub max_bytes: usize,
    /// The longest text of an article, in bytes; an article with a longer one is [`Unread`]. What is made of a text is
    /// up to eighty times as large, so this bounds the memory of a run.
    pub max_text: usize,
    /// Columns of tables and keys of JSON objects that were named: these and no guesses hold the role.
    pub columns: Vec<(Role, String)>,
    /// How deep archives may lie in archives.
    pub max_depth: usize,
    /// How many times its packed bytes a stream may unpack to (looked at after the first MiB).
    pub max_ratio: u64,
    /// The most bytes that one compressed stream may unpack to.
    pub max_unpacked: u64,
    /// The largest Parquet file that is written to a temporary file, where it lies in an archive or comes in at `-`.
    pub max_spool: u64,
    /// Counts what web archives hold besides articles.
    pub passed: Passed,
    /// Counts the bytes of the inputs that were read, packed as they are.
    pub consumed: Passed,
    /// Files, as canonical paths, that the run itself writes: passed over when a folder that is read holds them.
    pub outputs: Vec<PathBuf>,
}

impl Options {
    /// Bounds an article to `bytes`. Who asks for larger ones than usual wants their texts read too.
    pub fn allow(&mut self, bytes: usize) {
        self.max_text = if bytes > self.max_bytes { bytes } else { self.max_text };
        self.max_bytes = bytes;
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            published: None,
            max_bytes: 16 << 20,
            max_text: 512 << 10,
            columns: Vec::new(),
            max_depth: 4,
            max_ratio: 1000,
            max_unpacked: 1 << 40,
            max_spool: 8 << 30,
            passed: Passed::default(),
            consumed: Passed::default(),
            outputs: Vec::new(),
        }
    }
}

/// Bytes → article; pure. One [`Raw`] gives one [`Article`].
///
/// # Errors
/// [`Unread`] where nothing of it can be read: no text, broken JSON, a page without an article.
pub fn article(raw: Raw, options: &Options) -> Result<Article, Unread> {
    let source = raw.source.clone();
    let mut article = match raw.form {
        Form::Text => text::read(raw),
        Form::Html => html::read(raw),
        Form::JsonLine => json::read(raw, options),
        Form::CsvRow => csv::read(raw),
        Form::ParquetRow => rows::read(raw, "parquet"),
        Form::Row => rows::read(raw, "text"),
        Form::Docx => docx::read(raw, options),
        Form::Response => warc::read(raw, options),
    }?;
    if article.text.trim().is_empty() {
        return Err(Unread::new(&source, "read", "expected an article, found no text"));
    }
    if article.text.len() > options.max_text {
        let (most, found) = (options.max_text, article.text.len());
        return Err(Unread::new(&source, "limit", format!("expected a text of at most {most} bytes, found {found}")));
    }
    if article.published.is_none() {
        article.published.clone_from(&options.published);
    }
    if article.id.is_empty() {
        article.id = id_of(&article.text);
    }
    article.source = (!source.is_empty()).then_some(source);
    Ok(article)
}

/// The id of an article that brings none: the same text always gets the same one.
fn id_of(text: &str) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::from("a-"), |mut id, byte| {
        let _ = write!(id, "{byte:02x}"); // writing to a String cannot fail
        id
    })
}

/// The text of an article that has a headline apart: headline first, unless the text already begins with it.
fn under_title(title: Option<&str>, body: &str) -> String {
    let body = body.trim();
    match title.map(str::trim) {
        Some(title) if !title.is_empty() && !body.starts_with(title) => format!("{title}\n\n{body}"),
        _ => body.to_owned(),
    }
}

/// Metadata as one line: NFC, single spaces, nothing when empty.
fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| normalise::nfc(&line).into_owned())
}

/// The fault of a date that the input gave and nobody can read.
fn bad_date(found: &str) -> Fault {
    let found: String = found.chars().take(60).collect();
    Fault::new("read", format!("expected a publication date such as 2023-05-11T14:12:00+07:00, found “{found}”"))
}
