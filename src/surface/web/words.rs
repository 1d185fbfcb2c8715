//! Words of an article on a page: they are text and nothing else, and characters that turn the direction of writing
//! or hide are shown by their numbers: "Đảng⟨U+202E⟩bộ".

use maud::{Markup, html};

/// Whether a character would act on the words around it, or cannot be seen.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `text` as it may stand on a page.
pub(super) fn words(text: &str) -> Markup {
    html! {
        @for piece in text.split_inclusive(acts) {
            @match piece.chars().next_back().filter(|c| acts(*c)) {
                Some(c) => { (&piece[..piece.len() - c.len_utf8()]) span class="hidden-char" { "⟨U+" (format!("{:04X}", u32::from(c))) "⟩" } }
                None => (piece),
            }
        }
    }
}

/// The same in an attribute, where no element can stand.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !acts(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_is_shown_by_its_number() {
        let shown = words("a\u{202e}<b>\u{200b}").into_string();
        assert_eq!(
            shown,
            "a<span class=\"hidden-char\">⟨U+202E⟩</span>&lt;b&gt;<span class=\"hidden-char\">⟨U+200B⟩</span>"
        );
        assert_eq!(words("Đảng bộ").into_string(), "Đảng bộ");
        assert_eq!(plain("a\u{202e}b"), "ab");
    }
}
