//! Text → tokens: words (one syllable each, as Vietnamese is written), numbers with their inner marks, punctuation.
//!
//! `Đạt 1.250,5 tỷ đồng (97,1%)` → `Đạt` `1.250,5` `tỷ` `đồng` `(` `97,1` `%` `)`.

use crate::article::normalise::fold::{digit, fold_into, is_invisible};
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

/// Cuts `text` into tokens; folded forms go to `buffer`.
#[must_use]
pub(super) fn tokens(text: &str, buffer: &mut String) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 4);
    let mut chars = text.char_indices().peekable();
    let mut glued = false;
    while let Some(&(start, c)) = chars.peek() {
        if c == '\n' || c == '\u{2028}' || c == '\u{0085}' {
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            let end = chars.peek().map_or(text.len(), |(at, _)| *at);
            out.push(plain(start, end, buffer.len(), Shape::Break, glued));
            glued = true;
            continue;
        }
        if is_space(c) {
            chars.next();
            glued = false;
            continue;
        }
        if is_invisible(c) {
            chars.next();
            continue;
        }
        let token = if digit(c).is_some() {
            number(text, start, &mut chars, buffer)
        } else if is_letter(c) {
            word(text, start, &mut chars, buffer)
        } else {
            chars.next();
            plain(start, start + c.len_utf8(), buffer.len(), Shape::Mark(mark(c)), glued)
        };
        out.push(Token { glued, ..token });
        glued = true;
    }
    out
}

type Chars<'t> = std::iter::Peekable<std::str::CharIndices<'t>>;

fn plain(start: usize, end: usize, at: usize, shape: Shape, glued: bool) -> Token {
    let folded = Span::<Bytes>::of(at, at);
    Token { span: Span::of(start, end), folded: (folded.start, folded.end), shape, case: Case::Lower, glued }
}

fn number(text: &str, start: usize, chars: &mut Chars<'_>, buffer: &mut String) -> Token {
    let at = buffer.len();
    let mut end = start;
    while let Some(&(i, c)) = chars.peek() {
        if let Some(d) = digit(c) {
            buffer.push(char::from(b'0' + d));
        } else if let Some(m) = inner_mark(c)
            && text[i + c.len_utf8()..].chars().next().is_some_and(|n| digit(n).is_some())
        {
            buffer.push(m);
        } else {
            break;
        }
        end = i + c.len_utf8();
        chars.next();
    }
    let folded = Span::<Bytes>::of(at, buffer.len());
    Token {
        span: Span::of(start, end),
        folded: (folded.start, folded.end),
        shape: Shape::Number,
        case: Case::Lower,
        glued: false,
    }
}

fn word(text: &str, start: usize, chars: &mut Chars<'_>, buffer: &mut String) -> Token {
    let at = buffer.len();
    let mut end = start;
    let (mut upper, mut letters, mut first_upper) = (0_u32, 0_u32, false);
    while let Some(&(i, c)) = chars.peek() {
        if is_letter(c) {
            if is_upper(c) {
                upper += 1;
                first_upper |= letters == 0;
            }
            letters += 1;
        } else if !is_invisible(c) {
            break;
        }
        end = i + c.len_utf8();
        chars.next();
    }
    end = square_unit(text, start, end, chars);
    fold_into(&text[start..end], buffer);
    let case = match (upper, first_upper) {
        (0, _) => Case::Lower,
        (1, true) if letters == 1 => Case::Upper,
        (1, true) => Case::Title,
        (n, _) if n == letters => Case::Upper,
        _ => Case::Mixed,
    };
    let folded = Span::<Bytes>::of(at, buffer.len());
    Token { span: Span::of(start, end), folded: (folded.start, folded.end), shape: Shape::Word, case, glued: false }
}

/// `m2`, `km3`, `M2` are one word: the exponent belongs to the unit, and is no number of its own.
fn square_unit(text: &str, start: usize, end: usize, chars: &mut Chars<'_>) -> usize {
    let letters = &text.as_bytes()[start..end];
    let metric = matches!(letters, [b'm' | b'M'] | [b'k' | b'K' | b'c' | b'C' | b'd' | b'D' | b'm', b'm' | b'M']);
    let mut rest = text[end..].chars();
    let exponent = matches!(rest.next(), Some('2' | '3' | '²' | '³'));
    if metric && exponent && rest.next().is_none_or(|c| digit(c).is_none() && !matches!(c, '.' | ',')) {
        return chars.next().map_or(end, |(i, c)| i + c.len_utf8());
    }
    if metric && exponent {
        let mut after = text[end..].chars().skip(1);
        let mark = after.next();
        if mark.is_none_or(|c| digit(c).is_none()) && after.next().is_none_or(|c| digit(c).is_none()) {
            return chars.next().map_or(end, |(i, c)| i + c.len_utf8());
        }
    }
    end
}

fn is_space(c: char) -> bool {
    match c {
        ' ' | '\t' => true,
        '\u{0000}'..='\u{007F}' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => false,
        _ => c.is_whitespace(),
    }
}

/// The blocks of Vietnamese first: the full table of Unicode is slow.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        '\u{0000}'..='\u{007F}' | '\u{2000}'..='\u{206F}' => false,
        '\u{00C0}'..='\u{024F}' => c != '×' && c != '÷',
        '\u{1E00}'..='\u{1EFF}' => true,
        _ => c.is_alphabetic(),
    }
}

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
        let mut buffer = String::new();
        let words: Vec<_> = tokens(text, &mut buffer)
            .iter()
            .map(|t| if t.shape == Shape::Break { "⏎" } else { t.span.slice(text) })
            .collect();
        words.join(" ")
    }

    #[test]
    fn letters_and_spaces_are_those_of_unicode() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_space(c), c == ' ' || c == '\t' || !c.is_ascii() && c.is_whitespace(), "{c:?}");
        }
    }

    #[test]
    fn numbers_keep_their_marks_and_leave_the_sentence_its_own() {
        insta::assert_snapshot!(cut("Đạt 1.250,5 tỷ đồng (97,1%)."), @"Đạt 1.250,5 tỷ đồng ( 97,1 % ) .");
        insta::assert_snapshot!(cut("diện tích 102m2, 3km², 5m."), @"diện tích 102 m2 , 3 km² , 5 m .");
        insta::assert_snapshot!(cut("67/69 xã\n\n 12-NQ/TW"), @"67 / 69 xã ⏎ 12 - NQ / TW");
        insta::assert_snapshot!(cut("m2,5 và m25"), @"m 2,5 và m 25");
    }
}
