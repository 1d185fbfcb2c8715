//! `67/69 TCCSĐ`, `3 trong 5 người`, `hai phần ba số hộ`, `một nửa`.

use super::{Found, Scope, count};
use crate::claim::amount::Amount;
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    amount.denominator?;
    let noun = count::noun(scope, amount);
    let unit = noun
        .map(|n| scope.page.s.slice(n).to_owned())
        .or_else(|| scope.last().filter(|d| d.noun.is_some()).map(|d| d.unit.clone()));
    let cue = if scope.page.is(amount.start(), Class::HalfOf) { "một nửa" } else { "a/b" };
    Some(Found { unit: Some(unit.unwrap_or_default()), noun, ..Found::sure(cue, 0.9) })
}
