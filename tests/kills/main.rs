//! Loads that are killed at any moment and gone on with: the rows are those of an undisturbed load.
//!
//! A program of its own: a process that is just being started holds the locks of the one that starts it for a moment,
//! and the other tests of databases ask for theirs again at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../databases/dump.rs"]
mod dump;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use postgres::{Client, NoTls};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use dump::{dump, dump_postgres, postgres, schema};

const ARTICLES: usize = 700;

/// An archive in which every seventh article has the text of an earlier one and every eleventh cannot be read.
fn archive() -> TempDir {
    let at = tempfile::tempdir().unwrap();
    let line = |n: usize| {
        let told = if n % 7 == 6 { n / 2 } else { n };
        let text = format!(
            "Xã Ia Tơ số {told} có {}/{} hộ thoát nghèo (đạt 92,3%). Huyện Đăk Mrông thu {told},5 tỷ đồng.",
            told + 1,
            told + 3
        );
        // What nobody reads makes many batches of few words.
        let pad = "x".repeat(4000 + n % 13);
        match n % 11 {
            10 => json!({"id": format!("a{n}"), "pad": pad}),
            _ => json!({"id": format!("a{n}"), "text": text, "pad": pad}),
        }
    };
    let lines: String = (0..ARTICLES).map(|n| format!("{}\n", line(n))).collect();
    fs::write(at.path().join("kho.jsonl"), lines).unwrap();
    at
}

fn command(at: &Path, to: &[&str], more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.current_dir(at).args(["extract", "kho.jsonl", "--jobs", "2", "--errors", "loi.jsonl"]).args(to).args(more);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Kills a load at `moments` moments and goes on each time, until some were killed between their first and their last
/// commit. `loaded` says how many articles are there; `clear` takes them away once all are.
fn killed_and_gone_on_with(
    at: &Path,
    to: &[&str],
    loaded: &mut dyn FnMut() -> i64,
    clear: &mut dyn FnMut(),
    moments: u32,
) {
    let began = Instant::now();
    assert_eq!(command(at, &["-o", "thu.sqlite"], &[]).status().unwrap().code(), Some(1));
    let length = began.elapsed();
    let all = (0..ARTICLES).filter(|n| n % 11 != 10).count() as i64;
    let (mut moment, mut halfway, mut before) = (0, 0, 0);
    while moment < moments || halfway == 0 {
        moment += 1;
        assert!(moment < 50 * moments, "no load was killed between its commits");
        let mut child = command(at, to, &["--resume", "--checkpoint", "0"]).spawn().unwrap();
        // Moments that lie apart like chance and are the same each time.
        sleep(length.mul_f64((0.3 + f64::from(moment) * 0.618) % 1.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = loaded();
        assert!(now >= before, "a kill lost {} articles", before - now);
        halfway += u32::from(now > before && now < all);
        before = if now < all { now } else { 0 };
        if now == all && moment < moments {
            clear();
        }
    }
    let run = command(at, to, &["--resume"]).status().unwrap();
    assert_eq!(run.code(), Some(1));
}

#[test]
fn a_killed_load_goes_on_to_the_same_rows() {
    let at = archive();
    let file = at.path().join("so.sqlite");
    let mut loaded = || {
        let count = |db: Connection| db.query_row("SELECT count(*) FROM articles", [], |row| row.get(0));
        if file.exists() { Connection::open(&file).and_then(count).unwrap_or(0) } else { 0 }
    };
    let mut clear = || {
        for name in ["so.sqlite", "so.sqlite-wal", "so.sqlite-shm"] {
            // Only some of them are there after a kill.
            let _ = fs::remove_file(at.path().join(name));
        }
    };
    killed_and_gone_on_with(at.path(), &["-o", "so.sqlite"], &mut loaded, &mut clear, 12);
    let open = |name: &str| Connection::open(at.path().join(name)).unwrap();
    assert_eq!(dump(&open("so.sqlite")), dump(&open("thu.sqlite")));
    assert_eq!(open("so.sqlite").query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
}

#[test]
fn a_killed_load_into_postgres_goes_on_to_the_same_rows() {
    let Some(address) = postgres() else { return };
    let mut client = schema(&address, "killed");
    let at = archive();
    let to = ["--format", "postgres", "-o", &address, "--schema", "killed"];
    let mut loaded = || {
        let mut other = Client::connect(&address, NoTls).unwrap();
        other.query_one("SELECT count(*) FROM killed.articles", &[]).map_or(0, |row| row.get(0))
    };
    let mut clear = || drop(schema(&address, "killed"));
    killed_and_gone_on_with(at.path(), &to, &mut loaded, &mut clear, 12);
    let whole = Connection::open(at.path().join("thu.sqlite")).unwrap();
    assert_eq!(dump(&whole), dump_postgres(&mut client, "killed"));
}
