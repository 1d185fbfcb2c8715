//! `đứng thứ 3`, `top 10`, `hạng 109/189`.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};
use crate::claim::lexicon::Class;

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    if amount.unit != Unit::None || amount.scaled {
        return None;
    }
    let (start, _) = scope.page.before(scope.lo(), amount.start(), Class::Ranking)?;
    let word = scope.page.w(start);
    let plain_order =
        start + 1 == amount.start() && matches!(word, "thứ" | "xếp" | "hạng") && amount.denominator.is_none();
    if plain_order && word == "xếp" {
        return None;
    }
    Some(Found {
        unit: Some("hạng".into()),
        cue_at: Some(start),
        tokens: (word == "top").then(|| crate::article::span::Span::of(start, amount.end())),
        ..Found::sure(scope.words(start, amount.start()), 0.7)
    })
}
