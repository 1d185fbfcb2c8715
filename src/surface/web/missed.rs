//! `/bai/…/them?q=48/52`: a claim that the program did not read. A person selects "48/52 hộ" in the article, says what it
//! is, and it stands beside the reading like any other correction.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::article::{Read, place};
use super::correct::{fields, inputs, short};
use super::desk::Desk;
use super::shell::{Refused, Shell, encoded};
use super::view::View;
use super::words::words;
use crate::article::{Article, normalise};
use crate::record::Exact;
use crate::record::correction::{Correction, Fields, Judgement};
use crate::sink::gold::latest;

/// The longest quantity expression, in code points.
const QUOTE: usize = 200;
/// The most places that are offered for words which stand in the text more than once.
const PLACES: usize = 20;
/// How much is shown around a place, in code points.
const AROUND: u32 = 60;

/// What stands in the address.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
}

/// The form: first the words, then what they say.
pub(super) async fn form(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    shell
        .answer(move |shell| {
            let read = Read::of(&desk, &id)?;
            let quote = asked.q.as_deref().map(cut).unwrap_or_default();
            Ok(shell.page(shell.t("add.title"), &page(shell, &read, &quote)))
        })
        .await
}

/// What was selected, on one line and not too long.
fn cut(quote: &str) -> String {
    let quote: String = normalise::nfc(quote.trim()).chars().take(QUOTE).collect();
    quote.trim().to_owned()
}

/// The code points at which `quote` begins in `text`.
fn places(text: &str, quote: &str) -> Vec<u32> {
    if quote.is_empty() {
        return Vec::new();
    }
    let found = text.match_indices(quote).take(PLACES);
    found.filter_map(|(byte, _)| u32::try_from(text.get(..byte)?.chars().count()).ok()).collect()
}

fn page(shell: &Shell, read: &Read, quote: &str) -> Markup {
    let at = place(&read.article.id);
    let view = View::of(&read.record, latest(&read.corrections), shell.lang, Some(at.clone()));
    let found = places(&read.article.text, quote);
    let length = u32::try_from(quote.chars().count()).unwrap_or(0);
    html! {
        nav.crumbs aria-label=(shell.t("judge.crumbs")) { a href=(at) { "← " (words(&view.title())) } }
        h1 { (shell.t("add.title")) }
        p { (shell.t("add.lead")) }
        form.fix method="get" action=(format!("{at}/them")) {
            div.field {
                label for="q" { (shell.t("add.quote")) }
                input #q name="q" type="text" value=(quote) required maxlength=(QUOTE) autocomplete="off" lang="vi";
            }
            @if !quote.is_empty() && found.is_empty() { p.notice role="alert" { (shell.t("add.nowhere")) } }
            div.actions { button.primary[found.is_empty()] { (shell.t("add.find")) } }
        }
        @if !found.is_empty() {
            form.fix method="post" action=(format!("{at}/them")) {
                input type="hidden" name="quote" value=(quote);
                fieldset.places {
                    legend { (shell.t("add.place")) }
                    @for (n, start) in found.iter().enumerate() {
                        label.place {
                            input type="radio" name="start" value=(start) checked[n == 0];
                            " " span lang="vi" {
                                "…" (words(view.text.slice(start.saturating_sub(AROUND), *start)))
                                mark { (words(quote)) }
                                (words(view.text.slice(start + length, start + length + AROUND))) "…"
                            }
                        }
                    }
                }
                (inputs(shell, &guess(quote)))
                div.actions { button.primary { (shell.t("add.save")) } }
            }
        }
    }
}

/// What the words would be read as alone.
fn guess(quote: &str) -> Fields {
    let record = crate::extract(&Article::from_text("q", &format!("Có {quote}.")));
    if let Some(claim) = record.claims.first() {
        return Fields { entity: None, property: None, period: None, reference: None, ..Fields::of(claim) };
    }
    let digits: String = quote.chars().filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    let value = digits.replace('.', "").replace(',', ".").parse().unwrap_or_default();
    Fields {
        kind: "count".to_owned(),
        value: Exact(value),
        value_max: None,
        denominator: None,
        unit: String::new(),
        modifier: None,
        direction: None,
        entity: None,
        property: None,
        period: None,
        reference: None,
    }
}

/// `POST`: keeps the claim, or takes one back (`withdrawn=m-12-17`), and goes back to the article.
pub(super) async fn add(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path(id): Path<String>,
    sent: Result<Form<BTreeMap<String, String>>, FormRejection>,
) -> Response {
    let Ok(Form(sent)) = sent else {
        return shell.refused(&Refused::Unusable(StatusCode::BAD_REQUEST, shell.t("error.form").to_owned()));
    };
    shell
        .answer(move |shell| {
            let read = Read::of(&desk, &id)?;
            let at = place(&read.article.id);
            let refused = |key| Refused::Unusable(StatusCode::UNPROCESSABLE_ENTITY, shell.t(key).to_owned());
            let made = jiff::Timestamp::now().to_string();
            if let Some(claim) = sent.get("withdrawn") {
                let mut judged = latest(&read.corrections).into_iter();
                let one = judged.find(|one| one.claim_id == *claim && one.judgement == Judgement::Missed);
                let one = one.ok_or(Refused::Missing)?.clone();
                desk.notes()?.correct(&Correction { judgement: Judgement::Withdrawn, made, ..one })?;
                return Ok(Redirect::to(&at).into_response());
            }
            let quote = sent.get("quote").map(|quote| cut(quote)).unwrap_or_default();
            let start = sent.get("start").and_then(|start| start.parse::<u32>().ok());
            let start = start.filter(|start| places(&read.article.text, &quote).contains(start));
            let start = start.ok_or_else(|| refused("add.nowhere"))?;
            let end = start + u32::try_from(quote.chars().count()).unwrap_or(0);
            // One that the program did read is fixed where it stands.
            if let Some(claim) = read.record.claims.iter().find(|claim| (claim.start, claim.end) == (start, end)) {
                return Ok(Redirect::to(&format!("{at}/so/{}", encoded(&claim.id))).into_response());
            }
            let claim_id = format!("m-{start}-{end}");
            let one = Correction {
                article_id: read.article.id.clone(),
                claim_id: claim_id.clone(),
                made,
                judgement: Judgement::Missed,
                note: sent.get("note").map(|note| short(note.trim())).filter(|note| !note.is_empty()),
                quote,
                start,
                end,
                machine: None,
                fields: Some(fields(&sent, shell).map_err(refused)?),
            };
            desk.notes()?.correct(&one)?;
            Ok(Redirect::to(&format!("{at}#{claim_id}")).into_response())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_in_code_points() {
        assert_eq!(places("Đảng ủy: 5 xã; Ủy ban: 5 xã.", "5 xã"), [9, 23]);
        assert_eq!(places("5 xã", ""), Vec::<u32>::new());
        assert_eq!(places("5 xã", "6 xã"), Vec::<u32>::new());
    }

    #[test]
    fn a_guess_is_what_the_words_say_alone() {
        let guessed = guess("48/52 hộ");
        assert_eq!(
            (guessed.kind.as_str(), guessed.denominator.map(|of| of.to_string())),
            ("ratio", Some("52".to_owned()))
        );
        assert_eq!(guess("không số").value.to_string(), "0");
    }
}
