//! How far a target was passed: "đạt 1.050 tỷ đồng, vượt 5% chỉ tiêu (1.000 tỷ đồng)"; "đạt 105% kế hoạch, vượt 5%".

use super::interval::Written;
use super::judge::{Question, judge};
use super::scene::{Scene, ends_with, has, same_unit};
use super::{Check, target};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Direction, Kind, Role};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        if claim.kind == Kind::Change
            && ends_with(scene.before(at), "vượt")
            && claim.direction != Some(Direction::Decrease)
        {
            out.extend(excess(scene, at, claim));
        }
    }
}

fn excess(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let previous = at.checked_sub(1)?;
    let before = scene.claim(previous)?;
    let gap = scene.between(previous, at)?;
    let near = gap.len() <= 60 && !gap.contains([';', ')', ':']) && !has(gap, "trong đó") && !has(gap, "còn");
    let against_target = claim.reference.as_ref().is_none_or(|reference| reference.role == Role::Target);
    let after = scene.after(at);
    let over_time = ["cùng kỳ", "năm trước", "năm ngoái", "tháng trước"].iter().any(|base| has(after, base));
    if !near || !against_target || over_time {
        return None;
    }
    let reported = scene.written(at)?;
    if claim.unit == "%" && before.kind == Kind::TargetPercentage {
        // Both must speak of one target: the change names none of its own, or the same.
        let own = |claim: &Claim| claim.reference.as_ref().and_then(|r| scene.text.get(r.span.range()));
        let same = own(claim).is_none() || own(claim) == own(before) || own(before).is_none();
        let whole = Written::bare(rust_decimal::Decimal::ONE_HUNDRED, true);
        let equation = Equation::Difference { from: whole, to: scene.written(previous)? };
        let certain = same && claim.statement == before.statement;
        return judge(
            Question { rule: "excess_over_target", equation, reported, claims: vec![previous, at], certain },
            scene.text,
        );
    }
    // "đạt 751 tỷ đồng, trong khi dự toán là 662 tỷ đồng, vượt 89 tỷ đồng": the target stands between.
    let behind = at.checked_sub(2).filter(|&level| {
        let same = |c: &Claim| c.kind == before.kind && c.unit == before.unit && claim.unit == before.unit;
        let near = scene.between(level, previous).is_some_and(|gap| gap.len() <= 60 && !gap.contains([';', '(', ')']));
        near && claim.reference.is_none()
            && scene.claim(level).is_some_and(same)
            && target::is_target(scene.before(previous))
    });
    let (level, (whole, whole_at)) = match behind {
        Some(level) => (level, (scene.written(previous)?, Some(previous))),
        None => (previous, target::stated(scene, at, previous)?),
    };
    let (from, to) = (whole, scene.written(level)?);
    let equation = match claim.unit.as_str() {
        "%" => Equation::Growth { from, to },
        unit if same_unit(unit, &before.unit) => Equation::Difference { from, to },
        _ => return None,
    };
    let mut claims: Vec<_> = [level, at].into_iter().chain(whole_at).collect();
    claims.sort_unstable();
    let measured = matches!(before.kind, Kind::Count | Kind::Money | Kind::Measurement);
    measured.then(|| {
        judge(Question { rule: "excess_over_target", equation, reported, claims, certain: true }, scene.text)
    })?
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn an_excess_agrees_with_what_was_reached() {
        assert_verdicts(
            "excess_over_target",
            &[
                ("Thu đạt [105%|target_percentage] kế hoạch, vượt [5%|change|dir=up].", Some(Consistent)),
                (
                    "Thu [75 tỷ đồng|money|VND], trong khi dự toán là [66 tỷ đồng|money|VND], vượt [9 tỷ đồng|change|VND|dir=up].",
                    Some(Consistent),
                ),
                (
                    "Thu [75 tỷ đồng|money|VND], trong khi dự toán là [66 tỷ đồng|money|VND], vượt [6 tỷ đồng|change|VND|dir=up].",
                    Some(Inconsistent),
                ),
                ("Thu đạt [105%|target_percentage] kế hoạch, vượt [15%|change|dir=up].", Some(Inconsistent)),
                ("Thu đạt [105,4%|target_percentage] kế hoạch (vượt [5,4%|change|dir=up]).", Some(Consistent)),
                ("Thu đạt [105,4%|target_percentage] kế hoạch (vượt [4,5%|change|dir=up]).", Some(Inconsistent)),
                (
                    "Thu [1.050 tỷ đồng|money|VND], vượt [5%|change|dir=up|target=chỉ tiêu|ref=1000000000000] chỉ tiêu.",
                    Some(Consistent),
                ),
                (
                    "Thu [1.050 tỷ đồng|money|VND], vượt [50%|change|dir=up|target=chỉ tiêu|ref=1000000000000] chỉ tiêu.",
                    Some(Inconsistent),
                ),
                (
                    "Tuyển [630|count|người], vượt [30|change|người|dir=up|target=chỉ tiêu|ref=600] so với chỉ tiêu.",
                    Some(Consistent),
                ),
                (
                    "Tuyển [630|count|người], vượt [33|change|người|dir=up|target=chỉ tiêu|ref=600] so với chỉ tiêu.",
                    Some(Inconsistent),
                ),
            ],
        );
    }

    #[test]
    fn another_target_or_no_target_is_silent() {
        assert_verdicts(
            "excess_over_target",
            &[
                (
                    "Thu đạt [105%|target_percentage|target=dự toán tỉnh] dự toán tỉnh, vượt [9%|change|dir=up|target=dự toán huyện] dự toán huyện.",
                    None,
                ),
                ("Thu đạt [105%|target_percentage] kế hoạch, trong đó thu đất vượt [9%|change|dir=up].", None),
                (
                    "Thu đạt [105%|target_percentage] kế hoạch, vượt [9%|change|dir=up|base=cùng kỳ] so với cùng kỳ.",
                    None,
                ),
                ("Thu đạt [105%|target_percentage] kế hoạch, vượt [9%|change|dir=up] so với cùng kỳ.", None),
                ("Thu [1.050 tỷ đồng|money|VND], vượt [5%|change|dir=up] chỉ tiêu.", None),
            ],
        );
    }
}
