//! The door of a run to whatever keeps its records: files, SQLite, PostgreSQL, Parquet. "bài 1 … bài 40" are one
//! [`Batch`]; a worker makes what it can of it without waiting ([`Format`]), and the [`Store`] takes the batches one
//! by one in the order of the input, each with the [`Checkpoint`] that it reaches.
//!
//! A new store is one file with a `Format` and a `Store`, and an arm in `surface/cli/extract.rs`.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::article::document::Unread;
use crate::error::Error;
use crate::record::Record;

/// What a run has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Articles written, duplicates among them.
    pub articles: u64,
    /// Claims written.
    pub claims: u64,
    /// Faults that ride along in records.
    pub faults: u64,
    /// Articles with an inconsistent check.
    pub inconsistent: u64,
    /// Articles that could not be read.
    pub unread: u64,
    /// Articles that only point at an earlier one with the same text.
    pub duplicates: u64,
    /// Bytes of input.
    pub bytes: u64,
}

impl Tally {
    /// Adds what another part of the run did.
    pub fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.claims += other.claims;
        self.faults += other.faults;
        self.inconsistent += other.inconsistent;
        self.unread += other.unread;
        self.duplicates += other.duplicates;
        self.bytes += other.bytes;
    }
}

/// Where a run stands. It is committed together with the rows that it covers, as JSON or in columns of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Raw articles taken from the input so far, whatever became of them. A resumed run passes over as many.
    pub inputs: u64,
    /// Bytes written to the file of errors (`--errors`), to which a resumed run cuts it back.
    pub told: u64,
    /// What the run has done up to here.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Which run this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The same for the same program, options and inputs (paths, sizes, times of change), and for nothing else.
    pub key: String,
    /// The command as it was typed, without the program's name and `--resume`: bookkeeping for people.
    pub arguments: Vec<String>,
    /// Whether to go on where an earlier run with this key stopped (`--resume`), else to start over.
    pub resume: bool,
}

/// The first 128 bits of the SHA-256 of an article's text: what two articles with the same text share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash(pub [u8; 16]);

impl TextHash {
    /// The hash of a normalised text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut hash = [0; 16];
        hash.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
        Self(hash)
    }
}

/// One article that was read.
#[derive(Debug)]
pub struct Entry {
    /// Which article of the input it is, counted from 1; stable for the same input.
    pub number: u64,
    /// The hash of its text, which stays when `--no-text` takes the text itself out of the record.
    pub text: TextHash,
    /// What is to be written. Where `article.duplicate_of` is set there are no claims, checks or text, and `article.id`
    /// may be the very id that it points at (same text, no id given): it must never replace the first article's rows.
    /// What tells such articles apart is `article.source`.
    pub record: Record,
}

/// One article that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Source, stage and message.
    #[serde(flatten)]
    pub unread: Unread,
    /// Which article of the input it is, counted from 1.
    pub number: u64,
}

/// An article that later ones with the same text point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// The hash of its text.
    pub text: TextHash,
    /// Its id.
    pub id: String,
}

impl First {
    /// Appends it to `out`: 16 bytes of hash, 4 of length, the id.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let length = u32::try_from(self.id.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&self.text.0);
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&self.id.as_bytes()[..length as usize]);
    }

    /// The next one of what [`First::write`] wrote; none at the end.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let mut text = [0; 16];
        match from.read_exact(&mut text[..1]) {
            Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        from.read_exact(&mut text[1..])?;
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        let mut id = String::new();
        if from.take(length.into()).read_to_string(&mut id)? != length as usize {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some(Self { text: TextHash(text), id }))
    }
}

/// What some consecutive articles of the input came to. The same input gives the same batches, whatever the number of
/// workers and wherever a run was resumed.
#[derive(Debug)]
pub struct Batch<Part> {
    /// What the format made of the articles that were read.
    pub part: Part,
    /// Those of the batch that could not be read. (The file of errors is not the store's business.)
    pub missed: Vec<Missed>,
    /// The texts that were met here for the first time, in order: what [`Store::begin`] must tell when the run is
    /// resumed. Empty where duplicates are kept as they are.
    pub firsts: Vec<First>,
    /// Where the run stands once this batch is taken.
    pub done: Checkpoint,
}

/// What workers do for a store, side by side: the work on a batch that needs no turn.
pub trait Format: Sync {
    /// What is made of a batch: bytes, prepared rows, or the entries themselves.
    type Part: Send;

    /// The articles of one batch, in the order of the input, made ready for the store. The same entries always give the
    /// same part.
    ///
    /// # Errors
    /// When a record has no form here; the run stops.
    fn encode(&self, entries: Vec<Entry>) -> Result<Self::Part, Error>;

    /// Bytes that a part holds in memory, about: what waits for its turn is bounded by it.
    fn size(&self, part: &Self::Part) -> usize;
}

/// Keeps the records of a run.
pub trait Store<Part>: Send {
    /// Called once, before anything else. When `run.resume` and an earlier run with the same key stopped before its end:
    /// makes the store as it was at that run's last commit, tells `seen` every [`First`] up to there in the order they
    /// came, and returns the checkpoint. Else starts anew and returns none.
    ///
    /// # Errors
    /// When the store cannot be used: another run is writing it, it belongs to a newer program, nothing can be written.
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error>;

    /// Takes the next batch. After a kill at any moment either all of a batch and its checkpoint are kept, or neither.
    /// It may be committed here or by the next [`commit`](Store::commit).
    ///
    /// # Errors
    /// When the store refuses (full disk, database gone); the run stops, and what was committed stays.
    fn take(&mut self, batch: Batch<Part>) -> Result<(), Error>;

    /// Makes everything taken so far, and the checkpoint of the last batch, proof against a kill. Called every few seconds
    /// and before a run ends early.
    ///
    /// # Errors
    /// As [`take`](Store::take).
    fn commit(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// The input is at its end and everything was taken: commits, and the run leaves nothing to resume.
    ///
    /// # Errors
    /// As [`take`](Store::take).
    fn finish(&mut self, done: &Checkpoint) -> Result<(), Error>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_comes_back_from_its_json() {
        let tally = Tally { articles: 3, duplicates: 1, bytes: u64::MAX, ..Tally::default() };
        let done = Checkpoint { inputs: 4, told: 9, tally };
        let json = serde_json::to_string(&done).unwrap();
        assert_eq!(serde_json::from_str::<Checkpoint>(&json).unwrap(), done, "{json}");
    }

    #[test]
    fn the_same_text_has_the_same_hash() {
        assert_eq!(TextHash::of("48/52 hộ"), TextHash::of("48/52 hộ"));
        assert_ne!(TextHash::of("48/52 hộ"), TextHash::of("48/52 hộ "));
    }
}
