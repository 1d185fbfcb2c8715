//! [`Figure`]: a claim with all that a comparison looks at, whether it comes from a record in memory or from a database:
//! "6.271 tỷ đồng" with its entity, property, period and the words around it.

use jiff::civil::Date;

use super::said::Said;
use super::thing::Thing;
use super::value::Measure;
use super::who::Who;
use crate::record::{ArticleRow, ClaimRow, Direction, Exact, Kind, Modifier, Record};

/// One claim as it is compared.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Id of the article.
    pub article: String,
    /// Id of the claim in its article.
    pub claim: String,
    /// Headline of the article.
    pub title: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// How the number is said.
    pub kind: Kind,
    /// The quantity expression, as in the article.
    pub text: String,
    /// The exact value.
    pub value: Exact,
    /// A range's high end.
    pub value_max: Option<Exact>,
    /// A ratio's whole.
    pub denominator: Option<Exact>,
    /// Decimal places that the article states.
    pub decimals: i32,
    /// The unit.
    pub unit: String,
    /// UCUM or ISO 4217.
    pub unit_code: Option<String>,
    /// The hedge.
    pub modifier: Option<Modifier>,
    /// Which way, for a change.
    pub direction: Option<Direction>,
    /// Who or what it is about; none where the name is no name ("người dân").
    pub who: Option<Who>,
    /// What is counted or measured, abbreviations written out.
    pub property: Option<String>,
    /// The words that say when.
    pub period: Option<String>,
    /// First and last day of the period.
    pub days: Option<(Date, Date)>,
    /// What it is compared with.
    pub reference: Option<String>,
    /// How sure the reading is, 0 to 1.
    pub confidence: Exact,
    /// The words around it. A database fills them in for the few claims that need them.
    pub words: Words,
}

/// The words around a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The sentence.
    pub sentence: String,
    /// Where the number begins in it, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The part of the sentence around the number that no other number of the sentence shares.
    pub clause: (usize, usize),
    /// What follows the sentence in its article, up to a few hundred letters.
    pub after: String,
}

/// How much of what follows a sentence is looked at, in code points.
pub const AFTER: usize = 200;

impl Words {
    /// From a sentence that begins at `offset` of its article, a number in it, and the other numbers of the sentence,
    /// all in code points of the article.
    #[must_use]
    pub fn new(sentence: String, offset: u32, number: (u32, u32), others: &[(u32, u32)], after: String) -> Self {
        let byte = |point: u32| {
            let point = point.saturating_sub(offset) as usize;
            sentence.char_indices().nth(point).map_or(sentence.len(), |(byte, _)| byte)
        };
        let (start, end) = (byte(number.0), byte(number.1));
        let left = others.iter().filter(|(_, end)| *end <= number.0).map(|(_, end)| byte(*end)).max().unwrap_or(0);
        let right = others.iter().filter(|(start, _)| *start >= number.1).map(|(start, _)| byte(*start)).min();
        let clause = (left.min(start), right.unwrap_or(sentence.len()).max(end));
        Self { start, end: end.max(start), clause, sentence, after }
    }

    /// The words of the sentence before the number that belong to it: back to the number before it.
    #[must_use]
    pub fn before(&self) -> &str {
        self.sentence.get(self.clause.0..self.start).unwrap_or_default()
    }

    /// The words after it, up to the next number.
    #[must_use]
    pub fn behind(&self) -> &str {
        self.sentence.get(self.end..self.clause.1).unwrap_or_default()
    }

    /// What stands before any number of the sentence.
    #[must_use]
    pub fn head(&self) -> &str {
        self.sentence.get(..self.start).unwrap_or_default()
    }
}

impl Figure {
    /// The figures of one record, with their words.
    #[must_use]
    pub fn all(record: &Record) -> Vec<Self> {
        let article = &record.article;
        let text: Vec<char> = article.text.as_deref().unwrap_or_default().chars().collect();
        let cut = |from: u32, to: u32| -> String {
            let (from, to) = ((from as usize).min(text.len()), (to as usize).min(text.len()));
            text.get(from..to).unwrap_or_default().iter().collect()
        };
        record
            .claims
            .iter()
            .map(|claim| {
                let (from, to) = (claim.sentence.start, claim.sentence.end);
                let others: Vec<(u32, u32)> = record
                    .claims
                    .iter()
                    .filter(|other| other.sentence == claim.sentence && other.id != claim.id)
                    .map(|other| (other.start, other.end))
                    .collect();
                let after = cut(to, to.saturating_add(AFTER as u32));
                let words = Words::new(cut(from, to), from, (claim.start, claim.end), &others, after);
                Self::of(claim, article, words)
            })
            .collect()
    }

    fn of(claim: &ClaimRow, article: &ArticleRow, words: Words) -> Self {
        let days = claim.period.as_ref().and_then(|p| Some((date(p.from.as_deref()?)?, date(p.to.as_deref()?)?)));
        let property = claim.property.as_ref().map(|p| p.expanded.clone().unwrap_or_else(|| p.text.clone()));
        let who = claim.entity.as_ref().and_then(|entity| {
            let place = entity.place.as_ref();
            Who::new(
                &entity.name,
                Who::near(entity.mention.as_deref(), property.as_deref()),
                entity.kind,
                place.map(|place| (place.system, place.code.as_str(), place.name.as_str())),
            )
        });
        let who = who.map(|who| who.placed(property.as_deref()));
        Self {
            article: article.id.clone(),
            claim: claim.id.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            published: date(article.published.as_deref().unwrap_or_default()),
            kind: claim.kind,
            text: claim.text.clone(),
            value: claim.value,
            value_max: claim.value_max,
            denominator: claim.denominator,
            decimals: claim.decimals,
            unit: claim.unit.clone(),
            unit_code: claim.unit_code.clone(),
            modifier: claim.modifier,
            direction: claim.direction,
            who,
            property,
            period: claim.period.as_ref().map(|period| period.text.clone()),
            days,
            reference: claim.reference.as_ref().map(|reference| reference.text.clone()),
            confidence: claim.confidence,
            words,
        }
    }

    /// Whether the sentence goes on with the name where the reading ends: "Công ty Cổ phần Gạch" of "… Gạch men Bình
    /// Quang". Two companies may be cut to one name.
    fn is_cut(&self) -> bool {
        let Some(who) = self.who.as_ref().filter(|who| who.code.is_none()) else { return false };
        let short = who.name.split_whitespace().count() <= 5;
        let company = ["công ty", "tổng công ty", "tập đoàn", "bệnh viện", "trường", "ngân hàng", "hợp tác xã"];
        if !short || !company.iter().any(|head| who.plain.starts_with(head)) {
            return false;
        }
        let Some((_, rest)) = self.words.sentence.split_once(who.name.as_str()) else { return false };
        let mut next = rest.strip_prefix(' ').unwrap_or_default().split_whitespace();
        let starts =
            |word: Option<&str>, fits: fn(char) -> bool| word.and_then(|word| word.chars().next()).is_some_and(fits);
        starts(next.next(), char::is_lowercase) && starts(next.next(), char::is_uppercase)
    }

    /// What can be looked up about the figure once, before it is compared with many.
    #[must_use]
    pub(super) fn read(self) -> Ready {
        let thing = Thing::of(&self);
        let said = Said::of(&self.words);
        let is_cut = self.is_cut();
        Ready {
            thing,
            said,
            is_cut,
            measure: Measure::of(self.kind, &self.unit, self.unit_code.as_deref()),
            figure: self,
        }
    }
}

/// A figure with what was made of its words.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) figure: Figure,
    pub(super) thing: Thing,
    pub(super) said: Said,
    pub(super) is_cut: bool,
    pub(super) measure: Option<Measure>,
}

/// The day at the head of a date or a timestamp.
#[must_use]
pub fn date(words: &str) -> Option<Date> {
    words.get(..10).and_then(|day| day.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_keeps_the_words_that_no_other_number_shares() {
        let text = "Xã ghi nhận 12 ca mắc, trong đó 3 ca nặng. Nhiều người lo lắng.";
        let record = crate::extract(&crate::Article::from_text("a", text));
        let figures = Figure::all(&record);
        assert_eq!(figures.len(), 2);
        assert_eq!(figures[0].words.behind(), " ca mắc, trong đó ");
        assert_eq!(figures[1].words.before(), " ca mắc, trong đó ");
        assert_eq!(figures[1].words.head(), "Xã ghi nhận 12 ca mắc, trong đó ");
        assert!(figures[0].words.after.contains("lo lắng"), "{:?}", figures[0].words.after);
    }
}
