//! What changes, or what is compared with, between the cue and its number: `tăng sản lượng 20%`, `vượt đỉnh lũ năm 1979 0,97 m`.

use super::super::{Found, Scope, count};
use super::found;
use crate::claim::Direction;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

/// "tăng sản lượng 20%", "thấp hơn giá trong nước 3 triệu đồng", "hơn người xếp sau 3 bàn": what changes, or what is
/// compared with, stands between.
pub(super) fn thing_between(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let end = amount.hedge_start;
    let floor = scope.clause_start(end).max(end.saturating_sub(8));
    for i in (floor..end).rev() {
        if let Some(direction) = past_mark(scope, amount, i) {
            return Some(found(direction, i, format!("{} …", page.w(i)), 0.75));
        }
        if page.s.is_number(i) && !super::super::year(page, i) && !(i > floor && page.w(i - 1) == "động")
            || [Class::Level, Class::Share, Class::Reach, Class::Versus].iter().any(|&c| page.is(i, c))
        {
            return None;
        }
        for (class, direction) in [(Class::Up, Direction::Increase), (Class::Down, Direction::Decrease)] {
            if let Some(mark) = page.m.longest(i, class) {
                let cue_end = i + mark.len as usize;
                // Faster is less time.
                let direction = match (page.w(i), &amount.unit) {
                    ("nhanh", Unit::Time(..)) => Direction::Decrease,
                    ("chậm", Unit::Time(..)) => Direction::Increase,
                    _ => direction,
                };
                return leads(scope, amount, i, cue_end)
                    .then(|| found(direction, i, format!("{} …", scope.words(i, cue_end)), 0.8));
            }
        }
    }
    None
}

/// Whether the words between a cue at `start..cue_end` and the amount let the cue hold for it.
fn leads(scope: &Scope<'_, '_>, amount: &Amount, start: usize, cue_end: usize) -> bool {
    let page = scope.page;
    let end = amount.hedge_start;
    let percent = matches!(amount.unit, Unit::Percent | Unit::PercentPoint | Unit::Point);
    let amounts = matches!(amount.unit, Unit::Money(_) | Unit::Rate(..) | Unit::Measure(..));
    let after = page.w(cue_end);
    if cue_end >= end {
        return false;
    }
    // "lớn hơn với màn hình 17 inch"
    if page.w(cue_end - 1) == "hơn" && matches!(after, "với" | "và" | "nhờ" | "do" | "để" | "khi" | "mà") {
        return false;
    }
    // A comparison may name anything but must end in a name: "cao hơn mức 25%" compares with a level.
    if page.w(cue_end - 1) == "hơn" || cue_end == start + 1 && page.w(start) == "kém" {
        return (percent || amounts || matches!(amount.unit, Unit::Time(..) | Unit::Age(_)))
            && (cue_end + 1 < end || matches!(amount.unit, Unit::Age(_)) && page.w(start) == "kém")
            && page.w(cue_end + 1) != "số"
            && !matches!(page.w(end - 1), "mức" | "số" | "giá" | "là" | "với" | "có");
    }
    // "tăng … 20%", "tăng vốn thêm 97 triệu USD": plain nouns between.
    let sum = matches!(page.w(start), "tăng" | "giảm")
        && matches!(amount.unit, Unit::Money(_))
        && matches!(after, "thu" | "chi" | "doanh" | "lợi" | "thuế" | "phí" | "vốn" | "ngân")
        && (page.m.longest(start, Class::Verb).is_none_or(|verb| start + verb.len as usize <= cue_end)
            || start > scope.lo() && page.w(start - 1) == "làm");
    (percent || sum || amounts && page.w(end - 1) == "thêm")
        && cue_end - start <= 2
        && (cue_end..end).all(|k| {
            page.s.is_word(k)
                && !page.is(k, Class::Auxiliary)
                && (page.is(k, Class::Filler) || !page.is(k, Class::Clause))
        })
}

/// "vượt đỉnh lũ năm 1979 0,97 m", "trên báo động 3 là 1,2 m", "hơn đội xếp sau 3 bàn": the mark stands before.
fn past_mark(scope: &Scope<'_, '_>, amount: &Amount, i: usize) -> Option<Direction> {
    let page = scope.page;
    if i + 2 > amount.hedge_start || amount.scaled {
        return None;
    }
    // "vượt trên tham chiếu 2,3%"
    if matches!(page.w(i), "trên" | "dưới")
        && page.w(i + 1) == "tham"
        && page.w(i + 2) == "chiếu"
        && Scope::is_percent(amount)
    {
        return Some(if page.w(i) == "trên" { Direction::Increase } else { Direction::Decrease });
    }
    // "hơn chồng 5 tuổi"
    if page.w(i) == "hơn" && matches!(amount.unit, Unit::Age(_)) && page.s.is_word(i + 1) {
        return Some(Direction::Increase);
    }
    let measured = matches!(amount.unit, Unit::Measure(..) | Unit::Point | Unit::Time(..));
    let counted = measured || amount.unit == Unit::None && count::noun(scope, amount).is_some();
    if i + 3 > amount.hedge_start {
        return None;
    }
    match (page.w(i), page.w(i + 1), page.w(i + 2)) {
        ("trên", "báo", "động") | ("vượt", "đỉnh" | "lịch" | "kỷ", _) if measured => {
            Some(Direction::Increase)
        }
        ("dưới", "báo", "động") if measured => Some(Direction::Decrease),
        ("hơn", "người" | "đội" | "đối", _) if counted => Some(Direction::Increase),
        _ => None,
    }
}
