//! Two written numbers: equal, the same thing said with fewer digits ("hơn 6.200" for 6.271), or apart by so much.

use rust_decimal::Decimal;

use super::figure::Figure;
use crate::claim;
use crate::claim::verify::{Interval, Written};
use crate::record::{Kind, Modifier};

/// What is measured, without its size: figures of two measures are not compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Measure {
    /// Counted things share one name; their nouns are compared as words.
    pub(super) name: String,
    /// How many of the measure's own unit one of the figure's unit is.
    pub(super) scale: Decimal,
}

/// Units of one dimension: name, dimension, how many of the base unit.
const SCALES: [(&str, &str, i64, u32); 17] = [
    ("mm", "m", 1, 3),
    ("cm", "m", 1, 2),
    ("m", "m", 1, 0),
    ("km", "m", 1000, 0),
    ("m2", "m2", 1, 0),
    ("ha", "m2", 10_000, 0),
    ("har", "m2", 10_000, 0),
    ("km2", "m2", 1_000_000, 0),
    ("g", "g", 1, 0),
    ("kg", "g", 1000, 0),
    ("tạ", "g", 100_000, 0),
    ("t", "g", 1_000_000, 0),
    ("tấn", "g", 1_000_000, 0),
    ("kW", "W", 1000, 0),
    ("MW", "W", 1_000_000, 0),
    ("kW.h", "W.h", 1000, 0),
    ("MW.h", "W.h", 1_000_000, 0),
];

impl Measure {
    /// Of a claim; none for kinds that are no quantity of one thing: ranks, scores, ages (they grow by themselves).
    #[must_use]
    pub(super) fn of(kind: Kind, unit: &str, code: Option<&str>) -> Option<Self> {
        if matches!(kind, Kind::Rank | Kind::Score | Kind::Age) {
            return None;
        }
        let counted = matches!(kind, Kind::Count | Kind::Ratio) || (kind == Kind::Change && code.is_none());
        if counted {
            return Some(Self { name: "#".to_owned(), scale: Decimal::ONE });
        }
        let unit = code.unwrap_or(unit);
        let known = SCALES.iter().find(|(name, ..)| *name == unit);
        Some(known.map_or_else(
            || Self { name: unit.to_owned(), scale: Decimal::ONE },
            |(_, base, times, places)| Self { name: (*base).to_owned(), scale: Decimal::new(*times, *places) },
        ))
    }
}

/// How two numbers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    /// One says the other with fewer digits.
    Rounded,
    /// They cannot both be right: the second minus the first, in the unit of the first.
    Apart(Decimal),
}

/// A number and its precision, in the base unit of its measure.
fn written(value: Decimal, decimals: i32, figure: &Figure, hedge: Option<Modifier>) -> Written {
    let hedge = hedge.map(|hedge| match hedge {
        Modifier::Approximately => claim::Modifier::Approximately,
        Modifier::Nearly => claim::Modifier::Nearly,
        Modifier::MoreThan => claim::Modifier::MoreThan,
        Modifier::LessThan => claim::Modifier::LessThan,
        Modifier::AtLeast => claim::Modifier::AtLeast,
        Modifier::AtMost => claim::Modifier::AtMost,
    });
    let whole = matches!(figure.kind, Kind::Count | Kind::Ratio);
    Written { value: value.normalize(), decimals, whole, hedge, words: None }
}

/// What a figure stands for, and the worth of the last digit that it states.
struct Stands {
    low: Decimal,
    high: Decimal,
    step: Decimal,
    hedged: bool,
}

fn stands(figure: &Figure, hedge: Option<Modifier>, scale: Decimal) -> Option<Stands> {
    let of = |value| -> Option<(Interval, Decimal)> {
        let written = written(value, figure.decimals, figure, hedge);
        let (rounded, cut) = (written.rounded()?, written.cut()?);
        let ends = Interval { low: rounded.low.min(cut.low), high: rounded.high.max(cut.high) };
        Some((ends, written.step()?))
    };
    let (low, step) = of(figure.value.0)?;
    let high = figure.value_max.map_or(Some(low), |max| Some(of(max.0)?.0))?;
    let times = |value: Decimal| value.checked_mul(scale);
    let hedged = hedge.is_some() || figure.value_max.is_some();
    Some(Stands { low: times(low.low)?, high: times(high.high)?, step: times(step)?, hedged })
}

/// Compares the values of two figures of one measure. `hedges` are those that hedge the digits (a forecast's "ước" does
/// not).
pub(super) fn relation(
    a: &Figure,
    b: &Figure,
    hedges: (Option<Modifier>, Option<Modifier>),
    scales: (Decimal, Decimal),
) -> Option<Relation> {
    let (first, second) = (a.value.0.checked_mul(scales.0)?, b.value.0.checked_mul(scales.1)?);
    let max = |figure: &Figure, scale| figure.value_max.and_then(|max| max.0.checked_mul(scale));
    if first == second && max(a, scales.0) == max(b, scales.1) {
        return Some(Relation::Equal);
    }
    let (x, y) = (stands(a, hedges.0, scales.0)?, stands(b, hedges.1, scales.1)?);
    // Two bare numbers with equally many digits say two things, however near they are.
    let vague = x.hedged || y.hedged || round(a) || round(b);
    let alike = !vague && x.step == y.step;
    let meet = x.low.max(y.low) < x.high.min(y.high) || x.low == y.low;
    let touches =
        |point: &Stands, other: &Stands| point.low == point.high && other.low <= point.low && point.low < other.high;
    if !alike
        && (meet || touches(&x, &y) || touches(&y, &x) || cut_to(a, b, scales) || cut_to(b, a, (scales.1, scales.0)))
    {
        return Some(Relation::Rounded);
    }
    let apart = (second.checked_sub(first)?).checked_div(scales.0)?;
    Some(Relation::Apart(apart))
}

/// Whether two digits or more at the end are zeros.
fn round(figure: &Figure) -> bool {
    zeros(figure) >= 2
}

fn zeros(figure: &Figure) -> i32 {
    written(figure.value.0, figure.decimals, figure, None).zeros()
}

/// Whether a bare "6.200" is the 6.271 of the other with its last digits cut or rounded.
fn cut_to(coarse: &Figure, fine: &Figure, scales: (Decimal, Decimal)) -> bool {
    let zeros = zeros(coarse);
    if zeros < 2 || coarse.value_max.is_some() {
        return false;
    }
    let ends = || -> Option<bool> {
        let step = claim::verify::power_of_ten(zeros.checked_sub(coarse.decimals)?)?.checked_mul(scales.0)?;
        let (coarse, fine) = (coarse.value.0.checked_mul(scales.0)?, fine.value.0.checked_mul(scales.1)?);
        let step = step.min(coarse.abs().checked_div(Decimal::TEN)?);
        let half = step.checked_div(Decimal::TWO)?;
        Some(coarse.checked_sub(half)? <= fine && fine < coarse.checked_add(step)?)
    };
    ends().unwrap_or(false)
}

/// The difference as a share of the larger number, 0 to 1, with four decimals.
pub(super) fn share(first: Decimal, apart: Decimal) -> Decimal {
    let second = first.saturating_add(apart);
    let larger = first.abs().max(second.abs());
    apart.abs().checked_div(larger).unwrap_or(Decimal::ONE).min(Decimal::ONE).round_dp(4)
}

/// The slip that would make one of the other: neighbouring digits swapped, one digit changed, a thousand or ten times.
pub(super) fn slip(first: Decimal, second: Decimal) -> Option<&'static str> {
    let (small, large) = (first.abs().min(second.abs()), first.abs().max(second.abs()));
    if small.is_zero() {
        return None;
    }
    for (times, what) in [(10, "lệch đúng 10 lần"), (100, "lệch đúng 100 lần"), (1000, "lệch đúng 1.000 lần")]
    {
        if small.checked_mul(Decimal::from(times)) == Some(large) {
            return Some(what);
        }
    }
    let scale = first.normalize().scale().max(second.normalize().scale());
    let digits = |value: Decimal| {
        let mut value = value.abs();
        value.rescale(scale);
        value.mantissa().to_string().into_bytes()
    };
    let (mut x, y) = (digits(first), digits(second));
    if x.len() != y.len() {
        return None;
    }
    let differ: Vec<usize> = (0..x.len()).filter(|&at| x[at] != y[at]).collect();
    match differ.as_slice() {
        [_] if x.len() > 2 => Some("khác nhau một chữ số"),
        [at, next] if at + 1 == *next => {
            x.swap(*at, *next);
            (x == y).then_some("hai chữ số cạnh nhau đổi chỗ")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(kind: Kind, value: &str, decimals: i32) -> Figure {
        let record = crate::extract(&crate::Article::from_text("a", "Xã Trà Vân có 12 hộ."));
        let mut figure = Figure::all(&record).remove(0);
        (figure.kind, figure.decimals) = (kind, decimals);
        figure.value = crate::record::Exact(value.parse().unwrap());
        figure
    }

    fn related(a: &Figure, b: &Figure, hedge: Option<Modifier>) -> Relation {
        relation(a, b, (None, hedge), (Decimal::ONE, Decimal::ONE)).unwrap()
    }

    #[test]
    fn fewer_digits_of_the_same_number_are_no_difference() {
        let exact = figure(Kind::Measurement, "6271", 0);
        assert_eq!(related(&exact, &figure(Kind::Measurement, "6200", 0), Some(Modifier::MoreThan)), Relation::Rounded);
        assert_eq!(related(&exact, &figure(Kind::Measurement, "6200", 0), None), Relation::Rounded);
        assert_eq!(related(&exact, &figure(Kind::Measurement, "6300", -2), None), Relation::Rounded);
        let third = figure(Kind::Percentage, "97.14", 2);
        assert_eq!(related(&third, &figure(Kind::Percentage, "97.1", 1), None), Relation::Rounded);
    }

    #[test]
    fn bare_numbers_with_equally_many_digits_are_apart() {
        let one = figure(Kind::Percentage, "63.2", 1);
        assert_eq!(related(&one, &figure(Kind::Percentage, "63.3", 1), None), Relation::Apart("0.1".parse().unwrap()));
        let count = figure(Kind::Count, "6271", 0);
        assert_eq!(related(&count, &figure(Kind::Count, "6217", 0), None), Relation::Apart(Decimal::from(-54)));
        assert_eq!(
            related(&count, &figure(Kind::Count, "7300", 0), Some(Modifier::MoreThan)),
            Relation::Apart(Decimal::from(1029))
        );
    }

    #[test]
    fn a_small_slip_is_named() {
        let slip = |a: &str, b: &str| slip(a.parse().unwrap(), b.parse().unwrap());
        assert_eq!(slip("6271", "6217"), Some("hai chữ số cạnh nhau đổi chỗ"));
        assert_eq!(slip("62.71", "627.1"), Some("lệch đúng 10 lần"));
        assert_eq!(slip("6271", "6471"), Some("khác nhau một chữ số"));
        assert_eq!(slip("6271", "5280"), None);
    }
}
