//! Halves and doubles in words: `nửa giờ` → 0.5 giờ, `nửa triệu người` → 500 000, `gấp đôi` → 2, `gấp rưỡi` → 1.5.

use rust_decimal::Decimal;

use super::reader::Reader;
use super::unit::{self, Unit};
use super::{Amount, scale};
use crate::article::span::{Span, Tokens};
use crate::claim::lexicon::Class;

impl Reader<'_, '_> {
    /// What is half or double at token `i`, if anything.
    pub(super) fn half_or_double(&self, i: usize) -> Option<Amount> {
        if !self.page.s.is_word(i) {
            return None;
        }
        self.folded(i).or_else(|| self.half_of(i))
    }

    /// "gấp đôi", "nhân đôi", "gấp rưỡi": so many times.
    fn folded(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        let value = if page.is(i, Class::Double) {
            Decimal::TWO
        } else if page.is(i, Class::Half) {
            Decimal::new(15, 1)
        } else {
            return None;
        };
        let verb = i.checked_sub(1).filter(|&at| at >= self.lo)?;
        // "bệnh nhân đôi khi": neither a verb nor a number.
        let folds = page.w(verb) == "gấp"
            || page.w(verb) == "nhân" && page.is(i, Class::Double) && !self.inside_a_word(verb, i);
        if !folds || page.is(i, Class::NotCount) {
            return None;
        }
        let mut amount = self.bare(i, i + 1);
        amount.value = value;
        amount.decimals = i32::from(!value.is_integer());
        amount.one_word = true;
        Some(amount)
    }

    /// Whether a longer noun ends with the word at `verb`: "bệnh nhân".
    fn inside_a_word(&self, verb: usize, end: usize) -> bool {
        [Class::Noun, Class::Countable]
            .iter()
            .any(|&class| self.page.before(self.lo, end, class).is_some_and(|(start, _)| start < verb))
    }

    /// "nửa giờ", "nửa thế kỷ", "nửa cân", "nửa triệu USD"; "nửa năm qua" is a window, "nửa đêm" a time.
    fn half_of(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        let at = i + page.get(i, Class::HalfOf)?.0;
        let mut amount = self.bare(i, at);
        amount.value = Decimal::new(5, 1);
        amount.decimals = 1;
        if i > self.lo && (page.is(i - 1, Class::Digit) || page.s.is_number(i - 1)) {
            return None;
        }
        if let Some((exponent, end)) = scale::scale(page, at).filter(|&(_, end)| end <= self.hi) {
            amount.value = amount.value.checked_mul(scale::power(exponent)?)?.normalize();
            amount.decimals = 1_i32.saturating_sub(i32::try_from(exponent).ok()?);
            amount.scaled = true;
            amount.number_end = end;
            amount.tokens = Span::of(i, end);
            if let Some((unit, end)) = unit::read(page, end, false, true).filter(|(_, end)| *end <= self.hi) {
                amount.unit = unit;
                amount.tokens.end = Span::<Tokens>::of(0, end).end;
            }
        } else {
            let (unit, end) = unit::read(page, at, false, false).filter(|(_, end)| *end <= self.hi)?;
            let measured = match &unit {
                Unit::Time(name, _) => !matches!(name.as_str(), "đêm" | "quý" | "mùa" | "ngày đêm"),
                Unit::Measure(name, _) => !matches!(name.as_str(), "độ" | "lượng" | "khối"),
                _ => false,
            };
            if !measured || page.is(end, Class::Window) || page.s.is_number(end) {
                return None;
            }
            amount.unit = unit;
            amount.tokens = Span::of(i, end);
        }
        self.finish(&mut amount);
        Some(amount)
    }
}
