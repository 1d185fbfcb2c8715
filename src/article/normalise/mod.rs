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
    let mut at = 0;
    while at < bytes.len() {
        at += match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
            (..=0xCB, ..) => 1,
            (0xE1, Some(0xBA | 0xBB), _) | (0xE2, Some(0x80), Some(0x82..)) | (0xE2, Some(0x82), _) => 3,
            _ => return false,
        };
    }
    true
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
