//! What `extract` does with each article: "bài 1" is read, its claims found, and the record handed to the format.

use super::{Item, Job, Worked, guarded, internal};
use crate::article::document;
use crate::claim;
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::Record;
use crate::sink::store::{Entry, Format, Missed, Tally, TextHash};

/// Articles become records.
#[derive(Debug, Clone, Copy)]
pub struct Extraction<'a, F> {
    /// How the records are written.
    pub format: &'a F,
    /// How the articles are read.
    pub options: &'a document::Options,
    /// The words to read claims with.
    pub lexicon: &'a Lexicon,
    /// Whether the text goes into the record.
    pub with_text: bool,
}

impl<F: Format> Job for Extraction<'_, F> {
    type Part = F::Part;

    fn work(&self, items: Vec<Item>) -> Result<Worked<F::Part>, Error> {
        let mut tally = Tally::default();
        let mut missed = Vec::new();
        let mut entries = Vec::with_capacity(items.len());
        for Item { number, raw } in items {
            let read = raw.and_then(|raw| {
                tally.bytes += raw.bytes.len() as u64;
                let source = raw.source.clone();
                guarded(|| {
                    let article = document::article(raw, self.options)?;
                    Ok(self.entry(number, &article))
                })
                .unwrap_or_else(|message| Err(internal(source, message)))
            });
            match read {
                Ok(entry) => {
                    tally.articles += 1;
                    tally.claims += entry.record.claims.len() as u64;
                    tally.faults += entry.record.faults.len() as u64;
                    tally.inconsistent += u64::from(entry.record.inconsistent());
                    entries.push(entry);
                }
                Err(unread) => missed.push(Missed { unread, number }),
            }
        }
        tally.unread = missed.len() as u64;
        let part = self.format.encode(entries)?;
        Ok(Worked { part, missed, firsts: Vec::new(), tally })
    }

    fn size(&self, part: &F::Part) -> usize {
        self.format.size(part)
    }
}

impl<F> Extraction<'_, F> {
    fn entry(&self, number: u64, article: &crate::Article) -> Entry {
        let mut record = Record::new(article, &claim::read_with(article, self.lexicon));
        if !self.with_text {
            record.article.text = None;
        }
        Entry { number, text: TextHash::of(&article.text), record }
    }
}
