//! The records of a run in a SQLite file: `-o figures.sqlite` is one file with articles, claims ("48/52"), entities and
//! checks, and full-text search over the sentences that hold them.
//!
//! Workers make the rows; what is done here in turn is binding and stepping prepared statements. A file without
//! articles is filled first and gets its indexes at the end; later loads keep the indexes as they go.

pub mod archive;
pub mod desk;
pub mod found;
mod index;
mod lock;
mod open;
pub mod review;
mod write;

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashSet;

use super::database::{ArticleRows, row};
use super::store::{Batch, Checkpoint, First, Run, Store, TextHash};
use crate::error::Error;
use crate::record::SCHEMA_VERSION;
use lock::Lock;
use write::{Context, Statements};

/// Articles between two commits.
const COMMIT: usize = 2_000;
/// Entities that are remembered as written.
const KNOWN: usize = 500_000;

/// A SQLite file that a run writes.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    db: Connection,
    run: i64,
    /// Articles written by the run, whatever became of them.
    written: i64,
    /// Whether a transaction is open, and the articles in it.
    pending: Option<usize>,
    /// Whether the file is filled without indexes.
    bulk: bool,
    /// Whether an earlier run left articles that could not be read.
    unread_before: bool,
    known: FxHashSet<u64>,
    lock: Lock,
}

impl Sqlite {
    /// Opens `path` for writing, or makes it.
    ///
    /// # Errors
    /// When it is no database of solieu, one of a newer solieu, or another run is writing it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let lock = Lock::take(path)?;
        let db = open::open(path)?;
        Ok(Self {
            path: path.to_owned(),
            db,
            run: 0,
            written: 0,
            pending: None,
            bulk: false,
            unread_before: false,
            known: FxHashSet::default(),
            lock,
        })
    }

    /// Lets the file grow by no more than `pages`, as on a disk that is nearly full.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        let count = self.db.pragma_query_value(None, "page_count", |row| row.get::<_, u32>(0));
        let limit = |count| self.db.pragma_update_and_check(None, "max_page_count", count + pages, |_| Ok(()));
        count.and_then(limit).map_err(|found| self.refused(found))
    }

    fn start(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> rusqlite::Result<Option<Checkpoint>> {
        let db = &self.db;
        let is_empty = db.query_row("SELECT NOT EXISTS (SELECT 1 FROM articles)", [], |row| row.get(0))?;
        if is_empty {
            index::remove(db)?;
        }
        self.bulk = !index::is_there(db)?;
        // What is written here fits together by construction.
        db.pragma_update(None, "foreign_keys", !self.bulk)?;
        self.unread_before =
            db.query_row("SELECT EXISTS (SELECT 1 FROM faults WHERE article_id IS NULL)", [], |row| row.get(0))?;
        let before: Option<(i64, Option<String>)> = db
            .query_row(
                "SELECT id, checkpoint FROM runs WHERE key = ? AND finished IS NULL ORDER BY id DESC LIMIT 1",
                [&run.key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if let (true, Some((id, Some(checkpoint)))) = (run.resume, &before)
            && let Ok(done) = serde_json::from_str(checkpoint)
        {
            self.run = *id;
            let mut firsts = db.prepare("SELECT hash, first, n FROM progress WHERE run_id = ? ORDER BY n")?;
            let mut rows = firsts.query([id])?;
            while let Some(row) = rows.next()? {
                self.written = row.get(2)?;
                if let Some(id) = row.get(1)? {
                    seen(First { text: TextHash(row.get(0)?), id });
                }
            }
            return Ok(Some(done));
        }
        let id = match before {
            Some((id, None)) => id,
            _ => db.query_row("SELECT coalesce(max(id), 0) + 1 FROM runs", [], |row| row.get(0))?,
        };
        let change = self.db.transaction()?;
        change.execute("DELETE FROM progress", [])?;
        // What another run was about can no longer be resumed.
        change.execute("UPDATE runs SET checkpoint = NULL WHERE finished IS NULL", [])?;
        change.execute(
            "INSERT INTO runs (id, key, version, record_version, arguments, started) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (id) DO UPDATE SET started = excluded.started",
            params![id, run.key, env!("CARGO_PKG_VERSION"), SCHEMA_VERSION, run.arguments.join(" "), now()],
        )?;
        change.commit()?;
        self.run = id;
        Ok(None)
    }

    fn write(&mut self, batch: Batch<Vec<ArticleRows>>) -> rusqlite::Result<()> {
        if self.pending.is_none() {
            self.db.execute_batch("BEGIN IMMEDIATE")?;
            self.pending = Some(0);
        }
        let mut statements = Statements::new(&self.db)?;
        let count = batch.part.len();
        for mut rows in batch.part {
            let first = batch.firsts.iter().find(|first| !rows.is_duplicate && first.text == rows.text);
            self.written += 1;
            let id = statements.settle(self.run, self.written, &rows, first)?;
            if id != rows.id && !rows.is_duplicate {
                rows.tell_shared_id(&id);
            }
            if self.unread_before
                && let Some(source) = &rows.source
            {
                statements.now_read(source)?;
            }
            let first = if rows.is_duplicate { statements.first(self.run, rows.text)? } else { None };
            let context = Context { own: &id, first: first.as_deref(), run: self.run };
            statements.article(&rows, &context, &mut self.known)?;
        }
        if self.known.len() > KNOWN {
            self.known = FxHashSet::default();
        }
        for missed in &batch.missed {
            let unread = &missed.unread;
            statements.fault(&row::unread_row(&unread.source, &unread.stage, &unread.message))?;
        }
        drop(statements);
        let json = serde_json::to_string(&batch.done).unwrap_or_default();
        let tally = batch.done.tally;
        let count_of = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.db
            .prepare_cached("UPDATE runs SET checkpoint = ?, articles = ?, claims = ?, unread = ? WHERE id = ?")?
            .execute(params![
                json,
                count_of(tally.articles),
                count_of(tally.claims),
                count_of(tally.unread),
                self.run
            ])?;
        self.pending = self.pending.map(|before| before + count);
        if self.pending > Some(COMMIT) { self.end() } else { Ok(()) }
    }

    fn end(&mut self) -> rusqlite::Result<()> {
        if self.pending.take().is_some() {
            self.db.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    fn close(&mut self) -> rusqlite::Result<()> {
        self.end()?;
        let change = self.db.transaction()?;
        change.execute("DELETE FROM progress", [])?;
        index::make(&change)?;
        change.execute(
            "DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM claims WHERE claims.entity_id = entities.id)",
            [],
        )?;
        change.execute("UPDATE runs SET checkpoint = NULL, finished = ? WHERE id = ?", params![now(), self.run])?;
        change.commit()?;
        open::leave(&self.db)
    }

    fn refused(&self, found: rusqlite::Error) -> Error {
        refused(&self.path, "a database that takes all rows", found)
    }
}

impl Store<Vec<ArticleRows>> for Sqlite {
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        self.start(run, seen).map_err(|found| self.refused(found))
    }

    fn take(&mut self, batch: Batch<Vec<ArticleRows>>) -> Result<(), Error> {
        self.write(batch).map_err(|found| self.refused(found))
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.end().map_err(|found| self.refused(found))
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        self.close().map_err(|found| self.refused(found))?;
        self.lock.remove();
        Ok(())
    }
}

/// The words as a query of FTS5: a phrase that finds "hòa bình" and "hoà bình", whatever marks stand in it.
#[must_use]
pub fn phrase(words: &str) -> String {
    format!("\"{}\"", crate::article::normalise::nfc(words).replace('"', "\"\""))
}

fn refused(path: &Path, expected: &'static str, found: rusqlite::Error) -> Error {
    Error::Io { path: path.to_owned(), expected, source: io::Error::other(found) }
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}
