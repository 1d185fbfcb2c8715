//! What, when and against what: properties, periods and references of an article's claims, each leading to the next.
//!
//! `Quý I, doanh thu đạt 6 tỷ đồng, tăng 7% so với cùng kỳ`: the 7 % are of "doanh thu" and of "Quý I" too.

use super::linear::{Candidate, Linear};
use super::{Linker, period, property, reference};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::Role;
use crate::claim::find::Draft;

/// What one claim says of a thing: what is measured, when, and against what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    pub(super) property: Option<Span<Tokens>>,
    pub(super) period: Option<Span<Tokens>>,
    pub(super) reference: Option<(Role, Span<Tokens>)>,
    /// How sure the choice of the period is.
    pub(super) sure: f32,
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

    /// Whether a sentence goes on telling what an earlier one began: the next one, or the one behind it in a paragraph.
    fn continues(&self, from: usize, to: usize) -> bool {
        let sentences = &self.page.s.sentences;
        let broken = |a: usize, b: usize| (a..b).any(|k| self.page.s.tokens[k].shape == Shape::Break);
        let gap = sentences[from].end as usize..sentences[to].start as usize;
        to - from == 1 || to - from <= 3 && gap.len() < 90 && !broken(gap.start, gap.end)
    }
}

/// First token of the next draft.
fn next_start(drafts: &[Draft], at: usize) -> u32 {
    drafts.get(at + 1).map_or(u32::MAX, |n| n.tokens.start)
}
