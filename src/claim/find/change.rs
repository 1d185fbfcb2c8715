//! Differences: `tăng 5,2%`, `giảm 30 người`, `cao hơn 2 độ C`, `(-0,20%)`, `vượt 5% chỉ tiêu`.
//!
//! A level that is reached is none: `tăng lên 28 triệu`, `giảm còn 1,91%`.

use rust_decimal::Decimal;

use super::{Found, Kind, Scope, count};
use crate::claim::Direction;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if amount.denominator.is_some() {
        return halved(scope, amount);
    }
    let found = signed(scope, amount)
        .or_else(|| points(amount))
        .or_else(|| exceeding(scope, amount))
        .or_else(|| cued(scope, amount))
        .or_else(|| grown(scope, amount))
        .or_else(|| carried(scope, amount))?;
    Some(with_unit(scope, amount, found))
}

/// "giảm một nửa": the change is 50 %.
fn halved(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !scope.page.is(amount.start(), Class::HalfOf) {
        return None;
    }
    let (start, _) = scope.cue(amount, Class::Down)?;
    Some(Found {
        unit: Some("%".into()),
        direction: Some(Direction::Decrease),
        value: Some(Decimal::from(50)),
        cue_at: Some(start),
        ..Found::sure(scope.words(start, amount.start()), 0.85)
    })
}

/// `(-0,20%)`, `+12,5%`: the sign is the direction.
fn signed(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let sign = amount.sign?;
    let fits = matches!(amount.unit, Unit::Percent | Unit::Point | Unit::PercentPoint | Unit::Money(_))
        || amount.unit == Unit::None && scope.page.s.is_mark(amount.start().wrapping_sub(2), '(');
    let direction = if sign == '-' { Direction::Decrease } else { Direction::Increase };
    fits.then(|| Found {
        direction: Some(direction),
        cue_at: Some(amount.start() - 1),
        ..Found::sure(sign.to_string(), 0.9)
    })
}

/// Percentage points and basis points only ever measure differences.
fn points(amount: &Amount) -> Option<Found> {
    let _ = amount;
    None
}

/// "vượt 5% chỉ tiêu", "vượt 16 tỷ đồng so với mục tiêu": over a target; "vượt 1 triệu ca" alone is a level.
fn exceeding(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let (start, _) = scope.cue(amount, Class::Exceed)?;
    let near = scope.hi().min(amount.end() + 8);
    let compared = scope.any(amount.end(), near, Class::Target) || scope.any(amount.end(), near, Class::Versus);
    let said_before = scope.last().is_some_and(|d| d.kind == Kind::Change && d.rule.contains("vượt"));
    if !(matches!(amount.unit, Unit::Percent | Unit::PercentPoint)
        || compared
        || said_before
        || amount.start() - start > 1 && page.w(start + 1) != "mốc")
    {
        return None;
    }
    Some(Found {
        direction: Some(Direction::Increase),
        cue_at: Some(start),
        ..Found::sure(scope.words(start, amount.hedge_start), 0.9)
    })
}

/// "tăng gần 16%", "giảm nhẹ 8%", "cao hơn 2 độ C", "tăng lần lượt 4,6%".
fn cued(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let mut at = amount.hedge_start;
    for _ in 0..6 {
        let up = page.before(scope.lo(), at, Class::Up).map(|(s, _)| (s, Direction::Increase));
        let down = page.before(scope.lo(), at, Class::Down).map(|(s, _)| (s, Direction::Decrease));
        let level = page.before(scope.lo(), at, Class::Level).map(|(s, _)| s);
        // The longest phrase decides: "tăng lên" is no phrase of Up, so "lên" makes a level.
        let cue = [up, down].into_iter().flatten().min_by_key(|(s, _)| *s);
        match (cue, level) {
            (Some((start, direction)), level) if level.is_none_or(|l| start <= l) => {
                if !fits(scope, amount, start, at) {
                    return None;
                }
                return Some(Found {
                    direction: Some(direction),
                    cue_at: Some(start),
                    ..Found::sure(scope.words(start, at), 0.92)
                });
            }
            (_, Some(_)) => return None,
            _ => {}
        }
        let adverb = matches!(
            page.w(at.wrapping_sub(1)),
            "lượt"
                | "lần"
                | "nhẹ"
                | "mạnh"
                | "quân"
                | "bình"
                | "trung"
                | "ứng"
                | "tương"
                | "sâu"
                | "vọt"
                | "nhanh"
                | "cao"
                | "hẳn"
                | "thêm"
                | "tiếp"
                | "tục"
        );
        let step = page.before(scope.lo(), at, Class::Filler).map(|(s, _)| s).or_else(|| adverb.then(|| at - 1));
        match step {
            Some(s) if s >= scope.lo() => at = s,
            _ => break,
        }
    }
    property_between(scope, amount)
}

/// Words whose number is a difference only in some units.
fn fits(scope: &Scope<'_, '_>, amount: &Amount, start: usize, end: usize) -> bool {
    let words = scope.words(start, end);
    match words.as_str() {
        "mất" | "mất đi" | "mất thêm" | "mất khoảng" => {
            matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint)
                || matches!(&amount.unit, Unit::Money(_))
                    && scope.any(amount.end(), scope.hi().min(amount.end() + 6), Class::Versus)
        }
        "có thêm" | "thêm được" => matches!(amount.unit, Unit::Point | Unit::Percent | Unit::PercentPoint),
        "hạ" | "cắt" | "bớt" => amount.unit != Unit::None,
        "tăng" | "giảm" => !matches!(amount.unit, Unit::Times),
        "kém" | "bứt phá" | "phục hồi" | "hồi phục" => {
            amount.unit != Unit::None && !matches!(amount.unit, Unit::Time(..))
        }
        "dẫn trước" => matches!(amount.unit, Unit::Point) || amount.unit == Unit::None,
        _ => true,
    }
}

/// "tăng sản lượng 20%", "giảm chi phí khoảng 5%": the thing that changes stands between cue and number.
fn property_between(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    if !matches!(amount.unit, Unit::Percent | Unit::PercentPoint | Unit::Point) {
        return None;
    }
    let end = amount.hedge_start;
    let floor = scope.clause_start(end).max(end.saturating_sub(7));
    for i in (floor..end).rev() {
        if page.s.is_number(i)
            || page.is(i, Class::Level)
            || page.is(i, Class::Share)
            || page.is(i, Class::Reach)
            || page.is(i, Class::Versus)
        {
            return None;
        }
        for (class, direction) in [(Class::Up, Direction::Increase), (Class::Down, Direction::Decrease)] {
            if let Some(mark) = page.m.longest(i, class) {
                let cue_end = i + mark.len as usize;
                let nouns = (cue_end..end).all(|k| {
                    page.s.is_word(k)
                        && !page.is(k, Class::Auxiliary)
                        && !(page.is(k, Class::Clause) && !page.is(k, Class::Filler))
                });
                return (nouns && cue_end < end && mark.len <= 2).then(|| Found {
                    direction: Some(direction),
                    cue_at: Some(i),
                    ..Found::sure(format!("{} …", scope.words(i, cue_end)), 0.8)
                });
            }
        }
    }
    None
}

/// "tốc độ tăng trưởng trong khoảng từ 7-7,2%", "mức giảm là 3%": a noun of change in the clause.
fn grown(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
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
            return Some(Found {
                direction: Some(direction),
                cue_at: Some(i),
                ..Found::sure(scope.words(i, i + len), 0.85)
            });
        }
    }
    None
}

/// A further number under the cue of the last one: "tăng 10% so với cùng kỳ và 16% so với tháng 8", "tương đương 0,49%".
fn carried(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let last = scope.last().filter(|d| d.kind == Kind::Change)?;
    let from = last.tokens.end as usize;
    let end = amount.hedge_start;
    if end < from || end - from > 18 {
        return None;
    }
    let equal = scope.words(from, end).contains("tương đương") || scope.words(from, end).contains("tương ứng");
    if equal && Scope::is_percent(amount) && !Scope::is_percent(&last.amount) && end - from <= 5 {
        return Some(Found { direction: last.direction, cue_at: last.cue_at, ..Found::sure("tương đương", 0.85) });
    }
    if !amount.unit.same_sort(&last.amount.unit) || amount.unit == Unit::None {
        return None;
    }
    let joined = page.w(end.wrapping_sub(1)) == "và"
        || page.s.is_mark(end.wrapping_sub(1), ',')
        || page.s.is_mark(end.wrapping_sub(1), '-');
    let fresh = (from..end).any(|i| {
        page.is(i, Class::Level)
            || page.is(i, Class::Reach)
            || page.is(i, Class::Share)
            || page.is(i, Class::Up)
            || page.is(i, Class::Down)
    });
    let then = scope.words(from, end).contains("sau đó là");
    (joined && !fresh || then).then(|| Found {
        direction: last.direction,
        cue_at: last.cue_at,
        ..Found::sure("và", 0.8)
    })
}

/// The unit of a changed count is its noun.
fn with_unit(scope: &Scope<'_, '_>, amount: &Amount, mut found: Found) -> Found {
    if amount.unit == Unit::None {
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
