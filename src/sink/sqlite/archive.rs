//! What the pages over an archive ask of a database: claims by words, entity, place, kind and period ("hoà bình" finds
//! "hòa bình"), and the figures of an entity over time. Every answer is a page of rows, never all.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::{desk, phrase, refused};
use crate::error::Error;
use crate::review::words_of;

/// Rows of one page.
pub const PAGE: usize = 25;
/// The most entities that a name may stand for in a search.
const ENTITIES: usize = 400;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words of the sentence.
    pub words: Option<String>,
    /// Words of the entity's name.
    pub entity: Option<String>,
    /// Name or code of an administrative unit or its province.
    pub place: Option<String>,
    /// A kind of claim.
    pub kind: Option<String>,
    /// First and last year or day.
    pub from: Option<String>,
    /// Last.
    pub to: Option<String>,
    /// Page, from 0.
    pub page: usize,
}

/// One claim as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The article.
    pub article: String,
    /// The claim.
    pub claim: String,
    /// The quantity expression.
    pub text: String,
    /// The kind.
    pub kind: String,
    /// Its exact value.
    pub value: String,
    /// The value for drawing.
    pub real: f64,
    /// The unit.
    pub unit: String,
    /// The entity's id.
    pub entity_id: Option<String>,
    /// The entity's name.
    pub entity: Option<String>,
    /// What is counted.
    pub property: Option<String>,
    /// The words that say when.
    pub period: Option<String>,
    /// Last day of the period.
    pub to: Option<String>,
    /// The worst verdict of its checks.
    pub verdict: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// Headline.
    pub title: Option<String>,
    /// When the article was published.
    pub published: Option<String>,
}

/// An entity with what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// organization, place, person …
    pub kind: String,
    /// The unit that it is or belongs to.
    pub place: Option<String>,
    /// Properties with their unit and how many figures there are, the most first.
    pub properties: Vec<(String, String, usize)>,
}

/// A page of rows, and whether there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether another page follows.
    pub more: bool,
}

impl<T> Page<T> {
    pub(super) fn of(mut rows: Vec<T>) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Self { rows, more }
    }
}

/// The columns of [`Shown`], of claims `c`, sentences `s`, articles `a` and entities `e`.
pub(super) const SHOWN: &str = "c.article_id, c.id, c.text, c.kind, c.value, c.value_real, c.unit, c.entity_id, e.name, c.property, \
    c.period, c.period_to, c.verdict, s.text, a.title, a.published";

/// What they are joined with, from `c`.
pub(super) const JOINS: &str = "JOIN articles a ON a.id = c.article_id \
    JOIN sentences s ON s.article_id = c.article_id AND s.start_offset = c.sentence_offset \
    LEFT JOIN entities e ON e.id = c.entity_id";

/// The same, with the claims leading whatever the planner thinks.
const CROSSED: &str = "CROSS JOIN articles a ON a.id = c.article_id \
    CROSS JOIN sentences s ON s.article_id = c.article_id AND s.start_offset = c.sentence_offset \
    LEFT JOIN entities e ON e.id = c.entity_id";

pub(super) fn shown(row: &Row<'_>, at: usize) -> rusqlite::Result<Shown> {
    Ok(Shown {
        article: row.get(at)?,
        claim: row.get(at + 1)?,
        text: row.get(at + 2)?,
        kind: row.get(at + 3)?,
        value: row.get(at + 4)?,
        real: row.get::<_, Option<f64>>(at + 5)?.unwrap_or_default(),
        unit: row.get(at + 6)?,
        entity_id: row.get(at + 7)?,
        entity: row.get(at + 8)?,
        property: row.get(at + 9)?,
        period: row.get(at + 10)?,
        to: row.get(at + 11)?,
        verdict: row.get(at + 12)?,
        sentence: row.get(at + 13)?,
        title: row.get(at + 14)?,
        published: row.get(at + 15)?,
    })
}

/// A database that is only read.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    pub(super) db: Connection,
}

impl Reader {
    /// Opens a database that the desk has prepared.
    ///
    /// # Errors
    /// When it is gone.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { path: path.to_owned(), db: desk::reader(path)? })
    }

    pub(super) fn refused(&self, found: rusqlite::Error) -> Error {
        refused(&self.path, "a database of solieu", found)
    }

    /// Claims that fit, the latest loaded first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn search(&self, asked: &Asked) -> Result<Page<Shown>, Error> {
        self.find(asked).map_err(|found| self.refused(found))
    }

    fn find(&self, asked: &Asked) -> rusqlite::Result<Page<Shown>> {
        let mut tests: Vec<String> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut from = format!("claims c {JOINS}");
        let mut order = "c.rowid";
        // Words that many sentences have are not looked through for a time that no claim speaks of.
        if let (Some(day), Some(_)) = (&asked.from, &asked.words) {
            let sql = "SELECT 1 FROM claims INDEXED BY claims_periods WHERE period_to >= ? LIMIT 1";
            if !self.db.prepare(sql)?.exists([day])? {
                return Ok(Page { rows: Vec::new(), more: false });
            }
        }
        if let Some(words) = &asked.words {
            from = "sentences_fts f CROSS JOIN sentences s ON s.id = f.rowid \
                 CROSS JOIN claims c ON c.article_id = s.article_id AND c.sentence_offset = s.start_offset \
                 JOIN articles a ON a.id = c.article_id LEFT JOIN entities e ON e.id = c.entity_id"
                .to_owned();
            order = "f.rowid";
            tests.push("sentences_fts MATCH ?".to_owned());
            // Each word, in any order; quotes keep a phrase together.
            values.push(Value::Text(every(words)));
        }
        if asked.entity.is_some() || asked.place.is_some() {
            let ids = self.entities(asked.entity.as_deref(), asked.place.as_deref())?;
            if ids.is_empty() {
                return Ok(Page { rows: Vec::new(), more: false });
            }
            tests.push(format!("c.entity_id IN ({})", vec!["?"; ids.len()].join(", ")));
            values.extend(ids.into_iter().map(Value::Text));
        }
        // With words or an entity those lead and all else only passes or not; alone, a kind and a period lead by an index
        // that holds both ends of the period, so that what lies outside is never read.
        let lead = if tests.is_empty() { "" } else { "+" };
        if let Some(kind) = &asked.kind {
            tests.push(format!("{lead}c.kind = ?"));
            values.push(Value::Text(kind.clone()));
        }
        for (bound, test) in [(&asked.from, "c.period_to >= ?"), (&asked.to, "c.period_from <= ?")] {
            if let Some(day) = bound {
                tests.push(format!("{lead}{test}"));
                values.push(Value::Text(day.clone()));
                if lead.is_empty() {
                    order = "c.period_from";
                    let index = if asked.kind.is_some() { "claims_kind_periods" } else { "claims_periods" };
                    from = format!("claims c INDEXED BY {index} {CROSSED}");
                }
            }
        }
        let tests = if tests.is_empty() { "1".to_owned() } else { tests.join(" AND ") };
        let sql = format!("SELECT {SHOWN} FROM {from} WHERE {tests} ORDER BY {order} DESC LIMIT ? OFFSET ?");
        values.push(whole(PAGE + 1));
        values.push(whole(asked.page.saturating_mul(PAGE)));
        let mut found = self.db.prepare(&sql)?;
        let rows = found.query_map(params_from_iter(values), |row| shown(row, 0))?;
        Ok(Page::of(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Entities by words of their name, and by place.
    fn entities(&self, name: Option<&str>, place: Option<&str>) -> rusqlite::Result<Vec<String>> {
        let mut tests = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        if let Some(name) = name {
            tests.push("instr(folded, ?) > 0");
            values.push(Value::Text(words_of(name).join(" ")));
        }
        if let Some(place) = place {
            tests.push("(place_code = ? OR province_code = ? OR instr(lower(place_name), lower(?)) > 0)");
            values.extend(vec![Value::Text(place.to_owned()); 3]);
        }
        // The shortest names first: the one itself before what belongs to it.
        let sql = format!("SELECT id FROM entities WHERE {} ORDER BY length(folded), id LIMIT ?", tests.join(" AND "));
        values.push(whole(ENTITIES));
        let mut found = self.db.prepare(&sql)?;
        found.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// An entity and what is counted of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn entity(&self, id: &str) -> Result<Option<Entity>, Error> {
        let read = || -> rusqlite::Result<Option<Entity>> {
            let sql = "SELECT id, name, type, place_name FROM entities WHERE id = ?";
            let entity = self.db.query_row(sql, [id], |row| {
                let (id, name, kind, place) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(Entity { id, name, kind, place, properties: Vec::new() })
            });
            let Some(mut entity) = entity.optional()? else { return Ok(None) };
            let sql = "SELECT property, unit, count(*) AS n FROM claims WHERE entity_id = ? AND property IS NOT NULL \
                       GROUP BY property, unit ORDER BY n DESC, property, unit LIMIT 60";
            let mut all = self.db.prepare(sql)?;
            let count = |row: &Row<'_>| -> rusqlite::Result<usize> {
                Ok(usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default())
            };
            let rows = all.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, count(row)?)))?;
            entity.properties = rows.collect::<rusqlite::Result<_>>()?;
            Ok(Some(entity))
        };
        read().map_err(|found| self.refused(found))
    }

    /// The figures of one property of an entity, by the end of their period; at most `most`.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn figures(&self, entity: &str, property: &str, unit: &str, most: usize) -> Result<Vec<Shown>, Error> {
        let read = || -> rusqlite::Result<Vec<Shown>> {
            let sql = format!(
                "SELECT {SHOWN} FROM claims c {JOINS} WHERE c.entity_id = ? AND c.property = ? AND c.unit = ? \
                 ORDER BY c.period_to IS NULL, c.period_to, a.published, c.rowid LIMIT ?"
            );
            let mut all = self.db.prepare(&sql)?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            all.query_map(params![entity, property, unit, most], |row| shown(row, 0))?.collect()
        };
        read().map_err(|found| self.refused(found))
    }
}

fn whole(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The words as a query of FTS5: each of them, and what stands in quotes together.
fn every(words: &str) -> String {
    let parts = words.split('"').enumerate().flat_map(|(at, part)| {
        let together = at % 2 == 1;
        let pieces: Vec<&str> = if together { vec![part.trim()] } else { part.split_whitespace().collect() };
        pieces.into_iter().filter(|piece| piece.chars().any(char::is_alphanumeric)).map(phrase).collect::<Vec<_>>()
    });
    let query = parts.collect::<Vec<_>>().join(" ");
    // Nothing but marks finds nothing.
    if query.is_empty() { phrase("∅") } else { query }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_asked_for_one_by_one_and_quotes_together() {
        assert_eq!(every("thu ngân sách"), "\"thu\" \"ngân\" \"sách\"");
        assert_eq!(every("tỉnh \"hòa bình\""), "\"tỉnh\" \"hòa bình\"");
        assert_eq!(every("* OR -"), "\"OR\"");
        assert_eq!(every("()"), "\"∅\"");
    }
}
