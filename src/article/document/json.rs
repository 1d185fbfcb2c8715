//! One JSON object → one article: `{"id": 7, "title": "Thu ngân sách", "text": "Đạt 51,17%…", "published": "2023-05-11"}`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::columns::{Role, key};
use super::given::{self, Given};
use super::{Options, Raw, Unread, decode, one_line};
use crate::article::Article;

/// The article of one JSON object.
pub(super) fn read(raw: Raw, options: &Options) -> Result<Article, Unread> {
    let source = raw.source.as_str();
    let decoded = decode::as_written(raw.bytes);
    let fields = Fields::of(decoded.text.trim(), source, options)?;
    let Some(body) = fields.prose(Role::Text).or_else(|| fields.prose(Role::Html)) else {
        return Err(Unread::new(source, "json", fields.without_text()));
    };
    let given = Given::of(|role| fields.word(role));
    let mut article = given::article(given, &body, "jsonl", source)?;
    article.encoding.get_or_insert(decoded.encoding);
    article.faults.splice(0..0, decoded.faults);
    Ok(article)
}

/// The fields of one object, each still as written.
struct Fields<'j> {
    values: BTreeMap<Cow<'j, str>, &'j RawValue>,
    asked: &'j [(Role, String)],
}

impl<'j> Fields<'j> {
    fn of(line: &'j str, source: &str, options: &'j Options) -> Result<Self, Unread> {
        let values = serde_json::from_str(line).map_err(|e| {
            let shown: String = line.chars().take(40).collect();
            let expected = "expected one JSON object with `text` or `html`";
            Unread::new(source, "json", format!("{expected}, found “{shown}” ({e})"))
        })?;
        Ok(Self { values, asked: &options.columns })
    }

    /// The values that can be meant by a role, the surest first.
    fn all(&self, role: Role) -> impl Iterator<Item = &'j RawValue> {
        let asked = self.asked.iter().filter(move |(of, _)| *of == role);
        let guesses = if asked.clone().next().is_none() { role.guesses() } else { &[] };
        let asked =
            asked.filter_map(|(_, name)| self.values.get(name.as_str()).copied().or_else(|| self.alike(&key(name))));
        let guessed = guesses.iter().filter_map(|guess| self.values.get(*guess).copied().or_else(|| self.alike(guess)));
        asked.chain(guessed)
    }

    /// The value whose name is written otherwise: `noi_dung`, `datePublished`, `URL`.
    fn alike(&self, wanted: &str) -> Option<&'j RawValue> {
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let near = |name: &str| name.chars().count() >= wanted.len() && name.chars().count() <= wanted.len() + 8;
        self.values.iter().find(|(name, _)| !plain(name) && near(name) && key(name) == wanted).map(|(_, value)| *value)
    }

    /// A field that holds prose: a string with something in it.
    fn prose(&self, role: Role) -> Option<String> {
        let text = |value: &RawValue| serde_json::from_str::<String>(value.get()).ok();
        self.all(role).filter_map(text).find(|text| !text.trim().is_empty())
    }

    /// A field that holds a word: a string, a number, or a list of them, as one line.
    fn word(&self, role: Role) -> Option<String> {
        self.all(role).find_map(|value| word(&serde_json::from_str(value.get()).ok()?))
    }

    /// What is said of an object without a text.
    fn without_text(&self) -> String {
        let names: Vec<String> = self.values.keys().take(30).map(|name| name.chars().take(40).collect()).collect();
        let found = if names.is_empty() { String::new() } else { format!(", only {}", names.join(", ")) };
        format!("expected a field `text` (or `content`, `body`) or `html`, found neither{found}")
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
        let raw = Raw {
            source: "kho.jsonl:3".to_owned(),
            form: Form::JsonLine,
            bytes: json.as_bytes().to_vec(),
            ..Raw::default()
        };
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
