//! An element of a page → its prose, without what is no prose of the article: `<div class="box-related">`, menus, forms.

use scraper::{ElementRef, Node, Selector};

use super::super::prose::Prose;

/// The prose of one element.
pub(super) fn prose_of(root: ElementRef<'_>, drop: Option<&Selector>) -> String {
    let mut prose = Prose::new();
    walk(root, drop, &mut prose);
    prose.done()
}

/// Tells the prose what opens, closes and stands in between; never recursive, so depth costs no stack.
pub(super) fn walk(root: ElementRef<'_>, drop: Option<&Selector>, prose: &mut Prose) {
    let mut at = *root;
    loop {
        let mut inside = None;
        match at.value() {
            Node::Text(text) => prose.text(text),
            Node::Element(_) => {
                let kept = ElementRef::wrap(at).filter(|element| {
                    at.id() == root.id()
                        || !(is_boilerplate(*element) || drop.is_some_and(|drop| drop.matches(element)))
                });
                if let Some(element) = kept {
                    match element.value().name() {
                        "table" => prose.open_table(lays_out(element)),
                        name => prose.open(name),
                    }
                    inside = at.first_child();
                    if inside.is_none() {
                        close(element, prose);
                    }
                }
            }
            _ => {}
        }
        at = match inside {
            Some(child) => child,
            None => loop {
                if at.id() == root.id() {
                    return;
                }
                if let Some(next) = at.next_sibling() {
                    break next;
                }
                let Some(parent) = at.parent().and_then(ElementRef::wrap) else { return };
                close(parent, prose);
                at = *parent;
            },
        };
    }
}

/// Whether a table only lays out the page: another table in it, or whole paragraphs in a cell, or one cell in all.
fn lays_out(table: ElementRef<'_>) -> bool {
    let mut cells = 0;
    for element in table.descendent_elements().skip(1) {
        match element.value().name() {
            "table" => return true,
            "td" | "th" => {
                cells += 1;
                let blocks = |e: &ElementRef<'_>| matches!(e.value().name(), "p" | "div" | "ul" | "h1" | "h2");
                if element.child_elements().filter(blocks).count() > 2 {
                    return true;
                }
            }
            _ => {}
        }
    }
    cells < 2
}

fn close(element: ElementRef<'_>, prose: &mut Prose) {
    prose.close(element.value().name());
    if element.attr("class").is_some_and(|c| c.contains("location-stamp")) {
        prose.dash();
    }
}

/// Elements, and words in classes and ids, that hold no prose of the article.
fn is_boilerplate(element: ElementRef<'_>) -> bool {
    let value = element.value();
    match value.name() {
        "nav" | "footer" | "form" | "button" | "select" | "aside" | "head" | "script" | "style" | "noscript"
        | "iframe" | "template" | "object" | "video" | "audio" => return true,
        "html" | "body" | "p" | "main" | "article" => return false,
        _ => {}
    }
    if value.attr("hidden").is_some()
        || value.attr("style").is_some_and(|s| s.replace(' ', "").contains("display:none"))
    {
        return true;
    }
    let names = value.classes().chain(value.id());
    names.into_iter().any(is_boilerplate_name)
}

/// "box-related", "comment_list", "tin-lien-quan", "ads": a word at the beginning or the end of a name.
fn is_boilerplate_name(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "related",
        "relate",
        "comment",
        "comments",
        "binhluan",
        "lienquan",
        "share",
        "sharing",
        "social",
        "breadcrumb",
        "breadcrumbs",
        "banner",
        "ads",
        "adv",
        "advertisement",
        "quangcao",
        "tags",
        "sidebar",
        "menu",
        "nav",
        "navbar",
        "newsletter",
        "subscribe",
        "popup",
        "rating",
        "toolbar",
        "footer",
        "docthem",
        "xemthem",
        "tinlienquan",
        "copyright",
        "pagination",
        "mostviewed",
        "recommend",
        "tinmoi",
        "tinkhac",
        "login",
    ];
    let small = name.to_ascii_lowercase();
    let parts = || small.split(['-', '_']);
    if parts().any(|p| matches!(p, "with" | "has" | "no" | "wrapper" | "container")) {
        return false;
    }
    let is = |part: Option<&str>| part.is_some_and(|p| WORDS.contains(&p));
    is(parts().next()) || is(parts().next_back()) || small.contains("lien-quan") || small.contains("lien_quan")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boilerplate_is_known_by_the_ends_of_names() {
        for name in ["box-related", "comment_list", "social-share", "tin-lien-quan", "ads", "detail-tags"] {
            assert!(is_boilerplate_name(name), "{name}");
        }
        for name in ["content", "has-sidebar", "loads", "heads", "sharecontent", "article-body"] {
            assert!(!is_boilerplate_name(name), "{name}");
        }
    }
}
