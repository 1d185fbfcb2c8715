//! Noun phrases of the article, with what heads them: the candidates for "who" and "what".
//!
//! `Công ty cổ phần Thép An Phú (APS)` is an organisation with the alias `APS`; `các doanh nghiệp FDI` a group;
//! `doanh thu thuần` what is measured.

use crate::article::segment::{Case, Shape};
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::amount::{Amount, NonClaim};
use crate::claim::lexicon::{Class, Classes, Page, set};

/// What a token is to the reader of phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// No part of a number.
    Free,
    /// Inside an amount or a date: phrases end here.
    Barrier,
    /// A number that belongs to a name (`Nexus 5`, `quận 9`).
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
        let len = page.m.at(i).iter().rev().find(|m| m.len > 1 && WORDS & m.class.bit() != 0).map_or(1, |m| m.len);
        // "kinh tế xã hội" over "tế xã": a word that would cut a longer one short gives way.
        let later = (1..len as usize).rev().find_map(|k| {
            page.m.at(i + k).iter().rev().find(|m| m.len > 1 && WORDS & m.class.bit() != 0).map(|m| (k, m.len))
        });
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

struct Phrases<'p, 't> {
    page: &'p Page<'t>,
    parts: &'p [Part],
    words: &'p [u8],
    hi: usize,
}

impl Phrases<'_, '_> {
    fn free(&self, i: usize) -> bool {
        i < self.hi && self.parts[i] != Part::Barrier
    }

    /// The phrase that starts at `i`, as long as it goes.
    fn phrase(&mut self, i: usize) -> Option<Mention> {
        let page = self.page;
        if !self.free(i) || !page.s.is_word(i) || self.words[i] == 0 && !page.s.is_capital(i) {
            return None;
        }
        let determiner = self.determiner(i);
        let start = i + determiner;
        let (mut sort, head_end) = self.head(start)?;
        let mut at = head_end;
        let counted = page.is(start, Class::Countable) || page.is(start, Class::Property);
        let mut named = page.s.is_capital(start) && self.is_name(start) && !counted;
        if determiner > 0 && sort == Sort::Thing(EntityType::Other) {
            sort = Sort::Thing(EntityType::Group);
        }
        loop {
            let (next, name) = self.step(at, sort);
            if next == at {
                break;
            }
            named |= name;
            at = next;
        }
        if named && sort == Sort::Thing(EntityType::Group) && page.s.is_capital(start) {
            sort = Sort::Thing(EntityType::Other);
        }
        if named
            && sort == Sort::Thing(EntityType::Other)
            && at - i <= 4
            && super::gazetteer::is_unit_name(page.s.slice(Span::of(i, at)))
        {
            sort = Sort::Thing(EntityType::Place);
        }
        // "Tổng thu ngân sách Nhà nước" names nobody; "CPI Hà Nội" names a place.
        if sort == Sort::Property && named {
            named = (head_end..at).any(|k| page.is(k, Class::Region) && page.s.is_capital(k))
                || (head_end..at)
                    .find(|&k| page.s.is_capital(k))
                    .is_some_and(|k| super::gazetteer::is_unit_name(page.s.slice(Span::of(k, at))));
        }
        let region = page.m.longest(start, Class::Region).is_some_and(|m| start + m.len as usize == at);
        let alias = if region { None } else { self.alias(at) };
        Some(Mention { tokens: Span::of(i, at), alias, sentence: 0, sort, named, opens: false, nested: false })
    }

    /// The place or office that a longer name ends in.
    fn inner(&self, outer: &Mention) -> Option<Mention> {
        let page = self.page;
        if !outer.named
            || !matches!(
                outer.sort,
                Sort::Thing(
                    EntityType::Organization
                        | EntityType::Person
                        | EntityType::Event
                        | EntityType::Product
                        | EntityType::Group
                        | EntityType::Other
                ) | Sort::Property
            )
        {
            return None;
        }
        let range = outer.tokens.range();
        let (start, end, sort) = (range.start + 1..range.end).find_map(|i| {
            if let Some(m) =
                page.m.longest(i, Class::Region).filter(|m| i + m.len as usize == range.end && page.s.is_capital(i))
            {
                let _ = m;
                return Some((i, range.end, EntityType::Place));
            }
            let head = |class: Class| {
                page.m
                    .longest(i, class)
                    .map(|m| i + m.len as usize)
                    .filter(|&e| e < range.end && (e..range.end).any(|k| page.s.is_capital(k)))
            };
            if head(Class::PlaceHead).is_some() {
                return Some((i, range.end, EntityType::Place));
            }
            if outer.sort != Sort::Thing(EntityType::Organization) && head(Class::Organization).is_some() {
                return Some((i, range.end, EntityType::Organization));
            }
            let tail = page.s.slice(Span::of(i, range.end));
            (page.s.is_capital(i) && range.end - i <= 4 && super::gazetteer::is_unit_name(tail)).then_some((
                i,
                range.end,
                EntityType::Place,
            ))
        })?;
        Some(Mention {
            tokens: Span::of(start, end),
            alias: None,
            sentence: outer.sentence,
            sort: Sort::Thing(sort),
            named: true,
            opens: outer.opens,
            nested: true,
        })
    }

    /// "các", "những", "một số": how many tokens of determiner.
    fn determiner(&self, i: usize) -> usize {
        let page = self.page;
        match page.w(i) {
            "các" | "những" | "mọi" | "toàn" | "cả" => 1,
            "một" if page.w(i + 1) == "số" => 2,
            "một"
                if page.is(i + 1, Class::Countable)
                    || page.is(i + 1, Class::Classifier)
                    || page.is(i + 1, Class::Organization) =>
            {
                1
            }
            _ => 0,
        }
    }

    /// The head at `i`: what it says, and where it ends.
    fn head(&self, i: usize) -> Option<(Sort, usize)> {
        const HEADS: [(Class, Sort); 8] = [
            (Class::Whole, Sort::Thing(EntityType::Place)),
            (Class::Property, Sort::Property),
            (Class::Organization, Sort::Thing(EntityType::Organization)),
            (Class::PlaceHead, Sort::Thing(EntityType::Place)),
            (Class::Event, Sort::Thing(EntityType::Event)),
            (Class::Product, Sort::Thing(EntityType::Product)),
            (Class::Person, Sort::Thing(EntityType::Person)),
            (Class::Group, Sort::Thing(EntityType::Group)),
        ];
        let page = self.page;
        if !self.free(i) || !page.s.is_word(i) {
            return None;
        }
        if let Some(m) = page.m.longest(i, Class::Region)
            && page.s.is_capital(i + m.len as usize - 1)
        {
            return Some((Sort::Thing(EntityType::Place), i + m.len as usize));
        }
        let words = page.m.reach(i, set(&[Class::Countable, Class::Noun]));
        const ANY_HEAD: Classes = set(&[
            Class::Whole,
            Class::Property,
            Class::Organization,
            Class::PlaceHead,
            Class::Event,
            Class::Product,
            Class::Person,
            Class::Group,
        ]);
        let heads: &[(Class, Sort)] = if page.m.any(i, ANY_HEAD) { &HEADS } else { &[] };
        let best = heads
            .iter()
            .filter(|(c, _)| {
                !(*c == Class::Group && matches!(page.w(i), "các" | "những" | "nhiều" | "hai" | "cả" | "toàn"))
            })
            .filter_map(|(c, sort)| page.m.longest(i, *c).map(|m| (m.len as usize, *sort)))
            .max_by_key(|(len, _)| *len);
        const FUNCTION: Classes = set(&[
            Class::Clause,
            Class::Preposition,
            Class::Auxiliary,
            Class::Pronoun,
            Class::Conjunction,
            Class::Adverb,
            Class::Verb,
            Class::Level,
            Class::Versus,
            Class::Source,
            Class::Extra,
            Class::Share,
            Class::Reach,
            Class::Up,
            Class::Down,
            Class::Hedge,
            Class::Ranking,
        ]);
        let function = page.m.reach(i, FUNCTION);
        let best = best.filter(|(len, _)| *len > 1 || !self.idle_office(i));
        if let Some((len, sort)) = best
            && len >= words
            && (len > function || len == function && (page.s.is_capital(i) || page.is(i, Class::Countable)))
        {
            return Some((sort, i + len));
        }
        if words > 0 && words > function {
            let sort = if page.is(i, Class::Property) {
                Sort::Property
            } else if page.is(i, Class::Countable) {
                Sort::Thing(EntityType::Group)
            } else {
                Sort::Thing(EntityType::Other)
            };
            return Some((sort, i + words));
        }
        if words > 0 && words == function && page.is(i, Class::Countable) && !page.is(i, Class::Clause) {
            return Some((Sort::Thing(EntityType::Group), i + words));
        }
        // A single letter names nothing ("5m X 20m").
        if page.s.is_capital(i) && (self.is_name(i) || function == 0) && function < 2 && page.w(i).chars().count() > 1 {
            let verb = page.m.longest(i, Class::Verb).is_some_and(|m| m.len > 1);
            let opener = self.opening(i) && (function > 0 && !self.plain_verb(i) || verb);
            return (!opener).then_some((Sort::Thing(EntityType::Other), i + 1));
        }
        // A word of no table, small letters: the name of a trade or a thing ("viễn thông", "thép").
        let known = !page.m.at(i).is_empty();
        let listed = i > 0 && matches!(page.s.tokens[i - 1].shape, Shape::Mark(',' | ';' | ':' | '(' | ')'));
        if !known && listed && crate::article::segment::is_syllable(page.w(i)) {
            return Some((Sort::Thing(EntityType::Other), i + 1));
        }
        None
    }

    /// A short word that is an office only in a name: "báo Tuổi trẻ" but "báo lãi", "sở Y tế" but "sở hữu".
    fn idle_office(&self, i: usize) -> bool {
        let page = self.page;
        let short = matches!(
            page.w(i),
            "báo"
                | "bộ"
                | "ban"
                | "sở"
                | "hội"
                | "vụ"
                | "cục"
                | "viện"
                | "đoàn"
                | "đt"
                | "tuyển"
                | "phòng"
                | "trạm"
                | "đảng"
                | "bv"
                | "đài"
                | "tên"
                | "mẫu"
                | "mã"
                | "đường"
                | "phố"
                | "tây"
        );
        short
            && !page.s.is_capital(i)
            && (!page.s.is_capital(i + 1) || !self.free(i + 1))
            && !page.is(i, Class::Countable)
    }

    /// Whether the sentence, a quotation or a list item opens at `i`, so that its capital says nothing.
    fn opening(&self, i: usize) -> bool {
        let page = self.page;
        let opens = |shape: Shape| {
            matches!(shape, Shape::Break | Shape::Mark('.' | '!' | '?' | '…' | ':' | '"' | '\'' | '*' | '-' | '+'))
        };
        (i == 0 || opens(page.s.tokens[i - 1].shape)) && page.s.tokens[i].case == Case::Title
    }

    /// A verb that is no other function word: names are made of such ("Thắng", "Hòa").
    fn plain_verb(&self, i: usize) -> bool {
        let function = [
            Class::Clause,
            Class::Preposition,
            Class::Conjunction,
            Class::Adverb,
            Class::Auxiliary,
            Class::Pronoun,
            Class::Source,
        ];
        self.page.is(i, Class::Verb) && !function.iter().any(|&c| self.page.is(i, c))
    }

    /// Whether the capital at `i` is a name's and not the sentence's.
    fn is_name(&self, i: usize) -> bool {
        let page = self.page;
        let opening = self.opening(i);
        // "Hòa Phát", "Sunvico", "TLG" are names; "Bờ kè" only opens its sentence.
        let next_capital = page.s.is_capital(i + 1) && page.s.is_word(i + 1);
        let foreign = !crate::article::segment::is_syllable(page.w(i)) && page.m.at(i).is_empty();
        !opening || next_capital || foreign || page.s.tokens[i].case == Case::Upper && page.m.at(i).is_empty()
    }

    /// One more piece of the phrase at `at`: where it ends, and whether it is a name.
    fn step(&self, at: usize, sort: Sort) -> (usize, bool) {
        let page = self.page;
        if at >= self.hi {
            return (at, false);
        }
        if matches!(self.parts[at], Part::Name | Part::Order) {
            return (at + 1, self.parts[at] == Part::Name);
        }
        if self.parts[at] == Part::Barrier {
            return (at, false);
        }
        match page.s.tokens[at].shape {
            Shape::Word => self.word(at, sort),
            Shape::Mark('-' | '&' | '/' | '\'')
                if at + 1 < self.hi
                    && self.free(at + 1)
                    && page.s.is_capital(at + 1)
                    && page.s.is_capital(at.wrapping_sub(1)) =>
            {
                (at + 2, true)
            }
            Shape::Mark('-')
                if page.s.is_glued(at) && page.s.is_glued(at + 1) && self.free(at + 1) && page.s.is_word(at + 1) =>
            {
                (at + 2, false)
            }
            Shape::Mark('.')
                if page.s.is_glued(at)
                    && at + 1 < self.hi
                    && page.s.is_capital(at + 1)
                    && matches!(page.w(at - 1), "tp" | "t" | "st" | "tx" | "mr" | "q" | "p" | "cp" | "v") =>
            {
                (at + 2, true)
            }
            Shape::Mark('"') if at + 1 < self.hi && page.s.is_capital(at + 1) => self.quoted(at),
            _ => (at, false),
        }
    }

    /// A name in quotation marks behind its head: `hội thi "Tay nghề trẻ"`.
    fn quoted(&self, at: usize) -> (usize, bool) {
        let close = (at + 1..self.hi.min(at + 14)).find(|&k| self.page.s.is_mark(k, '"'));
        close.map_or((at, false), |k| (k + 1, true))
    }

    fn word(&self, at: usize, sort: Sort) -> (usize, bool) {
        let page = self.page;
        let longest = |class: Class| page.m.longest(at, class).map_or(0, |m| m.len as usize);
        let capital = page.s.is_capital(at);
        const FUNCTION: Classes = set(&[
            Class::Clause,
            Class::Preposition,
            Class::Auxiliary,
            Class::Pronoun,
            Class::Conjunction,
            Class::Coordinator,
            Class::Adverb,
            Class::Versus,
            Class::Anaphor,
            Class::Share,
            Class::Reach,
            Class::Up,
            Class::Down,
            Class::Source,
        ]);
        let function = page.m.reach(at, FUNCTION);
        const CONTENT: Classes = set(&[
            Class::Noun,
            Class::Countable,
            Class::Adjective,
            Class::Property,
            Class::Organization,
            Class::PlaceHead,
        ]);
        let content = page.m.reach(at, CONTENT);
        if capital && (function < 2 || !self.opening(at)) {
            let mut end = at + usize::from(self.words[at]).max(1);
            // "Ngoại thương", "Cứu quốc": names of offices are often written with their first letter only.
            let office = !matches!(sort, Sort::Thing(EntityType::Place | EntityType::Product | EntityType::Other));
            let tail = end < self.hi
                && self.free(end)
                && page.s.is_word(end)
                && page.s.tokens[end].case == Case::Lower
                && page.m.at(end).is_empty();
            if office
                && end == at + 1
                && tail
                && page.s.tokens[at].case == Case::Title
                && crate::article::segment::is_syllable(page.w(end))
            {
                end += 1;
            }
            return (end, true);
        }
        // "và" joins the fields of one office: "Bộ Khoa học và Công nghệ".
        if page.w(at) == "và"
            && page.s.is_capital(at + 1)
            && self.free(at + 1)
            && sort == Sort::Thing(EntityType::Organization)
            && self.office(at)
        {
            return (at + 2, true);
        }
        // A name of a place, person or thing does not go on in small letters; an office's may.
        let after_name = page.s.is_capital(at - 1) && page.s.tokens[at].case == Case::Lower;
        // Only a name made of dictionary words goes on: "Cục Quản lý Đăng ký kinh doanh", not "Hòa Phát đạt".
        let worded = || (at.saturating_sub(4)..at).any(|k| self.words[k] > 1 && k + usize::from(self.words[k]) == at)
            && !(at.saturating_sub(4)..at).any(|k| page.m.longest(k, Class::Region).is_some_and(|m| k + m.len as usize == at));
        if after_name && (sort != Sort::Thing(EntityType::Organization) || content.max(longest(Class::Verb)) < 2 || !worded()) {
            return (at, false);
        }
        if content > function && content > 0 {
            return (at + content.max(usize::from(self.words[at])), false);
        }
        let verb = longest(Class::Verb);
        // Verbs name what an office does: "Cục Quản lý", "công ty sản xuất thép".
        if verb > 0
            && function == 0
            && sort == Sort::Thing(EntityType::Organization)
            && (page.s.is_capital(at) || self.next_capital(at + verb))
        {
            return (at + verb, false);
        }
        if verb > 0 || function > 0 {
            return (at, false);
        }
        // A word of no table goes with a common noun, once.
        let unknown_before = page.m.at(at - 1).is_empty() && page.s.is_word(at - 1);
        if unknown_before { (at, false) } else { (at + 1, false) }
    }

    /// Whether the phrase that runs up to `at` is an office of several fields: its head within the last words.
    fn office(&self, at: usize) -> bool {
        let page = self.page;
        let head = (at.saturating_sub(7)..at).rev().find(|&k| {
            matches!(
                page.w(k),
                "bộ" | "sở" | "ban" | "viện" | "vụ" | "cục" | "trường" | "hội" | "phòng" | "ngân" | "công" | "tổng"
            )
        });
        // The name has begun: some capital stands behind the head.
        head.is_some_and(|h| {
            page.s.is_capital(h)
                && (h + 1..at).any(|k| page.s.is_capital(k))
                && !page.is(at + 1, Class::Organization)
                && !page.is(at + 1, Class::Region)
                && !page.is(at + 1, Class::PlaceHead)
        })
    }

    fn next_capital(&self, at: usize) -> bool {
        (at..(at + 3).min(self.hi)).any(|k| self.free(k) && self.page.s.is_capital(k))
    }

    /// `(APS)`, `(gọi tắt là APS)`: the alias behind a name.
    fn alias(&self, at: usize) -> Option<Span<Tokens>> {
        let page = self.page;
        if !(at < self.hi && page.s.is_mark(at, '(')) {
            return None;
        }
        let close = (at + 1..self.hi.min(at + 8)).find(|&k| page.s.is_mark(k, ')'))?;
        let mut from = at + 1;
        while from < close && matches!(page.w(from), "gọi" | "tắt" | "là" | "viết" | "mã" | "chứng" | "khoán" | "ck")
        {
            from += 1;
        }
        let to = (from..close)
            .find(|&k| {
                page.s.is_mark(k, ',') || page.s.is_mark(k, ':') || page.s.is_mark(k, '-') && !page.s.is_glued(k)
            })
            .unwrap_or(close);
        let names = from < to
            && (from..to).all(|k| {
                self.parts[k] != Part::Barrier
                    && (page.s.is_capital(k) || !page.s.is_word(k) || page.s.tokens[k].case == Case::Upper)
            });
        (names && page.s.is_capital(from)).then(|| Span::of(from, to)).filter(|_| close - at <= 7)
    }
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
