//! Whether the claims of an article agree with each other's arithmetic.

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

/// All checks of one article.
#[must_use]
pub fn checks(_text: &str, _claims: &[Claim]) -> Vec<Check> {
    Vec::new()
}
