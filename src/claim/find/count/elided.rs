//! Counts whose noun stands elsewhere: `300, 250 và 40 hộ`, `số hộ nghèo giảm còn 52`, `trong đó 20 nữ`, `với (4) doanh nghiệp`.

use super::super::{Found, Kind, REACH, Scope};
use super::head;
use crate::article::span::{Span, Tokens};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::{Class, Page};

/// "300, 250 và 40 hộ", "từ 302 xuống 197 hộ": the noun of all stands behind the last.
pub(super) fn shared(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    let at = amount.hedge_start;
    if amount.in_digits
        && let Some(last) = scope.end_of_list(amount)
    {
        return head(scope, last.end());
    }
    // "mua 14 và thuê 9 máy xúc"
    let end = amount.end();
    if amount.in_digits
        && scope.page.w(end) == "và"
        && scope.page.is(end + 1, Class::Verb)
        && let Some(next) = scope.amounts.get(scope.at + 1)
        && next.in_digits
        && next.non_claim.is_none()
        && next.unit == Unit::None
        && (end + 2..=end + 3).contains(&next.hedge_start)
    {
        return head(scope, next.end());
    }
    let from = at > scope.lo() && scope.page.w(at - 1) == "từ" && amount.in_digits;
    let (_, next) = scope.next_level(amount, amount.end()).filter(|_| from)?;
    head(scope, next.end())
}

/// The noun of the nearest count before.
pub(super) fn counted_before(scope: &Scope<'_, '_>) -> Option<Found> {
    let draft = scope.earlier().find(|d| matches!(d.kind, Kind::Count | Kind::Ratio) && d.noun.is_some())?;
    Some(Found { unit: Some(draft.unit.clone()), noun: draft.noun, ..Found::sure("như trên", 0.7) })
}

/// "với (4) doanh nghiệp": the noun behind the brackets.
pub(super) fn bracketed(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    let page = scope.page;
    let end = amount.end();
    let inside = amount.start() > scope.lo() && page.s.is_mark(amount.start() - 1, '(') && page.s.is_mark(end, ')');
    (inside && !page.s.is_capital(end + 1) && page.is(end + 1, Class::Countable)).then(|| head(scope, end + 1))?
}

/// "tổng số hộ nghèo giảm còn 52", "số người mắc vượt 7 vạn": what the clause says is numbered.
pub(in crate::claim::find) fn numbered(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Span<Tokens>> {
    let page = scope.page;
    let end = amount.hedge_start;
    let floor = scope.last().map_or(scope.lo(), |d| d.tokens.end as usize).max(scope.back(end, 14));
    let noun = (floor..end)
        .rev()
        .take_while(|&i| !page.s.is_mark(i, ';'))
        .filter(|&i| {
            matches!(page.w(i), "số" | "lượng") && (i == scope.lo() || !matches!(page.w(i - 1), "một" | "con" | "dân"))
        })
        .find_map(|i| {
            let counted = page.is(i + 1, Class::Countable) || page.is(i + 1, Class::Classifier);
            head(scope, i + 1).filter(|noun| counted && noun.end as usize <= end)
        })?;
    let leads = noun.end as usize == end
        || links(page, end - 1)
        || [Class::Level, Class::Reach, Class::Exceed, Class::Filler]
            .iter()
            .any(|&c| page.before(scope.lo(), end, c).is_some());
    leads.then_some(noun)
}

/// Words and marks that lead from what is counted to its number.
fn links(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.w(i),
        "là" | "có"
            | "còn"
            | "đạt"
            | "được"
            | "gồm"
            | "với"
            | "lên"
            | "tới"
            | "đến"
            | "cả"
            | "và"
            | "số"
            | "chỉ"
            | "khoảng"
            | "hơn"
    ) || page.s.is_mark(i, ':')
}

/// No noun behind: what the clause numbers, the noun of the count before it, or what the sentence speaks of.
pub(super) fn elided(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let said = |noun: Span<Tokens>, cue: &str, sure| {
        Some(Found { unit: Some(page.s.slice(noun).to_owned()), noun: Some(noun), ..Found::sure(cue, sure) })
    };
    if let Some(noun) = numbered(scope, amount) {
        return said(noun, "số", 0.85);
    }
    let start = amount.hedge_start;
    // "dân số cả nước đạt 98,5 triệu"
    if (scope.back(start, 10)..start).any(|i| page.w(i) == "dân" && page.w(i + 1) == "số")
        && links(page, start.wrapping_sub(1))
    {
        return Some(Found { unit: Some("người".into()), ..Found::sure("dân số", 0.85) });
    }
    let aside = start > scope.lo() && page.s.is_mark(start - 1, '(');
    let linked = start > scope.lo() && links(page, start - 1)
        || amount.modifier.is_some()
        || amount.in_digits && listed(scope, start)
        // "con số kỷ lục 3.200"
        || (scope.back(start, 4)..start).any(|i| page.w(i) == "con" && page.w(i + 1) == "số");
    if !linked && !aside {
        return None;
    }
    // An adjective or verb may follow a count whose noun was said before: "trong đó có 5 tử vong".
    if let Some(found) = counted_before(scope) {
        return Some(found);
    }
    // "đến 47 Lê Lợi": the number of a house.
    if aside || !amount.in_digits || page.s.is_capital(amount.end()) && page.s.is_capital(amount.end() + 1) {
        return None;
    }
    let subject = (scope.back(start, REACH)..start)
        .rev()
        .filter(|&i| page.w(i) != "từ" && (i == scope.lo() || !page.s.is_capital(i) || !page.s.is_capital(i - 1)))
        .find_map(|i| page.m.longest(i, Class::Countable).map(|m| Span::<Tokens>::of(i, i + m.len as usize)))?;
    said(subject, "chủ đề", 0.6)
}

/// "trong đó 9 trúng đích", "trong đó đúng hạn 820, trễ hạn 47", "là 300, 250 và 40": parts of the last count.
fn listed(scope: &Scope<'_, '_>, start: usize) -> bool {
    let page = scope.page;
    let Some(last) = scope.last().filter(|_| start > scope.lo()) else { return false };
    let (from, gap) = (last.tokens.end as usize, start.saturating_sub(last.tokens.end as usize));
    let inside = (scope.back(start, 5)..start).any(|i| page.w(i) == "trong" && page.w(i + 1) == "đó");
    let counted = last.kind == Kind::Count && last.noun.is_some();
    // The noun of the last may stand between: "21.400 thương binh, 2.650 hưởng trợ cấp".
    let behind = last.noun.map_or(from, |noun| (noun.end as usize).max(from));
    let next = counted
        && (from < start && page.s.is_mark(from, ',') && (gap == 1 || gap <= 4 && last.rule == "count/như trên")
            || behind + 1 == start && page.s.is_mark(behind, ','));
    // "120 là nam, 135 là nữ": as the one before.
    let (end, joint) = (scope.amounts[scope.at].end(), start - 1);
    let predicate = counted
        && gap <= 8
        && (page.s.is_mark(joint, ',') || page.w(joint) == "và")
        && matches!(page.w(end), "là" | "bị" | "đã" | "được" | "chưa");
    inside || next || predicate
}
