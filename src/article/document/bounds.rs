//! A page made harmless before it is parsed: `<div>` ten thousand deep becomes 256 deep, its words all kept.
//!
//! An HTML parser takes time with the depth of the open elements, with the unclosed `<font>`s that it must open again in
//! every paragraph, and with the attributes of one tag; a hostile page makes each of them quadratic. One pass over the
//! tags keeps all three small, and leaves out what holds no prose (scripts, styles, comments), which also makes the
//! parser's work shorter. The count of open elements is never lower than the parser's own: an end tag counts only where
//! the parser is sure to obey it.
//!
//! Pictures and attributes that nobody asks for (`href`, `onclick`, `data-…`) go too: half of a page's parsing.

/// What a page may have at most.
const MAX_DEPTH: usize = 256;
const MAX_FORMATTING: usize = 8;
const MAX_TAGS: usize = 150_000;
const MAX_ATTRIBUTES: usize = 512;

/// Elements that have no content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements that the next of their kind ends: leaving them open makes nothing deeper.
const SELF_ENDING: &[&str] = &[
    "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "caption", "option", "optgroup",
    "rt", "rp", "html", "head", "body",
];
/// Elements that are opened again in the next block when left open.
const FORMATTING: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Inline elements besides: an end tag passes over these and over nothing else.
const INLINE: &[&str] = &["a", "span", "label", "abbr", "cite", "sub", "sup", "mark", "time", "q"];
/// End tags do not reach beyond these.
const BARRIERS: &[&str] = &["table", "object", "applet", "marquee", "button", "select"];
/// Elements that show no words of their own.
const WITHOUT_WORDS: &[&str] = &["img", "source", "input", "wbr", "track", "embed", "area", "param", "base", "col"];
/// Elements left out with all that they hold.
const WITHOUT_PROSE: &[&str] =
    &["script", "style", "svg", "noscript", "template", "iframe", "textarea", "xmp", "noembed"];

/// A page within bounds.
#[derive(Debug, Default)]
pub(super) struct Bounded {
    /// The page.
    pub(super) html: String,
    /// What had to be left out, for a fault.
    pub(super) left_out: Option<&'static str>,
}

/// The page without what holds no prose, never nested deeper than a parser likes.
pub(super) fn bounded(page: &str) -> Bounded {
    let bytes = page.as_bytes();
    let mut out = Bounded { html: String::with_capacity(page.len()), left_out: None };
    let mut open: Vec<&'static str> = Vec::new();
    let mut ends = Ends::default();
    let (mut formatting, mut tags, mut kept, mut at) = (0_usize, 0_usize, 0_usize, 0_usize);
    while let Some(next) = memchr::memchr(b'<', &bytes[at..]).map(|n| at + n) {
        at = next + 1;
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            let end = memchr::memmem::find(&rest[1..], b"-->").map_or(bytes.len(), |n| at + 1 + n + 3);
            out.html.push_str(&page[kept..next]);
            (at, kept) = (end, end);
            continue;
        }
        let closing = rest.first() == Some(&b'/');
        let from = at + usize::from(closing);
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name_end = bytes[from..].iter().position(|b| b.is_ascii_whitespace() || b"/>".contains(b));
        let name_end = name_end.map_or(bytes.len(), |n| from + n);
        let end = tag_end(bytes, name_end);
        at = end;
        let name = known(&bytes[from..name_end]);
        tags += 1;
        if tags > MAX_TAGS {
            out.html.push_str(&page[kept..next]);
            out.left_out = Some("more than 150000 tags: the page was cut");
            return out;
        }
        let mut leave = |from: usize, to: usize| {
            out.html.push_str(&page[kept.min(from)..from]);
            kept = to;
        };
        if closing {
            formatting -= usize::from(close(&mut open, name) && FORMATTING.contains(&name));
            continue;
        }
        if let Some(place) = WITHOUT_PROSE.iter().position(|n| *n == name) {
            if name == "script" && memchr::memmem::find(&bytes[name_end..end], b"ld+json").is_some() {
                at = ends.end_of(place, page, end).unwrap_or(bytes.len());
                continue;
            }
            let raw = matches!(name, "script" | "style" | "textarea" | "xmp");
            let to = ends.end_of(place, page, end).unwrap_or(if raw { bytes.len() } else { end });
            leave(next, to);
            at = to;
            continue;
        }
        if matches!(name, "math" | "plaintext" | "frameset") {
            leave(next, end);
            continue;
        }
        let canonical = || memchr::memmem::find(&bytes[name_end..end], b"canonical").is_some();
        if WITHOUT_WORDS.contains(&name) || (name == "link" && !canonical()) {
            leave(next, end);
            continue;
        }
        if !VOID.contains(&name) && !SELF_ENDING.contains(&name) {
            let format = FORMATTING.contains(&name);
            if open.len() >= MAX_DEPTH || (format && formatting >= MAX_FORMATTING) {
                leave(next, end);
                if open.len() >= MAX_DEPTH {
                    out.left_out = Some("tags nested deeper than 256");
                }
                continue;
            }
            formatting += usize::from(format);
            open.push(name);
        }
        if !matches!(name, "meta" | "link") {
            attributes(bytes, name_end, end, &mut leave);
        }
    }
    out.html.push_str(&page[kept.min(page.len())..]);
    out
}

/// Takes the element off the open ones, where a parser is sure to.
fn close(open: &mut Vec<&'static str>, name: &str) -> bool {
    let inline = |n: &str| FORMATTING.contains(&n) || INLINE.contains(&n);
    let lax = !inline(name) && name != "other";
    for at in (0..open.len()).rev() {
        if open[at] == name {
            open.truncate(at);
            return true;
        }
        let passes = if lax { name == "table" || !BARRIERS.contains(&open[at]) } else { inline(open[at]) };
        if !passes {
            break;
        }
    }
    false
}

/// Leaves out the attributes that nobody asks for, and all beyond the bound.
fn attributes(bytes: &[u8], from: usize, end: usize, leave: &mut impl FnMut(usize, usize)) {
    let inside = end - usize::from(bytes[end - 1] == b'>');
    let gap = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
    let skip = |at: usize, stop: &dyn Fn(&u8) -> bool| at + bytes[at..inside].iter().take_while(|b| !stop(b)).count();
    let mut at = from;
    for count in 0.. {
        let begin = at;
        at = skip(at, &|b| !gap(b));
        if at >= inside {
            return;
        }
        if count >= MAX_ATTRIBUTES {
            return leave(begin, inside);
        }
        let name = at;
        at = skip(at + 1, &|b| gap(b) || *b == b'=');
        let name = &bytes[name..at];
        let value = skip(at, &|b| !b.is_ascii_whitespace());
        let mut held = &bytes[at..at];
        if bytes[value..inside].first() == Some(&b'=') {
            at = skip(value + 1, &|b| !b.is_ascii_whitespace());
            let opened = at;
            at = match bytes[at..inside].first() {
                Some(quote @ (b'"' | b'\'')) => {
                    memchr::memchr(*quote, &bytes[at + 1..inside]).map_or(inside, |n| at + 1 + n + 1)
                }
                _ => skip(at, &u8::is_ascii_whitespace),
            };
            held = &bytes[opened..at];
        }
        if !is_asked_for(name, held) {
            leave(begin, at);
        }
    }
}

/// Whether a selector or a rule of the reader looks at the attribute.
fn is_asked_for(name: &[u8], value: &[u8]) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(value, word).is_some();
    match name.to_ascii_lowercase().as_slice() {
        b"class" | b"id" | b"itemprop" | b"data-role" | b"type" | b"datetime" | b"hidden" => true,
        b"style" => has(b"none") || has(b"right"),
        _ => false,
    }
}

/// One past the `>` of the tag whose name ends at `at`; quotes hide it only where a value can begin.
fn tag_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(n) = memchr::memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let found = at + n;
        if bytes[found] == b'>' {
            return found + 1;
        }
        at = found + 1;
        let before = bytes[..found].iter().rev().take(32).find(|b| !b.is_ascii_whitespace());
        if before == Some(&b'=') {
            at = memchr::memchr(bytes[found], &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
        }
    }
    bytes.len()
}

/// The constant that a name is, or "other".
fn known(name: &[u8]) -> &'static str {
    const BLOCKS: &[&str] = &[
        "div",
        "section",
        "article",
        "aside",
        "main",
        "header",
        "footer",
        "nav",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
        "figcaption",
        "blockquote",
        "center",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "button",
        "select",
        "object",
        "applet",
        "marquee",
        "math",
        "plaintext",
        "frameset",
        "fieldset",
        "address",
        "details",
        "summary",
    ];
    static ALL: std::sync::LazyLock<rustc_hash::FxHashMap<&'static [u8], &'static str>> =
        std::sync::LazyLock::new(|| {
            let all = [BLOCKS, VOID, SELF_ENDING, FORMATTING, INLINE, WITHOUT_PROSE];
            all.into_iter().flatten().map(|n| (n.as_bytes(), *n)).collect()
        });
    let mut small = [0_u8; 12];
    let Some(small) = small.get_mut(..name.len()) else { return "other" };
    small.copy_from_slice(name);
    small.make_ascii_lowercase();
    ALL.get(&*small).copied().unwrap_or("other")
}

/// Which end tags are known to come no more.
#[derive(Default)]
struct Ends {
    gone: [bool; 16],
}

impl Ends {
    /// One past the end tag of the element at `place` of the list, looked for at most once in vain.
    fn end_of(&mut self, place: usize, page: &str, from: usize) -> Option<usize> {
        if self.gone[place] {
            return None;
        }
        let name = WITHOUT_PROSE[place].as_bytes();
        let bytes = page.as_bytes();
        let mut at = from;
        while let Some(n) = memchr::memmem::find(&bytes[at..], b"</") {
            at += n + 2;
            if bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
                return Some(tag_end(bytes, at + name.len()));
            }
        }
        self.gone[place] = true;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_and_comments_go_and_prose_stays() {
        let page = "<P>Đạt <!-- x < y -->51%<script>if (a < b) '<div>'</SCRIPT>, <style>p{}</style>vượt</P><script type='application/ld+json'>{}</script>";
        assert_eq!(bounded(page).html, "<P>Đạt 51%, vượt</P><script type='application/ld+json'>{}</script>");
    }

    #[test]
    fn depth_is_bounded_and_no_word_is_lost() {
        let deep = format!("{}67/69{}<p>hết</p>", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let out = bounded(&deep);
        assert_eq!(out.html.matches("<div>").count(), MAX_DEPTH);
        assert!(out.html.contains("67/69") && out.html.contains("hết") && out.left_out.is_some());
    }

    #[test]
    fn end_tags_that_a_parser_ignores_do_not_count() {
        // in a table, </div> closes no <div> before it
        let out = bounded(&"<div><table></div>".repeat(5_000));
        assert!(out.html.matches("<div>").count() + out.html.matches("<table>").count() <= MAX_DEPTH);
        let fonts = bounded(&"<div><font size=1></div>".repeat(5_000));
        assert!(fonts.html.matches("<font").count() <= MAX_FORMATTING);
    }

    #[test]
    fn ordinary_pages_are_left_as_they_are() {
        for page in ["<p>a<p>b<br/>c", "1 < 2 <p class=\"a > b\">x", "<div", "<p>dở <a class=\"x", "<li>a<li>b"] {
            assert_eq!(bounded(page).html, page);
        }
    }

    #[test]
    fn only_attributes_that_are_asked_for_are_kept() {
        for (page, left) in [
            ("<a href=\"/x?a>b\" class='tin' target=_blank>x</a>", "<a class='tin'>x</a>"),
            ("<p style=\"color:red\" data-role=sapo/>x", "<p data-role=sapo/>x"),
            ("<p style=\"text-align:right\">x", "<p style=\"text-align:right\">x"),
            ("a <img src=\"x\"> b<link rel=icon>", "a  b"),
            ("<p a = 'b' hidden>x", "<p hidden>x"),
        ] {
            assert_eq!(bounded(page).html, left);
        }
        let page = format!("<div {}>x</div>", "class=1 ".repeat(50_000));
        assert!(bounded(&page).html.len() < 10 * MAX_ATTRIBUTES);
    }
}
