//! What a review found as rows: JSON Lines or CSV, one row for each pair ("6.271 tỷ đồng", "6.217 tỷ đồng") or for each
//! claim that a reference file speaks of.

use std::io::Write;

use jiff::civil::Date;

use super::csv;
use crate::error::Error;
use crate::record::Exact;
use crate::review::contradiction::Contradiction;
use crate::review::reference::{Judged, References};
use crate::review::{Figure, Outcome};
use crate::sink::Output;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A JSON object on each line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
}

/// A value of a row.
enum Cell<'r> {
    Words(Option<&'r str>),
    Number(Exact),
    Day(Option<Date>),
    Count(usize),
    List(&'r [String]),
}

type Row<'r> = Vec<(&'static str, Cell<'r>)>;

/// Writes contradictions, and revisions where they are among them.
///
/// # Errors
/// When the output refuses.
pub fn contradictions(found: &[&Contradiction], shape: Shape, out: &mut Output) -> Result<(), Error> {
    rows(found.iter().map(|one| pair(one)), shape, out)
}

/// Writes what a reference file says of claims.
///
/// # Errors
/// When the output refuses.
pub fn judged(references: &References, found: &[Judged], shape: Shape, out: &mut Output) -> Result<(), Error> {
    rows(found.iter().filter_map(|one| check(references, one)), shape, out)
}

fn pair(one: &Contradiction) -> Row<'_> {
    let mut row: Row<'_> = vec![
        ("outcome", Cell::Words(Some(if one.outcome == Outcome::Revision { "revision" } else { "contradiction" }))),
        ("rank", Cell::Number(one.rank.into())),
        ("sure", Cell::Number(one.sure.into())),
        ("share", Cell::Number(one.share.into())),
        ("difference", Cell::Number(one.difference.into())),
        ("unit", Cell::Words(Some(&one.first.unit))),
        ("entity", Cell::Words(one.first.who.as_ref().map(|who| who.name.as_str()))),
        ("place_code", Cell::Words(one.first.who.as_ref().and_then(|who| who.code.as_deref()))),
        ("reasons", Cell::List(&one.reasons)),
    ];
    let first =
        ["article_1", "claim_1", "published_1", "title_1", "text_1", "value_1", "property_1", "period_1", "sentence_1"];
    let second =
        ["article_2", "claim_2", "published_2", "title_2", "text_2", "value_2", "property_2", "period_2", "sentence_2"];
    side(first, &one.first, &mut row);
    row.push(("articles_1", Cell::Count(one.articles.0)));
    side(second, &one.second, &mut row);
    row.push(("articles_2", Cell::Count(one.articles.1)));
    row
}

fn side<'r>(names: [&'static str; 9], figure: &'r Figure, row: &mut Row<'r>) {
    let cells = [
        Cell::Words(Some(&figure.article)),
        Cell::Words(Some(&figure.claim)),
        Cell::Day(figure.published),
        Cell::Words(figure.title.as_deref()),
        Cell::Words(Some(&figure.text)),
        Cell::Number(figure.value),
        Cell::Words(figure.property.as_deref()),
        Cell::Words(figure.period.as_deref()),
        Cell::Words(Some(&figure.words.sentence)),
    ];
    row.extend(names.into_iter().zip(cells));
}

fn check<'r>(references: &'r References, one: &'r Judged) -> Option<Row<'r>> {
    let fact = references.facts.get(one.fact)?;
    let mut row: Row<'_> = vec![
        ("verdict", Cell::Words(Some(one.verdict.name()))),
        ("difference", Cell::Number(one.difference.into())),
        ("share", Cell::Number(one.share.into())),
        ("sure", Cell::Number(one.sure.into())),
        ("reference_line", Cell::Count(usize::try_from(fact.line).unwrap_or(usize::MAX))),
        ("reference_entity", Cell::Words(Some(&fact.entity))),
        ("reference_place", Cell::Words(fact.place.as_deref())),
        ("reference_property", Cell::Words(Some(&fact.property))),
        ("reference_period", Cell::Words(Some(&fact.period))),
        ("reference_value", Cell::Number(fact.value)),
        ("reference_unit", Cell::Words(Some(&fact.unit))),
        ("reference_source", Cell::Words(fact.source.as_deref())),
        ("unit", Cell::Words(Some(&one.figure.unit))),
        ("entity", Cell::Words(one.figure.who.as_ref().map(|who| who.name.as_str()))),
    ];
    let names = ["article", "claim", "published", "title", "text", "value", "property", "period", "sentence"];
    side(names, &one.figure, &mut row);
    Some(row)
}

fn rows<'r>(rows: impl Iterator<Item = Row<'r>>, shape: Shape, out: &mut Output) -> Result<(), Error> {
    let mut is_first = true;
    let mut bytes = Vec::new();
    for row in rows {
        bytes.clear();
        match shape {
            Shape::Jsonl => json(&row, &mut bytes)?,
            Shape::Csv => {
                if is_first {
                    let names: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
                    bytes.extend_from_slice(names.join(",").as_bytes());
                    bytes.extend_from_slice(b"\r\n");
                }
                commas(&row, &mut bytes);
            }
        }
        is_first = false;
        out.write_all(&bytes).map_err(|source| out.refused(source))?;
    }
    Ok(())
}

fn json(row: &Row<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let fail = |found: serde_json::Error| Error::Internal(found.to_string());
    out.push(b'{');
    for (at, (name, cell)) in row.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, name).map_err(fail)?;
        out.push(b':');
        match cell {
            Cell::Words(words) => serde_json::to_writer(&mut *out, words).map_err(fail)?,
            Cell::Number(number) => serde_json::to_writer(&mut *out, number).map_err(fail)?,
            Cell::Day(day) => serde_json::to_writer(&mut *out, &day.map(|day| day.to_string())).map_err(fail)?,
            Cell::Count(count) => serde_json::to_writer(&mut *out, count).map_err(fail)?,
            Cell::List(list) => serde_json::to_writer(&mut *out, list).map_err(fail)?,
        }
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

fn commas(row: &Row<'_>, out: &mut Vec<u8>) {
    let mut cells = csv::Row::default();
    for (_, cell) in row {
        match cell {
            Cell::Words(words) => cells.words(*words),
            Cell::Number(number) => cells.number(Some(number)),
            Cell::Day(day) => cells.number(*day),
            Cell::Count(count) => cells.number(Some(count)),
            Cell::List(list) => cells.words(Some(list.join("; "))),
        }
    }
    cells.end(out);
}
