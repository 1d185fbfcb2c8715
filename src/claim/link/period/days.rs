//! Stretches of the calendar: a month, a quarter, the last third of September ("cuối tháng 9").

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// First and last day.
pub(super) type Days = (Date, Date);

/// Which part of a year or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// đầu
    Start,
    /// giữa
    Middle,
    /// cuối
    End,
}

/// The two as a stretch, unless they run backwards.
pub(super) fn ordered(from: Date, to: Date) -> Option<Days> {
    (from <= to).then_some((from, to))
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The months `first` to `last` of one year.
pub(super) fn months(year: i16, first: i8, last: i8) -> Option<Days> {
    let (first, last) = (day(year, first, 1)?, day(year, last, 1)?);
    (first <= last).then(|| (first, last.last_of_month()))
}

pub(super) fn quarter(year: i16, quarter: i8) -> Option<Days> {
    let last = quarter.checked_mul(3)?;
    months(year, last.checked_sub(2)?, last)
}

/// The years `first` to `last`.
pub(super) fn years(first: i16, last: i16) -> Option<Days> {
    let (first, last) = (day(first, 1, 1)?, day(last, 12, 31)?);
    (first < last).then_some((first, last))
}

/// A part of a year: its first quarter, its last, or the two between.
pub(super) fn part_of_year(year: i16, part: Part) -> Option<Days> {
    match part {
        Part::Start => months(year, 1, 3),
        Part::Middle => months(year, 4, 9),
        Part::End => months(year, 10, 12),
    }
}

/// A third of a month.
pub(super) fn part_of_month(month: Days, part: Part) -> Option<Days> {
    let (first, last) = month;
    let at = |d: i8| day(first.year(), first.month(), d);
    Some(match part {
        Part::Start => (first, at(10)?),
        Part::Middle => (at(11)?, at(20)?),
        Part::End => (at(21)?, last),
    })
}

/// Monday to Sunday of the week `weeks` after the one of `date`.
pub(super) fn week(date: Date, weeks: i64) -> Option<Days> {
    let monday = date.checked_sub(i64::from(date.weekday().since(Weekday::Monday)).days()).ok()?;
    let monday = monday.checked_add(weeks.weeks()).ok()?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// `days` moved by whole years, keeping month ends: to 29 February 2024 belongs 28 February 2023.
pub(super) fn shift_years(days: Days, years: i64) -> Option<Days> {
    let shift = |date: Date| date.checked_add(years.years()).ok();
    let (from, to) = (shift(days.0)?, shift(days.1)?);
    Some((from, if days.1 == days.1.last_of_month() { to.last_of_month() } else { to }))
}

/// `days` moved by whole months, keeping month ends.
pub(super) fn shift_months(days: Days, months: i64) -> Option<Days> {
    let shift = |date: Date| date.checked_add(months.months()).ok();
    let (from, to) = (shift(days.0)?, shift(days.1)?);
    Some((from, if days.1 == days.1.last_of_month() { to.last_of_month() } else { to }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn month_ends_survive_a_shift() {
        let february = (date(2024, 2, 1), date(2024, 2, 29));
        assert_eq!(shift_years(february, -1), Some((date(2023, 2, 1), date(2023, 2, 28))));
        assert_eq!(shift_months(february, 1), Some((date(2024, 3, 1), date(2024, 3, 31))));
    }

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(week(date(2023, 5, 11), 0), Some((date(2023, 5, 8), date(2023, 5, 14))));
        assert_eq!(week(date(2023, 5, 14), -1), Some((date(2023, 5, 1), date(2023, 5, 7))));
    }

    #[test]
    fn what_the_calendar_does_not_have_is_nothing() {
        assert_eq!(day(2023, 2, 29), None);
        assert_eq!(quarter(2023, 5), None);
        assert_eq!(years(2025, 2021), None);
        assert_eq!(years(9999, 10000), None);
    }
}
