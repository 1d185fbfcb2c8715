//! A row of a reference file as it is written, and the figure that it says: "tỉnh Bắc Giang,24,thu ngân sách nhà nước,năm
//! 2023,16271.3,tỷ đồng" is 16.271,3 tỷ đồng of 2023.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::figure::{Figure, Words};
use super::reference::Fact;
use super::who::Who;
use crate::claim::amount;
use crate::claim::lexicon::Lexicon;
use crate::claim::link::period::resolve::resolve;
use crate::record::{Direction, EntityType, Exact, Kind};

/// The cells of a row.
pub(super) struct Written<'r> {
    pub(super) line: u64,
    pub(super) entity: Option<&'r str>,
    pub(super) place: Option<&'r str>,
    pub(super) property: Option<&'r str>,
    pub(super) period: &'r str,
    pub(super) value: &'r str,
    pub(super) unit: &'r str,
    pub(super) source: Option<&'r str>,
    pub(super) comma: bool,
}

impl Written<'_> {
    pub(super) fn fact(&self) -> Result<Fact, String> {
        if self.entity.is_none() && self.place.is_none() {
            return Err("expected an entity or a place code, found neither".to_owned());
        }
        let property = self.property.ok_or("expected a property, found none")?;
        let typed = self.number()?;
        let days = if self.period.is_empty() { None } else { Some(self.days()?) };
        let (kind, value, decimals, unit, code) = self.measured(property, typed);
        let entity = self.entity.unwrap_or_default();
        let who = Who::new(entity, None, EntityType::Other, None);
        let figure = Figure {
            article: String::new(),
            claim: format!("row {}", self.line),
            title: None,
            url: None,
            published: days.map(|(_, to)| to),
            kind,
            text: format!("{} {}", self.value, self.unit),
            value: Exact(value),
            value_max: None,
            denominator: None,
            decimals,
            unit: unit.clone(),
            unit_code: code,
            modifier: None,
            direction: (kind == Kind::Change).then_some(if property.to_lowercase().starts_with("giảm") {
                Direction::Decrease
            } else {
                Direction::Increase
            }),
            who,
            property: Some(property.to_owned()),
            period: (!self.period.is_empty()).then(|| self.period.to_owned()),
            days,
            reference: None,
            confidence: Exact(Decimal::ONE),
            words: Words { sentence: property.to_owned(), ..Words::default() },
        };
        Ok(Fact {
            line: self.line,
            entity: entity.to_owned(),
            place: self.place.map(str::to_owned),
            property: property.to_owned(),
            period: self.period.to_owned(),
            value: Exact(value),
            unit: self.unit.to_owned(),
            source: self.source.map(str::to_owned),
            ready: figure.read(),
        })
    }

    fn number(&self) -> Result<Decimal, String> {
        let clean: String = self.value.chars().filter(|c| !c.is_whitespace()).collect();
        let clean = if self.comma { clean.replace('.', "").replace(',', ".") } else { clean };
        clean.parse().map_err(|_| {
            let form = if self.comma { "1234,5 or 1.234,5" } else { "1234.5 without thousands marks" };
            format!("expected a number such as {form}, found “{}”", self.value)
        })
    }

    /// A day range, a year, or the words of the press.
    fn days(&self) -> Result<(Date, Date), String> {
        let period = self.period;
        let written =
            period.split_once("..").and_then(|(from, to)| Some((from.trim().parse().ok()?, to.trim().parse().ok()?)));
        let day = || period.parse::<Date>().ok().map(|day| (day, day));
        let year = || period.parse::<i16>().ok().and_then(|_| resolve(&format!("năm {period}"), None));
        written.or_else(day).or_else(year).or_else(|| resolve(period, None)).ok_or_else(|| {
            format!(
                "expected a period such as 2023, quý III/2023, 2023-12-31 or 2023-01-01..2023-09-30, found “{period}”"
            )
        })
    }

    /// Kind, value, stated decimals, unit and code.
    fn measured(&self, property: &str, typed: Decimal) -> (Kind, Decimal, i32, String, Option<String>) {
        let places = i32::try_from(typed.scale()).unwrap_or(0);
        let said = format!("{} {}", crate::claim::verify::vietnamese(typed.abs()), self.unit);
        let read =
            amount::read_with(&said, Lexicon::built_in()).into_iter().find(|reading| reading.non_claim.is_none());
        let change = ["tăng", "giảm", "tốc độ tăng"].iter().any(|cue| property.to_lowercase().starts_with(cue))
            || property.to_lowercase().contains("tăng trưởng");
        if self.unit == "%" {
            let kind = if change { Kind::Change } else { Kind::Percentage };
            return (kind, typed, places, "%".to_owned(), Some("%".to_owned()));
        }
        let Some(reading) = read else { return (Kind::Count, typed, places, self.unit.to_owned(), None) };
        let value = reading.value.unwrap_or(typed);
        let exponent = value.checked_div(typed.abs()).map_or(0, |times| {
            let digits = times.normalize().to_string();
            i32::try_from(digits.len()).unwrap_or(1) - 1
        });
        let decimals = places - exponent;
        let unit = reading.unit.clone().unwrap_or_else(|| self.unit.to_owned());
        let code = reading.unit_code.clone();
        let money = code.as_deref().is_some_and(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()));
        let kind = match (&code, unit.contains('/')) {
            _ if change => Kind::Change,
            (_, true) => Kind::Rate,
            (Some(_), _) if money => Kind::Money,
            (Some(_), _) => Kind::Measurement,
            (None, _) => Kind::Count,
        };
        (kind, value, decimals, unit, code)
    }
}
