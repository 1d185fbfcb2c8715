//! One article into its tables: nothing when its digest is there already, else every row that differs, and what a
//! corrected article no longer says ("48/52") goes.

use rusqlite::types::{Null, Value};
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use rustc_hash::FxHashSet;

use crate::record::Exact;
use crate::sink::database::row::{Row, apart};
use crate::sink::database::{ArticleRows, Cell, Dialect, Table, schema};
use crate::sink::store::{First, TextHash};

/// What the cells of an article's rows stand for.
pub(super) struct Context<'a> {
    /// The id that the article has in the database.
    pub(super) own: &'a str,
    /// The id of the first article with the same text.
    pub(super) first: Option<&'a str>,
    /// The run.
    pub(super) run: i64,
}

/// The prepared statements of one batch.
pub(super) struct Statements<'c> {
    db: &'c Connection,
    settle: CachedStatement<'c>,
    digest: CachedStatement<'c>,
    article: CachedStatement<'c>,
    entity: CachedStatement<'c>,
    /// In the order of [`ArticleRows::parts`].
    parts: [CachedStatement<'c>; 5],
}

impl<'c> Statements<'c> {
    pub(super) fn new(db: &'c Connection) -> rusqlite::Result<Self> {
        let upsert = |table: &Table| {
            let places = vec!["?"; table.names().len()].join(", ");
            db.prepare_cached(&table.upsert(Dialect::Sqlite, "", &format!("VALUES ({places})")))
        };
        Ok(Self {
            db,
            settle: db.prepare_cached(
                "INSERT OR IGNORE INTO progress (run_id, n, article_id, hash, first) VALUES (?, ?, ?, ?, ?)",
            )?,
            digest: db.prepare_cached("SELECT digest FROM articles WHERE id = ?")?,
            article: upsert(&schema::ARTICLES)?,
            entity: upsert(&schema::ENTITIES)?,
            parts: [
                upsert(&schema::SENTENCES)?,
                upsert(&schema::CLAIMS)?,
                upsert(&schema::CHECKS)?,
                upsert(&schema::CHECK_CLAIMS)?,
                upsert(&schema::FAULTS)?,
            ],
        })
    }

    /// The id that the article gets: its own, unless another article of the run has it.
    pub(super) fn settle(
        &mut self,
        run: i64,
        n: i64,
        rows: &ArticleRows,
        first: Option<&First>,
    ) -> rusqlite::Result<String> {
        let mut id = rows.id.clone();
        let first = first.map(|first| first.id.as_str());
        let mut more = 0;
        while self.settle.execute(params![run, n, id, rows.text.0, first])? == 0 {
            id = apart(&rows.id, rows.source.as_deref(), more);
            more += 1;
        }
        Ok(id)
    }

    /// The first article of the run with this text.
    pub(super) fn first(&self, run: i64, text: TextHash) -> rusqlite::Result<Option<String>> {
        self.db
            .prepare_cached(
                "SELECT article_id FROM progress WHERE hash = ? AND run_id = ? AND first IS NOT NULL ORDER BY n LIMIT 1",
            )?
            .query_row(params![text.0, run], |row| row.get(0))
            .optional()
    }

    /// What an earlier run could not read in `source` has been read.
    pub(super) fn now_read(&self, source: &str) -> rusqlite::Result<()> {
        let mut gone = self.db.prepare_cached("DELETE FROM faults WHERE article_id IS NULL AND source = ?")?;
        gone.execute([source]).map(drop)
    }

    /// Writes the fault of an article that could not be read.
    pub(super) fn fault(&mut self, row: &Row) -> rusqlite::Result<()> {
        execute(&mut self.parts[4], row, &Context { own: "", first: None, run: 0 })
    }

    /// Writes the rows of one article.
    pub(super) fn article(
        &mut self,
        rows: &ArticleRows,
        context: &Context<'_>,
        known: &mut FxHashSet<u64>,
    ) -> rusqlite::Result<()> {
        let before: Option<String> = self.digest.query_row([context.own], |row| row.get(0)).optional()?;
        if before.as_ref() == Some(&rows.digest) {
            return Ok(());
        }
        for row in &rows.entities {
            let number = match row.first() {
                Some(Cell::Text(id)) => u64::from_str_radix(&id[2..], 16).ok(),
                _ => None,
            };
            if number.is_none_or(|number| known.insert(number)) {
                execute(&mut self.entity, row, context)?;
            }
        }
        execute(&mut self.article, &rows.article, context)?;
        if before.is_some() {
            // What points at others goes first.
            for (table, lines) in rows.parts().into_iter().rev() {
                self.remove_stale(table, lines, context)?;
            }
        }
        for ((_, lines), statement) in rows.parts().into_iter().zip(&mut self.parts) {
            for row in lines {
                execute(statement, row, context)?;
            }
        }
        Ok(())
    }

    /// Removes the rows of the article that are no longer among `lines`.
    fn remove_stale(&self, table: &Table, lines: &[Row], context: &Context<'_>) -> rusqlite::Result<()> {
        let names = table.names();
        let key: Vec<&str> = table.key.iter().copied().filter(|column| *column != "article_id").collect();
        let places: Vec<usize> = key.iter().filter_map(|column| names.iter().position(|name| name == column)).collect();
        let kept: Vec<Vec<Value>> =
            lines.iter().map(|row| places.iter().map(|&place| value(&row[place], context)).collect()).collect();
        let name = table.name;
        let mut there =
            self.db.prepare_cached(&format!("SELECT {} FROM {name} WHERE article_id = ?", key.join(", ")))?;
        let stale: Vec<Vec<Value>> = there
            .query_map([context.own], |row| (0..key.len()).map(|at| row.get(at)).collect())?
            .filter(|found| !found.as_ref().is_ok_and(|found| kept.contains(found)))
            .collect::<rusqlite::Result<_>>()?;
        let test: Vec<String> = key.iter().map(|column| format!("{column} = ?")).collect();
        let mut gone =
            self.db.prepare_cached(&format!("DELETE FROM {name} WHERE {} AND article_id = ?", test.join(" AND ")))?;
        for found in stale {
            let own = Value::Text(context.own.to_owned());
            gone.execute(rusqlite::params_from_iter(found.into_iter().chain([own])))?;
        }
        Ok(())
    }
}

fn execute(statement: &mut CachedStatement<'_>, row: &Row, context: &Context<'_>) -> rusqlite::Result<()> {
    for (at, cell) in (1_usize..).zip(row) {
        match cell {
            Cell::Null => statement.raw_bind_parameter(at, Null)?,
            Cell::Text(words) => statement.raw_bind_parameter(at, words.as_ref())?,
            Cell::Whole(number) => statement.raw_bind_parameter(at, number)?,
            Cell::Number(number) => statement.raw_bind_parameter(at, Exact(*number).to_string())?,
            Cell::Own => statement.raw_bind_parameter(at, context.own)?,
            Cell::First => statement.raw_bind_parameter(at, context.first)?,
            Cell::Run => statement.raw_bind_parameter(at, context.run)?,
        }
    }
    statement.raw_execute().map(drop)
}

fn value(cell: &Cell, context: &Context<'_>) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(words) => Value::Text(words.clone().into_owned()),
        Cell::Whole(number) => Value::Integer(*number),
        Cell::Number(number) => Value::Text(Exact(*number).to_string()),
        Cell::Own => Value::Text(context.own.to_owned()),
        Cell::First => context.first.map_or(Value::Null, |first| Value::Text(first.to_owned())),
        Cell::Run => Value::Integer(context.run),
    }
}
