//! Text → tokens: words (one syllable each, as Vietnamese is written), numbers with their inner marks, punctuation.
//!
//! `Đạt 1.250,5 tỷ đồng (97,1%)` → `Đạt` `1.250,5` `tỷ` `đồng` `(` `97,1` `%` `)`.

use crate::article::normalise::fold::{
    CAPITAL, NO_LETTER, SMALL, digit, fold_into, is_invisible, is_small, may_move_tone, sort,
};
use crate::article::span::{Bytes, Span};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// Digits, with '.' and ',' between digits.
    Number,
    /// One other character.
    Mark(char),
    /// One or more line ends.
    Break,
}

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No capital.
    Lower,
    /// First letter only.
    Title,
    /// All letters, two or more.
    Upper,
    /// Some inner letter (`iPhone`, `TPHCM` is `Upper`).
    Mixed,
}

/// One token: where it stands, and its folded form.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in the article's text.
    pub span: Span<Bytes>,
    /// Where its folded form stands in the buffer of folded words.
    pub(super) folded: (u32, u32),
    /// What it is made of.
    pub shape: Shape,
    /// Capitals, for words.
    pub case: Case,
    /// No space stands before it.
    pub glued: bool,
}

/// Cuts `text` into tokens. `buffer` begins with `text`: a word that is folded as it stands is found there, and only
/// the folded form of another one is added behind.
#[must_use]
pub(super) fn tokens(text: &str, buffer: &mut String) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 4);
    let mut glued = false;
    let mut at = 0;
    // By bytes, as the text is nearly all letters and spaces: an iterator of characters takes three times as long.
    while let Some(c) = char_at(text, at) {
        if c == ' ' || c == '\t' {
            at += 1;
            glued = false;
            continue;
        }
        let token = if matches!(sort(c), SMALL | CAPITAL) || is_letter(c) {
            word(text, at, c, buffer)
        } else if digit(c).is_some() {
            number(text, at, buffer)
        } else if c == '\n' || c == '\u{2028}' || c == '\u{0085}' {
            let rest = text[at..].trim_start_matches(char::is_whitespace);
            plain(at, text.len() - rest.len(), Shape::Break)
        } else if is_space(c) {
            at += c.len_utf8();
            glued = false;
            continue;
        } else if is_invisible(c) {
            at += c.len_utf8();
            continue;
        } else {
            plain(at, at + c.len_utf8(), Shape::Mark(mark(c)))
        };
        at = token.span.end as usize;
        out.push(Token { glued, ..token });
        glued = true;
    }
    out
}

/// The character at byte `at`, a character boundary.
#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => wide_char_at(text, at),
        None => None,
    }
}

/// The letters of Vietnamese that are not of ASCII have two bytes, or three of which the first is `E1`: put together
/// here, as to check where a character begins and then decode any of them takes twice as long.
#[inline]
fn wide_char_at(text: &str, at: usize) -> Option<char> {
    let low = |byte: u8| u32::from(byte & 0x3F);
    match text.as_bytes()[at..] {
        [first @ 0xC3..=0xC6, second, ..] => char::from_u32(u32::from(first & 0x1F) << 6 | low(second)),
        [0xE1, second, third, ..] => char::from_u32(0x1000 | low(second) << 6 | low(third)),
        _ => text[at..].chars().next(),
    }
}

fn plain(start: usize, end: usize, shape: Shape) -> Token {
    Token { span: Span::of(start, end), folded: (0, 0), shape, case: Case::Lower, glued: false }
}

fn number(text: &str, start: usize, buffer: &mut String) -> Token {
    let mut end = start;
    let mut ascii = true;
    while let Some(c) = char_at(text, end) {
        let inner = digit(c).is_some()
            || inner_mark(c).is_some() && char_at(text, end + c.len_utf8()).is_some_and(|n| digit(n).is_some());
        if !inner {
            break;
        }
        ascii &= c.is_ascii();
        end += c.len_utf8();
    }
    let span = Span::<Bytes>::of(start, end);
    let folded = if ascii {
        span
    } else {
        let from = buffer.len();
        buffer.extend(text[start..end].chars().filter_map(|c| match digit(c) {
            Some(d) => Some(char::from(b'0' + d)),
            None => inner_mark(c),
        }));
        Span::of(from, buffer.len())
    };
    Token { span, folded: (folded.start, folded.end), shape: Shape::Number, case: Case::Lower, glued: false }
}

/// The letters of a word.
#[derive(Default)]
struct Letters {
    /// One past the last byte.
    end: usize,
    count: u32,
    capitals: u32,
    first_capital: bool,
    /// Folding leaves them as they are.
    as_they_stand: bool,
}

/// The letters of a word that is in small letters of Vietnamese behind its first; nothing for another one.
fn small(text: &str, start: usize, first: char) -> Option<Letters> {
    let first_capital = match sort(first) {
        SMALL => false,
        CAPITAL => true,
        _ => return None,
    };
    let from = start + first.len_utf8();
    let (mut state, mut end, mut count) = (BETWEEN, from, 1);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(end) {
        state = STEPS[usize::from(state) % STEPS.len()][usize::from(byte)];
        if state >= STOP {
            break;
        }
        count += u32::from(state == BETWEEN);
        end += 1;
    }
    let whole = state == STOP || state == BETWEEN;
    let as_they_stand = !first_capital;
    whole.then_some(Letters { end, count, capitals: u32::from(first_capital), first_capital, as_they_stand })
}

/// Between two letters of a word, and behind the first bytes of one; a byte leads from state to state. A walk over
/// bytes does not ask of each letter how many it has, which a processor guesses wrong every few letters of Vietnamese.
const BETWEEN: u8 = 0;
/// A character of ASCII that is no letter: the word has ended.
const STOP: u8 = 8;
/// Anything else.
const OTHER: u8 = 9;

const STEPS: [[u8; 256]; 8] = {
    let mut steps = [[OTHER; 256]; 8];
    let mut byte = 0;
    while byte < 0x80 {
        let c = byte as u8 as char;
        steps[0][byte] = if c.is_ascii_lowercase() {
            BETWEEN
        } else if c.is_ascii_uppercase() {
            OTHER
        } else {
            STOP
        };
        byte += 1;
    }
    // The first bytes of the small letters, each with the state behind it; then their last ones.
    steps[0][0xC3] = 1;
    steps[0][0xC4] = 2;
    steps[0][0xC5] = 3;
    steps[0][0xC6] = 4;
    steps[0][0xE1] = 5;
    steps[5][0xBA] = 6;
    steps[5][0xBB] = 7;
    let mut code = 0x80;
    while code < 0x1F00 {
        if let Some(c) = char::from_u32(code)
            && is_small(c)
        {
            let last = (0x80 | code & 0x3F) as usize;
            match code {
                0xC0..=0x1BF => steps[(code >> 6) as usize - 2][last] = BETWEEN,
                0x1E80..=0x1EBF => steps[6][last] = BETWEEN,
                0x1EC0..=0x1EFF => steps[7][last] = BETWEEN,
                _ => {}
            }
        }
        code += 1;
    }
    steps
};

/// The letters of any word.
fn letters(text: &str, start: usize) -> Letters {
    let mut word = Letters { end: start, as_they_stand: true, ..Letters::default() };
    while let Some(c) = char_at(text, word.end) {
        match sort(c) {
            SMALL => word.count += 1,
            NO_LETTER => break,
            sort => {
                word.as_they_stand = false;
                if sort == CAPITAL || is_letter(c) {
                    if sort == CAPITAL || is_upper(c) {
                        word.capitals += 1;
                        word.first_capital |= word.count == 0;
                    }
                    word.count += 1;
                } else if !is_invisible(c) {
                    break;
                }
            }
        }
        word.end += c.len_utf8();
    }
    word
}

fn word(text: &str, start: usize, first: char, buffer: &mut String) -> Token {
    let word = small(text, start, first).unwrap_or_else(|| letters(text, start));
    let end = square_unit(text, start, word.end);
    // A tone to move stands on a letter of more than one byte.
    let plain = end - start == word.count as usize;
    let as_it_stands = word.as_they_stand && end == word.end && (plain || !may_move_tone(&text.as_bytes()[start..end]));
    let case = match (word.capitals, word.first_capital) {
        (0, _) => Case::Lower,
        (1, true) if word.count == 1 => Case::Upper,
        (1, true) => Case::Title,
        (n, _) if n == word.count => Case::Upper,
        _ => Case::Mixed,
    };
    let span = Span::<Bytes>::of(start, end);
    let folded = if as_it_stands {
        span
    } else {
        let from = buffer.len();
        fold_into(&text[start..end], buffer);
        Span::of(from, buffer.len())
    };
    Token { span, folded: (folded.start, folded.end), shape: Shape::Word, case, glued: false }
}

/// `m2`, `km3`, `M2` are one word: the exponent belongs to the unit, and is no number of its own.
fn square_unit(text: &str, start: usize, end: usize) -> usize {
    let letters = &text.as_bytes()[start..end];
    if !matches!(letters, [b'm' | b'M'] | [b'k' | b'K' | b'c' | b'C' | b'd' | b'D' | b'm', b'm' | b'M']) {
        return end;
    }
    let mut rest = text[end..].chars();
    let Some(exponent @ ('2' | '3' | '²' | '³')) = rest.next() else { return end };
    let mark = rest.next();
    let number = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    let decimals = matches!(mark, Some('.' | ',')) && number(rest.next());
    if number(mark) || decimals { end } else { end + exponent.len_utf8() }
}

fn is_space(c: char) -> bool {
    match c {
        ' ' | '\t' => true,
        '\u{0000}'..='\u{007F}' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => false,
        _ => c.is_whitespace(),
    }
}

/// The blocks of Vietnamese first: the full table of Unicode is slow.
#[inline]
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\u{0000}'..='\u{007F}' | '\u{2000}'..='\u{206F}' => false,
        '\u{00C0}'..='\u{024F}' => c != '×' && c != '÷',
        '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphabetic(),
    }
}

#[inline]
fn is_upper(c: char) -> bool {
    match c {
        'A'..='Z' => true,
        '\u{0000}'..='\u{007F}' => false,
        // In these blocks Vietnamese letters stand in pairs, capital first.
        '\u{1EA0}'..='\u{1EF9}' | '\u{0100}'..='\u{0137}' => c as u32 & 1 == 0,
        _ => c.is_uppercase(),
    }
}

/// '.' or ',' inside a number, ASCII or fullwidth.
const fn inner_mark(c: char) -> Option<char> {
    match c {
        '.' | '\u{FF0E}' => Some('.'),
        ',' | '\u{FF0C}' | '\u{201A}' => Some(','),
        _ => None,
    }
}

/// Marks that are written in several ways, as one.
const fn mark(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{FF05}' => '%',
        '“' | '”' | '«' | '»' | '„' => '"',
        '‘' | '’' | 'ʼ' => '\'',
        '\u{FF0F}' | '\u{2044}' => '/',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut buffer = text.to_owned();
        let words: Vec<_> = tokens(text, &mut buffer)
            .iter()
            .map(|t| if t.shape == Shape::Break { "⏎" } else { t.span.slice(text) })
            .collect();
        words.join(" ")
    }

    #[test]
    fn letters_and_spaces_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let told = match sort(c) {
                SMALL => is_letter(c) && !is_upper(c),
                CAPITAL => is_letter(c) && is_upper(c),
                NO_LETTER => !is_letter(c) && !is_invisible(c),
                _ => !c.is_ascii(),
            };
            assert!(told, "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_space(c), c == ' ' || c == '\t' || !c.is_ascii() && c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn words_read_by_bytes_are_those_read_by_letters() {
        let letters_of = (0..0x2100).filter_map(char::from_u32).filter(|&c| !c.is_control());
        for c in letters_of {
            for text in [format!("a{c}n"), format!("Đ{c}"), format!("ườ{c}ng."), format!("{c}")] {
                let first = text.chars().next().unwrap();
                let Some(by_bytes) = small(&text, 0, first) else { continue };
                let one_by_one = letters(&text, 0);
                let told = |word: &Letters| (word.end, word.count, word.capitals, word.first_capital);
                assert_eq!(told(&by_bytes), told(&one_by_one), "{text:?}");
            }
        }
        assert!(small("đường phố", 0, 'đ').is_some_and(|word| word.count == 5 && word.as_they_stand));
        assert!(small("Số", 0, 'S').is_some_and(|word| word.count == 2 && !word.as_they_stand));
        assert!(small("iPhone", 0, 'i').is_none());
    }

    #[test]
    fn numbers_keep_their_marks_and_leave_the_sentence_its_own() {
        insta::assert_snapshot!(cut("Đạt 1.250,5 tỷ đồng (97,1%)."), @"Đạt 1.250,5 tỷ đồng ( 97,1 % ) .");
        insta::assert_snapshot!(cut("diện tích 102m2, 3km², 5m."), @"diện tích 102 m2 , 3 km² , 5 m .");
        insta::assert_snapshot!(cut("67/69 xã\n\n 12-NQ/TW"), @"67 / 69 xã ⏎ 12 - NQ / TW");
        insta::assert_snapshot!(cut("m2,5 và m25"), @"m 2,5 và m 25");
    }
}
