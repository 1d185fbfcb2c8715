//! One number of a sentence with all that clings to it: `khoảng 1 giờ 30 phút` → 1.5 giờ, approximately.

use rust_decimal::Decimal;

use super::number::{self, Number};
use super::unit::{self, Unit};
use super::words::Manner;
use super::{Amount, NonClaim, calendar, fraction, hedge, label, ratio, scale};
use crate::article::span::{Span, Tokens};
use crate::claim::lexicon::{Class, Page};

/// Reads inside one sentence.
pub(super) struct Reader<'p, 't> {
    pub page: &'p Page<'t>,
    /// First token of the sentence.
    pub lo: usize,
    /// One past its last token.
    pub hi: usize,
    /// Whether the number is all that the text says.
    pub manner: Manner,
}

impl Reader<'_, '_> {
    pub(super) fn non_claim(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        let (reason, end) = calendar::read(page, self.lo, i, self.hi)
            .map(|(when, end)| (if when == calendar::When::Date { NonClaim::Date } else { NonClaim::Time }, end))
            .or_else(|| label::read(page, self.lo, i, self.hi))?;
        let end = end.min(self.hi);
        let mut amount = self.bare(i, end);
        amount.non_claim = Some(reason);
        Some(amount)
    }

    pub(super) fn bare(&self, i: usize, end: usize) -> Amount {
        Amount {
            tokens: Span::of(i, end),
            number_end: end,
            hedge_start: i,
            value: Decimal::ZERO,
            value_max: None,
            denominator: None,
            decimals: 0,
            unit: Unit::None,
            modifier: None,
            sign: None,
            in_digits: self.page.s.is_number(i),
            one_word: false,
            scaled: false,
            other: None,
            non_claim: None,
        }
    }

    pub(super) fn amount(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        if let Some(amount) = self.half_or_double(i) {
            return Some(amount);
        }
        if let Some(found) = ratio::read(page, self.lo, i, self.hi, self.manner) {
            let mut amount = self.bare(i, found.end);
            amount.value = found.part;
            amount.denominator = Some(found.whole);
            self.fraction_of_unit(&mut amount);
            self.minus(&mut amount);
            self.sign(&mut amount);
            let from = amount.start() - usize::from(amount.sign.is_some());
            (amount.modifier, amount.hedge_start) = hedge::before(page, self.lo, from, &Unit::None);
            return Some(amount);
        }
        let first = number::read_as(page, i, self.manner)?;
        if first.end > self.hi {
            return None;
        }
        let mut amount = self.mixed(&first).or_else(|| self.range(&first)).unwrap_or_else(|| self.single(&first));
        if amount.one_word && self.manner == Manner::Running && !self.word_counts(&amount) {
            return None;
        }
        self.finish(&mut amount);
        Some(amount)
    }

    /// "5 2/3": seventeen thirds, where no decimal holds the value.
    fn mixed(&self, number: &Number) -> Option<Amount> {
        let ((part, whole), end) = fraction::proper_fraction(self.page, number.end)?;
        if !number.in_digits || number.scaled || !number.value.is_integer() || end > self.hi {
            return None;
        }
        let whole = Decimal::from(whole);
        let mut amount = self.bare(number.start, end);
        amount.value = number.value.checked_mul(whole)?.checked_add(Decimal::from(part))?;
        amount.denominator = Some(whole);
        Some(amount)
    }

    /// "1/2 kg" is half a kilogram; "8/10 tấn" stays a part of a whole.
    fn fraction_of_unit(&self, amount: &mut Amount) {
        let Some(whole) = amount.denominator else { return };
        let alone = self.manner == Manner::Alone;
        let small = [2, 3, 4, 5, 8].iter().any(|&n| whole == Decimal::from(n)) && amount.value < whole;
        let Some((unit, end)) = unit::read_as(self.page, amount.end(), amount.in_digits, false, self.manner) else {
            return;
        };
        if end > self.hi || !(alone || small && matches!(unit, Unit::Measure(..))) {
            return;
        }
        match amount.value.checked_div(whole).map(|v| v.normalize()).filter(|v| v.scale() <= 12) {
            Some(value) => {
                amount.value = value;
                amount.decimals = i32::try_from(value.scale()).unwrap_or(0);
                amount.denominator = None;
            }
            None if !alone => return,
            None => {}
        }
        amount.unit = unit;
        amount.tokens.end = Span::<Tokens>::of(0, end).end;
    }

    /// One number with its unit.
    pub(super) fn single(&self, number: &Number) -> Amount {
        let page = self.page;
        let mut amount = self.bare(number.start, number.end);
        amount.value = number.value;
        amount.decimals = number.decimals;
        amount.in_digits = number.in_digits;
        amount.one_word = number.one_word;
        amount.scaled = number.scaled;
        amount.other = number.other;
        if let Some((unit, end)) = unit::read_as(page, number.end, number.in_digits, number.scaled, self.manner)
            && end <= self.hi
        {
            amount.unit = unit;
            amount.tokens.end = Span::<Tokens>::of(0, end).end;
            self.half_unit(&mut amount);
            self.lower_units(&mut amount);
        } else if number.end < self.hi && scale::is_resolution(page, number.end) {
            amount.unit = Unit::Measure("K".to_owned(), String::new());
            amount.tokens.end += 1;
        } else if let Some((unit, end)) = self.screen(number).or_else(|| self.inches(number)) {
            amount.unit = unit;
            amount.tokens.end = Span::<Tokens>::of(0, end).end;
        } else if let Some(unit) = self.dimension(number) {
            amount.unit = unit;
        } else if let Some(code) = self.currency_before(number.start) {
            amount.unit = Unit::Money(code.0.into());
            amount.tokens.start = Span::<Tokens>::of(code.1, code.1).start;
        } else if self.age(number) {
            amount.unit = Unit::Age("tuổi".to_owned());
        }
        amount
    }

    /// "ở tuổi 60": the unit stands before.
    pub(super) fn age(&self, number: &Number) -> bool {
        let (page, at) = (self.page, number.start);
        let hedge = usize::from(at > self.lo && matches!(page.w(at - 1), "ngoài" | "gần" | "trên" | "khoảng" | "từ"));
        let of = at > self.lo + hedge && page.w(at - 1 - hedge) == "tuổi";
        let group = of && at > self.lo + hedge + 1 && matches!(page.w(at - 2 - hedge), "nhóm" | "lứa");
        number.in_digits
            && !number.scaled
            && of
            && !group
            && !page.s.is_mark(number.end, '-')
            && page.w(at).len() <= 3
            && number.value.is_integer()
            && !page.is(number.end, Class::Countable)
    }

    /// `$5`, `US$ 5 triệu`, `USD 300`: the currency stands first.
    pub(super) fn currency_before(&self, i: usize) -> Option<(String, usize)> {
        let page = self.page;
        let (start, mark) = page.m.ending(self.lo, i, Class::Money).map(|(s, m)| (s.start as usize, m))?;
        let symbol = !page.s.is_word(i - 1);
        let code = page.s.is_word(i - 1)
            && page.s.tokens[i - 1].case == crate::article::segment::Case::Upper
            && page.w(i - 1).len() == 3;
        let free = start == self.lo || !(page.s.is_number(start - 1) || page.is(start - 1, Class::Scale));
        (free && (symbol || code)).then(|| (page.lex.code(mark.row).to_owned(), start))
    }

    /// "4 năm rưỡi", "hai đô rưỡi".
    fn half_unit(&self, amount: &mut Amount) {
        let page = self.page;
        let end = amount.end();
        if !amount.scaled
            && end < self.hi
            && page.is(end, Class::Half)
            && amount.value.is_integer()
            && let Some(sum) = amount.value.checked_add(Decimal::new(5, 1))
        {
            amount.value = sum;
            amount.decimals = 1;
            amount.tokens.end += 1;
        }
    }

    /// `1m75`, `1kg2`, `37 độ 5`: decimals behind the unit.
    fn decimals_behind(&self, amount: &mut Amount) {
        let page = self.page;
        let at = amount.end();
        let Unit::Measure(name, _) = &amount.unit else { return };
        let digits = page.w(at);
        let glued = page.s.is_glued(at) && matches!(digits.len(), 1 | 2);
        let last = digits.len() == 1 && !page.s.is_word(at + 1) && !page.s.is_mark(at + 1, '/');
        let units = if glued {
            matches!(name.as_str(), "m" | "mét" | "kg" | "lít" | "độ")
        } else {
            last && name == "độ"
        };
        if units
            && at < self.hi
            && page.s.is_number(at)
            && amount.value.is_integer()
            && let Ok(part) = digits.parse::<i64>()
            && let Ok(scale) = u32::try_from(digits.len())
            && let Some(sum) = amount.value.checked_add(Decimal::new(part, scale))
        {
            amount.value = sum;
            amount.decimals = i32::try_from(scale).unwrap_or(2);
            amount.tokens.end += 1;
        }
    }

    /// "2 năm 6 tháng", "1 giờ 30 phút": smaller units add to the first.
    fn lower_units(&self, amount: &mut Amount) {
        let page = self.page;
        let end = amount.end();
        self.decimals_behind(amount);
        let Unit::Time(name, _) = &amount.unit else { return };
        let (lower, of) = match name.as_str() {
            "năm" => ("tháng", 12),
            "giờ" => ("phút", 60),
            "phút" => ("giây", 60),
            _ => return,
        };
        let and = usize::from(page.w(end) == "và");
        if let Some(next) =
            number::read(page, end + and).filter(|n| n.in_digits == amount.in_digits && n.value < Decimal::from(of))
            && page.w(next.end) == lower
            && page.m.longest(next.end, Class::Duration).is_some()
            && next.end < self.hi
            && calendar::read(page, self.lo, end + and, self.hi).is_none()
            && let Some(sum) = amount.value.checked_add((next.value / Decimal::from(of)).round_dp(6))
        {
            amount.value = sum.normalize();
            amount.tokens.end = Span::<Tokens>::of(0, next.end + 1).end;
        }
    }

    /// Whether a lone number word counts something: it needs a unit or a countable noun right behind it.
    fn word_counts(&self, amount: &Amount) -> bool {
        let page = self.page;
        let i = amount.start();
        let end = amount.number_end;
        let word = page.w(i);
        if page.s.is_capital(i) && i > self.lo && !page.s.is_mark(i - 1, '"') {
            return false;
        }
        let counted = page.s.is_word(end)
            && end < self.hi
            && !page.s.is_capital(end)
            && (page.is(end, Class::Countable) || page.is(end, Class::Classifier) || page.is(end, Class::Noun));
        // "bốn “đảo thiên đường”"
        let quoted = ['"', '“'].iter().any(|&c| page.s.is_mark(end, c))
            && end + 1 < self.hi
            && (page.is(end + 1, Class::Countable) || page.is(end + 1, Class::Noun));
        let counted = counted || quoted;
        let unit = amount.unit != Unit::None;
        let before = if i > self.lo { page.w(i - 1) } else { "" };
        if matches!(before, "thứ" | "số" | "hạng" | "tháng" | "quý" | "hiệp" | "lớp" | "tầng" | "tổng" | "cấp" | "loại")
            && !(before == "số" && matches!(page.w(i.wrapping_sub(2)), "tổng" | "con"))
        {
            return false;
        }
        // "tăng gấp ba"
        if before == "gấp" && word != "một" {
            return true;
        }
        match word {
            "một" => {
                unit && !matches!(amount.unit, Unit::Times | Unit::Point | Unit::Percent) && !self.everyday(amount)
                    || page.w(end) == "trong"
                    // "chỉ một lượng nhỏ" is some.
                    || matches!(before, "chỉ" | "duy") && !matches!(page.w(end), "lượng" | "ít" | "bộ" | "chút")
                    || counted && before == "quá"
            }
            "không" => {
                before != "là"
                    && match &amount.unit {
                        Unit::Percent | Unit::Money(_) => true,
                        Unit::Measure(name, _) => matches!(name.as_str(), "độ" | "độ C" | "mét" | "km" | "kg"),
                        _ => false,
                    }
            }
            "năm" => {
                // "những năm tháng khó khăn" are no five months.
                let lasting = !matches!(&amount.unit, Unit::Time(name, _) if name == "tháng")
                    || matches!(before, "sau" | "khoảng" | "hơn" | "gần" | "mất" | "dài" | "được" | "tới" | "vòng");
                let counts = page.is(end, Class::Countable) || page.is(end, Class::Classifier);
                lasting
                    && (unit || counts)
                    && !page.s.is_number(i.wrapping_sub(1))
                    && !page.is(i.wrapping_sub(1), Class::Digit)
                    && !matches!(
                        before,
                        "mỗi" | "một" | "hằng" | "hàng" | "cả" | "nhiều" | "các" | "những" | "trong" | "từng"
                    )
            }
            "tư" | "nhất" | "nhì" => false,
            "ba" => (unit || counted) && !matches!(before, "ông" | "chú" | "bác" | "anh" | "cụ" | "tài"),
            "hai" if matches!(before, "anh" | "chị") => unit,
            "chín" | "bảy" | "tám" | "sáu" => unit || counted,
            "bẩy" => (unit || counted) && before != "đòn",
            // "ít nhất hai liên kết"
            _ if matches!(before, "nhất" | "thiểu") && page.before(self.lo, i, Class::Hedge).is_some() => {
                unit || counted || page.is(end, Class::Verb)
            }
            _ => unit || counted || page.is(end, Class::Adjective) && page.is(end + 1, Class::Countable),
        }
    }

    /// "một lượng bùn", "một mẫu máy", "một độ mỏng": words that seldom measure where one of them is spoken of.
    fn everyday(&self, amount: &Amount) -> bool {
        let Unit::Measure(name, _) = &amount.unit else { return false };
        let quality = name == "độ" && self.page.is(amount.end(), Class::Adjective);
        (quality || matches!(name.as_str(), "lượng" | "mẫu" | "khối"))
            && !matches!(self.page.w(amount.end()), "vàng" | "ruộng" | "đất" | "nước" | "gỗ" | "c")
            && self.page.s.is_word(amount.end())
            && !self.page.is(amount.end(), Class::Clause)
    }

    /// Per-units, hedges, signs.
    pub(super) fn finish(&self, amount: &mut Amount) {
        let page = self.page;
        if amount.number_end < amount.end() && amount.number_end == amount.start() {
            amount.number_end = amount.end();
        }
        if !matches!(amount.unit, Unit::None) {
            let measure = matches!(amount.unit, Unit::Measure(..));
            let per = unit::per(page, amount.end(), matches!(amount.unit, Unit::Money(_) | Unit::Times))
                .or_else(|| if measure { unit::speed(page, amount.end()) } else { None });
            if let Some((per, end)) = per
                && end <= self.hi
            {
                amount.unit = Unit::Rate(Box::new(amount.unit.clone()), per);
                amount.tokens.end = Span::<Tokens>::of(0, end).end;
            }
        }
        self.minus(amount);
        self.sign(amount);
        let from = amount.start() - usize::from(amount.sign.is_some());
        (amount.modifier, amount.hedge_start) = hedge::before(page, self.lo, from, &amount.unit);
        // "trong khoảng A đến B" says where, not about how much.
        if amount.value_max.is_some() && (self.lo..amount.hedge_start).next_back().is_some_and(|k| page.w(k) == "trong")
        {
            amount.modifier = None;
        }
        if (amount.modifier.is_none() || (self.lo..amount.hedge_start).next_back().is_some_and(|k| page.w(k) == "từ"))
            && let Some(after) = hedge::after(page, amount.end(), self.hi)
        {
            amount.modifier = Some(after);
        }
    }

    /// `-5,2%`: a sign is glued to the number, and to nothing before it.
    fn sign(&self, amount: &mut Amount) {
        let page = self.page;
        let start = amount.start();
        if start > self.lo
            && let Some(sign) = ['-', '+'].into_iter().find(|&c| page.s.is_mark(start - 1, c))
            && page.s.is_glued(start)
            && (!page.s.is_glued(start - 1)
                || start == self.lo + 1
                || page.s.is_mark(start - 2, '(')
                || page.s.is_mark(start - 2, '/'))
        {
            amount.sign = Some(sign);
        }
    }

    /// "âm 3 độ C", "âm 67 tỷ đồng": the minus in words belongs to the quantity.
    fn minus(&self, amount: &mut Amount) {
        let page = self.page;
        let start = amount.start();
        if start > self.lo
            && page.w(start - 1) == "âm"
            && number::minus(page, start - 1)
            && matches!(amount.unit, Unit::Measure(..) | Unit::Percent | Unit::Money(_) | Unit::None)
            && !page.is(amount.end(), Class::Countable)
        {
            amount.value = -amount.value;
            amount.value_max = amount.value_max.map(|high| -high);
            amount.tokens.start -= 1;
        }
    }
}
