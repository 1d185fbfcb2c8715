//! The verdict on one equation: "67/69 = 97,10 %, viết 97,1 %: khớp".

use rust_decimal::Decimal;

use super::interval::{Interval, Written, result};
use super::written::{beside, half_up, shown, vietnamese};
use super::{Check, Verdict, slip};
use crate::claim::equation::Equation;

/// An equation whose result the article reports.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) rule: &'static str,
    pub(super) equation: Equation<Written>,
    /// The reported result; below zero for a fall.
    pub(super) reported: Written,
    pub(super) claims: Vec<usize>,
    /// Whether the words leave no other link, so that a mismatch is an error.
    pub(super) certain: bool,
}

/// Compares; nothing when the numbers cannot be compared, or differ without certainty.
pub(super) fn judge(question: Question, text: &str) -> Option<Check> {
    let Question { rule, equation, reported, claims, certain } = question;
    let computed = exact(&equation)?;
    let verdict = verdict(&equation, &reported)?;
    let firm = certain && reported.is_firm() && equation.operands().iter().all(|(operand, _)| operand.is_firm());
    if verdict == Verdict::Inconsistent && !firm {
        return None;
    }
    let stands_for = if verdict == Verdict::ConsistentIfTruncated { reported.cut()? } else { reported.rounded()? };
    let explanation = explanation(&equation, &reported, computed, verdict, text);
    Some(Check {
        rule,
        claims,
        reported: Some(reported.value.normalize()),
        computed: Some(half_up(computed, 8).normalize()),
        lower: Some(stands_for.low.normalize()),
        upper: Some(stands_for.high.normalize()),
        verdict,
        explanation,
    })
}

/// Compares where the company of the numbers, not a word, ties them: a mismatch counts only when one slip explains it.
pub(super) fn likely(question: Question, text: &str) -> Option<Check> {
    let wrong = verdict(&question.equation, &question.reported)? == Verdict::Inconsistent;
    let slip = || slip::explain(&question.equation, &question.reported, text);
    // A target may be passed: the other way round says that it was the other number.
    let turned = question.rule == "target_reached" && wrong && slip().as_deref() == Some(slip::TURNED);
    if wrong && (turned || slip().is_none()) {
        return None;
    }
    judge(Question { certain: true, ..question }, text)
}

/// What the equation says of the reported number, whoever is sure of the link.
pub(super) fn verdict(equation: &Equation<Written>, reported: &Written) -> Option<Verdict> {
    let meets = |interval: Interval, cut| Some(result(equation, cut)?.meets(interval));
    Some(if meets(reported.rounded()?, false)? {
        Verdict::Consistent
    } else if meets(reported.cut()?, true)? || meets(reported.rounded()?, true)? {
        Verdict::ConsistentIfTruncated
    } else {
        Verdict::Inconsistent
    })
}

/// The result of the numbers as they stand.
pub(super) fn exact(equation: &Equation<Written>) -> Option<Decimal> {
    equation.map(|operand, _| Some(operand.value))?.value()
}

fn explanation(
    equation: &Equation<Written>,
    reported: &Written,
    computed: Decimal,
    verdict: Verdict,
    text: &str,
) -> String {
    let left = left_side(equation, computed, text);
    let size = computed.abs();
    let report = shown(reported, text);
    // One digit more than the article wrote shows which way it was rounded; a sum needs none.
    let even = matches!(equation, Equation::Sum(_) | Equation::Difference { .. });
    let result = number(size, reported, text, u32::from(!even));
    match verdict {
        Verdict::Consistent => format!("{left} = {result}, viết {report}: khớp."),
        Verdict::ConsistentIfTruncated => {
            let rounded = number(size, reported, text, 0);
            format!("{left} = {result}, viết {report}: chỉ khớp nếu cắt bớt chữ số (làm tròn là {rounded}).")
        }
        Verdict::Inconsistent | Verdict::Implied => {
            let hint = slip::explain(equation, reported, text).map_or_else(String::new, |slip| format!("; {slip}"));
            format!("{left} = {result}, nhưng bài viết {report}: không khớp{hint}.")
        }
    }
}

/// `value` beside a number of the article: "97,10 %", "1.250 tỷ đồng".
pub(super) fn number(value: Decimal, like: &Written, text: &str, extra: u32) -> String {
    let text = beside(value, like, text, extra);
    text.strip_suffix('%').map_or_else(|| text.clone(), |number| format!("{} %", number.trim_end()))
}

/// The arithmetic as a reader writes it.
fn left_side(equation: &Equation<Written>, computed: Decimal, text: &str) -> String {
    // A number without words of its own takes the scale of its neighbour: "816.000 tỷ đồng", not its fifteen digits.
    let operands = equation.operands();
    let worded = operands.iter().map(|(operand, _)| *operand).find(|operand| operand.words.is_some());
    let show = |written: &Written| match worded {
        Some(like) if written.words.is_none() => number(written.value, like, text, 0),
        _ => shown(written, text),
    };
    match equation {
        Equation::Share { part, whole } if part.words.is_none() => {
            format!("{}/{}", vietnamese(part.value.normalize()), vietnamese(whole.value.normalize()))
        }
        Equation::Share { part, whole } => format!("{} : {}", show(part), show(whole)),
        Equation::Growth { from, to } if computed.is_sign_negative() => {
            format!("({} − {}) : {}", show(from), show(to), show(from))
        }
        Equation::Growth { from, to } => format!("({} − {}) : {}", show(to), show(from), show(from)),
        Equation::Difference { from, to } if computed.is_sign_negative() => format!("{} − {}", show(from), show(to)),
        Equation::Difference { from, to } => format!("{} − {}", show(to), show(from)),
        Equation::Sum(parts) => parts.iter().map(show).collect::<Vec<_>>().join(" + "),
        Equation::Quotient { total, number } => format!("{} : {}", show(total), show(number)),
    }
}
