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
                read.other = number(&[whole, part].concat());
            }
            Some(read)
        }
        (0, _) => grouped(digits, ',', Shape::English),
        (1, 0) => {
            let (whole, part) = digits.split_once('.')?;
            if part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') {
                let mut read = grouped(digits, '.', Shape::Grouped)?;
                read.other = number(&digits.replace('.', "")).and(decimal(whole, part, Shape::Dot)).map(|d| d.value);
                return Some(read);
            }
            decimal(whole, part, Shape::Dot)
        }
        (_, 0) => grouped(digits, '.', Shape::Grouped),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => {
            let (whole, part) = digits.split_once(',')?;
            let mut read = grouped(whole, '.', Shape::Grouped)?;
            let decimals = decimal("0", part, Shape::Comma)?;
            read.value = read.value.checked_add(decimals.value)?;
            read.decimals = decimals.decimals;
            read.other = None;
            Some(read)
        }
        (1, _) if digits.rfind('.') > digits.rfind(',') => {
            let (whole, part) = digits.split_once('.')?;
            let mut read = grouped(whole, ',', Shape::English)?;
            let decimals = decimal("0", part, Shape::Dot)?;
            read.value = read.value.checked_add(decimals.value)?;
            read.decimals = decimals.decimals;
            Some(read)
        }
        _ => None,
    }
}

/// Digits alone, up to what an exact decimal holds.
fn number(digits: &str) -> Option<Decimal> {
    if digits.is_empty() || digits.len() > 27 {
        return None;
    }
    Decimal::from_str_exact(digits).ok()
}

fn plain(digits: &str, shape: Shape) -> Option<Digits> {
    Some(Digits { value: number(digits)?, decimals: 0, shape, other: None })
}

fn decimal(whole: &str, part: &str, shape: Shape) -> Option<Digits> {
    if whole.len() + part.len() > 27 || whole.contains(['.', ',']) || part.contains(['.', ',']) {
        return None;
    }
    let value = Decimal::from_str_exact(&[whole, ".", part].concat()).ok()?;
    Some(Digits { value, decimals: u32::try_from(part.len()).ok()?, shape, other: None })
}

/// `1.250.000`: groups of three behind a first of one to three.
fn grouped(digits: &str, mark: char, shape: Shape) -> Option<Digits> {
    let mut groups = digits.split(mark);
    let first = groups.next()?;
    if first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3) {
        return None;
    }
    plain(&digits.replace(mark, ""), shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(digits: &str) -> String {
        read(digits).map_or("none".into(), |d| {
            format!("{} {:?} {}{}", d.value, d.shape, d.decimals, d.other.map_or(String::new(), |o| format!(" or {o}")))
        })
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
            ("1234.567", "1234.567 Dot 3"),
            ("99999999999999999999999999999", "none"),
            ("007", "7 Plain 0"),
        ] {
            assert_eq!(p(digits), want, "{digits}");
        }
    }
}
