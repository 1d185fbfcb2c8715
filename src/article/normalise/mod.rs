//! One Unicode form for the text, and the folding that matching uses.
//!
//! [`nfc`] is all that happens to the text itself. What matching must not see (capitals, tone placement, homoglyphs,
//! invisible characters) is folded word by word in [`fold`], and the token keeps the way back.

pub mod fold;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC with `\n` line ends; borrowed when it already is.
///
/// ```
/// assert_eq!(solieu::article::normalise::nfc("Đa\u{309}ng\r\nbo\u{323}\u{302}"), "Đảng\nbộ");
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    let composed = match is_plainly_nfc(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect::<String>()),
    };
    if memchr::memchr(b'\r', composed.as_bytes()).is_some() {
        return Cow::Owned(composed.replace("\r\n", "\n").replace('\r', "\n"));
    }
    composed
}

/// Whether the text has only letters that are composed for certain: up to U+02FF, the block of Vietnamese (U+1E80 to
/// U+1EFF), and the marks of the press ("–", "“", "…", "₫").
fn is_plainly_nfc(bytes: &[u8]) -> bool {
    // Each byte with the two behind it, and no jump: so that many are looked at in one step.
    let plain = |one: u8, two: u8, three: u8| {
        (one <= 0xCB)
            | (one == 0xE1) & ((two == 0xBA) | (two == 0xBB))
            | (one == 0xE2) & ((two == 0x80) & (three >= 0x82) | (two == 0x82))
    };
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return bytes.is_ascii() };
    let all = bytes.iter().zip(second).zip(third).fold(true, |all, ((&a, &b), &c)| all & plain(a, b, c));
    // What begins in the last two bytes has at most two.
    all && bytes[bytes.len() - 2..].iter().all(|&byte| byte <= 0xCB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_for_composed_is() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let text = c.to_string();
            assert!(!is_plainly_nfc(text.as_bytes()) || text.nfc().eq(text.chars()), "{c:?}");
        }
        assert!(is_plainly_nfc("“Đảng bộ” – 5 ₫…".as_bytes()) && !is_plainly_nfc("a\u{309}".as_bytes()));
    }
}
