//! `67/69 TCCSĐ`, `3 trong 5 người`, `hai phần ba số hộ`, `một nửa`.
//!
//! Trap: a position out of a number (`hạng 109/189`) is a rank.

use super::{Found, Scope, count};
use crate::claim::amount::Amount;
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    amount.denominator?;
    // "một nửa số hộ": what is numbered.
    let noun = if scope.page.w(amount.end()) == "số" {
        count::head(scope, amount.end() + 1)
    } else {
        count::noun(scope, amount)
    };
    let unit = noun
        .map(|n| scope.page.s.slice(n).to_owned())
        .or_else(|| scope.last().filter(|d| d.noun.is_some()).map(|d| d.unit.clone()));
    let cue = if scope.page.is(amount.start(), Class::HalfOf) { "một nửa" } else { "a/b" };
    Some(Found { unit: Some(unit.unwrap_or_default()), noun, ..Found::sure(cue, 0.95) })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_part_and_its_whole_are_a_ratio() {
        claims(&[("Có 67/69 chi bộ đạt chuẩn.", "ratio 67 chi bộ"), ("Một nửa số hộ đã có nước sạch.", "ratio 1 hộ")]);
    }

    #[test]
    fn a_position_out_of_a_number_is_a_rank() {
        claims(&[("Nước này xếp hạng 109/189.", "rank 109 hạng")]);
    }
}
