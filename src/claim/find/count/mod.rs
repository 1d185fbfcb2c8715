//! A number of people or things: `304 chi bộ`, `1,7 triệu ly sữa`, `hai ngân hàng`, `5 lần`.
//!
//! The unit is the counted noun as written: classifier and head noun, without what describes it. Where no noun
//! stands behind the number it is what the clause counts (`tổng số hộ nghèo là 52`), else the one counted last.
//!
//! Traps: `năm 2021`, `năm thứ 6`, `bảng xếp hạng 500 doanh nghiệp`.

mod elided;

pub(super) use self::elided::numbered;
use self::elided::{bracketed, counted_before, elided, shared};
use super::{Found, REACH, Scope};
use crate::article::segment::Case;
use crate::article::span::{Span, Tokens};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::{Class, Page};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    match amount.unit {
        // "trợ cấp 1 lần": how it is paid.
        Unit::Times if amount.value == 1.into() && paid_at_once(scope, amount) => return None,
        Unit::Times => return Some(Found::sure("lần", 0.8)),
        // "ở 14 điểm trên tuyến đê"
        Unit::Point if super::measurement::places(scope, amount) => {
            let noun = Span::of(amount.number_end, amount.end());
            return Some(Found {
                unit: Some("điểm".into()),
                noun: Some(noun),
                tokens: Some(Span::of(amount.start(), amount.number_end)),
                ..Found::sure("điểm", 0.8)
            });
        }
        Unit::Point => return Some(Found::sure("điểm", 0.85)),
        Unit::None => {}
        Unit::Measure(..) if super::measurement::sample(scope, amount) => {
            let kind = scope.page.is(amount.end(), Class::Noun) || scope.page.is(amount.end(), Class::Countable);
            let noun = Span::of(amount.number_end, amount.end() + usize::from(kind && amount.end() < scope.hi()));
            return Some(Found {
                unit: Some(scope.page.s.slice(noun).to_owned()),
                noun: Some(noun),
                tokens: Some(Span::of(amount.start(), amount.number_end)),
                ..Found::sure("mẫu", 0.85)
            });
        }
        _ => return None,
    }
    if names(scope, amount) || two_way(scope, amount) {
        return None;
    }
    if let Some(noun) = shared(scope, amount) {
        return Some(Found {
            unit: Some(scope.page.s.slice(noun).to_owned()),
            noun: Some(noun),
            ..Found::sure("từ", 0.85)
        });
    }
    // "trong đó 20 nữ", "(2 hòa, 9 thắng)": of those counted before.
    let end = amount.end();
    if matches!(scope.page.w(end), "nữ" | "nam")
        || amount.in_digits
            && matches!(scope.page.w(end), "thắng" | "hòa" | "hoà" | "thua" | "bại")
            && (!scope.page.s.is_word(end + 1) || scope.page.w(end + 1) == "và")
    {
        if let Some(found) = counted_before(scope) {
            return Some(found);
        }
        if !matches!(scope.page.w(end), "nữ" | "nam") {
            return Some(Found { unit: Some("trận".into()), ..Found::sure("trận", 0.7) });
        }
    }
    // "3 trong số những trợ lý"
    if amount.in_digits && scope.page.w(end) == "trong" && scope.page.w(end + 1) == "số" {
        let at = end + 2 + usize::from(matches!(scope.page.w(end + 2), "những" | "các"));
        if let Some(noun) = head(scope, at) {
            return Some(Found {
                unit: Some(scope.page.s.slice(noun).to_owned()),
                noun: Some(noun),
                ..Found::sure("trong số", 0.85)
            });
        }
    }
    if shares(scope, amount) {
        return Some(Found { unit: Some("cổ phiếu".into()), ..Found::sure("cổ phiếu", 0.8) });
    }
    if let Some(noun) = noun(scope, amount).or_else(|| bracketed(scope, amount)) {
        let anaphor = scope.page.is(noun.end as usize, Class::Anaphor);
        let sure = if anaphor && amount.one_word { 0.5 } else { 0.93 };
        return Some(Found {
            unit: Some(scope.page.s.slice(noun).to_owned()),
            noun: Some(noun),
            ..Found::sure("", sure)
        });
    }
    // A bare "0,7824" counts nothing that stands elsewhere: things come whole.
    if amount.decimals > 0 && !amount.scaled && amount.other.is_none() {
        return None;
    }
    elided(scope, amount)
}

/// "hưởng chế độ 1 lần", "trợ cấp một lần": a lump sum.
fn paid_at_once(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let (page, at) = (scope.page, amount.start());
    at >= scope.lo() + 2
        && matches!(
            (page.w(at - 2), page.w(at - 1)),
            ("chế", "độ") | ("trợ", "cấp") | ("phụ", "cấp") | ("bảo", "hiểm") | ("xã", "hội")
        )
}

/// "352.000 XYA đã được mua": so many shares of a company that its ticker names.
fn shares(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let at = amount.end();
    let ticker =
        at < scope.hi() && page.s.tokens[at].case == Case::Upper && page.w(at).len() == 3 && page.w(at).is_ascii();
    ticker
        && amount.value >= 100.into()
        && (scope.back(amount.start(), REACH)..scope.ahead(at, REACH)).any(|i| {
            matches!(
                (page.w(i), page.w(i + 1)),
                ("cổ", "phiếu" | "phần") | ("khớp", "lệnh") | ("nhà", "đầu") | ("khối", "ngoại") | ("giao", "dịch")
            )
        })
}

/// "tăng trưởng hai con số": how many digits a percentage has.
pub(super) fn says_digits(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let (page, end) = (scope.page, amount.end());
    page.w(end) == "con" && page.w(end + 1) == "số" && amount.value < 5.into()
}

/// The number names a year, a place in an order or a list: "năm 2021", "năm thứ 6", "bảng xếp hạng 500 doanh nghiệp".
fn names(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let start = amount.start();
    if start == scope.lo() {
        return false;
    }
    let plain = amount.number_end == start + 1;
    if says_digits(scope, amount) || page.w(amount.end()) == "đầu" && page.w(amount.end() + 1) == "tiên" {
        return true;
    }
    // "QCVN 05:2023", "giải 045118"
    let joined = page.s.is_glued(start) && [':', '/', '-'].iter().any(|&c| page.s.is_mark(start - 1, c));
    if plain && (super::year(page, start) && joined || page.w(start).len() > 3 && page.w(start).starts_with('0')) {
        return amount.decimals == 0;
    }
    match page.w(start - 1) {
        "năm" => super::year(page, start) && plain,
        "thứ" => true,
        "hạng" => true,
        _ => false,
    }
}

/// "thương mại 2 chiều", "đường 2 chiều": how, not how many.
fn two_way(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let (page, at) = (scope.page, amount.hedge_start);
    page.w(amount.end()) == "chiều"
        && amount.value <= 3.into()
        && at > scope.lo()
        && page.s.is_word(at - 1)
        && !matches!(page.w(at - 1), "cả" | "theo" | "ở" | "có" | "mỗi")
}

/// The counted noun right behind the number: classifier and head noun.
pub(super) fn noun(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    let end = amount.end();
    // "200 “gia đình học tập”"
    let quote = ['"', '“'].iter().any(|&c| scope.page.s.is_mark(end, c)) && !scope.page.s.is_capital(end + 1);
    head(scope, end + usize::from(quote && !scope.page.is(end + 1, Class::Clause)))
}

/// Classifier and head noun from token `at` on.
pub(super) fn head(scope: &Scope<'_, '_>, at: usize) -> Option<Span<Tokens>> {
    let page = scope.page;
    if at >= scope.hi() || !page.s.is_word(at) {
        return None;
    }
    // "1 triệu từ mùa giải trước": where from.
    let whence = page.w(at) == "từ" && !matches!(page.w(at + 1), "tiếng" | "đơn" | "ghép" | "láy" | "mới" | "ngữ");
    if whence && (page.is(at + 1, Class::Noun) || page.is(at + 1, Class::Countable)) {
        return None;
    }
    let longest = |i: usize, class: Class| page.m.longest(i, class).map(|m| m.len as usize);
    let content = [Class::Countable, Class::Noun].iter().filter_map(|&c| longest(at, c)).max();
    let classifier = longest(at, Class::Classifier);
    let function = [
        Class::Clause,
        Class::Preposition,
        Class::Conjunction,
        Class::Coordinator,
        Class::Auxiliary,
        Class::Adverb,
        Class::Particle,
        Class::Level,
        Class::Versus,
        Class::Pronoun,
        Class::Anaphor,
        Class::Share,
    ]
    .iter()
    .filter_map(|&c| longest(at, c))
    .max();
    // "100 tỷ đầu tư vào": a verb whose first syllable happens to be a noun.
    if content.max(classifier).is_some_and(|n| n == 1) && longest(at, Class::Verb).is_some_and(|v| v > 1) {
        return None;
    }
    if function.is_some()
        && content
            .max(classifier)
            .is_none_or(|c| Some(c) < function || page.is(at, Class::Clause) && !page.is(at, Class::Countable))
    {
        return None;
    }
    if let Some(c) = classifier
        && content.is_none_or(|n| n <= c)
    {
        let next = at + c;
        let behind = if next < scope.hi() && page.s.is_word(next) && !page.s.is_capital(next) {
            [Class::Countable, Class::Noun]
                .iter()
                .filter_map(|&k| longest(next, k))
                .max()
                .filter(|_| !page.is(next, Class::Clause) && !page.is(next, Class::Anaphor))
                // "7 chuyến ngày 9.11", "45.000 phiếu năm 2016", "hai đội bước vào"
                .filter(|_| !page.is(next, Class::Duration) || !page.s.is_number(next + 1))
                .filter(|&n| n > 1 || !page.is(next, Class::Verb) || !page.is(next + 1, Class::Preposition))
        } else {
            None
        };
        return Some(Span::of(at, next + behind.unwrap_or(0)));
    }
    if let Some(n) = content {
        // "hai người mới đây": "mới đây" says when.
        let recent = n > 1 && page.w(at + n - 1) == "mới" && page.w(at + n) == "đây";
        return Some(Span::of(at, at + n - usize::from(recent)));
    }
    let verb = [Class::Verb, Class::Adjective].iter().filter_map(|&c| longest(at, c)).max();
    match verb {
        Some(_) => None,
        // An unknown word, in small letters or an abbreviation ("TCCSĐ"), is taken as the noun.
        None if !page.is(at, Class::Determiner)
            && (!page.s.is_capital(at) || page.s.tokens[at].case == Case::Upper)
            && !is_number_word(page, at) =>
        {
            Some(Span::of(at, at + 1))
        }
        None => None,
    }
}

fn is_number_word(page: &Page<'_>, at: usize) -> bool {
    [Class::Digit, Class::Scale, Class::Ten, Class::Half, Class::Part].iter().any(|&c| page.is(at, c))
}

/// Amounts that share the unit or noun of a later one.
impl Scope<'_, '_> {
    /// "300, 250 và 40 km", "từ 302 xuống 197 ca", "từ 1.310 lên 1.340 USD": the unit of both levels stands behind the second.
    pub(super) fn unit_of_next(&self, amount: &Amount) -> Option<Unit> {
        let page = self.page;
        let (at, end) = (amount.hedge_start, amount.end());
        if amount.unit == Unit::None
            && amount.in_digits
            && let Some(last) = self.end_of_list(amount)
            && last.unit != Unit::None
        {
            return (last.scaled == amount.scaled).then(|| last.unit.clone());
        }
        // "9,2 so với 8,8 mm"
        if amount.unit == Unit::None
            && amount.decimals > 0
            && !amount.scaled
            && let Some((len, _)) = page.get(end, Class::Versus)
            && let Some(next) = self.amounts.get(self.at + 1).filter(|n| n.hedge_start == end + len)
            && let Unit::Measure(..) = next.unit
        {
            return Some(next.unit.clone());
        }
        let from = amount.unit == Unit::None
            && amount.in_digits
            && at > self.lo()
            && (page.w(at - 1) == "từ" || page.w(at - 1) == "mức" && at > self.lo() + 1 && page.w(at - 2) == "từ");
        let (_, next) = self.next_level(amount, end).filter(|_| from)?;
        (next.unit != Unit::None && next.scaled == amount.scaled).then(|| next.unit.clone())
    }

    /// "22.800, 20.300 và 15.900 đồng/giờ": the amount that ends a list of bare numbers, this one the first of them.
    pub(super) fn end_of_list(&self, amount: &Amount) -> Option<&Amount> {
        let mut end = amount.end();
        for next in self.amounts.get(self.at + 1..)?.iter().take(8) {
            let joined = next.start() == end + 1
                && (self.page.w(end) == "và" || [',', ';'].iter().any(|&c| self.page.s.is_mark(end, c)));
            if !joined || next.non_claim.is_some() || !next.in_digits {
                return None;
            }
            let last = self.page.w(end) == "và";
            if last || next.unit != Unit::None {
                return last.then_some(next);
            }
            end = next.end();
        }
        None
    }

    /// The amount behind "lên", "xuống còn", "đến" right behind this one, and that word's token.
    pub(super) fn next_level(&self, amount: &Amount, end: usize) -> Option<(usize, &Amount)> {
        let to = self.page.is(end, Class::Level) || matches!(self.page.w(end), "đến" | "tới");
        let next = self.amounts.get(self.at + 1).filter(|n| to && n.non_claim.is_none() && n.in_digits)?;
        (amount.end() < next.start() && next.start() - end <= 4).then_some((end, next))
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn the_noun_behind_the_number_is_counted() {
        claims(&[
            ("Đảng bộ có 304 chi bộ.", "count 304 chi bộ"),
            ("Nhà máy bán 1,7 triệu ly sữa.", "count 1700000 ly sữa"),
            ("Tai nạn làm 02 người bị thương.", "count 2 người bị thương"),
            ("Hai ngân hàng đã sáp nhập.", "count 2 ngân hàng"),
        ]);
    }

    #[test]
    fn the_noun_of_a_neighbour_is_counted_where_it_is_left_out() {
        claims(&[
            ("Xã mua 14 và thuê 9 máy xúc.", "count 14 máy xúc | count 9 máy xúc"),
            ("Đội có 11 trận đấu bất bại (2 hòa, 9 thắng).", "count 11 trận đấu | count 2 trận đấu | count 9 trận đấu"),
            (
                "Xã đón 255 công dân, có 120 là nam, 135 là nữ.",
                "count 255 công dân | count 120 công dân | count 135 công dân",
            ),
            ("Bà cử 3 trong số những trợ lý của mình.", "count 3 trợ lý"),
            ("Huyện có gần 900 “gia đình học tập”.", "count 900 gia đình"),
            ("Thương mại hai chiều tăng mạnh.", ""),
            ("Ở 2 xóm khác, nước vẫn dâng.", "count 2 xóm"),
            ("Tỷ giá chéo đổi chút ít, sáng nay là 0,7824.", ""),
            ("Ông bị liệt tứ chi từ năm lớp 8.", ""),
            ("Người dân được trợ cấp 1 lần.", ""),
            ("Phim có 4 đề cử và 3 đại diện.", "count 4 đề cử | count 3 đại diện"),
        ]);
    }

    #[test]
    fn what_the_clause_numbers_is_counted_when_no_noun_is_behind() {
        claims(&[
            ("Tổng số hộ nghèo của xã là 52.", "count 52 hộ nghèo"),
            ("Bão làm 12 người bị thương, số nhà tốc mái lên đến 340.", "count 12 người bị thương | count 340 nhà"),
            (
                "Xã giảm 105 hộ nghèo, từ 302 xuống 197 hộ.",
                "change 105 hộ nghèo decrease | count 302 hộ | count 197 hộ",
            ),
            (
                "Tỉnh nhận 867 hồ sơ, trong đó đúng hạn 820, trễ hạn 47.",
                "count 867 hồ sơ | count 820 hồ sơ | count 47 hồ sơ",
            ),
            ("Ba xã lần lượt có 300, 250 và 40 hộ.", "count 3 xã | count 300 hộ | count 250 hộ | count 40 hộ"),
            ("Trạm tiếp nhận 40 bệnh nhân, trong đó có 5 nặng.", "count 40 bệnh nhân | count 5 bệnh nhân"),
        ]);
    }

    #[test]
    fn shares_ride_on_their_ticker_and_houses_on_their_street() {
        claims(&[
            ("Khối ngoại mua 352.000 XYA trong phiên.", "count 352000 cổ phiếu"),
            ("Người dân có thể đến 47 Lê Lợi để ký tên.", ""),
            ("Họ trao quà cho 45 thương binh, 12 hưởng trợ cấp.", "count 45 thương binh | count 12 thương binh"),
            ("Nước này đạt tăng trưởng hai con số.", ""),
            ("Hai người mới đây đã về quê.", "count 2 người"),
        ]);
    }

    #[test]
    fn years_orders_and_numbered_columns_count_nothing() {
        claims(&[
            ("Trả cổ tức năm 2012 bằng tiền mặt.", ""),
            ("Đây là năm thứ 6 hội làng được tổ chức.", ""),
            ("Bảng xếp hạng 500 doanh nghiệp vừa được công bố.", ""),
            ("Nước thải theo QCVN 40:2021 của Bộ.", ""),
            ("Giá bán (1) Giá vốn (2) Chênh lệch (3)", ""),
        ]);
    }
}
