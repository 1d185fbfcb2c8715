//! Who or what a claim is about: the phrases of the article compete, and a linear model on readable features decides.
//!
//! `Theo Sở Y tế, đến nay tỉnh An Phú có 120 ca` → `tỉnh An Phú`: it opens the clause, `Sở Y tế` only says so.
//!
//! The weights (`weights.tsv`) are made by `examples/train_entities.rs` from annotated articles; a feature is a
//! short phrase such as `opens+same clause` or `count & group`, so that a person can read why a candidate won.

mod choice;
pub mod feature;
mod near;

use std::cell::Cell;

use super::cluster::Clusters;
use super::mention::{Mention, Part, Sort};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Classes, Page, set};
pub use choice::{Ranked, built_in, settle};
use feature::{Feature, Features};
use near::{Seen, clause, in_sentence, numbers};

/// One phrase that may be the entity.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The thing it names.
    pub cluster: u32,
    /// The phrase in the claim's sentence, if it stands there.
    pub mention: Option<usize>,
    /// The features that hold.
    pub features: Features,
}

/// What is known of an article before its claims are linked.
pub struct Context<'p, 't> {
    /// The article.
    pub page: &'p Page<'t>,
    /// Its phrases.
    pub mentions: &'p [Mention],
    /// What they name.
    pub clusters: &'p Clusters,
    /// What each token is to a number.
    pub parts: &'p [Part],
    /// For each sentence, its phrases.
    pub by_sentence: Vec<std::ops::Range<usize>>,
    /// For each sentence, the first one of its paragraph.
    paragraph: Vec<usize>,
    /// The most salient things, best first.
    pub salient: Vec<u32>,
    /// The phrases that open a clause, in order, and for each sentence which of them are its own.
    openers: (Vec<usize>, Vec<std::ops::Range<usize>>),
    /// What was seen of each phrase, whatever the claim: the claims of a sentence ask for the same ones.
    seen: Vec<Cell<Option<Seen>>>,
    /// By the token that a phrase starts at, what its head is, once it was asked for.
    heads: Vec<Cell<Option<Option<Feature>>>>,
}

impl<'p, 't> Context<'p, 't> {
    /// Prepares an article.
    #[must_use]
    pub fn new(page: &'p Page<'t>, parts: &'p [Part], mentions: &'p [Mention], clusters: &'p Clusters) -> Self {
        let mut by_sentence = vec![0..0; page.s.sentences.len()];
        for (i, m) in mentions.iter().enumerate() {
            let range = &mut by_sentence[m.sentence];
            if range.start == range.end {
                *range = i..i + 1;
            } else {
                range.end = i + 1;
            }
        }
        let mut openers = (Vec::new(), Vec::with_capacity(by_sentence.len()));
        for range in &by_sentence {
            let from = openers.0.len();
            openers.0.extend(range.clone().take(MANY).filter(|&i| mentions[i].opens));
            openers.1.push(from..openers.0.len());
        }
        let mut paragraph: Vec<usize> = Vec::with_capacity(by_sentence.len());
        for (n, sentence) in page.s.sentences.iter().enumerate() {
            let goes_on = n > 0
                && (page.s.sentences[n - 1].end..sentence.start)
                    .all(|k| page.s.tokens[k as usize].shape != Shape::Break);
            paragraph.push(if goes_on { paragraph[n - 1] } else { n });
        }
        // A bare common noun ("doanh nghiệp") is named everywhere and is no topic.
        let topic = |c: &super::cluster::Cluster| c.sort != Sort::Property && (c.named || c.name.range().len() > 2);
        let mut salient: Vec<u32> = (0..clusters.list.len())
            .filter(|&c| topic(&clusters.list[c]))
            .map(|c| u32::try_from(c).unwrap_or(0))
            .collect();
        salient.sort_by_key(|&c| {
            let cluster = &clusters.list[c as usize];
            let weight = cluster.count + if cluster.title { 3 } else { 0 } + if cluster.named { 2 } else { 0 };
            (std::cmp::Reverse(weight), cluster.first)
        });
        salient.truncate(4);
        let seen = vec![Cell::new(None); mentions.len()];
        let heads = vec![Cell::new(None); page.s.tokens.len()];
        Self { page, mentions, clusters, parts, by_sentence, paragraph, salient, openers, seen, heads }
    }

    /// The phrases of a sentence that open a clause.
    fn openers(&self, sentence: usize) -> &[usize] {
        &self.openers.0[self.openers.1[sentence].clone()]
    }

    /// What the head of a phrase of the article is. No two of them start at one token.
    fn head(&self, phrase: Span<Tokens>) -> Option<Feature> {
        let Some(known) = self.heads.get(phrase.start as usize) else { return head_feature(self.page, phrase) };
        known.get().unwrap_or_else(|| {
            let head = head_feature(self.page, phrase);
            known.set(Some(head));
            head
        })
    }

    /// The first phrase of a sentence that `earlier` does not hold for; it holds for none behind that one.
    fn first(&self, sentence: &std::ops::Range<usize>, earlier: impl Fn(&Mention) -> bool) -> usize {
        sentence.start + self.mentions[sentence.clone()].partition_point(earlier)
    }
}

/// How many phrases of a sentence are looked through for one claim: no real sentence has so many.
const MANY: usize = 160;

/// One letter for a sort, in marked texts.
#[must_use]
pub const fn sort_letter(sort: Sort) -> char {
    match sort {
        Sort::Thing(EntityType::Organization) => 'o',
        Sort::Thing(EntityType::Place) => 'l',
        Sort::Thing(EntityType::Person) => 'p',
        Sort::Thing(EntityType::Product) => 'x',
        Sort::Thing(EntityType::Event) => 'e',
        Sort::Thing(EntityType::Group) => 'g',
        Sort::Thing(EntityType::Other) => '-',
        Sort::Property => '=',
    }
}

const fn sort_feature(sort: Sort) -> Feature {
    match sort {
        Sort::Thing(EntityType::Organization) => Feature::SortOrganization,
        Sort::Thing(EntityType::Place) => Feature::SortPlace,
        Sort::Thing(EntityType::Person) => Feature::SortPerson,
        Sort::Thing(EntityType::Product) => Feature::SortProduct,
        Sort::Thing(EntityType::Event) => Feature::SortEvent,
        Sort::Thing(EntityType::Group) => Feature::SortGroup,
        Sort::Thing(EntityType::Other) => Feature::SortOther,
        Sort::Property => Feature::SortProperty,
    }
}

const fn kind_feature(kind: Kind) -> Feature {
    match kind {
        Kind::Count | Kind::Rank | Kind::Score => Feature::KindCount,
        Kind::Money => Feature::KindMoney,
        Kind::Percentage | Kind::Ratio => Feature::KindShare,
        Kind::TargetPercentage => Feature::KindTarget,
        Kind::Change | Kind::Multiple => Feature::KindChange,
        Kind::Measurement => Feature::KindMeasure,
        Kind::Age => Feature::KindAge,
        Kind::Duration => Feature::KindTime,
        Kind::Rate => Feature::KindRate,
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
    /// The thing that most claims so far were about.
    pub majority: u32,
}

/// Counts what the claims so far were about.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Vec<(u32, u32)>,
}

impl Tally {
    /// One more claim about `cluster`; which thing leads now.
    pub fn add(&mut self, cluster: u32) -> u32 {
        // A long list of single mentions cannot lead any more.
        match self.counts.iter().position(|(c, _)| *c == cluster) {
            Some(at) => self.counts[at].1 += 1,
            None if self.counts.len() < 64 => self.counts.push((cluster, 1)),
            None => {}
        }
        self.counts.iter().max_by_key(|(_, n)| *n).map_or(cluster, |(c, _)| *c)
    }
}

/// All candidates of a claim, with every feature but those that depend on the last choice.
#[must_use]
pub fn candidates(context: &Context<'_, '_>, draft: &Draft, sentence: usize) -> Vec<Candidate> {
    let mut out = Vec::with_capacity(16);
    let t = draft.tokens.start as usize;
    let here = context.by_sentence[sentence].clone();
    let usable = |m: &Mention| m.sort != Sort::Property || m.named;
    let first_behind = context.first(&here, |m| m.tokens.end as usize <= t);
    let before: Vec<usize> =
        (here.start..first_behind).rev().take(MANY).filter(|&i| usable(&context.mentions[i])).take(10).collect();
    let number_end = draft.amount.number_end.min(draft.tokens.end as usize);
    let after: Vec<usize> = (context.first(&here, |m| (m.tokens.start as usize) < number_end)..here.end)
        .take(MANY)
        .filter(|&i| usable(&context.mentions[i]))
        .take(4)
        .collect();
    let clause = clause(context, draft);
    let nearest_named = before.iter().position(|&i| context.mentions[i].named);
    let nearest_opens = before.iter().position(|&i| context.mentions[i].opens && !context.mentions[i].nested);
    let nearest_verbed = before.iter().position(|&i| near::seen(context, i).verbed);
    let mut subjects = 0;
    for (rank, &i) in before.iter().enumerate() {
        let mut f = in_sentence(context, draft, i, &clause, &here);
        if rank == 0 {
            f |= Feature::NearestBefore;
        }
        if Some(rank) == nearest_named {
            f |= Feature::NearestNamedBefore;
        }
        if Some(rank) == nearest_opens {
            f |= Feature::NearestOpens;
        }
        if Some(rank) == nearest_verbed {
            f |= Feature::NearestVerbed;
        }
        if subjects > 0 {
            f |= Feature::SubjectBetween;
        }
        let m = &context.mentions[i];
        subjects += u32::from(m.opens && near::seen(context, i).verbed);
        match numbers(context, m.tokens.end as usize, t) {
            0 => {}
            1 => f |= Feature::NumbersBetween1,
            _ => f |= Feature::NumbersBetween2,
        }
        if before.len() == 1 {
            f |= Feature::OnlyInClause;
        }
        out.push(Candidate { cluster: context.clusters.of[i], mention: Some(i), features: f });
    }
    for (rank, &i) in after.iter().enumerate() {
        let mut f = in_sentence(context, draft, i, &clause, &here);
        f |= if rank == 0 { Feature::NearestAfter } else { Feature::After2 };
        out.push(Candidate { cluster: context.clusters.of[i], mention: Some(i), features: f });
    }
    if sentence > 0 {
        for i in context.by_sentence[sentence - 1].clone().take(MANY) {
            let m = &context.mentions[i];
            if (m.opens || m.named) && m.sort != Sort::Property {
                add_outside(&mut out, context.clusters.of[i]);
            }
        }
    }
    for back in 2..=3.min(sentence) {
        for &i in context.openers(sentence - back) {
            if context.mentions[i].sort != Sort::Property {
                add_outside(&mut out, context.clusters.of[i]);
            }
        }
    }
    for &i in context.openers(context.paragraph[sentence]) {
        if context.mentions[i].sort != Sort::Property {
            add_outside(&mut out, context.clusters.of[i]);
        }
    }
    for &c in &context.salient {
        add_outside(&mut out, c);
    }
    let claim = About::new(context, draft, sentence, clause);
    for candidate in &mut out {
        finish(context, &claim, candidate);
    }
    out
}

/// What all candidates of a claim share.
struct About {
    sentence: usize,
    clause: Span<Tokens>,
    /// The clause stands in brackets.
    bracket: bool,
    features: Features,
}

impl About {
    fn new(context: &Context<'_, '_>, draft: &Draft, sentence: usize, clause: Span<Tokens>) -> Self {
        let page = context.page;
        let bracket = clause.start > draft.sentence.start && page.s.is_mark(clause.start as usize - 1, '(');
        let features =
            kind_feature(draft.kind).bit() | counted_feature(page, draft) | Feature::InBrackets.when(bracket);
        Self { sentence, clause, bracket, features }
    }
}

/// A thing that is named elsewhere.
fn add_outside(out: &mut Vec<Candidate>, cluster: u32) {
    if out.iter().all(|c| c.cluster != cluster) && out.len() < 24 {
        out.push(Candidate { cluster, mention: None, features: Feature::Outside.bit() });
    }
}

/// Features of the thing itself, and the crossed ones.
fn finish(context: &Context<'_, '_>, claim: &About, candidate: &mut Candidate) {
    let About { sentence, clause, .. } = *claim;
    let cluster = &context.clusters.list[candidate.cluster as usize];
    let mut f: Features = claim.features;
    if cluster.title {
        f |= Feature::Title;
        if candidate.mention.is_some() && sentence > 0 {
            f |= Feature::SubjectAgain;
        }
    }
    let first = &context.mentions[cluster.first];
    if first.sentence == 0 && first.opens {
        f |= Feature::Article;
        if candidate.mention.is_none() {
            f |= Feature::TopicOnly;
        }
    }
    match cluster.count {
        0 | 1 => f |= Feature::Once,
        4.. => f |= Feature::Often,
        _ => {}
    }
    if context.salient.first() == Some(&candidate.cluster) {
        f |= Feature::MostSalient;
    } else if context.salient.contains(&candidate.cluster) {
        f |= Feature::Salient;
    }
    if claim.bracket {
        f |= Feature::HeadOfBrackets.when(candidate.mention.is_some_and(|m| {
            context.mentions[m].tokens.end + 1 >= clause.start && context.mentions[m].tokens.end <= clause.start
        }));
    }
    if candidate.mention.is_none() {
        let same = |i: usize| context.clusters.of[i] == candidate.cluster;
        if sentence > 0
            && let Some(i) = context.by_sentence[sentence - 1].clone().take(MANY).find(|&i| same(i))
        {
            f |= if context.mentions[i].opens { Feature::PastSubject1 } else { Feature::PastMention };
        }
        if (2..=3.min(sentence)).any(|back| context.openers(sentence - back).iter().any(|&i| same(i))) {
            f |= Feature::PastSubject2;
        }
        let head = context.paragraph[sentence];
        if head < sentence {
            if context.openers(head).iter().any(|&i| same(i)) {
                f |= Feature::ParagraphSubject;
            }
            let told = context.by_sentence[head..sentence].iter().flat_map(Clone::clone);
            f |= Feature::ParagraphBefore.when(told.take(MANY).any(same));
        }
        f |= Feature::Named.when(cluster.named);
    }
    f |= Feature::NewParagraph.when(context.paragraph[sentence] == sentence);
    let sort = candidate.mention.map_or(cluster.sort, |m| {
        let own = context.mentions[m].sort;
        if own == Sort::Thing(EntityType::Other) { cluster.sort } else { own }
    });
    f |= sort_feature(sort);
    let phrase = candidate.mention.map_or(cluster.name, |m| context.mentions[m].tokens);
    f |= context.head(phrase).map_or(0, Feature::bit);
    f |= Feature::Illness.when(illness(context.page, phrase));
    candidate.features |= f;
}

/// What sort of thing the head noun of a phrase names; a name of its own has none.
fn head_feature(page: &Page<'_>, phrase: Span<Tokens>) -> Option<Feature> {
    const HEADS: [(Class, Feature); 10] = [
        (Class::People, Feature::HeadPeople),
        (Class::Body, Feature::HeadBody),
        (Class::Site, Feature::HeadSite),
        (Class::Artefact, Feature::HeadArtefact),
        (Class::Happening, Feature::HeadHappening),
        (Class::Quantity, Feature::HeadQuantity),
        (Class::Material, Feature::HeadMaterial),
        (Class::Component, Feature::HeadComponent),
        (Class::Abstract, Feature::HeadAbstract),
        (Class::TimeNoun, Feature::HeadTime),
    ];
    const SKIP: Classes = set(&[Class::Determiner, Class::Classifier]);
    let at = phrase.range().find(|&i| !page.m.any(i, SKIP) || page.m.reach(i, SORTS) > 1)?;
    let reach = page.m.reach(at, SORTS);
    if reach == 0 || at + reach > phrase.end as usize {
        return None;
    }
    HEADS.iter().find(|(class, _)| page.m.longest(at, *class).is_some_and(|m| m.len as usize == reach)).map(|h| h.1)
}

/// "Covid-19", "dịch tả", "ca mắc cúm A": what people have, and seldom what a number is about.
fn illness(page: &Page<'_>, phrase: Span<Tokens>) -> bool {
    phrase.range().take(4).any(|i| match page.w(i) {
        "covid" | "ncov" | "sars" | "virus" | "cúm" => true,
        "dịch" => i == phrase.start as usize || matches!(page.w(i - 1), "đại" | "bệnh" | "ổ"),
        "bệnh" => !matches!(page.w(i + 1), "viện" | "nhân" | "xá" | "binh"),
        _ => false,
    })
}

/// What sort of thing is counted.
fn counted_feature(page: &Page<'_>, draft: &Draft) -> Features {
    match draft.noun.and_then(|noun| head_feature(page, noun)) {
        None => 0,
        Some(Feature::HeadPeople | Feature::HeadBody) => Feature::UnitPeople.bit(),
        Some(Feature::HeadArtefact | Feature::HeadSite | Feature::HeadMaterial) => Feature::UnitThings.bit(),
        Some(_) => Feature::UnitOther.bit(),
    }
}

/// The classes of `sorts.tsv`.
const SORTS: Classes = set(&[
    Class::People,
    Class::Body,
    Class::Site,
    Class::Artefact,
    Class::Happening,
    Class::Quantity,
    Class::Material,
    Class::Component,
    Class::Abstract,
    Class::TimeNoun,
]);

/// The features that depend on what the claim before is about.
pub fn continue_from(
    context: &Context<'_, '_>,
    draft: &Draft,
    sentence: usize,
    last: Option<Last>,
    candidates: &mut Vec<Candidate>,
) {
    let Some(last) = last else { return };
    let clause = clause(context, draft);
    let claim = About::new(context, draft, sentence, clause);
    for known in [last.cluster, last.majority] {
        if candidates.iter().any(|c| c.cluster == known)
            || known == last.cluster && sentence.saturating_sub(last.sentence) > 2
        {
            continue;
        }
        let mut candidate = Candidate { cluster: known, mention: None, features: Feature::Outside.bit() };
        finish(context, &claim, &mut candidate);
        candidates.push(candidate);
    }
    let named_between = sentence == last.sentence && {
        let here = &context.by_sentence[sentence];
        let from = context.first(here, |m| (m.tokens.start as usize) < last.end);
        let to = context.first(here, |m| m.tokens.end <= draft.tokens.start);
        (from..to).any(|i| context.mentions[i].named)
    };
    for c in candidates.iter_mut().filter(|c| c.cluster == last.majority) {
        c.features |= Feature::Majority;
    }
    for c in candidates.iter_mut().filter(|c| c.cluster == last.cluster) {
        c.features |= Feature::Previous;
        if context.clusters.list[last.cluster as usize].named {
            c.features |= Feature::LastNamed;
        }
        if sentence == last.sentence {
            c.features |= Feature::PreviousSame;
            if claim.bracket {
                c.features |= Feature::PreviousBracket;
            }
            if !named_between {
                c.features |= Feature::PreviousNoOther;
            }
            if clause.start as usize <= last.end {
                c.features |= Feature::PreviousClause;
            }
        }
    }
}
