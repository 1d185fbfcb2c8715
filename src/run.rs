//! Many articles at once: the only file that knows about threads.
//!
//! Every worker does the same round: take the next batch of articles ("số 1", "số 2" …), read them, hand in the
//! bytes. Whoever holds the batch whose turn it is writes it, and all that wait behind it. So the output has the
//! order of the input whatever the number of workers, one worker needs no thread at all, and what is in memory is
//! bounded by the bytes under way.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, Once, PoisonError};

use crate::article::document::{self, Raw, Unread};
use crate::claim;
use crate::claim::lexicon::Lexicon;
use crate::record::Record;
use crate::sink::Sink;

/// Input bytes in a batch: large enough that taking turns costs nothing, small enough to share out evenly.
const BATCH: usize = 256 << 10;
/// What an article costs in a batch beyond its bytes.
const OVERHEAD: usize = 256;
/// Bytes under way, for each worker and in all: input that is being read, and output that waits for its turn.
const AHEAD: usize = 8 << 20;
const AHEAD_IN_ALL: usize = 24 << 20;
/// Stack of a worker: what the main thread has, so that one worker and many can read the same page.
const STACK: usize = 8 << 20;

/// What a run has done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles read.
    pub articles: u64,
    /// Claims written.
    pub claims: u64,
    /// Faults that ride along in records.
    pub faults: u64,
    /// Articles with an inconsistent check.
    pub inconsistent: u64,
    /// Articles that could not be read.
    pub unread: u64,
    /// Bytes of input.
    pub bytes: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.claims += other.claims;
        self.faults += other.faults;
        self.inconsistent += other.inconsistent;
        self.unread += other.unread;
        self.bytes += other.bytes;
    }
}

/// What becomes of one article: its bytes go to the end of the buffer, and it counts.
pub type Read<'a> = dyn Fn(Raw, &mut Vec<u8>) -> Result<Tally, Unread> + Sync + 'a;

/// What is told after each batch: the run so far, and the articles that could not be read in it.
pub type Watch<'a> = dyn FnMut(Tally, &[Unread]) -> io::Result<()> + Send + 'a;

/// What stands around the articles in the output.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// Before the first.
    pub head: &'static [u8],
    /// Between two.
    pub between: &'static [u8],
    /// After the last.
    pub tail: &'static [u8],
}

impl Frame {
    /// The frame of a sink.
    #[must_use]
    pub fn of(sink: &dyn Sink) -> Self {
        Self { head: sink.head(), between: sink.between(), tail: sink.tail() }
    }
}

/// The number of workers: what was asked for, else one for each processor.
#[must_use]
pub fn jobs(asked: Option<u16>) -> usize {
    asked.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Reads an article, finds its claims and encodes the record: what `extract` does with each.
pub fn extraction(
    sink: &dyn Sink,
    options: &document::Options,
    lexicon: &Lexicon,
    with_text: bool,
) -> impl Fn(Raw, &mut Vec<u8>) -> Result<Tally, Unread> + Sync {
    move |raw, out| {
        let source = raw.source.clone();
        let article = document::article(raw, options)?;
        let mut record = Record::new(&article, &claim::read_with(&article, lexicon));
        if !with_text {
            record.article.text = None;
        }
        sink.record(&record, out).map_err(|refused| Unread {
            source,
            stage: "write".to_owned(),
            message: format!("expected a record that can be encoded, found: {refused}"),
        })?;
        Ok(Tally {
            articles: 1,
            claims: record.claims.len() as u64,
            faults: record.faults.len() as u64,
            inconsistent: u64::from(record.inconsistent()),
            ..Tally::default()
        })
    }
}

/// Runs `read` over `inputs` with `jobs` workers and writes what it gives to `out`, in the order of the inputs.
///
/// An article that makes `read` panic is told to `watch` like any other that could not be read.
///
/// # Errors
/// What `out` or `watch` refused; the run stops there.
pub fn run(
    inputs: impl Iterator<Item = Result<Raw, Unread>> + Send,
    jobs: usize,
    frame: Frame,
    read: &Read<'_>,
    out: &mut (dyn Write + Send),
    watch: &mut Watch<'_>,
) -> io::Result<Tally> {
    quiet_panics();
    let jobs = jobs.max(1);
    out.write_all(frame.head)?;
    let source = Mutex::new(Source { inputs, number: 0, ended: false });
    let desk = Mutex::new(Desk {
        out,
        watch,
        between: frame.between,
        begun: false,
        turn: 0,
        waiting: BTreeMap::new(),
        under_way: 0,
        tally: Tally::default(),
        failure: None,
    });
    let room = Condvar::new();
    let limit = (AHEAD * jobs).min(AHEAD_IN_ALL);
    let worker = || {
        while let Some(batch) = take(&source, &desk, &room, limit) {
            let done = work(batch, frame.between, read);
            hold(&desk).hand_in(done);
            room.notify_all();
        }
    };
    if jobs == 1 {
        worker();
    } else {
        std::thread::scope(|scope| {
            for _ in 1..jobs {
                // A machine that refuses another thread still has this one.
                let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
            }
            worker();
        });
    }
    let desk = desk.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(failure) = desk.failure {
        return Err(failure);
    }
    desk.out.write_all(frame.tail)?;
    desk.out.flush()?;
    Ok(desk.tally)
}

/// The inputs, and the number of the next batch.
struct Source<I> {
    inputs: I,
    number: u64,
    ended: bool,
}

/// Articles that one worker reads in one go.
struct Batch {
    number: u64,
    bytes: usize,
    items: Vec<Result<Raw, Unread>>,
}

/// What became of a batch.
struct Done {
    number: u64,
    bytes: usize,
    text: Vec<u8>,
    unread: Vec<Unread>,
    tally: Tally,
}

/// Where batches are handed in and written in turn.
struct Desk<'a, 'w> {
    out: &'a mut (dyn Write + Send),
    watch: &'a mut Watch<'w>,
    between: &'static [u8],
    begun: bool,
    turn: u64,
    waiting: BTreeMap<u64, Done>,
    under_way: usize,
    tally: Tally,
    failure: Option<io::Error>,
}

fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next batch, once there is room for it. A worker waits here without holding a batch, so the one whose turn it
/// is can always finish.
fn take<I: Iterator<Item = Result<Raw, Unread>>>(
    source: &Mutex<Source<I>>,
    desk: &Mutex<Desk<'_, '_>>,
    room: &Condvar,
    limit: usize,
) -> Option<Batch> {
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
    let mut batch = Batch { number: source.number, bytes: 0, items: Vec::new() };
    while batch.bytes < BATCH && !source.ended {
        match guarded(|| source.inputs.next()) {
            Ok(Some(item)) => {
                batch.bytes += OVERHEAD + item.as_ref().map_or(0, |raw| raw.bytes.len());
                batch.items.push(item);
            }
            Ok(None) => source.ended = true,
            Err(message) => {
                source.ended = true;
                batch.items.push(Err(internal("input".to_owned(), message)));
            }
        }
    }
    if batch.items.is_empty() {
        return None;
    }
    source.number += 1;
    hold(desk).under_way += batch.bytes;
    Some(batch)
}

fn work(batch: Batch, between: &[u8], read: &Read<'_>) -> Done {
    let mut done = Done {
        number: batch.number,
        bytes: batch.bytes,
        text: Vec::with_capacity(batch.bytes * 2),
        unread: Vec::new(),
        tally: Tally::default(),
    };
    for item in batch.items {
        let raw = match item {
            Ok(raw) => raw,
            Err(unread) => {
                done.unread.push(unread);
                continue;
            }
        };
        done.tally.bytes += raw.bytes.len() as u64;
        let source = raw.source.clone();
        let before = done.text.len();
        if before > 0 {
            done.text.extend_from_slice(between);
        }
        match guarded(|| read(raw, &mut done.text)).unwrap_or_else(|message| Err(internal(source, message))) {
            Ok(tally) => done.tally.add(tally),
            Err(unread) => {
                done.text.truncate(before);
                done.unread.push(unread);
            }
        }
    }
    done.tally.unread = done.unread.len() as u64;
    done
}

impl Desk<'_, '_> {
    fn hand_in(&mut self, done: Done) {
        self.under_way = self.under_way - done.bytes + done.text.capacity();
        self.waiting.insert(done.number, done);
        while let Some(done) = self.waiting.remove(&self.turn) {
            self.turn += 1;
            self.under_way -= done.text.capacity();
            if self.failure.is_none() {
                self.failure = self.write(&done).err();
            }
        }
    }

    fn write(&mut self, done: &Done) -> io::Result<()> {
        if !done.text.is_empty() {
            if self.begun {
                self.out.write_all(self.between)?;
            }
            self.begun = true;
            self.out.write_all(&done.text)?;
        }
        self.tally.add(done.tally);
        (self.watch)(self.tally, &done.unread)
    }
}

fn internal(source: String, message: String) -> Unread {
    Unread { source, stage: "internal".to_owned(), message }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `body`; a panic becomes a message that says where it was.
fn guarded<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(body));
    GUARDED.set(false);
    outcome.map_err(|cause| {
        let place = PLACE.take().unwrap_or_default();
        format!("internal error{place}: {}", words(cause.as_ref()))
    })
}

fn words(cause: &(dyn Any + Send)) -> &str {
    match cause.downcast_ref::<String>() {
        Some(words) => words,
        None => cause.downcast_ref::<&str>().copied().unwrap_or("panic"),
    }
}

/// Keeps the place of a guarded panic instead of printing it; any other panic is told as before.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                PLACE.set(info.location().map(|at| format!(" at {}:{}", at.file(), at.line())));
            } else {
                before(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::document::Form;

    fn raw(n: usize) -> Raw {
        let size = 1 + (n * 7919) % 40_000;
        Raw { source: format!("bài {n}"), form: Form::Text, bytes: vec![b'x'; size] }
    }

    fn read(raw: Raw, out: &mut Vec<u8>) -> Result<Tally, Unread> {
        out.extend_from_slice(raw.source.as_bytes());
        assert!(!raw.source.ends_with("13"), "mười ba");
        if raw.source.ends_with('4') {
            return Err(Unread { source: raw.source, stage: "read".to_owned(), message: "bốn".to_owned() });
        }
        Ok(Tally { articles: 1, ..Tally::default() })
    }

    fn list(count: usize, jobs: usize) -> (String, Vec<String>, Tally) {
        let mut out = Vec::new();
        let mut unread = Vec::new();
        let frame = Frame { head: b"[", between: b"|", tail: b"]" };
        let tally = run((0..count).map(|n| Ok(raw(n))), jobs, frame, &read, &mut out, &mut |_, list: &[Unread]| {
            unread.extend(list.iter().map(|one| format!("{} {}", one.source, one.message)));
            Ok(())
        })
        .unwrap();
        (String::from_utf8(out).unwrap(), unread, tally)
    }

    #[test]
    fn order_and_bytes_do_not_depend_on_the_number_of_workers() {
        let one = list(900, 1);
        assert_eq!(one, list(900, 2));
        assert_eq!(one, list(900, 5));
        assert!(one.0.starts_with("[bài 0|bài 1|bài 2|bài 3|bài 5|") && one.0.ends_with("|bài 898|bài 899]"));
        assert_eq!(one.2.articles + one.2.unread, 900);
    }

    #[test]
    fn a_panic_in_one_article_is_told_and_the_run_goes_on() {
        let (out, unread, tally) = list(16, 2);
        assert_eq!(out, "[bài 0|bài 1|bài 2|bài 3|bài 5|bài 6|bài 7|bài 8|bài 9|bài 10|bài 11|bài 12|bài 15]");
        assert_eq!(tally.unread, 3);
        assert!(unread[1].starts_with("bài 13 internal error at src/run.rs:"), "{}", unread[1]);
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
        let refused = run(endless, 3, Frame::default(), &read, &mut Full, &mut |_, _| Ok(())).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::StorageFull);
    }
}
