//! Two ends of one amount: `10-12%`, `3 đến 5 triệu USD`, `năm bảy người`; what the right end has holds for the left.

use rust_decimal::Decimal;

use super::Amount;
use super::number::{self, Number};
use super::reader::Reader;
use super::scale;
use super::unit;
use super::words::Manner;
use crate::article::span::{Span, Tokens};
use crate::claim::lexicon::{Class, Page};

/// "250-280.000 đồng": what the right end's groups of zeros multiply the left end with.
fn shared_thousands(page: &Page<'_>, left: &Number, right: &Number) -> Option<Decimal> {
    let (short, long) = (page.w(left.start), page.w(right.start));
    let plain = left.in_digits && short.len() <= 3 && short.bytes().all(|b| b.is_ascii_digit());
    let grouped = right.in_digits && !right.scaled && right.end == right.start + 1 && long.ends_with(".000");
    if !plain || !grouped || left.scaled {
        return None;
    }
    let thousands = if long.ends_with(".000.000") { Decimal::from(1_000_000) } else { Decimal::ONE_THOUSAND };
    let low = left.value.checked_mul(thousands)?;
    (low < right.value && low.checked_mul(Decimal::TEN)? >= right.value).then_some(thousands)
}

impl Reader<'_, '_> {
    /// `10-12%`, `3 đến 5 triệu USD`, `từ 900 triệu đến 1,2 tỷ đồng`: the right end's scale and unit hold for both.
    pub(super) fn range(&self, left: &Number) -> Option<Amount> {
        let page = self.page;
        let left_unit = unit::read(page, left.end, left.in_digits, left.scaled);
        let alone = self.manner == Manner::Alone;
        let joint = left_unit.as_ref().map_or(left.end, |(_, end)| *end);
        let hyphen = page.s.is_mark(joint, '-') || page.s.is_mark(joint, '~');
        let between = left.start > self.lo && page.w(left.start - 1) == "giữa";
        let or = page.w(joint) == "hoặc" && left.in_digits && left_unit.is_none() && !left.scaled;
        let word = matches!(page.w(joint), "đến" | "tới") || between && page.w(joint) == "và" || or;
        let adjacent = !left.in_digits && left.one_word && left_unit.is_none();
        let mut at = if hyphen || word {
            joint + 1
        } else if adjacent && left.one_word {
            if page.s.is_mark(joint, ',') { joint + 1 } else { joint }
        } else {
            return self.digit_neighbours(left);
        };
        if word && matches!(page.w(at), "hơn" | "gần" | "khoảng") {
            at += 1;
        }
        // "$10-$20": the right end repeats the currency.
        let repeated = left.start > self.lo
            && page.is(left.start - 1, Class::Money)
            && page.w(at) == page.w(left.start - 1)
            && page.s.tokens.get(at).map(|t| t.shape) == page.s.tokens.get(left.start - 1).map(|t| t.shape);
        at += usize::from(repeated);
        let right = number::read_as(page, at, self.manner).filter(|r| r.end <= self.hi)?;
        if !hyphen && !word {
            return self.neighbours(left, &right);
        }
        // "2 hoặc 3 hậu vệ" is a range, "5 hoặc 20 đồng" a choice.
        if or && right.value != left.value + Decimal::ONE {
            return None;
        }
        let right_unit = unit::read_as(page, right.end, right.in_digits, right.scaled, self.manner)
            .filter(|(_, end)| *end <= self.hi);
        // "từ sáu đến 12 tuổi"
        let timed =
            || word && left.one_word && matches!(right_unit, Some((unit::Unit::Age(_) | unit::Unit::Time(..), _)));
        if right.in_digits != left.in_digits && !right.scaled && !timed() {
            return None;
        }
        let mut low = left.value;
        let mut decimals = left.decimals;
        let shared = left.scale.is_none() && !left.scaled && left_unit.is_none();
        if shared && let Some(scale) = right.scale {
            low = low.checked_mul(scale::power(scale)?)?;
            decimals -= i32::try_from(scale).ok()?;
            // "300.000 đến 20 triệu đồng": the left end is whole by itself.
            if low > right.value && left.value >= Decimal::ONE_THOUSAND {
                low = left.value;
                decimals = left.decimals;
            }
        }
        if shared && let Some(thousands) = shared_thousands(page, left, &right) {
            low = low.checked_mul(thousands)?;
            decimals -= i32::try_from(thousands.to_string().len() - 1).ok()?;
        }
        // "từ 3% lên 5%" has no joint of these; "tăng từ 3% đến 5%" gives two levels, "giảm từ 3 đến 4 triệu đồng" a
        // difference.
        let one_sort =
            left_unit.is_none() && matches!(right_unit, Some((unit::Unit::Percent | unit::Unit::Money(_), _)));
        let levels = word
            && !one_sort
            && left.start > self.lo
            && page.w(left.start - 1) == "từ"
            && left.start > self.lo + 1
            && (page.is(left.start - 2, Class::Up) || page.is(left.start - 2, Class::Down));
        let sorts = match (&left_unit, &right_unit) {
            (Some((a, _)), Some((b, _))) => a.same_sort(b),
            (Some(_), None) => false,
            _ => true,
        };
        if levels || !sorts || low > right.value || low == right.value && hyphen {
            return None;
        }
        let end = right_unit.as_ref().map_or(right.end, |(_, end)| *end);
        if hyphen && right_unit.is_none() && !right.scaled {
            let counted = page.is(end, Class::Countable)
                || page.is(end, Class::Classifier)
                || page.is(end, Class::Noun)
                || page.s.is_mark(end, '/');
            let sport = (self.lo.max(left.start.saturating_sub(4))..left.start)
                .any(|k| matches!(page.w(k), "số" | "thắng" | "thua" | "hoà" | "dẫn" | "hạ"));
            let years = [low, right.value].iter().all(|v| (1900..2100).any(|year| *v == Decimal::from(year)));
            // "52,3 - 53,1 và 48,6 - 50,2 triệu đồng": the unit stands behind the second range.
            if !counted && let Some((unit, scale)) = self.unit_of_next_range(&right) {
                let times = scale::power(scale)?;
                let mut amount = self.bare(left.start, end);
                amount.number_end = right.end;
                amount.value = low.checked_mul(times)?.normalize();
                amount.value_max = Some(right.value.checked_mul(times)?);
                amount.decimals = decimals.max(right.decimals) - i32::try_from(scale).ok()?;
                (amount.in_digits, amount.scaled, amount.unit) = (true, scale > 0, unit);
                return Some(amount);
            }
            if sport || years || !counted && !alone && !repeated {
                return None;
            }
        }
        let mut amount = self.bare(left.start, end);
        amount.number_end = right.end;
        amount.value = low.normalize();
        amount.value_max = Some(right.value);
        amount.decimals = decimals.max(right.decimals);
        amount.scaled = right.scaled;
        amount.in_digits = right.in_digits;
        if let Some((unit, _)) = right_unit {
            amount.unit = unit;
        } else if self.age(left) {
            amount.unit = unit::Unit::Age("tuổi".to_owned());
        } else if let Some((code, start)) = self.currency_before(left.start) {
            amount.unit = unit::Unit::Money(code.into());
            amount.tokens.start = Span::<Tokens>::of(start, start).start;
        }
        Some(amount)
    }

    /// The unit and scale of the range that stands behind this one's right end and a conjunction.
    fn unit_of_next_range(&self, right: &Number) -> Option<(unit::Unit, u32)> {
        let page = self.page;
        let (left, joint) = (number::read(page, right.end + 1)?, right.end);
        if page.w(joint) != "và" || !left.in_digits || left.scaled || !page.s.is_mark(left.end, '-') {
            return None;
        }
        let last =
            number::read(page, left.end + 1).filter(|n| n.in_digits && n.value > left.value && n.end < self.hi)?;
        let (unit, end) = unit::read(page, last.end, true, last.scaled).filter(|(_, end)| *end <= self.hi)?;
        let unit = match unit::per(page, end, false).filter(|(_, end)| *end <= self.hi) {
            Some((per, _)) => unit::Unit::Rate(Box::new(unit), per),
            None => unit,
        };
        (left.decimals == last.decimals || last.scaled).then_some((unit, last.scale.unwrap_or(0)))
    }

    /// "1, 2 năm": neighbouring digits of one unit, where no list of numbers stands.
    fn digit_neighbours(&self, left: &Number) -> Option<Amount> {
        let page = self.page;
        let (at, comma) = (left.end + 1, left.end);
        let digit = |i: usize| page.s.is_number(i) && page.w(i).len() == 1;
        let listed = left.start > self.lo
            && (page.is(left.start - 1, Class::Label) || page.s.is_number(left.start - 1))
            || left.start > self.lo + 1 && page.s.is_mark(left.start - 1, ',') && page.s.is_number(left.start - 2);
        if !digit(left.start) || !page.s.is_mark(comma, ',') || page.s.is_glued(at) || !digit(at) || listed {
            return None;
        }
        let right = number::read(page, at).filter(|r| !r.scaled && r.end < self.hi)?;
        let (unit, end) = unit::read(page, right.end, true, false).filter(|(_, end)| *end <= self.hi)?;
        if right.value != left.value + Decimal::ONE || !matches!(unit, unit::Unit::Time(..) | unit::Unit::Times) {
            return None;
        }
        let mut amount = self.bare(left.start, end);
        amount.number_end = right.end;
        amount.value = left.value;
        amount.value_max = Some(right.value);
        amount.unit = unit;
        Some(amount)
    }

    /// "hai, ba trăm hộ", "năm bảy người", "ba bốn lần": neighbouring digits make a range.
    fn neighbours(&self, left: &Number, right: &Number) -> Option<Amount> {
        let page = self.page;
        // "hai, ba trăm", "năm bảy chục": what multiplies the right digit multiplies the left one.
        let tens = if right.bare < Decimal::ONE_HUNDRED { Decimal::TEN } else { Decimal::ONE_HUNDRED };
        let times = if right.bare >= Decimal::TEN
            && (page.is(right.start + 1, Class::Hundred)
                || page.is(right.start + 1, Class::Dozen)
                || page.is(right.start + 1, Class::Tens))
            && (right.bare % tens).is_zero()
        {
            tens
        } else {
            Decimal::ONE
        };
        let step = right.bare / times - left.bare;
        let close = step == Decimal::ONE || step == Decimal::TWO;
        if right.in_digits
            || !close
            || left.value >= Decimal::TEN
            || left.bare.is_zero()
            || page.is(left.start, Class::NotCount)
            || page.is(right.start, Class::NotCount)
        {
            return None;
        }
        let words = 1 + usize::from(right.scale.is_some()) + usize::from(times > Decimal::ONE);
        let single = right.one_word || right.end == right.start + words && words > 1;
        let unit = unit::read(page, right.end, false, right.scaled).filter(|(_, end)| *end <= self.hi);
        let counted = unit.is_some()
            || right.scaled
            || times > Decimal::ONE
            || page.is(right.end, Class::Countable)
            || page.is(right.end, Class::Classifier);
        if !single || !counted {
            return None;
        }
        let factor = right.scale.and_then(scale::power).unwrap_or(Decimal::ONE).checked_mul(times)?;
        let mut amount = self.bare(left.start, unit.as_ref().map_or(right.end, |(_, e)| *e));
        amount.number_end = right.end;
        amount.value = left.bare.checked_mul(factor)?;
        amount.value_max = Some(right.value);
        amount.decimals = right.decimals;
        amount.scaled = right.scaled;
        if let Some((unit, _)) = unit {
            amount.unit = unit;
        }
        Some(amount)
    }
}
