//! Every row of a database, to be compared: but for what belongs to the runs that wrote it.

use std::collections::BTreeMap;

use postgres::{Client, NoTls};
use rusqlite::Connection;
use rusqlite::types::Value;
use solieu::sink::database::{Column, TABLES, Table, Type};

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "∅".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => format!("{bytes:?}"),
    }
}

pub(crate) fn cells(db: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = db.prepare(sql).unwrap();
    let count = statement.column_count();
    let cells = |row: &rusqlite::Row<'_>| (0..count).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Value>>>();
    statement.query_map([], cells).unwrap().map(|row| row.unwrap().iter().map(shown).collect()).collect()
}

/// A row with its JSON in one form: JSONB has spaces and an order of its own.
fn joined(columns: &[&Column], mut row: Vec<String>) -> String {
    for (column, cell) in columns.iter().zip(&mut row) {
        if column.kind == Type::Json && cell != "∅" {
            *cell = serde_json::from_str::<serde_json::Value>(cell).unwrap().to_string();
        }
    }
    row.join(" | ")
}

/// Every row of every table, but for what belongs to runs.
pub(crate) fn dump(db: &Connection) -> BTreeMap<&'static str, Vec<String>> {
    let tables = TABLES.iter().filter(|table| table.name != "runs");
    tables
        .map(|table| {
            let columns: Vec<&Column> = table.written().filter(|column| column.name != "run_id").collect();
            let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
            let sql = format!("SELECT {} FROM {} ORDER BY {}", names.join(", "), table.name, table.key.join(", "));
            (table.name, cells(db, &sql).into_iter().map(|row| joined(&columns, row)).collect())
        })
        .collect()
}

#[expect(clippy::print_stderr, reason = "a test that passes because it asked nothing says so")]
pub(crate) fn postgres() -> Option<String> {
    let address = std::env::var("SOLIEU_TEST_POSTGRES").ok();
    if address.is_none() {
        eprintln!("SOLIEU_TEST_POSTGRES is not set: nothing was asked of a PostgreSQL");
    }
    address
}

/// A schema of its own for one test.
pub(crate) fn schema(address: &str, name: &str) -> Client {
    let mut client = Client::connect(address, NoTls).unwrap();
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE")).unwrap();
    client
}

/// The same of a schema in PostgreSQL.
pub(crate) fn dump_postgres(client: &mut Client, schema: &str) -> BTreeMap<&'static str, Vec<String>> {
    let tables = TABLES.iter().filter(|table| table.name != "runs");
    let mut all = BTreeMap::new();
    for table in tables {
        let columns: Vec<&Column> = table.written().filter(|column| column.name != "run_id").collect();
        let cells: Vec<String> = columns.iter().map(|column| format!("{}::text", column.name)).collect();
        let key: Vec<String> = table.key.iter().map(|key| format!("{key}{}", collate(table, key))).collect();
        let (cells, key) = (cells.join(", "), key.join(", "));
        let sql = format!("SELECT {cells} FROM {schema}.{} ORDER BY {key}", table.name);
        let rows = client.query(&sql, &[]).unwrap();
        let row = |row: &postgres::Row| {
            let cell = |at: usize| row.get::<_, Option<String>>(at).unwrap_or_else(|| "∅".to_owned());
            joined(&columns, (0..columns.len()).map(cell).collect())
        };
        all.insert(table.name, rows.iter().map(row).collect());
    }
    all
}

fn collate(table: &Table, key: &str) -> &'static str {
    let is_text = table.columns.iter().any(|column| column.name == key && column.kind == Type::Text);
    if is_text { " COLLATE \"C\"" } else { "" }
}
