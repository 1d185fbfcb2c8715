//! CSV: one row per claim, flat, for spreadsheets: `kon-tum,…,ratio,48/52,67,,69,TCCSĐ,…`.
//!
//! A cell that a spreadsheet would run as a formula ("=…", "@…") gets an apostrophe in front; numbers never do.

use std::fmt::{Display, Write as _};

use super::{Around, Sink};
use crate::record::{ClaimRow, Record};

/// CSV with a header row, RFC 4180.
#[derive(Debug, Clone, Copy, Default)]
pub struct Csv;

const HEAD: &[u8] = b"article_id,source,url,title,published,claim_id,kind,text,start,end,value,value_max,denominator,\
decimals,unit,unit_code,modifier,direction,entity,entity_type,entity_mention,place_system,place_code,property,period,\
period_from,period_to,reference,reference_role,reference_value,statement,rule,confidence,verdicts\r\n";

impl Sink for Csv {
    fn around(&self) -> Around {
        Around { head: HEAD, ..Around::default() }
    }

    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        for claim in &record.claims {
            row(record, claim, out)?;
        }
        Ok(())
    }
}

/// The checks of the records, one row each: `kon-tum,…,part_of_whole,consistent,c-0f… c-9a…,97.1,97.1014…`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Checks;

const CHECKS: &[u8] =
    b"article_id,source,url,title,published,rule,verdict,claim_ids,reported,computed,lower,upper,explanation\r\n";

impl Sink for Checks {
    fn around(&self) -> Around {
        Around { head: CHECKS, ..Around::default() }
    }

    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        for check in &record.checks {
            let mut row = Row(String::with_capacity(512));
            row.article(record);
            row.words(Some(check.rule));
            row.name(Some(check.verdict))?;
            row.words(Some(check.claims.join(" ")));
            row.number(check.reported);
            row.number(check.computed);
            row.number(check.lower);
            row.number(check.upper);
            row.words(Some(&check.explanation));
            row.end(out);
        }
        Ok(())
    }
}

fn row(record: &Record, claim: &ClaimRow, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
    let entity = claim.entity.as_ref();
    let place = entity.and_then(|entity| entity.place.as_ref());
    let period = claim.period.as_ref();
    let reference = claim.reference.as_ref();
    let mut row = Row(String::with_capacity(512));
    row.article(record);
    row.words(Some(&claim.id));
    row.words(Some(claim.kind.name()));
    row.words(Some(&claim.text));
    row.number(Some(claim.start));
    row.number(Some(claim.end));
    row.number(Some(claim.value));
    row.number(claim.value_max);
    row.number(claim.denominator);
    row.number(Some(claim.decimals));
    row.words(Some(&claim.unit));
    row.words(claim.unit_code.as_ref());
    row.name(claim.modifier)?;
    row.name(claim.direction)?;
    row.words(entity.map(|entity| &entity.name));
    row.name(entity.map(|entity| entity.kind))?;
    row.words(entity.and_then(|entity| entity.mention.as_ref()));
    row.words(place.map(|place| place.system));
    row.words(place.map(|place| &place.code));
    row.words(claim.property.as_ref().map(|property| property.expanded.as_ref().unwrap_or(&property.text)));
    row.words(period.map(|period| &period.text));
    row.words(period.and_then(|period| period.from.as_ref()));
    row.words(period.and_then(|period| period.to.as_ref()));
    row.words(reference.map(|reference| &reference.text));
    row.name(reference.map(|reference| reference.role))?;
    row.number(reference.and_then(|reference| reference.value));
    row.number(Some(claim.statement));
    row.words(Some(&claim.rule));
    row.number(Some(claim.confidence));
    let mut verdicts = String::new();
    for check in record.checks.iter().filter(|check| check.claims.contains(&claim.id)) {
        let verdict = serde_json::to_string(&check.verdict)?;
        let _ = write!(verdicts, "{}{}", if verdicts.is_empty() { "" } else { " " }, verdict.trim_matches('"'));
    }
    row.words(Some(&verdicts));
    row.end(out);
    Ok(())
}

/// A row in the making: every cell ends in a comma.
#[derive(Default)]
pub(super) struct Row(String);

impl Row {
    fn article(&mut self, record: &Record) {
        let article = &record.article;
        self.words(Some(&article.id));
        self.words(article.source.as_ref());
        self.words(article.url.as_ref());
        self.words(article.title.as_ref());
        self.words(article.published.as_ref());
    }

    pub(super) fn end(mut self, out: &mut Vec<u8>) {
        self.0.pop();
        self.0.push_str("\r\n");
        out.extend_from_slice(self.0.as_bytes());
    }

    pub(super) fn words(&mut self, cell: Option<impl AsRef<str>>) {
        if let Some(cell) = cell {
            let cell = cell.as_ref();
            let guard = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if guard || cell.contains([',', '"', '\n', '\r']) {
                self.0.push('"');
                if guard {
                    self.0.push('\'');
                }
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push(',');
    }

    pub(super) fn number(&mut self, cell: Option<impl Display>) {
        if let Some(cell) = cell {
            let _ = write!(self.0, "{cell}");
        }
        self.0.push(',');
    }

    /// An enum of the record by its name in JSON.
    fn name(&mut self, cell: Option<impl serde::Serialize>) -> Result<(), std::io::Error> {
        if let Some(cell) = cell {
            self.0.push_str(serde_json::to_string(&cell)?.trim_matches('"'));
        }
        self.0.push(',');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(words: &str) -> String {
        let mut row = Row(String::new());
        row.words(Some(words));
        row.0
    }

    #[test]
    fn a_cell_is_quoted_when_it_must_be() {
        assert_eq!(cell("chi bộ"), "chi bộ,");
        assert_eq!(cell("97,1%"), "\"97,1%\",");
        assert_eq!(cell("xã \"Đăk Năng\""), "\"xã \"\"Đăk Năng\"\"\",");
    }

    #[test]
    fn a_cell_never_starts_a_formula() {
        for hostile in ["=1+1", "+84 260", "-5%", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(cell(hostile).starts_with("\"'"), "{hostile}");
        }
    }

    #[test]
    fn numbers_keep_their_minus() {
        let mut row = Row(String::new());
        row.number(Some(-7));
        assert_eq!(row.0, "-7,");
    }

    #[test]
    fn a_claim_is_one_row_under_the_header() {
        let (article, reading) = crate::record::specimen::reading();
        let mut out = HEAD.to_vec();
        Csv.record(&Record::new(&article, &reading), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        insta::assert_snapshot!(text.replace("\r\n", "\n"));
        let cells = |row: &str| row.matches(',').count();
        assert_eq!(text.lines().next().map(cells), Some(33));
    }
    #[test]
    fn a_check_is_one_row_with_exact_numbers() {
        let (article, reading) = crate::record::specimen::reading();
        let record = Record::new(&article, &reading);
        let mut out = CHECKS.to_vec();
        Checks.record(&record, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 1 + record.checks.len());
        let check = &record.checks[0];
        for number in [check.reported, check.computed].into_iter().flatten() {
            assert!(text.contains(&format!(",{number},")), "{text}");
        }
    }
}
