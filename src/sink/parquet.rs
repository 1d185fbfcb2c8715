//! One Parquet file with a row for each claim: "figures.parquet". Workers make the columns, the store encodes row groups
//! of about 131,072 rows, always the same ones for the same input, and puts them together at the end.
//!
//! A Parquet file cannot be gone on with, for what says where its rows are comes last. So each row group is a file of its
//! own in the hidden folder `.figures.parquet.solieu-groups`, and a checkpoint adds the rows that no row group has yet
//! (see `groups`). Going on takes these rows again, and comes to the same bytes as a run that nobody disturbed.

use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use serde::{Deserialize, Serialize};

use super::arrow::record_batches;
use super::checkpoint::{self, Saved, Texts};
use super::partial::{Lock, Partial};
use super::store::{Batch, Checkpoint, Entry, First, Format, Run, Store};
use crate::error::Error;
use groups::{Folder, Group, weight};

mod groups;

/// Rows after which a row group is closed.
const ROWS: usize = 128 << 10;

/// Bytes of words after which it is closed whatever its rows.
const HEAVY: usize = 256 << 20;

/// Bytes of words that wait in memory for the next checkpoint; what is more waits on the disk.
const WAITING: usize = 16 << 20;

/// Makes columns of records: the work that needs no turn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Claims;

impl Format for Claims {
    type Part = Vec<RecordBatch>;

    fn encode(&self, entries: Vec<Entry>) -> Result<Vec<RecordBatch>, Error> {
        record_batches(entries.iter().map(|entry| &entry.record))
            .map_err(|refused| Error::Internal(format!("expected claims that can be columns, found: {refused}")))
    }

    fn size(&self, part: &Vec<RecordBatch>) -> usize {
        part.iter().map(RecordBatch::get_array_memory_size).sum()
    }
}

/// What the checkpoint says of the row groups.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Kept {
    /// How many are whole.
    groups: u32,
    /// The first file of rows that none of them has.
    first: u32,
    /// One past the last.
    end: u32,
}

/// A Parquet file in the making.
#[derive(Debug)]
pub struct Parquet {
    place: PathBuf,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    key: String,
    done: Checkpoint,
    texts: Texts,
    folder: Folder,
    kept: Kept,
    group: Group,
    /// Rows of the group that are in no file, and the bytes of their words.
    waiting: Vec<RecordBatch>,
    weight: usize,
    /// Files of rows that are in a row group by now, which the checkpoint on the disk may still speak of.
    old: std::ops::Range<u32>,
    /// Whether a checkpoint is on the disk: then the folder is worth keeping when the run ends early.
    saved: bool,
    _lock: Lock,
}

impl Parquet {
    /// The file at `place`.
    #[must_use]
    pub fn new(place: PathBuf) -> Self {
        Self { place, open: None }
    }
}

impl Open {
    /// Takes rows into the row group, and closes it when it is full.
    fn add(&mut self, batch: RecordBatch, is_new: bool) -> Result<(), Error> {
        self.group.add(&batch).map_err(|source| self.folder.refused(source))?;
        if is_new {
            self.weight += weight(&batch);
            self.waiting.push(batch);
        }
        if self.group.rows() >= ROWS || self.group.weight() >= HEAVY {
            self.close()?;
        } else if self.weight >= WAITING {
            self.spill()?;
        }
        Ok(())
    }

    /// Makes a file of the row group, if it has rows.
    fn close(&mut self) -> Result<(), Error> {
        if self.group.rows() == 0 {
            return Ok(());
        }
        let next = Group::new().map_err(|source| self.folder.refused(source))?;
        let bytes = std::mem::replace(&mut self.group, next).close();
        bytes
            .and_then(|bytes| self.folder.write_group(self.kept.groups, &bytes))
            .map_err(|e| self.folder.refused(e))?;
        self.kept.groups += 1;
        self.kept.first = self.kept.end;
        self.old.end = self.kept.end;
        self.waiting.clear();
        self.weight = 0;
        Ok(())
    }

    /// Makes a file of the rows that wait, if there are any.
    fn spill(&mut self) -> Result<(), Error> {
        if !self.waiting.is_empty() {
            self.folder.write_rows(self.kept.end, &self.waiting).map_err(|source| self.folder.refused(source))?;
            self.kept.end += 1;
            self.waiting.clear();
            self.weight = 0;
        }
        Ok(())
    }
}

impl Store<Vec<RecordBatch>> for Parquet {
    fn begin(&mut self, run: &Run, seen: &mut dyn FnMut(First)) -> Result<Option<Checkpoint>, Error> {
        let lock = Lock::take(&self.place)?;
        let saved = Saved::begin(&self.place, run, |kept: &Kept| kept.first <= kept.end)?;
        let texts = Texts::open(&self.place, saved.as_ref().map(|saved| saved.texts), seen)?;
        let folder = Folder::open(&self.place, saved.is_some())?;
        let group = Group::new().map_err(|source| folder.refused(source))?;
        let done = saved.as_ref().map(|saved| saved.done);
        let kept = saved.map_or(Kept { groups: 0, first: 0, end: 0 }, |saved| saved.state);
        let mut open = Open {
            key: run.key.clone(),
            done: done.unwrap_or_default(),
            texts,
            folder,
            kept,
            group,
            waiting: Vec::new(),
            weight: 0,
            old: kept.first..kept.first,
            saved: done.is_some(),
            _lock: lock,
        };
        for n in kept.first..kept.end {
            for batch in open.folder.rows(n)? {
                open.add(batch, false)?;
            }
        }
        self.open = Some(open);
        Ok(done)
    }

    fn take(&mut self, batch: Batch<Vec<RecordBatch>>) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        for rows in batch.part {
            open.add(rows, true)?;
        }
        open.texts.add(&batch.firsts)?;
        open.done = batch.done;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.spill()?;
        open.texts.sync()?;
        Saved::new(&open.key, open.done, open.texts.length(), open.kept).write(&self.place)?;
        open.saved = true;
        open.folder.forget(std::mem::replace(&mut open.old, open.kept.first..open.kept.first));
        Ok(())
    }

    fn finish(&mut self, _: &Checkpoint) -> Result<(), Error> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.close()?;
        let mut file = Partial::open(&self.place, None)?;
        if let Err(source) = open.folder.join(open.kept.groups, &mut file) {
            let refused = file.refused(source);
            file.discard();
            return Err(refused);
        }
        file.finish()?;
        // Killed before this, the run is gone on with, and the file is made once more.
        checkpoint::forget(&self.place)?;
        if let Some(open) = self.open.take() {
            open.texts.discard();
            open.folder.discard();
        }
        Ok(())
    }
}

impl Drop for Parquet {
    fn drop(&mut self) {
        if let Some(open) = self.open.take()
            && !open.saved
        {
            open.texts.discard();
            open.folder.discard();
        }
    }
}

/// Whether a place can be a Parquet file: one that can be put together beside it and renamed.
///
/// # Errors
/// [`Error::Usage`] when it is a stream or a device.
pub fn place(place: Option<&Path>) -> Result<PathBuf, Error> {
    let expected = |found: &str| Error::Usage(format!("expected a file for Parquet (-o FILE), found {found}"));
    match super::Output::resumable(place)? {
        Some(place) => Ok(place),
        None if place.is_none() => Err(expected("standard output")),
        None => Err(expected("a stream")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use arrow::array::AsArray as _;
    use arrow::datatypes::Int64Type;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;
    use crate::record::{Record, specimen};
    use crate::sink::store::TextHash;

    fn run(resume: bool) -> Run {
        Run { key: "k".to_owned(), arguments: Vec::new(), resume }
    }

    /// A batch of so many claims, of which each has its own number.
    fn batch(n: u64, claims: u32) -> Batch<Vec<RecordBatch>> {
        let (article, reading) = specimen::reading();
        let mut record = Record::new(&article, &reading);
        record.claims = vec![record.claims[0].clone(); claims as usize];
        for (at, claim) in (0..).zip(&mut record.claims) {
            claim.statement = u32::try_from(n).unwrap() * 100_000 + at;
        }
        let entry = Entry { number: n, text: TextHash::of("x"), record };
        let done = Checkpoint { inputs: n, ..Checkpoint::default() };
        Batch { part: Claims.encode(vec![entry]).unwrap(), missed: Vec::new(), firsts: Vec::new(), done }
    }

    fn statements(place: &Path) -> (Vec<i64>, Vec<i64>) {
        let builder = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(place).unwrap()).unwrap();
        let groups = builder.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        let rows = builder.build().unwrap().flat_map(|batch| {
            let batch = batch.unwrap();
            assert_eq!(batch.schema().fields(), crate::sink::arrow::schema().fields());
            batch["statement"].as_primitive::<Int64Type>().values().to_vec()
        });
        (rows.collect(), groups)
    }

    #[test]
    fn a_run_that_stopped_goes_on_to_the_same_bytes() {
        let at = tempfile::tempdir().unwrap();
        let (whole, stopped) = (at.path().join("whole.parquet"), at.path().join("stopped.parquet"));
        let sizes = [5, 70_000, 0, 70_000, 3, 90_000, 7];
        let batches = || (1..).zip(sizes).map(|(n, claims)| batch(n, claims));
        let mut store = Parquet::new(whole.clone());
        assert_eq!(store.begin(&run(false), &mut |_| ()).unwrap(), None);
        batches().try_for_each(|batch| store.take(batch)).unwrap();
        store.finish(&Checkpoint::default()).unwrap();
        let (rows, groups) = statements(&whole);
        let expected =
            (1_i64..).zip(sizes).flat_map(|(n, claims)| (0..i64::from(claims)).map(move |at| n * 100_000 + at));
        assert_eq!(rows, expected.collect::<Vec<_>>());
        assert!(groups.len() == 2 && groups[0] >= 128 << 10, "{groups:?}");

        let mut done = 0;
        loop {
            let mut store = Parquet::new(stopped.clone());
            let checkpoint = store.begin(&run(true), &mut |_| ()).unwrap();
            assert_eq!(checkpoint.map_or(0, |done| done.inputs), done);
            let mut rest = batches().skip(usize::try_from(done).unwrap());
            let Some(next) = rest.next() else {
                store.finish(&Checkpoint::default()).unwrap();
                break;
            };
            store.take(next).unwrap();
            store.commit().unwrap();
            // What comes after the checkpoint is lost with the run.
            rest.next().into_iter().try_for_each(|batch| store.take(batch)).unwrap();
            done += 1;
        }
        assert!(fs::read(&whole).unwrap() == fs::read(&stopped).unwrap(), "other bytes");
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 2);
    }

    #[test]
    fn no_claims_are_a_file_with_columns_and_no_rows() {
        let at = tempfile::tempdir().unwrap();
        let place = at.path().join("none.parquet");
        let mut store = Parquet::new(place.clone());
        store.begin(&run(false), &mut |_| ()).unwrap();
        store.take(batch(1, 0)).unwrap();
        store.finish(&Checkpoint::default()).unwrap();
        assert_eq!(statements(&place), (Vec::new(), Vec::new()));
        let builder = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&place).unwrap()).unwrap();
        assert_eq!(builder.schema(), &crate::sink::arrow::schema());
    }

    #[test]
    fn rows_that_are_gone_are_told_and_a_run_that_fails_leaves_nothing() {
        let at = tempfile::tempdir().unwrap();
        let place = at.path().join("so-lieu.parquet");
        let mut store = Parquet::new(place.clone());
        store.begin(&run(false), &mut |_| ()).unwrap();
        store.take(batch(1, 3)).unwrap();
        drop(store);
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 0);

        let mut store = Parquet::new(place.clone());
        store.begin(&run(false), &mut |_| ()).unwrap();
        store.take(batch(1, 3)).unwrap();
        store.commit().unwrap();
        drop(store);
        fs::remove_dir_all(at.path().join(".so-lieu.parquet.solieu-groups")).unwrap();
        let told = Parquet::new(place).begin(&run(true), &mut |_| ()).unwrap_err().to_string();
        assert!(told.contains("expected all that an interrupted run has written"), "{told}");
    }
}
