//! `35 tuổi`, `8 tháng tuổi`, and `45` in "(45 tuổi, trú tại …)".

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(_scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    matches!(amount.unit, Unit::Age(_)).then(|| Found::sure("tuổi", 0.95))
}
