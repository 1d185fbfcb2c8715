//! Ties a number to what it speaks of: entity, place, property, period, reference, statement.

pub mod cluster;
mod confidence;
pub mod entity;
pub mod gazetteer;
pub mod linear;
pub mod mention;
pub mod period;
mod phrase;
pub mod property;
mod reference;
mod statement;

use jiff::civil::Date;

use super::amount::Amount;
use super::find::{Draft, Kind};
use super::lexicon::Page;
use super::{Alternative, Claim, Entity, EntityType, Period, Property, Reference};
use crate::article::Article;
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use cluster::Clusters;
use entity::{Context, Last};
use linear::{Candidate, Linear};
use mention::{Mention, Part, Sort};

/// One article as the linker sees it.
pub struct Linker<'p, 't> {
    page: &'p Page<'t>,
    parts: Vec<Part>,
    mentions: Vec<Mention>,
    clusters: Clusters,
    times: Vec<Vec<Span<Tokens>>>,
    /// Abbreviations that the article defines, with the mention that does.
    aliases: rustc_hash::FxHashMap<String, usize>,
}

impl<'p, 't> Linker<'p, 't> {
    /// Reads the phrases of an article whose amounts are known, one list per sentence.
    #[must_use]
    pub fn new(page: &'p Page<'t>, amounts: &[Vec<Amount>]) -> Self {
        let parts = mention::parts(page, amounts);
        let mentions = mention::mentions(page, &parts);
        let clusters = cluster::clusters(page, &mentions);
        let times = page.s.sentences.iter().zip(amounts).map(|(&s, a)| period::times(page, s, a)).collect();
        let mut aliases = rustc_hash::FxHashMap::default();
        for (n, m) in mentions.iter().enumerate() {
            if let Some(a) = m.alias.filter(|a| a.range().len() == 1) {
                aliases.entry(page.w(a.start as usize).to_owned()).or_insert(n);
            }
        }
        Self { page, parts, mentions, clusters, times, aliases }
    }

    /// What the entity model needs of the article.
    #[must_use]
    pub fn context(&self) -> Context<'_, 't> {
        Context::new(self.page, &self.parts, &self.mentions, &self.clusters)
    }

    /// The words of the fullest phrase for a thing, with its alias where the text has it.
    #[must_use]
    pub fn name(&self, cluster: u32) -> &'t str {
        self.page.s.slice(self.clusters.list[cluster as usize].name)
    }

    /// The article with its phrases in brackets, each with its sort and thing, for whoever works on the rules.
    #[must_use]
    pub fn marked(&self) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (m, cluster) in self.mentions.iter().zip(&self.clusters.of).filter(|(m, _)| !m.nested) {
            let span = self.page.s.bytes(m.tokens).range();
            out.push_str(&self.page.s.text[at..span.start]);
            let opens = if m.opens { "^" } else { "" };
            out.push_str(&format!(
                "[{opens}{}|{}{cluster}]",
                &self.page.s.text[span.clone()],
                entity::sort_letter(m.sort)
            ));
            at = span.end;
        }
        out + &self.page.s.text[at..]
    }

    /// The words of a phrase.
    #[must_use]
    pub fn mention(&self, mention: usize) -> &'t str {
        self.page.s.slice(self.mentions[mention].tokens)
    }

    /// Links the drafts.
    #[must_use]
    pub fn claims(&self, article: &Article, drafts: &[Draft]) -> Vec<Claim> {
        let page = self.page;
        let context = self.context();
        let published = article.published.as_deref().and_then(date);
        let mut places = Places::new(article, published);
        let statements = statement::numbers(page, drafts);
        let mut out: Vec<Claim> = Vec::with_capacity(drafts.len());
        let mut last: Option<Last> = None;
        let mut tally = entity::Tally::default();
        let models = Models::built_in();
        let said = self.said(drafts, &models, |_, _| ());
        let mut resolved = (None, None);
        let mut sentence = 0;
        for (at, d) in drafts.iter().enumerate() {
            while page.s.sentences[sentence] != d.sentence {
                sentence += 1;
            }
            let mut candidates = entity::candidates(&context, d, sentence);
            entity::continue_from(&context, d, sentence, last, &mut candidates);
            let best = entity::best(&candidates).map(|(n, sure)| (&candidates[n], sure));
            if let Some((c, _)) = best {
                last = Some(Last {
                    cluster: c.cluster,
                    sentence,
                    end: d.tokens.end as usize,
                    majority: tally.add(c.cluster),
                });
            }
            let Said { property, period, reference, sure } = said[at];
            // Claims in a row mostly share their time.
            if period.is_some() && period != resolved.0 {
                resolved = (period, period.and_then(|p| period::resolve::resolve(page.s.slice(p), published)));
            }
            let own = period.and(resolved.1);
            let entity = best.map(|(c, _)| self.entity(c, &mut places));
            let confidence = confidence::confidence(confidence::Known {
                found: d.confidence,
                entity: best.map_or(0.0, |(_, share)| share),
                period: sure,
                timed: period.is_some(),
                compared: reference.is_some(),
                named: best.is_some_and(|(c, _)| c.mention.is_some()),
                kind: d.kind,
            });
            out.push(Claim {
                kind: d.kind,
                span: page.s.bytes(d.tokens),
                sentence: page.s.bytes(d.sentence),
                value: d.amount.value,
                value_max: d.amount.value_max,
                denominator: d.amount.denominator,
                decimals: d.amount.decimals,
                unit: d.unit.clone(),
                unit_code: d.unit_code.clone(),
                modifier: d.modifier,
                direction: d.direction,
                entity,
                property: property.map(|span| Property { span: page.s.bytes(span), expanded: self.expanded(span) }),
                period: period.map(|span| Period {
                    span: page.s.bytes(span),
                    from: own.map(|o| o.0),
                    to: own.map(|o| o.1),
                }),
                reference: reference.map(|(role, span)| Reference {
                    role,
                    span: page.s.bytes(span),
                    value: stated(page, drafts, at, span),
                }),
                statement: statements[at],
                rule: d.rule.clone(),
                confidence,
                alternatives: alternatives(d),
            });
        }
        out
    }

    /// Whether a sentence goes on telling what an earlier one began: the next one, or the one behind it in a paragraph.
    fn continues(&self, from: usize, to: usize) -> bool {
        let sentences = &self.page.s.sentences;
        let broken = |a: usize, b: usize| (a..b).any(|k| self.page.s.tokens[k].shape == Shape::Break);
        let gap = sentences[from].end as usize..sentences[to].start as usize;
        to - from == 1 || to - from <= 3 && gap.len() < 90 && !broken(gap.start, gap.end)
    }

    fn entity(&self, candidate: &entity::Candidate, places: &mut Places<'_>) -> Entity {
        let cluster = &self.clusters.list[candidate.cluster as usize];
        let span = self.page.s.bytes(cluster.name);
        let name = span.slice(self.page.s.text).to_owned();
        let sort = match (cluster.sort, candidate.mention.map(|m| self.mentions[m].sort)) {
            (Sort::Thing(EntityType::Other), Some(Sort::Thing(t))) | (Sort::Thing(t), _) => t,
            (Sort::Property, _) => EntityType::Other,
        };
        let place = places.of(&name);
        let sort = if sort == EntityType::Other && place.is_some() { EntityType::Place } else { sort };
        Entity {
            mention: candidate.mention.map(|m| self.page.s.bytes(self.mentions[m].tokens)),
            name,
            kind: sort,
            place,
        }
    }

    /// The property with the article's abbreviations written out.
    fn expanded(&self, span: Span<Tokens>) -> Option<String> {
        let page = self.page;
        let mut out = String::new();
        let mut changed = false;
        for i in span.range() {
            if i > span.start as usize && !page.s.is_glued(i) {
                out.push(' ');
            }
            let upper = page.s.is_word(i) && page.s.tokens[i].case == crate::article::segment::Case::Upper;
            match upper.then(|| self.aliases.get(page.w(i))).flatten() {
                Some(&m) => {
                    out.push_str(page.s.slice(self.mentions[m].tokens));
                    changed = true;
                }
                None => out.push_str(page.s.raw(i)),
            }
        }
        changed.then_some(out)
    }
}

/// What one claim says of a thing: what is measured, when, and against what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    property: Option<Span<Tokens>>,
    period: Option<Span<Tokens>>,
    reference: Option<(super::Role, Span<Tokens>)>,
    /// How sure the choice of the period is.
    sure: f32,
}

/// The models that choose among the phrases that rules propose.
#[derive(Debug, Clone, Copy)]
pub struct Models<'m> {
    /// For properties.
    pub property: &'m Linear,
    /// For periods.
    pub period: &'m Linear,
}

impl Models<'static> {
    /// The models that the program ships.
    #[must_use]
    pub fn built_in() -> Self {
        Self { property: property::candidates::built_in(), period: period::candidates::built_in() }
    }
}

/// What was weighed for one claim.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<'c> {
    /// The phrases that may be its property.
    pub property: &'c [Candidate],
    /// The times that may scope it.
    pub period: &'c [Candidate],
}

impl Linker<'_, '_> {
    /// The words of a phrase.
    #[must_use]
    pub fn words(&self, span: Span<Tokens>) -> &str {
        self.page.s.slice(span)
    }

    /// What the claims of an article say, each leading to the next; `see` is shown what was weighed for each.
    #[must_use]
    pub fn said(&self, drafts: &[Draft], models: &Models<'_>, mut see: impl FnMut(usize, Weighed<'_>)) -> Vec<Said> {
        let page = self.page;
        let mut out: Vec<Said> = Vec::with_capacity(drafts.len());
        let mut last_property: Option<property::Before> = None;
        let mut earlier_property: Option<Span<Tokens>> = None;
        let mut last_reference: Option<reference::Before> = None;
        let mut rule_period: Option<(usize, Span<Tokens>)> = None;
        let mut told = period::candidates::Told::default();
        let mut known = period::candidates::Known::default();
        let mut sentence = 0;
        for (at, d) in drafts.iter().enumerate() {
            while page.s.sentences[sentence] != d.sentence {
                if told.first.is_none() {
                    told.first = self.times[sentence].first().map(|&t| (sentence, t));
                }
                if let Some(t) = period::left_by(page, &self.times[sentence], page.s.sentences[sentence]) {
                    told.left = Some((sentence, t));
                }
                told.remember(sentence, &self.times[sentence]);
                sentence += 1;
                earlier_property = last_property.map(|l| l.property).or(earlier_property);
                last_property = None;
                last_reference = None;
                told.claim = None;
                // A sentence without numbers may say when for those that continue it.
                if page.s.sentences[sentence] != d.sentence
                    && let Some(span) = period::left_by(page, &self.times[sentence], page.s.sentences[sentence])
                {
                    rule_period = Some((sentence, span));
                }
            }
            let times = &self.times[sentence];
            told.rule = period::of(page, times, d).or_else(|| {
                rule_period
                    .filter(|&(s, span)| sentence == s || self.continues(s, sentence) && period::lasts(page, span, d))
                    .map(|(_, span)| span)
            });
            rule_period = told.rule.map(|span| (sentence, span)).or(rule_period);
            let periods = period::candidates::candidates(page, times, d, sentence, told, &mut known);
            let chosen = models.period.choose(&periods);
            let sure = chosen.map_or(1.0, |(_, share)| share);
            let period = chosen.and_then(|(n, _)| periods[n].span);
            if let Some(span) = period {
                told.last = Some((sentence, span));
            }
            told.claim = Some(d.tokens.end as usize);
            let scene = property::Scene { page, parts: &self.parts, dates: times, mentions: &self.mentions };
            let (properties, measure) = property::candidates::candidates(scene, d, last_property, earlier_property);
            let property = models.property.best(&properties).and_then(|n| properties[n].span);
            see(at, Weighed { property: &properties, period: &periods });
            let reference = reference::of(page, &self.parts, times, drafts, at)
                .or_else(|| reference::carried(page, drafts, at, last_reference));
            if let Some((role, span)) = reference {
                last_reference = Some(reference::Before { draft: at, role, span });
            }
            // A length of time that only says when ("lũy kế 9 tháng") has no property to leave.
            let only_when =
                times.get(times.partition_point(|t| t.end < d.tokens.end)).is_some_and(|t| t.contains(d.tokens));
            if let Some(span) = property
                && !only_when
            {
                let behind = reference.map_or(0, |(_, r)| r.end).max(d.noun.map_or(0, |n| n.end));
                let end = d.tokens.end.max(behind.min(next_start(drafts, at))) as usize;
                last_property = Some(property::Before { end, property: span, measure });
            }
            out.push(Said { property, period, reference, sure });
        }
        out
    }
}

/// The first ten characters of an RFC 3339 time, as a date.
fn date(published: &str) -> Option<Date> {
    published.get(..10).and_then(|d| d.parse().ok())
}

/// First token of the next draft.
fn next_start(drafts: &[Draft], at: usize) -> u32 {
    drafts.get(at + 1).map_or(u32::MAX, |n| n.tokens.start)
}

/// "kế hoạch cả năm (585 tỷ đồng)", "trên tổng số 154 thôn": a reference's own value stands inside or right behind it.
fn stated(page: &Page<'_>, drafts: &[Draft], at: usize, span: Span<Tokens>) -> Option<rust_decimal::Decimal> {
    if drafts[at].kind == Kind::Ratio {
        return drafts[at].amount.denominator;
    }
    let near = |d: &&Draft| {
        let gap = span.end..d.tokens.start;
        let behind = gap.start <= gap.end
            && gap.len() <= 3
            && gap.clone().any(|k| page.s.is_mark(k as usize, '(') || page.w(k as usize) == "là" || gap.len() == 1)
            && !gap.clone().any(|k| {
                page.s.is_mark(k as usize, ',') || page.s.is_mark(k as usize, ')') || page.w(k as usize) == "và"
            });
        span.contains(d.tokens) || behind
    };
    let from = at.saturating_sub(2);
    drafts[from..drafts.len().min(at + 4)]
        .iter()
        .filter(|d| **d != drafts[at] && d.sentence == drafts[at].sentence)
        .find(near)
        .filter(|d| matches!(d.kind, Kind::Money | Kind::Count | Kind::Measurement))
        .map(|d| d.amount.value)
}

fn alternatives(d: &Draft) -> Vec<Alternative> {
    let reason = "dấu chấm hoặc dấu phẩy có thể đọc cách khác";
    d.amount
        .other
        .filter(|_| d.amount.value_max.is_none() && d.amount.denominator.is_none())
        .map(|value| Alternative { value, reason: reason.into() })
        .into_iter()
        .collect()
}

/// The places of one article, each name looked up once; the whole article is read only when a name needs it.
struct Places<'a> {
    article: &'a Article,
    published: Option<Date>,
    scene: Option<gazetteer::Scene>,
    known: rustc_hash::FxHashMap<String, Option<gazetteer::Place>>,
}

impl<'a> Places<'a> {
    fn new(article: &'a Article, published: Option<Date>) -> Self {
        Self { article, published, scene: None, known: rustc_hash::FxHashMap::default() }
    }

    fn of(&mut self, name: &str) -> Option<gazetteer::Place> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let (article, published) = (self.article, self.published);
        let found = if gazetteer::names_unit(name, published) {
            let scene = self
                .scene
                .get_or_insert_with(|| gazetteer::Scene::new(&article.text, article.title.as_deref(), published));
            gazetteer::place(name, scene).unit()
        } else {
            None
        };
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}
