//! Progress on a terminal: how much of the input is read, how fast, and how long it takes yet. Silent elsewhere.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::sink::store::Tally;

/// A bar on standard error, or nothing.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for the bytes behind `paths`; hidden when nobody watches.
    pub(super) fn new(paths: &[PathBuf], quiet: bool) -> Self {
        if quiet || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
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
        Self(bar)
    }

    /// Moves to where the run is.
    pub(super) fn at(&mut self, tally: Tally) {
        if !self.0.is_hidden() {
            self.0.set_position(tally.bytes);
            self.0.set_message(format!("{} articles, {} claims", tally.articles, tally.claims));
        }
    }

    /// Prints something between two states of the bar.
    pub(super) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
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
