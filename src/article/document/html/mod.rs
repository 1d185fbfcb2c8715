//! A page → its article: title, lead, prose, captions and tables, without menus, related links, comments and ads.
//!
//! Three ways, from the surest: the publisher's profile (`profiles.tsv`), an element that names itself the article's
//! body, a general extractor; at last the whole page. `Article::reader` says which: "profile:vnexpress", "content",
//! "extractor", "body". The only folder that knows the HTML parser; the page is parsed once, unless the extractor is needed.

mod seen;
mod walk;

use std::borrow::Cow;
use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use self::seen::{Seen, words};
use self::walk::{prose_of, walk};

use super::bounds::{self, Bounded};
use super::metadata::Stated;
use super::profile::{self, Profile};
use super::prose::Prose;
use super::{Raw, Unread, decode, given, legacy, normalise, one_line, when};
use crate::article::Article;
use crate::error::Fault;

/// A page given as bytes.
pub(super) fn read(raw: Raw) -> Result<Article, Unread> {
    let decoded = decode::labelled(raw.bytes, raw.given.charset.as_deref());
    let mut article = page(&decoded.text, &raw.source)?;
    article.faults.splice(0..0, decoded.faults);
    article.encoding.get_or_insert(decoded.encoding);
    given::add(raw.given, &mut article);
    Ok(article)
}

/// A page given as text; `encoding` is set only where mojibake had to be undone.
pub(super) fn page(html: &str, source: &str) -> Result<Article, Unread> {
    let Bounded { html, left_out } = bounds::bounded(html);
    let document = Html::parse_document(&html);
    let seen = Seen::of(&document);
    let stated = seen.head.stated();
    let host = stated.url.as_deref().and_then(profile::host);
    let found = by_profile(&document, &html, host.as_deref())
        .or_else(|| by_content(&document, &stated))
        .or_else(|| by_extractor(&document, &html, &stated))
        .unwrap_or_else(|| whole(&document));

    let title = found.title.or(stated.title).or_else(|| seen.title());
    let text = compose(title.as_deref(), found.lead.as_deref(), &found.body);
    let letters = found.body.chars().filter(|c| c.is_alphanumeric()).count();
    let surely = stated.is_article == Some(true) || found.reader.starts_with("profile");
    let list = !surely && seen.links >= 10 && letters < seen.links * 20;
    if letters == 0 || (list && letters < 200) {
        let found = format!("{} links and {letters} letters of prose", seen.links);
        return Err(Unread::new(source, "html", format!("expected a page with an article, found {found}")));
    }
    let mut faults = Vec::new();
    faults.extend(left_out.map(|what| Fault::new("limit", format!("expected a page within bounds, found {what}"))));
    if list {
        let message = format!("expected one article, found a page that looks like a list ({} links)", seen.links);
        faults.push(Fault::new("html", message));
    }
    let (text, mojibake) = legacy::mended(&text);
    let mend = |line: String| mojibake.map_or(line.clone(), |m| m.undo(&line));
    Ok(Article {
        url: stated.url,
        title: title.map(mend),
        author: stated.author.or(found.author).map(mend),
        published: stated.published.or(found.published).or(seen.time).or(seen.date_line),
        encoding: mojibake.map(decode::within_utf8),
        reader: Some(found.reader),
        text: normalise::nfc(&text).into_owned(),
        faults,
        ..Article::default()
    })
}

/// Plain text whose letters are written as entities: "Th&ocirc;ng" → "Thông". Borrowed when there are none.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !has_entity(text) {
        return Cow::Borrowed(text);
    }
    let fragment = Html::parse_fragment(&text.replace('<', "&lt;"));
    Cow::Owned(fragment.root_element().text().collect())
}

/// Whether an entity (`&ocirc;`, `&#272;`, `&#x110;`) stands in the text.
pub(super) fn has_entity(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let name = &text.as_bytes()[at + 1..text.len().min(at + 12)];
        let end = name.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'#');
        end.is_some_and(|end| end >= 2 && name[end] == b';')
    })
}

/// The article of a page, before it is put together.
struct Found {
    reader: String,
    title: Option<String>,
    lead: Option<String>,
    body: String,
    author: Option<String>,
    published: Option<String>,
}

/// The selectors of a profile, ready to use.
struct Selectors {
    profile: Profile,
    title: Option<Selector>,
    lead: Option<Selector>,
    body: Option<Selector>,
    author: Option<Selector>,
    date: Option<Selector>,
    drop: Option<Selector>,
}

static PROFILES: LazyLock<Vec<Selectors>> = LazyLock::new(|| {
    let selector = |css: &str| if css.is_empty() { None } else { Selector::parse(css).ok() };
    profile::all()
        .map(|p| Selectors {
            title: selector(p.title),
            lead: selector(p.lead),
            body: selector(p.body),
            author: selector(p.author),
            date: selector(p.date),
            drop: selector(p.drop),
            profile: p,
        })
        .collect()
});

fn by_profile(document: &Html, html: &str, host: Option<&str>) -> Option<Found> {
    let own = PROFILES.iter().filter(|s| host.is_some_and(|host| s.profile.is_of(host)));
    let shared = PROFILES.iter().filter(|s| s.profile.marks(html));
    own.chain(shared).find_map(|selectors| {
        let first = |selector: &Option<Selector>| {
            let selector = selector.as_ref()?;
            document.select(selector).find_map(|e| Some(e).filter(|e| !words(*e).is_empty()))
        };
        let mut prose = Prose::new();
        let mut last: Option<ElementRef<'_>> = None;
        for root in document.select(selectors.body.as_ref()?) {
            if last.is_some_and(|last| root.ancestors().any(|a| a.id() == last.id())) {
                continue;
            }
            walk(root, selectors.drop.as_ref(), &mut prose);
            last = Some(root);
        }
        let body = prose.done();
        if body.is_empty() {
            return None;
        }
        Some(Found {
            reader: format!("profile:{}", selectors.profile.name),
            title: first(&selectors.title).and_then(|e| one_line(&words(e))),
            lead: first(&selectors.lead).map(|e| prose_of(e, selectors.drop.as_ref())),
            author: first(&selectors.author).and_then(|e| one_line(&words(e))),
            published: first(&selectors.date).and_then(|e| when::given(&words(e))),
            body,
        })
    })
}

/// Classes and ids of elements that name themselves the body of an article.
const CONTENT: &[&str] = &[
    "article-body",
    "article-content",
    "article__content",
    "article__body",
    "articleContent",
    "ArticleContent",
    "article-detail",
    "detail-content",
    "detail__content",
    "content-detail",
    "contentdetail",
    "news-content",
    "news-detail",
    "newsdetail",
    "newscontent",
    "entry-content",
    "post-content",
    "cms-body",
    "noidung",
    "story-body",
];

/// Classes of elements that name themselves the lead.
const LEAD: &[&str] = &[
    "sapo",
    "detail-sapo",
    "article-sapo",
    "article__sapo",
    "news-sapo",
    "post-sapo",
    "lead",
    "article-lead",
    "summary",
    "article-summary",
    "chapeau",
    "chappeau",
    "trichdan",
];

// by hand, not by selectors: forty alternatives on every element of a page would cost as much as its parse
fn is_content(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    value.name() == "article"
        || value.attr("itemprop") == Some("articleBody")
        || value.classes().chain(value.id()).any(|name| CONTENT.contains(&name))
}

fn is_lead(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let described = || value.classes().any(|c| c == "description") || value.attr("itemprop") == Some("description");
    value.classes().any(|name| LEAD.contains(&name))
        || value.attr("data-role") == Some("sapo")
        || (matches!(value.name(), "p" | "h2" | "div") && described())
}

fn elements(document: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    document.tree.root().descendants().filter_map(ElementRef::wrap)
}

/// The element with the most prose; among nested ones the inner, when it has nearly as much.
fn by_content(document: &Html, stated: &Stated) -> Option<Found> {
    let mut best: Option<(usize, String)> = None;
    for root in elements(document).filter(is_content).take(24) {
        let body = prose_of(root, None);
        let length = body.split("\n\n").filter(|b| b.chars().count() >= 60).map(str::len).sum::<usize>();
        let enough = best
            .as_ref()
            .map_or(250, |(best, body)| if body.len() < body_limit(*best) { *best + 1 } else { *best * 3 / 4 });
        if length >= enough {
            best = Some((length, body));
        }
    }
    let (_, body) = best?;
    Some(Found { lead: lead(document, stated, &body), body, ..Found::none("content") })
}

/// A body that is mostly prose has no more than this beside it.
const fn body_limit(prose: usize) -> usize {
    prose + prose / 4
}

/// The general extractor, on a parse of its own; what it finds is read by our own walk, so that tables stay whole.
fn by_extractor(document: &Html, html: &str, stated: &Stated) -> Option<Found> {
    let config = dom_smoothie::Config { max_elements_to_parse: 30_000, ..dom_smoothie::Config::default() };
    let mut extractor = dom_smoothie::Readability::new(html, None, Some(config)).ok()?;
    let content = extractor.parse().ok()?.content;
    let fragment = Html::parse_fragment(&content);
    let body = prose_of(fragment.root_element(), None);
    (body.len() >= 140).then(|| Found { lead: lead(document, stated, &body), body, ..Found::none("extractor") })
}

/// All that the page says outside its menus.
fn whole(document: &Html) -> Found {
    Found { body: prose_of(document.root_element(), None), ..Found::none("body") }
}

impl Found {
    fn none(reader: &str) -> Self {
        Self { reader: reader.to_owned(), title: None, lead: None, body: String::new(), author: None, published: None }
    }
}

/// The lead, where the body lost it: an element of that name, else the words that the page gives as its description.
fn lead(document: &Html, stated: &Stated, body: &str) -> Option<String> {
    let start = |text: &str| text.chars().take(40).collect::<String>();
    let lost = |text: &String| text.chars().count() >= 30 && !body.contains(&start(text));
    if let Some(found) = elements(document).filter(is_lead).take(8).map(|e| prose_of(e, None)).find(lost) {
        return Some(found).filter(|f| f.chars().count() <= 1_500);
    }
    let description = stated.description.as_ref().filter(|d| lost(d))?;
    let wanted = start(description);
    let node = document.tree.root().descendants().find(|node| {
        node.value().as_text().is_some_and(|t| t.trim_start().starts_with(&wanted))
            && node.parent().and_then(ElementRef::wrap).is_some_and(|p| p.value().name() != "title")
    })?;
    node.parent().and_then(ElementRef::wrap).map(|e| prose_of(e, None)).filter(|f| f.chars().count() <= 1_500)
}

/// Headline, lead, prose; each once.
fn compose(title: Option<&str>, lead: Option<&str>, body: &str) -> String {
    let title = title.unwrap_or_default().trim();
    let lead = lead.unwrap_or_default().trim();
    let mut text = String::with_capacity(title.len() + lead.len() + body.len() + 4);
    let blocks = body.split("\n\n").filter(|block| {
        let block = block.trim();
        block != title && block != lead
    });
    for block in [title, lead].into_iter().chain(blocks).map(str::trim).filter(|b| !b.is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(block);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_everything_else_is_kept() {
        assert_eq!(unescape("Th&ocirc;ng b&#225;o &#x110;ạt < 5% &amp; > 3%"), "Thông báo Đạt < 5% & > 3%");
        assert!(matches!(unescape("R&D đạt 5%; A & B"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_selector_of_the_profiles_can_be_used() {
        for css in profile::all().flat_map(|p| [p.title, p.lead, p.body, p.author, p.date, p.drop]) {
            assert!(css.is_empty() || Selector::parse(css).is_ok(), "{css}");
            for attribute in css.split('[').skip(1).filter_map(|rest| rest.split([']', '=', '^', '*', '$']).next()) {
                // what the bounds leave out of a page cannot be selected
                let tag = format!("<p {attribute}=right>");
                assert_eq!(bounds::bounded(&tag).html, tag, "{css}");
            }
        }
    }

    #[test]
    fn inline_blocks_do_not_glue_and_a_layout_table_has_paragraphs() {
        let text =
            page("<table><tr><td><div>một</div><div>hai</div><div>ba</div></td></tr></table>", "x").unwrap().text;
        assert_eq!(text, "một\n\nhai\n\nba");
        let text = page("<p><b>Đà Nẵng</b><span>Kim ngạch</span> tăng 5%.</p>", "x").unwrap().text;
        assert_eq!(text, "Đà Nẵng Kim ngạch tăng 5%.");
    }
}
