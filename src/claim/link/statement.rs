//! Claims that say one thing together: a level with the percentages and changes that speak of it.
//!
//! `67/69 TCCSĐ … (chiếm 97,1% và đạt 146,15% so với Nghị quyết)` is one statement; the count behind it another.

use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::Page;

/// The statement number of each draft.
#[must_use]
pub fn numbers(page: &Page<'_>, drafts: &[Draft]) -> Vec<u32> {
    let mut out = Vec::with_capacity(drafts.len());
    let mut current = 0;
    for (i, d) in drafts.iter().enumerate() {
        let joins = i > 0 && {
            let last = &drafts[i - 1];
            let gap = last.tokens.end as usize..d.tokens.start as usize;
            let relative = matches!(d.kind, Kind::Percentage | Kind::TargetPercentage | Kind::Change | Kind::Multiple);
            let split = gap.clone().any(|k| page.s.is_mark(k, ';'));
            // A bracket that closes ends its statement, unless this number still speaks of the level before it.
            let closed = gap.clone().any(|k| page.s.is_mark(k, ')')) && !gap.clone().any(|k| page.s.is_mark(k, '('));
            last.sentence == d.sentence && relative && !split && !closed && gap.len() <= 20
        };
        if !joins {
            current += 1;
        }
        out.push(current);
    }
    out
}
