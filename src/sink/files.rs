//! Records in files that can be gone on with: beside "so-lieu.jsonl" stand, until it is whole, what is written of it
//! (`.so-lieu.jsonl.solieu-part`), where the run stands (`-run`) and which texts it has met (`-texts`).
//!
//! A commit makes the bytes proof first and the checkpoint that speaks of them after, so whatever moment the run is killed
//! at, the checkpoint tells a length that is there; going on cuts the files back to it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::checkpoint::{self, Saved, Texts};
use super::partial::{Lock, Partial};
use super::store::{Batch, Checkpoint, First, Run, Store};
use super::text::{Bytes, Frame};
use crate::error::Error;

/// What the checkpoint says of the files.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// Bytes of each.
    lengths: Vec<u64>,
    /// Whether a record stands in each, after which the next needs what stands between two.
    begun: Vec<bool>,
}

/// One or two files that records go to: the records, and what is written beside them (the checks of a CSV).
#[derive(Debug)]
pub struct Files {
    places: Vec<(PathBuf, Frame)>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    key: String,
    done: Checkpoint,
    files: Vec<Partial>,
    texts: Texts,
    begun: Vec<bool>,
    /// Whether a checkpoint is on the disk: then the files are worth keeping when the run ends early.
    saved: bool,
    _lock: Lock,
}

impl Files {
    /// Files at these places, each with what stands around its records.
    #[must_use]
    pub fn new(places: Vec<(PathBuf, Frame)>) -> Self {
        Self { places, open: None }
    }

    fn first(&self) -> &Path {
        self.places.first().map_or(Path::new(""), |(place, _)| place)
    }
}

impl Store<Bytes> for Files {
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        let place = self.first().to_owned();
        let lock = Lock::take(&place)?;
        let count = self.places.len();
        let fits = |kept: &Kept| kept.lengths.len() == count && kept.begun.len() == count;
        let saved = Saved::begin(&place, run, fits)?;
        let texts = Texts::open(&place, saved.as_ref().map(|saved| saved.texts), seen)?;
        let mut files = Vec::with_capacity(self.places.len());
        for (n, (place, frame)) in self.places.iter().enumerate() {
            let mut file = Partial::open(place, saved.as_ref().map(|saved| saved.state.lengths[n]))?;
            if saved.is_none() {
                let head = frame.packing.pack(frame.around.head.to_vec());
                head.and_then(|head| file.write_all(&head)).map_err(|source| file.refused(source))?;
            }
            files.push(file);
        }
        let done = saved.as_ref().map(|saved| saved.done);
        self.open = Some(Open {
            key: run.key.clone(),
            done: done.unwrap_or_default(),
            begun: saved.as_ref().map_or_else(|| vec![false; files.len()], |saved| saved.state.begun.clone()),
            files,
            texts,
            saved: saved.is_some(),
            _lock: lock,
        });
        Ok(done)
    }

    fn take(&mut self, batch: Batch<Bytes>) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let parts = [batch.part.records, batch.part.beside];
        for (n, (file, part)) in open.files.iter_mut().zip(parts).enumerate() {
            if part.is_empty() {
                continue;
            }
            let frame = &self.places[n].1;
            let mut write = || -> io::Result<()> {
                if open.begun[n] && !frame.around.between.is_empty() {
                    file.write_all(&frame.packing.pack(frame.around.between.to_vec())?)?;
                }
                file.write_all(&part)
            };
            let written = write();
            open.begun[n] = true;
            written.map_err(|source| file.refused(source))?;
        }
        open.texts.add(&batch.firsts)?;
        open.done = batch.done;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        for file in &open.files {
            file.sync()?;
        }
        open.texts.sync()?;
        let state = Kept { lengths: open.files.iter().map(Partial::length).collect(), begun: open.begun.clone() };
        Saved::new(&open.key, open.done, open.texts.length(), state).write(&self.places[0].0)?;
        open.saved = true;
        Ok(())
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        for (file, (_, frame)) in open.files.iter_mut().zip(&self.places) {
            if !frame.around.tail.is_empty() {
                let tail = frame.packing.pack(frame.around.tail.to_vec());
                tail.and_then(|tail| file.write_all(&tail)).map_err(|source| file.refused(source))?;
            }
            file.sync()?;
        }
        // Without its checkpoint a run that is killed from here on starts over: the files are never half new, half old.
        checkpoint::forget(&self.places[0].0)?;
        open.texts.discard();
        open.files.drain(..).rev().try_for_each(Partial::finish)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        if let Some(open) = self.open.take()
            && !open.saved
        {
            open.texts.discard();
            open.files.into_iter().for_each(Partial::discard);
        }
    }
}
