//! Web archives: the page of `WARC-Target-URI: https://bao.vn/1` as its server sent it, known as "crawl.warc.gz:7", the
//! seventh record. Pictures, redirections and missing pages are passed over and counted.
//!
//! The reading thread cuts records out and looks at the status and the type; the body is unpacked in a worker.

use std::io::{self, BufRead, Read};

use super::archive::pieces::too_long;
use super::archive::{Place, Reading, Source, Step, form_of, skip, told, unreadable};
use super::given::Given;
use super::http;
use super::{Form, Options, Raw, Unread, html, text};
use crate::article::Article;
use crate::error::Fault;

/// The longest header of a record.
const HEADER: usize = 256 << 10;
/// What is read of a response to judge it by its head.
const PROBE: u64 = 16 << 10;

/// Reads a web archive.
pub(super) fn begin(source: Box<dyn Source>, place: Place) -> Step {
    Step::Pass(Some(Box::new(Warc { source, place, at: 0, number: 0, pending: None })))
}

/// A web archive between two records.
struct Warc {
    source: Box<dyn Source>,
    place: Place,
    /// Bytes so far, unpacked.
    at: u64,
    /// Records so far.
    number: u64,
    /// A first line found while looking for the next record.
    pending: Option<Vec<u8>>,
}

/// The header of a record, as far as it is asked for.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    media: String,
    truncated: Option<String>,
    length: Option<u64>,
}

impl Header {
    fn take(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        let bare = || value.trim_start_matches('<').trim_end_matches('>').to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => self.id = Some(bare()).filter(|id| !id.is_empty()),
            "warc-target-uri" => self.url = Some(bare()).filter(|url| !url.is_empty()),
            "warc-truncated" => self.truncated = Some(value.chars().take(40).collect()),
            "content-type" => self.media = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }

    /// Whether its data is an HTTP response, or the page itself.
    fn is_response(&self) -> bool {
        self.kind == "response" && (self.media.is_empty() || self.media.starts_with("application/http"))
    }

    fn is_page(&self) -> bool {
        matches!(self.kind.as_str(), "resource" | "conversion" | "response") && http::is_page(&self.media)
    }
}

impl Warc {
    /// The next line without its end; none where the archive ends. Of a line beyond the bound only the beginning.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.pending.take() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        loop {
            let block = match self.source.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let end = memchr::memchr(b'\n', block).map(|n| n + 1);
            let used = end.unwrap_or(block.len());
            let room = (HEADER + 1).saturating_sub(line.len());
            line.extend_from_slice(&block[..used.min(room)]);
            self.source.consume(used);
            self.at += used as u64;
            if end.is_some() || used == 0 {
                let over = used == 0 && line.is_empty();
                line.truncate(line.trim_ascii_end().len());
                return Ok((!over).then_some(line));
            }
        }
    }

    /// The header of the next record; an error says what stands there instead.
    fn header(&mut self) -> io::Result<Option<Result<Header, String>>> {
        let broken = |found: String| Ok(Some(Err(found)));
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        let begin = self.at;
        self.number += 1;
        if !first.starts_with(b"WARC/") {
            let shown: String = String::from_utf8_lossy(&first).chars().take(40).collect();
            return broken(format!("“{}” before byte {begin}", shown.replace(char::is_control, "\u{fffd}")));
        }
        let mut header = Header::default();
        let mut size = 0;
        loop {
            let Some(line) = self.line()? else {
                return broken(format!("the end of the archive in a header, at byte {}", self.at));
            };
            size += line.len();
            if line.is_empty() {
                break;
            }
            if size > HEADER {
                return broken(format!("a header of more than {HEADER} bytes before byte {}", self.at));
            }
            header.take(&line);
        }
        if header.length.is_none() {
            return broken(format!("a record without its length before byte {}", self.at));
        }
        Ok(Some(Ok(header)))
    }

    /// Looks for the next record after a broken one; whether there is one.
    fn resume(&mut self) -> bool {
        while let Ok(Some(line)) = self.line() {
            if line.starts_with(b"WARC/") {
                self.pending = Some(line);
                return true;
            }
        }
        false
    }

    /// Reads up to `n` bytes of a record.
    fn data(&mut self, n: u64, into: &mut Vec<u8>) -> io::Result<u64> {
        let read = (&mut self.source).take(n).read_to_end(into)? as u64;
        self.at += read;
        Ok(read)
    }

    /// The article of a record; none where there is nothing to read in it.
    fn record(&mut self, header: Header, length: u64) -> io::Result<Option<Result<Raw, Unread>>> {
        let max = self.place.options.max_bytes;
        let source = format!("{}:{}", self.place.source, self.number);
        let mut bytes = Vec::new();
        let response = header.is_response();
        let mut wanted = header.is_page() && !header.url.as_deref().is_some_and(|url| url.ends_with("/robots.txt"));
        if response {
            self.data(length.min(PROBE), &mut bytes)?;
            wanted = match http::Head::of(&bytes) {
                Some(head) => {
                    head.is_ok()
                        && (head.is_page() || (head.media.is_empty() && form_of(&bytes[head.length..]) == Form::Html))
                }
                None => {
                    self.rest(length, bytes.len() as u64)?;
                    let message = "expected the head of an HTTP response, found none that can be read";
                    return Ok(Some(Err(Unread::new(&source, "warc", message))));
                }
            };
            wanted &= !header.url.as_deref().is_some_and(|url| url.ends_with("/robots.txt"));
        }
        if !wanted {
            if matches!(header.kind.as_str(), "response" | "resource" | "conversion") {
                self.place.options.passed.add();
            }
            self.rest(length, bytes.len() as u64)?;
            return Ok(None);
        }
        if length > max as u64 {
            self.rest(length, bytes.len() as u64)?;
            return Ok(Some(Err(too_long(&source, max))));
        }
        self.data(length - bytes.len() as u64, &mut bytes)?;
        if (bytes.len() as u64) < length {
            return Err(self.cut(length, bytes.len() as u64));
        }
        let form = if response {
            Form::Response
        } else if header.media.contains("html") {
            Form::Html
        } else {
            form_of(&bytes)
        };
        let fault = header.truncated.map(|reason| {
            Fault::new("read", format!("expected a whole page, found one that the archive cut off (reason: {reason})"))
        });
        let charset = if response { None } else { http::charset(&header.media) };
        let given = Given { id: header.id, url: header.url, charset, fault, ..Given::default() };
        Ok(Some(Ok(Raw { source, form, bytes, given })))
    }

    /// Passes over the rest of a record.
    fn rest(&mut self, length: u64, read: u64) -> io::Result<()> {
        let passed = skip(&mut self.source, length - read)?;
        self.at += passed;
        if read + passed < length { Err(self.cut(length, read + passed)) } else { Ok(()) }
    }

    fn cut(&self, length: u64, read: u64) -> io::Error {
        let at = self.at;
        let message = format!("a record of {length} bytes cut off after {read}, at byte {at} of the archive");
        io::Error::new(io::ErrorKind::UnexpectedEof, message)
    }
}

impl Reading for Warc {
    fn step(mut self: Box<Self>) -> Step {
        let failed = |warc: Box<Self>, e: &io::Error| {
            let source = format!("{}:{}", warc.place.source, warc.number.max(1));
            told(unreadable(&source, e), warc.source)
        };
        match self.header() {
            Ok(None) => Step::Pass(self.source.close()),
            Ok(Some(Err(found))) => {
                let unread = self.place.unread_at(self.number, "warc", format!("expected a record, found {found}"));
                if self.resume() {
                    return Step::Give(Err(unread), Some(self));
                }
                told(unread, self.source)
            }
            Ok(Some(Ok(header))) => {
                let length = header.length.unwrap_or(0);
                match self.record(header, length) {
                    Ok(Some(item)) => Step::Give(item, Some(self)),
                    Ok(None) => Step::Pass(Some(self)),
                    Err(e) => failed(self, &e),
                }
            }
            Err(e) => failed(self, &e),
        }
    }
}

/// The article of a response.
pub(super) fn read(mut raw: Raw, options: &Options) -> Result<Article, Unread> {
    let source = raw.source.clone();
    let Some(head) = http::Head::of(&raw.bytes) else {
        return Err(Unread::new(&source, "warc", "expected the head of an HTTP response, found none that can be read"));
    };
    let (body, fault) =
        http::body(&head, &raw.bytes[head.length..], options).map_err(|e| Unread::new(&source, "warc", e))?;
    raw.given.charset = head.charset;
    raw.given.fault = raw.given.fault.or(fault);
    let plain = head.media.starts_with("text/plain") && form_of(&body) == Form::Text;
    let raw = Raw { bytes: body, ..raw };
    let mut article = if plain { text::read(raw)? } else { html::read(raw)? };
    article.reader = article.reader.map(|reader| format!("warc, {reader}"));
    Ok(article)
}
