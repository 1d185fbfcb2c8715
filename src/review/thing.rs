//! What is counted, as words that can be compared: "tổng thu ngân sách nhà nước trên địa bàn tỉnh" and "thu ngân sách"
//! are one thing, "thu nội địa" is another, "ca mắc nặng" is part of "ca mắc".

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::who::words_of;
use crate::record::Kind;

/// The words that say what is counted, without those that do not change it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Thing {
    /// From the property and the unit.
    pub(super) words: BTreeSet<String>,
    /// Besides those, what the sentence says around the number.
    pub(super) around: BTreeSet<String>,
    /// Whether it has no moment, such as a bridge's length.
    pub(super) lasting: bool,
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
}

/// The longest phrase of the table in words.
const LONGEST: usize = 5;

static WORDS: LazyLock<FxHashMap<String, Effect>> = LazyLock::new(|| {
    let rows = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (phrase, class, written) = (cells.next()?, cells.next()?, cells.next().unwrap_or_default());
        let effect = match class {
            "same" => Effect::Same(words_of(written)),
            "lasting" => Effect::Lasting(words_of(written)),
            _ => Effect::Plain,
        };
        Some((words_of(phrase).join(" "), effect))
    })
    .collect()
});

/// The words that matter, and whether the thing is a lasting one.
fn content(words: &[String], leave_out: &BTreeSet<String>) -> (BTreeSet<String>, bool) {
    let mut kept = BTreeSet::new();
    let mut lasting = false;
    let mut at = 0;
    while at < words.len() {
        let fit = (1..=LONGEST.min(words.len() - at))
            .rev()
            .find_map(|length| Some((length, WORDS.get(&words[at..at + length].join(" "))?)));
        let Some((length, effect)) = fit else {
            let word = &words[at];
            if !leave_out.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit()) {
                kept.insert(word.clone());
            }
            at += 1;
            continue;
        };
        match effect {
            Effect::Plain => {}
            Effect::Same(written) => kept.extend(written.iter().cloned()),
            Effect::Lasting(written) => {
                lasting = true;
                kept.extend(written.iter().cloned());
            }
        }
        at += length;
    }
    (kept, lasting)
}

impl Thing {
    pub(super) fn of(figure: &Figure) -> Self {
        let mut leave_out = figure.who.as_ref().map(super::who::Who::words).unwrap_or_default();
        leave_out.extend(figure.period.as_deref().map(words_of).unwrap_or_default());
        let property = figure.property.as_deref().map(words_of).unwrap_or_default();
        // Words of the name that the property has first are its own: "cầu Hòa Khê dài".
        let (mut words, mut lasting) = content(&property, &leave_out);
        if matches!(figure.kind, Kind::Count | Kind::Ratio) {
            let (unit, _) = content(&words_of(&figure.unit), &leave_out);
            words.extend(unit);
        }
        let mut near = words_of(figure.words.before());
        near.extend(words_of(figure.words.behind()));
        let (around, _) = content(&near, &leave_out);
        lasting &= !matches!(figure.kind, Kind::Change | Kind::Multiple | Kind::Percentage | Kind::TargetPercentage);
        Self { words, around: around.into_iter().collect(), lasting }
    }

    /// How this one stands to `other`.
    pub(super) fn like(&self, other: &Self) -> Likeness {
        if self.words.is_empty() && other.words.is_empty() {
            return Likeness::Vague;
        }
        let mine: Vec<&String> = self.words.difference(&other.words).collect();
        let theirs: Vec<&String> = other.words.difference(&self.words).collect();
        if mine.is_empty() && theirs.is_empty() {
            return Likeness::Same(100);
        }
        // Words that the other sentence has beside its number count as said there too.
        let left = |words: &[&String], there: &Self| words.iter().filter(|word| !there.around.contains(**word)).count();
        let (mine_left, theirs_left) = (left(&mine, other), left(&theirs, self));
        let common = self.words.intersection(&other.words).count();
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
