//! What an input says of an article beside its text: `{"id": 7, "tieu_de": "Thu ngân sách"}`, a row of a table, a record
//! of a web archive. The text and what is given make the article, the same way for all of them.

use std::sync::Arc;

use super::columns::{Columns, Role};
use super::{Unread, bad_date, decode, html, legacy, normalise, sniff, text, under_title, when};
use crate::article::Article;
use crate::error::Fault;

/// What is known of an article before it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published, as the input has it.
    pub published: Option<String>,
    /// The encoding that the transport states (`charset` of an HTTP header).
    pub charset: Option<String>,
    /// What the input lost of it.
    pub fault: Option<Fault>,
    /// How the row is to be read, for a row of a table.
    pub(super) row: Option<Arc<Row>>,
}

impl Given {
    /// What named columns or keys give; `word` is the word of a role, if the row has one.
    pub(super) fn of(word: impl Fn(Role) -> Option<String>) -> Self {
        Self {
            id: word(Role::Id),
            url: word(Role::Url),
            title: word(Role::Title),
            author: word(Role::Author),
            published: word(Role::Published),
            ..Self::default()
        }
    }
}

/// The columns of a table whose rows are articles.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) delimiter: u8,
    pub(super) columns: Columns,
    /// How many there are.
    pub(super) width: usize,
}

/// The article of a body, text or HTML, and what is given with it; `within` is the form that held it.
pub(super) fn article(given: Given, body: &str, within: &str, source: &str) -> Result<Article, Unread> {
    let title = given.title.as_deref().map(|t| text::clean(t).0.into_owned());
    let mut article = if sniff::is_html(body.trim_start().as_bytes()) {
        from_page(title.as_deref(), body, within, source)?
    } else {
        from_text(title.as_deref(), body, within)
    };
    article.title = article.title.or(title);
    add(Given { title: None, ..given }, &mut article);
    Ok(article)
}

/// Adds what is given to an article that was read.
pub(super) fn add(given: Given, article: &mut Article) {
    if let Some(id) = given.id {
        article.id = id;
    }
    article.title = given.title.or(article.title.take());
    article.url = given.url.or(article.url.take());
    article.author = given.author.or(article.author.take());
    article.faults.extend(given.fault);
    if let Some(stated) = given.published {
        match when::given(&stated) {
            Some(published) => article.published = Some(published),
            None => article.faults.push(bad_date(&stated)),
        }
    }
}

fn from_text(title: Option<&str>, body: &str, within: &str) -> Article {
    let (body, how) = text::clean(body);
    let text = under_title(title, &body);
    let (text, mojibake) = legacy::mended(&text);
    Article {
        title: title.map(|t| mojibake.map_or_else(|| t.to_owned(), |m| m.undo(t))),
        encoding: mojibake.map(decode::within_utf8),
        reader: Some(format!("{within}{how}")),
        text: normalise::nfc(&text).into_owned(),
        ..Article::default()
    }
}

fn from_page(title: Option<&str>, page: &str, within: &str, source: &str) -> Result<Article, Unread> {
    let mut article = html::page(page, source)?;
    if let Some(title) = title {
        article.text = under_title(Some(title), &article.text);
        article.title = Some(title.to_owned());
    }
    article.reader = article.reader.map(|reader| format!("{within}, {reader}"));
    Ok(article)
}
