//! Which small slip would make a mismatch hold: "67/69 … chiếm 91,7%" holds when two digits change places (97,1 %).
//!
//! The slips are those that newsrooms make: part and whole swapped, the percentage of the other base, triệu for tỷ, a
//! comma misplaced or left out, two neighbouring digits swapped, one digit changed. The first that holds is told.

use rust_decimal::Decimal;

use super::Verdict;
use super::interval::{Written, power_of_ten};
use super::judge::{number, verdict};
use super::written::rescaled;
use crate::claim::equation::Equation;

/// What is said of a fraction that fits the other way round.
pub(super) const TURNED: &str = "đổi chỗ tử số và mẫu số thì khớp";

/// Says what would make it hold.
pub(super) fn explain(equation: &Equation<Written>, reported: &Written, text: &str) -> Option<String> {
    if let Some(told) = other_shape(equation, reported) {
        return Some(told.to_owned());
    }
    let numbers: Vec<_> = equation.operands().into_iter().map(|(operand, _)| operand).collect();
    // The reported number first: it is the one that was worked out from the others.
    let places = || std::iter::once((None, reported)).chain(numbers.iter().enumerate().map(|(at, n)| (Some(at), *n)));
    for (at, wrong) in places() {
        for exponent in [3, -3] {
            if let Some(right) = rescaled(wrong, exponent, text)
                && let Some(number) = shifted(wrong, exponent)
                && holds(equation, reported, at, &number)
            {
                return Some(format!("nếu là {right} thì khớp (nhầm nghìn, triệu, tỷ)"));
            }
        }
    }
    for (variants, what) in [
        (commas as fn(&Written) -> Vec<Written>, "dấu phẩy sai chỗ"),
        (swaps, "hai chữ số cạnh nhau đổi chỗ"),
        (digits, "sai một chữ số"),
    ] {
        for (at, wrong) in places() {
            if let Some(right) = variants(wrong).into_iter().find(|right| holds(equation, reported, at, right)) {
                let right = number(right.value.abs(), &right, text, 0);
                return Some(format!("nếu là {right} thì khớp ({what})"));
            }
        }
    }
    None
}

/// Whether it holds with the number at `at` (nothing: the reported one) replaced.
fn holds(equation: &Equation<Written>, reported: &Written, at: Option<usize>, by: &Written) -> bool {
    let Some(at) = at else { return verdict(equation, by) == Some(Verdict::Consistent) };
    let mut n = 0;
    let replaced = equation.map(|operand, _| {
        n += 1;
        Some(if n == at + 1 { by.clone() } else { operand.clone() })
    });
    replaced.is_some_and(|equation| verdict(&equation, reported) == Some(Verdict::Consistent))
}

/// The same numbers in another order.
fn other_shape(equation: &Equation<Written>, reported: &Written) -> Option<&'static str> {
    let holds = |equation: Equation<Written>| verdict(&equation, reported) == Some(Verdict::Consistent);
    match equation {
        Equation::Share { part, whole } => {
            holds(Equation::Share { part: whole.clone(), whole: part.clone() }).then_some(TURNED)
        }
        Equation::Growth { from, to } => {
            let (from, to) = (from.clone(), to.clone());
            if holds(Equation::Share { part: to.clone(), whole: from.clone() }) {
                return Some("đó là tỷ lệ giữa hai mức, không phải mức tăng");
            }
            let mut mirrored = reported.clone();
            mirrored.value.set_sign_positive(reported.value.is_sign_negative());
            if holds_with(&Equation::Growth { from: from.clone(), to: to.clone() }, &mirrored) {
                return Some("khớp nếu là chiều ngược lại (tăng thành giảm hay giảm thành tăng)");
            }
            (verdict(&Equation::Growth { from: to, to: from }, &mirrored) == Some(Verdict::Consistent))
                .then_some("khớp nếu tính phần trăm trên mức sau thay vì mức trước")
        }
        _ => None,
    }
}

/// Whether it holds with another reported number.
fn holds_with(equation: &Equation<Written>, reported: &Written) -> bool {
    verdict(equation, reported) == Some(Verdict::Consistent)
}

fn commas(number: &Written) -> Vec<Written> {
    // One digit has no comma to misplace.
    if number.mantissa().is_none_or(|digits| digits < 10) {
        return Vec::new();
    }
    [-1, 1, -2, 2, -3, 3].into_iter().filter_map(|exponent| shifted(number, exponent)).collect()
}

/// The same digits times a power of ten.
fn shifted(number: &Written, exponent: i32) -> Option<Written> {
    let value = number.value.checked_mul(power_of_ten(exponent)?)?;
    let decimals = number.decimals.checked_sub(exponent)?;
    // A count with other digits before its zeros is still a count of each.
    let decimals = if number.whole && number.decimals >= 0 { decimals.max(0) } else { decimals };
    Some(Written { value, decimals, ..number.clone() })
}

fn swaps(number: &Written) -> Vec<Written> {
    variants(number, |digits| {
        (1..digits.len())
            .filter(|&at| digits[at] != digits[at - 1])
            .map(|at| {
                let mut swapped = digits.to_vec();
                swapped.swap(at - 1, at);
                swapped
            })
            .collect()
    })
}

fn digits(number: &Written) -> Vec<Written> {
    variants(number, |digits| {
        let mut all = Vec::new();
        for at in 0..digits.len() {
            for digit in (b'0'..=b'9').filter(|&digit| digit != digits[at]) {
                let mut changed = digits.to_vec();
                changed[at] = digit;
                all.push(changed);
            }
        }
        all
    })
}

/// The numbers whose digits `change` makes of those that are written.
fn variants(number: &Written, change: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> Vec<Written> {
    let Some(mantissa) = number.mantissa() else { return Vec::new() };
    let Some(step) = number.decimals.checked_neg().and_then(power_of_ten) else { return Vec::new() };
    let digits = mantissa.to_string().into_bytes();
    let with = |digits: Vec<u8>| {
        let mantissa: i128 = String::from_utf8(digits).ok()?.parse().ok()?;
        let mut value = Decimal::try_from_i128_with_scale(mantissa, 0).ok()?.checked_mul(step)?;
        value.set_sign_negative(number.value.is_sign_negative());
        Some(Written { value, ..number.clone() })
    };
    change(&digits).into_iter().filter_map(with).collect()
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::trial::only;

    fn told(marked: &str, rule: &str) -> String {
        only(marked, rule).explanation
    }

    #[test]
    fn the_first_slip_that_holds_is_told() {
        for (marked, rule, expected) in [
            ("Có [69/67|ratio|hộ] ký (chiếm [97,1%|percentage]).", "part_of_whole", "đổi chỗ tử số và mẫu số"),
            ("Có [67/69|ratio|hộ] ký (chiếm [94,1%|percentage]).", "part_of_whole", "sai một chữ số"),
            (
                "Có [67/69|ratio|hộ] ký (chiếm [79,1%|percentage]).",
                "part_of_whole",
                "nếu là 97,1 % thì khớp (hai chữ số",
            ),
            ("Có [67/69|ratio|hộ] ký (chiếm [9,71%|percentage]).", "part_of_whole", "dấu phẩy sai chỗ"),
            (
                "Thu [1.250 triệu đồng|money|VND], đạt [62,5%|target_percentage|target=dự toán|ref=2000000000000] dự toán.",
                "target_reached",
                "nếu là 1.250 tỷ đồng thì khớp (nhầm nghìn, triệu, tỷ)",
            ),
            (
                "Giá tăng từ [80 đồng|money|VND] lên [100 đồng|money|VND], tăng [20%|change|dir=up].",
                "change_between_levels",
                "tính phần trăm trên mức sau",
            ),
        ] {
            let told = told(marked, rule);
            assert!(told.contains(expected), "{marked}: {told}");
        }
    }

    #[test]
    fn a_mismatch_that_no_slip_explains_stands_alone() {
        let told = told("Có [67/69|ratio|hộ] ký (chiếm [35,2%|percentage]).", "part_of_whole");
        assert!(told.ends_with("không khớp."), "{told}");
    }
}
