//! `/doi-chieu?ket_qua=differs`: claims that reference figures agree with, agree with as rounded ("hơn 6.200" for
//! 6.271), differ from, or do not cover.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::desk::Desk;
use super::super::shell::Shell;
use super::super::words::words;
use super::rows;
use crate::review::contradiction::amount;
use crate::sink::sqlite::archive::Reader;
use crate::sink::sqlite::found::Checked;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Form {
    ket_qua: Option<String>,
    trang: Option<String>,
}

/// The verdicts in the order of their weight, with the key of their name.
const VERDICTS: [(&str, &str, &str); 4] = [
    ("differs", "verdict.differs", "✗"),
    ("agrees", "verdict.agrees", "✓"),
    ("agrees_as_rounded", "verdict.rounded", "≈"),
    ("not_covered", "verdict.uncovered", "–"),
];

/// The page.
pub(super) async fn page(State(desk): State<Arc<Desk>>, shell: Shell, Query(form): Query<Form>) -> Response {
    shell
        .answer(move |shell| {
            let archive = Reader::open(desk.path())?;
            let asked = form.ket_qua.as_deref().unwrap_or("differs");
            let (verdict, name, sign) = VERDICTS.iter().find(|(name, ..)| *name == asked).copied().unwrap_or(VERDICTS[0]);
            let page = rows::asked_page(form.trang.as_deref());
            let counts = archive.verdicts()?;
            let found = archive.checked(verdict, page)?;
            let count = |verdict: &str| counts.iter().find(|(name, _)| name == verdict).map_or(0, |(_, count)| *count);
            let body = html! {
                (rows::style())
                h1 { (shell.t("archive.reference")) }
                p.hint { (shell.t("reference.hint")) }
                ul.summary {
                    @for (value, key, sign) in VERDICTS {
                        li { a href={ "/doi-chieu?ket_qua=" (value) } aria-current=[(value == verdict).then_some("true")] { (sign) " " (shell.t(key)) " (" (count(value)) ")" } }
                    }
                }
                @if found.rows.is_empty() {
                    @if counts.is_empty() {
                        p.notice { (shell.t("reference.none")) " " code { "solieu review " (words(shell.database.as_deref().unwrap_or("figures.sqlite"))) " --reference FILE.csv" } }
                    } @else {
                        p.notice { (shell.t("search.none")) }
                    }
                } @else {
                    h2 { (sign) " " (shell.t(name)) }
                    (table(shell, &found.rows))
                }
                (rows::pages(shell, "/doi-chieu", &[("ket_qua", verdict)], page, found.more))
            };
            Ok(shell.page(shell.t("archive.reference"), &body))
        })
        .await
}

fn table(shell: &Shell, list: &[Checked]) -> Markup {
    html! {
        div.wide-table tabindex="0" role="region" aria-label=(shell.t("archive.reference")) {
            table {
                thead { tr {
                    th scope="col" { (shell.t("column.figure")) }
                    th scope="col" { (shell.t("column.reference")) }
                    th scope="col" { (shell.t("column.difference")) }
                    th scope="col" { (shell.t("column.sentence")) }
                } }
                tbody {
                    @for one in list {
                        tr {
                            th scope="row" { bdi lang="vi" { (words(&one.shown.text)) } br; (rows::entity(&one.shown)) }
                            td lang="vi" {
                                b { (value(&one.value, &one.shown.unit)) } br;
                                (words(&one.entity)) " · " (words(&one.property)) " · " (words(&one.period)) br;
                                span.faint { (words(one.source.as_deref().unwrap_or_default())) " " (words(&one.at)) }
                            }
                            td { (difference(one)) }
                            td { (rows::sentence(&one.shown)) br; (rows::article(shell, &one.shown)) }
                        }
                    }
                }
            }
        }
    }
}

/// Digits of the database as people read them, in the unit of the claim.
fn value(digits: &str, unit: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), |value| amount(value, unit).replace(" điểm phần trăm", " %"))
}

fn difference(one: &Checked) -> String {
    let Ok(difference) = one.difference.parse::<rust_decimal::Decimal>() else { return one.difference.clone() };
    if difference.is_zero() {
        return "0".to_owned();
    }
    let sign = if difference.is_sign_negative() { "−" } else { "+" };
    format!("{sign}{} ({})", amount(difference.abs(), &one.shown.unit), rows::percent(one.share))
}
