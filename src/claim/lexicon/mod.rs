//! Every table of words, in one automaton: an article is walked once, and each token knows which phrases start there.
//!
//! `tăng hơn 5% so với cùng kỳ` → `tăng` up, `hơn` hedge, `%` percent, `so với` versus, `cùng kỳ` baseline.
//!
//! The tables stand beside their readers; the automaton is built from them, so that the two cannot disagree.

mod table;

use std::hash::BuildHasher as _;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::article::normalise::fold::{SMALL, may_move_tone, sort};
use crate::article::segment::{Segments, Shape};
use crate::article::span::{Span, Tokens};

pub use table::{Class, Classes, OPENS, TABLES, Table, set};

/// A phrase of a table that starts at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What the table says it is.
    pub class: Class,
    /// How many tokens it covers.
    pub len: u8,
    /// Which row: an index for [`Lexicon::value`] and [`Lexicon::code`].
    pub row: u16,
}

/// Half a line of the processor's cache: the walk jumps about in these, and waits for memory more than it computes.
#[derive(Debug, Default)]
struct Node {
    /// The classes of its rows.
    classes: Classes,
    /// The words that go on from here, each as one bit of its number: nearly every word that does not is told by it,
    /// without a look into the large table of edges.
    next: u64,
    /// Its rows are [`Lexicon::entries`] from this one on.
    from: u32,
    /// How many rows it has.
    rows: u16,
    /// How many tokens lead here.
    depth: u8,
}

/// The tables, compiled.
#[derive(Debug)]
pub struct Lexicon {
    /// The words, each with its node: the one of the phrases that begin with it, and its number in [`Self::next`].
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// From a node and one more word to the next node.
    next: FxHashMap<u64, u32>,
    nodes: Vec<Node>,
    entries: Vec<Mark>,
    rows: Vec<(Box<str>, Box<str>)>,
}

static BUILT_IN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(TABLES));

impl Lexicon {
    /// The tables of the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Compiles tables; rows that do not parse are left out here and refused by the test over the tables.
    #[must_use]
    pub fn new(tables: &[Table<'_>]) -> Self {
        let mut lexicon = Self {
            short: FxHashMap::with_capacity_and_hasher(8192, FxBuildHasher),
            long: FxHashMap::default(),
            next: FxHashMap::with_capacity_and_hasher(8192, FxBuildHasher),
            nodes: Vec::with_capacity(16_384),
            entries: Vec::new(),
            rows: Vec::with_capacity(16_384),
        };
        lexicon.nodes.push(Node::default());
        let mut entries: Vec<(u32, Class, u16)> = Vec::with_capacity(16_384);
        for table in tables {
            for row in table.rows() {
                let number = u16::try_from(lexicon.rows.len()).unwrap_or(u16::MAX);
                lexicon.rows.push((row.value.into(), row.code.into()));
                entries.push((lexicon.node(row.phrase), row.class, number));
            }
        }
        // Stable: the rows of a phrase stay in the order of the tables.
        entries.sort_by_key(|(node, ..)| *node);
        for group in entries.chunk_by(|one, other| one.0 == other.0) {
            let node = &mut lexicon.nodes[group[0].0 as usize];
            let len = node.depth;
            node.from = lexicon.entries.len() as u32;
            node.rows = u16::try_from(group.len()).unwrap_or(u16::MAX);
            lexicon.entries.extend(group.iter().map(|&(_, class, row)| Mark { class, len, row }));
            node.classes = group.iter().fold(0, |classes, (_, class, _)| classes | class.bit());
        }
        for word in super::amount::OPENERS {
            let node = lexicon.node(word);
            lexicon.nodes[node as usize].classes |= OPENS;
        }
        lexicon
    }

    /// The tables of the program and more rows: of two rows of one phrase and class, the one that was added counts.
    ///
    /// # Errors
    /// The first row that cannot be used: `TABLE:LINE: expected …, found …`.
    pub fn with(tables: &[Table<'_>]) -> Result<Self, String> {
        for table in tables {
            table.check().map_err(|(line, message)| format!("{}:{line}: {message}", table.name))?;
        }
        let all: Vec<Table<'_>> = TABLES.iter().chain(tables).copied().collect();
        let rows: usize = all.iter().map(|table| table.rows().count()).sum();
        if rows > usize::from(u16::MAX) {
            return Err(format!("expected at most {} rows with the built-in ones, found {rows}", u16::MAX));
        }
        Ok(Self::new(&all))
    }

    /// The node of a phrase, made where it is new.
    fn node(&mut self, phrase: &str) -> u32 {
        let mut node = 0_u32;
        // Thousands of phrases are small letters and spaces, and those need not be cut like an article.
        let plain = |word: &str| word.chars().all(|c| sort(c) == SMALL) && !may_move_tone(word.as_bytes());
        if phrase.split(' ').all(plain) {
            for word in phrase.split(' ').filter(|word| !word.is_empty()) {
                let id = self.intern(word);
                node = self.step_or_add(node, id);
            }
            return node;
        }
        let segments = Segments::new(phrase);
        for i in 0..segments.tokens.len() {
            let mut buffer = [0; 4];
            let id = self.intern(symbol(&segments, i, &mut buffer));
            node = self.step_or_add(node, id);
        }
        node
    }

    fn intern(&mut self, word: &str) -> u32 {
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let id = match packed(word.as_bytes()) {
            Some(key) => *self.short.entry(key).or_insert(fresh),
            None => *self.long.entry(word.into()).or_insert(fresh),
        };
        if id == fresh {
            self.nodes.push(Node { depth: 1, ..Node::default() });
        }
        id
    }

    /// The number of a token's symbol, if any table has it.
    fn id(&self, segments: &Segments<'_>, i: usize) -> Option<u32> {
        let mut buffer = [0; 4];
        let symbol = symbol(segments, i, &mut buffer);
        match packed(symbol.as_bytes()) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(symbol).copied(),
        }
    }

    fn step_or_add(&mut self, node: u32, id: u32) -> u32 {
        let known = self.step(node, id);
        if known != 0 {
            return known;
        }
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let depth = self.nodes[node as usize].depth.saturating_add(1);
        self.nodes.push(Node { depth, ..Node::default() });
        self.next.insert(edge(node, id), fresh);
        self.nodes[node as usize].next |= bit(id);
        fresh
    }

    fn step(&self, node: u32, id: u32) -> u32 {
        if node == 0 {
            id
        } else if self.nodes[node as usize].next & bit(id) == 0 {
            0
        } else {
            self.next.get(&edge(node, id)).copied().unwrap_or(0)
        }
    }

    /// The value column of a row.
    #[must_use]
    pub fn value(&self, row: u16) -> &str {
        &self.rows[row as usize].0
    }

    /// The code column of a row.
    #[must_use]
    pub fn code(&self, row: u16) -> &str {
        &self.rows[row as usize].1
    }

    /// Walks the article once.
    #[must_use]
    pub fn marks(&self, segments: &Segments<'_>) -> Marks {
        // The root: no phrase is there.
        const UNKNOWN: u32 = 0;
        let n = segments.tokens.len();
        let ids: Vec<u32> = (0..n).map(|i| self.id(segments, i).unwrap_or(UNKNOWN)).collect();
        // What each word is alone, all at once: the looks into memory do not wait for each other.
        let mut starts: Vec<Classes> = ids.iter().map(|&id| self.nodes[id as usize].classes).collect();
        let mut marks = Vec::with_capacity(n * 2);
        let mut at = Vec::with_capacity(n + 1);
        let mut ends = vec![0; n + 1];
        for i in 0..n {
            at.push(u32::try_from(marks.len()).unwrap_or(u32::MAX));
            let (mut node, mut end) = (ids[i], i + 1);
            ends[end] |= starts[i];
            while node != 0 {
                let found = &self.nodes[node as usize];
                // One or two, mostly: fewer than a copy of memory is worth.
                for &mark in &self.entries[found.from as usize..][..usize::from(found.rows)] {
                    marks.push(mark);
                }
                let Some(&id) = ids.get(end).filter(|&&id| found.next & bit(id) != 0 && id != UNKNOWN) else { break };
                node = self.next.get(&edge(node, id)).copied().unwrap_or(0);
                end += 1;
                let classes = self.nodes[node as usize].classes;
                starts[i] |= classes;
                ends[end] |= classes;
            }
        }
        at.push(u32::try_from(marks.len()).unwrap_or(u32::MAX));
        Marks { marks, at, starts, ends }
    }
}

/// A word of at most 15 bytes as one number.
fn packed(word: &[u8]) -> Option<u128> {
    let len = word.len();
    // The first and the last bytes, the latter without what the former have: no loop over a word's length.
    let letters = if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        let rest = u64::from_le_bytes(*last).checked_shr(8 * (16_u32.checked_sub(len as u32)?)).unwrap_or(0);
        u128::from(u64::from_le_bytes(*first)) | u128::from(rest) << 64
    } else if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        let rest = u32::from_le_bytes(*last).checked_shr(8 * (8 - len as u32)).unwrap_or(0);
        u128::from(u32::from_le_bytes(*first)) | u128::from(rest) << 32
    } else {
        word.iter().rev().fold(0, |key, &byte| key << 8 | u128::from(byte))
    };
    (len <= 15).then_some(letters | (len as u128) << 120)
}

const fn bit(id: u32) -> u64 {
    1 << (id % 64)
}

const fn edge(node: u32, id: u32) -> u64 {
    (node as u64) << 32 | id as u64
}

/// What a token is called in the automaton: its folded word, or its mark.
fn symbol<'s>(segments: &'s Segments<'_>, i: usize, buffer: &'s mut [u8; 4]) -> &'s str {
    match segments.tokens[i].shape {
        Shape::Word => segments.word(i),
        Shape::Mark(c) => c.encode_utf8(buffer),
        Shape::Number => "#",
        Shape::Break => "\n",
    }
}

/// The phrases of the tables in one article.
#[derive(Debug)]
pub struct Marks {
    marks: Vec<Mark>,
    at: Vec<u32>,
    /// For each token, the classes of the phrases that start there: nearly every question ends here.
    starts: Vec<Classes>,
    /// For each token, the classes of the phrases that end right before it.
    ends: Vec<Classes>,
}

impl Marks {
    /// All phrases that start at token `i`, shorter ones first.
    #[must_use]
    pub fn at(&self, i: usize) -> &[Mark] {
        match (self.at.get(i), self.at.get(i.wrapping_add(1))) {
            (Some(&from), Some(&to)) => &self.marks[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The classes of the phrases that start at token `i`.
    #[must_use]
    pub fn classes(&self, i: usize) -> Classes {
        self.starts.get(i).copied().unwrap_or(0)
    }

    /// The longest phrase of `class` that starts at token `i`.
    #[must_use]
    pub fn longest(&self, i: usize, class: Class) -> Option<Mark> {
        if !self.is(i, class) {
            return None;
        }
        self.at(i).iter().rev().find(|m| m.class == class).copied()
    }

    /// How many tokens the longest phrase of any of `classes` that starts at token `i` covers, or 0.
    #[must_use]
    pub fn reach(&self, i: usize, classes: Classes) -> usize {
        if self.classes(i) & classes == 0 {
            return 0;
        }
        self.at(i).iter().rev().find(|m| m.class.bit() & classes != 0).map_or(0, |m| m.len as usize)
    }

    /// Whether a phrase of `class` starts at token `i`.
    #[must_use]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.any(i, class.bit())
    }

    /// Whether a phrase of any of `classes` starts at token `i`.
    #[must_use]
    pub fn any(&self, i: usize, classes: Classes) -> bool {
        self.classes(i) & classes != 0
    }

    /// Whether a phrase of any of `classes` ends right before token `end`.
    #[must_use]
    pub fn any_ending(&self, end: usize, classes: Classes) -> bool {
        self.ends.get(end).is_some_and(|ends| ends & classes != 0)
    }

    /// The longest phrase of `class` that ends right before token `end`, and not before `floor`.
    #[must_use]
    pub fn ending(&self, floor: usize, end: usize, class: Class) -> Option<(Span<Tokens>, Mark)> {
        if self.ends.get(end).is_none_or(|classes| classes & class.bit() == 0) {
            return None;
        }
        let low = end.saturating_sub(6).max(floor);
        (low..end).find_map(|start| {
            let mark = self.at(start).iter().find(|m| m.class == class && start + m.len as usize == end)?;
            Some((Span::of(start, end), *mark))
        })
    }
}

/// One article, cut and marked: what every stage after this reads.
#[derive(Debug)]
pub struct Page<'t> {
    /// Its tokens and sentences.
    pub s: Segments<'t>,
    /// The phrases of the tables in it.
    pub m: Marks,
    /// The tables.
    pub lex: &'t Lexicon,
    /// How often each word stands right before each number, by their hash; counted when first asked for.
    numbered: OnceLock<FxHashMap<u64, u32>>,
}

impl<'t> Page<'t> {
    /// Cuts and marks `text`.
    #[must_use]
    pub fn new(text: &'t str, lex: &'t Lexicon) -> Self {
        let s = Segments::new(text);
        let m = lex.marks(&s);
        Self { s, m, lex, numbered: OnceLock::new() }
    }

    /// Whether the number at `i` and the word before it, as written, stand together elsewhere too ("Zentix 5").
    #[must_use]
    pub fn repeats(&self, i: usize) -> bool {
        let pair = |k: usize| FxBuildHasher.hash_one((self.s.raw(k.wrapping_sub(1)), self.s.word(k)));
        let numbered = self.numbered.get_or_init(|| {
            let mut counts = FxHashMap::default();
            for k in (1..self.s.tokens.len()).filter(|&k| self.s.is_number(k)) {
                *counts.entry(pair(k)).or_insert(0) += 1;
            }
            counts
        });
        numbered.get(&pair(i)).is_some_and(|&count| count > 1)
    }

    /// The folded word at `i`.
    #[must_use]
    pub fn w(&self, i: usize) -> &str {
        self.s.word(i)
    }

    /// Whether a phrase of `class` starts at `i`.
    #[must_use]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.m.is(i, class)
    }

    /// The longest phrase of `class` at `i`, and its value.
    #[must_use]
    pub fn get(&self, i: usize, class: Class) -> Option<(usize, &str)> {
        self.m.longest(i, class).map(|m| (m.len as usize, self.lex.value(m.row)))
    }

    /// The longest phrase of `class` that ends right before `end` and starts at `floor` or later: start and value.
    #[must_use]
    pub fn before(&self, floor: usize, end: usize, class: Class) -> Option<(usize, &str)> {
        self.m.ending(floor, end, class).map(|(span, m)| (span.start as usize, self.lex.value(m.row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let segments = Segments::new("hơn 3 tỷ đô la Mỹ");
        let marks = Lexicon::built_in().marks(&segments);
        let money = marks.longest(3, Class::Money).expect("a currency");
        assert_eq!((money.len, Lexicon::built_in().code(money.row)), (3, "USD"));
        assert!(marks.is(0, Class::Hedge));
        assert!(marks.ending(0, 1, Class::Hedge).is_some());
    }

    #[test]
    fn an_added_row_is_read_like_the_rest_and_goes_before_them() {
        let text = "phrase\tclass\tunit\tcode\ngùi\tmeasure\tgùi\tgui\ntấn\tmeasure\ttấn ta\tt\n";
        let lexicon = Lexicon::with(&[Table { name: "toi.tsv", text }]).unwrap();
        let page = Page::new("bán 12 gùi, 3 tấn và 5 kg", &lexicon);
        let units: Vec<_> = (0..page.s.tokens.len()).filter_map(|i| page.get(i, Class::Measure)).collect();
        assert_eq!(units, [(1, "gùi"), (1, "tấn ta"), (1, "kg")]);
        let refused = Lexicon::with(&[Table { name: "toi.tsv", text: "phrase\tclass\nx\ty\n" }]).unwrap_err();
        assert!(refused.starts_with("toi.tsv:2: expected a class"), "{refused}");
    }
}
