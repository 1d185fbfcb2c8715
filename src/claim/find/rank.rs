//! `đứng thứ 3`, `top 10`, `hạng 109/189`.
//!
//! Traps: `năm thứ 6` is an order of time, `bảng xếp hạng 500 doanh nghiệp` a list of so many.

use super::{Found, Scope};
use crate::article::span::Span;
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
    let before = if start > scope.lo() { scope.page.w(start - 1) } else { "" };
    let ordinal =
        word == "thứ" && matches!(before, "năm" | "ngày" | "tuần" | "tháng" | "lần" | "ca" | "buổi" | "phiên");
    // "bệnh viện hạng 1", "khách sạn hạng 3": a class of things.
    let class = word == "hạng"
        && start + 1 == amount.start()
        && amount.denominator.is_none()
        && start > scope.lo()
        && scope.page.before(scope.lo(), start, Class::Countable).is_some();
    if class || plain_order && word == "xếp" || before == "bảng" || ordinal {
        return None;
    }
    Some(Found {
        unit: Some("hạng".into()),
        cue_at: Some(start),
        tokens: (word == "top").then(|| Span::of(start, amount.end())),
        ..Found::sure(scope.words(start, amount.start()), 0.7)
    })
}

#[cfg(test)]
mod tests {
    use crate::claim::find::tests::claims;

    #[test]
    fn a_class_of_things_is_none() {
        claims(&[("Đây là bệnh viện hạng 1.", ""), ("Ông mở khách sạn 5 sao.", "")]);
    }

    #[test]
    fn a_position_is_a_rank() {
        claims(&[("Đội xếp hạng 3 chung cuộc.", "rank 3 hạng"), ("Cô gái lọt top 10.", "rank 10 hạng")]);
    }

    #[test]
    fn an_order_of_time_or_a_list_is_none() {
        claims(&[
            ("Đây là năm thứ 6 hội thi diễn ra.", ""),
            ("Công ty có tên trong bảng xếp hạng 500 doanh nghiệp.", ""),
        ]);
    }
}
