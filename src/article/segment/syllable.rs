//! Is a word one that Vietnamese could spell? `Nghĩa` is; `Zentix`, `Windows` are not.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu iê uyn ang ec yn yp yt ";

static RHYME_SET: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| RHYMES.split_ascii_whitespace().collect());

/// Whether `word` (folded) is spelt as a Vietnamese syllable.
#[must_use]
pub fn is_syllable(word: &str) -> bool {
    if word.len() > 18 {
        return false;
    }
    // Asked of every capitalised word: no memory is taken for the answer. Without its tone no letter is longer.
    let mut plain = [0; 18];
    let mut len = 0;
    for c in word.chars() {
        len += untoned(c).encode_utf8(&mut plain[len..]).len();
    }
    let Ok(plain) = std::str::from_utf8(&plain[..len]) else { return false };
    let spelt = |onset: &&str| {
        plain
            .strip_prefix(*onset)
            .is_some_and(|rhyme| rhyme.len() <= 4 * 2 && rhyme.chars().count() <= 4 && RHYME_SET.contains(rhyme))
    };
    ONSETS.iter().any(spelt) || plain == "gi" || plain == "quy"
}

/// The letter without its tone; vowel signs stay.
const fn untoned(c: char) -> char {
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' => 'a',
        'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' => 'ă',
        'ầ' | 'ấ' | 'ẩ' | 'ẫ' | 'ậ' => 'â',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' => 'e',
        'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'ê',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' => 'o',
        'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' => 'ô',
        'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => 'ơ',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' => 'u',
        'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'ư',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_vietnamese_spelling_from_foreign() {
        for word in ["nghĩa", "đảng", "hoà", "quyết", "giá", "ở", "khuya", "nguyễn", "yêu", "tuyến", "gì", "rượu"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["zentix", "windows", "brunhild", "boeing", "google", "galaxy", "tccsđ", "usd", "wexford", "real"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
