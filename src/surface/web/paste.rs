//! The first page takes an article, pasted or as a file; `POST /read` reads it and shows it marked.

use std::io::Cursor;
use std::sync::Arc;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::article::place;
use super::desk::Desk;
use super::shell::{Refused, Shell};
use super::words::words;
use crate::article::Article;
use crate::article::document::{self, Form, Options, Raw};
use crate::sink::sqlite::desk::Kept;

/// The most articles that are taken out of one file: more belong in an archive.
const MOST: usize = 200;
/// The most that a compressed file may unpack to.
const UNPACKED: u64 = 256 << 20;

/// What the form brings.
#[derive(Debug, Default)]
struct Sent {
    text: String,
    published: String,
    url: String,
    file: Option<(String, Vec<u8>)>,
}

/// `GET /`: the form, and the articles that were read at this desk.
pub(super) async fn form(State(desk): State<Arc<Desk>>, shell: Shell) -> Response {
    shell
        .answer(move |shell| {
            let kept = desk.notes()?.articles()?;
            Ok(shell.page(shell.t("paste.title"), &page(shell, &kept)))
        })
        .await
}

fn page(shell: &Shell, kept: &[Kept]) -> Markup {
    html! {
        h1 { (shell.t("paste.title")) }
        p.lead { (shell.t("paste.lead")) }
        form.paste method="post" action="/read" enctype="multipart/form-data" data-drop="" {
            label for="text" { (shell.t("paste.text")) }
            textarea #text name="text" rows="14" spellcheck="false" lang="vi" placeholder=(shell.t("paste.placeholder")) {}
            div.row {
                div.field.wide {
                    label for="file" { (shell.t("paste.file")) }
                    input #file type="file" name="file" accept=".txt,.html,.htm,.docx,.md,text/plain,text/html";
                }
                div.field {
                    label for="published" { (shell.t("paste.published")) }
                    input #published type="date" name="published";
                }
                div.field.wide {
                    label for="url" { (shell.t("paste.url")) }
                    input #url type="text" name="url" inputmode="url" autocomplete="off" maxlength="2000";
                }
            }
            p.hint { (shell.t("paste.hint")) }
            button.primary type="submit" { (shell.t("paste.read")) }
        }
        @if !kept.is_empty() {
            section aria-labelledby="kept" {
                h2 #kept { (shell.t("paste.kept")) }
                ul.kept {
                    @for one in kept {
                        li {
                            a href=(place(&one.id)) { (words(&one.title)) }
                            " " span.faint { (one.added.get(..10).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /read`: reads what was sent and goes to its page.
pub(super) async fn read(State(desk): State<Arc<Desk>>, shell: Shell, form: Multipart) -> Response {
    let sent = match sent(form).await {
        Ok(sent) => sent,
        Err(error) => return shell.refused(&unusable(&shell, &error)),
    };
    shell
        .answer(move |shell| {
            let articles = articles(shell, sent)?;
            let notes = desk.notes()?;
            for article in &articles {
                notes.keep(article)?;
            }
            let to = match articles.as_slice() {
                [one] => place(&one.id),
                _ => "/#kept".to_owned(),
            };
            Ok(Redirect::to(&to).into_response())
        })
        .await
}

/// The fields of the form.
async fn sent(mut form: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "text" => sent.text = String::from_utf8_lossy(&field.bytes().await?).into_owned(),
            "published" => sent.published = String::from_utf8_lossy(&field.bytes().await?).trim().to_owned(),
            "url" => sent.url = String::from_utf8_lossy(&field.bytes().await?).trim().to_owned(),
            "file" => {
                let name = called(field.file_name().unwrap_or_default());
                let bytes = field.bytes().await?.to_vec();
                sent.file = (!bytes.is_empty()).then_some((name, bytes));
            }
            _ => {}
        }
    }
    Ok(sent)
}

/// What a file is called in a record. It is a name to be shown and never a place: nothing is opened by it.
fn called(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if shown.is_empty() { "-".to_owned() } else { shown }
}

/// Why a form cannot be used.
fn unusable(shell: &Shell, error: &MultipartError) -> Refused {
    let status = error.status();
    let said = if status == StatusCode::PAYLOAD_TOO_LARGE { "error.large" } else { "error.form" };
    Refused::Unusable(status, shell.t(said).to_owned())
}

/// The articles of what was sent.
fn articles(shell: &Shell, sent: Sent) -> Result<Vec<Article>, Refused> {
    let refused = |said: String| Refused::Unusable(StatusCode::UNPROCESSABLE_ENTITY, said);
    let mut options = Options { max_unpacked: UNPACKED, max_spool: UNPACKED, ..Options::default() };
    if !sent.published.is_empty() {
        if sent.published.parse::<jiff::civil::Date>().is_err() {
            return Err(refused(shell.t("error.date").to_owned()));
        }
        options.published = Some(sent.published);
    }
    let raws: document::Raws = match sent.file {
        Some((name, bytes)) => document::raws_from(Cursor::new(bytes), &name, &options),
        None if sent.text.trim().is_empty() => return Err(refused(shell.t("error.empty").to_owned())),
        // A page that was pasted as its source.
        None if sent.text.trim_start().starts_with('<') => {
            document::raws_from(Cursor::new(sent.text.into_bytes()), shell.t("paste.source"), &options)
        }
        None => {
            let source = shell.t("paste.source").to_owned();
            let raw = Raw { source, form: Form::Text, bytes: sent.text.into_bytes(), ..Raw::default() };
            Box::new(std::iter::once(Ok(raw)))
        }
    };
    let mut found = Vec::new();
    let mut unread = Vec::new();
    for raw in raws.take(MOST) {
        match raw.and_then(|raw| document::article(raw, &options)) {
            Ok(mut article) => {
                if !sent.url.is_empty() {
                    article.url = Some(sent.url.chars().filter(|c| !c.is_control()).take(2000).collect());
                }
                found.push(article);
            }
            Err(one) => unread.push(one.to_string()),
        }
    }
    match (found.is_empty(), unread.into_iter().next()) {
        (false, _) => Ok(found),
        (true, Some(why)) => Err(refused(format!("{} {why}", shell.t("error.unread")))),
        (true, None) => Err(refused(shell.t("error.empty").to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_name_of_a_file_is_no_place() {
        assert_eq!(called("../../etc/passwd"), "passwd");
        assert_eq!(called("C:\\Users\\x\\tin.docx"), "tin.docx");
        assert_eq!(called(""), "-");
        assert_eq!(called("a\u{0}\nb.txt"), "ab.txt");
        assert!(Path::new(&called("/tmp/x")).is_relative());
    }
}
