//! Every percentage that is neither a change nor measured against a target: `chiếm 97,1%`, `tỷ lệ 12%`.
//!
//! Trap: `10% chỉ tiêu xét theo học bạ` is a share of a quota, not a target reached.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !matches!(amount.unit, Unit::Percent | Unit::Permille) {
        return None;
    }
    let cue = scope.cue(amount, Class::Share).or_else(|| scope.cue(amount, Class::Reach));
    Some(match cue {
        Some((start, _)) => Found { cue_at: Some(start), ..Found::sure(scope.words(start, amount.hedge_start), 0.95) },
        None => Found::sure("%", 0.88),
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn shares_and_levels_are_percentages() {
        claims(&[
            ("Nữ chiếm 97,1% số công nhân.", "percentage 97.1 %"),
            ("Đến nay đã đạt 78%.", "percentage 78 %"),
            ("Trường dành 10% chỉ tiêu xét học bạ.", "percentage 10 %"),
            ("Phương án 3: 10% chỉ tiêu xét theo bài thi riêng.", "percentage 10 %"),
        ]);
    }
}
