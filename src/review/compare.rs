//! The pure comparison of two figures: "6.271 tỷ đồng" and "6.217 tỷ đồng" for the same province, thing and year
//! contradict each other; "hơn 6.200 tỷ đồng" agrees as rounded.

use rust_decimal::Decimal;

use super::figure::{Figure, Ready};
use super::moment::{Moments, moments};
use super::thing::Likeness;
use super::value::{Relation, relation, share};
use super::who::words_of;
use crate::article::normalise::fold::folded;
use crate::record::{Kind, Modifier};

/// What came of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The same value.
    Agrees,
    /// One says the other with fewer digits, or hedged: "hơn 6.200" for 6.271.
    AgreesAsRounded,
    /// The later one takes the place of the earlier: "theo số liệu điều chỉnh", or a preliminary figure and a final one.
    Revision,
    /// The same thing at another time, or a toll that has grown.
    OtherMoment,
    /// Both cannot be right.
    Contradiction,
    /// They do not speak of one thing.
    NotComparable(Why),
}

/// Why two figures cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Other entities, or none that is named.
    Entity,
    /// Other kinds: a change and a level, a share and a sum.
    Kind,
    /// Units that measure other things.
    Unit,
    /// Other properties.
    Property,
    /// One is part of the other.
    Part,
    /// A target and a result.
    Target,
    /// Changes from other baselines, shares of other wholes.
    Baseline,
    /// Too little is said of when.
    Period,
    /// A number too large to compute with.
    Number,
}

impl Why {
    /// As it is written in a row.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Kind => "kind",
            Self::Unit => "unit",
            Self::Property => "property",
            Self::Part => "part",
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Period => "period",
            Self::Number => "number",
        }
    }
}

/// Two figures compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// What came of it.
    pub outcome: Outcome,
    /// The second value minus the first, in the unit of the first; zero where nothing was computed.
    pub difference: Decimal,
    /// The difference as a share of the larger value, 0 to 1.
    pub share: Decimal,
    /// How sure it is that both speak of one thing, 0 to 1; zero where they do not.
    pub sure: Decimal,
}

impl Comparison {
    pub(super) const fn not(why: Why) -> Self {
        Self::plain(Outcome::NotComparable(why))
    }

    const fn plain(outcome: Outcome) -> Self {
        Self { outcome, difference: Decimal::ZERO, share: Decimal::ZERO, sure: Decimal::ZERO }
    }
}

/// Compares two figures. The order matters only for the sign of the difference.
#[must_use]
pub fn compare(a: &Figure, b: &Figure) -> Comparison {
    compare_ready(&a.clone().read(), &b.clone().read())
}

pub(super) fn compare_ready(a: &Ready, b: &Ready) -> Comparison {
    compare_like(a, b, || a.thing.like(&b.thing))
}

/// The same where it may be known already how alike both things are.
pub(super) fn compare_like(a: &Ready, b: &Ready, alike: impl FnOnce() -> Likeness) -> Comparison {
    let (x, y) = (&a.figure, &b.figure);
    let Some((who, other)) = x.who.as_ref().zip(y.who.as_ref()) else { return Comparison::not(Why::Entity) };
    if who.key != other.key || a.is_cut || b.is_cut {
        return Comparison::not(Why::Entity);
    }
    if x.kind != y.kind {
        return Comparison::not(Why::Kind);
    }
    if a.said.apart != b.said.apart && x.kind != Kind::Change {
        return Comparison::not(Why::Kind);
    }
    let Some((first, second)) = a.measure.as_ref().zip(b.measure.as_ref()) else { return Comparison::not(Why::Kind) };
    if first.name != second.name {
        return Comparison::not(Why::Unit);
    }
    let alike = match alike() {
        Likeness::Same(sure) => sure,
        Likeness::Part => return Comparison::not(Why::Part),
        Likeness::Other | Likeness::Vague => return Comparison::not(Why::Property),
    };
    if a.said.target != b.said.target {
        return Comparison::not(Why::Target);
    }
    if !same_base(x, y) {
        return Comparison::not(Why::Baseline);
    }
    if other_years(x, y) {
        return Comparison::plain(Outcome::OtherMoment);
    }
    let when = match moments(x, y, a.thing.lasting && b.thing.lasting) {
        Moments::Same(sure) => sure,
        Moments::Other | Moments::Grown => return Comparison::plain(Outcome::OtherMoment),
        Moments::Unknown => return Comparison::not(Why::Period),
    };
    let sure = sure(&[x.confidence.0, y.confidence.0], &[alike, when, who.sure.min(other.sure)]);
    let hedge = |ready: &Ready| match ready.figure.modifier {
        Some(Modifier::Approximately) if ready.said.forecast => None,
        other => other,
    };
    let Some(found) = relation(x, y, (hedge(a), hedge(b)), (first.scale, second.scale)) else {
        return Comparison::not(Why::Number);
    };
    let found = match found {
        // A rise and a fall of one size are no agreement.
        Relation::Equal | Relation::Rounded if x.direction != y.direction && x.kind == Kind::Change => {
            Relation::Apart(signed(y).saturating_sub(signed(x)))
        }
        other => other,
    };
    match found {
        Relation::Equal => Comparison { outcome: Outcome::Agrees, sure, ..Comparison::plain(Outcome::Agrees) },
        Relation::Rounded => {
            let difference =
                y.value.0.saturating_mul(second.scale).saturating_sub(x.value.0.saturating_mul(first.scale));
            let difference = difference.checked_div(first.scale).unwrap_or_default();
            Comparison { outcome: Outcome::AgreesAsRounded, difference, share: share(x.value.0, difference), sure }
        }
        Relation::Apart(difference) => {
            let outcome = if is_revision(a, b) { Outcome::Revision } else { Outcome::Contradiction };
            Comparison { outcome, difference, share: share(x.value.0, difference), sure }
        }
    }
}

/// Whether the properties name two years: "kế hoạch vốn đầu tư công năm 2022", whatever was read as the period.
fn other_years(a: &Figure, b: &Figure) -> bool {
    let year = |figure: &Figure| {
        let words = words_of(figure.property.as_deref().unwrap_or_default());
        words.windows(2).find(|pair| pair[0] == "năm" && pair[1].len() == 4).map(|pair| pair[1].clone())
    };
    let (x, y) = (year(a), year(b));
    x.is_some() && y.is_some() && x != y
}

fn signed(figure: &Figure) -> Decimal {
    if figure.direction == Some(crate::record::Direction::Decrease) { -figure.value.0 } else { figure.value.0 }
}

/// The later article revises, or the earlier one said that it was not final.
fn is_revision(a: &Ready, b: &Ready) -> bool {
    let (early, late) = if b.figure.published < a.figure.published { (b, a) } else { (a, b) };
    let same_day = early.figure.published == late.figure.published;
    late.said.revised
        || (same_day && early.said.revised)
        || (early.said.preliminary && !late.said.preliminary)
        || (same_day && late.said.preliminary && !early.said.preliminary)
}

/// Whether changes and shares are counted from the same thing; one that does not say is taken at the other's word.
fn same_base(a: &Figure, b: &Figure) -> bool {
    if !matches!(a.kind, Kind::Change | Kind::Multiple | Kind::Percentage | Kind::TargetPercentage | Kind::Ratio) {
        return true;
    }
    // A whole that is only the period again says nothing; neither does "tổng số hộ" of a share of households.
    let said = |figure: &'_ Figure| {
        let words = figure.reference.clone().filter(|words| figure.period.as_ref() != Some(words))?;
        let share = matches!(figure.kind, Kind::Percentage | Kind::Ratio);
        let property = words_of(figure.property.as_deref().unwrap_or_default());
        let own =
            |word: &String| property.contains(word) || ["tổng", "số", "các", "của", "toàn"].contains(&word.as_str());
        let plain = share && words_of(&words).iter().all(own);
        (!plain).then_some(words)
    };
    let (Some(x), Some(y)) = (said(a), said(b)) else { return true };
    let base = |words: &str| {
        let words = folded(words);
        let year = ["cùng kỳ", "năm trước", "năm ngoái"].iter().any(|cue| words.contains(cue));
        if year { "năm trước".to_owned() } else { words }
    };
    let (x, y) = (base(&x), base(&y));
    x == y || x.contains(y.as_str()) || y.contains(x.as_str())
}

/// The product of shares and percents, with two decimals.
fn sure(shares: &[Decimal], percents: &[u8]) -> Decimal {
    let product = shares.iter().fold(Decimal::ONE, |product, share| product.saturating_mul(*share));
    let all = percents.iter().fold(product, |product, percent| product * Decimal::new(i64::from(*percent), 2));
    all.round_dp(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(published: &str, text: &str) -> Figure {
        let mut article = crate::Article::from_text("a", text);
        article.published = Some(published.to_owned());
        Figure::all(&crate::extract(&article)).remove(0)
    }

    fn outcome(a: &str, b: &str) -> Outcome {
        compare(&figure("2024-01-05", a), &figure("2024-01-20", b)).outcome
    }

    const BASE: &str = "Năm 2023, thu ngân sách tỉnh Bắc Giang đạt 6.271 tỷ đồng.";

    #[test]
    fn two_values_for_one_thing_contradict_each_other() {
        let other = "Tỉnh Bắc Giang thu ngân sách 6.217 tỷ đồng trong năm 2023.";
        let found = compare(&figure("2024-01-05", BASE), &figure("2024-01-20", other));
        assert_eq!(found.outcome, Outcome::Contradiction);
        assert_eq!(found.difference, Decimal::from(-54_000_000_000_i64));
        assert_eq!(found.share, Decimal::new(86, 4));
        assert!(found.sure > Decimal::new(3, 1), "{}", found.sure);
    }

    #[test]
    fn what_only_looks_like_one_is_told_apart() {
        for (other, want) in [
            ("Tỉnh Bắc Giang thu ngân sách hơn 6.200 tỷ đồng trong năm 2023.", Outcome::AgreesAsRounded),
            ("Tỉnh Bắc Giang thu ngân sách 6.271 tỷ đồng trong năm 2023.", Outcome::Agrees),
            ("Theo số liệu điều chỉnh, thu ngân sách tỉnh Bắc Giang năm 2023 đạt 6.217 tỷ đồng.", Outcome::Revision),
            ("Năm 2022, thu ngân sách tỉnh Bắc Giang đạt 5.217 tỷ đồng.", Outcome::OtherMoment),
            ("Năm 2023, thu ngân sách tỉnh Bắc Giang tăng 217 tỷ đồng.", Outcome::NotComparable(Why::Kind)),
            ("Năm 2023, tỉnh Bắc Giang phấn đấu thu ngân sách 5.900 tỷ đồng.", Outcome::NotComparable(Why::Target)),
            ("Năm 2023, thu ngân sách nội địa tỉnh Bắc Giang đạt 5.217 tỷ đồng.", Outcome::NotComparable(Why::Part)),
            ("Năm 2023, thu ngân sách tỉnh Bắc Ninh đạt 5.217 tỷ đồng.", Outcome::NotComparable(Why::Entity)),
        ] {
            assert_eq!(outcome(BASE, other), want, "{other}");
        }
    }
}
