//! What one walk over all nodes of a page sees: head, headings, links, and the date line under the headline
//! ("Thứ năm, 11/5/2023, 14:12 (GMT+7)").

use scraper::{ElementRef, Html, Node};

use super::super::metadata::Head;
use super::super::{one_line, when};

/// What one walk over all nodes sees.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) head: Head,
    headings: Vec<String>,
    pub(super) links: usize,
    pub(super) time: Option<String>,
    pub(super) date_line: Option<String>,
}

impl Seen {
    /// Walks the page once.
    pub(super) fn of(document: &Html) -> Self {
        let mut seen = Self::default();
        for node in document.tree.root().descendants() {
            match node.value() {
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node) {
                        seen.element(element);
                    }
                }
                Node::Text(text) if seen.date_line.is_none() && !seen.headings.is_empty() => {
                    let around = || node.parent().and_then(|p| p.parent()).and_then(ElementRef::wrap).map(words);
                    seen.date_line = date_line(text, around);
                }
                _ => {}
            }
        }
        seen
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let value = element.value();
        match value.name() {
            "a" => self.links += 1,
            "h1" => self.headings.extend(one_line(&words(element))),
            "meta" => {
                let name = ["property", "name", "itemprop"].iter().find_map(|key| value.attr(key));
                if let (Some(name), Some(content)) = (name, value.attr("content")) {
                    self.head.meta.push((name.to_ascii_lowercase(), content.to_owned()));
                }
            }
            "link" if value.attr("rel") == Some("canonical") => {
                self.head.canonical = self.head.canonical.take().or_else(|| value.attr("href").map(str::to_owned));
            }
            "title" => self.head.title = self.head.title.take().or_else(|| one_line(&words(element))),
            "script" => self.head.json_ld.push(element.text().collect()),
            "time" if self.time.is_none() => self.time = value.attr("datetime").and_then(when::given),
            _ => {}
        }
    }

    /// The heading that the page's own title begins with; else that title, unless it can only be the site's name.
    pub(super) fn title(&self) -> Option<String> {
        let headline = self.head.headline();
        let same =
            |h: &&String| headline.as_ref().is_none_or(|t| t.starts_with(h.as_str()) || h.starts_with(t.as_str()));
        if let Some(heading) = self.headings.iter().find(same) {
            return Some(heading.clone());
        }
        let long = self.headings.iter().find(|h| h.chars().count() >= 25);
        if self.head.names_headline() { headline } else { long.cloned().or(headline) }
    }
}

/// A date line in a text node, or in the few words around it when the node holds the day alone.
fn date_line(text: &str, around: impl Fn() -> Option<String>) -> Option<String> {
    let text = text.trim();
    if text.len() < 8 || text.len() > 120 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let found = when::line(text)?;
    if found.contains('T') {
        return Some(found);
    }
    let fuller = around().filter(|a| a.len() <= 120).and_then(|a| when::line(&a)).filter(|a| a.starts_with(&found));
    Some(fuller.unwrap_or(found))
}

/// The words of an element on one line.
pub(super) fn words(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for text in element.text() {
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}
