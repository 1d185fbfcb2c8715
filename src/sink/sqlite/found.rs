//! What a review found in a database, page by page: pairs of claims apart ("6.271 tỷ đồng", "6.217 tỷ đồng") and claims
//! against reference figures.

use rusqlite::{OptionalExtension, Row, params};

use super::archive::{JOINS, PAGE, Page, Reader, SHOWN, Shown, shown};
use crate::error::Error;

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

impl Reader {
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
