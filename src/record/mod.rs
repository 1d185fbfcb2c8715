//! [`Record`]: the flat, versioned row that leaves the program, made from an article and its reading alone.
//!
//! Offsets become code points here and nowhere earlier; "48/52" at byte 12 of "Đảng bộ có 48/52" is at code point 11.

pub mod correction;
pub mod exact;
mod json;
pub mod kind;
pub mod row;
mod schema;
#[cfg(test)]
pub(crate) mod specimen;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::article::Article;
use crate::article::span::{Bytes, CodePoints, Span};
use crate::claim::{self, Claim, Reading};

pub use exact::Exact;
pub use kind::Kind;
pub use row::{
    AlternativeRow, ArticleRow, CheckRow, ClaimRow, Direction, EntityRow, EntityType, Modifier, PeriodRow, PlaceRow,
    PropertyRow, Range, Record, ReferenceRow, Role, SuccessorRow, Verdict,
};
pub use schema::schema;

/// The version of the record's shape.
pub const SCHEMA_VERSION: &str = "1";

/// How many code points of context stand in `prefix` and `suffix`.
const CONTEXT: usize = 32;

/// The system that the successors of an old administrative unit belong to.
const NEW_UNITS: &str = "vn-2025-07";

impl Record {
    /// The record of one article.
    #[must_use]
    pub fn new(article: &Article, reading: &Reading) -> Self {
        let page = Page { article, points: CodePoints::new(&article.text) };
        let claims: Vec<ClaimRow> = reading.claims.iter().map(|claim| page.claim(claim)).collect();
        let checks = reading.checks.iter().map(|check| check_row(check, &claims)).collect();
        Self {
            schema_version: SCHEMA_VERSION,
            article: ArticleRow {
                id: article.id.clone(),
                source: article.source.clone(),
                url: article.url.clone(),
                title: article.title.clone(),
                author: article.author.clone(),
                published: article.published.clone(),
                language: "vi",
                encoding: article.encoding.clone(),
                reader: article.reader.clone(),
                duplicate_of: None,
                text: Some(article.text.clone()),
            },
            claims,
            checks,
            faults: article.faults.clone(),
        }
    }

    /// The record of an article whose text is that of the earlier article `first`.
    #[must_use]
    pub fn duplicate(article: &Article, first: String) -> Self {
        let mut record = Self::new(&Article { text: String::new(), ..article.clone() }, &Reading::default());
        record.article.text = None;
        record.article.duplicate_of = Some(first);
        record
    }

    /// Whether a check of this article found numbers that cannot agree.
    #[must_use]
    pub fn inconsistent(&self) -> bool {
        self.checks.iter().any(|check| check.verdict == Verdict::Inconsistent)
    }

    /// Appends the record to `out` as JSON on one line, without a line end.
    ///
    /// # Errors
    /// None in practice: every value of a record has a JSON form and memory does not refuse.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        json::write(self, out)
    }
}

/// An article with the count of its code points, from which the rows of its claims are made.
struct Page<'a> {
    article: &'a Article,
    points: CodePoints<'a>,
}

impl Page<'_> {
    fn text(&self, span: Span<Bytes>) -> String {
        span.slice(&self.article.text).to_owned()
    }

    fn range(&self, span: Span<Bytes>) -> Range {
        Range { start: self.points.at(span.start), end: self.points.at(span.end) }
    }

    fn claim(&self, claim: &Claim) -> ClaimRow {
        let Range { start, end } = self.range(claim.span);
        let kind = Kind::from(claim.kind);
        let value = Exact(claim.value);
        ClaimRow {
            id: id(&self.article.id, start, end, kind, value, &claim.unit),
            kind,
            text: self.text(claim.span),
            start,
            end,
            prefix: before(&self.article.text, claim.span.start as usize).to_owned(),
            suffix: after(&self.article.text, claim.span.end as usize).to_owned(),
            sentence: self.range(claim.sentence),
            value,
            value_max: claim.value_max.map(Exact),
            denominator: claim.denominator.map(Exact),
            decimals: claim.decimals,
            unit: claim.unit.clone(),
            unit_code: claim.unit_code.clone(),
            modifier: claim.modifier.map(Modifier::from),
            direction: claim.direction.map(Direction::from),
            entity: claim.entity.as_ref().map(|entity| self.entity(entity)),
            property: claim.property.as_ref().map(|property| self.property(property)),
            period: claim.period.as_ref().map(|period| self.period(period)),
            reference: claim.reference.as_ref().map(|reference| self.reference(reference)),
            statement: claim.statement,
            rule: claim.rule.clone(),
            confidence: hundredths(claim.confidence),
            alternatives: claim
                .alternatives
                .iter()
                .map(|other| AlternativeRow { value: Exact(other.value), reason: other.reason.clone() })
                .collect(),
        }
    }

    fn entity(&self, entity: &claim::Entity) -> EntityRow {
        let range = entity.mention.map(|mention| self.range(mention));
        EntityRow {
            name: entity.name.to_owned(),
            mention: entity.mention.map(|mention| self.text(mention)),
            start: range.map(|range| range.start),
            end: range.map(|range| range.end),
            kind: entity.kind.into(),
            place: entity.place.as_ref().map(|place| PlaceRow {
                system: place.system,
                code: place.code.to_owned(),
                name: place.name.to_owned(),
                province: place.province.to_owned(),
                successors: place
                    .successors
                    .iter()
                    .map(|&(code, name)| SuccessorRow {
                        system: NEW_UNITS,
                        code: code.to_owned(),
                        name: name.to_owned(),
                    })
                    .collect(),
            }),
        }
    }

    fn property(&self, property: &claim::Property) -> PropertyRow {
        let Range { start, end } = self.range(property.span);
        PropertyRow { text: self.text(property.span), expanded: property.expanded.clone(), start, end }
    }

    fn period(&self, period: &claim::Period) -> PeriodRow {
        let Range { start, end } = self.range(period.span);
        PeriodRow {
            text: self.text(period.span),
            from: period.from.map(|date| date.to_string()),
            to: period.to.map(|date| date.to_string()),
            start,
            end,
        }
    }

    fn reference(&self, reference: &claim::Reference) -> ReferenceRow {
        let Range { start, end } = self.range(reference.span);
        ReferenceRow {
            role: reference.role.into(),
            text: self.text(reference.span),
            start,
            end,
            value: reference.value.map(Exact),
        }
    }
}

fn check_row(check: &claim::Check, claims: &[ClaimRow]) -> CheckRow {
    CheckRow {
        rule: check.rule,
        claims: check.claims.iter().filter_map(|&at| claims.get(at)).map(|claim| claim.id.clone()).collect(),
        reported: check.reported.map(Exact),
        computed: check.computed.map(Exact),
        lower: check.lower.map(Exact),
        upper: check.upper.map(Exact),
        verdict: check.verdict.into(),
        explanation: check.explanation.clone(),
    }
}

/// A share of one with two decimals.
#[expect(clippy::cast_possible_truncation, reason = "0 to 100")]
fn hundredths(share: f32) -> Exact {
    Exact(Decimal::new((share.clamp(0.0, 1.0) * 100.0).round() as i64, 2))
}

/// "c-" and 12 hex digits that depend on the article, the place and the reading, and on nothing else.
fn id(article: &str, start: u32, end: u32, kind: Kind, value: Exact, unit: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut key = Vec::with_capacity(128);
    key.extend_from_slice(article.as_bytes());
    for offset in [start, end] {
        key.push(0);
        json::whole(offset.into(), false, &mut key);
    }
    key.push(0);
    key.extend_from_slice(kind.name().as_bytes());
    key.push(0);
    value.append(&mut key);
    key.push(0);
    key.extend_from_slice(unit.as_bytes());
    let mut id = String::with_capacity(14);
    id.push_str("c-");
    for byte in &Sha256::digest(&key)[..6] {
        id.push(char::from(HEX[usize::from(byte >> 4)]));
        id.push(char::from(HEX[usize::from(byte & 15)]));
    }
    id
}

/// The last code points of `text` before byte `at`.
fn before(text: &str, at: usize) -> &str {
    let head = &text[..at];
    head.char_indices().rev().nth(CONTEXT - 1).map_or(head, |(from, _)| &head[from..])
}

/// The first code points of `text` from byte `at`.
fn after(text: &str, at: usize) -> &str {
    let tail = &text[at..];
    tail.char_indices().nth(CONTEXT).map_or(tail, |(to, _)| &tail[..to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen::{TEXT, decimal, reading};

    #[test]
    fn every_offset_selects_its_words_by_code_points() {
        let (article, reading) = reading();
        let record = Record::new(&article, &reading);
        let points: Vec<char> = TEXT.chars().collect();
        let select = |start: u32, end: u32| points[start as usize..end as usize].iter().collect::<String>();
        for claim in &record.claims {
            assert_eq!(select(claim.start, claim.end), claim.text);
            let around = format!("{}{}{}", claim.prefix, claim.text, claim.suffix);
            assert!(TEXT.contains(&around), "{around}");
            assert!(claim.prefix.chars().count() <= 32 && claim.suffix.chars().count() <= 32);
        }
        let ratio = &record.claims[0];
        let entity = ratio.entity.as_ref().unwrap();
        assert_eq!(Some(select(entity.start.unwrap(), entity.end.unwrap())), entity.mention);
        assert_eq!(ratio.prefix, TEXT.chars().skip(4).take(32).collect::<String>());
        assert_eq!(record.checks[0].claims, [ratio.id.clone(), record.claims[1].id.clone()]);
    }

    #[test]
    fn a_record_is_written_as_the_contract_says() {
        let (article, reading) = reading();
        let mut out = Vec::new();
        Record::new(&article, &reading).write_json(&mut out).unwrap();
        let line = String::from_utf8(out).unwrap().replace("},{", "},\n{").replace(",\"", ",\n\"");
        insta::assert_snapshot!(line);
    }

    #[test]
    fn an_id_depends_on_the_article_the_place_and_the_reading() {
        let one = id("a", 1, 2, Kind::Count, Exact(decimal("5.0")), "hộ");
        assert_eq!(one.len(), 14);
        assert_eq!(one, id("a", 1, 2, Kind::Count, Exact(decimal("5")), "hộ"));
        assert_ne!(one, id("b", 1, 2, Kind::Count, Exact(decimal("5")), "hộ"));
        assert_ne!(one, id("a", 1, 2, Kind::Count, Exact(decimal("6")), "hộ"));
        assert_ne!(one, id("a", 1, 2, Kind::Count, Exact(decimal("5")), "xã"));
    }
}
