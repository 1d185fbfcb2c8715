//! What the first bytes of an input look like: "{"id":1,…}⏎{"id":2,…}" is JSON Lines whatever the file is called.

use super::archive::is_tar;
use super::archive::packed::Packing;
use super::{Form, Options, csv, decode};

/// The layout of a whole input, as its first bytes and its name show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// The whole input is one article.
    One(Form),
    /// One JSON object per line.
    Lines,
    /// JSON objects in an array or one after the other, over any number of lines.
    Values,
    /// A table with this between its cells, one article per row.
    Csv(u8),
    /// A compressed stream.
    Packed(Packing),
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// A web archive.
    Warc,
    /// A Parquet file.
    Parquet,
    /// No text at all; the words say what it is.
    Binary(&'static str),
    /// No bytes, or only white space.
    Empty,
}

/// Files that begin with these bytes hold no text of their own.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF file"),
];

/// Judges the first bytes of an input (64 KiB are plenty); `whole` says that there are no more.
///
/// `name` is a hint only where the content leaves it open.
pub(super) fn layout(head: &[u8], name: &str, whole: bool, options: &Options) -> Layout {
    if let Some(packing) = Packing::of(head) {
        return Layout::Packed(packing);
    }
    match head {
        [b'P', b'K', 3, 4, ..] => return zip(head, name),
        [b'P', b'K', 5, 6, ..] => return Layout::Binary("an empty zip archive"),
        [b'P', b'A', b'R', b'1', ..] => return Layout::Parquet,
        [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..] => return Layout::Warc,
        _ if is_tar(head) => return Layout::Tar,
        _ => {}
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Layout::Binary(what);
    }
    if memchr::memchr(0, head).is_some() || decode::utf16(head).is_some() {
        if let Some((encoding, mark)) = decode::utf16(head) {
            let text = encoding.decode_without_bom_handling(&head[mark..]).0;
            return layout_of(text.as_bytes(), name, whole, options);
        }
        return Layout::Binary("binary data (NUL bytes)");
    }
    layout_of(head, name, whole, options)
}

/// What a zip archive is by its first entries: a document of an office program, or a container of files.
fn zip(head: &[u8], name: &str) -> Layout {
    let first =
        |names: &[&str]| names.iter().any(|n| head.get(30..).is_some_and(|rest| rest.starts_with(n.as_bytes())));
    let has = |part: &str| memchr::memmem::find(head, part.as_bytes()).is_some();
    let office = first(&["[Content_Types].xml", "_rels/.rels"])
        || (first(&["word/", "docProps/", "xl/", "ppt/"]) && (name.to_ascii_lowercase().ends_with("x")));
    if office {
        return match () {
            () if has("word/") => Layout::One(Form::Docx),
            () if has("xl/") => Layout::Binary("an Excel workbook (save it as .csv)"),
            () if has("ppt/") => Layout::Binary("a PowerPoint presentation"),
            // what it is stands further behind: the reader will say
            () => Layout::One(Form::Docx),
        };
    }
    if first(&["mimetypeapplication/vnd.oasis"]) {
        return Layout::Binary("an OpenDocument file (save it as .docx)");
    }
    if first(&["mimetypeapplication/epub"]) {
        return Layout::Binary("an EPUB book");
    }
    Layout::Zip
}

/// The layout of a text in UTF-8 (or another encoding that contains ASCII).
fn layout_of(head: &[u8], name: &str, whole: bool, options: &Options) -> Layout {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.is_empty() {
        return if whole { Layout::Empty } else { Layout::One(Form::Text) };
    }
    let named = |ends: &[&str]| ends.iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let jsonish = named(&[".jsonl", ".ndjson", ".json"]);
    match text[0] {
        b'{' => json(text, named(&[".jsonl", ".ndjson"]), whole),
        b'[' if matches!(text[1..].trim_ascii_start().first(), Some(b'{' | b']')) || named(&[".json"]) => {
            Layout::Values
        }
        b'<' if is_html(text) => Layout::One(Form::Html),
        _ if named(&[".jsonl", ".ndjson"]) || (!jsonish && mostly_objects(text)) => Layout::Lines,
        _ if named(&[".json"]) => Layout::Lines,
        _ if named(&[".html", ".htm", ".xhtml"]) || is_html(text) => Layout::One(Form::Html),
        _ if let Some(delimiter) = csv::delimiter(text, named(&[".csv", ".tsv", ".tab"]), options) => {
            Layout::Csv(delimiter)
        }
        _ => Layout::One(Form::Text),
    }
}

/// Lines, when the first line is a whole object (or is too long to see its end); else objects over several lines.
fn json(text: &[u8], lines: bool, whole: bool) -> Layout {
    let first = memchr::memchr(b'\n', text).map(|end| text[..end].trim_ascii_end());
    match first {
        _ if lines => Layout::Lines,
        Some(first) if first.ends_with(b"}") && first.len() > 1 => Layout::Lines,
        None if !whole => Layout::Lines,
        _ => Layout::Values,
    }
}

/// Whether at least half of the lines are objects: JSON Lines with a broken first line.
fn mostly_objects(text: &[u8]) -> bool {
    let (mut objects, mut lines) = (0_usize, 0_usize);
    for line in text.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty()).take(20) {
        lines += 1;
        objects += usize::from(line.starts_with(b"{\"") && line.ends_with(b"}"));
    }
    objects > 0 && objects * 2 >= lines
}

/// Whether a page begins here: a doctype, or tags that only a page has among the first bytes.
pub(super) fn is_html(text: &[u8]) -> bool {
    let head = &text[..text.len().min(4096)];
    // Fourteen searches are saved for nearly every text.
    if memchr::memchr(b'<', head).is_none() {
        return false;
    }
    let head = head.to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&head, tag).is_some();
    head.starts_with(b"<!doctype html")
        || ["<html", "<head", "<body", "<meta ", "<title", "<article", "<div", "<p>", "<p ", "<table", "<h1", "<br"]
            .iter()
            .any(|tag| {
                has(tag.as_bytes()) && (head.starts_with(b"<") || tag.starts_with("<html") || tag.starts_with("<body"))
            })
        || (has(b"<p>") && has(b"</p>"))
        || (has(b"<div") && has(b"</div>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_judged_by_content_and_not_by_name_alone() {
        for (head, name, layout_) in [
            ("Thu ngân sách đạt 51,17%.", "tin.txt", Layout::One(Form::Text)),
            ("<!DOCTYPE html><html>", "tin.txt", Layout::One(Form::Html)),
            ("<?xml version='1.0'?><html xmlns='x'>", "tin", Layout::One(Form::Html)),
            ("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "tin.json", Layout::Lines),
            ("{\"text\":\"a\"}", "tin.json", Layout::Values),
            ("{\n \"text\": \"a\"\n}", "tin.txt", Layout::Values),
            ("[\n{\"text\":\"a\"}]", "tin.json", Layout::Values),
            ("[Infographic] Thu ngân sách", "tin.txt", Layout::One(Form::Text)),
            ("hỏng\n{\"text\":\"a\"}\n", "-", Layout::Lines),
            ("hỏng\n", "tin.ndjson", Layout::Lines),
            ("%PDF-1.7", "tin.txt", Layout::Binary("a PDF file")),
            ("a\0b", "tin.txt", Layout::Binary("binary data (NUL bytes)")),
            (" \n", "tin.txt", Layout::Empty),
            ("id;noi_dung\n1;Đạt 51%\n", "-", Layout::Csv(b';')),
            ("Nội dung, tiêu chí và tiến độ\nĐạt 51%\n", "tin.txt", Layout::One(Form::Text)),
            ("stt,gia\n1,2\n", "gia.csv", Layout::Csv(b',')),
            ("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "tin.csv", Layout::Lines),
            ("WARC/1.1\r\nWARC-Type: warcinfo\r\n", "tin.txt", Layout::Warc),
            ("PAR1\x15\x04", "tin.csv", Layout::Parquet),
            ("\x1f\u{8b}", "tin.gz", Layout::One(Form::Text)),
            ("Lãi suất < 5% và > 3%", "tin.txt", Layout::One(Form::Text)),
        ] {
            assert_eq!(layout(head.as_bytes(), name, true, &Options::default()), layout_, "{head}");
        }
    }
}
