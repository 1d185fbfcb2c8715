//! `đạt 146,15% so với Nghị quyết`, `bằng 28,4% dự toán`, `hoàn thành 86% kế hoạch`.
//!
//! Without a target in its sentence `đạt 78%` is a percentage; so is a share set aside (`dành 30% chỉ tiêu`).

use super::{Found, Kind, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if !Scope::is_percent(amount) {
        return None;
    }
    let page = scope.page;
    let verb = scope.cue(amount, Class::Reach);
    let set_aside = (scope.back(amount.hedge_start, 3)..amount.hedge_start)
        .any(|i| matches!(page.w(i), "dành" | "cắt" | "giữ" | "phân" | "tiết" | "chiếm" | "ưu" | "giao"));
    // "bội chi ở mức 5% GDP": of what is named right behind.
    if set_aside || page.w(amount.end()) == "gdp" {
        return None;
    }
    let Some((start, len)) = behind(scope, amount.end())
        .filter(|&(start, _)| verb.is_some() || !quota(scope, amount, start))
        .or_else(|| verb.and_then(|_| planned(scope, amount)))
        .or_else(|| ahead(scope, amount))
    else {
        return same_years(scope, amount);
    };
    let cue = match verb {
        Some((from, _)) => format!("{} … {}", scope.words(from, amount.hedge_start), scope.words(start, start + len)),
        None => scope.words(start, start + len),
    };
    Some(Found { cue_at: Some(start), ..Found::sure(cue, if verb.is_some() { 0.97 } else { 0.88 }) })
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
            && (page.w(at) != "kh" || page.s.is_capital(at))
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

/// "10% chỉ tiêu xét theo học bạ", "còn 80% chỉ tiêu": with no verb of reaching, a share of the places to give away.
fn quota(scope: &Scope<'_, '_>, amount: &Amount, start: usize) -> bool {
    let page = scope.page;
    let compared = page.is(amount.end(), Class::Versus) || scope.cue(amount, Class::Exceed).is_some();
    let continued = scope.last().is_some_and(|d| d.kind == Kind::TargetPercentage);
    start == amount.end() && page.w(start) == "chỉ" && page.w(start + 2) != "kế" && !compared && !continued
}

/// "bằng 71,4% tổng sản lượng bán ra dự kiến": what was planned, described from behind.
fn planned(scope: &Scope<'_, '_>, amount: &Amount) -> Option<(usize, usize)> {
    let page = scope.page;
    let end = scope.ahead(amount.end(), 8);
    let words = (amount.end()..end).take_while(|&i| page.s.is_word(i) && !page.is(i, Class::Versus));
    words
        .filter(|&i| i > amount.end())
        .find(|&i| {
            matches!((page.w(i), page.w(i + 1)), ("dự", "kiến") | ("đề", "ra") | ("đã", "định"))
                || page.w(i) == "được" && page.w(i + 1) == "giao"
        })
        .map(|i| (i, 2))
}

/// "đạt 49% dự toán, thấp nhất so với cùng kỳ (năm 2011 đạt 58,2%, năm 2012 là 61,3%)": the same of other years.
fn same_years(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let last = scope.last().filter(|d| d.kind == Kind::TargetPercentage)?;
    let from = last.tokens.end as usize;
    let at = amount.hedge_start;
    let near = at >= from && at - from <= 18 && at >= from + 3;
    let year =
        near && matches!(page.w(at - 1), "đạt" | "là" | "bằng") && super::year(page, at - 2) && page.w(at - 3) == "năm";
    year.then(|| Found { cue_at: last.cue_at, ..Found::sure("năm", 0.8) })
}

/// "so với kế hoạch đạt 95%", "so với Nghị quyết là 98%": the target stands before, in the same clause; the amount
/// reached may stand between.
fn ahead(scope: &Scope<'_, '_>, amount: &Amount) -> Option<(usize, usize)> {
    let page = scope.page;
    let reached = scope.cue(amount, Class::Reach).is_some();
    let floor = scope
        .earlier()
        .find(|d| !reached || matches!(d.amount.unit, Unit::Percent | Unit::PercentPoint))
        .map_or(scope.lo(), |d| d.tokens.end as usize)
        .max(scope.back(amount.hedge_start, 20));
    (floor..amount.hedge_start).rev().take_while(|&i| !page.s.is_mark(i, ';')).find_map(|i| {
        let (versus, _) = page.get(i, Class::Versus)?;
        let at = i + versus;
        let (len, _) = page.get(at, Class::Target)?;
        Some((at, len))
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_percentage_of_what_was_planned_is_one_of_a_target() {
        claims(&[
            ("Thu nội địa đạt 146,15% so với Nghị quyết.", "target_percentage 146.15 %"),
            ("Giải ngân bằng 28,4% dự toán.", "target_percentage 28.4 %"),
            ("Lượng bán ra bằng 71,4% tổng sản lượng bán ra dự kiến.", "target_percentage 71.4 %"),
            (
                "Tổng thu so với dự toán là 175 tỷ đồng, đạt 103,8%.",
                "money 175000000000 VND | target_percentage 103.8 %",
            ),
        ]);
    }

    #[test]
    fn without_a_target_or_against_the_past_it_is_none() {
        claims(&[
            ("Tiến độ chung đạt 78%.", "percentage 78 %"),
            ("Sản lượng bằng 91,4% so cùng kỳ.", "percentage 91.4 %"),
            ("Trường dành 30% chỉ tiêu cho học sinh vùng cao.", "percentage 30 %"),
        ]);
    }
}
