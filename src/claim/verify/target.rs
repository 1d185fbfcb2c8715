//! A percentage of a target: "kết nạp 307 đảng viên mới (đạt 51,17% so với Nghị quyết)".
//!
//! `target_reached` compares where the article states the target's own value; else `implied_target` says which target
//! makes the percentage possible (exactly 600 here). "chiếm 97,1% và đạt 146,15% so với Nghị quyết" is one numerator
//! against two bases: `implied_target_share` is the share that the target asked for (66,44 %).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::interval::{Interval, Written};
use super::judge::{Question, judge, number};
use super::scene::{Holder, Scene, TARGET_CUES, ends_with, has, role, same_unit};
use super::written::{half_up, shown, to_places, vietnamese};
use super::{Check, Verdict, part_of_whole};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind, Role};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        if claim.kind == Kind::TargetPercentage && claim.value_max.is_none() {
            out.extend(target(scene, at));
        }
    }
}

fn target(scene: &Scene<'_>, at: usize) -> Option<Check> {
    if let Some(check) = share_asked_for(scene, at) {
        return Some(check);
    }
    let Holder { at: part, certain } = scene.holder(at, TARGET_CUES)?;
    let held = scene.claim(part)?;
    let timed = ["năm", "tháng", "quý", "tuần", "ngày"].contains(&held.unit.as_str());
    if !matches!(held.kind, Kind::Count | Kind::Money | Kind::Measurement) || held.value_max.is_some() || timed {
        return None;
    }
    let Some((whole, whole_at)) = stated(scene, at, part) else {
        return certain.then(|| implied(scene, "implied_target", "chỉ tiêu", part, at)).flatten();
    };
    let equation = Equation::Share { part: scene.written(part)?, whole };
    let mut claims: Vec<_> = [part, at].into_iter().chain(whole_at).collect();
    claims.sort_unstable();
    judge(Question { rule: "target_reached", equation, reported: scene.written(at)?, claims, certain }, scene.text)
}

/// The target's own value, where the article states it: in the reference, or as "(kế hoạch 600 …)".
pub(super) fn stated(scene: &Scene<'_>, percentage: usize, part: usize) -> Option<(Written, Option<usize>)> {
    let held = scene.claim(part)?;
    if let Some(reference) = scene.claim(percentage)?.reference.as_ref()
        && let (Role::Target, Some(value)) = (reference.role, reference.value)
        // "so với dự toán là 175 tỷ đồng, đạt 103%": the link stage took the value itself for the target's.
        && value != held.value
    {
        // Where the value is a claim of its own, its stated precision is known.
        let same = |&at: &usize| at != part && scene.claim(at).is_some_and(|c| c.value == value && c.unit == held.unit);
        let claim = scene.nearby(percentage).find(same);
        let written = claim.and_then(|at| scene.written(at));
        return Some((written.unwrap_or_else(|| like(value, held)), claim));
    }
    let target = scene.nearby(percentage).find(|&at| {
        let unit = |claim: &Claim| claim.kind == held.kind && same_unit(&claim.unit, &held.unit);
        at != part && scene.claim(at).is_some_and(unit) && (is_target(scene.before(at)) || was_given(scene, at, part))
    })?;
    let close = if target > percentage {
        scene.between(percentage, target)?.len() <= 60 && target == percentage + 1
    } else {
        target + 1 == part && scene.between(target, part)?.len() <= 80
    };
    close.then(|| (scene.written(target), Some(target))).and_then(|(written, at)| Some((written?, at)))
}

/// "(kế hoạch", "chỉ tiêu là": the number that follows is a target's own.
pub(super) fn is_target(before: &str) -> bool {
    ["kế hoạch", "chỉ tiêu", "dự toán", "mục tiêu", "Kế hoạch", "Chỉ tiêu", "Dự toán", "Mục tiêu"].iter().any(|word| {
        ends_with(before, word)
            || ["giao", "là", "giao là", "năm là"]
                .iter()
                .any(|link| before.trim_end().strip_suffix(link).is_some_and(|rest| ends_with(rest, word)))
    })
}

/// "huyện được giao thu 695 tỷ đồng, thực hiện được 852 tỷ đồng": what was given, and what was done.
fn was_given(scene: &Scene<'_>, target: usize, part: usize) -> bool {
    let done = |gap: &str| !gap.contains(';') && has(gap, "thực hiện");
    has(scene.before(target), "được giao") && target + 1 == part && scene.between(target, part).is_some_and(done)
}

/// A value without words beside a claim: no finer than the claim's own scale where its digits allow that.
fn like(value: Decimal, held: &Claim) -> Written {
    let mut written = Written::bare(value, held.kind == Kind::Count);
    if written.decimals == 0 && held.decimals < 0 {
        written.decimals = held.decimals;
        if written.mantissa().is_none() {
            written.decimals = 0;
        }
    }
    written
}

/// What `part` is so many per cent of: the whole numbers, for a count; the interval, for an amount.
pub(super) fn implied(scene: &Scene<'_>, rule: &'static str, what: &str, part: usize, at: usize) -> Option<Check> {
    let (held, percentage) = (scene.written(part)?, scene.written(at)?);
    if held.hedge.is_some()
        || percentage.hedge.is_some()
        || percentage.value <= Decimal::ZERO
        || held.value <= Decimal::ZERO
    {
        return None;
    }
    let (part_words, percentage_words) = (shown(&held, scene.text), shown(&percentage, scene.text));
    let middle = half_up(held.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(percentage.value)?, 8).normalize();
    let (range, computed, result) = if held.is_exact() {
        let (range, cut) = match whole_numbers(held.value, percentage.rounded()?) {
            Some(range) => (range, false),
            None => (whole_numbers(held.value, percentage.cut()?)?, true),
        };
        let cut = if cut { ", và chỉ khi cắt bớt chữ số thay vì làm tròn" } else { "" };
        if range.low == range.high {
            let share = Equation::Share { part: held.value, whole: range.low }.value()?;
            let places = percentage.value.scale() + u32::from(!cut.is_empty());
            let (n, share) = (vietnamese(range.low), to_places(share, places));
            (range, range.low, format!("{n} ({part_words}/{n} = {share} %{cut})"))
        } else {
            let whole = half_up(middle, 0).clamp(range.low, range.high);
            let (low, high) = (vietnamese(range.low), vietnamese(range.high));
            (range, whole, format!("một số nguyên từ {low} đến {high}{cut}"))
        }
    } else {
        let (part, share) = (held.rounded()?, percentage.rounded()?);
        let end = |part: Decimal, share: Decimal| {
            Some(half_up(part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(share)?, 8).normalize())
        };
        if share.low <= Decimal::ZERO {
            return None;
        }
        let range = Interval { low: end(part.low, share.high)?, high: end(part.high, share.low)? };
        // Few digits would hide the width of the interval.
        let extra = u32::from(held.mantissa().is_some_and(|digits| digits < 1000));
        let show = |value| number(value, &held, scene.text, extra);
        (range, middle, format!("khoảng {} (từ {} đến {})", show(middle), show(range.low), show(range.high)))
    };
    Some(Check {
        rule,
        claims: vec![part, at],
        reported: None,
        computed: Some(computed),
        lower: Some(range.low),
        upper: Some(range.high),
        verdict: Verdict::Implied,
        explanation: format!("{part_words} là {percentage_words}, suy ra {what} là {result}."),
    })
}

/// The least and greatest whole number of which `part` is a percentage in the interval.
fn whole_numbers(part: Decimal, percentage: Interval) -> Option<Interval> {
    if percentage.low <= Decimal::ZERO {
        return None;
    }
    let hundredfold = part.checked_mul(Decimal::ONE_HUNDRED)?;
    let fits = |whole: Decimal| {
        let share = Equation::Share { part, whole }.value();
        share.is_some_and(|share| percentage.contains(share))
    };
    // The quotients are rounded at the 28th digit: look one to each side.
    let low = hundredfold.checked_div(percentage.high)?.ceil();
    let high = hundredfold.checked_div(percentage.low)?.floor();
    let low = [low.checked_sub(Decimal::ONE)?, low, low.checked_add(Decimal::ONE)?].into_iter().find(|&n| fits(n))?;
    let high =
        [high.checked_add(Decimal::ONE)?, high, high.checked_sub(Decimal::ONE)?].into_iter().find(|&n| fits(n))?;
    Some(Interval { low, high })
}

/// "(chiếm 97,1% và đạt 146,15% so với Nghị quyết)": the share that the resolution asked for.
fn share_asked_for(scene: &Scene<'_>, at: usize) -> Option<Check> {
    let share_at = at.checked_sub(1)?;
    let share_claim = scene.claim(share_at).filter(|claim| claim.kind == Kind::Percentage)?;
    let joined = matches!(
        scene.between(share_at, at)?.trim(),
        "và đạt" | ", đạt" | "và bằng" | ", bằng" | "và hoàn thành" | "và" | "," | "; đạt"
    );
    let (part, certain) = part_of_whole::part_of(scene, share_at, share_claim)?;
    let held = scene.claim(part)?;
    let counted = held.kind == Kind::Ratio || (held.kind == Kind::Count && role(share_claim).is_none());
    let (share, percentage) = (scene.written(share_at)?, scene.written(at)?);
    if !joined || !certain || !counted || share.hedge.is_some() || percentage.hedge.is_some() {
        return None;
    }
    let (top, bottom) = (share.rounded()?, percentage.rounded()?);
    let divide =
        |a: Decimal, b: Decimal| Some(half_up(a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?, 8).normalize());
    if bottom.low <= Decimal::ZERO {
        return None;
    }
    let computed = divide(share.value, percentage.value)?;
    // A share cannot be more than all: then the target was an amount.
    if computed > Decimal::ONE_HUNDRED {
        return None;
    }
    let (low, high) = (divide(top.low, bottom.high)?, divide(top.high, bottom.low)?);
    let places = percentage.value.scale().max(share.value.scale()).to_u32()?;
    Some(Check {
        rule: "implied_target_share",
        claims: vec![share_at, at],
        reported: None,
        computed: Some(computed),
        lower: Some(low),
        upper: Some(high),
        verdict: Verdict::Implied,
        explanation: format!(
            "{} là {} chỉ tiêu, suy ra chỉ tiêu đề ra là {} %.",
            shown(&share, scene.text),
            shown(&percentage, scene.text),
            to_places(computed, places)
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::{assert_verdicts, only};

    fn d(text: &str) -> Option<Decimal> {
        Some(text.parse().expect("a decimal"))
    }

    #[test]
    fn a_count_and_its_percentage_imply_the_target() {
        let one = only(
            "Đã kết nạp [307|count|đảng viên] mới (đạt [51,17%|target_percentage] so với Nghị quyết).",
            "implied_target",
        );
        assert_eq!((one.verdict, one.lower, one.computed, one.upper), (Implied, d("600"), d("600"), d("600")));
        assert_eq!(one.explanation, "307 là 51,17 %, suy ra chỉ tiêu là 600 (307/600 = 51,17 %).");
        let many = only("Đã trồng [30|count|cây] (đạt [12%|target_percentage] kế hoạch).", "implied_target");
        assert_eq!((many.lower, many.computed, many.upper), (d("241"), d("250"), d("260")));
        let cut = only("Có [4.979|count|hộ] ký (đạt [95,54%|target_percentage] kế hoạch).", "implied_target");
        assert_eq!((cut.lower, cut.upper), (d("5211"), d("5211")));
        assert!(cut.explanation.contains("cắt bớt"));
    }

    #[test]
    fn an_amount_implies_a_target_in_its_own_words() {
        let check = only("Thu [1.250 tỷ đồng|money|VND], đạt [62,5%|target_percentage] dự toán.", "implied_target");
        assert_eq!(check.computed, d("2000000000000"));
        assert!(check.explanation.contains("khoảng 2.000 tỷ đồng"), "{}", check.explanation);
    }

    #[test]
    fn one_numerator_against_two_bases_implies_the_share_asked_for() {
        let check = only(
            "Có [67/69|ratio|chi bộ] hoàn thành (chiếm [97,1%|percentage] và đạt [146,15%|target_percentage] so với Nghị quyết).",
            "implied_target_share",
        );
        assert_eq!(check.computed.map(|c| c.round_dp(2)), d("66.44"));
        assert_eq!(check.explanation, "97,1 % là 146,15 % chỉ tiêu, suy ra chỉ tiêu đề ra là 66,44 %.");
        assert_verdicts(
            "implied_target_share",
            &[
                ("Thu [500 tỷ đồng|money|VND], chiếm [40%|percentage] và đạt [60%|target_percentage] dự toán.", None),
                (
                    "Có [67/69|ratio|xã] đạt (chiếm [97,1%|percentage] và đạt [46,15%|target_percentage] kế hoạch).",
                    None,
                ),
            ],
        );
    }

    #[test]
    fn a_stated_target_is_compared() {
        assert_verdicts(
            "target_reached",
            &[
                (
                    "Trồng [307|count|cây], đạt [51,17%|target_percentage|target=kế hoạch|ref=600] kế hoạch.",
                    Some(Consistent),
                ),
                (
                    "Trồng [307|count|cây], đạt [57,11%|target_percentage|target=kế hoạch|ref=600] kế hoạch.",
                    Some(Inconsistent),
                ),
                (
                    "Trồng [307|count|cây], đạt [51,17%|target_percentage] kế hoạch (kế hoạch [600|count|cây]).",
                    Some(Consistent),
                ),
                (
                    "Trồng [307|count|cây], đạt [51,17%|target_percentage] kế hoạch (kế hoạch [500|count|cây]).",
                    Some(Inconsistent),
                ),
                (
                    "Thu ước đạt [1.250 tỷ đồng|money|VND|mod=approximately], bằng [62,5%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    Some(Consistent),
                ),
                (
                    "Thu ước đạt [1.250 tỷ đồng|money|VND|mod=approximately], bằng [65,2%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    Some(Inconsistent),
                ),
                (
                    "Thu [1.254 tỷ đồng|money|VND|mod=more_than], bằng [62,7%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    Some(Consistent),
                ),
                (
                    "Thu khoảng [1.300 tỷ đồng|money|VND|mod=approximately], bằng [92,5%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    None,
                ),
                (
                    "Thu [1.250 tỷ đồng|money|VND], tăng [5%|change|dir=up] so với cùng kỳ, bằng [62,5%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    Some(Consistent),
                ),
                (
                    "Thu [1.250 tỷ đồng|money|VND], trong đó thu nội địa bằng [92,5%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                    None,
                ),
            ],
        );
    }
}
