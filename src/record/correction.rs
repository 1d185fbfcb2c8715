//! What a person says of a claim, beside what the program read and never over it: "88,1%" is right as the article has
//! it, is no claim at all, or has another unit or entity.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::exact::Exact;
use super::row::ClaimRow;

/// What a person found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Everything that the program read is right.
    Right,
    /// It is no claim.
    Wrong,
    /// It is a claim with other fields.
    Fixed,
    /// It is a claim that the program did not read.
    Missed,
    /// An earlier judgement is taken back.
    Withdrawn,
}

impl Judgement {
    /// Each of them.
    pub const ALL: [Self; 5] = [Self::Right, Self::Wrong, Self::Fixed, Self::Missed, Self::Withdrawn];

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Fixed => "fixed",
            Self::Missed => "missed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The one that is written so.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The fields of a claim that a person can fix, named as in a gold line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// How the number is said.
    pub kind: String,
    /// The value (a ratio's numerator, a range's low end).
    pub value: Exact,
    /// A range's high end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_max: Option<Exact>,
    /// A ratio's whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Exact>,
    /// The unit.
    pub unit: String,
    /// The hedge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// Which way, for a change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// Who or what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// What is counted or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Fields {
    /// The fields as the program read them.
    #[must_use]
    pub fn of(claim: &ClaimRow) -> Self {
        Self {
            kind: claim.kind.name().to_owned(),
            value: claim.value,
            value_max: claim.value_max,
            denominator: claim.denominator,
            unit: claim.unit.clone(),
            modifier: claim.modifier.map(|modifier| modifier.name().to_owned()),
            direction: claim.direction.map(|direction| direction.name().to_owned()),
            entity: claim.entity.as_ref().map(|entity| entity.name.clone()),
            property: claim.property.as_ref().map(|property| property.text.clone()),
            period: claim.period.as_ref().map(|period| period.text.clone()),
            reference: claim.reference.as_ref().map(|reference| reference.text.clone()),
        }
    }
}

/// One judgement of one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The article.
    pub article_id: String,
    /// The claim; `m-12-17` for one that the program did not read, by its place.
    pub claim_id: String,
    /// When it was made (RFC 3339, UTC).
    pub made: String,
    /// What the person found.
    pub judgement: Judgement,
    /// What the person says to it.
    pub note: Option<String>,
    /// The quantity expression.
    pub quote: String,
    /// Its first code point in the article's text.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// What the program had read; nothing where it read no claim.
    pub machine: Option<Fields>,
    /// What is right, where that is something else.
    pub fields: Option<Fields>,
}

/// A number of JSON with all its digits.
impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let digits: Decimal = raw.get().parse().map_err(serde::de::Error::custom)?;
        Ok(Self(digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Record, specimen};

    #[test]
    fn fields_come_back_from_their_json_with_every_digit() {
        let (article, reading) = specimen::reading();
        let record = Record::new(&article, &reading);
        let mut fields = Fields::of(&record.claims[0]);
        fields.value = Exact(specimen::decimal("0.1234567890123456789012345678"));
        let json = serde_json::to_string(&fields).unwrap();
        assert!(
            json.starts_with(r#"{"kind":"ratio","value":0.1234567890123456789012345678,"denominator":49,"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Fields>(&json).unwrap(), fields);
    }

    #[test]
    fn a_judgement_is_read_as_it_is_written() {
        for one in Judgement::ALL {
            assert_eq!(Judgement::of(one.name()), Some(one));
            assert_eq!(serde_json::to_string(&one).unwrap(), format!("\"{}\"", one.name()));
        }
        assert_eq!(Judgement::of("đúng"), None);
    }
}
