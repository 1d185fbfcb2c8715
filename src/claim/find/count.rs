//! A number of people or things: `304 chi bộ`, `1,7 triệu ly sữa`, `hai ngân hàng`, `5 lần`.
//!
//! The unit is the counted noun as written: classifier and head noun, without what describes it.

use super::{Found, Kind, Scope};
use crate::article::span::{Span, Tokens};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !matches!(amount.unit, Unit::None | Unit::Times | Unit::Point) {
        return None;
    }
    if amount.unit == Unit::Times {
        return Some(Found::sure("lần", 0.8));
    }
    if amount.unit == Unit::Point {
        return Some(Found::sure("điểm", 0.8));
    }
    if let Some(noun) = noun(scope, amount) {
        let anaphor = scope.page.is(noun.end as usize, Class::Anaphor);
        let sure = if anaphor && amount.one_word { 0.5 } else { 0.9 };
        return Some(Found {
            unit: Some(scope.page.s.slice(noun).to_owned()),
            noun: Some(noun),
            ..Found::sure("", sure)
        });
    }
    elided(scope, amount)
}

/// The counted noun: behind the number, or behind hedging words before it ("số đảng viên là 304").
pub(super) fn noun(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    noun_behind(scope, amount)
}

/// The noun phrase head right behind the number.
pub(super) fn noun_behind(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    let at = amount.end();
    head(scope, at)
}

/// Classifier and head noun from token `at` on.
fn head(scope: &Scope<'_, '_>, at: usize) -> Option<Span<Tokens>> {
    let page = scope.page;
    if at >= scope.hi() || !page.s.is_word(at) {
        return None;
    }
    let longest = |i: usize, class: Class| page.m.longest(i, class).map(|m| m.len as usize);
    let content = [Class::Countable, Class::Noun].iter().filter_map(|&c| longest(at, c)).max();
    let classifier = longest(at, Class::Classifier);
    let function = [
        Class::Clause,
        Class::Preposition,
        Class::Conjunction,
        Class::Coordinator,
        Class::Auxiliary,
        Class::Adverb,
        Class::Particle,
        Class::Level,
        Class::Versus,
        Class::Pronoun,
        Class::Anaphor,
    ]
    .iter()
    .filter_map(|&c| longest(at, c))
    .max();
    if function.is_some()
        && content
            .max(classifier)
            .is_none_or(|c| Some(c) < function || page.is(at, Class::Clause) && !page.is(at, Class::Countable))
    {
        return None;
    }
    if let Some(c) = classifier
        && content.is_none_or(|n| n <= c)
    {
        let next = at + c;
        let behind = if next < scope.hi() && page.s.is_word(next) && !page.s.is_capital(next) {
            [Class::Countable, Class::Noun]
                .iter()
                .filter_map(|&k| longest(next, k))
                .max()
                .filter(|_| !page.is(next, Class::Clause) && !page.is(next, Class::Anaphor))
        } else {
            None
        };
        return Some(Span::of(at, next + behind.unwrap_or(0)));
    }
    if let Some(n) = content {
        return Some(Span::of(at, at + n));
    }
    let verb = [Class::Verb, Class::Adjective].iter().filter_map(|&c| longest(at, c)).max();
    match verb {
        Some(_) => None,
        // An unknown word, in small letters or an abbreviation ("TCCSĐ"), is taken as the noun.
        None if !page.is(at, Class::Determiner)
            && (!page.s.is_capital(at) || page.s.tokens[at].case == crate::article::segment::Case::Upper)
            && !is_number_word(page, at) =>
        {
            Some(Span::of(at, at + 1))
        }
        None => None,
    }
}

fn is_number_word(page: &crate::claim::lexicon::Page<'_>, at: usize) -> bool {
    [Class::Digit, Class::Scale, Class::Ten, Class::Half, Class::Part].iter().any(|&c| page.is(at, c))
}

/// No noun behind: the one of the claim before it, or the one that the clause speaks of.
fn elided(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let end = amount.end();
    // An adjective or verb may follow a count whose noun was said before: "trong đó có 5 tử vong".
    let last =
        scope.before.iter().rev().flatten().find(|d| matches!(d.kind, Kind::Count | Kind::Ratio) && d.noun.is_some());
    let start = amount.hedge_start;
    let before = if start > scope.lo() { page.w(start - 1) } else { "" };
    let cue = matches!(
        before,
        "là" | "có"
            | "còn"
            | "đạt"
            | "được"
            | "gồm"
            | "với"
            | "lên"
            | "tới"
            | "đến"
            | "cả"
            | "và"
            | "số"
            | "chỉ"
            | "khoảng"
            | "hơn"
    ) || start > scope.lo() && (page.s.is_mark(start - 1, ':') || page.s.is_mark(start - 1, '('))
        || amount.modifier.is_some();
    if !cue {
        return None;
    }
    let _ = end;
    if amount.one_word && !cue {
        return None;
    }
    if let Some(draft) = last {
        return Some(Found { unit: Some(draft.unit.clone()), noun: draft.noun, ..Found::sure("như trên", 0.7) });
    }
    let subject = (scope.lo()..start)
        .rev()
        .find_map(|i| page.m.longest(i, Class::Countable).map(|m| Span::<Tokens>::of(i, i + m.len as usize)));
    match subject {
        Some(noun) if amount.in_digits => {
            Some(Found {
                unit: Some(page.s.slice(noun).to_owned()), noun: Some(noun), ..Found::sure("chủ đề", 0.6)
            })
        }
        _ => None,
    }
}
