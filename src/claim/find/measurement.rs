//! Units of measure: `12,5 km`, `250m2`, `37 độ C`, `500,57 điểm` of an index.
//!
//! Traps: points of a league and `7 mẫu nước` (samples) are counted.

use super::{Found, Scope};
use crate::claim::Modifier;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if sample(scope, amount) {
        return None;
    }
    match amount.unit {
        Unit::Measure(..) if size(scope, amount) => {
            Some(Found { modifier: Some(Modifier::MoreThan), ..Found::sure("hơn", 0.85) })
        }
        Unit::Measure(..) | Unit::PercentPoint | Unit::BasisPoint => Some(Found::sure("", 0.96)),
        Unit::Point if index(scope, amount) => Some(Found::sure("điểm", 0.9)),
        _ => None,
    }
}

/// "dài hơn 100 m", "cao hơn một mét": more than that long, unless something is compared with.
pub(super) fn size(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let Unit::Measure(_, code) = &amount.unit else { return false };
    let at = amount.hedge_start;
    matches!(code.as_str(), "m" | "km" | "cm" | "mm" | "kg" | "t" | "g" | "m2" | "ar" | "har")
        && at >= scope.lo() + 2
        && scope.page.w(at - 1) == "hơn"
        && matches!(scope.page.w(at - 2), "dài" | "rộng" | "sâu" | "nặng" | "cao" | "dày" | "xa")
        && !(amount.end()..scope.hi().min(amount.end() + 6))
            .any(|i| scope.page.is(i, Class::Versus) || scope.page.is(i, Class::Base))
}

/// "7 mẫu nước", "8 mẫu xét nghiệm": a sample; "2 mẫu ruộng" is an area.
pub(super) fn sample(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    if !matches!(&amount.unit, Unit::Measure(name, _) if name == "mẫu") {
        return false;
    }
    match page.w(amount.end()) {
        "ruộng" | "vườn" | "lúa" | "đầm" | "rẫy" | "ta" | "tây" => false,
        // Land is measured, and sampled.
        "đất" => (amount.end()..scope.hi().min(amount.end() + 8))
            .any(|i| matches!(page.w(i), "phân" | "thu" | "lấy" | "thử" | "nghiệm")),
        _ => page.s.is_word(amount.end()),
    }
}

/// Points of an index or a mark are measured; points of a league are counted.
fn index(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let from = scope.lo().max(amount.start().saturating_sub(30));
    let to = scope.hi().min(amount.end() + 30);
    let named = (from..to).any(|i| {
        matches!(
            page.w(i),
            "index" | "chỉ" | "sàn" | "chứng" | "thi" | "chuẩn" | "môn" | "jones" | "nasdaq" | "nikkei" | "phiên"
        ) || page.w(i) == "s" && page.s.is_mark(i + 1, '&')
    });
    amount.decimals > 0 || named
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn units_of_measure_and_index_points_are_measured() {
        claims(&[
            ("Tuyến kênh dài 12,5 km.", "measurement 12.5 km"),
            ("Chỉ số này đóng cửa ở 500,57 điểm.", "measurement 500.57 điểm"),
            ("Gia đình ông có 2 mẫu ruộng.", "measurement 2 mẫu"),
        ]);
    }

    #[test]
    fn league_points_and_samples_are_counted() {
        claims(&[
            ("Đội bóng đã có 21 điểm sau mười trận.", "count 21 điểm | count 10 trận"),
            ("Trạm đã lấy 7 mẫu nước giếng.", "count 7 mẫu nước"),
        ]);
    }
}
