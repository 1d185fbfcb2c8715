//! Tokens → sentences, never cut inside a number, a name ("TP. Hồ Chí Minh", "T.Ư") or after an abbreviation.

use super::Segments;
use super::token::{Case, Shape};
use crate::article::span::{Span, Tokens};

/// Words that end in a full stop without ending the sentence.
const ABBREVIATIONS: [&str; 34] = [
    "tp", "tx", "tt", "q", "p", "h", "x", "ths", "ts", "pgs", "gs", "bs", "ks", "cn", "tr", "ql", "tl", "ô", "st",
    "mr", "mrs", "ms", "dr", "no", "vd", "nxb", "tnhh", "đ", "t", "tc", "kts", "ls", "nsnd", "nsưt",
];

/// The sentences as token ranges; line breaks end one, and belong to none.
pub(super) fn sentences(s: &Segments<'_>) -> Vec<Span<Tokens>> {
    let mut out = Vec::new();
    let mut start = 0;
    let n = s.tokens.len();
    let mut i = 0;
    while i < n {
        match s.tokens[i].shape {
            Shape::Break => {
                push(&mut out, start, i);
                start = i + 1;
            }
            Shape::Mark('.' | '!' | '?' | '…') => {
                let mut end = i + 1;
                // Closing quotes and brackets, and further stops, go with the sentence.
                while end < n
                    && s.tokens[end].glued
                    && matches!(s.tokens[end].shape, Shape::Mark('.' | '!' | '?' | '…' | '"' | '\'' | ')'))
                {
                    end += 1;
                }
                if ends_here(s, i, end) {
                    push(&mut out, start, end);
                    start = end;
                }
                i = end;
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    push(&mut out, start, n);
    out
}

fn push(out: &mut Vec<Span<Tokens>>, start: usize, end: usize) {
    if start < end {
        out.push(Span::of(start, end));
    }
}

/// Whether the stop at `stop` (with what clings to it, up to `end`) closes a sentence.
fn ends_here(s: &Segments<'_>, stop: usize, end: usize) -> bool {
    let Some(next) = s.tokens.get(end) else { return true };
    if next.shape == Shape::Break {
        return true;
    }
    let single = end == stop + 1 && s.tokens[stop].shape == Shape::Mark('.');
    if next.glued {
        // "lũ.Theo": editors lose the space; "T.Ư", "v.v", "U.S" do not end.
        let before = stop.checked_sub(1).map(|i| &s.tokens[i]);
        return before
            .is_some_and(|b| b.shape == Shape::Word && b.case == Case::Lower && s.word(stop - 1).chars().count() > 1)
            && next.shape == Shape::Word
            && next.case == Case::Title
            && single;
    }
    if single && let Some(b) = stop.checked_sub(1) {
        let before = &s.tokens[b];
        if before.shape == Shape::Word {
            let word = s.word(b);
            // Initials ("J. Biden", "Đ. N. Anh") and listed abbreviations.
            let initial = before.case == Case::Upper && word.chars().count() == 1;
            let listed = ABBREVIATIONS.contains(&word) && (before.case != Case::Lower || word == "tr");
            if (initial || listed) && next.shape != Shape::Mark('"') {
                return initial && b > 0 && s.tokens[b - 1].shape == Shape::Number;
            }
        }
    }
    match next.shape {
        Shape::Word => {
            next.case != Case::Lower || !single && s.tokens[stop].shape != Shape::Mark('…') && end == stop + 1
        }
        _ => true,
    }
}
