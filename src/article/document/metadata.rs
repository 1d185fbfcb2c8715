//! Title, author, date and address that a page states for machines: `"datePublished": "2023-05-11T14:12:00+07:00"`.
//!
//! First JSON-LD (`NewsArticle` and its kin), then `<meta>`. What a reader sees is for the caller.

use serde_json::Value;

use super::{one_line, when};

/// What the head of a page holds, as collected.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `(name or property, content)` of every `<meta>`, names in small letters.
    pub(super) meta: Vec<(String, String)>,
    /// The scripts of JSON-LD.
    pub(super) json_ld: Vec<String>,
    /// `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// `<title>`.
    pub(super) title: Option<String>,
}

/// What the page states about its article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) description: Option<String>,
    /// JSON-LD or `og:type` say that the page is an article; `Some(false)`: that it is something else.
    pub(super) is_article: Option<bool>,
}

impl Head {
    fn meta(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.meta.iter().filter(|(n, _)| n == name).find_map(|(_, content)| one_line(content)))
    }

    /// Reads everything out of the head.
    pub(super) fn stated(&self) -> Stated {
        let mut stated = Stated::default();
        for script in &self.json_ld {
            if let Some(value) = json_ld(script) {
                article_in(&value, 0, &mut stated);
            }
        }
        let og = self.meta(&["og:type"]).map(|t| t.to_lowercase());
        Stated {
            title: stated.title,
            author: stated.author.or_else(|| {
                self.meta(&["author", "article:author", "dc.creator", "dable:author"])
                    .filter(|a| !a.starts_with("http") && !a.starts_with('@'))
            }),
            published: stated.published.or_else(|| {
                let names = ["article:published_time", "pubdate", "datepublished", "dc.date.issued", "dc.date", "date"];
                names.iter().find_map(|name| self.meta(&[name]).and_then(|d| when::given(&d)))
            }),
            url: self.canonical.as_deref().and_then(one_line).or_else(|| self.meta(&["og:url"])).or(stated.url),
            description: self.meta(&["og:description", "description"]),
            is_article: stated.is_article.or_else(|| og.map(|t| t.contains("article") || t.contains("news"))),
        }
    }

    /// Whether a `<meta>` names the headline; `<title>` alone may name the site.
    pub(super) fn names_headline(&self) -> bool {
        self.meta(&["og:title", "twitter:title"]).is_some()
    }

    /// The headline from `og:title` or `<title>`, without the name of the site behind it.
    pub(super) fn headline(&self) -> Option<String> {
        let title = self.meta(&["og:title", "twitter:title"]).or_else(|| self.title.as_deref().and_then(one_line))?;
        let cut = [" | ", " - ", " – ", " — "].iter().filter_map(|s| title.rfind(s)).max();
        // a site's name is short; a headline with a dash in it is not cut short
        Some(match cut.filter(|at| title[*at..].chars().count() <= 30 && *at >= 30) {
            Some(at) => title[..at].to_owned(),
            None => title,
        })
    }
}

/// A script of JSON-LD, the wrappers and raw line ends of real pages forgiven.
fn json_ld(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("//").trim_start_matches("/*").trim_start_matches("<![CDATA[");
    let script = script.trim_start_matches("*/").trim().trim_end_matches(';').trim_end_matches("*/");
    let script = script.trim_end_matches("]]>").trim_end().trim_end_matches("//").trim_end_matches("/*").trim();
    serde_json::from_str(script).ok().or_else(|| {
        let flat: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

/// Takes the first article of an object, an array or a `@graph`.
fn article_in(value: &Value, depth: usize, stated: &mut Stated) {
    match value {
        _ if depth > 4 => {}
        Value::Array(all) => all.iter().for_each(|one| article_in(one, depth + 1, stated)),
        Value::Object(fields) => {
            if let Some(graph) = fields.get("@graph") {
                article_in(graph, depth + 1, stated);
            }
            let types = fields.get("@type").map(types).unwrap_or_default();
            if !types.iter().any(|t| t.ends_with("Article") || t == "BlogPosting" || t == "Report") {
                if let Some(inner) = fields.get("mainEntity") {
                    article_in(inner, depth + 1, stated);
                }
                return;
            }
            stated.is_article = Some(true);
            let line = |name: &str| fields.get(name).and_then(Value::as_str).and_then(plain);
            stated.title = stated.title.take().or_else(|| line("headline").or_else(|| line("name")));
            stated.published = stated.published.take().or_else(|| line("datePublished").and_then(|d| when::given(&d)));
            stated.author = stated.author.take().or_else(|| fields.get("author").and_then(author));
            stated.url = stated.url.take().or_else(|| line("url"));
        }
        _ => {}
    }
}

fn types(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}

/// A string, an object with a name, or a list of them.
fn author(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => plain(name).filter(|n| !n.starts_with("http")),
        Value::Object(fields) => fields.get("name").and_then(|n| if n.is_object() { None } else { author(n) }),
        Value::Array(all) => {
            let names: Vec<String> = all.iter().filter(|a| !a.is_array()).filter_map(author).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// One line, the entities that publishers leave in JSON decoded.
fn plain(text: &str) -> Option<String> {
    one_line(&super::html::unescape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(json: &str) -> Stated {
        Head { json_ld: vec![json.to_owned()], ..Head::default() }.stated()
    }

    #[test]
    fn json_ld_is_read_in_every_shape_that_pages_have() {
        let plain = r#"{"@type":"NewsArticle","headline":"Thu ng&acirc;n sách","author":{"name":"Hà An"},"dateModified":"2024-01-01","datePublished":"2023-05-11T14:12:00+07:00"}"#;
        for json in [
            plain.to_owned(),
            format!("[{{\"@type\":\"WebSite\",\"name\":\"Báo\"}},{plain}]"),
            format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{plain}]}}"),
            format!("//<![CDATA[\n{plain}\n//]]>"),
            format!("/*<![CDATA[*/{plain}/*]]>*/"),
            plain.replace("\"NewsArticle\"", "[\"Thing\",\"NewsArticle\"]"),
            plain.replace("{\"name\":\"Hà An\"}", "[\"Hà An\"]"),
            plain.replace("Thu ng", "Thu\n ng"),
        ] {
            let stated = stated(&json);
            assert_eq!(stated.title.as_deref(), Some("Thu ngân sách"), "{json}");
            assert_eq!(stated.author.as_deref(), Some("Hà An"), "{json}");
            assert_eq!(stated.published.as_deref(), Some("2023-05-11T14:12:00+07:00"), "{json}");
        }
    }

    #[test]
    fn meta_stands_in_where_json_ld_is_broken() {
        let meta = |n: &str, c: &str| (n.to_owned(), c.to_owned());
        let head = Head {
            json_ld: vec!["{\"@type\":".to_owned()],
            meta: vec![meta("pubdate", "11/05/2023 14:12"), meta("author", "Lê Bình"), meta("og:type", "article")],
            ..Head::default()
        };
        let stated = head.stated();
        assert_eq!(stated.published.as_deref(), Some("2023-05-11T14:12:00+07:00"));
        assert_eq!((stated.author.as_deref(), stated.is_article), (Some("Lê Bình"), Some(true)));
    }

    #[test]
    fn the_name_of_the_site_is_cut_off_a_headline() {
        let head = |title: &str| Head { title: Some(title.to_owned()), ..Head::default() }.headline();
        let long = "Thu ngân sách sáu tháng đầu năm vượt dự toán";
        assert_eq!(head(&format!("{long} - Báo Vùng Cao")).as_deref(), Some(long));
        assert_eq!(head("Xuân về - bản nhỏ").as_deref(), Some("Xuân về - bản nhỏ"));
    }
}
