//! `1.250 tỷ đồng`, `$5 triệu`, and the bare `68 tỷ` that leaves the currency to the reader.

use super::{Found, Scope, count};
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if let Unit::Money(_) = amount.unit {
        return Some(Found::sure("", 0.95));
    }
    if amount.unit != Unit::None || !amount.scaled || amount.denominator.is_some() {
        return None;
    }
    // "68 tỷ", "13tr": a scale with nothing counted behind it is money, in the currency just named.
    let last_word = scope.page.w(amount.number_end.wrapping_sub(1));
    let scale = matches!(last_word, "tỷ" | "tỉ" | "triệu" | "tr" | "k" | "nghìn" | "ngàn" | "rưỡi");
    if !scale || count::noun_behind(scope, amount).is_some() || elided(scope, amount) {
        return None;
    }
    let named = scope.before.iter().rev().flatten().find_map(|d| match &d.amount.unit {
        Unit::Money(code) => Some(code.to_string()),
        _ => None,
    });
    let money_word = (scope.lo()..scope.hi()).any(|i| {
        matches!(
            scope.page.w(i),
            "giá"
                | "tiền"
                | "vốn"
                | "đồng"
                | "doanh"
                | "lợi"
                | "thu"
                | "chi"
                | "lãi"
                | "lỗ"
                | "trị"
                | "lương"
                | "phí"
                | "mua"
                | "bán"
                | "đầu"
                | "phạt"
                | "thưởng"
                | "dự"
        )
    });
    if !money_word && !matches!(last_word, "tỷ" | "tỉ" | "tr" | "k") {
        return None;
    }
    Some(Found { unit: Some(named.unwrap_or_else(|| "VND".into())), ..Found::sure("tỷ", 0.75) })
}

/// "dân số 98,5 triệu": a population is no money.
fn elided(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    (scope.lo().max(amount.start().saturating_sub(8))..amount.start())
        .any(|i| matches!(scope.page.w(i), "dân" | "lượt" | "người" | "khách"))
        && !(scope.lo().max(amount.start().saturating_sub(8))..amount.start())
            .any(|i| matches!(scope.page.w(i), "tiền" | "vốn" | "giá" | "thu"))
}
