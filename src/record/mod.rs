//! [`Record`]: the flat, versioned row that leaves the program, made from an article and its reading alone.
//!
//! Offsets become code points here and nowhere earlier; "67/69" at byte 12 of "Đảng bộ có 67/69" is at code point 11.

pub mod exact;
pub mod kind;
pub mod row;

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
                text: Some(article.text.clone()),
            },
            claims,
            checks,
            faults: article.faults.clone(),
        }
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
        serde_json::to_writer(out, self)
    }
}

/// The JSON Schema of a record, generated from its types.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>()
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
            confidence: (claim.confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0,
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
            name: entity.name.clone(),
            mention: entity.mention.map(|mention| self.text(mention)),
            start: range.map(|range| range.start),
            end: range.map(|range| range.end),
            kind: entity.kind.into(),
            place: entity.place.as_ref().map(|place| PlaceRow {
                system: place.system,
                code: place.code.clone(),
                name: place.name.clone(),
                province: place.province.clone(),
                successors: place
                    .successors
                    .iter()
                    .map(|(code, name)| SuccessorRow { system: NEW_UNITS, code: code.clone(), name: name.clone() })
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

/// "c-" and 12 hex digits that depend on the article, the place and the reading, and on nothing else.
fn id(article: &str, start: u32, end: u32, kind: Kind, value: Exact, unit: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let key = format!("{article}\0{start}\0{end}\0{}\0{value}\0{unit}", kind.name());
    let mut id = String::with_capacity(14);
    id.push_str("c-");
    for byte in &Sha256::digest(key.as_bytes())[..6] {
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
