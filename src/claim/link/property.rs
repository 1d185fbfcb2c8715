//! What is counted or measured: the phrase that a reader would underline.
//!
//! `Doanh thu thuần quý III đạt 120 tỷ đồng` → "Doanh thu thuần"; `304 chi bộ trực thuộc` → "chi bộ trực thuộc".

use super::mention::{Mention, Part, Sort};
use super::phrase::extent;
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

/// The property of a draft. `last`: the property of the claim before it in the sentence, for elided ones.
#[must_use]
pub fn of(
    page: &Page<'_>,
    parts: &[Part],
    dates: &[Span<Tokens>],
    mentions: &[Mention],
    d: &Draft,
    last: Option<(usize, Span<Tokens>)>,
) -> Option<Span<Tokens>> {
    let hi = d.sentence.end as usize;
    if matches!(d.kind, Kind::Count | Kind::Ratio | Kind::Rate)
        && let Some(noun) = d.noun
        && noun.start as usize >= d.amount.number_end
    {
        return Some(counted(page, parts, dates, noun, hi));
    }
    measured(page, mentions, d, last).or_else(|| behind(page, parts, dates, d)).or_else(|| done(page, d)).or_else(|| last.map(|(_, s)| s)).or(d.noun)
}

/// The counted noun with what describes it and what it did.
fn counted(page: &Page<'_>, parts: &[Part], dates: &[Span<Tokens>], noun: Span<Tokens>, hi: usize) -> Span<Tokens> {
    let span = extent(page, parts, dates, noun.start as usize, hi, 9);
    if span.end < noun.end { noun } else { span }
}

/// The nearest phrase of measure before the number: in the same clause first, then in the sentence.
fn measured(page: &Page<'_>, mentions: &[Mention], d: &Draft, last: Option<(usize, Span<Tokens>)>) -> Option<Span<Tokens>> {
    let start = d.tokens.start;
    let relative = matches!(d.kind, Kind::Change | Kind::TargetPercentage | Kind::Percentage | Kind::Multiple);
    let floor = last.map_or(d.sentence.start as usize, |(end, _)| if relative { end } else { end });
    let found = mentions.iter().rev().find(|m| m.sort == Sort::Property && m.tokens.end <= start && m.tokens.start as usize >= floor);
    let found = found.map(|m| trimmed(page, m.tokens, start));
    match (found, last) {
        (Some(span), _) => Some(span),
        // A relative number right behind a level speaks of the same thing.
        (None, Some((_, span))) if relative => Some(span),
        _ => None,
    }
}

/// `doanh thu của HSC` keeps its owner out; "số" alone takes the word behind it.
fn trimmed(page: &Page<'_>, span: Span<Tokens>, limit: u32) -> Span<Tokens> {
    let _ = page;
    if span.range().len() == 1 && span.end + 2 <= limit { Span::new(span.start, (span.end + 2).min(limit)) } else { span }
}

/// "cắt giảm 40% nhân sự", "4.000m tôn lạnh": the noun behind a relative or measured number.
fn behind(page: &Page<'_>, parts: &[Part], dates: &[Span<Tokens>], d: &Draft) -> Option<Span<Tokens>> {
    let end = d.tokens.end as usize;
    let hi = d.sentence.end as usize;
    if end >= hi || !page.s.is_word(end) || parts[end] == Part::Barrier {
        return None;
    }
    let noun = [Class::Noun, Class::Countable, Class::Property, Class::Product].iter().any(|&c| page.is(end, c));
    let function = page.is(end, Class::Clause) || page.is(end, Class::Preposition) || page.is(end, Class::Auxiliary) || page.is(end, Class::Versus);
    (noun && !function).then(|| extent(page, parts, dates, end, hi, 8))
}

/// The verb phrase that leads to the number: "đã trao 200 triệu đồng" → "trao".
fn done(page: &Page<'_>, d: &Draft) -> Option<Span<Tokens>> {
    let lo = d.sentence.start as usize;
    let start = d.amount.hedge_start;
    let floor = (lo..start).rev().find(|&k| page.s.is_mark(k, ',') || page.s.is_mark(k, ';') || page.s.is_mark(k, '(') || page.s.is_number(k)).map_or(lo, |k| k + 1);
    let verb = (floor.max(start.saturating_sub(10))..start).find(|&k| page.is(k, Class::Verb) && !page.is(k, Class::Auxiliary) && !page.s.is_capital(k))?;
    (verb < start).then(|| Span::of(verb, start))
}
