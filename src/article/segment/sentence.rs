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
                push(s, &mut out, start, i);
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
                    push(s, &mut out, start, end);
                    start = end;
                }
                i = end;
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    push(s, &mut out, start, n);
    out
}

/// The longest sentence, in tokens. Nobody writes one; a page that lost its stops has them, and what is linked within
/// a sentence would take hours there.
const LONGEST: usize = 1000;

fn push(s: &Segments<'_>, out: &mut Vec<Span<Tokens>>, mut start: usize, end: usize) {
    while end.saturating_sub(start) > LONGEST {
        let comma = |&i: &usize| matches!(s.tokens[i].shape, Shape::Mark(',' | ';' | ':'));
        let cut = (start + LONGEST / 2..start + LONGEST).rev().find(comma).map_or(start + LONGEST, |comma| comma + 1);
        out.push(Span::of(start, cut));
        start = cut;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_stops_is_cut_at_commas_and_loses_nothing() {
        let text = "có 48/52 hộ nghèo, ".repeat(900);
        let segments = Segments::new(&text);
        let cut = &segments.sentences;
        assert!(cut.len() > 3 && cut.iter().all(|one| (one.end - one.start) as usize <= LONGEST), "{}", cut.len());
        assert!(cut.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!((cut[0].start, cut[cut.len() - 1].end as usize), (0, segments.tokens.len()));
        assert!(cut.iter().all(|one| segments.is_mark(one.end as usize - 1, ',')));
    }
}
