//! The rows as they are written: names, order and meaning are the contract of `schema_version`, so they are apart
//! from the types that the program thinks in. `{"kind": "ratio", "text": "48/52", "value": 67, "denominator": 69 …}`.

use serde::Serialize;

use super::exact::Exact;
use super::kind::Kind;
use crate::claim;
use crate::error::Fault;

/// What is written for one article.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Record {
    /// The version of this shape. Adding a field keeps it; renaming one makes a new one.
    pub schema_version: &'static str,
    /// The article, with the text that every offset points into.
    pub article: ArticleRow,
    /// The numeric claims in the order of the text.
    pub claims: Vec<ClaimRow>,
    /// The arithmetic between them.
    pub checks: Vec<CheckRow>,
    /// What could not be read in this article, and why.
    pub faults: Vec<Fault>,
}

/// The article.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct ArticleRow {
    /// The id that the input gave, else a hash of the normalised text.
    pub id: String,
    /// Where it was read.
    pub source: Option<String>,
    /// Its address, as the input says it.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author or byline.
    pub author: Option<String>,
    /// Publication date (RFC 3339 or YYYY-MM-DD).
    pub published: Option<String>,
    /// BCP 47 language tag.
    pub language: &'static str,
    /// The character encoding that the bytes were read with.
    pub encoding: Option<String>,
    /// How the text was found in the input ("text", "jsonl", "profile:…", "extractor").
    pub reader: Option<String>,
    /// The id of the first article of the run with exactly this text. Its claims, checks and text are written there and
    /// not again here.
    pub duplicate_of: Option<String>,
    /// The text: NFC, `\n` line ends, title first. Absent with `--no-text`, and where `duplicate_of` says who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A half-open range of code points of the article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Range {
    /// First code point, 0-based.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// One numeric claim.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct ClaimRow {
    /// Stable id: the same article, place and reading give the same id.
    pub id: String,
    /// How the number is said.
    pub kind: Kind,
    /// The quantity expression, as in the article.
    pub text: String,
    /// First code point of `text`.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Up to 32 code points before it.
    pub prefix: String,
    /// Up to 32 code points after it.
    pub suffix: String,
    /// The sentence that it stands in.
    pub sentence: Range,
    /// The value (a ratio's numerator, a range's low end).
    pub value: Exact,
    /// A range's high end.
    pub value_max: Option<Exact>,
    /// A ratio's whole.
    pub denominator: Option<Exact>,
    /// Decimal places that the article states, in the unit of `value`; negative when a scale word rounds it.
    pub decimals: i32,
    /// The counted noun, "%", an ISO 4217 code, a unit of measure.
    pub unit: String,
    /// UCUM for measurements and %, ISO 4217 for money, null for counted nouns.
    pub unit_code: Option<String>,
    /// The hedge next to the number.
    pub modifier: Option<Modifier>,
    /// Which way, for a change.
    pub direction: Option<Direction>,
    /// Who or what the claim is about.
    pub entity: Option<EntityRow>,
    /// What is counted or measured.
    pub property: Option<PropertyRow>,
    /// The time that scopes the claim.
    pub period: Option<PeriodRow>,
    /// What it is compared with.
    pub reference: Option<ReferenceRow>,
    /// Claims that say one thing together share this number.
    pub statement: u32,
    /// The rule and the cue that made the claim.
    pub rule: String,
    /// How sure the reading is, 0 to 1, with two decimals.
    pub confidence: Exact,
    /// Other readings that could not be excluded.
    pub alternatives: Vec<AlternativeRow>,
}

/// Who or what a claim is about.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct EntityRow {
    /// The fullest phrase of the article that names it.
    pub name: String,
    /// The words near the claim that name it.
    pub mention: Option<String>,
    /// First code point of `mention`.
    pub start: Option<u32>,
    /// One past its last code point.
    pub end: Option<u32>,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The administrative unit that it is or belongs to.
    pub place: Option<PlaceRow>,
}

/// An administrative unit of Viet Nam, as of the article's date.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct PlaceRow {
    /// The code system: `vn-2025-06` (before 1 July 2025) or `vn-2025-07`.
    pub system: &'static str,
    /// The code in that system.
    pub code: String,
    /// The full name with its type.
    pub name: String,
    /// The code of its province in the same system.
    pub province: String,
    /// The units of the new system that it went into.
    pub successors: Vec<SuccessorRow>,
}

/// A unit of the new system that an old one went into.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct SuccessorRow {
    /// The code system.
    pub system: &'static str,
    /// The code in that system.
    pub code: String,
    /// The full name with its type.
    pub name: String,
}

/// What is counted or measured.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct PropertyRow {
    /// The words of the article.
    pub text: String,
    /// The same with the article's abbreviations written out.
    pub expanded: Option<String>,
    /// First code point of `text`.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
}

/// The time that scopes a claim.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct PeriodRow {
    /// The words of the article.
    pub text: String,
    /// First day (YYYY-MM-DD).
    pub from: Option<String>,
    /// Last day (YYYY-MM-DD).
    pub to: Option<String>,
    /// First code point of `text`.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
}

/// What a claim is compared with.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct ReferenceRow {
    /// Target, baseline or whole.
    pub role: Role,
    /// The words of the article.
    pub text: String,
    /// First code point of `text`.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Its own value, where the article states it.
    pub value: Option<Exact>,
}

/// Another reading of the same words.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct AlternativeRow {
    /// The value in that reading.
    pub value: Exact,
    /// Why it is possible.
    pub reason: String,
}

/// One arithmetical relation between claims.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct CheckRow {
    /// Which relation.
    pub rule: &'static str,
    /// The ids of the claims that it speaks of.
    pub claims: Vec<String>,
    /// What the article reports.
    pub reported: Option<Exact>,
    /// What the other numbers give.
    pub computed: Option<Exact>,
    /// The least that the reported number stands for.
    pub lower: Option<Exact>,
    /// The greatest that the reported number stands for.
    pub upper: Option<Exact>,
    /// What follows.
    pub verdict: Verdict,
    /// The reasoning, in Vietnamese.
    pub explanation: String,
}

/// An enum of the record, with its way from the enum of the same variants inside.
macro_rules! wire {
    ($(#[$doc:meta])* $name:ident from $inner:path { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Each of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As it is written.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                type Inner = $inner;
                match inner { $(Inner::$variant => Self::$variant,)* }
            }
        }
    };
}

wire! {
    /// How the article hedges the number.
    Modifier from claim::Modifier {
        /// khoảng, chừng, ước
        Approximately = "approximately",
        /// gần, suýt
        Nearly = "nearly",
        /// hơn, trên, quá
        MoreThan = "more_than",
        /// dưới, chưa đầy
        LessThan = "less_than",
        /// ít nhất, tối thiểu, từ … trở lên
        AtLeast = "at_least",
        /// không quá, tối đa
        AtMost = "at_most",
    }
}

wire! {
    /// Which way a change went.
    Direction from claim::Direction {
        /// tăng, thêm
        Increase = "increase",
        /// giảm, bớt
        Decrease = "decrease",
    }
}

wire! {
    /// What sort of thing an entity is.
    EntityType from claim::EntityType {
        /// Agency, company, club, party body.
        Organization = "organization",
        /// Place or administrative unit.
        Place = "place",
        /// Person.
        Person = "person",
        /// Product, model, work.
        Product = "product",
        /// Event, project, document, campaign.
        Event = "event",
        /// A definite group of people or things.
        Group = "group",
        /// None of these.
        Other = "other",
    }
}

wire! {
    /// What part a reference plays.
    Role from claim::Role {
        /// What a percentage measures against.
        Target = "target",
        /// Where a change or multiple starts from.
        Baseline = "baseline",
        /// What a share is a part of.
        Whole = "whole",
    }
}

wire! {
    /// What a check found.
    Verdict from claim::Verdict {
        /// The reported number lies in the interval that the others allow.
        Consistent = "consistent",
        /// Right when the last digit is cut instead of rounded.
        ConsistentIfTruncated = "consistent_if_truncated",
        /// No reading of the stated precision makes it hold.
        Inconsistent = "inconsistent",
        /// Nothing to compare with: the check says what follows.
        Implied = "implied",
    }
}
