//! What the compiler does not check of the house: imports point upstream, one room for each heavy library, tables in
//! canonical form, no drawer for odds and ends. A message says which file and what to do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

/// The stages, upstream first: a file may name its own stage and those before it.
const STAGES: [&str; 6] = ["article", "claim", "record", "review", "sink", "surface"];
/// The same inside `claim`.
const CLAIM: [&str; 4] = ["amount", "find", "link", "verify"];

fn files(end: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(root.join("src"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    found.sort();
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Where a file of `rooms` names a room downstream of its own.
fn downstream(folder: &str, path: &str, rooms: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in files(".rs") {
        let Some(room) = file.strip_prefix(folder).and_then(|rest| rest.split(['/', '.']).next()) else { continue };
        let Some(own) = rooms.iter().position(|name| *name == room) else { continue };
        for (n, line) in code(&text) {
            for later in &rooms[own + 1..] {
                if line.contains(&format!("{path}{later}::")) || line.contains(&format!("{path}{later};")) {
                    found.push(format!("{file}:{n} is upstream of {later} and must not name it"));
                }
            }
        }
    }
    found
}

#[test]
fn imports_point_upstream() {
    assert_eq!(downstream("src/", "crate::", &STAGES), Vec::<String>::new());
    assert_eq!(downstream("src/claim/", "crate::claim::", &CLAIM), Vec::<String>::new());
    assert_eq!(downstream("src/claim/", "super::super::", &CLAIM), Vec::<String>::new());
}

#[test]
fn heavy_libraries_and_threads_have_one_room_each() {
    let rooms = [
        ("scraper::", "src/article/document/html"),
        ("dom_smoothie::", "src/article/document/html"),
        ("rayon::", "src/run/"),
        ("std::thread", "src/run/"),
        ("thread::spawn", "src/run/"),
        ("std::sync::mpsc", "src/run/"),
        ("Mutex", "src/run/"),
        ("rusqlite::", "src/sink/sqlite"),
        ("use postgres::", "src/sink/postgres"),
        ("axum::", "src/surface/web"),
        ("maud::", "src/surface/web"),
        ("tokio::", "src/surface/web"),
        ("clap::", "src/surface/cli"),
        ("indicatif::", "src/surface/cli"),
    ];
    let mut found = Vec::new();
    // Rooms for reading and for writing.
    let columns =
        ["src/article/document/parquet.rs", "src/article/document/rows.rs", "src/sink/arrow", "src/sink/parquet"];
    for (file, text) in files(".rs") {
        for (n, line) in code(&text) {
            for (word, room) in rooms {
                if line.contains(word) && !file.starts_with(room) {
                    found.push(format!("{file}:{n}: {word} belongs in {room}"));
                }
            }
            for word in ["use arrow::", "use parquet::"] {
                if line.contains(word) && !columns.iter().any(|room| file.starts_with(room)) {
                    found.push(format!("{file}:{n}: {word} belongs in {}", columns.join(", ")));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn files_have_a_subject_and_a_size() {
    let mut found = Vec::new();
    for (file, text) in files(".rs") {
        let stem = Path::new(&file).file_stem().unwrap().to_string_lossy().into_owned();
        let folders = file.split('/').any(|part| ["utils", "helpers", "misc", "types", "common"].contains(&part));
        if folders || ["utils", "util", "helpers", "helper", "misc", "types", "common"].contains(&stem.as_str()) {
            found.push(format!("{file}: name it for what it answers"));
        }
        if text.lines().count() > 600 {
            found.push(format!("{file}: {} lines; a file ends at 600", text.lines().count()));
        }
        if !text.starts_with("//!") {
            found.push(format!("{file}: begin with `//!` and what the file answers"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Tables in another order than that of bytes, and which.
const ORDERED: [(&str, &str); 5] = [
    ("src/article/document/profiles.tsv", "the first that fits"),
    ("src/claim/amount/alone.tsv", "cases, like by like"),
    ("src/claim/amount/phrases.tsv", "cases, like by like"),
    ("src/claim/link/gazetteer/units_old.tsv", "a unit under its province"),
    ("src/claim/link/gazetteer/units_new.tsv", "a unit under its province"),
];

/// Comments first, then the names of the columns, then rows: each once, in byte order (but for [`ORDERED`]), in NFC,
/// all with the same number of cells (the last may be left out).
#[test]
fn tables_are_canonical() {
    let mut found = Vec::new();
    for (file, text) in files(".tsv") {
        let rows: Vec<&str> = text.lines().skip_while(|line| line.starts_with('#')).skip(1).collect();
        let mut seen = BTreeSet::new();
        for row in &rows {
            if !seen.insert(row) {
                found.push(format!("{file}: twice: {row}"));
            }
            if !is_nfc(row) || row.ends_with([' ', '\r']) {
                found.push(format!("{file}: not NFC, or space at the end: {row}"));
            }
            if row.matches('\t').count().abs_diff(rows[0].matches('\t').count()) > 1 {
                found.push(format!("{file}: another number of cells than the first row: {row}"));
            }
        }
        let disorder = rows.windows(2).find(|pair| pair[0] > pair[1]);
        if let Some(pair) = disorder.filter(|_| ORDERED.iter().all(|(name, _)| *name != file)) {
            found.push(format!("{file}: out of order: {}", pair[1]));
        }
        if !text.ends_with('\n') {
            found.push(format!("{file}: the last line has no end"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
