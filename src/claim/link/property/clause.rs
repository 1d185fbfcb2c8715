//! The clause of a number up to it: its subject, and the predicate that leads to the number.
//!
//! `Trong đó, số hộ nghèo của xã đã giảm xuống còn 3%`: subject "số hộ nghèo của xã", property "số hộ nghèo".

use std::ops::Range;

use super::words::{is_edge, is_measure, is_predicate, is_stop, is_tail, opens};
use super::{Before, REACH, Scene, date_at, done};
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Classes, Page, set};
use crate::claim::link::mention::{Part, Sort};

/// The clause of a number up to it: subject, then predicate.
pub(super) struct Clause<'p, 't> {
    scene: Scene<'p, 't>,
    /// Tokens of the subject.
    pub(super) subject: Range<usize>,
    /// Tokens of the predicate that leads to the number.
    pub(super) verb: Range<usize>,
    /// Where reading stops to the left: the claim before, or the reach.
    floor: usize,
    /// The phrase of measure in the subject, from its head to the predicate.
    pub(super) measure: Option<Span<Tokens>>,
}

impl<'p, 't> Clause<'p, 't> {
    pub(super) fn of(scene: Scene<'p, 't>, d: &Draft, last: Option<Before>) -> Self {
        let page = scene.page;
        let start = d.amount.hedge_start;
        let lo = d.sentence.start as usize;
        let floor = last.map_or(lo, |l| l.end).max(start.saturating_sub(REACH)).min(start);
        let verb = predicate(page, floor, start);
        // "tổng sản phẩm nội địa (GDP) ước đạt": a bracket behind the subject is passed over.
        let mut end = verb;
        if end > floor
            && page.s.is_mark(end - 1, ')')
            && let Some(open) = (floor.max(end.saturating_sub(14))..end).rev().find(|&k| page.s.is_mark(k, '('))
        {
            end = open;
        }
        let mut from = clause_start(page, floor, end);
        // "Chủ tịch xã cho biết …": who says it is not the subject.
        if let Some(told) = (from..end).rev().find(|&k| page.is(k, Class::Source) && k > from) {
            from = (told + page.m.longest(told, Class::Source).map_or(1, |m| m.len as usize)).min(end);
        }
        // "Trong đó, …", "và …", "còn …": what opens the clause is not its subject.
        while from < end && opens(page, from) {
            from += 1;
        }
        let mut clause = Self { scene, subject: from..end, verb: verb..start, floor, measure: None };
        clause.measure = clause.head(from..end).map(|head| clause.phrase(head, end));
        clause
    }

    /// The nearest phrase of measure in the clauses before, back to the last claim.
    pub(super) fn earlier(&self) -> Option<Span<Tokens>> {
        let page = self.scene.page;
        let mut end = self.subject.start;
        for _ in 0..3 {
            let to = (self.floor..end).rev().find(|&k| !is_edge(page, k))? + 1;
            let from = (self.floor..to).rev().find(|&k| is_edge(page, k)).map_or(self.floor, |k| k + 1);
            if let Some(head) = self.head(from..to) {
                return Some(self.phrase(head, to));
            }
            end = from;
        }
        None
    }

    /// The first head of a phrase of measure in `range`.
    fn head(&self, range: Range<usize>) -> Option<usize> {
        let Scene { page, mentions, dates, .. } = self.scene;
        let first = mentions.partition_point(|m| (m.tokens.start as usize) < range.start);
        mentions[first..]
            .iter()
            .take_while(|m| (m.tokens.start as usize) < range.end)
            .map(|m| (m.tokens.start as usize, m.sort))
            .find(|&(at, sort)| sort == Sort::Property && is_measure(page, at) && date_at(dates, at).is_none())
            .map(|(at, _)| at)
            .or_else(|| {
                range
                    .clone()
                    .find(|&k| page.is(k, Class::Property) && is_measure(page, k) && date_at(dates, k).is_none())
            })
            // "chỉ số", "mức độ": the word before belongs to it.
            .map(|at| at - usize::from(at > self.floor && page.w(at) == "số" && page.w(at - 1) == "chỉ"))
    }

    /// From a head to where its own words end: a time, a predicate, a name that owns it.
    fn phrase(&self, head: usize, to: usize) -> Span<Tokens> {
        let Scene { page, dates, .. } = self.scene;
        let mut at = head;
        let head_len = page.m.longest(head, Class::Property).map_or(1, |m| m.len as usize);
        while at < to && at - head < 12 {
            if at >= head + head_len
                && (date_at(dates, at).is_some()
                    || matches!(
                        page.w(at),
                        "của" | "đã" | "sẽ" | "đang" | "đạt" | "là" | "tăng" | "giảm" | "chiếm" | "trong" | "ước"
                    )
                    || page.is(at, Class::Versus)
                    || is_edge(page, at))
            {
                break;
            }
            at += 1;
        }
        while at > head + 1 && is_tail(page, at - 1) {
            at -= 1;
        }
        Span::of(head, at)
    }

    /// The noun right before the number: "camera 108 MP", "lãi 154 tỷ đồng"; a subject without a known head.
    pub(super) fn subject(&self, d: &Draft) -> Option<Span<Tokens>> {
        let Scene { page, parts, dates, .. } = self.scene;
        let end = self.subject.end;
        if !self.verb.is_empty()
            && !matches!(
                d.kind,
                Kind::Money | Kind::Measurement | Kind::Percentage | Kind::TargetPercentage | Kind::Change
            )
        {
            return None;
        }
        if self.verb.is_empty() {
            let mut from = end;
            while from > self.subject.start
                && end - from < 4
                && page.s.is_word(from - 1)
                && parts[from - 1] != Part::Barrier
                && date_at(dates, from - 1).is_none()
                && (!is_stop(page, from - 1)
                    || from == end && matches!(page.w(end - 1), "sau" | "trước") && d.kind == Kind::Measurement)
            {
                from -= 1;
            }
            // A word of several syllables is not cut ("chi đầu tư phát triển").
            while from > self.subject.start
                && [Class::Noun, Class::Verb, Class::Property]
                    .iter()
                    .any(|&c| page.m.longest(from - 1, c).is_some_and(|m| m.len > 1))
            {
                from -= 1;
            }
            // A capital that opens the phrase is a name; a single one may be the part itself ("RAM 8 GB").
            while end - from > 1 && page.s.is_capital(from) && from > self.subject.start {
                from += 1;
            }
            let named = (from..end).all(|k| page.s.is_capital(k)) && end - from > 1;
            return (from < end && !named).then(|| Span::of(from, end));
        }
        let mut from = self.subject.start;
        while from < end {
            if let Some(date) = date_at(dates, from) {
                from = date.end as usize;
            } else if opens(page, from) || page.is(from, Class::Preposition) || parts[from] == Part::Barrier {
                from += 1;
            } else {
                break;
            }
        }
        if from >= end || page.s.is_capital(from) && from > self.subject.start.max(d.sentence.start as usize) {
            return None;
        }
        let all_names = (from..end).all(|k| page.s.is_capital(k) || !page.s.is_word(k));
        (!all_names).then(|| self.phrase(from, end))
    }

    /// The verb that says what happened to what is counted: "lấy mẫu xét nghiệm cho 730 người".
    pub(super) fn action(&self, d: &Draft) -> Option<Span<Tokens>> {
        let span = done(self.scene.page, d)?;
        (span.start as usize >= self.floor && span.range().len() >= 2).then_some(span)
    }
}

/// Steps back from `end` over the words of a predicate; returns where it begins.
fn predicate(page: &Page<'_>, floor: usize, end: usize) -> usize {
    let mut at = end;
    while at > floor && end - at < 10 {
        // "lượng sở hữu lên 5 triệu": a verb of holding is the predicate only right before its number.
        let steps = if at == end { STEPS | Class::Share.bit() } else { STEPS };
        let step = if page.m.any_ending(at, steps) { step_back(page, floor, at, at == end) } else { None };
        let bracket = page.s.is_mark(at - 1, '(') || page.s.is_mark(at - 1, ':');
        match step {
            Some(s) => at = s,
            None if page.s.is_word(at - 1) && is_predicate(page, at - 1) || bracket => at -= 1,
            None => break,
        }
    }
    at
}

/// What a predicate is made of.
const PREDICATE: [Class; 8] =
    [Class::Up, Class::Down, Class::Level, Class::Reach, Class::Exceed, Class::Fold, Class::Filler, Class::Hedge];
const STEPS: Classes = set(&PREDICATE);

/// Where the longest part of a predicate that ends at `at` begins.
fn step_back(page: &Page<'_>, floor: usize, at: usize, share: bool) -> Option<usize> {
    let share = share.then(|| page.before(floor, at, Class::Share)).flatten();
    PREDICATE
        .iter()
        .filter_map(|&c| page.before(floor, at, c))
        .chain(share)
        .filter(|&(s, _)| !page.is(s, Class::Property) || page.is(s, Class::Up) || page.is(s, Class::Down))
        .map(|(s, _)| s)
        .min()
}

/// Where the clause that ends at `end` begins; an alias in brackets ("(GDP)") is passed over.
fn clause_start(page: &Page<'_>, floor: usize, end: usize) -> usize {
    let mut k = end;
    while k > floor {
        k -= 1;
        if page.s.is_mark(k, ')')
            && let Some(open) = (floor.max(k.saturating_sub(4))..k).rev().find(|&o| page.s.is_mark(o, '('))
            && open > floor
        {
            k = open;
            continue;
        }
        if is_edge(page, k) {
            return k + 1;
        }
    }
    floor
}
