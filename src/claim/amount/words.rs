//! Number words → exact value, composed by their grammar: `hai trăm ba mươi lăm nghìn` = (2×100 + 3×10 + 5) × 1000.
//!
//! The forms are those of a Vietnamese grammar: *mốt*, *tư*, *lăm* after tens, *linh/lẻ* for an empty ten, falling
//! scales that add, *rưỡi* for half of the last one. `một trăm hai` (120) and `hai mốt` (21) are spoken short forms.

use rust_decimal::Decimal;

use crate::claim::lexicon::{Class, Page};

/// Whether number words stand in running text, or are all that the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A neighbour may be a noun or a verb: "bốn ba lô" is four rucksacks.
    Running,
    /// Nothing else stands there: "bốn ba" is 43.
    Alone,
}

/// A number below a thousand in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    /// Its value.
    pub value: u32,
    /// One past its last token.
    pub end: usize,
    /// How many words it took.
    pub words: usize,
}

fn value(page: &Page<'_>, i: usize, class: Class) -> Option<u32> {
    page.get(i, class).and_then(|(_, v)| v.parse().ok())
}

fn digit(page: &Page<'_>, i: usize) -> Option<u32> {
    if page.s.is_word(i) { value(page, i, Class::Digit) } else { None }
}

fn is(page: &Page<'_>, i: usize, class: Class) -> bool {
    page.s.is_word(i) && page.is(i, class)
}

/// Reads the longest number below a thousand that starts at `i`.
pub(super) fn below_thousand(page: &Page<'_>, i: usize, manner: Manner) -> Option<Group> {
    if let Some(d) = digit(page, i)
        && is(page, i + 1, Class::Hundred)
    {
        let (rest, end) = after_hundred(page, i + 2, manner);
        return Some(Group { value: d * 100 + rest, end, words: end - i });
    }
    let (value, end) = below_hundred(page, i, manner)?;
    Some(Group { value, end, words: end - i })
}

/// What follows *trăm*: value below 100, and where it ends.
fn after_hundred(page: &Page<'_>, i: usize, manner: Manner) -> (u32, usize) {
    if is(page, i, Class::Filler0)
        && let Some(d) = digit(page, i + 1).or_else(|| value(page, i + 1, Class::LastDigit))
    {
        return (d, i + 2);
    }
    if is(page, i, Class::Half) {
        return (50, i + 1);
    }
    if let Some((v, end)) = below_hundred(page, i, manner)
        && end > i + 1
    {
        return (v, end);
    }
    if is(page, i, Class::Ten) {
        return (10, i + 1);
    }
    // Short forms: "một trăm mốt" 110, "năm trăm tư" 540, "một trăm hai" 120; "bốn trăm sáu triệu" 460 million too.
    if page.s.is_word(i)
        && let Some(d) = value(page, i, Class::LastDigit).or_else(|| digit(page, i).filter(|d| *d > 0))
        && ends_short_form(page, i + 1)
    {
        return (d * 10, i + 1);
    }
    if let (Some(t), Some(u)) = (digit(page, i), digit(page, i + 1))
        && t > 1
    {
        return (t * 10 + u, i + 2);
    }
    (0, i)
}

/// A short form stands before a scale or unit, or at the end of its phrase; "ba trăm năm học" is 300 school years.
fn ends_short_form(page: &Page<'_>, i: usize) -> bool {
    !page.s.is_word(i) || page.is(i, Class::Scale) || page.is(i, Class::Money) || page.is(i, Class::Measure)
}

fn below_hundred(page: &Page<'_>, i: usize, manner: Manner) -> Option<(u32, usize)> {
    if is(page, i, Class::Ten) {
        if let Some(d) = last(page, i + 1, manner) {
            return Some((10 + d, i + 2));
        }
        return Some((10, i + 1));
    }
    let d = digit(page, i)?;
    if is(page, i + 1, Class::Tens) && d > 1 {
        if let Some(u) = last(page, i + 2, manner) {
            return Some((d * 10 + u, i + 3));
        }
        return Some((d * 10, i + 2));
    }
    if is(page, i + 1, Class::Dozen) && d > 0 && !page.is(i + 1, Class::NotCount) {
        return Some((d * 10, i + 2));
    }
    // "hai mốt", "năm lăm": the last digit's own form shows that tens went before.
    if d > 1
        && page.s.is_word(i + 1)
        && let Some(u) = value(page, i + 1, Class::LastDigit)
        && !page.is(i + 1, Class::NotCount)
    {
        return Some((d * 10 + u, i + 2));
    }
    // "bốn mười ba" for bốn mươi ba.
    if manner == Manner::Alone && d > 1 && is(page, i + 1, Class::Ten) {
        return Some(match last(page, i + 2, manner) {
            Some(u) => (d * 10 + u, i + 3),
            None => (d * 10, i + 2),
        });
    }
    // "bảy hai" 72, "chín chín tỷ": two digits that nothing else can claim.
    if manner == Manner::Alone
        && d > 0
        && let Some(u) = digit(page, i + 1)
        && u > 0
        && !is(page, i + 2, Class::Tens)
        && !is(page, i + 2, Class::Hundred)
        && digit(page, i + 2).is_none()
        && !(u == 5 && page.s.tokens.len() == i + 2)
    {
        return Some((d * 10 + u, i + 2));
    }
    Some((d, i + 1))
}

/// The units behind tens: mốt, tư, lăm, or a digit that no word of its own claims ("mười năm" may be ten years).
fn last(page: &Page<'_>, i: usize, manner: Manner) -> Option<u32> {
    if !page.s.is_word(i) || manner == Manner::Running && page.is(i, Class::NotCount) {
        return None;
    }
    if let Some(u) = value(page, i, Class::LastDigit) {
        return Some(u);
    }
    let d = digit(page, i)?;
    // "hai mươi năm" is twenty years: five after tens is lăm.
    (d > 0 && d != 5).then_some(d)
}

/// Decimals in words, behind *phẩy*: digit by digit, or as one number.
pub(super) fn decimals(page: &Page<'_>, i: usize) -> Option<(Decimal, u32, usize)> {
    let (mut mantissa, mut places, mut at) = (0_i128, 0_u32, i);
    while places < 12
        && page.s.is_word(at)
        && let Some(d) =
            value(page, at, Class::Digit).or_else(|| (at > i).then(|| value(page, at, Class::LastDigit)).flatten())
    {
        if is(page, at + 1, Class::Tens) || is(page, at + 1, Class::Hundred) {
            break;
        }
        mantissa = mantissa * 10 + i128::from(d);
        places += 1;
        at += 1;
    }
    if let Some(group) = below_thousand(page, at, Manner::Running)
        && group.words > 1
    {
        let width = if group.value >= 100 { 3 } else { 2 };
        mantissa = mantissa * 10_i128.pow(width) + i128::from(group.value);
        places += width;
        at = group.end;
    }
    if places == 0 {
        return None;
    }
    Some((Decimal::try_from_i128_with_scale(mantissa, places).ok()?, places, at))
}
