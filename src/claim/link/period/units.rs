//! Expressions of one unit: "quý III/2025", "đầu năm nay", "9 tháng năm 2021", "3 năm qua", "thế kỷ 21".

use jiff::ToSpan;
use jiff::civil::Date;

use super::days::{
    Days, Part, day, months, ordered, part_of_month, part_of_year, quarter, shift_months, shift_years, week, years,
};
use super::digits::{full_year, number, roman_or_number};

/// What relative words refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    /// Day of publication.
    pub(super) published: Option<Date>,
    /// The claim's own period, when a baseline is resolved.
    pub(super) own: Option<Days>,
}

impl Now {
    /// The day that "trước", "nay" and missing years are counted from.
    pub(super) fn anchor(self) -> Option<Date> {
        self.own.map(|own| own.0).or(self.published)
    }

    /// The same with another day of publication, for a part of an expression that leans on another part.
    pub(super) const fn at(date: Date) -> Self {
        Self { published: Some(date), own: None }
    }
}

/// "đầu năm 2022", "giữa tháng 9", "nửa cuối năm".
pub(super) fn part(tokens: &[&str], now: Now) -> Option<Days> {
    if let ["nửa", half, rest @ ..] = tokens {
        let first = match *half {
            "đầu" => true,
            "cuối" | "sau" => false,
            _ => return None,
        };
        if rest.first() == Some(&"tháng") {
            let (from, to) = month(rest, now)?;
            let middle = day(from.year(), from.month(), 15)?;
            return Some(if first { (from, middle) } else { (middle.tomorrow().ok()?, to) });
        }
        let year = year(rest, now)?;
        return if first { months(year, 1, 6) } else { months(year, 7, 12) };
    }
    let (word, rest) = tokens.split_first()?;
    let part = match *word {
        "đầu" => Part::Start,
        "giữa" => Part::Middle,
        "cuối" => Part::End,
        _ => return None,
    };
    match rest.first()? {
        &"tháng" if rest.len() == 1 => part_of_month(month(&["tháng", "này"], now)?, part),
        &"tháng" => part_of_month(month(rest, now)?, part),
        &"năm" => part_of_year(year(rest, now)?, part),
        token => part_of_year(full_year(token).filter(|_| rest.len() == 1)?, part),
    }
}

/// "tháng 9/2020", "tháng 9 năm 2020", "tháng 9", "tháng trước", "9/2020".
pub(super) fn month(tokens: &[&str], now: Now) -> Option<Days> {
    let one = |year: i16, month: i8| months(year, month, month);
    let rest = match tokens {
        [token] => {
            let (month, year) = token.split_once(['/', '-', '.'])?;
            return one(full_year(year)?, number(month)?);
        }
        ["tháng", rest @ ..] => rest,
        _ => return None,
    };
    let this = |anchor: Date| one(anchor.year(), anchor.month());
    match rest {
        ["này" | "nay"] => return this(now.published?),
        ["trước"] => return shift_months(this(now.anchor()?)?, -1),
        ["sau" | "tới"] => return shift_months(this(now.anchor()?)?, 1),
        [token, ..] if token.contains(['/', '-', '.']) => return month(&[token], now).filter(|_| rest.len() == 1),
        _ => {}
    }
    let (number, rest) = (number(rest.first()?)?, &rest[1..]);
    match rest {
        ["năm", ..] => one(year(rest, now)?, number),
        [] | ["này"] | ["vừa", "qua" | "rồi"] | ["qua"] | ["tới"] => {
            let anchor = now.anchor()?;
            let ahead = number - anchor.month();
            let (gone, coming) = (rest.last() == Some(&"qua"), rest == ["tới"]);
            // A month without a year is one of this year, unless it is far ahead: then the last of that name.
            let shift = if (ahead > 4 && !coming) || (gone && ahead > 0) { -1 } else { i16::from(coming && ahead < 0) };
            one(anchor.year() + shift, number)
        }
        _ => None,
    }
}

/// "quý III/2025", "quý 3 năm 2025", "quý I", "quý trước", "q3/2013".
pub(super) fn quarters(tokens: &[&str], now: Now) -> Option<Days> {
    let (head, rest) = match tokens {
        ["quý", head, rest @ ..] => (*head, rest),
        [one] => (one.strip_prefix('q')?, &[][..]),
        _ => return None,
    };
    if let Some((n, year)) = head.split_once(['/', '-']) {
        return quarter(full_year(year)?, roman_or_number(n)?).filter(|_| rest.is_empty());
    }
    let shift = match (head, rest) {
        ("này", []) => 0,
        ("trước" | "qua", []) => -3,
        ("tới" | "sau", []) => 3,
        ("đầu", ["năm", ..]) => return quarter(year(rest, now)?, 1),
        ("cuối", ["năm", ..]) => return quarter(year(rest, now)?, 4),
        (n, ["năm", ..]) => return quarter(year(rest, now)?, roman_or_number(n)?),
        (n, [] | ["này"] | ["vừa", "qua"]) => {
            let (anchor, n) = (now.anchor()?, roman_or_number(n)?);
            let days = quarter(anchor.year(), n)?;
            // A quarter that begins more than a month from now is most likely the last one of that number.
            let far = anchor.checked_add(31.days()).ok()? < days.0;
            return if far { shift_years(days, -1) } else { Some(days) };
        }
        _ => return None,
    };
    let anchor = if shift == 0 { now.published? } else { now.anchor()? };
    shift_months(quarter(anchor.year(), (anchor.month() + 2) / 3)?, shift)
}

/// "năm 2022", "năm nay", "năm ngoái", "năm" (this one), "2022".
pub(super) fn year(tokens: &[&str], now: Now) -> Option<i16> {
    match tokens {
        ["năm", year] if full_year(year).is_some() => full_year(year),
        [year] if full_year(year).is_some() => full_year(year),
        ["năm"] | ["năm", "nay" | "này"] => Some(now.published?.year()),
        ["năm", "ngoái"] => now.published?.year().checked_sub(1),
        ["năm", "trước"] | ["năm", "trước", "đó"] => now.anchor()?.year().checked_sub(1),
        ["năm", "tới" | "sau"] => now.published?.year().checked_add(1),
        _ => None,
    }
}

pub(super) fn weeks(tokens: &[&str], now: Now) -> Option<Days> {
    match tokens {
        ["tuần", "này"] => week(now.published?, 0),
        ["tuần", "trước"] => week(now.published?, -1),
        ["tuần", "tới" | "sau"] => week(now.published?, 1),
        ["tuần", "qua"] | ["tuần", "vừa", "qua"] => past(&["1", "tuần", "qua"], now),
        _ => None,
    }
}

/// "thập niên 1990", "những năm 1990", "thế kỷ XXI".
pub(super) fn era(tokens: &[&str]) -> Option<Days> {
    match tokens {
        ["thập", "niên" | "kỷ", n] | ["những", "năm", n] => {
            let first =
                full_year(n).or_else(|| number::<i16>(n).filter(|n| (30..=90).contains(n)).map(|n| 1900 + n))?;
            (first % 10 == 0).then(|| years(first, first + 9))?
        }
        ["thế", "kỷ", n] => {
            let n = i16::from(roman_or_number(n).filter(|n| (1..=30).contains(n))?);
            years((n - 1) * 100 + 1, n * 100)
        }
        _ => None,
    }
}

/// "24 giờ qua", "3 năm qua", "9 tháng qua".
pub(super) fn past(tokens: &[&str], now: Now) -> Option<Days> {
    let [n, unit, "qua" | "vừa" | "gần" | "trở", rest @ ..] = tokens else { return None };
    if !matches!(rest, [] | ["qua" | "đây" | "nhất" | "rồi" | "lại", ..]) {
        return None;
    }
    let (n, to) = (number::<i64>(n)?, now.published?);
    let from = match *unit {
        "giờ" | "tiếng" => to.checked_sub(((n + 23) / 24).days()),
        "ngày" => to.checked_sub(n.days()),
        "tuần" => to.checked_sub(n.weeks()),
        // In October "9 tháng qua" are those of the year.
        "tháng" if n == i64::from(to.month()) - 1 => return months(to.year(), 1, to.month() - 1),
        "tháng" if n == i64::from(to.month()) && to.day() >= 20 => return months(to.year(), 1, to.month()),
        "tháng" => to.checked_sub(n.months()),
        "năm" => to.checked_sub(n.years()),
        _ => return None,
    };
    ordered(from.ok()?, to)
}

/// "6 tháng đầu năm (2024)", "9 tháng năm 2021", "9 tháng", "3 tháng cuối năm", "9t/2013".
pub(super) fn first_months(tokens: &[&str], now: Now) -> Option<Days> {
    if let [one] = tokens {
        let (n, year) = one.split_once("t/")?;
        return months(full_year(year)?, 1, number(n)?);
    }
    let [n, unit, rest @ ..] = tokens else { return None };
    let n: i8 = number(n).filter(|n| (1..=12).contains(n))?;
    if let Some(year) = unit.strip_prefix("tháng/") {
        return months(full_year(year)?, 1, n).filter(|_| rest.is_empty());
    }
    if *unit != "tháng" {
        return None;
    }
    match rest {
        ["cuối", rest @ ..] => months(year(rest, now)?, 13 - n, 12),
        [] | ["đầu"] | ["đầu", "năm"] => {
            let anchor = now.anchor()?;
            // In January "9 tháng đầu năm" looks back; so does "9 tháng" before that month is over.
            let days = months(anchor.year(), 1, n)?;
            let open = if rest.is_empty() {
                anchor.checked_add(10.days()).ok()? < days.1
            } else {
                anchor.month() <= 2 && n >= 6
            };
            if open { shift_years(days, -1) } else { Some(days) }
        }
        ["đầu", rest @ ..] | rest => months(year(rest, now)?, 1, n),
    }
}
