//! `/thuc-the/e-0123456789abcdef?noi_dung=…&don_vi=…`: an entity, what is counted of it, and the figures of one property
//! over time as a chart and the same as a table.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::shell::{Refused, Shell, encoded};
use super::super::words::words;
use super::{chart, rows, search};
use crate::sink::sqlite::archive::{Entity, Reader};

/// Figures of one property that a page shows.
const MOST: usize = 300;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Form {
    noi_dung: Option<String>,
    don_vi: Option<String>,
}

/// The page.
pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path(id): Path<String>,
    Query(form): Query<Form>,
) -> Response {
    shell
        .answer(move |shell| {
            let archive = Reader::open(desk.path())?;
            let entity = archive.entity(&id)?.ok_or(Refused::Missing)?;
            let asked = form.noi_dung.as_deref().map(|property| (property, form.don_vi.as_deref().unwrap_or_default()));
            let first = entity.properties.first().map(|(property, unit, _)| (property.as_str(), unit.as_str()));
            let figures = match asked.or(first) {
                Some((property, unit)) => archive.figures(&entity.id, property, unit, MOST)?,
                None => Vec::new(),
            };
            let property = asked.or(first).map_or("", |(property, _)| property);
            let title = format!("{}: {property}", entity.name);
            let body = html! {
                (rows::style())
                h1 lang="vi" { (words(&entity.name)) }
                p.from {
                    span { (shell.find(&format!("type.{}", entity.kind)).unwrap_or(&entity.kind)) }
                    @if let Some(place) = &entity.place { span lang="vi" { (words(place)) } }
                    span { a href={ "/tim?chu_the=" (encoded(&entity.name)) } { (shell.t("entity.search")) } }
                }
                @if figures.is_empty() {
                    p.notice { (shell.t("search.none")) }
                } @else {
                    section aria-labelledby="over-time" {
                        h2 #over-time lang="vi" { (words(property)) }
                        (chart::chart(shell, &title, &figures))
                        (search::rows_table(shell, &figures))
                        @if figures.len() == MOST { p.hint { (shell.t("entity.most")) } }
                    }
                }
                (properties(shell, &entity, property))
            };
            Ok(shell.page(&entity.name, &body))
        })
        .await
}

fn properties(shell: &Shell, entity: &Entity, now: &str) -> Markup {
    html! {
        nav aria-labelledby="properties" {
            h2 #properties { (shell.t("entity.properties")) }
            ul.kept {
                @for (property, unit, count) in &entity.properties {
                    @let href = format!("/thuc-the/{}?noi_dung={}&don_vi={}", encoded(&entity.id), encoded(property), encoded(unit));
                    li {
                        a href=(href) lang="vi" aria-current=[(property == now).then_some("true")] { (words(property)) }
                        " " span.faint { (words(unit)) " · " (count) " " (shell.t("entity.figures")) }
                    }
                }
            }
            @if entity.properties.is_empty() { p { (shell.t("search.none")) } }
        }
    }
}
