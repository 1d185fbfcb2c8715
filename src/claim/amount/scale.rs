//! What multiplies a number: `nghìn tỷ`, `13tr`, `80k`, `1tr2`, `5 chục`.

use rust_decimal::Decimal;

use super::words::Manner;
use crate::claim::lexicon::{Class, Classes, Page, set};

/// Powers of ten as exact decimals.
#[must_use]
pub(super) fn power(exponent: u32) -> Option<Decimal> {
    (exponent <= 27).then(|| Decimal::from_i128_with_scale(10_i128.pow(exponent), 0))
}

/// The scale words at `i`: their joint exponent and where they end ("nghìn tỷ" = 12).
pub(super) fn scale(page: &Page<'_>, i: usize) -> Option<(u32, usize)> {
    let mut exponent = 0;
    let mut at = i;
    if page.s.is_word(at) && page.is(at, Class::Hundred) && page.is(at + 1, Class::Scale) {
        exponent += 2;
        at += 1;
    }
    while page.s.is_word(at)
        && let Some((len, v)) = page.get(at, Class::Scale)
        && !(page.is(at, Class::NotCount))
        && !in_a_noun(page, at, len)
    {
        exponent += v.parse::<u32>().ok()?;
        at += len;
        if exponent > 18 {
            return None;
        }
    }
    (at > i).then_some((exponent, at))
}

/// "một triệu chứng", "10 tỷ phú": the scale word opens a noun; "10 triệu chứng chỉ quỹ" are ten million of another.
fn in_a_noun(page: &Page<'_>, at: usize, len: usize) -> bool {
    const NOUNS: Classes = set(&[Class::Noun, Class::Countable, Class::Share]);
    page.m.reach(at, NOUNS) > len && page.m.reach(at + len, NOUNS) < 2
}

/// `13tr`, `80k`: scales that are written right behind digits.
pub(super) fn short_scale(page: &Page<'_>, i: usize, manner: Manner) -> Option<(u32, usize)> {
    if manner == Manner::Running && is_resolution(page, i) {
        return None;
    }
    let glued = page.s.is_glued(i);
    let (len, v) = page.get(i, Class::ShortScale)?;
    let next_clear = !page.s.is_glued(i + len) || !page.s.is_word(i + len) && !page.s.is_number(i + len);
    let tr = page.w(i) == "tr" && page.s.is_mark(i + 1, '.');
    (glued && next_clear || page.w(i) == "tr" && (tr || glued)).then(|| v.parse().ok().map(|e| (e, i + len)))?
}

/// `4K`, `8K` of a screen, where no price goes on behind; "4k" is four thousand.
pub(super) fn is_resolution(page: &Page<'_>, i: usize) -> bool {
    page.s.raw(i) == "K"
        && page.s.is_glued(i)
        && matches!(page.w(i.wrapping_sub(1)), "2" | "4" | "8")
        && !page.is(i + 1, Class::Money)
        && !page.s.is_mark(i + 1, '/')
        && !page.s.is_mark(i + 1, '-')
}

/// "5 chục", "5 trăm": tens and hundreds behind digits.
pub(super) fn dozen(page: &Page<'_>, i: usize) -> Option<(u32, usize)> {
    if !page.s.is_word(i) {
        return None;
    }
    if page.is(i, Class::Dozen) { Some((1, i + 1)) } else { page.is(i, Class::Hundred).then_some((2, i + 1)) }
}

/// `1tr2`, `2tr50`: decimals of a short scale, glued behind it.
pub(super) fn short_and_rest(page: &Page<'_>, i: usize) -> Option<(u32, i64, u32, usize)> {
    if !page.s.is_glued(i) || !page.s.is_number(i + 1) || !page.s.is_glued(i + 1) {
        return None;
    }
    let (len, exponent) = page.get(i, Class::ShortScale)?;
    let rest = page.w(i + 1);
    let runs_on = page.s.is_glued(i + 2) && page.s.is_word(i + 2) && !page.is(i + 2, Class::Money);
    if len != 1 || rest.len() > 3 || rest.contains(['.', ',']) || runs_on {
        return None;
    }
    Some((exponent.parse().ok()?, rest.parse().ok()?, u32::try_from(rest.len()).ok()?, i + 2))
}
