//! The words around the claims: whether "97,1%" in "67/69 chi bộ hoàn thành (chiếm 97,1%)" speaks of the 67/69.
//!
//! A check that calls a correct statement wrong costs more trust than ten that are missing, so a link is made only
//! where the words leave no other reading; whatever is not on these short lists links nothing.

use std::borrow::Cow;

use super::interval::Written;
use crate::claim::{Claim, Kind, Role};

/// An article's claims with its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) text: &'a str,
    pub(super) claims: &'a [Claim],
}

/// How far a number that belongs to another may stand from it, in claims.
const NEARBY: usize = 12;

/// What a percentage is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holder {
    /// The claim that the percentage speaks of.
    pub(super) at: usize,
    /// Whether no other reading is left, so that a mismatch is an error.
    pub(super) certain: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn claim(&self, at: usize) -> Option<&'a Claim> {
        self.claims.get(at)
    }

    pub(super) fn written(&self, at: usize) -> Option<Written> {
        self.claim(at).map(|claim| Written::of(claim, self.text))
    }

    /// The words between two claims of one sentence.
    pub(super) fn between(&self, left: usize, right: usize) -> Option<&'a str> {
        let (left, right) = (self.claim(left)?, self.claim(right)?);
        if left.sentence != right.sentence {
            return None;
        }
        self.text.get(left.span.end as usize..right.span.start as usize)
    }

    /// The words of the sentence before a claim, back to the claim before it.
    pub(super) fn before(&self, at: usize) -> &'a str {
        let Some(claim) = self.claim(at) else { return "" };
        let previous = at.checked_sub(1).and_then(|i| self.claim(i)).map_or(0, |c| c.span.end);
        let start = claim.sentence.start.max(previous) as usize;
        self.text.get(start..claim.span.start as usize).unwrap_or_default()
    }

    /// The words of the sentence after a claim, up to the claim after it.
    pub(super) fn after(&self, at: usize) -> &'a str {
        let Some(claim) = self.claim(at) else { return "" };
        let next = self.claim(at + 1).map_or(u32::MAX, |c| c.span.start);
        let end = claim.sentence.end.min(next) as usize;
        self.text.get(claim.span.end as usize..end).unwrap_or_default()
    }

    /// The words between two claims, of one sentence or not.
    pub(super) fn words(&self, left: usize, right: usize) -> Option<&'a str> {
        self.text.get(self.claim(left)?.span.end as usize..self.claim(right)?.span.start as usize)
    }

    /// The claims around a claim in its sentence: no more than a sentence of prose holds.
    pub(super) fn nearby(&self, at: usize) -> impl Iterator<Item = usize> + use<'a> {
        let claims = self.claims;
        let around = at.saturating_sub(NEARBY)..claims.len().min(at + NEARBY);
        around.filter(move |&i| claims[i].sentence == claims[at].sentence)
    }

    /// The claims of the sentence that the claim stands in.
    pub(super) fn sentence(&self, at: usize) -> std::ops::Range<usize> {
        let Some(claim) = self.claim(at) else { return 0..0 };
        let same = |other: &&Claim| other.sentence == claim.sentence;
        let back = self.claims[..at].iter().rev().take_while(same).count();
        let on = self.claims[at..].iter().take_while(same).count();
        at - back..at + on
    }

    /// The claim before this one and the words between, passing over an aside in brackets: "67/69 chi bộ (1 chi bộ mới
    /// lập) hoàn thành (chiếm …".
    fn step_back(&self, at: usize) -> Option<(usize, Cow<'a, str>)> {
        let mut previous = at.checked_sub(1)?;
        let gap = self.between(previous, at)?;
        if !closes(gap) {
            return Some((previous, Cow::Borrowed(gap)));
        }
        loop {
            previous = previous.checked_sub(1)?;
            let gap = self.between(previous, at).filter(|gap| gap.len() <= 300)?;
            if !closes(gap) {
                return Some((previous, Cow::Owned(without_asides(gap))));
            }
        }
    }

    /// The claim that a percentage stands behind: "67/69 … (chiếm 97,1% và đạt 146,15% so với Nghị quyết)".
    ///
    /// Between the two there may be other percentages of the same claim, and nothing else.
    pub(super) fn holder(&self, percentage: usize, cues: &[&str]) -> Option<Holder> {
        let claim = self.claim(percentage)?;
        let mut at = percentage;
        let mut certain = true;
        for step in 0.. {
            if step > 4 {
                return None;
            }
            let (previous, gap) = self.step_back(at)?;
            let gap = gap.as_ref();
            let held = !is_percentage(self.claim(previous)?);
            let beside = self.claim(at)?.kind == Kind::Change || !held;
            if gap.len() > 240 || breaks(gap) || (!beside && turns(gap)) {
                return None;
            }
            let tail = tail(gap);
            let known = if self.claim(at)?.kind == Kind::Change {
                ["tăng", "giảm", "vượt"].contains(&tail)
            } else {
                // The percentages in between have cues of their own.
                match self.claim(at)?.kind {
                    Kind::Percentage if at != percentage => SHARE_CUES.contains(&tail),
                    Kind::TargetPercentage if at != percentage => TARGET_CUES.contains(&tail),
                    _ => cues.contains(&tail),
                }
            };
            let same_statement = self.claim(previous)?.statement == claim.statement;
            // Without a comma or bracket, only a verb of sharing ties the two: "3 huyện … tổng thu đạt 52%" does not.
            let bare = tail == gap.trim();
            let open = known || (bare && cues.iter().any(|cue| !cue.is_empty() && ends_with(gap, cue)));
            certain &= known || ["chiếm", "chiếm tỷ lệ", "chiếm tỉ lệ"].iter().any(|cue| ends_with(gap, cue));
            if !open || (!same_statement && commas(gap) > 1) {
                return None;
            }
            at = previous;
            if held {
                break;
            }
        }
        let held = self.claim(at)?;
        // "5/10 xã và 3/7 phường, đạt 47%": of both together.
        if let Some(before) = at.checked_sub(1)
            && self.claim(before)?.kind == held.kind
            && self.between(before, at).is_some_and(|gap| has(gap, "và") || gap.len() < 60)
            && !ends_with(self.before(before), "số")
        {
            certain = false;
        }
        Some(Holder { at, certain })
    }
}

/// `gap` without what stands in closed brackets.
fn without_asides(gap: &str) -> String {
    let mut out = String::with_capacity(gap.len());
    let mut rest = gap;
    while let Some(open) = rest.find('(')
        && let Some(close) = rest[open..].find(')')
    {
        out.push_str(rest[..open].trim_end());
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

/// What stands between a number and its share.
pub(super) const SHARE_CUES: &[&str] = &[
    "",
    "chiếm",
    "đạt",
    "bằng",
    "tỷ lệ",
    "tỉ lệ",
    "đạt tỷ lệ",
    "đạt tỉ lệ",
    "chiếm tỷ lệ",
    "chiếm tỉ lệ",
    "tương đương",
    "tương ứng",
    "tương ứng với",
    "với tỷ lệ",
    "tỷ lệ đạt",
    "tức",
    "hay",
    "tức là",
    "đạt tỷ lệ là",
];

/// What stands between a number and its percentage of a target.
pub(super) const TARGET_CUES: &[&str] = &[
    "",
    "đạt",
    "bằng",
    "hoàn thành",
    "thực hiện",
    "ước đạt",
    "ước bằng",
    "thực hiện đạt",
    "mới đạt",
    "chỉ đạt",
    "tương đương",
    "chỉ bằng",
    "mới bằng",
    "đạt tỷ lệ",
];

pub(super) const fn is_percentage(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Percentage | Kind::TargetPercentage)
        || (matches!(claim.kind, Kind::Change) && matches!(claim.unit.as_bytes(), b"%"))
}

pub(super) fn role(claim: &Claim) -> Option<Role> {
    claim.reference.as_ref().map(|reference| reference.role)
}

/// Words after which another thing is spoken of.
fn breaks(gap: &str) -> bool {
    gap.contains([';', '\n', ':'])
        || closes(gap)
        || ["trong đó", "riêng", "còn", "nhưng", "trong khi", "gồm", "bao gồm", "trong số"].iter().any(|w| has(gap, w))
}

/// Whether a bracket closes that did not open here.
fn closes(gap: &str) -> bool {
    let mut depth = 0_i32;
    gap.bytes().any(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth < 0
    })
}

/// Words that turn a percentage into a change or a comparison.
fn turns(gap: &str) -> bool {
    ["so với", "tăng", "giảm", "cao hơn", "thấp hơn", "vượt", "nâng", "đưa", "từ"].iter().any(|w| has(gap, w))
}

/// What stands behind the last comma, bracket or "và".
pub(super) fn tail(gap: &str) -> &str {
    let mut start = gap.rfind([',', '(']).map_or(0, |at| at + 1);
    if let Some(at) = gap.rfind(" và ") {
        start = start.max(at + " và ".len());
    }
    gap.get(start..).unwrap_or_default().trim()
}

/// Commas outside brackets that are closed again, not counting one just before an opening bracket.
fn commas(gap: &str) -> usize {
    let open = gap.rfind('(').map_or(gap, |at| &gap[..at]);
    if open.len() == gap.len() { gap.matches(',').count() } else { open.matches(',').count().saturating_sub(1) }
}

/// Whether `word` stands in `hay` as a word.
pub(super) fn has(hay: &str, word: &str) -> bool {
    // The gaps are short and nearly none has the word: looking for its first byte costs less than `str::find` prepares.
    let Some((&first, _)) = word.as_bytes().split_first() else { return false };
    let (mut from, bytes) = (0, hay.as_bytes());
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memchr(first, rest)).map(|at| from + at) {
        if bytes[at..].starts_with(word.as_bytes()) {
            let before = hay[..at].chars().next_back();
            let after = hay[at + word.len()..].chars().next();
            if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
                return true;
            }
        }
        from = at + 1;
    }
    false
}

/// Whether `hay`, less the spaces at its end, ends with the word.
pub(super) fn ends_with(hay: &str, word: &str) -> bool {
    hay.trim_end().strip_suffix(word).is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Whether `hay`, less the spaces at its start, starts with the word.
pub(super) fn starts_with(hay: &str, word: &str) -> bool {
    hay.trim_start().strip_prefix(word).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_alphanumeric))
}

/// Whether two units name the same: "ca" and "ca mắc", "hộ" and "hộ".
pub(super) fn same_unit(a: &str, b: &str) -> bool {
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    !a.is_empty() && !b.is_empty() && (a == b || begins(a, b) || begins(b, a))
}

/// Whether a sum or quotient of the two is of one thing: "học sinh" and "em", "đảng viên" and "người" too.
pub(super) fn same_thing(a: &str, b: &str) -> bool {
    const ANYONE: &[&str] = &["người", "em", "cháu", "bạn", "đồng chí"];
    const PEOPLE: &[&str] = &[
        "bệnh nhân",
        "công nhân",
        "cán bộ",
        "giáo viên",
        "học sinh",
        "học viên",
        "hội viên",
        "lao động",
        "sinh viên",
        "thí sinh",
        "đoàn viên",
        "đảng viên",
        "đại biểu",
        "người",
    ];
    let head = |unit: &str, list: &[&str]| list.iter().any(|word| starts_with(unit, word));
    same_unit(a, b) || (head(a, ANYONE) && head(b, PEOPLE)) || (head(a, PEOPLE) && head(b, ANYONE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::verify::trial::trial;

    #[test]
    fn words_are_found_whole() {
        assert!(has("xã, trong đó có", "trong đó"));
        assert!(!has("đạt chuẩn còng lưng", "còn"));
        assert!(ends_with("tổng số ", "tổng số"));
        assert!(!ends_with("xtổng số", "tổng số"));
    }

    #[test]
    fn a_percentage_in_brackets_speaks_of_the_number_before_them() {
        let case =
            trial("Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,1%|percentage] và đạt [146,15%|target_percentage]).");
        assert_eq!(case.scene().holder(1, SHARE_CUES), Some(Holder { at: 0, certain: true }));
        assert_eq!(case.scene().holder(2, TARGET_CUES), Some(Holder { at: 0, certain: true }));
    }

    #[test]
    fn an_aside_in_brackets_is_passed_over() {
        let case = trial("Có [67/69|ratio|chi bộ] ([1|count|chi bộ] mới lập) hoàn thành (chiếm [97,1%|percentage]).");
        assert_eq!(case.scene().holder(2, SHARE_CUES), Some(Holder { at: 0, certain: true }));
        let case = trial("Xã A có [80%|percentage] ([12/15|ratio|hộ]), [60%|percentage] ở xã B.");
        assert_eq!(case.scene().holder(2, SHARE_CUES), None);
    }

    #[test]
    fn a_percentage_with_a_subject_of_its_own_has_no_holder() {
        for text in [
            "Có [12/15|ratio|xã] đạt chuẩn, tỷ lệ che phủ rừng đạt [65%|percentage].",
            "Có [12/15|ratio|xã] đạt chuẩn, trong đó chiếm [65%|percentage].",
            "Có [12/15|ratio|xã] đạt chuẩn; đạt [65%|percentage].",
            "Có [12/15|ratio|xã] tăng [65%|percentage].",
        ] {
            let case = trial(text);
            assert_eq!(case.scene().holder(1, SHARE_CUES), None, "{text}");
        }
    }

    #[test]
    fn units_agree_up_to_their_modifier() {
        assert!(same_unit("ca", "ca mắc"));
        assert!(!same_unit("ca", "cao ốc"));
        assert!(!same_unit("", ""));
    }
}
