//! The simplest job: some bytes of each article on its own, `{"id": 1 …}⏎`.

use super::{Item, Job, Worked, guarded, internal};
use crate::article::document::{Raw, Unread};
use crate::error::Error;
use crate::sink::store::{Missed, Tally};
use crate::sink::text::Bytes;

/// A job that makes some bytes of each article, on its own.
pub fn lines(read: impl Fn(Raw, &mut Vec<u8>) -> Result<(), Unread> + Sync) -> impl Job<Part = Bytes> {
    Lines(read)
}

struct Lines<F>(F);

impl<F: Fn(Raw, &mut Vec<u8>) -> Result<(), Unread> + Sync> Job for Lines<F> {
    type Part = Bytes;

    fn work(&self, _: u64, items: Vec<Item>) -> Result<Worked<Bytes>, Error> {
        let mut out = Vec::new();
        let mut missed = Vec::new();
        let mut tally = Tally::default();
        for Item { number, raw } in items {
            let before = out.len();
            let read = raw.and_then(|raw| {
                tally.bytes += raw.bytes.len() as u64;
                let source = raw.source.clone();
                guarded(|| (self.0)(raw, &mut out)).unwrap_or_else(|message| Err(internal(source, message)))
            });
            match read {
                Ok(()) => tally.articles += 1,
                Err(unread) => {
                    out.truncate(before);
                    missed.push(Missed { unread, number });
                }
            }
        }
        tally.unread = missed.len() as u64;
        let part = Bytes { records: out, ..Bytes::default() };
        Ok(Worked { part, missed, firsts: Vec::new(), tally })
    }

    fn size(&self, part: &Bytes) -> usize {
        part.records.capacity()
    }
}
