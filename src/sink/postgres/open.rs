//! Connecting, and the tables in a schema of their own: `solieu.claims` with "48/52", made with their documentation, or
//! brought to this version.

use std::path::PathBuf;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls, Transaction};

use super::{Refused, copy};
use crate::error::Error;
use crate::sink::database::{Dialect, TABLES, VERSION, schema};

/// How to come from an older version of the tables to a newer one: the version reached, and the SQL, in which `{}` is
/// the schema with its dot.
const STEPS: &[(u32, &str)] = &[];

/// A connection to `address`, what errors call it, and the prefix of the tables in `schema`.
pub(super) fn open(address: &str, schema: &str) -> Result<(Client, PathBuf, String), Error> {
    let form = "expected a connection string such as postgres://name@host/database";
    let mut config: Config = address.parse().map_err(|found| Error::Usage(format!("{form}, found: {found}")))?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(Error::Usage("expected a connection without TLS, found sslmode=require".to_owned()));
    }
    if config.get_application_name().is_none() {
        config.application_name("solieu");
    }
    let place = place(&config);
    let fail = |found: Refused| found.at(place.clone(), "a PostgreSQL database");
    let mut client = config.connect(NoTls).map_err(|found| fail(found.into()))?;
    let prefix = format!("\"{}\".", schema.replace('"', "\"\""));
    let found = ready(&mut client, &prefix).map_err(fail)?;
    if let Some(found) = found {
        let place = place.display();
        let (known, newer) = (VERSION / 1000, found / 1000);
        return Err(Error::Usage(format!(
            "{place}: expected tables of version {known}, found version {newer}: a newer solieu wrote them"
        )));
    }
    Ok((client, place, prefix))
}

/// Host and database.
fn place(config: &Config) -> PathBuf {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => String::new(),
    };
    PathBuf::from(format!("postgres://{host}/{}", config.get_dbname().unwrap_or_default()))
}

/// Makes the tables or brings them up to date; a version that is too new is answered.
fn ready(client: &mut Client, prefix: &str) -> Result<Option<u32>, Refused> {
    let mut change = client.transaction()?;
    change.execute(copy::TURN, &[&prefix])?;
    let there = change.query_one("SELECT to_regclass($1) IS NOT NULL", &[&format!("{prefix}meta")])?;
    if there.get(0) {
        let found = change.query_one(&format!("SELECT value FROM {prefix}meta WHERE key = 'version'"), &[])?;
        let found: u32 = found.get::<_, &str>(0).parse().unwrap_or(u32::MAX);
        if found / 1000 > VERSION / 1000 {
            return Ok(Some(found));
        }
        for (_, sql) in STEPS.iter().filter(|(reached, _)| *reached > found) {
            change.batch_execute(&sql.replace("{}", prefix))?;
        }
        if found < VERSION {
            change.execute(
                &format!("UPDATE {prefix}meta SET value = $1 WHERE key = 'version'"),
                &[&VERSION.to_string()],
            )?;
        }
    } else {
        create(&mut change, prefix)?;
    }
    change.commit()?;
    client.batch_execute(&copy::stage(prefix))?;
    Ok(None)
}

fn create(change: &mut Transaction<'_>, prefix: &str) -> Result<(), Refused> {
    let schema_name = prefix.trim_end_matches('.');
    change.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS {schema_name}"))?;
    for table in TABLES {
        change.batch_execute(&table.create(Dialect::Postgres, prefix))?;
        for index in table.indexes(Dialect::Postgres, prefix) {
            change.batch_execute(&index)?;
        }
        let quoted = |words: &str| words.replace('\'', "''");
        change.batch_execute(&format!("COMMENT ON TABLE {prefix}{} IS '{}'", table.name, quoted(table.meaning)))?;
        for column in table.columns.iter().filter(|column| column.is_kept(Dialect::Postgres)) {
            let (name, meaning) = (column.name, quoted(column.meaning));
            change.batch_execute(&format!("COMMENT ON COLUMN {prefix}{}.{name} IS '{meaning}'", table.name))?;
        }
    }
    change.batch_execute(&format!("CREATE INDEX sentences_words ON {prefix}sentences USING gin (words)"))?;
    change.batch_execute(&schema::progress(Dialect::Postgres, prefix))?;
    change.batch_execute(&format!("CREATE INDEX progress_hash ON {prefix}progress (hash)"))?;
    change.batch_execute(&schema::figures(prefix))?;
    change.batch_execute(&format!("CREATE TABLE {prefix}meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"))?;
    change.execute(&format!("INSERT INTO {prefix}meta VALUES ('version', $1)"), &[&VERSION.to_string()])?;
    Ok(())
}
