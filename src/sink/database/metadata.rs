//! Datasette's metadata: `solieu datasette-metadata > metadata.json`, then `datasette figures.sqlite -m metadata.json`
//! shows the tables with their columns explained ("Đơn vị"), facets, and ready questions.

use serde_json::{Map, Value, json};

use super::schema::{FIGURES, TABLES};
use super::table::{Dialect, Table};

/// The questions of a newsroom, as they stand in docs/.
pub const QUESTIONS: &str = include_str!("../../../docs/questions.sql");

/// One question with its SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name in an address.
    pub name: String,
    /// The question, in Vietnamese.
    pub title: String,
    /// What the answer says, in Vietnamese.
    pub description: String,
    /// One statement.
    pub sql: String,
}

/// The questions of docs/questions.sql: `-- name | question`, lines of comment, and a statement.
#[must_use]
pub fn questions() -> Vec<Question> {
    let mut list: Vec<Question> = Vec::new();
    for line in QUESTIONS.lines() {
        if let Some((name, title)) = line.strip_prefix("-- ").and_then(|head| head.split_once(" | ")) {
            let (name, title) = (name.to_owned(), title.to_owned());
            list.push(Question { name, title, description: String::new(), sql: String::new() });
        } else if let Some(question) = list.last_mut() {
            match line.strip_prefix("-- ") {
                Some(words) if question.sql.is_empty() => push(&mut question.description, words, ' '),
                _ if line.is_empty() => {}
                _ => push(&mut question.sql, line, '\n'),
            }
        }
    }
    list
}

fn push(text: &mut String, more: &str, between: char) {
    if !text.is_empty() {
        text.push(between);
    }
    text.push_str(more);
}

/// The metadata of the database that Datasette calls `database` (the file's name without its ending).
#[must_use]
pub fn datasette(database: &str) -> Value {
    let mut tables: Map<String, Value> = TABLES.iter().map(|table| (table.name.to_owned(), described(table))).collect();
    let columns: Map<String, Value> =
        FIGURES.iter().map(|(name, _, _, nghia)| ((*name).to_owned(), json!(nghia))).collect();
    tables.insert(
        "figures".to_owned(),
        json!({
            "title": "Bảng số liệu",
            "description": "Mỗi dòng là một số liệu, kèm bài, câu, chủ thể, nội dung, thời gian và kết quả kiểm tra.",
            "columns": columns,
            "facets": ["kind", "verdict", "entity_type", "province_code"],
            "size": 50,
        }),
    );
    for name in ["progress", "sentences_fts"] {
        tables.insert(name.to_owned(), json!({"hidden": true}));
    }
    let queries: Map<String, Value> = questions()
        .into_iter()
        .map(|question| {
            let Question { name, title, description, sql } = question;
            (name, json!({"title": title, "description": description, "sql": sql}))
        })
        .collect();
    json!({
        "title": "Số liệu trong báo chí",
        "description": "Các số liệu mà solieu đọc được trong bài báo, đã gắn với chủ thể và kiểm tra.",
        "databases": {database: {"tables": tables, "queries": queries}},
    })
}

fn described(table: &Table) -> Value {
    let kept = || table.columns.iter().filter(|column| column.is_kept(Dialect::Sqlite));
    let columns: Map<String, Value> = kept().map(|column| (column.name.to_owned(), json!(column.nghia))).collect();
    let facets: Vec<&str> = kept().filter(|column| column.is_facet).map(|column| column.name).collect();
    let mut about = json!({
        "title": table.title,
        "description": table.nghia,
        "columns": columns,
        "facets": facets,
        "size": 50,
    });
    if let Some(label) = table.label {
        about["label_column"] = json!(label);
    }
    let sort = match table.name {
        "articles" => Some("published"),
        "claims" => Some("value_real"),
        "runs" => Some("id"),
        _ => None,
    };
    if let Some(sort) = sort {
        about["sort_desc"] = json!(sort);
    }
    about
}

/// The tables and columns as Markdown, for docs/databases.md.
#[must_use]
pub fn described_in_markdown() -> String {
    let mut text = String::new();
    for table in TABLES {
        text += &format!(
            "### `{}`: {}\n\n{} Key: `{}`.\n\n",
            table.name,
            table.title,
            table.meaning,
            table.key.join("`, `")
        );
        text += "| column | type in SQLite | in PostgreSQL | meaning |\n|---|---|---|---|\n";
        for column in table.columns {
            let (lite, big) = column.types();
            let to = column.to.map_or_else(String::new, |to| format!(" → `{to}`"));
            text += &format!("| `{}` | {lite} | {big} | {}{to} |\n", column.name, column.meaning);
        }
        text.push('\n');
    }
    text +=
        "### `figures`: Bảng số liệu\n\nA view: one readable row for each claim.\n\n| column | meaning |\n|---|---|\n";
    for (name, _, meaning, _) in FIGURES {
        text += &format!("| `{name}` | {meaning} |\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_explained_and_every_question_is_there() {
        let metadata = datasette("figures");
        let database = &metadata["databases"]["figures"];
        assert_eq!(database["tables"]["claims"]["columns"]["unit"], "Đơn vị");
        assert_eq!(database["tables"]["entities"]["label_column"], "name");
        assert!(database["tables"]["claims"]["facets"].as_array().unwrap().contains(&json!("kind")));
        assert_eq!(database["queries"].as_object().unwrap().len(), 10);
        for question in questions() {
            assert!(question.title.ends_with('?') && !question.description.is_empty(), "{}", question.name);
            assert!(question.sql.starts_with("SELECT") || question.sql.starts_with("WITH"), "{}", question.name);
            assert!(question.sql.ends_with(';'), "{}", question.name);
        }
    }
}
