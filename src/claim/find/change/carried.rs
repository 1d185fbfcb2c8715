//! Changes whose cue belongs to another number or a noun: `tăng 12% so với cùng kỳ và 9% so với quý trước`, `tốc độ tăng
//! trưởng khoảng 6%`, `giảm mạnh nhất là XYA (2,6%)`.

use super::super::{Found, Kind, REACH, Scope};
use super::found;
use crate::article::segment::Case;
use crate::claim::Direction;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

/// "từ tăng 3,3% lên 4,1%": both ends are growth.
pub(super) fn grown_level(scope: &Scope<'_, '_>, amount: &Amount, level: usize) -> Option<Found> {
    let last = scope.last().filter(|d| d.kind == Kind::Change && d.tokens.end as usize == level)?;
    let cue = last.cue_at.filter(|&c| c > scope.lo() && scope.page.w(c - 1) == "từ")?;
    (amount.unit.same_sort(&last.amount.unit) && Scope::is_percent(amount)).then(|| Found {
        direction: last.direction,
        cue_at: Some(cue),
        ..Found::sure("từ … lên", 0.85)
    })
}

/// "tốc độ tăng trưởng khoảng 6-6,4%", "mức giảm là 3%": a noun of change in the clause.
pub(super) fn grown(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    if !matches!(amount.unit, Unit::Percent | Unit::PercentPoint | Unit::Point | Unit::Rate(..)) {
        return None;
    }
    let end = amount.hedge_start;
    let floor = scope.last().map_or(scope.lo(), |d| d.tokens.end as usize).max(end.saturating_sub(14));
    for i in (floor..end).rev() {
        if [';', '(', ')'].iter().any(|&c| page.s.is_mark(i, c)) || page.is(i, Class::Share) && page.w(i) == "chiếm" {
            return None;
        }
        if let Some((len, direction)) = page.get(i, Class::Grow) {
            let direction = if direction == "decrease" { Direction::Decrease } else { Direction::Increase };
            return Some(found(direction, i, scope.words(i, i + len), 0.85));
        }
    }
    None
}

/// "với 75 điểm có thêm", "20 điểm bị mất": the verb stands behind.
pub(super) fn gained(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let end = amount.end();
    if !matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint) || end + 2 > scope.hi() {
        return None;
    }
    let direction = match (scope.page.w(end), scope.page.w(end + 1)) {
        ("có", "thêm") | ("tăng", "thêm") => Direction::Increase,
        ("bị", "mất") | ("mất", "đi") => Direction::Decrease,
        _ => return None,
    };
    Some(found(direction, end, scope.words(end, end + 2), 0.8))
}

/// "Giảm mạnh nhất là các mã như XYA (2,6%), XYB (1,7%)": each name's move, in brackets.
pub(super) fn listed(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let at = amount.hedge_start;
    let bracket = at > scope.lo() + 1 && page.s.is_mark(at - 1, '(') && page.s.is_mark(amount.end(), ')');
    let name = bracket && page.s.tokens[at - 2].case == Case::Upper && page.w(at - 2).len() >= 3;
    if !name || !Scope::is_percent(amount) {
        return None;
    }
    let (i, direction) = (scope.back(at, REACH)..at).rev().find_map(|i| match page.w(i) {
        "tăng" => Some((i, Direction::Increase)),
        "giảm" => Some((i, Direction::Decrease)),
        _ => None,
    })?;
    let listing =
        (i..at).any(|k| page.w(k) == "như" || page.w(k) == "nhất" || page.w(k) == "mạnh" || page.w(k) == "mã");
    let other = |k: usize| page.s.is_mark(k, ';') || page.is(k, Class::Share);
    (listing && !(i..at).any(other)).then(|| found(direction, i, format!("{} …", page.w(i)), 0.75))
}

/// A further number under the cue of the last one: "tăng 12% so với cùng kỳ và 9% so với quý trước", "tương đương 0,49%".
pub(super) fn carried(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let last = scope.last().filter(|d| d.kind == Kind::Change)?;
    let from = last.tokens.end as usize;
    let end = amount.hedge_start;
    if end < from || end - from > 18 {
        return None;
    }
    let carry =
        |cue: &str, sure| Some(Found { direction: last.direction, cue_at: last.cue_at, ..Found::sure(cue, sure) });
    let between = scope.words(from, end);
    let equal = between.contains("tương đương") || between.contains("tương ứng");
    if equal && Scope::is_percent(amount) && !Scope::is_percent(&last.amount) && end - from <= 5 {
        return carry("tương đương", 0.9);
    }
    // "giảm 19 vụ (11,11%)", "giảm 17 điểm (1,2%)"
    let aside = end > from && page.s.is_mark(end - 1, '(') && end - from <= 4;
    if aside && Scope::is_percent(amount) && !Scope::is_percent(&last.amount) {
        return carry("(", 0.9);
    }
    if !amount.unit.same_sort(&last.amount.unit) || amount.unit == Unit::None {
        return None;
    }
    let joined =
        end > scope.lo() && (page.w(end - 1) == "và" || page.s.is_mark(end - 1, ',') || page.s.is_mark(end - 1, '-'));
    let fresh = (from..end)
        .any(|i| [Class::Level, Class::Reach, Class::Share, Class::Up, Class::Down].iter().any(|&c| page.is(i, c)));
    // "giảm tới 45%, thậm chí là 60%"
    let even = end - from <= 5 && between.contains("thậm chí");
    if (joined || even) && !fresh || between.contains("sau đó là") { carry("và", 0.85) } else { None }
}
