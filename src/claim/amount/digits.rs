//! Digits as the press writes them → exact value: `1.250,5`, `6.271`, `97,1`, `2.3`.
//!
//! '.' groups thousands and ',' marks decimals (Law on Accounting 88/2015/QH13, art. 10; CLDR `vi`). English style is
//! accepted where its shape leaves no other reading (`1,234,567.8`, `0.5`).

use rust_decimal::Decimal;

/// A number in digits, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// Its value.
    pub value: Decimal,
    /// Digits after the decimal mark.
    pub decimals: u32,
    /// Which shape it had.
    pub shape: Shape,
    /// The other reading, where the shape allows one.
    pub other: Option<Decimal>,
}

/// How the digits were grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `304`
    Plain,
    /// `6.271`, `1.250.000,5`
    Grouped,
    /// `97,1`
    Comma,
    /// `2.3`, `22.8`: a date, a version, or an English decimal.
    Dot,
    /// `1,234,567`
    English,
}

/// Reads the folded digits of one token; `None` where no grouping makes sense of them.
#[must_use]
pub fn read(digits: &str) -> Option<Digits> {
    let dots = digits.bytes().filter(|&b| b == b'.').count();
    let commas = digits.bytes().filter(|&b| b == b',').count();
    match (dots, commas) {
        (0, 0) => plain(digits, Shape::Plain),
        (0, 1) => {
            let (whole, part) = digits.split_once(',')?;
            let mut read = decimal(whole, part, Shape::Comma)?;
            // "1,134 triệu dân" is a decimal in every clear case of the press, so that stays the reading.
            if part.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0" {
                read.other = number(digits, 0);
            }
            Some(read)
        }
        (0, _) => grouped(digits, b',', Shape::English),
        (1, 0) => {
            let (whole, part) = digits.split_once('.')?;
            if part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') {
                let mut read = grouped(digits, b'.', Shape::Grouped)?;
                read.other = decimal(whole, part, Shape::Dot).map(|d| d.value);
                return Some(read);
            }
            decimal(whole, part, Shape::Dot)
        }
        // "2.552.1 tỉ": groups, then a dot where the comma should stand.
        (_, 0) => grouped(digits, b'.', Shape::Grouped).or_else(|| mixed(digits, b'.', b'.', Shape::Grouped)),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => mixed(digits, b'.', b',', Shape::Grouped),
        (1, _) if digits.rfind('.') > digits.rfind(',') => mixed(digits, b',', b'.', Shape::English),
        _ => None,
    }
}

/// The digits alone, marks passed over, up to what an exact decimal holds.
fn number(digits: &str, places: u32) -> Option<Decimal> {
    let mut mantissa = 0_i128;
    let mut count = 0;
    for b in digits.bytes().filter(u8::is_ascii_digit) {
        count += 1;
        if count > 27 {
            return None;
        }
        mantissa = mantissa * 10 + i128::from(b - b'0');
    }
    if count == 0 { None } else { Decimal::try_from_i128_with_scale(mantissa, places).ok() }
}

fn plain(digits: &str, shape: Shape) -> Option<Digits> {
    Some(Digits { value: number(digits, 0)?, decimals: 0, shape, other: None })
}

fn decimal(whole: &str, part: &str, shape: Shape) -> Option<Digits> {
    let places = u32::try_from(part.len()).ok()?;
    let mut value = number(part, places)?;
    value = value.checked_add(number(whole, 0)?)?;
    (whole.len() + part.len() <= 27).then_some(Digits { value, decimals: places, shape, other: None })
}

/// `1.250.000`: groups of three behind a first of one to three.
fn grouped(digits: &str, mark: u8, shape: Shape) -> Option<Digits> {
    let mut groups = digits.as_bytes().split(|&b| b == mark);
    let first = groups.next()?;
    if first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3) {
        return None;
    }
    plain(digits, shape)
}

/// `1.250,5`: groups, then decimals behind the last mark; behind a dot for a comma no group of three.
fn mixed(digits: &str, group: u8, point: u8, shape: Shape) -> Option<Digits> {
    let at = digits.bytes().rposition(|b| b == point)?;
    let (whole, part) = (&digits[..at], &digits[at + 1..]);
    if whole.bytes().any(|b| b == point) && (group != point || part.len() > 2) {
        return None;
    }
    grouped(whole, group, shape)?;
    let mut read = decimal(whole, part, shape)?;
    read.other = None;
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(digits: &str) -> String {
        read(digits).map_or("none".into(), |d| {
            format!("{} {:?} {}{}", d.value, d.shape, d.decimals, d.other.map_or(String::new(), |o| format!(" or {o}")))
        })
    }

    proptest::proptest! {
        #[test]
        fn generated_digits_read_back(n in 0_u64..1_000_000_000_000_000, part in 0_u32..100_000, places in 0_usize..6) {
            let bare = n.to_string();
            let mut text = String::new();
            for (i, c) in bare.chars().enumerate() {
                if i > 0 && (bare.len() - i) % 3 == 0 {
                    text.push('.');
                }
                text.push(c);
            }
            let mut plain = bare;
            if places > 0 {
                let part = format!("{part:05}");
                text = format!("{text},{}", &part[..places]);
                plain = format!("{plain}.{}", &part[..places]);
            }
            let value = read(&text).map(|d| d.value);
            proptest::prop_assert_eq!(value, plain.parse().ok(), "{}", text);
        }

        #[test]
        fn arbitrary_digits_and_marks_do_not_panic(text in "[0-9.,]{0,40}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn groups_and_decimals() {
        for (digits, want) in [
            ("304", "304 Plain 0"),
            ("6.271", "6271 Grouped 0 or 6.271"),
            ("1.250,5", "1250.5 Grouped 1"),
            ("97,1", "97.1 Comma 1"),
            ("1,134", "1.134 Comma 3 or 1134"),
            ("0,125", "0.125 Comma 3"),
            ("2.3", "2.3 Dot 1"),
            ("0.5", "0.5 Dot 1"),
            ("0.125", "0.125 Dot 3"),
            ("1.250.000", "1250000 Grouped 0"),
            ("1,234,567", "1234567 English 0"),
            ("1,234,567.8", "1234567.8 English 1"),
            ("1,234.5", "1234.5 English 1"),
            ("50.00.000", "none"),
            ("1.2.3", "none"),
            ("16.1.2012", "none"),
            ("2.552.1", "2552.1 Grouped 1"),
            ("1.234,5,6", "none"),
            ("1,234.5.6", "none"),
            ("1234.567", "1234.567 Dot 3"),
            ("99999999999999999999999999999", "none"),
            ("007", "7 Plain 0"),
        ] {
            assert_eq!(p(digits), want, "{digits}");
        }
    }
}
