//! What matching must not see, folded word by word: capitals, tone placement (`hòa`/`hoà`), homoglyphs (`Ð`/`Đ`),
//! invisible characters, fullwidth digits. Tone marks, `đ` and the vowel signs stay: *năm* and *nam* are two words.

/// Appends the folded form of `word` to `out`.
///
/// ```
/// let mut out = String::new();
/// solieu::article::normalise::fold::fold_into("HÒA", &mut out);
/// assert_eq!(out, "hoà");
/// ```
pub fn fold_into(word: &str, out: &mut String) {
    let from = out.len();
    if word.is_ascii() {
        out.push_str(word);
        out[from..].make_ascii_lowercase();
        return;
    }
    // Mostly the first letter alone is another one.
    let mut rest = word.chars();
    if let Some(first) = rest.next().filter(|&c| !is_invisible(c)) {
        out.push(fold_char(first));
    }
    if rest.clone().all(|c| sort(c) == SMALL) {
        out.push_str(rest.as_str());
    } else {
        out.extend(rest.filter(|&c| !is_invisible(c)).map(fold_char));
    }
    if may_move_tone(&out.as_bytes()[from..]) {
        move_tone(out, from);
    }
}

/// The folded form as a string of its own.
#[must_use]
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Zero-width characters and soft hyphens, which editors leave inside words.
#[must_use]
#[inline]
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The digit that a character stands for, ASCII or fullwidth.
#[must_use]
#[inline]
pub const fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '\u{FF10}'..='\u{FF19}' => Some((c as u32 - 0xFF10) as u8),
        _ => None,
    }
}

/// A letter of Vietnamese, or of ASCII, that folding leaves as it is.
pub(crate) const SMALL: u8 = 1;
/// A capital of those.
pub(crate) const CAPITAL: u8 = 2;
/// A character of ASCII that is no letter.
pub(crate) const NO_LETTER: u8 = 4;

/// What each character up to U+1EFF is at one look; 0 for the ones that have to be asked about one by one.
const SORTS: [u8; 0x1F00] = {
    let mut sorts = [0; 0x1F00];
    let mut code = 0;
    while code < sorts.len() {
        let Some(c) = char::from_u32(code as u32) else { break };
        sorts[code] = match c {
            _ if is_small(c) => SMALL,
            'A'..='Z' | 'À'..='Ï' | 'Ñ'..='Ö' | 'Ø'..='Ý' | 'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => CAPITAL,
            '\u{1EA0}'..='\u{1EF9}' => CAPITAL,
            '\0'..='\u{7F}' => NO_LETTER,
            _ => 0,
        };
        code += 1;
    }
    sorts
};

/// [`SMALL`], [`CAPITAL`], [`NO_LETTER`], or 0 where the table does not say.
#[inline]
pub(crate) fn sort(c: char) -> u8 {
    SORTS.get(c as usize).copied().unwrap_or(0)
}

/// The small letters of Vietnamese, which folding leaves as they are.
pub(crate) const fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'à'..='ï' | 'ñ'..='ö' | 'ø'..='ý' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư')
        || matches!(c, '\u{1EA0}'..='\u{1EF9}') && c as u32 & 1 == 1
}

/// Lower case, with the letters that look like another one made that one.
fn fold_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{0000}'..='\u{007F}' => c,
        // Eth and African D are typed for Đ.
        'Ð' | 'ð' | 'Ɖ' | 'ɖ' => 'đ',
        'À'..='Ö' | 'Ø'..='Þ' => shift(c, 32),
        'Ơ' => 'ơ',
        'Ư' => 'ư',
        '\u{0100}'..='\u{0137}' | '\u{014A}'..='\u{0177}' | '\u{1E00}'..='\u{1EFF}' => {
            char::from_u32(c as u32 | 1).unwrap_or(c)
        }
        '\u{FF10}'..='\u{FF19}' => shift_down(c, 0xFF10 - 0x30),
        '\u{00DF}'..='\u{00FF}' | '\u{01A1}' | '\u{01B0}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

fn shift(c: char, by: u32) -> char {
    char::from_u32(c as u32 + by).unwrap_or(c)
}

fn shift_down(c: char, by: u32) -> char {
    char::from_u32(c as u32 - by).unwrap_or(c)
}

/// Toned vowels of `o` and `u`, and where the tone goes when it stands on the second vowel.
const TONES: [(char, [char; 5]); 5] = [
    ('o', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('u', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
    ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
    ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
    ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
];

/// Whether a word of small letters could be one whose tone [`fold_into`] moves, by the last byte of the toned vowel.
#[inline]
pub(crate) const fn may_move_tone(word: &[u8]) -> bool {
    matches!(word, [.., 0x8D | 0x8F | 0xB2 | 0xB3 | 0xB5, b'a' | b'e'] | [.., 0xA5 | 0xA7 | 0xA9 | 0xB9 | 0xBA, b'y'])
        || match word {
            [.., a, b, 0xC3..=0xC5, _] | [.., a, b, 0xE1, 0xBA | 0xBB, _] => {
                matches!((*a, *b), (0xC3, 0xA2 | 0xAA | 0xB4) | (0xC4, 0x83) | (0xC6, 0xA1 | 0xB0))
            }
            _ => false,
        }
}

/// Vowels with a sign of their own, and what they are with the five tones.
const SIGNED: [(char, [char; 5]); 6] = [
    ('â', ['ầ', 'ấ', 'ẩ', 'ẫ', 'ậ']),
    ('ê', ['ề', 'ế', 'ể', 'ễ', 'ệ']),
    ('ô', ['ồ', 'ố', 'ổ', 'ỗ', 'ộ']),
    ('ơ', ['ờ', 'ớ', 'ở', 'ỡ', 'ợ']),
    ('ư', ['ừ', 'ứ', 'ử', 'ữ', 'ự']),
    ('ă', ['ằ', 'ắ', 'ẳ', 'ẵ', 'ặ']),
];

/// Vowels that can close a word behind one of those, in the same order of tones.
const CLOSING: [(char, [char; 5]); 4] = [
    ('i', ['ì', 'í', 'ỉ', 'ĩ', 'ị']),
    ('u', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
    ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
    ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
];

/// `tuôỉ` → `tuổi`, `giưã` → `giữa`: some editors' tools leave the tone on the last vowel; Vietnamese writes it on the
/// one with the sign.
fn move_tone_back(out: &mut String) {
    let mut back = out.chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return };
    let closing = CLOSING.iter().find_map(|(plain, toned)| Some((*plain, toned.iter().position(|&v| v == last)?)));
    let signed = SIGNED.iter().find(|(plain, _)| *plain == before);
    if let (Some((plain, tone)), Some((_, toned))) = (closing, signed) {
        let cut = out.len() - last.len_utf8() - before.len_utf8();
        out.truncate(cut);
        out.push(toned[tone]);
        out.push(plain);
    }
}

/// `hòa` → `hoà`, `khỏe` → `khoẻ`, `thủy` → `thuỷ`: only open syllables in oa, oe, uy have two spellings.
fn move_tone(out: &mut String, from: usize) {
    let mut back = out[from..].chars().rev();
    let (Some(last), Some(before)) = (back.next(), back.next()) else { return };
    let second = match last {
        'a' | 'e' | 'y' => last,
        _ => return move_tone_back(out),
    };
    let first = if second == 'y' { 'u' } else { 'o' };
    let row = |v: char| TONES.iter().find(|(plain, _)| *plain == v).map(|(_, toned)| toned);
    let (Some(toned_first), Some(toned_second)) = (row(first), row(second)) else { return };
    let Some(tone) = toned_first.iter().position(|&v| v == before) else { return };
    // In `qu` the u belongs to the consonant: quỳ is never quỳ with the tone elsewhere.
    if back.next() == Some('q') {
        return;
    }
    let cut = out.len() - last.len_utf8() - before.len_utf8();
    out.truncate(cut);
    out.push(first);
    out.push(toned_second[tone]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_is_spelt_two_ways() {
        for (word, want) in [
            ("Hòa", "hoà"),
            ("HOÀ", "hoà"),
            ("THỦY", "thuỷ"),
            ("khỏe", "khoẻ"),
            ("hoàn", "hoàn"),
            ("quý", "quý"),
            ("ÐẢNG", "đảng"),
            ("Đảng", "đảng"),
            ("ƯỚC", "ước"),
            ("Ơn", "ơn"),
            ("số\u{00AD}liệu", "sốliệu"),
            ("Ủy", "uỷ"),
            ("ＡＢＣ", "ａｂｃ"),
            ("tỷ", "tỷ"),
            ("tuôỉ", "tuổi"),
            ("NGƯƠÌ", "người"),
            ("giưã", "giữa"),
            ("đâù", "đầu"),
            ("triêụ", "triệu"),
            ("huế", "huế"),
        ] {
            assert_eq!(folded(word), want, "{word}");
        }
    }

    #[test]
    fn every_word_that_changes_is_one_that_may() {
        for second in ['a', 'e', 'y'] {
            for first in TONES.iter().flat_map(|(_, toned)| toned) {
                let word = format!("h{first}{second}");
                assert!(folded(&word) == word || may_move_tone(word.as_bytes()), "{word}");
            }
        }
        assert!(!may_move_tone("của".as_bytes()));
    }

    #[test]
    fn keeps_what_makes_another_word() {
        for (a, b) in [("năm", "nam"), ("bảy", "bay"), ("tỷ", "ty"), ("đo", "do"), ("tư", "tu")] {
            assert_ne!(folded(a), folded(b));
        }
    }
}
