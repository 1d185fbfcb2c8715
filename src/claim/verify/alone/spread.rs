//! What falls to each of so many makes the total: "chi 3.120 triệu đồng giúp 52 hộ, mỗi hộ 60 triệu đồng"; "640 ha, năng
//! suất 58,5 tạ/ha, thu 3.744 tấn".

use rust_decimal::Decimal;

use super::super::interval::{Written, power_of_ten};
use super::super::judge::{Question, likely};
use super::super::scene::{Scene, same_unit};
use super::{any, lead};
use crate::claim::equation::Equation;
use crate::claim::verify::Check;
use crate::claim::{Claim, Kind};

pub(super) fn checks(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    harvest(scene, group).or_else(|| average(scene, group))
}

/// The one claim of the group that is so.
fn only(scene: &Scene<'_>, group: &[usize], is: impl Fn(&Claim) -> bool) -> Option<usize> {
    let mut found = group.iter().copied().filter(|&at| scene.claim(at).is_some_and(&is));
    found.next().filter(|_| found.next().is_none())
}

fn average(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    let number = only(scene, group, |claim| claim.kind == Kind::Count)?;
    let money = |claim: &Claim| matches!(claim.kind, Kind::Money | Kind::Rate);
    let (a, b) = match group.iter().copied().filter(|&at| at != number).collect::<Vec<_>>()[..] {
        [a, b] => (a, b),
        _ => return None,
    };
    let each = |at: usize| {
        let own = lead(scene, at);
        let per = scene.claim(at).is_some_and(|claim| claim.kind == Kind::Rate);
        let timed = ["mỗi năm", "mỗi tháng", "mỗi ngày", "mỗi tuần", "mỗi quý", "mỗi giờ", "mỗi lần"];
        !any(&own, &timed) && (per || any(&own, &["mỗi", "bình quân", "trung bình"]))
    };
    let (mean, total) = match (each(a), each(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let (of, whole, counted) = (scene.claim(mean)?, scene.claim(total)?, scene.claim(number)?);
    let unit = match of.unit.split_once('/') {
        // "3 triệu đồng/hộ": of what is counted.
        Some((unit, per)) => (counted.unit.starts_with(per) || per == "người").then_some(unit)?,
        None => of.unit.as_str(),
    };
    // "mỗi hộ 40 triệu đồng, vay thêm 1.650 triệu đồng": what comes behind must say that it is all.
    let all = ["tổng", "tổng cộng", "tổng số", "hết", "kinh phí", "trị giá"];
    if total > mean && !any(&lead(scene, total), &all) {
        return None;
    }
    let larger = whole.value > of.value && counted.value > Decimal::ONE;
    if !money(of) || whole.kind != Kind::Money || unit != whole.unit || !larger {
        return None;
    }
    let equation = Equation::Quotient { total: scene.written(total)?, number: scene.written(number)? };
    told(scene, "average", equation, scene.written(mean)?, group)
}

fn harvest(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    let mean = only(scene, group, |claim| claim.kind == Kind::Rate && claim.unit.matches('/').count() == 1)?;
    let (unit, per) = scene.claim(mean)?.unit.split_once('/')?;
    let amount = |claim: &Claim| matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measurement);
    let number = only(scene, group, |claim| amount(claim) && power(&claim.unit, per).is_some())?;
    let total = only(scene, group, |claim| amount(claim) && power(&claim.unit, unit).is_some())?;
    // "3 triệu đồng/người" of the many figures that people earn, pay and get.
    if number == total || per == "người" || scene.claim(number)?.value <= Decimal::ONE {
        return None;
    }
    // "cho 300 hộ, tối đa 5 triệu đồng/hộ": a limit; a rate of things that are counted needs a word that it is their mean.
    let own = lead(scene, mean);
    let bounded = any(&own, &["tối đa", "tối thiểu", "ít nhất", "không quá", "cao nhất", "thấp nhất", "định mức"]);
    let means = ["bình quân", "trung bình", "hiệu suất", "mật độ", "tổng", "tổng cộng", "cả thảy"];
    let counted = scene.claim(number)?.kind == Kind::Count;
    if bounded || counted && !any(&own, &means) && !any(&lead(scene, total), &means) {
        return None;
    }
    let whole = in_unit(scene.written(total)?, power(&scene.claim(total)?.unit, unit)?)?;
    let number = in_unit(scene.written(number)?, power(&scene.claim(number)?.unit, per)?)?;
    let equation = Equation::Quotient { total: whole, number };
    told(scene, "rate_of_total", equation, scene.written(mean)?, group)
}

/// The same amount in another unit, ten to the power of `exponent` times smaller.
fn in_unit(written: Written, exponent: i32) -> Option<Written> {
    if exponent == 0 {
        return Some(written);
    }
    let value = written.value.checked_mul(power_of_ten(exponent)?)?;
    Some(Written { value, decimals: written.decimals - exponent, words: None, ..written })
}

/// Which power of ten turns amounts in `unit` into amounts in `into`; nothing for units of two things.
fn power(unit: &str, into: &str) -> Option<i32> {
    const MASS: &[(&str, i32)] = &[("kg", 0), ("yến", 1), ("tạ", 2), ("tấn", 3)];
    const AREA: &[(&str, i32)] = &[("m2", 0), ("ha", 4), ("km2", 6)];
    let of = |scale: &[(&str, i32)], name: &str| scale.iter().find(|(unit, _)| *unit == name).map(|(_, n)| *n);
    let between = |scale: &[(&str, i32)]| Some(of(scale, unit)? - of(scale, into)?);
    if same_unit(unit, into) { Some(0) } else { between(MASS).or_else(|| between(AREA)) }
}

fn told(
    scene: &Scene<'_>,
    rule: &'static str,
    equation: Equation<Written>,
    reported: Written,
    group: &[usize],
) -> Option<Check> {
    likely(Question { rule, equation, reported, claims: group.to_vec(), certain: false }, scene.text)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn what_each_got_makes_the_total_or_not() {
        assert_verdicts(
            "average",
            &[
                (
                    "Trao [330 triệu đồng|money|VND] cho [110|count|em], mỗi em [3 triệu đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Trao [330 triệu đồng|money|VND] cho [110|count|em], mỗi em [7 triệu đồng|money|VND].",
                    Some(Inconsistent),
                ),
                ("Có [110|count|em] được cấp [330 triệu đồng|money|VND], mỗi năm [2 triệu đồng|money|VND].", None),
            ],
        );
    }

    #[test]
    fn area_and_yield_make_the_harvest_or_not() {
        assert_verdicts(
            "rate_of_total",
            &[
                (
                    "Gieo [640 ha|measurement|ha], năng suất [58,5 tạ/ha|rate|tạ/ha], thu [3.744 tấn|measurement|tấn].",
                    Some(Consistent),
                ),
                (
                    "Gieo [640 ha|measurement|ha], năng suất [58,5 tạ/ha|rate|tạ/ha], thu [3.474 tấn|measurement|tấn].",
                    Some(Inconsistent),
                ),
                (
                    "Mua [12 tấn|measurement|tấn] mực, giá [95.000 đồng/kg|rate|VND/kg], trả [1.140 triệu đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Mua [12 tấn|measurement|tấn] mực, giá [95.000 đồng/kg|rate|VND/kg], trả [1.410 triệu đồng|money|VND].",
                    Some(Inconsistent),
                ),
                ("Giúp [300|count|hộ] vay, mức [5 triệu đồng/hộ|rate|VND/hộ], dư nợ [900 triệu đồng|money|VND].", None),
            ],
        );
    }
}
