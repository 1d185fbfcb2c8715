//! Many articles at once: the only folder that knows about threads.
//!
//! Every worker does the same round: take the next batch of articles ("số 1", "số 2" …), do the job on them, hand in
//! what they came to. Whoever holds the batch whose turn it is gives it to the store, and all that wait behind it. So
//! the store sees the order of the input whatever the number of workers, one worker needs no thread at all, and what
//! is in memory is bounded by the bytes under way.

mod duplicates;
mod extraction;
mod guard;
mod lines;
mod shard;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::article::document::{Raw, Unread};
use crate::error::Error;
use crate::sink::store::{Batch, Checkpoint, First, Missed, Run, Store, Tally};

pub use duplicates::Register;
pub use extraction::Extraction;
use guard::{guarded, quiet_panics};
pub use lines::lines;
pub use shard::Shard;

/// Input bytes in a batch: large enough that taking turns costs nothing, small enough to share out evenly.
const BATCH: usize = 256 << 10;
/// What an article costs in a batch beyond its bytes.
const OVERHEAD: usize = 256;
/// Bytes under way, for each worker and in all: input that is being read, and output that waits for its turn.
const AHEAD: usize = 8 << 20;
const AHEAD_IN_ALL: usize = 24 << 20;
/// Stack of a worker: what the main thread has, so that one worker and many can read the same page.
const STACK: usize = 8 << 20;

/// One article of the input, or what became of it.
#[derive(Debug)]
pub struct Item {
    /// Which of the input it is, counted from 1.
    pub number: u64,
    /// The article as it came.
    pub raw: Result<Raw, Unread>,
}

/// What a job made of some consecutive articles.
#[derive(Debug)]
pub struct Worked<Part> {
    /// What is handed to the store.
    pub part: Part,
    /// The articles that could not be read.
    pub missed: Vec<Missed>,
    /// The texts that were met for the first time.
    pub firsts: Vec<First>,
    /// What was done.
    pub tally: Tally,
}

/// What workers do with articles, side by side.
pub trait Job: Sync {
    /// What it makes of a batch.
    type Part: Send;

    /// Does it; batches are numbered from 0. An article that makes it panic should be among the missed.
    ///
    /// # Errors
    /// What stops the run.
    fn work(&self, number: u64, items: Vec<Item>) -> Result<Worked<Self::Part>, Error>;

    /// The store has taken batch `number`.
    ///
    /// # Errors
    /// What stops the run.
    fn written(&self, _number: u64, _firsts: &[First]) -> Result<(), Error> {
        Ok(())
    }

    /// An interrupted run, which this one goes on with, has met this text.
    ///
    /// # Errors
    /// What stops the run.
    fn remember(&self, _first: &First) -> Result<(), Error> {
        Ok(())
    }

    /// Bytes that a part holds in memory, about.
    fn size(&self, part: &Self::Part) -> usize;
}

/// Who is told about a run while it goes on, in the order of the input.
pub trait Watch: Send {
    /// The run begins, or goes on from here.
    ///
    /// # Errors
    /// What stops the run.
    fn begin(&mut self, _from: Option<&Checkpoint>) -> Result<(), Error> {
        Ok(())
    }

    /// These articles could not be read. Returns the bytes of the file of errors so far, if there is one.
    ///
    /// # Errors
    /// When they cannot be told; the run stops.
    fn missed(&mut self, missed: &[Missed]) -> Result<u64, Error>;

    /// The run stands here.
    fn at(&mut self, done: &Checkpoint);

    /// What was told is about to be committed: makes it proof against a power cut.
    ///
    /// # Errors
    /// When it cannot be; the run stops.
    fn sync(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// The store has committed everything up to here.
    fn kept(&mut self) {}
}

/// How to run.
#[derive(Debug)]
pub struct How<'a> {
    /// Workers.
    pub jobs: usize,
    /// Which run it is.
    pub run: &'a Run,
    /// Between two commits, at least.
    pub every: Duration,
    /// Set when the run should end early, with the articles at hand.
    pub stop: &'a AtomicBool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Where it stands.
    pub done: Checkpoint,
    /// Whether the input is at its end; else it was stopped, and can go on.
    pub whole: bool,
}

/// The articles of an input with their numbers.
pub fn numbered(inputs: impl Iterator<Item = Result<Raw, Unread>> + Send) -> impl Iterator<Item = Item> + Send {
    (1..).zip(inputs).map(|(number, raw)| Item { number, raw })
}

/// The number of workers: what was asked for, else one for each processor.
#[must_use]
pub fn jobs(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Does `job` on `inputs` and gives what it makes to `store`, in the order of the inputs.
///
/// # Errors
/// What the job, the store or the watch refused; the run stops there.
pub fn run<J: Job>(
    inputs: impl Iterator<Item = Item> + Send,
    how: &How<'_>,
    job: &J,
    store: &mut dyn Store<J::Part>,
    watch: &mut dyn Watch,
) -> Result<Ended, Error> {
    quiet_panics();
    let jobs = how.jobs.max(1);
    let mut remembered = Ok(());
    let from = store.begin(how.run, &mut |first| {
        if remembered.is_ok() {
            remembered = job.remember(&first);
        }
    })?;
    remembered?;
    watch.begin(from.as_ref())?;
    let done = from.unwrap_or_default();
    let source = Mutex::new(Source { inputs, batch: 0, skip: done.inputs, taken: done.inputs, ended: false });
    let (waiting, under_way, failure) = (BTreeMap::new(), 0, None);
    let (every, next) = (how.every, Instant::now() + how.every);
    let desk = Mutex::new(Desk { store, watch, job, turn: 0, waiting, under_way, done, every, next, failure });
    let room = Condvar::new();
    let limit = (AHEAD * jobs).min(AHEAD_IN_ALL);
    let worker = || {
        while let Some(batch) = take(&source, &desk, &room, limit, how.stop) {
            let (number, bytes, inputs) = (batch.number, batch.bytes, batch.inputs);
            let worked = guarded(|| job.work(number, batch.items));
            let worked = worked.unwrap_or_else(|message| Err(Error::Internal(message)));
            let size = worked.as_ref().map_or(0, |worked| job.size(&worked.part));
            hold(&desk).hand_in(Done { number, bytes, inputs, size, worked });
            room.notify_all();
        }
    };
    // A machine that refuses more threads still has this one.
    match pool(jobs) {
        Some(pool) => {
            pool.broadcast(|_| worker());
        }
        None => worker(),
    }
    let mut desk = desk.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(failure) = desk.failure {
        return Err(failure);
    }
    let whole = source.into_inner().unwrap_or_else(PoisonError::into_inner).ended;
    if whole {
        desk.watch.sync()?;
        desk.store.finish(&desk.done)?;
    } else {
        desk.commit()?;
    }
    Ok(Ended { done: desk.done, whole })
}

/// As many threads as workers; none for one, who works where the run was called.
fn pool(jobs: usize) -> Option<rayon::ThreadPool> {
    (jobs > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build().ok()).flatten()
}

/// The inputs, and how far they are taken.
struct Source<I> {
    inputs: I,
    batch: u64,
    /// Articles that an interrupted run has done.
    skip: u64,
    taken: u64,
    ended: bool,
}

/// Articles that one worker reads in one go.
struct Taken {
    number: u64,
    bytes: usize,
    /// Articles of the input up to its end.
    inputs: u64,
    items: Vec<Item>,
}

/// What became of a batch.
struct Done<Part> {
    number: u64,
    bytes: usize,
    inputs: u64,
    size: usize,
    worked: Result<Worked<Part>, Error>,
}

/// Where batches are handed in, and given to the store in turn.
struct Desk<'a, J: Job> {
    store: &'a mut dyn Store<J::Part>,
    watch: &'a mut dyn Watch,
    job: &'a J,
    turn: u64,
    waiting: BTreeMap<u64, Done<J::Part>>,
    under_way: usize,
    done: Checkpoint,
    every: Duration,
    /// When to commit next.
    next: Instant,
    failure: Option<Error>,
}

fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next batch, once there is room for it. A worker waits here without holding a batch, so the one whose turn it
/// is can always finish.
fn take<J: Job, I: Iterator<Item = Item>>(
    source: &Mutex<Source<I>>,
    desk: &Mutex<Desk<'_, J>>,
    room: &Condvar,
    limit: usize,
    stop: &AtomicBool,
) -> Option<Taken> {
    let mut source = hold(source);
    {
        let mut desk = hold(desk);
        while desk.under_way >= limit && desk.failure.is_none() {
            desk = room.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
        if desk.failure.is_some() {
            return None;
        }
    }
    let mut bytes = 0;
    let mut items = Vec::new();
    while bytes < BATCH && !source.ended {
        if stop.load(Ordering::Relaxed) {
            // A batch that is cut short would not be the one of an undisturbed run.
            return None;
        }
        let item = match guarded(|| source.inputs.next()) {
            Ok(Some(item)) => item,
            Ok(None) => {
                source.ended = true;
                break;
            }
            Err(message) => {
                source.ended = true;
                Item { number: source.taken + 1, raw: Err(internal("input".to_owned(), message)) }
            }
        };
        if item.number <= source.skip {
            continue;
        }
        source.taken = item.number;
        bytes += OVERHEAD + item.raw.as_ref().map_or(0, |raw| raw.bytes.len());
        items.push(item);
    }
    if items.is_empty() {
        return None;
    }
    let batch = Taken { number: source.batch, bytes, inputs: source.taken, items };
    source.batch += 1;
    hold(desk).under_way += bytes;
    Some(batch)
}

impl<J: Job> Desk<'_, J> {
    fn hand_in(&mut self, done: Done<J::Part>) {
        self.under_way = self.under_way - done.bytes + done.size;
        self.waiting.insert(done.number, done);
        while let Some(done) = self.waiting.remove(&self.turn) {
            self.turn += 1;
            self.under_way -= done.size;
            if self.failure.is_none() {
                self.failure = self.give(done.number, done.inputs, done.worked).err();
            }
        }
    }

    fn give(&mut self, number: u64, inputs: u64, worked: Result<Worked<J::Part>, Error>) -> Result<(), Error> {
        let Worked { part, missed, firsts, tally } = worked?;
        self.done.inputs = inputs;
        self.done.tally.add(tally);
        self.done.told = self.watch.missed(&missed)?;
        self.job.written(number, &firsts)?;
        self.store.take(Batch { part, missed, firsts, done: self.done })?;
        self.watch.at(&self.done);
        if Instant::now() >= self.next {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let began = Instant::now();
        self.watch.sync()?;
        self.store.commit()?;
        self.watch.kept();
        // A slow disk is not asked all the time.
        self.next = Instant::now() + self.every.max(began.elapsed() * 20);
        Ok(())
    }
}

fn internal(source: String, message: String) -> Unread {
    Unread { source, stage: "internal".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::*;
    use crate::article::document::Form;
    use crate::sink::Around;
    use crate::sink::text::{Bytes, Frame, Stream};

    fn raw(n: usize) -> Raw {
        let size = 1 + (n * 7919) % 40_000;
        Raw { source: format!("bài {n}"), form: Form::Text, bytes: vec![b'x'; size], ..Raw::default() }
    }

    fn read(raw: Raw, out: &mut Vec<u8>) -> Result<(), Unread> {
        out.extend_from_slice(raw.source.as_bytes());
        assert!(!raw.source.ends_with("13"), "mười ba");
        if raw.source.ends_with('4') {
            return Err(Unread { source: raw.source, stage: "read".to_owned(), message: "bốn".to_owned() });
        }
        out.push(b'|');
        Ok(())
    }

    fn whole(
        inputs: impl Iterator<Item = Result<Raw, Unread>> + Send,
        jobs: usize,
        store: &mut dyn Store<Bytes>,
        told: &mut Told,
    ) -> Result<Ended, Error> {
        let which = Run { key: String::new(), arguments: Vec::new(), resume: false };
        let stop = AtomicBool::new(false);
        let how = How { jobs, run: &which, every: Duration::from_secs(60), stop: &stop };
        run(numbered(inputs), &how, &lines(read), store, told)
    }

    #[derive(Default)]
    struct Told(Vec<String>);

    impl Watch for Told {
        fn missed(&mut self, missed: &[Missed]) -> Result<u64, Error> {
            self.0.extend(
                missed.iter().map(|one| format!("{} {} {}", one.number, one.unread.source, one.unread.message)),
            );
            Ok(0)
        }
        fn at(&mut self, _: &Checkpoint) {}
    }

    fn list(count: usize, jobs: usize) -> (String, Vec<String>, Checkpoint) {
        let mut out = Vec::new();
        let mut told = Told::default();
        let around = Around { head: b"[", tail: b"]", ..Around::default() };
        let frame = Frame { around, ..Frame::default() };
        let mut store = Stream::new(&mut out, "ra".into(), frame);
        let ended = whole((0..count).map(|n| Ok(raw(n))), jobs, &mut store, &mut told).unwrap();
        assert!(ended.whole);
        (String::from_utf8(out).unwrap(), told.0, ended.done)
    }

    #[test]
    fn order_and_bytes_do_not_depend_on_the_number_of_workers() {
        let one = list(900, 1);
        assert_eq!(one, list(900, 2));
        assert_eq!(one, list(900, 5));
        assert!(one.0.starts_with("[bài 0|bài 1|bài 2|bài 3|bài 5|") && one.0.ends_with("|bài 898|bài 899|]"));
        assert_eq!((one.2.inputs, one.2.tally.articles + one.2.tally.unread), (900, 900));
    }

    #[test]
    fn a_panic_in_one_article_is_told_and_the_run_goes_on() {
        let (out, unread, done) = list(16, 2);
        assert_eq!(out, "[bài 0|bài 1|bài 2|bài 3|bài 5|bài 6|bài 7|bài 8|bài 9|bài 10|bài 11|bài 12|bài 15|]");
        assert_eq!(done.tally.unread, 3);
        assert!(unread[1].starts_with("14 bài 13 internal error at src/run/mod.rs:"), "{}", unread[1]);
        assert!(unread[1].ends_with(": mười ba"), "{}", unread[1]);
    }

    #[test]
    fn an_empty_run_is_head_and_tail() {
        assert_eq!(list(0, 2).0, "[]");
    }

    #[test]
    fn an_output_that_refuses_stops_the_run() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let endless = (0..).map(|n| Ok(raw(n)));
        let mut store = Stream::new(Full, "đầy".into(), Frame::default());
        let refused = whole(endless, 3, &mut store, &mut Told::default()).unwrap_err();
        assert!(refused.to_string().starts_with("đầy: expected an output that takes all bytes, found"), "{refused}");
    }
}
