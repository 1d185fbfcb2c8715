//! What a reader counts for those who watch: how much was passed over as no article (pictures, redirections and missing
//! pages in a web archive), and how many bytes of a file are read ("19,7 MB" of `kho.jsonl.gz`, packed as it is).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count that goes along with a run; copies count together.
#[derive(Debug, Clone, Default)]
pub struct Passed(Arc<AtomicU64>);

impl Passed {
    /// Counts one more.
    pub(super) fn add(&self) {
        self.add_all(1);
    }

    /// Counts so many more.
    pub(super) fn add_all(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// How many so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What was counted is no option: two that differ in it alone are the same.
impl PartialEq for Passed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Passed {}
