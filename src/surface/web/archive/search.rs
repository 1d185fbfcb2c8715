//! `/tim?q=thu+ngân+sách&noi=24&loai=money&tu=2020&den=2023`: claims by the words of their sentence, entity, place, kind
//! and period, page by page.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::shell::Shell;
use super::super::words::{plain, words};
use super::rows;
use crate::record::kind::KINDS;
use crate::sink::sqlite::archive::{Asked, Page, Reader, Shown};

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Form {
    q: Option<String>,
    chu_the: Option<String>,
    noi: Option<String>,
    loai: Option<String>,
    tu: Option<String>,
    den: Option<String>,
    trang: Option<String>,
}

fn given(cell: Option<&String>) -> Option<String> {
    cell.map(|cell| cell.trim().chars().take(200).collect::<String>()).filter(|cell| !cell.is_empty())
}

/// "2023" is its first or last day, "2023-05-11" itself; anything else is no bound.
fn day(cell: Option<&String>, end: &str) -> Option<String> {
    let cell = given(cell)?;
    let is_year = cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit());
    if is_year {
        return Some(format!("{cell}-{end}"));
    }
    cell.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}

impl Form {
    fn asked(&self) -> Asked {
        Asked {
            words: given(self.q.as_ref()),
            entity: given(self.chu_the.as_ref()),
            place: given(self.noi.as_ref()),
            kind: given(self.loai.as_ref()).filter(|kind| KINDS.iter().any(|doc| doc.name == kind)),
            from: day(self.tu.as_ref(), "01-01"),
            to: day(self.den.as_ref(), "12-31"),
            page: rows::asked_page(self.trang.as_deref()),
        }
    }

    fn query(&self) -> Vec<(&'static str, &str)> {
        let cells = [
            ("q", &self.q),
            ("chu_the", &self.chu_the),
            ("noi", &self.noi),
            ("loai", &self.loai),
            ("tu", &self.tu),
            ("den", &self.den),
        ];
        cells.into_iter().filter_map(|(name, cell)| Some((name, cell.as_deref().filter(|c| !c.is_empty())?))).collect()
    }
}

/// The page.
pub(super) async fn page(State(desk): State<Arc<Desk>>, shell: Shell, Query(form): Query<Form>) -> Response {
    shell
        .answer(move |shell| {
            let asked = form.asked();
            let found = Reader::open(desk.path())?.search(&asked)?;
            let body = html! {
                (rows::style())
                h1 { (shell.t("archive.search")) }
                p.hint { (shell.t("search.hint")) }
                (fields(shell, &form))
                (results(shell, &form, &asked, &found))
            };
            Ok(shell.page(shell.t("archive.search"), &body))
        })
        .await
}

fn fields(shell: &Shell, form: &Form) -> Markup {
    let value = |cell: &Option<String>| plain(cell.as_deref().unwrap_or_default());
    html! {
        form.paste action="/tim" method="get" role="search" {
            div.row {
                div.field.wide { label for="q" { (shell.t("search.words")) } input #q name="q" type="search" value=(value(&form.q)); }
                div.field { label for="chu_the" { (shell.t("search.entity")) } input #chu_the name="chu_the" value=(value(&form.chu_the)); }
                div.field { label for="noi" { (shell.t("search.place")) } input #noi name="noi" value=(value(&form.noi)); }
            }
            div.row {
                div.field {
                    label for="loai" { (shell.t("search.kind")) }
                    select #loai name="loai" {
                        option value="" { (shell.t("search.any")) }
                        @for doc in KINDS {
                            option value=(doc.name) selected[form.loai.as_deref() == Some(doc.name)] { (rows::kind(doc.name, shell.lang)) }
                        }
                    }
                }
                div.field { label for="tu" { (shell.t("search.from")) } input #tu name="tu" inputmode="numeric" placeholder="2020" value=(value(&form.tu)); }
                div.field { label for="den" { (shell.t("search.to")) } input #den name="den" inputmode="numeric" placeholder="2023" value=(value(&form.den)); }
            }
            p { button.primary type="submit" { (shell.t("search.go")) } }
        }
    }
}

fn results(shell: &Shell, form: &Form, asked: &Asked, found: &Page<Shown>) -> Markup {
    html! {
        h2 { (shell.t("search.found")) }
        @if found.rows.is_empty() {
            p.notice role="status" { (shell.t("search.none")) }
        } @else {
            (rows_table(shell, &found.rows))
            (rows::pages(shell, "/tim", &form.query(), asked.page, found.more))
        }
    }
}

/// Claims as a table.
pub(super) fn rows_table(shell: &Shell, list: &[Shown]) -> Markup {
    html! {
        div.wide-table tabindex="0" role="region" aria-label=(shell.t("search.found")) {
            table {
                thead { tr {
                    th scope="col" { (shell.t("column.figure")) }
                    th scope="col" { (shell.t("column.entity")) }
                    th scope="col" { (shell.t("column.property")) }
                    th scope="col" { (shell.t("column.period")) }
                    th scope="col" { (shell.t("column.sentence")) }
                } }
                tbody {
                    @for shown in list {
                        tr {
                            th scope="row" { bdi lang="vi" { (words(&shown.text)) } br; span.faint { (rows::kind(&shown.kind, shell.lang)) }
                                @if shown.verdict.as_deref() == Some("inconsistent") { br; span.bad { "✗ " (shell.t("row.inconsistent")) } } }
                            td { (rows::entity(shown)) }
                            td lang="vi" { (words(shown.property.as_deref().unwrap_or("–"))) }
                            td lang="vi" { (words(shown.period.as_deref().unwrap_or("–"))) }
                            td { (rows::sentence(shown)) br; (rows::article(shell, shown)) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_far_as_it_makes_sense() {
        let some = |words: &str| Some(words.to_owned());
        let form = Form {
            q: some("  "),
            loai: some("nonsense"),
            tu: some("2020"),
            den: some("hôm qua"),
            trang: some("3"),
            ..Form::default()
        };
        let asked = form.asked();
        assert_eq!(
            (asked.words, asked.kind, asked.from, asked.to, asked.page),
            (None, None, some("2020-01-01"), None, 2)
        );
    }
}
