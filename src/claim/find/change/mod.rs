//! A difference, as an amount or a percentage: `tăng 5,2%`, `giảm 30 người`, `(-0,20%)`, `vượt 5% chỉ tiêu`.
//!
//! Traps: a level that is reached (`tăng lên 28 triệu`, `giảm còn 1,91%`), a level compared with (`cao hơn mức 25%`),
//! a size (`mái tôn dài hơn 100 m`), a mark that is passed (`vượt 1 triệu ca`).

mod between;
mod carried;

use rust_decimal::Decimal;

use self::between::thing_between;
use self::carried::{carried, gained, grown, grown_level, listed};
use super::{Found, Kind, Scope, count, measurement};
use crate::claim::Direction;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if amount.denominator.is_some() {
        return halved(scope, amount);
    }
    if count::says_digits(scope, amount) || new_and_added(scope, amount) {
        return None;
    }
    let found = signed(scope, amount)
        .or_else(|| exceeding(scope, amount))
        .or_else(|| cued(scope, amount))
        .or_else(|| thing_between(scope, amount))
        .or_else(|| grown(scope, amount))
        .or_else(|| gained(scope, amount))
        .or_else(|| listed(scope, amount))
        .or_else(|| carried(scope, amount))?;
    Some(with_unit(scope, amount, found))
}

/// "vốn cam kết mới và tăng thêm là 6 tỷ USD": both together are a sum.
fn new_and_added(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let (page, at) = (scope.page, amount.hedge_start);
    let from = scope.back(at, 7);
    matches!(amount.unit, Unit::Money(_))
        && (from..at).any(|i| {
            page.w(i) == "mới"
                && page.w(i + 1) == "và"
                && page.w(i + 2) == "tăng"
                && page.w(i + 3) == "thêm"
                && i + 4 < at
        })
}

fn found(direction: Direction, at: usize, cue: String, confidence: f32) -> Found {
    Found { direction: Some(direction), cue_at: Some(at), ..Found::sure(cue, confidence) }
}

/// "giảm một nửa": the change is 50 %.
fn halved(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !scope.page.is(amount.start(), Class::HalfOf) {
        return None;
    }
    let (start, _) = scope.cue(amount, Class::Down)?;
    Some(Found {
        unit: Some("%".into()),
        value: Some(Decimal::from(50)),
        ..found(Direction::Decrease, start, scope.words(start, amount.start()), 0.85)
    })
}

/// `(-0,20%)`, `+12,5%`: the sign is the direction.
fn signed(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let sign = amount.sign?;
    let fits = matches!(amount.unit, Unit::Percent | Unit::Point | Unit::PercentPoint | Unit::Money(_))
        || amount.unit == Unit::None && scope.page.s.is_mark(amount.start().wrapping_sub(2), '(');
    let direction = if sign == '-' { Direction::Decrease } else { Direction::Increase };
    fits.then(|| found(direction, amount.start() - 1, sign.to_string(), 0.95))
}

/// "vượt 5% chỉ tiêu", "đạt 97 tỷ đồng, vượt 16 tỷ đồng": over a target; "vượt 1 triệu ca" alone is a level.
fn exceeding(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let (start, _) = scope.cue(amount, Class::Exceed)?;
    let near = scope.hi().min(amount.end() + 8);
    let compared = scope.any(amount.end(), near, Class::Target) || scope.any(amount.end(), near, Class::Versus);
    let after = scope.last().is_some_and(|d| {
        d.kind == Kind::Change && d.rule.contains("vượt")
            // The level itself stands right before.
            || d.kind != Kind::Change
                && start.saturating_sub(d.tokens.end as usize) <= 2
                && d.amount.unit != Unit::None
                && d.amount.unit.same_sort(&amount.unit)
                && d.amount.value > amount.value
    });
    let over = matches!(amount.unit, Unit::Percent | Unit::PercentPoint)
        || compared
        || after
        || amount.start() - start > 1 && page.w(start + 1) != "mốc" && amount.hedge_start == amount.start();
    over.then(|| found(Direction::Increase, start, scope.words(start, amount.hedge_start), 0.93))
}

/// "tăng gần 16%", "giảm nhẹ 8%", "cao hơn 2 độ C", "tăng lần lượt 4,6%".
fn cued(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let mut at = amount.hedge_start;
    // "giảm giá từ 20-50%"
    if amount.value_max.is_some()
        && at > scope.lo()
        && page.w(at - 1) == "từ"
        && scope.next_level(amount, amount.end()).is_none()
    {
        at -= 1;
    }
    for _ in 0..6 {
        let up = page.before(scope.lo(), at, Class::Up).map(|(s, _)| (s, Direction::Increase));
        let down = page.before(scope.lo(), at, Class::Down).map(|(s, _)| (s, Direction::Decrease));
        let level = page.before(scope.lo(), at, Class::Level).map(|(s, _)| s);
        // The longest phrase decides: "tăng lên" is no phrase of Up, so "lên" makes a level.
        let cue = [up, down].into_iter().flatten().min_by_key(|(s, _)| *s);
        match (cue, level) {
            (Some((start, direction)), level) if level.is_none_or(|l| start <= l) => {
                return fits(scope, amount, start, at).then(|| found(direction, start, scope.words(start, at), 0.97));
            }
            (_, Some(level)) => return grown_level(scope, amount, level),
            _ => {}
        }
        at = scope
            .step(at)
            .or_else(|| (at > scope.lo() && adverb(page.w(at - 1))).then(|| at - 1))
            // "giảm mỗi chiều 45.000 đồng"
            .or_else(|| (at > scope.lo() + 1 && page.w(at - 2) == "mỗi" && page.s.is_word(at - 1)).then(|| at - 2))?;
    }
    None
}

/// Words of degree and distribution between the cue and its number.
fn adverb(word: &str) -> bool {
    matches!(
        word,
        "lượt"
            | "lần"
            | "nhẹ"
            | "mạnh"
            | "quân"
            | "bình"
            | "trung"
            | "ứng"
            | "tương"
            | "đương"
            | "sâu"
            | "vọt"
            | "nhanh"
            | "cao"
            | "hẳn"
            | "thêm"
            | "tiếp"
            | "tục"
    )
}

/// Words whose number is a difference only in some units.
fn fits(scope: &Scope<'_, '_>, amount: &Amount, start: usize, end: usize) -> bool {
    let words = scope.words(start, end);
    let near = scope.hi().min(amount.end() + 6);
    // "cao hơn mức 25%": the number is what is compared with.
    if words.ends_with("hơn")
        && (end..amount.hedge_start).any(|i| matches!(scope.page.w(i), "mức" | "số" | "ngưỡng" | "khoản"))
    {
        return false;
    }
    // "tăng vượt mốc 960 điểm": a mark that is passed.
    if (end..amount.start()).any(|i| matches!(scope.page.w(i), "mốc" | "ngưỡng")) {
        return false;
    }
    if measurement::size(scope, amount) || scope.capped(end) || names_what_moves(scope, amount, start, end) {
        return false;
    }
    match words.as_str() {
        "mất" | "mất đi" | "mất thêm" => {
            matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint)
                || matches!(&amount.unit, Unit::Money(_)) && scope.any(amount.end(), near, Class::Versus)
        }
        "+" => amount.sign.is_some(),
        "tiến" | "tiến thêm" => matches!(amount.unit, Unit::Point | Unit::Percent),
        "thổi bay" => {
            matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint | Unit::Money(_))
        }
        "có thêm" | "thêm được" | "bổ sung thêm" => {
            matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint)
        }
        "tiết kiệm" | "tiết kiệm được" | "tiết kiệm tới" | "tiết kiệm đến" => {
            let account = start > scope.lo() && matches!(scope.page.w(start - 1), "gửi" | "sổ" | "suất" | "tiền");
            matches!(amount.unit, Unit::Percent) && !account
        }
        "hạ" | "cắt" | "bớt" => amount.unit != Unit::None,
        "tăng" | "giảm" => !matches!(amount.unit, Unit::Times),
        "kém" | "bứt phá" | "phục hồi" | "hồi phục" => {
            amount.unit != Unit::None && !matches!(amount.unit, Unit::Time(..))
        }
        "dẫn trước" => {
            matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint) || amount.unit == Unit::None
        }
        _ => true,
    }
}

/// "số mã tăng chỉ có 6 mã", "số mã tăng với 37 mã tăng": the verb belongs to what is numbered.
fn names_what_moves(scope: &Scope<'_, '_>, amount: &Amount, start: usize, end: usize) -> bool {
    let page = scope.page;
    let numbered =
        start >= scope.lo() + 2 && (page.w(start - 2) == "số" || start >= scope.lo() + 3 && page.w(start - 3) == "số");
    amount.unit == Unit::None
        && end == start + 1
        && numbered
        && (end..amount.hedge_start).any(|i| matches!(page.w(i), "có" | "với" | "gồm"))
}

/// The unit of a changed count is its noun.
fn with_unit(scope: &Scope<'_, '_>, amount: &Amount, mut found: Found) -> Found {
    if amount.unit == Unit::None && found.unit.is_none() {
        if let Some(noun) = count::noun(scope, amount) {
            found.unit = Some(scope.page.s.slice(noun).to_owned());
            found.noun = Some(noun);
        } else if amount.scaled && scope.last().is_none_or(|d| d.amount.unit != Unit::None) {
            found.unit = Some("VND".into());
        } else if let Some(last) = scope.last() {
            found.unit = Some(last.unit.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_verb_or_sign_of_change_before_the_number_makes_a_difference() {
        claims(&[
            ("Doanh thu tăng gần 5,2% so với cùng kỳ.", "change 5.2 % increase"),
            ("Số hộ nghèo giảm 30 hộ.", "change 30 hộ decrease"),
            ("Cổ phiếu này mất giá (-0,20%).", "change 0.20 % decrease"),
            ("Giá lúa cao hơn vụ trước 200 đồng/kg.", "change 200 VND/kg increase"),
            ("Nhiệt độ cao hơn 2 độ C so với hôm qua.", "change 2 độ C increase"),
            ("Chi phí giảm một nửa.", "change 50 % decrease"),
            ("Ba dự án điều chỉnh tăng vốn thêm 97 triệu USD.", "count 3 dự án | change 97000000 USD increase"),
            ("Anh về nhất, nhanh hơn kỷ lục cũ 0,11 giây.", "change 0.11 giây decrease"),
            ("Đỉnh lũ vượt lịch sử năm 1968 là 0,5 m.", "change 0.5 m increase"),
            ("Cả tỉnh giảm 19 vụ (11,11%).", "change 19 vụ decrease | change 11.11 % decrease"),
            ("Nam dẫn đầu, hơn người xếp sau 3 bàn.", "change 3 bàn increase"),
        ]);
    }

    #[test]
    fn an_excess_over_a_level_just_said_is_a_change_and_a_mark_passed_is_none() {
        claims(&[
            ("Sản lượng đạt 90 nghìn tấn, vượt 7 nghìn tấn.", "measurement 90000 tấn | change 7000 tấn increase"),
            ("Thu ngân sách vượt 5% chỉ tiêu.", "change 5 % increase"),
            ("Số ca mắc vượt 1 triệu ca.", "count 1000000 ca"),
        ]);
    }

    #[test]
    fn words_between_a_cue_and_its_amount_leave_a_change() {
        claims(&[
            ("Cửa hàng giảm mỗi chiều 45.000 đồng/lượng.", "change 45000 VND/lượng decrease"),
            ("Điều này làm giảm thu ngân sách khoảng 23 tỷ đồng.", "change 23000000000 VND decrease"),
            ("Anh kém Lan Chi 8 tuổi.", "change 8 tuổi decrease"),
            ("Chị hơn chồng 5 tuổi.", "change 5 tuổi increase"),
            ("Bếp mới tiết kiệm 15% điện.", "change 15 % decrease"),
            ("Mã này vượt trên tham chiếu 2,3%.", "change 2.3 % increase"),
            ("Xe cũ mất giá tới 45%, thậm chí là 60%.", "change 45 % decrease | change 60 % decrease"),
            ("Máy lớn hơn với màn hình 17,3 inch.", "measurement 17.3 inch"),
        ]);
    }

    #[test]
    fn a_level_reached_or_compared_with_is_no_change() {
        claims(&[
            ("Dân số tăng lên 28 triệu người.", "count 28000000 người"),
            ("Tỷ lệ hộ nghèo giảm còn 1,91%.", "percentage 1.91 %"),
            ("Con số này cao hơn mức 25% của năm trước.", "percentage 25 %"),
            ("Giá bán không cao hơn 30.000 đồng/lít.", "rate 30000 VND/lít"),
            ("Mái tôn dài hơn 100m bị cuốn bay.", "measurement 100 m"),
        ]);
    }

    #[test]
    fn a_range_that_prices_fall_by_is_a_change_and_what_is_numbered_is_none() {
        claims(&[
            ("Cửa hàng giảm giá từ 15-40% cho khách quen.", "change 15 % decrease"),
            ("Mức giảm từ 3 đến 4 triệu đồng tùy máy.", "change 3000000 VND decrease"),
            ("Số mã tăng chỉ có 6 mã.", "count 6 mã"),
            ("Chỉ số này sẽ tăng vượt mốc 1.700 điểm.", "measurement 1700 điểm"),
            ("Chỉ số công nghệ tiến 8,4 điểm.", "change 8.4 điểm increase"),
            ("Giảm mạnh nhất là các mã như XYA (2,6%), XYB (1,7%).", "change 2.6 % decrease | change 1.7 % decrease"),
        ]);
    }

    #[test]
    fn both_ends_of_a_growth_that_moves_are_growth() {
        claims(&[(
            "Dự báo lợi nhuận được nâng từ tăng 1,5% lên 2,5%.",
            "change 1.5 % increase | change 2.5 % increase",
        )]);
    }
}
