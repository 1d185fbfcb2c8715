//! The files of the corpus held to their own rules, whatever the program does; and the comparison held to them: the
//! expectation said back is without fault, and a damaged one is not.

use serde_json::{Value, json};

use crate::case::{Case, Claim};
use crate::compare::compare;
use crate::{CASES, page};

const KINDS: [&str; 13] = [
    "change",
    "multiple",
    "target_percentage",
    "ratio",
    "percentage",
    "rate",
    "money",
    "measurement",
    "age",
    "duration",
    "count",
    "rank",
    "score",
];
const MODIFIERS: [&str; 6] = ["approximately", "nearly", "more_than", "less_than", "at_least", "at_most"];
const REASONS: [&str; 11] =
    ["date", "time", "document", "name", "ordinal", "phone", "address", "code", "score", "idiom", "other"];
const VERDICTS: [&str; 4] = ["consistent", "consistent_if_truncated", "inconsistent", "implied"];

/// The record that says exactly what the case expects.
fn expectation(case: &Case) -> Value {
    let number = |d: rust_decimal::Decimal| serde_json::from_str::<Value>(&d.to_string()).unwrap();
    let link = |t: &Option<String>| t.as_ref().map(|t| json!({"text": t}));
    let claim = |(i, c): (usize, &Claim)| {
        json!({
            "id": format!("c-{i}"), "text": c.quote, "start": c.start, "end": c.end, "kind": c.kind,
            "value": number(c.value), "value_max": c.value_max.map(number), "denominator": c.denominator.map(number),
            "unit": c.unit, "modifier": c.modifier, "direction": c.direction, "entity": {"name": c.entity.first()},
            "property": link(&c.property), "period": link(&c.period), "reference": link(&c.reference),
        })
    };
    let claims: Vec<Value> = case.all().enumerate().map(claim).collect();
    let checks: Vec<Value> = case
        .checks
        .iter()
        .map(|k| {
            let ids: Vec<String> = k.claims.iter().map(|i| format!("c-{i}")).collect();
            json!({"rule": k.rule, "claims": ids, "verdict": k.verdict})
        })
        .collect();
    json!({"article": {"id": case.name, "text": case.text}, "claims": claims, "checks": checks})
}

#[test]
fn words_of_the_tables_are_known() {
    for case in CASES.iter() {
        for claim in case.all() {
            let at = format!("{}: {}", case.name, claim.quote);
            assert!(KINDS.contains(&claim.kind.as_str()), "{at}: kind {}", claim.kind);
            let modifier = claim.modifier.as_deref();
            assert!(modifier.is_none_or(|m| MODIFIERS.contains(&m)), "{at}: modifier {modifier:?}");
            let direction = claim.direction.as_deref();
            assert!(direction.is_none_or(|d| ["increase", "decrease"].contains(&d)), "{at}: direction {direction:?}");
            assert_eq!(
                claim.kind == "change",
                claim.direction.is_some(),
                "{at}: a change, and only it, has a direction"
            );
            assert_eq!(claim.kind == "ratio", claim.denominator.is_some(), "{at}: a ratio, and only it, is 'A of B'");
            assert!(!claim.unit.is_empty(), "{at}: no unit");
            assert!(claim.value_max.is_none_or(|max| max > claim.value), "{at}: a range goes up");
        }
        for trap in &case.traps {
            assert!(REASONS.contains(&trap.reason.as_str()), "{}: {}: reason {}", case.name, trap.quote, trap.reason);
        }
        for check in &case.checks {
            assert!(VERDICTS.contains(&check.verdict.as_str()), "{}: verdict {}", case.name, check.verdict);
            assert!(
                check.rule.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{}: rule {}",
                case.name,
                check.rule
            );
        }
    }
}

#[test]
fn links_are_words_of_the_article() {
    for case in CASES.iter() {
        let text = case.text.to_lowercase();
        for claim in case.all() {
            let at = format!("{}: {}", case.name, claim.quote);
            assert!(!claim.entity.is_empty(), "{at}: nobody does it");
            let links = claim.entity.iter().chain(&claim.period).chain(&claim.reference);
            for phrase in links {
                assert!(text.contains(&phrase.to_lowercase()), "{at}: {phrase:?} is not in the article");
            }
        }
    }
}

#[test]
fn every_digit_belongs_to_one_row() {
    for case in CASES.iter() {
        let chars: Vec<char> = case.text.chars().collect();
        let mut owner: Vec<Option<&str>> = vec![None; chars.len()];
        let claims = case.all().map(|c| (c.start, c.end, c.quote.as_str()));
        for (start, end, quote) in claims.chain(case.traps.iter().map(|t| (t.start, t.end, t.quote.as_str()))) {
            for (at, slot) in owner.iter_mut().enumerate().take(end).skip(start) {
                assert!(slot.is_none(), "{}: {quote:?} and {slot:?} overlap at character {at}", case.name);
                *slot = Some(quote);
            }
        }
        for (at, c) in chars.iter().enumerate().filter(|(_, c)| c.is_ascii_digit()) {
            let around: String = chars[at.saturating_sub(30)..(at + 20).min(chars.len())].iter().collect();
            assert!(owner[at].is_some(), "{}: {c} of {around:?} is neither claim nor trap", case.name);
        }
    }
}

#[test]
fn the_corpus_is_wide_enough() {
    let count = |of: fn(&Case) -> usize| CASES.iter().map(of).sum::<usize>();
    let claims = count(|c| c.claims.len());
    let traps = count(|c| c.traps.len());
    let wrong = count(|c| c.checks.iter().filter(|k| k.verdict == "inconsistent").count());
    assert!(CASES.len() >= 44, "{} articles", CASES.len());
    assert!(traps >= claims, "{traps} traps for {claims} claims");
    assert!(wrong >= 12, "{wrong} planted errors");
    for kind in KINDS.iter().filter(|k| **k != "score") {
        assert!(CASES.iter().any(|c| c.all().any(|k| k.kind == *kind)), "no {kind} in the corpus");
    }
    for reason in REASONS {
        assert!(CASES.iter().any(|c| c.traps.iter().any(|t| t.reason == reason)), "no trap of reason {reason}");
    }
}

#[test]
fn the_expectation_said_back_is_without_fault() {
    for case in CASES.iter() {
        let outcome = compare(case, &expectation(case));
        assert!(outcome.answers.iter().all(Option::is_some), "{}: missed {:?}", case.name, outcome.answers);
        assert!(outcome.wrong.iter().all(Vec::is_empty), "{}: {:?}", case.name, outcome.wrong);
        assert!(outcome.extra.is_empty(), "{}: {:?}", case.name, outcome.extra);
        assert!(outcome.checks.iter().all(|right| *right), "{}: {:?}", case.name, outcome.checks);
        assert!(outcome.false_flags.is_empty(), "{}: {:?}", case.name, outcome.false_flags);
    }
}

#[test]
fn a_damaged_record_is_told_in_words() {
    let case = CASES.iter().find(|c| c.claims.len() > 3 && !c.traps.is_empty() && !c.checks.is_empty()).unwrap();
    let mut record = expectation(case);
    let trap = &case.traps[0];
    record["claims"][0] = json!({
        "id": "c-trap", "text": trap.quote, "start": trap.start, "end": trap.end, "kind": "count", "value": 1,
    });
    record["claims"][1]["unit"] = json!("quả dưa");
    record["claims"][2]["entity"] = json!({"name": "ông Nguyễn Văn Không"});
    record["checks"] = json!([{"rule": "part_of_whole", "claims": ["c-1"], "verdict": "inconsistent"}]);
    let outcome = compare(case, &record);
    // Links are held by the floors and are not on the page.
    let entity = outcome.wrong[2].iter().find(|wrong| wrong.field == "entity").map(|wrong| wrong.said.as_str());
    assert_eq!(entity, Some("ông Nguyễn Văn Không"));
    let page = page::page(case, &outcome);
    let told = [
        format!("missed: {} (", case.claims[0].quote),
        format!("trap taken: {} is a {}", trap.quote, trap.reason),
        format!("wrong unit: quả dưa, should be {}", case.claims[1].unit),
        "missed check: ".to_owned(),
        "false flag: ".to_owned(),
    ];
    for line in told {
        assert!(page.contains(&line), "{line:?} is not told in\n{page}");
    }
}
