//! Claims that say one thing together: a level with the percentages and changes that speak of it.
//!
//! `67/69 TCCSĐ … (chiếm 97,1% và đạt 146,15% so với Nghị quyết)` is one statement; the count behind it another.

use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::Page;

/// How far from each other, in tokens, two numbers may stand and still say one thing.
const REACH: usize = 20;

/// The statement number of each draft.
#[must_use]
pub(super) fn numbers(page: &Page<'_>, drafts: &[Draft]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(drafts.len());
    let mut current = 0;
    for (i, d) in drafts.iter().enumerate() {
        let gap = |a: usize| drafts[a].tokens.end as usize..d.tokens.start as usize;
        let has = |range: std::ops::Range<usize>, mark: char| {
            range.len() <= REACH && range.clone().any(|k| page.s.is_mark(k, mark))
        };
        // "67/69 chi bộ (1 chi bộ mới lập) hoàn thành (chiếm 97,1%)": an aside in brackets is passed over.
        let aside = i > 1
            && drafts[i - 2].sentence == d.sentence
            && has(gap(i - 1), ')')
            && has(gap(i - 1), '(')
            && has(drafts[i - 2].tokens.end as usize..drafts[i - 1].tokens.start as usize, '(');
        let from = if aside { i - 2 } else { i.saturating_sub(1) };
        let joins = i > 0 && {
            let relative = matches!(d.kind, Kind::Percentage | Kind::TargetPercentage | Kind::Change | Kind::Multiple);
            let split = has(gap(from), ';');
            // A bracket that closes ends its statement, unless this number still speaks of the level before it.
            let closed = has(gap(from), ')') && !has(gap(from), '(');
            drafts[from].sentence == d.sentence && relative && !split && !closed && gap(i - 1).len() <= REACH
        };
        if joins {
            out.push(out[from]);
        } else {
            current += 1;
            out.push(current);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::article::Article;

    fn numbers(text: &str) -> Vec<u32> {
        crate::claim::read(&Article::from_text("t", text)).claims.iter().map(|c| c.statement).collect()
    }

    #[test]
    fn a_ratio_and_the_percentages_behind_it_say_one_thing() {
        let text = "Có 43/45 chi bộ hoàn thành tốt nhiệm vụ (chiếm 95,56% và đạt 119,4% so với Nghị quyết); 1.250 đảng viên \
                    hoàn thành tốt nhiệm vụ (chiếm 96,2%).";
        assert_eq!(numbers(text), [1, 1, 1, 2, 2]);
    }

    #[test]
    fn an_aside_in_brackets_does_not_part_them() {
        let found = numbers("Có 43/45 chi bộ (2 chi bộ mới thành lập) hoàn thành tốt nhiệm vụ (chiếm 95,56%).");
        assert_eq!(found, [1, 2, 1]);
    }
}
