//! Plain text: one file is one article. "Đại hội Đảng bộ huyện Đăk Mới⏎11/05/2023 14:12⏎Đến nay …" has its headline
//! and its date in the lines that a reader sees.

use std::borrow::Cow;

use super::{Raw, Unread, decode, given, html, legacy, normalise, one_line, when};
use crate::article::Article;

/// The article of a plain text.
pub(super) fn read(raw: Raw) -> Result<Article, Unread> {
    let decoded = decode::labelled(raw.bytes, raw.given.charset.as_deref());
    let (text, reader) = clean(&decoded.text);
    let (text, mojibake) = legacy::mended(&text);
    let text = normalise::nfc(&text);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut article = Article {
        title: headline(text),
        published: when::among_first_lines(text),
        encoding: Some(mojibake.map_or(decoded.encoding, decode::within_utf8)),
        reader: Some(format!("text{reader}")),
        text: text.to_owned(),
        faults: decoded.faults,
        ..Article::default()
    };
    given::add(raw.given, &mut article);
    Ok(article)
}

/// The text, its entities decoded where it has any, and what the reader's name says of it.
pub(super) fn clean(text: &str) -> (Cow<'_, str>, &'static str) {
    match html::unescape(text) {
        Cow::Owned(decoded) => (Cow::Owned(decoded), " (entities decoded)"),
        same => (same, ""),
    }
}

/// The first line, where it stands as a headline does: short, more lines after it, no full stop.
pub(super) fn headline(text: &str) -> Option<String> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim();
    let stands = !rest.trim().is_empty()
        && first.len() <= 300
        && !first.ends_with(['.', ',', ';', ':'])
        && when::line(first).is_none();
    if stands { one_line(first) } else { None }
}
