//! `thắng 3-1`, `tỷ số 2-0`: two small numbers joined by a hyphen, with a match around them.
//!
//! Trap: `3-4 hộ` is a range.

use super::{Found, Scope};
use crate::article::span::Span;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let at = amount.start();
    // "thắng set đầu với tỷ số 25/19"
    if amount.denominator.is_some()
        && amount.in_digits
        && at > scope.lo() + 1
        && page.w(at - 1) == "số"
        && matches!(page.w(at - 2), "tỷ" | "tỉ")
    {
        return Some(Found { unit: Some("bàn".into()), ..Found::sure("tỷ số", 0.6) });
    }
    if amount.unit != Unit::None || !amount.in_digits || amount.scaled || amount.value_max.is_some() {
        return None;
    }
    let end = amount.end();
    let small = |i: usize| page.s.is_number(i) && page.w(i).len() <= 3 && page.w(i).bytes().all(|b| b.is_ascii_digit());
    let first = page.s.is_mark(end, '-') && small(end + 1);
    let second =
        amount.start() > scope.lo() + 1 && page.s.is_mark(amount.start() - 1, '-') && small(amount.start() - 2);
    if !first && !second || !small(amount.start()) {
        return None;
    }
    let from = scope.lo().max(amount.start().saturating_sub(14));
    let to = scope.hi().min(end + 10);
    let sport = scope.any(from, to, Class::Sport)
        || scope.last().is_some_and(|d| d.kind == super::Kind::Score && at.saturating_sub(d.tokens.end as usize) <= 3)
        || page.s.is_capital(amount.start().wrapping_sub(1))
        || page.s.is_capital(end + 2);
    sport.then(|| Found {
        unit: Some("bàn".into()),
        tokens: first.then(|| Span::of(amount.start(), end + 2)),
        ..Found::sure("tỷ số", 0.6)
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_result_is_a_score_and_a_range_is_none() {
        claims(&[("Đội nhà thắng 3-1.", "score 3 bàn"), ("Mỗi tổ có 3-4 hộ.", "count 3 hộ")]);
    }
}
