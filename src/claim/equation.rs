//! The few arithmetical shapes that claims can take together, as data: "67/69 … (chiếm 97,1%)" is a [`Equation::Share`].
//!
//! A kind is how people say it; an equation is what must hold. Price rises, falling case counts and growth are all
//! [`Equation::Growth`]. Everything is exact and checked: what overflows or divides by zero has no value.

use rust_decimal::Decimal;

/// What must hold between numbers; `T` is an exact number, or one as the article wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Equation<T> {
    /// part ÷ whole × 100, in per cent.
    Share {
        /// The part.
        part: T,
        /// The whole, or the target that the part is measured against.
        whole: T,
    },
    /// (to − from) ÷ from × 100, in per cent; a fall is negative.
    Growth {
        /// The level before, or the target.
        from: T,
        /// The level after.
        to: T,
    },
    /// to − from, in the unit of both.
    Difference {
        /// The level before.
        from: T,
        /// The level after.
        to: T,
    },
    /// The sum of the parts.
    Sum(Vec<T>),
    /// total ÷ number: an average or a rate.
    Quotient {
        /// What is spread.
        total: T,
        /// Over how many.
        number: T,
    },
}

impl<T> Equation<T> {
    /// The operands in order, each with whether the result rises with it (for numbers above zero).
    pub fn operands(&self) -> Vec<(&T, bool)> {
        match self {
            Self::Share { part, whole } => vec![(part, true), (whole, false)],
            Self::Growth { from, to } | Self::Difference { from, to } => vec![(from, false), (to, true)],
            Self::Sum(parts) => parts.iter().map(|part| (part, true)).collect(),
            Self::Quotient { total, number } => vec![(total, true), (number, false)],
        }
    }

    /// The same shape over other numbers: `f` is given each operand and whether the result rises with it.
    ///
    /// Nothing when `f` has nothing for some operand.
    pub fn map<U>(&self, mut f: impl FnMut(&T, bool) -> Option<U>) -> Option<Equation<U>> {
        Some(match self {
            Self::Share { part, whole } => Equation::Share { part: f(part, true)?, whole: f(whole, false)? },
            Self::Growth { from, to } => Equation::Growth { from: f(from, false)?, to: f(to, true)? },
            Self::Difference { from, to } => Equation::Difference { from: f(from, false)?, to: f(to, true)? },
            Self::Sum(parts) => Equation::Sum(parts.iter().map(|part| f(part, true)).collect::<Option<_>>()?),
            Self::Quotient { total, number } => {
                Equation::Quotient { total: f(total, true)?, number: f(number, false)? }
            }
        })
    }
}

impl Equation<Decimal> {
    /// What the numbers give; nothing when that overflows or divides by zero.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Share { part, whole } => per_cent(*part, *whole),
            Self::Growth { from, to } => per_cent(to.checked_sub(*from)?, *from),
            Self::Difference { from, to } => to.checked_sub(*from),
            Self::Sum(parts) => parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part)),
            Self::Quotient { total, number } => total.checked_div(*number),
        }
    }
}

/// `part` in per cent of `whole`, multiplied first where that fits, so that a whole percentage stays exact.
fn per_cent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn each_shape_gives_its_value() {
        let value = |equation: Equation<Decimal>| equation.value().map(|v| v.round_dp(4).normalize());
        assert_eq!(value(Equation::Share { part: d("67"), whole: d("69") }), Some(d("97.1014")));
        assert_eq!(value(Equation::Growth { from: d("80"), to: d("100") }), Some(d("25")));
        assert_eq!(value(Equation::Difference { from: d("11.25"), to: d("2.89") }), Some(d("-8.36")));
        assert_eq!(value(Equation::Sum(vec![d("25"), d("6")])), Some(d("31")));
        assert_eq!(value(Equation::Quotient { total: d("900"), number: d("300") }), Some(d("3")));
    }

    #[test]
    fn what_overflows_or_divides_by_zero_has_no_value() {
        let huge = Decimal::MAX;
        assert_eq!(Equation::Share { part: d("1"), whole: d("0") }.value(), None);
        assert_eq!(Equation::Share { part: huge, whole: d("3") }.value(), None);
        assert_eq!(Equation::Sum(vec![huge, huge]).value(), None);
        assert_eq!(Equation::Growth { from: d("0"), to: d("5") }.value(), None);
    }
}
