//! How far a phrase goes: the words behind a head up to the end of their clause.
//!
//! `dự toán tỉnh giao đạt …` → "dự toán tỉnh giao".

use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::lexicon::{Class, Page};

use super::mention::Part;

/// From `start` to the word that ends the phrase: punctuation, a verb of reaching or changing, another amount.
///
/// Dates may stand inside ("kế hoạch năm 2023"); `dates` says which tokens are dates.
#[must_use]
pub(super) fn extent(
    page: &Page<'_>,
    parts: &[Part],
    dates: &[Span<Tokens>],
    start: usize,
    hi: usize,
    most: usize,
) -> Span<Tokens> {
    reach(page, parts, dates, start, hi, most, false)
}

/// As [`extent`], and on over one number that a preposition leads: "đội của 17 trường dự thi".
#[must_use]
pub(super) fn outer_extent(
    page: &Page<'_>,
    parts: &[Part],
    dates: &[Span<Tokens>],
    start: usize,
    hi: usize,
    most: usize,
) -> Span<Tokens> {
    reach(page, parts, dates, start, hi, most, true)
}

fn reach(
    page: &Page<'_>,
    parts: &[Part],
    dates: &[Span<Tokens>],
    start: usize,
    hi: usize,
    most: usize,
    over: bool,
) -> Span<Tokens> {
    let mut at = start;
    while at < hi && at - start < most {
        let next = dates.partition_point(|d| (d.end as usize) <= at);
        if let Some(date) = dates.get(next).filter(|d| d.range().contains(&at)) {
            at = date.end as usize;
            continue;
        }
        if over && at > start && parts[at] == Part::Barrier && matches!(page.w(at - 1), "của" | "thuộc" | "từ" | "tại")
        {
            at += 1;
            continue;
        }
        let stop = match page.s.tokens[at].shape {
            Shape::Mark('-' | '/' | '&' | '"' | '\'') => false,
            Shape::Mark('.') => {
                !(page.s.is_glued(at) && page.s.is_glued(at + 1) && page.s.is_capital(at + 1)
                    || matches!(page.w(at.wrapping_sub(1)), "tp"))
            }
            Shape::Mark(_) | Shape::Break => true,
            Shape::Number => parts[at] == Part::Barrier,
            Shape::Word => {
                at > start
                    && (matches!(
                        page.w(at),
                        "và" | "nhưng"
                            | "thì"
                            | "nên"
                            | "là"
                            | "khi"
                            | "nhờ"
                            | "song"
                            | "đạt"
                            | "chiếm"
                            | "tăng"
                            | "giảm"
                            | "lên"
                            | "xuống"
                            | "còn"
                            | "tương"
                            | "trong"
                            | "với"
                            | "do"
                            | "để"
                            | "mà"
                            | "bằng"
                            | "khiến"
                            | "vì"
                    ) || page.is(at, Class::Exceed)
                        || parts[at] == Part::Barrier)
            }
        };
        if stop {
            break;
        }
        at += 1;
    }
    let mut end = at.min(hi);
    while end > start
        && (!page.s.is_word(end - 1) && !page.s.is_number(end - 1)
            || matches!(page.w(end - 1), "được" | "đã" | "của" | "có" | "từ" | "đến" | "cho"))
        && end > start + 1
    {
        end -= 1;
    }
    Span::of(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;

    #[test]
    fn a_phrase_ends_before_a_verb_of_reaching() {
        let page = Page::new("dự toán tỉnh giao đạt cao", Lexicon::built_in());
        let parts = vec![Part::Free; page.s.tokens.len()];
        let span = extent(&page, &parts, &[], 0, page.s.tokens.len(), 10);
        assert_eq!(page.s.slice(span), "dự toán tỉnh giao");
    }
}
