//! A number with its scales, in digits, words or both: `1.250,5 tỷ`, `2 triệu 500 nghìn`, `ba triệu rưỡi`, `-5,2`.

use rust_decimal::Decimal;

use super::digits::{self, Shape};
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

/// Powers of ten as exact decimals.
#[must_use]
pub(super) fn power(exponent: u32) -> Option<Decimal> {
    (exponent <= 27).then(|| Decimal::from_i128_with_scale(10_i128.pow(exponent), 0))
}

/// The scale words at `i`: their joint exponent and where they end ("nghìn tỷ" = 12).
pub(super) fn scale(page: &Page<'_>, i: usize) -> Option<(u32, usize)> {
    let mut exponent = 0;
    let mut at = i;
    if page.s.is_word(at) && page.is(at, Class::Hundred) && page.is(at + 1, Class::Scale) {
        exponent += 2;
        at += 1;
    }
    while page.s.is_word(at)
        && let Some((len, v)) = page.get(at, Class::Scale)
        && !(page.is(at, Class::NotCount))
    {
        exponent += v.parse::<u32>().ok()?;
        at += len;
        if exponent > 18 {
            return None;
        }
    }
    (at > i).then_some((exponent, at))
}

/// `4K`, `8K` of a screen, where no price goes on behind; "4k" is four thousand.
pub(super) fn is_resolution(page: &Page<'_>, i: usize) -> bool {
    page.s.raw(i) == "K"
        && page.s.is_glued(i)
        && matches!(page.w(i.wrapping_sub(1)), "2" | "4" | "8")
        && !page.is(i + 1, Class::Money)
        && !page.s.is_mark(i + 1, '/')
        && !page.s.is_mark(i + 1, '-')
}

/// `13tr`, `80k`: scales that are written right behind digits.
fn short_scale(page: &Page<'_>, i: usize, manner: Manner) -> Option<(u32, usize)> {
    if manner == Manner::Running && is_resolution(page, i) {
        return None;
    }
    let glued = page.s.is_glued(i);
    let (len, v) = page.get(i, Class::ShortScale)?;
    let next_clear = !page.s.is_glued(i + len) || !page.s.is_word(i + len) && !page.s.is_number(i + len);
    let tr = page.w(i) == "tr" && page.s.is_mark(i + 1, '.');
    (glued && next_clear || page.w(i) == "tr" && (tr || glued)).then(|| v.parse().ok().map(|e| (e, i + len)))?
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

/// `½`, `¾`: the value of a fraction that is one character.
#[must_use]
const fn fraction(mark: char) -> Option<(i64, i64)> {
    Some(match mark {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// The fraction that stands as one character at `i`.
pub(super) fn fraction_at(page: &Page<'_>, i: usize) -> Option<(i64, i64)> {
    match page.s.tokens.get(i)?.shape {
        crate::article::segment::Shape::Mark(mark) => fraction(mark),
        _ => None,
    }
}

/// Part over whole, where a decimal holds it exactly.
pub(super) fn quotient((part, whole): (i64, i64)) -> Option<Decimal> {
    let value = Decimal::from(part).checked_div(Decimal::from(whole))?.normalize();
    (value.scale() <= 12).then_some(value)
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

fn in_digits(page: &Page<'_>, i: usize, manner: Manner) -> Option<(Number, bool)> {
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

/// "2½", "12 1/4": a whole number and a fraction.
fn fraction_behind(page: &Page<'_>, number: &mut Number) {
    let at = number.end;
    let found = match fraction_at(page, at) {
        Some(found) => Some((found, at + 1)),
        None => proper_fraction(page, at),
    };
    if let Some((fraction, end)) = found
        && let Some(part) = quotient(fraction)
        && let Some(sum) = number.value.checked_add(part)
    {
        number.value = sum;
        number.bare = sum;
        number.decimals = i32::try_from(part.scale()).unwrap_or(0);
        number.end = end;
    }
}

/// A glued `1/4` at `i`, set off by a space from the whole number before it.
pub(super) fn proper_fraction(page: &Page<'_>, i: usize) -> Option<((i64, i64), usize)> {
    let glued = page.s.is_mark(i + 1, '/') && page.s.is_glued(i + 1) && page.s.is_glued(i + 2);
    if !page.s.is_number(i) || page.s.is_glued(i) || !glued || !page.s.is_number(i + 2) {
        return None;
    }
    let (part, whole) = (page.w(i).parse::<i64>().ok()?, page.w(i + 2).parse::<i64>().ok()?);
    // A third number makes it a date.
    (part > 0 && part < whole && whole <= 64 && !page.s.is_mark(i + 3, '/')).then_some(((part, whole), i + 3))
}

/// `1tr2`, `2tr50`: decimals of a short scale, glued behind it.
fn short_and_rest(page: &Page<'_>, i: usize) -> Option<(u32, i64, u32, usize)> {
    if !page.s.is_glued(i) || !page.s.is_number(i + 1) || !page.s.is_glued(i + 1) {
        return None;
    }
    let (len, exponent) = page.get(i, Class::ShortScale)?;
    let rest = page.w(i + 1);
    let runs_on = page.s.is_glued(i + 2) && page.s.is_word(i + 2) && !page.is(i + 2, Class::Money);
    if len != 1 || rest.len() > 3 || rest.contains(['.', ',']) || runs_on {
        return None;
    }
    Some((exponent.parse().ok()?, rest.parse().ok()?, u32::try_from(rest.len()).ok()?, i + 2))
}

/// "5 chục", "5 trăm": tens and hundreds behind digits.
fn dozen(page: &Page<'_>, i: usize) -> Option<(u32, usize)> {
    if !page.s.is_word(i) {
        return None;
    }
    if page.is(i, Class::Dozen) { Some((1, i + 1)) } else { page.is(i, Class::Hundred).then_some((2, i + 1)) }
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

fn in_words(page: &Page<'_>, i: usize, manner: Manner) -> Option<(Number, bool)> {
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

/// Further groups of falling scale: "1 tỷ 250 triệu", "hai mươi ba triệu bốn trăm linh năm nghìn".
fn falling(page: &Page<'_>, number: &mut Number, manner: Manner) {
    let Some(mut last) = number.scale else { return };
    while last > 0 {
        let at = number.end;
        let same_form = page.s.is_number(at) == number.in_digits;
        if !same_form {
            return;
        }
        // "không trăm", "linh", "lẻ" hold empty places.
        let filler = !number.in_digits && page.s.is_word(at) && page.is(at, Class::Filler0);
        if !number.in_digits && !filler && last_digit(page, number, last) {
            return;
        }
        let next = if number.in_digits {
            in_digits(page, at, manner)
        } else {
            in_words(page, at + usize::from(filler), manner)
        };
        let Some((next, scaled)) = next else { return };
        if next.shape != Shape::Plain && !scaled {
            return;
        }
        match next.scale {
            Some(scale) if scaled && scale < last => {
                let Some(sum) = number.value.checked_add(next.value) else { return };
                number.value = sum;
                number.decimals = next.decimals;
                number.end = next.end;
                number.scale = None;
                last = scale;
            }
            // "năm nghìn chín trăm linh ba tỷ": the thousands are of tỷ too.
            Some(9) if last == 3 && next.bare < Decimal::ONE_THOUSAND => {
                let joined = number.value.checked_add(next.bare).and_then(|sum| sum.checked_mul(power(9)?));
                let Some(value) = joined else { return };
                number.value = value;
                number.decimals = next.decimals;
                number.end = next.end;
                number.scale = None;
                last = 9;
            }
            None if !scaled => {
                add_rest(page, number, &next, last, filler);
                return;
            }
            _ => return,
        }
    }
}

/// "ba triệu mốt", "mười triệu tư": a tenth of the last scale in the digit's own short form.
fn last_digit(page: &Page<'_>, number: &mut Number, last: u32) -> bool {
    let at = number.end;
    if last > 2
        && page.s.is_word(at)
        && page.is(at, Class::LastDigit)
        && !page.is(at, Class::NotCount)
        && !page.s.is_word(at + 1)
        && let Some(digit) = page.get(at, Class::LastDigit).and_then(|(_, v)| v.parse::<i64>().ok())
        && let Some(sum) = power(last - 1)
            .and_then(|p| p.checked_mul(Decimal::from(digit)))
            .and_then(|tenth| number.value.checked_add(tenth))
    {
        number.value = sum;
        number.decimals = 1 - i32::try_from(last).unwrap_or(0);
        number.end = at + 1;
        number.scale = None;
        return true;
    }
    false
}

/// The last, unscaled group: "một nghìn không trăm linh năm" adds 5, "hai triệu ba" means three tenths.
fn add_rest(page: &Page<'_>, number: &mut Number, next: &Number, last: u32, filler: bool) {
    // "một nghìn không trăm linh năm" names its empty places: five ones.
    let short = next.bare < Decimal::TEN && !filler && next.end == next.start + 1;
    let joined = |number: &mut Number, value: Decimal, decimals: i32| {
        if let Some(sum) = number.value.checked_add(value) {
            number.value = sum;
            number.decimals = decimals;
            number.end = next.end;
            number.scale = None;
        }
    };
    if short {
        // Only where nothing is counted behind it: "2 triệu 3", not "2 triệu 3 tháng".
        let counted = page.s.is_word(next.end) && !page.is(next.end, Class::Money);
        if !counted && last > 2 {
            let tenth = power(last - 1).and_then(|p| next.bare.checked_mul(p));
            if let Some(value) = tenth {
                joined(number, value, 1 - i32::try_from(last).unwrap_or(0));
            }
        }
    } else if !number.in_digits || last == 3 && next.bare >= Decimal::ONE_HUNDRED && next.bare < Decimal::ONE_THOUSAND {
        joined(number, next.value, 0);
    }
}

/// "3 triệu rưỡi": half of the last scale.
fn half(page: &Page<'_>, number: &mut Number) {
    let Some(scale) = number.scale else { return };
    if page.s.is_word(number.end)
        && page.is(number.end, Class::Half)
        && let Some(half) = power(scale).map(|p| p / Decimal::TWO)
        && let Some(sum) = number.value.checked_add(half)
    {
        number.value = sum.normalize();
        number.decimals = 1 - i32::try_from(scale).unwrap_or(0);
        number.end += 1;
        number.scale = None;
    }
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
