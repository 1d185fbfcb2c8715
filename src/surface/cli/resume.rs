//! Runs that are interrupted and gone on with: which run it is, Ctrl-C, and what to type then:
//! `solieu extract bai-bao -o so-lieu.jsonl --resume`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::arguments::Extract;
use crate::error::Error;
use crate::sink::store::Run;

static STOP: AtomicBool = AtomicBool::new(false);

/// Set by the first Ctrl-C (or a polite kill); the second ends the program on the spot.
pub(super) fn stop() -> Result<&'static AtomicBool, Error> {
    let end = || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(end).map_err(|refused| Error::Internal(format!("expected to hear Ctrl-C, found: {refused}")))?;
    Ok(&STOP)
}

/// Which run this is: its key is made of all that decides what is written.
pub(super) fn run(what: &Extract, paths: &[PathBuf]) -> Result<Run, Error> {
    let typed = std::env::args().skip(1);
    let arguments: Vec<String> = typed.filter(|argument| argument != "--resume").collect();
    let mut hash = Sha256::new();
    let mut put = |words: &str| {
        hash.update(words.as_bytes());
        hash.update([0]);
    };
    put(env!("CARGO_PKG_VERSION"));
    put(&format!("{:?}", what.inputs));
    let Extract { format, output, checks, errors, no_text, published, max_article_bytes, shard, duplicates, .. } = what;
    put(&format!("{format:?} {output:?} {checks:?} {errors:?} {no_text} {published:?} {max_article_bytes:?}"));
    put(&format!("{shard:?} {duplicates:?} {}", what.max_seconds));
    if let Some(folder) = &what.lexicon {
        files(folder, &mut put);
    }
    // Only a run that leaves checkpoints is compared with another.
    if output.is_some() {
        paths.iter().for_each(|path| files(path, &mut put));
    }
    let key = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(Run { key, arguments, resume: what.resume })
}

/// The files behind a path: names, sizes, times of change.
fn files(path: &Path, put: &mut impl FnMut(&str)) {
    put(&path.display().to_string());
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry));
    for entry in walk.flatten().filter(|entry| !entry.file_type().is_dir()) {
        let Ok(found) = std::fs::metadata(entry.path()) else { continue };
        let changed = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        put(&format!("{} {} {changed:?}", entry.path().display(), found.len()));
    }
}

/// Says what happened, and how to go on.
pub(super) fn say(what: &str) {
    let mut arguments: Vec<String> = std::env::args().collect();
    if let Some(program) = arguments.first_mut() {
        *program = "solieu".to_owned();
    }
    if arguments.iter().all(|argument| argument != "--resume") {
        arguments.push("--resume".to_owned());
    }
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@+".contains(c);
    let quoted = |argument: String| match argument.chars().all(plain) && !argument.is_empty() {
        true => argument,
        false => format!("'{}'", argument.replace('\'', "'\\''")),
    };
    let command = arguments.into_iter().map(quoted).collect::<Vec<_>>().join(" ");
    let _ = writeln!(std::io::stderr(), "solieu: {what}; go on with: {command}"); // told or lost, the run has ended
}
