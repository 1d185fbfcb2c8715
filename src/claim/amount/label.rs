//! Numbers that name instead of counting: documents, roads, wards, models, phones, ordinals, list marks, scores' kin.

use super::digits::{self, Shape};
use super::model;
use super::name::{glued_code, list_mark, named, titled};
use crate::article::segment::{Case, Shape as TokenShape};
use crate::claim::lexicon::{Class, Page, set};

/// Why a number is no claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NonClaim {
    /// A calendar expression or a window of time.
    Date,
    /// A time of day.
    Time,
    /// The number of a law, resolution, article …
    Document,
    /// Part of a name.
    Name,
    /// A place in an order.
    Ordinal,
    /// A telephone number.
    Phone,
    /// A house number.
    Address,
    /// A plate, ticker, batch, address of the web …
    Code,
    /// A number word that is none ("năm nay", "một số").
    Other,
}

impl NonClaim {
    /// As written in the output of `solieu amounts`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Document => "document",
            Self::Name => "name",
            Self::Ordinal => "ordinal",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Code => "code",
            Self::Other => "other",
        }
    }

    fn parse(name: &str) -> Self {
        match name {
            "document" => Self::Document,
            "ordinal" => Self::Ordinal,
            "phone" => Self::Phone,
            "address" => Self::Address,
            "code" => Self::Code,
            _ => Self::Name,
        }
    }
}

/// Tokens of one name or list at most, so that a hostile line is not walked from each of its tokens.
pub(super) const LONGEST: usize = 24;

/// The naming number that starts at token `i` of `lo..hi`: why, and where it ends.
#[must_use]
pub(super) fn read(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    if page.s.is_word(i) {
        return word_with_digits(page, i, hi).or_else(|| no_number(page, i));
    }
    if !page.s.is_number(i) {
        return None;
    }
    // "gạo 5% tấm": a grade of rice.
    if page.s.is_mark(i + 1, '%') && page.w(i + 2) == "tấm" && i + 2 <= hi {
        return Some((NonClaim::Name, i + 2));
    }
    if let Some(end) = titled(page, lo, i, hi) {
        return Some((NonClaim::Name, end));
    }
    document(page, i, hi)
        .or_else(|| phone(page, lo, i, hi))
        .or_else(|| formation(page, i, hi))
        .or_else(|| labelled(page, lo, i, hi))
        .or_else(|| model::read(page, lo, i, hi))
        .or_else(|| glued_code(page, i, hi))
        .or_else(|| list_mark(page, lo, i, hi))
        .or_else(|| named(page, lo, i, hi))
}

/// "năm nay", "thứ hai", "một số", "ba lô": the word is no number here.
fn no_number(page: &Page<'_>, i: usize) -> Option<(NonClaim, usize)> {
    if inside_a_word(page, i) {
        return Some((NonClaim::Other, i + 1));
    }
    let (len, _) = page.get(i, Class::NotCount)?;
    // "một nửa số hộ" is one of two.
    if page.is(i, Class::HalfOf) && page.w(i + 2) == "số" {
        return None;
    }
    // "một phần ba thời gian", but "một phần hai bên đã chi"
    let fraction = page.w(i) == "một" && page.w(i + 1) == "phần" && page.is(i + 2, Class::Digit);
    if fraction && page.w(i + 2) != "một" && page.w(i + 2) != "không" && !page.is(i + 2, Class::NotCount) {
        return None;
    }
    Some((NonClaim::Other, i + len))
}

/// "tứ chi", "bộ tứ biên tập", "từ năm lớp 8": a numeral inside a word, and the year of a class.
fn inside_a_word(page: &Page<'_>, i: usize) -> bool {
    page.w(i) == "tứ" && (page.w(i + 1) == "chi" || i > 0 && page.w(i - 1) == "bộ")
        || page.w(i) == "năm" && page.w(i + 1) == "lớp" && page.s.is_number(i + 2)
}

/// `F0`, `V1000`, `COVID-19`, `SARS-CoV-2`, `F-15EX`, `H5N1`: letters, then digits, without a space.
fn word_with_digits(page: &Page<'_>, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let mut at = i + 1;
    let mut digits = false;
    while at < hi.min(i + LONGEST) && page.s.is_glued(at) {
        match page.s.tokens[at].shape {
            TokenShape::Number => digits = true,
            TokenShape::Word => {}
            TokenShape::Mark('-')
                if page.s.is_glued(at + 1) && (page.s.is_number(at + 1) || page.s.is_word(at + 1)) => {}
            _ => break,
        }
        at += 1;
    }
    let capital = page.s.is_capital(i) || page.s.tokens[at - 1].case != Case::Lower;
    if !digits || page.s.is_glued(i) && i > 0 && page.s.is_number(i - 1) {
        return None;
    }
    // "VND10", "EUR29,99": a currency, not a name.
    if page.is(i, Class::Money) && page.s.is_number(i + 1) && at == i + 2 {
        return None;
    }
    // "diễn ra được1 tuần": a space is lost.
    let lost = || page.is(i + 2, Class::Duration) || page.is(i + 2, Class::Countable);
    if at == i + 2
        && page.s.tokens[i].case == Case::Lower
        && page.w(i).chars().count() > 2
        && crate::article::segment::is_syllable(page.w(i))
        && lost()
    {
        return None;
    }
    // "từ-20", "x4": small letters before a hyphen make no name.
    let hyphen = page.s.is_mark(i + 1, '-');
    if !capital && (hyphen || page.w(i) == "x") {
        return None;
    }
    Some((NonClaim::Name, at))
}

/// `12-NQ/TW`, `46/2012/QĐ-TTg`, `105/NQ-CP`.
fn document(page: &Page<'_>, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let mut at = i + 1;
    let mut letters = false;
    while at + 1 < hi.min(i + LONGEST)
        && page.s.is_glued(at)
        && (page.s.is_mark(at, '/') || page.s.is_mark(at, '-'))
        && page.s.is_glued(at + 1)
    {
        let next = at + 1;
        if page.s.is_word(next)
            && matches!(page.s.tokens[next].case, Case::Upper | Case::Mixed)
            && !page.is(next, Class::Money)
        {
            letters = true;
        } else if !page.s.is_number(next) {
            break;
        }
        at += 2;
        while at < hi.min(i + LONGEST) && letters && page.s.is_glued(at) && (page.s.is_number(at) || page.s.is_word(at))
        {
            at += 1;
        }
    }
    (letters && page.w(i).len() <= 5).then_some((NonClaim::Document, at))
}

/// A telephone number: `0912 345 678`, `024.626.318.57`, `1900 1234`.
fn phone(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let first = page.w(i);
    let leading = first.starts_with('0') && first.len() >= 3 && !first.starts_with("0.") && !first.starts_with("0,")
        || first.starts_with("1900")
        || first.starts_with("1800");
    let label = page.before(lo, i, Class::Label).map(|(_, kind)| kind);
    let cue = label == Some("phone");
    if !leading && !cue || label == Some("code") {
        return None;
    }
    let mut at = i;
    let mut count = 0;
    while at < hi
        && count <= 15
        && (page.s.is_number(at)
            || (page.s.is_mark(at, '-') || page.s.is_mark(at, '.') || page.s.is_mark(at, ')'))
                && page.s.is_number(at + 1))
    {
        count += page.w(at).bytes().filter(u8::is_ascii_digit).count();
        at += 1;
    }
    let free = first.starts_with("1900") || first.starts_with("1800");
    let zero = first.starts_with('0');
    let long = count >= 8 && (zero || free) || cue && zero && (6..=12).contains(&count);
    (long && count <= 15).then_some((NonClaim::Phone, at))
}

/// `4-4-2`: three or more small numbers joined by hyphens.
fn formation(page: &Page<'_>, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let mut at = i + 1;
    while at + 1 < hi
        && page.s.is_mark(at, '-')
        && page.s.is_number(at + 1)
        && page.s.is_glued(at)
        && page.s.is_glued(at + 1)
    {
        at += 2;
    }
    (at >= i + 5).then_some((NonClaim::Name, at))
}

/// Labels whose number never counts, whatever follows.
const STRONG: [&str; 22] = [
    "thứ",
    "quận",
    "phường",
    "điều",
    "khoản",
    "nghị",
    "quyết",
    "thông",
    "chỉ",
    "quốc",
    "ql",
    "lần",
    "số",
    "covid",
    "tỉnh",
    "bão",
    "cơn",
    "công",
    "luật",
    "quy",
    "học",
    "giai",
];

fn labelled(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let plain = digits::read(page.w(i)).is_none_or(|d| matches!(d.shape, Shape::Plain | Shape::Dot));
    let end = list_end(page, i, hi);
    // "màn hình 1366 x 768" is no figure of a page.
    let screen = i > lo + 1 && page.w(i - 1) == "hình" && page.w(i - 2) == "màn";
    if let Some((start, kind)) = page.before(lo, i, Class::Label).filter(|_| !screen) {
        let kind = NonClaim::parse(kind);
        let strong =
            page.w(i - 1) == "thứ" || STRONG.contains(&page.w(start)) && (page.w(start) != "quyết" || i - start > 1);
        // "học kỳ 1 năm học mới"
        let school_year = page.w(end) == "năm" && page.w(end + 1) == "học";
        let counted = page.is(end, Class::Countable) && !page.s.is_capital(end) && page.w(end) != "từ"
            || unit_or_scale(page, end) && !school_year;
        // "ở vòng 2 giải đôi", but "mỗi vòng 2 trận"
        let round = matches!(page.w(start), "vòng" | "hiệp" | "ngã" | "set" | "séc")
            && !(start > lo && page.w(start - 1) == "mỗi");
        // "xóm 7 xã Phú An": the larger unit follows by name.
        let within = matches!(page.w(start), "xóm" | "thôn" | "ấp" | "khóm" | "tổ" | "khu" | "bản" | "đội")
            && matches!(page.w(end), "xã" | "phường" | "huyện" | "quận" | "thị" | "thành")
            && (page.s.is_capital(end + 1) || page.s.is_capital(end + 2));
        let strong = strong || round || within;
        // "lần thứ 8 ngày Sách" lasts no days.
        let nth = page.w(start) == "lần" && page.w(i - 1) == "thứ";
        // "U.23" and "Q. 9", but not "u 23".
        let alone = i == start + 1 || i == start + 2 && page.s.is_mark(i - 1, '.');
        let letter_ok = !alone || page.w(start).chars().count() > 1 || page.s.is_capital(start);
        // "đạt giải 3", but "độ phân giải 320"
        let prize = page.w(start) != "giải"
            || matches!(page.w(i), "1" | "2" | "3") && !(start > lo && page.w(start - 1) == "phân");
        if kind == NonClaim::Phone || !letter_ok || !prize {
            return None;
        }
        if kind == NonClaim::Code || plain && (nth || strong && !unit_or_scale(page, end) || !counted) {
            return Some((kind, end));
        }
        return None;
    }
    // "số 5": a number that names, unless it is "tổng số 5", "con số 5".
    if i > lo
        && page.w(i - 1) == "số"
        && plain
        && !unit_or_scale(page, end)
        && !(i > lo + 1 && matches!(page.w(i - 2), "tổng" | "con" | "tỷ" | "tỉ" | "trong" | "chỉ" | "một"))
    {
        let road = i > lo + 1 && matches!(page.w(i - 2), "đường" | "nhà" | "ngõ" | "hẻm" | "tổ" | "phòng");
        let address = road || matches!(page.w(end), "đường" | "phố" | "ngõ" | "hẻm") || page.s.is_capital(end);
        if !road && page.is(end, Class::Countable) && !page.s.is_capital(end) {
            return None;
        }
        return Some((if address { NonClaim::Address } else { NonClaim::Ordinal }, end));
    }
    None
}

/// "tầng 2, 3", "khóa 10 và 11": further numbers under one label.
pub(super) fn list_end(page: &Page<'_>, i: usize, hi: usize) -> usize {
    let mut end = i + 1;
    let hi = hi.min(i + LONGEST);
    // "quốc lộ 1A": the letter belongs to the number.
    if end < hi && page.s.is_glued(end) && page.s.is_capital(end) && page.s.raw(end).len() == 1 {
        end += 1;
        // "lớp 7A7"
        end += usize::from(end < hi && page.s.is_glued(end) && page.s.is_number(end));
    }
    while end < hi && page.s.is_mark(end, '/') && page.s.is_glued(end) && page.s.is_number(end + 1) {
        end += 2;
    }
    while end + 1 < hi
        && (page.s.is_mark(end, ',') || page.w(end) == "và" || page.s.is_mark(end, '-') && page.s.is_glued(end))
        && page.s.is_number(end + 1)
        && page.w(end + 1).len() <= 3
        && !unit_or_scale(page, end + 2)
        && (!page.m.any(end + 2, set(&[Class::Countable, Class::Classifier])) || page.is(end + 2, Class::Label))
    {
        end += 2;
    }
    end
}

pub(super) fn unit_or_scale(page: &Page<'_>, i: usize) -> bool {
    page.s.is_word(i) && page.is(i, Class::Scale) || super::unit::is(page, i)
}
