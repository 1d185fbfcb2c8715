//! Records as text: what a [`Sink`] makes of each ("{…}⏎"), joined to the bytes of a batch by the workers, and written
//! one batch after the other.

use std::io::Write;
use std::path::PathBuf;

use super::Sink;
use super::store::{Batch, Checkpoint, Entry, First, Format, Run, Store};
use crate::error::Error;

/// What stands around the articles in the output.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// Before the first.
    pub head: &'static [u8],
    /// Between two.
    pub between: &'static [u8],
    /// After the last.
    pub tail: &'static [u8],
}

impl Frame {
    /// The frame of a sink.
    #[must_use]
    pub fn of(sink: &dyn Sink) -> Self {
        Self { head: sink.head(), between: sink.between(), tail: sink.tail() }
    }
}

/// A text format.
#[derive(Clone, Copy)]
pub struct Text<'a>(pub &'a dyn Sink);

impl Format for Text<'_> {
    type Part = Vec<u8>;

    fn encode(&self, entries: Vec<Entry>) -> Result<Vec<u8>, Error> {
        let mut text = Vec::new();
        for Entry { record, .. } in entries {
            let before = text.len();
            if before > 0 {
                text.extend_from_slice(self.0.between());
            }
            let start = text.len();
            self.0.record(&record, &mut text).map_err(|refused| {
                let source = record.article.source.unwrap_or(record.article.id);
                Error::Internal(format!("{source}: expected a record that can be encoded, found: {refused}"))
            })?;
            if text.len() == start {
                text.truncate(before);
            }
        }
        Ok(text)
    }

    fn size(&self, part: &Vec<u8>) -> usize {
        part.capacity()
    }
}

/// Bytes that are written as they come, and cannot be resumed: standard output, a pipe.
#[derive(Debug)]
pub struct Stream<W> {
    out: W,
    path: PathBuf,
    frame: Frame,
    begun: bool,
}

impl<W: Write + Send> Stream<W> {
    /// Writes to `out`, which errors call `path`.
    pub fn new(out: W, path: PathBuf, frame: Frame) -> Self {
        Self { out, path, frame, begun: false }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let path = &self.path;
        let refused = |source| Error::Io { path: path.clone(), expected: "an output that takes all bytes", source };
        self.out.write_all(bytes).map_err(refused)
    }
}

impl<W: Write + Send> Store<Vec<u8>> for Stream<W> {
    fn begin(&mut self, _: &Run, _: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        self.write(self.frame.head)?;
        Ok(None)
    }

    fn take(&mut self, batch: Batch<Vec<u8>>) -> Result<(), Error> {
        if !batch.part.is_empty() {
            if self.begun {
                self.write(self.frame.between)?;
            }
            self.begun = true;
            self.write(&batch.part)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        self.write(self.frame.tail)?;
        let path = &self.path;
        let refused = |source| Error::Io { path: path.clone(), expected: "an output that takes all bytes", source };
        self.out.flush().map_err(refused)
    }
}
