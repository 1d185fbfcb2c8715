//! Whether a word can be a Vietnamese syllable: "thành" and "phố" can, "thµnh" and "été" cannot.
//!
//! The encoding detector counts on it: the right reading of a text is the one whose words are syllables.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Consonants that a syllable can begin with, longer ones first.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
    "p", "r", "s", "t", "v", "x", "đ", "",
];

/// What can follow, without its tone.
static RHYMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et \
     ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan \
     oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn \
     ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêu ui um un ung uôc uôi uôm uôn uông \
     uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
     y yên yêm yêng yêt yêu ych ynh yt"
        .split_whitespace()
        .collect()
});

/// How many of the words with letters outside ASCII are Vietnamese syllables, and how many such words there are.
pub(super) fn count(text: &str) -> (usize, usize) {
    let mut all = 0;
    let mut syllables = 0;
    for word in text.split(|c: char| !part_of_word(c)).filter(|w| !w.is_ascii()) {
        all += 1;
        syllables += usize::from(is_syllable(word));
    }
    (syllables, all)
}

/// Letters, and whatever a wrong reading puts in their place (`¶`, `§`, a control character); no punctuation of prose.
fn part_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    !c.is_whitespace() && !matches!(c, '\u{2010}'..='\u{2027}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '°' | '²' | '³')
}

/// Whether the word, in any normal form, is an onset and a rhyme with at most one tone that the rhyme can carry.
pub(super) fn is_syllable(word: &str) -> bool {
    if word.len() > 32 {
        return false;
    }
    let mut tone = None;
    let mut plain = String::new();
    for c in word.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return false;
                }
            }
            _ => plain.extend(c.to_lowercase()),
        }
    }
    let plain: String = plain.nfc().collect();
    let stopped = plain.ends_with(['c', 'p', 't']) || plain.ends_with("ch");
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    ONSETS.iter().any(|onset| plain.strip_prefix(onset).is_some_and(|rhyme| RHYMES.contains(rhyme)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in "Đảng bộ thành phố nghiệp gì giếng quyết khuỷu ĐƯỜNG hoà hòa thuỷ".split(' ')
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in "thµnh été für año naïve §¶ng gâteau bât mốố".split(' ') {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
