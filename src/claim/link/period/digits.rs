//! Numbers in time expressions: dates in one token ("22.8"), years, Roman quarters, small numbers in words.

use jiff::civil::Date;

use super::days::{Days, day, years};

/// A date in one token: 11/5/2023, 22.8, 22-8. Without a year it is the nearest to `anchor`.
pub(super) fn date(token: &str, anchor: Option<Date>) -> Option<Days> {
    let mut parts = token.split(['/', '.', '-']);
    let (d, m): (i8, i8) = (number(parts.next()?)?, number(parts.next()?)?);
    let date = match parts.next() {
        Some(year) => day(full_year(year)?, m, d)?,
        None => {
            let anchor = anchor?;
            let near = |shift: i16| day(anchor.year() + shift, m, d);
            // 29 February may lack in the year of the anchor.
            let date = near(0).or_else(|| near(-1))?;
            match anchor.until(date).ok()?.get_days() {
                61.. => near(-1)?,
                ..=-301 => near(1)?,
                _ => date,
            }
        }
    };
    parts.next().is_none().then_some((date, date))
}

/// "2021-2025".
pub(super) fn year_span(token: &str) -> Option<Days> {
    let (first, last) = token.split_once(['-', '/'])?;
    years(full_year(first)?, full_year(last)?)
}

pub(super) fn has_year(token: &str) -> bool {
    token.split(['/', '.', '-']).any(|piece| full_year(piece).is_some())
}

pub(super) fn full_year(token: &str) -> Option<i16> {
    if token.len() == 4 { number::<i16>(token).filter(|year| (1000..=2999).contains(year)) } else { None }
}

/// Digits, or a small number in words.
pub(super) fn number<T: std::str::FromStr + TryFrom<u8>>(token: &str) -> Option<T> {
    const WORDS: [&str; 13] =
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"];
    if token.len() <= 4 && token.bytes().all(|b| b.is_ascii_digit()) {
        return token.parse().ok();
    }
    let n = WORDS.iter().skip(1).position(|word| *word == token)? + 1;
    T::try_from(u8::try_from(n).ok()?).ok()
}

pub(super) fn roman_or_number(token: &str) -> Option<i8> {
    if let Some(n) = number(token) {
        return Some(n);
    }
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let mut total = 0_i8;
    let mut last = 0_i8;
    for c in token.chars().rev().take(6) {
        let v = value(c)?;
        total += if v < last { -v } else { v };
        last = last.max(v);
    }
    (total > 0 && token.len() <= 6).then_some(total)
}
