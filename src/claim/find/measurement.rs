//! Units of measure: `12,5 km`, `250m2`, `37 độ C`, `500,57 điểm` of an index.
//!
//! Traps: points of a league and `7 mẫu nước` (samples) are counted.

use rust_decimal::Decimal;

use super::{Found, Kind, Scope};
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
        Unit::None if resolution(scope, amount) => Some(Found {
            unit: Some("K".into()),
            value: Some(amount.value / Decimal::ONE_THOUSAND),
            ..Found::sure("K", 0.8)
        }),
        // "hệ số 2,67"
        Unit::None
            if amount.in_digits
                && amount.decimals > 0
                && amount.start() > scope.lo() + 1
                && (scope.page.w(amount.start() - 2), scope.page.w(amount.start() - 1)) == ("hệ", "số") =>
        {
            Some(Found { unit: Some("hệ số".into()), ..Found::sure("hệ số", 0.8) })
        }
        Unit::None if mark(scope, amount) => {
            Some(Found { unit: Some("điểm".into()), ..Found::sure("điểm", 0.8) })
        }
        Unit::Point if !places(scope, amount) && index(scope, amount) => Some(Found::sure("điểm", 0.9)),
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

/// "7 mẫu nước", "lấy 23 mẫu": a sample; "2 mẫu ruộng", "ruộng 2 mẫu" are areas.
pub(super) fn sample(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let field = |i: usize| matches!(page.w(i), "ruộng" | "vườn" | "lúa" | "rẫy" | "đất" | "sào" | "thửa");
    if !matches!(&amount.unit, Unit::Measure(name, _) if name == "mẫu") || !amount.in_digits && amount.one_word {
        return false;
    }
    let (from, to) = (scope.back(amount.start(), 8), scope.ahead(amount.end(), 8));
    // Land is measured, and sampled.
    let taken = (from..to).any(|i| matches!(page.w(i), "phân" | "thu" | "lấy" | "thử" | "nghiệm" | "gửi"));
    let land = field(amount.end()) || (from..amount.start()).any(field);
    !matches!(page.w(amount.end()), "ta" | "tây" | "anh") && (taken || !land)
}

/// "quay 4K", "màn hình 8K": a resolution, in a capital that prices seldom have.
pub(super) fn resolution(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    amount.scaled
        && amount.number_end == amount.start() + 2
        && scope.page.s.raw(amount.start() + 1) == "K"
        && matches!(scope.page.w(amount.start()), "2" | "4" | "5" | "6" | "8")
}

/// "91,4; 90,25 và 88 điểm": a bare decimal beside a mark is a mark; nothing is counted in parts.
fn mark(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let bare = amount.unit == Unit::None && amount.in_digits && !amount.scaled && amount.decimals > 0;
    // "chỉ số đóng cửa ở mức 23.315,99"
    let level = bare
        && amount.denominator.is_none()
        && !page.s.is_word(amount.end())
        && page.before(scope.lo(), amount.hedge_start, Class::Level).is_some()
        && amount.value > Decimal::ONE_HUNDRED
        && (scope.back(amount.hedge_start, 25)..amount.hedge_start)
            .any(|i| page.w(i) == "index" || page.w(i) == "chỉ" && page.w(i + 1) == "số");
    if level {
        return true;
    }
    if !bare || amount.denominator.is_some() || page.s.is_word(amount.end()) && !page.is(amount.end(), Class::Clause) {
        return false;
    }
    let before = scope.back(amount.hedge_start, 6)..amount.hedge_start;
    let after = amount.end()..scope.ahead(amount.end(), 12);
    let listed = |i: usize| page.s.is_number(i) || page.w(i) == "và" || !page.s.is_word(i) || page.w(i) == "điểm";
    before.clone().any(|i| page.w(i) == "điểm")
        || after.take_while(|&i| listed(i)).any(|i| page.w(i) == "điểm")
        || scope.last().is_some_and(|d| {
            d.unit == "điểm" && d.kind == Kind::Measurement && amount.start() - d.tokens.end as usize <= 2
        })
}

/// "ở 14 điểm trên tuyến đê", "tại 12 điểm": places.
pub(super) fn places(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let (page, at) = (scope.page, amount.hedge_start);
    let standing = matches!(page.w(amount.end()), "dọc" | "trên" | "khắp" | "ở" | "tại" | "thuộc");
    amount.in_digits && amount.decimals == 0 && standing && at > scope.lo() && matches!(page.w(at - 1), "ở" | "tại")
}

/// Points of an index, an examination or a test are measured; points of a league are counted.
fn index(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let (from, to) = (scope.back(amount.start(), 30), scope.ahead(amount.end(), 30));
    let named = (from..to).any(|i| {
        matches!(page.w(i), "index" | "sàn" | "chứng" | "chuẩn" | "phiên")
            || page.w(i) == "chỉ" && page.w(i + 1) == "số"
            || page.w(i) == "thi" && page.w(i + 1) != "đấu"
            || page.w(i) == "môn" && !matches!(page.w(i.wrapping_sub(1)), "thủ" | "bộ")
            || page.w(i) == "s" && page.s.is_mark(i + 1, '&')
    });
    // Sport is spoken of near by, in this sentence or the ones around.
    let league = || {
        let (from, to) = (amount.start().saturating_sub(90), page.s.tokens.len().min(amount.end() + 60));
        let signs = (from..to).filter(|&i| {
            matches!(
                page.w(i),
                "trận" | "vòng" | "đội" | "clb" | "thắng" | "hoà" | "thua" | "bóng" | "hạng" | "bàn" | "tuyển" | "giải"
            )
        });
        let near = |i: usize| if (scope.lo()..scope.hi()).contains(&i) { 3 } else { 1 };
        signs.map(near).sum::<usize>() >= 3
    };
    amount.decimals > 0 || named || amount.in_digits && !league()
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn units_of_measure_and_index_points_are_measured() {
        claims(&[
            ("Tuyến kênh dài 12,5 km.", "measurement 12.5 km"),
            ("Chỉ số này đóng cửa ở 500,57 điểm.", "measurement 500.57 điểm"),
            (
                "Ba xã dẫn đầu có số điểm lần lượt là 91,4; 90,25 và 88,5 điểm.",
                "count 3 xã | measurement 91.4 điểm | measurement 90.25 điểm | measurement 88.5 điểm",
            ),
            ("Máy đạt 1.420 điểm đơn nhân.", "measurement 1420 điểm"),
            ("Máy quay phim 4K rất nét.", "measurement 4 K"),
            ("Gia đình ông có 2 mẫu ruộng.", "measurement 2 mẫu"),
        ]);
    }

    #[test]
    fn league_points_and_samples_are_counted() {
        claims(&[
            ("Đội bóng đã có 21 điểm sau mười trận.", "count 21 điểm | count 10 trận"),
            ("Ở bảng đấu này đội nhà dẫn đầu. Đội khách thắng trận cuối. Họ cùng có 4 điểm.", "count 4 điểm"),
            ("Trạm đã lấy 7 mẫu nước giếng.", "count 7 mẫu nước"),
            ("Triều cường gây ngập ở 14 điểm trên tuyến đê.", "count 14 điểm"),
        ]);
    }
}
