//! The phrases that may be a claim's property, each with what can be said of it.
//!
//! `Nhà máy đã khớp lệnh 5.000 cổ phiếu`: the counted noun "cổ phiếu", the verb phrase "khớp lệnh", the subject with
//! its verb "Nhà máy đã khớp lệnh"; the weights decide between them.

use std::sync::LazyLock;

use super::clause::Clause;
use super::words::{is_edge, is_predicate, is_stop, is_tail};
use super::{Before, Scene, behind, by_rule, counted, date_at, done, following};
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Classes, Page, set};
use crate::claim::link::linear::{Candidate, Features, Linear, features};
use crate::claim::link::mention::Part;
use crate::claim::link::phrase::extent;

features! {
    Rule "by rule";
    Counted "counted phrase";
    Noun "counted noun";
    Measure "measure of the clause";
    Within "measure around the last number";
    Last "of the last claim";
    Earlier "of an earlier sentence";
    EarlierClause "measure of a clause before";
    Behind "noun behind";
    Subject "subject";
    Done "first verb phrase";
    Verb "nearest verb phrase";
    Whole "subject and verb";
    Following "clause behind";
    Purpose "phrase behind a link";
    Word "word before";
    Pair "two words before";
    Age "word of age";
    AgeGroup "group of an age";
    Twice "proposed twice";
    Bare "no more than the noun";
    One "one word";
    Two "two words";
    Few "3 or 4 words";
    Many "5 words or more";
    LongPhrase "9 words or more";
    Before "before the number";
    Adjacent "touches the number";
    Near "up to 3 words off";
    Middle "4 to 8 words off";
    Far "9 words or more off";
    Comma "a mark between";
    StartsMeasure "starts with a measure";
    StartsNoun "starts with a noun";
    StartsVerb "starts with a verb";
    StartsAdjective "starts with an adjective";
    StartsPreposition "starts with a preposition";
    StartsPronoun "starts with a pronoun or determiner";
    StartsPerson "starts with a person or organization";
    StartsCapital "starts with a capital";
    StartsUnknown "starts with a word of no table";
    CutsStart "starts inside a word";
    CutsEnd "ends inside a word";
    HoldsVerb "holds a verb";
    HoldsChange "holds a verb of change";
    AllCapital "a name";
    IsCount "for a count";
    IsRatio "for a ratio";
    IsMoney "for money";
    IsShare "for a share";
    IsTarget "for a target";
    IsChange "for a change";
    IsMultiple "for a multiple";
    IsMeasure "for a measurement";
    IsDuration "for a duration";
    IsAge "for an age";
    IsRate "for a rate";
    Opens "number opens its sentence";
    AfterMark "number behind a mark";
    AfterBracket "number in brackets";
    AfterColon "number behind a colon";
    AfterVerb "number behind a verb";
    AfterPreposition "number behind a preposition";
    AfterFor "number behind cho, với";
    AfterIs "number behind là, có, gồm";
    AfterNoun "number behind a noun";
    AfterAdjective "number behind an adjective";
    AfterVersus "number behind so với";
    AfterChange "number behind a verb of change";
    AfterLevel "number behind a verb of level";
    AfterShare "number behind a verb of share";
    Hedged "number is hedged";
    EndsClause "number ends its clause";
    ThenVerb "number before a verb";
    ThenNoun "number before a noun";
    ThenPreposition "number before a preposition";
    ThenVersus "number before so với";
    ThenTarget "number before a target";
    ThenAuxiliary "number before đã, được";
    ThenLink "number before để, cho, mới";
    NoSubject "no subject";
    NoVerb "no predicate";
    HasLast "a claim before";
    HasMeasure "a measure in the clause";
    HasNoun "counts a noun";
    LastClose "last claim 4 words before";
    BareNoun "counts a bare noun";
}

static BUILT_IN: LazyLock<Linear> = LazyLock::new(|| Linear::parse(NAMES, include_str!("weights.tsv")));

/// The weights that the program ships.
#[must_use]
pub fn built_in() -> &'static Linear {
    &BUILT_IN
}

const NOUNS: Classes = set(&[Class::Noun, Class::Countable, Class::Classifier, Class::Product]);
const WHO: Classes = set(&[Class::Person, Class::Organization, Class::PlaceHead, Class::Group]);
const LINKS: Classes = set(&[Class::Preposition, Class::Conjunction, Class::Coordinator]);
const CHANGE: Classes = set(&[Class::Up, Class::Down]);

/// The phrases that may be the property of a draft, and the phrase of measure in its clause.
pub(in crate::claim::link) fn candidates(
    scene: Scene<'_, '_>,
    d: &Draft,
    last: Option<Before>,
    earlier: Option<Span<Tokens>>,
) -> (Vec<Candidate>, Option<Span<Tokens>>) {
    let page = scene.page;
    let (start, end) = (d.amount.hedge_start, d.tokens.end as usize);
    let clause = Clause::of(scene, d, last);
    let measure = clause.measure;
    let noun = d.noun.filter(|n| n.start as usize >= d.amount.number_end);
    let whole = noun.map(|n| counted(scene, d, n));
    let mut found: Vec<Candidate> = Vec::with_capacity(14);
    let mut put = |span: Option<Span<Tokens>>, source: Feature| {
        let Some(span) = span.filter(|s| s.start < s.end) else { return };
        match found.iter_mut().find(|c| c.span == Some(span)) {
            Some(c) => c.features |= source.bit() | Feature::Twice.when(c.features != Feature::Rule.bit()),
            None => found.push(Candidate { span: Some(span), features: source.bit() }),
        }
    };
    put(by_rule(scene, &clause, d, last), Feature::Rule);
    put(whole, Feature::Counted);
    // The bare noun is the unit already; alone it is offered only where its phrase runs far.
    let far = whole.is_none_or(|w| w.range().len() > d.noun.map_or(0, |n| n.range().len()) + 4);
    put(d.noun.filter(|&n| far || whole == Some(n)), Feature::Noun);
    put(measure, Feature::Measure);
    put(last.and_then(|l| l.measure), Feature::Within);
    put(last.map(|l| l.property), Feature::Last);
    put(earlier, Feature::Earlier);
    put(clause.earlier(), Feature::EarlierClause);
    put(behind(scene, d), Feature::Behind);
    put(clause.subject(d), Feature::Subject);
    put(done(page, d), Feature::Done);
    put(nearest_verb(page, d), Feature::Verb);
    put(subject_and_verb(scene, &clause, start), Feature::Whole);
    put(following(scene, end, d).filter(|s| !page.m.any(s.start as usize, LINKS)), Feature::Following);
    put(purpose(scene, end, d), Feature::Purpose);
    for (words, source) in [(1, Feature::Word), (2, Feature::Pair)] {
        put(words_before(page, d, words), source);
    }
    if d.kind == Kind::Age {
        put(age_group(page, d), Feature::AgeGroup);
    }
    let claim = of_claim(scene, d, &clause, last, measure, whole);
    for c in &mut found {
        if let Some(span) = c.span {
            c.features |= claim | of_phrase(page, d, span, noun);
        }
    }
    (found, measure)
}

/// What can be said of the claim.
fn of_claim(
    scene: Scene<'_, '_>,
    d: &Draft,
    clause: &Clause<'_, '_>,
    last: Option<Before>,
    measure: Option<Span<Tokens>>,
    whole: Option<Span<Tokens>>,
) -> Features {
    let page = scene.page;
    let (start, end) = (d.amount.hedge_start, d.tokens.end as usize);
    let lo = d.sentence.start as usize;
    let before = start.wrapping_sub(1);
    let inside = start > lo;
    let ends = |classes: Classes| inside && ending(page, lo, start, classes);
    let kind = match d.kind {
        Kind::Count | Kind::Rank | Kind::Score => Feature::IsCount,
        Kind::Ratio => Feature::IsRatio,
        Kind::Money => Feature::IsMoney,
        Kind::Percentage => Feature::IsShare,
        Kind::TargetPercentage => Feature::IsTarget,
        Kind::Change => Feature::IsChange,
        Kind::Multiple => Feature::IsMultiple,
        Kind::Measurement => Feature::IsMeasure,
        Kind::Duration => Feature::IsDuration,
        Kind::Age => Feature::IsAge,
        Kind::Rate => Feature::IsRate,
    };
    // What follows a counted noun says more than what follows its number.
    let then = whole.map_or(end, |w| (w.end as usize).max(end));
    let bare = whole.zip(d.noun).is_some_and(|(w, n)| w.end == n.end);
    kind.bit()
        | Feature::Opens.when(!inside)
        | Feature::AfterMark.when(inside && !page.s.is_word(before) && !page.s.is_number(before))
        | Feature::AfterBracket.when(inside && page.s.is_mark(before, '('))
        | Feature::AfterColon.when(inside && page.s.is_mark(before, ':'))
        | Feature::AfterVerb.when(ends(Class::Verb.bit()))
        | Feature::AfterPreposition.when(ends(Class::Preposition.bit()))
        | Feature::AfterFor.when(inside && matches!(page.w(before), "cho" | "với" | "vào"))
        | Feature::AfterIs.when(inside && matches!(page.w(before), "là" | "có" | "gồm"))
        | Feature::AfterNoun.when(ends(NOUNS | Class::Property.bit()))
        | Feature::AfterAdjective.when(ends(Class::Adjective.bit()))
        | Feature::AfterVersus.when((start.saturating_sub(3).max(lo)..start).any(|k| page.is(k, Class::Versus)))
        | Feature::AfterChange.when(ends(CHANGE))
        | Feature::AfterLevel.when(ends(Class::Level.bit() | Class::Reach.bit()))
        | Feature::AfterShare.when(ends(Class::Share.bit()))
        | Feature::Hedged.when(start < d.tokens.start as usize)
        | Feature::EndsClause.when(then >= d.sentence.end as usize || !page.s.is_word(then))
        | Feature::ThenVerb.when(page.is(then, Class::Verb))
        | Feature::ThenNoun.when(page.m.any(then, NOUNS))
        | Feature::ThenPreposition.when(page.is(then, Class::Preposition))
        | Feature::ThenVersus.when(page.is(then, Class::Versus))
        | Feature::ThenTarget.when(page.is(then, Class::Target))
        | Feature::ThenAuxiliary.when(page.is(then, Class::Auxiliary))
        | Feature::ThenLink.when(matches!(page.w(then), "để" | "cho" | "mới" | "vào"))
        | Feature::NoSubject.when(clause.subject.is_empty())
        | Feature::NoVerb.when(clause.verb.is_empty())
        | Feature::HasLast.when(last.is_some())
        | Feature::HasMeasure.when(measure.is_some())
        | Feature::HasNoun.when(d.noun.is_some())
        | Feature::LastClose.when(last.is_some_and(|l| start.saturating_sub(l.end) <= 4))
        | Feature::BareNoun.when(bare)
}

/// What can be said of a phrase.
fn of_phrase(page: &Page<'_>, d: &Draft, span: Span<Tokens>, noun: Option<Span<Tokens>>) -> Features {
    let (from, to) = (span.start as usize, span.end as usize);
    let (start, end) = (d.amount.hedge_start, d.tokens.end as usize);
    let gap = if to <= start { to..start } else { end..from.max(end) };
    let words = span.range().filter(|&k| page.s.is_word(k)).count();
    let length = match words {
        0 | 1 => Feature::One,
        2 => Feature::Two,
        3 | 4 => Feature::Few,
        _ => Feature::Many,
    };
    let distance = match gap.len() {
        0 => Feature::Adjacent,
        1..=3 => Feature::Near,
        4..=8 => Feature::Middle,
        _ => Feature::Far,
    };
    let inside = |k: usize, over: usize| page.m.at(k).iter().any(|m| k + m.len as usize > over);
    let starts = page.m.classes(from);
    let marked = gap.clone().take(40).any(|k| !page.s.is_word(k) && !page.s.is_number(k));
    length.bit()
        | distance.bit()
        | Feature::LongPhrase.when(words >= 9)
        | Feature::Before.when(to <= start)
        | Feature::Comma.when(marked)
        | Feature::Bare.when(noun == Some(span))
        | Feature::StartsMeasure.when(starts & Class::Property.bit() != 0)
        | Feature::StartsNoun.when(starts & NOUNS != 0)
        | Feature::StartsVerb.when(starts & Class::Verb.bit() != 0)
        | Feature::StartsAdjective.when(starts & Class::Adjective.bit() != 0)
        | Feature::StartsPreposition.when(starts & (Class::Preposition.bit() | Class::Conjunction.bit()) != 0)
        | Feature::StartsPronoun.when(starts & (Class::Pronoun.bit() | Class::Determiner.bit()) != 0)
        | Feature::StartsPerson.when(starts & WHO != 0)
        | Feature::StartsCapital.when(page.s.is_capital(from) && from > d.sentence.start as usize)
        | Feature::StartsUnknown.when(starts == 0)
        | Feature::CutsStart.when(from > 0 && inside(from - 1, from))
        | Feature::CutsEnd.when(to > from && inside(to - 1, to))
        | Feature::HoldsVerb.when(span.range().take(14).any(|k| page.is(k, Class::Verb)))
        | Feature::HoldsChange.when(span.range().take(14).any(|k| page.m.any(k, CHANGE)))
        | Feature::AllCapital.when(span.range().all(|k| page.s.is_capital(k) || !page.s.is_word(k)))
        | Feature::Age.when(words == 1 && page.w(from) == "tuổi")
}

/// Whether a phrase of one of `classes` ends right before `end`.
fn ending(page: &Page<'_>, floor: usize, end: usize, classes: Classes) -> bool {
    let low = end.saturating_sub(4).max(floor);
    page.m.any_ending(end, classes)
        && (low..end).any(|k| page.m.at(k).iter().any(|m| m.class.bit() & classes != 0 && k + m.len as usize == end))
}

/// A verb that says what was done, not that it is so much.
fn acts(page: &Page<'_>, k: usize) -> bool {
    page.is(k, Class::Verb)
        && !page.is(k, Class::Auxiliary)
        && !page.s.is_capital(k)
        && !is_predicate(page, k)
        && !matches!(page.w(k), "bao" | "gồm" | "cho" | "biết" | "ghi")
        && !page.is(k, Class::Source)
}

/// The verb group next to the number with what stands between: "Hội tìm kiếm quy tập được 80" → "tìm kiếm quy tập".
fn nearest_verb(page: &Page<'_>, d: &Draft) -> Option<Span<Tokens>> {
    let start = d.amount.hedge_start;
    let low = (d.sentence.start as usize).max(start.saturating_sub(12));
    let mut at = (low..start)
        .rev()
        .take_while(|&k| !is_edge(page, k) && !page.s.is_number(k))
        .find(|&k| acts(page, k) && !(k > low && page.m.at(k - 1).iter().any(|m| m.len > 1)))?;
    while let Some((before, _)) = page.before(low, at, Class::Verb).filter(|&(b, _)| acts(page, b)) {
        at = before;
    }
    Some(Span::of(at, trimmed(page, at, start)))
}

/// One past the last word of a phrase, without what only leads to the number.
fn trimmed(page: &Page<'_>, from: usize, to: usize) -> usize {
    let mut end = to;
    let leads = |k: usize| {
        matches!(
            page.w(k),
            "tổng" | "cộng" | "số" | "mỗi" | "đạt" | "mức" | "lên" | "xuống" | "còn" | "khoảng" | "bằng"
        )
    };
    while end > from + 1 && (is_tail(page, end - 1) || leads(end - 1)) {
        end -= 1;
    }
    end
}

/// "VN-X cũng tăng", "khối ngoại mua vào": all of the clause up to the number.
fn subject_and_verb(scene: Scene<'_, '_>, clause: &Clause<'_, '_>, start: usize) -> Option<Span<Tokens>> {
    let page = scene.page;
    let mut from = clause.subject.start.max(start.saturating_sub(9));
    while from < start {
        if let Some(date) = date_at(scene.dates, from) {
            from = date.end as usize;
        } else if !page.s.is_word(from) || page.is(from, Class::Preposition) || scene.parts[from] == Part::Barrier {
            from += 1;
        } else {
            break;
        }
    }
    (from < start).then(|| Span::of(from, trimmed(page, from, start)))
}

/// "15 phút để có bàn gỡ", "3 tỷ đồng cho việc bảo trì": what a link behind the number leads to.
fn purpose(scene: Scene<'_, '_>, end: usize, d: &Draft) -> Option<Span<Tokens>> {
    let Scene { page, parts, dates, .. } = scene;
    let hi = d.sentence.end as usize;
    let mut from = end;
    while from < hi && from < end + 2 && matches!(page.w(from), "để" | "cho" | "vào" | "mới" | "trong" | "của" | "đầu")
    {
        from += 1;
    }
    let open = from > end && from < hi && page.s.is_word(from) && parts[from] != Part::Barrier;
    (open && date_at(dates, from).is_none()).then(|| extent(page, parts, dates, from, hi, 8))
}

/// The last words before the number and its hedge ("cao 5 m", "dài 3 km", "pin 4.000 mAh").
fn words_before(page: &Page<'_>, d: &Draft, words: usize) -> Option<Span<Tokens>> {
    let low = d.sentence.start as usize;
    let mut end = d.amount.hedge_start;
    while end > low
        && matches!(page.w(end - 1), "tới" | "đến" | "lên" | "là" | "khoảng" | "chỉ" | "được" | "có" | "đạt" | "mức")
    {
        end -= 1;
    }
    let from = end.checked_sub(words).filter(|&f| f >= low)?;
    let cut = from > low && page.m.at(from - 1).iter().any(|m| m.len > 1);
    (!cut && (from..end).all(|k| page.s.is_word(k))).then(|| Span::of(from, end))
}

/// "phụ nữ dưới 40 tuổi": a group told by its age.
fn age_group(page: &Page<'_>, d: &Draft) -> Option<Span<Tokens>> {
    let low = d.sentence.start as usize;
    let mut from = d.amount.hedge_start;
    if from > low && matches!(page.w(from - 1), "từ" | "dưới" | "trên" | "ngoài") {
        from -= 1;
    }
    let to = from;
    while from > low && to - from < 3 && page.s.is_word(from - 1) && !is_stop(page, from - 1) {
        from -= 1;
    }
    (from < to).then(|| Span::of(from, d.tokens.end as usize))
}
