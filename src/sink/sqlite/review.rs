//! An archive as the review reads it, and what it found kept beside the tables of runs: "6.271 tỷ đồng" against "6.217
//! tỷ đồng" is a row of `contradictions`, a claim against a reference figure one of `reference_checks`.
//!
//! Entities are grouped by what makes two names one ([`Who`]); then one group after the other is read by the index over
//! `claims.entity_id`, so memory holds the claims of one entity and never those of the archive.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, params};
use rust_decimal::Decimal;

use super::lock::Lock;
use super::{index, now, open, refused};
use crate::error::Error;
use crate::record::{Direction, EntityType, Exact, Kind, Modifier};
use crate::review::contradiction::{self, Contradiction, Tally};
use crate::review::reference::{Judged, References};
use crate::review::{AFTER, Figure, Outcome, Who, Words, date};

/// The version of a file that has these tables, and their SQL.
pub(super) const STEP: (u32, &str) = (
    1002,
    "CREATE TABLE contradictions (id INTEGER PRIMARY KEY, outcome TEXT NOT NULL, rank REAL NOT NULL, sure REAL NOT NULL, \
     share REAL NOT NULL, difference TEXT NOT NULL, unit TEXT NOT NULL, entity TEXT NOT NULL, \
     article_1 TEXT NOT NULL, claim_1 TEXT NOT NULL, articles_1 INTEGER NOT NULL, \
     article_2 TEXT NOT NULL, claim_2 TEXT NOT NULL, articles_2 INTEGER NOT NULL, reasons TEXT NOT NULL, made TEXT NOT NULL);
     CREATE INDEX contradictions_rank ON contradictions (outcome, rank);
     CREATE TABLE reference_figures (id INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER NOT NULL, entity TEXT NOT NULL, \
     place TEXT, property TEXT NOT NULL, period TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL, source TEXT, \
     made TEXT NOT NULL);
     CREATE TABLE reference_checks (id INTEGER PRIMARY KEY, reference_id INTEGER NOT NULL, article_id TEXT NOT NULL, \
     claim_id TEXT NOT NULL, verdict TEXT NOT NULL, difference TEXT NOT NULL, share REAL NOT NULL, sure REAL NOT NULL);
     CREATE INDEX reference_checks_verdict ON reference_checks (verdict, share)",
);

/// The claims of one entity, with what a comparison asks of them.
const CLAIMS: &str = "SELECT c.article_id, c.id, c.kind, c.text, c.value, c.value_max, c.denominator, c.decimals, c.unit, \
    c.unit_code, c.modifier, c.direction, c.entity_mention, c.property, c.period, c.period_from, c.period_to, c.reference, \
    c.confidence, a.published FROM claims c JOIN articles a ON a.id = c.article_id WHERE c.entity_id = ?";

/// The words around a claim.
const WORDS: &str = "SELECT s.text, s.start_offset, c.start_offset, c.end_offset, c.prefix, a.text IS NULL, \
    substr(a.text, s.end_offset + 1, ?), a.title, a.url, c.sentence_offset FROM claims c \
    JOIN sentences s ON s.article_id = c.article_id AND s.start_offset = c.sentence_offset \
    JOIN articles a ON a.id = c.article_id WHERE c.article_id = ? AND c.id = ?";

/// The other numbers of its sentence.
const OTHERS: &str =
    "SELECT start_offset, end_offset FROM claims WHERE article_id = ? AND sentence_offset = ? AND id <> ?";

/// An entity of the database with its place.
#[derive(Debug)]
struct Named {
    id: String,
    name: String,
    kind: EntityType,
    place: Option<(String, String, String)>,
}

impl Named {
    fn who(&self, mention: Option<&str>) -> Option<Who> {
        let place = self.place.as_ref().map(|(system, code, name)| (system.as_str(), code.as_str(), name.as_str()));
        Who::new(&self.name, mention, self.kind, place)
    }
}

/// A database whose claims are reviewed. No run writes it meanwhile.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    db: Connection,
    lock: Lock,
}

impl Archive {
    /// Opens the database at `path`.
    ///
    /// # Errors
    /// When there is none, it is no database of solieu or of a newer one, or a run is writing it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.is_file() {
            let path = path.display();
            return Err(Error::Usage(format!("{path}: expected a database that solieu extract wrote, found no file")));
        }
        let lock = Lock::take(path)?;
        let db = open::open(path)?;
        let archive = Self { path: path.to_owned(), db, lock };
        index::make(&archive.db).map_err(|found| archive.refused(found))?;
        Ok(archive)
    }

    /// Leaves the file as one file.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn close(self) -> Result<(), Error> {
        open::leave(&self.db).map_err(|found| self.refused(found))?;
        self.lock.remove();
        Ok(())
    }

    /// Every contradiction and revision of the archive, ranked.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn contradictions(&self) -> Result<(Vec<Contradiction>, Tally), Error> {
        let (mut found, mut tally) = (Vec::new(), Tally::default());
        let groups = self.groups()?;
        // What offices say of places goes to the places.
        let mut told: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
        for (key, group) in &groups {
            if group.iter().filter_map(|named| named.who(None)).any(|who| who.is_office()) {
                for figure in self.figures(group)? {
                    let other = figure.who.as_ref().map(|who| who.key.clone()).filter(|own| own != key);
                    if let Some(other) = other {
                        told.entry(other).or_default().push(figure);
                    }
                }
            }
        }
        for (key, group) in groups {
            let mut figures = self.figures(&group)?;
            figures.extend(told.remove(&key).unwrap_or_default());
            found.extend(contradiction::among(figures, &mut |figure| self.fill(figure), &mut tally)?);
            // Memory holds a list that people can read, and no more.
            if found.len() > 2 * contradiction::LISTED {
                contradiction::keep_first(&mut found, &mut tally);
            }
        }
        contradiction::keep_first(&mut found, &mut tally);
        Ok((found, tally))
    }

    /// What reference figures say of the claims of the archive, in the order of their entities.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn judged(&self, references: &References) -> Result<Vec<Judged>, Error> {
        let mut all = Vec::new();
        for group in self.groups()?.into_values() {
            let known = group.iter().filter_map(|one| one.who(None)).any(|who| references.knows(&who));
            for mut figure in if known { self.figures(&group)? } else { Vec::new() } {
                self.fill(&mut figure)?;
                all.extend(references.judge(&figure));
            }
        }
        Ok(all)
    }

    /// The entities that are one, by their key.
    fn groups(&self) -> Result<BTreeMap<String, Vec<Named>>, Error> {
        let read = || -> rusqlite::Result<BTreeMap<String, Vec<Named>>> {
            let mut groups: BTreeMap<String, Vec<Named>> = BTreeMap::new();
            let sql = "SELECT id, name, type, place_system, place_code, place_name FROM entities ORDER BY id";
            let mut all = self.db.prepare(sql)?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let kind: String = row.get(2)?;
                let place: (Option<String>, Option<String>, Option<String>) = (row.get(3)?, row.get(4)?, row.get(5)?);
                let place = match place {
                    (Some(system), Some(code), Some(name)) => Some((system, code, name)),
                    _ => None,
                };
                let kind = EntityType::ALL.iter().copied().find(|known| known.name() == kind);
                let kind = kind.unwrap_or(EntityType::Other);
                let named = Named { id: row.get(0)?, name: row.get(1)?, kind, place };
                if let Some(who) = named.who(None) {
                    groups.entry(who.key).or_default().push(named);
                }
            }
            Ok(groups)
        };
        read().map_err(|found| self.refused(found))
    }

    /// The claims about any of these, without the words around them.
    fn figures(&self, group: &[Named]) -> Result<Vec<Figure>, Error> {
        let read = || -> rusqlite::Result<Vec<Figure>> {
            let mut figures = Vec::new();
            let mut claims = self.db.prepare_cached(CLAIMS)?;
            for named in group {
                let mut rows = claims.query([&named.id])?;
                while let Some(row) = rows.next()? {
                    figures.extend(figure(row, named)?);
                }
            }
            figures.sort_by(|a, b| (&a.article, &a.claim).cmp(&(&b.article, &b.claim)));
            Ok(figures)
        };
        read().map_err(|found| self.refused(found))
    }

    /// Reads the words around a figure.
    fn fill(&self, figure: &mut Figure) -> Result<(), Error> {
        fill(&self.db, figure).map_err(|found| self.refused(found))
    }

    /// Keeps contradictions in the place of those of an earlier review.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_contradictions(&mut self, found: &[Contradiction]) -> Result<(), Error> {
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let change = self.db.transaction()?;
            change.execute("DELETE FROM contradictions", [])?;
            {
                let mut add = change.prepare(
                    "INSERT INTO contradictions (outcome, rank, sure, share, difference, unit, entity, article_1, claim_1, \
                     articles_1, article_2, claim_2, articles_2, reasons, made) \
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?;
                let made = now();
                for one in found {
                    let outcome = if one.outcome == Outcome::Revision { "revision" } else { "contradiction" };
                    let reasons = serde_json::to_string(&one.reasons).unwrap_or_default();
                    let count = |articles: usize| i64::try_from(articles).unwrap_or(i64::MAX);
                    add.execute(params![
                        outcome,
                        real(one.rank),
                        real(one.sure),
                        real(one.share),
                        Exact(one.difference).to_string(),
                        one.first.unit,
                        one.first.who.as_ref().map_or("", |who| who.name.as_str()),
                        one.first.article,
                        one.first.claim,
                        count(one.articles.0),
                        one.second.article,
                        one.second.claim,
                        count(one.articles.1),
                        reasons,
                        made,
                    ])?;
                }
            }
            change.commit()
        };
        write().map_err(|found| refused(&path, "a database that takes all rows", found))
    }

    /// Keeps a reference file and what it says of claims, in the place of an earlier one of this name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_references(&mut self, file: &str, references: &References, judged: &[Judged]) -> Result<(), Error> {
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let change = self.db.transaction()?;
            change.execute(
                "DELETE FROM reference_checks WHERE reference_id IN (SELECT id FROM reference_figures WHERE file = ?)",
                [file],
            )?;
            change.execute("DELETE FROM reference_figures WHERE file = ?", [file])?;
            {
                let mut add = change.prepare(
                    "INSERT INTO reference_figures (file, line, entity, place, property, period, value, unit, source, made) \
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?;
                let mut check = change.prepare(
                    "INSERT INTO reference_checks (reference_id, article_id, claim_id, verdict, difference, share, sure) \
                     VALUES (?, ?, ?, ?, ?, ?, ?)",
                )?;
                let made = now();
                let mut ids = Vec::with_capacity(references.facts.len());
                for fact in &references.facts {
                    let line = i64::try_from(fact.line).unwrap_or(i64::MAX);
                    ids.push(add.insert(params![
                        file,
                        line,
                        fact.entity,
                        fact.place,
                        fact.property,
                        fact.period,
                        fact.value.to_string(),
                        fact.unit,
                        fact.source,
                        made
                    ])?);
                }
                for one in judged {
                    check.execute(params![
                        ids.get(one.fact),
                        one.figure.article,
                        one.figure.claim,
                        one.verdict.name(),
                        Exact(one.difference).to_string(),
                        real(one.share),
                        real(one.sure),
                    ])?;
                }
            }
            change.commit()
        };
        write().map_err(|found| refused(&path, "a database that takes all rows", found))
    }

    fn refused(&self, found: rusqlite::Error) -> Error {
        refused(&self.path, "a database of solieu", found)
    }
}

/// A share as the database sorts it.
fn real(share: Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive as _;
    share.to_f64().unwrap_or_default()
}

/// One claim; none whose numbers or names are not those of a record.
fn figure(row: &Row<'_>, named: &Named) -> rusqlite::Result<Option<Figure>> {
    let number = |at| -> rusqlite::Result<Option<Exact>> {
        let digits: Option<String> = row.get(at)?;
        Ok(digits.and_then(|digits| digits.parse().ok()).map(Exact))
    };
    let (kind, modifier, direction): (String, Option<String>, Option<String>) =
        (row.get(2)?, row.get(10)?, row.get(11)?);
    let (Some(kind), Some(value)) = (Kind::named(&kind), number(4)?) else { return Ok(None) };
    let mention: Option<String> = row.get(12)?;
    let day = |at| -> rusqlite::Result<_> { Ok(row.get::<_, Option<String>>(at)?.as_deref().and_then(date)) };
    let confidence: f64 = row.get(18)?;
    let property: Option<String> = row.get(13)?;
    Ok(Some(Figure {
        article: row.get(0)?,
        claim: row.get(1)?,
        title: None,
        url: None,
        published: day(19)?,
        kind,
        text: row.get(3)?,
        value,
        value_max: number(5)?,
        denominator: number(6)?,
        decimals: row.get(7)?,
        unit: row.get(8)?,
        unit_code: row.get(9)?,
        modifier: Modifier::ALL.iter().copied().find(|known| Some(known.name()) == modifier.as_deref()),
        direction: Direction::ALL.iter().copied().find(|known| Some(known.name()) == direction.as_deref()),
        who: named.who(Who::near(mention.as_deref(), property.as_deref())).map(|who| who.placed(property.as_deref())),
        property,
        period: row.get(14)?,
        days: day(15)?.zip(day(16)?),
        reference: row.get(17)?,
        confidence: Exact(Decimal::try_from(confidence).unwrap_or_default().round_dp(2)),
        words: Words::default(),
    }))
}

fn fill(db: &Connection, figure: &mut Figure) -> rusqlite::Result<()> {
    let mut words = db.prepare_cached(WORDS)?;
    let after = i64::try_from(AFTER).unwrap_or(i64::MAX);
    let found = words.query_row(params![after, figure.article, figure.claim], |row| {
        let sentence: String = row.get(0)?;
        let (offset, start, end): (u32, u32, u32) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (prefix, short): (String, bool) = (row.get(4)?, row.get(5)?);
        let after: Option<String> = row.get(6)?;
        figure.title = row.get(7)?;
        figure.url = row.get(8)?;
        Ok((sentence, offset, (start, end), prefix, short, after.unwrap_or_default(), row.get::<_, i64>(9)?))
    });
    let Some((sentence, offset, number, prefix, short, after, at)) = found.optional()? else { return Ok(()) };
    if short {
        // Without the article's text there are only the words around the first claim of the sentence.
        let start = u32::try_from(prefix.chars().count()).unwrap_or(0);
        let length = number.1.saturating_sub(number.0);
        figure.words = Words::new(sentence, 0, (start, start + length), &[], after);
        return Ok(());
    }
    let mut others = db.prepare_cached(OTHERS)?;
    let others = others.query_map(params![figure.article, at, figure.claim], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let others: Vec<(u32, u32)> = others.collect::<rusqlite::Result<_>>()?;
    figure.words = Words::new(sentence, offset, number, &others, after);
    Ok(())
}
