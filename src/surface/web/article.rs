//! `/bai/a-0123456789abcdef`: an article with its claims marked, what does not add up, and every claim with what is known
//! of it; `/bai/…/solieu.json` and its like are the same to take away.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::desk::Desk;
use super::marked::kind_name;
use super::report;
use super::shell::{Refused, Shell, encoded};
use super::view::View;
use super::words::{plain, words};
use crate::article::Article;
use crate::error::Error;
use crate::record::correction::Correction;
use crate::record::kind::KINDS;
use crate::record::{Kind, Record, Verdict};
use crate::sink::Sink;
use crate::sink::annotations::Annotations;
use crate::sink::csv::Csv;
use crate::sink::gold::latest;
use crate::sink::schema_org::SchemaOrg;
use crate::surface::wording;

/// The forms that an article can be taken away in: the end of the address, the type, the key of the name.
const FORMS: [(&str, &str, &str); 5] = [
    ("solieu.json", "application/json", "save.record"),
    ("solieu.csv", "text/csv; charset=utf-8", "save.table"),
    ("report.html", "text/html; charset=utf-8", "save.report"),
    ("annotations.json", "application/ld+json", "save.annotations"),
    ("schema-org.json", "application/ld+json", "save.schema"),
];

/// An article, what it says, and what people say of that.
pub(super) struct Read {
    pub(super) article: Article,
    pub(super) record: Record,
    pub(super) corrections: Vec<Correction>,
}

impl Read {
    /// The article with this id.
    pub(super) fn of(desk: &Desk, id: &str) -> Result<Self, Refused> {
        let notes = desk.notes()?;
        let article = notes.article(id)?.ok_or(Refused::Missing)?;
        let corrections = notes.corrections(id)?;
        let record = desk.read(&article);
        Ok(Self { article, record, corrections })
    }
}

/// Where the page of an article is.
pub(super) fn place(id: &str) -> String {
    format!("/bai/{}", encoded(id).replace('/', "%2F"))
}

/// The page of one article.
pub(super) async fn page(State(desk): State<Arc<Desk>>, shell: Shell, Path(id): Path<String>) -> Response {
    shell
        .answer(move |shell| {
            let read = Read::of(&desk, &id)?;
            let ours = desk.notes()?.is_ours(&id)?;
            let at = place(&read.article.id);
            let view = View::of(&read.record, latest(&read.corrections), shell.lang, Some(at.clone()));
            let body = html! {
                div.article-head {
                    (view.head())
                    (take_away(shell, &at, ours))
                }
                div.desk {
                    section.reading aria-labelledby="reading" {
                        h2.vh #reading { (shell.t("text.title")) }
                        (view.legend())
                        article.text lang="vi" { (view.text.paragraphs()) }
                    }
                    div.panel tabindex="0" role="region" aria-label=(shell.t("claim.panel")) {
                        (filters(shell, &read.record))
                        (view.checks())
                        (view.cards())
                        (view.added())
                    }
                }
                p.vh role="status" aria-live="polite" data-status="" data-copied=(shell.t("claim.copied")) {}
            };
            Ok(shell.page(&view.title(), &body))
        })
        .await
}

fn take_away(shell: &Shell, at: &str, ours: bool) -> Markup {
    html! {
        div.take {
            span #take { (shell.t("save.title")) }
            ul aria-labelledby="take" {
                @for (end, _, key) in FORMS {
                    li { a href=(format!("{at}/{end}")) download="" { (shell.t(key)) } }
                }
            }
            @if ours {
                form method="post" action=(format!("{at}/quen")) { button.quiet { (shell.t("save.forget")) } }
            }
        }
    }
}

/// What the claims can be filtered by; the script shows it, as it does the work.
fn filters(shell: &Shell, record: &Record) -> Markup {
    let kinds = KINDS.iter().map(|doc| Kind::from(doc.kind));
    let kinds = kinds.filter(|kind| record.claims.iter().any(|claim| claim.kind == *kind));
    let mut entities: Vec<&str> =
        record.claims.iter().filter_map(|claim| claim.entity.as_ref()).map(|entity| entity.name.as_str()).collect();
    entities.sort_unstable();
    entities.dedup();
    let verdicts = [Verdict::Inconsistent, Verdict::ConsistentIfTruncated, Verdict::Implied, Verdict::Consistent];
    let there = |verdict: &Verdict| record.checks.iter().any(|check| check.verdict == *verdict);
    html! {
        form.filters hidden data-filters="" aria-label=(shell.t("filter.title")) {
            div.field {
                label for="f-kind" { (shell.t("filter.kind")) }
                select #f-kind name="kind" {
                    option value="" { (shell.t("filter.all")) }
                    @for kind in kinds { option value=(kind.name()) { (kind_name(kind, shell.lang)) } }
                }
            }
            div.field {
                label for="f-entity" { (shell.t("claim.entity")) }
                select #f-entity name="entity" {
                    option value="" { (shell.t("filter.all")) }
                    @for entity in entities { option value=(plain(entity)) { (words(entity)) } }
                }
            }
            div.field {
                label for="f-verdict" { (shell.t("filter.verdict")) }
                select #f-verdict name="verdict" {
                    option value="" { (shell.t("filter.all")) }
                    @for verdict in verdicts.into_iter().filter(there) {
                        option value=(verdict.name()) { (wording::verdict(verdict, shell.lang).1) }
                    }
                    option value="none" { (shell.t("filter.unchecked")) }
                }
            }
            button type="reset" { (shell.t("filter.clear")) }
            p.shown data-shown="" { b data-count="" { (record.claims.len()) } " / " (record.claims.len()) " " (shell.t("count.claims")) }
        }
    }
}

/// `/bai/…/solieu.csv`: the article in a form to take away.
pub(super) async fn take(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path((id, form)): Path<(String, String)>,
) -> Response {
    shell
        .answer(move |shell| {
            let (end, kind, _) = FORMS.iter().find(|(end, ..)| *end == form).ok_or(Refused::Missing)?;
            let read = Read::of(&desk, &id)?;
            let bytes = match *end {
                "solieu.json" => json(&read)?,
                "solieu.csv" => {
                    // A spreadsheet takes a file for UTF-8 by this mark.
                    let mut out = b"\xef\xbb\xbf".to_vec();
                    out.extend(written(&Csv, &read.record)?);
                    out
                }
                "annotations.json" => written(&Annotations, &read.record)?,
                "schema-org.json" => written(&SchemaOrg, &read.record)?,
                _ => report::page(&[(read.record, read.corrections)], shell.lang).into_bytes(),
            };
            let name: String =
                id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(60).collect();
            let disposition = format!("attachment; filename=\"{name}-{end}\"");
            Ok(([(header::CONTENT_TYPE, (*kind).to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
                .into_response())
        })
        .await
}

/// The record of an article with what people said of its claims.
fn json(read: &Read) -> Result<Vec<u8>, Error> {
    let internal = |found: serde_json::Error| Error::Internal(found.to_string());
    let mut out = Vec::new();
    read.record.write_json(&mut out).map_err(internal)?;
    // One more field of the same object.
    out.pop();
    out.extend_from_slice(b",\"corrections\":");
    serde_json::to_writer(&mut out, &read.corrections).map_err(internal)?;
    out.extend_from_slice(b"}\n");
    Ok(out)
}

fn written(sink: &dyn Sink, record: &Record) -> Result<Vec<u8>, Error> {
    let around = sink.around();
    let mut out = around.head.to_vec();
    sink.record(record, &mut out).map_err(|found| Error::Internal(found.to_string()))?;
    out.extend_from_slice(around.tail);
    Ok(out)
}

/// `POST /bai/…/quen`: forgets an article that was read at the desk.
pub(super) async fn forget(State(desk): State<Arc<Desk>>, shell: Shell, Path(id): Path<String>) -> Response {
    shell
        .answer(move |_| {
            desk.notes()?.forget(&id)?;
            Ok(Redirect::to("/").into_response())
        })
        .await
}
