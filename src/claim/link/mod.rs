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
mod said;
mod statement;

use jiff::civil::Date;

use super::amount::Amount;
use super::find::{Draft, Kind};
use super::lexicon::Page;
use super::{Alternative, Claim, Entity, EntityType, Period, Property, Reference};
use crate::article::Article;
use crate::article::span::{Span, Tokens};
use cluster::Clusters;
use entity::{Context, Last, Ranked};
use mention::{Mention, Part, Sort};
use said::Said;
pub use said::{Models, Weighed};

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

    /// How many things the article names.
    #[must_use]
    pub fn things(&self) -> usize {
        self.clusters.list.len()
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
        let models = Models::built_in();
        let said = self.said(drafts, &models, |_, _| ());
        let mut ranked = self.ranked(&context, drafts, entity::built_in());
        let chosen = entity::settle(&mut ranked, self.clusters.list.len());
        let mut resolved = (None, None);
        for (at, d) in drafts.iter().enumerate() {
            let best = chosen[at].map(|(n, sure)| (&ranked[at].candidates[n], sure));
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

    /// The entity candidates of every claim, each choice leading to the next claim's candidates.
    fn ranked(&self, context: &Context<'_, '_>, drafts: &[Draft], model: &linear::Linear) -> Vec<Ranked> {
        let mut last: Option<Last> = None;
        let mut tally = entity::Tally::default();
        let mut sentence = 0;
        let mut out = Vec::with_capacity(drafts.len());
        for d in drafts {
            while self.page.s.sentences[sentence] != d.sentence {
                sentence += 1;
            }
            let mut candidates = entity::candidates(context, d, sentence);
            entity::continue_from(context, d, sentence, last, &mut candidates);
            let claim = Ranked::new(candidates, model);
            if let Some(cluster) = claim.best().map(|n| claim.candidates[n].cluster) {
                let majority = tally.add(cluster);
                last = Some(Last { cluster, sentence, end: d.tokens.end as usize, majority });
            }
            out.push(claim);
        }
        out
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
        let short = |i: usize| {
            let upper = page.s.is_word(i) && page.s.tokens[i].case == crate::article::segment::Case::Upper;
            upper.then(|| self.aliases.get(page.w(i))).flatten()
        };
        if self.aliases.is_empty() || span.range().all(|i| short(i).is_none()) {
            return None;
        }
        let mut out = String::new();
        for i in span.range() {
            if i > span.start as usize && !page.s.is_glued(i) {
                out.push(' ');
            }
            out.push_str(short(i).map_or(page.s.raw(i), |&m| page.s.slice(self.mentions[m].tokens)));
        }
        Some(out)
    }
}

/// The first ten characters of an RFC 3339 time, as a date.
fn date(published: &str) -> Option<Date> {
    published.get(..10).and_then(|d| d.parse().ok())
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
