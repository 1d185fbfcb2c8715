//! One noun phrase: its head, and the words that go on with it. `Cục Quản lý Đăng ký kinh doanh` is one.

use super::{Mention, Part, Sort};
use crate::article::segment::{Case, Shape};
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::lexicon::{Class, Classes, LEADS, Page, set};
use crate::claim::link::gazetteer::names_unit_at;

/// The words that a phrase begins with in ways of their own: what `determiner` and `idle` look at. Most words are none
/// of them, and the lexicon knows it before a letter is compared.
pub const OPENERS: [&str; 15] =
    ["các", "cả", "hồi", "khi", "lúc", "mọi", "một", "ngay", "nhau", "nhiều", "nhân", "những", "sau", "toàn", "trước"];

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
            let (next, name) = self.step(at, start, sort);
            if next == at {
                break;
            }
            named |= name;
            at = next;
        }
        if named && sort == Sort::Thing(EntityType::Group) && page.s.is_capital(start) {
            sort = Sort::Thing(EntityType::Other);
        }
        if named && sort == Sort::Thing(EntityType::Other) && at - i <= 4 && names_unit_at(page, Span::of(i, at)) {
            sort = Sort::Thing(EntityType::Place);
        }
        // "Tổng thu ngân sách Nhà nước" names nobody; "CPI Hà Nội" names a place.
        if sort == Sort::Property && named {
            named = (head_end..at).any(|k| page.is(k, Class::Region) && page.s.is_capital(k))
                || (head_end..at).find(|&k| page.s.is_capital(k)).is_some_and(|k| names_unit_at(page, Span::of(k, at)));
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
            let tail = Span::of(i, range.end);
            (page.s.is_capital(i) && range.end - i <= 4 && names_unit_at(page, tail)).then_some((
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
        if !page.m.any(i, LEADS) {
            return 0;
        }
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
        if !self.free(i) || !page.s.is_word(i) || self.idle(i) {
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
            let body = || page.m.longest(i, Class::Body).is_some_and(|m| m.len as usize == words);
            let sort = if page.is(i, Class::Property) {
                Sort::Property
            } else if words > 1 && page.s.is_capital(i) && page.is(i, Class::Organization) && body() {
                Sort::Thing(EntityType::Organization)
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

    /// A noun by the dictionary that only places or orders what follows: nobody is called so.
    fn idle(&self, i: usize) -> bool {
        let page = self.page;
        if !page.m.any(i, LEADS) {
            return false;
        }
        match page.w(i) {
            "trước" | "sau" | "nhiều" | "ngay" | "nhau" | "khi" | "lúc" | "hồi" => self.words[i] < 2,
            "nhân" => matches!(page.w(i + 1), "chuyến" | "dịp" | "ngày" | "lễ"),
            _ => false,
        }
    }

    /// One more piece of the phrase at `at`: where it ends, and whether it is a name.
    fn step(&self, at: usize, start: usize, sort: Sort) -> (usize, bool) {
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
            Shape::Word => self.word(at, start, sort),
            // "Bộ Lao động - Thương binh và Xã hội", "Sở Kế hoạch & Đầu tư", "Bộ Văn hóa, Thể thao và Du lịch".
            Shape::Mark('-' | '–' | '&')
                if sort == Sort::Thing(EntityType::Organization) && self.field(at, start).is_some() =>
            {
                (self.field(at, start).unwrap_or(at), true)
            }
            Shape::Mark(',') if sort == Sort::Thing(EntityType::Organization) && self.fields(at, start) => {
                (self.field(at, start).unwrap_or(at), true)
            }
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

    fn word(&self, at: usize, start: usize, sort: Sort) -> (usize, bool) {
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
        // "giá vàng trong nước", "doanh nghiệp trong nước": where it is from, unless the land is named ("trong nước Anh").
        if page.w(at) == "trong"
            && page.w(at + 1) == "nước"
            && self.free(at + 1)
            && at + 1 < self.hi
            && !page.s.is_capital(at - 1)
            && !page.s.is_capital(at + 2)
        {
            return (at + 2, false);
        }
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
        // "… đúng mức Những nội dung khác": a sentence that begins without a mark before it.
        if capital && self.begins(at) {
            return (at, false);
        }
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
            && sort == Sort::Thing(EntityType::Organization)
            && let Some(end) = self.field(at, start)
        {
            return (end, true);
        }
        // A name of a place, person or thing does not go on in small letters; an office's may.
        let after_name = page.s.is_capital(at - 1) && page.s.tokens[at].case == Case::Lower;
        // Only a name made of dictionary words goes on: "Cục Quản lý Đăng ký kinh doanh", not "Hòa Phát đạt".
        let worded = || {
            (at.saturating_sub(4)..at).any(|k| self.words[k] > 1 && k + usize::from(self.words[k]) == at)
                && !(at.saturating_sub(4)..at)
                    .any(|k| page.m.longest(k, Class::Region).is_some_and(|m| k + m.len as usize == at))
        };
        // "Công ty Lọc hóa dầu Bình Minh": one word of the trade may open what goes on to a name.
        let trade = || page.s.is_capital(at + content) && self.free(at + content) && !page.m.at(at - 1).is_empty();
        if after_name
            && !(sort == Sort::Thing(EntityType::Organization) && content > 1 && trade())
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

    /// Where one more field of an office ends, joined by the token at `at`: both sides are words of the dictionary, and
    /// the one behind opens with a capital and heads no office or place of its own.
    fn field(&self, at: usize, start: usize) -> Option<usize> {
        const OWN: Classes = set(&[Class::Organization, Class::Region, Class::PlaceHead, Class::Person]);
        const FIELD: Classes = set(&[Class::Noun, Class::Countable, Class::Verb, Class::Adjective]);
        let page = self.page;
        let next = at + 1;
        if next >= self.hi || !self.free(next) || !page.s.is_capital(next) {
            return None;
        }
        let named = (start + 1..at).any(|k| page.s.is_capital(k));
        let end = next + usize::from(self.words[next]).max(1);
        let whole = end <= self.hi && (next..end).all(|k| self.free(k)) && page.m.any(next, FIELD);
        let worded = (at.saturating_sub(4).max(start + 1)..at)
            .any(|k| k + usize::from(self.words[k]) == at && (self.words[k] > 1 || page.m.any(k, FIELD)));
        // "Ban Quản lý …, Công an": an office behind the joint is another one, unless it is a longer word.
        let own = page.m.reach(next, OWN) >= end - next && page.m.any(next, OWN);
        let region = (next..end).any(|k| page.is(k, Class::Region)) || page.is(at - 1, Class::Region);
        (named && whole && worded && !own && !region && (end - next > 1 || page.w(at) != "và")).then_some(end)
    }

    /// Whether a comma stands between fields of one office: "và" and a last field follow within a few words.
    fn fields(&self, at: usize, start: usize) -> bool {
        let mut here = at;
        for _ in 0..3 {
            let Some(end) = self.field(here, start) else { return false };
            if end < self.hi && self.page.w(end) == "và" {
                return self.field(end, start).is_some();
            }
            if !(end < self.hi && self.page.s.is_mark(end, ',')) {
                return false;
            }
            here = end;
        }
        false
    }

    /// Whether a capital behind a word in small letters opens a sentence: a function word, and no name behind it.
    fn begins(&self, at: usize) -> bool {
        const BEGINNING: Classes =
            set(&[Class::Determiner, Class::Conjunction, Class::Preposition, Class::Pronoun, Class::Adverb]);
        let page = self.page;
        let small = |k: usize| page.s.is_word(k) && page.s.tokens[k].case == Case::Lower;
        page.s.tokens[at].case == Case::Title
            && at > 0
            && small(at - 1)
            && match page.m.reach(at, BEGINNING) {
                0 => false,
                1 => small(at + 1) && self.words[at] < 2,
                len => (at + 1..at + len).all(small),
            }
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
