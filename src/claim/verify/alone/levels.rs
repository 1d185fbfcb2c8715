//! Two levels of one thing and what lies between them: "lãi 281,9 tỷ đồng, cùng kỳ năm trước là 214,6 tỷ đồng, tăng
//! 31,4%"; "mua vào 74,2 triệu đồng, bán ra 75,6 triệu đồng, chênh lệch 1,4 triệu đồng".

use super::super::interval::Written;
use super::super::judge::{Question, likely};
use super::super::scene::{Scene, ends_with, same_unit};
use super::{any, lead};
use crate::claim::equation::Equation;
use crate::claim::verify::Check;
use crate::claim::{Claim, Direction, Kind, Period, Role};

/// Words that say a level is the one before.
const EARLIER: &[&str] = &[
    "năm trước",
    "năm ngoái",
    "cùng kỳ",
    "trước đó",
    "kỳ trước",
    "vụ trước",
    "tháng trước",
    "quý trước",
    "tuần trước",
    "phiên trước",
    "so với",
    "hồi",
    "đầu năm",
    "đầu tháng",
    "đầu quý",
    "đầu vụ",
    "ban đầu",
    "cũ",
    "từ mức",
    "mở cửa",
    "hôm qua",
    "đầu phiên",
    "đầu buổi",
    "đầu tuần",
    "năm đầu tiên",
];

fn is_level(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Rate | Kind::Percentage)
}

/// Whether the words around a level say that it was the one before.
fn earlier(scene: &Scene<'_>, at: usize) -> bool {
    // The words behind a comma are its own.
    let own = lead(scene, at);
    let own = own.rsplit(',').next().unwrap_or_default();
    let behind = scene.after(at);
    let behind = behind.split([',', ')', '(']).next().unwrap_or_default();
    ends_with(own, "từ")
        || any(own, EARLIER)
        || any(behind, &["năm trước", "năm ngoái", "ban đầu", "đầu quý", "đầu năm", "năm đầu tiên"])
        || any(behind, &["kỳ trước", "tháng trước", "quý trước", "tuần trước", "phiên trước", "đợt trước", "vụ trước"])
}

/// "trước dịch có 320 xưởng; nay chỉ còn 208 xưởng": whether a level is that of today.
pub(super) fn now(scene: &Scene<'_>, at: usize) -> bool {
    any(&lead(scene, at), &["nay", "đến nay", "hiện nay", "hiện", "năm nay"])
}

/// The level before and the one after, where the words say which is which.
fn ordered(scene: &Scene<'_>, a: usize, b: usize) -> Option<(usize, usize)> {
    let (one, other) = (scene.claim(a)?, scene.claim(b)?);
    let unit = |claim: &Claim| claim.unit.split('/').next().unwrap_or_default().to_owned();
    // "từ 84,5 USD xuống 77,1 USD mỗi thùng", "2.150 lượt khách một ngày, nay đón 2.795 lượt"
    let rated = (one.kind == Kind::Rate) != (other.kind == Kind::Rate);
    let alike =
        one.kind == other.kind && same_unit(&one.unit, &other.unit) || rated && same_unit(&unit(one), &unit(other));
    if !is_level(one) || !alike {
        return None;
    }
    match (earlier(scene, a), earlier(scene, b)) {
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        (false, false) if !now(scene, a) && now(scene, b) => Some((a, b)),
        (false, false) => in_time(scene, one, other).map(|forward| if forward { (a, b) } else { (b, a) }),
        _ => None,
    }
}

/// Whether the first of two levels is the earlier one, where each says when it was: "tháng 3 xuất 12.500 tấn, tháng 4 xuất
/// 14.000 tấn".
fn in_time(scene: &Scene<'_>, one: &Claim, other: &Claim) -> Option<bool> {
    let (first, second) = (one.period.as_ref()?, other.period.as_ref()?);
    if let (Some(from), Some(until), Some(to), Some(end)) = (first.from, first.to, second.from, second.to) {
        return if until < to { Some(true) } else { (end < from).then_some(false) };
    }
    // Without a year, months and quarters are in the order of their numbers.
    let numbered = |period: &Period| {
        let words = scene.text.get(period.span.range())?.to_lowercase();
        let (unit, number) = words.rsplit_once(' ')?;
        matches!(unit, "tháng" | "quý" | "đợt" | "vòng" | "tuần")
            .then(|| Some((unit.to_owned(), number.parse::<u32>().ok()?)))?
    };
    let (first, second) = (numbered(first)?, numbered(second)?);
    (first.0 == second.0 && first.1 != second.1).then_some(first.1 < second.1)
}

/// Whether a change is measured from the level at `from`, and not from another that its reference names.
fn own_base(scene: &Scene<'_>, claim: &Claim, from: usize) -> bool {
    claim.reference.as_ref().is_none_or(|reference| {
        let words = scene.text.get(reference.span.range()).unwrap_or_default();
        let near = |at: u32, to: u32| at.abs_diff(to) <= 48;
        let level = scene.claim(from).map_or((0, 0), |level| (level.span.start, level.span.end));
        reference.role == Role::Baseline
            && (near(reference.span.end, level.0) || near(level.1, reference.span.start))
            && any(&words.to_lowercase(), EARLIER)
            || reference.span.start <= level.0 && level.1 <= reference.span.end
    })
}

/// "tăng 31,4%", "giảm 16 m": growth in per cent, or the difference in the unit of the levels.
pub(super) fn change(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> Option<Check> {
    let claim = scene.claim(at)?;
    let direction = claim.direction?;
    let mean = ["bình quân", "trung bình", "mỗi năm", "hằng năm", "hàng năm", "một năm"];
    let planned = claim.reference.as_ref().is_some_and(|reference| reference.role == Role::Target);
    if planned || any(&lead(scene, at), &mean) || any(scene.after(at), &mean) || scene.after(at).starts_with('/') {
        return None;
    }
    let (from, to) = ordered(scene, a, b).filter(|&(from, _)| own_base(scene, claim, from))?;
    // "từ 5,2%/năm lên 5,7%/năm" moves by points.
    let unit = scene.claim(to)?.unit.clone();
    let unit = unit.strip_prefix('%').filter(|per| per.starts_with('/')).map_or(unit.as_str(), |_| "%");
    let mut reported = scene.written(at)?;
    if direction == Direction::Decrease {
        reported.value.set_sign_negative(true);
    }
    let (from, to) = (scene.written(from)?, scene.written(to)?);
    let equation = match (claim.unit.as_str(), unit) {
        ("%", "%") => return None,
        ("%", _) => Equation::Growth { from, to },
        (points, "%") if points.starts_with("điểm") => Equation::Difference { from, to },
        (own, of) if same_unit(own, of.split('/').next().unwrap_or_default()) || own == of => {
            Equation::Difference { from, to }
        }
        _ => return None,
    };
    told(scene, "change_between_levels", equation, reported, [a, b, at])
}

/// "gấp 2,4 lần năm trước (1.850 bộ)".
pub(super) fn multiple(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> Option<Check> {
    if !any(&lead(scene, at), &["gấp", "tăng"]) {
        return None;
    }
    let (from, to) = ordered(scene, a, b)?;
    let equation = Equation::Quotient { total: scene.written(to)?, number: scene.written(from)? };
    told(scene, "multiple_between_levels", equation, scene.written(at)?, [a, b, at])
}

/// "chênh lệch 1,4 triệu đồng": how far apart two prices are.
pub(super) fn difference(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> Option<Check> {
    let claim = scene.claim(at)?;
    // "thâm hụt 350 triệu USD" is said as a fall.
    let alike = |c: &Claim| c.kind == claim.kind || c.kind == Kind::Money && claim.kind == Kind::Change;
    if !apart(scene, a, b, at) || !alike(scene.claim(a)?) {
        return None;
    }
    let (one, other) = (scene.claim(a)?, scene.claim(b)?);
    let (low, high) = if one.value < other.value { (a, b) } else { (b, a) };
    if one.kind != other.kind || !same_unit(&one.unit, &other.unit) {
        return None;
    }
    if !same_unit(&scene.claim(a)?.unit, &claim.unit) {
        return None;
    }
    let equation = Equation::Difference { from: scene.written(low)?, to: scene.written(high)? };
    told(scene, "change_between_levels", equation, scene.written(at)?, [a, b, at])
}

/// Whether the words before the claim say that it is what lies between the other two.
fn apart(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> bool {
    let own = lead(scene, at);
    let around = || format!("{} {} {}", lead(scene, a), lead(scene, b), own);
    // "xuất khẩu 5,8 tỷ USD, nhập khẩu 4,9 tỷ USD, xuất siêu 0,9 tỷ USD"
    let trade = || ["xuất", "nhập"].iter().all(|word| any(&around(), &[word]));
    // "mua 72 triệu đồng, bán lại 51 triệu đồng, lỗ 21 triệu đồng"; "giá bán …, trừ chi phí …, lãi …"
    // "thu 8.400 tỷ đồng, chi 7.900 tỷ đồng, kết dư 500 tỷ đồng"
    let budget = || ["thu", "chi"].iter().all(|word| any(&around(), &[word]));
    let traded = || any(&lead(scene, a), &["mua"]) && any(&lead(scene, b), &["bán"]) && at > b;
    let spent = || at > b && any(&lead(scene, b), &["trừ", "trừ đi", "đã trả", "trả được"]);
    any(&own, &["chênh lệch", "chênh", "chênh nhau"])
        || any(&own, &["xuất siêu", "nhập siêu", "thặng dư", "thâm hụt"]) && trade()
        || any(&own, &["kết dư", "bội thu", "bội chi"]) && budget()
        || any(&own, &["lãi", "lỗ", "lời", "còn lãi"]) && (traded() || spent())
        || any(&own, &["còn nợ", "còn lại", "còn"]) && spent()
}

fn told(
    scene: &Scene<'_>,
    rule: &'static str,
    equation: Equation<Written>,
    reported: Written,
    claims: [usize; 3],
) -> Option<Check> {
    let mut claims = claims.to_vec();
    claims.sort_unstable();
    likely(Question { rule, equation, reported, claims, certain: false }, scene.text)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn two_levels_and_their_change_agree_or_not() {
        assert_verdicts(
            "change_between_levels",
            &[
                (
                    "Lãi [281,9 tỷ đồng|money|VND], cùng kỳ năm trước là [214,6 tỷ đồng|money|VND], tăng [31,4%|change|dir=up].",
                    Some(Consistent),
                ),
                (
                    "Lãi [281,9 tỷ đồng|money|VND], cùng kỳ năm trước là [214,6 tỷ đồng|money|VND], tăng [34,1%|change|dir=up].",
                    Some(Inconsistent),
                ),
                (
                    "Vàng mua vào [742 đồng|money|VND], bán ra [756 đồng|money|VND], chênh lệch [14 đồng|money|VND].",
                    Some(Consistent),
                ),
                ("Thu [90 tỷ đồng|money|VND], chi [60 tỷ đồng|money|VND], bình quân tăng [7%|change|dir=up].", None),
                (
                    "Tháng 3 xuất [125 tấn|measurement|tấn|per=Tháng 3], tháng 4 xuất [140 tấn|measurement|tấn|per=tháng 4], giảm [12%|change|dir=down].",
                    Some(Inconsistent),
                ),
                (
                    "Xuất khẩu [58 đồng|money|VND], nhập khẩu [49 đồng|money|VND], xuất siêu [19 đồng|money|VND].",
                    Some(Inconsistent),
                ),
                ("Doanh thu [58 đồng|money|VND], lãi gộp [49 đồng|money|VND], lãi ròng [19 đồng|money|VND].", None),
            ],
        );
    }

    #[test]
    fn a_level_and_the_old_one_make_a_multiple() {
        assert_verdicts(
            "multiple_between_levels",
            &[
                (
                    "Phí là [120 đồng|money|VND], gấp [4 lần|multiple|lần] mức cũ là [30 đồng|money|VND].",
                    Some(Consistent),
                ),
                (
                    "Phí là [120 đồng|money|VND], gấp [5 lần|multiple|lần] mức cũ là [30 đồng|money|VND].",
                    Some(Inconsistent),
                ),
            ],
        );
    }
}
