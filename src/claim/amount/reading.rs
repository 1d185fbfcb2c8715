//! The reader of numbers alone, as `solieu amounts` shows it: `gần 1,7 triệu ly` → 1 700 000, nearly.
//!
//! A text that is one number phrase and nothing else is read as that number: "mười tám", "1/2", "2000" count there,
//! though an article's lone "hai", "1/2" or "2000" may name a thing or a day.

use rust_decimal::Decimal;

use super::number;
use super::reader::Reader;
use super::words::Manner;
use super::{Amount, NonClaim, amounts, hedge, scale};
use crate::article::span::{Bytes, CodePoints, Span};
use crate::claim::Modifier;
use crate::claim::lexicon::{Class, Lexicon, Page};

/// One amount of a text, by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Where it stands: bytes of the text, always at character boundaries.
    pub bytes: Span<Bytes>,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The value (low end, numerator), negative behind a minus; none for a non-claim.
    pub value: Option<Decimal>,
    /// The high end of a range.
    pub value_max: Option<Decimal>,
    /// The whole of a fraction or ratio.
    pub denominator: Option<Decimal>,
    /// As the record shows it; none for a bare number.
    pub unit: Option<String>,
    /// UCUM or ISO 4217.
    pub unit_code: Option<String>,
    /// The hedge.
    pub modifier: Option<Modifier>,
    /// Why it is no claim, if it is none.
    pub non_claim: Option<NonClaim>,
}

/// Reads every number of `text` (NFC), claims and non-claims, in order.
#[must_use]
pub fn read(text: &str) -> Vec<Reading> {
    read_with(text, Lexicon::built_in())
}

/// [`read`] with these tables.
#[must_use]
pub fn read_with(text: &str, lexicon: &Lexicon) -> Vec<Reading> {
    let page = Page::new(text, lexicon);
    let found: Vec<Amount> = match whole(&page) {
        Some(amount) => vec![amount],
        None => page.s.sentences.iter().flat_map(|&sentence| amounts(&page, sentence)).collect(),
    };
    let points = CodePoints::new(text);
    found.into_iter().map(|amount| reading(&page, &points, amount)).collect()
}

fn reading(page: &Page<'_>, points: &CodePoints<'_>, mut amount: Amount) -> Reading {
    if let Some(sign) = amount.sign {
        amount.tokens.start -= 1;
        if sign == '-' {
            amount.value = -amount.value;
        }
    }
    let bytes = page.s.bytes(amount.tokens);
    let (start, end) = (points.at(bytes.start), points.at(bytes.end));
    let claim = amount.non_claim.is_none();
    Reading {
        bytes,
        start,
        end,
        value: claim.then_some(amount.value.normalize()),
        value_max: amount.value_max.map(|v| v.normalize()),
        denominator: amount.denominator.map(|v| v.normalize()),
        unit: Some(amount.unit.name()).filter(|name| !name.is_empty()),
        unit_code: amount.unit.code(),
        modifier: amount.modifier,
        non_claim: amount.non_claim,
    }
}

/// The text as one number phrase, hedges and sign included; none when anything else stands in it.
fn whole(page: &Page<'_>) -> Option<Amount> {
    let mut end = page.s.tokens.len();
    while end > 0 && ['.', '!', '?', ',', ';'].iter().any(|&stop| page.s.is_mark(end - 1, stop)) {
        end -= 1;
    }
    // No phrase of numbers is longer; an article need not be tried.
    if end == 0 || end > 64 {
        return None;
    }
    let mut at = 0;
    let mut hedged = None;
    let mut compared = None;
    while at < end {
        if let Some((len, _)) = page.get(at, Class::Hedge) {
            hedged = Some(at + len);
            at += len;
        } else if matches!(page.w(at), "từ" | "giữa") {
            at += 1;
        } else if let Some(modifier) = comparison(page, at) {
            compared = Some(modifier);
            at += 2;
        } else {
            break;
        }
    }
    let minus = number::minus(page, at) && at + 1 < end;
    let sign = ['-', '+'].into_iter().find(|&sign| page.s.is_mark(at, sign));
    let first = at + usize::from(minus || sign.is_some());
    let reader = Reader { page, lo: 0, hi: end, manner: Manner::Alone };
    let mut amount = reader.alone(first)?;
    if minus && amount.start() == first {
        amount.value = -amount.value;
        amount.tokens.start -= 1;
    }
    if amount.start() == first {
        amount.sign = sign;
    }
    if hedged == Some(at) && amount.modifier.is_none() {
        (amount.modifier, amount.hedge_start) = hedge::before(page, 0, at, &amount.unit);
    }
    amount.modifier = amount.modifier.or(compared);
    let bound = page.get(amount.end(), Class::After).map_or(0, |(len, _)| len);
    (amount.end() + bound == end).then_some(amount)
}

/// "nhiều hơn 10 đô la", "ít hơn 5": a bound where no level stands to compare with.
fn comparison(page: &Page<'_>, i: usize) -> Option<Modifier> {
    if page.w(i + 1) != "hơn" {
        return None;
    }
    match page.w(i) {
        "nhiều" | "lớn" | "cao" => Some(Modifier::MoreThan),
        "ít" | "nhỏ" | "thấp" => Some(Modifier::LessThan),
        _ => None,
    }
}

impl Reader<'_, '_> {
    /// The number that is all there is, from token `i` on.
    fn alone(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        // Identifiers and days stay what they are: "0912345678", "12/2020".
        let word = page.w(i);
        if word.len() > 8 && word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let amount = self.amount(i).or_else(|| self.collective(i)).or_else(|| self.bare_decimals(i))?;
        let month = amount.denominator.is_some_and(|d| d > Decimal::from(1900) && d < Decimal::from(2100))
            && amount.value <= Decimal::from(12);
        if month { None } else { Some(self.multiplied(amount)) }
    }

    /// `.77`: decimals without their zero.
    fn bare_decimals(&self, i: usize) -> Option<Amount> {
        let page = self.page;
        if !page.s.is_mark(i, '.') || !page.s.is_glued(i + 1) || !page.s.is_number(i + 1) {
            return None;
        }
        let mut amount = self.amount(i + 1)?;
        if amount.scaled || amount.value_max.is_some() || amount.start() != i + 1 || page.w(i + 1).contains(['.', ','])
        {
            return None;
        }
        let places = u32::try_from(page.w(i + 1).len()).ok()?;
        amount.value = amount.value.checked_div(scale::power(places)?)?;
        amount.decimals = i32::try_from(places).ok()?;
        amount.tokens.start -= 1;
        Some(amount)
    }

    /// "chục", "tá", "nghìn": one of them.
    fn collective(&self, i: usize) -> Option<Amount> {
        let value = collective(self.page, i)?;
        let mut amount = self.bare(i, i + 1);
        amount.value = value;
        self.finish(&mut amount);
        Some(amount)
    }

    /// "2 tá", "ba cặp", `1.2M`: what multiplies a number only where nothing else stands.
    fn multiplied(&self, mut amount: Amount) -> Amount {
        let page = self.page;
        let end = amount.number_end;
        let mega = match page.s.raw(end) {
            _ if !page.s.is_glued(end) => None,
            "M" => Some(Decimal::from(1_000_000)),
            "G" => Some(Decimal::from(1_000_000_000)),
            _ => None,
        };
        let collective = collective(page, end).filter(|_| matches!(page.w(end), "tá" | "cặp" | "đôi"));
        if let Some(factor) = mega.or(collective)
            && amount.value_max.is_none()
            && amount.denominator.is_none()
            && end + 1 == self.hi
            && let Some(value) = amount.value.checked_mul(factor)
        {
            amount.value = value;
            amount.unit = super::Unit::None;
            amount.tokens.end = Span::<crate::article::span::Tokens>::of(0, end + 1).end;
        }
        amount
    }
}

fn collective(page: &Page<'_>, i: usize) -> Option<Decimal> {
    Some(match page.w(i) {
        "cặp" | "đôi" => Decimal::TWO,
        "chục" => Decimal::TEN,
        "tá" => Decimal::from(12),
        "trăm" => Decimal::ONE_HUNDRED,
        _ => return page.get(i, Class::Scale).and_then(|(_, v)| v.parse().ok()).and_then(scale::power),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use num2words2_core::base::Lang as _;
    use proptest::strategy::Strategy as _;

    const fn hedged(modifier: Modifier) -> &'static str {
        match modifier {
            Modifier::Approximately => "approximately",
            Modifier::Nearly => "nearly",
            Modifier::MoreThan => "more_than",
            Modifier::LessThan => "less_than",
            Modifier::AtLeast => "at_least",
            Modifier::AtMost => "at_most",
        }
    }

    fn shown(text: &str) -> String {
        let one = |r: Reading| {
            if let Some(kind) = r.non_claim {
                return format!("{}={}", r.bytes.slice(text), kind.name());
            }
            let mut out = r.value.map(|v| v.to_string()).unwrap_or_default();
            for (joint, other) in [("..", r.value_max), (" of ", r.denominator)] {
                if let Some(other) = other {
                    out.push_str(joint);
                    out.push_str(&other.to_string());
                }
            }
            if let Some(unit) = r.unit {
                out.push(' ');
                out.push_str(&unit);
            }
            if let Some(modifier) = r.modifier {
                out.push_str(&format!(" ({})", hedged(modifier)));
            }
            out
        };
        read(text).into_iter().map(one).collect::<Vec<_>>().join("; ")
    }

    fn check(table: &str) {
        let rows: Vec<_> =
            table.lines().filter(|l| !l.starts_with('#')).filter_map(|line| line.split_once('\t')).collect();
        let wrong: Vec<_> = rows
            .iter()
            .map(|(phrase, want)| (phrase.replace("\\u00a0", "\u{a0}"), want))
            .filter_map(|(phrase, want)| Some((shown(&phrase), phrase, want)).filter(|(got, _, want)| got != *want))
            .collect();
        assert!(wrong.is_empty() && !rows.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn running_text_is_read_as_the_table_says() {
        check(include_str!("phrases.tsv"));
    }

    #[test]
    fn a_text_that_is_one_number_is_read_as_that_number() {
        check(include_str!("alone.tsv"));
    }

    #[test]
    fn offsets_are_code_points_and_hold_the_sign() {
        let found = read("Lạnh tới -5,2 độ C");
        assert_eq!((found[0].start, found[0].end), (9, 18));
        assert_eq!(found[0].value, Some(Decimal::new(-52, 1)));
    }

    proptest::proptest! {
        #[test]
        fn words_alone_read_back(n in 0_u64..1_000_000_000_000_000) {
            let words = num2words2_core::lang_vi::LangVi::new().to_cardinal(&n.into()).unwrap();
            proptest::prop_assert_eq!(shown(&words), n.to_string(), "{}", words);
        }

        #[test]
        fn any_text_is_read_within_its_characters(
            text in proptest::collection::vec(
                proptest::prop_oneof![
                    "\\PC{0,4}",
                    "[0-9]{1,5}",
                    "[-/.,:%$€½¼xXkKmM()~×*+ \n\u{a0}]{1,3}",
                    proptest::sample::select(WORDS).prop_map(str::to_owned),
                ],
                0..24,
            ),
            glue in proptest::sample::select(&["", " "]),
        ) {
            let text = text.join(glue);
            let text = crate::article::normalise::nfc(&text);
            let chars = text.chars().count();
            let mut last = 0;
            for r in read(&text) {
                proptest::prop_assert!(text.get(r.bytes.range()).is_some_and(|t| !t.is_empty()));
                proptest::prop_assert!(last <= r.start && r.start < r.end && r.end as usize <= chars);
                last = r.end;
            }
        }
    }

    const WORDS: &[&str] = &[
        "không",
        "một",
        "hai",
        "năm",
        "mười",
        "mươi",
        "mốt",
        "lăm",
        "trăm",
        "linh",
        "nghìn",
        "triệu",
        "tỷ",
        "rưỡi",
        "phẩy",
        "phần",
        "nửa",
        "trên",
        "trong",
        "tổng số",
        "âm",
        "khoảng",
        "hơn",
        "từ",
        "đến",
        "giữa",
        "và",
        "ngày",
        "tháng",
        "quý",
        "III",
        "giờ",
        "phút",
        "đầu",
        "qua",
        "đồng",
        "USD",
        "độ",
        "C",
        "m2",
        "kg",
        "tr",
        "số",
        "lần thứ",
        "Zentix",
        "quốc lộ",
        "người",
        "trở lên",
        "chục",
        "tá",
        "K",
        "G",
    ];
}
