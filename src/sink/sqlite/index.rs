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

fn indexes() -> Vec<String> {
    TABLES.iter().flat_map(|table| table.indexes(Dialect::Sqlite, "")).collect()
}
