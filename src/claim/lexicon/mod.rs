//! Every table of words, in one automaton: an article is walked once, and each token knows which phrases start there.
//!
//! `tăng hơn 5% so với cùng kỳ` → `tăng` up, `hơn` hedge, `%` percent, `so với` versus, `cùng kỳ` baseline.
//!
//! The tables stand beside their readers; the automaton is built from them, so that the two cannot disagree.

mod table;

use std::hash::BuildHasher as _;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::article::segment::{Segments, Shape};
use crate::article::span::{Span, Tokens};

pub use table::{Class, TABLES, Table};

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

#[derive(Debug, Default)]
struct Node {
    entries: Vec<(Class, u16)>,
    inner: bool,
}

/// The tables, compiled.
#[derive(Debug)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, u32>,
    first: Vec<u32>,
    next: FxHashMap<(u32, u32), u32>,
    nodes: Vec<Node>,
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
            words: FxHashMap::default(),
            first: Vec::new(),
            next: FxHashMap::default(),
            nodes: vec![Node::default()],
            rows: Vec::new(),
        };
        for table in tables {
            for row in table.rows() {
                lexicon.add(row.phrase, row.class, row.value, row.code);
            }
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

    fn add(&mut self, phrase: &str, class: Class, value: &str, code: &str) {
        let row = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        self.rows.push((value.into(), code.into()));
        let mut node = 0_u32;
        let segments = Segments::new(phrase);
        for i in 0..segments.tokens.len() {
            let word = symbol(&segments, i, &mut [0; 4]).to_owned();
            let id = self.intern(&word);
            node = self.step_or_add(node, id);
        }
        self.nodes[node as usize].entries.push((class, row));
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = u32::try_from(self.first.len()).unwrap_or(u32::MAX);
        self.words.insert(word.into(), id);
        self.first.push(0);
        id
    }

    fn step_or_add(&mut self, node: u32, id: u32) -> u32 {
        let known = self.step(node, id);
        if known != 0 {
            return known;
        }
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node::default());
        if node == 0 {
            self.first[id as usize] = fresh;
        } else {
            self.next.insert((node, id), fresh);
            self.nodes[node as usize].inner = true;
        }
        fresh
    }

    fn step(&self, node: u32, id: u32) -> u32 {
        if node == 0 { self.first[id as usize] } else { self.next.get(&(node, id)).copied().unwrap_or(0) }
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
        const UNKNOWN: u32 = u32::MAX;
        let n = segments.tokens.len();
        let ids: Vec<u32> =
            (0..n).map(|i| self.words.get(symbol(segments, i, &mut [0; 4])).copied().unwrap_or(UNKNOWN)).collect();
        let mut marks = Vec::with_capacity(n * 2);
        let mut at = Vec::with_capacity(n + 1);
        for i in 0..n {
            at.push(u32::try_from(marks.len()).unwrap_or(u32::MAX));
            let mut node = 0;
            for (len, &id) in ids[i..].iter().take(table::LONGEST).enumerate() {
                if id == UNKNOWN {
                    break;
                }
                node = self.step(node, id);
                if node == 0 {
                    break;
                }
                let found = &self.nodes[node as usize];
                let len = u8::try_from(len + 1).unwrap_or(u8::MAX);
                marks.extend(found.entries.iter().map(|&(class, row)| Mark { class, len, row }));
                if !found.inner {
                    break;
                }
            }
        }
        at.push(u32::try_from(marks.len()).unwrap_or(u32::MAX));
        Marks { marks, at }
    }
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

    /// The longest phrase of `class` that starts at token `i`.
    #[must_use]
    pub fn longest(&self, i: usize, class: Class) -> Option<Mark> {
        self.at(i).iter().rev().find(|m| m.class == class).copied()
    }

    /// Whether a phrase of `class` starts at token `i`.
    #[must_use]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.at(i).iter().any(|m| m.class == class)
    }

    /// The longest phrase of `class` that ends right before token `end`, and not before `floor`.
    #[must_use]
    pub fn ending(&self, floor: usize, end: usize, class: Class) -> Option<(Span<Tokens>, Mark)> {
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

    /// Whether the number at `i` and the word before it, as written, stand together elsewhere too ("Nexus 5").
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
