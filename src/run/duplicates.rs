//! Which articles have a text that was met before: "bài 7" with the words of "bài 2" points at it and is not read again.
//!
//! The first in the input is the first, whatever the number of workers. A batch registers the texts of its articles as
//! soon as they are known, long before their claims are found; when it comes to settle which of them are copies, every
//! earlier batch has nearly always registered too, so nobody waits. What was written is held as 16 bytes an article
//! (in a table that doubles: 19 to 39 in memory); hash and id are in a temporary file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::{Condvar, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::hold;
use crate::error::Error;
use crate::sink::store::{First, TextHash};

/// Bytes of the temporary file that wait to be written together.
const TAIL: usize = 64 << 10;

/// The texts of a run so far.
#[derive(Debug, Default)]
pub struct Register {
    texts: Mutex<Texts>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Texts {
    known: Known,
    /// Texts of batches that are not written yet, by batch.
    pending: BTreeMap<(TextHash, u64), State>,
    /// Every batch before this one has registered …
    frontier: u64,
    /// … and these after it.
    ahead: BTreeSet<u64>,
}

#[derive(Debug, Clone)]
enum State {
    /// It may yet turn out unreadable, or a copy.
    Open,
    /// It is the first with its text, and has this id.
    First(String),
}

impl Register {
    /// A text that an earlier, interrupted run has written.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn remember(&self, first: &First) -> Result<(), Error> {
        hold(&self.texts).known.add(first).map_err(refused)
    }

    /// Begins batch `number` with these texts. For each: whether it may be a copy.
    pub(super) fn enter(&self, number: u64, texts: &[TextHash]) -> Result<(Round<'_>, Vec<bool>), Error> {
        let round = Round { register: self, number, texts: texts.to_vec() };
        let mut all = hold(&self.texts);
        all.entered(number);
        let mut copies = Vec::with_capacity(texts.len());
        for &text in texts {
            let met = all.pending.range((text, 0)..(text, number)).next().is_some();
            copies.push(met || all.known.find(text).map_err(refused)?.is_some());
            all.pending.insert((text, number), State::Open);
        }
        drop(all);
        self.changed.notify_all();
        Ok((round, copies))
    }

    /// Batch `number` is written: its texts are known from now on.
    pub(super) fn written(&self, number: u64, firsts: &[First]) -> Result<(), Error> {
        let mut all = hold(&self.texts);
        for first in firsts {
            all.known.add(first).map_err(refused)?;
            all.pending.remove(&(first.text, number));
        }
        Ok(())
    }
}

impl Texts {
    fn entered(&mut self, number: u64) {
        if number >= self.frontier {
            self.ahead.insert(number);
        }
        while self.ahead.remove(&self.frontier) {
            self.frontier += 1;
        }
    }
}

/// A batch at work on its texts. When it ends, well or not, nobody waits for it any more.
#[derive(Debug)]
pub(super) struct Round<'a> {
    register: &'a Register,
    number: u64,
    texts: Vec<TextHash>,
}

impl Round<'_> {
    /// The id of the first article with this text in an earlier batch, once that is decided.
    pub(super) fn first(&self, text: TextHash) -> Result<Option<String>, Error> {
        let mut all = hold(&self.register.texts);
        loop {
            if all.frontier >= self.number {
                if let Some(id) = all.known.find(text).map_err(refused)? {
                    return Ok(Some(id));
                }
                match all.pending.range((text, 0)..(text, self.number)).next() {
                    None => return Ok(None),
                    Some((_, State::First(id))) => return Ok(Some(id.clone())),
                    Some((_, State::Open)) => {}
                }
            }
            all = self.register.changed.wait(all).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The article `id` of this batch is the first with its text.
    pub(super) fn is_first(&self, text: TextHash, id: &str) {
        hold(&self.register.texts).pending.insert((text, self.number), State::First(id.to_owned()));
        self.register.changed.notify_all();
    }

    /// The article of this batch with this text is a copy, or could not be read.
    pub(super) fn is_none(&self, text: TextHash) {
        hold(&self.register.texts).pending.remove(&(text, self.number));
        self.register.changed.notify_all();
    }
}

impl Drop for Round<'_> {
    fn drop(&mut self) {
        let mut all = hold(&self.register.texts);
        for &text in &self.texts {
            if let Some(State::Open) = all.pending.get(&(text, self.number)) {
                all.pending.remove(&(text, self.number));
            }
        }
        drop(all);
        self.register.changed.notify_all();
    }
}

fn refused(source: io::Error) -> Error {
    Error::Io { path: std::env::temp_dir(), expected: "a temporary file for the texts met so far", source }
}

/// Texts of articles that are written.
#[derive(Debug, Default)]
struct Known {
    /// The first 64 bits of the hash (or the next free number) → where the rest is.
    table: FxHashMap<u64, u64>,
    file: Option<File>,
    /// Bytes in the file, and those that are not there yet.
    length: u64,
    tail: Vec<u8>,
}

impl Known {
    fn find(&mut self, text: TextHash) -> io::Result<Option<String>> {
        let mut key = start(text);
        while let Some(&at) = self.table.get(&key) {
            let (hash, id) = self.at(at)?;
            if hash == text {
                return Ok(Some(id));
            }
            key = key.wrapping_add(1);
        }
        Ok(None)
    }

    fn add(&mut self, first: &First) -> io::Result<()> {
        let mut key = start(first.text);
        while self.table.contains_key(&key) {
            key = key.wrapping_add(1);
        }
        self.table.insert(key, self.length + self.tail.len() as u64);
        first.write(&mut self.tail);
        if self.tail.len() >= TAIL {
            let file = match &mut self.file {
                Some(file) => file,
                none => none.insert(tempfile::tempfile()?),
            };
            file.seek(SeekFrom::End(0))?;
            file.write_all(&self.tail)?;
            self.length += self.tail.len() as u64;
            self.tail.clear();
        }
        Ok(())
    }

    fn at(&mut self, at: u64) -> io::Result<(TextHash, String)> {
        let first = match (at.checked_sub(self.length), &mut self.file) {
            (None, Some(file)) => {
                file.seek(SeekFrom::Start(at))?;
                First::read(&mut io::BufReader::with_capacity(256, &mut *file))?
            }
            (into, _) => {
                let into = usize::try_from(into.unwrap_or_default()).unwrap_or(usize::MAX);
                First::read(&mut self.tail.get(into..).unwrap_or_default())?
            }
        };
        let first = first.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok((first.text, first.id))
    }
}

fn start(text: TextHash) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&text.0[..8]);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: u64) -> TextHash {
        TextHash::of(&format!("Xã có {n} hộ."))
    }

    fn first(n: u64) -> First {
        First { text: text(n), id: format!("bài {n}") }
    }

    #[test]
    fn what_was_written_is_found_in_memory_and_in_the_file() {
        let mut known = Known::default();
        for n in 0..5000 {
            known.add(&first(n)).unwrap();
        }
        assert!(known.length > 0 && !known.tail.is_empty());
        for n in [0, 1, 77, 4998, 4999] {
            assert_eq!(known.find(text(n)).unwrap(), Some(format!("bài {n}")));
        }
        assert_eq!(known.find(text(5000)).unwrap(), None);
    }

    #[test]
    fn two_texts_with_the_same_beginning_of_a_hash_are_told_apart() {
        let mut known = Known::default();
        for end in 1..4 {
            let mut hash = [7; 16];
            hash[15] = end;
            assert_eq!(known.find(TextHash(hash)).unwrap(), None);
            known.add(&First { text: TextHash(hash), id: end.to_string() }).unwrap();
            assert_eq!(known.find(TextHash(hash)).unwrap(), Some(end.to_string()));
        }
    }

    #[test]
    fn a_later_batch_waits_for_what_an_earlier_one_decides() {
        let register = Register::default();
        let (second, copies) = register.enter(1, &[text(1)]).unwrap();
        assert_eq!(copies, [false]);
        let (zeroth, _) = register.enter(0, &[text(1), text(2)]).unwrap();
        let (second, register) = (&second, &register);
        let answer = std::thread::scope(|scope| {
            let asked = scope.spawn(|| second.first(text(1)));
            zeroth.is_first(text(1), "bài đầu");
            asked.join().unwrap()
        });
        assert_eq!(answer.unwrap().as_deref(), Some("bài đầu"));
        zeroth.is_none(text(2));
        assert_eq!(second.first(text(2)).unwrap(), None);
        register.written(0, &[First { text: text(1), id: "bài đầu".to_owned() }]).unwrap();
        assert_eq!(second.first(text(1)).unwrap().as_deref(), Some("bài đầu"));
    }
}
