//! Indexes and full-text search, which a first load leaves for the end: a sorted index is made several times faster than
//! it grows. "hoà bình" is found once [`make`] has run.

use rusqlite::{Connection, params};

use crate::sink::database::{Dialect, TABLES};

/// What keeps full-text search in step with the sentences.
const TRIGGERS: [(&str, &str); 3] = [
    (
        "sentences_added",
        "AFTER INSERT ON sentences BEGIN \
         INSERT INTO sentences_fts (rowid, text, respelt) VALUES (new.id, new.text, new.respelt); END",
    ),
    (
        "sentences_removed",
        "AFTER DELETE ON sentences BEGIN INSERT INTO sentences_fts (sentences_fts, rowid, text, respelt) \
         VALUES ('delete', old.id, old.text, old.respelt); END",
    ),
    (
        "sentences_changed",
        "AFTER UPDATE ON sentences BEGIN INSERT INTO sentences_fts (sentences_fts, rowid, text, respelt) \
         VALUES ('delete', old.id, old.text, old.respelt); \
         INSERT INTO sentences_fts (rowid, text, respelt) VALUES (new.id, new.text, new.respelt); END",
    ),
];

/// Whether indexes and search are kept.
pub(super) fn is_there(db: &Connection) -> rusqlite::Result<bool> {
    let mut trigger = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND name = ?")?;
    trigger.exists(params![TRIGGERS[2].0])
}

/// Removes them from a file that is to be filled.
pub(super) fn remove(db: &Connection) -> rusqlite::Result<()> {
    for (name, _) in TRIGGERS {
        db.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}"))?;
    }
    for name in indexes().iter().filter_map(|sql| sql.split(' ').nth(2)) {
        db.execute_batch(&format!("DROP INDEX IF EXISTS {name}"))?;
    }
    Ok(())
}

/// Makes what is missing of them.
pub(super) fn make(db: &Connection) -> rusqlite::Result<()> {
    if is_there(db)? {
        return Ok(());
    }
    for sql in indexes() {
        db.execute_batch(&sql.replacen("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1))?;
    }
    db.execute_batch("INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild')")?;
    for (name, body) in TRIGGERS {
        db.execute_batch(&format!("CREATE TRIGGER IF NOT EXISTS {name} {body}"))?;
    }
    Ok(())
}

/// What the desk's search over periods asks for beside the indexes of every database: both ends of a period stand in
/// one index, so that a period is tested without its claim being read.
const PERIODS: [&str; 2] = [
    "CREATE INDEX claims_periods ON claims (period_from, period_to)",
    "CREATE INDEX claims_kind_periods ON claims (kind, period_from, period_to)",
];

/// The version of a file that has [`PERIODS`], and their SQL.
pub(super) const STEP: (u32, &str) = (
    1003,
    "CREATE INDEX IF NOT EXISTS claims_periods ON claims (period_from, period_to);
     CREATE INDEX IF NOT EXISTS claims_kind_periods ON claims (kind, period_from, period_to)",
);

fn indexes() -> Vec<String> {
    let shared = TABLES.iter().flat_map(|table| table.indexes(Dialect::Sqlite, ""));
    shared.chain(PERIODS.map(str::to_owned)).collect()
}
