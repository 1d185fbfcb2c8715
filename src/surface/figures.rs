//! Numbers, dates and columns as people read them: 1234.5 is "1.234,5" in Vietnamese and "1,234.5" in English.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::lang::Lang;
use crate::record::Exact;

/// A number with grouped thousands.
pub(crate) fn number(value: Exact, lang: Lang) -> String {
    let (thousands, mark) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let digits = value.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(mark);
        out.push_str(fraction);
    }
    out
}

/// A number as it is typed: "1.234,5" in Vietnamese, "1,234.5" in English. Groups of thousands may be left out, and
/// where they stand they are of three digits: "1.5" is none in Vietnamese, rather than fifteen.
pub(crate) fn parsed(typed: &str, lang: Lang) -> Option<Decimal> {
    let (thousands, mark) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let (sign, typed) = typed.strip_prefix('-').map_or(("", typed.as_str()), |rest| ("-", rest));
    let (whole, fraction) = typed.split_once(mark).unwrap_or((typed, ""));
    let groups: Vec<&str> = whole.split(thousands).collect();
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = groups.iter().all(|group| are_digits(group) && !group.is_empty())
        && (groups.len() == 1 || groups[0].len() <= 3)
        && groups.iter().skip(1).all(|group| group.len() == 3);
    let ends = are_digits(fraction) && (!fraction.is_empty() || !typed.ends_with(mark));
    if !fits || !ends {
        return None;
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", groups.concat()).parse().ok()
}

/// A day: "2022-12-31" is "31/12/2022" in Vietnamese.
pub(crate) fn day(date: &str, lang: Lang) -> String {
    match (lang, date.splitn(3, '-').collect::<Vec<_>>().as_slice()) {
        (Lang::Vi, [year, month, day]) => format!("{day}/{month}/{year}"),
        _ => date.to_owned(),
    }
}

/// The columns that a character takes on a terminal; what would move the cursor takes one, as the space shown for it.
pub(crate) fn columns(c: char) -> usize {
    unicode_width::UnicodeWidthChar::width(c).unwrap_or(1)
}

/// Words of an article or a file name on one line, without what a terminal would obey.
pub(crate) fn one_line(words: &str) -> Cow<'_, str> {
    if words.contains(char::is_control) { words.replace(char::is_control, " ").into() } else { words.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_decimals_are_not() {
        let say = |digits: &str, lang| number(Exact(digits.parse().unwrap()), lang);
        assert_eq!(say("1250000000000", Lang::Vi), "1.250.000.000.000");
        assert_eq!(say("-1234.56789", Lang::Vi), "-1.234,56789");
        assert_eq!(say("1234.50", Lang::En), "1,234.5");
        assert_eq!(say("0.5", Lang::Vi), "0,5");
        assert_eq!(say("999", Lang::Vi), "999");
    }

    #[test]
    fn a_number_is_read_as_it_is_written() {
        let read = |typed: &str, lang| parsed(typed, lang).map(|value| value.to_string());
        for (typed, value) in
            [("1.234,5", "1234.5"), ("1234,50", "1234.50"), ("-7", "-7"), ("88,1", "88.1"), ("1 000", "1000")]
        {
            assert_eq!(read(typed, Lang::Vi).as_deref(), Some(value), "{typed}");
        }
        for wrong in ["88.1", "1,2,3", "1.23.456", "", "x", "1e5", ",5", "5,", "--5", "1.2345"] {
            assert_eq!(read(wrong, Lang::Vi), None, "{wrong}");
        }
        assert_eq!(read("1,234.5", Lang::En).as_deref(), Some("1234.5"));
        assert_eq!(read("88,1", Lang::En), None);
        let exact = Exact("1250000.25".parse().unwrap());
        for lang in Lang::ALL {
            assert_eq!(parsed(&number(exact, lang), lang), Some(exact.0));
        }
    }

    #[test]
    fn a_vietnamese_letter_takes_one_column_with_or_without_its_marks() {
        assert_eq!("Đảng bộ".chars().map(columns).sum::<usize>(), 7);
        assert_eq!("a\u{309}".chars().map(columns).sum::<usize>(), 1);
        assert_eq!(columns('数'), 2);
        assert_eq!(columns('\t'), 1);
    }

    #[test]
    fn words_of_an_article_do_not_steer_the_terminal() {
        assert_eq!(one_line("67 xã"), "67 xã");
        assert_eq!(one_line("\u{1b}[2J67\nxã\u{9b}"), " [2J67 xã ");
    }
}
