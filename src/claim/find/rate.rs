//! A contiguous unit per unit: `45 triệu đồng/người/năm`, `120 km/giờ`, `17 tiêu chí/xã`, `1.500 cuộc gọi mỗi tháng`.
//!
//! Trap: where the divisor stands apart (`mỗi tỉnh được 200 triệu đồng`) the amount keeps its own kind.

use super::{Found, Scope, count};
use crate::article::span::Span;
use crate::claim::amount::{Amount, Unit, unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if matches!(amount.unit, Unit::Rate(..)) {
        return Some(Found::sure("/", 0.96));
    }
    if let Unit::Time(name, _) = &amount.unit {
        return often(scope, amount, name);
    }
    if amount.unit != Unit::None || amount.denominator.is_some() {
        return None;
    }
    // "750 nghìn/người/tháng", "60tr/m2": money that goes without saying.
    if amount.scaled && scope.page.s.is_mark(amount.end(), '/') {
        let (per, end) = unit::per(scope.page, amount.end(), false).filter(|(_, end)| *end <= scope.hi())?;
        let tokens = Some(Span::of(amount.start(), end));
        return Some(Found { unit: Some(format!("VND/{per}")), tokens, ..Found::sure("/", 0.8) });
    }
    // A counted noun divided: the noun must stand right behind the number.
    let noun = count::noun(scope, amount)?;
    let (per, end) = unit::per(scope.page, noun.end as usize, true)?;
    if end > scope.hi() {
        return None;
    }
    let slash = scope.page.s.is_mark(noun.end as usize, '/');
    Some(Found {
        unit: Some(format!("{}/{per}", scope.page.s.slice(noun))),
        tokens: Some(Span::of(amount.start(), end)),
        noun: Some(noun),
        ..Found::sure(if slash { "/" } else { "mỗi" }, 0.85)
    })
}

/// "30 phút mỗi ngày", "5 phút một lần": how long of each day, how often.
fn often(scope: &Scope<'_, '_>, amount: &Amount, name: &str) -> Option<Found> {
    let (page, end) = (scope.page, amount.end());
    let (per, to) = match (page.w(end), page.w(end + 1)) {
        ("mỗi", _) if page.is(end + 1, Class::Duration) && page.is(amount.end() - 1, Class::Duration) => {
            unit::per(page, end, true)?
        }
        ("một", "lần") if amount.value > rust_decimal::Decimal::ONE => ("lần".to_owned(), end + 2),
        _ => return None,
    };
    let within = to <= scope.hi() && amount.value_max.is_none_or(|high| high < 1000.into());
    within.then(|| Found {
        unit: Some(format!("{name}/{per}")),
        tokens: Some(Span::of(amount.start(), to)),
        ..Found::sure("mỗi", 0.8)
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_contiguous_unit_per_unit_is_a_rate() {
        claims(&[
            ("Thu nhập bình quân đạt 45 triệu đồng/người/năm.", "rate 45000000 VND/người/năm"),
            (
                "Lương giờ lần lượt là 22.800, 20.300 và 15.900 đồng/giờ.",
                "rate 22800 VND/giờ | rate 20300 VND/giờ | rate 15900 VND/giờ",
            ),
            ("Bình quân đạt 17 tiêu chí/xã.", "rate 17 tiêu chí/xã"),
        ]);
    }

    #[test]
    fn a_divisor_in_words_or_behind_a_bare_scale_makes_a_rate() {
        claims(&[
            ("Cháu ăn 3 bữa một ngày.", "rate 3 bữa/ngày"),
            ("Vé giá 50.000 đồng mỗi người.", "rate 50000 VND/người"),
            ("Họ thu 750 nghìn/người/tháng.", "rate 750000 VND/người/tháng"),
            ("Lương anh là 9 triệu đồng một tháng.", "rate 9000000 VND/tháng"),
            ("Hãng hủy 5 chuyến đi/đến Huế.", "count 5 chuyến đi"),
            ("Cụ đi bộ 30 phút mỗi ngày.", "rate 30 phút/ngày"),
            ("Máy đo nhịp tim 5 phút một lần.", "rate 5 phút/lần"),
            ("Cá khô bán từ 9.000 đồng/lạng.", "rate 9000 VND/lạng"),
        ]);
    }

    #[test]
    fn a_divisor_that_stands_apart_leaves_the_kind() {
        claims(&[
            ("Mỗi tỉnh được 200 triệu đồng.", "money 200000000 VND"),
            ("Mỗi ngày có 30 chuyến bay.", "count 30 chuyến bay"),
        ]);
    }
}
