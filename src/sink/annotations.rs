//! W3C Web Annotations: each claim is a note on its words ("48/52"), found again by their surroundings and by their
//! place; each check that does not hold is a note on all of its claims. One page of annotations per article.

use serde::Serialize;

use super::{Around, Sink};
use crate::record::{CheckRow, ClaimRow, Record};

/// Web Annotations as an array of pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Annotations;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: Option<&'a str>,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    generator: Generator,
    body: Vec<Body<'a>>,
    target: Vec<Target<'a>>,
}

#[derive(Serialize)]
struct Generator {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'static str,
    #[serde(rename = "schema:softwareVersion")]
    version: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Words {
        #[serde(rename = "type")]
        kind: &'static str,
        purpose: &'static str,
        value: String,
        format: &'static str,
        language: &'static str,
    },
    /// The claim as it stands in a record.
    Claim {
        #[serde(rename = "type")]
        kind: &'static str,
        purpose: &'static str,
        #[serde(rename = "solieu:claim")]
        claim: &'a ClaimRow,
    },
    Check {
        #[serde(rename = "type")]
        kind: &'static str,
        purpose: &'static str,
        #[serde(rename = "solieu:check")]
        check: &'a CheckRow,
    },
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: [Selector<'a>; 2],
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextQuoteSelector { exact: &'a str, prefix: &'a str, suffix: &'a str },
    TextPositionSelector { start: u32, end: u32 },
}

impl Sink for Annotations {
    fn around(&self) -> Around {
        Around::ARRAY
    }

    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        let article = name(&record.article.id);
        let source = record.article.url.as_deref().filter(|url| url.starts_with("http")).unwrap_or(&article);
        let annotation = |id: &str, motivation, body, target| Annotation {
            id: format!("{article}:{id}"),
            kind: "Annotation",
            motivation,
            generator: Generator { kind: "Software", name: "solieu", version: env!("CARGO_PKG_VERSION") },
            body,
            target,
        };
        let mut items: Vec<Annotation<'_>> = record
            .claims
            .iter()
            .map(|claim| {
                let body = vec![
                    words("describing", said(claim)),
                    Body::Claim { kind: "Dataset", purpose: "identifying", claim },
                ];
                annotation(&claim.id, "identifying", body, vec![target(source, claim)])
            })
            .collect();
        for (n, check) in (1..).zip(&record.checks) {
            let about = record.claims.iter().filter(|claim| check.claims.contains(&claim.id));
            let body = vec![
                words("assessing", check.explanation.clone()),
                Body::Check { kind: "Dataset", purpose: "assessing", check },
            ];
            items.push(annotation(
                &format!("check-{n}"),
                "assessing",
                body,
                about.map(|claim| target(source, claim)).collect(),
            ));
        }
        let page = Page {
            context: "http://www.w3.org/ns/anno.jsonld",
            id: article.clone(),
            kind: "AnnotationPage",
            label: record.article.title.as_deref(),
            items,
        };
        serde_json::to_writer(out, &page)?;
        Ok(())
    }
}

/// The name of an article that has no address.
pub(super) fn name(id: &str) -> String {
    use std::fmt::Write as _;
    id.bytes().fold(String::from("urn:solieu:"), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a String cannot fail
        }
        out
    })
}

/// A claim in a line: who, what, when, how much.
fn said(claim: &ClaimRow) -> String {
    let property =
        claim.property.as_ref().map(|property| property.expanded.as_ref().unwrap_or(&property.text).as_str());
    let parts = [
        claim.entity.as_ref().map(|entity| entity.name.as_str()),
        property,
        claim.period.as_ref().map(|period| period.text.as_str()),
        Some(claim.text.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn words<'a>(purpose: &'static str, value: String) -> Body<'a> {
    Body::Words { kind: "TextualBody", purpose, value, format: "text/plain", language: "vi" }
}

fn target<'a>(source: &'a str, claim: &'a ClaimRow) -> Target<'a> {
    let ClaimRow { text, prefix, suffix, start, end, .. } = claim;
    Target {
        source,
        selector: [
            Selector::TextQuoteSelector { exact: text, prefix, suffix },
            Selector::TextPositionSelector { start: *start, end: *end },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    #[test]
    fn a_claim_is_a_note_on_its_words() {
        let (article, reading) = specimen::reading();
        let mut out = Vec::new();
        Annotations.record(&Record::new(&article, &reading), &mut out).unwrap();
        let page: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(page["type"], "AnnotationPage");
        assert_eq!(page["items"].as_array().unwrap().len(), 3);
        let first = &page["items"][0];
        assert_eq!(first["target"][0]["source"], "urn:solieu:xa-1");
        assert_eq!(first["target"][0]["selector"][0]["exact"], "47/49");
        assert_eq!(first["target"][0]["selector"][1]["type"], "TextPositionSelector");
        assert_eq!(first["body"][0]["value"], "Đảng bộ xã Đăk Tơ; chi bộ đạt chuẩn; Cuối năm 2022; 47/49");
        assert_eq!(first["body"][1]["solieu:claim"]["denominator"], 49);
        let check = &page["items"][2];
        assert_eq!((check["motivation"].as_str(), check["target"].as_array().unwrap().len()), (Some("assessing"), 2));
    }

    #[test]
    fn any_id_makes_a_name() {
        assert_eq!(name("kon tum/2023"), "urn:solieu:kon%20tum%2F2023");
    }
}
