//! Part of a whole in two numbers: `67/69`, `3 trong 5`, `1,6 trên tổng số 1,8 triệu`, `hai phần ba`, `một nửa`.

use rust_decimal::Decimal;

use super::digits::Shape;
use super::number::{self, Number};
use super::words::{self, Manner};
use super::{fraction, scale};
use crate::claim::lexicon::{Class, Page};

/// Part, whole, and where the expression ends.
pub(super) struct Ratio {
    /// The numerator.
    pub part: Decimal,
    /// The denominator.
    pub whole: Decimal,
    /// One past its last token.
    pub end: usize,
}

/// Reads the ratio that starts at `i`; dates have been taken out before.
pub(super) fn read(page: &Page<'_>, lo: usize, i: usize, hi: usize, manner: Manner) -> Option<Ratio> {
    if let Some((part, whole)) = fraction::fraction_at(page, i) {
        return Some(Ratio { part: Decimal::from(part), whole: Decimal::from(whole), end: i + 1 });
    }
    if page.s.is_word(i) {
        if let Some((len, _)) = page.get(i, Class::HalfOf) {
            if manner == Manner::Alone && i + len == hi {
                return Some(Ratio { part: Decimal::ONE, whole: Decimal::TWO, end: hi });
            }
            return half(page, lo, i, i + len);
        }
        if let Some(found) = parts(page, i, manner) {
            return Some(found);
        }
    }
    let first = number::read_as(page, i, manner).filter(|n| n.end < hi)?;
    slash(page, &first, hi).or_else(|| among(page, lo, &first, hi, manner))
}

/// "một nửa số hộ": one of two, when something is halved.
fn half(page: &Page<'_>, lo: usize, i: usize, end: usize) -> Option<Ratio> {
    let bare = end == i + 1;
    let of =
        page.w(end) == "số" || page.w(end) == "trong" || page.is(end, Class::Countable) || page.is(end, Class::Noun);
    let idle = matches!(
        page.w(end),
        "đêm"
            | "ngày"
            | "đường"
            | "vời"
            | "chừng"
            | "kia"
            | "năm"
            | "tháng"
            | "thế"
            | "cuối"
            | "đầu"
            | "trên"
            | "sau"
            | "còn"
    );
    let counted = i > lo && (page.is(i - 1, Class::Digit) || page.s.is_number(i - 1));
    if bare && (!of || idle || page.w(end) != "số") || counted || idle {
        return None;
    }
    Some(Ratio { part: Decimal::ONE, whole: Decimal::TWO, end })
}

/// "hai phần ba", "một phần tư".
fn parts(page: &Page<'_>, i: usize, manner: Manner) -> Option<Ratio> {
    let part = words::below_thousand(page, i, manner)?;
    if !page.s.is_word(part.end) || !page.is(part.end, Class::Part) {
        return None;
    }
    let at = part.end + 1;
    let whole = if page.w(at) == "tư" {
        (4, at + 1)
    } else {
        let group = words::below_thousand(page, at, manner)?;
        (group.value, group.end)
    };
    if whole.0 < 2 || page.w(at) == "trăm" || page.w(at) == "nghìn" {
        return None;
    }
    Some(Ratio { part: Decimal::from(part.value), whole: Decimal::from(whole.0), end: whole.1 })
}

/// `67/69`: plain or grouped numbers around a slash.
fn slash(page: &Page<'_>, first: &Number, hi: usize) -> Option<Ratio> {
    if !page.s.is_mark(first.end, '/') || !first.in_digits || first.scaled {
        return None;
    }
    let second = number::read(page, first.end + 1).filter(|n| n.in_digits && n.end <= hi)?;
    // A third number makes it a date or a code.
    if page.s.is_mark(second.end, '/') && page.s.is_number(second.end + 1)
        || first.shape == Shape::Dot
        || second.value.is_zero()
    {
        return None;
    }
    if second.scaled && !first.scaled {
        return None;
    }
    Some(Ratio { part: first.value, whole: second.value, end: second.end })
}

/// "3 trong 5 người", "một trong 5", "1,6 trên tổng số 1,8 triệu lượng", "5 dự án … trong tổng số 12 dự án".
fn among(page: &Page<'_>, lo: usize, first: &Number, hi: usize, manner: Manner) -> Option<Ratio> {
    let link = page.w(first.end);
    if link != "trong" && link != "trên" && (manner == Manner::Running || link != "chia") {
        return None;
    }
    let mut at = first.end + 1;
    let mut total = false;
    while matches!(page.w(at), "tổng" | "số" | "tổng số") {
        at += 1;
        total = true;
    }
    let second = number::read_as(page, at, manner).filter(|n| n.end <= hi && n.value > first.value)?;
    let small = first.value < Decimal::ONE_HUNDRED;
    // "hai trong ba ngày" is a share of days; "tăng 5 trong 3 tháng" is not: time behind needs "tổng số".
    let timed = page.is(second.end, Class::Duration);
    let scale_before = first.start > lo && page.s.is_mark(first.start - 1, '/');
    if !total && (timed || !small || link == "trên" && first.in_digits != second.in_digits) || scale_before {
        return None;
    }
    if !total && link == "trong" && super::calendar::read(page, lo, at, hi).is_some() {
        return None;
    }
    let mut part = first.value;
    if !first.scaled
        && let Some(scale) = second.scale
        && total
        && first.shape != Shape::Plain
    {
        part = part.checked_mul(scale::power(scale)?)?;
    }
    Some(Ratio { part, whole: second.value, end: second.end })
}
