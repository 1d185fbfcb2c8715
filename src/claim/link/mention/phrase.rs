//! One noun phrase: its head, and the words that go on with it. `Cục Quản lý Đăng ký kinh doanh` is one.

use super::{Mention, Part, Sort};
use crate::article::segment::{Case, Shape};
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::lexicon::{Class, Classes, Page, set};
use crate::claim::link::gazetteer;

pub(super) struct Phrases<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) parts: &'p [Part],
    pub(super) words: &'p [u8],
    pub(super) hi: usize,
}

impl Phrases<'_, '_> {
    pub(super) fn free(&self, i: usize) -> bool {
        i < self.hi && self.parts[i] != Part::Barrier
    }

    /// The phrase that starts at `i`, as long as it goes.
    pub(super) fn phrase(&mut self, i: usize) -> Option<Mention> {
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
            && gazetteer::is_unit_name(page.s.slice(Span::of(i, at)))
        {
            sort = Sort::Thing(EntityType::Place);
        }
        // "Tổng thu ngân sách Nhà nước" names nobody; "CPI Hà Nội" names a place.
        if sort == Sort::Property && named {
            named = (head_end..at).any(|k| page.is(k, Class::Region) && page.s.is_capital(k))
                || (head_end..at)
                    .find(|&k| page.s.is_capital(k))
                    .is_some_and(|k| gazetteer::is_unit_name(page.s.slice(Span::of(k, at))));
        }
        let region = page.m.longest(start, Class::Region).is_some_and(|m| start + m.len as usize == at);
        let alias = if region { None } else { self.alias(at) };
        Some(Mention { tokens: Span::of(i, at), alias, sentence: 0, sort, named, opens: false, nested: false })
    }

    /// The place or office that a longer name ends in.
    pub(super) fn inner(&self, outer: &Mention) -> Option<Mention> {
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
            let region = page.m.longest(i, Class::Region).is_some_and(|m| i + m.len as usize == range.end);
            if region && page.s.is_capital(i) {
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
            (page.s.is_capital(i) && range.end - i <= 4 && gazetteer::is_unit_name(tail)).then_some((
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
        let capital = page.s.is_capital(i);
        // Most words that are no head are "của", "đã", "trong": what follows asks of capitals and unknown words only.
        if best.is_none() && words == 0 && !capital && !page.m.at(i).is_empty() {
            return None;
        }
        let function = page.m.reach(i, FUNCTION);
        let best = best.filter(|(len, _)| *len > 1 || !self.idle_office(i));
        if let Some((len, sort)) = best
            && len >= words
            && (len > function || len == function && (capital || page.is(i, Class::Countable)))
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
        if capital && function < 2 && (function == 0 || self.is_name(i)) && page.w(i).chars().nth(1).is_some() {
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
        let worded = || {
            (at.saturating_sub(4)..at).any(|k| self.words[k] > 1 && k + usize::from(self.words[k]) == at)
                && !(at.saturating_sub(4)..at)
                    .any(|k| page.m.longest(k, Class::Region).is_some_and(|m| k + m.len as usize == at))
        };
        if after_name
            && (sort != Sort::Thing(EntityType::Organization) || content.max(longest(Class::Verb)) < 2 || !worded())
        {
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
