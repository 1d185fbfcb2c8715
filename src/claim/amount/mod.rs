//! Numbers as the press writes them: value, unit, hedge, and whether they count anything at all.
//!
//! `khoảng 3 đến 5 triệu USD` → 3 000 000 to 5 000 000 USD, approximately; `ngày 22.8` → a date.

mod calendar;
pub mod digits;
mod hedge;
mod label;
mod number;
mod ratio;
pub mod unit;
mod words;

use rust_decimal::Decimal;

use super::Modifier;
use super::lexicon::{Class, Page};
use crate::article::span::{Span, Tokens};

pub use label::NonClaim;
use number::Number;
pub use unit::Unit;

/// One number of a sentence with all that clings to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The quantity expression: number, scale words, unit.
    pub tokens: Span<Tokens>,
    /// One past the number and its scale words.
    pub number_end: usize,
    /// Where the hedging words before it begin.
    pub hedge_start: usize,
    /// The value (low end, numerator).
    pub value: Decimal,
    /// The high end of a range.
    pub value_max: Option<Decimal>,
    /// The whole of a ratio.
    pub denominator: Option<Decimal>,
    /// Stated precision in the unit of `value`.
    pub decimals: i32,
    /// What it counts in.
    pub unit: Unit,
    /// The hedge.
    pub modifier: Option<Modifier>,
    /// A minus or plus sign stands before it.
    pub sign: Option<char>,
    /// In digits, not words.
    pub in_digits: bool,
    /// A single number word.
    pub one_word: bool,
    /// It has a scale word.
    pub scaled: bool,
    /// The other reading of its digits.
    pub other: Option<Decimal>,
    /// Why it is no claim.
    pub non_claim: Option<NonClaim>,
}

impl Amount {
    /// First token.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.tokens.start as usize
    }

    /// One past the last token.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.tokens.end as usize
    }
}

/// The amounts of the sentence `span`, claims and non-claims, in order.
#[must_use]
pub fn amounts(page: &Page<'_>, span: Span<Tokens>) -> Vec<Amount> {
    let (lo, hi) = (span.start as usize, span.end as usize);
    let mut out: Vec<Amount> = Vec::new();
    let mut i = lo;
    while i < hi {
        if !starts_number(page, i) {
            i += 1;
            continue;
        }
        let mut reader = Reader { page, lo, hi };
        let amount = reader.non_claim(i).or_else(|| reader.amount(i));
        match amount {
            Some(amount) => {
                i = amount.end().max(i + 1);
                out.push(amount);
            }
            None => i += 1,
        }
    }
    out
}

/// A cheap gate: only digits and some words can start a number or a time.
fn starts_number(page: &Page<'_>, i: usize) -> bool {
    if page.s.is_number(i) {
        return true;
    }
    if !page.s.is_word(i) {
        return false;
    }
    if page.s.is_glued(i + 1) && (page.s.is_number(i + 1) || page.s.is_mark(i + 1, '-')) {
        return true;
    }
    page.m.at(i).iter().any(|m| {
        matches!(
            m.class,
            Class::Digit
                | Class::Ten
                | Class::HalfOf
                | Class::NotCount
                | Class::Hundred
                | Class::Duration
                | Class::Double
        )
    }) || matches!(
        page.w(i),
        "sáng"
            | "trưa"
            | "chiều"
            | "tối"
            | "khoá"
            | "kỳ"
            | "đoạn"
            | "lúc"
            | "kỷ"
            | "niên"
            | "mùng"
            | "mồng"
            | "tết"
            | "sea"
            | "games"
            | "cup"
            | "euro"
            | "olympic"
            | "paralympic"
            | "asiad"
            | "expo"
            | "tư"
    )
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    lo: usize,
    hi: usize,
}

impl Reader<'_, '_> {
    fn non_claim(&mut self, i: usize) -> Option<Amount> {
        let page = self.page;
        let (reason, end) = calendar::read(page, self.lo, i, self.hi)
            .map(|(when, end)| (if when == calendar::When::Date { NonClaim::Date } else { NonClaim::Time }, end))
            .or_else(|| label::read(page, self.lo, i, self.hi))?;
        let end = end.min(self.hi);
        let mut amount = self.bare(i, end);
        amount.non_claim = Some(reason);
        Some(amount)
    }

    fn bare(&self, i: usize, end: usize) -> Amount {
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

    fn amount(&mut self, i: usize) -> Option<Amount> {
        let page = self.page;
        if let Some(found) = ratio::read(page, self.lo, i, self.hi) {
            let mut amount = self.bare(i, found.end);
            amount.value = found.part;
            amount.denominator = Some(found.whole);
            (amount.modifier, amount.hedge_start) = hedge::before(page, self.lo, i, &Unit::None);
            return Some(amount);
        }
        let first = number::read(page, i)?;
        if first.end > self.hi {
            return None;
        }
        let mut amount = self.range(&first).unwrap_or_else(|| self.single(&first));
        if amount.one_word && !self.word_counts(&amount) {
            return None;
        }
        self.finish(&mut amount);
        Some(amount)
    }

    /// One number with its unit.
    fn single(&self, number: &Number) -> Amount {
        let page = self.page;
        let mut amount = self.bare(number.start, number.end);
        amount.value = number.value;
        amount.decimals = number.decimals;
        amount.in_digits = number.in_digits;
        amount.one_word = number.one_word;
        amount.scaled = number.scaled;
        amount.other = number.other;
        if let Some((unit, end)) = unit::read(page, number.end, number.in_digits, number.scaled)
            && end <= self.hi
        {
            amount.unit = unit;
            amount.tokens.end = Span::<Tokens>::of(0, end).end;
            self.half_unit(&mut amount);
            self.lower_units(&mut amount);
        } else if let Some(code) = self.currency_before(number.start) {
            amount.unit = Unit::Money(code.0.into());
            amount.tokens.start = Span::<Tokens>::of(code.1, code.1).start;
        }
        amount
    }

    /// `$5`, `US$ 5 triệu`, `USD 300`: the currency stands first.
    fn currency_before(&self, i: usize) -> Option<(String, usize)> {
        let page = self.page;
        let (start, mark) = page.m.ending(self.lo, i, Class::Money).map(|(s, m)| (s.start as usize, m))?;
        let symbol = !page.s.is_word(i - 1);
        let code = page.s.is_word(i - 1)
            && page.s.tokens[i - 1].case == crate::article::segment::Case::Upper
            && page.w(i - 1).len() == 3;
        let free =
            !(start > self.lo && page.s.is_number(start - 1)) && !(start > self.lo && page.is(start - 1, Class::Scale));
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

    /// "2 năm 6 tháng", "1 giờ 30 phút", "1m75": smaller units add to the first.
    fn lower_units(&self, amount: &mut Amount) {
        let page = self.page;
        let end = amount.end();
        if let Unit::Measure(name, _) = &amount.unit {
            let digits = page.w(end);
            if matches!(name.as_str(), "m" | "mét")
                && page.s.is_number(end)
                && page.s.is_glued(end)
                && matches!(digits.len(), 1 | 2)
                && end < self.hi
            {
                let scale = u32::try_from(digits.len()).unwrap_or(2);
                if let Ok(part) = digits.parse::<i64>()
                    && let Some(sum) = amount.value.checked_add(Decimal::new(part, scale))
                {
                    amount.value = sum;
                    amount.decimals = i32::try_from(scale).unwrap_or(2);
                    amount.tokens.end += 1;
                }
            }
            return;
        }
        let Unit::Time(name, _) = &amount.unit else { return };
        let (lower, of) = match name.as_str() {
            "năm" => ("tháng", 12),
            "giờ" => ("phút", 60),
            "phút" => ("giây", 60),
            "tháng" => ("ngày", 30),
            _ => return,
        };
        if name == "tháng" {
            return;
        }
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

    /// `10-12%`, `3 đến 5 triệu USD`, `từ 900 triệu đến 1,2 tỷ đồng`: the right end's scale and unit hold for both.
    fn range(&self, left: &Number) -> Option<Amount> {
        let page = self.page;
        let left_unit = unit::read(page, left.end, left.in_digits, left.scaled);
        let joint = left_unit.as_ref().map_or(left.end, |(_, end)| *end);
        let hyphen = page.s.is_mark(joint, '-') || page.s.is_mark(joint, '~');
        let word = matches!(page.w(joint), "đến" | "tới");
        let adjacent = !left.in_digits
            && left.one_word
            && (page.s.is_mark(joint, ',') || !page.s.is_mark(joint, ','))
            && left_unit.is_none();
        let mut at = if hyphen || word {
            joint + 1
        } else if adjacent && left.one_word {
            if page.s.is_mark(joint, ',') { joint + 1 } else { joint }
        } else {
            return None;
        };
        if word && matches!(page.w(at), "hơn" | "gần" | "khoảng") {
            at += 1;
        }
        let right = number::read(page, at).filter(|r| r.end <= self.hi)?;
        if !hyphen && !word {
            return self.neighbours(left, &right);
        }
        if right.in_digits != left.in_digits && !right.scaled {
            return None;
        }
        let right_unit = unit::read(page, right.end, right.in_digits, right.scaled).filter(|(_, end)| *end <= self.hi);
        let mut low = left.value;
        let mut decimals = left.decimals;
        let shared = left.scale.is_none() && !left.scaled && left_unit.is_none();
        if shared && let Some(scale) = right.scale {
            low = low.checked_mul(number::power(scale)?)?;
            decimals -= i32::try_from(scale).ok()?;
        }
        // "từ 3% lên 5%" has no joint of these; "tăng từ 3% đến 5%" gives two levels.
        let levels = word
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
            if !counted || sport {
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
        }
        Some(amount)
    }

    /// "hai, ba trăm hộ", "năm bảy người", "ba bốn lần": neighbouring digits make a range.
    fn neighbours(&self, left: &Number, right: &Number) -> Option<Amount> {
        let page = self.page;
        let step = right.bare - left.bare;
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
        let single = right.one_word || right.scale.is_some() && right.end == right.start + 2;
        let unit = unit::read(page, right.end, false, right.scaled).filter(|(_, end)| *end <= self.hi);
        let counted = unit.is_some()
            || right.scaled
            || page.is(right.end, Class::Countable)
            || page.is(right.end, Class::Classifier);
        if !single || !counted {
            return None;
        }
        let factor = right.scale.and_then(number::power).unwrap_or(Decimal::ONE);
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
        let unit = amount.unit != Unit::None;
        let before = if i > self.lo { page.w(i - 1) } else { "" };
        if matches!(before, "thứ" | "số" | "hạng" | "tháng" | "quý" | "hiệp" | "lớp" | "tầng" | "tổng" | "cấp" | "loại")
            && !(before == "số" && matches!(page.w(i.wrapping_sub(2)), "tổng" | "con"))
        {
            return false;
        }
        match word {
            "một" => {
                unit && !matches!(amount.unit, Unit::Times | Unit::Point | Unit::Percent)
                    || page.w(end) == "trong"
                    || matches!(before, "chỉ" | "duy")
            }
            "không" => matches!(amount.unit, Unit::Percent | Unit::Money(_) | Unit::Measure(..)) && before != "là",
            "năm" => {
                (unit || page.is(end, Class::Countable))
                    && !page.s.is_number(i.wrapping_sub(1))
                    && !page.is(i.wrapping_sub(1), Class::Digit)
                    && !matches!(before, "mỗi" | "một" | "hằng" | "hàng" | "cả" | "nhiều" | "các" | "trong" | "từng")
            }
            "tư" | "nhất" | "nhì" => false,
            "ba" => (unit || counted) && !matches!(before, "ông" | "chú" | "bác" | "anh" | "cụ"),
            "chín" | "bảy" | "tám" | "sáu" => unit || counted,
            _ => unit || counted || page.is(end, Class::Adjective) && page.is(end + 1, Class::Countable),
        }
    }

    /// Per-units, hedges, signs.
    fn finish(&self, amount: &mut Amount) {
        let page = self.page;
        if amount.number_end < amount.end() && amount.number_end == amount.start() {
            amount.number_end = amount.end();
        }
        if !matches!(amount.unit, Unit::None) {
            let words_too = matches!(amount.unit, Unit::Money(_));
            if let Some((per, end)) = unit::per(page, amount.end(), words_too)
                && end <= self.hi
            {
                amount.unit = Unit::Rate(Box::new(amount.unit.clone()), per);
                amount.tokens.end = Span::<Tokens>::of(0, end).end;
            }
        }
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
        let hedge_from = start - usize::from(amount.sign.is_some());
        (amount.modifier, amount.hedge_start) = hedge::before(page, self.lo, hedge_from, &amount.unit);
        if amount.modifier.is_none() || (self.lo..amount.hedge_start).next_back().is_some_and(|k| page.w(k) == "từ") {
            if let Some(after) = hedge::after(page, amount.end(), self.hi) {
                amount.modifier = Some(after);
            }
        }
        if start > self.lo
            && number::minus(page, start - 1)
            && matches!(amount.unit, Unit::Measure(..) | Unit::Percent | Unit::None)
            && page.w(start - 1) == "âm"
        {
            amount.value = -amount.value;
        }
    }
}
