//! When an article was published, as people write it: "Thứ năm, 11/5/2023, 14:12 (GMT+7)" → 2023-05-11T14:12:00+07:00.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex::Regex;

/// `2023-05-11`, `2023-05-11T14:12:00+07:00`, `2023-05-11 14:12:00.000Z`, `20230511T141200`.
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) ([12][0-9]{3}) - ([0-9]{1,2}) - ([0-9]{1,2})
          (?: (?:T|\x20|,)\x20* ([0-9]{1,2}) : ([0-9]{2}) (?: : ([0-9]{2}) (?: \.[0-9]+ )? )?
              \x20? (Z | [+-][0-9]{2}:?[0-9]{2})? )?",
    )
});

/// `11/05/2023`, `11-5-2023`, `11.5.2023`, `ngày 11 tháng 5 năm 2023`, `11 tháng 5, 2023`.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) ([0-9]{1,2}) (?: \x20?[/.-]\x20? ([0-9]{1,2}) \x20?[/.-]\x20? | \x20+[Tt]háng\x20+ ([0-9]{1,2}) \x20*,?\x20* (?:năm\x20+)? )
          ([12][0-9]{3})",
    )
});

/// `14:12`, `14:12:05`, `14h12`, `14 giờ 12`, `02:12 PM`.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x) ([0-9]{1,2}) (?: : | h | \x20?giờ\x20? ) ([0-9]{2}) (?: :([0-9]{2}) )? (?: \x20?([AaPp][Mm]|SA|CH) )?",
    )
});

#[expect(clippy::expect_used, reason = "the patterns are constants and every one is used by a test")]
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// The words that stand around a date in a date line and make no sentence.
const AROUND: &[&str] = &[
    "thứ",
    "hai",
    "ba",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "chủ",
    "nhật",
    "ngày",
    "tháng",
    "gmt",
    "utc",
    "cập",
    "đăng",
    "lúc",
    "xuất",
    "bản",
    "giờ",
    "hà",
    "nội",
    "tp",
    "hcm",
    "hồ",
    "chí",
    "minh",
    "cn",
    "published",
    "updated",
    "đã",
    "tin",
    "vào",
    "sáng",
    "chiều",
    "tối",
    "thời",
    "gian",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// The date that a machine-readable field holds, as RFC 3339 or `YYYY-MM-DD`.
///
/// What it does not say is not invented: no clock time, no time of day. A clock time without a zone is Vietnam's.
pub(super) fn given(field: &str) -> Option<String> {
    let field = field.trim();
    if let Some(found) = ISO.captures(field).and_then(|c| iso(&c)) {
        return Some(found);
    }
    if let Some(found) = written(field) {
        return Some(found.published);
    }
    rfc2822(field)
}

/// The date of a line that is a date line and nothing else ("11/05/2023 14:12", "Ngày 11 tháng 5 năm 2023").
///
/// A sentence or a headline with a date in it is none: at most a handful of letters may stand beside date and clock.
pub(super) fn line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.is_empty() || line.len() > 120 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (published, rest, clock) = if let Some(found) = written(line) {
        (found.published, found.rest, found.clock)
    } else {
        let found = ISO.captures(line)?;
        let all = found.get(0)?;
        (iso(&found)?, format!("{} {}", &line[..all.start()], &line[all.end()..]), found.get(4).is_some())
    };
    let rest = rest.to_lowercase();
    let strange = || rest.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !AROUND.contains(w));
    let letters: usize = strange().map(|w| w.chars().count()).sum();
    let plain = letters == 0 || (clock && letters <= 30);
    plain.then_some(published)
}

/// The date line among the first lines of a text.
pub(super) fn among_first_lines(text: &str) -> Option<String> {
    text.lines().filter(|l| !l.trim().is_empty()).take(10).find_map(line)
}

struct Written {
    published: String,
    rest: String,
    clock: bool,
}

/// A date in the Vietnamese order, with the clock time before or after it.
fn written(text: &str) -> Option<Written> {
    let found = DAY.captures(text)?;
    let day = found.get(0)?;
    // "1.234.11.5.2023" or a year that runs on is no date
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if digit(text[..day.start()].chars().next_back()) || digit(text[day.end()..].chars().next()) {
        return None;
    }
    let month = found.get(2).or_else(|| found.get(3))?.as_str();
    let date = date(&found[4], month, &found[1])?;
    let around = [&text[..day.start()], &text[day.end()..]];
    let clock = around.iter().find_map(|side| CLOCK.captures(side).map(|c| (*side, c)));
    let Some((side, clock)) = clock else {
        return Some(Written { published: date.to_string(), rest: around.join(" "), clock: false });
    };
    let time = time(&clock[1], &clock[2], clock.get(3).map(|m| m.as_str()), clock.get(4).map(|m| m.as_str()))?;
    let all = clock.get(0)?;
    let other = if std::ptr::eq(side, around[0]) { around[1] } else { around[0] };
    let rest = format!("{} {} {other}", &side[..all.start()], &side[all.end()..]);
    Some(Written { published: format!("{date}T{time}+07:00"), rest, clock: true })
}

fn iso(found: &regex::Captures<'_>) -> Option<String> {
    let date = date(&found[1], &found[2], &found[3])?;
    let (Some(hour), Some(minute)) = (found.get(4), found.get(5)) else { return Some(date.to_string()) };
    let time = time(hour.as_str(), minute.as_str(), found.get(6).map(|m| m.as_str()), None)?;
    let zone = match found.get(7).map(|m| m.as_str()) {
        None => "+07:00".to_owned(),
        Some("Z") => "Z".to_owned(),
        Some(offset) if offset.contains(':') => offset.to_owned(),
        Some(offset) => format!("{}:{}", &offset[..3], &offset[3..]),
    };
    Some(format!("{date}T{time}{zone}"))
}

/// "Thu, 11 May 2023 14:12:00 +0700".
fn rfc2822(field: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::parse(field).ok()?;
    let (date, time, offset) = (zoned.date(), zoned.time(), zoned.offset().seconds());
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    Some(format!("{date}T{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|y| (1990..=2100).contains(y))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn time(hour: &str, minute: &str, second: Option<&str>, half: Option<&str>) -> Option<Time> {
    let mut hour: i8 = hour.parse().ok()?;
    match half.map(str::to_ascii_uppercase).as_deref() {
        Some("PM" | "CH") if hour < 12 => hour += 12,
        Some("AM" | "SA") if hour == 12 => hour = 0,
        _ => {}
    }
    Time::new(hour, minute.parse().ok()?, second.map_or(Ok(0), str::parse).ok()?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines_of_the_press_are_read() {
        for (seen, published) in [
            ("11/05/2023 14:12", "2023-05-11T14:12:00+07:00"),
            ("Thứ năm, 11/5/2023, 14:12 (GMT+7)", "2023-05-11T14:12:00+07:00"),
            ("Ngày 11 tháng 5 năm 2023", "2023-05-11"),
            ("14:12 | 11/05/2023", "2023-05-11T14:12:00+07:00"),
            ("Chủ nhật, ngày 5-11-2023 - 09h05", "2023-11-05T09:05:00+07:00"),
            ("Cập nhật lúc 02:12 PM, 11/05/2023", "2023-05-11T14:12:00+07:00"),
            ("Báo Vùng Cao - 11.5.2023 14:12", "2023-05-11T14:12:00+07:00"),
            ("2023-05-11 14:12:00", "2023-05-11T14:12:00+07:00"),
            ("Hà Nội, ngày 11 tháng 5 năm 2023", "2023-05-11"),
        ] {
            assert_eq!(line(seen).as_deref(), Some(published), "{seen}");
        }
    }

    #[test]
    fn a_sentence_or_a_headline_with_a_date_is_no_date_line() {
        for text in [
            "Đến ngày 11/05/2023, toàn tỉnh có 512 đơn vị hoàn thành",
            "Lễ kỷ niệm 30/4/1975",
            "Giá gạo xuất khẩu ngày 11/5/2023",
            "Nghị quyết 30/2/2023",
            "12.11.5.20231",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn given_dates_keep_the_zone_that_they_state() {
        for (field, published) in [
            ("2023-05-11T07:12:00Z", "2023-05-11T07:12:00Z"),
            ("2023-05-11T14:12:00.000+0700", "2023-05-11T14:12:00+07:00"),
            ("2023-05-11T14:12", "2023-05-11T14:12:00+07:00"),
            ("2023-05-11", "2023-05-11"),
            ("Thu, 11 May 2023 14:12:00 +0700", "2023-05-11T14:12:00+07:00"),
            ("11/5/2023 2:12:00 CH", "2023-05-11T14:12:00+07:00"),
        ] {
            assert_eq!(given(field).as_deref(), Some(published), "{field}");
        }
        assert_eq!(given("hôm qua"), None);
        assert_eq!(given("2023-13-41"), None);
    }
}
