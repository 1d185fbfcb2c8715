//! What the pages over an archive ask of a database: claims by words, entity, place, kind and period ("hoà bình" finds
//! "hòa bình"), the figures of an entity over time, and what a review found. Every answer is a page of rows, never all.

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

/// Two claims of a review, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// How sure it is that both speak of one thing, 0 to 1.
    pub sure: f64,
    /// The entity.
    pub entity: String,
    /// Why, in Vietnamese.
    pub reasons: Vec<String>,
    /// The earlier claim and the later one, each with the number of articles that say so.
    pub sides: [(Shown, usize); 2],
}

/// A claim with what a reference figure says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// agrees, agrees_as_rounded, differs, not_covered.
    pub verdict: String,
    /// Claim minus reference.
    pub difference: String,
    /// As a share of the larger, 0 to 1.
    pub share: f64,
    /// The claim.
    pub shown: Shown,
    /// The reference: entity, property, period, value, unit, source, file and line.
    pub entity: String,
    /// What it counts.
    pub property: String,
    /// When.
    pub period: String,
    /// Its exact value, in the unit itself.
    pub value: String,
    /// Its unit as written.
    pub unit: String,
    /// Where it is from.
    pub source: Option<String>,
    /// File and line.
    pub at: String,
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
    fn of(mut rows: Vec<T>) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Self { rows, more }
    }
}

/// The columns of [`Shown`], of claims `c`, sentences `s`, articles `a` and entities `e`.
const SHOWN: &str = "c.article_id, c.id, c.text, c.kind, c.value, c.value_real, c.unit, c.entity_id, e.name, c.property, \
    c.period, c.period_to, c.verdict, s.text, a.title, a.published";

/// What they are joined with, from `c`.
const JOINS: &str = "JOIN articles a ON a.id = c.article_id \
    JOIN sentences s ON s.article_id = c.article_id AND s.start_offset = c.sentence_offset \
    LEFT JOIN entities e ON e.id = c.entity_id";

fn shown(row: &Row<'_>, at: usize) -> rusqlite::Result<Shown> {
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
    db: Connection,
}

impl Reader {
    /// Opens a database that the desk has prepared.
    ///
    /// # Errors
    /// When it is gone.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { path: path.to_owned(), db: desk::reader(path)? })
    }

    fn refused(&self, found: rusqlite::Error) -> Error {
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
        if let Some(kind) = &asked.kind {
            // With words or an entity those lead; the index over kinds would not.
            tests.push(if values.is_empty() { "c.kind = ?" } else { "+c.kind = ?" }.to_owned());
            values.push(Value::Text(kind.clone()));
        }
        // Alone, a period leads by its index; beside something else it only passes or not.
        let alone = tests.is_empty();
        if alone && (asked.from.is_some() || asked.to.is_some()) {
            order = "c.period_from";
        }
        for (bound, test) in [(&asked.from, "c.period_to >= ?"), (&asked.to, "c.period_from <= ?")] {
            if let Some(day) = bound {
                tests.push(if alone && test.starts_with("c.period_from") {
                    test.to_owned()
                } else {
                    format!("+{test}")
                });
                values.push(Value::Text(day.clone()));
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

    /// How many contradictions and revisions the last review found; none where there was no review.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn reviewed(&self) -> Result<[usize; 2], Error> {
        let count = |outcome: &str| -> rusqlite::Result<usize> {
            let sql = "SELECT count(*) FROM contradictions WHERE outcome = ?";
            let found: i64 = self.db.query_row(sql, [outcome], |row| row.get(0))?;
            Ok(usize::try_from(found).unwrap_or_default())
        };
        let both = count("contradiction").and_then(|first| Ok([first, count("revision")?]));
        both.map_err(|found| self.refused(found))
    }

    /// A page of contradictions (or revisions), the surest and largest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn contradictions(&self, outcome: &str, page: usize) -> Result<Page<Apart>, Error> {
        let read = || -> rusqlite::Result<Page<Apart>> {
            let sql = "SELECT sure, entity, reasons, article_1, claim_1, articles_1, article_2, claim_2, articles_2 \
                       FROM contradictions WHERE outcome = ? ORDER BY rank DESC, id LIMIT ? OFFSET ?";
            let mut all = self.db.prepare(sql)?;
            let limits = [PAGE + 1, page.saturating_mul(PAGE)].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
            let mut rows = all.query(params![outcome, limits[0], limits[1]])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let reasons: String = row.get(2)?;
                let side = |at: usize| -> rusqlite::Result<Option<(Shown, usize)>> {
                    let (article, claim): (String, String) = (row.get(at)?, row.get(at + 1)?);
                    let articles = usize::try_from(row.get::<_, i64>(at + 2)?).unwrap_or_default();
                    Ok(self.claim(&article, &claim)?.map(|shown| (shown, articles)))
                };
                // An article that was corrected since may no longer say so.
                let (Some(first), Some(second)) = (side(3)?, side(6)?) else { continue };
                found.push(Apart {
                    sure: row.get(0)?,
                    entity: row.get(1)?,
                    reasons: serde_json::from_str(&reasons).unwrap_or_default(),
                    sides: [first, second],
                });
            }
            Ok(Page::of(found))
        };
        read().map_err(|found| self.refused(found))
    }

    fn claim(&self, article: &str, claim: &str) -> rusqlite::Result<Option<Shown>> {
        let sql = format!("SELECT {SHOWN} FROM claims c {JOINS} WHERE c.article_id = ? AND c.id = ?");
        let mut found = self.db.prepare_cached(&sql)?;
        found.query_row([article, claim], |row| shown(row, 0)).optional()
    }

    /// How many claims each verdict of reference figures has.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn verdicts(&self) -> Result<Vec<(String, usize)>, Error> {
        let read = || -> rusqlite::Result<Vec<(String, usize)>> {
            let mut all = self.db.prepare("SELECT verdict, count(*) FROM reference_checks GROUP BY verdict")?;
            let count = |row: &Row<'_>| -> rusqlite::Result<usize> {
                Ok(usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default())
            };
            all.query_map([], |row| Ok((row.get(0)?, count(row)?)))?.collect()
        };
        read().map_err(|found| self.refused(found))
    }

    /// A page of claims with this verdict, the farthest apart first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn checked(&self, verdict: &str, page: usize) -> Result<Page<Checked>, Error> {
        let read = || -> rusqlite::Result<Page<Checked>> {
            let sql = format!(
                "SELECT k.verdict, k.difference, k.share, r.entity, r.property, r.period, r.value, r.unit, r.source, \
                 r.file || ':' || r.line, coalesce(r.place, ''), {SHOWN} FROM reference_checks k \
                 JOIN reference_figures r ON r.id = k.reference_id \
                 JOIN claims c ON c.article_id = k.article_id AND c.id = k.claim_id {JOINS} \
                 WHERE k.verdict = ? ORDER BY k.share DESC, k.id LIMIT ? OFFSET ?"
            );
            let mut all = self.db.prepare(&sql)?;
            let limits = [PAGE + 1, page.saturating_mul(PAGE)].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
            let rows = all.query_map(params![verdict, limits[0], limits[1]], |row| {
                let (entity, place): (String, String) = (row.get(3)?, row.get(10)?);
                Ok(Checked {
                    verdict: row.get(0)?,
                    difference: row.get(1)?,
                    share: row.get(2)?,
                    shown: shown(row, 11)?,
                    entity: if entity.is_empty() { place } else { entity },
                    property: row.get(4)?,
                    period: row.get(5)?,
                    value: row.get(6)?,
                    unit: row.get(7)?,
                    source: row.get(8)?,
                    at: row.get(9)?,
                })
            })?;
            Ok(Page::of(rows.collect::<rusqlite::Result<_>>()?))
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
