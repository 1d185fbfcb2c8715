//! The words of a phrase as the gazetteer sees them: `TP.HCM` is two, `KonTum` is two, `P12` is two, `M'Drắk` is one.

use super::fold::{Class, class, is_apostrophe};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing but a change of case or from letters to digits ("KonTum", "Q10").
    Joined,
    /// Spaces.
    Space,
    /// A full stop, perhaps with spaces ("TP. Vinh").
    Dot,
    /// A hyphen without spaces ("Huế-Đà Nẵng").
    Hyphen,
    /// A dash between spaces: it parts phrases, except inside "Bà Rịa - Vũng Tàu".
    Dash,
    /// Anything else: comma, bracket, line end.
    Break,
}

impl Gap {
    /// May a name run on over this?
    pub(super) const fn inside_name(self) -> bool {
        matches!(self, Self::Joined | Self::Space | Self::Hyphen | Self::Dash)
    }

    /// Is the next word written on with the one before it, as the parts of one name are?
    pub(super) const fn runs_on(self) -> bool {
        matches!(self, Self::Joined | Self::Space | Self::Hyphen)
    }
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// "xã"
    Lower,
    /// "Xã"
    Title,
    /// "XÃ", "UBND" (two letters or more)
    Upper,
    /// "12"
    Number,
}

impl Case {
    /// Does it begin with a capital letter?
    pub(super) const fn is_capital(self) -> bool {
        matches!(self, Self::Title | Self::Upper)
    }
}

/// One word of a text: bytes `start..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
    pub(super) case: Case,
}

/// The words of `text` from byte `at` on.
pub(super) fn words(text: &str, at: usize) -> impl Iterator<Item = Word> + '_ {
    let mut at = at;
    let mut first = true;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let skipped = rest.find(|c| class(c) != Class::Other)?;
        let start = at + skipped;
        let gap = if first { Gap::Break } else { gap(&rest[..skipped]) };
        first = false;
        let (len, case) = word(&text[start..]);
        at = start + len;
        Some(Word { start, end: at, gap, case })
    })
}

fn gap(between: &str) -> Gap {
    if between == " " {
        return Gap::Space;
    }
    let spaced = between.bytes().filter(|byte| *byte == b' ').count();
    if between.contains('\n') {
        return Gap::Break;
    }
    match between.trim() {
        "" if between.is_empty() => Gap::Joined,
        "" => Gap::Space,
        "." => Gap::Dot,
        "-" | "–" | "‑" | "—" if spaced < 2 => Gap::Hyphen,
        "-" | "–" | "—" => Gap::Dash,
        _ => Gap::Break,
    }
}

/// The length of the word at the head of `text`, and its case.
fn word(text: &str) -> (usize, Case) {
    let mut chars = text.char_indices();
    let Some((_, c)) = chars.next() else { return (0, Case::Lower) };
    let first = class(c);
    let (mut previous, mut letters, mut small, mut len) = (first, 1, first == Class::Small, c.len_utf8());
    while let Some((index, c)) = chars.next() {
        let now = class(c);
        if now == Class::Other {
            if is_apostrophe(c) && chars.clone().next().is_some_and(|(_, next)| class(next) != Class::Other) {
                continue;
            }
            break;
        }
        let to_capital = previous == Class::Small && now == Class::Capital;
        if to_capital || (previous == Class::Digit) != (now == Class::Digit) {
            break;
        }
        small |= now == Class::Small;
        letters += 1;
        len = index + c.len_utf8();
        previous = now;
    }
    let case = match first {
        Class::Digit => Case::Number,
        Class::Capital if small || letters == 1 => Case::Title,
        Class::Capital => Case::Upper,
        _ => Case::Lower,
    };
    (len, case)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text, 0).map(|word| &text[word.start..word.end]).collect()
    }

    #[test]
    fn abbreviations_and_joined_names_are_cut() {
        assert_eq!(cut("P.12, Q10, TP.HCM"), ["P", "12", "Q", "10", "TP", "HCM"]);
        assert_eq!(cut("KonTum và Ea H'leo"), ["Kon", "Tum", "và", "Ea", "H'leo"]);
        assert_eq!(cut("TPHCM"), ["TPHCM"]);
    }

    #[test]
    fn gaps_tell_a_name_from_a_list() {
        let gaps: Vec<Gap> = words("Bà Rịa - Vũng Tàu, Huế-Vinh TP. Hà\nNam", 0).map(|word| word.gap).collect();
        use Gap::{Break, Dash, Dot, Hyphen, Space};
        assert_eq!(gaps, [Break, Space, Dash, Space, Break, Hyphen, Space, Dot, Break]);
    }

    #[test]
    fn case_is_seen_with_marks() {
        let cases: Vec<Case> = words("Đắk ĐẮK đắk 12 M'Drắk A", 0).map(|word| word.case).collect();
        use Case::{Lower, Number, Title, Upper};
        assert_eq!(cases, [Title, Upper, Lower, Number, Title, Title]);
    }
}
