//! `/bai/…/so/c-138c71d17a5b`: what a person says of one claim. "88,1%" is right, is no claim, or has another unit; the
//! form has the fields as the program read them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::article::{Read, place};
use super::desk::Desk;
use super::marked::kind_name;
use super::shell::{Refused, Shell};
use super::view::View;
use super::words::words;
use crate::article::normalise;
use crate::record::correction::{Correction, Fields, Judgement};
use crate::record::kind::KINDS;
use crate::record::{ClaimRow, Direction, Exact, Kind, Modifier};
use crate::sink::gold::latest;
use crate::surface::figures::{number, parsed};
use crate::surface::wording;

/// The longest words of a field.
const LONGEST: usize = 1000;

fn claim_of<'a>(read: &'a Read, id: &str) -> Result<&'a ClaimRow, Refused> {
    read.record.claims.iter().find(|claim| claim.id == id).ok_or(Refused::Missing)
}

/// The form.
pub(super) async fn form(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path((id, claim)): Path<(String, String)>,
) -> Response {
    shell
        .answer(move |shell| {
            let read = Read::of(&desk, &id)?;
            let claim = claim_of(&read, &claim)?;
            let judged = read.corrections.iter().rev().find(|one| one.claim_id == claim.id);
            let now = judged.and_then(|one| one.fields.clone()).unwrap_or_else(|| Fields::of(claim));
            Ok(shell.page(shell.t("judge.title"), &page(shell, &read, claim, &now)))
        })
        .await
}

fn page(shell: &Shell, read: &Read, claim: &ClaimRow, now: &Fields) -> Markup {
    let at = place(&read.article.id);
    let view = View::of(&read.record, latest(&read.corrections), shell.lang, Some(at.clone()));
    html! {
        nav.crumbs aria-label=(shell.t("judge.crumbs")) { a href=(format!("{at}#{}", claim.id)) { "← " (words(&view.title())) } }
        h1 { (shell.t("judge.title")) " " bdi { (words(&claim.text)) } }
        blockquote lang="vi" {
            (words(view.text.slice(claim.sentence.start, claim.start)))
            mark { (words(&claim.text)) }
            (words(view.text.slice(claim.end, claim.sentence.end)))
        }
        p { (shell.t("judge.lead")) }
        form.fix method="post" action=(format!("{at}/so/{}", claim.id)) {
            (inputs(shell, now))
            div.actions {
                button.primary name="judgement" value="fixed" { (shell.t("judge.save")) }
                button name="judgement" value="right" { "✓ " (shell.t("judge.is_right")) }
                button name="judgement" value="wrong" { "✗ " (shell.t("judge.is_wrong")) }
                button name="judgement" value="withdrawn" { (shell.t("judge.withdraw")) }
            }
        }
        (history(shell, &view, &read.corrections, &claim.id))
    }
}

/// The fields of a claim and a note, to be filled in.
pub(super) fn inputs(shell: &Shell, now: &Fields) -> Markup {
    let text = |key, name: &'static str, value: &str| field(shell, key, name, value);
    let digits = |value: Option<Exact>| value.map(|value| number(value, shell.lang)).unwrap_or_default();
    html! {
        div.row {
            div.field {
                label for="kind" { (shell.t("filter.kind")) }
                select #kind name="kind" {
                    @for doc in KINDS {
                        option value=(doc.name) selected[doc.name == now.kind] { (kind_name(Kind::from(doc.kind), shell.lang)) }
                    }
                }
            }
            (text("claim.value", "value", &digits(Some(now.value))))
            (text("field.max", "value_max", &digits(now.value_max)))
            (text("field.whole", "denominator", &digits(now.denominator)))
            (text("field.unit", "unit", &now.unit))
        }
        div.row {
            (choice(shell, "field.modifier", "modifier", now.modifier.as_deref(), Modifier::ALL.iter().map(|one| (one.name(), wording::modifier(*one, shell.lang)))))
            (choice(shell, "field.direction", "direction", now.direction.as_deref(), Direction::ALL.iter().map(|one| (one.name(), wording::direction(*one, shell.lang)))))
        }
        (text("claim.entity", "entity", now.entity.as_deref().unwrap_or_default()))
        (text("claim.property", "property", now.property.as_deref().unwrap_or_default()))
        (text("claim.period", "period", now.period.as_deref().unwrap_or_default()))
        (text("claim.reference", "reference", now.reference.as_deref().unwrap_or_default()))
        div.field {
            label for="note" { (shell.t("judge.note")) }
            textarea #note name="note" rows="2" maxlength="1000" {}
        }
    }
}

fn field(shell: &Shell, key: &'static str, name: &'static str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (shell.t(key)) }
            input id=(name) name=(name) type="text" value=(value) autocomplete="off" maxlength=(LONGEST);
        }
    }
}

fn choice(
    shell: &Shell,
    key: &'static str,
    name: &'static str,
    now: Option<&str>,
    all: impl Iterator<Item = (&'static str, &'static str)>,
) -> Markup {
    html! {
        div.field {
            label for=(name) { (shell.t(key)) }
            select id=(name) name=(name) {
                option value="" { (shell.t("field.empty")) }
                @for (value, said) in all { option value=(value) selected[now == Some(value)] { (said) } }
            }
        }
    }
}

/// What was said of a claim so far.
fn history(shell: &Shell, view: &View<'_>, all: &[Correction], claim: &str) -> Markup {
    let said: Vec<&Correction> = all.iter().filter(|one| one.claim_id == claim).collect();
    html! {
        @if !said.is_empty() {
            section aria-labelledby="history" {
                h2 #history { (shell.t("judge.history")) }
                ol.history {
                    @for one in said {
                        li {
                            span.faint { (one.made.get(..16).unwrap_or_default().replace('T', " ")) } " "
                            b { (view.judgement(one.judgement)) }
                            @if let Some(fields) = &one.fields { (view.changes(one.machine.as_ref(), fields)) }
                            @if let Some(note) = &one.note { p { (words(note)) } }
                        }
                    }
                }
            }
        }
    }
}

/// `POST`: keeps what was said and goes back to the claim.
pub(super) async fn judge(
    State(desk): State<Arc<Desk>>,
    shell: Shell,
    Path((id, claim)): Path<(String, String)>,
    sent: Result<Form<BTreeMap<String, String>>, FormRejection>,
) -> Response {
    let Ok(Form(sent)) = sent else {
        return shell.refused(&Refused::Unusable(StatusCode::BAD_REQUEST, shell.t("error.form").to_owned()));
    };
    shell
        .answer(move |shell| {
            let read = Read::of(&desk, &id)?;
            let claim = claim_of(&read, &claim)?;
            let refused = |key| Refused::Unusable(StatusCode::UNPROCESSABLE_ENTITY, shell.t(key).to_owned());
            let word = |name: &str| sent.get(name).map(|word| word.trim()).filter(|word| !word.is_empty());
            // A claim that was read has not been missed.
            let judgement = word("judgement").and_then(Judgement::of).filter(|one| *one != Judgement::Missed);
            let judgement = judgement.ok_or_else(|| refused("error.form"))?;
            let machine = Fields::of(claim);
            let (judgement, fields) = if judgement == Judgement::Fixed {
                let fields = fields(&sent, shell).map_err(refused)?;
                // Nothing was changed: all of it is right.
                if fields == machine { (Judgement::Right, None) } else { (judgement, Some(fields)) }
            } else {
                (judgement, None)
            };
            let one = Correction {
                article_id: read.article.id.clone(),
                claim_id: claim.id.clone(),
                made: jiff::Timestamp::now().to_string(),
                judgement,
                note: word("note").map(short),
                quote: claim.text.clone(),
                start: claim.start,
                end: claim.end,
                machine: Some(machine),
                fields,
            };
            desk.notes()?.correct(&one)?;
            Ok(Redirect::to(&format!("{}#{}", place(&read.article.id), claim.id)).into_response())
        })
        .await
}

pub(super) fn short(word: &str) -> String {
    normalise::nfc(&word.chars().take(LONGEST).collect::<String>()).into_owned()
}

/// The fields of the form, or the key of what is wrong with them.
pub(super) fn fields(sent: &BTreeMap<String, String>, shell: &Shell) -> Result<Fields, &'static str> {
    let word = |name: &str| sent.get(name).map(|word| word.trim()).filter(|word| !word.is_empty()).map(short);
    let digits =
        |name: &str| word(name).map(|typed| parsed(&typed, shell.lang).map(Exact).ok_or("error.number")).transpose();
    let one_of = |name: &str, known: &[&str]| match word(name) {
        Some(typed) if !known.contains(&typed.as_str()) => Err("error.form"),
        other => Ok(other),
    };
    Ok(Fields {
        kind: one_of("kind", &KINDS.iter().map(|doc| doc.name).collect::<Vec<_>>())?.ok_or("error.form")?,
        value: digits("value")?.ok_or("error.number")?,
        value_max: digits("value_max")?,
        denominator: digits("denominator")?,
        unit: word("unit").unwrap_or_default(),
        modifier: one_of("modifier", &Modifier::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())?,
        direction: one_of("direction", &Direction::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())?,
        entity: word("entity"),
        property: word("property"),
        period: word("period"),
        reference: word("reference"),
    })
}
