//! Days of the calendar in figures: `16/1`, `16/1/2012`, `22.8`, `11-12 và 14/3/2019`, and the parts and ranges that look
//! like one (`1/2 hoạt động`, `từ 3-5 năm`).

use super::calendar::{int, is_day, is_month, is_year, month};
use super::digits::{self, Shape};
use crate::claim::lexicon::{Class, Classes, Page, set};

/// `16/1`, `16/1/2012`, `22.8`, `22-8`, `11-12 và 14/3/2019`, `3 tháng 9`, from its first number on.
pub(super) fn day_list(page: &Page<'_>, i: usize) -> Option<usize> {
    let mut at = day(page, i)?;
    loop {
        let joint = page.s.is_mark(at, ',') || page.s.is_mark(at, '-') || matches!(page.w(at), "và" | "đến" | "tới");
        let more = if page.w(at + 1) == "ngày" || page.w(at + 1) == "hết" { at + 2 } else { at + 1 };
        let more = if page.w(more) == "ngày" { more + 1 } else { more };
        match day(page, more) {
            Some(end) if joint && day_like(page, more, end) => at = end,
            _ => break,
        }
    }
    if page.w(at) == "tháng"
        && let Some(end) = month(page, at + 1)
    {
        return Some(end);
    }
    Some(at)
}

/// In a list, the following day must look like one itself (end on a month, or be followed by a joint or "tháng").
pub(super) fn day_like(page: &Page<'_>, i: usize, end: usize) -> bool {
    end > i + 1
        || page.w(end) == "tháng"
        || digits::read(page.w(i)).is_some_and(|d| d.shape == Shape::Dot)
        || ((page.w(end) == "và" || page.s.is_mark(end, '-') || page.s.is_mark(end, ',')) && page.s.is_number(end + 1))
}

pub(super) fn day(page: &Page<'_>, i: usize) -> Option<usize> {
    if let Some(end) = slashed(page, i) {
        return Some(end);
    }
    if dotted(page, i) {
        return Some(i + 1);
    }
    let n = int(page, i)?;
    if !is_day(n) {
        return None;
    }
    // "ngày 3 10": an editor lost the slash.
    if int(page, i + 1).is_some_and(is_month)
        && page.w(i).len() + page.w(i + 1).len() >= 3
        && !page.s.is_mark(i + 2, '/')
    {
        return Some(i + 2);
    }
    Some(i + 1)
}

/// `22.8`, `22.8.2013`.
pub(super) fn dotted(page: &Page<'_>, i: usize) -> bool {
    let mut parts = page.w(i).split('.');
    if page.w(i).contains(',') {
        return false;
    }
    let (Some(d), Some(m)) = (parts.next().and_then(|p| p.parse().ok()), parts.next().and_then(|p| p.parse().ok()))
    else {
        return false;
    };
    let year = parts.next();
    parts.next().is_none()
        && (is_day(d) && is_month(m) && year.is_none_or(|y| y.len() == 4)
            || year.is_none() && is_month(d) && (1900..2100).contains(&m))
}

/// `16/1`, `16/1/2012`, `1/2012`, `4-10`, `4-10-2021`; only glued.
pub(super) fn slashed(page: &Page<'_>, i: usize) -> Option<usize> {
    let a = int(page, i)?;
    if !(page.s.is_mark(i + 1, '/') || page.s.is_mark(i + 1, '-')) {
        return None;
    }
    let spaced = !page.s.is_glued(i + 1) || !page.s.is_glued(i + 2);
    let same = |at: usize| page.s.tokens.get(at).map(|t| t.shape) == page.s.tokens.get(i + 1).map(|t| t.shape);
    let b = int(page, i + 2)?;
    let year = same(i + 3) && is_year(page, i + 4);
    if is_day(a) && is_month(b) && year {
        return Some(i + 5);
    }
    if spaced {
        return None;
    }
    if is_day(a) && is_month(b) && !(page.s.is_mark(i + 3, '/') && page.s.is_number(i + 4)) {
        // "từ 3-5/9": the range's end has the month.
        if page.s.is_mark(i + 3, '/') {
            return None;
        }
        return Some(i + 3);
    }
    // "20-22/10", "20-22/10/2013".
    if page.s.is_mark(i + 1, '-')
        && is_day(a)
        && is_day(b)
        && page.s.is_mark(i + 3, '/')
        && int(page, i + 4).is_some_and(is_month)
    {
        return Some(if page.s.is_mark(i + 5, '/') && is_year(page, i + 6) { i + 7 } else { i + 5 });
    }
    if is_month(a) && is_year(page, i + 2) {
        return Some(i + 3);
    }
    None
}

/// "từ 3-5 năm sau", "từ 2-3 khúc", "từ 2/3 tổng số": two numbers behind "từ" that measure or count.
pub(super) fn spanning(page: &Page<'_>, i: usize, end: usize) -> bool {
    let rising = int(page, i) < int(page, i + 2);
    if !rising || page.s.is_capital(end) {
        return false;
    }
    if page.s.is_mark(i + 1, '/') {
        return matches!(
            (page.w(end), page.w(end + 1)),
            ("tổng", "số") | ("số", _) | ("thời", "gian") | ("diện", "tích")
        );
    }
    const OTHER: Classes =
        set(&[Class::Clause, Class::Auxiliary, Class::Preposition, Class::Conjunction, Class::Window]);
    let lasts = page.is(end, Class::Duration) && !page.s.is_number(end + 1) && page.w(end + 1) != "này";
    let counts = page.m.any(end, set(&[Class::Noun, Class::Countable, Class::Classifier]));
    page.s.is_mark(i + 1, '-') && (lasts || counts && !page.m.any(end, OTHER) && !page.is(end, Class::Duration))
}

/// "1/2 hoạt động", "không quá 1/3": a part that people say, and no day.
pub(super) fn part(page: &Page<'_>, lo: usize, i: usize, end: usize) -> bool {
    let (Some(part), Some(whole)) = (int(page, i), int(page, i + 2)) else { return false };
    if !page.s.is_mark(i + 1, '/') || part >= whole || whole > 5 || page.w(i).len() > 1 || page.w(i + 2).len() > 1 {
        return false;
    }
    let hedge = page.before(lo, i, Class::Hedge).is_some_and(|(start, _)| page.w(start) != "trong");
    let before = if i > lo { page.w(i - 1) } else { "" };
    let hedged = hedge || matches!(before, "chiếm" | "bằng" | "mất" | "còn" | "thêm" | "giảm" | "hết" | "chí");
    const OTHER: Classes = set(&[
        Class::Clause,
        Class::Auxiliary,
        Class::Preposition,
        Class::Conjunction,
        Class::Coordinator,
        Class::Window,
        Class::Duration,
    ]);
    let of = page.s.is_word(end) && !page.s.is_capital(end) && !page.m.any(end, OTHER) && before != "ngày";
    hedged || of
}
