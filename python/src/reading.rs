//! Batches in, claims out: the run of the command line ([`solieu::run::run`]) over the rows of batches, with everything
//! kept in memory. Rows 0 … 999 are the articles 1 … 1000 of the run.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use arrow::array::RecordBatch;
use pyo3::prelude::*;
use solieu::article::document::{Options, Rows};
use solieu::record::Record;
use solieu::run::{self, Extraction, How};
use solieu::sink::store::{Batch, Checkpoint, Entry, First, Format, Missed, Run, Store};
use solieu::{Error, Lexicon};

/// How to read.
pub(crate) struct Reading<'a> {
    pub(crate) rows: &'a Rows,
    pub(crate) options: &'a Options,
    pub(crate) lexicon: &'a Lexicon,
    /// The longest that one article may take.
    pub(crate) limit: Duration,
    pub(crate) jobs: usize,
    /// Whether the first article that cannot be read is the end.
    pub(crate) strict: bool,
}

/// What was read: the parts of a format in order, and the articles that could not be read.
pub(crate) struct Read<Part> {
    pub(crate) parts: Vec<Part>,
    pub(crate) missed: Vec<Missed>,
}

/// Why a run ended early.
pub(crate) enum Stopped {
    /// An article that could not be read, where that is the end.
    At(Box<Missed>),
    /// Python wants to end: Ctrl-C.
    Python(PyErr),
    /// The run itself failed.
    Failed(Error),
}

/// Reads the articles of all rows. Nothing of Python is touched but to ask whether it wants to end.
pub(crate) fn read<F: Format>(
    batches: &[RecordBatch],
    format: &F,
    how: &Reading<'_>,
) -> Result<Read<F::Part>, Stopped> {
    let inputs =
        batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |at| how.rows.article(batch, at, how.options)));
    let job = Extraction {
        format,
        options: how.options,
        lexicon: how.lexicon,
        with_text: true,
        limit: how.limit,
        texts: None,
    };
    let run = Run { key: String::new(), arguments: Vec::new(), resume: false };
    let stop = AtomicBool::new(false);
    let how_run = How { jobs: how.jobs, run: &run, every: Duration::from_secs(86_400), stop: &stop };
    let mut kept = Kept { parts: Vec::new(), interrupt: None };
    let mut missing = Missing { all: Vec::new(), strict: how.strict };
    let ended = run::run(run::numbered(inputs), &how_run, &job, &mut kept, &mut missing);
    match (ended, kept.interrupt, missing.strict) {
        (Ok(_), ..) => Ok(Read { parts: kept.parts, missed: missing.all }),
        (Err(_), Some(interrupt), _) => Err(Stopped::Python(interrupt)),
        (Err(failed), None, strict) => Err(match missing.all.into_iter().next().filter(|_| strict) {
            Some(first) => Stopped::At(Box::new(first)),
            None => Stopped::Failed(failed),
        }),
    }
}

/// Keeps all parts.
struct Kept<Part> {
    parts: Vec<Part>,
    interrupt: Option<PyErr>,
}

/// What ends a run that has said elsewhere why.
fn ended() -> Error {
    Error::Internal("stopped".to_owned())
}

impl<Part: Send> Store<Part> for Kept<Part> {
    fn begin(&mut self, _: &Run, _: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        Ok(None)
    }

    fn take(&mut self, batch: Batch<Part>) -> Result<(), Error> {
        self.parts.push(batch.part);
        self.interrupt = Python::attach(|py| py.check_signals()).err();
        self.interrupt.is_none().then_some(()).ok_or_else(ended)
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        Ok(())
    }
}

/// Keeps what could not be read.
struct Missing {
    all: Vec<Missed>,
    strict: bool,
}

impl run::Watch for Missing {
    fn missed(&mut self, missed: &[Missed]) -> Result<u64, Error> {
        self.all.extend_from_slice(missed);
        if self.strict && !self.all.is_empty() { Err(ended()) } else { Ok(0) }
    }

    fn at(&mut self, _: &Checkpoint) {}
}

/// The records themselves.
pub(crate) struct Records;

impl Format for Records {
    type Part = Vec<Record>;

    fn encode(&self, entries: Vec<Entry>) -> Result<Vec<Record>, Error> {
        Ok(entries.into_iter().map(|entry| entry.record).collect())
    }

    fn size(&self, part: &Vec<Record>) -> usize {
        part.iter().map(|record| record.article.text.as_ref().map_or(0, String::len)).sum()
    }
}

/// Nothing: for a run that asks only what cannot be read.
pub(crate) struct Nothing;

impl Format for Nothing {
    type Part = ();

    fn encode(&self, _: Vec<Entry>) -> Result<(), Error> {
        Ok(())
    }

    fn size(&self, (): &()) -> usize {
        0
    }
}
