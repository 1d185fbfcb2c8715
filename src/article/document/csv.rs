//! Tables as text: `id,tieu_de,noi_dung⏎1,"Thu ngân sách","Đạt 51,17%…"` is one article per row, known by its line.
//!
//! The reading thread only finds where rows end; their cells are read in a worker. Commas, semicolons and tabs are
//! told apart by the header.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::archive::pieces::too_long;
use super::archive::{Ahead, Place, Reading, Source, Step, told, unreadable};
use super::columns::{self, Columns, Role};
use super::given::{self, Given, Row};
use super::{Form, Options, Raw, Unread, decode, one_line};
use crate::article::Article;
use crate::error::Fault;

/// What may stand between cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows with a quote that never closes before the rest is given up.
const BROKEN: usize = 100;

/// The delimiter of a table that begins with these bytes; `named` where the file calls itself one.
///
/// A text is a table when its first line has the names of at least two columns that are asked for, one of them the text.
pub(super) fn delimiter(head: &[u8], named: bool, options: &Options) -> Option<u8> {
    let (line, stated) = header(head);
    if let Some(delimiter) = stated {
        return Some(delimiter);
    }
    let line = line.get(..4096).unwrap_or(line);
    let score = |delimiter: &u8| {
        let names = cells(line, *delimiter).unwrap_or_default();
        let columns = Columns::of(names.iter().map(String::as_str), &options.columns);
        (columns.has_text(), columns.count(), names.len())
    };
    // Prose, which most files are, is spared the reading of its commas.
    let may_be = |delimiter: &u8| {
        named || !options.columns.is_empty() || line.split(|byte| byte == delimiter).any(columns::may_be_text)
    };
    let best = DELIMITERS.into_iter().filter(may_be).max_by_key(|delimiter| (score(delimiter), u8::MAX - delimiter))?;
    let (text, count, _) = score(&best);
    (named || (text && count > 1)).then_some(best)
}

/// The line with the names, and the delimiter that Excel states before it (`sep=;`).
fn header(head: &[u8]) -> (&[u8], Option<u8>) {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii_end();
    match line {
        [b's', b'e', b'p', b'=', delimiter] => (line, Some(*delimiter)),
        _ => (line, None),
    }
}

/// The cells of one row, decoded.
fn cells(row: &[u8], delimiter: u8) -> Option<Vec<String>> {
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(row);
    let mut record = ::csv::ByteRecord::new();
    reader.read_byte_record(&mut record).ok()?.then_some(())?;
    if let Ok(record) = ::csv::StringRecord::from_byte_record(record.clone()) {
        return Some(record.iter().map(str::to_owned).collect());
    }
    // an old encoding shows in the whole row better than in one cell
    let joined = record.iter().collect::<Vec<_>>().join(&b"\x1f"[..]);
    Some(decode::decode(joined).text.split('\x1f').map(str::to_owned).collect())
}

/// Reads a table.
pub(super) fn begin(mut source: Box<dyn Source>, place: Place, mut delimiter: u8) -> Step {
    let max = place.options.max_bytes;
    let mut line = 0;
    let names = loop {
        match row(&mut source, delimiter, &mut line, max) {
            Ok(Some(Found::Row(bytes, _))) if bytes.starts_with(b"sep=") => {
                delimiter = bytes.get(4).copied().unwrap_or(delimiter);
            }
            Ok(Some(Found::Row(bytes, _))) => break bytes,
            Ok(Some(Found::TooLong(at))) => return told(too_long(&format!("{}:{at}", place.source), max), source),
            Ok(Some(Found::Unclosed(_, at))) => return told(unclosed(&place, at), source),
            Ok(None) => return told(place.unread("read", "expected a row of names, found none"), source),
            Err(e) => return told(unreadable(&place.source, &e), source),
        }
    };
    let names = names.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&names);
    let names = cells(names, delimiter).unwrap_or_default();
    let columns = Columns::of(names.iter().map(String::as_str), &place.options.columns);
    if !columns.has_text() {
        let message = columns::no_text(names.iter().map(String::as_str), &place.options.columns);
        return told(place.unread_at(1, "csv", message), source);
    }
    let row = Arc::new(Row { delimiter, columns, width: names.len() });
    Step::Pass(Some(Box::new(Rows { source, place, row, line, broken: 0 })))
}

/// A table after its header.
struct Rows {
    source: Box<dyn Source>,
    place: Place,
    row: Arc<Row>,
    /// Lines read so far.
    line: u64,
    broken: usize,
}

impl Reading for Rows {
    fn step(mut self: Box<Self>) -> Step {
        let max = self.place.options.max_bytes;
        match row(&mut self.source, self.row.delimiter, &mut self.line, max) {
            Ok(None) => Step::Pass(self.source.close()),
            Ok(Some(Found::Row(bytes, line))) => {
                let source = format!("{}:{line}", self.place.source);
                let given = Given { row: Some(Arc::clone(&self.row)), ..Given::default() };
                Step::Give(Ok(Raw { source, form: Form::CsvRow, bytes, given }), Some(self))
            }
            Ok(Some(Found::TooLong(line))) => {
                Step::Give(Err(too_long(&format!("{}:{line}", self.place.source), max)), Some(self))
            }
            Ok(Some(Found::Unclosed(bytes, line))) => {
                let unread = unclosed(&self.place, line);
                self.broken += 1;
                if self.broken > BROKEN {
                    let message =
                        format!("expected a table with few broken rows, found {BROKEN}: the rest is not read");
                    return told(self.place.unread_at(line, "csv", message), self.source);
                }
                // only the line with the quote is lost
                let rest = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
                self.line = line;
                self.source = Box::new(Ahead::of(bytes[rest..].to_vec(), self.source));
                Step::Give(Err(unread), Some(self))
            }
            Err(e) => told(unreadable(&format!("{}:{}", self.place.source, self.line), &e), self.source),
        }
    }
}

fn unclosed(place: &Place, line: u64) -> Unread {
    place.unread_at(line, "csv", "expected a quote that is closed, found one that opens here and never closes")
}

/// A row, or what became of it; with the line (from 1) where it begins.
enum Found {
    Row(Vec<u8>, u64),
    /// A quote is open where the table ends, or where no article is that long.
    Unclosed(Vec<u8>, u64),
    TooLong(u64),
}

/// The next row that is not blank. `line` counts the lines read.
fn row(source: &mut Box<dyn Source>, delimiter: u8, line: &mut u64, max: usize) -> io::Result<Option<Found>> {
    let mut bytes = Vec::new();
    let (mut quoted, mut scanned, mut begin) = (false, 0, *line + 1);
    loop {
        let block = match source.fill_buf() {
            Ok(block) => block,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if block.is_empty() {
            (quoted, _) = scan(&bytes, scanned, quoted, delimiter);
            return Ok(match (bytes.trim_ascii().is_empty(), quoted) {
                (true, _) => None,
                (_, true) => Some(Found::Unclosed(bytes, begin)),
                _ => Some(Found::Row(bytes, begin)),
            });
        }
        let end = memchr::memchr(b'\n', block).map(|n| n + 1);
        let used = end.unwrap_or(block.len());
        bytes.extend_from_slice(&block[..used]);
        source.consume(used);
        if end.is_some() {
            *line += 1;
            (quoted, scanned) = scan(&bytes, scanned, quoted, delimiter);
            if !quoted {
                if bytes.trim_ascii().is_empty() {
                    (scanned, begin) = (0, *line + 1);
                    bytes.clear();
                    continue;
                }
                return Ok(Some(Found::Row(bytes, begin)));
            }
        }
        if bytes.len() > max {
            if quoted {
                return Ok(Some(Found::Unclosed(bytes, begin)));
            }
            // one line, longer than any article
            drop(bytes);
            pass_line(source)?;
            *line += 1;
            return Ok(Some(Found::TooLong(begin)));
        }
    }
}

fn pass_line(source: &mut Box<dyn Source>) -> io::Result<()> {
    loop {
        let block = source.fill_buf()?;
        let end = memchr::memchr(b'\n', block).map(|n| n + 1);
        let used = end.unwrap_or(block.len());
        if used == 0 {
            return Ok(());
        }
        source.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// Whether a quote is open at the end of `bytes`, of which `from` were looked at before. A quote opens only where a
/// cell begins: the inch in `màn 5"` is none.
fn scan(bytes: &[u8], mut from: usize, mut quoted: bool, delimiter: u8) -> (bool, usize) {
    while let Some(n) = memchr::memchr(b'"', bytes.get(from..).unwrap_or_default()) {
        let at = from + n;
        from = at + 1;
        if quoted && bytes.get(at + 1) == Some(&b'"') {
            from += 1;
        } else if quoted {
            quoted = false;
        } else {
            let before = at.checked_sub(1).map(|n| bytes[n]);
            quoted = before.is_none_or(|b| b == delimiter || b == b'\n' || b == 0xbf);
        }
    }
    (quoted, bytes.len().max(from))
}

/// Whether words stand right behind the closing quote of a cell, as in `"mở mãi⏎3,"xã"`: rows may have run together.
fn is_torn(row: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    let mut begins = true;
    while at < row.len() {
        if begins && row[at] == b'"' {
            loop {
                match memchr::memchr(b'"', &row[at + 1..]) {
                    Some(n) => at += n + 1,
                    None => return false,
                }
                match row.get(at + 1) {
                    Some(b'"') => at += 1,
                    Some(b'\r' | b'\n') | None => break,
                    Some(next) if *next == delimiter => break,
                    Some(_) => return true,
                }
            }
        }
        begins = row[at] == delimiter;
        at += 1;
    }
    false
}

/// The article of one row.
pub(super) fn read(raw: Raw) -> Result<Article, Unread> {
    let unread = |message: String| Unread::new(&raw.source, "csv", message);
    let Some(row) = raw.given.row else { return Err(unread("expected a table around the row, found none".to_owned())) };
    let mut cells = cells(&raw.bytes, row.delimiter).unwrap_or_default();
    while cells.len() > row.width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.len() != row.width {
        let (width, found) = (row.width, cells.len());
        let quote = if raw.bytes.contains(&b'"') { " (a quote left open, or one too many?)" } else { "" };
        return Err(unread(format!("expected {width} cells as the header has, found {found}{quote}")));
    }
    let cell = |role| row.columns.place(role).and_then(|n| cells.get(n)).filter(|cell| !cell.trim().is_empty());
    let Some(body) = cell(Role::Text).or_else(|| cell(Role::Html)) else {
        return Err(unread("expected a text in the row, found its cell empty".to_owned()));
    };
    let line = |role| cell(role).and_then(|cell| one_line(cell));
    let given = Given {
        fault: is_torn(&raw.bytes, row.delimiter).then(|| {
            let expected =
                "expected a cell that ends with its quote, found words behind it: rows may have run together";
            Fault::new("csv", expected)
        }),
        ..Given::of(line)
    };
    given::article(given, body, "csv", &raw.source)
}
