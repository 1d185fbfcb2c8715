//! Which phrases name the same thing: full names, short forms, aliases in brackets, `tỉnh`, `công ty này`.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::gazetteer::names_unit_at;
use super::mention::{Mention, Sort};
use crate::article::segment::Case;
use crate::article::span::{Span, Tokens};
use crate::claim::EntityType;
use crate::claim::lexicon::{Class, Page};

/// One thing that the article names.
#[derive(Debug, Clone)]
pub struct Cluster {
    /// The fullest phrase that names it.
    pub name: Span<Tokens>,
    /// The alias in brackets that followed the fullest phrase.
    pub sort: Sort,
    /// How many phrases name it.
    pub count: u32,
    /// The first of them.
    pub first: usize,
    /// Some phrase of it has a capitalised name.
    pub named: bool,
    /// It stands in the headline or the first sentence.
    pub title: bool,
}

/// The things of an article, and which thing each phrase names.
#[derive(Debug, Default)]
pub struct Clusters {
    /// The things.
    pub list: Vec<Cluster>,
    /// For each phrase, its thing.
    pub of: Vec<u32>,
}

/// Groups the phrases.
#[must_use]
pub fn clusters(page: &Page<'_>, mentions: &[Mention]) -> Clusters {
    let mut builder = Builder { page, out: Clusters::default(), by_key: FxHashMap::default() };
    for mention in mentions {
        let id = builder.place(mention);
        builder.out.of.push(id);
    }
    builder.out
}

/// How many things are looked at for a short form: an article names fewer, a hostile one may not cost more.
const BACK: usize = 256;

/// The folded words of a phrase, as their hash: an article has too few phrases for two to meet by chance.
type Key = u64;

struct Builder<'p, 't> {
    page: &'p Page<'t>,
    out: Clusters,
    by_key: FxHashMap<Key, u32>,
}

impl Builder<'_, '_> {
    fn place(&mut self, mention: &Mention) -> u32 {
        let page = self.page;
        let key = self.key(mention.tokens);
        let core = if mention.named { self.core(mention) } else { None };
        let known = self
            .by_key
            .get(&key)
            .copied()
            .or_else(|| core.and_then(|c| self.by_key.get(&c)).copied())
            .or_else(|| if mention.named { None } else { self.pointed(mention).or_else(|| self.short(mention)) });
        let title = mention.sentence == 0;
        let id = match known {
            Some(id) => {
                let cluster = &mut self.out.list[id as usize];
                cluster.count += 1;
                cluster.title |= title;
                cluster.named |= mention.named;
                if fuller(page, mention.tokens, cluster.name) && mention.named {
                    cluster.name = mention.tokens;
                    if cluster.sort == Sort::Thing(EntityType::Other) {
                        cluster.sort = mention.sort;
                    }
                }
                id
            }
            None => {
                let id = u32::try_from(self.out.list.len()).unwrap_or(u32::MAX);
                self.out.list.push(Cluster {
                    name: mention.tokens,
                    sort: mention.sort,
                    count: 1,
                    first: self.out.of.len(),
                    named: mention.named,
                    title,
                });
                id
            }
        };
        self.by_key.entry(key).or_insert(id);
        if let Some(core) = core {
            self.by_key.entry(core).or_insert(id);
        }
        if mention.sort == Sort::Thing(EntityType::Person)
            && mention.named
            && let Some(given) = self.given(mention.tokens)
        {
            self.by_key.entry(given).or_insert(id);
        }
        if let Some(alias) = mention.alias {
            let key = self.key(alias);
            self.by_key.entry(key).or_insert(id);
        }
        id
    }

    /// The phrase's folded words.
    fn key(&self, span: Span<Tokens>) -> Key {
        let page = self.page;
        self.key_of(span.range().filter(|&i| page.s.is_word(i) || page.s.is_number(i)))
    }

    fn key_of(&self, words: impl Iterator<Item = usize>) -> Key {
        let mut hasher = FxHasher::default();
        for i in words {
            self.page.w(i).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The capitalised core behind a head: `Tập đoàn Hoa Lư` and `Hoa Lư` share it.
    ///
    /// An office and its place do not (`UBND TP HCM`, `TP HCM`), nor a group and its company (`cổ đông Sunvico`), nor a
    /// title and its company (`Tổng giám đốc TL Power`).
    fn core(&self, mention: &Mention) -> Option<Key> {
        let page = self.page;
        let range = mention.tokens.range();
        let start = range.clone().find(|&i| page.s.is_word(i))?;
        let class = match mention.sort {
            Sort::Thing(EntityType::Organization) => Class::Organization,
            Sort::Thing(EntityType::Place) => Class::PlaceHead,
            Sort::Thing(EntityType::Person) => Class::Person,
            Sort::Thing(EntityType::Product) => Class::Product,
            Sort::Thing(EntityType::Event) => Class::Event,
            _ => return None,
        };
        let head = page.m.longest(start, class).map(|m| start + m.len as usize)?;
        let from = (head..range.end).find(|&i| page.s.is_capital(i))?;
        let core = Span::of(from, range.end);
        let region = || page.m.longest(from, Class::Region).is_some_and(|m| from + m.len as usize == range.end);
        let place = || region() || names_unit_at(page, core);
        let person = mention.sort == Sort::Thing(EntityType::Person);
        if class != Class::PlaceHead && place()
            || person
                && (core.range().len() < 2
                    || core.range().any(|i| !page.s.is_capital(i) || page.s.tokens[i].case == Case::Upper))
        {
            return None;
        }
        // One syllable of a Vietnamese name is too little to be known by, but "TLG" or "Sunvico" is enough.
        let long = core.range().len() > 1
            || !crate::article::segment::is_syllable(page.w(from))
            || page.s.raw(from).chars().count() > 3 && page.s.raw(from).chars().all(char::is_uppercase);
        (long && !core.is_empty()).then(|| self.key(core))
    }

    /// `Lê Tuấn Thành` is known by `anh Thành`, `ông Thành` afterwards.
    fn given(&self, span: Span<Tokens>) -> Option<Key> {
        let last = span.end as usize - 1;
        (span.range().len() >= 3 && self.page.s.is_capital(last))
            .then(|| self.key_of([span.start as usize, last].into_iter()))
    }

    /// `khối doanh nghiệp này` takes up the last longer phrase that begins so: `khối doanh nghiệp nhà nước`.
    fn pointed(&self, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let behind = mention.tokens.end as usize;
        let points = page.w(behind) == "này" || page.w(behind) == "nói" && page.w(behind + 1) == "trên";
        let words = mention.tokens.range();
        if !points || words.len() < 2 {
            return None;
        }
        let begins = |name: Span<Tokens>| {
            name.range().len() > words.len() && words.clone().zip(name.range()).all(|(a, b)| page.w(a) == page.w(b))
        };
        let list = self.out.list.iter().enumerate().rev().take(BACK);
        list.filter(|(_, c)| begins(c.name)).map(|(id, _)| u32::try_from(id).unwrap_or(0)).next()
    }

    /// A bare head takes up the last thing of its sort: `công ty`, `Tập đoàn`, `tỉnh`, `thành phố`.
    fn short(&self, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let Sort::Thing(sort) = mention.sort else { return None };
        let start = mention.tokens.start as usize;
        let first = if matches!(page.w(start), "toàn" | "cả" | "các") { return self.whole(mention) } else { start };
        let head = page.w(first);
        let len = mention.tokens.range().len();
        if len > 2 || !matches!(sort, EntityType::Organization | EntityType::Place | EntityType::Event) {
            return None;
        }
        self.out
            .list
            .iter()
            .enumerate()
            .rev()
            .take(BACK)
            .find(|(_, c)| c.named && c.sort == mention.sort && self.starts_with(c.name, head, start, len))
            .map(|(id, _)| u32::try_from(id).unwrap_or(0))
            .or_else(|| (sort == EntityType::Place && len <= 2).then(|| self.unit(head)).flatten())
    }

    /// The first administrative unit that the article names, for `tỉnh`, `thành phố`, `địa phương` alone.
    fn unit(&self, head: &str) -> Option<u32> {
        let page = self.page;
        if !matches!(head, "tỉnh" | "thành" | "tp" | "thủ" | "địa") {
            return None;
        }
        self.out
            .list
            .iter()
            .enumerate()
            .take(BACK)
            .find(|(_, c)| {
                let first = page.w(c.name.start as usize);
                let low = matches!(first, "huyện" | "quận" | "xã" | "phường" | "thị");
                c.named && !low && c.sort == Sort::Thing(EntityType::Place) && names_unit_at(self.page, c.name)
            })
            .map(|(id, _)| u32::try_from(id).unwrap_or(0))
    }

    /// `toàn tỉnh`, `cả huyện`: the article's place of that level.
    fn whole(&self, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let level = page.w(mention.tokens.start as usize + 1);
        if mention.tokens.range().len() > 3 || matches!(level, "nước" | "quốc" | "cầu" | "ngành") {
            return None;
        }
        let places = || self.out.list.iter().enumerate().take(BACK).filter(|(_, c)| c.named);
        // The place that is called by its level, else the first unit that the article names at all.
        places()
            .filter(|(_, c)| self.page.w(c.name.start as usize) == level)
            .last()
            .or_else(|| {
                places().find(|(_, c)| {
                    let region = self.page.is(c.name.start as usize, Class::Region);
                    c.sort == Sort::Thing(EntityType::Place) && !region && names_unit_at(self.page, c.name)
                })
            })
            .map(|(id, _)| u32::try_from(id).unwrap_or(0))
    }

    fn starts_with(&self, name: Span<Tokens>, head: &str, start: usize, len: usize) -> bool {
        let page = self.page;
        let at = name.start as usize;
        page.w(at) == head && (len == 1 || page.w(at + 1) == page.w(start + 1))
            || matches!((page.w(at), head), ("tp", "thành") | ("ctcp" | "cty", "công"))
    }
}

/// The longer naming phrase wins, as long as it is no sentence.
fn fuller(page: &Page<'_>, new: Span<Tokens>, old: Span<Tokens>) -> bool {
    let (new_len, old_len) = (new.range().len(), old.range().len());
    let determiner = matches!(page.w(new.start as usize), "các" | "những" | "một" | "toàn" | "cả");
    new_len > old_len && new_len <= 12 && !determiner
}
