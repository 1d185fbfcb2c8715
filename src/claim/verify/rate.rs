//! An average or rate against its total and number: "900 triệu đồng cho 300 hộ, bình quân 3 triệu đồng/hộ".
//!
//! `rate_of_total` is for a compound ("3 triệu đồng/hộ"), `average` for "bình quân mỗi hộ 3 triệu đồng".

use super::Check;
use super::interval::Written;
use super::judge::{Question, judge};
use super::scene::{Scene, has, same_thing, same_unit, starts_with};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate().skip(2) {
        if claim.value_max.is_none() {
            out.extend(rate(scene, at, claim).or_else(|| total(scene, at, claim)));
        }
    }
}

fn rate(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let before = scene.before(at);
    let mean = ["bình quân", "trung bình", "mật độ"].iter().any(|cue| has(before, cue));
    let (rule, unit, per) = if claim.kind == Kind::Rate {
        let (unit, per) = claim.unit.split_once('/')?;
        if per.contains('/') {
            return None;
        }
        ("rate_of_total", unit, per.to_owned())
    } else if matches!(claim.kind, Kind::Money | Kind::Count | Kind::Measurement) && mean {
        let each = ["mỗi ", "một "].iter().find_map(|cue| Some(before.rsplit_once(cue)?.1))?.trim();
        ("average", claim.unit.as_str(), each.to_owned())
    } else {
        return None;
    };
    if !mean || before.contains([';', '\n']) || before.len() > 80 {
        return None;
    }
    // Exactly the two numbers before it, and no third that could be meant.
    let (first, second) = (at - 2, at - 1);
    let gap = scene.between(first, second)?;
    scene.between(second, at)?;
    let is = |i: usize, unit: &str| scene.claim(i).is_some_and(|c| same_unit(&c.unit, unit) && c.value_max.is_none());
    let is_number =
        |i: usize, per: &str| scene.claim(i).is_some_and(|c| c.value_max.is_none() && same_thing(&c.unit, per));
    let (total, number) = if is(first, unit) && is_number(second, &per) {
        (first, second)
    } else if is(second, unit) && is_number(first, &per) {
        (second, first)
    } else {
        return None;
    };
    let begins = scene.nearby(at).next() == Some(first);
    let timed = ["năm", "tháng", "ngày", "tuần", "giờ"].iter().any(|unit| starts_with(&per, unit));
    // The mean of something else ("thu nhập bình quân") has a subject of its own.
    let subject = ["thu nhập", "năng suất", "diện tích", "sản lượng"].iter().any(|word| has(before, word));
    let certain = begins && !timed && !subject && !gap.contains([';', ':']) && !has(gap, "trong đó");
    let equation = Equation::Quotient { total: scene.written(total)?, number: scene.written(number)? };
    judge(
        Question { rule, equation, reported: scene.written(at)?, claims: vec![first, second, at], certain },
        scene.text,
    )
}

/// "399 hộ, mỗi hộ 40 triệu đồng, tổng kinh phí 15.960 triệu đồng"; "302,9 ha, năng suất 59,7 tạ/ha, sản lượng 1.808 tấn":
/// the number, what falls to each, and the total, in this order and alone in their sentence.
fn total(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let (number, each) = (at - 2, at - 1);
    let (counted, mean) = (scene.claim(number)?, scene.claim(each)?);
    let (first, second) = (scene.between(number, each)?, scene.between(each, at)?);
    let plain = |gap: &str| gap.len() <= 80 && !gap.contains([';', '(', ')', ':', '\n']) && !has(gap, "trong đó");
    let alone = scene.nearby(at).next() == Some(number);
    if !plain(first) || !plain(second) || !alone || counted.value_max.is_some() || mean.value_max.is_some() {
        return None;
    }
    let mut total = scene.written(at)?;
    let per = ["mỗi ", "Mỗi "].iter().find_map(|cue| Some(first.rsplit_once(cue)?.1.trim()));
    let rule = if mean.kind == Kind::Money && claim.kind == Kind::Money {
        let paid = mean.unit == claim.unit && counted.kind == Kind::Count;
        let told = ["tổng kinh phí", "tổng cộng", "tổng số tiền", "tổng trị giá", "tổng giá trị", "tổng số"];
        let told = told.iter().any(|cue| has(second, cue));
        (paid && told && per.is_some_and(|per| same_thing(per, &counted.unit))).then_some("average")?
    } else {
        let harvest =
            counted.unit == "ha" && claim.unit == "tấn" && has(first, "năng suất") && has(second, "sản lượng");
        if mean.unit == "tạ/ha" {
            // Ten tạ are a tấn.
            total = Written {
                value: total.value.checked_mul(10.into())?,
                decimals: total.decimals - 1,
                words: None,
                ..total
            };
        } else if mean.unit != "tấn/ha" {
            return None;
        }
        harvest.then_some("rate_of_total")?
    };
    let equation = Equation::Quotient { total, number: scene.written(number)? };
    let claims = vec![number, each, at];
    judge(Question { rule, equation, reported: scene.written(each)?, claims, certain: true }, scene.text)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::{assert_verdicts, only};

    #[test]
    fn what_falls_to_each_makes_the_total() {
        assert_verdicts(
            "average",
            &[
                (
                    "Giúp [39|count|hộ], mỗi hộ [40 triệu đồng|money|VND], tổng kinh phí [1.560 triệu đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Giúp [39|count|hộ], mỗi hộ [40 triệu đồng|money|VND], tổng kinh phí [1.650 triệu đồng|money|VND].",
                    Some(Inconsistent),
                ),
                ("Giúp [39|count|hộ], mỗi hộ [40 triệu đồng|money|VND], vay thêm [1.650 triệu đồng|money|VND].", None),
            ],
        );
        assert_verdicts(
            "rate_of_total",
            &[
                (
                    "Trồng [302,9 ha|measurement|ha], năng suất [59,7 tạ/ha|rate|tạ/ha], sản lượng [1.808,3 tấn|measurement|tấn].",
                    Some(Consistent),
                ),
                (
                    "Trồng [302,9 ha|measurement|ha], năng suất [59,7 tạ/ha|rate|tạ/ha], sản lượng [18.083 tấn|measurement|tấn].",
                    Some(Inconsistent),
                ),
            ],
        );
    }

    #[test]
    fn a_mean_agrees_with_total_and_number() {
        assert_verdicts(
            "rate_of_total",
            &[
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], bình quân [3 triệu đồng/hộ|rate|VND/hộ].",
                    Some(Consistent),
                ),
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], bình quân [3,6 triệu đồng/hộ|rate|VND/hộ].",
                    Some(Inconsistent),
                ),
                (
                    "Có [120|count|xã] đạt [2.040|count|tiêu chí], bình quân [17 tiêu chí/xã|rate|tiêu chí/xã].",
                    Some(Consistent),
                ),
                (
                    "Có [120|count|xã] đạt [2.040|count|tiêu chí], bình quân [19 tiêu chí/xã|rate|tiêu chí/xã].",
                    Some(Inconsistent),
                ),
            ],
        );
        assert_verdicts(
            "average",
            &[
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], trung bình mỗi hộ [3 triệu đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], trung bình mỗi hộ [30 triệu đồng|money|VND].",
                    Some(Inconsistent),
                ),
            ],
        );
    }

    #[test]
    fn a_mean_of_something_else_is_silent() {
        assert_verdicts(
            "rate_of_total",
            &[
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], thu nhập bình quân [45 triệu đồng/hộ|rate|VND/hộ].",
                    None,
                ),
                ("Chi [900 triệu đồng|money|VND] cho [300|count|hộ], tối đa [5 triệu đồng/hộ|rate|VND/hộ].", None),
                ("Chi [900 triệu đồng|money|VND] cho [300|count|xã], bình quân [5 triệu đồng/hộ|rate|VND/hộ].", None),
                (
                    "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], bình quân [5 triệu đồng/hộ/năm|rate|VND/hộ/năm].",
                    None,
                ),
            ],
        );
    }

    #[test]
    fn the_explanation_divides() {
        let told = only(
            "Chi [900 triệu đồng|money|VND] cho [300|count|hộ], trung bình mỗi hộ [3 triệu đồng|money|VND].",
            "average",
        );
        assert_eq!(told.explanation, "900 triệu đồng : 300 = 3,0 triệu đồng, viết 3 triệu đồng: khớp.");
    }
}
