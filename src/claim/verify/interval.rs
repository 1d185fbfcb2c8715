//! What a written number stands for: "97,1" is any number from 97,05 up to, but not including, 97,15.
//!
//! The rule is that of statcheck (Nuijten, Hartgerink, van Assen, Epskamp & Wicherts, *Behavior Research Methods*
//! 48, 2016): a number with d decimals stands for x ± ½·10⁻ᵈ, the arithmetic is redone at both ends, and the reported
//! number is wrong only if no point of the interval gives it. Three things are added for the press: a number may have
//! been **cut** instead of rounded ([x, x + 10⁻ᵈ)); a **hedge** widens it, and takes away the right to call it wrong
//! when it leaves fewer than three digits ("hơn 300"); a count is exact, unless it ends in three zeros or more.

use rust_decimal::Decimal;

use crate::article::span::{Bytes, Span};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind, Modifier};

/// From `low`, up to but not including `high`; a point when they are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
}

impl Interval {
    pub(super) const fn point(at: Decimal) -> Self {
        Self { low: at, high: at }
    }

    pub(super) fn contains(self, x: Decimal) -> bool {
        x == self.low || (self.low < x && x < self.high)
    }

    /// Whether some number is in both. Two intervals that only touch do meet: the ends of a computed one are no more
    /// certain than the rounding they came from.
    pub(super) fn meets(self, other: Self) -> bool {
        if self.low == self.high {
            return other.contains(self.low);
        }
        if other.low == other.high {
            return self.low <= other.low && other.low <= self.high;
        }
        self.low.max(other.low) <= self.high.min(other.high)
    }
}

/// A number with all that the article says of its precision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) value: Decimal,
    /// Digits after the decimal mark; negative when a scale word rounds it.
    pub(crate) decimals: i32,
    /// Whether it counts things that cannot be split.
    pub(crate) whole: bool,
    pub(crate) hedge: Option<Modifier>,
    /// Its words, where it has words of its own.
    pub(crate) words: Option<Span<Bytes>>,
}

impl Written {
    /// The value (or the numerator) of a claim.
    pub(super) fn of(claim: &Claim, text: &str) -> Self {
        Self {
            value: claim.value,
            decimals: claim.decimals,
            whole: matches!(claim.kind, Kind::Count | Kind::Ratio),
            hedge: claim.modifier.filter(|&hedge| !is_forecast(hedge, claim, text)),
            words: (claim.kind != Kind::Ratio).then_some(claim.span),
        }
    }

    /// The whole of a ratio.
    pub(super) fn denominator(claim: &Claim) -> Option<Self> {
        let hedge = claim.modifier;
        Some(Self { value: claim.denominator?, decimals: claim.decimals, whole: true, hedge, words: None })
    }

    /// A value that stands beside the claim (a target's own value), with the precision that its digits show.
    pub(super) fn bare(value: Decimal, whole: bool) -> Self {
        let value = value.normalize();
        let decimals = i32::try_from(value.scale()).unwrap_or(0);
        Self { value, decimals, whole, hedge: None, words: None }
    }

    /// Whether a mismatch with this number may be called an error.
    pub(super) fn is_firm(&self) -> bool {
        match self.hedge {
            None => true,
            Some(Modifier::AtLeast | Modifier::AtMost | Modifier::LessThan) => false,
            Some(_) => self.mantissa().is_some_and(|m| significant(m) >= 3),
        }
    }

    /// Whether it is one number and no interval.
    pub(super) fn is_exact(&self) -> bool {
        self.whole && self.hedge.is_none() && self.decimals == 0 && self.zeros() < 3
    }

    /// What it stands for when it was rounded half up.
    pub(crate) fn rounded(&self) -> Option<Interval> {
        if self.is_exact() {
            return Some(Interval::point(self.value));
        }
        let unit = self.step()?;
        let half = unit.checked_div(Decimal::TWO)?;
        let size = self.value.abs();
        // "hơn 1.254" is within two steps of its last digit; "hơn 300" within a tenth of itself.
        let wide = unit.checked_mul(Decimal::TWO)?.min(size.checked_div(Decimal::TEN)?);
        let slack = wide.checked_div(Decimal::from(4))?;
        let (below, above) = match self.hedge {
            None => (half, half),
            Some(Modifier::Approximately) => (wide, wide),
            Some(Modifier::MoreThan) => (slack, wide),
            Some(Modifier::Nearly) => (wide, slack),
            Some(Modifier::AtLeast) => (Decimal::ZERO, size.checked_mul(Decimal::TEN)?),
            Some(Modifier::AtMost | Modifier::LessThan) => (size, Decimal::ZERO),
        };
        if self.value.is_sign_negative() { self.spread(above, below) } else { self.spread(below, above) }
    }

    /// What it stands for when its last digit was cut instead.
    pub(crate) fn cut(&self) -> Option<Interval> {
        if self.is_exact() || self.hedge.is_some() {
            return self.rounded();
        }
        let unit = self.step()?;
        if self.value.is_sign_negative() { self.spread(unit, Decimal::ZERO) } else { self.spread(Decimal::ZERO, unit) }
    }

    /// Rounded or cut: from half a unit below to a unit above.
    fn either(&self) -> Option<Interval> {
        let (rounded, cut) = (self.rounded()?, self.cut()?);
        Some(Interval { low: rounded.low.min(cut.low), high: rounded.high.max(cut.high) })
    }

    fn spread(&self, below: Decimal, above: Decimal) -> Option<Interval> {
        Some(Interval { low: self.value.checked_sub(below)?, high: self.value.checked_add(above)? })
    }

    /// The worth of one step of the last digit that carries meaning.
    pub(crate) fn step(&self) -> Option<Decimal> {
        let zeros = self.zeros();
        // One or two zeros at the end of a count are digits like others; three say that it was rounded there. A hedge
        // says so of any zero. An amount says with its scale word where it was rounded.
        let round = if (self.whole && zeros >= 3) || self.hedge.is_some() { zeros } else { 0 };
        power_of_ten(round.checked_sub(self.decimals)?)
    }

    /// The zeros at the end of the digits that are written.
    pub(crate) fn zeros(&self) -> i32 {
        let Some(mut digits) = self.mantissa().filter(|&m| m != 0) else { return 0 };
        let mut zeros = 0;
        while digits % 10 == 0 {
            digits /= 10;
            zeros += 1;
        }
        zeros
    }

    /// The written digits as a whole number: 97,1 → 971, 1,25 tỷ → 125.
    pub(super) fn mantissa(&self) -> Option<i128> {
        let step = power_of_ten(self.decimals.checked_neg()?)?;
        let digits = self.value.checked_div(step)?;
        (digits.is_integer()).then(|| i128::try_from(digits.normalize()).ok()).flatten().map(i128::abs)
    }
}

/// The interval of an equation's result when every operand was rounded half up (or, with `cut`, rounded or cut).
///
/// Nothing for numbers below zero: which way the result moves would then depend on signs.
pub(super) fn result(equation: &Equation<Written>, cut: bool) -> Option<Interval> {
    let end = |high: bool| {
        equation
            .map(|operand, rises| {
                let interval = if cut { operand.either()? } else { operand.rounded()? };
                if operand.value.is_sign_negative() {
                    return None;
                }
                Some(if rises == high { interval.high } else { interval.low }.max(Decimal::ZERO))
            })?
            .value()
    };
    Some(Interval { low: end(false)?, high: end(true)? })
}

/// 10 to the power of `n`, where a decimal can hold it.
pub(crate) fn power_of_ten(n: i32) -> Option<Decimal> {
    let digits = Some(n.unsigned_abs()).filter(|&digits| digits <= 28)?;
    if n < 0 {
        Decimal::try_new(1, digits).ok()
    } else {
        Decimal::try_from_i128_with_scale(10_i128.checked_pow(digits)?, 0).ok()
    }
}

/// "ước đạt 1.250,5 tỷ": a forecast hedges the future, not the digits.
fn is_forecast(hedge: Modifier, claim: &Claim, text: &str) -> bool {
    let before = text.get(..claim.span.start as usize).unwrap_or_default().trim_end();
    hedge == Modifier::Approximately
        && ["ước", "ước đạt", "ước thực hiện", "Ước", "Ước đạt", "Ước thực hiện"]
            .iter()
            .any(|cue| before.ends_with(cue))
}

/// How many digits carry meaning.
fn significant(mut digits: i128) -> u32 {
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
    }
    digits.checked_ilog10().map_or(0, |log| log + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn written(value: &str, decimals: i32, whole: bool, hedge: Option<Modifier>) -> Written {
        Written { value: d(value), decimals, whole, hedge, words: None }
    }

    fn ends(interval: Option<Interval>) -> (Decimal, Decimal) {
        let interval = interval.expect("an interval");
        (interval.low, interval.high)
    }

    #[test]
    fn a_number_stands_for_half_a_step_on_each_side() {
        assert_eq!(ends(written("97.1", 1, false, None).rounded()), (d("97.05"), d("97.15")));
        assert_eq!(ends(written("1250000000", -7, false, None).rounded()), (d("1245000000"), d("1255000000")));
        assert_eq!(ends(written("97.1", 1, false, None).cut()), (d("97.1"), d("97.2")));
    }

    #[test]
    fn a_count_is_exact_until_it_ends_in_three_zeros() {
        assert_eq!(ends(written("4979", 0, true, None).rounded()), (d("4979"), d("4979")));
        assert_eq!(ends(written("600", 0, true, None).rounded()), (d("600"), d("600")));
        assert_eq!(ends(written("41000", 0, true, None).rounded()), (d("40500"), d("41500")));
    }

    #[test]
    fn a_hedge_opens_the_side_that_it_names() {
        assert_eq!(ends(written("300", 0, true, Some(Modifier::MoreThan)).rounded()), (d("292.5"), d("330")));
        assert_eq!(ends(written("1254", 0, true, Some(Modifier::MoreThan)).rounded()), (d("1253.5"), d("1256")));
        assert_eq!(ends(written("100", 0, true, Some(Modifier::LessThan)).rounded()), (d("0"), d("100")));
    }

    #[test]
    fn only_a_hedge_that_leaves_three_digits_is_firm() {
        assert!(written("1254", 0, true, Some(Modifier::MoreThan)).is_firm());
        assert!(!written("300", 0, true, Some(Modifier::MoreThan)).is_firm());
        assert!(!written("1254", 0, true, Some(Modifier::AtLeast)).is_firm());
    }

    #[test]
    fn numbers_too_large_to_widen_have_no_interval() {
        assert_eq!(written(&Decimal::MAX.to_string(), 0, false, None).rounded(), None);
        assert_eq!(written("5", -40, false, None).rounded(), None);
        assert_eq!(written("5", i32::MIN, false, None).rounded(), None);
    }
}
