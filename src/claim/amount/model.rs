//! Numbers of models, penalties and houses: `12 Pro Max`, `GT 730M`, `chấm 11m`, `nhà 28 đường …`.

use super::label::NonClaim;
use crate::article::segment::{Case, is_syllable};
use crate::claim::lexicon::Page;

/// The naming number at token `i` of `lo..hi` that no label announces: why, and where it ends.
#[must_use]
pub(super) fn read(page: &Page<'_>, lo: usize, i: usize, hi: usize) -> Option<(NonClaim, usize)> {
    let end = i + 1;
    if end >= hi || page.w(i).len() > 4 {
        return None;
    }
    // "trực 24/24 giờ", "mở cửa 7/7": around the clock.
    let round = matches!(page.w(i), "24" | "7") && page.s.is_mark(end, '/') && page.w(end + 1) == page.w(i);
    if round && end + 2 <= hi && page.s.is_glued(end) {
        return Some((NonClaim::Name, end + 2));
    }
    // "Km 41+300", "phút 90+2", but "một khối 10+10Kb".
    let sum = i > lo + 1 && page.s.is_mark(i - 1, '+') && page.s.is_number(i - 2);
    if sum && page.s.is_glued(i) && page.s.is_glued(i - 1) && !page.s.is_glued(end) {
        return Some((NonClaim::Address, end));
    }
    let before = if i > lo { page.w(i - 1) } else { "" };
    // "Zentix 5 Pro và 5 Pro Max": what follows is part of a product's name.
    let series = matches!(page.w(end), "pro" | "max" | "plus" | "ultra" | "mini" | "lite");
    if series && page.s.is_capital(end) && !page.s.is_glued(end) {
        return Some((NonClaim::Name, end + 1));
    }
    // "trên chấm 11m", "quả đá phạt 11 m"
    if page.w(i) == "11"
        && matches!(page.w(end), "m" | "mét")
        && matches!(before, "chấm" | "quả" | "đền" | "phạt" | "sút" | "cú" | "đá" | "lưu" | "thổi")
    {
        return Some((NonClaim::Name, end + 1));
    }
    // "khách sạn 5 sao", "khách sạn 1-5 sao"
    let last = if page.s.is_mark(end, '-') && page.s.is_number(end + 1) { end + 1 } else { i };
    if page.w(last + 1) == "sao" && matches!(before, "sạn" | "resort" | "chuẩn") && last + 2 <= hi {
        return Some((NonClaim::Name, last + 2));
    }
    // "căn nhà 28 đường Lê Lai"
    if before == "nhà" && matches!(page.w(end), "đường" | "phố" | "ngõ" | "hẻm") {
        return Some((NonClaim::Address, end));
    }
    // "GeForce GT 730M": a letter that would be a unit behind a foreign name in capitals.
    let foreign = i > lo
        && matches!(page.s.tokens[i - 1].case, Case::Upper | Case::Mixed)
        && !is_syllable(before)
        && !matches!(before, "dt" | "kt" | "dtsd" | "mt");
    // "eFon 5S": one digit is enough behind a name of both cases.
    let several = page.w(i).len() >= 2 || i > lo && page.w(end) == "s" && page.s.tokens[i - 1].case == Case::Mixed;
    let letter = page.s.is_glued(end) && (page.s.raw(end) == "M" || page.w(end) == "s") && several;
    (foreign && letter).then_some((NonClaim::Name, end + 1))
}

#[cfg(test)]
mod tests {
    use super::super::amounts;
    use crate::claim::lexicon::{Lexicon, Page};

    fn named(text: &str) -> Vec<bool> {
        let page = Page::new(text, Lexicon::built_in());
        let all = crate::article::span::Span::of(0, page.s.tokens.len());
        amounts(&page, all).iter().map(|a| a.non_claim.is_some()).collect()
    }

    #[test]
    fn models_penalties_and_houses_are_named() {
        for text in [
            "Hãng bán cả bản 12 Pro Max trong tháng này",
            "Anh sút tung lưới từ chấm 11m",
            "Cháy ở căn nhà 28 đường Bến Cát",
            "Máy dùng card GeForce GT 730M mới",
        ] {
            assert_eq!(named(text), [true], "{text}");
        }
    }

    #[test]
    fn measures_and_counts_are_not() {
        for text in ["Cột cờ cao 11m", "Xóm có 28 nhà", "Đường ống dài 730m", "Ông mua 12 máy"] {
            assert_eq!(named(text), [false], "{text}");
        }
    }
}
