//! Fractions in one value: `½`, `2½`, `12 1/4`.

use rust_decimal::Decimal;

use super::number::Number;
use crate::claim::lexicon::Page;

/// `½`, `¾`: the value of a fraction that is one character.
#[must_use]
const fn fraction(mark: char) -> Option<(i64, i64)> {
    Some(match mark {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// The fraction that stands as one character at `i`.
pub(super) fn fraction_at(page: &Page<'_>, i: usize) -> Option<(i64, i64)> {
    match page.s.tokens.get(i)?.shape {
        crate::article::segment::Shape::Mark(mark) => fraction(mark),
        _ => None,
    }
}

/// Part over whole, where a decimal holds it exactly.
pub(super) fn quotient((part, whole): (i64, i64)) -> Option<Decimal> {
    let value = Decimal::from(part).checked_div(Decimal::from(whole))?.normalize();
    (value.scale() <= 12).then_some(value)
}

/// A glued `1/4` at `i`, set off by a space from the whole number before it.
pub(super) fn proper_fraction(page: &Page<'_>, i: usize) -> Option<((i64, i64), usize)> {
    let glued = page.s.is_mark(i + 1, '/') && page.s.is_glued(i + 1) && page.s.is_glued(i + 2);
    if !page.s.is_number(i) || page.s.is_glued(i) || !glued || !page.s.is_number(i + 2) {
        return None;
    }
    let (part, whole) = (page.w(i).parse::<i64>().ok()?, page.w(i + 2).parse::<i64>().ok()?);
    // A third number makes it a date.
    (part > 0 && part < whole && whole <= 64 && !page.s.is_mark(i + 3, '/')).then_some(((part, whole), i + 3))
}

/// "2½", "12 1/4": a whole number and a fraction.
pub(super) fn fraction_behind(page: &Page<'_>, number: &mut Number) {
    let at = number.end;
    let found = match fraction_at(page, at) {
        Some(found) => Some((found, at + 1)),
        None => proper_fraction(page, at),
    };
    if let Some((fraction, end)) = found
        && let Some(part) = quotient(fraction)
        && let Some(sum) = number.value.checked_add(part)
    {
        number.value = sum;
        number.bare = sum;
        number.decimals = i32::try_from(part.scale()).unwrap_or(0);
        number.end = end;
    }
}
