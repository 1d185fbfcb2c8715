//! Words that bend a number: `khoảng`, `hơn`, `gần`, `chưa đầy`, `từ … trở lên`. The one next to the number decides.

use super::unit::Unit;
use crate::claim::Modifier;
use crate::claim::lexicon::{Class, Classes, Page, set};

fn modifier(name: &str) -> Option<Modifier> {
    Some(match name {
        "approximately" => Modifier::Approximately,
        "nearly" => Modifier::Nearly,
        "more_than" => Modifier::MoreThan,
        "less_than" => Modifier::LessThan,
        "at_least" => Modifier::AtLeast,
        "at_most" => Modifier::AtMost,
        _ => return None,
    })
}

/// Whether a hedge behind `word` bends the number instead of comparing two things.
fn bends(word: &str, unit: &Unit) -> bool {
    match word {
        "tăng" | "giảm" | "lên" | "xuống" | "vượt" => true,
        // "kéo dài hơn 30 phút"
        "dài" if matches!(unit, Unit::Time(..)) => true,
        "dài" | "rộng" | "sâu" | "nặng" | "cao" => {
            matches!(unit, Unit::Measure(name, _) if !name.starts_with("độ"))
        }
        _ => false,
    }
}

/// The hedge of the number at `start`, and where the hedging words begin (`start` when there is none).
#[must_use]
pub(super) fn before(page: &Page<'_>, floor: usize, start: usize, unit: &Unit) -> (Option<Modifier>, usize) {
    let mut at = start;
    let mut found = None;
    while let Some((begin, name)) = page.before(floor, at, Class::Hedge) {
        let words = page.w(begin);
        let single = at - begin == 1;
        // "cao hơn 5%", "thấp hơn": the comparison is the change itself. "tăng hơn 5%" is an increase of more than 5 %,
        // "dài hơn 100 m" a length of more than 100 m.
        let comparison = [Class::Up, Class::Down]
            .iter()
            .any(|&c| page.before(floor, at, c).is_some_and(|(b, _)| b < begin && !bends(page.w(b), unit)));
        let wrong = match words {
            "ngoài" if single => !matches!(unit, Unit::Age(_)),
            "trong" => true,
            "trên" if single => {
                quantity_before(page, floor, begin) || *unit == Unit::None && rests_on(page, floor, begin)
            }
            // "khảo sát 2.310 khách"
            "sát" if single => {
                found.is_some() || page.before(floor, at, Class::Verb).is_some_and(|(start, _)| start < begin)
            }
            "sát" | "non" | "ngang" | "quanh" => found.is_some(),
            "kém" if single => true,
            // "cao nhất là 5": a record, no bound, but where something is capped.
            "thấp" | "cao" => !capping(page, floor, begin),
            _ => false,
        };
        if comparison || wrong {
            break;
        }
        if found.is_none() {
            found = modifier(name);
            // "không ở lại quá một đêm"
            if words == "quá" && single && denied(page, floor, begin) {
                found = Some(Modifier::AtMost);
            }
        }
        at = begin;
        if start - at > 6 {
            break;
        }
    }
    if found.is_none() {
        found = apart(page, floor, at);
    }
    (found, at)
}

/// "47 tạ/ha trên 1.250 ha", "2.047 trên 2.398 hộ": an amount right before makes it a preposition.
fn quantity_before(page: &Page<'_>, floor: usize, begin: usize) -> bool {
    const UNITS: Classes = set(&[Class::Measure, Class::Money, Class::Percent]);
    // "đêm 2/9 trên 95%": the day is none.
    let dated = begin > floor + 1 && page.s.is_glued(begin - 1) && !page.s.is_word(begin - 2);
    begin > floor && (page.s.is_number(begin - 1) && !dated || page.m.any_ending(begin, UNITS))
}

/// "ba người trên hai xe", "dựa trên 10 tiêu chí", "thử trên 18 tình nguyện viên": the preposition; few say "more than"
/// of a small number that is not round.
fn rests_on(page: &Page<'_>, floor: usize, begin: usize) -> bool {
    let number = begin + 1;
    let before = if begin > floor { page.w(begin - 1) } else { "" };
    if matches!(before, "dựa" | "đi" | "ngồi" | "nằm" | "chạy" | "đứng" | "đăng" | "in") {
        return true;
    }
    if matches!(before, "có" | "với" | "được" | "là" | "tới" | "đến") {
        return false;
    }
    let scaled = [Class::Scale, Class::ShortScale, Class::Hundred, Class::Dozen, Class::Tens]
        .iter()
        .any(|&class| page.is(number + 1, class));
    if scaled || page.is(number + 1, Class::Digit) {
        return false;
    }
    let digits = page.w(number);
    let odd = page.s.is_number(number) && digits.len() <= 2 && !digits.ends_with('0') && !digits.ends_with('5');
    page.is(number, Class::Digit) || odd
}

/// "mức phạt cao nhất", "được vay cao nhất": the extreme is a rule, not what was seen.
fn capping(page: &Page<'_>, floor: usize, begin: usize) -> bool {
    (floor.max(begin.saturating_sub(7))..begin).any(|i| {
        matches!(
            page.w(i),
            "phạt"
                | "trần"
                | "phép"
                | "khung"
                | "giới"
                | "hạn"
                | "hỗ"
                | "trợ"
                | "vay"
                | "đóng"
                | "tù"
                | "hưởng"
                | "bồi"
                | "thưởng"
        )
    })
}

/// "không … quá": a negation a few words before, in the same breath.
fn denied(page: &Page<'_>, floor: usize, begin: usize) -> bool {
    (floor.max(begin.saturating_sub(5))..begin)
        .rev()
        .take_while(|&i| page.s.is_word(i))
        .any(|i| matches!(page.w(i), "không" | "chẳng" | "chưa" | "đừng"))
}

/// "ước tăng 8%", "tối đa có thể lên đến 5 triệu": a hedge that a verb or a filler parts from its number.
fn apart(page: &Page<'_>, floor: usize, start: usize) -> Option<Modifier> {
    let mut at = start;
    for _ in 0..3 {
        if at < start
            && let Some((begin, name)) = page.before(floor, at, Class::Hedge)
        {
            let holds = matches!(page.w(begin), "ước" | "tối") || page.w(begin) == "cao" && capping(page, floor, begin);
            return if holds { modifier(name) } else { None };
        }
        let joint = [Class::Filler, Class::Up, Class::Down, Class::Reach, Class::Auxiliary];
        at = joint.iter().filter_map(|&class| page.before(floor, at, class)).map(|(begin, _)| begin).min()?;
    }
    None
}

/// "từ 5 triệu đồng trở lên": the hedge behind the amount that ends at `end`, within the next few words.
#[must_use]
pub(super) fn after(page: &Page<'_>, end: usize, limit: usize) -> Option<Modifier> {
    (end..limit.min(end + 4)).find_map(|i| page.get(i, Class::After).and_then(|(_, name)| modifier(name)))
}
