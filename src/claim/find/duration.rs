//! A length of time: `trong 8 năm liền`, `sau 30 phút`, `2 năm 6 tháng`.
//!
//! Traps: months of the year so far are a window (`lũy kế 9 tháng, doanh thu đạt …`), `một năm` with nothing that
//! measures it is an article and its noun.

use super::{Found, REACH, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let Unit::Time(..) = amount.unit else { return None };
    let page = scope.page;
    let before = if amount.hedge_start > scope.lo() { page.w(amount.hedge_start - 1) } else { "" };
    if window(scope, amount)
        || numbered(scope, amount)
        || bare_one(scope, amount, before)
        || term(scope, amount)
        || placed(scope, amount)
    {
        return None;
    }
    // "3 ngày trước", "cách đây 18 năm": an offset places something in time; guideline: optional.
    let offset = matches!(page.w(amount.end()), "trước" | "sau" | "nữa" | "tới") || before == "đây";
    Some(Found::sure(if offset { "khoảng cách" } else { "" }, if offset { 0.5 } else { 0.85 }))
}

/// "lãi suất kỳ hạn từ 3 tháng đến dưới 9 tháng": which deposit is spoken of, not how long anything lasts.
fn term(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let at = amount.hedge_start;
    let passing = |i: usize| {
        page.s.is_number(i)
            || page.s.is_mark(i, ',')
            || page.s.is_mark(i, '-')
            || page.is(i, Class::Duration)
            || matches!(
                page.w(i),
                "từ" | "đến" | "dưới" | "trên" | "tới" | "và" | "qua" | "đêm" | "có" | "các" | "trở" | "lên"
            )
    };
    let from = (scope.back(at, 14)..at).rev().take_while(|&i| passing(i)).last().unwrap_or(at);
    let named = from >= scope.lo() + 2 && page.w(from - 1) == "hạn" && page.w(from - 2) == "kỳ";
    let interest = |i: usize| {
        matches!(
            (page.w(i), page.w(i + 1)),
            ("lãi", "suất") | ("tiền", "gửi") | ("tiết", "kiệm") | ("huy", "động") | ("gửi", "tiền")
        )
    };
    named && (scope.back(at, REACH)..scope.ahead(amount.end(), REACH)).any(interest)
}

/// "cách đây 3 năm", "mức thấp nhất 10 năm", "giá bình quân 30 ngày", "kế hoạch 5 năm": the length places or names
/// something else.
fn placed(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let at = amount.hedge_start;
    if at < scope.lo() + 2 || amount.hedge_start != amount.start() {
        return false;
    }
    matches!(
        (page.w(at - 2), page.w(at - 1)),
        ("cách", "đây") | ("thấp" | "cao" | "mạnh", "nhất") | ("bình", "quân") | ("trung", "bình") | ("kế", "hoạch")
    )
}

/// "9 tháng đạt 240 tỷ", "kế hoạch 4 tháng": the part of the year that a figure of business is for.
fn window(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let months = matches!(&amount.unit, Unit::Time(name, _) if name == "tháng");
    let (start, end) = (amount.start(), amount.end());
    let word = |i: usize| if i >= scope.lo() && i < scope.hi() { page.w(i) } else { "" };
    // "doanh thu chín tháng", "tính chung 10 tháng"
    let told = matches!(
        (word(start.wrapping_sub(2)), word(start.wrapping_sub(1))),
        ("doanh", "thu") | ("lợi", "nhuận") | ("tính", "chung") | ("lũy" | "luỹ", "kế")
    );
    if months && told && amount.modifier.is_none() && amount.value < 12.into() {
        return true;
    }
    if !months || !amount.in_digits || amount.modifier.is_some() || amount.value >= 12.into() {
        return false;
    }
    let closes = end >= scope.hi() || !page.s.is_word(end);
    let predicate =
        matches!(word(end), "đạt" | "ước" | "tăng" | "giảm" | "lãi" | "lỗ" | "là" | "của" | "doanh" | "lợi" | "và");
    let opens = start == scope.lo() || !page.s.is_word(start - 1);
    let before = word(start.wrapping_sub(1));
    if !closes && !predicate && !matches!(before, "doanh" | "nhuận" | "quân" | "ngạch" | "quả") {
        return false;
    }
    match before {
        "kế" | "hoạch" => true,
        // "báo cáo sản xuất 7 tháng", "lương bình quân 9 tháng của ngành"
        "doanh" | "nhuận" | "quân" | "ngạch" | "quả" => business(scope, amount),
        "trong" | "sau" | "qua" => business(scope, amount),
        _ if opens => predicate || business(scope, amount),
        _ => predicate && business(scope, amount) && !matches!(word(end), "của" | "và" | "là"),
    }
}

/// Whether the words around speak of results that are added up over a year.
fn business(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    (scope.back(amount.start(), 20)..scope.ahead(amount.end(), 20)).any(|i| {
        matches!(
            (scope.page.w(i), scope.page.w(i + 1)),
            ("doanh", "thu" | "số")
                | ("lợi", "nhuận")
                | ("kim", "ngạch")
                | ("xuất" | "nhập", "khẩu")
                | ("cùng", "kỳ")
                | ("kế", "hoạch")
                | ("thu", "nhập")
                | ("lãi", "ròng" | "thuần" | "trước" | "sau")
                | ("ngân", "sách")
                | ("thống", "kê")
        ) || scope.page.w(i) == "eps"
    })
}

/// "đợt 2 năm 2012": the number belongs to the word before it, the unit to the year behind.
fn numbered(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let end = amount.end();
    amount.in_digits && end < scope.hi() && super::year(scope.page, end)
}

/// "hứa hẹn một năm bùng nổ", "trong một ngày": an article, unless a word before measures the time.
fn bare_one(scope: &Scope<'_, '_>, amount: &Amount, before: &str) -> bool {
    amount.one_word
        && amount.modifier.is_none()
        && amount.value == 1.into()
        && (amount.end() - amount.start() == 2 || season(scope, amount))
        && !matches!(
            before,
            "sau"
                | "suốt"
                | "dài"
                | "vòng"
                | "hạn"
                | "gian"
                | "trước"
                | "tròn"
                | "mất"
                | "tù"
                | "thêm"
                | "đây"
                | "niệm"
                | "cần"
        )
        && !(before == "được" && matches!(scope.page.w(amount.end() - 1), "tuần" | "tháng" | "năm"))
        && !matches!(scope.page.w(amount.end()), "trước" | "sau" | "nữa" | "liền")
}

/// "một mùa giải": a word of two syllables, as bare as "một năm".
fn season(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    scope.page.w(amount.end() - 2) == "mùa" && amount.end() - amount.start() == 3
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_length_of_time_is_a_duration() {
        claims(&[
            ("Ông làm trưởng thôn trong 8 năm liền.", "duration 8 năm"),
            ("Sau một năm thử nghiệm, máy chạy ổn định.", "duration 1 năm"),
            ("Công trình tạm dừng 6 tháng.", "duration 6 tháng"),
            ("Trận mưa kéo dài hơn 30 phút.", "duration 30 phút"),
            ("Ông có chuyến thăm 3 ngày tới Lào.", "duration 3 ngày"),
            ("Sau 8 tháng chiến đấu với bệnh tật, anh trở về.", "duration 8 tháng"),
            ("Chương trình mới chạy được một tháng.", "duration 1 tháng"),
        ]);
    }

    #[test]
    fn a_window_of_the_year_and_an_article_are_none() {
        claims(&[
            ("Lũy kế 9 tháng, doanh thu đạt 240 tỷ đồng.", "money 240000000000 VND"),
            ("Sau 7 tháng, lợi nhuận trước thuế đạt 15 tỷ đồng.", "money 15000000000 VND"),
            ("Sản lượng vượt 9% kế hoạch 4 tháng và được khen thưởng.", "change 9 % increase"),
            ("Người hâm mộ hứa hẹn một năm bùng nổ.", ""),
            ("Lãi suất kỳ hạn từ 3 tháng đến dưới 9 tháng giảm mạnh.", ""),
            ("Chuyện xảy ra cách đây 3 năm.", ""),
            ("Tính chung 10 tháng, chỉ số giá tăng 6,4%.", "change 6.4 % increase"),
            ("Doanh thu chín tháng của xưởng là 68 tỷ đồng.", "money 68000000000 VND"),
            ("Hội thi hướng đến lần thứ 8 ngày Sách.", ""),
            ("Giá cao su thấp nhất 10 năm.", ""),
        ]);
    }
}
