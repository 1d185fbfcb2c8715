//! What the pages share: a claim as a row with its sentence, the number marked in it, and the way to its article; the
//! links to the page before and the next. "<mark>48/52</mark> hộ thoát nghèo".

use maud::{Markup, html};

use super::super::shell::{Shell, encoded};
use super::super::words::words;
use crate::record::Kind;
use crate::sink::sqlite::archive::Shown;
use crate::surface::lang::Lang;

/// What these pages look like, beside the desk.
pub(super) fn style() -> Markup {
    html! { link rel="stylesheet" href="/assets/archive.css"; }
}

/// The name of a kind for people.
pub(super) fn kind(name: &str, lang: Lang) -> &str {
    Kind::named(name).map_or(name, |kind| lang.say(kind.doc().vietnamese, name))
}

/// A sentence with the number marked.
pub(super) fn sentence(shown: &Shown) -> Markup {
    // The same number twice in a sentence: the first is near enough for a reader, the link leads to the exact one.
    let parts = shown.sentence.split_once(shown.text.as_str());
    html! {
        span lang="vi" {
            @match parts {
                Some((before, after)) => { (words(before)) mark { b { (words(&shown.text)) } } (words(after)) }
                None => { b { (words(&shown.text)) } " – " (words(&shown.sentence)) }
            }
        }
    }
}

/// The article of a claim: headline, date, and a link to the claim in its marked page.
pub(super) fn article(shell: &Shell, shown: &Shown) -> Markup {
    let href = format!("/bai/{}#{}", encoded(&shown.article).replace('/', "%2F"), encoded(&shown.claim));
    let title = shown.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&shown.article);
    html! {
        a href=(href) lang="vi" { (words(title)) }
        @if let Some(day) = shown.published.as_deref().and_then(|published| published.get(..10)) {
            " " span.faint { (crate::surface::figures::day(day, shell.lang)) }
        }
    }
}

/// The link to an entity's page.
pub(super) fn entity(shown: &Shown) -> Markup {
    html! {
        @match (&shown.entity_id, &shown.entity) {
            (Some(id), Some(name)) => a href={ "/thuc-the/" (encoded(id)) } lang="vi" { (words(name)) },
            _ => "–",
        }
    }
}

/// The links to the pages before and after; `query` is the rest of the address with its `?`.
pub(super) fn pages(shell: &Shell, path: &str, query: &[(&str, &str)], page: usize, more: bool) -> Markup {
    let href = |page: usize| {
        let rest: String = query.iter().map(|(name, value)| format!("{name}={}&", encoded(value))).collect();
        format!("{path}?{rest}trang={}", page + 1)
    };
    html! {
        @if page > 0 || more {
            nav.take aria-label=(shell.t("archive.pages")) {
                @if page > 0 { a href=(href(page - 1)) rel="prev" { "← " (shell.t("archive.before")) } }
                span { (shell.t("archive.page")) " " (page + 1) }
                @if more { a href=(href(page + 1)) rel="next" { (shell.t("archive.next")) " →" } }
            }
        }
    }
}

/// The number of a page as it is asked for, from 0; what is no number is the first.
pub(super) fn asked_page(asked: Option<&str>) -> usize {
    asked.and_then(|page| page.trim().parse::<usize>().ok()).map_or(0, |page| page.clamp(1, 4_000) - 1)
}

/// A share as a percentage.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub(super) fn percent(share: f64) -> String {
    format!("{} %", (share.clamp(0.0, 1.0) * 100.0).round() as u8)
}
