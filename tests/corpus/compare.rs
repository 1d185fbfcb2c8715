//! A record held against a case, by the rules of the gold set's scorer: a claim is found when it overlaps the quote
//! and has the same value; the other fields are judged among the found.

use std::collections::HashMap;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::case::{Case, Claim};

/// A claim of the program, read from its JSON; `start` and `end` count characters of the case's text.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: String,
    pub(crate) value: Option<Decimal>,
    pub(crate) value_max: Option<Decimal>,
    pub(crate) denominator: Option<Decimal>,
    pub(crate) unit: String,
    pub(crate) modifier: Option<String>,
    pub(crate) direction: Option<String>,
    pub(crate) entity: Vec<String>,
    pub(crate) property: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) reference: Option<String>,
}

/// A check of the program.
#[derive(Debug, Clone)]
pub(crate) struct SaidCheck {
    /// Places in the list of what the program said.
    pub(crate) claims: Vec<usize>,
    pub(crate) rule: String,
    pub(crate) verdict: String,
}

/// One departure from what the case expects of a found claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) field: &'static str,
    pub(crate) expected: String,
    pub(crate) said: String,
}

/// What became of each claim, trap and check of one article.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) said: Vec<Said>,
    pub(crate) said_checks: Vec<SaidCheck>,
    /// For each claim of the case, then each optional one: the place in `said` that answers it.
    pub(crate) answers: Vec<Option<usize>>,
    /// For each claim of the case that was found: the fields that are wrong.
    pub(crate) wrong: Vec<Vec<Wrong>>,
    /// Places in `said` that answer nothing, with the trap they took, if any.
    pub(crate) extra: Vec<(usize, Option<usize>)>,
    /// For each expected check: whether the program has it with that verdict.
    pub(crate) checks: Vec<bool>,
    /// Places in `said_checks` that call an article inconsistent which is not.
    pub(crate) false_flags: Vec<usize>,
}

/// Holds a record (`null` where the program wrote none) against its case.
pub(crate) fn compare(case: &Case, record: &Value) -> Outcome {
    let shift = shift(case, record);
    let said: Vec<Said> = list(record, "claims").iter().map(|c| said(c, shift)).collect();
    let mut outcome = Outcome { said_checks: said_checks(record, &said), said, ..Outcome::default() };
    let mut used = vec![false; outcome.said.len()];
    for (i, claim) in case.all().enumerate() {
        let required = i < case.claims.len();
        let answer = answer(claim, &outcome.said, &used, required);
        if let Some(answer) = answer {
            used[answer] = true;
        }
        if required {
            outcome.wrong.push(answer.map(|a| wrong(claim, &outcome.said[a])).unwrap_or_default());
        }
        outcome.answers.push(answer);
    }
    for (i, said) in outcome.said.iter().enumerate() {
        let overlaps = |start: usize, end: usize| said.start < end && start < said.end;
        if used[i] || case.optional.iter().any(|o| overlaps(o.start, o.end)) {
            continue;
        }
        let trap = case.traps.iter().position(|t| overlaps(t.start, t.end));
        // Ranks and scores are always optional: a list of results may be read or left alone.
        let free = ["rank", "score"].contains(&said.kind.as_str())
            && trap.is_some_and(|t| ["score", "ordinal"].contains(&case.traps[t].reason.as_str()));
        if !free {
            outcome.extra.push((i, trap));
        }
    }
    judge_checks(case, &mut outcome);
    outcome
}

fn judge_checks(case: &Case, outcome: &mut Outcome) {
    let shared = |expected: &[usize], said: &SaidCheck| {
        expected.iter().filter(|c| outcome.answers[**c].is_some_and(|a| said.claims.contains(&a))).count()
    };
    let enough = |expected: &[usize], said: &SaidCheck| shared(expected, said) >= expected.len().min(2);
    let checks = case.checks.iter().map(|expected| {
        let same = |said: &&SaidCheck| said.verdict == expected.verdict && enough(&expected.claims, said);
        outcome.said_checks.iter().find(same).is_some()
    });
    let checks = checks.collect();
    let planted = |said: &SaidCheck| {
        case.checks.iter().any(|expected| expected.verdict == "inconsistent" && enough(&expected.claims, said))
    };
    let flagged = outcome.said_checks.iter().enumerate().filter(|(_, c)| c.verdict == "inconsistent" && !planted(c));
    let false_flags = flagged.map(|(i, _)| i).collect();
    outcome.checks = checks;
    outcome.false_flags = false_flags;
}

/// The prediction that answers a claim: same value first, then same kind, then the longest overlap.
fn answer(claim: &Claim, said: &[Said], used: &[bool], need_value: bool) -> Option<usize> {
    let candidates = said.iter().enumerate().filter(|(i, s)| !used[*i] && s.end > claim.start && s.start < claim.end);
    let scored = candidates.filter_map(|(i, s)| {
        let same = s.value == Some(claim.value) && s.denominator == claim.denominator && s.value_max == claim.value_max;
        let overlap = s.end.min(claim.end) - s.start.max(claim.start);
        (same || !need_value).then_some(((same, s.kind == claim.kind, overlap), std::cmp::Reverse(i)))
    });
    scored.max().map(|(_, std::cmp::Reverse(i))| i)
}

fn wrong(claim: &Claim, said: &Said) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut hold = |right: bool, field: &'static str, expected: String, said: String| {
        if !right {
            wrong.push(Wrong { field, expected, said });
        }
    };
    let shown = |x: &Option<String>| x.clone().unwrap_or_else(|| "none".to_owned());
    hold(claim.kind == said.kind, "kind", claim.kind.clone(), said.kind.clone());
    hold(unit_matches(&said.unit, &claim.unit), "unit", claim.unit.clone(), said.unit.clone());
    hold(claim.modifier == said.modifier, "modifier", shown(&claim.modifier), shown(&said.modifier));
    hold(claim.direction == said.direction, "direction", shown(&claim.direction), shown(&said.direction));
    let entity = said.entity.iter().any(|name| text_matches(name, &claim.entity));
    let names = if said.entity.is_empty() { "none".to_owned() } else { said.entity.join(" / ") };
    hold(entity, "entity", claim.entity.first().cloned().unwrap_or_default(), names);
    let fields = [
        ("property", &claim.property, &said.property),
        ("period", &claim.period, &said.period),
        ("reference", &claim.reference, &said.reference),
    ];
    for (field, expected, said) in fields {
        if let Some(phrase) = expected {
            let right = said.as_ref().is_some_and(|s| text_matches(s, std::slice::from_ref(phrase)));
            hold(right, field, phrase.clone(), shown(said));
        }
    }
    wrong
}

/// Token F1 of at least a half with one of the phrases, or one within the other (two tokens or more, or equal).
fn text_matches(said: &str, accepted: &[String]) -> bool {
    let said = tokens(said);
    accepted.iter().map(|a| tokens(a)).any(|gold| {
        if said.is_empty() || gold.is_empty() {
            return false;
        }
        let mut left: HashMap<&str, usize> = HashMap::new();
        for token in &gold {
            *left.entry(token).or_default() += 1;
        }
        let mut common = 0;
        for token in &said {
            if let Some(n) = left.get_mut(token.as_str()).filter(|n| **n > 0) {
                *n -= 1;
                common += 1;
            }
        }
        let (short, long) = if said.len() <= gold.len() { (&said, &gold) } else { (&gold, &said) };
        let within = short.len() >= 2 && long.windows(short.len()).any(|w| w == short.as_slice());
        said == gold || within || 4 * common >= said.len() + gold.len()
    })
}

fn tokens(phrase: &str) -> Vec<String> {
    let kept = |c: char| c.is_alphanumeric() || "_%°/".contains(c);
    phrase.to_lowercase().split(|c| !kept(c)).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// Units that are the same thing in other words; counted nouns must share their head.
fn unit_matches(said: &str, gold: &str) -> bool {
    let alias = |part: &str| {
        match part {
            "tiếng" | "giờ đồng hồ" | "tiếng đồng hồ" | "h" => "giờ",
            "đồng" => "vnd",
            "đô la" => "usd",
            "m²" | "mét vuông" => "m2",
            "m³" => "m3",
            "km²" => "km2",
            "độ c" => "°c",
            "phần trăm" => "%",
            "héc ta" | "hecta" => "ha",
            "đồng chí" => "người",
            "mét" => "m",
            "ki-lô-mét" | "kilomet" | "cây số" => "km",
            "kilogram" => "kg",
            "gam" | "gram" => "g",
            "lít" => "l",
            other => other,
        }
        .to_owned()
    };
    let norm = |unit: &str| {
        let unit = unit.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        unit.split('/').map(|p| alias(p.trim())).collect::<Vec<_>>().join("/")
    };
    let (said, gold) = (norm(said), norm(gold));
    let head = |u: &str| u.split(' ').next().unwrap_or_default().to_owned();
    let counted = !said.is_empty() && !gold.is_empty() && !said.contains('/') && !gold.contains('/');
    said == gold || counted && head(&said) == head(&gold) && (said.contains(&gold) || gold.contains(&said))
}

/// How many characters the record's text has before the case's (a title, where there is one).
fn shift(case: &Case, record: &Value) -> usize {
    let Some(text) = record["article"]["text"].as_str() else { return 0 };
    let at = text.find(&case.text).unwrap_or_else(|| panic!("{}: the record's text is not the article's", case.name));
    text[..at].chars().count()
}

fn said(claim: &Value, shift: usize) -> Said {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    // Links are objects with the words in `text`; entities have two names.
    let link = |v: &Value| text(&v["text"]).or_else(|| text(v));
    let place = |v: &Value| usize::try_from(v.as_u64().unwrap_or_default()).unwrap_or_default().saturating_sub(shift);
    let entity = &claim["entity"];
    let names = [text(entity), text(&entity["name"]), text(&entity["mention"])];
    Said {
        id: text(&claim["id"]).unwrap_or_default(),
        text: text(&claim["text"]).unwrap_or_default(),
        start: place(&claim["start"]),
        end: place(&claim["end"]),
        kind: text(&claim["kind"]).unwrap_or_default(),
        value: number(&claim["value"]),
        value_max: number(&claim["value_max"]),
        denominator: number(&claim["denominator"]),
        unit: text(&claim["unit"]).unwrap_or_default(),
        modifier: text(&claim["modifier"]),
        direction: text(&claim["direction"]),
        entity: names.into_iter().flatten().collect(),
        property: link(&claim["property"]),
        period: link(&claim["period"]),
        reference: link(&claim["reference"]),
    }
}

fn said_checks(record: &Value, said: &[Said]) -> Vec<SaidCheck> {
    let check = |c: &Value| {
        let ids = list(c, "claims").iter().filter_map(Value::as_str);
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        SaidCheck {
            claims: ids.filter_map(|id| said.iter().position(|s| s.id == id)).collect(),
            rule: text(&c["rule"]),
            verdict: text(&c["verdict"]),
        }
    };
    list(record, "checks").iter().map(check).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A JSON number as an exact decimal: its shortest form is what was written, up to 15 digits.
fn number(value: &Value) -> Option<Decimal> {
    let digits = value.as_number()?.to_string();
    let plain = Decimal::from_str(&digits).or_else(|_| Decimal::from_scientific(&digits)).ok()?;
    Some(plain.normalize())
}
