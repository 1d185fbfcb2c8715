//! Plain text: one file is one article. "Đại hội Đảng bộ huyện Đăk Mới⏎11/05/2023 14:12⏎Đến nay …" has its headline
//! and its date in the lines that a reader sees.

use super::{Raw, Unread, normalise, one_line, when};
use crate::article::Article;

/// The article of a plain text.
pub(super) fn read(raw: Raw) -> Result<Article, Unread> {
    let text = String::from_utf8_lossy(&raw.bytes);
    let text = normalise::nfc(&text);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    Ok(Article {
        title: headline(text),
        published: when::among_first_lines(text),
        encoding: Some("utf-8".to_owned()),
        reader: Some("text".to_owned()),
        text: text.to_owned(),
        ..Article::default()
    })
}

/// The first line, where it stands as a headline does: short, more lines after it, no full stop.
fn headline(text: &str) -> Option<String> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim();
    let stands = !rest.trim().is_empty()
        && first.len() <= 300
        && !first.ends_with(['.', ',', ';', ':'])
        && when::line(first).is_none();
    if stands { one_line(first) } else { None }
}
