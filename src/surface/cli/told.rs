//! What a run tells people while it goes on and when it ends: "kho.jsonl:17: expected an article, found no text".

use std::io::{self, Write};
use std::path::PathBuf;

use super::progress::Progress;
use crate::article::document::Unread;
use crate::error::Error;
use crate::run::Watch;
use crate::sink::Output;
use crate::sink::store::{Checkpoint, Missed, Tally};
use crate::surface::figures::one_line;

/// Where unread articles are told.
pub(super) enum Told {
    /// A line each on standard error.
    Stderr,
    /// A line of JSON each in a file, which is opened when the run begins.
    File(PathBuf, Option<Output>),
}

/// One line on standard error. One that is closed is no reason to stop.
pub(super) fn say(unread: &Unread) {
    let _ = writeln!(io::stderr(), "solieu: {}", one_line(&unread.to_string()));
}

impl Told {
    fn tell(&mut self, missed: &Missed) -> Result<(), Error> {
        match self {
            Self::Stderr => {
                say(&missed.unread);
                Ok(())
            }
            Self::File(_, None) => Ok(()),
            Self::File(_, Some(out)) => {
                let written = serde_json::to_vec(missed).map_err(io::Error::from).and_then(|mut line| {
                    line.push(b'\n');
                    out.write_all(&line)
                });
                written.map_err(|source| out.refused(source))
            }
        }
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        match self {
            Self::Stderr => Ok(()),
            Self::File(_, out) => out.map_or(Ok(()), Output::finish),
        }
    }
}

/// The run as it is seen from outside: progress, and what could not be read.
pub(super) struct Watching {
    pub(super) progress: Progress,
    pub(super) told: Told,
    /// Whether the run can go on from what was committed.
    pub(super) kept: bool,
}

impl Watch for Watching {
    fn begin(&mut self, from: Option<&Checkpoint>) -> Result<(), Error> {
        if let Told::File(path, out) = &mut self.told {
            *out = Some(Output::open_at(Some(path), from.map(|from| from.told))?);
        }
        self.kept = from.is_some();
        if let Some(from) = from {
            self.progress.from(from.tally);
        }
        Ok(())
    }

    fn missed(&mut self, missed: &[Missed]) -> Result<u64, Error> {
        let Self { progress, told, .. } = self;
        missed.iter().try_for_each(|one| progress.aside(|| told.tell(one)))?;
        Ok(match told {
            Told::File(_, Some(out)) => out.length(),
            _ => 0,
        })
    }

    fn at(&mut self, done: &Checkpoint) {
        self.progress.at(done.tally);
    }

    fn sync(&mut self) -> Result<(), Error> {
        match &self.told {
            Told::File(_, Some(out)) => out.sync(),
            _ => Ok(()),
        }
    }

    fn kept(&mut self) {
        self.kept = true;
    }
}

/// The closing line.
#[expect(clippy::cast_precision_loss, reason = "a speed for people")]
pub(super) fn close(tally: Tally, passed: u64, seconds: f64) {
    let passed = if passed > 0 { format!(" {passed} records without an article,") } else { String::new() };
    let speed = tally.bytes as f64 / 1e6 / seconds.max(1e-9);
    let _ = writeln!(
        io::stderr(),
        "{} articles, {} claims, {} faults, {} duplicates, {} unread,{passed} {:.1} MB in {seconds:.2} s: {speed:.1} MB/s",
        tally.articles,
        tally.claims,
        tally.faults,
        tally.duplicates,
        tally.unread,
        tally.bytes as f64 / 1e6,
    );
}
