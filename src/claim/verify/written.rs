//! Numbers as a Vietnamese reader expects them: 1234.5 is "1.234,5".

use rust_decimal::{Decimal, RoundingStrategy};

use super::interval::Written;
use crate::claim::Modifier;

/// `value` in Vietnamese style with the digits it has: `1.234,5`, `−8,36`.
#[must_use]
pub fn vietnamese(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 2);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('−');
    }
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

/// `value` rounded half up to exactly `places` decimals: 97.1014 to two places is `97,10`.
#[must_use]
pub fn to_places(value: Decimal, places: u32) -> String {
    let mut rounded = half_up(value, places);
    rounded.rescale(places);
    vietnamese(rounded)
}

/// `value` rounded half up.
pub(super) fn half_up(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places.min(28), RoundingStrategy::MidpointAwayFromZero)
}

/// `value` as the article would have written it beside `like`: the same scale word and unit, `extra` decimals more.
///
/// 1.250.000.000.000 beside "1.300 tỷ đồng" is "1.250 tỷ đồng".
pub(super) fn beside(value: Decimal, like: &Written, text: &str, extra: u32) -> String {
    let suffix = like.words.map_or("", |words| suffix(text.get(words.range()).unwrap_or_default()));
    let exponent = scale(suffix);
    let places = u32::try_from(like.decimals.saturating_add(exponent)).unwrap_or(0).saturating_add(extra);
    let step = super::interval::power_of_ten(exponent).unwrap_or(Decimal::ONE);
    let shown = value.checked_div(step).unwrap_or(value);
    let number = if extra == 0 { vietnamese(half_up(shown, places).normalize()) } else { to_places(shown, places) };
    if suffix.is_empty() { number } else { format!("{number} {suffix}") }
}

/// The number itself, in the article's words where it has some, after its hedge.
pub(super) fn shown(number: &Written, text: &str) -> String {
    let hedge = match number.hedge {
        None => "",
        Some(Modifier::Approximately) => "khoảng ",
        Some(Modifier::Nearly) => "gần ",
        Some(Modifier::MoreThan) => "hơn ",
        Some(Modifier::LessThan) => "dưới ",
        Some(Modifier::AtLeast) => "ít nhất ",
        Some(Modifier::AtMost) => "không quá ",
    };
    match number.words.and_then(|words| text.get(words.range())) {
        Some(words) => match words.strip_suffix('%') {
            Some(digits) => format!("{hedge}{} %", digits.trim_end()),
            None => format!("{hedge}{words}"),
        },
        None => format!("{hedge}{}", vietnamese(number.value.normalize())),
    }
}

/// The article's words with the scale word one thousand times larger or smaller: "1.250 triệu đồng" → "1.250 tỷ đồng".
///
/// Nothing for a number without a scale word.
pub(super) fn rescaled(number: &Written, exponent: i32, text: &str) -> Option<String> {
    let words = text.get(number.words?.range())?;
    let suffix = suffix(words);
    let digits = words.strip_suffix(suffix)?;
    let old = scale(suffix);
    let name = match old.checked_add(exponent)? {
        3 => "nghìn",
        6 => "triệu",
        9 => "tỷ",
        12 => "nghìn tỷ",
        _ => return None,
    };
    let unit: Vec<_> = suffix.split(' ').skip_while(|word| scale(word) != 0).collect();
    (old != 0).then(|| format!("{digits}{name} {}", unit.join(" ")).trim_end().to_owned())
}

/// What follows the number in "1.250 tỷ đồng"; nothing when the number is in words or mixed.
fn suffix(words: &str) -> &str {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | ' '));
    if rest.len() == words.len() || rest.contains(|c: char| c.is_ascii_digit()) { "" } else { rest }
}

/// The power of ten of the scale words that a suffix begins with.
fn scale(suffix: &str) -> i32 {
    suffix
        .split(' ')
        .map_while(|word| match word {
            "nghìn" | "ngàn" => Some(3),
            "triệu" => Some(6),
            "tỷ" | "tỉ" => Some(9),
            _ => None,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::span::Span;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn points_part_thousands_and_a_comma_the_decimals() {
        for (value, expected) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1.000"),
            ("1234.5", "1.234,5"),
            ("4979", "4.979"),
            ("1250000", "1.250.000"),
            ("-8.36", "−8,36"),
            ("-0", "0"),
        ] {
            assert_eq!(vietnamese(d(value)), expected);
        }
    }

    #[test]
    fn places_are_kept_and_rounded_half_up() {
        assert_eq!(to_places(d("97.1014"), 2), "97,10");
        assert_eq!(to_places(d("0.125"), 2), "0,13");
        assert_eq!(to_places(d("3"), 1), "3,0");
    }

    #[test]
    fn a_hedge_is_told() {
        let text = "97,1%";
        let words = Some(Span::of(0, text.len()));
        let hedged = Written { value: d("97.1"), decimals: 1, whole: false, hedge: Some(Modifier::Nearly), words };
        assert_eq!(shown(&hedged, text), "gần 97,1 %");
        assert_eq!(shown(&Written { hedge: None, ..hedged }, text), "97,1 %");
    }

    #[test]
    fn a_result_takes_the_scale_word_of_its_neighbour() {
        let text = "1.300 tỷ đồng";
        let words = Some(Span::of(0, text.len()));
        let like = Written { value: d("1300000000000"), decimals: -9, whole: false, hedge: None, words };
        assert_eq!(beside(d("1250000000000"), &like, text, 0), "1.250 tỷ đồng");
        assert_eq!(beside(d("1250500000000"), &like, text, 1), "1.250,5 tỷ đồng");
    }
}
