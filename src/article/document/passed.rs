//! How much was passed over as no article: pictures, redirections and missing pages in a web archive.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count that goes along with a run; copies count together.
#[derive(Debug, Clone, Default)]
pub struct Passed(Arc<AtomicU64>);

impl Passed {
    /// Counts one more.
    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
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
