//! Noun phrases of the article, with what heads them: the candidates for "who" and "what".
//!
//! `Công ty cổ phần Thép An Phú (APS)` is an organisation with the alias `APS`; `các doanh nghiệp FDI` a group;
//! `doanh thu thuần` what is measured.

mod names;
mod phrase;

use phrase::Phrases;

use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::amount::{Amount, NonClaim};
use crate::claim::lexicon::{Class, Classes, Page, set};

pub use phrase::OPENERS;

/// What a token is to the reader of phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// No part of a number.
    Free,
    /// Inside an amount or a date: phrases end here.
    Barrier,
    /// A number that belongs to a name (`Zentix 5`, `quận 9`).
    Name,
    /// A number that tells one of several (`tầng 2`, `đợt 3`): part of its phrase, no name.
    Order,
}

/// One noun phrase.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its tokens, without an alias in brackets.
    pub tokens: Span<Tokens>,
    /// The alias in brackets behind it ("(APS)").
    pub alias: Option<Span<Tokens>>,
    /// Which sentence it stands in.
    pub sentence: usize,
    /// What its head says that it is.
    pub sort: Sort,
    /// It holds a capitalised name.
    pub named: bool,
    /// It opens its clause, so that it is likely the subject.
    pub opens: bool,
    /// It stands inside the phrase before it ("tỉnh An Phú" in "Sở Y tế tỉnh An Phú").
    pub nested: bool,
}

/// What the head of a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// A thing that claims can be about.
    Thing(EntityType),
    /// What is measured: doanh thu, diện tích.
    Property,
}

/// Marks the tokens of numbers.
#[must_use]
pub fn parts(page: &Page<'_>, sentences: &[Vec<Amount>]) -> Vec<Part> {
    let mut parts = vec![Part::Free; page.s.tokens.len()];
    for amount in sentences.iter().flatten() {
        let part = match amount.non_claim {
            Some(NonClaim::Name | NonClaim::Address) => Part::Name,
            Some(NonClaim::Ordinal) => Part::Order,
            Some(NonClaim::Other) => continue,
            _ => Part::Barrier,
        };
        parts[amount.start()..amount.end()].fill(part);
    }
    parts
}

/// All noun phrases, in order.
#[must_use]
pub fn mentions(page: &Page<'_>, parts: &[Part]) -> Vec<Mention> {
    let mut out = Vec::with_capacity(page.s.tokens.len() / 8);
    let words = words(page);
    for (sentence, span) in page.s.sentences.iter().enumerate() {
        let mut reader = Phrases { page, parts, words: &words, hi: span.end as usize };
        let mut i = span.start as usize;
        let mut opens = true;
        while i < span.end as usize {
            if let Some(mut mention) = reader.phrase(i) {
                mention.sentence = sentence;
                mention.opens = opens;
                i = mention.alias.map_or(mention.tokens.end, |a| a.end + 1) as usize;
                opens = false;
                let inner = reader.inner(&mention);
                out.push(mention);
                out.extend(inner);
                continue;
            }
            opens = match page.s.tokens[i].shape {
                Shape::Mark('"' | '\'' | '*') => opens,
                Shape::Mark(_) => true,
                Shape::Word => {
                    page.m.any(i, set(&[Class::Conjunction, Class::Source]))
                        || page.w(i) == "và"
                        || opens && is_opener(page, i)
                }
                _ => false,
            };
            i += 1;
        }
    }
    out
}

/// Classes of dictionary words: what cuts a sentence into words.
const WORDS: Classes = set(&[
    Class::Noun,
    Class::Countable,
    Class::Classifier,
    Class::Verb,
    Class::Adjective,
    Class::Adverb,
    Class::Conjunction,
    Class::Preposition,
    Class::Pronoun,
    Class::Coordinator,
    Class::Organization,
    Class::Person,
    Class::PlaceHead,
    Class::Event,
    Class::Product,
    Class::Group,
    Class::Property,
    Class::Region,
    Class::Source,
]);

/// The length of the dictionary word that starts at each token, longest first from the left; 0 inside a word.
fn words(page: &Page<'_>) -> Vec<u8> {
    let mut out = vec![1; page.s.tokens.len()];
    let mut i = 0;
    while i < out.len() {
        if !page.m.any(i, WORDS) {
            i += 1;
            continue;
        }
        let len = long_word(page, i).unwrap_or(1);
        // "kinh tế xã hội" over "tế xã": a word that would cut a longer one short gives way.
        let later = (1..len as usize).rev().find_map(|k| long_word(page, i + k).map(|len| (k, len)));
        let len = match later {
            Some((k, next))
                if next > len
                    && k + next as usize > len as usize
                    && page.m.at(i).iter().any(|m| m.len as usize == k) =>
            {
                u8::try_from(k).unwrap_or(len)
            }
            _ => len,
        };
        out[i] = len;
        for inside in out.iter_mut().skip(i + 1).take(len as usize - 1) {
            *inside = 0;
        }
        i += len as usize;
    }
    out
}

/// The longest dictionary word of several tokens that starts at a token. Shorter phrases stand first in the list.
fn long_word(page: &Page<'_>, i: usize) -> Option<u8> {
    let mut several = page.m.at(i).iter().rev().take_while(|m| m.len > 1);
    several.find(|m| WORDS & m.class.bit() != 0).map(|m| m.len)
}

/// Words before a subject that do not make it an object.
fn is_opener(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.w(i),
        "riêng"
            | "còn"
            | "tuy"
            | "nhiên"
            | "đó"
            | "vậy"
            | "hiện"
            | "nay"
            | "cụ"
            | "thể"
            | "theo"
            | "ngoài"
            | "ra"
            | "bên"
            | "cạnh"
            | "trong"
            | "khi"
            | "đặc"
            | "biệt"
            | "cũng"
            | "đây"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;

    fn cut(text: &str) -> String {
        let page = Page::new(text, Lexicon::built_in());
        let amounts: Vec<_> = page.s.sentences.iter().map(|&s| crate::claim::amount::amounts(&page, s)).collect();
        let parts = parts(&page, &amounts);
        mentions(&page, &parts)
            .iter()
            .map(|m| {
                format!(
                    "{}{}",
                    page.s.slice(m.tokens),
                    m.alias.map_or(String::new(), |a| format!(" = {}", page.s.slice(a)))
                )
            })
            .collect::<Vec<_>>()
            .join(" ¦ ")
    }

    #[test]
    fn phrases_keep_their_names_whole() {
        insta::assert_snapshot!(cut("Công ty cổ phần Thép An Phú (APS) đạt doanh thu thuần 120 tỷ đồng tại TP. Hồ Chí Minh."), @"Công ty cổ phần Thép An Phú = APS ¦ An Phú ¦ doanh thu thuần ¦ TP. Hồ Chí Minh");
        insta::assert_snapshot!(cut("Theo Cục Thống kê tỉnh Phú Hòa, các doanh nghiệp FDI đã xuất khẩu 5 tấn gạo."), @"Cục Thống kê tỉnh Phú Hòa ¦ tỉnh Phú Hòa ¦ các doanh nghiệp FDI ¦ gạo");
    }
}
