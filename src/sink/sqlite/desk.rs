//! What the desk keeps in a database beside the tables of runs: articles that people pasted, and what they say of claims
//! ("9/11 là đúng, 88,1% là sai"). A run never touches either, and the desk never touches the rows of a run.

use std::path::{Path, PathBuf};

use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};

use super::lock::Lock;
use super::{index, now, open, refused};
use crate::article::Article;
use crate::error::Error;
use crate::record::correction::{Correction, Fields, Judgement};

/// The version of a file that has these tables, and their SQL.
pub(super) const STEP: (u32, &str) = (
    1001,
    "CREATE TABLE desk_articles (id TEXT PRIMARY KEY, title TEXT, published TEXT, author TEXT, url TEXT, source TEXT, \
     encoding TEXT, reader TEXT, text TEXT NOT NULL, added TEXT NOT NULL);
     CREATE TABLE corrections (id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, claim_id TEXT NOT NULL, \
     made TEXT NOT NULL, judgement TEXT NOT NULL, note TEXT, quote TEXT NOT NULL, start_offset INTEGER NOT NULL, \
     end_offset INTEGER NOT NULL, machine TEXT NOT NULL, fields TEXT);
     CREATE INDEX corrections_article ON corrections (article_id, claim_id)",
);

/// An article that was read at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Its headline, else its first words.
    pub title: String,
    /// When it was pasted (RFC 3339, UTC).
    pub added: String,
}

/// Makes the database at `path`, or brings it to the tables of today.
///
/// # Errors
/// When it is no database of solieu, one of a newer solieu, or a run is writing it.
pub fn prepare(path: &Path) -> Result<(), Error> {
    let lock = Lock::take(path)?;
    let db = open::open(path)?;
    // A first load that was cut off has left them out; pages ask by them.
    index::make(&db).map_err(|found| refused(path, "a database of solieu", found))?;
    open::leave(&db).map_err(|found| refused(path, "a database that can be written", found))?;
    lock.remove();
    Ok(())
}

/// A connection for questions alone.
///
/// # Errors
/// When there is no such database.
pub(crate) fn reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|found| refused(path, "a database that can be read", found))
}

/// The articles and corrections of a desk.
#[derive(Debug)]
pub struct Notes {
    path: PathBuf,
    db: Connection,
}

impl Notes {
    /// Opens a database that was [`prepare`]d.
    ///
    /// # Errors
    /// When it is gone.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags);
        let db = db.map_err(|found| refused(path, "a database that can be written", found))?;
        Ok(Self { path: path.to_owned(), db })
    }

    /// Keeps an article; one with the same id is replaced.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep(&self, article: &Article) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO desk_articles (id, title, published, author, url, source, encoding, reader, \
                   text, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let Article { id, title, published, author, url, source, encoding, reader, text, .. } = article;
        let row = params![id, title, published, author, url, source, encoding, reader, text, now()];
        self.db.execute(sql, row).map(drop).map_err(|found| self.refused(found))
    }

    /// The articles read at the desk, the latest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn articles(&self) -> Result<Vec<Kept>, Error> {
        let sql = "SELECT id, coalesce(title, substr(text, 1, 90)), added FROM desk_articles \
                   ORDER BY added DESC, id LIMIT 200";
        let of = |row: &Row<'_>| Ok(Kept { id: row.get(0)?, title: row.get(1)?, added: row.get(2)? });
        let rows = self.db.prepare(sql).and_then(|mut all| all.query_map([], of)?.collect());
        rows.map_err(|found| self.refused(found))
    }

    /// The article with this id: one of the desk, else one of the archive that has its text.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn article(&self, id: &str) -> Result<Option<Article>, Error> {
        let of = |row: &Row<'_>| {
            Ok(Article {
                id: row.get(0)?,
                title: row.get(1)?,
                published: row.get(2)?,
                author: row.get(3)?,
                url: row.get(4)?,
                source: row.get(5)?,
                encoding: row.get(6)?,
                reader: row.get(7)?,
                text: row.get(8)?,
                faults: Vec::new(),
            })
        };
        let columns = "id, title, published, author, url, source, encoding, reader, text";
        for table in ["desk_articles", "articles"] {
            let sql = format!("SELECT {columns} FROM {table} WHERE id = ? AND text IS NOT NULL");
            let found = self.db.query_row(&sql, [id], of).optional().map_err(|found| self.refused(found))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Forgets an article that was read at the desk; what people said of its claims goes with it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget(&self, id: &str) -> Result<(), Error> {
        let gone = self.db.execute("DELETE FROM desk_articles WHERE id = ?", [id]);
        let sql = "DELETE FROM corrections WHERE article_id = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.id = ?1)";
        gone.and_then(|_| self.db.execute(sql, [id])).map(drop).map_err(|found| self.refused(found))
    }

    /// Whether the article was read at the desk.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn is_ours(&self, id: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM desk_articles WHERE id = ?)";
        self.db.query_row(sql, [id], |row| row.get(0)).map_err(|found| self.refused(found))
    }

    /// Adds what a person says of a claim. What was said before stays; the last counts.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn correct(&self, one: &Correction) -> Result<(), Error> {
        let sql = "INSERT INTO corrections (article_id, claim_id, made, judgement, note, quote, start_offset, end_offset, \
                   machine, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let json = |fields: &Fields| serde_json::to_string(fields).map_err(|found| Error::Internal(found.to_string()));
        // Of a claim that the program did not read the column says `null`.
        let machine = one.machine.as_ref().map_or_else(|| Ok("null".to_owned()), json)?;
        let fields = one.fields.as_ref().map(json).transpose()?;
        let Correction { article_id, claim_id, made, judgement, note, quote, start, end, .. } = one;
        let judgement = judgement.name();
        let row = params![article_id, claim_id, made, judgement, note, quote, start, end, machine, fields];
        self.db.execute(sql, row).map(drop).map_err(|found| self.refused(found))
    }

    /// What people said of the claims of an article, in the order they said it.
    ///
    /// # Errors
    /// When the database refuses, or holds what no desk wrote.
    pub fn corrections(&self, article: &str) -> Result<Vec<Correction>, Error> {
        let sql = "SELECT article_id, claim_id, made, judgement, note, quote, start_offset, end_offset, machine, fields \
                   FROM corrections WHERE article_id = ? ORDER BY id";
        let of = |row: &Row<'_>| {
            let broken = |at| move |found| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(found));
            let judgement: String = row.get(3)?;
            let fields: Option<String> = row.get(9)?;
            Ok(Correction {
                article_id: row.get(0)?,
                claim_id: row.get(1)?,
                made: row.get(2)?,
                judgement: Judgement::of(&judgement).ok_or(rusqlite::Error::InvalidQuery)?,
                note: row.get(4)?,
                quote: row.get(5)?,
                start: row.get(6)?,
                end: row.get(7)?,
                machine: serde_json::from_str(&row.get::<_, String>(8)?).map_err(broken(8))?,
                fields: fields.map(|json| serde_json::from_str(&json)).transpose().map_err(broken(9))?,
            })
        };
        let rows = self.db.prepare(sql).and_then(|mut all| all.query_map([article], of)?.collect());
        rows.map_err(|found| self.refused(found))
    }

    /// The ids of the articles with claims that people said something of.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn corrected(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT article_id FROM corrections ORDER BY article_id";
        let rows = self.db.prepare(sql).and_then(|mut all| all.query_map([], |row| row.get(0))?.collect());
        rows.map_err(|found| self.refused(found))
    }

    fn refused(&self, found: rusqlite::Error) -> Error {
        refused(&self.path, "a database that takes all rows", found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Record, specimen};

    #[test]
    fn what_people_say_stands_beside_the_reading_in_the_order_they_said_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.sqlite");
        prepare(&path).unwrap();
        let (article, reading) = specimen::reading();
        let claim = &Record::new(&article, &reading).claims[0];
        let mut one = Correction {
            article_id: article.id.clone(),
            claim_id: claim.id.clone(),
            made: "2024-01-15T08:30:00Z".to_owned(),
            judgement: Judgement::Wrong,
            note: Some("số hiệu".to_owned()),
            quote: claim.text.clone(),
            start: claim.start,
            end: claim.end,
            machine: Some(Fields::of(claim)),
            fields: None,
        };
        let notes = Notes::open(&path).unwrap();
        notes.keep(&article).unwrap();
        notes.correct(&one).unwrap();
        one.judgement = Judgement::Fixed;
        one.fields = Some(Fields { unit: "hộ".to_owned(), ..Fields::of(claim) });
        notes.correct(&one).unwrap();
        // Another run of the program finds them, and the article as it was.
        prepare(&path).unwrap();
        let notes = Notes::open(&path).unwrap();
        let found = notes.corrections(&article.id).unwrap();
        assert_eq!((found[0].judgement, &found[1]), (Judgement::Wrong, &one));
        assert_eq!(notes.article(&article.id).unwrap(), Some(article.clone()));
        assert_eq!(notes.corrected().unwrap(), std::slice::from_ref(&article.id));
        notes.forget(&article.id).unwrap();
        assert!(notes.corrections(&article.id).unwrap().is_empty() && notes.articles().unwrap().is_empty());
    }

    #[test]
    fn no_file_is_made_by_opening_what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.sqlite");
        assert!(Notes::open(&path).is_err());
        assert!(!path.exists());
    }
}
