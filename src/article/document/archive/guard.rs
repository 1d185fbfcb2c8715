//! When unpacking goes too far: a megabyte that becomes a gigabyte of zeros is no news archive.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::super::{Options, Passed};
use super::HEAD;

/// Unpacked bytes before the ratio to the packed ones is looked at.
const AFTER: u64 = 1 << 20;
/// The same for the ratio to the bytes of the whole input, of which streams in between hold some back.
const AFTER_WITHIN: u64 = 64 << 20;

/// The bytes of an input that were read so far.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Meter {
    of_input: Arc<AtomicU64>,
    /// The same of all inputs, for those who watch.
    of_all: Passed,
}

impl Meter {
    /// Counts for one input, and for all of them in `of_all`.
    pub(super) fn new(of_all: &Passed) -> Self {
        Self { of_input: Arc::default(), of_all: of_all.clone() }
    }

    /// Counts bytes that were read.
    pub(in super::super) fn add(&self, bytes: u64) {
        self.of_input.fetch_add(bytes, Ordering::Relaxed);
        self.of_all.add_all(bytes);
    }

    fn read(&self) -> u64 {
        self.of_input.load(Ordering::Relaxed)
    }
}

/// The bounds of one compressed stream.
#[derive(Debug)]
pub(super) struct Guard {
    ratio: u64,
    size: u64,
    meter: Meter,
    began: u64,
}

impl Guard {
    pub(super) fn new(options: &Options, meter: &Meter) -> Self {
        // What was read to see what the stream is belongs to it.
        let began = meter.read().saturating_sub(HEAD as u64);
        Self { ratio: options.max_ratio.max(1), size: options.max_unpacked, meter: meter.clone(), began }
    }

    /// Refuses a stream that gave `unpacked` bytes for `packed`.
    pub(super) fn check(&self, packed: u64, unpacked: u64) -> io::Result<()> {
        let refuse = |found: String| Err(io::Error::new(io::ErrorKind::QuotaExceeded, found));
        if unpacked > self.size {
            return refuse(format!("more than {} bytes unpacked, the most that is allowed of one stream", self.size));
        }
        let whole = self.meter.read() - self.began;
        let bomb = |after: u64, from: u64| unpacked > after && unpacked / self.ratio > from;
        if bomb(AFTER, packed) || bomb(AFTER_WITHIN, whole) {
            return refuse(format!(
                "a compression bomb: {unpacked} bytes unpacked from {} so far, and more than {} times is refused",
                packed.min(whole),
                self.ratio
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_refused_by_ratio_and_by_size_and_small_ones_never_by_ratio() {
        let options = Options { max_ratio: 100, max_unpacked: 1 << 30, ..Options::default() };
        let meter = Meter::default();
        let guard = Guard::new(&options, &meter);
        meter.add(1 << 30);
        assert!(guard.check(10, 1 << 20).is_ok());
        assert!(guard.check(1 << 20, 100 << 20).is_ok());
        let refused = guard.check(1000, 2 << 20).unwrap_err().to_string();
        assert!(refused.contains("compression bomb") && refused.contains("100 times"), "{refused}");
        assert!(guard.check(1 << 30, (1 << 30) + 1).unwrap_err().to_string().contains("1073741824 bytes"));
    }

    #[test]
    fn what_a_stream_within_streams_gives_is_held_against_the_whole_input() {
        let meter = Meter::default();
        meter.add(5 << 20);
        let guard = Guard::new(&Options::default(), &meter);
        meter.add(10);
        assert!(guard.check(1 << 20, 64 << 20).is_ok());
        assert!(guard.check(1 << 20, 65 << 20).is_err());
    }
}
