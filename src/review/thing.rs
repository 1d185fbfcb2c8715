//! What is counted, as words that can be compared: "tổng thu ngân sách nhà nước trên địa bàn tỉnh" and "thu ngân sách"
//! are one thing, "thu nội địa" is another, "ca mắc nặng" is part of "ca mắc".

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::who::words_of;
use crate::claim::lexicon::{Class, Lexicon, Page};
use crate::record::Kind;

/// The words that say what is counted, without those that do not change it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Thing {
    /// From the property and the unit.
    pub(super) words: BTreeSet<String>,
    /// Besides those, what the sentence says around the number.
    pub(super) around: BTreeSet<String>,
    /// Of `words` those of a verb whose object says what is counted: "sản xuất" of "sản xuất 120 tấn thép".
    pub(super) loose: BTreeSet<String>,
    /// Of `words` those of verbs that are not known to say which side of a thing it is: "bốc dỡ", "phủ".
    pub(super) verbs: BTreeSet<String>,
    /// Whether the sentence says that it is a part: "trong đó", "chỉ tính".
    pub(super) part: bool,
    /// Whether it has no moment, such as a bridge's length.
    pub(super) lasting: bool,
    /// Whether it is the entity's own size, said with a word of measure alone: "diện tích", "quy mô", "rộng".
    pub(super) own: bool,
}

/// How two things stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// One thing; how sure that is, in percent.
    Same(u8),
    /// One has words that narrow it.
    Part,
    /// Two things.
    Other,
    /// Neither says enough.
    Vague,
}

#[derive(Clone, PartialEq, Eq)]
enum Effect {
    Plain,
    Same(Vec<String>),
    Lasting(Vec<String>),
    Strong(Vec<String>),
}

/// The longest phrase of the table in words.
const LONGEST: usize = 8;

static WORDS: LazyLock<FxHashMap<String, Effect>> = LazyLock::new(|| {
    let rows = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (phrase, class, written) = (cells.next()?, cells.next()?, cells.next().unwrap_or_default());
        let effect = match class {
            "same" => Effect::Same(words_of(written)),
            "lasting" => Effect::Lasting(words_of(written)),
            "strong" => Effect::Strong(words_of(written)),
            _ => Effect::Plain,
        };
        Some((words_of(phrase).join(" "), effect))
    })
    .collect()
});

/// What words come to.
#[derive(Debug, Default)]
struct Content {
    words: BTreeSet<String>,
    /// Words that the table writes.
    known: BTreeSet<String>,
    lasting: bool,
    strong: bool,
}

/// The syllables of verbs among words, by the lexicon; a word that is a noun as well is none.
fn verbs(words: &[String]) -> BTreeSet<String> {
    let text = words.join(" ");
    let page = Page::new(&text, Lexicon::built_in());
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < page.s.tokens.len() {
        let length = |class| page.get(at, class).map_or(0, |(length, _)| length);
        let (verb, noun) = (length(Class::Verb), length(Class::Noun).max(length(Class::Countable)));
        if verb > noun {
            found.extend((at..at + verb).map(|at| page.w(at).to_owned()));
        }
        at += verb.max(noun).max(1);
    }
    found
}

/// The words that matter.
fn content(words: &[String], leave_out: &BTreeSet<String>) -> Content {
    let mut found = Content::default();
    let mut at = 0;
    while at < words.len() {
        // A phrase counts though a syllable of it stands in a name: "bệnh nhân" of "Bệnh viện Nậm Tơ".
        let own = |length: usize| words[at..at + length].iter().any(|word| !leave_out.contains(word));
        let fit = (1..=LONGEST.min(words.len() - at))
            .rev()
            .filter(|&length| own(length))
            .find_map(|length| Some((length, WORDS.get(&words[at..at + length].join(" "))?)));
        if fit.is_none() && leave_out.contains(&words[at]) {
            at += 1;
            continue;
        }
        let Some((length, effect)) = fit else {
            if !words[at].starts_with(|c: char| c.is_ascii_digit()) {
                found.words.insert(words[at].clone());
            }
            at += 1;
            continue;
        };
        if let Effect::Same(written) | Effect::Lasting(written) | Effect::Strong(written) = effect {
            found.known.extend(written.iter().cloned());
        }
        match effect {
            Effect::Plain => {}
            Effect::Same(written) => found.words.extend(written.iter().cloned()),
            Effect::Lasting(written) => {
                found.lasting = true;
                found.words.extend(written.iter().cloned());
            }
            Effect::Strong(written) => {
                found.strong = true;
                found.words.extend(written.iter().cloned());
            }
        }
        at += length;
    }
    found
}

/// Words that end the object of a verb.
const ENDS: [&str; 33] = [
    "trong", "năm", "tháng", "quý", "ngày", "tại", "ở", "trên", "của", "do", "để", "vào", "từ", "với", "và", "theo",
    "so", "tăng", "giảm", "bằng", "cho", "sau", "vì", "bởi", "nhằm", "trước", "khi", "mà", "vừa", "đã", "được", "đang",
    "sẽ",
];

/// Words that head a noun phrase of what is counted, at the head of a clause: "Số vụ cháy ở … là 40 vụ".
const HEADS: [&str; 12] = ["số", "lượng", "tổng", "tỷ", "tỉ", "diện", "sản", "kim", "giá", "doanh", "mức", "khối"];

/// Words that may stand on one side alone: what is counted by them is told by the others.
const LOOSE: [&str; 6] = ["người", "hộ", "dân", "lao", "động", "thu"];

/// The noun phrase right behind a number and its unit: "thép" of "120 tấn thép trong quý III".
fn object(behind: &str) -> Vec<String> {
    let piece = behind.split([',', '.', ';', ':', '(', ')']).next().unwrap_or_default();
    words_of(piece).into_iter().take_while(|word| !ENDS.contains(&word.as_str())).take(8).collect()
}

/// Whether the sentence says before the number that what follows is a part.
fn is_part(before: &str) -> bool {
    let words = words_of(before);
    let times = ["năm", "tháng", "quý", "ngày", "trong"];
    words.windows(2).any(|pair| match [pair[0].as_str(), pair[1].as_str()] {
        ["trong", "đó"] | ["chỉ", "tính"] | ["chỉ", "riêng"] => true,
        ["riêng", next] => !times.contains(&next),
        _ => false,
    }) || words
        .windows(3)
        .any(|three| three[0] == "trong" && three[1] == "số" && matches!(three[2].as_str(), "này" | "đó"))
}

/// The words of a noun phrase up to the verb behind it, and what it is of: "nhà tạm của gia đình chính sách" of "nhà tạm
/// của gia đình chính sách được xóa ở".
fn phrase(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    const VERBS: [&str; 11] = ["đạt", "là", "còn", "chiếm", "có", "lên", "được", "đã", "ước", "ghi", "cán"];
    let words = words_of(text.split([',', '.', ';', ':', '(', ')']).next().unwrap_or_default());
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().take(12) {
        let next = words.get(at + 1);
        let reaches = word == "đạt" && next.is_some_and(|next| next == "chuẩn");
        let owner = word == "của" && next.is_some_and(|next| !names.contains(next));
        if owner {
            continue;
        }
        if ENDS.contains(&word.as_str()) || (VERBS.contains(&word.as_str()) && !reaches) {
            break;
        }
        found.push(word.clone());
    }
    found
}

/// The words of a property with what its reading left out: what narrows it right behind ("đạt chuẩn quốc gia" of "tỷ lệ
/// trường học đạt chuẩn quốc gia năm 2023"), and the head of its phrase.
fn whole(property: &str, words: &super::figure::Words, names: &BTreeSet<String>) -> Vec<String> {
    let mut told = words_of(property);
    let last = |text: &str| text.rfind([',', ':', ';', '.', '(']).map_or(0, |at| at + 1);
    let head = words.head();
    match head.rfind(property).filter(|&at| at >= words.clause.0) {
        Some(at) => {
            let rest = &head[at + property.len()..];
            if rest.starts_with(' ') {
                told.extend(phrase(rest, names));
            }
            // "quốc gia ở huyện Hòa An chiếm" is the end of "Trường đạt chuẩn quốc gia ở …".
            let before = words_of(head[..at].get(last(&head[..at])..).unwrap_or_default());
            if (1..=HEAD).contains(&before.len()) && property.starts_with(char::is_lowercase) {
                told = [before, told].concat();
            }
        }
        None => {
            let behind = words.behind();
            if let Some(rest) = behind.find(property).and_then(|at| behind.get(at + property.len()..))
                && rest.starts_with(' ')
            {
                told.extend(phrase(rest, names));
            }
            // "Lượng khách nội địa ở … đạt 9.000 lượt khách": the subject says more than what follows the number.
            let clause = words.before();
            let subject = words_of(clause.get(last(clause)..).unwrap_or_default());
            if subject.first().is_some_and(|word| HEADS.contains(&word.as_str())) {
                told.extend(phrase(clause.get(last(clause)..).unwrap_or_default(), names));
            }
        }
    }
    told
}

/// How many words before a property may still be the head of its phrase.
const HEAD: usize = 4;

/// Units of areas, in which "rộng" is no width.
const AREAS: [&str; 4] = ["ha", "har", "m2", "km2"];

impl Thing {
    /// Whether the property of a figure has no moment, before its words are read.
    pub(super) fn lasts(figure: &Figure) -> bool {
        let change = matches!(figure.kind, Kind::Change | Kind::Multiple | Kind::Percentage | Kind::TargetPercentage);
        if change {
            return false;
        }
        let leave_out = figure.who.as_ref().map(super::who::Who::words).unwrap_or_default();
        let told = content(&figure.property.as_deref().map(words_of).unwrap_or_default(), &leave_out);
        let area = figure.unit_code.as_deref().is_some_and(|code| AREAS.contains(&code));
        let own = area && figure.property.is_some() && (told.words.is_empty() || told.words.iter().eq(["rộng"]));
        told.lasting || own
    }

    pub(super) fn of(figure: &Figure) -> Self {
        let mut leave_out = figure.who.as_ref().map(super::who::Who::words).unwrap_or_default();
        leave_out.extend(figure.period.as_deref().map(words_of).unwrap_or_default());
        let said = &figure.words;
        let told = figure.property.as_deref().map(|property| whole(property, said, &leave_out)).unwrap_or_default();
        let property = content(&told, &leave_out);
        let mut lasting = property.lasting;
        let mut words = property.words.clone();
        let counted = matches!(figure.kind, Kind::Count | Kind::Ratio);
        if counted {
            words.extend(content(&words_of(&figure.unit), &leave_out).words);
        }
        let mut near = words_of(said.before());
        near.extend(words_of(said.behind()));
        let around = content(&near, &leave_out).words;
        let mut loose = BTreeSet::new();
        if matches!(figure.kind, Kind::Money | Kind::Measurement) {
            let object = content(&object(said.behind()), &leave_out).words;
            let strong = property.strong && !(figure.kind == Kind::Measurement && words.iter().eq(["thu"]));
            if !object.is_empty() && !strong && !object.is_subset(&words) {
                loose = words.difference(&object).cloned().collect();
                words.extend(object);
            }
        }
        // "Thu" of money is revenue; of tons it is a harvest.
        if figure.kind == Kind::Measurement && words.len() > 1 {
            words.remove("thu");
        }
        let area = figure.unit_code.as_deref().is_some_and(|code| AREAS.contains(&code));
        if area && words.iter().eq(["rộng"]) {
            words.clear();
        }
        let own = !told.is_empty() && words.is_empty() && figure.kind == Kind::Measurement;
        lasting |= own && area;
        // A property that says nothing ("Tốc độ"): the words beside the number are all there is.
        if words.is_empty() && !own {
            words.clone_from(&around);
        }
        lasting &= !matches!(figure.kind, Kind::Change | Kind::Multiple | Kind::Percentage | Kind::TargetPercentage);
        let mut verbs = if said.sentence.is_empty() { BTreeSet::new() } else { verbs(&told) };
        verbs.retain(|verb| words.contains(verb) && !property.known.contains(verb));
        Self { words, around, loose, verbs, part: is_part(said.head()), lasting, own }
    }

    /// How this one stands to `other`.
    pub(super) fn like(&self, other: &Self) -> Likeness {
        if self.words.is_empty() && other.words.is_empty() && !(self.own && other.own) {
            return Likeness::Vague;
        }
        if self.part != other.part {
            return Likeness::Part;
        }
        match (self.own, other.own) {
            (true, true) => return Likeness::Same(85),
            (true, false) if other.words.is_subset(&self.around) => return Likeness::Same(70),
            (false, true) if self.words.is_subset(&other.around) => return Likeness::Same(70),
            (false, false) => {}
            _ => return Likeness::Part,
        }
        let mine: Vec<&String> = self.words.difference(&other.words).collect();
        let theirs: Vec<&String> = other.words.difference(&self.words).collect();
        if mine.is_empty() && theirs.is_empty() {
            return Likeness::Same(100);
        }
        // Words that the other sentence has beside its number count as said there too, and a verb is no matter where its
        // object says what is counted.
        let left = |words: &[&String], here: &Self, there: &Self| {
            let loose = |word: &&&String| {
                here.loose.contains(**word) || LOOSE.contains(&word.as_str()) || here.verbs.contains(**word)
            };
            words.iter().filter(|word| !there.around.contains(**word) && !loose(word)).count()
        };
        let (mine_left, theirs_left) = (left(&mine, self, other), left(&theirs, other, self));
        if !self.loose.is_empty() && !other.loose.is_empty() && self.loose.is_disjoint(&other.loose) && mine_left == 0 {
            return Likeness::Same(60);
        }
        let is_verb = |word: &&String| self.verbs.contains(*word) || other.verbs.contains(*word);
        let common = self.words.intersection(&other.words).filter(|word| !is_verb(word)).count();
        match (mine_left, theirs_left) {
            (0, 0) if common > 0 => Likeness::Same(85),
            (0, 0) => Likeness::Same(70),
            (0, _) | (_, 0) if common > 0 => Likeness::Part,
            _ => Likeness::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(text: &str) -> Thing {
        let record = crate::extract(&crate::Article::from_text("a", text));
        let figure = Figure::all(&record).remove(0);
        Thing::of(&figure)
    }

    #[test]
    fn one_thing_in_other_words_is_the_same() {
        let one = thing("Năm 2023, tổng thu ngân sách nhà nước trên địa bàn tỉnh Bắc Giang đạt 6.271 tỷ đồng.");
        let two = thing("Tỉnh Bắc Giang thu ngân sách 6.217 tỷ đồng trong năm 2023.");
        assert!(matches!(one.like(&two), Likeness::Same(_)), "{one:?} {two:?}");
        let cases = thing("Tỉnh Bắc Giang ghi nhận 120 ca mắc sốt xuất huyết.");
        let more = thing("Tỉnh Bắc Giang có 125 ca sốt xuất huyết.");
        assert!(matches!(cases.like(&more), Likeness::Same(_)), "{cases:?} {more:?}");
    }

    #[test]
    fn a_word_that_narrows_makes_it_a_part() {
        let all = thing("Tỉnh Bắc Giang ghi nhận 120 ca mắc sốt xuất huyết.");
        let grave = thing("Tỉnh Bắc Giang ghi nhận 12 ca mắc sốt xuất huyết nặng.");
        assert_eq!(all.like(&grave), Likeness::Part);
        let other = thing("Tỉnh Bắc Giang ghi nhận 12 vụ cháy rừng.");
        assert_eq!(all.like(&other), Likeness::Other);
    }
}
