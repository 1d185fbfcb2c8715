//! Every table of words, in one automaton: an article is walked once, and each token knows which phrases start there.
//!
//! `tăng hơn 5% so với cùng kỳ` → `tăng` up, `hơn` hedge, `%` percent, `so với` versus, `cùng kỳ` baseline.
//!
//! The tables stand beside their readers; the automaton is built from them, so that the two cannot disagree.

pub mod folder;
mod marks;
mod table;
mod trie;

use std::hash::BuildHasher as _;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use trie::{Builder, Trie};

use crate::article::segment::Segments;

pub use marks::{Mark, Marks};
pub use table::{Class, Classes, LEADS, NO_UNIT, OPENS, TABLES, TELLS_TIME, Table, set};

/// The tables, compiled.
#[derive(Debug)]
pub struct Lexicon {
    trie: Trie,
    rows: Vec<(Box<str>, Box<str>)>,
}

static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(TABLES).expect("the tables of the program compile: every test runs on them"));

impl Lexicon {
    /// The tables of the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Compiles tables; rows that do not parse are left out here and refused by the test over the tables.
    ///
    /// # Errors
    /// The tables say more than the automaton has numbers for.
    pub fn new(tables: &[Table<'_>]) -> Result<Self, String> {
        let mut trie = Builder::new();
        let mut rows = Vec::with_capacity(24_576);
        for table in tables {
            for row in table.rows() {
                let number = u16::try_from(rows.len()).unwrap_or(u16::MAX);
                rows.push((row.value.into(), row.code.into()));
                trie.row(row.phrase, row.class, number);
            }
        }
        trie.beside(OPENS, &super::amount::OPENERS);
        trie.beside(LEADS, &super::link::mention::OPENERS);
        trie.beside_where(NO_UNIT, |word| !super::link::gazetteer::begins_unit(word));
        trie.beside(TELLS_TIME, &super::link::period::OPENERS);
        Ok(Self { trie: trie.build()?, rows })
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
        Self::new(&all)
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
    pub fn marks(&self, segments: &Segments<'_>) -> Marks<'_> {
        self.trie.marks(segments)
    }
}

/// One article, cut and marked: what every stage after this reads.
#[derive(Debug)]
pub struct Page<'t> {
    /// Its tokens and sentences.
    pub s: Segments<'t>,
    /// The phrases of the tables in it.
    pub m: Marks<'t>,
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
