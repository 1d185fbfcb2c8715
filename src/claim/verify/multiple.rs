//! A multiple against its two levels: "lãi 66,1 tỷ đồng, gấp 2,6 lần năm trước (25,6 tỷ đồng)".

use super::Check;
use super::judge::{Question, judge};
use super::scene::{Scene, same_unit, tail};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        if claim.kind == Kind::Multiple && claim.value_max.is_none() {
            out.extend(multiple(scene, at));
        }
    }
}

fn multiple(scene: &Scene<'_>, at: usize) -> Option<Check> {
    let (level, base) = (at.checked_sub(1)?, at + 1);
    let (now, then) = (scene.claim(level)?, scene.claim(base)?);
    let measured = |c: &Claim| matches!(c.kind, Kind::Count | Kind::Money | Kind::Measurement) && c.value_max.is_none();
    let (gap, aside) = (scene.between(level, at)?, scene.between(at, base)?);
    let tied = tail(gap) == "gấp" && gap.len() <= 80 && !gap.contains([';', ':', ')']) && gap.matches(',').count() == 1;
    // The bracket holds the base alone: "năm trước (25,6 tỷ đồng)".
    let named = aside.split_once('(').is_some_and(|(words, inside)| {
        words.len() <= 60 && !words.contains([',', ';', ':']) && inside.trim().is_empty()
    });
    // "(600 đơn)": the noun of a count stands inside.
    let behind = scene.after(base).trim_start();
    let closed = behind.strip_prefix(then.unit.as_str()).unwrap_or(behind).starts_with(')');
    if !tied || !named || !closed || !measured(now) || !measured(then) || !same_unit(&now.unit, &then.unit) {
        return None;
    }
    let equation = Equation::Quotient { total: scene.written(level)?, number: scene.written(base)? };
    let claims = vec![level, at, base];
    judge(
        Question { rule: "multiple_between_levels", equation, reported: scene.written(at)?, claims, certain: true },
        scene.text,
    )
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn a_multiple_agrees_with_its_levels() {
        assert_verdicts(
            "multiple_between_levels",
            &[
                (
                    "Lãi [66,1 tỷ đồng|money|VND], gấp [2,6 lần|multiple|lần] năm trước ([25,6 tỷ đồng|money|VND]).",
                    Some(Consistent),
                ),
                (
                    "Lãi [66,1 tỷ đồng|money|VND], gấp [6,2 lần|multiple|lần] năm trước ([25,6 tỷ đồng|money|VND]).",
                    Some(Inconsistent),
                ),
                (
                    "Lãi [66,1 tỷ đồng|money|VND], gấp [6,2 lần|multiple|lần] năm trước; thuế ([25,6 tỷ đồng|money|VND]).",
                    None,
                ),
            ],
        );
    }
}
