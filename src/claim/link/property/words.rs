//! Words that bound a subject: what a predicate is made of, where a clause ends, what measures nothing by itself.
//!
//! In `số hộ nghèo của xã đã giảm xuống còn 3%` the words `đã giảm xuống còn` are predicate.

use crate::article::segment::Shape;
use crate::claim::lexicon::{Class, Classes, Page, set};

/// Words between a subject and its number that say only that it is so much.
pub(super) fn is_predicate(page: &Page<'_>, k: usize) -> bool {
    matches!(
        page.w(k),
        "là" | "đạt"
            | "tăng"
            | "giảm"
            | "chiếm"
            | "bằng"
            | "ở"
            | "mức"
            | "lên"
            | "xuống"
            | "còn"
            | "có"
            | "được"
            | "đã"
            | "đang"
            | "sẽ"
            | "cũng"
            | "chỉ"
            | "ước"
            | "tính"
            | "khoảng"
            | "hơn"
            | "gần"
            | "trên"
            | "tới"
            | "đến"
            | "lần"
            | "lượt"
            | "nhẹ"
            | "mạnh"
            | "thêm"
            | "vượt"
            | "hoàn"
            | "thành"
            | "tương"
            | "đương"
            | "ứng"
            | "với"
            | "từ"
            | "vào"
            | "dao"
            | "động"
            | "quanh"
            | "mới"
            | "vẫn"
            | "cao"
            | "thấp"
            | "kỷ"
            | "lục"
            | "dự"
            | "kiến"
            | "bình"
            | "quân"
            | "trung"
            | "tiếp"
            | "tục"
            | "dừng"
            | "lại"
            | "đứng"
            | "đóng"
            | "cửa"
            | "niêm"
            | "yết"
            | "gấp"
            | "xấp"
            | "xỉ"
            | "vùng"
            | "đều"
            | "nâng"
            | "riêng"
            | "cả"
            | "thì"
            | "như"
            | "vậy"
            | "về"
            | "vọt"
            | "thể"
            | "rất"
            | "khá"
    )
}

/// Words that a phrase of measure does not end with.
pub(super) fn is_tail(page: &Page<'_>, k: usize) -> bool {
    !page.s.is_word(k) && !page.s.is_number(k) && !page.s.is_mark(k, ')')
        || matches!(
            page.w(k),
            "đã" | "được"
                | "của"
                | "có"
                | "từ"
                | "đến"
                | "cho"
                | "trong"
                | "và"
                | "tại"
                | "vào"
                | "ước"
                | "tính"
                | "này"
                | "bị"
                | "sẽ"
                | "cả"
                | "dự"
                | "kiến"
                | "là"
                | "tới"
                | "chỉ"
                | "ở"
                | "toàn"
                | "đang"
                | "cũng"
                | "vẫn"
                | "đều"
                | "thì"
                | "với"
        )
}

/// Where a clause ends.
pub(super) fn is_edge(page: &Page<'_>, k: usize) -> bool {
    match page.s.tokens.get(k).map(|t| t.shape) {
        Some(Shape::Mark(',' | ';' | ':' | '(' | ')' | '+' | '•' | '|')) => true,
        Some(Shape::Mark('-')) => !page.s.is_glued(k),
        Some(Shape::Word) => {
            matches!(page.w(k), "nhưng" | "song" | "khiến" | "nâng" | "do") && !page.is(k, Class::Property)
        }
        _ => false,
    }
}

/// Words that open a clause before its subject.
pub(super) fn opens(page: &Page<'_>, k: usize) -> bool {
    matches!(
        page.w(k),
        "đó" | "và"
            | "còn"
            | "riêng"
            | "cụ"
            | "thể"
            | "theo"
            | "tuy"
            | "nhiên"
            | "ngoài"
            | "ra"
            | "với"
            | "khi"
            | "mà"
            | "thì"
    ) || !page.s.is_word(k)
}

/// Heads that measure nothing by themselves, and the targets with which others are compared.
pub(super) fn is_measure(page: &Page<'_>, k: usize) -> bool {
    let len = page.m.longest(k, Class::Property).map_or(1, |m| m.len as usize);
    let weak = len == 1
        && matches!(
            page.w(k),
            "cuối"
                | "buổi"
                | "bên"
                | "khi"
                | "lúc"
                | "mặt"
                | "ngày"
                | "năm"
                | "nửa"
                | "phía"
                | "quý"
                | "tháng"
                | "việc"
                | "tầm"
                | "tội"
                | "đầu"
                | "đỉnh"
                | "phần"
                | "nguồn"
                | "điểm"
        );
    // "mức phạt", "mức thu" measure; "ở mức 5%", "mức cao nhất", "con số" do not.
    let bare = len == 1
        && (page.w(k) == "mức"
            && (page.s.is_number(k + 1)
                || page.is(k + 1, Class::Adjective)
                || matches!(
                    page.w(k + 1),
                    "cao" | "thấp" | "kỷ" | "khá" | "rất" | "là" | "khoảng" | "hơn" | "gần" | "trên" | "này"
                ))
            || page.w(k) == "số" && page.w(k.wrapping_sub(1)) == "con");
    let empty = len == 2
        && matches!(
            (page.w(k), page.w(k + 1)),
            ("trong", "đó")
                | ("theo", "đó")
                | ("thời", "điểm")
                | ("thông", "tin")
                | ("phương", "án")
                | ("tình", "hình")
                | ("hiện", "tượng")
                | ("vấn", "đề")
                | ("nguyên", "nhân")
                | ("hoạt", "động")
                | ("công", "tác")
                | ("kết", "quả")
                | ("lợi", "thế")
                | ("mục", "tiêu")
                | ("phía", _)
                | ("thành", "tích")
        );
    let plan = page.is(k, Class::Target)
        && matches!(page.w(k), "kế" | "dự" | "chỉ" | "mục" | "nghị" | "định" | "tiến" | "phương");
    !weak && !bare && !empty && !plan
}

/// Where no noun can go on to the left.
pub(super) fn is_stop(page: &Page<'_>, k: usize) -> bool {
    const FUNCTION: Classes = set(&[
        Class::Preposition,
        Class::Conjunction,
        Class::Coordinator,
        Class::Auxiliary,
        Class::Pronoun,
        Class::Versus,
    ]);
    is_edge(page, k)
        || page.m.any(k, FUNCTION)
        || page.is(k, Class::Verb) && !page.is(k, Class::Noun) && !page.is(k, Class::Property)
        || matches!(page.w(k), "sở" | "hữu" | "có" | "với" | "là")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;

    #[test]
    fn a_bare_level_measures_nothing() {
        let page = Page::new("mức phạt 5 triệu đồng, ở mức 7%", Lexicon::built_in());
        assert!(is_measure(&page, 0));
        let at = (3..page.s.tokens.len()).find(|&k| page.w(k) == "mức").expect("the word");
        assert!(!is_measure(&page, at));
    }
}
