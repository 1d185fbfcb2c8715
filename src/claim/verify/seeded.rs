//! Errors of the kinds that newsrooms make, seeded into correct statements: "97,1%" becomes "91,7%".
//!
//! Every correct statement must pass, and nearly every seeded one must be called inconsistent.

use rust_decimal::Decimal;

use super::Verdict;
use super::trial::{Trial, trial};

/// Correct statements in the manner of provincial reports, by the equation that holds in them.
const CORRECT: &[&str] = &[
    "Toàn huyện có [43/47|ratio|thôn] đạt chuẩn văn hóa (chiếm [91,49%|percentage]).",
    "Đến nay, [118/131|ratio|trường] đạt chuẩn quốc gia, đạt tỷ lệ [90,1%|percentage].",
    "Tỷ lệ hộ dùng nước sạch đạt [88,6%|percentage] ([1.249/1.410|ratio|hộ]).",
    "Có [256/271|ratio|chi đoàn] được xếp loại tốt trở lên, đạt [94,46%|percentage]; các chi đoàn còn lại đạt khá.",
    "Trong tổng số [1.873|count|học viên], có [1.562|count|học viên] tốt nghiệp (chiếm [83,4%|percentage]).",
    "Thu ngân sách đạt [1.384,6 tỷ đồng|money|VND], bằng [72,5%|target_percentage|target=dự toán|ref=1910000000000] dự toán.",
    "Giải ngân ước đạt [742 tỷ đồng|money|VND|mod=approximately], bằng [58,3%|target_percentage] kế hoạch (kế hoạch [1.273 tỷ đồng|money|VND]).",
    "Đã trồng [463|count|ha], đạt [71,2%|target_percentage|target=kế hoạch|ref=650] kế hoạch năm.",
    "Thu nội địa đạt [108,7%|target_percentage] dự toán, vượt [8,7%|change|dir=up].",
    "Tuyển được [672|count|học viên], vượt [12%|change|dir=up|target=chỉ tiêu|ref=600] chỉ tiêu.",
    "Tỷ lệ hộ nghèo giảm từ [12,46%|percentage] xuống còn [7,93%|percentage] (giảm [4,53 điểm %|change|điểm %|dir=down]).",
    "Giá cà phê tăng từ [38.400 đồng|money|VND] lên [46.100 đồng|money|VND], tăng [20,1%|change|dir=up].",
    "Số vụ cháy giảm từ [148|count|vụ] xuống [113|count|vụ], giảm [35|change|vụ|dir=down].",
    "Xuất khẩu đạt [263,5 triệu USD|money|USD], tăng [17,6%|change|dir=up|base=cùng kỳ|ref=224100000] so với cùng kỳ.",
    "Doanh thu đạt [518 tỷ đồng|money|VND], giảm [9,3%|change|dir=down] so với cùng kỳ ([571 tỷ đồng|money|VND]).",
    "Tổng số [412|count|ca mắc], gồm [287|count|ca] ở thành phố và [125|count|ca] ở các huyện.",
    "Tổng vốn [1.462 tỷ đồng|money|VND], gồm [918 tỷ đồng|money|VND] của trung ương và [544 tỷ đồng|money|VND] của tỉnh.",
    "Có [357|count|hộ] bị ngập, trong đó [241|count|hộ] đã di dời, còn lại [116|count|hộ] ở lại.",
    "Có [57,4%|percentage] là nữ, còn lại [42,6%|percentage] là nam.",
    "Hỗ trợ [1.176 triệu đồng|money|VND] cho [168|count|hộ], bình quân [7 triệu đồng/hộ|rate|VND/hộ].",
    "Trao [1.932 triệu đồng|money|VND] cho [276|count|em], trung bình mỗi em [7 triệu đồng|money|VND].",
];

/// The case with the value of one claim replaced; its stated precision stays.
fn with(marked: &str, at: usize, value: Decimal) -> Trial {
    let mut case = trial(marked);
    case.claims[at].value = value;
    case
}

fn flagged(case: &Trial) -> bool {
    case.checks().iter().any(|check| check.verdict == Verdict::Inconsistent)
}

/// The seeded errors of one claim: (kind, value).
fn errors(case: &Trial, at: usize) -> Vec<(&'static str, Decimal)> {
    let claim = &case.claims[at];
    let step = super::interval::power_of_ten(-claim.decimals).expect("a step");
    let digits = (claim.value / step).normalize().to_string();
    let of = |digits: &[u8]| String::from_utf8_lossy(digits).parse::<Decimal>().expect("digits") * step;
    let mut out = Vec::new();
    for i in 0..digits.len() {
        let mut changed = digits.clone().into_bytes();
        changed[i] = b'0' + (changed[i] - b'0' + 3) % 10;
        out.push(("digit", of(&changed)));
    }
    for i in 1..digits.len() {
        let mut swapped = digits.clone().into_bytes();
        if swapped[i] != swapped[i - 1] {
            swapped.swap(i - 1, i);
            out.push(("swap", of(&swapped)));
        }
    }
    if claim.decimals < 0 {
        out.push(("scale", claim.value * Decimal::ONE_THOUSAND));
        out.push(("scale", claim.value / Decimal::ONE_THOUSAND));
    }
    if claim.decimals > 0 {
        out.push(("comma", claim.value * Decimal::TEN));
        out.push(("comma", claim.value / Decimal::TEN));
    }
    out
}

#[test]
fn no_correct_statement_is_flagged() {
    for marked in CORRECT {
        let case = trial(marked);
        let checks = case.checks();
        assert!(checks.iter().any(|check| check.verdict == Verdict::Consistent), "unchecked: {marked}");
        assert!(!flagged(&case), "{marked}: {checks:?}");
    }
}

#[test]
fn nearly_every_seeded_error_is_flagged() {
    let (mut seeded, mut found, mut missed) = (0, 0, Vec::new());
    for marked in CORRECT {
        let case = trial(marked);
        for at in 0..case.claims.len() {
            for (kind, value) in errors(&case, at) {
                seeded += 1;
                if flagged(&with(marked, at, value)) {
                    found += 1;
                } else {
                    missed.push((kind, value, *marked));
                }
            }
            if let Some(whole) = case.claims[at].denominator {
                seeded += 1;
                let mut swapped = with(marked, at, whole);
                swapped.claims[at].denominator = Some(case.claims[at].value);
                found += usize::from(flagged(&swapped));
            }
        }
    }
    assert!(seeded >= 300, "{seeded}");
    assert!(found * 100 >= seeded * 95, "{found} of {seeded}: {missed:#?}");
}
