//! The other way to place a tone mark: "hòa bình" is also written "hoà bình". Search must find both, and "hoa binh",
//! which is other words, must not find either.

use std::borrow::Cow;

use crate::article::normalise::fold::is_invisible;

/// Open syllables in oa, oe, uy: first vowel toned, second vowel toned, plain first, plain second.
const PAIRS: [(char, char, char, char); 15] = [
    ('ò', 'à', 'o', 'a'),
    ('ó', 'á', 'o', 'a'),
    ('ỏ', 'ả', 'o', 'a'),
    ('õ', 'ã', 'o', 'a'),
    ('ọ', 'ạ', 'o', 'a'),
    ('ò', 'è', 'o', 'e'),
    ('ó', 'é', 'o', 'e'),
    ('ỏ', 'ẻ', 'o', 'e'),
    ('õ', 'ẽ', 'o', 'e'),
    ('ọ', 'ẹ', 'o', 'e'),
    ('ù', 'ỳ', 'u', 'y'),
    ('ú', 'ý', 'u', 'y'),
    ('ủ', 'ỷ', 'u', 'y'),
    ('ũ', 'ỹ', 'u', 'y'),
    ('ụ', 'ỵ', 'u', 'y'),
];

/// The text with every tone mark of an open oa, oe, uy in its other place, without invisible characters and with the
/// letters that are typed for Đ made Đ, in lower case; none when nothing is there to respell.
#[must_use]
pub fn respelt(text: &str) -> Option<String> {
    if !text.split(|c: char| !c.is_alphanumeric() && !is_invisible(c)).any(|word| moved(word).is_some()) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for part in text.split_inclusive(|c: char| !c.is_alphanumeric() && !is_invisible(c)) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_invisible(c));
        out.push_str(&moved(word).map_or(Cow::Borrowed(word), Cow::Owned));
        out.push_str(&part[word.len()..]);
    }
    Some(out)
}

/// The word as it is also spelt.
fn moved(word: &str) -> Option<String> {
    let odd = |c: char| is_invisible(c) || matches!(c, 'Ð' | 'ð' | 'Ɖ' | 'ɖ');
    let mut back = word.chars().rev();
    let (last, before) = (small(back.next()?), back.next().map(small));
    let other = before.and_then(|before| {
        // In "quý" the u belongs to the consonant, and the tone has one place.
        let qu = matches!(back.next(), Some('q' | 'Q')) && matches!(before, 'u' | 'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ');
        PAIRS.iter().filter(|_| !qu).find_map(|&(first, second, plain_first, plain_second)| {
            if (before, last) == (first, plain_second) {
                Some((plain_first, second))
            } else if (before, last) == (plain_first, second) {
                Some((first, plain_second))
            } else {
                None
            }
        })
    });
    if other.is_none() && !word.chars().any(odd) {
        return None;
    }
    let kept = word.chars().count() - if other.is_some() { 2 } else { 0 };
    let mut out: String = word.chars().take(kept).filter(|&c| !is_invisible(c)).map(small).collect();
    if let Some((first, second)) = other {
        out.push(first);
        out.push(second);
    }
    Some(out)
}

fn small(c: char) -> char {
    match c {
        'Ð' | 'ð' | 'Ɖ' | 'ɖ' => 'đ',
        'a'..='z' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_of_open_syllables_change_their_place() {
        for (text, want) in [
            ("Văn hóa, hòa bình.", "Văn hoá, hoà bình."),
            ("ỦY BAN thuỷ lợi khoẻ", "uỷ BAN thủy lợi khỏe"),
            ("(Khánh Hoà)", "(Khánh hòa)"),
            ("Ðảng bộ", "đảng bộ"),
            ("số\u{AD}liệu", "sốliệu"),
        ] {
            assert_eq!(respelt(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_spelt_one_way_has_no_other() {
        for text in ["quý III, hoa quả", "hoàn thành", "toán học", "Đảng bộ tỉnh có 48/52", "tuyến quỹ", ""]
        {
            assert_eq!(respelt(text), None, "{text}");
        }
    }
}
