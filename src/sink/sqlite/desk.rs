//! What the desk keeps in a database beside the tables of runs: articles that people pasted, and what they say of claims
//! ("9/11 là đúng, 88,1% là sai"). A run never touches either, and the desk never touches the rows of a run.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};

use super::lock::Lock;
use super::{now, open, refused};
use crate::article::Article;
use crate::error::Error;

/// The version of a file that has these tables, and their SQL.
pub(super) const STEP: (u32, &str) = (
    1001,
    "CREATE TABLE desk_articles (id TEXT PRIMARY KEY, title TEXT, published TEXT, author TEXT, url TEXT, source TEXT, \
     encoding TEXT, reader TEXT, text TEXT NOT NULL, added TEXT NOT NULL);
     CREATE TABLE corrections (id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, claim_id TEXT NOT NULL, \
     made TEXT NOT NULL, judgement TEXT NOT NULL, note TEXT, machine TEXT NOT NULL, fields TEXT);
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
    open::leave(&db).map_err(|found| refused(path, "a database that can be written", found))?;
    lock.remove();
    Ok(())
}

/// A connection for questions alone.
///
/// # Errors
/// When there is no such database.
#[expect(dead_code, reason = "for the pages over an archive, whose queries stand in this folder")]
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

    fn refused(&self, found: rusqlite::Error) -> Error {
        refused(&self.path, "a database that takes all rows", found)
    }
}
