//! The JSON Schema of a record, generated from its types: `"value": {"type": "number"}` and the rest of the contract.

use super::Record;

/// The JSON Schema (draft 2020-12) of what is written for one article.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::record::specimen;

    /// What `value` breaks of `schema`, by the keywords that our schema uses; an unknown keyword is a breach.
    fn breaches(schema: &Value, value: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
        let Some(rules) = schema.as_object() else { return };
        for (keyword, rule) in rules {
            let holds = match keyword.as_str() {
                "$ref" => {
                    let pointer = rule.as_str().unwrap().trim_start_matches('#');
                    breaches(root.pointer(pointer).unwrap(), value, root, at, found);
                    true
                }
                "type" => {
                    let is = |name: &Value| match name.as_str().unwrap() {
                        "object" => value.is_object(),
                        "array" => value.is_array(),
                        "string" => value.is_string(),
                        "integer" => value.is_i64() || value.is_u64(),
                        "number" => value.is_number(),
                        "null" => value.is_null(),
                        other => panic!("type {other}"),
                    };
                    rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is))
                }
                "required" => {
                    !value.is_object()
                        || rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some())
                }
                "properties" => {
                    for (name, inner) in value.as_object().into_iter().flatten() {
                        match rule.get(name) {
                            Some(rule) => breaches(rule, inner, root, &format!("{at}/{name}"), found),
                            None => found.push(format!("{at}/{name} is not in the schema")),
                        }
                    }
                    true
                }
                "items" => {
                    for (n, inner) in value.as_array().into_iter().flatten().enumerate() {
                        breaches(rule, inner, root, &format!("{at}/{n}"), found);
                    }
                    true
                }
                "anyOf" | "oneOf" => rule.as_array().unwrap().iter().any(|one| {
                    let mut inner = Vec::new();
                    breaches(one, value, root, at, &mut inner);
                    inner.is_empty()
                }),
                "const" => rule == value,
                "enum" => rule.as_array().unwrap().contains(value),
                "minimum" => value.as_f64().is_none_or(|value| value >= rule.as_f64().unwrap()),
                "$schema" | "$defs" | "title" | "description" | "format" => true,
                other => panic!("keyword {other}"),
            };
            if !holds {
                found.push(format!("{at}: {keyword} {rule}, found {value}"));
            }
        }
    }

    fn check(value: &Value) -> Vec<String> {
        let root = schema().to_value();
        let mut found = Vec::new();
        breaches(&root, value, &root, "", &mut found);
        found
    }

    fn specimen() -> Value {
        let (article, reading) = specimen::reading();
        serde_json::to_value(Record::new(&article, &reading)).unwrap()
    }

    #[test]
    fn what_is_written_is_what_the_schema_says() {
        assert_eq!(check(&specimen()), Vec::<String>::new());
        let text = include_str!("../../fixtures/readme/xa-dak-to.txt");
        let record = crate::extract(&crate::Article::from_text("xa-dak-to", text));
        assert_eq!(check(&serde_json::to_value(record).unwrap()), Vec::<String>::new());
    }

    #[test]
    fn the_schema_refuses_what_is_not_a_record() {
        let mut wrong = specimen();
        wrong["claims"][0]["kind"] = "guess".into();
        wrong["claims"][0]["value"] = "47".into();
        wrong["claims"][1]["unit"].take();
        wrong["checks"][0].as_object_mut().unwrap().remove("verdict");
        assert_eq!(check(&wrong).len(), 4, "{:#?}", check(&wrong));
    }

    #[test]
    fn the_contract_changes_only_on_purpose() {
        insta::assert_snapshot!(format!("{:#}", schema().as_value()));
    }
}
