//! Which words tell a time: dates, lengths of time that say when, phrases of the table, and a noun of time with the
//! word that points.
//!
//! `Trong tuần thi này, mỗi cặp diễn 2 tiết mục` → "tuần thi này".

use crate::article::span::{Span, Tokens};
use crate::claim::amount::{Amount, NonClaim, Unit};
use crate::claim::lexicon::{Class, Classes, Page, TELLS_TIME, set};

/// The words that a time may begin with beside those of the table: what `headed` and `clause` look at first.
/// Nearly every word is none of them, and the lexicon knows it before a letter is compared.
pub const OPENERS: [&str; 43] = [
    "buổi", "chiều", "dịp", "giai", "giây", "giờ", "hiệp", "hàng", "hôm", "hằng", "học", "khi", "khuya", "kể", "kỳ",
    "lúc", "lượt", "mùa", "mọi", "mỗi", "ngày", "nhiệm", "niên", "năm", "phiên", "phút", "quý", "sau", "sáng", "tháng",
    "thời", "trưa", "trước", "trận", "tuần", "tối", "từ", "từng", "vòng", "vụ", "đêm", "đến", "đợt",
];

/// The time expressions of a sentence, in order, each with what leads it ("cuối tháng 12/2012").
#[must_use]
pub fn times(page: &Page<'_>, sentence: Span<Tokens>, amounts: &[Amount]) -> Vec<Span<Tokens>> {
    let (lo, hi) = (sentence.start as usize, sentence.end as usize);
    let mut found: Vec<Span<Tokens>> = Vec::new();
    for a in amounts {
        let dated = matches!(a.non_claim, Some(NonClaim::Date | NonClaim::Time));
        if matches!(page.w(a.end()), "quý" | "vụ" | "mùa")
            && a.start() > lo
            && matches!(page.w(a.start() - 1), "cả" | "trong" | "sau")
        {
            found.push(Span::of(a.start() - usize::from(page.w(a.start() - 1) == "cả"), a.end() + 1));
            continue;
        }
        if is_stage(page, a) {
            found.push(Span::of(a.start() - 1, a.end()));
            continue;
        }
        if !dated && !is_window(page, lo, a) {
            continue;
        }
        let mut start = a.start();
        while dated && start > lo && leads(page, start - 1, start) {
            start -= 1;
        }
        found.push(Span::of(start, a.end()));
    }
    let mut i = lo;
    let mut known = 0;
    let dates = found.len();
    while i < hi {
        while known < dates && found[known].end as usize <= i {
            known += 1;
        }
        let free = |span: Span<Tokens>| known == dates || !found[known].overlaps(span);
        let phrase = match page.get(i, Class::Extra) {
            Some((len, _)) => (!is_part_of_word(page, i, len)).then(|| grown(page, i, i + len)),
            None => headed(page, i).or_else(|| clause(page, lo, hi, i)).map(|end| (i, end)),
        };
        if let Some(span) =
            phrase.map(|(start, end)| Span::of(start, end.min(hi))).filter(|&s| !s.is_empty() && free(s))
        {
            found.push(span);
            i = span.end as usize;
            continue;
        }
        i += 1;
    }
    found.sort_unstable();
    let mut out: Vec<Span<Tokens>> = Vec::with_capacity(found.len());
    for time in found {
        if let Some(last) = out.last_mut()
            && joins(page, last.end as usize, time)
        {
            last.end = time.end.max(last.end);
            // "24 giờ qua (ngày 2/10)": the bracket that explains the time closes with it.
            let close = last.end as usize;
            if close < hi && page.s.is_mark(close, ')') && page.s.is_mark(time.start as usize - 1, '(') {
                last.end += 1;
            }
            continue;
        }
        out.push(time);
    }
    out
}

/// "trong năm" is cut out of "trong năm nay", "kết thúc phiên" of "kết thúc phiên này": the later phrase that goes
/// further belongs to it, and "trong" then only leads.
fn grown(page: &Page<'_>, start: usize, end: usize) -> (usize, usize) {
    let table = (start + 1..end).filter_map(|k| page.get(k, Class::Extra).map(|(len, _)| k + len)).max();
    let headed = (start + 1..end).find_map(|k| headed(page, k));
    let further = table.into_iter().chain(headed).max().filter(|&e| e > end);
    further.map_or((start, end), |e| (start + usize::from(page.w(start) == "trong"), e))
}

/// A noun of time with what tells which one: "giai đoạn đầu", "tuần thi này", "chiều Chủ nhật", "đêm chung kết",
/// "mỗi học kỳ". Where it ends.
fn headed(page: &Page<'_>, i: usize) -> Option<usize> {
    const STOP: Classes = set(&[
        Class::Preposition,
        Class::Conjunction,
        Class::Coordinator,
        Class::Auxiliary,
        Class::Clause,
        Class::Versus,
        Class::Reach,
        Class::Up,
        Class::Down,
        Class::Level,
        Class::Source,
    ]);
    if !page.m.any(i, TELLS_TIME) {
        return None;
    }
    let each = matches!(page.w(i), "mỗi" | "từng" | "hàng" | "hằng" | "mọi");
    let head = i + usize::from(each);
    let len = stage(page, head)?;
    let behind = head + len;
    if each {
        return Some(behind);
    }
    let w = |k: usize| if page.s.is_word(k) { page.w(k) } else { "" };
    // "sáng thứ Hai", "ngày Chủ nhật tuần trước".
    let weekday = match (w(behind), w(behind + 1)) {
        ("thứ", "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy") if page.s.is_capital(behind + 1) => {
            Some(behind + 2)
        }
        ("chủ", "nhật") => Some(behind + 2),
        _ => None,
    };
    if let Some(end) = weekday {
        return Some(if w(end) == "tuần" { headed(page, end).unwrap_or(end) } else { end });
    }
    // "trận chung kết", "giờ cao điểm", "vụ đông xuân": what a time of that noun is called by.
    let called = matches!(
        (w(behind), w(behind + 1)),
        ("chung" | "bán" | "tứ", "kết")
            | ("cao", "điểm")
            | ("đỉnh", "cao")
            | ("đông" | "xuân" | "hè" | "thu", "xuân" | "hè" | "thu" | "đông")
            | ("giáng", "sinh")
            | ("khai", "mạc" | "giảng" | "trương")
            | ("bế", "mạc")
    );
    if called {
        return Some(behind + 2);
    }
    for k in behind..behind + 4 {
        let further =
            || if w(k) == "đầu" && w(k + 1) == "tiên" || w(k) == "cuối" && w(k + 1) == "cùng" { 2 } else { 1 };
        match w(k) {
            "" => return None,
            "này" | "nay" | "ấy" | "đó" | "kia" | "tới" => return Some(k + 1),
            "đầu" | "cuối" | "trước" | "sau" => return Some(k + further()),
            "vừa" if matches!(w(k + 1), "qua" | "rồi") => return Some(k + 2),
            "qua" if k == behind => return Some(k + 1),
            "gần" if matches!(w(k + 1), "đây" | "nhất") => return Some(k + 2),
            "hiện" if matches!(w(k + 1), "nay" | "tại") => return Some(k + 2),
            "liền" | "kế" if matches!(w(k + 1), "trước" | "sau" | "tiếp" | "kề") => return Some(k + 2),
            "tiếp" if matches!(w(k + 1), "theo") => return Some(k + 2),
            "cùng" if matches!(w(k + 1), "ngày" | "năm" | "kỳ") => return Some(k + 2),
            _ if page.m.any(k, STOP) || page.s.is_capital(k) => return None,
            _ => {}
        }
    }
    None
}

/// A noun that a time or a stage is called by: how many words it has.
fn stage(page: &Page<'_>, i: usize) -> Option<usize> {
    const CAN: Classes = set(&[Class::TimeNoun, Class::Noun, Class::Countable, Class::Extra, Class::Event]);
    if !page.s.is_word(i) || !page.m.any(i, CAN) {
        return None;
    }
    let two = || page.w(i + 1);
    match page.w(i) {
        "thời" if matches!(two(), "điểm" | "gian" | "kỳ" | "kì") => Some(2),
        "giai" if two() == "đoạn" => Some(2),
        "nhiệm" | "học" | "niên" if matches!(two(), "kỳ" | "kì" | "khóa" | "khoá" | "vụ") => Some(2),
        "kỳ" if two() == "nghỉ" => Some(2),
        "mùa" if two() == "giải" => Some(2),
        "năm" if two() == "học" => Some(2),
        "buổi" if matches!(two(), "sáng" | "trưa" | "chiều" | "tối") => Some(2),
        "đợt" | "dịp" | "mùa" | "vòng" | "lượt" | "trận" | "hiệp" | "phiên" | "đêm" | "ngày" | "tuần" | "tháng"
        | "quý" | "hôm" | "sáng" | "trưa" | "chiều" | "tối" | "khuya" | "giờ" | "phút" | "giây" | "buổi" => {
            Some(1)
        }
        "vụ" if matches!(two(), "đông" | "xuân" | "hè" | "thu" | "mùa") => Some(1),
        _ => None,
    }
}

/// "kể từ khi thành lập", "trước khi cổ phần hóa", and "khi hạ cánh, …" at the head of its clause: where it ends.
fn clause(page: &Page<'_>, lo: usize, hi: usize, i: usize) -> Option<usize> {
    if !page.m.any(i, TELLS_TIME) {
        return None;
    }
    let opens = i == lo || !page.s.is_word(i - 1) && !page.s.is_number(i - 1);
    let from = match page.w(i) {
        "kể" if page.w(i + 1) == "từ" && page.w(i + 2) == "khi" => i + 3,
        "từ" | "trước" | "sau" | "đến" if page.w(i + 1) == "khi" => i + 2,
        "khi" | "lúc" if opens && !matches!(page.w(i + 1), "đó" | "ấy" | "này" | "nào" | "mà") => i + 1,
        _ => return None,
    };
    let end = (from..hi.min(from + 12)).find(|&k| !page.s.is_word(k)).unwrap_or(hi.min(from + 12));
    let closed = page.w(i) != "khi" || page.s.is_mark(end.min(hi - 1), ',');
    (closed && end > from).then_some(end)
}

/// "từ 6 giờ ngày 3-8 đến 9 giờ ngày 6-8", "tối 22/10", "hôm nay (1/10)": parts of one expression.
fn joins(page: &Page<'_>, end: usize, time: Span<Tokens>) -> bool {
    let start = time.start as usize;
    // "cao nhất 3 năm qua (năm 2017 đạt 58%)": a bracket that goes on tells of something else.
    let explains = |k: usize| page.s.is_mark(k, '(') && page.s.is_mark(time.end as usize, ')');
    match start.checked_sub(end) {
        None | Some(0) => true,
        Some(1 | 2) => {
            (end..start).all(|k| {
                matches!(page.w(k), "ngày" | "tháng" | "năm" | "đến" | "tới" | "hết" | "của" | "và" | "từ")
                    || page.s.is_mark(k, '-')
            }) || start - end == 1
                && (explains(end) || page.s.is_mark(end, ',') && matches!(page.w(end - 1), "nay" | "qua"))
        }
        Some(_) => false,
    }
}

/// "hiệp 1", "set hai", "vòng 13": a stage of a match or a season.
fn is_stage(page: &Page<'_>, a: &Amount) -> bool {
    a.non_claim == Some(NonClaim::Ordinal)
        && a.start() > 0
        && matches!(page.w(a.start() - 1), "hiệp" | "set" | "vòng" | "ván" | "đợt")
}

/// "lũy kế 9 tháng", "chỉ trong 1 ngày", "9 tháng, doanh thu …": a length of time that says when.
fn is_window(page: &Page<'_>, lo: usize, a: &Amount) -> bool {
    if !matches!(a.unit, Unit::Time(..)) || a.non_claim.is_some() {
        return false;
    }
    let start = a.hedge_start;
    let before = if start > lo { page.w(start - 1) } else { "" };
    let months = page.w(a.end().saturating_sub(1)) == "tháng" && page.w(a.end()) != "tù";
    // "kỳ hạn từ 3 tháng đến dưới 9 tháng" names a deposit, no time.
    if (start.saturating_sub(7).max(lo)..start).any(|k| page.w(k) == "hạn") {
        return false;
    }
    let opens = start == lo
        || !page.s.is_word(start - 1) && !page.s.is_number(start - 1)
        || matches!(before, "kế" | "sau" | "trong" | "đoàn" | "ước" | "tính" | "và");
    let goes_on = matches!(page.w(a.end()), "liền" | "liên" | "qua" | "nay" | "gần");
    matches!(before, "trong" | "kế" | "cả" | "suốt" | "cứ" | "mỗi")
        || goes_on
        || start > lo + 1 && page.w(start - 2) == "trong" && before == "vòng"
        || months && opens
}

/// `hiện` in `thực hiện`, `xuất hiện`, `hiện tượng` is no time; nor is `khi đó` in `trong khi đó`, which contrasts.
fn is_part_of_word(page: &Page<'_>, i: usize, len: usize) -> bool {
    len == 2 && page.w(i) == "khi" && page.w(i + 1) == "đó" && page.w(i.wrapping_sub(1)) == "trong"
        || len == 1
            && page.w(i) == "hiện"
            && (matches!(
                page.w(i.wrapping_sub(1)),
                "thực" | "xuất" | "phát" | "thể" | "tái" | "biểu" | "hiển" | "ẩn" | "bộc"
            ) || matches!(
                page.w(i + 1),
                "đại" | "tượng" | "vật" | "trạng" | "thực" | "trường" | "hữu" | "hành" | "diện" | "thân"
            ))
}

/// Words that belong to the time expression before which they stand.
fn leads(page: &Page<'_>, i: usize, next: usize) -> bool {
    match page.w(i) {
        "cuối" | "đầu" | "giữa" | "nửa" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "ngày" | "tháng" | "quý"
        | "rạng" | "sớm" | "giai" | "đoạn" | "kỳ" | "mùa" | "vụ" | "phiên" | "thập" | "niên" | "thế" | "hết" => {
            true
        }
        "nhiệm" | "khóa" => page.w(next) == "kỳ",
        "năm" => page.s.is_number(next),
        "tết" | "dịp" => true,
        "dịch" => page.w(i.wrapping_sub(1)) == "giao",
        "giao" => page.w(next) == "dịch" && page.w(i.wrapping_sub(1)) == "phiên",
        "học" => page.w(i.wrapping_sub(1)) == "năm",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;

    /// The times of the first sentence.
    fn found(text: &str) -> String {
        let page = Page::new(text, Lexicon::built_in());
        let sentence = page.s.sentences[0];
        let amounts = crate::claim::amount::amounts(&page, sentence);
        times(&page, sentence, &amounts).iter().map(|&t| page.s.slice(t)).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn a_bracket_explains_the_time_before_it() {
        assert_eq!(found("Trong 24 giờ qua (ngày 4/8), trạm kiểm tra 312 xe."), "24 giờ qua (ngày 4/8)");
        assert_eq!(found("Tỷ lệ thấp nhất 3 năm qua (năm 2017 đạt 58%)."), "3 năm qua ¦ năm 2017");
    }

    #[test]
    fn a_noun_of_time_goes_as_far_as_the_word_that_points() {
        assert_eq!(found("Trong tuần thi này, mỗi cặp diễn 2 tiết mục."), "tuần thi này");
        assert_eq!(found("Kết thúc phiên này, cổ phiếu KMP tăng 2%."), "Kết thúc phiên này");
        assert_eq!(found("Chiều Chủ nhật tuần trước, xưởng giao 40 tấn."), "Chiều Chủ nhật tuần trước");
        assert_eq!(found("Mỗi học kỳ, trường thu 2 triệu đồng."), "Mỗi học kỳ");
    }

    #[test]
    fn a_contrast_tells_no_time() {
        assert_eq!(found("Trong khi đó, xã Bình Hòa có 40 hộ nghèo."), "");
    }

    #[test]
    fn the_clause_that_says_when_ends_with_its_comma() {
        assert_eq!(found("Khi hạ cánh xuống Cam Ranh, chỉ 3 khách đồng ý."), "Khi hạ cánh xuống Cam Ranh");
    }
}
