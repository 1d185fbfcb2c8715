//! How likely a claim is right in all it says: `0.9` should be right nine times of ten.
//!
//! "Xã Đăk Năng có 48/52 hộ" names its subject before the number and says no time: surer than a number whose subject
//! stands three sentences back. The parts that chose (the finder, the entity model, the period model) each say how sure
//! they were; a logistic regression weighs what they say. It was fitted on 82 articles that no rule and no weight was
//! made with, on whether kind, unit, modifier, direction, entity, period and reference were all right; what came out on
//! other articles is in docs/confidence.md.

use crate::claim::find::Kind;

/// What is known of a claim when all its parts are chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// How sure the finder is that this is a claim, of its kind and unit.
    pub(super) found: f32,
    /// The share of the entity that was chosen; nothing where there was none to choose.
    pub(super) entity: f32,
    /// The share of the period that was chosen, or of there being none.
    pub(super) period: f32,
    /// Whether a period was chosen.
    pub(super) timed: bool,
    /// Whether a target, baseline or whole was found.
    pub(super) compared: bool,
    /// Whether the claim's own sentence names the entity.
    pub(super) named: bool,
    /// The kind.
    pub(super) kind: Kind,
}

/// The probability, from 0 to 1.
#[must_use]
pub(super) fn confidence(known: Known) -> f32 {
    let mut sum = -0.258
        + 0.061 * odds(known.found)
        + 0.381 * odds(known.entity)
        + 0.098 * odds(known.period)
        + if known.timed { 0.0 } else { 0.258 }
        + if known.compared { -0.043 } else { 0.0 }
        + if known.named { 0.0 } else { -0.595 };
    sum += match known.kind {
        Kind::Change => -0.189,
        Kind::Count => 0.277,
        Kind::TargetPercentage | Kind::Percentage | Kind::Ratio | Kind::Multiple => -0.278,
        _ => 0.0,
    };
    // Two digits are all that the measure bears out; cut, so that 0.9 is said only of what reaches it.
    ((1.0 / (1.0 + (-sum).exp())) * 100.0).floor() / 100.0
}

/// The logarithm of the odds, bounded: no part is ever wholly sure.
fn odds(share: f32) -> f32 {
    (share.max(0.01) / (1.0 - share).max(0.01)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURE: Known = Known {
        found: 0.95,
        entity: 0.99,
        period: 0.95,
        timed: false,
        compared: false,
        named: true,
        kind: Kind::Count,
    };

    #[test]
    fn a_named_subject_is_surer_than_one_from_elsewhere() {
        assert!(confidence(SURE) > confidence(Known { named: false, ..SURE }));
        assert!(confidence(SURE) > confidence(Known { entity: 0.4, ..SURE }));
        assert!(confidence(SURE) > 0.8);
    }

    #[test]
    fn it_stays_a_probability_whatever_the_parts_say() {
        for share in [0.0, 0.5, 1.0, 2.0] {
            let c = confidence(Known { found: share, entity: share, period: share, ..SURE });
            assert!((0.0..=1.0).contains(&c), "{share}: {c}");
        }
    }
}
