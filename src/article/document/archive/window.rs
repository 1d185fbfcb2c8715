//! A stretch of a stream that can be looked at before it is taken: the 30 bytes of a zip header, or the next of them.

use std::io::{self, Read};

use super::{HEAD, Source};

/// The bytes at hand of a stream, and where in it they stand.
pub(super) struct Window {
    source: Box<dyn Source>,
    held: Vec<u8>,
    from: usize,
    at: u64,
}

impl Window {
    pub(super) fn of(source: Box<dyn Source>) -> Self {
        Self { source, held: Vec::with_capacity(2 * HEAD), from: 0, at: 0 }
    }

    /// The stream again.
    pub(super) fn into_source(self) -> Box<dyn Source> {
        self.source
    }

    /// Where the first of [`Self::bytes`] stands.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.held[self.from..]
    }

    /// Has at least `n` bytes at hand, if there are so many.
    pub(super) fn need(&mut self, n: usize) -> io::Result<bool> {
        while self.held.len() - self.from < n {
            if self.from > 0 {
                self.held.drain(..self.from);
                self.from = 0;
            }
            let had = self.held.len();
            self.held.resize(had + HEAD.max(n - had), 0);
            let read = self.source.read(&mut self.held[had..]);
            self.held.truncate(had + read.as_ref().map_or(0, |n| *n));
            match read {
                Ok(0) => return Ok(false),
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(true)
    }

    /// Takes `n` of the bytes at hand.
    pub(super) fn take(&mut self, n: usize) {
        let n = n.min(self.held.len() - self.from);
        self.from += n;
        self.at += n as u64;
    }

    /// Passes over `n` bytes; whether there were so many.
    pub(super) fn skip(&mut self, n: u64) -> io::Result<bool> {
        let held = (self.held.len() - self.from) as u64;
        let now = held.min(n);
        self.take(usize::try_from(now).unwrap_or(usize::MAX));
        let passed = super::skip(&mut self.source, n - now)?;
        self.at += passed;
        Ok(passed == n - now)
    }

    /// Goes to the next place where one of the marks (of four bytes) stands; whether there is one.
    pub(super) fn seek(&mut self, marks: &[[u8; 4]]) -> io::Result<bool> {
        loop {
            if !self.need(4)? {
                let rest = self.bytes().len();
                self.take(rest);
                return Ok(false);
            }
            let first = marks.iter().filter_map(|mark| memchr::memmem::find(self.bytes(), mark)).min();
            match first {
                Some(n) => {
                    self.take(n);
                    return Ok(true);
                }
                None => self.take(self.bytes().len() - 3),
            }
        }
    }
}
