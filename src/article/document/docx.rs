//! Documents of Word: the paragraphs and tables of `word/document.xml`; a table row is "Đăk Mới | 67/69 | 97,1%".

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::prose::Prose;
use super::{Options, Raw, Unread, decode, given, legacy, normalise, one_line, text, when};
use crate::article::Article;
use crate::error::Fault;

/// What the text of a document may come to as XML, for each byte that an article may have.
const XML: u64 = 4;

/// The article of a document.
pub(super) fn read(raw: Raw, options: &Options) -> Result<Article, Unread> {
    let unread = |message: String| Unread::new(&raw.source, "docx", message);
    let mut archive = ZipArchive::new(Cursor::new(raw.bytes.as_slice()))
        .map_err(|e| unread(format!("expected a document, found a zip archive that cannot be read: {e}")))?;
    let document = part(&mut archive, "word/document.xml", options).map_err(|found| {
        let kind = archive.file_names().flatten().find_map(|name| match name.split('/').next() {
            Some("xl") => Some("an Excel workbook (save it as .csv)"),
            Some("ppt") => Some("a PowerPoint presentation"),
            _ => None,
        });
        unread(format!("expected the text of a document (word/document.xml), found {}", kind.unwrap_or(&found)))
    })?;
    let (body, fault) = prose(&document);
    let core = part(&mut archive, "docProps/core.xml", options).map(|xml| Core::of(&xml)).unwrap_or_default();
    let (body, mojibake) = legacy::mended(&body);
    let body = normalise::nfc(body.trim()).into_owned();
    // programs write names of files and templates here: a title that the reader sees is one
    let title = core.title.filter(|title| body.contains(title.as_str())).or_else(|| text::headline(&body));
    let mut article = Article {
        title,
        author: core.creator,
        published: when::among_first_lines(&body).or_else(|| core.created.as_deref().and_then(when::given)),
        encoding: Some(mojibake.map_or_else(|| "utf-8".to_owned(), decode::within_utf8)),
        reader: Some("docx".to_owned()),
        text: body,
        faults: fault.into_iter().collect(),
        ..Article::default()
    };
    given::add(raw.given, &mut article);
    Ok(article)
}

/// One part of the document, as text; else what was found instead.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, options: &Options) -> Result<String, String> {
    let file = archive.by_name(name).map_err(|e| format!("none ({e})"))?;
    let most =
        (options.max_bytes as u64).saturating_mul(XML).min(file.compressed_size().saturating_mul(options.max_ratio));
    let most = most.max(1 << 20);
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|e| format!("it broken: {e}"))?;
    if bytes.len() as u64 > most {
        return Err(format!("more than {most} bytes unpacked"));
    }
    Ok(decode::as_written(bytes).text)
}

/// The words of a document, and what kept it from being read to its end.
fn prose(xml: &str) -> (String, Option<Fault>) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut prose = Prose::new();
    let (mut words, mut passed) = (false, 0_usize);
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(e) => {
                let message = format!("expected a document to its end, found it broken: {e}");
                return (prose.done(), Some(Fault::new("docx", message)));
            }
        };
        match event {
            Event::Eof => return (prose.done(), None),
            // a drawing says everything twice, for old programs once more
            Event::Start(tag) if passed > 0 || tag.name().0 == "mc:Fallback" => {
                passed += usize::from(tag.name().0 == "mc:Fallback");
            }
            Event::End(tag) if passed > 0 => passed -= usize::from(tag.name().0 == "mc:Fallback"),
            _ if passed > 0 => {}
            Event::Start(tag) => match tag.name().0 {
                "w:t" => words = true,
                "w:tbl" => prose.open_table(false),
                name => _ = block(name).map(|name| prose.open(name)),
            },
            Event::End(tag) => match tag.name().0 {
                "w:t" => words = false,
                "w:tbl" => prose.close("table"),
                name => _ = block(name).map(|name| prose.close(name)),
            },
            Event::Empty(tag) => match tag.name().0 {
                "w:br" | "w:cr" => prose.open("br"),
                "w:tab" | "w:ptab" => prose.text(" "),
                "w:noBreakHyphen" => prose.text("-"),
                "w:p" => {
                    prose.open("p");
                    prose.close("p");
                }
                _ => {}
            },
            Event::Text(text) if words => prose.text(&text),
            Event::CData(text) if words => prose.text(&text),
            Event::GeneralRef(name) if words => {
                let reference = format!("&{};", &*name);
                prose.text(quick_xml::escape::unescape(&reference).as_deref().unwrap_or(&reference));
            }
            _ => {}
        }
    }
}

/// What an element of a document is on a page.
fn block(name: &str) -> Option<&'static str> {
    match name {
        "w:p" => Some("p"),
        "w:tr" => Some("tr"),
        "w:tc" => Some("td"),
        _ => None,
    }
}

/// What the document says of itself.
#[derive(Debug, Default)]
struct Core {
    title: Option<String>,
    creator: Option<String>,
    created: Option<String>,
}

impl Core {
    fn of(xml: &str) -> Self {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut core = Self::default();
        let mut at = String::new();
        let mut words = String::new();
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Eof => break,
                Event::Start(tag) => {
                    tag.name().0.clone_into(&mut at);
                    words.clear();
                }
                Event::Text(text) => words.push_str(&text),
                Event::GeneralRef(name) => {
                    let reference = format!("&{};", &*name);
                    words.push_str(quick_xml::escape::unescape(&reference).as_deref().unwrap_or(&reference));
                }
                Event::End(_) => {
                    let field = match at.as_str() {
                        "dc:title" => &mut core.title,
                        "dc:creator" => &mut core.creator,
                        "dcterms:created" => &mut core.created,
                        _ => continue,
                    };
                    *field = field.take().or_else(|| one_line(&words));
                    at.clear();
                }
                _ => {}
            }
        }
        core
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_tables_are_read_and_what_is_drawn_twice_is_read_once() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>Đạt 67</w:t></w:r><w:r><w:t xml:space=\"preserve\">/69 </w:t></w:r>\
                   <w:r><w:t>R&amp;D</w:t></w:r><w:instrText>PAGE</w:instrText></w:p>\
                   <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Đăk Mới</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>97,1%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                   <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Khung</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Khung</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>\
                   </w:body></w:document>";
        assert_eq!(prose(xml), ("Đạt 67/69 R&D\n\nĐăk Mới | 97,1%\n\nKhung".to_owned(), None));
    }

    #[test]
    fn a_broken_document_gives_what_stands_before_the_break() {
        let (text, fault) = prose("<w:p><w:r><w:t>Đạt 51%.</w:t></w:r></w:p></w:body>");
        assert!(text == "Đạt 51%." && fault.unwrap().message.contains("broken"));
    }
}
