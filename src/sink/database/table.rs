//! What a table is, as data: from one list of columns come the DDL of both databases, the upserts, the documentation
//! and Datasette's metadata. `text("unit", "The unit.", "Đơn vị").facet()` is a column, an index and a facet.

/// A database that the tables are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// An exact decimal: canonical digits in TEXT in SQLite, NUMERIC in PostgreSQL.
    Number,
    /// A share of one, where exactness does not matter: REAL in SQLite, NUMERIC in PostgreSQL.
    Share,
    /// A day: `YYYY-MM-DD` in SQLite, DATE in PostgreSQL.
    Day,
    /// JSON: TEXT in SQLite, JSONB in PostgreSQL.
    Json,
    /// The nearest binary float of another column of the table, for sorting; the database keeps it.
    RealOf(&'static str),
    /// The row's number in SQLite, which full-text search needs; PostgreSQL has none.
    Serial,
    /// The words of the sentence for full-text search in PostgreSQL; SQLite has a table beside it.
    Words,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Type,
    /// What it means, in English.
    pub meaning: &'static str,
    /// What it means, in Vietnamese.
    pub nghia: &'static str,
    /// Whether every row has it.
    pub needed: bool,
    /// The table whose key it points at.
    pub to: Option<&'static str>,
    /// Whether it has an index of its own.
    pub indexed: bool,
    /// Whether Datasette offers it as a facet.
    pub is_facet: bool,
}

/// A column of words.
pub(super) const fn text(name: &'static str, meaning: &'static str, nghia: &'static str) -> Column {
    column(name, Type::Text, meaning, nghia)
}

/// A column of whole numbers.
pub(super) const fn whole(name: &'static str, meaning: &'static str, nghia: &'static str) -> Column {
    column(name, Type::Whole, meaning, nghia)
}

/// A column of exact decimals.
pub(super) const fn number(name: &'static str, meaning: &'static str, nghia: &'static str) -> Column {
    column(name, Type::Number, meaning, nghia)
}

/// A column.
pub(super) const fn column(name: &'static str, kind: Type, meaning: &'static str, nghia: &'static str) -> Column {
    Column { name, kind, meaning, nghia, needed: false, to: None, indexed: false, is_facet: false }
}

impl Column {
    pub(super) const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    pub(super) const fn to(self, table: &'static str) -> Self {
        Self { to: Some(table), indexed: true, ..self }
    }

    pub(super) const fn indexed(self) -> Self {
        Self { indexed: true, ..self }
    }

    pub(super) const fn facet(self) -> Self {
        Self { indexed: true, is_facet: true, ..self }
    }

    /// Whether the program writes it; the database keeps the others itself.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        !matches!(self.kind, Type::RealOf(_) | Type::Serial | Type::Words)
    }

    /// Whether the database has it.
    #[must_use]
    pub const fn is_kept(&self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Sqlite => !matches!(self.kind, Type::Words),
            Dialect::Postgres => !matches!(self.kind, Type::Serial),
        }
    }

    /// The name of its type in SQLite and in PostgreSQL.
    #[must_use]
    pub fn types(&self) -> (&'static str, &'static str) {
        match self.kind {
            Type::Text => ("text", "text"),
            Type::Whole => ("integer", "bigint"),
            Type::Number => ("text, canonical digits", "numeric"),
            Type::Share => ("real", "numeric"),
            Type::Day => ("text, YYYY-MM-DD", "date"),
            Type::Json => ("text, JSON", "jsonb"),
            Type::RealOf(_) => ("real, generated", "double precision, generated"),
            Type::Serial => ("integer", "–"),
            Type::Words => ("–", "tsvector, generated"),
        }
    }

    fn sql(&self, dialect: Dialect) -> Option<String> {
        let name = self.name;
        let kind = match (dialect, self.kind) {
            (_, Type::Text) | (Dialect::Sqlite, Type::Number | Type::Day | Type::Json) => "TEXT".to_owned(),
            (Dialect::Sqlite, Type::Whole) => "INTEGER".to_owned(),
            (Dialect::Postgres, Type::Whole) => "BIGINT".to_owned(),
            (Dialect::Postgres, Type::Number | Type::Share) => "NUMERIC".to_owned(),
            (Dialect::Sqlite, Type::Share) => "REAL".to_owned(),
            (Dialect::Postgres, Type::Day) => "DATE".to_owned(),
            (Dialect::Postgres, Type::Json) => "JSONB".to_owned(),
            (Dialect::Sqlite, Type::RealOf(of)) => format!("REAL GENERATED ALWAYS AS (CAST({of} AS REAL)) VIRTUAL"),
            (Dialect::Postgres, Type::RealOf(of)) => {
                format!("DOUBLE PRECISION GENERATED ALWAYS AS ({of}::double precision) STORED")
            }
            (Dialect::Sqlite, Type::Serial) => "INTEGER PRIMARY KEY".to_owned(),
            // Longer sentences than any real one, for a tsvector has an end.
            (Dialect::Postgres, Type::Words) => "TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', \
                left(text, 50000) || ' ' || left(coalesce(respelt, ''), 50000))) STORED"
                .to_owned(),
            (Dialect::Postgres, Type::Serial) | (Dialect::Sqlite, Type::Words) => return None,
        };
        let needed = if self.needed && self.is_written() { " NOT NULL" } else { "" };
        Some(format!("{name} {kind}{needed}"))
    }
}

/// A foreign key of two columns.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The columns here.
    pub columns: &'static str,
    /// The table there.
    pub table: &'static str,
    /// The columns there.
    pub key: &'static str,
}

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its name for people, in Vietnamese.
    pub title: &'static str,
    /// What a row is, in English.
    pub meaning: &'static str,
    /// What a row is, in Vietnamese.
    pub nghia: &'static str,
    /// The columns that tell a row from every other.
    pub key: &'static [&'static str],
    /// The column that Datasette shows where another table points here.
    pub label: Option<&'static str>,
    /// Foreign keys of two columns.
    pub links: &'static [Link],
    /// Indexes of several columns.
    pub indexes: &'static [&'static str],
    /// The columns in order.
    pub columns: &'static [Column],
}

impl Table {
    /// The columns that the program writes, in order.
    pub fn written(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_written())
    }

    /// The names of the columns that the program writes.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.written().map(|column| column.name).collect()
    }

    /// `CREATE TABLE`, with `prefix` before the names of tables.
    #[must_use]
    pub fn create(&self, dialect: Dialect, prefix: &str) -> String {
        let mut parts: Vec<String> = self.columns.iter().filter_map(|column| column.sql(dialect)).collect();
        let own = dialect == Dialect::Sqlite && self.columns.iter().any(|column| column.kind == Type::Serial);
        parts.push(format!("{} ({})", if own { "UNIQUE" } else { "PRIMARY KEY" }, self.key.join(", ")));
        // Rows of an article go with it.
        let gone = |table: &str| {
            if self.key.contains(&"article_id") && table == "articles" { " ON DELETE CASCADE" } else { "" }
        };
        for column in self.columns {
            if let Some(table) = column.to {
                parts.push(format!("FOREIGN KEY ({}) REFERENCES {prefix}{table} (id){}", column.name, gone(table)));
            }
        }
        for Link { columns, table, key } in self.links {
            parts.push(format!("FOREIGN KEY ({columns}) REFERENCES {prefix}{table} ({key}) ON DELETE CASCADE"));
        }
        format!("CREATE TABLE {prefix}{} (\n  {}\n)", self.name, parts.join(",\n  "))
    }

    /// `CREATE INDEX` for each column and group of columns that has one; a key that begins with the column is one.
    #[must_use]
    pub fn indexes(&self, dialect: Dialect, prefix: &str) -> Vec<String> {
        let name = self.name;
        let single = self.columns.iter().filter(|column| column.indexed && self.key.first() != Some(&column.name));
        let named = single.map(|column| column.name).chain(self.indexes.iter().copied());
        named
            .map(|columns| {
                let index = columns.replace(", ", "_");
                // A key of an index in PostgreSQL has an end that a hostile name can pass.
                let columns = match (dialect, columns) {
                    (Dialect::Postgres, "name" | "folded" | "source") => format!("left({columns}, 200)"),
                    _ => columns.to_owned(),
                };
                format!("CREATE INDEX {name}_{index} ON {prefix}{name} ({columns})")
            })
            .collect()
    }

    /// An upsert that leaves a row alone that is as it should be. `values` is what stands after the columns.
    #[must_use]
    pub fn upsert(&self, dialect: Dialect, prefix: &str, values: &str) -> String {
        let names = self.names();
        let name = self.name;
        let rest: Vec<&str> = names.iter().copied().filter(|column| !self.key.contains(column)).collect();
        let key = self.key.join(", ");
        let head = format!("INSERT INTO {prefix}{name} ({}) {values} ON CONFLICT ({key})", names.join(", "));
        // Who wrote a row last is no difference in the row.
        let told: Vec<&str> = rest.iter().copied().filter(|column| *column != "run_id").collect();
        if told.is_empty() {
            return format!("{head} DO NOTHING");
        }
        let list = |list: &[&str], of: &str| list.iter().map(|c| format!("{of}{c}")).collect::<Vec<_>>().join(", ");
        let set = rest.iter().map(|c| format!("{c} = excluded.{c}")).collect::<Vec<_>>().join(", ");
        let differ = match dialect {
            Dialect::Sqlite => "IS NOT",
            Dialect::Postgres => "IS DISTINCT FROM",
        };
        let (own, new) = (list(&told, &format!("{name}.")), list(&told, "excluded."));
        format!("{head} DO UPDATE SET {set} WHERE ({own}) {differ} ({new})")
    }
}
