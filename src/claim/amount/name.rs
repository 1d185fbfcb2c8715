//! Numbers inside names and marks of lists: `Zentix 5`, `Boeing 737`, `2A`, `11 Tháng 5 Ngày`, `1. Các doanh nghiệp`.

use super::digits::{self, Shape};
use super::label::{LONGEST, NonClaim, unit_or_scale};
use crate::article::segment::Case;
use crate::claim::lexicon::{Class, Classes, Page, set};

/// "bộ phim 11 Tháng 5 Ngày": units in capitals behind small letters are a title.
pub(super) fn titled(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<usize> {
    let capital = |at: usize| {
        at < hi && page.s.is_number(at - 1) && page.is(at, Class::Duration) && page.s.tokens[at].case == Case::Title
    };
    if i == lo || !page.s.is_word(i - 1) || page.s.is_capital(i - 1) || !capital(i + 1) {
        return None;
    }
    let mut end = i + 2;
    while capital(end + 1) {
        end += 2;
    }
    Some(end)
}

/// `2A`, `4G`, `20A6`: digits with letters behind that are no unit.
pub(super) fn glued_code(page: &Page<'_>, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let next = i + 1;
    if next >= hi || !page.s.is_glued(next) {
        // A long run of digits without marks is a code.
        let word = page.w(i);
        let bare = word.bytes().all(|b| b.is_ascii_digit());
        let zero = word.len() > 1 && word.starts_with('0') && bare;
        if (bare && word.len() >= 7 || zero) && !unit_or_scale(page, next) && !page.is(next, Class::Countable) {
            return Some((NonClaim::Code, next));
        }
        return None;
    }
    if !page.s.is_word(next) || unit_or_scale(page, next) || page.is(next, Class::ShortScale) {
        return None;
    }
    // "9X" is a generation, "5x20" a plot.
    if page.w(next) == "x" && (page.s.raw(next) == "x" || page.s.is_glued(next + 1) && page.s.is_number(next + 1)) {
        return None;
    }
    if page.is(next, Class::Countable) && page.s.tokens[next].case == Case::Lower {
        return None;
    }
    let mut at = next + 1;
    while at < hi.min(i + LONGEST)
        && page.s.is_glued(at)
        && (page.s.is_word(at) || page.s.is_number(at) || page.s.is_mark(at, '-') && page.s.is_glued(at + 1))
    {
        at += 1;
    }
    Some((NonClaim::Name, at))
}

/// "1. Các doanh nghiệp", "2) …" at the start of a sentence.
pub(super) fn list_mark(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let listed = i > lo
        && page.s.is_mark(i - 1, ':')
        && page.s.is_mark(i + 1, '.')
        && page.s.is_capital(i + 2)
        && page.w(i) == "1";
    let first = i == lo || i == lo + 1 && page.s.is_mark(lo, '(') || listed;
    if !first || page.w(i).len() > 5 {
        return None;
    }
    let stop = page.s.is_mark(i + 1, '.') && page.s.is_glued(i + 1)
        || page.s.is_mark(i + 1, ')')
        || page.s.is_mark(i + 1, '/') && !page.s.is_number(i + 2);
    (stop && (i + 2 >= hi || page.s.is_capital(i + 2) || !page.s.is_word(i + 2))).then_some((NonClaim::Ordinal, i + 1))
}

/// `Zentix 5`, `Boeing 737`, `Android 4.4`: a name's own number.
pub(super) fn named(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    if i == lo || !page.s.is_capital(i - 1) || page.is(i - 1, Class::Money) {
        return None;
    }
    // "1,9GHz 4 nhân": the capital belongs to the unit before.
    if i > lo + 1 && page.s.is_number(i - 2) && page.s.is_glued(i - 1) {
        return None;
    }
    let read = digits::read(page.w(i))?;
    let end = i + 1;
    if unit_or_scale(page, end)
        || page.s.is_mark(end, '%')
        || !matches!(read.shape, Shape::Plain | Shape::Dot)
        || page.w(i).len() > 4
    {
        return None;
    }
    let foreign = !crate::article::segment::is_syllable(page.w(i - 1));
    // "Ở 2 địa điểm": one letter is all capitals where it opens a sentence.
    let opening = i - 1 == lo && page.is(i - 1, Class::Preposition);
    let upper = matches!(page.s.tokens[i - 1].case, Case::Upper | Case::Mixed) && !opening;
    let counted = page.is(end, Class::Countable) && !page.s.is_capital(end);
    // A name goes on with a capital ("Galaxy S 8 Plus") or the number ends the phrase.
    let closed = !page.s.is_word(end)
        || page.s.is_capital(end)
        || page.is(end, Class::Clause)
        || page.is(end, Class::Verb)
        || page.is(end, Class::Auxiliary);
    let repeated = || page.repeats(i);
    let slash = page.s.is_mark(end, '/') && page.s.is_number(end + 1);
    let range = page.s.is_mark(end, '-') && page.s.is_number(end + 1);
    if slash || range {
        return None;
    }
    let sentence_start = i - 1 == lo;
    let name = (foreign || upper) && (!counted || repeated())
        || !sentence_start && closed && !counted && !page.is(i - 1, Class::Verb)
        || repeated() && !counted;
    // "cầu Bến Đá 1 và 2"
    const COUNTED: Classes = set(&[Class::Noun, Class::Countable, Class::Classifier]);
    let more = page.w(end) == "và"
        && end + 1 < hi
        && page.s.is_number(end + 1)
        && page.w(end + 1).len() <= 2
        && !unit_or_scale(page, end + 2)
        && !page.m.any(end + 2, COUNTED);
    name.then_some((NonClaim::Name, if more { end + 2 } else { end }))
}
