//! When: the time expression that scopes a claim, and its first and last day.
//!
//! `9 tháng đầu năm 2021, doanh thu đạt 5 tỷ đồng` → "9 tháng đầu năm 2021".

pub mod candidates;
mod days;
mod digits;
mod recognise;
pub mod resolve;
mod units;

use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

pub use recognise::{OPENERS, times};

/// How far from its number a time expression may stand, in tokens: the work for one claim is bounded.
const REACH: usize = 80;

/// Which of the sentence's time expressions scopes the claim, if any.
#[must_use]
pub fn of(page: &Page<'_>, times: &[Span<Tokens>], d: &Draft) -> Option<Span<Tokens>> {
    let lo = d.sentence.start as usize;
    let start = d.amount.hedge_start;
    let end = d.tokens.end as usize;
    let usable = |t: &&Span<Tokens>| !t.overlaps(d.tokens) && !is_baseline(page, times, lo, **t, true);
    // "Kế hoạch vốn năm 2023 là 5 tỷ đồng": here the plan itself is the subject, not what a part is compared with.
    let level = |gap: std::ops::Range<usize>| {
        matches!(d.kind, Kind::Money | Kind::Count | Kind::Measurement)
            && gap.len() < 8
            && !gap.clone().any(|k| !page.s.is_word(k))
    };
    let first_behind = times.partition_point(|t| (t.start as usize) < end);
    let before = times[..times.partition_point(|t| (t.end as usize) <= start)]
        .iter()
        .rev()
        .take(6)
        .take_while(|t| start - (t.end as usize) < REACH)
        .find(|t| {
            let gap = t.end as usize..start;
            // "kế hoạch cả năm (585 tỷ đồng)", "cùng kỳ chỉ đạt 220 triệu": the number is the past's or the plan's own.
            let own = gap.len() <= 1 && gap.clone().all(|k| page.s.is_mark(k, '('));
            !t.overlaps(d.tokens)
                && (own || !is_baseline(page, times, lo, **t, !level(gap.clone())))
                && governs(page, gap)
        });
    let after = times[first_behind..].iter().take(3).filter(usable).find(|t| {
        let gap = end..t.start as usize;
        gap.len() <= 12
            && !gap.clone().any(|k| [';', '(', ')'].iter().any(|&c| page.s.is_mark(k, c)) || is_free_number(page, k))
    });
    let clause_cut = |from: usize, to: usize| {
        to - from >= REACH
            || (from..to).any(|k| page.s.is_mark(k, ',') || page.s.is_mark(k, '(') || page.s.is_mark(k, ';'))
    };
    match (before, after) {
        // A time in the claim's own clause behind it is closer than one of an earlier clause.
        (Some(b), Some(a)) if clause_cut(b.end as usize, start) && !clause_cut(end, a.start as usize) => Some(*a),
        (Some(b), Some(a)) if is_loose(page, *b) && !clause_cut(end, a.start as usize) => Some(*a),
        (Some(b), _) => Some(*b),
        (None, Some(a)) if !clause_cut(end, a.start as usize) || times.len() == 1 => Some(*a),
        // "9 tháng, …; …; …": a time that opens the sentence scopes all its clauses.
        _ => {
            times.iter().take(2).find(usable).copied().filter(|t| t.start as usize <= lo + 2 && t.end as usize <= start)
        }
    }
}

/// The time that a sentence without claims leaves to the one that continues it: its last, unless it only compares.
#[must_use]
pub fn left_by(page: &Page<'_>, times: &[Span<Tokens>], sentence: Span<Tokens>) -> Option<Span<Tokens>> {
    let lo = sentence.start as usize;
    let own = |t: &&Span<Tokens>| !is_baseline(page, times, lo, **t, true) && !is_loose(page, **t);
    let first = times.first().filter(|t| t.start as usize <= lo + 3).filter(own);
    first.or_else(|| times.iter().rev().take(4).find(own)).copied()
}

/// How far a time holds beyond its own sentence, in tokens.
const HOLDS: usize = 250;

/// Whether a time said in an earlier sentence still scopes a claim: ages, parts and lengths of time have none of
/// their own, and "hiện nay" or "trước đó" ends with its sentence.
#[must_use]
pub fn lasts(page: &Page<'_>, t: Span<Tokens>, d: &Draft) -> bool {
    let placed =
        matches!(page.w(t.start as usize), "hiện" | "gần" | "trước" | "mới" | "vừa" | "lúc" | "dịp" | "thời" | "ngay")
            && !t.range().any(|k| page.s.is_number(k));
    !placed && !matches!(d.kind, Kind::Age) && d.tokens.start.saturating_sub(t.end) as usize <= HOLDS
}

/// "hiện", "trước đó": words that only place the telling; a real time beside them is the better one.
fn is_loose(page: &Page<'_>, t: Span<Tokens>) -> bool {
    let last = page.w(t.end as usize - 1);
    t.range().len() <= 2 && matches!(last, "hiện" | "đó" | "đây" | "qua") && !page.s.is_number(t.start as usize)
}

/// Nothing closes between a time and the number behind it: no `;`, no bracket that holds the time alone.
fn governs(page: &Page<'_>, gap: std::ops::Range<usize>) -> bool {
    let mut depth = 0_i32;
    for k in gap {
        if page.s.is_mark(k, ';') {
            return false;
        }
        if page.s.is_mark(k, '(') {
            depth += 1;
        } else if page.s.is_mark(k, ')') {
            depth -= 1;
            if depth < 0 {
                return false;
            }
        }
    }
    true
}

/// A number that is no part of a name written with a hyphen (`Covid-19`).
fn is_free_number(page: &Page<'_>, k: usize) -> bool {
    page.s.is_number(k) && !(page.s.is_glued(k) && page.s.is_mark(k.wrapping_sub(1), '-'))
}

/// "so với cùng kỳ năm 2019", "kế hoạch đã đề ra cho cả năm": the time belongs to what the claim is compared with.
fn is_baseline(page: &Page<'_>, times: &[Span<Tokens>], lo: usize, t: Span<Tokens>, plans: bool) -> bool {
    let start = t.start as usize;
    let earlier = times.partition_point(|o| o.start < t.start);
    let fence = earlier.checked_sub(1).map_or(lo, |n| times[n].end as usize);
    let floor = (start.saturating_sub(12)..start)
        .rev()
        .find(|&k| page.s.is_number(k) || [',', ';', '(', ')', ':'].iter().any(|&c| page.s.is_mark(k, c)))
        .map_or(start.saturating_sub(12), |k| k + 1)
        .max(lo)
        .max(fence.min(start));
    let versus = (floor.max(start.saturating_sub(6))..start).any(|k| page.is(k, Class::Versus));
    let same = |k: usize| page.w(k) == "cùng" && page.is(k, Class::Base);
    // "gấp 2,6 lần cùng kỳ năm trước" compares; "trong khi cùng kỳ năm trước chỉ đạt …" tells of the past itself.
    let behind_number = floor > lo && (page.s.is_number(floor - 1) || floor > lo + 1 && page.s.is_number(floor - 2));
    let like = same(start) || (floor..start).any(same);
    let speaks = page.is(t.end as usize, Class::Reach)
        || page.is(t.end as usize, Class::Auxiliary)
        || page.w(t.end as usize) == "chỉ";
    let planned =
        plans && (floor..start).any(|k| page.is(k, Class::Target)) && !(floor == lo && page.is(lo, Class::Verb));
    let told = matches!(page.w(start.wrapping_sub(1)), "khi" | "còn") && speaks;
    !told && (versus || like && (behind_number || !speaks) || planned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::find;
    use crate::claim::lexicon::Lexicon;

    /// Each claim of the first sentence with the time that scopes it.
    fn periods(text: &str) -> String {
        let page = Page::new(text, Lexicon::built_in());
        let sentence = page.s.sentences[0];
        let amounts = crate::claim::amount::amounts(&page, sentence);
        let times = times(&page, sentence, &amounts);
        let drafts = find::drafts(&page, sentence, &amounts);
        let show = |d: &Draft| {
            let period = of(&page, &times, d).map_or("-", |t| page.s.slice(t));
            format!("{} [{period}]", page.s.slice(d.tokens))
        };
        drafts.iter().map(show).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn a_baseline_is_no_period() {
        assert_eq!(
            periods("Trong quý II/2022, doanh thu đạt 30 tỷ đồng, tăng 5% so với cùng kỳ năm 2021."),
            "30 tỷ đồng [quý II/2022] ¦ 5% [quý II/2022]"
        );
    }

    #[test]
    fn a_sentence_s_own_words_hide_no_time() {
        assert_eq!(periods("Huyện đã thực hiện giải ngân 42 tỷ đồng."), "42 tỷ đồng [-]");
    }

    #[test]
    fn a_time_inside_a_closed_bracket_scopes_nothing_behind_it() {
        assert_eq!(
            periods("Năm 2014, xây dựng tăng 9% (cao nhất từ năm 2010); dịch vụ tăng 8%."),
            "9% [Năm 2014] ¦ 8% [Năm 2014]"
        );
    }
}
