//! Groups of falling scale, which add: `1 tỷ 250 triệu`, `2 triệu 3`, `ba triệu rưỡi`.

use rust_decimal::Decimal;

use super::digits::Shape;
use super::number::{Number, in_digits, in_words};
use super::scale::power;
use super::words::Manner;
use crate::claim::lexicon::{Class, Page};

/// Further groups of falling scale: "1 tỷ 250 triệu", "hai mươi ba triệu bốn trăm linh năm nghìn".
pub(super) fn falling(page: &Page<'_>, number: &mut Number, manner: Manner) {
    let Some(mut last) = number.scale else { return };
    while last > 0 {
        let at = number.end;
        let same_form = page.s.is_number(at) == number.in_digits;
        if !same_form {
            return;
        }
        // "không trăm", "linh", "lẻ" hold empty places.
        let filler = !number.in_digits && page.s.is_word(at) && page.is(at, Class::Filler0);
        if !number.in_digits && !filler && last_digit(page, number, last) {
            return;
        }
        let next = if number.in_digits {
            in_digits(page, at, manner)
        } else {
            in_words(page, at + usize::from(filler), manner)
        };
        let Some((next, scaled)) = next else { return };
        if next.shape != Shape::Plain && !scaled {
            return;
        }
        match next.scale {
            Some(scale) if scaled && scale < last => {
                let Some(sum) = number.value.checked_add(next.value) else { return };
                number.value = sum;
                number.decimals = next.decimals;
                number.end = next.end;
                number.scale = None;
                last = scale;
            }
            // "năm nghìn chín trăm linh ba tỷ": the thousands are of tỷ too.
            Some(9) if last == 3 && next.bare < Decimal::ONE_THOUSAND => {
                let joined = number.value.checked_add(next.bare).and_then(|sum| sum.checked_mul(power(9)?));
                let Some(value) = joined else { return };
                number.value = value;
                number.decimals = next.decimals;
                number.end = next.end;
                number.scale = None;
                last = 9;
            }
            None if !scaled => {
                add_rest(page, number, &next, last, filler);
                return;
            }
            _ => return,
        }
    }
}

/// "ba triệu mốt", "mười triệu tư": a tenth of the last scale in the digit's own short form.
fn last_digit(page: &Page<'_>, number: &mut Number, last: u32) -> bool {
    let at = number.end;
    if last > 2
        && page.s.is_word(at)
        && page.is(at, Class::LastDigit)
        && !page.is(at, Class::NotCount)
        && !page.s.is_word(at + 1)
        && let Some(digit) = page.get(at, Class::LastDigit).and_then(|(_, v)| v.parse::<i64>().ok())
        && let Some(sum) = power(last - 1)
            .and_then(|p| p.checked_mul(Decimal::from(digit)))
            .and_then(|tenth| number.value.checked_add(tenth))
    {
        number.value = sum;
        number.decimals = 1 - i32::try_from(last).unwrap_or(0);
        number.end = at + 1;
        number.scale = None;
        return true;
    }
    false
}

/// The last, unscaled group: "một nghìn không trăm linh năm" adds 5, "hai triệu ba" means three tenths.
fn add_rest(page: &Page<'_>, number: &mut Number, next: &Number, last: u32, filler: bool) {
    // "một nghìn không trăm linh năm" names its empty places: five ones.
    let short = next.bare < Decimal::TEN && !filler && next.end == next.start + 1;
    let joined = |number: &mut Number, value: Decimal, decimals: i32| {
        if let Some(sum) = number.value.checked_add(value) {
            number.value = sum;
            number.decimals = decimals;
            number.end = next.end;
            number.scale = None;
        }
    };
    if short {
        // Only where nothing is counted behind it: "2 triệu 3", not "2 triệu 3 tháng".
        let counted = page.s.is_word(next.end) && !page.is(next.end, Class::Money);
        if !counted && last > 2 {
            let tenth = power(last - 1).and_then(|p| next.bare.checked_mul(p));
            if let Some(value) = tenth {
                joined(number, value, 1 - i32::try_from(last).unwrap_or(0));
            }
        }
    } else if !number.in_digits || last == 3 && next.bare >= Decimal::ONE_HUNDRED && next.bare < Decimal::ONE_THOUSAND {
        joined(number, next.value, 0);
    }
}

/// "3 triệu rưỡi": half of the last scale.
pub(super) fn half(page: &Page<'_>, number: &mut Number) {
    let Some(scale) = number.scale else { return };
    if page.s.is_word(number.end)
        && page.is(number.end, Class::Half)
        && let Some(half) = power(scale).map(|p| p / Decimal::TWO)
        && let Some(sum) = number.value.checked_add(half)
    {
        number.value = sum.normalize();
        number.decimals = 1 - i32::try_from(scale).unwrap_or(0);
        number.end += 1;
        number.scale = None;
    }
}
