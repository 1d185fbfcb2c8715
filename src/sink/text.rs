//! Records as text: what a [`Sink`] makes of each ("{…}⏎"), joined and packed by the workers, and written one batch
//! after the other.

use std::io::Write;
use std::path::PathBuf;

use super::packing::Packing;
use super::store::{Batch, Checkpoint, Entry, First, Format, Run, Store};
use super::{Around, Sink};
use crate::error::Error;

/// What stands around the articles in the output, and how all of it is packed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// What stands around them.
    pub around: Around,
    /// How it is packed.
    pub packing: Packing,
}

/// What a batch is as text.
#[derive(Debug, Default)]
pub struct Bytes {
    /// The records.
    pub records: Vec<u8>,
    /// What goes to the second file.
    pub beside: Vec<u8>,
}

/// A text format.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    /// How records are written.
    pub records: (&'a dyn Sink, Packing),
    /// What of them is written beside, in a second file.
    pub beside: Option<(&'a dyn Sink, Packing)>,
}

impl Format for Text<'_> {
    type Part = Bytes;

    fn encode(&self, entries: Vec<Entry>) -> Result<Bytes, Error> {
        let beside = self.beside.map_or(Ok(Vec::new()), |(sink, packing)| written(sink, packing, &entries))?;
        Ok(Bytes { records: written(self.records.0, self.records.1, &entries)?, beside })
    }

    fn size(&self, part: &Bytes) -> usize {
        part.records.capacity() + part.beside.capacity()
    }
}

fn written(sink: &dyn Sink, packing: Packing, entries: &[Entry]) -> Result<Vec<u8>, Error> {
    let between = sink.around().between;
    // About what a record takes as JSON: a buffer that grows is copied each time.
    let size =
        |entry: &Entry| entry.record.article.text.as_deref().map_or(0, str::len) + 900 * entry.record.claims.len();
    let mut text = Vec::with_capacity(entries.iter().map(size).sum());
    for Entry { record, .. } in entries {
        let refused = |refused: std::io::Error| {
            let source = record.article.source.as_deref().unwrap_or(&record.article.id);
            Error::Internal(format!("{source}: expected a record that can be encoded, found: {refused}"))
        };
        let before = text.len();
        if before > 0 {
            text.extend_from_slice(between);
        }
        let start = text.len();
        sink.record(record, &mut text).map_err(refused)?;
        if text.len() == start {
            text.truncate(before);
        }
    }
    if text.is_empty() {
        return Ok(text);
    }
    packing
        .pack(text)
        .map_err(|refused| Error::Internal(format!("expected bytes that can be packed, found: {refused}")))
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

    fn write(&mut self, bytes: &'static [u8], always: bool) -> Result<(), Error> {
        if bytes.is_empty() && !always {
            return Ok(());
        }
        let packed = self.frame.packing.pack(bytes.to_vec());
        let written = packed.and_then(|packed| self.out.write_all(&packed));
        self.told(written)
    }

    fn told(&self, written: std::io::Result<()>) -> Result<(), Error> {
        written.map_err(|source| Error::Io {
            path: self.path.clone(),
            expected: "an output that takes all bytes",
            source,
        })
    }
}

impl<W: Write + Send> Store<Bytes> for Stream<W> {
    fn begin(&mut self, _: &Run, _: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        self.write(self.frame.around.head, self.frame.packing != Packing::Plain)?;
        Ok(None)
    }

    fn take(&mut self, batch: Batch<Bytes>) -> Result<(), Error> {
        if !batch.part.records.is_empty() {
            if self.begun {
                self.write(self.frame.around.between, false)?;
            }
            self.begun = true;
            let written = self.out.write_all(&batch.part.records);
            self.told(written)?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let written = self.out.flush();
        self.told(written)
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        self.write(self.frame.around.tail, false)?;
        self.commit()
    }
}
