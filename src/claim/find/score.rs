//! `thắng 3-1`, `tỷ số 2-0`: two small numbers joined by a hyphen, with a match around them.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
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
        || page.s.is_capital(amount.start().wrapping_sub(1))
        || page.s.is_capital(end + 2);
    sport.then(|| Found {
        unit: Some("bàn".into()),
        tokens: first.then(|| crate::article::span::Span::of(amount.start(), end + 2)),
        ..Found::sure("tỷ số", 0.6)
    })
}
