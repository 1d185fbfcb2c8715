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
    let composed = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect::<String>()),
    };
    if memchr::memchr(b'\r', composed.as_bytes()).is_some() {
        return Cow::Owned(composed.replace("\r\n", "\n").replace('\r', "\n"));
    }
    composed
}
