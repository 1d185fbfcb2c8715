//! A contiguous unit per unit: `45 triệu đồng/người/năm`, `120 km/giờ`, `17 tiêu chí/xã`, `1.500 cuộc gọi mỗi tháng`.

use super::{Found, Scope, count};
use crate::article::span::Span;
use crate::claim::amount::{Amount, Unit, unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if matches!(amount.unit, Unit::Rate(..)) {
        return Some(Found::sure("/", 0.93));
    }
    if amount.unit != Unit::None || amount.denominator.is_some() {
        return None;
    }
    // A counted noun divided: the noun must stand right behind the number.
    let noun = count::noun_behind(scope, amount)?;
    let (per, end) = unit::per(scope.page, noun.end as usize, true)?;
    if end > scope.hi() {
        return None;
    }
    let slash = scope.page.s.is_mark(noun.end as usize, '/');
    Some(Found {
        unit: Some(format!("{}/{per}", scope.page.s.slice(noun))),
        tokens: Some(Span::of(amount.start(), end)),
        noun: Some(noun),
        ..Found::sure(if slash { "/" } else { "mỗi" }, 0.85)
    })
}
