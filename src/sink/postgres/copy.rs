//! COPY into temporary tables, and from there whatever differs into the tables: "48/52" goes over the wire once, and a
//! row that is as it should be is left alone.

use std::fmt::Write as _;
use std::io::Write as _;

use postgres::Transaction;

use super::Refused;
use crate::record::Exact;
use crate::sink::database::row::Row;
use crate::sink::database::{ArticleRows, Cell, Dialect, Table, schema};

/// One transaction at a time writes the tables of a schema.
pub(super) const TURN: &str = "SELECT pg_advisory_xact_lock(hashtext('solieu'), hashtext($1))";

/// What the cells of an article's rows stand for.
pub(super) struct Context {
    /// The id that the article has in the database.
    pub(super) own: String,
    /// The id of the first article with the same text.
    pub(super) first: Option<String>,
    /// The run.
    pub(super) run: i64,
}

/// The tables whose rows are sent, each after those that it points at.
const SENT: [&Table; 7] = [
    &schema::ENTITIES,
    &schema::ARTICLES,
    &schema::SENTENCES,
    &schema::CLAIMS,
    &schema::CHECKS,
    &schema::CHECK_CLAIMS,
    &schema::FAULTS,
];

/// Makes the temporary tables of a connection.
pub(super) fn stage(prefix: &str) -> String {
    SENT.iter().fold(String::new(), |mut sql, table| {
        let name = table.name;
        let _ = write!(sql, "CREATE TEMP TABLE sent_{name} (LIKE {prefix}{name}) ON COMMIT DELETE ROWS;");
        sql
    })
}

/// Writes the rows of articles that are new or have changed, and of what could not be read.
pub(super) fn articles(
    change: &mut Transaction<'_>,
    prefix: &str,
    articles: &[(&ArticleRows, &Context)],
    missed: &[Row],
) -> Result<(), Refused> {
    let nobody = Context { own: String::new(), first: None, run: 0 };
    for table in SENT {
        let own = articles.iter().flat_map(|(rows, context)| lines(table, rows).iter().map(move |row| (row, *context)));
        let unread = if table.name == "faults" { missed } else { &[] };
        let all = own.chain(unread.iter().map(|row| (row, &nobody)));
        into(change, &format!("sent_{} ({})", table.name, table.names().join(", ")), all)?;
    }
    let ids: Vec<&str> = articles.iter().map(|(_, context)| context.own.as_str()).collect();
    // What points at others goes first, and comes last.
    for table in SENT.iter().rev().filter(|table| table.columns.iter().any(|column| column.name == "article_id")) {
        let name = table.name;
        let same = table.key.iter().map(|key| format!("s.{key} = t.{key}")).collect::<Vec<_>>().join(" AND ");
        change.execute(
            &format!(
                "DELETE FROM {prefix}{name} t WHERE t.article_id = ANY ($1) \
                 AND NOT EXISTS (SELECT 1 FROM sent_{name} s WHERE {same})"
            ),
            &[&ids],
        )?;
    }
    for table in SENT {
        let (key, names) = (table.key.join(", "), table.names().join(", "));
        let values = format!("SELECT DISTINCT ON ({key}) {names} FROM sent_{} ORDER BY {key}", table.name);
        change.execute(&table.upsert(Dialect::Postgres, prefix, &values), &[])?;
    }
    Ok(())
}

fn lines<'r>(table: &Table, rows: &'r ArticleRows) -> &'r [Row] {
    match table.name {
        "articles" => std::slice::from_ref(&rows.article),
        "entities" => &rows.entities,
        name => rows.parts().into_iter().find(|(part, _)| part.name == name).map_or(&[], |(_, lines)| lines),
    }
}

/// Whether the run has written an article under this id.
pub(super) fn is_told(change: &mut Transaction<'_>, prefix: &str, run: i64, id: &str) -> Result<bool, Refused> {
    let told = format!("SELECT 1 FROM {prefix}progress WHERE run_id = $1 AND article_id = $2");
    Ok(change.query_opt(&told, &[&run, &id])?.is_some())
}

/// COPY of `rows` into `table (columns)`.
pub(super) fn into<'r>(
    change: &mut Transaction<'_>,
    table: &str,
    rows: impl Iterator<Item = (&'r Row, &'r Context)>,
) -> Result<(), Refused> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let mut out = change.copy_in(&format!("COPY {table} FROM STDIN"))?;
    let mut line = String::new();
    for (row, context) in rows {
        line.clear();
        for cell in row {
            cell_text(cell, context, &mut line);
            line.push('\t');
        }
        line.pop();
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    out.finish()?;
    Ok(())
}

/// A cell in the text format of COPY.
fn cell_text(cell: &Cell, context: &Context, out: &mut String) {
    match cell {
        Cell::Null => out.push_str("\\N"),
        Cell::Text(words) => escaped(words, out),
        Cell::Own => escaped(&context.own, out),
        Cell::First => match &context.first {
            Some(first) => escaped(first, out),
            None => out.push_str("\\N"),
        },
        Cell::Whole(number) => push(out, number),
        Cell::Run => push(out, context.run),
        Cell::Number(number) => push(out, Exact(*number)),
    }
}

fn push(out: &mut String, number: impl std::fmt::Display) {
    let _ = write!(out, "{number}"); // writing to a String cannot fail
}

fn escaped(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_ends_its_line_or_column() {
        let context = Context { own: "a\tb".to_owned(), first: None, run: 7 };
        let written = |cell: &Cell| {
            let mut out = String::new();
            cell_text(cell, &context, &mut out);
            out
        };
        assert_eq!(written(&Cell::Text("một\nhai\t\\.\r".into())), "một\\nhai\\t\\\\.\\r");
        assert_eq!(written(&Cell::Text("\\N".into())), "\\\\N");
        assert_eq!(written(&Cell::Null), "\\N");
        assert_eq!(written(&Cell::Own), "a\\tb");
        assert_eq!(written(&Cell::First), "\\N");
        assert_eq!(written(&Cell::Run), "7");
        assert_eq!(written(&Cell::Number("97.10".parse().unwrap())), "97.1");
    }
}
