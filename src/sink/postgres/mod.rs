//! The records of a run in PostgreSQL: `--format postgres -o postgres://…/so_lieu` fills the same tables as the SQLite
//! file ("48/52" is a row of `claims`), by COPY into temporary tables and upserts from there, in transactions.
//!
//! Rows are collected until there are enough for a transaction. Runs beside each other (`--shard`) commit one by one.

mod copy;
mod open;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;

use postgres::Client;
use postgres::error::SqlState;

use super::database::row::{Row, apart, unread_row};
use super::database::{ArticleRows, Cell};
use super::store::{Batch, Checkpoint, First, Run, Store, TextHash};
use crate::error::Error;
use crate::record::SCHEMA_VERSION;
use copy::Context;

/// Articles in one transaction.
const COMMIT: usize = 1_000;

/// A PostgreSQL database that a run writes.
pub struct Postgres {
    /// What errors call it: host and database, without the password.
    place: PathBuf,
    client: Client,
    /// The schema of the tables, quoted, with its dot.
    prefix: String,
    run: i64,
    written: i64,
    unread_before: bool,
    pending: Vec<Pending>,
    missed: Vec<Row>,
    done: Checkpoint,
}

/// An article that waits for the transaction, and the id that it was told as when its text was new.
struct Pending {
    rows: ArticleRows,
    first: Option<String>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("place", &self.place).field("run", &self.run).finish_non_exhaustive()
    }
}

impl Postgres {
    /// Connects to `address` (`postgres://…`, or `host=… dbname=…`) and makes the tables in `schema` where they are
    /// not there.
    ///
    /// # Errors
    /// When nobody answers, the tables are those of a newer solieu, or they cannot be made.
    pub fn open(address: &str, schema: &str) -> Result<Self, Error> {
        let (client, place, prefix) = open::open(address, schema)?;
        Ok(Self {
            place,
            client,
            prefix,
            run: 0,
            written: 0,
            unread_before: false,
            pending: Vec::new(),
            missed: Vec::new(),
            done: Checkpoint::default(),
        })
    }

    fn start(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Refused> {
        let prefix = self.prefix.clone();
        let mut change = self.client.transaction()?;
        change.execute(copy::TURN, &[&prefix])?;
        self.unread_before = change
            .query_one(&format!("SELECT EXISTS (SELECT 1 FROM {prefix}faults WHERE article_id IS NULL)"), &[])?
            .get(0);
        let before = change.query_opt(
            &format!(
                "SELECT id, checkpoint::text FROM {prefix}runs WHERE key = $1 AND finished IS NULL ORDER BY id DESC LIMIT 1"
            ),
            &[&run.key],
        )?;
        let before: Option<(i64, Option<String>)> = before.map(|row| (row.get(0), row.get(1)));
        let done: Option<Checkpoint> = match (run.resume, &before) {
            (true, Some((_, Some(checkpoint)))) => serde_json::from_str(checkpoint).ok(),
            _ => None,
        };
        self.run = match &before {
            Some((id, checkpoint)) if done.is_some() || checkpoint.is_none() => *id,
            _ => change.query_one(&format!("SELECT coalesce(max(id), 0) + 1 FROM {prefix}runs"), &[])?.get(0),
        };
        // Held as long as the connection: one program at a time is this run.
        change.batch_execute("SET LOCAL lock_timeout = '5s'")?;
        let number = i32::try_from(self.run).unwrap_or(i32::MAX);
        change.execute("SELECT pg_advisory_lock(hashtext($1), $2)", &[&prefix, &number]).map_err(|found| {
            if found.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) { Refused::Busy } else { found.into() }
        })?;
        change.batch_execute("SET LOCAL lock_timeout = 0")?;
        if done.is_some() {
            let firsts = format!("SELECT hash, first, n FROM {prefix}progress WHERE run_id = $1 ORDER BY n");
            for row in change.query(&firsts, &[&self.run])? {
                self.written = row.get(2);
                let mut hash = [0; 16];
                if let (Some(id), bytes) = (row.get(1), row.get::<_, &[u8]>(0))
                    && bytes.len() == hash.len()
                {
                    hash.copy_from_slice(bytes);
                    seen(First { text: TextHash(hash), id });
                }
            }
        } else {
            let same = format!("run_id IN (SELECT id FROM {prefix}runs WHERE key = $1)");
            change.execute(&format!("DELETE FROM {prefix}progress WHERE {same}"), &[&run.key])?;
            change.execute(
                &format!("UPDATE {prefix}runs SET checkpoint = NULL WHERE key = $1 AND finished IS NULL"),
                &[&run.key],
            )?;
            change.execute(
                &format!(
                    "INSERT INTO {prefix}runs (id, key, version, record_version, arguments, started) \
                     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET started = excluded.started"
                ),
                &[&self.run, &run.key, &env!("CARGO_PKG_VERSION"), &SCHEMA_VERSION, &run.arguments.join(" "), &now()],
            )?;
        }
        change.commit()?;
        Ok(done)
    }

    fn flush(&mut self) -> Result<(), Refused> {
        if self.pending.is_empty() && self.missed.is_empty() {
            return Ok(());
        }
        let mut change = self.client.transaction()?;
        change.execute(copy::TURN, &[&self.prefix])?;
        let (run, prefix) = (self.run, &self.prefix);
        let contexts = settle(&mut change, prefix, run, self.written, &mut self.pending)?;
        if self.unread_before {
            let sources: Vec<&str> = self.pending.iter().filter_map(|one| one.rows.source.as_deref()).collect();
            let gone = format!("DELETE FROM {prefix}faults WHERE article_id IS NULL AND source = ANY ($1)");
            change.execute(&gone, &[&sources])?;
        }
        // What is there as it should be is not sent at all.
        let ids: Vec<&str> = contexts.iter().map(|context| context.own.as_str()).collect();
        let there = change.query(&format!("SELECT id, digest FROM {prefix}articles WHERE id = ANY ($1)"), &[&ids])?;
        let there: HashMap<String, String> = there.iter().map(|row| (row.get(0), row.get(1))).collect();
        let changed: Vec<(&ArticleRows, &Context)> = (self.pending.iter().map(|one| &one.rows).zip(&contexts))
            .filter(|(rows, context)| there.get(&context.own) != Some(&rows.digest))
            .collect();
        copy::articles(&mut change, prefix, &changed, &self.missed)?;
        let tally = self.done.tally;
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        change.execute(
            &format!(
                "UPDATE {prefix}runs SET checkpoint = $1::text::jsonb, articles = $2, claims = $3, unread = $4 WHERE id = $5"
            ),
            &[
                &serde_json::to_string(&self.done).unwrap_or_default(),
                &count(tally.articles),
                &count(tally.claims),
                &count(tally.unread),
                &run,
            ],
        )?;
        change.commit()?;
        self.written += i64::try_from(self.pending.len()).unwrap_or(i64::MAX);
        self.pending.clear();
        self.missed.clear();
        Ok(())
    }

    fn close(&mut self) -> Result<(), Refused> {
        self.flush()?;
        let prefix = &self.prefix;
        let mut change = self.client.transaction()?;
        change.execute(copy::TURN, &[prefix])?;
        change.execute(&format!("DELETE FROM {prefix}progress WHERE run_id = $1"), &[&self.run])?;
        change.execute(
            &format!(
                "DELETE FROM {prefix}entities e WHERE NOT EXISTS (SELECT 1 FROM {prefix}claims c WHERE c.entity_id = e.id)"
            ),
            &[],
        )?;
        change.execute(
            &format!("UPDATE {prefix}runs SET checkpoint = NULL, finished = $1 WHERE id = $2"),
            &[&now(), &self.run],
        )?;
        change.commit()?;
        for table in super::database::TABLES {
            self.client.batch_execute(&format!("ANALYZE {prefix}{}", table.name))?;
        }
        Ok(())
    }

    fn refused(&self, refused: Refused) -> Error {
        refused.at(self.place.clone(), "a database that takes all rows")
    }
}

impl Store<Vec<ArticleRows>> for Postgres {
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        self.start(run, seen).map_err(|found| self.refused(found))
    }

    fn take(&mut self, batch: Batch<Vec<ArticleRows>>) -> Result<(), Error> {
        for rows in batch.part {
            let first = batch.firsts.iter().find(|first| !rows.is_duplicate && first.text == rows.text);
            self.pending.push(Pending { first: first.map(|first| first.id.clone()), rows });
        }
        self.missed.extend(batch.missed.iter().map(|missed| {
            let unread = &missed.unread;
            unread_row(&unread.source, &unread.stage, &unread.message)
        }));
        self.done = batch.done;
        if self.pending.len() + self.missed.len() < COMMIT {
            return Ok(());
        }
        self.flush().map_err(|found| self.refused(found))
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.flush().map_err(|found| self.refused(found))
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        self.close().map_err(|found| self.refused(found))
    }
}

/// Gives every article the id that it has in the database, tells the run's progress, and finds the first articles that
/// duplicates point at.
fn settle(
    change: &mut postgres::Transaction<'_>,
    prefix: &str,
    run: i64,
    written: i64,
    pending: &mut [Pending],
) -> Result<Vec<Context>, Refused> {
    let ids: Vec<&str> = pending.iter().map(|one| one.rows.id.as_str()).collect();
    let found = change.query(
        &format!("SELECT article_id FROM {prefix}progress WHERE run_id = $1 AND article_id = ANY ($2)"),
        &[&run, &ids],
    )?;
    let mut taken: HashSet<String> = found.iter().map(|row| row.get(0)).collect();
    let hashes: Vec<&[u8]> =
        pending.iter().filter(|one| one.rows.is_duplicate).map(|one| &one.rows.text.0[..]).collect();
    let found = change.query(
        &format!(
            "SELECT hash, article_id FROM {prefix}progress WHERE run_id = $1 AND first IS NOT NULL AND hash = ANY ($2) ORDER BY n DESC"
        ),
        &[&run, &hashes],
    )?;
    let mut firsts: HashMap<Vec<u8>, String> = found.iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut contexts = Vec::with_capacity(pending.len());
    let mut lines = Vec::with_capacity(pending.len());
    for (n, one) in (written + 1..).zip(pending) {
        let rows = &mut one.rows;
        let mut own = rows.id.clone();
        let mut more = 0;
        while taken.contains(&own) || (more > 0 && copy::is_told(change, prefix, run, &own)?) {
            own = apart(&rows.id, rows.source.as_deref(), more);
            more += 1;
        }
        taken.insert(own.clone());
        if own != rows.id && !rows.is_duplicate {
            rows.tell_shared_id(&own);
        }
        if one.first.is_some() {
            firsts.entry(rows.text.0.to_vec()).or_insert_with(|| own.clone());
        }
        let hash = rows.text.0.iter().fold(String::from("\\x"), |hex, byte| format!("{hex}{byte:02x}"));
        lines.push(vec![
            Cell::Whole(run),
            Cell::Whole(n),
            Cell::Own,
            Cell::Text(hash.into()),
            one.first.clone().map_or(Cell::Null, |first| Cell::Text(first.replace('\0', "\u{FFFD}").into())),
        ]);
        let first = if rows.is_duplicate { firsts.get(&rows.text.0[..]).cloned() } else { None };
        contexts.push(Context { own, first, run });
    }
    let told = lines.iter().zip(&contexts);
    copy::into(change, &format!("{prefix}progress (run_id, n, article_id, hash, first)"), told)?;
    Ok(contexts)
}

/// Why the database did not do it.
enum Refused {
    Database(postgres::Error),
    Output(io::Error),
    Busy,
}

impl From<postgres::Error> for Refused {
    fn from(found: postgres::Error) -> Self {
        Self::Database(found)
    }
}

impl From<io::Error> for Refused {
    fn from(found: io::Error) -> Self {
        Self::Output(found)
    }
}

impl Refused {
    fn at(self, path: PathBuf, expected: &'static str) -> Error {
        let source = match self {
            Self::Database(found) => io::Error::other(words(&found)),
            // A database that goes away is no reader that has seen enough.
            Self::Output(found) => io::Error::other(found.to_string()),
            Self::Busy => io::Error::other("another program is at work on this run"),
        };
        Error::Io { path, expected, source }
    }
}

/// What the database said, with its causes.
fn words(found: &postgres::Error) -> String {
    let mut words = match found.as_db_error() {
        Some(said) => return format!("{}: {}", said.severity(), said.message()),
        None => found.to_string(),
    };
    let mut cause = std::error::Error::source(found);
    while let Some(found) = cause {
        words = format!("{words}: {found}");
        cause = found.source();
    }
    words
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}
