//! Records in files that can be gone on with: beside "so-lieu.jsonl" stand, until it is whole, what is written of it
//! (`.so-lieu.jsonl.solieu-part`), where the run stands (`-run`) and which texts it has met (`-texts`).
//!
//! A commit makes the bytes proof first and the checkpoint that speaks of them after, so whatever moment the run is killed
//! at, the checkpoint tells a length that is there; going on cuts the files back to it.

use std::fs;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::partial::{Lock, Partial, beside};
use super::store::{Batch, Checkpoint, First, Run, Store};
use super::text::{Bytes, Frame};
use crate::error::Error;

/// What the checkpoint file holds.
#[derive(Debug, Serialize, Deserialize)]
struct Saved {
    /// Of this file's shape.
    version: u32,
    key: String,
    done: Checkpoint,
    /// Bytes of each file, and of the texts.
    lengths: Vec<u64>,
    texts: u64,
    /// Whether a record stands in each file, after which the next needs what stands between two.
    begun: Vec<bool>,
}

const VERSION: u32 = 1;

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
    texts: Partial,
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

/// Where an interrupted run left its checkpoint, if it did.
#[must_use]
pub fn interrupted(place: &Path) -> Option<PathBuf> {
    Some(beside(place, "run")).filter(|at| at.exists())
}

impl Store<Bytes> for Files {
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        let place = self.first().to_owned();
        let lock = Lock::take(&place)?;
        let at = beside(&place, "run");
        let saved = if run.resume { saved(&at, &run.key, self.places.len())? } else { None };
        if saved.is_none() {
            match fs::remove_file(&at) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::Io { path: at, expected: "a file that can be removed", source });
                }
                _ => {}
            }
        }
        let texts = Partial::open(&beside(&place, "texts"), saved.as_ref().map(|saved| saved.texts))?;
        if saved.is_some() {
            texts.reader().and_then(|file| {
                let mut file = BufReader::new(file);
                while let Some(first) = First::read(&mut file).map_err(|source| texts.refused(source))? {
                    seen(first);
                }
                Ok(())
            })?;
        }
        let mut files = Vec::with_capacity(self.places.len());
        for (n, (place, frame)) in self.places.iter().enumerate() {
            let mut file = Partial::open(place, saved.as_ref().map(|saved| saved.lengths[n]))?;
            if saved.is_none() {
                let head = frame.packing.pack(frame.head.to_vec());
                head.and_then(|head| file.write_all(&head)).map_err(|source| file.refused(source))?;
            }
            files.push(file);
        }
        let done = saved.as_ref().map(|saved| saved.done);
        self.open = Some(Open {
            key: run.key.clone(),
            done: done.unwrap_or_default(),
            begun: saved.as_ref().map_or_else(|| vec![false; files.len()], |saved| saved.begun.clone()),
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
                if open.begun[n] && !frame.between.is_empty() {
                    file.write_all(&frame.packing.pack(frame.between.to_vec())?)?;
                }
                file.write_all(&part)
            };
            let written = write();
            open.begun[n] = true;
            written.map_err(|source| file.refused(source))?;
        }
        let mut texts = Vec::new();
        for first in &batch.firsts {
            first.write(&mut texts);
        }
        open.texts.write_all(&texts).map_err(|source| open.texts.refused(source))?;
        open.done = batch.done;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        for file in open.files.iter().chain([&open.texts]) {
            file.sync()?;
        }
        let saved = Saved {
            version: VERSION,
            key: open.key.clone(),
            done: open.done,
            lengths: open.files.iter().map(Partial::length).collect(),
            texts: open.texts.length(),
            begun: open.begun.clone(),
        };
        let at = beside(&self.places[0].0, "run");
        save(&at, &saved).map_err(|source| Error::Io {
            path: at,
            expected: "a checkpoint that can be written",
            source,
        })?;
        open.saved = true;
        Ok(())
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        for (file, (_, frame)) in open.files.iter_mut().zip(&self.places) {
            if !frame.tail.is_empty() {
                let tail = frame.packing.pack(frame.tail.to_vec());
                tail.and_then(|tail| file.write_all(&tail)).map_err(|source| file.refused(source))?;
            }
            file.sync()?;
        }
        // Without its checkpoint a run that is killed from here on starts over: the files are never half new, half old.
        let _ = fs::remove_file(beside(&self.places[0].0, "run"));
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

/// The checkpoint that an interrupted run left, if it was the same run.
fn saved(at: &Path, key: &str, files: usize) -> Result<Option<Saved>, Error> {
    let fail = |source| Error::Io { path: at.to_owned(), expected: "a checkpoint of this program", source };
    let text = match fs::read(at) {
        Ok(text) => text,
        Err(none) if none.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(fail(source)),
    };
    let saved: Saved = serde_json::from_slice(&text).map_err(|broken| fail(broken.into()))?;
    if saved.version != VERSION || saved.key != key || saved.lengths.len() != files || saved.begun.len() != files {
        return Err(Error::Usage(format!(
            "--resume: expected the program, options and inputs of the interrupted run, found others (its checkpoint is \
             {}; without --resume the run starts over)",
            at.display()
        )));
    }
    Ok(Some(saved))
}

/// Writes the checkpoint: the old one or the new one is there at any moment, never half of one.
fn save(at: &Path, saved: &Saved) -> io::Result<()> {
    let new = at.with_extension("solieu-new");
    let mut file = fs::File::create(&new)?;
    file.write_all(&serde_json::to_vec(saved)?)?;
    file.sync_data()?;
    fs::rename(&new, at)
}
