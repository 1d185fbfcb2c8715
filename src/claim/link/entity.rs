//! Who or what a claim is about: the phrases of the article compete, and a linear model on readable features decides.
//!
//! `Theo Sở Y tế, đến nay tỉnh An Phú có 120 ca` → `tỉnh An Phú`: it opens the clause, `Sở Y tế` only says so.
//!
//! The weights (`entity_weights.tsv`) are made by `tools/train_entities.py` from annotated articles; a feature is a
//! short phrase such as `opens+same clause` or `count & group`, so that a person can read why a candidate won.

use std::sync::LazyLock;

use super::cluster::Clusters;
use super::mention::{Mention, Sort};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

/// One phrase that may be the entity.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The thing it names.
    pub cluster: u32,
    /// The phrase in the claim's sentence, if it stands there.
    pub mention: Option<usize>,
    /// The features that hold.
    pub features: Vec<u16>,
}

/// What is known of an article before its claims are linked.
pub struct Context<'p, 't> {
    /// The article.
    pub page: &'p Page<'t>,
    /// Its phrases.
    pub mentions: &'p [Mention],
    /// What they name.
    pub clusters: &'p Clusters,
    /// For each sentence, its phrases.
    pub by_sentence: Vec<std::ops::Range<usize>>,
    /// The most salient things, best first.
    pub salient: Vec<u32>,
}

impl<'p, 't> Context<'p, 't> {
    /// Prepares an article.
    #[must_use]
    pub fn new(page: &'p Page<'t>, mentions: &'p [Mention], clusters: &'p Clusters) -> Self {
        let mut by_sentence = vec![0..0; page.s.sentences.len()];
        for (i, m) in mentions.iter().enumerate() {
            let range = &mut by_sentence[m.sentence];
            if range.len() == 0 {
                *range = i..i + 1;
            } else {
                range.end = i + 1;
            }
        }
        let mut salient: Vec<u32> = (0..clusters.list.len()).filter(|&c| clusters.list[c].sort != Sort::Property).map(|c| u32::try_from(c).unwrap_or(0)).collect();
        salient.sort_by_key(|&c| {
            let cluster = &clusters.list[c as usize];
            let weight = cluster.count + if cluster.title { 3 } else { 0 } + if cluster.named { 2 } else { 0 };
            (std::cmp::Reverse(weight), cluster.first)
        });
        salient.truncate(4);
        Self { page, mentions, clusters, by_sentence, salient }
    }
}

macro_rules! features {
    ($($variant:ident $name:literal;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq)]
        enum Feature { $($variant,)* Last }
        const NAMES: &[&str] = &[$($name,)*];
    };
}

features! {
    Outside "not in the sentence";
    BeforeClause "before, same clause";
    BeforeSentence "before, other clause";
    AfterClause "after, same clause";
    AfterSentence "after, other clause";
    Near0 "at most 2 words away";
    Near1 "3 to 5 words away";
    Near2 "6 to 10 words away";
    Near3 "11 to 20 words away";
    Near4 "further away";
    NearestBefore "nearest before";
    NearestNamedBefore "nearest name before";
    NearestAfter "nearest after";
    FirstOfSentence "first of the sentence";
    Opens "opens a clause";
    OpensSame "opens the claim's clause";
    Named "named";
    Title "in the headline";
    Once "named once";
    Often "named 4 times or more";
    MostSalient "the most salient";
    Salient "salient";
    Determiner "with các, những";
    Long "3 words or more";
    PrevAt "behind tại, ở";
    PrevOf "behind của";
    PrevFor "behind cho";
    PrevWith "behind với";
    PrevAccording "behind theo";
    PrevFrom "behind từ, đến, sang";
    PrevIn "behind trong, trên";
    PrevBy "behind bởi, do";
    PrevAnd "behind và or a comma";
    PrevColon "behind a colon";
    PrevCompare "behind so với, hơn";
    PrevVerb "behind a verb";
    NextSource "before cho biết";
    NextHave "before có, đạt, ghi nhận";
    NextVerb "before a verb";
    NextColon "before a colon";
    NextNumber "before a number";
    NextComma "before a comma";
    NextOf "before của";
    CountedNoun "is the counted noun";
    PastSubject1 "opened the sentence before";
    PastSubject2 "opened an earlier sentence";
    PastMention "named in the sentence before";
    InBrackets "the claim is in brackets";
    HeadOfBrackets "before the brackets of the claim";
    Previous "entity of the last claim";
    PreviousSame "entity of the last claim, same sentence";
    PreviousBracket "entity of the last claim, claim in brackets";
    PreviousClause "entity of the last claim, same clause";
    PreviousNoOther "entity of the last claim, nothing named between";
    DateLine "heads the sentence before a colon";
    SubjectAgain "named in the sentence and in the headline";
}

const SORTS: [&str; 8] = ["organization", "place", "person", "product", "event", "group", "other", "property"];
const KINDS: [&str; 8] = ["count", "money", "share", "target", "change", "measure", "age or time", "rate"];
const CROSS: [Feature; 9] = [
    Feature::BeforeClause,
    Feature::BeforeSentence,
    Feature::AfterClause,
    Feature::AfterSentence,
    Feature::Outside,
    Feature::Opens,
    Feature::Previous,
    Feature::CountedNoun,
    Feature::NearestBefore,
];

const BASE: usize = Feature::Last as usize;
const SORT_AT: usize = BASE;
const KIND_SORT_AT: usize = SORT_AT + 16;
const KIND_CROSS_AT: usize = KIND_SORT_AT + 64;
const SORT_CROSS_AT: usize = KIND_CROSS_AT + 72;
/// How many features there are.
pub const FEATURES: usize = SORT_CROSS_AT + 72;

/// The feature's readable name, as in the table of weights.
#[must_use]
pub fn feature_name(id: usize) -> String {
    match id {
        _ if id < SORT_AT => NAMES[id].to_owned(),
        _ if id < KIND_SORT_AT => format!("{}{}", SORTS[(id - SORT_AT) % 8], if id - SORT_AT >= 8 { ", named" } else { "" }),
        _ if id < KIND_CROSS_AT => format!("{} & {}", KINDS[(id - KIND_SORT_AT) / 8], SORTS[(id - KIND_SORT_AT) % 8]),
        _ if id < SORT_CROSS_AT => format!("{} & {}", KINDS[(id - KIND_CROSS_AT) / 9], NAMES[CROSS[(id - KIND_CROSS_AT) % 9] as usize]),
        _ => format!("{} & {}", SORTS[(id - SORT_CROSS_AT) / 9], NAMES[CROSS[(id - SORT_CROSS_AT) % 9] as usize]),
    }
}

static WEIGHTS: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let table: rustc_hash::FxHashMap<&str, f32> = include_str!("entity_weights.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .filter_map(|l| l.split_once('\t').and_then(|(name, w)| Some((name, w.parse().ok()?))))
        .collect();
    (0..FEATURES).map(|id| table.get(feature_name(id).as_str()).copied().unwrap_or(0.0)).collect()
});

const fn sort_index(sort: Sort) -> usize {
    match sort {
        Sort::Thing(EntityType::Organization) => 0,
        Sort::Thing(EntityType::Place) => 1,
        Sort::Thing(EntityType::Person) => 2,
        Sort::Thing(EntityType::Product) => 3,
        Sort::Thing(EntityType::Event) => 4,
        Sort::Thing(EntityType::Group) => 5,
        Sort::Thing(EntityType::Other) => 6,
        Sort::Property => 7,
    }
}

const fn kind_index(kind: Kind) -> usize {
    match kind {
        Kind::Count | Kind::Rank | Kind::Score => 0,
        Kind::Money => 1,
        Kind::Percentage | Kind::Ratio => 2,
        Kind::TargetPercentage => 3,
        Kind::Change | Kind::Multiple => 4,
        Kind::Measurement => 5,
        Kind::Age | Kind::Duration => 6,
        Kind::Rate => 7,
    }
}

/// What was chosen for the claim before.
#[derive(Debug, Clone, Copy)]
pub struct Last {
    /// The thing.
    pub cluster: u32,
    /// The claim's sentence.
    pub sentence: usize,
    /// One past the claim's last token.
    pub end: usize,
}

/// All candidates of a claim, with every feature but those that depend on the last choice.
#[must_use]
pub fn candidates(context: &Context<'_, '_>, draft: &Draft, sentence: usize) -> Vec<Candidate> {
    let mut out = Vec::with_capacity(16);
    let t = draft.tokens.start as usize;
    let here = context.by_sentence[sentence].clone();
    let usable = |m: &Mention| m.sort != Sort::Property || m.named;
    let before: Vec<usize> = here.clone().rev().filter(|&i| (context.mentions[i].tokens.end as usize) <= t && usable(&context.mentions[i])).take(10).collect();
    let after: Vec<usize> = here.clone().filter(|&i| context.mentions[i].tokens.start as usize >= draft.amount.number_end.min(draft.tokens.end as usize) && usable(&context.mentions[i])).take(4).collect();
    let clause = clause(context.page, draft);
    let nearest_named = before.iter().position(|&i| context.mentions[i].named);
    for (rank, &i) in before.iter().enumerate() {
        let mut f = in_sentence(context, draft, i, &clause, &here);
        if rank == 0 {
            f.push(Feature::NearestBefore as u16);
        }
        if Some(rank) == nearest_named {
            f.push(Feature::NearestNamedBefore as u16);
        }
        out.push(Candidate { cluster: context.clusters.of[i], mention: Some(i), features: f });
    }
    for (rank, &i) in after.iter().enumerate() {
        let mut f = in_sentence(context, draft, i, &clause, &here);
        if rank == 0 {
            f.push(Feature::NearestAfter as u16);
        }
        out.push(Candidate { cluster: context.clusters.of[i], mention: Some(i), features: f });
    }
    for back in 1..=3.min(sentence) {
        for i in context.by_sentence[sentence - back].clone() {
            let m = &context.mentions[i];
            if usable(m) && (m.opens || m.named && back == 1) && m.sort != Sort::Property {
                add_outside(context, &mut out, context.clusters.of[i]);
            }
        }
    }
    for &c in &context.salient {
        add_outside(context, &mut out, c);
    }
    for candidate in &mut out {
        finish(context, draft, sentence, candidate, &clause);
    }
    out
}

/// A thing that is named elsewhere.
fn add_outside(context: &Context<'_, '_>, out: &mut Vec<Candidate>, cluster: u32) {
    let _ = context;
    if out.iter().all(|c| c.cluster != cluster) && out.len() < 24 {
        out.push(Candidate { cluster, mention: None, features: vec![Feature::Outside as u16] });
    }
}

/// The clause of the claim: its tokens between commas, semicolons and brackets.
fn clause(page: &Page<'_>, draft: &Draft) -> Span<Tokens> {
    let (lo, hi) = (draft.sentence.start as usize, draft.sentence.end as usize);
    let cut = |k: usize| matches!(page.s.tokens[k].shape, Shape::Mark(',' | ';' | ':' | '(' | ')'));
    let from = (lo..draft.tokens.start as usize).rev().find(|&k| cut(k)).map_or(lo, |k| k + 1);
    let to = (draft.tokens.end as usize..hi).find(|&k| cut(k)).unwrap_or(hi);
    Span::of(from, to)
}

fn in_sentence(context: &Context<'_, '_>, draft: &Draft, i: usize, clause: &Span<Tokens>, here: &std::ops::Range<usize>) -> Vec<u16> {
    let page = context.page;
    let m = &context.mentions[i];
    let (start, end) = (m.tokens.start as usize, m.tokens.end as usize);
    let (from, to) = (draft.tokens.start as usize, draft.tokens.end as usize);
    let mut f: Vec<Feature> = Vec::with_capacity(24);
    let before = end <= from;
    let same = clause.contains(m.tokens);
    f.push(match (before, same) {
        (true, true) => Feature::BeforeClause,
        (true, false) => Feature::BeforeSentence,
        (false, true) => Feature::AfterClause,
        (false, false) => Feature::AfterSentence,
    });
    let gap = if before { from - end } else { start.saturating_sub(to) };
    f.push(match gap {
        0..=2 => Feature::Near0,
        3..=5 => Feature::Near1,
        6..=10 => Feature::Near2,
        11..=20 => Feature::Near3,
        _ => Feature::Near4,
    });
    if i == here.start {
        f.push(Feature::FirstOfSentence);
    }
    if m.opens {
        f.push(Feature::Opens);
        if same {
            f.push(Feature::OpensSame);
        }
    }
    if m.named {
        f.push(Feature::Named);
    }
    if m.tokens.range().len() >= 3 {
        f.push(Feature::Long);
    }
    if matches!(page.w(start), "các" | "những") {
        f.push(Feature::Determiner);
    }
    if draft.noun.is_some_and(|n| n.overlaps(m.tokens)) {
        f.push(Feature::CountedNoun);
    }
    f.extend(behind(page, draft, start));
    f.extend(ahead(page, end, m));
    f.into_iter().map(|f| f as u16).collect()
}

/// What stands before the phrase.
fn behind(page: &Page<'_>, draft: &Draft, start: usize) -> Option<Feature> {
    let floor = draft.sentence.start as usize;
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
fn ahead(page: &Page<'_>, end: usize, m: &Mention) -> Vec<Feature> {
    let end = m.alias.map_or(end, |a| a.end as usize + 1);
    let mut f = Vec::new();
    if page.is(end, Class::Source) && !matches!(page.w(end), "theo" | "thông" | "thống" | "nguồn") {
        f.push(Feature::NextSource);
    }
    let skip = usize::from(matches!(page.w(end), "đã" | "đang" | "sẽ" | "cũng" | "vừa" | "mới" | "chỉ" | "còn" | "hiện"));
    match page.w(end + skip) {
        "có" | "đạt" | "ghi" | "là" | "gồm" | "chiếm" | "tăng" | "giảm" | "được" | "bị" | "phát" | "thu" => f.push(Feature::NextHave),
        "của" => f.push(Feature::NextOf),
        _ if page.is(end + skip, Class::Verb) || page.is(end + skip, Class::Auxiliary) => f.push(Feature::NextVerb),
        _ => {}
    }
    if page.s.is_mark(end, ':') {
        f.push(Feature::NextColon);
        if m.opens {
            f.push(Feature::DateLine);
        }
    }
    if page.s.is_mark(end, ',') {
        f.push(Feature::NextComma);
    }
    if page.s.is_number(end) {
        f.push(Feature::NextNumber);
    }
    f
}

/// Features of the thing itself, and the crossed ones.
fn finish(context: &Context<'_, '_>, draft: &Draft, sentence: usize, candidate: &mut Candidate, clause: &Span<Tokens>) {
    let page = context.page;
    let cluster = &context.clusters.list[candidate.cluster as usize];
    let mut f: Vec<Feature> = Vec::with_capacity(12);
    if cluster.title {
        f.push(Feature::Title);
        if candidate.mention.is_some() && sentence > 0 {
            f.push(Feature::SubjectAgain);
        }
    }
    match cluster.count {
        0 | 1 => f.push(Feature::Once),
        4.. => f.push(Feature::Often),
        _ => {}
    }
    if context.salient.first() == Some(&candidate.cluster) {
        f.push(Feature::MostSalient);
    } else if context.salient.contains(&candidate.cluster) {
        f.push(Feature::Salient);
    }
    let bracket = clause.start > draft.sentence.start && page.s.is_mark(clause.start as usize - 1, '(');
    if bracket {
        f.push(Feature::InBrackets);
        if candidate.mention.is_some_and(|m| context.mentions[m].tokens.end + 1 >= clause.start && context.mentions[m].tokens.end <= clause.start) {
            f.push(Feature::HeadOfBrackets);
        }
    }
    if candidate.mention.is_none() {
        for back in 1..=3.min(sentence) {
            for i in context.by_sentence[sentence - back].clone() {
                if context.clusters.of[i] == candidate.cluster {
                    let opens = context.mentions[i].opens;
                    f.push(if opens && back == 1 { Feature::PastSubject1 } else if opens { Feature::PastSubject2 } else if back == 1 { Feature::PastMention } else { continue });
                    break;
                }
            }
        }
        if cluster.named {
            f.push(Feature::Named);
        }
    }
    candidate.features.extend(f.into_iter().map(|f| f as u16));
    candidate.features.sort_unstable();
    candidate.features.dedup();
    let sort = candidate.mention.map_or(cluster.sort, |m| if context.mentions[m].sort == Sort::Thing(EntityType::Other) { cluster.sort } else { context.mentions[m].sort });
    let (s, k) = (sort_index(sort), kind_index(draft.kind));
    let crossed: Vec<u16> = CROSS
        .iter()
        .enumerate()
        .filter(|(_, c)| candidate.features.contains(&(**c as u16)))
        .flat_map(|(n, _)| [KIND_CROSS_AT + k * 9 + n, SORT_CROSS_AT + s * 9 + n])
        .chain([SORT_AT + s + if cluster.named { 8 } else { 0 }, KIND_SORT_AT + k * 8 + s])
        .map(|id| u16::try_from(id).unwrap_or(0))
        .collect();
    candidate.features.extend(crossed);
}

/// The features that depend on what the claim before is about.
pub fn continue_from(context: &Context<'_, '_>, draft: &Draft, sentence: usize, last: Option<Last>, candidates: &mut Vec<Candidate>) {
    let Some(last) = last else { return };
    let clause = clause(context.page, draft);
    if sentence.saturating_sub(last.sentence) <= 2 && candidates.iter().all(|c| c.cluster != last.cluster) {
        let mut candidate = Candidate { cluster: last.cluster, mention: None, features: vec![Feature::Outside as u16] };
        finish(context, draft, sentence, &mut candidate, &clause);
        candidates.push(candidate);
    }
    let bracket = clause.start > draft.sentence.start && context.page.s.is_mark(clause.start as usize - 1, '(');
    let named_between = sentence == last.sentence
        && context.by_sentence[sentence].clone().any(|i| {
            let m = &context.mentions[i];
            m.tokens.start as usize >= last.end && m.tokens.end <= draft.tokens.start && m.named
        });
    let k = kind_index(draft.kind);
    for c in candidates.iter_mut().filter(|c| c.cluster == last.cluster) {
        let mut f = vec![Feature::Previous];
        if sentence == last.sentence {
            f.push(Feature::PreviousSame);
            if bracket {
                f.push(Feature::PreviousBracket);
            }
            if !named_between {
                f.push(Feature::PreviousNoOther);
            }
            if clause.start as usize <= last.end {
                f.push(Feature::PreviousClause);
            }
        }
        c.features.extend(f.into_iter().map(|f| f as u16));
        let n = CROSS.iter().position(|f| *f == Feature::Previous).unwrap_or(0);
        c.features.push(u16::try_from(KIND_CROSS_AT + k * 9 + n).unwrap_or(0));
    }
}

/// The best candidate and how sure it is: its share of the exponentiated scores of all things.
#[must_use]
pub fn best(candidates: &[Candidate]) -> Option<(usize, f32)> {
    best_by(candidates, &WEIGHTS)
}

/// As [`best`], with other weights (training).
#[must_use]
pub fn best_by(candidates: &[Candidate], weights: &[f32]) -> Option<(usize, f32)> {
    let scores: Vec<f32> = candidates.iter().map(|c| c.features.iter().map(|&f| weights[f as usize]).sum()).collect();
    let top = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
    let highest = scores[top];
    let total: f32 = scores.iter().map(|s| (s - highest).exp()).sum();
    let same: f32 = scores.iter().zip(candidates).filter(|(_, c)| c.cluster == candidates[top].cluster).map(|(s, _)| (s - highest).exp()).sum();
    Some((top, same / total))
}
