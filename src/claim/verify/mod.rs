//! Whether the claims of an article agree with each other's arithmetic: "67/69 = 97,10 %, viết 97,1 %: khớp".
//!
//! A written number stands for an interval (`interval.rs`: the rule of statcheck, with cutting and hedges added); an
//! equation ([`super::equation`]) is redone at its ends; the reported number is `inconsistent` only when no point of
//! the intervals gives it and the words leave no doubt about which numbers belong together (`scene.rs`).
//!
//! | rule | file | what must hold |
//! |---|---|---|
//! | `part_of_whole` | `part_of_whole.rs` | part ÷ whole = percentage |
//! | `implied_whole` | `part_of_whole.rs` | the whole numbers that make a share of a count possible |
//! | `target_reached` | `target.rs` | value ÷ target = percentage |
//! | `implied_target` | `target.rs` | the targets that make a percentage possible |
//! | `implied_target_share` | `target.rs` | share ÷ percentage of the target = share that was asked for |
//! | `excess_over_target` | `excess.rs` | (value − target) ÷ target = excess; percentage − 100 = excess |
//! | `change_between_levels` | `change.rs` | (after − before) ÷ before, or after − before = change |
//! | `multiple_between_levels` | `multiple.rs` | after ÷ before = multiple |
//! | `parts_of_total` | `parts.rs` | the parts of a partition sum to the total |
//! | `shares_sum` | `parts.rs` | shares with "còn lại" sum to 100 % |
//! | `rate_of_total`, `average` | `rate.rs` | total ÷ number = mean |
//! | `ratio_within_whole` | `within.rs` | a part or share is not above its whole |
//! | `range_order` | `within.rs` | the low end of a range is below the high end |
//! | the same | `alone/` | the same, where a clause holds no other figures |
//! | `restated` | `across.rs` | one figure told in two sentences is one number |

mod across;
mod alone;
mod change;
mod excess;
mod interval;
mod judge;
mod multiple;
mod part_of_whole;
mod parts;
mod rate;
mod scene;
#[cfg(test)]
mod seeded;
mod slip;
mod target;
#[cfg(test)]
mod trial;
mod within;
mod written;

pub(crate) use interval::{Interval, Written, power_of_ten};
pub use written::{to_places, vietnamese};

use rust_decimal::Decimal;

use super::Claim;

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The reported number lies in the interval that the others allow.
    Consistent,
    /// Right when the last digit is cut instead of rounded.
    ConsistentIfTruncated,
    /// No reading of the stated precision makes it hold.
    Inconsistent,
    /// Nothing to compare with: the check says what follows.
    Implied,
}

/// One arithmetical relation between claims of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which relation: `part_of_whole`, `change_between_levels`, …
    pub rule: &'static str,
    /// The claims it speaks of, as indices into the reading's list.
    pub claims: Vec<usize>,
    /// What the article reports.
    pub reported: Option<Decimal>,
    /// What the other numbers give, exactly (rounded to at most 8 decimals when it does not end).
    pub computed: Option<Decimal>,
    /// The least and greatest that the reported number stands for.
    pub lower: Option<Decimal>,
    /// See `lower`.
    pub upper: Option<Decimal>,
    /// What follows.
    pub verdict: Verdict,
    /// The reasoning as a sentence in Vietnamese.
    pub explanation: String,
}

/// All checks of one article, in the order of the claims that they report on.
///
/// `claims` are in the order of the text, as [`super::read`] has them.
#[must_use]
pub fn checks(text: &str, claims: &[Claim]) -> Vec<Check> {
    let scene = scene::Scene { text, claims };
    let mut out = Vec::new();
    for rule in [
        part_of_whole::checks,
        target::checks,
        excess::checks,
        change::checks,
        multiple::checks,
        parts::checks,
        rate::checks,
        within::checks,
        across::checks,
        alone::checks,
    ] {
        rule(&scene, &mut out);
    }
    out.sort_by_key(|check| check.claims.last().copied());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Verdict::*;
    use super::trial::{trial, verdicts};
    use super::*;

    #[test]
    fn a_report_in_the_manner_of_a_party_cell_is_checked_through() {
        let case = trial(
            "Đảng bộ có [67/69|ratio|chi bộ] ([1|count|chi bộ] mới lập chưa đánh giá) hoàn thành tốt nhiệm vụ (chiếm \
             [97,1%|percentage] và đạt [146,15%|target_percentage] so với Nghị quyết); [4.979|count|đảng viên] hoàn thành \
             tốt nhiệm vụ (chiếm [95,54%|percentage] và đạt [105,61%|target_percentage] so với Nghị quyết).\n\
             Đã kết nạp [307|count|đảng viên] mới (đạt [51,17%|target_percentage] so với Nghị quyết); nhất thể hóa chức \
             danh đối với [120/154|ratio|thôn] thôn, tổ (đạt [78%|percentage]).\n\
             Có [127/127|ratio|cán bộ] đạt chuẩn (đạt [100%|percentage] và đạt [100%|target_percentage] chỉ tiêu Nghị \
             quyết), [111/119|ratio|cán bộ] ở xã, phường đạt chuẩn (đạt [93,27%|percentage] và đạt \
             [104,93%|target_percentage]  chỉ tiêu Nghị quyết).",
        );
        let told: Vec<_> = case
            .checks()
            .into_iter()
            .map(|check| (check.rule, check.verdict, check.computed.map(|c| to_places(c, 2)).unwrap_or_default()))
            .collect();
        let expected = [
            ("part_of_whole", Consistent, "97,10"),
            ("implied_target_share", Implied, "66,44"),
            ("implied_whole", Implied, "5.211,00"),
            ("implied_target_share", Implied, "90,46"),
            ("implied_target", Implied, "600,00"),
            ("part_of_whole", Consistent, "77,92"),
            ("part_of_whole", Consistent, "100,00"),
            ("implied_target_share", Implied, "100,00"),
            ("part_of_whole", ConsistentIfTruncated, "93,28"),
            ("implied_target_share", Implied, "88,89"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|&(rule, verdict, value)| (rule, verdict, value.to_owned())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn no_claims_give_no_checks() {
        assert!(checks("", &[]).is_empty());
    }

    /// `part` / `whole` in per cent of `places` decimals, moved by `steps` of the last digit, as an article writes it.
    fn sentence(part: u32, whole: u32, places: u32, steps: i64) -> String {
        let exact = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
        let written = written::half_up(exact, places) + Decimal::new(steps, places);
        format!("Có [{part}/{whole}|ratio|hộ] ký (chiếm [{}%|percentage]).", to_places(written, places))
    }

    proptest! {
        #[test]
        fn a_percentage_rounded_half_up_is_never_inconsistent(whole in 1_u32..200_000, share in 0.0_f64..=1.0, places in 0_u32..4) {
            let part = (f64::from(whole) * share) as u32;
            prop_assert_eq!(verdicts(&sentence(part, whole, places, 0), "part_of_whole"), vec![Consistent]);
        }

        #[test]
        fn a_percentage_two_steps_off_is_always_inconsistent(whole in 10_u32..200_000, share in 0.1_f64..=0.9, places in 0_u32..4, off in 2_i64..9, up: bool) {
            let part = (f64::from(whole) * share) as u32;
            // A count with three zeros at its end may have been rounded itself.
            prop_assume!(part > 0 && !part.is_multiple_of(1000) && !whole.is_multiple_of(1000));
            let steps = if up { off } else { -off };
            let exact = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
            prop_assume!(exact + Decimal::new(steps - 1, places) > Decimal::ZERO);
            prop_assert_eq!(verdicts(&sentence(part, whole, places, steps), "part_of_whole"), vec![Inconsistent]);
        }

        #[test]
        fn hostile_numbers_never_panic(
            numbers in prop::collection::vec((any::<i64>(), 0_u32..28, -40_i32..40, 0_i64..i64::MAX), 12),
            hedge in 0_usize..7,
        ) {
            let mut case = trial(
                "Tổng số [31|count|ca], gồm [25|count|ca] và còn lại [6|count|ca].\nCó [67/69|ratio|hộ] ký (chiếm \
                 [97,1%|percentage] và đạt [146,15%|target_percentage] kế hoạch).\nThu [5 tỷ đồng|money|VND], đạt \
                 [62,5%|target_percentage] dự toán.\nGiá tăng từ [80 đồng|money|VND] lên [100 đồng|money|VND], tăng \
                 [20%|change|dir=up].\nCó [60%|percentage], còn lại [40%|percentage].",
            );
            let hedges = [None, Some(crate::claim::Modifier::Approximately), Some(crate::claim::Modifier::Nearly),
                Some(crate::claim::Modifier::MoreThan), Some(crate::claim::Modifier::LessThan),
                Some(crate::claim::Modifier::AtLeast), Some(crate::claim::Modifier::AtMost)];
            for (claim, (value, scale, decimals, denominator)) in case.claims.iter_mut().zip(numbers) {
                let huge = Decimal::from(value).checked_mul(Decimal::from(100_000_000)).unwrap_or(Decimal::MAX);
                claim.value = if scale == 0 { huge } else { Decimal::new(value, scale) };
                claim.decimals = decimals;
                claim.denominator = claim.denominator.map(|_| Decimal::new(denominator, scale));
                claim.modifier = hedges[hedge];
            }
            case.checks();
        }
    }
}
