//! What people said beside the reading of an article: the fields that they changed ("hộ" instead of "thôn"), and the claims
//! that they added because the program had not read them.

use maud::{Markup, html};

use super::view::View;
use super::words::words;
use crate::record::correction::{Fields, Judgement};
use crate::surface::figures::number;

impl View<'_> {
    /// What a person changed, field by field.
    pub(super) fn changes(&self, machine: Option<&Fields>, fields: &Fields) -> Markup {
        let exact = |value: crate::record::Exact| number(value, self.lang);
        let all = |fields: &Fields| -> [(&'static str, Option<String>); 11] {
            let Fields {
                kind,
                value,
                value_max,
                denominator,
                unit,
                modifier,
                direction,
                entity,
                property,
                period,
                reference,
            } = fields.clone();
            [
                ("field.kind", Some(kind)),
                ("claim.value", Some(exact(value))),
                ("field.max", value_max.map(exact)),
                ("field.whole", denominator.map(exact)),
                ("field.unit", Some(unit)),
                ("field.modifier", modifier),
                ("field.direction", direction),
                ("claim.entity", entity),
                ("claim.property", property),
                ("claim.period", period),
                ("claim.reference", reference),
            ]
        };
        let before = machine.map_or_else(|| all(fields).map(|(key, _)| (key, None)), all);
        let changed = before.into_iter().zip(all(fields)).filter(|(before, after)| before != after);
        html! {
            ul.changes {
                @for ((key, before), (_, after)) in changed {
                    li {
                        (self.t(key)) ": "
                        @if let Some(before) = before { del { (words(&before)) } " → " }
                        @match after { Some(after) => ins { (words(&after)) }, None => ins { (self.t("field.empty")) } }
                    }
                }
            }
        }
    }

    /// The claims that a person added because the program had not read them.
    pub(super) fn added(&self) -> Markup {
        let added: Vec<_> = self.judged.iter().filter(|one| one.judgement == Judgement::Missed).collect();
        html! {
            @if !added.is_empty() || self.at.is_some() {
                section.added aria-labelledby=(self.id("added")) {
                    h2 id=(self.id("added")) { (self.t("add.list")) }
                    @if let Some(at) = &self.at {
                        p { a.button href=(format!("{at}/them")) data-add="" { "＋ " (self.t("add.open")) } " " span.faint.js { (self.t("add.hint")) } }
                    }
                    ol.cards {
                        @for one in added {
                            li.card id=(one.claim_id) {
                                p.summary-line { strong.quote { bdi { (words(&one.quote)) } } " " span.badge.j-missed { (self.judgement(one.judgement)) } }
                                blockquote lang="vi" { "…" (words(self.text.slice(one.start.saturating_sub(60), one.start))) mark { (words(&one.quote)) } (words(self.text.slice(one.end, one.end + 60))) "…" }
                                @if let Some(fields) = &one.fields { (self.changes(None, fields)) }
                                @if let Some(note) = &one.note { p { (words(note)) } }
                                @if let Some(at) = &self.at {
                                    form.actions method="post" action=(format!("{at}/them")) {
                                        button name="withdrawn" value=(one.claim_id) { (self.t("judge.withdraw")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
