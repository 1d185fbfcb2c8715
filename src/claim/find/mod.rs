//! Amounts become claims: the list of kinds.

/// How people say a number. See `gold`-style guideline in docs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A difference.
    Change,
    /// "gấp 2,3 lần".
    Multiple,
    /// A percentage of a plan or target.
    TargetPercentage,
    /// Part of a whole with two numbers.
    Ratio,
    /// Every other percentage.
    Percentage,
    /// A per-unit compound.
    Rate,
    /// Money.
    Money,
    /// Any other unit of measure.
    Measurement,
    /// An age.
    Age,
    /// A length of time.
    Duration,
    /// Discrete things or people.
    Count,
    /// A position ("đứng thứ 3").
    Rank,
    /// A result of a match ("3-1").
    Score,
}
