//! Opening a file as a database of solieu: whose it is, which version of the tables it has, how it is written while a
//! run lasts, and how it is left: one file, "figures.sqlite", and nothing beside it.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::{desk, index, refused, review};
use crate::error::Error;
use crate::sink::database::{APPLICATION, Dialect, TABLES, VERSION, schema};

/// How to come from an older version of the tables to a newer one: the version reached, and the SQL.
const STEPS: &[(u32, &str)] = &[desk::STEP, review::STEP, index::STEP];

/// The version of a new file: that of the tables that every database has, and what only a file has besides.
const FILE: u32 = index::STEP.0;

/// Full-text search over sentences: words as they stand, and with tone marks in their other place. Tones are kept.
const SEARCH: &str = "CREATE VIRTUAL TABLE sentences_fts USING fts5(text, respelt, content='sentences', \
                      content_rowid='id', tokenize='unicode61 remove_diacritics 0')";

/// Opens `path` with the tables of this version.
pub(super) fn open(path: &Path) -> Result<Connection, Error> {
    open_with(path, FILE, STEPS)
}

fn open_with(path: &Path, version: u32, steps: &[(u32, &str)]) -> Result<Connection, Error> {
    let fail = |found| refused(path, "a SQLite database that can be written", found);
    let mut db = Connection::open(path).map_err(fail)?;
    db.busy_timeout(Duration::from_secs(20)).map_err(fail)?;
    db.set_prepared_statement_cache_capacity(64);
    let found = check(&db, path, version)?;
    for (name, value) in [("journal_mode", "WAL"), ("synchronous", "NORMAL"), ("temp_store", "FILE")] {
        db.pragma_update(None, name, value).map_err(fail)?;
    }
    // Pages of 64 MB in memory; a log of as much before it is copied; a second thread for sorting.
    for (name, value) in [("cache_size", -65_536), ("wal_autocheckpoint", 16_384), ("threads", 1)] {
        db.pragma_update(None, name, value).map_err(fail)?;
    }
    match found {
        None => create(&mut db).and_then(|()| migrate(&mut db, VERSION, version, steps)),
        Some(found) if found < version => migrate(&mut db, found, version, steps),
        Some(_) => Ok(()),
    }
    .map_err(fail)?;
    Ok(db)
}

/// The version of the tables in the file; none for a new one.
fn check(db: &Connection, path: &Path, version: u32) -> Result<Option<u32>, Error> {
    let fail = |found| refused(path, "a SQLite database", found);
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, u32>(0)).map_err(fail);
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
    if tables == 0 {
        return Ok(None);
    }
    if application != APPLICATION {
        let path = path.display();
        return Err(Error::Usage(format!("{path}: expected a database of solieu, found one of another program")));
    }
    if found / 1000 > version / 1000 {
        let (path, known, newer) = (path.display(), version / 1000, found / 1000);
        return Err(Error::Usage(format!(
            "{path}: expected tables of version {known}, found version {newer}: a newer solieu wrote them"
        )));
    }
    Ok(Some(found))
}

fn create(db: &mut Connection) -> rusqlite::Result<()> {
    let change = db.transaction()?;
    for table in TABLES {
        change.execute(&table.create(Dialect::Sqlite, ""), [])?;
    }
    change.execute(&schema::progress(Dialect::Sqlite, ""), [])?;
    change.execute("CREATE INDEX progress_hash ON progress (hash)", [])?;
    change.execute(SEARCH, [])?;
    change.execute(&schema::figures(""), [])?;
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", VERSION)?;
    change.commit()
}

/// All steps after `found`, or none of them.
fn migrate(db: &mut Connection, found: u32, version: u32, steps: &[(u32, &str)]) -> rusqlite::Result<()> {
    let change = db.transaction()?;
    for (_, sql) in steps.iter().filter(|(reached, _)| *reached > found) {
        change.execute_batch(sql)?;
    }
    change.pragma_update(None, "user_version", version)?;
    change.commit()
}

/// Leaves the file as one file that readers plan well with. Who reads it at this moment may keep the log for a while.
pub(super) fn leave(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE;")?;
    let gone = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))?;
    if gone == 0 {
        db.busy_timeout(Duration::ZERO)?;
        let _ = db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_change_only_on_purpose_and_with_a_version() {
        let all: Vec<String> = TABLES.iter().map(|table| table.create(Dialect::Sqlite, "")).collect();
        insta::assert_snapshot!(format!("version {VERSION}\n{}\n{}", all.join("\n"), schema::figures("")));
    }

    #[test]
    fn an_older_file_comes_to_the_new_version_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.sqlite");
        drop(open(&path).unwrap());
        let wrong = [(FILE + 1, "ALTER TABLE articles ADD COLUMN a TEXT; ALTER TABLE nothing ADD COLUMN b TEXT")];
        assert!(open_with(&path, FILE + 1, &wrong).is_err());
        let db = open(&path).unwrap();
        assert!(db.prepare("SELECT a FROM articles").is_err(), "a failed step leaves nothing");
        drop(db);
        let steps = [(FILE, "nonsense"), (FILE + 1, "ALTER TABLE articles ADD COLUMN a TEXT")];
        let db = open_with(&path, FILE + 1, &steps).unwrap();
        assert!(db.prepare("SELECT a FROM articles").is_ok());
        let version: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, FILE + 1);
    }

    #[test]
    fn a_file_of_another_program_or_of_a_newer_one_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.sqlite");
        drop(open_with(&path, FILE, STEPS).unwrap());
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "user_version", VERSION + 1000).unwrap();
        let message = open(&path).unwrap_err().to_string();
        assert!(message.contains("expected tables of version 1, found version 2"), "{message}");
        db.pragma_update(None, "user_version", FILE + 1).unwrap();
        assert!(open(&path).is_ok(), "additions are no hindrance");
        db.pragma_update(None, "application_id", 1).unwrap();
        let message = open(&path).unwrap_err().to_string();
        assert!(message.ends_with("expected a database of solieu, found one of another program"), "{message}");
        let text = folder.path().join("bai.txt");
        std::fs::write(&text, "Xã có 48/52 hộ thoát nghèo. ".repeat(40)).unwrap();
        let message = open(&text).unwrap_err().to_string();
        assert!(message.ends_with("expected a SQLite database, found: file is not a database"), "{message}");
    }
}
