//! Times of day, windows of time and bare years: `14h30`, `9 tháng đầu năm 2021`, `24 giờ qua`, `2013`.

use super::calendar::{When, int, is_year, roman, unit_behind, year_behind, years};
use super::words;
use crate::claim::lexicon::{Class, Page};

/// `14h30`, `7 giờ 30 phút sáng`, `13:00`, `0h`.
pub(super) fn clock(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    int(page, i).filter(|&h| h <= 24)?;
    if page.s.is_mark(i + 1, ':')
        && page.s.is_glued(i + 1)
        && page.s.is_glued(i + 2)
        && page.w(i + 2).len() == 2
        && int(page, i + 2).is_some_and(|m| m < 60)
    {
        return Some((When::Time, i + 3));
    }
    if let Some(end) = hours(page, lo, i) {
        return Some((When::Time, end));
    }
    let glued_h = matches!(page.w(i + 1), "h" | "g") && page.s.is_glued(i + 1);
    if glued_h {
        if matches!(page.w(i + 2), "sáng" | "trưa" | "chiều" | "tối" | "đêm") {
            return Some((When::Time, i + 2));
        }
        let with_minutes = page.s.is_glued(i + 2) && int(page, i + 2).is_some_and(|m| m < 60);
        let spaced = page.w(i + 1) == "h"
            && int(page, i + 2).is_some_and(|m| m < 60)
            && (page.s.is_mark(i + 3, '\'') || page.w(i + 3) == "phút" || page.w(i + 3) == "ngày");
        if with_minutes || spaced {
            let mut end = i + 3;
            if page.s.is_mark(end, '\'') || page.s.is_mark(end, '"') && page.s.is_glued(end) {
                end += 1;
            }
            return Some((When::Time, end));
        }
        // "từ 8g-13g", "8g ngày 5"
        let range =
            page.s.is_mark(i + 2, '-') && int(page, i + 3).is_some_and(|h| h <= 24) && page.w(i + 4) == page.w(i + 1);
        if range {
            return Some((When::Time, i + 5));
        }
        // "hôm nay 8g đã hết", "phải đến 10g mới xong"
        let told = i > lo
            && matches!(page.w(i - 1), "nay" | "qua" | "mai" | "đến" | "tới" | "từ" | "trước" | "khoảng")
            && matches!(page.w(i + 2), "đã" | "vẫn" | "mới" | "thì" | "phải" | "sẽ" | "còn");
        if page.w(i + 1) == "g" && (told || page.w(i + 2) == "ngày" || i > lo && page.w(i - 1) == "lúc") {
            return Some((When::Time, i + 2));
        }
        if page.w(i + 1) == "h" && page.w(i + 2) == "ngày" && page.s.is_number(i + 3) {
            return Some((When::Time, i + 2));
        }
        // "Hơn 15h, hiện trường được giải tỏa."
        let opening = i == lo + 1 && matches!(page.w(lo), "hơn" | "gần") && page.s.is_mark(i + 2, ',');
        if page.w(i + 1) == "h" && opening {
            return Some((When::Time, i + 2));
        }
        if page.w(i + 1) == "h"
            && !(i > lo && matches!(page.w(i - 1), "trong" | "suốt" | "sau" | "hơn" | "gần")
                || matches!(page.w(i + 2), "liên" | "đồng" | "liền"))
        {
            return Some((When::Time, i + 2));
        }
        return None;
    }
    if page.w(i + 1) == "giờ" {
        let mut end = i + 2;
        let mut minutes = false;
        if int(page, end).is_some_and(|m| m < 60) {
            minutes = true;
            end += 1 + usize::from(page.w(end + 1) == "phút");
        }
        // "22 giờ (giờ Việt Nam)"
        let zone = page.s.is_mark(end, '(') && page.w(end + 1) == "giờ" || page.w(end) == "giờ";
        let part =
            matches!(page.w(end), "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "khuya" | "ngày" | "hôm" | "kém") || zone;
        let cue = i > lo && matches!(page.w(i - 1), "lúc" | "từ" | "vào" | "trước" | "đến" | "khoảng" | "hồi" | "tới");
        let lasting = matches!(page.w(end), "đồng" | "liên" | "liền" | "qua" | "sau")
            || i > lo + 1 && page.w(i - 1) == "khoảng" && matches!(page.w(i - 2), "trong" | "sau" | "mất");
        if (part || cue && !lasting || minutes && cue) && end <= hi + 1 {
            return Some((When::Time, end));
        }
    }
    None
}

/// "buổi chiều 15-16 giờ", "tầm 9-10 giờ sáng": between two hours of the day that is named.
pub(super) fn hours(page: &Page<'_>, lo: usize, i: usize) -> Option<usize> {
    let hour = |at: usize| int(page, at).is_some_and(|h| h <= 24);
    let range = page.s.is_mark(i + 1, '-') && hour(i + 2) && matches!(page.w(i + 3), "giờ" | "h" | "g");
    let part = |at: usize| matches!(page.w(at), "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "lúc");
    (range && ((lo.max(i.saturating_sub(4))..i).any(part) || part(i + 4))).then_some(i + 4)
}

/// `9 tháng đầu năm 2021`, `24 giờ qua`, `hai tháng đầu`: a number of time units made a window.
pub(super) fn window(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    let mut at = if page.s.is_number(i) {
        int(page, i)?;
        // "3-4 năm trở lại đây"
        let range = page.s.is_mark(i + 1, '-') && int(page, i + 2).is_some();
        if range { i + 3 } else { i + 1 }
    } else {
        words::below_thousand(page, i, words::Manner::Running)
            .filter(|_| page.is(i, Class::Digit) || page.is(i, Class::Ten))?
            .end
    };
    let unit = page.m.longest(at, Class::Duration)?;
    let word = page.w(at);
    if matches!(word, "h" | "s" | "đêm") && page.s.is_number(i) && word != "h" {
        return None;
    }
    let unit_end = at + unit.len as usize;
    at = unit_end;
    // "suốt 2 tháng qua", "kéo dài 3 năm qua": the length itself is what is said.
    let before = if i > lo { page.w(i - 1) } else { "" };
    let inside = matches!(page.w(i.wrapping_sub(2)), "trong" | "vòng");
    if matches!(before, "suốt" | "dài" | "rã" | "hơn" | "gần") && !inside {
        return None;
    }
    if word == "tháng" && to_date(page, lo, i, at) {
        return Some((When::Date, at));
    }
    let (len, _) = page.get(at, Class::Window)?;
    // "3-5 năm sau khi tiêm": what comes after lasts.
    if page.s.is_mark(i + 1, '-') && !matches!(page.w(at), "qua" | "nay" | "trở" | "gần" | "vừa") {
        return None;
    }
    let first = page.w(at).to_owned();
    at += len;
    // "chuyến thăm 3 ngày tới Lào": where to.
    if first == "tới" && len == 1 && page.s.is_capital(at) {
        return None;
    }
    match first.as_str() {
        "năm" if len == 1 => {
            if !is_year(page, at) {
                return None;
            }
            at += 1;
        }
        "đầu" | "cuối" => {
            if page.w(at) == "của" && page.w(at + 1) == "năm" {
                at += 2;
            } else if page.w(at) == "năm" && len == 1 {
                at += 1;
            } else if page.w(at) == "quý" || page.w(at) == "tháng" {
                at += 1;
                if page.s.is_number(at) || roman(page, at) {
                    at += 1;
                }
            }
            if len == 1 && page.w(at) == "tiên" {
                at += 1;
            }
            if page.w(at) == "năm" && is_year(page, at + 1) {
                at += 1;
            }
            if matches!(page.w(at), "nay" | "ngoái") {
                at += 1;
            }
            at = year_behind(page, at);
        }
        _ => {}
    }
    (at <= hi).then_some((When::Date, at))
}

/// "lũy kế 9 tháng", "9 tháng đạt 180 tỷ": the months of the year up to now, as a report counts them.
fn to_date(page: &Page<'_>, lo: usize, i: usize, end: usize) -> bool {
    let before = if i > lo { page.w(i - 1) } else { "" };
    let two = if i > lo + 1 { page.w(i - 2) } else { "" };
    let plan = before == "hoạch" && two == "kế" || before == "kế" && matches!(two, "lũy" | "luỹ");
    let said = matches!(page.w(end), "ước" | "lãi" | "đạt" | "tăng" | "giảm" | "doanh");
    let said = said || page.w(end) == "cũng" && matches!(page.w(end + 1), "tăng" | "giảm" | "đạt");
    let months = int(page, i).is_some_and(|n| (2..=11).contains(&n));
    months && (plan || said && !matches!(before, "trong" | "sau" | "suốt" | "hơn" | "gần" | "khoảng" | "mỗi"))
}

fn unit_or_scale(page: &Page<'_>, i: usize) -> bool {
    page.is(i, Class::Scale) || super::unit::read(page, i, true, false).is_some()
}

/// `2013` with nothing counted behind it; `2011-2012`.
pub(super) fn bare_year(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(When, usize)> {
    if !is_year(page, i) || page.before(lo, i, Class::Label).is_some_and(|(_, kind)| kind == "phone") {
        return None;
    }
    let end = years(page, i)?;
    if end > i + 1 && end <= hi {
        return Some((When::Date, end));
    }
    if page.s.is_glued(i)
        && i > lo
        && !page.s.is_mark(i - 1, '(')
        && !page.s.is_mark(i - 1, '"')
        && !page.s.is_mark(i - 1, '\'')
        && !page.s.is_mark(i - 1, '/')
        && !page.s.is_mark(i - 1, '-')
    {
        return None;
    }
    let y = int(page, i)?;
    let plausible = (1800..=2100).contains(&y);
    let verb = page.is(i + 1, Class::Verb) && !page.is(i + 1, Class::Classifier);
    // "đời 2015 bản đủ", "IFA 2013 ngày 2"
    let model = i > lo && page.w(i - 1) == "đời" || page.w(i + 1) == "ngày" && page.s.is_number(i + 2);
    if plausible && (model || verb && !unit_or_scale(page, i + 1)) {
        return Some((When::Date, i + 1));
    }
    let counted = unit_behind(page, i + 1)
        || page.is(i + 1, Class::Classifier) && !page.s.is_capital(i + 1)
        || super::unit::is(page, i + 1)
        || page.s.is_mark(i + 1, '/') && page.s.is_glued(i + 1);
    (plausible && !counted).then_some((When::Date, i + 1))
}
