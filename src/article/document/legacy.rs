//! The Vietnamese encodings from before Unicode: `§¶ng bé thµnh phè` (TCVN3) and `Ñaûng boä thaønh phoá` (VNI) are
//! "Đảng bộ thành phố".
//!
//! Both are fonts that draw Vietnamese in the places of Western letters, so their bytes read as windows-1252 are the
//! same mojibake that stands inside UTF-8 text pasted from such a font. Everything here works on that string.
//!
//! *Note on TCVN3 capitals.* Capitals with a tone share the codes of the small letters and exist only by the choice of
//! a font (.VnTimeH), which plain text does not keep: `§¹I HéI` is "ĐạI HộI". A word of two or more plain capitals and
//! no small one is read as capitals; "Bé" of `§¶NG Bé` cannot be told from "Bộ" and stays so.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::syllable;

/// Every small letter with a mark, and the seven capitals that have a code of their own.
const TCVN3_LETTERS: &str = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ";
/// The characters at whose places TCVN3 draws them (U+00AD, the soft hyphen, is ư).
const TCVN3_CODES: &str = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u{ad}øõö÷ùýúûüþ®¡¢£¤¥¦§";

/// Letters that VNI draws in one place; the others are a vowel and a mark.
const VNI_LETTERS: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('í', 'í'),
    ('Í', 'Í'),
    ('ì', 'ì'),
    ('Ì', 'Ì'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

/// The marks of VNI, the vowels that take them, and what they are in Unicode.
const VNI_MARKS: &[(char, &str, &str)] = &[
    ('ù', "aeouyơư", "\u{301}"),
    ('ø', "aeouyơư", "\u{300}"),
    ('û', "aeouyơư", "\u{309}"),
    ('õ', "aeouyơư", "\u{303}"),
    ('ï', "aeouơư", "\u{323}"),
    ('â', "aeo", "\u{302}"),
    ('á', "aeo", "\u{302}\u{301}"),
    ('à', "aeo", "\u{302}\u{300}"),
    ('å', "aeo", "\u{302}\u{309}"),
    ('ã', "aeo", "\u{302}\u{303}"),
    ('ä', "aeo", "\u{302}\u{323}"),
    ('ê', "a", "\u{306}"),
    ('é', "a", "\u{306}\u{301}"),
    ('è', "a", "\u{306}\u{300}"),
    ('ú', "a", "\u{306}\u{309}"),
    ('ü', "a", "\u{306}\u{303}"),
    ('ë', "a", "\u{306}\u{323}"),
];

/// A reading of mojibake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mojibake {
    /// The fonts of the standard TCVN 5712 (.VnTime).
    Tcvn3,
    /// VNI for Windows.
    Vni,
    /// UTF-8 that was read as windows-1252 and written as UTF-8 again: `Ä\u{90}áº£ng`.
    Double,
}

impl Mojibake {
    pub(super) const ALL: [Self; 3] = [Self::Tcvn3, Self::Vni, Self::Double];

    /// As it stands in `Article::encoding`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Double => "utf-8",
        }
    }

    /// The text that was meant.
    pub(super) fn undo(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3(text),
            Self::Vni => vni(text),
            Self::Double => double(text),
        }
    }
}

/// The mojibake that a text is in, if its words become Vietnamese by undoing it and were not before.
///
/// French, German or Spanish words gain nothing: `été` would be "ộtộ". Text in good Unicode Vietnamese is known by its
/// letters at the first glance and costs a look at 4 KiB.
pub(super) fn suspect(text: &str) -> Option<Mojibake> {
    let sample = sample(text, 4 << 10)?;
    if is_unicode_vietnamese(sample.as_bytes()) {
        return None;
    }
    let sample = self::sample(text, 16 << 10)?;
    let (before, words) = syllable::count(sample);
    if words < 2 {
        return None;
    }
    let share = |mojibake: Mojibake| {
        let (after, words) = syllable::count(&mojibake.undo(sample));
        (after * 100).checked_div(words).unwrap_or(0)
    };
    let (after, best) = Mojibake::ALL.into_iter().map(|m| (share(m), m)).max_by_key(|(share, _)| *share)?;
    (after >= 75 && after >= before * 100 / words + 30).then_some(best)
}

/// The text, its mojibake undone where it has one.
pub(super) fn mended(text: &str) -> (Cow<'_, str>, Option<Mojibake>) {
    match suspect(text) {
        Some(mojibake) => (Cow::Owned(mojibake.undo(text)), Some(mojibake)),
        None => (Cow::Borrowed(text), None),
    }
}

/// About `size` bytes from the first letter outside ASCII on.
fn sample(text: &str, size: usize) -> Option<&str> {
    let start = text.bytes().position(|b| !b.is_ascii())?;
    // the beginning of its word, so that the word is judged whole
    let start = text[..start].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let mut end = (start + size).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(&text[start..end])
}

/// Whether one in ten of the letters outside ASCII is one that only Vietnamese in Unicode has (ạ…ỹ, đ, ơ, ư).
fn is_unicode_vietnamese(sample: &[u8]) -> bool {
    // Without a branch in them these loops go sixteen bytes at a time.
    let leads: u32 = sample.iter().map(|&b| u32::from(b >= 0xC2)).sum();
    let ours = |a: u8, b: u8| (a == 0xE1) & (b & 0xFE == 0xBA) | (a == 0xC4) & (b & 0xFE == 0x90) | (a == 0xC6);
    let behind = sample.get(1..).unwrap_or_default();
    let ours: u32 = sample.iter().zip(behind).map(|(&a, &b)| u32::from(ours(a, b))).sum();
    ours * 10 >= leads
}

fn tcvn3(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for piece in text.split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let word = out.len();
        let mut capitals = 0;
        for c in piece.chars() {
            capitals += usize::from(c.is_ascii_uppercase() || matches!(c, '¡'..='§'));
            out.push(tcvn3_letter(c).unwrap_or(c));
        }
        if capitals >= 2 && !piece.contains(|c: char| c.is_ascii_lowercase()) {
            let upper = out[word..].to_uppercase();
            out.truncate(word);
            out.push_str(&upper);
        }
    }
    out
}

fn tcvn3_letter(code: char) -> Option<char> {
    static TABLE: std::sync::LazyLock<[Option<char>; 256]> = std::sync::LazyLock::new(|| {
        let mut table = [None; 256];
        for (code, letter) in TCVN3_CODES.chars().zip(TCVN3_LETTERS.chars()) {
            if let Some(place) = table.get_mut(code as usize) {
                *place = Some(letter);
            }
        }
        table
    });
    TABLE.get(code as usize).copied().flatten()
}

fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let mut vowel = None;
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            vowel = c.is_ascii_alphabetic().then_some(c.to_ascii_lowercase());
            continue;
        }
        let small = c.to_lowercase().next().unwrap_or(c);
        let mark = vowel.and_then(|v| VNI_MARKS.iter().find(|(mark, on, _)| *mark == small && on.contains(v)));
        if let Some((_, _, combining)) = mark {
            out.push_str(combining);
            vowel = None;
        } else {
            let letter = VNI_LETTERS.iter().find(|(code, _)| *code == c).map_or(c, |(_, letter)| *letter);
            out.push(letter);
            vowel = letter.to_lowercase().next();
        }
    }
    out.nfc().collect()
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = Vec::new();
    let mut from = 0;
    let end = text.char_indices().map(|(at, c)| (at, Some(c))).chain(std::iter::once((text.len(), None)));
    for (at, c) in end {
        let byte = c.filter(|c| !c.is_ascii()).and_then(windows_1252);
        if let Some(byte) = byte {
            if run.is_empty() {
                from = at;
            }
            run.push(byte);
            continue;
        }
        if !run.is_empty() {
            out.push_str(std::str::from_utf8(&run).unwrap_or(&text[from..at]));
            run.clear();
        }
        out.extend(c);
    }
    out
}

/// The byte of a character in windows-1252, the five unused places included.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ 0..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.chars().position(|h| h == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The text as a TCVN3 font stores it, for tests and fixtures: capitals with a tone become small.
    pub(crate) fn to_tcvn3(text: &str) -> String {
        let code = |c: char| TCVN3_LETTERS.chars().position(|l| l == c).and_then(|at| TCVN3_CODES.chars().nth(at));
        text.chars().map(|c| code(c).or_else(|| code(c.to_lowercase().next()?)).unwrap_or(c)).collect()
    }

    /// The text as VNI stores it.
    pub(crate) fn to_vni(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            if let Some((code, _)) = VNI_LETTERS.iter().find(|(_, letter)| *letter == c) {
                out.push(*code);
                continue;
            }
            let marks = |horn: bool| {
                let parts: Vec<char> = c.nfd().collect();
                let base =
                    if horn { [parts[0], '\u{31b}'].iter().collect::<String>().nfc().next() } else { Some(parts[0]) };
                let rest: String = parts[1..].iter().filter(|m| !horn || **m != '\u{31b}').collect();
                (base.unwrap(), rest)
            };
            let (base, rest) = marks(c.nfd().any(|m| m == '\u{31b}'));
            let wanted: String = rest.nfd().collect();
            let mark = VNI_MARKS
                .iter()
                .find(|(_, _, m)| m.nfd().collect::<String>() == wanted || sorted(m) == sorted(&wanted));
            match mark {
                Some((mark, _, _)) if !rest.is_empty() => {
                    out.push(VNI_LETTERS.iter().find(|(_, l)| *l == base).map_or(base, |(code, _)| *code));
                    out.push(if c.is_uppercase() { mark.to_uppercase().next().unwrap() } else { *mark });
                }
                _ => out.push(c),
            }
        }
        out
    }

    fn sorted(marks: &str) -> Vec<char> {
        let mut marks: Vec<char> = marks.chars().collect();
        marks.sort_unstable();
        marks
    }

    fn letters() -> Vec<String> {
        TCVN3_LETTERS.chars().take(67).flat_map(|c| [c.to_string(), c.to_uppercase().to_string()]).collect()
    }

    #[test]
    fn tcvn3_is_there_and_back_for_every_letter_but_toned_capitals() {
        assert_eq!(TCVN3_LETTERS.chars().count(), TCVN3_CODES.chars().count());
        for letter in letters() {
            let back = tcvn3(&to_tcvn3(&letter));
            assert!(back == letter || back == letter.to_lowercase(), "{letter} → {back}");
        }
        assert_eq!(tcvn3("§¶ng bé thµnh phè"), "Đảng bộ thành phố");
        assert_eq!(tcvn3("®¹i héi NGHÞ QUYÕT"), "đại hội NGHỊ QUYẾT");
    }

    #[test]
    fn vni_is_there_and_back_for_every_letter() {
        for letter in letters() {
            assert_eq!(vni(&to_vni(&letter)), letter, "{}", to_vni(&letter));
        }
        assert_eq!(vni("Ñaûng boä thaønh phoá, ÑAÏI HOÄI"), "Đảng bộ thành phố, ĐẠI HỘI");
    }

    #[test]
    fn each_mojibake_is_known_and_undone() {
        let text = "Đảng bộ thành phố có 67/69 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ, đạt 97,1%";
        let twice: String = text.bytes().map(|b| encoding_rs::WINDOWS_1252.decode(&[b]).0.into_owned()).collect();
        for (mojibake, wrong) in
            [(Mojibake::Tcvn3, to_tcvn3(text)), (Mojibake::Vni, to_vni(text)), (Mojibake::Double, twice)]
        {
            assert_eq!(suspect(&wrong), Some(mojibake), "{wrong}");
            assert_eq!(mended(&wrong).0, text);
        }
    }

    #[test]
    fn other_languages_and_good_vietnamese_are_left_alone() {
        for text in [
            "Đảng bộ thành phố",
            "Hà có gà, bà cá và trà",
            "L'été dernier, le gâteau où j'ai mangé était déjà très léger à Besançon, même là-bas",
            "Über die Straße für größere Häuser müssen wir später möglichst schön erzählen",
            "El año pasado también había más niños aquí; él sí está en la región según informó",
            "Señor Núñez está aquí",
            "Café",
            "",
        ] {
            assert_eq!(suspect(text), None, "{text}");
        }
    }
}
