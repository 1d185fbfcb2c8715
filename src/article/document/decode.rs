//! Bytes → text, and the name of the encoding: `\xa7\xb6ng b\xe9` is "Đảng bộ" in tcvn3, `D\xe3n` "Dăn" in none.
//!
//! A byte order mark decides; else valid UTF-8 is UTF-8; else the zero bytes of UTF-16; else the reading under which
//! the most words are Vietnamese syllables (UTF-8 with damage, TCVN3, VNI, windows-1258, what the page declares);
//! only then a general detector.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::legacy::{self, Mojibake};
use super::{normalise, syllable};
use crate::error::Fault;

/// A text and how its bytes were read.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Not yet in NFC.
    pub(super) text: String,
    /// As it stands in `Article::encoding`.
    pub(super) encoding: String,
    pub(super) faults: Vec<Fault>,
}

/// Reads bytes as text, mojibake undone. Any bytes are some text; what was damaged is a fault.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let read = as_written(bytes);
    match legacy::suspect(&read.text) {
        None => read,
        Some(mojibake) => Decoded { encoding: within_utf8(mojibake), text: mojibake.undo(&read.text), ..read },
    }
}

/// Reads bytes as text and leaves mojibake inside UTF-8 as it stands: where letters may still be written as entities or
/// escapes (`§&para;ng`), it can be undone only after those.
pub(super) fn as_written(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, mark)) = utf16(&bytes) {
        return by(encoding, &bytes[mark..]);
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    // A copy costs less than the standard library's check, which goes through Vietnamese letter by letter.
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: "utf-8".to_owned(), faults: vec![] },
        Err(_) => guess(&bytes),
    }
}

/// The same, with the encoding that an HTTP header states: it is believed where the bytes are not plainly something
/// else. Valid UTF-8 is UTF-8, whatever servers say; and "iso-8859-1" is what they say who do not know.
pub(super) fn labelled(bytes: Vec<u8>, charset: Option<&str>) -> Decoded {
    let stated = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match stated.filter(|e| *e != UTF_8 && *e != WINDOWS_1252 && std::str::from_utf8(&bytes).is_err()) {
        Some(encoding) if utf16(&bytes).is_none() => by(encoding, &bytes),
        _ => as_written(bytes),
    }
}

/// UTF-16 by its mark or by where its zero bytes stand, and the length of the mark.
pub(super) fn utf16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some((UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => return Some((UTF_16BE, 2)),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    // no text in UTF-16 is without zero bytes, and nearly all other text is
    memchr::memchr(0, head)?;
    // the high bytes of Vietnamese text are 00, 01, 03, 1E and 20 and many of them are 00; the low ones hardly ever are
    let high = |at: usize| head.iter().skip(at).step_by(2).filter(|b| matches!(b, 0 | 1 | 3 | 0x1E | 0x20)).count();
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let pairs = head.len() / 2;
    let is =
        |h: usize, l: usize| pairs > 1 && high(h) * 20 >= pairs * 19 && zeros(h) * 4 >= pairs && zeros(l) * 50 <= pairs;
    if is(1, 0) {
        Some((UTF_16LE, 0))
    } else if is(0, 1) {
        Some((UTF_16BE, 0))
    } else {
        None
    }
}

fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name().to_ascii_lowercase();
    let faults = if damaged {
        vec![Fault::new("decode", format!("expected {name}, found bytes that are none"))]
    } else {
        vec![]
    };
    Decoded { text: text.into_owned(), encoding: name, faults }
}

/// The name of mojibake inside valid UTF-8: "utf-8 (tcvn3)".
pub(super) fn within_utf8(mojibake: Mojibake) -> String {
    format!("utf-8 ({})", mojibake.name())
}

/// Bytes that are no valid UTF-8.
fn guess(bytes: &[u8]) -> Decoded {
    let sample = sample(bytes);
    let (whole, damaged) = intact(sample);
    if whole >= damaged * 4 {
        return lossy(bytes);
    }
    let western = |bytes| WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let combining = |bytes| {
        let text = WINDOWS_1258.decode_without_bom_handling(bytes).0;
        normalise::nfc(&text).into_owned()
    };
    let share = |text: &str| {
        let (syllables, words) = syllable::count(text);
        (syllables * 100).checked_div(words).unwrap_or(0)
    };
    let readings = [
        (share(&Mojibake::Tcvn3.undo(&western(sample))), "tcvn3"),
        (share(&Mojibake::Vni.undo(&western(sample))), "vni"),
        (share(&combining(sample)), "windows-1258"),
    ];
    let (best, name) = readings.into_iter().max_by_key(|(share, _)| *share).unwrap_or((0, ""));
    // Western text has Vietnamese-looking words too ("à", "là"): what reads as well as it stands is no legacy text
    if best >= 60 && best > share(&western(sample)) {
        let text = match name {
            "tcvn3" => Mojibake::Tcvn3.undo(&western(bytes)),
            "vni" => Mojibake::Vni.undo(&western(bytes)),
            _ => combining(bytes),
        };
        return Decoded { text, encoding: name.to_owned(), faults: vec![] };
    }
    if let Some(declared) = declared(bytes) {
        return by(declared, bytes);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    by(detector.guess(Some(b"vn"), chardetng::Utf8Detection::Deny), bytes)
}

/// UTF-8 with damage: what is damaged becomes U+FFFD, and the fault says where.
fn lossy(bytes: &[u8]) -> Decoded {
    let mut at = 0;
    let mut first = None;
    let mut places = 0_usize;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if let Some(bad) = chunk.invalid().first() {
            first.get_or_insert((at, *bad));
            places += 1;
        }
        at += chunk.invalid().len();
    }
    let faults = first.map(|(at, bad)| {
        Fault::new(
            "decode",
            format!("expected UTF-8, found the byte 0x{bad:02X} at offset {at} ({places} such places)"),
        )
    });
    let text = String::from_utf8_lossy(bytes).into_owned();
    Decoded { text, encoding: "utf-8".to_owned(), faults: faults.into_iter().collect() }
}

/// How many characters outside ASCII are whole, and at how many places bytes are damaged.
fn intact(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(whole, damaged), chunk| {
        let more = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (whole + more, damaged + usize::from(!chunk.invalid().is_empty()))
    })
}

/// 32 KiB from the first byte outside ASCII on (and the beginning of its word).
fn sample(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0).saturating_sub(16);
    &bytes[start..(start + (32 << 10)).min(bytes.len())]
}

/// The encoding that a page declares in its first bytes (`<meta charset=…>`, `<?xml encoding=…>`).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = ["charset=", "encoding="]
        .iter()
        .find_map(|key| memchr::memmem::find(&head, key.as_bytes()).map(|at| at + key.len()))?;
    let label = head[at..].trim_ascii_start();
    let label: Cow<'_, [u8]> = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label).into();
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_".contains(b))).unwrap_or(label.len());
    Encoding::for_label(&label[..end]).filter(|e| *e != UTF_8 && !e.name().starts_with("UTF-16"))
}

#[cfg(test)]
mod tests {
    use super::super::legacy::tests::{to_tcvn3, to_vni};
    use super::*;

    const TEXT: &str =
        "Đảng bộ thành phố có 67/69 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ, đạt 97,1% so với nghị quyết.";

    fn read(bytes: Vec<u8>) -> (String, String) {
        let read = decode(bytes);
        (normalise::nfc(&read.text).into_owned(), read.encoding)
    }

    fn western(text: &str) -> Vec<u8> {
        text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
    }

    #[test]
    fn every_encoding_of_the_press_is_known_and_read() {
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for (bytes, name) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes()), "utf-8"),
            (le.clone(), "utf-16le"),
            (be.clone(), "utf-16be"),
            (marked(b"\xff\xfe", &le), "utf-16le"),
            (marked(b"\xfe\xff", &be), "utf-16be"),
            (western(&to_tcvn3(TEXT)), "tcvn3"),
            (western(&to_vni(TEXT)), "vni"),
            (to_tcvn3(TEXT).into_bytes(), "utf-8 (tcvn3)"),
            (to_vni(TEXT).into_bytes(), "utf-8 (vni)"),
        ] {
            assert_eq!(read(bytes), (TEXT.to_owned(), name.to_owned()));
        }
    }

    #[test]
    fn windows_1258_is_composed() {
        // "Tỉnh Gia Lai có bốn xã đạt chuẩn, số hộ nghèo giảm" in windows-1258: base letters and combining tones
        let bytes = b"T\x69\xd2nh Gia Lai co\xec b\xf4\xecn xa\xde \xf0a\xf2t chu\xe2\xd2n, s\xf4\xec h\xf4\xf2 ngh\xe8o gia\xd2m";
        let (text, encoding) = read(bytes.to_vec());
        assert_eq!(text, "Tỉnh Gia Lai có bốn xã đạt chuẩn, số hộ nghèo giảm");
        assert_eq!(encoding, "windows-1258");
    }

    #[test]
    fn damage_in_the_middle_of_utf8_is_a_fault_with_its_place() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(7, 0xFF);
        let read = decode(bytes);
        assert_eq!(read.encoding, "utf-8");
        assert!(read.text.contains('\u{fffd}') && read.text.contains("tốt nhiệm vụ"));
        assert!(read.faults[0].message.contains("0xFF at offset 7"), "{}", read.faults[0].message);
    }

    #[test]
    fn western_text_stays_western() {
        let french = western("Le gâteau d'été a été mangé à Besançon, où l'élève était déjà allé");
        assert_eq!(read(french).1, "windows-1252");
        let declared = b"<meta charset=\"iso-8859-2\"><p>\xb3\xf3d\xbc, \xbf\xf3\xb3w, \xb6wi\xeat\xea".to_vec();
        assert_eq!(read(declared).1, "iso-8859-2");
    }

    /// The text in windows-1258: letters with their quality, then the tone as a byte of its own.
    fn to_windows_1258(text: &str) -> Vec<u8> {
        use unicode_normalization::UnicodeNormalization;
        const TONES: [(char, u8); 5] =
            [('\u{300}', 0xCC), ('\u{301}', 0xEC), ('\u{303}', 0xDE), ('\u{309}', 0xD2), ('\u{323}', 0xF2)];
        let mut out = Vec::new();
        for c in text.chars() {
            let parts: Vec<char> = c.nfd().collect();
            let tone = parts.iter().find_map(|p| TONES.iter().find(|(t, _)| t == p));
            let letter: String = parts.iter().copied().filter(|p| !TONES.iter().any(|(t, _)| t == p)).nfc().collect();
            out.extend_from_slice(&WINDOWS_1258.encode(&letter).0);
            out.extend(tone.map(|(_, byte)| *byte));
        }
        out
    }

    /// Writes `fixtures/encodings`: `cargo test --lib write_the_fixtures -- --ignored`.
    #[test]
    #[ignore = "writes files"]
    fn write_the_fixtures() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/encodings");
        let text = std::fs::read_to_string(folder.join("ban-tin.utf8.txt")).unwrap();
        let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let twice: String = text.bytes().map(|b| WINDOWS_1252.decode(&[b]).0.into_owned()).collect();
        for (name, bytes) in [
            ("utf8-bom", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("utf16le", utf16(u16::to_le_bytes)),
            ("utf16le-bom", [vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat()),
            ("utf16be-bom", [vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat()),
            ("windows-1258", to_windows_1258(&text)),
            ("tcvn3", western(&to_tcvn3(&text))),
            ("vni", western(&to_vni(&text))),
            ("utf8-tcvn3", to_tcvn3(&text).into_bytes()),
            ("utf8-vni", to_vni(&text).into_bytes()),
            ("utf8-twice", twice.into_bytes()),
        ] {
            std::fs::write(folder.join(format!("ban-tin.{name}.txt")), bytes).unwrap();
        }
    }
}
