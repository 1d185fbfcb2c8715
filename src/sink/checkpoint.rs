//! What a run leaves beside its output so that it can be gone on with: how far it is (`.so-lieu.jsonl.solieu-run`) and
//! the texts that it has met (`.so-lieu.jsonl.solieu-texts.solieu-part`). Each kind of output adds what it must know.

use std::fs;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::partial::{Partial, beside};
use super::store::{Checkpoint, First, Run};
use crate::error::Error;

/// What the checkpoint file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Saved<State> {
    /// Of this file's shape.
    version: u32,
    key: String,
    pub(super) done: Checkpoint,
    /// Bytes of the texts.
    pub(super) texts: u64,
    /// What the output itself must know.
    #[serde(flatten)]
    pub(super) state: State,
}

const VERSION: u32 = 1;

fn at(place: &Path) -> PathBuf {
    beside(place, "run")
}

impl<State: Serialize + DeserializeOwned> Saved<State> {
    pub(super) fn new(key: &str, done: Checkpoint, texts: u64, state: State) -> Self {
        Self { version: VERSION, key: key.to_owned(), done, texts, state }
    }

    /// The checkpoint that an interrupted run left, when it is to be gone on with and was the same run; else there is none
    /// any more.
    pub(super) fn begin(place: &Path, run: &Run, fits: impl Fn(&State) -> bool) -> Result<Option<Self>, Error> {
        let at = at(place);
        if !run.resume {
            return forget(place).map(|()| None);
        }
        let fail = |source| Error::Io { path: at.clone(), expected: "a checkpoint of this program", source };
        let text = match fs::read(&at) {
            Ok(text) => text,
            Err(none) if none.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(fail(source)),
        };
        let saved: Self = serde_json::from_slice(&text).map_err(|broken| fail(broken.into()))?;
        if saved.version != VERSION || saved.key != run.key || !fits(&saved.state) {
            return Err(Error::Usage(format!(
                "--resume: expected the program, options and inputs of the interrupted run, found others (its checkpoint \
                 is {}; without --resume the run starts over)",
                at.display()
            )));
        }
        Ok(Some(saved))
    }

    /// Writes it: the old one or the new one is there at any moment, never half of one.
    pub(super) fn write(&self, place: &Path) -> Result<(), Error> {
        let at = at(place);
        let new = at.with_extension("solieu-new");
        let write = || -> io::Result<()> {
            let mut file = fs::File::create(&new)?;
            file.write_all(&serde_json::to_vec(self)?)?;
            file.sync_data()?;
            fs::rename(&new, &at)
        };
        write().map_err(|source| Error::Io { path: at.clone(), expected: "a checkpoint that can be written", source })
    }
}

/// Removes the checkpoint: what is killed from here on starts over.
pub(super) fn forget(place: &Path) -> Result<(), Error> {
    let at = at(place);
    match fs::remove_file(&at) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::Io { path: at, expected: "a file that can be removed", source })
        }
        _ => Ok(()),
    }
}

/// The texts that a run has met.
#[derive(Debug)]
pub(super) struct Texts(Partial);

impl Texts {
    /// Begins them, or goes on after `keep` bytes, all of which `seen` is told.
    pub(super) fn open(place: &Path, keep: Option<u64>, seen: &mut dyn FnMut(First)) -> Result<Self, Error> {
        let texts = Partial::open(&beside(place, "texts"), keep)?;
        if keep.is_some() {
            let mut file = BufReader::new(texts.reader()?);
            while let Some(first) = First::read(&mut file).map_err(|source| texts.refused(source))? {
                seen(first);
            }
        }
        Ok(Self(texts))
    }

    pub(super) fn add(&mut self, firsts: &[First]) -> Result<(), Error> {
        let mut bytes = Vec::new();
        for first in firsts {
            first.write(&mut bytes);
        }
        self.0.write_all(&bytes).map_err(|source| self.0.refused(source))
    }

    pub(super) fn length(&self) -> u64 {
        self.0.length()
    }

    pub(super) fn sync(&self) -> Result<(), Error> {
        self.0.sync()
    }

    pub(super) fn discard(self) {
        self.0.discard();
    }
}
