//! What stands around a phrase of the claim's own sentence: clause, distance, the words before and behind it.

use super::Context;
use super::feature::{Feature, Features};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::find::Draft;
use crate::claim::lexicon::{Class, Classes, Page, set};
use crate::claim::link::mention::{Mention, Part, Sort};

/// The clause of the claim: its tokens between commas, semicolons and brackets.
pub(super) fn clause(context: &Context<'_, '_>, draft: &Draft) -> Span<Tokens> {
    let page = context.page;
    let (lo, hi) = (draft.sentence.start as usize, draft.sentence.end as usize);
    let cut = |k: usize| match page.s.tokens[k].shape {
        Shape::Mark(',' | ';' | ':' | '(' | ')') => true,
        // "A tăng 0,6% và B tăng 0,2%": behind a number "và" opens another clause.
        Shape::Word => k > lo && context.parts[k - 1] == Part::Barrier && matches!(page.w(k), "và" | "nhưng" | "còn"),
        _ => false,
    };
    let low = lo.max((draft.tokens.start as usize).saturating_sub(REACH));
    let high = hi.min(draft.tokens.end as usize + REACH);
    let from = (low..draft.tokens.start as usize).rev().find(|&k| cut(k)).map_or(low, |k| k + 1);
    let to = (draft.tokens.end as usize..high).find(|&k| cut(k)).unwrap_or(high);
    Span::of(from, to)
}

/// How many words away a clause is looked for: a sentence without marks stays cheap.
const REACH: usize = 80;

/// Whether a verb follows the phrase, so that it is a subject.
fn verbed(page: &Page<'_>, m: &Mention) -> bool {
    let end = m.alias.map_or(m.tokens.end, |a| a.end + 1) as usize;
    const VERBS: Classes = set(&[Class::Verb, Class::Auxiliary, Class::Reach, Class::Up, Class::Down, Class::Level]);
    page.s.is_word(end) && page.m.any(end, VERBS)
        || matches!(page.w(end), "có" | "đã" | "là" | "sẽ" | "đang" | "cũng" | "vừa" | "hiện")
}

/// How many numbers stand between two tokens.
pub(super) fn numbers(context: &Context<'_, '_>, from: usize, to: usize) -> usize {
    let low = from.max(to.saturating_sub(REACH));
    (low..to)
        .filter(|&k| context.parts[k] == Part::Barrier && (k == low || context.parts[k - 1] != Part::Barrier))
        .count()
}

/// What can be said of a phrase whatever the claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    features: Features,
    /// What stands before it.
    prev: Option<Feature>,
    /// The first word behind the mark before it is a verb, and near: an object if the claim stands behind it.
    opening_verb: bool,
    /// Whether "theo" leads it, with words alone between.
    sourced: bool,
    /// A bracket opens before it, and closes at this token.
    bracket: Option<usize>,
    /// A verb follows it.
    pub(super) verbed: bool,
}

pub(super) fn seen(context: &Context<'_, '_>, i: usize) -> Seen {
    context.seen[i].get().unwrap_or_else(|| {
        let seen = see(context, i);
        context.seen[i].set(Some(seen));
        seen
    })
}

fn see(context: &Context<'_, '_>, i: usize) -> Seen {
    let page = context.page;
    let m = &context.mentions[i];
    let first = context.by_sentence[m.sentence].start;
    let floor = page.s.sentences[m.sentence].start as usize;
    let (start, end) = (m.tokens.start as usize, m.tokens.end as usize);
    let prev = behind(page, floor, start);
    let mut f: Features = Feature::FirstOfSentence.when(i == first)
        | Feature::Opens.when(m.opens)
        | Feature::Named.when(m.named)
        | Feature::Long.when(m.tokens.range().len() >= 3);
    if matches!(page.w(start), "các" | "những") {
        f |= Feature::Determiner;
    }
    let opener = (start.saturating_sub(6)..start)
        .rev()
        .find(|&k| matches!(page.s.tokens[k].shape, Shape::Mark(_) | Shape::Break))
        .map_or(floor, |k| k + 1)
        .max(floor);
    let opening_verb = start > opener
        && start - opener <= 4
        && page.is(opener, Class::Verb)
        && !page.is(opener, Class::Noun)
        && m.sort != Sort::Thing(EntityType::Person);
    if m.nested {
        f |= Feature::Nested;
        if page.is(end, Class::Source) && page.w(end) != "theo" || outer_according(context, floor, i) {
            f |= Feature::NestedSource;
        }
    }
    let bracket = (start > 0 && page.s.is_mark(start - 1, '('))
        .then(|| (end..end + 6).find(|&k| page.s.is_mark(k, ')')))
        .flatten();
    if start > 0 && (page.w(start) == "cách" || page.w(start - 1) == "cách") {
        f |= Feature::PrevAway;
    }
    if !m.named && m.tokens.range().len() <= 2 && matches!(m.sort, Sort::Thing(EntityType::Other | EntityType::Group)) {
        f |= Feature::Bare;
    }
    if matches!(page.w(start), "toàn" | "cả") {
        f |= Feature::Whole;
    }
    if prev == Some(Feature::PrevOf)
        && i > first
        && context.mentions[i - 1].sort == Sort::Property
        && context.mentions[i - 1].tokens.end as usize + 1 >= start
    {
        f |= Feature::Owner;
    }
    if matches!(prev, Some(Feature::PrevAt | Feature::PrevIn)) && start <= floor + 4 {
        f |= Feature::Scope;
    }
    f |= prev.map_or(0, Feature::bit) | ahead(page, end, m);
    let sourced = sourced(page, floor, start);
    Seen { features: f, prev, opening_verb, bracket, sourced, verbed: verbed(page, m) }
}

/// What can be said of a phrase of the claim's sentence.
pub(super) fn in_sentence(
    context: &Context<'_, '_>,
    draft: &Draft,
    i: usize,
    clause: &Span<Tokens>,
    here: &std::ops::Range<usize>,
) -> Features {
    let m = &context.mentions[i];
    let seen = seen(context, i);
    let (start, end) = (m.tokens.start as usize, m.tokens.end as usize);
    let (from, to) = (draft.tokens.start as usize, draft.tokens.end as usize);
    let mut f = seen.features;
    let before = end <= from;
    let same = clause.contains(m.tokens);
    f |= match (before, same) {
        (true, true) => Feature::BeforeClause,
        (true, false) => Feature::BeforeSentence,
        (false, true) => Feature::AfterClause,
        (false, false) => Feature::AfterSentence,
    };
    let gap = if before { from - end } else { start.saturating_sub(to) };
    f |= match gap {
        0..=2 => Feature::Near0,
        3..=5 => Feature::Near1,
        6..=10 => Feature::Near2,
        11..=20 => Feature::Near3,
        _ => Feature::Near4,
    };
    f |= Feature::OpensSame.when(m.opens && same);
    if draft.noun.is_some_and(|n| n.overlaps(m.tokens)) {
        f |= Feature::CountedNoun;
    }
    if before
        && !matches!(seen.prev, Some(Feature::PrevOf | Feature::PrevAt | Feature::PrevBy))
        && measured(context, clause, i, here)
    {
        f |= Feature::InMeasured;
    }
    f |= Feature::OpeningVerb.when(before && seen.opening_verb);
    let opens_clause = clause.start as usize == start && same;
    if let Some(closes) = seen.bracket
        && !opens_clause
        && (!before || closes <= from)
    {
        f |= Feature::OtherBrackets;
    }
    f | Feature::Sourced.when(before && seen.sourced)
}

/// Whether a phrase of measure opens the clause and runs on to the phrase: "sản lượng vận tải *hàng hoá* đạt …".
fn measured(context: &Context<'_, '_>, clause: &Span<Tokens>, i: usize, here: &std::ops::Range<usize>) -> bool {
    let m = &context.mentions[i];
    (here.start.max(i.saturating_sub(3))..i).rev().any(|k| {
        let other = &context.mentions[k];
        if other.sort != Sort::Property || other.named {
            return false;
        }
        let gap = other.tokens.end as usize..m.tokens.start as usize;
        let joined = gap.len() <= 4
            && gap.clone().all(|t| {
                context.page.s.is_word(t)
                    && !matches!(context.page.w(t), "của" | "tại" | "ở" | "do" | "là" | "có" | "đạt")
            });
        joined && (clause.contains(other.tokens) || clause.contains(m.tokens))
    })
}

/// Whether the longer name around a nested one stands behind "theo".
fn outer_according(context: &Context<'_, '_>, floor: usize, i: usize) -> bool {
    i > 0 && behind(context.page, floor, context.mentions[i - 1].tokens.start as usize) == Some(Feature::PrevAccording)
}

/// "Theo số liệu của *Cục Thống kê*": whether "theo" leads the phrase, with words alone between.
fn sourced(page: &Page<'_>, floor: usize, start: usize) -> bool {
    let floor = floor.max(start.saturating_sub(9));
    (floor..start).rev().take_while(|&k| page.s.is_word(k)).any(|k| page.w(k) == "theo")
}

/// What stands before the phrase.
fn behind(page: &Page<'_>, floor: usize, start: usize) -> Option<Feature> {
    if start <= floor {
        return None;
    }
    if page.before(floor, start, Class::Versus).is_some() {
        return Some(Feature::PrevCompare);
    }
    if page.before(floor, start, Class::Locative).is_some_and(|(s, _)| page.w(s) != "tại" && start - s > 1) {
        return Some(Feature::PrevAt);
    }
    Some(match page.w(start - 1) {
        "tại" | "ở" | "thuộc" => Feature::PrevAt,
        "của" => Feature::PrevOf,
        "cho" => Feature::PrevFor,
        "là" => Feature::PrevIs,
        "với" | "cùng" => Feature::PrevWith,
        "theo" => Feature::PrevAccording,
        "từ" | "đến" | "sang" | "tới" | "về" | "vào" | "ra" => Feature::PrevFrom,
        "trong" | "trên" => Feature::PrevIn,
        "bởi" | "do" => Feature::PrevBy,
        "hơn" | "như" => Feature::PrevCompare,
        "và" | "hoặc" | "hay" | "lẫn" => Feature::PrevAnd,
        _ if page.s.is_mark(start - 1, ',') || page.s.is_mark(start - 1, ';') => Feature::PrevAnd,
        _ if page.s.is_mark(start - 1, ':') => Feature::PrevColon,
        _ if page.before(floor, start, Class::Verb).is_some() => Feature::PrevVerb,
        _ => return None,
    })
}

/// What stands behind it.
fn ahead(page: &Page<'_>, end: usize, m: &Mention) -> Features {
    let end = m.alias.map_or(end, |a| a.end as usize + 1);
    let mut f: Features = 0;
    // "Cục Thống kê (thuộc Bộ Tài chính) cho biết".
    let after = if page.s.is_mark(end, '(') {
        (end..end + 12).find(|&k| page.s.is_mark(k, ')')).map_or(end, |k| k + 1)
    } else {
        end
    };
    let says = page.is(after, Class::Source)
        && !matches!(page.w(after), "theo" | "thống" | "nguồn")
        && (page.w(after) != "thông" || m.opens);
    if says {
        f |= Feature::NextSource;
    }
    let skip =
        usize::from(matches!(page.w(end), "đã" | "đang" | "sẽ" | "cũng" | "vừa" | "mới" | "chỉ" | "còn" | "hiện"));
    match page.w(end + skip) {
        "có" | "đạt" | "ghi" | "là" | "gồm" | "chiếm" | "tăng" | "giảm" | "được" | "bị" | "phát" | "thu" =>
        {
            f |= Feature::NextHave;
        }
        "của" => f |= Feature::NextOf,
        _ if page.is(end + skip, Class::Verb) || page.is(end + skip, Class::Auxiliary) => f |= Feature::NextVerb,
        _ => {}
    }
    if page.s.is_mark(end, ':') {
        f |= Feature::NextColon;
        if m.opens {
            f |= Feature::DateLine;
        }
    }
    if page.s.is_mark(end, ',') {
        f |= Feature::NextComma;
    }
    if page.s.is_number(end) {
        f |= Feature::NextNumber;
    }
    f
}
