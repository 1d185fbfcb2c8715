//! A record as rows: "có 47/49 chi bộ" is a row of `claims`, its sentence one of `sentences`, the party cell that it
//! is about one of `entities`. Every row has a cell for each written column of its table, in the same order.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::respell::respelt;
use super::schema::{self, VERSION};
use super::table::Table;
use crate::article::normalise::fold::fold_into;
use crate::error::{Error, Fault};
use crate::record::{CheckRow, ClaimRow, EntityRow, Exact, Record, Verdict};
use crate::sink::sentence::Page;
use crate::sink::store::{Entry, Format, TextHash};

/// The longest key in bytes; PostgreSQL cannot index one of 3 kB.
const LONGEST_KEY: usize = 400;

/// The value of one column in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// Words, a day, or JSON.
    Text(Cow<'static, str>),
    /// A whole number.
    Whole(i64),
    /// An exact decimal.
    Number(Decimal),
    /// The id of the article that the row belongs to, which the store settles.
    Own,
    /// The id of the first article with the same text, which the store knows.
    First,
    /// The number of the run.
    Run,
}

/// One row.
pub type Row = Vec<Cell>;

/// All rows of one article.
#[derive(Debug)]
pub struct ArticleRows {
    /// The id that the record brought.
    pub id: String,
    /// Where it was read.
    pub source: Option<String>,
    /// The hash of its text.
    pub text: TextHash,
    /// Whether it only points at an earlier article.
    pub is_duplicate: bool,
    /// Hash of all its rows.
    pub digest: String,
    /// The row of `articles`.
    pub article: Row,
    /// Rows of `entities`, each once.
    pub entities: Vec<Row>,
    /// Rows of `sentences`.
    pub sentences: Vec<Row>,
    /// Rows of `claims`.
    pub claims: Vec<Row>,
    /// Rows of `checks`.
    pub checks: Vec<Row>,
    /// Rows of `check_claims`.
    pub check_claims: Vec<Row>,
    /// Rows of `faults`.
    pub faults: Vec<Row>,
}

/// Makes rows of records: the work of the databases that needs no turn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rows;

impl Format for Rows {
    type Part = Vec<ArticleRows>;

    fn encode(&self, entries: Vec<Entry>) -> Result<Vec<ArticleRows>, Error> {
        Ok(entries.into_iter().map(|entry| ArticleRows::new(entry.record, entry.text)).collect())
    }

    fn size(&self, part: &Vec<ArticleRows>) -> usize {
        part.iter().map(ArticleRows::size).sum()
    }
}

impl ArticleRows {
    /// The rows of `record`.
    #[must_use]
    pub fn new(record: Record, hash: TextHash) -> Self {
        let Record { article, claims, checks, faults, .. } = record;
        let page = Page::new(article.text.as_deref(), !claims.is_empty());
        let mut rows = Self {
            id: key(&article.id).into_owned(),
            source: article.source.clone(),
            text: hash,
            is_duplicate: article.duplicate_of.is_some(),
            digest: String::new(),
            article: Vec::new(),
            entities: Vec::new(),
            sentences: Vec::new(),
            claims: Vec::with_capacity(claims.len()),
            checks: Vec::with_capacity(checks.len()),
            check_claims: Vec::new(),
            faults: Vec::new(),
        };
        let inconsistent = checks.iter().filter(|check| check.verdict == Verdict::Inconsistent).count();
        let counts = [whole(claims.len()), whole(inconsistent)];
        let verdicts: Vec<Option<Verdict>> = claims.iter().map(|claim| worst(&checks, &claim.id)).collect();
        let mut sentences = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for (mut claim, verdict) in claims.into_iter().zip(verdicts) {
            if !sentences.contains(&claim.sentence.start) {
                sentences.push(claim.sentence.start);
                rows.sentences.push(sentence_row(&claim, page.sentence(&claim)));
            }
            let entity = claim.entity.take();
            let id = entity.as_ref().map(entity_id);
            let mention = entity.as_ref().map_or([Cell::Null, Cell::Null, Cell::Null], |entity| {
                [maybe(entity.mention.clone()), at(entity.start), at(entity.end)]
            });
            if let (Some(entity), Some(id)) = (entity, &id)
                && !ids.contains(id)
            {
                ids.push(id.clone());
                rows.entities.push(entity_row(id.clone(), entity));
            }
            rows.claims.push(claim_row(claim, id, mention, verdict));
        }
        for (n, check) in (1_i64..).zip(checks) {
            for (place, claim) in (1_i64..).zip(&check.claims) {
                rows.check_claims.push(vec![Cell::Own, Cell::Whole(n), Cell::Whole(place), text(claim.clone())]);
            }
            rows.checks.push(check_row(n, check));
        }
        let mut told = HashMap::new();
        for fault in faults {
            let before = told.entry((fault.stage.clone(), fault.message.clone())).or_insert(0_u32);
            rows.faults.push(fault_row(Some(&rows.id), article.source.clone(), &fault, *before));
            *before += 1;
        }
        let first = article.duplicate_of.clone();
        rows.article = vec![
            Cell::Own,
            maybe(article.title),
            maybe(article.published),
            maybe(article.author),
            maybe(article.url),
            maybe(article.source),
            Cell::Text(Cow::Borrowed(article.language)),
            maybe(article.encoding),
            maybe(article.reader),
            maybe(article.text),
            if first.is_some() { Cell::First } else { Cell::Null },
        ];
        rows.article.extend(counts);
        rows.digest = rows.hash(first.as_deref());
        rows.article.push(Cell::Text(rows.digest.clone().into()));
        rows.article.push(Cell::Run);
        rows
    }

    /// The rows of the tables that belong to the article, each table after those that it points at.
    #[must_use]
    pub fn parts(&self) -> [(&'static Table, &[Row]); 5] {
        [
            (&schema::SENTENCES, &self.sentences),
            (&schema::CLAIMS, &self.claims),
            (&schema::CHECKS, &self.checks),
            (&schema::CHECK_CLAIMS, &self.check_claims),
            (&schema::FAULTS, &self.faults),
        ]
    }

    fn all(&self) -> impl Iterator<Item = &Row> {
        let parts = self.parts().map(|(_, rows)| rows);
        [std::slice::from_ref(&self.article), &self.entities].into_iter().chain(parts).flatten()
    }

    fn hash(&self, first: Option<&str>) -> String {
        let mut bytes = Vec::with_capacity(16 << 10);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(first.unwrap_or_default().as_bytes());
        for row in self.all() {
            for cell in row {
                match cell {
                    Cell::Null => bytes.push(0),
                    Cell::Text(text) => {
                        bytes.push(1);
                        bytes.extend_from_slice(&text.len().to_le_bytes());
                        bytes.extend_from_slice(text.as_bytes());
                    }
                    Cell::Whole(number) => {
                        bytes.push(2);
                        bytes.extend_from_slice(&number.to_le_bytes());
                    }
                    Cell::Number(number) => {
                        bytes.push(3);
                        bytes.extend_from_slice(&number.normalize().serialize());
                    }
                    Cell::Own => bytes.push(5),
                    Cell::First => bytes.push(6),
                    Cell::Run => {}
                }
            }
            bytes.push(4);
        }
        hex(&bytes)
    }

    fn size(&self) -> usize {
        let cells = |row: &Row| row.capacity() * size_of::<Cell>();
        let words = |row: &Row| -> usize {
            row.iter().map(|cell| if let Cell::Text(Cow::Owned(text)) = cell { text.capacity() } else { 0 }).sum()
        };
        self.all().map(|row| cells(row) + words(row)).sum()
    }

    /// A second article with the id of another: the fault that says so.
    pub fn tell_shared_id(&mut self, stored: &str) {
        let message = format!("expected an id of its own, found that of another article: stored as “{stored}”");
        let fault = Fault::new("id", message);
        self.faults.push(fault_row(Some(stored), self.source.clone(), &fault, 0));
    }
}

/// The row of `faults` for an article that could not be read at all.
#[must_use]
pub fn unread_row(source: &str, stage: &str, message: &str) -> Row {
    fault_row(None, Some(source.to_owned()), &Fault::new(stage, message), 0)
}

/// The id of an article as the databases have it: as it is, unless it is too long for a key.
#[must_use]
pub fn key(id: &str) -> Cow<'_, str> {
    if id.len() <= LONGEST_KEY && memchr::memchr(0, id.as_bytes()).is_none() {
        return Cow::Borrowed(id);
    }
    let id = id.replace('\0', "\u{FFFD}");
    if id.len() <= LONGEST_KEY {
        return Cow::Owned(id);
    }
    let cut = (0..=LONGEST_KEY / 2).rev().find(|&at| id.is_char_boundary(at)).unwrap_or(0);
    Cow::Owned(format!("{}~{}", &id[..cut], hex(id.as_bytes())))
}

/// The id of the `n`th more article that came with the id of another: told apart by where it was read.
#[must_use]
pub fn apart(id: &str, source: Option<&str>, n: u32) -> String {
    let source = source.unwrap_or_default();
    let whole = if n == 0 { source.to_owned() } else { format!("{source}\0{n}") };
    format!("{id}~{}", &hex(whole.as_bytes())[..8])
}

/// The first 64 bits of the SHA-256, as 16 digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().take(8).fold(String::with_capacity(16), |mut out, byte| {
        let _ = write!(out, "{byte:02x}"); // writing to a String cannot fail
        out
    })
}

/// Words without NUL, which PostgreSQL cannot hold; offsets stay.
fn text(text: String) -> Cell {
    let clean = memchr::memchr(0, text.as_bytes()).is_none();
    Cell::Text(Cow::Owned(if clean { text } else { text.replace('\0', "\u{FFFD}") }))
}

fn maybe(words: Option<String>) -> Cell {
    words.map_or(Cell::Null, text)
}

fn number(value: Option<Exact>) -> Cell {
    value.map_or(Cell::Null, |value| Cell::Number(value.0))
}

fn whole(count: usize) -> Cell {
    Cell::Whole(i64::try_from(count).unwrap_or(i64::MAX))
}

fn at(offset: Option<u32>) -> Cell {
    offset.map_or(Cell::Null, |offset| Cell::Whole(i64::from(offset)))
}

/// A day of the years 1 to 9999, which is what both databases know.
fn day(day: Option<String>) -> Cell {
    maybe(day.filter(|day| day.len() == 10 && day.as_bytes()[0].is_ascii_digit() && !day.starts_with("0000")))
}

/// An enum of the record by its name in JSON.
fn name(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Cell::Text(Cow::Owned(name)),
        _ => Cell::Null,
    }
}

fn json<T: Serialize>(list: &[T]) -> Cell {
    if list.is_empty() {
        return Cell::Null;
    }
    serde_json::to_string(list).map_or(Cell::Null, |json| Cell::Text(json.replace("\\u0000", "\u{FFFD}").into()))
}

/// A hash of name, type and place.
fn entity_id(entity: &EntityRow) -> String {
    let kind = format!("{:?}", entity.kind);
    let (system, code) = entity.place.as_ref().map_or(("", ""), |place| (place.system, &place.code));
    format!("e-{}", hex([entity.name.as_str(), &kind, system, code].join("\0").as_bytes()))
}

/// The id of an entity, and its name in small letters with tone marks in one place.
pub(in crate::sink) fn identity(entity: &EntityRow) -> (String, String) {
    (entity_id(entity), spelt_one_way(&entity.name))
}

/// The words in small letters, with tone marks in one place.
fn spelt_one_way(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        fold_into(word, &mut out);
    }
    out
}

fn entity_row(id: String, entity: EntityRow) -> Row {
    let folded = spelt_one_way(&entity.name);
    let mut row = vec![Cell::Text(id.into()), text(entity.name), text(folded), name(&entity.kind)];
    match entity.place {
        Some(place) => row.extend([
            Cell::Text(Cow::Borrowed(place.system)),
            text(place.code),
            text(place.name),
            text(place.province),
            json(&place.successors),
        ]),
        None => row.extend([const { Cell::Null }; 5]),
    }
    row
}

fn sentence_row(claim: &ClaimRow, words: Cow<'_, str>) -> Row {
    let other = maybe(respelt(&words));
    vec![Cell::Own, at(Some(claim.sentence.start)), at(Some(claim.sentence.end)), text(words.into_owned()), other]
}

fn claim_row(claim: ClaimRow, entity: Option<String>, mention: [Cell; 3], verdict: Option<Verdict>) -> Row {
    let mut row = Vec::with_capacity(schema::CLAIMS.columns.len());
    row.extend([
        Cell::Own,
        text(claim.id),
        Cell::Text(Cow::Borrowed(claim.kind.name())),
        text(claim.text),
        Cell::Number(claim.value.0),
        number(claim.value_max),
        number(claim.denominator),
        Cell::Whole(i64::from(claim.decimals)),
        text(claim.unit),
        maybe(claim.unit_code),
        claim.modifier.as_ref().map_or(Cell::Null, name),
        claim.direction.as_ref().map_or(Cell::Null, name),
        maybe(entity),
    ]);
    row.extend(mention);
    match claim.property {
        Some(property) => row.extend([
            text(property.expanded.unwrap_or_else(|| property.text.clone())),
            text(property.text),
            at(Some(property.start)),
            at(Some(property.end)),
        ]),
        None => row.extend([const { Cell::Null }; 4]),
    }
    match claim.period {
        Some(period) => row.extend([
            text(period.text),
            day(period.from),
            day(period.to),
            at(Some(period.start)),
            at(Some(period.end)),
        ]),
        None => row.extend([const { Cell::Null }; 5]),
    }
    match claim.reference {
        Some(reference) => row.extend([
            name(&reference.role),
            text(reference.text),
            number(reference.value),
            at(Some(reference.start)),
            at(Some(reference.end)),
        ]),
        None => row.extend([const { Cell::Null }; 5]),
    }
    row.extend([
        verdict.as_ref().map_or(Cell::Null, name),
        Cell::Number(claim.confidence.0),
        Cell::Whole(i64::from(claim.statement)),
        at(Some(claim.start)),
        at(Some(claim.end)),
        at(Some(claim.sentence.start)),
        text(claim.prefix),
        text(claim.suffix),
        text(claim.rule),
        json(&claim.alternatives),
    ]);
    row
}

fn check_row(n: i64, check: CheckRow) -> Row {
    vec![
        Cell::Own,
        Cell::Whole(n),
        Cell::Text(Cow::Borrowed(check.rule)),
        number(check.reported),
        number(check.computed),
        number(check.lower),
        number(check.upper),
        name(&check.verdict),
        text(check.explanation),
    ]
}

fn fault_row(id: Option<&str>, source: Option<String>, fault: &Fault, before: u32) -> Row {
    let (owner, place) = (id.unwrap_or_default(), source.as_deref().unwrap_or_default());
    let whole = format!("{owner}\0{place}\0{}\0{}\0{before}", fault.stage, fault.message);
    vec![
        Cell::Text(Cow::Owned(format!("f-{}", hex(whole.as_bytes())))),
        id.map_or(Cell::Null, |_| Cell::Own),
        maybe(source),
        text(fault.stage.clone()),
        text(fault.message.clone()),
    ]
}

/// The worst verdict of the checks that speak of a claim.
fn worst(checks: &[CheckRow], claim: &String) -> Option<Verdict> {
    checks.iter().filter(|check| check.claims.contains(claim)).map(|check| check.verdict).min_by_key(rank)
}

/// How bad a verdict is: the worst is 0.
pub(in crate::sink) fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Inconsistent => 0,
        Verdict::ConsistentIfTruncated => 1,
        Verdict::Consistent => 2,
        Verdict::Implied => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    fn record() -> Record {
        let (article, reading) = specimen::reading();
        Record::new(&article, &reading)
    }

    fn rows(record: &Record) -> ArticleRows {
        ArticleRows::new(record.clone(), TextHash::of(specimen::TEXT))
    }

    #[test]
    fn every_row_has_a_cell_for_each_column() {
        let mut record = record();
        record.faults.push(Fault::new("read", "ngày sai"));
        let rows = rows(&record);
        let article = std::slice::from_ref(&rows.article);
        let all = [(&schema::ARTICLES, article), (&schema::ENTITIES, &rows.entities)].into_iter().chain(rows.parts());
        let mut shown = String::new();
        for (table, lines) in all {
            assert!(!lines.is_empty(), "{}", table.name);
            for row in lines {
                assert_eq!(row.len(), table.names().len(), "{}", table.name);
                for (column, cell) in table.written().zip(row) {
                    assert!(!column.needed || *cell != Cell::Null, "{}.{}", table.name, column.name);
                    match cell {
                        Cell::Null => {}
                        Cell::Text(_) if column.name == "digest" => {}
                        Cell::Text(words) => shown += &format!("{}.{} {words}\n", table.name, column.name),
                        Cell::Number(value) => shown += &format!("{}.{} {}\n", table.name, column.name, Exact(*value)),
                        other => shown += &format!("{}.{} {other:?}\n", table.name, column.name),
                    }
                }
            }
        }
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn the_digest_changes_with_any_cell() {
        let record = record();
        let first = rows(&record).digest;
        assert_eq!(first, rows(&record).digest);
        let mut other = record.clone();
        other.claims[0].unit.push('x');
        assert_ne!(first, rows(&other).digest);
        other = record.clone();
        other.article.title = Some("T".to_owned());
        assert_ne!(first, rows(&other).digest);
    }

    #[test]
    fn hostile_words_become_cells_that_a_database_holds() {
        assert_eq!(text("a\0b".to_owned()), Cell::Text("a\u{FFFD}b".into()));
        let long = key(&"á".repeat(9_000)).into_owned();
        assert!(long.len() < LONGEST_KEY && long.contains('~'), "{long}");
        assert_ne!(long, key(&format!("{}b", "á".repeat(9_000))).into_owned());
        assert_eq!(day(Some("0000-01-01".to_owned())), Cell::Null);
        assert_eq!(day(Some("-000044-03-15".to_owned())), Cell::Null);
        assert_eq!(day(Some("2022-12-31".to_owned())), Cell::Text("2022-12-31".into()));
    }

    #[test]
    fn without_the_text_a_sentence_is_what_stands_around_its_claim() {
        let mut record = record();
        record.article.text = None;
        let rows = rows(&record);
        let Cell::Text(words) = &rows.sentences[0][3] else { panic!("no words") };
        assert!(words.contains("47/49"), "{words}");
    }
}
