//! What the program made of an article, as a page that a linguist can read: the sentences with their marks in line,
//! the checks, and where these depart from what is true.
//!
//! Entities, properties, periods and references are not on it: a table of weights, trained again, moves some of them on
//! every page. Those are held by the floors.

use std::fmt::Write;

use crate::case::{Case, Claim};
use crate::compare::{Outcome, Said};

/// The fields that a page tells of.
const SHOWN: [&str; 4] = ["kind", "unit", "modifier", "direction"];

/// The page of one article.
pub(crate) fn page(case: &Case, outcome: &Outcome) -> String {
    let mut page = format!("# {}\n", case.heading);
    let chars: Vec<char> = case.text.chars().collect();
    for (start, end) in sentences(&chars) {
        let here = |at: usize| start <= at && at < end;
        let mut said: Vec<usize> = (0..outcome.said.len()).filter(|i| here(outcome.said[*i].start)).collect();
        said.sort_by_key(|i| outcome.said[*i].start);
        let expected: Vec<usize> = (0..case.claims.len()).filter(|i| here(case.claims[*i].start)).collect();
        if said.is_empty() && expected.is_empty() {
            continue;
        }
        let _ = writeln!(page, "\n{}", marked(&chars, start, end, said.iter().map(|i| &outcome.said[*i])));
        for i in &said {
            let answered = expected.iter().find(|e| outcome.answers[**e] == Some(*i));
            let wrong = answered.map(|e| outcome.wrong[*e].as_slice()).unwrap_or_default();
            for wrong in wrong.iter().filter(|wrong| SHOWN.contains(&wrong.field)) {
                let _ = writeln!(
                    page,
                    "  {}: wrong {}: {}, should be {}",
                    outcome.said[*i].text, wrong.field, wrong.said, wrong.expected
                );
            }
            if let Some((_, trap)) = outcome.extra.iter().find(|(e, _)| e == i) {
                let _ = match trap.map(|t| &case.traps[t]) {
                    Some(trap) => writeln!(page, "  trap taken: {} is a {}", trap.quote, trap.reason),
                    None => writeln!(page, "  extra: {}", outcome.said[*i].text),
                };
            }
        }
        for claim in expected.iter().filter(|e| outcome.answers[**e].is_none()).map(|e| &case.claims[*e]) {
            let _ = writeln!(page, "  missed: {}", expectation(claim));
        }
    }
    checks(case, outcome, &mut page);
    page
}

fn checks(case: &Case, outcome: &Outcome, page: &mut String) {
    if case.checks.is_empty() && outcome.said_checks.is_empty() {
        return;
    }
    page.push_str("\n## Checks\n");
    let all: Vec<&Claim> = case.all().collect();
    for check in &outcome.said_checks {
        let quotes: Vec<&str> = check.claims.iter().map(|i| outcome.said[*i].text.as_str()).collect();
        let _ = writeln!(page, "{}: {} ({})", quotes.join(" ; "), check.verdict, check.rule);
    }
    for (check, _) in case.checks.iter().zip(&outcome.checks).filter(|(_, right)| !**right) {
        let quotes: Vec<&str> = check.claims.iter().map(|i| all[*i].quote.as_str()).collect();
        let note = if check.note.is_empty() { String::new() } else { format!(": {}", check.note) };
        let _ = writeln!(page, "  missed check: {}: {} ({}){note}", quotes.join(" ; "), check.verdict, check.rule);
    }
    for flag in &outcome.false_flags {
        let check = &outcome.said_checks[*flag];
        let quotes: Vec<&str> = check.claims.iter().map(|i| outcome.said[*i].text.as_str()).collect();
        let _ = writeln!(page, "  false flag: {} ({})", quotes.join(" ; "), check.rule);
    }
}

/// The sentence with each claim as `⟦97,1%|percentage 97.1 %⟧`.
fn marked<'a>(chars: &[char], start: usize, end: usize, said: impl Iterator<Item = &'a Said>) -> String {
    let mut line = String::new();
    let mut at = start;
    for claim in said.filter(|c| c.end <= chars.len()) {
        if claim.start < at {
            let _ = write!(line, "⟦overlapping {}⟧", claim.text);
            continue;
        }
        line.extend(&chars[at..claim.start]);
        let quote: String = chars[claim.start..claim.end].iter().collect();
        let _ = write!(line, "⟦{quote}|{} {}⟧", claim.kind, amount(claim));
        at = claim.end;
    }
    line.extend(&chars[at..end.max(at)]);
    line.trim().to_owned()
}

fn amount(claim: &Said) -> String {
    let mut text = claim.modifier.as_ref().map(|m| format!("{m} ")).unwrap_or_default();
    text.push_str(&claim.value.map(|v| v.to_string()).unwrap_or_default());
    if let Some(of) = claim.denominator {
        let _ = write!(text, "/{of}");
    }
    if let Some(max) = claim.value_max {
        let _ = write!(text, " to {max}");
    }
    let _ = write!(text, " {}", claim.unit);
    if let Some(direction) = &claim.direction {
        let _ = write!(text, " {direction}");
    }
    text
}

fn expectation(claim: &Claim) -> String {
    let mut line = format!("{} ({} {}", claim.quote, claim.kind, claim.value);
    if let Some(of) = claim.denominator {
        let _ = write!(line, "/{of}");
    }
    if let Some(max) = claim.value_max {
        let _ = write!(line, " to {max}");
    }
    let _ = write!(line, " {})", claim.unit);
    line
}

/// Stretches to show one under the other: cut at line ends and after `.` before a capital. For the eye only.
fn sentences(chars: &[char]) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for at in 0..chars.len() {
        let next = |n: usize| chars.get(at + n).copied().unwrap_or('\n');
        let abbreviation = at > 0 && chars[at - 1].is_uppercase();
        let full_stop =
            chars[at] == '.' && next(1) == ' ' && (next(2).is_uppercase() || next(2) == '“') && !abbreviation;
        if chars[at] == '\n' || full_stop {
            cuts.push((start, at + 1));
            start = at + 1;
        }
    }
    cuts.push((start, chars.len()));
    cuts
}
