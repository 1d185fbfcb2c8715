//! Errors of newsroom kinds, seeded into correct statements (`corpus/seeded.tsv`, made by `corpus/seed_errors.py`):
//! how many are flagged, and how many correct statements are.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::{CORRECT_FLAGGED_AT_MOST, SEEDED_FLAGGED, ask};

/// A statement: its id, whether something is wrong in it, what kind of slip, and the words.
struct Statement {
    id: &'static str,
    wrong: bool,
    slip: &'static str,
    rule: &'static str,
    text: &'static str,
}

fn statements() -> Vec<Statement> {
    parsed(include_str!("../../corpus/seeded.tsv"))
}

fn parsed(table: &'static str) -> Vec<Statement> {
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [id, expected, slip, rule, text] => Statement { id, wrong: expected == "inconsistent", slip, rule, text },
        _ => panic!("five cells expected: {line}"),
    };
    table.lines().skip(1).map(row).collect()
}

#[test]
fn each_correct_statement_has_a_twin_with_a_slip() {
    let statements = statements();
    let texts: HashSet<&str> = statements.iter().map(|s| s.text).collect();
    assert_eq!(texts.len(), 600, "statements are distinct");
    for pair in statements.chunks(2) {
        assert!(!pair[0].wrong && pair[0].slip.is_empty(), "{} is correct", pair[0].id);
        assert!(pair[1].wrong && !pair[1].slip.is_empty(), "{} has a slip", pair[1].id);
        assert_eq!(pair[0].rule, pair[1].rule, "{} and {} say the same thing", pair[0].id, pair[1].id);
    }
}

#[test]
fn seeded_errors_are_flagged_and_correct_statements_are_not() {
    let statements = statements();
    let articles: Vec<Value> = statements.iter().map(|s| json!({"id": s.id, "text": s.text})).collect();
    let records = ask(&articles);
    let flagged = |s: &Statement| {
        let checks = records.get(s.id).and_then(|r| r["checks"].as_array());
        checks.is_some_and(|checks| checks.iter().any(|c| c["verdict"] == "inconsistent"))
    };
    let mut slips: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut found, mut false_alarms) = (0_u32, 0_u32);
    for statement in &statements {
        let flagged = flagged(statement);
        if !statement.wrong {
            false_alarms += u32::from(flagged);
            if flagged {
                eprintln!("flagged though correct: {} {}", statement.id, statement.text);
            }
            continue;
        }
        found += u32::from(flagged);
        for count in [slips.entry(statement.slip).or_default(), rules.entry(statement.rule).or_default()] {
            count.0 += usize::from(flagged);
            count.1 += 1;
        }
        if !flagged {
            eprintln!("not flagged: {} {}: {}", statement.id, statement.slip, statement.text);
        }
    }
    for (name, (flagged, all)) in slips.iter().chain(&rules) {
        eprintln!("{name:>22} {flagged}/{all}");
    }
    let percent = |n: u32| f64::from(n) / 3.0;
    eprintln!("errors flagged {:.1} %, correct statements flagged {:.1} %", percent(found), percent(false_alarms));
    assert!(percent(found) >= SEEDED_FLAGGED, "{:.1} % of the errors are flagged", percent(found));
    assert!(percent(false_alarms) <= CORRECT_FLAGGED_AT_MOST, "{:.1} % false alarms", percent(false_alarms));
}

#[test]
fn statements_in_other_words_are_checked_too() {
    let statements = parsed(include_str!("../../corpus/reworded.tsv"));
    let articles: Vec<Value> = statements.iter().map(|s| json!({"id": s.id, "text": s.text})).collect();
    let records = ask(&articles);
    let flagged = |s: &&Statement| {
        let checks = records.get(s.id).and_then(|r| r["checks"].as_array());
        checks.is_some_and(|checks| checks.iter().any(|c| c["verdict"] == "inconsistent"))
    };
    let alarms: Vec<_> = statements.iter().filter(|s| !s.wrong).filter(flagged).map(|s| s.text).collect();
    assert!(alarms.is_empty(), "flagged though correct: {alarms:#?}");
    let missed: Vec<_> = statements.iter().filter(|s| s.wrong && !flagged(s)).map(|s| s.text).collect();
    // Twice as many statements, in wordings farther from the rules, than when this stood at 8 %.
    assert!(missed.len() * 100 <= statements.len() / 2 * 13, "not flagged: {missed:#?}");
}
