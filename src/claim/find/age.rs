//! `35 tuổi`, `8 tháng tuổi`, `45` in "(45 tuổi, trú tại …)", and the weeks of an unborn child.
//!
//! Trap: `sau 36 tuần điều trị` is a duration.

use super::{Found, Scope};
use crate::article::span::Span;
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    match &amount.unit {
        Unit::Age(_) => Some(Found::sure("tuổi", 0.97)),
        // "cây đa 300 năm tuổi", but "45 năm tuổi Đảng" is time in the party.
        Unit::Time(name, _) if name == "năm" && scope.page.w(amount.end()) == "tuổi" => {
            let of = scope.page.w(amount.end() + 1);
            (!matches!(of, "đảng" | "nghề" | "quân" | "đời" | "đoàn"))
                .then(|| Found {
                    tokens: Some(Span::of(amount.start(), amount.end() + 1)), ..Found::sure("tuổi", 0.9)
                })
        }
        Unit::Time(name, _) if matches!(name.as_str(), "tuần" | "tháng") && unborn(scope, amount) => {
            Some(Found::sure("thai", 0.8))
        }
        _ => None,
    }
}

/// "mang thai 36 tuần", "khi đó thai còn non tháng, 36 tuần".
fn unborn(scope: &Scope<'_, '_>, amount: &Amount) -> bool {
    let page = scope.page;
    let at = amount.hedge_start;
    let preposition = at > scope.lo() && matches!(page.w(at - 1), "sau" | "trong" | "suốt" | "trước" | "vòng");
    !preposition && (scope.back(at, 6)..at).any(|i| page.w(i) == "thai")
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn years_of_a_person_and_weeks_of_a_child_to_come_are_ages() {
        claims(&[
            ("Làng có cây đa 300 năm tuổi.", "age 300 năm"),
            ("Bà Lan, 35 tuổi, trồng nấm.", "age 35 tuổi"),
            ("Ở tuổi 60, ông vẫn chạy bộ.", "age 60 tuổi"),
            ("Năm nay ông 82 tuổi đời.", "age 82 tuổi"),
            ("Chị đang mang thai 36 tuần.", "age 36 tuần"),
        ]);
    }

    #[test]
    fn weeks_of_treatment_are_a_duration() {
        claims(&[
            ("Ông nhận huy hiệu 45 năm tuổi Đảng.", "duration 45 năm"),
            ("Bệnh nhân ra viện sau 6 tuần điều trị.", "duration 6 tuần"),
            ("Thai phụ được theo dõi trong 2 tuần.", "duration 2 tuần"),
        ]);
    }
}
