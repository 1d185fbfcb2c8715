//! One JSON object → one article: `{"id": 7, "title": "Thu ngân sách", "text": "Đạt 51,17%…", "published": "2023-05-11"}`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Raw, Unread, bad_date, decode, html, legacy, normalise, one_line, sniff, text, under_title, when};
use crate::article::Article;

/// The article of one JSON object.
pub(super) fn read(raw: Raw) -> Result<Article, Unread> {
    let source = raw.source.as_str();
    let decoded = decode::as_written(raw.bytes);
    let fields = Fields::of(decoded.text.trim(), source)?;
    let title = fields.word("title").map(|t| text::clean(&t).0.into_owned());
    let mut article = match ["text", "content", "body"].iter().find_map(|name| fields.prose(name)) {
        Some(body) if !sniff::is_html(body.trim_start().as_bytes()) => from_text(title.as_deref(), &body),
        found => match found.or_else(|| fields.prose("html")) {
            Some(page) => from_page(title.as_deref(), &page, source)?,
            None => {
                let message = "expected a field `text` (or `content`, `body`) or `html`, found neither";
                return Err(Unread::new(source, "json", message));
            }
        },
    };
    article.encoding.get_or_insert(decoded.encoding);
    article.faults.splice(0..0, decoded.faults);
    article.id = fields.word("id").unwrap_or_default();
    article.title = article.title.or(title);
    article.url = fields.word("url").or(article.url);
    article.author = fields.word("author").or(article.author);
    if let Some(given) = fields.word("published").or_else(|| fields.word("date")) {
        match when::given(&given) {
            Some(published) => article.published = Some(published),
            None => article.faults.push(bad_date(&given)),
        }
    }
    Ok(article)
}

fn from_text(title: Option<&str>, body: &str) -> Article {
    let (body, how) = text::clean(body);
    let text = under_title(title, &body);
    let (text, mojibake) = legacy::mended(&text);
    Article {
        title: title.map(|t| mojibake.map_or_else(|| t.to_owned(), |m| m.undo(t))),
        encoding: mojibake.map(decode::within_utf8),
        reader: Some(format!("jsonl{how}")),
        text: normalise::nfc(&text).into_owned(),
        ..Article::default()
    }
}

fn from_page(title: Option<&str>, page: &str, source: &str) -> Result<Article, Unread> {
    let mut article = html::page(page, source)?;
    if let Some(title) = title {
        article.text = under_title(Some(title), &article.text);
        article.title = Some(title.to_owned());
    }
    article.reader = article.reader.map(|reader| format!("jsonl, {reader}"));
    Ok(article)
}

/// The fields of one object, each still as written.
struct Fields<'j>(BTreeMap<Cow<'j, str>, &'j RawValue>);

impl<'j> Fields<'j> {
    fn of(line: &'j str, source: &str) -> Result<Self, Unread> {
        serde_json::from_str(line).map(Self).map_err(|e| {
            let shown: String = line.chars().take(40).collect();
            let expected = "expected one JSON object with `text` or `html`";
            Unread::new(source, "json", format!("{expected}, found “{shown}” ({e})"))
        })
    }

    /// A field that holds prose: a string with something in it.
    fn prose(&self, name: &str) -> Option<String> {
        let text: String = serde_json::from_str(self.0.get(name)?.get()).ok()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// A field that holds a word: a string, a number, or a list of them, as one line.
    fn word(&self, name: &str) -> Option<String> {
        word(&serde_json::from_str(self.0.get(name)?.get()).ok()?)
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => one_line(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().filter_map(word).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(fields) => fields.get("name").and_then(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, Options, article};
    use super::*;

    fn line(json: &str) -> Result<Article, Unread> {
        let raw = Raw { source: "kho.jsonl:3".to_owned(), form: Form::JsonLine, bytes: json.as_bytes().to_vec() };
        article(raw, &Options::default())
    }

    #[test]
    fn every_field_of_a_line_is_taken_over() {
        let read = line(
            r#"{"id":7,"title":"Thu ngân sách","author":["Hà An","Lê Bình"],"date":"11/05/2023 14:12","url":"https://bao.vn/1","text":"Đạt 51,17%.","other":[1]}"#,
        )
        .unwrap();
        assert_eq!(read.id, "7");
        assert_eq!(read.title.as_deref(), Some("Thu ngân sách"));
        assert_eq!(read.author.as_deref(), Some("Hà An, Lê Bình"));
        assert_eq!(read.published.as_deref(), Some("2023-05-11T14:12:00+07:00"));
        assert_eq!(read.url.as_deref(), Some("https://bao.vn/1"));
        assert_eq!(read.text, "Thu ngân sách\n\nĐạt 51,17%.");
        assert_eq!(read.source.as_deref(), Some("kho.jsonl:3"));
    }

    #[test]
    fn a_title_that_the_text_begins_with_is_not_written_twice() {
        let read = line(r#"{"title":"Thu ngân sách","content":"Thu ngân sách\nĐạt 51,17%."}"#).unwrap();
        assert_eq!(read.text, "Thu ngân sách\nĐạt 51,17%.");
    }

    #[test]
    fn the_same_text_gets_the_same_id_in_any_normal_form() {
        let composed = line(r#"{"text":"Đảng bộ"}"#).unwrap();
        let decomposed = line("{\"text\":\"Đa\u{309}ng bo\u{323}\u{302}\"}").unwrap();
        assert_eq!(composed.id, decomposed.id);
        assert!(composed.id.starts_with("a-") && composed.id.len() == 18);
    }

    #[test]
    fn a_line_that_is_no_article_says_what_was_found() {
        for (json, found) in [
            (r#"{"title":"Chỉ có tên"}"#, "found neither"),
            (r#"{"text":null}"#, "found neither"),
            (r#"["text"]"#, "found “[\"text\"]”"),
            (r#"{"text":"dở dang"#, "EOF"),
            ("42", "found “42”"),
        ] {
            let unread = line(json).unwrap_err();
            assert_eq!((unread.source.as_str(), unread.stage.as_str()), ("kho.jsonl:3", "json"), "{json}");
            assert!(unread.message.contains(found), "{json}: {}", unread.message);
        }
    }

    #[test]
    fn a_date_that_nobody_can_read_is_a_fault_and_not_the_end() {
        let read = line(r#"{"text":"Đạt 51%.","published":"hôm qua"}"#).unwrap();
        assert_eq!(read.published, None);
        assert!(read.faults[0].message.contains("hôm qua"));
    }
}
