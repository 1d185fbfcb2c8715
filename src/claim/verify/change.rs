//! A change against its two levels: "giảm từ 11,25% xuống còn 2,89% (giảm 8,36 điểm %)".

use rust_decimal::Decimal;

use super::interval::Written;
use super::judge::{Question, judge, verdict};
use super::scene::{Scene, ends_with, has};
use super::{Check, Verdict};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Direction, Kind, Role};

const RULE: &str = "change_between_levels";

/// The two levels of a change, each with its claim where it is one.
struct Levels {
    from: (Written, Option<usize>),
    to: (Written, usize),
    certain: bool,
}

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        if claim.kind == Kind::Change && claim.value_max.is_none() {
            out.extend(change(scene, at, claim));
        }
    }
}

fn change(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let direction = claim.direction?;
    let rate = [scene.before(at), scene.after(at)].iter().any(|words| {
        ["bình quân", "trung bình", "mỗi năm", "hằng năm", "hàng năm", "một năm"].iter().any(|cue| has(words, cue))
    });
    if rate || scene.after(at).starts_with('/') {
        return None;
    }
    let levels =
        pair(scene, at, claim).or_else(|| from_amount(scene, at)).or_else(|| against_baseline(scene, at, claim))?;
    let level = scene.claim(levels.to.1)?;
    let mut reported = scene.written(at)?;
    if direction == Direction::Decrease {
        reported.value.set_sign_negative(true);
    }
    let (from, to) = (levels.from.0, levels.to.0);
    let growth = Equation::Growth { from: from.clone(), to: to.clone() };
    let difference = Equation::Difference { from, to };
    let points = claim.unit.starts_with("điểm");
    let equation = match (claim.unit.as_str(), level.unit.as_str()) {
        // "từ 11,25% xuống 2,89%, giảm 8,36%": points are meant as often as per cent.
        ("%", "%") if verdict(&growth, &reported) != Some(Verdict::Consistent) => difference,
        ("%", _) => growth,
        (_, "%") if points => difference,
        (unit, other) if unit == other && !points => difference,
        _ => return None,
    };
    let mut claims: Vec<_> = levels.from.1.into_iter().chain([levels.to.1, at]).collect();
    claims.sort_unstable();
    judge(Question { rule: RULE, equation, reported, claims, certain: levels.certain }, scene.text)
}

/// "từ A lên B, tăng X", "tăng X (từ A lên B)".
fn pair(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Levels> {
    let (from, to, gap) = if let Some(to) = at.checked_sub(1)
        && let Some(from) = to.checked_sub(1)
        && is_pair(scene, from, to)
    {
        (from, to, scene.between(to, at)?)
    } else if is_pair(scene, at + 1, at + 2) {
        (at + 1, at + 2, scene.between(at, at + 1)?)
    } else {
        return None;
    };
    let clean = gap.len() <= 60 && !gap.contains([';', ':']) && !has(gap, "trong đó") && !has(gap, "còn");
    // "từ A xuống còn B, giảm X so với năm trước": A is last year's, unless it is said to be of another time.
    let last = claim.reference.as_ref().and_then(|r| scene.text.get(r.span.range()));
    let timed = ["năm", "tháng", "quý", "đầu", "tuần", "ngày"];
    let last = last.is_some_and(|base| ["năm trước", "năm ngoái", "cùng kỳ", "cùng kỳ năm trước"].contains(&base))
        && scene.between(from, to).is_some_and(|gap| !timed.iter().any(|word| has(gap, word)));
    let own_base = last
        || claim.reference.is_none()
            && !["so với", "so", "cùng kỳ", "kế hoạch", "dự toán"].iter().any(|base| has(scene.after(at), base));
    let short = claim.statement == scene.claim(to)?.statement || gap.len() <= 20;
    clean.then_some(Levels {
        from: (scene.written(from)?, Some(from)),
        to: (scene.written(to)?, to),
        certain: own_base && short && gap.matches(',').count() <= 1,
    })
}

/// "từ 80 đồng … lên 100 đồng": two levels of one thing.
fn is_pair(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let (Some(first), Some(second), Some(gap)) = (scene.claim(from), scene.claim(to), scene.between(from, to)) else {
        return false;
    };
    let level = |claim: &Claim| {
        claim.value_max.is_none()
            && matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Percentage | Kind::Rate)
    };
    let begins = ["từ", "từ mức", "Từ", "Từ mức"].iter().any(|cue| ends_with(scene.before(from), cue));
    let ends = [
        "lên",
        "lên tới",
        "lên đến",
        "lên mức",
        "lên thành",
        "xuống",
        "xuống còn",
        "xuống mức",
        "còn",
        "giảm còn",
        "tăng lên",
        "giảm xuống",
        "giảm xuống còn",
        "thành",
    ]
    .iter()
    .any(|cue| ends_with(gap, cue));
    let one = gap.len() <= 80 && !gap.contains([';', ':']) && !has(gap, "trong đó");
    level(first) && level(second) && first.kind == second.kind && first.unit == second.unit && begins && ends && one
}

/// "5.573 doanh nghiệp, tăng 584 doanh nghiệp (11,71%) so với cùng kỳ": the level before is the level now less the change.
fn from_amount(scene: &Scene<'_>, at: usize) -> Option<Levels> {
    let (to, by) = (at.checked_sub(2)?, at - 1);
    let (level, change) = (scene.claim(to)?, scene.claim(by)?);
    let (gap, aside) = (scene.between(to, by)?, scene.between(by, at)?);
    let alike = change.kind == Kind::Change
        && change.value_max.is_none()
        && change.direction == scene.claim(at)?.direction
        && matches!(level.kind, Kind::Count | Kind::Money | Kind::Measurement)
        && level.value_max.is_none()
        && super::scene::same_unit(&level.unit, &change.unit);
    let verb = ["tăng", "giảm", "tăng thêm"].contains(&super::scene::tail(gap)) && gap.len() <= 80;
    let plain = !gap.contains([';', ':', ')']) && gap.matches(',').count() == 1 && !has(gap, "trong đó");
    let bracket = aside.split_once('(').is_some_and(|(noun, cue)| {
        noun.len() <= 40
            && !noun.contains([',', ';'])
            && ["", "tăng", "giảm", "tương đương", "tương ứng"].contains(&cue.trim())
    });
    if !alike || !verb || !plain || !bracket {
        return None;
    }
    let (now, by_how_much) = (scene.written(to)?, scene.written(by)?);
    let before = match change.direction? {
        Direction::Increase => now.value.checked_sub(by_how_much.value)?,
        Direction::Decrease => now.value.checked_add(by_how_much.value)?,
    };
    let decimals = now.decimals.min(by_how_much.decimals);
    let hedge = now.hedge.or(by_how_much.hedge);
    let from = Written { value: before, decimals, whole: now.whole, hedge, words: None };
    (before > rust_decimal::Decimal::ZERO).then_some(Levels { from: (from, Some(by)), to: (now, to), certain: true })
}

/// "đạt B, tăng X so với A": where the link stage found the baseline's own value, or it stands in brackets.
fn against_baseline(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Levels> {
    let to = at.checked_sub(1)?;
    let level = scene.claim(to)?;
    let gap = scene.between(to, at)?;
    let is_level = matches!(level.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Rate)
        || (level.kind == Kind::Percentage && !is_baseline(level));
    let plain = gap.len() <= 60
        && !gap.contains([';', ':', ')'])
        && gap.matches(',').count() <= 1
        && !["trong đó", "riêng", "còn", "và"].iter().any(|word| has(gap, word));
    let verb = ["tăng", "giảm", "tăng thêm", "tăng lên", "giảm đi", "giảm bớt"].iter().any(|cue| ends_with(gap, cue));
    // The subject must be the same: nothing but the verb behind the comma.
    let bare = ["tăng", "giảm", "tăng thêm", "giảm đi", "giảm bớt"].contains(&super::scene::tail(gap));
    if !is_level || !plain || !verb || level.value_max.is_some() {
        return None;
    }
    let certain = bare && claim.statement == level.statement;
    let to_level = (scene.written(to)?, to);
    let reference = claim.reference.as_ref().filter(|reference| reference.role == Role::Baseline);
    let next = at + 1;
    if scene.claim(next).is_some_and(|base| base.unit == level.unit && base.kind == level.kind)
        && in_brackets(scene.between(at, next)?)
    {
        return Some(Levels { from: (scene.written(next)?, Some(next)), to: to_level, certain });
    }
    let value = reference?.value.filter(|value| *value > Decimal::ZERO)?;
    let whole = level.kind == Kind::Count;
    let claimed =
        scene.nearby(at).find(|&i| i != to && scene.claim(i).is_some_and(|c| c.value == value && c.unit == level.unit));
    let from = claimed.and_then(|i| scene.written(i)).unwrap_or_else(|| {
        let mut bare = Written::bare(value, whole);
        if level.decimals < 0 {
            bare.decimals = level.decimals;
        }
        bare
    });
    (from.mantissa().is_some()).then_some(Levels { from: (from, claimed), to: to_level, certain })
}

/// "… so với cùng kỳ (1.000 tỷ đồng": the bracket holds the baseline alone.
fn in_brackets(gap: &str) -> bool {
    let Some((base, inside)) = gap.split_once('(') else { return false };
    let named = has(base, "so với") || has(base, "so với cùng kỳ") || has(base, "cùng kỳ");
    let inside = inside.trim();
    let label = inside.is_empty()
        || ["cùng kỳ", "cùng kỳ là", "cùng kỳ đạt", "năm trước", "năm trước là", "năm ngoái"].contains(&inside);
    named && label && base.len() <= 60 && !base.contains([',', ';'])
}

fn is_baseline(claim: &Claim) -> bool {
    claim.reference.as_ref().is_some_and(|reference| reference.role == Role::Baseline)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::{assert_verdicts, only};

    #[test]
    fn a_change_agrees_with_its_levels() {
        assert_verdicts(
            "change_between_levels",
            &[
                (
                    "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage] (giảm [8,36 điểm %|change|điểm %|dir=down]).",
                    Some(Consistent),
                ),
                (
                    "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage] (giảm [8,63 điểm %|change|điểm %|dir=down]).",
                    Some(Inconsistent),
                ),
                (
                    "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage], giảm [8,36%|change|dir=down].",
                    Some(Consistent),
                ),
                (
                    "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage], giảm [74,3%|change|dir=down].",
                    Some(Consistent),
                ),
                (
                    "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage], giảm [6,38%|change|dir=down].",
                    Some(Inconsistent),
                ),
                (
                    "Giá tăng từ [80 đồng|money|VND] lên [100 đồng|money|VND], tăng [25%|change|dir=up].",
                    Some(Consistent),
                ),
                (
                    "Giá tăng từ [80 đồng|money|VND] lên [100 đồng|money|VND], tăng [20%|change|dir=up].",
                    Some(Inconsistent),
                ),
                ("Ca mắc giảm từ [120|count|ca] xuống [90|count|ca], giảm [30|change|ca|dir=down].", Some(Consistent)),
                (
                    "Ca mắc giảm từ [120|count|ca] xuống [90|count|ca], giảm [40|change|ca|dir=down].",
                    Some(Inconsistent),
                ),
                (
                    "Thu tăng [25%|change|dir=up], từ [80 tỷ đồng|money|VND] lên [100 tỷ đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Thu tăng [52%|change|dir=up], từ [80 tỷ đồng|money|VND] lên [100 tỷ đồng|money|VND].",
                    Some(Inconsistent),
                ),
                (
                    "Thu đạt [1.250 tỷ đồng|money|VND], tăng [25%|change|dir=up|base=cùng kỳ|ref=1000000000000] so với cùng kỳ.",
                    Some(Consistent),
                ),
                (
                    "Thu đạt [1.250 tỷ đồng|money|VND], tăng [52%|change|dir=up|base=cùng kỳ|ref=1000000000000] so với cùng kỳ.",
                    Some(Inconsistent),
                ),
                (
                    "Thu đạt [1.250 tỷ đồng|money|VND], tăng [25%|change|dir=up] so với cùng kỳ ([1.000 tỷ đồng|money|VND]).",
                    Some(Consistent),
                ),
                (
                    "Thu đạt [1.250 tỷ đồng|money|VND], tăng [2,5%|change|dir=up] so với cùng kỳ ([1.000 tỷ đồng|money|VND]).",
                    Some(Inconsistent),
                ),
            ],
        );
    }

    #[test]
    fn an_amount_and_its_percentage_give_the_level_before() {
        assert_verdicts(
            "change_between_levels",
            &[
                (
                    "Có [110|count|vụ], tăng [10|change|vụ|dir=up] vụ ([10%|change|dir=up]) so với cùng kỳ.",
                    Some(Consistent),
                ),
                (
                    "Có [110|count|vụ], tăng [10|change|vụ|dir=up] vụ ([9,1%|change|dir=up]) so với cùng kỳ.",
                    Some(Inconsistent),
                ),
                (
                    "Có [110|count|vụ], bị thương [12|count|người], tăng [10|change|vụ|dir=up] ([9%|change|dir=up]).",
                    None,
                ),
            ],
        );
    }

    #[test]
    fn another_base_a_yearly_mean_or_a_hedge_is_silent() {
        assert_verdicts(
            "change_between_levels",
            &[
                (
                    "Thu tăng từ [80 tỷ đồng|money|VND] lên [100 tỷ đồng|money|VND], tăng [5%|change|dir=up|base=kế hoạch] so với kế hoạch.",
                    None,
                ),
                (
                    "Thu tăng từ [80 tỷ đồng|money|VND] lên [100 tỷ đồng|money|VND], bình quân tăng [7%|change|dir=up].",
                    None,
                ),
                ("Thu tăng từ [80 tỷ đồng|money|VND] lên [100 tỷ đồng|money|VND], tăng [7%|change|dir=up]/năm.", None),
                (
                    "Thu tăng từ khoảng [80 tỷ đồng|money|VND|mod=approximately] lên [100 tỷ đồng|money|VND], tăng [40%|change|dir=up].",
                    None,
                ),
                ("Giá từ [80 đồng|money|VND] đến [100 đồng|money|VND], tăng [5%|change|dir=up].", None),
                ("Thu đạt [1.250 tỷ đồng|money|VND], tăng [5%|change|dir=up|base=cùng kỳ] so với cùng kỳ.", None),
                (
                    "Thu đạt [1.250 tỷ đồng|money|VND], lượng khách tăng [5%|change|dir=up|base=cùng kỳ|ref=1000] so với cùng kỳ.",
                    None,
                ),
            ],
        );
    }

    #[test]
    fn the_explanation_counts_down_for_a_fall() {
        let check = only(
            "Hộ nghèo giảm từ [11,25%|percentage] xuống còn [2,89%|percentage] (giảm [8,36 điểm %|change|điểm %|dir=down]).",
            "change_between_levels",
        );
        assert!(check.explanation.starts_with("11,25 % − 2,89 % = 8,36 điểm %"), "{}", check.explanation);
    }
}
