//! Claims for tests, written as marked text: `Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,1%|percentage])`.
//!
//! A mark is `[quote|kind|unit|field=value…]`. Fields: `mod`, `dir`, `s` (statement), `ent`, `prop`, `per`, `target`,
//! `base`, `whole` (the reference's words), `ref` (its value), `val`, `max`. Sentences end at ". " and line ends; each
//! is one statement unless `s` says otherwise.

use rust_decimal::Decimal;

use super::scene::Scene;
use super::{Check, Verdict, checks};
use crate::article::span::{Bytes, Span};
use crate::claim::{Claim, Direction, Entity, EntityType, Kind, Modifier, Period, Property, Reference, Role};

pub(super) struct Trial {
    pub(super) text: String,
    pub(super) claims: Vec<Claim>,
}

impl Trial {
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene { text: &self.text, claims: &self.claims }
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        checks(&self.text, &self.claims)
    }
}

/// The verdicts of one rule on a marked text.
pub(super) fn verdicts(marked: &str, rule: &str) -> Vec<Verdict> {
    trial(marked).checks().iter().filter(|check| check.rule == rule).map(|check| check.verdict).collect()
}

/// Asserts the verdict of one rule for each marked text; nothing means that the rule is silent.
pub(super) fn assert_verdicts(rule: &str, cases: &[(&str, Option<Verdict>)]) {
    for (marked, expected) in cases {
        let expected: Vec<_> = expected.iter().copied().collect();
        assert_eq!(verdicts(marked, rule), expected, "{rule}: {marked}");
    }
}

/// The one check of that rule.
pub(super) fn only(marked: &str, rule: &str) -> Check {
    let mut found: Vec<_> = trial(marked).checks().into_iter().filter(|check| check.rule == rule).collect();
    assert_eq!(found.len(), 1, "{rule}: {marked}: {found:?}");
    found.remove(0)
}

pub(super) fn trial(marked: &str) -> Trial {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let close = rest.find(']').expect("a mark is closed");
        let mark: Vec<_> = rest[open + 1..close].split('|').collect();
        let start = text.len();
        text.push_str(mark[0]);
        marks.push((Span::of(start, text.len()), mark));
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    let claims = marks.iter().map(|(span, mark)| claim(&text, *span, mark)).collect();
    Trial { text, claims }
}

fn claim(text: &str, span: Span<Bytes>, mark: &[&str]) -> Claim {
    let field = |name: &str| mark.iter().skip(2).find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    let kind = kind(mark[1]);
    let sentence = sentence(text, span);
    let here = |words: &str| {
        let within = &text[sentence.range()];
        let after = (span.end - sentence.start) as usize;
        let at = within[after..].find(words).map(|at| at + after).or_else(|| within.find(words)).expect("words");
        Span::of(sentence.start as usize + at, sentence.start as usize + at + words.len())
    };
    let (value, decimals) = number(mark[0].split(['/', '-']).next().unwrap_or_default(), mark[0]);
    let value = field("val").map_or(value, |v| v.parse().expect("a decimal"));
    let reference = [("target", Role::Target), ("base", Role::Baseline), ("whole", Role::Whole)]
        .into_iter()
        .find_map(|(name, role)| Some((role, field(name)?)))
        .map(|(role, words)| Reference {
            role,
            span: here(words),
            value: field("ref").map(|v| v.parse().expect("a decimal")),
        });
    let percentage = matches!(kind, Kind::Percentage | Kind::TargetPercentage) || mark[0].ends_with('%');
    Claim {
        kind,
        span,
        sentence,
        value,
        value_max: field("max").map(|v| v.parse().expect("a decimal")),
        denominator: mark[0].split_once('/').filter(|_| kind == Kind::Ratio).map(|(_, whole)| number(whole, whole).0),
        decimals,
        unit: mark
            .get(2)
            .filter(|unit| !unit.contains('='))
            .map_or_else(|| if percentage { "%".into() } else { String::new() }, |unit| (*unit).to_owned()),
        unit_code: None,
        modifier: field("mod").map(|name| match name {
            "approximately" => Modifier::Approximately,
            "nearly" => Modifier::Nearly,
            "more_than" => Modifier::MoreThan,
            "less_than" => Modifier::LessThan,
            "at_least" => Modifier::AtLeast,
            _ => Modifier::AtMost,
        }),
        direction: field("dir").map(|d| if d == "up" { Direction::Increase } else { Direction::Decrease }),
        entity: field("ent").map(|name| Entity {
            name: name.to_owned(),
            mention: None,
            kind: EntityType::Organization,
            place: None,
        }),
        property: field("prop").map(|words| Property { span: here(words), expanded: None }),
        period: field("per").map(|words| Period { span: here(words), from: None, to: None }),
        reference,
        statement: field("s").map_or(sentence.start + 100, |s| s.parse().expect("a decimal")),
        rule: String::new(),
        confidence: 1.0,
        alternatives: Vec::new(),
    }
}

fn kind(name: &str) -> Kind {
    match name {
        "change" => Kind::Change,
        "target_percentage" => Kind::TargetPercentage,
        "ratio" => Kind::Ratio,
        "percentage" => Kind::Percentage,
        "rate" => Kind::Rate,
        "money" => Kind::Money,
        "measurement" => Kind::Measurement,
        "count" => Kind::Count,
        "multiple" => Kind::Multiple,
        _ => panic!("no kind {name}"),
    }
}

fn sentence(text: &str, span: Span<Bytes>) -> Span<Bytes> {
    let range = span.range();
    let start = [". ", "\n"]
        .iter()
        .filter_map(|end| text[..range.start].rfind(end).map(|at| at + end.len()))
        .max()
        .unwrap_or(0);
    let end = [". ", "\n"].iter().filter_map(|end| text[range.end..].find(end)).min();
    Span::of(start, end.map_or(text.len(), |at| range.end + at + 1))
}

/// The value and decimals of `1.250,5` with the scale word of `quote`.
fn number(digits: &str, quote: &str) -> (Decimal, i32) {
    let plain: String = digits.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
    let mut value: Decimal = plain.replace(',', ".").parse().expect("a decimal");
    let exponent: i32 = [("nghìn", 3), ("triệu", 6), ("tỷ", 9)]
        .iter()
        .filter(|(word, _)| quote.split(' ').any(|other| other == *word))
        .map(|(_, exponent)| exponent)
        .sum();
    let decimals = value.scale() as i32 - exponent;
    value *= super::interval::power_of_ten(exponent).expect("a decimal");
    (value, decimals)
}
