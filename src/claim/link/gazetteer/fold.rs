//! One syllable of a name in the form in which spellings that mean the same are equal: `Hoà` and `Hòa`, `Quy` and
//! `Qui`, `Đắk`, `Đăk`, `Dak` and `Đắc`, `M'Drắk` and `MĐrăk`, `Kạn` and `Cạn`, `04` and `4`. Tones and đ stay:
//! `năm` is not `nam`.

/// Longest folded syllable, in bytes; `nghiêng` with its tone has eight.
const MAX: usize = 15;

/// A vowel with its quality (the letter that stands for it here) and its forms without tone and with the five tones,
/// small and large. ă, â, ê, ô, ơ, ư are A, B, E, O, W, U here, so that every letter is one byte.
const VOWELS: [(u8, [char; 12]); 12] = [
    (b'a', ['a', 'à', 'ả', 'ã', 'á', 'ạ', 'A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']),
    (b'A', ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ', 'Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']),
    (b'B', ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']),
    (b'e', ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ', 'E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']),
    (b'E', ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']),
    (b'i', ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị', 'I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']),
    (b'o', ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ', 'O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']),
    (b'O', ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']),
    (b'W', ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']),
    (b'u', ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ', 'U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']),
    (b'U', ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']),
    (b'y', ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']),
];

const LATIN: usize = 0x1b1;
const TONED: usize = 0x1ea0;

/// What is known of a letter; `base` 0 for all that no name has.
#[derive(Clone, Copy)]
struct Letter {
    base: u8,
    tone: u8,
    class: Class,
}

const NO_LETTER: Letter = Letter { base: 0, tone: 0, class: Class::Other };

/// By code point: Latin-1 to ư in the first part, the toned vowels of U+1EA0 after it.
static LETTERS: [Letter; LATIN + 0x60] = letters();

const fn letters() -> [Letter; LATIN + 0x60] {
    let mut table = [NO_LETTER; LATIN + 0x60];
    let mut ascii = b'a';
    while ascii <= b'z' {
        table[ascii as usize] = Letter { base: ascii, tone: 0, class: Class::Small };
        table[ascii.to_ascii_uppercase() as usize] = Letter { base: ascii, tone: 0, class: Class::Capital };
        ascii += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        table[digit as usize] = Letter { base: digit, tone: 0, class: Class::Digit };
        digit += 1;
    }
    let mut row = 0;
    while row < VOWELS.len() {
        let mut form = 0;
        while form < 12 {
            let code = VOWELS[row].1[form] as usize;
            let slot = if code >= TONED { code - TONED + LATIN } else { code };
            let class = if form < 6 { Class::Small } else { Class::Capital };
            table[slot] = Letter { base: VOWELS[row].0, tone: (form % 6) as u8, class };
            form += 1;
        }
        row += 1;
    }
    table['đ' as usize] = Letter { base: b'D', tone: 0, class: Class::Small };
    table['Đ' as usize] = Letter { base: b'D', tone: 0, class: Class::Capital };
    // Ð (eth) is what some keyboards give for Đ.
    table['Ð' as usize] = Letter { base: b'D', tone: 0, class: Class::Capital };
    table
}

#[inline]
fn letter(c: char) -> Letter {
    let code = c as usize;
    if code < LATIN {
        LETTERS[code]
    } else if (TONED..TONED + 0x60).contains(&code) {
        LETTERS[code - TONED + LATIN]
    } else {
        NO_LETTER
    }
}

/// What a character is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Small,
    Capital,
    Digit,
    Other,
}

/// The class of a character: from the table for Vietnamese and ASCII, of Unicode for the rest.
#[inline]
pub(super) fn class(c: char) -> Class {
    let known = letter(c);
    if known.base != 0 || c.is_ascii() { known.class } else { class_of_foreign(c) }
}

#[cold]
fn class_of_foreign(c: char) -> Class {
    match c {
        _ if !c.is_alphanumeric() => Class::Other,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_uppercase() => Class::Capital,
        _ => Class::Small,
    }
}

/// Is this a mark that names of the Central Highlands have inside a syllable (`M'Drắk`)?
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

/// The syllable, folded and packed; 0 for a word that cannot be part of a name (foreign letters, too long).
///
/// `Hoà` and `Hòa` give one number; `năm` and `nam` give two.
pub(super) fn fold(word: &str) -> u128 {
    let mut bytes = [0_u8; MAX + 1];
    let (mut len, mut tone) = (0, 0);
    for c in word.chars() {
        let Letter { base, tone: mark, .. } = letter(c);
        if base == 0 {
            if is_apostrophe(c) {
                continue;
            }
            return 0;
        }
        // "04" is "4".
        if base.is_ascii_digit() && len == 1 && bytes[0] == b'0' {
            len = 0;
        }
        if len == MAX {
            return 0;
        }
        bytes[len] = base;
        len += 1;
        if mark != 0 {
            tone = mark;
        }
    }
    same_sound(&mut bytes, &mut len, &mut tone);
    if tone != 0 {
        bytes[len] = b'!' + tone;
    }
    u128::from_le_bytes(bytes)
}

/// The spellings between which the press does not choose.
fn same_sound(bytes: &mut [u8; MAX + 1], len: &mut usize, tone: &mut u8) {
    const SAC: u8 = 4;
    const NANG: u8 = 5;
    let letters = &mut bytes[..*len];
    match letters {
        // Đắc Lắc, Đác Lắc, Krông Pắc: the spelling with c of names that are written with k elsewhere.
        [b'D', b'A' | b'a', last @ b'c'] | [b'l' | b'p', b'A', last @ b'c'] if *tone == SAC => *last = b'k',
        // Bắc Kạn, Bắc Cạn.
        [first @ b'k', b'a', b'n'] if *tone == NANG => *first = b'c',
        // Ya, Ia; Êa, Ea: "water" in the names of the Central Highlands.
        [first @ b'y', b'a'] => *first = b'i',
        [first @ b'E', b'a'] => *first = b'e',
        // Quy, Qui.
        [b'q', b'u', last @ b'y'] => *last = b'i',
        // Mỹ, Mĩ; Kỳ, Kì: but Tây is not Tâi and Thuỷ not Thủi.
        [.., before, last @ b'y'] if !b"aABeEioOWuUy".contains(before) => *last = b'i',
        _ => {}
    }
    // No Vietnamese syllable ends in k: its tone and its hooks are only somebody's way of writing Đắk or Drăk.
    if letters.last() == Some(&b'k') {
        *tone = 0;
        for byte in letters {
            *byte = match *byte {
                b'A' | b'B' => b'a',
                b'D' => b'd',
                other => other,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, VOWELS, class, fold};

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("Hoà", "hòa"),
            ("Thuỷ", "THỦY"),
            ("Quy", "Qui"),
            ("Mỹ", "mĩ"),
            ("Đắk", "Đăk"),
            ("Đak", "Dak"),
            ("Đắc", "Đắk"),
            ("Lắc", "Lăk"),
            ("Pắc", "Păk"),
            ("M'Drắk", "M’Đrăk"),
            ("H'leo", "Hleo"),
            ("Kạn", "Cạn"),
            ("Ya", "Ia"),
            ("04", "4"),
            ("Ðà", "Đà"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
            assert_ne!(fold(one), 0);
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in
            [("năm", "nam"), ("Đa", "Da"), ("Tây", "Tâi"), ("Bắc", "Bác"), ("Thúy", "Thúi"), ("10", "1")]
        {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn capitals_are_those_of_unicode() {
        for c in VOWELS.iter().flat_map(|row| row.1).chain("đĐÐbB".chars()) {
            let expected = if c.is_uppercase() { Class::Capital } else { Class::Small };
            assert_eq!(class(c), expected, "{c}");
        }
        let classes = ['7', 'ß', 'Ж', 'ж', ' ', '…', '\u{301}', '٣'].map(class);
        use Class::{Capital, Digit, Other, Small};
        assert_eq!(classes, [Digit, Small, Capital, Small, Other, Other, Other, Digit]);
    }

    #[test]
    fn what_is_no_syllable_is_nothing() {
        for word in ["Москва", "漢", "abcdefghijklmnopqrstuvwxyz", "a\u{301}"] {
            assert_eq!(fold(word), 0, "{word}");
        }
    }
}
