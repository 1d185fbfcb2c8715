//! Figures of a person's own (a statistics office's table) against those of an archive: a row that says 6.271,3 tỷ đồng
//! agrees with "6.271 tỷ đồng" as rounded, and not with "6.217 tỷ đồng".

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use rust_decimal::Decimal;

use super::compare::{Comparison, Outcome, Why, compare_ready};
use super::figure::{Figure, Ready};
use super::row::Written;
use super::who::{Who, words_of};
use crate::error::Error;
use crate::record::Exact;

/// A file to begin with: the header, and rows that show each column.
pub const TEMPLATE: &str = "\
entity,place,property,period,value,unit,source
tỉnh Bắc Giang,24,thu ngân sách nhà nước,năm 2023,16271.3,tỷ đồng,Niên giám thống kê 2023
tỉnh Bắc Giang,24,tỷ lệ hộ nghèo,năm 2023,3.41,%,Sở Lao động
Công ty Cổ phần Gạch Hòa Vân,,lợi nhuận sau thuế,quý III/2023,42.5,tỷ đồng,Báo cáo tài chính
";

/// One row of a reference file.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Line in the file, from 1.
    pub line: u64,
    /// Who, as written.
    pub entity: String,
    /// Code of the unit: `24` in any system, or `vn-2025-06:24`.
    pub place: Option<String>,
    /// What, as written.
    pub property: String,
    /// When, as written.
    pub period: String,
    /// The value in the unit of `unit`, exact.
    pub value: Exact,
    /// The unit, as written.
    pub unit: String,
    /// Where it is from.
    pub source: Option<String>,
    pub(super) ready: Ready,
}

/// What a reference figure says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The same value.
    Agrees,
    /// The claim says it with fewer digits.
    AgreesAsRounded,
    /// Another value.
    Differs,
    /// Entity and property are in the file, but no row is of this period, or the claim is a target.
    NotCovered,
}

impl Verdict {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::AgreesAsRounded => "agrees_as_rounded",
            Self::Differs => "differs",
            Self::NotCovered => "not_covered",
        }
    }
}

/// A claim judged by a reference file.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The claim.
    pub figure: Figure,
    /// Which row of [`References::facts`] judges it, or comes nearest.
    pub fact: usize,
    /// What follows.
    pub verdict: Verdict,
    /// Claim minus reference, in the unit of the claim's value.
    pub difference: Decimal,
    /// The difference as a share of the larger, 0 to 1.
    pub share: Decimal,
    /// How sure it is that both speak of one thing.
    pub sure: Decimal,
}

/// A reference file, ready to be asked.
#[derive(Debug, Default)]
pub struct References {
    /// Its rows in order.
    pub facts: Vec<Fact>,
    by_name: HashMap<String, Vec<usize>>,
    by_code: HashMap<String, Vec<usize>>,
}

impl References {
    /// Reads a file: comma-separated with a decimal point, or semicolons with a decimal comma, as spreadsheets write it.
    ///
    /// # Errors
    /// With the file, the line, what was expected and what was found.
    pub fn read(from: &mut dyn Read, path: &Path) -> Result<Self, Error> {
        let mut text = String::new();
        from.read_to_string(&mut text).map_err(|source| Error::Io {
            path: path.to_owned(),
            expected: "a reference file in UTF-8",
            source,
        })?;
        let text = text.trim_start_matches('\u{FEFF}');
        let header = text.lines().next().unwrap_or_default();
        let comma = header.matches(';').count() > header.matches(',').count();
        let delimiter = if comma { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let fail = |line: u64, what: String| Error::Usage(format!("{}:{line}: {what}", path.display()));
        let names = reader.headers().map_err(|found| fail(1, format!("expected a header, found: {found}")))?.clone();
        let column = |name: &str| names.iter().position(|found| found.eq_ignore_ascii_case(name));
        let needed = |name: &str| {
            column(name).ok_or_else(|| {
                let found = names.iter().collect::<Vec<_>>().join(", ");
                fail(1, format!("expected the columns entity or place, property, period, value, unit (and source), found: {found}"))
            })
        };
        let (property, period, value, unit) =
            (needed("property")?, needed("period")?, needed("value")?, needed("unit")?);
        let (entity, place, source) = (column("entity"), column("place"), column("source"));
        if entity.is_none() && place.is_none() {
            needed("entity")?;
        }
        let mut all = Self::default();
        for row in reader.records() {
            let row = row.map_err(|found| {
                let line = found.position().map_or(0, csv::Position::line);
                fail(line, format!("expected a row, found: {found}"))
            })?;
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|cell| !cell.is_empty());
            if row.iter().all(str::is_empty) {
                continue;
            }
            let written = Written {
                line,
                entity: cell(entity),
                place: cell(place),
                property: cell(Some(property)),
                period: cell(Some(period)).unwrap_or_default(),
                value: cell(Some(value)).unwrap_or_default(),
                unit: cell(Some(unit)).unwrap_or_default(),
                source: cell(source),
                comma,
            };
            all.add(written.fact().map_err(|what| fail(line, what))?);
        }
        Ok(all)
    }

    fn add(&mut self, fact: Fact) {
        let at = self.facts.len();
        if let Some(place) = &fact.place {
            self.by_code.entry(place.clone()).or_default().push(at);
        } else {
            self.by_name.entry(words_of(&fact.entity).join(" ")).or_default().push(at);
        }
        self.facts.push(fact);
    }

    /// The rows that may be about the one of a figure.
    fn about(&self, who: &Who) -> Vec<usize> {
        let mut rows = Vec::new();
        if let Some(code) = &who.code {
            rows.extend(self.by_code.get(&who.key).into_iter().flatten());
            rows.extend(self.by_code.get(code).into_iter().flatten());
        }
        rows.extend(self.by_name.get(&who.plain).into_iter().flatten());
        // "Bắc Giang" in the file is the province, not its city.
        if let Some((_, bare)) = who.plain.split_once(' ').filter(|(level, _)| *level == "tỉnh") {
            rows.extend(self.by_name.get(bare).into_iter().flatten());
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Whether some row may be about the one of a figure: a cheap question before its words are read.
    #[must_use]
    pub fn knows(&self, who: &Who) -> bool {
        !self.about(who).is_empty()
    }

    /// What the file says of a figure; nothing where it has no row about this entity and property.
    #[must_use]
    pub fn judge(&self, figure: &Figure) -> Option<Judged> {
        let who = figure.who.as_ref()?;
        let rows = self.about(who);
        if rows.is_empty() {
            return None;
        }
        let ready = figure.clone().read();
        let mut best: Option<(u8, usize, Comparison)> = None;
        for at in rows {
            let mut fact = self.facts[at].ready.clone();
            fact.figure.who = figure.who.clone();
            let found = compare_ready(&ready, &fact);
            let fit = match found.outcome {
                Outcome::Agrees => 5,
                Outcome::AgreesAsRounded => 4,
                Outcome::Contradiction | Outcome::Revision => 3,
                Outcome::NotComparable(Why::Target) => 2,
                Outcome::OtherMoment | Outcome::NotComparable(Why::Period) => 1,
                Outcome::NotComparable(_) => continue,
            };
            if best.as_ref().is_none_or(|(before, ..)| fit > *before) {
                best = Some((fit, at, found));
            }
        }
        let (fit, fact, found) = best?;
        let verdict = match fit {
            5 => Verdict::Agrees,
            4 => Verdict::AgreesAsRounded,
            3 => Verdict::Differs,
            _ => Verdict::NotCovered,
        };
        // The comparison was of claim and reference, in that order.
        let difference = -found.difference;
        Some(Judged { figure: figure.clone(), fact, verdict, difference, share: found.share, sure: found.sure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(text: &str) -> Result<References, Error> {
        References::read(&mut text.as_bytes(), Path::new("tham-chieu.csv"))
    }

    fn figure(text: &str) -> Figure {
        Figure::all(&crate::extract(&crate::Article::from_text("a", text))).remove(0)
    }

    #[test]
    fn a_claim_agrees_exactly_as_rounded_or_not() {
        let table = references(TEMPLATE).unwrap();
        for (text, want) in [
            ("Năm 2023, thu ngân sách nhà nước của tỉnh Bắc Giang đạt 16.271,3 tỷ đồng.", Some(Verdict::Agrees)),
            ("Năm 2023, tỉnh Bắc Giang thu ngân sách hơn 16.200 tỷ đồng.", Some(Verdict::AgreesAsRounded)),
            ("Năm 2023, tỉnh Bắc Giang thu ngân sách 16.721 tỷ đồng.", Some(Verdict::Differs)),
            ("Năm 2022, tỉnh Bắc Giang thu ngân sách 15.721 tỷ đồng.", Some(Verdict::NotCovered)),
            ("Năm 2023, tỉnh Bắc Giang xảy ra 12 vụ cháy.", None),
            ("Quý III/2023, Công ty Cổ phần Gạch Hòa Vân lãi sau thuế 42,5 tỷ đồng.", Some(Verdict::Agrees)),
        ] {
            assert_eq!(table.judge(&figure(text)).map(|judged| judged.verdict), want, "{text}");
        }
    }

    #[test]
    fn the_difference_is_told_in_the_unit_of_the_claim() {
        let table = references(TEMPLATE).unwrap();
        let judged = table.judge(&figure("Năm 2023, tỉnh Bắc Giang thu ngân sách 16.273,3 tỷ đồng.")).unwrap();
        assert_eq!(judged.difference, Decimal::from(2_000_000_000_i64));
        assert_eq!(table.facts[judged.fact].line, 2);
    }

    #[test]
    fn a_spreadsheet_with_semicolons_has_decimal_commas() {
        let table =
            references("entity;property;period;value;unit\nBắc Giang;thu ngân sách;2023;16.271,3;tỷ đồng\n").unwrap();
        assert_eq!(table.facts[0].value.to_string(), "16271300000000");
        let judged = table.judge(&figure("Năm 2023, tỉnh Bắc Giang thu ngân sách 16.271,3 tỷ đồng.")).unwrap();
        assert_eq!(judged.verdict, Verdict::Agrees);
    }

    #[test]
    fn a_row_that_cannot_be_used_is_named_with_its_line() {
        let message = |text| references(text).unwrap_err().to_string();
        let wrong = message("entity,property,period,value,unit\nA B,thu,2023,6.271.3,tỷ đồng\n");
        assert_eq!(
            wrong,
            "tham-chieu.csv:2: expected a number such as 1234.5 without thousands marks, found “6.271.3”"
        );
        assert!(message("entity,value\nA,1\n").starts_with("tham-chieu.csv:1: expected the columns"));
        assert!(message("entity,property,period,value,unit\nA B,thu,xưa,6,tỷ đồng\n").contains("expected a period"));
    }
}
