//! `/mau-thuan`: pairs of articles that give one thing two values ("6.271 tỷ đồng", "6.217 tỷ đồng"), both sentences
//! side by side, with the reasons, the surest and largest first; `?loai=revision` those that a later article revises.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::shell::Shell;
use super::super::words::words;
use super::rows;
use crate::sink::sqlite::archive::{Reader, Shown};
use crate::sink::sqlite::found::Apart;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Form {
    loai: Option<String>,
    trang: Option<String>,
}

/// The page.
pub(super) async fn page(State(desk): State<Arc<Desk>>, shell: Shell, Query(form): Query<Form>) -> Response {
    shell
        .answer(move |shell| {
            let archive = Reader::open(desk.path())?;
            let revised = form.loai.as_deref() == Some("revision");
            let outcome = if revised { "revision" } else { "contradiction" };
            let page = rows::asked_page(form.trang.as_deref());
            let counts = archive.reviewed()?;
            let found = archive.contradictions(outcome, page)?;
            let link = |href: &str, key: &'static str, count: usize, now: bool| {
                html! { li { a href=(href) aria-current=[now.then_some("true")] { (shell.t(key)) " (" (count) ")" } } }
            };
            let body = html! {
                (rows::style())
                h1 { (shell.t("archive.contradictions")) }
                p.hint { (shell.t("apart.hint")) }
                ul.summary {
                    (link("/mau-thuan", "apart.contradictions", counts[0], !revised))
                    (link("/mau-thuan?loai=revision", "apart.revisions", counts[1], revised))
                }
                @if found.rows.is_empty() {
                    p.notice { (shell.t("apart.none")) " " code { "solieu review " (words(shell.database.as_deref().unwrap_or("figures.sqlite"))) } }
                }
                @for (n, one) in found.rows.iter().enumerate() { (pair(shell, n, one)) }
                (rows::pages(shell, "/mau-thuan", &[("loai", outcome)], page, found.more))
            };
            Ok(shell.page(shell.t("archive.contradictions"), &body))
        })
        .await
}

fn pair(shell: &Shell, n: usize, one: &Apart) -> Markup {
    let [(first, said), (second, also)] = &one.sides;
    let id = format!("pair-{n}");
    html! {
        section.paste aria-labelledby=(id) {
            h2 #(id) lang="vi" {
                bdi { (words(&first.text)) } " ≠ " bdi { (words(&second.text)) }
                " · " (words(&one.entity))
            }
            div.row { (side(shell, first, *said)) (side(shell, second, *also)) }
            p { (shell.t("apart.sure")) " " b { (rows::percent(one.sure)) } }
            ul lang="vi" { @for reason in &one.reasons { li { (words(reason)) } } }
        }
    }
}

fn side(shell: &Shell, shown: &Shown, articles: usize) -> Markup {
    html! {
        div.field.wide {
            blockquote { (rows::sentence(shown)) }
            p { (rows::article(shell, shown)) @if articles > 1 { " " span.faint { "(" (articles) " " (shell.t("apart.articles")) ")" } } }
        }
    }
}
