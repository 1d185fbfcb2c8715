//! `đạt 146,15% so với Nghị quyết`, `bằng 28,4% dự toán`, `hoàn thành 86% kế hoạch`.
//!
//! Without a target in its sentence `đạt 78%` is a percentage; so is a share set aside (`dành 30% chỉ tiêu`).

use super::{Found, Scope};
use crate::claim::amount::Amount;
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !Scope::is_percent(amount) {
        return None;
    }
    let page = scope.page;
    let verb = scope.cue(amount, Class::Reach);
    let set_aside = (scope.lo().max(amount.hedge_start.saturating_sub(3))..amount.hedge_start)
        .any(|i| matches!(page.w(i), "dành" | "cắt" | "giữ" | "phân" | "tiết" | "chiếm" | "ưu" | "giao"));
    if set_aside {
        return None;
    }
    let (start, len) = behind(scope, amount.end()).or_else(|| ahead(scope, amount))?;
    let cue = match verb {
        Some((from, _)) => format!("{} … {}", scope.words(from, amount.hedge_start), scope.words(start, start + len)),
        None => scope.words(start, start + len),
    };
    Some(Found { cue_at: Some(start), ..Found::sure(cue, if verb.is_some() { 0.95 } else { 0.85 }) })
}

/// A target right behind the percentage: "so với", "của", "so" and a few plain words may stand between.
fn behind(scope: &Scope<'_, '_>, end: usize) -> Option<(usize, usize)> {
    let page = scope.page;
    let mut at = end;
    if let Some((len, _)) = page.get(at, Class::Versus) {
        at += len;
    } else if page.w(at) == "của" {
        at += 1;
    }
    // "so với các mục tiêu", "tổng dự toán", "số thu dự toán cả năm"
    for _ in 0..4 {
        if at >= scope.hi() {
            return None;
        }
        if let Some((len, _)) = page.get(at, Class::Target)
            && !(page.w(at) == "kh" && !page.s.is_capital(at))
        {
            // "Kế hoạch số 12", "Nghị quyết 18" name documents, which can still be targets.
            return Some((at, len));
        }
        let passing = matches!(
            page.w(at),
            "các" | "tổng" | "số" | "thu" | "mức" | "của" | "vốn" | "toàn" | "bộ" | "với" | "chi" | "theo"
        );
        if !passing {
            return None;
        }
        at += 1;
    }
    None
}

/// "so với kế hoạch đạt 95%", "so với Nghị quyết là 98%": the target stands before, in the same clause.
fn ahead(scope: &Scope<'_, '_>, amount: &Amount) -> Option<(usize, usize)> {
    let page = scope.page;
    let floor = scope.last().map_or(scope.lo(), |d| d.tokens.end as usize).max(amount.hedge_start.saturating_sub(12));
    (floor..amount.hedge_start).rev().find_map(|i| {
        let (versus, _) = page.get(i, Class::Versus)?;
        let at = i + versus;
        let (len, _) = page.get(at, Class::Target)?;
        Some((at, len))
    })
}
