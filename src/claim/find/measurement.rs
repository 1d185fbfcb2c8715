//! Units of measure: `12,5 km`, `250m2`, `37 độ C`, `500,57 điểm` of an index.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    match amount.unit {
        Unit::Measure(..) | Unit::PercentPoint | Unit::BasisPoint => Some(Found::sure("", 0.93)),
        Unit::Point if index(scope, amount) => Some(Found::sure("điểm", 0.85)),
        _ => None,
    }
}

/// Points of an index or a mark are measured; points of a league are counted.
fn index(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let from = scope.lo().max(amount.start().saturating_sub(30));
    let named = (from..scope.hi()).any(|i| {
        matches!(
            page.w(i),
            "index" | "chỉ" | "sàn" | "chứng" | "thi" | "chuẩn" | "môn" | "jones" | "nasdaq" | "nikkei" | "phiên"
        ) || page.w(i) == "s" && page.s.is_mark(i + 1, '&')
    });
    amount.decimals > 0 || named
}
