//! A length of time: `trong 8 năm liền`, `sau 30 phút`, `2 năm 6 tháng`.

use super::{Found, Scope};
use crate::claim::amount::{Amount, Unit};

pub(super) fn find(scope: &Scope<'_, '_>, amount: &Amount) -> Option<Found> {
    let Unit::Time(..) = amount.unit else { return None };
    let page = scope.page;
    // "3 ngày trước", "cách đây 18 năm": an offset places something in time; guideline: optional.
    let offset = matches!(page.w(amount.end()), "trước" | "sau" | "nữa" | "tới")
        || amount.start() > scope.lo() && matches!(page.w(amount.start() - 1), "đây");
    Some(Found::sure(if offset { "khoảng cách" } else { "" }, if offset { 0.5 } else { 0.88 }))
}
