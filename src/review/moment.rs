//! Whether two figures are of one moment: "năm 2023" twice is, "9 tháng" and "năm 2023" are not, and a toll without a
//! period grows from one day's article to the next.

use jiff::civil::Date;

use super::figure::Figure;
use crate::article::normalise::fold::folded;
use crate::record::Kind;

/// How the moments of two figures stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moments {
    /// One moment; how sure that is, in percent.
    Same(u8),
    /// Two.
    Other,
    /// The figure without a period may have grown between the two articles.
    Grown,
    /// Too little is said.
    Unknown,
}

/// Days after the end of a period in which an article that names none may still speak of it.
const LATE: i64 = 120;
/// Days between two articles without a period that may still speak of one moment.
const NEAR: i64 = 31;
/// The same for what lasts.
const YEARS: i64 = 5 * 366;

/// Whether words say no more than that it is so now, whatever day was made of them.
pub(super) fn is_now(period: Option<&str>) -> bool {
    let now = ["nay", "đến nay", "hiện nay", "hiện", "hiện tại", "tới nay", "hiện giờ", "cho đến nay", "tính đến nay"];
    period.is_some_and(|words| now.contains(&folded(words).as_str()))
}

fn apart(a: Date, b: Date) -> i64 {
    a.since(b).map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}

/// Compares when. `lasting` things have no moment.
pub(super) fn moments(a: &Figure, b: &Figure, lasting: bool) -> Moments {
    match (is_now(a.period.as_deref()), is_now(b.period.as_deref())) {
        (true, false) if b.days.is_some() => return moments(&silent(a), b, lasting),
        (false, true) if a.days.is_some() => return moments(a, &silent(b), lasting),
        _ => {}
    }
    let published = a.published.zip(b.published).map(|(a, b)| apart(a, b));
    // What lasts may still be told by years: "tổng vốn đầu tư năm 2022".
    let long = |figure: &Figure| figure.days.is_some_and(|(from, to)| apart(from, to) > 27);
    if lasting && !(long(a) && long(b)) {
        return if published.is_some_and(|days| days > YEARS) { Moments::Unknown } else { Moments::Same(85) };
    }
    match (a.days, b.days) {
        (Some(x), Some(y)) if x == y => Moments::Same(100),
        // "đến ngày 31/12/2023" and "năm 2023" end together.
        (Some(x), Some(y)) if x.1 == y.1 && (x.0 == x.1 || y.0 == y.1) => Moments::Same(60),
        // So do the end of a year and the year, of what is counted at a moment.
        (Some(x), Some(y)) if x.1 == y.1 && (at_end(a) || at_end(b)) => Moments::Same(60),
        (Some(_), Some(_)) => Moments::Other,
        (None, None) => match (a.period.as_deref(), b.period.as_deref()) {
            (Some(x), Some(y)) if same_words(x, y) => near(a, b, published, 90),
            (Some(_), Some(_)) => Moments::Other,
            (None, None) => near(a, b, published, 70),
            _ => Moments::Unknown,
        },
        (Some((from, to)), None) => assumed(b, from, to),
        (None, Some((from, to))) => assumed(a, from, to),
    }
}

/// "cuối năm 2023", "đến hết năm 2023".
fn at_end(figure: &Figure) -> bool {
    figure.period.as_deref().is_some_and(|words| {
        let words = folded(words);
        ["cuối", "hết", "đến"].iter().any(|cue| words.split(' ').any(|word| word == *cue))
    })
}

fn silent(figure: &Figure) -> Figure {
    Figure { period: None, days: None, ..figure.clone() }
}

fn same_words(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// Neither says when: articles of about one day do.
fn near(a: &Figure, b: &Figure, days: Option<i64>, sure: u8) -> Moments {
    let Some(days) = days else { return Moments::Unknown };
    let counted = matches!(a.kind, Kind::Count | Kind::Ratio);
    let grown = match (a.published < b.published, a.published == b.published) {
        (_, true) => false,
        (true, _) => b.value > a.value,
        (false, _) => a.value > b.value,
    };
    if counted && grown {
        Moments::Grown
    } else if days <= NEAR {
        Moments::Same(sure)
    } else {
        Moments::Unknown
    }
}

/// One says when, the other nothing: its own day decides.
fn assumed(silent: &Figure, from: Date, to: Date) -> Moments {
    let Some(published) = silent.published.filter(|_| silent.period.is_none()) else { return Moments::Unknown };
    let soon = published >= from && (published <= to || apart(published, to) <= LATE);
    if soon { Moments::Same(50) } else { Moments::Unknown }
}
