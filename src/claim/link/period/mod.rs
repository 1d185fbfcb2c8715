//! When: the time expression that scopes a claim, and its first and last day.
//!
//! `9 tháng đầu năm 2021, doanh thu đạt 5 tỷ đồng` → "9 tháng đầu năm 2021".

mod days;
mod digits;
pub mod resolve;
mod units;

use crate::article::span::{Span, Tokens};
use crate::claim::amount::{Amount, NonClaim};
use crate::claim::find::Draft;
use crate::claim::lexicon::{Class, Page};

/// The time expressions of a sentence, each with what leads it ("cuối tháng 12/2012").
#[must_use]
pub fn times(page: &Page<'_>, sentence: Span<Tokens>, amounts: &[Amount]) -> Vec<Span<Tokens>> {
    let lo = sentence.start as usize;
    let mut out: Vec<Span<Tokens>> = Vec::new();
    for a in amounts.iter().filter(|a| matches!(a.non_claim, Some(NonClaim::Date | NonClaim::Time))) {
        let mut start = a.start();
        while start > lo && leads(page, start - 1, start) {
            start -= 1;
        }
        // "từ 7 giờ ngày 3-10 đến 7 giờ ngày 4-10", "tối 22/10": parts of one expression join.
        if let Some(last) = out.last_mut() {
            let gap = last.end as usize..start;
            let joins = gap.is_empty() || gap.len() <= 2 && gap.clone().all(|k| matches!(page.w(k), "ngày" | "tháng" | "năm" | "đến" | "tới" | "hết" | "của" | "và"));
            if joins {
                last.end = Span::<Tokens>::of(0, a.end()).end;
                continue;
            }
        }
        out.push(Span::of(start, a.end()));
    }
    let mut i = lo;
    while i < sentence.end as usize {
        if let Some((len, _)) = page.get(i, Class::Extra)
            && out.iter().all(|s| !s.overlaps(Span::of(i, i + len)))
        {
            out.push(Span::of(i, i + len));
            i += len;
            continue;
        }
        i += 1;
    }
    out.sort_unstable();
    out
}

/// Words that belong to the time expression before which they stand.
fn leads(page: &Page<'_>, i: usize, next: usize) -> bool {
    match page.w(i) {
        "cuối" | "đầu" | "giữa" | "nửa" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "ngày" | "tháng" | "quý" | "rạng" | "sớm" | "giai" | "đoạn" | "kỳ" | "mùa" | "vụ" | "phiên" | "thập" | "niên" | "thế" | "hết" => true,
        "nhiệm" | "khóa" => page.w(next) == "kỳ",
        "năm" => page.s.is_number(next),
        "tết" | "dịp" => true,
        "học" => page.w(i.wrapping_sub(1)) == "năm",
        _ => false,
    }
}

/// Which of the sentence's time expressions scopes the claim, if any.
#[must_use]
pub fn of(page: &Page<'_>, times: &[Span<Tokens>], d: &Draft) -> Option<Span<Tokens>> {
    let lo = d.sentence.start as usize;
    let start = d.amount.hedge_start;
    let end = d.tokens.end as usize;
    let usable = |t: &&Span<Tokens>| !is_baseline(page, lo, **t) && !t.overlaps(d.tokens);
    let cut = |from: usize, to: usize| (from..to).any(|k| page.s.is_mark(k, ';'));
    let before = times.iter().rev().filter(|t| t.end as usize <= start).filter(usable).find(|t| !cut(t.end as usize, start));
    let after = times.iter().filter(|t| t.start as usize >= end).filter(usable).find(|t| {
        let gap = end..t.start as usize;
        gap.len() <= 12 && !gap.clone().any(|k| page.s.is_mark(k, ';') || page.s.is_mark(k, ')') || page.s.is_number(k))
    });
    let clause_cut = |from: usize, to: usize| (from..to).any(|k| page.s.is_mark(k, ',') || page.s.is_mark(k, '('));
    match (before, after) {
        // A time in the claim's own clause behind it is closer than one of an earlier clause.
        (Some(b), Some(a)) if clause_cut(b.end as usize, start) && !clause_cut(end, a.start as usize) && b.start as usize > lo + 1 => Some(*a),
        (Some(b), _) => Some(*b),
        (None, Some(a)) => Some(*a),
        _ => times.iter().find(usable).copied().filter(|t| t.start as usize <= lo + 2),
    }
}

/// "so với cùng kỳ năm 2019": the time belongs to what the claim is compared with.
fn is_baseline(page: &Page<'_>, lo: usize, t: Span<Tokens>) -> bool {
    let start = t.start as usize;
    let floor = lo.max(start.saturating_sub(5));
    (floor..start).any(|k| page.is(k, Class::Versus) || page.w(k) == "cùng" && page.is(k, Class::Base))
        || page.w(start) == "cùng" && page.is(start, Class::Base)
        || (floor..start).any(|k| page.is(k, Class::Target) && k + 3 >= start)
}
