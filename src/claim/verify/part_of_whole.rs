//! A part of a whole against its percentage: "67/69 chi bộ hoàn thành tốt (chiếm 97,1%)".
//!
//! `part_of_whole` compares; where the whole is not written, `implied_whole` says which whole numbers make the
//! percentage possible ("4.979 đảng viên (chiếm 95,54%)" → 5.211, only when cut).

use rust_decimal::Decimal;

use super::interval::Written;
use super::judge::{Question, judge};
use super::scene::{
    Holder, SHARE_CUES, Scene, ends_with, has, is_percentage, role, same_thing, same_unit, starts_with, tail,
};
use super::{Check, target};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind, Role};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        if claim.kind == Kind::Percentage {
            out.extend(share(scene, at, claim));
        }
    }
}

fn share(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    if let Some(ratio) = in_brackets_after(scene, at) {
        return compare(scene, at, ratio, None, true);
    }
    if let Some(ratio) = respectively(scene, at) {
        return compare(scene, at, ratio, None, claim.reference.is_none());
    }
    if let Some((whole, part)) = in_its_total(scene, at, claim) {
        return compare(scene, at, part, Some((scene.written(whole)?, Some(whole))), true);
    }
    let (part, certain) = part_of(scene, at, claim)?;
    let held = scene.claim(part)?;
    match held.kind {
        Kind::Ratio => compare(scene, at, part, None, certain),
        Kind::Count | Kind::Money | Kind::Measurement => match whole_of(scene, at, part) {
            Some((whole, whole_at)) => compare(scene, at, part, Some((whole, whole_at)), certain),
            None if certain && held.kind == Kind::Count => target::implied(scene, "implied_whole", "tổng số", part, at),
            None => None,
        },
        _ => None,
    }
}

/// The number that a share is a share of its whole, and whether that is certain.
pub(super) fn part_of(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<(usize, bool)> {
    let Holder { at: part, mut certain } = scene.holder(at, SHARE_CUES)?;
    // Of two shares behind one number only the first is sure to be its own.
    if (part + 1..at).any(|between| scene.claim(between).is_some_and(|c| c.kind == Kind::Percentage)) {
        return None;
    }
    let held = scene.claim(part)?;
    let after = scene.after(at).trim_start();
    match claim.reference.as_ref() {
        Some(reference) if reference.role != Role::Whole => return None,
        Some(reference) if reference.value.is_none() => {
            let named = scene.text.get(reference.span.range()).unwrap_or_default();
            let bare = ["tổng số ", "số ", "tổng "].iter().find_map(|cue| named.strip_prefix(cue)).unwrap_or(named);
            certain &= bare == held.unit;
        }
        Some(_) => {}
        None => {
            let closed = after.is_empty() || after.starts_with([',', ')', '.', ';']) || starts_with(after, "và");
            let same = ["tổng số", "số"]
                .iter()
                .find_map(|cue| after.strip_prefix(cue)?.trim_start().strip_prefix(held.unit.as_str()))
                .is_some_and(|rest| !held.unit.is_empty() && rest.trim_start().starts_with([',', ')', '.', ';']));
            certain &= closed || same;
        }
    }
    Some((part, certain))
}

/// "đạt 97,1% (67/69 xã)".
fn in_brackets_after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let next = scene.claim(at + 1).filter(|claim| claim.kind == Kind::Ratio)?;
    let gap = scene.between(at, at + 1)?;
    let (outside, inside) = gap.split_once('(')?;
    let cued = ["", "với", "tức", "có", "đạt", "tương đương", "tương ứng", "gồm"].contains(&inside.trim());
    let own = outside.len() <= 60 && !outside.contains([',', ';', ')']) && next.reference.is_none();
    (cued && own && role(scene.claim(at)?).is_none_or(|role| role == Role::Whole)).then_some(at + 1)
}

/// "43/47 thôn và 25/31 tổ đạt chuẩn, lần lượt chiếm 91,5% và 80,6%": as many ratios as percentages, in one order.
fn respectively(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let is = |i: usize, kind: Kind| scene.claim(i).is_some_and(|claim| claim.kind == kind);
    let joined = |i: usize| scene.between(i, i + 1).is_some_and(|gap| ["và", ","].contains(&gap.trim()));
    let mut first = at;
    while first > 0 && at - first < 6 && is(first - 1, Kind::Percentage) && joined(first - 1) {
        first -= 1;
    }
    let mut count = at - first + 1;
    while count < 6 && is(first + count, Kind::Percentage) && joined(first + count - 1) {
        count += 1;
    }
    let ratios = first.checked_sub(count).filter(|_| count >= 2)?;
    let cued = scene
        .between(first - 1, first)
        .is_some_and(|gap| gap.len() <= 160 && !gap.contains(';') && has(gap, "lần lượt"));
    let whole =
        (ratios..first).all(|i| is(i, Kind::Ratio) && scene.between(i, first).is_some_and(|gap| gap.len() <= 300));
    let alone = ratios == 0 || !is(ratios - 1, Kind::Ratio) || scene.between(ratios - 1, ratios).is_none();
    (cued && whole && alone).then(|| ratios + (at - first))
}

/// The whole of a part, where the article states it.
fn whole_of(scene: &Scene<'_>, share: usize, part: usize) -> Option<(Written, Option<usize>)> {
    let (claim, held) = (scene.claim(share)?, scene.claim(part)?);
    for reference in [&claim.reference, &held.reference].into_iter().flatten() {
        if reference.role == Role::Whole
            && let Some(value) = reference.value
        {
            return Some((Written::bare(value, held.kind == Kind::Count), None));
        }
    }
    // "Trong tổng số 154 thôn, có 120 thôn (chiếm 78%)".
    let whole = part.checked_sub(1)?;
    let stated = scene.claim(whole).filter(|c| c.kind == held.kind && same_unit(&c.unit, &held.unit))?;
    let before = scene.before(whole);
    let cued = ["trong tổng số", "trong số", "Trong tổng số", "Trong số", "trên tổng số"]
        .iter()
        .any(|cue| ends_with(before, cue));
    let plain = scene.between(whole, part).is_some_and(|gap| !gap.contains([';', '(', ')']) && gap.len() <= 80);
    (cued && plain && !is_percentage(stated)).then(|| (Written::of(stated, scene.text), Some(whole)))
}

/// "Huyện có 5.280 hộ, trong đó 1.752 hộ dùng nước sạch, chiếm 33,18%": the whole and the part before a share.
fn in_its_total(scene: &Scene<'_>, at: usize, share: &Claim) -> Option<(usize, usize)> {
    let (whole, part) = (at.checked_sub(2)?, at - 1);
    let (total, held) = (scene.claim(whole)?, scene.claim(part)?);
    let alike = total.kind == held.kind
        && matches!(held.kind, Kind::Count | Kind::Money | Kind::Measurement)
        && same_thing(&total.unit, &held.unit)
        && total.value_max.is_none()
        && held.value_max.is_none();
    let (first, second) = (scene.between(whole, part)?, scene.between(part, at)?);
    let listed = first.len() <= 120 && !first.contains(['(', ')', '\n', ':']);
    let listed = listed && ["trong đó", "riêng"].iter().any(|cue| has(first, cue));
    let own = second.len() <= 120 && !second.contains([';', ')', '\n', ':']);
    let own = own && ["chiếm", "chiếm tỷ lệ", "chiếm tỉ lệ", "bằng"].contains(&tail(second));
    // An outer total would be as good a whole.
    let outer = scene.nearby(at).any(|i| i < whole && scene.claim(i).is_some_and(|c| same_thing(&c.unit, &total.unit)));
    let after = scene.after(at).trim_start();
    let named = match share.reference.as_ref() {
        None => after.is_empty() || after.starts_with([',', ')', '.', ';']),
        Some(reference) => {
            let words = scene.text.get(reference.span.range()).unwrap_or_default().to_lowercase();
            let bare = ["tổng số ", "tổng ", "số "].iter().find_map(|cue| words.strip_prefix(cue)).unwrap_or(&words);
            reference.role == Role::Whole
                && reference.value.is_none()
                && (bare == total.unit || has(&scene.before(whole).to_lowercase(), bare))
        }
    };
    (alike && listed && own && !outer && named).then_some((whole, part))
}

fn compare(
    scene: &Scene<'_>,
    at: usize,
    part: usize,
    whole: Option<(Written, Option<usize>)>,
    certain: bool,
) -> Option<Check> {
    let held = scene.claim(part)?;
    let (whole, whole_at) = match whole {
        Some(whole) => whole,
        None => (Written::denominator(held)?, None),
    };
    let mut claims: Vec<_> = whole_at.into_iter().chain([part, at]).collect();
    claims.sort_unstable();
    // "2/3 số hộ" is a way of speaking, "67/69 chi bộ" a count of both.
    let spoken = whole.value < Decimal::TEN
        && ["số", "dân số", "tổng số", "diện tích", "lượng"].iter().any(|word| starts_with(scene.after(part), word));
    // "tháng 9/2013 (5,99%)" read as a ratio would be a month of a year.
    let dated = held.value <= Decimal::from(12) && (Decimal::from(1900)..Decimal::from(2100)).contains(&whole.value);
    let certain = certain && !spoken && !dated;
    let equation = Equation::Share { part: scene.written(part)?, whole };
    judge(Question { rule: "part_of_whole", equation, reported: scene.written(at)?, claims, certain }, scene.text)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::{self, *};
    use crate::claim::verify::trial::{assert_verdicts, only, verdicts};

    #[test]
    fn a_ratio_and_its_percentage_agree_or_not() {
        let cases: &[(&str, Option<Verdict>)] = &[
            ("Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,1%|percentage]).", Some(Consistent)),
            ("Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,4%|percentage]).", Some(Inconsistent)),
            ("Có [120/154|ratio|thôn] ở thôn, tổ (đạt [78%|percentage]).", Some(Consistent)),
            ("Có [120/154|ratio|thôn] ở thôn, tổ (đạt [87%|percentage]).", Some(Inconsistent)),
            ("Có [127/127|ratio|cán bộ] đạt chuẩn (đạt [100%|percentage]).", Some(Consistent)),
            ("Có [126/127|ratio|cán bộ] đạt chuẩn (đạt [100%|percentage]).", Some(Inconsistent)),
            ("Có [111/119|ratio|cán bộ] đạt chuẩn (đạt [93,27%|percentage]).", Some(ConsistentIfTruncated)),
            ("Có [111/119|ratio|cán bộ] đạt chuẩn (đạt [93,28%|percentage]).", Some(Consistent)),
            ("Có [111/119|ratio|cán bộ] đạt chuẩn (đạt [93,29%|percentage]).", Some(Inconsistent)),
            ("Xã có [18/19|ratio|tiêu chí] hoàn thành, đạt [94,7%|percentage].", Some(Consistent)),
            ("Xã có [18/19|ratio|tiêu chí] hoàn thành, đạt [97,4%|percentage].", Some(Inconsistent)),
            ("Tỷ lệ đạt [97,1%|percentage] ([67/69|ratio|xã]).", Some(Consistent)),
            ("Tỷ lệ đạt [91,7%|percentage] ([67/69|ratio|xã]).", Some(Inconsistent)),
            ("Có [1/8|ratio|xã] về đích (đạt [12%|percentage]).", Some(ConsistentIfTruncated)),
            ("Có [1/8|ratio|xã] về đích (đạt [13%|percentage]).", Some(Consistent)),
            ("Có [12/15|ratio|xã] về đích, chiếm [80%|percentage|whole=số xã] số xã.", Some(Consistent)),
            ("Có [12/15|ratio|xã] về đích, chiếm [60%|percentage|whole=số xã] số xã.", Some(Inconsistent)),
        ];
        assert_verdicts("part_of_whole", cases);
    }

    #[test]
    fn a_count_its_share_and_a_stated_whole_agree_or_not() {
        let cases: &[(&str, Option<Verdict>)] = &[
            ("Trong tổng số [154|count|thôn], có [120|count|thôn] đạt (chiếm [77,9%|percentage]).", Some(Consistent)),
            ("Trong tổng số [154|count|thôn], có [120|count|thôn] đạt (chiếm [79,7%|percentage]).", Some(Inconsistent)),
            (
                "Có [120|count|thôn|whole=tổng số thôn|ref=154] của tổng số thôn (chiếm [77,9%|percentage]).",
                Some(Consistent),
            ),
            (
                "Có [120|count|thôn|whole=tổng số thôn|ref=145] của tổng số thôn (chiếm [77,9%|percentage]).",
                Some(Inconsistent),
            ),
        ];
        assert_verdicts("part_of_whole", cases);
    }

    #[test]
    fn a_total_its_part_and_a_share_agree_or_not() {
        assert_verdicts(
            "part_of_whole",
            &[
                (
                    "Huyện có [528|count|hộ], trong đó [132|count|hộ] có nước sạch, chiếm [25%|percentage].",
                    Some(Consistent),
                ),
                (
                    "Huyện có [528|count|hộ], trong đó [132|count|hộ] có nước sạch, chiếm [52%|percentage].",
                    Some(Inconsistent),
                ),
                (
                    "Cả nước [9.528|count|hộ], tỉnh [528|count|hộ], trong đó [132|count|hộ] nghèo, chiếm [52%|percentage].",
                    None,
                ),
            ],
        );
    }

    #[test]
    fn ratios_and_percentages_pair_in_order_with_a_cue() {
        let both = |cue: &str, first: &str, second: &str| {
            format!(
                "Có [43/47|ratio|thôn] và [25/31|ratio|tổ] đạt chuẩn, {cue} [{first}|percentage] và [{second}|percentage]."
            )
        };
        assert_eq!(verdicts(&both("lần lượt chiếm", "91,5%", "80,6%"), "part_of_whole"), [Consistent, Consistent]);
        assert_eq!(verdicts(&both("lần lượt chiếm", "80,6%", "91,5%"), "part_of_whole"), [Inconsistent, Inconsistent]);
        assert_eq!(verdicts(&both("chiếm", "91,5%", "80,6%"), "part_of_whole"), []);
    }

    #[test]
    fn another_base_or_a_hedge_is_no_error() {
        let cases: &[(&str, Option<Verdict>)] = &[
            ("Có [12/15|ratio|xã] đạt chuẩn, tỷ lệ che phủ rừng đạt [65%|percentage].", None),
            ("Có [12/15|ratio|xã] đạt chuẩn, chiếm [30%|percentage] dân số toàn huyện.", None),
            ("Có [12/15|ratio|xã] đạt chuẩn, trong đó [30%|percentage] đạt nâng cao.", None),
            ("Có [12/15|ratio|xã] đạt chuẩn, chiếm [6%|percentage|whole=số xã cả nước] số xã cả nước.", None),
            ("Có [5/10|ratio|xã] và [3/7|ratio|phường] về đích, đạt [60%|percentage].", None),
            ("Có [12/15|ratio|xã] đạt chuẩn, bằng [110%|percentage|base=cùng kỳ] so với cùng kỳ.", None),
            ("Khoảng [3/5|ratio|hộ|mod=approximately] có nước sạch (chiếm [64%|percentage]).", Some(Consistent)),
            ("Khoảng [3/5|ratio|hộ|mod=approximately] có nước sạch (chiếm [84%|percentage]).", None),
            ("Có [12/15|ratio|xã] về đích (đạt [82%|percentage|mod=approximately]).", Some(Consistent)),
            ("Có [12/15|ratio|xã] về đích (đạt [87%|percentage|mod=approximately]).", None),
            ("Đến tháng [9/2013|ratio|nợ] ([5,99%|percentage]).", None),
            ("Có [2/3|ratio|hộ] số hộ ở phố (chiếm [70%|percentage]).", None),
            ("Có [12/15|ratio|xã] về đích (đạt hơn [79%|percentage|mod=more_than]).", None),
            ("Có [12/15|ratio|xã] đạt chuẩn.\nChiếm [30%|percentage] diện tích.", None),
        ];
        assert_verdicts("part_of_whole", cases);
    }

    #[test]
    fn the_explanation_shows_the_arithmetic() {
        let told = |marked| only(marked, "part_of_whole").explanation;
        assert_eq!(
            told("Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,1%|percentage])."),
            "67/69 = 97,10 %, viết 97,1 %: khớp."
        );
        assert_eq!(
            told("Có [111/119|ratio|cán bộ] đạt chuẩn (đạt [93,27%|percentage])."),
            "111/119 = 93,277 %, viết 93,27 %: chỉ khớp nếu cắt bớt chữ số (làm tròn là 93,28 %)."
        );
    }

    #[test]
    fn a_share_of_an_unwritten_whole_says_which_whole_it_could_be() {
        let check = only("Có [4.979|count|đảng viên] hoàn thành (chiếm [95,54%|percentage]).", "implied_whole");
        assert_eq!((check.verdict, check.computed), (Implied, Some(5211.into())));
        assert!(check.explanation.contains("5.211") && check.explanation.contains("cắt bớt"), "{}", check.explanation);
        assert_verdicts(
            "implied_whole",
            &[
                ("Có [4.979|count|đảng viên] hoàn thành, tăng [95,54%|change|dir=up].", None),
                ("Có khoảng [4.979|count|đảng viên|mod=at_least] hoàn thành (chiếm [95,54%|percentage]).", None),
            ],
        );
    }
}
