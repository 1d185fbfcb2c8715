//! `1.250 tỷ đồng`, `$5 triệu`, and the bare `68 tỷ` that leaves the currency to the reader.
//!
//! Traps: `dân số 98,5 triệu` and `số cổ phần bán được là 468 triệu` count; `18đ trở lên` in an exam are points.

use super::{Found, Scope, count, measurement};
use crate::article::span::Span;
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    if let Unit::Money(_) = amount.unit {
        return Some(Found::sure("", 0.97));
    }
    if amount.unit != Unit::None
        || !amount.scaled
        || amount.denominator.is_some()
        || measurement::resolution(scope, amount)
    {
        return None;
    }
    let end = amount.number_end;
    // "10 tỷ đồng tiền hỗ trợ": the currency, though "đồng tiền" is a noun.
    if page.w(end) == "đồng" && page.w(end + 1) == "tiền" {
        let tokens = Some(Span::of(amount.start(), end + 1));
        return Some(Found { unit: Some("VND".into()), tokens, ..Found::sure("đồng", 0.9) });
    }
    // "68 tỷ", "13tr": a scale with nothing counted behind it is money, in the currency just named.
    let last_word = page.w(end.wrapping_sub(1));
    let billion = matches!(last_word, "tỷ" | "tỉ" | "tr" | "k");
    if !billion && !matches!(last_word, "triệu" | "nghìn" | "ngàn" | "rưỡi") {
        return None;
    }
    let noun = count::noun(scope, amount);
    // Bonds come in millions by number, in billions by worth.
    let bonds = |n: usize| billion && page.w(n) == "trái" && page.w(n + 1) == "phiếu";
    let of_money = noun.is_some_and(|n| sum(page.w(n.start as usize)) || bonds(n.start as usize));
    if noun.is_some() && !of_money || count::numbered(scope, amount).is_some() || counted(scope, amount) {
        return None;
    }
    let about = (scope.back(amount.start(), 25)..scope.ahead(amount.end(), 15)).any(|i| {
        sum(page.w(i))
            || matches!(
                page.w(i),
                "đồng"
                    | "mua"
                    | "bán"
                    | "phạt"
                    | "thưởng"
                    | "đầu"
                    | "dự"
                    | "chi"
                    | "trị"
                    | "nghèo"
                    | "cước"
                    | "vay"
                    | "nộp"
                    | "trả"
                    | "tốn"
                    | "gửi"
                    | "cọc"
                    | "rút"
            )
    });
    if !about && !billion {
        return None;
    }
    let named = scope.earlier().find_map(|d| match &d.amount.unit {
        Unit::Money(code) => Some(code.to_string()),
        _ => None,
    });
    Some(Found { unit: Some(named.unwrap_or_else(|| "VND".into())), ..Found::sure("tỷ", 0.85) })
}

/// Nouns of which there are sums, not numbers.
fn sum(word: &str) -> bool {
    matches!(word, "giá" | "tiền" | "vốn" | "doanh" | "lợi" | "thu" | "lãi" | "lỗ" | "lương" | "phí" | "thuế" | "nợ")
}

/// "dân số 98,5 triệu": a population is no money.
fn counted(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let before = || scope.back(amount.start(), 8)..amount.start();
    before().any(|i| matches!(page.w(i), "dân" | "lượt" | "người" | "khách"))
        && !before().any(|i| matches!(page.w(i), "tiền" | "vốn" | "giá" | "thu"))
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn currencies_and_bare_scales_are_money() {
        claims(&[
            ("Dự án tốn 1.250 tỷ đồng.", "money 1250000000000 VND"),
            ("Lợi nhuận đạt 68 tỷ.", "money 68000000000 VND"),
            ("Công ty có 265 tỷ tiền gửi.", "money 265000000000 VND"),
            ("Vở có giá 8 bảng.", "money 8 GBP"),
            ("Tiền thưởng là 9 triệu USD (cộng 1 triệu từ mùa giải trước).", "money 9000000 USD | money 1000000 USD"),
            ("Vốn cam kết mới và tăng thêm là 6 tỷ USD.", "money 6000000000 USD"),
            (
                "Vàng lần lượt là 52,3 - 53,1 và 48,6 - 50,2 triệu đồng/lượng.",
                "rate 52300000 VND/lượng | rate 48600000 VND/lượng",
            ),
            ("Quỹ còn hơn 100 tỷ đầu tư vào trái phiếu.", "money 100000000000 VND"),
        ]);
    }

    #[test]
    fn people_and_shares_are_counted() {
        claims(&[
            ("Dân số nước này là 98,5 triệu.", "count 98500000 người"),
            ("Tổng số cổ phần bán được là 468 triệu.", "count 468000000 cổ phần"),
            ("Hội có 2 triệu hội viên.", "count 2000000 hội viên"),
        ]);
    }
}
