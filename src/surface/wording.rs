//! The fields of a claim as people say them: a `Direction::Increase` of 6.4 "%" is "tăng 6,4 %", a `Role::Target` is
//! "chỉ tiêu".

use super::figures::{day, number};
use super::lang::Lang;
use crate::record::{ClaimRow, Direction, EntityType, Kind, Modifier, PeriodRow, Role, Verdict};

/// The value in words and figures.
pub(crate) fn value(claim: &ClaimRow, lang: Lang) -> String {
    let mut parts = Vec::new();
    parts.extend(claim.direction.map(|direction| self::direction(direction, lang)));
    parts.extend(claim.modifier.map(|modifier| self::modifier(modifier, lang)));
    let low = number(claim.value, lang);
    let figure = match (claim.denominator, claim.value_max) {
        (Some(whole), _) => format!("{low} {} {}", lang.say("trên", "of"), number(whole, lang)),
        (None, Some(high)) => format!("{low} – {}", number(high, lang)),
        (None, None) => low,
    };
    parts.push(&figure);
    if claim.kind != Kind::Rank || claim.unit != "hạng" {
        parts.push(&claim.unit);
    }
    parts.join(" ")
}

/// Which way.
pub(crate) fn direction(direction: Direction, lang: Lang) -> &'static str {
    match direction {
        Direction::Increase => lang.say("tăng", "up"),
        Direction::Decrease => lang.say("giảm", "down"),
    }
}

/// The hedge.
pub(crate) fn modifier(modifier: Modifier, lang: Lang) -> &'static str {
    match modifier {
        Modifier::Approximately => lang.say("khoảng", "about"),
        Modifier::Nearly => lang.say("gần", "nearly"),
        Modifier::MoreThan => lang.say("hơn", "more than"),
        Modifier::LessThan => lang.say("dưới", "less than"),
        Modifier::AtLeast => lang.say("ít nhất", "at least"),
        Modifier::AtMost => lang.say("không quá", "at most"),
    }
}

/// The sort of an entity.
pub(crate) fn entity_type(kind: EntityType, lang: Lang) -> &'static str {
    let (vietnamese, english) = match kind {
        EntityType::Organization => ("tổ chức", "organization"),
        EntityType::Place => ("địa phương", "place"),
        EntityType::Person => ("người", "person"),
        EntityType::Product => ("sản phẩm", "product"),
        EntityType::Event => ("sự việc", "event"),
        EntityType::Group => ("nhóm", "group"),
        EntityType::Other => ("khác", "other"),
    };
    lang.say(vietnamese, english)
}

/// The part that a reference plays.
pub(crate) fn role(role: Role, lang: Lang) -> &'static str {
    let (vietnamese, english) = match role {
        Role::Target => ("chỉ tiêu", "target"),
        Role::Baseline => ("mức so sánh", "baseline"),
        Role::Whole => ("tổng thể", "whole"),
    };
    lang.say(vietnamese, english)
}

/// A mark and words for a verdict.
pub(crate) fn verdict(verdict: Verdict, lang: Lang) -> (char, &'static str) {
    let (mark, vietnamese, english) = match verdict {
        Verdict::Consistent => ('✓', "khớp", "consistent"),
        Verdict::ConsistentIfTruncated => ('✓', "khớp nếu cắt số lẻ", "consistent if truncated"),
        Verdict::Inconsistent => ('✗', "không khớp", "inconsistent"),
        Verdict::Implied => ('→', "suy ra", "implied"),
    };
    (mark, lang.say(vietnamese, english))
}

/// The days of a period: "01/01/2023 – 31/12/2023".
pub(crate) fn days(period: &PeriodRow, lang: Lang) -> Option<String> {
    match (&period.from, &period.to) {
        (Some(from), Some(to)) if from == to => Some(day(from, lang)),
        (Some(from), Some(to)) => Some(format!("{} – {}", day(from, lang), day(to, lang))),
        (Some(from), None) => Some(format!("{} –", day(from, lang))),
        (None, Some(to)) => Some(format!("– {}", day(to, lang))),
        (None, None) => None,
    }
}
