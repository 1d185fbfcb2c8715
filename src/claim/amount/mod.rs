//! Numbers as the press writes them: value, unit, hedge, and whether they count anything at all.
//!
//! `khoảng 3 đến 5 triệu USD` → 3 000 000 to 5 000 000 USD, approximately; `ngày 22.8` → a date.

mod calendar;
mod clock;
mod day;
pub mod digits;
mod falling;
mod fraction;
mod half;
mod hedge;
mod label;
mod model;
mod name;
mod number;
mod range;
mod ratio;
mod reader;
mod reading;
mod scale;
mod side;
pub mod unit;
mod words;

use rust_decimal::Decimal;

use super::Modifier;
use super::lexicon::{Class, Classes, OPENS, Page, set};
use crate::article::span::{Span, Tokens};

pub use label::NonClaim;
use reader::Reader;
pub use reading::{Reading, read, read_with};
pub use unit::Unit;
use words::Manner;

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
        let reader = Reader { page, lo, hi, manner: Manner::Running };
        let amount = reader.non_claim(i).or_else(|| reader.amount(i));
        match amount {
            Some(mut amount) => {
                // What the amount before has taken ("5$" of "5$3") is not taken twice.
                if let Some(last) = out.last() {
                    amount.tokens.start = amount.tokens.start.max(last.tokens.end);
                }
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
        return fraction::fraction_at(page, i).is_some();
    }
    if page.s.is_glued(i + 1) && (page.s.is_number(i + 1) || page.s.is_mark(i + 1, '-')) {
        return true;
    }
    page.m.any(i, NUMERALS)
}

const NUMERALS: Classes = set(&[
    Class::Digit,
    Class::Ten,
    Class::HalfOf,
    Class::NotCount,
    Class::Hundred,
    Class::Duration,
    Class::Double,
    Class::Half,
]) | OPENS;

/// Words beside those of the classes above that a time or a number can start with.
pub(super) const OPENERS: [&str; 22] = [
    "sáng",
    "trưa",
    "chiều",
    "tối",
    "khoá",
    "kỳ",
    "đoạn",
    "lúc",
    "kỷ",
    "niên",
    "mùng",
    "mồng",
    "tết",
    "sea",
    "games",
    "cup",
    "euro",
    "olympic",
    "paralympic",
    "asiad",
    "expo",
    "tư",
];
