//! Bytes → the text a reader sees. (A stand-in until the branch `document` is merged.)

use std::io::{BufRead, Read};
use std::path::Path;

use serde::Serialize;

use super::Article;

/// One article's bytes.
#[derive(Debug)]
pub struct Raw {
    /// Where from.
    pub source: String,
    /// What form.
    pub form: Form,
    /// The bytes.
    pub bytes: Vec<u8>,
}
/// Form of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// One line of JSON Lines.
    JsonLine,
}
/// An article that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Where from.
    pub source: String,
    /// Which stage.
    pub stage: String,
    /// Why.
    pub message: String,
}
/// Options.
#[derive(Debug, Clone)]
pub struct Options {
    /// Date.
    pub published: Option<String>,
    /// Limit.
    pub max_bytes: usize,
}
impl Default for Options {
    fn default() -> Self {
        Self { published: None, max_bytes: 16 << 20 }
    }
}
/// The articles of a path.
pub fn raws(path: &Path, _options: &Options) -> Box<dyn Iterator<Item = Result<Raw, Unread>> + Send> {
    let source = path.display().to_string();
    let unread = |e: std::io::Error| Unread {
        source: path.display().to_string(),
        stage: "read".into(),
        message: format!("expected a readable file, found: {e}"),
    };
    let reader: Box<dyn Read + Send> = if source == "-" {
        Box::new(std::io::stdin())
    } else {
        match std::fs::File::open(path) {
            Ok(f) => Box::new(f),
            Err(e) => return Box::new(std::iter::once(Err(unread(e)))),
        }
    };
    let mut reader = std::io::BufReader::with_capacity(1 << 16, reader);
    if source.ends_with(".txt") {
        let mut bytes = Vec::new();
        return Box::new(std::iter::once(match reader.read_to_end(&mut bytes) {
            Ok(_) => Ok(Raw { source, form: Form::Text, bytes }),
            Err(e) => Err(unread(e)),
        }));
    }
    let mut n = 0;
    Box::new(std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        n += 1;
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => None,
            Ok(_) => Some(Ok(Raw { source: format!("{source}:{n}"), form: Form::JsonLine, bytes })),
            Err(e) => Some(Err(Unread { source: source.clone(), stage: "read".into(), message: e.to_string() })),
        }
    }))
}
/// Reads one.
///
/// # Errors
/// When it cannot.
pub fn article(raw: Raw, options: &Options) -> Result<Article, Unread> {
    let Raw { source, form, bytes } = raw;
    let fail = |stage: &str, message: String| Unread { source: source.clone(), stage: stage.into(), message };
    let text = String::from_utf8(bytes).map_err(|e| fail("decode", e.to_string()))?;
    let mut article = if form == Form::JsonLine {
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|e| fail("json", e.to_string()))?;
        let get = |k: &str| value.get(k).and_then(|v| v.as_str()).map(str::to_owned);
        let text = get("text").ok_or_else(|| fail("json", "expected a field `text`, found none".into()))?;
        let id = get("id").unwrap_or_else(|| source.clone());
        Article { published: get("published"), url: get("url"), ..Article::from_text(id, &text) }
    } else {
        Article::from_text(source.clone(), &text)
    };
    article.published = article.published.or_else(|| options.published.clone());
    article.source = Some(source);
    Ok(article)
}
