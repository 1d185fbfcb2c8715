//! What no number may be, whatever the others say: "69/67 hộ", "chiếm 146% số hộ", "từ 5 đến 3 triệu đồng".
//!
//! `ratio_within_whole` for a part or share above its whole, `range_order` for a range that runs backwards.

use rust_decimal::Decimal;

use super::scene::{Scene, ends_with, has};
use super::written::vietnamese;
use super::{Check, Verdict};
use crate::claim::{Claim, Kind, Role};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    for (at, claim) in scene.claims.iter().enumerate() {
        out.extend(match claim.kind {
            Kind::Ratio => ratio(scene, at, claim),
            Kind::Percentage => share(scene, at, claim),
            _ => None,
        });
        out.extend(range(scene, at, claim));
    }
}

fn ratio(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let whole = claim.denominator.filter(|whole| claim.value > *whole && *whole > Decimal::ZERO)?;
    // "12/10 chỉ tiêu", "140/90 mmHg", "300/200 thí sinh so với kế hoạch" may pass their second number.
    let measured = claim.unit.is_empty() || !claim.unit.chars().all(|c| c.is_alphabetic() || c == ' ');
    let planned = [
        "chỉ tiêu",
        "kế hoạch",
        "vượt",
        "mục tiêu",
        "dự toán",
        "đăng ký",
        "hồ sơ",
        "tỷ lệ chọi",
        "thắng",
        "thua",
        "set",
        "ván",
        "hiệp",
    ]
    .iter()
    .any(|word| has(scene.before(at), word) || has(scene.after(at), word) || has(&claim.unit, word));
    let target = claim.reference.as_ref().is_some_and(|reference| reference.role != Role::Whole);
    // House numbers, plots and sets of a match are written like ratios.
    let named = ["đường", "phố", "ngõ", "hẻm", "kiệt", "điểm", "bàn", "giờ", "ngày"].contains(&claim.unit.as_str())
        || ["số", "nhà", "ngõ", "hẻm", "kiệt", "thửa", "tờ", "tỷ số", "ngày"]
            .iter()
            .any(|word| ends_with(scene.before(at), word));
    // A small fraction ("3/2 số hộ") is a way of speaking, a large one a part of a whole.
    let fraction = whole < Decimal::TEN;
    if measured || planned || named || target || fraction || claim.modifier.is_some() {
        return None;
    }
    let (part, whole_words) = (vietnamese(claim.value.normalize()), vietnamese(whole.normalize()));
    Some(above(
        at,
        claim.value,
        whole,
        format!(
            "{part}/{whole_words}: phần lớn hơn tổng thể; nếu là {whole_words}/{part} thì hợp lý (đổi chỗ tử số và mẫu số)."
        ),
    ))
}

fn share(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let cued = ["chiếm", "chiếm tỷ lệ", "chiếm tỉ lệ"].iter().any(|cue| ends_with(scene.before(at), cue));
    let whole = claim.reference.as_ref().is_none_or(|reference| reference.role == Role::Whole);
    if !cued || !whole || claim.value <= Decimal::ONE_HUNDRED || claim.modifier.is_some() {
        return None;
    }
    let share = vietnamese(claim.value.normalize());
    Some(above(
        at,
        claim.value,
        Decimal::ONE_HUNDRED,
        format!("Chiếm {share} %: một phần không thể quá 100 % của tổng thể."),
    ))
}

fn above(at: usize, reported: Decimal, most: Decimal, explanation: String) -> Check {
    Check {
        rule: "ratio_within_whole",
        claims: vec![at],
        reported: Some(reported.normalize()),
        computed: None,
        lower: Some(Decimal::ZERO),
        upper: Some(most.normalize()),
        verdict: Verdict::Inconsistent,
        explanation,
    }
}

fn range(scene: &Scene<'_>, at: usize, claim: &Claim) -> Option<Check> {
    let (low, high) = (claim.value, claim.value_max?);
    // Far apart, one end has likely lost its scale word in reading; below zero, "âm 3 đến âm 5 độ" is how it is said.
    let plausible = low > high && high > Decimal::ZERO && low.checked_div(high)? < Decimal::ONE_HUNDRED;
    let falling = ["giảm", "xuống", "hạ", "còn", "âm", "lùi"].iter().any(|word| has(scene.before(at), word));
    let words = scene.text.get(claim.span.range()).unwrap_or_default();
    let inner = ["xuống", "âm", "còn"].iter().any(|word| has(words, word)) || words.contains('-');
    (plausible && !falling && !inner).then(|| Check {
        rule: "range_order",
        claims: vec![at],
        reported: Some(high.normalize()),
        computed: None,
        lower: Some(low.normalize()),
        upper: None,
        verdict: Verdict::Inconsistent,
        explanation: format!("“{words}”: số đầu lớn hơn số cuối; có thể hai số đổi chỗ."),
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn a_part_cannot_pass_its_whole() {
        assert_verdicts(
            "ratio_within_whole",
            &[
                ("Có [69/67|ratio|chi bộ] hoàn thành.", Some(Inconsistent)),
                ("Có [67/69|ratio|chi bộ] hoàn thành.", None),
                ("Hoàn thành [12/10|ratio|chỉ tiêu].", None),
                ("Tuyển được [120/100|ratio|học viên], vượt kế hoạch.", None),
                ("Ở nhà số [120/15|ratio|phường] A.", None),
                ("Thắng [25/23|ratio|điểm].", None),
                ("Huyết áp [140/90|ratio|].", None),
                ("Số hộ chiếm [146%|percentage].", Some(Inconsistent)),
                ("Số hộ chiếm [46%|percentage].", None),
                ("Thu bằng [146%|percentage|base=cùng kỳ] cùng kỳ.", None),
            ],
        );
    }

    #[test]
    fn a_range_runs_upwards() {
        assert_verdicts(
            "range_order",
            &[
                ("Hỗ trợ từ [5 đến 3 triệu đồng|money|VND|val=5000000|max=3000000].", Some(Inconsistent)),
                ("Hỗ trợ từ [3 đến 5 triệu đồng|money|VND|val=3000000|max=5000000].", None),
                ("Nhiệt độ giảm từ [25 đến 20 độ C|measurement|độ C|val=25|max=20].", None),
                ("Lãi từ [900 đến 1 tỷ đồng|money|VND|val=900000000000|max=1000000000].", None),
                ("Rét [âm 3 đến âm 5 độ C|measurement|độ C|val=-3|max=-5].", None),
            ],
        );
    }
}
