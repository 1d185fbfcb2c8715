//! Every percentage that is neither a change nor measured against a target: `chiếm 97,1%`, `tỷ lệ 12%`.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !matches!(amount.unit, Unit::Percent | Unit::Permille) {
        return None;
    }
    let cue = scope.cue(amount, Class::Share).or_else(|| scope.cue(amount, Class::Reach));
    Some(match cue {
        Some((start, _)) => Found { cue_at: Some(start), ..Found::sure(scope.words(start, amount.hedge_start), 0.93) },
        None => Found::sure("%", 0.88),
    })
}
