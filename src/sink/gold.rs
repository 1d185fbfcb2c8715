//! Gold lines of what people corrected, as the scorer reads them: `{"id": "a-1", "claims": [{"quote": "48/52", …}]}`.
//!
//! A claim that a person found right, fixed or added is required; one that nobody looked at is optional, so that it is neither
//! a miss nor a false alarm; one that was found wrong stands among the numbers that are no claims.

use serde::Serialize;

use crate::record::correction::{Correction, Fields, Judgement};
use crate::record::{ClaimRow, Record};

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    claims: Vec<Claim<'a>>,
    non_claims: Vec<NonClaim<'a>>,
}

#[derive(Serialize)]
struct Claim<'a> {
    quote: &'a str,
    #[serde(flatten)]
    fields: Fields,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct NonClaim<'a> {
    quote: &'a str,
    reason: &'static str,
    start: u32,
    end: u32,
}

/// The line of an article: its claims as the program reads them today, under what people said of them. Of several
/// judgements of a claim the last counts; none where no judgement counts.
///
/// # Errors
/// None in practice: every value has a JSON form.
pub fn line(record: &Record, corrections: &[Correction]) -> Result<Option<String>, serde_json::Error> {
    let latest = latest(corrections);
    if latest.is_empty() {
        return Ok(None);
    }
    let judged = |claim: &ClaimRow| latest.iter().any(|one| one.claim_id == claim.id);
    let (mut claims, mut non_claims) = (Vec::new(), Vec::new());
    for claim in record.claims.iter().filter(|claim| !judged(claim)) {
        let (start, end) = (claim.start, claim.end);
        claims.push(Claim { quote: &claim.text, fields: Fields::of(claim), optional: true, start, end });
    }
    for one in &latest {
        let (quote, start, end) = (one.quote.as_str(), one.start, one.end);
        if one.judgement == Judgement::Wrong {
            non_claims.push(NonClaim { quote, reason: "other", start, end });
        } else {
            let fields = one.fields.clone().or_else(|| one.machine.clone());
            claims.extend(fields.map(|fields| Claim { quote, fields, optional: false, start, end }));
        }
    }
    claims.sort_by_key(|claim| (claim.start, claim.end));
    non_claims.sort_by_key(|one| (one.start, one.end));
    serde_json::to_string(&Line { id: &record.article.id, claims, non_claims }).map(Some)
}

/// The last judgement of each claim, without those that were taken back, in the order of the text.
#[must_use]
pub fn latest(corrections: &[Correction]) -> Vec<&Correction> {
    let last = |at: usize, one: &Correction| !corrections[at + 1..].iter().any(|later| later.claim_id == one.claim_id);
    let mut found: Vec<&Correction> = corrections
        .iter()
        .enumerate()
        .filter(|&(at, one)| last(at, one) && one.judgement != Judgement::Withdrawn)
        .map(|(_, one)| one)
        .collect();
    found.sort_by_key(|one| (one.start, one.end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    fn judged(record: &Record, at: usize, judgement: Judgement) -> Correction {
        let claim = &record.claims[at];
        Correction {
            article_id: record.article.id.clone(),
            claim_id: claim.id.clone(),
            made: "2024-01-15T08:30:00Z".to_owned(),
            judgement,
            note: None,
            quote: claim.text.clone(),
            start: claim.start,
            end: claim.end,
            machine: Some(Fields::of(claim)),
            fields: None,
        }
    }

    #[test]
    fn what_nobody_looked_at_is_optional_and_the_last_judgement_counts() {
        let (article, reading) = specimen::reading();
        let record = Record::new(&article, &reading);
        assert_eq!(line(&record, &[]).unwrap(), None);
        assert_eq!(line(&record, &[judged(&record, 0, Judgement::Withdrawn)]).unwrap(), None);
        let mut fixed = judged(&record, 1, Judgement::Fixed);
        fixed.fields = Some(Fields { unit: "chi bộ".to_owned(), ..Fields::of(&record.claims[1]) });
        let all = [judged(&record, 1, Judgement::Wrong), fixed];
        let gold = line(&record, &all).unwrap().unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        assert_eq!(gold["claims"][0]["optional"], true);
        assert_eq!((&gold["claims"][0]["value"], &gold["claims"][0]["denominator"]), (&47.into(), &49.into()));
        assert_eq!(gold["claims"][1]["quote"], "95,9%");
        assert_eq!(gold["claims"][1]["unit"], "chi bộ");
        assert!(gold["claims"][1].get("optional").is_none());
        assert_eq!(gold["non_claims"], serde_json::json!([]));
        let wrong = line(&record, &[judged(&record, 0, Judgement::Wrong)]).unwrap().unwrap();
        assert!(wrong.contains(r#""non_claims":[{"quote":"47/49","reason":"other","start":36,"end":41}]"#), "{wrong}");
    }
}
