//! schema.org in JSON-LD: an article is a `NewsArticle`, each claim a `Claim` in it about an `Observation`: "48/52" is
//! what was observed of "Xã Đăk Năng", with property, period and unit.

use serde::Serialize;

use super::annotations::name;
use super::{Around, Sink};
use crate::record::{ClaimRow, EntityType, Exact, Record};

/// Claims of schema.org as an array of graphs, one per article.
#[derive(Debug, Clone, Copy, Default)]
pub struct SchemaOrg;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Node<'a> {
    #[serde(rename_all = "camelCase")]
    NewsArticle {
        #[serde(rename = "@id")]
        id: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        headline: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_published: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        author: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        in_language: &'a str,
    },
    Claim {
        #[serde(rename = "@id")]
        id: String,
        text: String,
        appearance: At<'a>,
        about: Box<Observation<'a>>,
    },
}

#[derive(Serialize)]
struct At<'a> {
    #[serde(rename = "@id")]
    id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Observation<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_about: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured_property: Option<Property<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_denominator: Option<Quantity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_qualifier: Option<&'a str>,
    value: Quantity<'a>,
}

#[derive(Serialize)]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Property<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Quantity<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<Exact>,
    unit_text: &'a str,
}

impl Sink for SchemaOrg {
    fn around(&self) -> Around {
        Around::ARRAY
    }

    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        let article = &record.article;
        let urn = name(&article.id);
        let id = article.url.as_deref().filter(|url| url.starts_with("http")).unwrap_or(&urn);
        let text: Vec<char> = article.text.as_deref().unwrap_or_default().chars().collect();
        let mut graph = vec![Node::NewsArticle {
            id,
            headline: article.title.as_deref(),
            date_published: article.published.as_deref(),
            author: article.author.as_deref(),
            url: article.url.as_deref(),
            in_language: article.language,
        }];
        for claim in &record.claims {
            let sentence = text.get(claim.sentence.start as usize..claim.sentence.end as usize);
            graph.push(Node::Claim {
                id: format!("{urn}:{}", claim.id),
                // Without the text (a duplicate) what stands around the number says it.
                text: sentence.map_or_else(
                    || format!("{}{}{}", claim.prefix, claim.text, claim.suffix),
                    |sentence| sentence.iter().collect(),
                ),
                appearance: At { id },
                about: Box::new(observation(claim)),
            });
        }
        serde_json::to_writer(out, &Graph { context: "https://schema.org", graph })?;
        Ok(())
    }
}

fn observation(claim: &ClaimRow) -> Observation<'_> {
    let quantity = |value, min_value, max_value| Quantity {
        kind: "QuantitativeValue",
        value,
        min_value,
        max_value,
        unit_text: &claim.unit,
    };
    let period = claim.period.as_ref().and_then(|period| match (&period.from, &period.to) {
        (Some(from), Some(to)) => Some(format!("{from}/{to}")),
        _ => None,
    });
    Observation {
        kind: "Observation",
        name: &claim.text,
        observation_about: claim.entity.as_ref().map(|entity| Thing { kind: thing(entity.kind), name: &entity.name }),
        measured_property: claim
            .property
            .as_ref()
            .map(|of| Property { kind: "Property", name: of.expanded.as_ref().unwrap_or(&of.text) }),
        observation_period: period,
        measurement_denominator: claim.denominator.map(|whole| quantity(Some(whole), None, None)),
        measurement_qualifier: claim.modifier.map(crate::record::Modifier::name),
        value: match claim.value_max {
            Some(high) => quantity(None, Some(claim.value), Some(high)),
            None => quantity(Some(claim.value), None, None),
        },
    }
}

fn thing(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Organization => "Organization",
        EntityType::Place => "Place",
        EntityType::Person => "Person",
        EntityType::Product => "Product",
        EntityType::Event => "Event",
        EntityType::Group | EntityType::Other => "Thing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    #[test]
    fn a_claim_is_about_an_observation() {
        let (article, reading) = specimen::reading();
        let mut out = Vec::new();
        SchemaOrg.record(&Record::new(&article, &reading), &mut out).unwrap();
        let page: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let graph = page["@graph"].as_array().unwrap();
        assert_eq!((graph.len(), graph[0]["@type"].as_str()), (3, Some("NewsArticle")));
        let claim = &graph[1];
        assert_eq!(claim["appearance"]["@id"], "urn:solieu:xa-1");
        assert_eq!(claim["text"], specimen::TEXT);
        let about = &claim["about"];
        assert_eq!(about["observationAbout"]["@type"], "Organization");
        assert_eq!(about["observationPeriod"], "2022-10-01/2022-12-31");
        assert_eq!((&about["value"]["value"], &about["value"]["unitText"]), (&47.into(), &"chi bộ".into()));
        assert_eq!(about["measurementDenominator"]["value"], 49);
    }
}
