//! Progress on a terminal: how much of the input is read, how fast, and how long it takes yet. Silent elsewhere, or a line of
//! JSON every second: `{"articles":1200,"claims":30112,…,"seconds_left":42.0}`.

use std::io::{self, IsTerminal, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::arguments::{Extract, Shown};
use crate::article::document::Passed;
use crate::sink::store::Tally;

/// A bar on standard error, lines of JSON, or nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Bytes of the inputs that were read, packed as they are.
    consumed: Passed,
    lines: Option<Lines>,
}

/// A line of JSON every second.
struct Lines {
    started: Instant,
    next: Instant,
    /// Bytes that an interrupted run has done.
    from: u64,
    all: Option<u64>,
}

/// What such a line says.
#[derive(Debug, Serialize)]
struct Line {
    articles: u64,
    claims: u64,
    faults: u64,
    duplicates: u64,
    unread: u64,
    bytes: u64,
    /// Bytes of the input's files that were read, and those there are, where that is known.
    bytes_read: u64,
    bytes_in_all: Option<u64>,
    seconds: f64,
    bytes_per_second: f64,
    seconds_left: Option<f64>,
}

impl Progress {
    /// As was asked for; hidden when nobody watches.
    pub(super) fn new(paths: &[PathBuf], what: &Extract, consumed: &Passed) -> Self {
        let consumed = consumed.clone();
        if what.progress == Shown::Json {
            let now = Instant::now();
            let lines = Lines { started: now, next: now + Duration::from_secs(1), from: 0, all: size(paths) };
            return Self { lines: Some(lines), consumed, ..Self::hidden() };
        }
        if what.quiet || !io::stderr().is_terminal() {
            return Self::hidden();
        }
        let (bar, style) = match size(paths) {
            Some(bytes) => {
                (ProgressBar::new(bytes), "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {msg}, {eta} left")
            }
            None => (ProgressBar::no_length(), "{spinner} {bytes} {bytes_per_sec} {msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self { bar, consumed, lines: None }
    }

    /// Nothing.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), consumed: Passed::default(), lines: None }
    }

    /// An interrupted run had come this far.
    pub(super) fn from(&mut self, tally: Tally) {
        if let Some(lines) = &mut self.lines {
            lines.from = tally.bytes;
        }
    }

    /// Moves to where the run is.
    pub(super) fn at(&mut self, tally: Tally) {
        if !self.bar.is_hidden() {
            self.bar.set_position(self.consumed.count());
            let Tally { articles, claims, faults, .. } = tally;
            self.bar.set_message(format!("{articles} articles, {claims} claims, {faults} faults"));
        }
        if let Some(lines) = &mut self.lines
            && Instant::now() >= lines.next
        {
            lines.next = Instant::now() + Duration::from_secs(1);
            lines.tell(tally, self.consumed.count());
        }
    }

    /// Prints something between two states of the bar.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Lines {
    #[expect(clippy::cast_precision_loss, reason = "speeds")]
    fn tell(&self, tally: Tally, read: u64) {
        let seconds = self.started.elapsed().as_secs_f64();
        let speed = (tally.bytes - self.from) as f64 / seconds.max(1e-9);
        let line = Line {
            articles: tally.articles,
            claims: tally.claims,
            faults: tally.faults,
            duplicates: tally.duplicates,
            unread: tally.unread,
            bytes: tally.bytes,
            bytes_read: read,
            bytes_in_all: self.all,
            seconds,
            bytes_per_second: speed,
            seconds_left: self.all.map(|all| all.saturating_sub(read) as f64 * seconds / (read as f64).max(1.0)),
        };
        if let Ok(line) = serde_json::to_string(&line) {
            let _ = writeln!(io::stderr(), "{line}"); // a standard error that is closed is no reason to stop
        }
    }
}

/// The bytes behind the paths, where the file system can say.
fn size(paths: &[PathBuf]) -> Option<u64> {
    let mut bytes = 0;
    for path in paths {
        if !path.is_dir() && !path.is_file() {
            return None;
        }
        let files = walkdir::WalkDir::new(path).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        bytes += files.filter_map(|file| file.metadata().ok()).map(|found| found.len()).sum::<u64>();
    }
    Some(bytes)
}
