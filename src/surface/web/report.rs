//! One file with everything of some articles: marked text, checks and claims, as the desk shows them. It asks nothing of
//! anybody (its policy allows its own style and nothing else), is read without a network, and prints.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::asset::STYLE;
use super::strings::string;
use super::view::View;
use super::words::words;
use crate::record::Record;
use crate::record::correction::Correction;
use crate::sink::gold::latest;
use crate::surface::lang::Lang;

/// The report on some articles, each with what people said of its claims.
#[must_use]
pub fn page(articles: &[(Record, Vec<Correction>)], lang: Lang) -> String {
    let mut seen = std::collections::BTreeSet::new();
    let views: Vec<View<'_>> = articles
        .iter()
        // An article that stands there already would have its places twice.
        .filter(|(record, _)| seen.insert(record.article.id.as_str()))
        .map(|(record, corrections)| View::of(record, latest(corrections), lang, None))
        .collect();
    let title = match views.as_slice() {
        [one] => one.title(),
        _ => string("report.title", lang).to_owned(),
    };
    let policy = format!("default-src 'none'; style-src 'sha256-{}'", base64(&Sha256::digest(STYLE.as_bytes())));
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) dir="ltr" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("solieu ", env!("CARGO_PKG_VERSION")));
                title { (super::words::plain(&title)) " – solieu" }
                // The hash in the policy is that of these very letters.
                style { (PreEscaped(STYLE)) }
            }
            body.report {
                main {
                    @if views.len() != 1 { (contents(&views, lang)) }
                    @for view in &views {
                        section.one id=(format!("a-{}", view.anchor())) {
                            div.article-head { (view.head()) }
                            (view.legend())
                            article.text lang="vi" { (view.text.paragraphs()) }
                            (view.checks())
                            (view.cards())
                            (view.added())
                        }
                    }
                }
                footer { p { (string("report.made", lang)) " solieu " (env!("CARGO_PKG_VERSION")) ". " (string("report.limits", lang)) } }
            }
        }
    };
    page.into_string()
}

fn contents(views: &[View<'_>], lang: Lang) -> Markup {
    html! {
        h1 { (string("report.title", lang)) }
        table.contents {
            thead { tr { th scope="col" { (string("report.article", lang)) } th scope="col" { (string("count.claims", lang)) } th scope="col" { (string("count.bad", lang)) } } }
            tbody {
                @for view in views {
                    @let bad = view.record.checks.iter().filter(|check| check.verdict == crate::record::Verdict::Inconsistent).count();
                    tr {
                        td { a href=(format!("#a-{}", view.anchor())) { (words(&view.title())) } }
                        td { (view.record.claims.len()) }
                        td { @if bad > 0 { b.cross { "✗ " (bad) } } @else { "0" } }
                    }
                }
            }
        }
    }
}

/// Bytes in the letters that a policy names a hash by.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            out.push(if at <= three.len() { char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    #[test]
    fn letters_of_a_hash() {
        for (bytes, letters) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), letters);
        }
    }

    #[test]
    fn a_report_names_no_other_place_and_has_each_place_once() {
        let (article, reading) = specimen::reading();
        let record = Record::new(&article, &reading);
        let page = page(&[(record.clone(), Vec::new()), (record, Vec::new())], Lang::Vi);
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
        assert_eq!(page.matches("id=\"a-xa-1\"").count(), 1);
        assert!(page.contains("95,9%"));
    }
}
