//! What `extract` does with each article: "bài 1" is read, its claims found, and the record handed to the format; "bài 7"
//! with the same text points at it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::duplicates::{Register, Round};
use super::{Item, Job, Worked, guarded, internal};
use crate::article::Article;
use crate::article::document::{self, Unread};
use crate::claim;
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::Record;
use crate::sink::store::{Entry, First, Format, Missed, Tally, TextHash};

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
    /// The longest that one article may take; a longer one is unread. Nothing stops it before the next look at the clock.
    pub limit: Duration,
    /// The texts met so far, where duplicates are to point at the first; else every article is read.
    pub texts: Option<&'a Register>,
}

/// An article whose text is known.
struct Known {
    number: u64,
    source: String,
    text: TextHash,
    article: Article,
}

impl<F: Format> Job for Extraction<'_, F> {
    type Part = F::Part;

    fn work(&self, number: u64, items: Vec<Item>) -> Result<Worked<F::Part>, Error> {
        let mut tally = Tally::default();
        let mut missed = Vec::new();
        let mut known = Vec::with_capacity(items.len());
        for Item { number, raw } in items {
            let read = raw.and_then(|raw| {
                tally.bytes += raw.bytes.len() as u64;
                let source = raw.source.clone();
                let article = guarded(|| document::article(raw, self.options));
                let article = article.unwrap_or_else(|message| Err(internal(source.clone(), message)))?;
                Ok(Known { number, source, text: TextHash::of(&article.text), article })
            });
            match read {
                Ok(article) => known.push(article),
                Err(unread) => missed.push(Missed { unread, number }),
            }
        }
        let mut firsts = Vec::new();
        let read = match self.texts {
            None => known.iter().map(|known| self.record(known)).collect(),
            Some(texts) => {
                let hashes: Vec<TextHash> = known.iter().map(|known| known.text).collect();
                let (round, copies) = texts.enter(number, &hashes)?;
                self.each_text_once(&known, &copies, &round, &mut firsts)?
            }
        };
        let mut entries = Vec::with_capacity(known.len());
        for (Known { number, text, .. }, read) in known.into_iter().zip(read) {
            match read {
                Ok(record) => {
                    tally.articles += 1;
                    tally.claims += record.claims.len() as u64;
                    tally.faults += record.faults.len() as u64;
                    tally.inconsistent += u64::from(record.inconsistent());
                    tally.duplicates += u64::from(record.article.duplicate_of.is_some());
                    entries.push(Entry { number, text, record });
                }
                Err(unread) => missed.push(Missed { unread, number }),
            }
        }
        missed.sort_by_key(|missed| missed.number);
        tally.unread = missed.len() as u64;
        let part = self.format.encode(entries)?;
        Ok(Worked { part, missed, firsts, tally })
    }

    fn written(&self, number: u64, firsts: &[First]) -> Result<(), Error> {
        self.texts.map_or(Ok(()), |texts| texts.written(number, firsts))
    }

    fn remember(&self, first: &First) -> Result<(), Error> {
        self.texts.map_or(Ok(()), |texts| texts.remember(first))
    }

    fn size(&self, part: &F::Part) -> usize {
        self.format.size(part)
    }
}

impl<F> Extraction<'_, F> {
    fn record(&self, known: &Known) -> Result<Record, Unread> {
        let began = Instant::now();
        let late = || began.elapsed() > self.limit;
        let reading = guarded(|| {
            let reading = claim::read_unless(&known.article, self.lexicon, &late)?;
            Some(Record::new(&known.article, &reading))
        });
        match reading {
            Ok(Some(mut record)) => {
                if !self.with_text {
                    record.article.text = None;
                }
                Ok(record)
            }
            Ok(None) => {
                let (most, found) = (self.limit.as_secs_f64(), began.elapsed().as_secs_f64());
                let message =
                    format!("expected an article that is read in {most} seconds, found none after {found:.1}");
                Err(Unread { source: known.source.clone(), stage: "limit".to_owned(), message })
            }
            Err(message) => Err(internal(known.source.clone(), message)),
        }
    }

    /// The records of a batch, in which a text that was met before points at the first article with it.
    ///
    /// What may be a copy is left for the end: by then it is decided whether the other one is read.
    fn each_text_once(
        &self,
        known: &[Known],
        copies: &[bool],
        round: &Round<'_>,
        firsts: &mut Vec<First>,
    ) -> Result<Vec<Result<Record, Unread>>, Error> {
        let mut here: HashMap<TextHash, String> = HashMap::new();
        let read: Vec<Option<_>> = known
            .iter()
            .zip(copies)
            .map(|(known, copy)| {
                let again = here.insert(known.text, String::new()).is_some();
                (!copy && !again).then(|| self.record(known))
            })
            .collect();
        here.clear();
        let mut records = Vec::with_capacity(known.len());
        for (known, read) in known.iter().zip(read) {
            let first = match here.get(&known.text) {
                Some(id) => Some(id.clone()),
                None => round.first(known.text)?,
            };
            if let Some(first) = first {
                if !here.contains_key(&known.text) {
                    round.is_none(known.text);
                }
                records.push(Ok(Record::duplicate(&known.article, first)));
                continue;
            }
            let read = read.unwrap_or_else(|| self.record(known));
            // Where it could not be read, a copy later in this batch tries again by itself.
            if let Ok(record) = &read {
                let id = record.article.id.clone();
                round.is_first(known.text, &id);
                here.insert(known.text, id.clone());
                firsts.push(First { text: known.text, id });
            }
            records.push(read);
        }
        Ok(records)
    }
}
