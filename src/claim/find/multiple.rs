//! `gấp 2,3 lần`, `tăng gần 5 lần`, `gấp đôi`, `tăng gấp ba`.
//!
//! Trap: `bị phạt 5 lần` counts occasions.

use super::{Found, Kind, Scope};
use crate::claim::Modifier;
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    let Some((start, _)) = scope.cue(amount, Class::Fold) else {
        return another(scope, amount).or_else(|| compared(scope, amount));
    };
    let words = scope.words(start, amount.hedge_start);
    let folding = words.contains("gấp") || words == "nhân" && !inside_a_word(scope, start);
    if let Some(whole) = amount.denominator {
        // "chỉ bằng 1/4", "bằng một nửa so với năm trước"
        let only = words.ends_with("bằng") && words != "bằng";
        let compared = scope.any(amount.end(), scope.ahead(amount.end(), 4), Class::Versus);
        let value = amount.value.checked_div(whole)?.round_dp(12).normalize();
        return (only || words.ends_with("bằng") && compared).then(|| Found {
            unit: Some("lần".into()),
            value: Some(value),
            cue_at: Some(start),
            ..Found::sure(words, 0.85)
        });
    }
    match amount.unit {
        Unit::Times => {
            // "tăng 5 lần" may count occasions ("tăng 5 lần trong năm"): then something else is counted.
            // Occasions come whole.
            let compares = amount.decimals > 0
                || folding
                || words.contains("tăng")
                || words.contains("giảm")
                || words == "bằng"
                || words == "hơn";
            // "số lần bay tăng lên đến 9.318 lần": a level of what is numbered.
            let numbered = !folding
                && amount.decimals == 0
                && (scope.back(start, 8)..start).any(|i| page.w(i) == "số" && page.w(i + 1) == "lần");
            let counts =
                numbered || amount.decimals == 0 && page.is(amount.end(), Class::Noun) && !folding && words == "bằng";
            (compares && !counts && page.w(amount.end()) != "liên").then(|| Found {
                cue_at: Some(start),
                modifier: hedged(scope, amount, start),
                ..Found::sure(words, 0.9)
            })
        }
        Unit::None if folding && !amount.scaled => Some(Found {
            unit: Some("lần".into()),
            cue_at: Some(start),
            modifier: hedged(scope, amount, start),
            ..Found::sure(words, 0.85)
        }),
        _ => None,
    }
}

/// "cao hơn bạn cùng lứa 2,1 lần", "dài hơn bọt thường là 500 lần", "nâng năng lực hơn 10 lần": a comparison or a verb
/// of growth stands before, in the same clause. Nothing happens in parts of a time.
fn compared(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let page = scope.page;
    if amount.unit != Unit::Times {
        return None;
    }
    if amount.decimals > 0 {
        return Some(Found::sure("lần", 0.85));
    }
    let at = amount.hedge_start;
    let floor = scope.clause_start(at).max(at.saturating_sub(12));
    if page.s.is_word(amount.end()) && !page.is(amount.end(), Class::Versus) {
        return None;
    }
    let more = (floor + 1..at).find(|&i| page.w(i) == "hơn" && page.is(i - 1, Class::Adjective))?;
    Some(Found { cue_at: Some(more - 1), ..Found::sure("hơn … lần", 0.75) })
}

/// "tăng gần gấp đôi", "hơn gấp ba": the hedge stands before the verb.
fn hedged(scope: &Scope<'_, '_>, amount: &Amount, start: usize) -> Option<Modifier> {
    if amount.modifier.is_some() || scope.page.w(start) != "gấp" && scope.page.w(start) != "nhân" {
        return None;
    }
    match (scope.lo()..start).next_back().map_or("", |at| scope.page.w(at)) {
        "gần" => Some(Modifier::Nearly),
        "hơn" => Some(Modifier::MoreThan),
        "khoảng" => Some(Modifier::Approximately),
        _ => None,
    }
}

/// "nạn nhân hai nước": the cue is the end of a noun.
fn inside_a_word(scope: &Scope<'_, '_>, start: usize) -> bool {
    [Class::Noun, Class::Countable, Class::Person]
        .iter()
        .any(|&class| scope.page.before(scope.lo(), start + 1, class).is_some_and(|(from, _)| from < start))
}

/// "gấp 2,4 lần quy chuẩn và gần 8 lần khuyến nghị": the verb of the first holds for the second.
fn another(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let at = amount.hedge_start;
    let joined = amount.unit == Unit::Times && at > scope.lo() && scope.page.w(at - 1) == "và";
    let first = scope.earlier().take(3).find(|d| joined && d.kind == Kind::Multiple)?;
    (at.saturating_sub(first.tokens.end as usize) <= 16)
        .then(|| Found { cue_at: first.cue_at, ..Found::sure("và", 0.8) })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn folding_and_growing_in_times_is_a_multiple() {
        claims(&[
            ("Sản lượng gấp 2,3 lần năm trước.", "multiple 2.3 lần"),
            ("Lợi nhuận tăng gần 5 lần.", "multiple 5 lần"),
            ("Thu nhập chỉ bằng 0,8 lần bình quân cả nước.", "multiple 0.8 lần"),
            ("Giá vé tăng gấp 3.", "multiple 3 lần"),
            ("Nồng độ bụi gấp 2 lần mức cho phép và gần 8 lần mức nền.", "multiple 2 lần | multiple 8 lần"),
        ]);
    }

    #[test]
    fn doubling_and_a_part_compared_are_multiples() {
        claims(&[
            ("Giá vé tăng gần gấp đôi so với tuần trước.", "multiple 2 lần"),
            ("Áp lực của thí sinh sẽ nhân đôi.", "multiple 2 lần"),
            ("Con hàu này to gấp rưỡi hàu sông.", "multiple 1.5 lần"),
            ("Sản lượng tăng gấp ba.", "multiple 3 lần"),
            ("Giá máy ở đây chỉ bằng 1/4 giá trong nước.", "multiple 0.25 lần"),
            ("Nạn nhân hai nước được hỗ trợ.", "count 2 nước"),
        ]);
    }

    #[test]
    fn nothing_happens_in_parts_of_a_time() {
        claims(&[
            ("Nguy cơ của họ cao hơn người thường 2,1 lần.", "multiple 2.1 lần"),
            ("Bọt mịn nổi lâu hơn bọt thường là 500 lần.", "multiple 500 lần"),
            ("Số lần cất cánh tăng lên đến 9.318 lần.", "count 9318 lần"),
        ]);
    }

    #[test]
    fn occasions_are_counted() {
        claims(&[("Cơ sở này bị phạt 5 lần.", "count 5 lần")]);
    }
}
