//! The text of an article with every claim marked: "Xã có ‹48/52›³ hộ". A mark has the colour and the line of its kind, a
//! sign and its number, and says all of that to a screen reader; one whose numbers cannot agree has a cross besides.

use maud::{Markup, html};

use super::words::words;
use crate::record::correction::{Correction, Judgement};
use crate::record::{ClaimRow, Kind, Record, Verdict};
use crate::surface::lang::Lang;
use crate::surface::wording;

/// The sign of a kind beside its marks.
pub(super) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Change => "±",
        Kind::Multiple => "×",
        Kind::TargetPercentage => "◎%",
        Kind::Ratio => "a/b",
        Kind::Percentage => "%",
        Kind::Rate => "₫/đv",
        Kind::Money => "₫",
        Kind::Measurement => "km",
        Kind::Age => "tuổi",
        Kind::Duration => "giờ",
        Kind::Count => "#",
        Kind::Rank => "№",
        Kind::Score => "3-1",
    }
}

/// The name of a kind.
pub(super) fn kind_name(kind: Kind, lang: Lang) -> String {
    match lang {
        Lang::Vi => kind.doc().vietnamese.to_owned(),
        Lang::En => kind.name().replace('_', " "),
    }
}

/// The sign of what a person said.
fn pen(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Right => " ✓",
        Judgement::Wrong => " ⊘",
        Judgement::Fixed => " ✎",
        Judgement::Missed => " ＋",
        Judgement::Withdrawn => "",
    }
}

/// The worst that a check says of a claim.
pub(super) fn worst(record: &Record, claim: &ClaimRow) -> Option<Verdict> {
    let said = record.checks.iter().filter(|check| check.claims.contains(&claim.id)).map(|check| check.verdict);
    said.min_by_key(|verdict| rank(*verdict))
}

/// Worst first.
pub(super) fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Inconsistent => 0,
        Verdict::ConsistentIfTruncated => 1,
        Verdict::Implied => 2,
        Verdict::Consistent => 3,
    }
}

/// A stretch of the text between two code points, with its marks.
pub(super) struct Text<'a> {
    text: &'a str,
    /// Where each code point begins.
    points: Vec<usize>,
    record: &'a Record,
    judged: Vec<&'a Correction>,
    lang: Lang,
}

impl<'a> Text<'a> {
    /// The text of a record, with the last judgement of each claim.
    pub(super) fn of(record: &'a Record, judged: &[&'a Correction], lang: Lang) -> Self {
        let text = record.article.text.as_deref().unwrap_or_default();
        let points = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, points, record, judged: judged.to_vec(), lang }
    }

    /// The words between two code points.
    pub(super) fn slice(&self, start: u32, end: u32) -> &'a str {
        let at = |point: u32| self.points.get(point as usize).copied().unwrap_or(self.text.len());
        self.text.get(at(start)..at(end)).unwrap_or_default()
    }

    /// All paragraphs.
    pub(super) fn paragraphs(&self) -> Markup {
        let mut from = 0_u32;
        html! {
            @for line in self.text.split('\n') {
                @let to = from + u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
                @if !line.trim().is_empty() {
                    p { (self.between(from, to, true)) }
                }
                @let () = from = to.saturating_add(1);
            }
        }
    }

    /// The words between two code points, each claim a mark. `target` says that these are the marks that links go to.
    pub(super) fn between(&self, start: u32, end: u32, target: bool) -> Markup {
        let mut at = start;
        let first = self.record.claims.partition_point(|claim| claim.start < start);
        html! {
            @for (n, claim) in self.record.claims.iter().enumerate().skip(first).take_while(|(_, claim)| claim.start < end) {
                // A claim within another has no mark of its own.
                @if claim.start >= at && claim.end <= end {
                    (words(self.slice(at, claim.start)))
                    (self.mark(n, claim, target))
                    @let () = at = claim.end;
                }
            }
            (words(self.slice(at, end)))
        }
    }

    fn mark(&self, n: usize, claim: &ClaimRow, target: bool) -> Markup {
        let verdict = worst(self.record, claim);
        let bad = verdict == Some(Verdict::Inconsistent);
        let judged = self.judged.iter().find(|one| one.claim_id == claim.id).map(|one| one.judgement);
        let class = format!(
            "mark k-{}{}{}",
            claim.kind.name(),
            if bad { " bad" } else { "" },
            judged.map(|one| format!(" j-{}", one.name())).unwrap_or_default()
        );
        let kind = kind_name(claim.kind, self.lang);
        let said = verdict.map(|verdict| format!(", {}", wording::verdict(verdict, self.lang).1)).unwrap_or_default();
        html! {
            a class=(class) href=(format!("#{}", claim.id)) id=[target.then(|| format!("t-{}", claim.id))] data-claim=(claim.id) title=(format!("{kind}{said}")) {
                span.q { (words(&claim.text)) }
                span.vh { " [" (n + 1) ": " (kind) (said) "]" }
                sup aria-hidden="true" { @if bad { b.cross { "✗" } } (sign(claim.kind)) i { (n + 1) } @if let Some(judged) = judged { (pen(judged)) } }
            }
        }
    }
}
