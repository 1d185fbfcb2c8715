//! The phrases of the tables as a trie of words, laid out for the walk over an article: a look at a word, and at what
//! may follow it, is one look into memory each.
//!
//! `tỷ đồng`: the word `tỷ` is found together with what it is alone and the set of words that go on from it; `đồng` is
//! one of those, and the edge to it is found together with what `tỷ đồng` is.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::marks::{Mark, Marks, Reach};
use super::table::{Class, Classes};
use crate::article::normalise::fold::{SMALL, may_move_tone, sort};
use crate::article::segment::{Segments, Shape};

/// What is known where a phrase, or the beginning of one, ends.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The words that go on from here, each as one bit of its number: nearly every word that does not is told by it,
    /// without a look into the table of edges.
    next: u64,
    /// The marks of the phrases that end on the way here.
    reach: Reach,
    /// Their classes, in [`Trie::sets`].
    set: u16,
}

/// A word, and the node of the phrases that begin with it. Its number is its place in the table.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    /// The word, [`packed`]; 0 where there is none.
    key: u128,
    node: Node,
}

/// From a node and one more word to the next node.
#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    /// [`edge`]; 0 where there is none.
    key: u64,
    /// The number of the next node.
    to: u32,
    node: Node,
}

/// The classes of phrases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Set {
    /// Those that end at the node.
    here: Classes,
    /// Those that end at it or on the way to it.
    path: Classes,
}

/// The compiled phrases.
#[derive(Debug)]
pub(super) struct Trie {
    /// An open table of `2^word_bits` places, half of them empty; words of more than 15 bytes behind it.
    words: Box<[Word]>,
    word_bits: u32,
    /// Words of more than 15 bytes: their numbers.
    long: FxHashMap<Box<str>, u32>,
    /// An open table of `2^edge_bits` places.
    edges: Box<[Edge]>,
    edge_bits: u32,
    sets: Box<[Set]>,
    entries: Box<[Mark]>,
    /// The numbers of the marks of ASCII.
    marks: [u32; 128],
    /// The number that stands for every number in digits.
    digits: u32,
}

/// What a number in digits is called in the tables.
const DIGITS: &str = "#";

/// No word of the tables.
const UNKNOWN: u32 = u32::MAX;

impl Trie {
    /// Walks the article once.
    pub(super) fn marks(&self, segments: &Segments<'_>) -> Marks<'_> {
        let n = segments.tokens.len();
        // All words first: the looks into memory do not wait for each other.
        let ids: Vec<u32> = (0..n).map(|i| self.id(segments, i)).collect();
        let (mut reaches, mut starts) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut ends = vec![0; n + 1];
        for (i, &first) in ids.iter().enumerate() {
            if first == UNKNOWN {
                reaches.push(Reach::default());
                starts.push(0);
                continue;
            }
            let (mut from, mut node) = (first, &self.words[first as usize].node);
            let mut end = i + 1;
            let mut set = &self.sets[usize::from(node.set)];
            ends[end] |= set.here;
            while let Some(&id) = ids.get(end).filter(|&&id| node.next & bit(id) != 0 && id != UNKNOWN) {
                let Some(edge) = self.edge(from, id) else { break };
                (from, node) = (edge.to, &edge.node);
                end += 1;
                set = &self.sets[usize::from(node.set)];
                ends[end] |= set.here;
            }
            reaches.push(node.reach);
            starts.push(set.path);
        }
        Marks { entries: &self.entries, reaches, starts, ends }
    }

    /// The number of a token's symbol, if any table has it.
    fn id(&self, segments: &Segments<'_>, i: usize) -> u32 {
        match segments.tokens[i].shape {
            Shape::Word => match segments.packed(i) {
                Some((letters, len)) => self.known(key(letters, len)),
                None => self.number(segments.word(i)),
            },
            // Of the marks only those of ASCII and few others are in a table; their numbers are known.
            Shape::Mark(c) if c.is_ascii() => self.marks[c as usize],
            Shape::Number => self.digits,
            _ => self.number(symbol(segments, i, &mut [0; 4])),
        }
    }

    /// The number of a symbol.
    fn number(&self, symbol: &str) -> u32 {
        match packed(symbol.as_bytes()) {
            Some(key) => self.known(key),
            None => self.long.get(symbol).copied().unwrap_or(UNKNOWN),
        }
    }

    /// The number of a word of at most 15 bytes.
    fn known(&self, key: u128) -> u32 {
        let mut place = spread(mixed(key), self.word_bits);
        loop {
            match self.words[place].key {
                0 => return UNKNOWN,
                found if found == key => return place as u32,
                _ => place = (place + 1) & ((1 << self.word_bits) - 1),
            }
        }
    }

    fn edge(&self, from: u32, id: u32) -> Option<&Edge> {
        let key = edge(from, id);
        let mut place = spread(key, self.edge_bits);
        loop {
            let edge = &self.edges[place];
            if edge.key == key || edge.key == 0 {
                return (edge.key == key).then_some(edge);
            }
            place = (place + 1) & ((1 << self.edge_bits) - 1);
        }
    }
}

/// The phrases while they are gathered. A node comes before those that go on from it.
#[derive(Debug)]
pub(super) struct Builder {
    /// The node of each word.
    words: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// From a node and a word's node to the next node.
    edges: FxHashMap<(u32, u32), u32>,
    nodes: Vec<Gathered>,
    rows: Vec<(u32, Class, u16)>,
}

#[derive(Debug)]
struct Gathered {
    /// The node that it goes on from.
    before: Option<u32>,
    /// How many words lead here.
    depth: u8,
    /// The sets of words, of those that stand beside the classes, that its word is in.
    beside: Classes,
}

/// The nodes in the order in which they were gathered, and what they point into.
#[derive(Debug)]
struct Marked {
    nodes: Vec<Node>,
    sets: Box<[Set]>,
    entries: Box<[Mark]>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            words: FxHashMap::with_capacity_and_hasher(8192, FxBuildHasher),
            long: FxHashMap::default(),
            edges: FxHashMap::with_capacity_and_hasher(16_384, FxBuildHasher),
            nodes: Vec::with_capacity(24_576),
            rows: Vec::with_capacity(24_576),
        }
    }

    /// Adds a row of a table. Of the rows of one phrase, those that were added first come first.
    pub(super) fn row(&mut self, phrase: &str, class: Class, row: u16) {
        if let Some(node) = self.node(phrase) {
            self.rows.push((node, class, row));
        }
    }

    /// Adds words as a set beside the classes.
    pub(super) fn beside(&mut self, set: Classes, words: &[&str]) {
        for word in words {
            if let Some(node) = self.node(word) {
                self.nodes[node as usize].beside |= set;
            }
        }
    }

    /// Adds to a set beside the classes those of the words so far that something holds for.
    pub(super) fn beside_where(&mut self, set: Classes, holds: impl Fn(&str) -> bool) {
        for (key, node) in in_order(std::mem::take(&mut self.words)) {
            let letters = key.to_le_bytes();
            let len = usize::from(letters[15]) - 1;
            if str::from_utf8(&letters[..len]).is_ok_and(&holds) {
                self.nodes[node as usize].beside |= set;
            }
            self.words.insert(key, node);
        }
    }

    /// The node of a phrase, made where it is new; none for no words.
    fn node(&mut self, phrase: &str) -> Option<u32> {
        let mut node = None;
        // Thousands of phrases are small letters and spaces, and those need not be cut like an article.
        let plain = |word: &str| word.chars().all(|c| sort(c) == SMALL) && !may_move_tone(word.as_bytes());
        if phrase.split(' ').all(plain) {
            for word in phrase.split(' ').filter(|word| !word.is_empty()) {
                node = Some(self.step(node, word));
            }
            return node;
        }
        let segments = Segments::new(phrase);
        for i in 0..segments.tokens.len() {
            let mut buffer = [0; 4];
            node = Some(self.step(node, symbol(&segments, i, &mut buffer)));
        }
        node
    }

    fn step(&mut self, before: Option<u32>, word: &str) -> u32 {
        let fresh = self.nodes.len() as u32;
        let id = match packed(word.as_bytes()) {
            Some(key) => *self.words.entry(key).or_insert(fresh),
            None => *self.long.entry(word.into()).or_insert(fresh),
        };
        if id == fresh {
            self.nodes.push(Gathered { before: None, depth: 1, beside: 0 });
        }
        let Some(from) = before else { return id };
        let fresh = self.nodes.len() as u32;
        let to = *self.edges.entry((from, id)).or_insert(fresh);
        if to == fresh {
            let depth = self.nodes[from as usize].depth.saturating_add(1);
            self.nodes.push(Gathered { before, depth, beside: 0 });
        }
        to
    }

    /// Lays the tables out; an error where they say more than the layout has numbers for.
    pub(super) fn build(self) -> Result<Trie, String> {
        let Marked { mut nodes, sets, entries } = self.marked()?;
        let mut numbers = vec![UNKNOWN; nodes.len()];
        let word_bits = bits(self.words.len());
        let mut words = vec![Word::default(); 1 << word_bits];
        for (key, node) in in_order(self.words) {
            let mut place = spread(mixed(key), word_bits);
            while words[place].key != 0 {
                place = (place + 1) & (words.len() - 1);
            }
            words[place].key = key;
            numbers[node as usize] = place as u32;
        }
        let mut free = words.len() as u32;
        let mut long = FxHashMap::default();
        for (word, node) in in_order(self.long) {
            numbers[node as usize] = free;
            long.insert(word, free);
            free += 1;
        }
        words.resize(free as usize, Word::default());
        // What is longer than a word is never looked up by its number, which only has to be its own.
        for number in numbers.iter_mut().filter(|number| **number == UNKNOWN) {
            *number = free;
            free += 1;
        }
        let ways = in_order(self.edges);
        for &((from, word), _) in &ways {
            nodes[from as usize].next |= bit(numbers[word as usize]);
        }
        let edge_bits = bits(ways.len());
        let mut edges = vec![Edge::default(); 1 << edge_bits];
        for ((from, word), to) in ways {
            let key = edge(numbers[from as usize], numbers[word as usize]);
            let mut place = spread(key, edge_bits);
            while edges[place].key != 0 {
                place = (place + 1) & (edges.len() - 1);
            }
            edges[place] = Edge { key, to: numbers[to as usize], node: nodes[to as usize] };
        }
        for (node, &number) in nodes.iter().zip(&numbers) {
            if let Some(word) = words.get_mut(number as usize) {
                word.node = *node;
            }
        }
        let (words, edges) = (words.into(), edges.into());
        let mut trie =
            Trie { words, word_bits, long, edges, edge_bits, sets, entries, marks: [UNKNOWN; 128], digits: 0 };
        trie.marks = std::array::from_fn(|c| trie.number(char::from(c as u8).encode_utf8(&mut [0; 4])));
        trie.digits = trie.number(DIGITS);
        Ok(trie)
    }

    /// The marks and classes of every node, with those of the nodes on the way to it.
    fn marked(&self) -> Result<Marked, String> {
        let too_many = |what: &str| format!("expected fewer {what} than the lexicon has numbers for");
        let mut rows = self.rows.clone();
        // Stable: the rows of a phrase stay in the order of the tables.
        rows.sort_by_key(|(node, ..)| *node);
        let mut rows = rows.into_iter().peekable();
        let mut nodes: Vec<Node> = Vec::with_capacity(self.nodes.len());
        let mut entries: Vec<Mark> = Vec::with_capacity(4 * self.rows.len());
        let mut sets = vec![Set::default()];
        let mut known: FxHashMap<Set, u16> = FxHashMap::from_iter([(Set::default(), 0)]);
        for (number, gathered) in (0_u32..).zip(&self.nodes) {
            let before = gathered.before.map(|node| nodes[node as usize]).unwrap_or_default();
            let mut here = gathered.beside;
            let (mut reach, old) = (before.reach, before.reach.range());
            if rows.peek().is_some_and(|(node, ..)| *node == number) {
                let from = entries.len();
                entries.extend_from_within(old);
                while let Some((_, class, row)) = rows.next_if(|(node, ..)| *node == number) {
                    here |= class.bit();
                    entries.push(Mark { class, len: gathered.depth, row });
                }
                reach = Reach::of(from, entries.len()).ok_or_else(|| too_many("rows of one phrase"))?;
            }
            let set = Set { here, path: sets[usize::from(before.set)].path | here };
            let set = match known.get(&set) {
                Some(&set) => set,
                None => {
                    let fresh = u16::try_from(sets.len()).map_err(|_| too_many("sets of classes"))?;
                    sets.push(set);
                    known.insert(set, fresh);
                    fresh
                }
            };
            nodes.push(Node { next: 0, reach, set });
        }
        Ok(Marked { nodes, sets: sets.into(), entries: entries.into() })
    }
}

/// What was gathered, in the order in which it came: the layout is the same in every run.
fn in_order<K>(gathered: FxHashMap<K, u32>) -> Vec<(K, u32)> {
    let mut all: Vec<(K, u32)> = gathered.into_iter().collect();
    all.sort_unstable_by_key(|(_, node)| *node);
    all
}

/// A word of at most 15 bytes as one number, never 0.
fn packed(word: &[u8]) -> Option<u128> {
    let letters = || word.iter().rev().fold(0, |letters, &byte| letters << 8 | u128::from(byte));
    (word.len() <= 15).then(|| key(letters(), word.len() as u8))
}

/// The letters of a word of so many bytes, told from those of a shorter one that ends in zeros.
const fn key(letters: u128, len: u8) -> u128 {
    letters | (len as u128 + 1) << 120
}

const fn bit(id: u32) -> u64 {
    1 << (id % 64)
}

/// Never 0.
const fn edge(from: u32, id: u32) -> u64 {
    ((from as u64) << 32 | id as u64) + 1
}

const fn mixed(key: u128) -> u64 {
    key as u64 ^ ((key >> 64) as u64).rotate_left(29)
}

/// The place of a key in a table of `2^bits` places: multiplicative hashing, Knuth, TAOCP 3, 6.4.
const fn spread(key: u64, bits: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

/// The size of a table that is at most half full.
fn bits(entries: usize) -> u32 {
    (2 * entries).next_power_of_two().max(2).trailing_zeros()
}

/// What a token is called in the trie: its folded word, or its mark.
fn symbol<'s>(segments: &'s Segments<'_>, i: usize, buffer: &'s mut [u8; 4]) -> &'s str {
    match segments.tokens[i].shape {
        Shape::Word => segments.word(i),
        Shape::Mark(c) => c.encode_utf8(buffer),
        Shape::Number => DIGITS,
        Shape::Break => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_at_a_token_are_those_of_every_phrase_on_the_way_shorter_first() {
        let mut builder = Builder::new();
        let rows =
            [("so", Class::Verb), ("so với cùng kỳ", Class::Base), ("so với", Class::Versus), ("so", Class::Noun)];
        for (row, (phrase, class)) in (0..).zip(rows) {
            builder.row(phrase, class, row);
        }
        builder.row("nghiêng nghiêngnghiêng", Class::Adverb, 9);
        let trie = builder.build().unwrap();
        let segments = Segments::new("So với cùng nghiêng nghiêngnghiêng so với cùng kỳ");
        let marks = trie.marks(&segments);
        let at = |i: usize| marks.at(i).iter().map(|m| (m.row, m.len)).collect::<Vec<_>>();
        assert_eq!(at(0), [(0, 1), (3, 1), (2, 2)]);
        assert_eq!(at(3), [(9, 2)]);
        assert_eq!(at(5), [(0, 1), (3, 1), (2, 2), (1, 4)]);
        assert_eq!((at(1), at(99)), (vec![], vec![]));
        assert_eq!(marks.ending(0, 9, Class::Base).map(|(span, _)| span.range()), Some(5..9));
        assert!(marks.any_ending(2, Class::Versus.bit()) && !marks.any_ending(3, Class::Versus.bit()));
    }
}
