//! Why two figures are told as one thing said twice, for a reader: "cùng thời gian: năm 2023", "chênh 54 tỷ đồng (0,86 %)".

use rust_decimal::Decimal;

use super::compare::{Comparison, Outcome};
use super::figure::Figure;
use super::who::words_of;
use crate::claim::verify::{to_places, vietnamese};

pub(super) fn reasons(
    x: &Figure,
    y: &Figure,
    comparison: &Comparison,
    slip: Option<&'static str>,
    articles: (usize, usize),
) -> Vec<String> {
    let mut reasons = Vec::new();
    if let Some((a, b)) = x.who.as_ref().zip(y.who.as_ref()) {
        let names = if a.name == b.name { a.name.clone() } else { format!("{} – {}", a.name, b.name) };
        reasons.push(format!("cùng chủ thể: {names}"));
    }
    let property = |figure: &Figure| figure.property.clone().unwrap_or_else(|| figure.unit.clone());
    let (a, b) = (property(x), property(y));
    reasons.push(if words_of(&a) == words_of(&b) {
        format!("cùng nội dung: “{a}”")
    } else {
        format!("cùng nội dung: “{a}” – “{b}”")
    });
    reasons.push(match (&x.period, &y.period) {
        (Some(a), Some(b)) if words_of(a) == words_of(b) => format!("cùng thời gian: {a}"),
        (Some(a), Some(b)) => format!("cùng thời gian: {a} – {b}"),
        (Some(one), None) | (None, Some(one)) => format!("một bài nêu {one}, bài kia không nêu thời gian"),
        (None, None) => "không bài nào nêu thời gian".to_owned(),
    });
    let percent = to_places(comparison.share * Decimal::ONE_HUNDRED, 2);
    reasons.push(format!("chênh {} ({percent} %)", amount(comparison.difference.abs(), &x.unit)));
    reasons.extend(slip.map(str::to_owned));
    if comparison.outcome == Outcome::Revision {
        reasons.push("bài sau cập nhật hoặc thay số liệu của bài trước".to_owned());
    }
    if articles.0 > 1 || articles.1 > 1 {
        reasons.push(format!("{} bài nêu số đầu, {} bài nêu số sau", articles.0, articles.1));
    }
    reasons
}

/// An amount as the press writes it: 54000000000 VND is "54 tỷ đồng".
#[must_use]
pub fn amount(value: Decimal, unit: &str) -> String {
    let scaled = |by: u32| (value / Decimal::from(10_u64.pow(by))).round_dp(4).normalize();
    match unit {
        "%" => format!("{} điểm phần trăm", vietnamese(value.normalize())),
        "VND" if value >= Decimal::from(1_000_000_000) => format!("{} tỷ đồng", vietnamese(scaled(9))),
        "VND" if value >= Decimal::from(1_000_000) => format!("{} triệu đồng", vietnamese(scaled(6))),
        "VND" => format!("{} đồng", vietnamese(value.normalize())),
        "USD" | "EUR" if value >= Decimal::from(1_000_000) => format!("{} triệu {unit}", vietnamese(scaled(6))),
        _ => format!("{} {unit}", vietnamese(value.normalize())),
    }
}
