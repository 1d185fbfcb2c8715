//! Ties a number to what it speaks of.

pub mod gazetteer;

use super::find::Draft;
use super::lexicon::Page;
use super::{Alternative, Claim};

/// Links the drafts of one article.
#[must_use]
pub fn claims(page: &Page<'_>, drafts: Vec<Draft>) -> Vec<Claim> {
    drafts.into_iter().map(|d| claim(page, d)).collect()
}

fn claim(page: &Page<'_>, d: Draft) -> Claim {
    Claim {
        kind: d.kind,
        span: page.s.bytes(d.tokens),
        sentence: page.s.bytes(d.sentence),
        value: d.amount.value,
        value_max: d.amount.value_max,
        denominator: d.amount.denominator,
        decimals: d.amount.decimals,
        unit: d.unit,
        unit_code: d.unit_code,
        modifier: d.modifier,
        direction: d.direction,
        entity: None,
        property: None,
        period: None,
        reference: None,
        statement: 0,
        rule: d.rule,
        confidence: d.confidence,
        alternatives: d
            .amount
            .other
            .map(|value| Alternative {
                value, reason: "dấu chấm, dấu phẩy có thể đọc cách khác".into()
            })
            .into_iter()
            .collect(),
    }
}
