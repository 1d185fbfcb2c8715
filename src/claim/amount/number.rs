//! A number with its scales, in digits, words or both: `1.250,5 tỷ`, `2 triệu 500 nghìn`, `ba triệu rưỡi`, `-5,2`.

use rust_decimal::Decimal;

use super::digits::{self, Shape};
use super::falling::{falling, half};
use super::fraction::fraction_behind;
use super::scale::{dozen, power, scale, short_and_rest, short_scale};
use super::words::{self, Manner};
use crate::claim::lexicon::{Class, Page};

/// A number, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// First token.
    pub start: usize,
    /// One past the last token (scale words included).
    pub end: usize,
    /// Its value with scale words applied.
    pub value: Decimal,
    /// Its value before the last scale word, for ranges that share one ("3 đến 5 triệu").
    pub bare: Decimal,
    /// Power of ten of the scale words behind a single group; none when there are none or several.
    pub scale: Option<u32>,
    /// Precision: digits after the decimal mark in the unit of `value`.
    pub decimals: i32,
    /// In digits, not words.
    pub in_digits: bool,
    /// One word only (`hai`, `mười`).
    pub one_word: bool,
    /// How the digits looked.
    pub shape: Shape,
    /// The other reading of the digits, scaled.
    pub other: Option<Decimal>,
    /// Some scale word stands in it.
    pub scaled: bool,
}

impl Number {
    /// An unscaled number in words.
    fn plain(start: usize, end: usize, value: Decimal) -> Self {
        Self {
            start,
            end,
            value,
            bare: value,
            scale: None,
            decimals: 0,
            in_digits: false,
            one_word: false,
            shape: Shape::Plain,
            other: None,
            scaled: false,
        }
    }
}

/// Reads the number that starts at token `i`.
#[must_use]
pub(super) fn read(page: &Page<'_>, i: usize) -> Option<Number> {
    read_as(page, i, Manner::Running)
}

/// Reads the number that starts at token `i`, in running text or as all there is.
pub(super) fn read_as(page: &Page<'_>, i: usize, manner: Manner) -> Option<Number> {
    let (mut number, scaled) =
        if page.s.is_number(i) { in_digits(page, i, manner)? } else { in_words(page, i, manner)? };
    if scaled {
        falling(page, &mut number, manner);
    }
    half(page, &mut number);
    decimals_behind_scale(page, &mut number);
    Some(number)
}

/// "một triệu phẩy không không một": decimals of one behind a number with its scales.
fn decimals_behind_scale(page: &Page<'_>, number: &mut Number) {
    if number.scaled
        && !number.in_digits
        && page.s.is_word(number.end)
        && page.is(number.end, Class::Point)
        && let Some((part, places, end)) = words::decimals(page, number.end + 1)
        && scale(page, end).is_none()
        && let Some(sum) = number.value.checked_add(part)
    {
        number.value = sum;
        number.decimals = i32::try_from(places).unwrap_or(0);
        number.end = end;
        number.scale = None;
    }
}

/// A sign in words: "âm 3 độ". Where the number itself starts, if so.
#[must_use]
pub(super) fn minus(page: &Page<'_>, i: usize) -> bool {
    page.s.is_word(i) && page.is(i, Class::Minus)
}

pub(super) fn in_digits(page: &Page<'_>, i: usize, manner: Manner) -> Option<(Number, bool)> {
    let mut end = i + 1;
    let groups = space_groups(page, i, manner);
    let read = if groups > 0 {
        end += groups;
        digits::read(&(i..end).map(|at| page.w(at)).collect::<String>())?
    } else {
        digits::read(page.w(i))?
    };
    let mut number = Number::plain(i, end, read.value);
    number.in_digits = true;
    number.shape = read.shape;
    number.other = read.other;
    number.decimals = i32::try_from(read.decimals).ok()?;
    if number.shape == Shape::Plain && !broken_decimal(page, &mut number) {
        fraction_behind(page, &mut number);
    }
    let end = number.end;
    if let Some((exponent, part, places, end)) = short_and_rest(page, end) {
        apply(&mut number, exponent, end)?;
        let unit = power(exponent)?.checked_div(power(places)?)?;
        number.value = number.value.checked_add(Decimal::from(part).checked_mul(unit)?)?.normalize();
        number.decimals += i32::try_from(places).ok()?;
        number.scale = None;
        return Some((number, true));
    }
    let found = scale(page, end).or_else(|| short_scale(page, end, manner)).or_else(|| dozen(page, end));
    let Some((exponent, end)) = found else { return Some((number, false)) };
    apply(&mut number, exponent, end)?;
    Some((number, true))
}

/// "3, 7 triệu": an editor's space behind the decimal comma, credible only right before a scale word.
fn broken_decimal(page: &Page<'_>, number: &mut Number) -> bool {
    let at = number.end;
    let comma = page.s.is_mark(at, ',') && page.s.is_glued(at);
    let lone = comma && !page.s.is_glued(at + 1) && page.s.is_number(at + 1) && page.w(at + 1).len() == 1;
    let listed = number.start > 1 && page.s.is_mark(number.start - 1, ',') && page.s.is_number(number.start - 2);
    if lone
        && !listed
        && number.shape == Shape::Plain
        && page.w(number.start).len() <= 3
        && scale(page, at + 2).is_some_and(|(exponent, _)| exponent >= 6)
        && let Ok(tenths) = page.w(at + 1).parse::<i64>()
        && let Some(sum) = number.value.checked_add(Decimal::new(tenths, 1))
    {
        number.value = sum;
        number.bare = sum;
        number.decimals = 1;
        number.shape = Shape::Comma;
        number.end = at + 2;
        return true;
    }
    false
}

/// How many groups of three digits, set off by spaces, go on the number at `i`.
///
/// A no-break space groups; a plain one does where a unit follows several groups, or where nothing else stands.
fn space_groups(page: &Page<'_>, i: usize, manner: Manner) -> usize {
    let first = page.w(i);
    if first.len() > 3 || first.starts_with('0') || first.contains([',', '.']) {
        return 0;
    }
    let (mut count, mut plain) = (0, false);
    while count < 8 {
        let at = i + 1 + count;
        if !page.s.is_number(at) || page.w(at).len() != 3 || page.w(at).contains([',', '.']) {
            break;
        }
        let gap = &page.s.text[page.s.tokens[at - 1].span.end as usize..page.s.tokens[at].span.start as usize];
        match gap {
            "\u{a0}" | "\u{202f}" | "\u{2009}" => {}
            " " => plain = true,
            _ => break,
        }
        count += 1;
    }
    let end = i + 1 + count;
    let unit = page.is(end, Class::Money) || page.is(end, Class::Measure);
    let ok = !plain || count > 1 && unit || manner == Manner::Alone && end == page.s.tokens.len();
    if ok { count } else { 0 }
}

pub(super) fn in_words(page: &Page<'_>, i: usize, manner: Manner) -> Option<(Number, bool)> {
    if !page.s.is_word(i) {
        return None;
    }
    let group = words::below_thousand(page, i, manner)?;
    let mut number = Number::plain(i, group.end, Decimal::from(group.value));
    number.one_word = group.words == 1;
    if page.s.is_word(number.end)
        && page.is(number.end, Class::Point)
        && let Some((part, places, end)) = words::decimals(page, number.end + 1)
    {
        number.value = number.value.checked_add(part)?;
        number.bare = number.value;
        number.decimals = i32::try_from(places).ok()?;
        number.end = end;
        number.one_word = false;
    }
    if let Some((exponent, end)) = scale(page, number.end) {
        number.one_word = false;
        apply(&mut number, exponent, end)?;
        return Some((number, true));
    }
    Some((number, false))
}

fn apply(number: &mut Number, exponent: u32, end: usize) -> Option<()> {
    let factor = power(exponent)?;
    number.value = number.value.checked_mul(factor)?.normalize();
    number.other = number.other.and_then(|o| o.checked_mul(factor));
    number.decimals -= i32::try_from(exponent).ok()?;
    number.scale = Some(exponent);
    number.scaled = true;
    number.end = end;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;
    use num2words2_core::base::Lang as _;

    fn p(text: &str) -> String {
        let page = Page::new(text, Lexicon::built_in());
        read(&page, 0).map_or("none".into(), |n| {
            format!("{} ({})", n.value.normalize(), page.s.slice(crate::article::span::Span::of(n.start, n.end)))
        })
    }

    #[test]
    fn scales_and_words_compose() {
        for (text, want) in [
            ("1.250,5 tỷ đồng", "1250500000000 (1.250,5 tỷ)"),
            ("2 triệu 500 nghìn đồng", "2500000 (2 triệu 500 nghìn)"),
            ("1 tỷ 250 triệu", "1250000000 (1 tỷ 250 triệu)"),
            ("3 triệu rưỡi", "3500000 (3 triệu rưỡi)"),
            ("39 nghìn tỷ đồng", "39000000000000 (39 nghìn tỷ)"),
            ("13tr", "13000000 (13tr)"),
            ("80k", "80000 (80k)"),
            ("hai trăm ba mươi lăm nghìn người", "235000 (hai trăm ba mươi lăm nghìn)"),
            ("một nghìn không trăm linh năm", "1005 (một nghìn không trăm linh năm)"),
            ("hai mươi tư", "24 (hai mươi tư)"),
            ("hai mươi năm", "20 (hai mươi)"),
            ("mười lăm", "15 (mười lăm)"),
            ("hai mốt", "21 (hai mốt)"),
            ("một trăm hai", "120 (một trăm hai)"),
            ("tám trăm rưỡi", "850 (tám trăm rưỡi)"),
            ("ba phẩy mười bốn", "3.14 (ba phẩy mười bốn)"),
            ("không phẩy không không một", "0.001 (không phẩy không không một)"),
            ("năm nghìn chín trăm linh ba tỷ", "5903000000000 (năm nghìn chín trăm linh ba tỷ)"),
            ("bốn triệu sáu", "4600000 (bốn triệu sáu)"),
            ("2 triệu 3 tháng", "2000000 (2 triệu)"),
            ("5 trăm hộ", "500 (5 trăm)"),
            ("1\u{a0}250\u{a0}000 đồng", "1250000 (1\u{a0}250\u{a0}000)"),
            ("mười vạn", "100000 (mười vạn)"),
            ("ba chục hộ", "30 (ba chục)"),
        ] {
            assert_eq!(p(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn generated_words_read_back(n in 0_u64..1_000_000_000_000_000) {
            let words = num2words2_core::lang_vi::LangVi::new().to_cardinal(&n.into()).unwrap();
            let page = Page::new(&words, Lexicon::built_in());
            let number = read(&page, 0).unwrap();
            proptest::prop_assert_eq!(number.value.normalize(), Decimal::from(n), "{}", words);
            proptest::prop_assert_eq!(number.end, page.s.tokens.len(), "{}", words);
        }
    }
}
