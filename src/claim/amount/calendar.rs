//! Dates, clock times and windows of time: numbers that say *when*. `22.8`, `ngày 16/1/2012`, `quý III/2025`,
//! `9 tháng đầu năm 2021`, `14h30`, `giai đoạn 2021-2025`.

use super::clock::{bare_year, clock, hours, window};
use super::day::{day_list, dotted, part, slashed, spanning};
use super::words;
use crate::claim::lexicon::{Class, Page};

/// Date or clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum When {
    /// A calendar expression.
    Date,
    /// A time of day, or a minute of a match.
    Time,
}

/// The time expression that starts at token `i` of the sentence `lo..hi`: what it is and where it ends.
#[must_use]
pub(super) fn read(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    if page.s.is_word(i) {
        return worded(page, lo, i, hi);
    }
    if !page.s.is_number(i) {
        return None;
    }
    clock(page, lo, i, hi)
        .or_else(|| dated(page, lo, i, hi))
        .or_else(|| window(page, lo, i, hi))
        .or_else(|| bare_year(page, lo, i, hi))
}

pub(super) fn int(page: &Page<'_>, i: usize) -> Option<u32> {
    let word = page.w(i);
    if page.s.is_number(i) && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        word.parse().ok()
    } else {
        None
    }
}

pub(super) fn is_year(page: &Page<'_>, i: usize) -> bool {
    page.w(i).len() == 4 && int(page, i).is_some_and(|y| (1500..=2200).contains(&y))
}

pub(super) const fn is_day(n: u32) -> bool {
    n >= 1 && n <= 31
}

pub(super) const fn is_month(n: u32) -> bool {
    n >= 1 && n <= 12
}

fn dash(page: &Page<'_>, i: usize) -> bool {
    page.s.is_mark(i, '-') || page.s.is_mark(i, '/') || page.s.is_mark(i, '.')
}

/// Roman numerals of quarters and terms.
pub(super) fn roman(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.s.raw(i),
        "I" | "II"
            | "III"
            | "IV"
            | "V"
            | "VI"
            | "VII"
            | "VIII"
            | "IX"
            | "X"
            | "XI"
            | "XII"
            | "XIII"
            | "XIV"
            | "XV"
            | "XVI"
            | "XVII"
            | "XVIII"
            | "XIX"
            | "XX"
            | "XXI"
    )
}

/// Expressions that a word opens.
fn worded(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    let next = i + 1;
    match page.w(i) {
        "ngày" | "hôm" | "mùng" | "mồng" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" => {
            let at = if page.w(next) == "ngày" || page.w(next) == "mùng" || page.w(next) == "hôm" {
                next + 1
            } else {
                next
            };
            // "buổi chiều 15-16 giờ"
            if let Some(end) = hours(page, lo, at) {
                return Some((When::Time, end));
            }
            let end = day_list(page, at)?;
            Some((When::Date, end))
        }
        "tháng" => month(page, next).map(|end| (When::Date, end)),
        "quý" => {
            let named = matches!(page.w(next), "một" | "hai" | "ba" | "bốn") && !page.is(next + 1, Class::Countable);
            let quarter = named || roman(page, next) || int(page, next).is_some_and(|q| (1..=4).contains(&q));
            quarter.then(|| (When::Date, year_behind(page, next + 1)))
        }
        "năm" if page.w(next) == "học" || page.w(next) == "tài" => {
            let at = if page.w(next) == "tài" { next + 2 } else { next + 1 };
            years(page, at).map(|end| (When::Date, end))
        }
        "năm" => years(page, next).or_else(|| era(page, next)).map(|end| (When::Date, end)),
        "khoá" | "khóa" if roman(page, next) => Some((When::Date, next + 1)),
        "kỳ" | "đoạn" | "khoá" | "khóa" if is_year(page, next) => years(page, next).map(|end| (When::Date, end)),
        "lúc" | "phút" => {
            let n = int(page, next)?;
            // "phút 52": a minute of a match; "phút thứ 52" is an ordinal.
            if page.w(i) == "phút"
                && !page.s.is_number(i.wrapping_sub(1))
                && n <= 130
                && !page.is(i.wrapping_sub(1), Class::Digit)
            {
                let end = if page.s.is_mark(next + 1, '+') && page.s.is_number(next + 2) { next + 3 } else { next + 1 };
                return Some((When::Time, end));
            }
            None
        }
        "kỷ" if page.w(i.wrapping_sub(1)) == "thế" && (int(page, next).is_some() || roman(page, next)) => {
            Some((When::Date, next + 1))
        }
        "niên" if page.w(i.wrapping_sub(1)) == "thập" && int(page, next).is_some() => Some((When::Date, next + 1)),
        "tết" | "sea" | "games" | "cup" | "euro" | "olympic" | "paralympic" | "asiad" | "fest" | "expo"
            if is_year(page, next) =>
        {
            Some((When::Date, next + 1))
        }
        _ => window(page, lo, i, hi),
    }
}

pub(super) fn month(page: &Page<'_>, i: usize) -> Option<usize> {
    if int(page, i).is_some_and(is_month) {
        if dash(page, i + 1) && page.s.is_glued(i + 1) && is_year(page, i + 2) {
            return Some(i + 3);
        }
        // "tháng 9, 10 và 11", "tháng 7-8/2013"
        let mut end = i + 1;
        while (page.s.is_mark(end, ',') || page.s.is_mark(end, '-') || page.w(end) == "và")
            && int(page, end + 1).is_some_and(is_month)
            && !unit_behind(page, end + 2)
        {
            end += 2;
        }
        return Some(year_behind(page, end));
    }
    if dotted(page, i) {
        return Some(i + 1);
    }
    if page.s.is_word(i) {
        if matches!(page.w(i), "giêng" | "chạp") {
            return Some(year_behind(page, i + 1));
        }
        let group = words::below_thousand(page, i, words::Manner::Running)?;
        if is_month(group.value) && !unit_behind(page, group.end) && !(page.w(i) == "năm" && is_year(page, i + 1)) {
            return Some(year_behind(page, group.end));
        }
        if page.w(i) == "năm" && is_year(page, i + 1) {
            return None;
        }
    }
    None
}

/// `/2020`, `năm 2020`, `-2020`, ` 2020` behind a month or quarter.
pub(super) fn year_behind(page: &Page<'_>, i: usize) -> usize {
    if dash(page, i) && is_year(page, i + 1) {
        return i + 2;
    }
    if page.w(i) == "năm" && is_year(page, i + 1) {
        return i + 2;
    }
    if is_year(page, i) && !unit_behind(page, i + 1) { i + 1 } else { i }
}

/// "năm 44 trước Công nguyên".
fn era(page: &Page<'_>, i: usize) -> Option<usize> {
    let worded = matches!(page.w(i + 1), "trước" | "sau") && page.w(i + 2) == "công" && page.w(i + 3) == "nguyên";
    let short = matches!(page.w(i + 1), "tcn" | "scn");
    int(page, i)?;
    if worded { Some(i + 4) } else { short.then_some(i + 2) }
}

/// `2013`, `2013-2014`, `2016 đến 2020`, `2010, 2011 và 2012`.
pub(super) fn years(page: &Page<'_>, i: usize) -> Option<usize> {
    if !is_year(page, i) {
        return None;
    }
    let mut end = i + 1;
    while (page.s.is_mark(end, '-')
        || page.s.is_mark(end, '/')
        || page.s.is_mark(end, ',')
        || matches!(page.w(end), "và" | "đến"))
        && (is_year(page, end + 1)
            || page.s.is_mark(end, '-') && page.s.is_glued(end + 1) && int(page, end + 1).is_some_and(|y| y > 31))
    {
        end += 2;
    }
    Some(end)
}

pub(super) fn unit_behind(page: &Page<'_>, i: usize) -> bool {
    super::unit::found(page, i, true, false, words::Manner::Running).is_some_and(|m| m.class != Class::Duration)
        || page.is(i, Class::Countable)
        || page.is(i, Class::Scale)
}

/// A date that no word announces: `22/10`, `4-10-2021`, `22.8` behind a cue.
fn dated(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    let end = slashed(page, i);
    if let Some(end) = end
        && end <= hi
    {
        let full = end > i + 3 || is_year(page, i + 2);
        if full {
            return Some((When::Date, end));
        }
        let cue = time_cue(page, lo, i) || in_brackets(page, lo, i, end);
        let counted = page.is(end, Class::Countable)
            || page.is(end, Class::Classifier)
            || unit_behind(page, end)
            || page.s.is_mark(end, '%');
        let share = i > lo && (page.is(i - 1, Class::Reach) || matches!(page.w(i - 1), "có" | "được" | "với"))
            || part(page, lo, i, end);
        let hyphen = page.s.is_mark(i + 1, '-');
        // "từ 3-4 mét": a range behind a word that opens other things than days.
        let weak = cue && matches!(page.w(i - 1), "từ" | "đến" | "tới" | "trước" | "sau" | "và" | "qua" | "vào");
        if weak && (unit_behind(page, end) || spanning(page, i, end)) {
            return None;
        }
        if cue
            || !(counted
                || share
                || hyphen
                || int(page, i) <= int(page, i + 2) && page.is(end, Class::Noun) && !page.is(end, Class::Verb))
        {
            // A hyphen needs its cue: "3-1" is a score, "4-10" behind "sáng" a date.
            return Some((When::Date, end));
        }
        return None;
    }
    if dotted(page, i) {
        let date = page.w(i).matches('.').count() == 2 || page.w(i).split('.').nth(1).is_some_and(|m| m.len() == 4);
        let behind =
            page.s.is_mark(i + 1, '%') || unit_behind(page, i + 1) || page.s.is_glued(i + 1) && page.s.is_word(i + 1);
        if date || time_cue(page, lo, i) && !behind {
            return Some((When::Date, i + 1));
        }
    }
    None
}

/// "hôm nay (22-10)": a day between brackets behind a word of time.
fn in_brackets(page: &Page<'_>, lo: usize, i: usize, end: usize) -> bool {
    i > lo + 1
        && page.s.is_mark(i - 1, '(')
        && page.s.is_mark(end, ')')
        && matches!(
            page.w(i - 2),
            "nay"
                | "qua"
                | "mai"
                | "trước"
                | "sau"
                | "tới"
                | "nhật"
                | "hai"
                | "ba"
                | "tư"
                | "năm"
                | "sáu"
                | "bảy"
                | "ngày"
        )
}

/// A word right before the number that says a time follows.
fn time_cue(page: &Page<'_>, lo: usize, i: usize) -> bool {
    i > lo
        && matches!(
            page.w(i - 1),
            "ngày"
                | "sáng"
                | "trưa"
                | "chiều"
                | "tối"
                | "đêm"
                | "hôm"
                | "tháng"
                | "từ"
                | "đến"
                | "nay"
                | "trước"
                | "sau"
                | "hết"
                | "lễ"
                | "dịp"
                | "qua"
                | "phiên"
                | "lúc"
                | "tới"
                | "rạng"
                | "vào"
                | "và"
                | "quốc"
        )
}
