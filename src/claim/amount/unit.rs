//! What a number counts in: `%`, currency, measure, time, age, and the compounds of rates (`đồng/người/năm`).

use std::borrow::Cow;

use super::words::Manner;
use crate::claim::lexicon::{Class, Classes, Mark, Page, set};

/// The unit behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// None: a bare number, perhaps with a counted noun behind it.
    None,
    /// `%`
    Percent,
    /// `‰`
    Permille,
    /// `điểm phần trăm`
    PercentPoint,
    /// `điểm cơ bản`
    BasisPoint,
    /// `điểm`
    Point,
    /// ISO 4217.
    Money(Cow<'static, str>),
    /// As written, with its UCUM code.
    Measure(String, String),
    /// The guideline's word (`giờ` for `tiếng`) and its UCUM code.
    Time(String, String),
    /// `tuổi`, or the time unit of a small child's age.
    Age(String),
    /// `lần`
    Times,
    /// Unit per unit: the base, then what divides ("VND", "người/năm").
    Rate(Box<Self>, String),
}

impl Unit {
    /// As the record shows it, for all but counted nouns.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Percent => "%".into(),
            Self::Permille => "‰".into(),
            Self::PercentPoint => "điểm phần trăm".into(),
            Self::BasisPoint => "điểm cơ bản".into(),
            Self::Point => "điểm".into(),
            Self::Money(code) => code.to_string(),
            Self::Measure(name, _) | Self::Time(name, _) | Self::Age(name) => name.clone(),
            Self::Times => "lần".into(),
            Self::Rate(base, per) => format!("{}/{per}", base.name()),
        }
    }

    /// UCUM or ISO 4217.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Percent => Some("%".into()),
            Self::Permille => Some("[ppth]".into()),
            Self::Money(code) => Some(code.to_string()),
            Self::Measure(_, code) | Self::Time(_, code) if !code.is_empty() => Some(code.clone()),
            Self::Age(name) => Some(
                if name == "tuổi" {
                    "a"
                } else if name == "tuần" {
                    "wk"
                } else {
                    "mo"
                }
                .into(),
            ),
            _ => None,
        }
    }

    /// Whether two ends of a range may share a number line.
    #[must_use]
    pub fn same_sort(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

const UNITS: Classes = set(&[
    Class::Percent,
    Class::Permille,
    Class::PercentPoint,
    Class::BasisPoint,
    Class::PointUnit,
    Class::Money,
    Class::Measure,
    Class::Duration,
    Class::Age,
    Class::Times,
]);

/// Classes of ordinary words: a longer word of theirs at the same place is what stands there ("đồng chí", "tấn công").
const WORDS: Classes =
    set(&[Class::Noun, Class::Countable, Class::Verb, Class::Adjective, Class::Adverb, Class::Conjunction]);

/// The unit that starts at token `i`, right behind a number: the unit and where it ends.
///
/// `digits`: the number is in digits; `scaled`: it has a scale word. Both make short symbols credible.
#[must_use]
pub fn read(page: &Page<'_>, i: usize, digits: bool, scaled: bool) -> Option<(Unit, usize)> {
    read_as(page, i, digits, scaled, Manner::Running)
}

/// As [`read`]; what stands alone with its number needs no other company.
pub(super) fn read_as(page: &Page<'_>, i: usize, digits: bool, scaled: bool, manner: Manner) -> Option<(Unit, usize)> {
    let mark = found(page, i, digits, scaled, manner)?;
    let end = i + mark.len as usize;
    let name = page.lex.value(mark.row);
    let code = page.lex.code(mark.row).to_owned();
    let unit = match mark.class {
        Class::Percent => Unit::Percent,
        Class::Permille => Unit::Permille,
        Class::PercentPoint => Unit::PercentPoint,
        Class::BasisPoint => Unit::BasisPoint,
        Class::PointUnit => Unit::Point,
        Class::Money => Unit::Money(Cow::Owned(code)),
        Class::Measure => Unit::Measure(name.to_owned(), code),
        Class::Duration => Unit::Time(name.to_owned(), code),
        Class::Age => Unit::Age(name.to_owned()),
        _ => Unit::Times,
    };
    Some((unit, end))
}

/// Whether a unit starts at token `i`, behind a number in digits without a scale.
pub(super) fn is(page: &Page<'_>, i: usize) -> bool {
    found(page, i, true, false, Manner::Running).is_some()
}

/// The phrase of the unit that [`read_as`] reads.
pub(super) fn found(page: &Page<'_>, i: usize, digits: bool, scaled: bool, manner: Manner) -> Option<Mark> {
    let mark = best(page, i)?;
    let longer_word = page.m.at(i).iter().any(|m| m.len > mark.len && WORDS & m.class.bit() != 0);
    let last = manner == Manner::Alone && i + mark.len as usize == page.s.tokens.len();
    let fits = (!longer_word || mark.class == Class::Percent) && (last || credible(page, i, mark, digits, scaled));
    fits.then_some(mark)
}

fn best(page: &Page<'_>, i: usize) -> Option<Mark> {
    if !page.m.any(i, UNITS) {
        return None;
    }
    page.m.at(i).iter().rev().find(|m| UNITS & m.class.bit() != 0).copied()
}

/// Short symbols and words with another everyday meaning need company.
fn credible(page: &Page<'_>, i: usize, mark: Mark, digits: bool, scaled: bool) -> bool {
    let end = i + mark.len as usize;
    let word = page.w(i);
    let glued = page.s.is_glued(i);
    // A letter glued behind goes on with the word: "5GB" is one, "5Gx" is none.
    let runs_on = page.s.is_glued(end) && (page.s.is_word(end) || page.s.is_number(end)) && page.s.is_word(end - 1);
    let decimals = word == "m" && page.s.is_number(end) && page.w(end).len() <= 2;
    if runs_on && !decimals && !page.w(end).starts_with('x') {
        return false;
    }
    if mark.len == 1 && word.chars().count() == 1 && page.s.is_word(i) {
        let slash = page.s.is_mark(end, '/');
        return digits
            && match word {
                // "5G" is a network.
                "g" if page.s.raw(i) == "G" && glued && page.w(i.wrapping_sub(1)).len() == 1 => false,
                "m" if page.s.raw(i) == "m" => true,
                "đ" | "m" | "g" => glued || scaled || slash || !page.s.is_word(end),
                "s" | "l" | "w" | "v" | "p" | "h" => glued || slash && word != "p" || word == "w",
                _ => glued,
            };
    }
    match word {
        "bảng" => {
            let paid = matches!(page.w(end), "một" | "mỗi") && page.is(end + 1, Class::Duration);
            // "có giá 8 bảng"
            let price = (2..=3).any(|n| i >= n && matches!(page.w(i - n), "giá" | "phí" | "thưởng" | "phạt"));
            scaled || page.s.is_mark(end, '/') || mark.len > 1 || paid || price && digits
        }
        // "3 khối 10, 11, 12": of a school.
        "khối" if page.s.is_number(end) => false,
        // "Zentix 5 giờ đây": now.
        "giờ" => page.w(end) != "đây",
        "cân" | "lượng" | "khối" | "phân" | "rm" | "bar" | "chỉ" | "a" | "tệ" | "yên" | "won" | "đô" | "kí" | "ký"
        | "foot" => {
            let next_plain = page.is(end, Class::Clause)
                || !page.s.is_word(end)
                || page.is(end, Class::Noun)
                || page.is(end, Class::Half);
            scaled || next_plain
        }
        "ma" | "mv" => glued && digits,
        // "đợt 2 năm 2012": the year of what is numbered.
        "năm" => !(page.s.is_number(end) && page.w(end).len() == 4),
        "hôm" => false,
        // "12 vàng, 15 bạc và 14 đồng": medals.
        "đồng" if !scaled && (2..=4).any(|n| i >= n && page.w(i - n) == "bạc") => false,
        "độ" => !page.is(end, Class::Age),
        "quý" => false,
        _ => true,
    }
}

/// "trên giờ", "một giây" behind a measure: the time that divides it.
pub(super) fn speed(page: &Page<'_>, i: usize) -> Option<(String, usize)> {
    let timed = match page.w(i) {
        "trên" => best(page, i + 1).is_some_and(|m| m.class == Class::Duration && m.len == 1),
        // "81.000 km mỗi năm"
        "mỗi" => best(page, i + 1).is_some_and(|m| m.class == Class::Duration && m.len == 1),
        "một" => matches!(page.w(i + 1), "giờ" | "giây" | "phút"),
        _ => false,
    };
    if timed { divisor(page, i + 1) } else { None }
}

/// `/người/năm`, `một kg`, `mỗi tháng`: what divides the unit, from token `i` on.
#[must_use]
pub fn per(page: &Page<'_>, i: usize, words_too: bool) -> Option<(String, usize)> {
    let mut names: Vec<String> = Vec::new();
    let mut at = i;
    while page.s.is_mark(at, '/') && names.len() < 3 {
        // "100 USD/1 người"
        let one = page.w(at + 1) == "1" && page.s.is_word(at + 2);
        let Some((name, end)) = divisor(page, at + 1 + usize::from(one)) else { break };
        names.push(name);
        at = end;
    }
    // "100 USD/người mỗi ngày"
    if !names.is_empty()
        && page.w(at) == "mỗi"
        && page.is(at + 1, Class::Duration)
        && let Some((name, end)) = divisor(page, at + 1)
    {
        names.push(name);
        at = end;
    }
    if names.is_empty() && words_too {
        return worded(page, i);
    }
    (!names.is_empty()).then(|| (names.join("/"), at))
}

/// "một kg", "mỗi tháng", "một lần cấp", "cho mỗi chiếc", "cho một ounce": the divisor in words.
fn worded(page: &Page<'_>, i: usize) -> Option<(String, usize)> {
    let joint = matches!(page.w(i), "cho" | "trên");
    let at = i + usize::from(joint);
    let one = page.w(at) == "một";
    if !one && page.w(at) != "mỗi" || page.is(at, Class::NotCount) || page.w(at + 1) == "độ" {
        return None;
    }
    let class = best(page, at + 1).map(|mark| mark.class);
    let divides = match class {
        Some(Class::Measure) => true,
        Some(Class::Duration | Class::Times) if one => !joint,
        Some(Class::Duration | Class::Times) => true,
        _ if one && joint => matches!(page.w(at + 1), "coin" | "token" | "thùng") || page.w(at + 2) == "phiếu",
        _ if one => page.is(at + 1, Class::Classifier),
        _ => page.is(at + 1, Class::Countable) || page.is(at + 1, Class::Classifier),
    };
    let (name, end) = divisor(page, at + 1).filter(|_| divides && !page.s.is_capital(at + 1))?;
    // "một lần cấp"
    if one && class == Some(Class::Times) && page.is(end, Class::Verb) && !page.is(end, Class::Clause) {
        return Some((page.s.slice(crate::article::span::Span::of(at + 1, end + 1)).to_owned(), end + 1));
    }
    // "một năm sau" says when.
    (!page.is(end, Class::Window)).then_some((name, end))
}

/// One divisor: a unit, or a counted noun.
fn divisor(page: &Page<'_>, i: usize) -> Option<(String, usize)> {
    if let Some(mark) = best(page, i)
        && mark.class != Class::Percent
    {
        let name = page.lex.value(mark.row);
        let name = if mark.class == Class::Money { page.lex.code(mark.row) } else { name };
        let end = i + mark.len as usize;
        return Some((display(page, i, end, name), end));
    }
    if !page.s.is_word(i) {
        return None;
    }
    let noun = [Class::Countable, Class::Noun, Class::Classifier]
        .iter()
        .filter_map(|&c| page.m.longest(i, c))
        .map(|m| m.len)
        .max();
    const OTHER: Classes = set(&[Class::Preposition, Class::Verb, Class::Level, Class::Clause]);
    // "chuyến đi/đến Huế"
    if noun.is_none() && page.m.any(i, OTHER) {
        return None;
    }
    let end = i + noun.map_or(1, usize::from);
    let raw = page.s.slice(crate::article::span::Span::of(i, end)).to_owned();
    Some((raw, end))
}

/// A unit with two letters cases keeps the article's own ("CP", "lượng").
fn display(page: &Page<'_>, i: usize, end: usize, name: &str) -> String {
    if name == "=" { page.s.slice(crate::article::span::Span::of(i, end)).to_owned() } else { name.to_owned() }
}
