//! The tables as text, and their rows.
//!
//! A table is tab-separated: comment lines start with `#`, the header names the columns `phrase`, `class`, and up to
//! two more (the row's value and code).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::segment::Segments;

/// The most tokens that a phrase has.
const LONGEST: usize = 8;

/// A set of classes.
pub type Classes = u128;

/// No class of a table: set beside the classes for the words of `amount::OPENERS`, so that asking for them is one look.
pub const OPENS: Classes = 1 << 127;

/// The same for the words of `link::period::OPENERS`.
pub const TELLS_TIME: Classes = 1 << 126;

/// The same for the words of `link::mention::OPENERS`.
pub const LEADS: Classes = 1 << 125;

/// The words of the tables that begin no name of an administrative unit.
pub const NO_UNIT: Classes = 1 << 124;

/// The set of these classes.
#[must_use]
pub const fn set(classes: &[Class]) -> Classes {
    let mut set = 0;
    let mut i = 0;
    while i < classes.len() {
        set |= classes[i].bit();
        i += 1;
    }
    set
}

macro_rules! classes {
    ($($variant:ident $name:literal $doc:literal;)*) => {
        /// What a phrase is to the reader of numbers and claims; the names stand in the `class` column of the tables.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Class { $(#[doc = $doc] $variant,)* }

        impl Class {
            /// As a set of one.
            #[must_use]
            pub const fn bit(self) -> Classes {
                1 << self as u32
            }

            /// The class that a table calls `name`.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

classes! {
    Digit "digit" "không … chín; value: 0 to 9";
    LastDigit "last_digit" "mốt, tư, lăm: only after tens";
    Half "half" "rưỡi: half of the last scale or unit";
    Ten "ten" "mười";
    Tens "tens" "mươi";
    Hundred "hundred" "trăm";
    Dozen "dozen" "chục: ten of them";
    Filler0 "filler_zero" "linh, lẻ: an empty place of tens";
    Scale "scale" "nghìn, triệu, tỷ; value: power of ten";
    ShortScale "short_scale" "k, tr: scales written right after digits";
    Point "decimal_mark" "phẩy: the decimal mark in words";
    Minus "minus" "âm, trừ";
    HalfOf "half_of" "một nửa: 1 of 2";
    Part "part" "phần, of fractions";
    Double "double" "đôi: twice";
    Money "money" "currency; value: unit, code: ISO 4217";
    Measure "measure" "unit of measure; value: unit, code: UCUM";
    PointUnit "point" "điểm, of an index or a league";
    PercentPoint "pp" "điểm phần trăm";
    BasisPoint "bp" "điểm cơ bản";
    Percent "percent" "%, phần trăm";
    Permille "permille" "‰, phần nghìn";
    Duration "duration" "unit of time";
    Age "age" "tuổi";
    Times "times" "lần";
    Hedge "hedge" "khoảng, hơn, gần; value: the modifier";
    Filler "filler" "may stand between a cue and its number";
    After "after" "trở lên: a hedge behind the amount";
    Up "up" "tăng, cao hơn: the number behind it is an increase";
    Down "down" "giảm, thấp hơn: the number behind it is a decrease";
    Grow "grow" "a noun of change: tốc độ tăng trưởng, mức giảm; value: direction";
    Level "level" "lên, xuống còn: the number behind it is a level";
    Reach "reach" "đạt, bằng, hoàn thành: before a part of a target";
    Exceed "exceed" "vượt: an excess over a target";
    Target "target" "kế hoạch, dự toán, nghị quyết";
    Share "share" "chiếm, tỷ lệ: before a share";
    Versus "versus" "so với, so: before what is compared with";
    Base "base" "cùng kỳ, năm trước: a past level";
    Fold "fold" "gấp, nhân: before a multiple";
    Per "per" "mỗi: the unit behind it divides";
    Label "label" "a word whose number names and does not count; value: the kind of non-claim";
    Ranking "ranking" "hạng, top: the number is a position";
    Sport "sport" "tỷ số, thắng: a-b is a score";
    Window "window" "đầu năm, qua: makes N months a window of time";
    NotCount "not_count" "what makes a number word no number: năm nay, một số";
    Anaphor "anaphor" "này, trên: the count repeats what was named";
    Clause "clause" "a word that starts a clause or another phrase";
    Locative "locative" "tại, ở, trên địa bàn: before a place that scopes";
    Source "source" "theo, cho biết: marks who says it";
    Organization "organization" "head noun of an organisation";
    Person "person" "title before a person's name";
    PlaceHead "place" "head noun of a place";
    Event "event" "head noun of an event, project or document";
    Group "group" "head noun of a definite group";
    Property "property" "head noun of what is measured";
    Product "product" "head noun of a product";
    Region "region" "name of a country or region";
    Whole "whole" "toàn tỉnh, cả nước: the whole of the article's place";
    Extra "extra" "hiện nay, mỗi tháng: a time phrase without a number";
    Noun "noun" "noun";
    Countable "countable" "noun that numbers count";
    Classifier "classifier" "classifier";
    Verb "verb" "verb";
    Adjective "adjective" "adjective";
    Adverb "adverb" "adverb";
    Preposition "preposition" "preposition";
    Conjunction "conjunction" "subordinating conjunction";
    Coordinator "coordinator" "và, hoặc";
    Pronoun "pronoun" "pronoun";
    Auxiliary "auxiliary" "đã, được, bị";
    Determiner "determiner" "các, những, mỗi";
    Particle "particle" "particle";
    People "people" "a noun of people: bác sĩ, nạn nhân";
    Body "body" "a noun of organisations: công ty, bộ";
    Site "site" "a noun of places and buildings: huyện, chợ";
    Artefact "artefact" "a noun of single things: xe, điện thoại, phim";
    Happening "happening" "a noun of events, projects and documents: vụ án, dự án";
    Quantity "quantity" "a noun of what is measured: giá, tỷ lệ";
    Material "material" "a noun of goods and substances: gạo, thép, điện";
    Component "component" "a noun of parts: màn hình, động cơ";
    Abstract "abstract" "a noun of states, ideas, acts: tình trạng, nguyên nhân";
    TimeNoun "time_noun" "a noun of time: giai đoạn, mùa";
}

/// One table: its name in the house, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Table<'t> {
    /// Path below `src/claim`, or of the file that a user adds.
    pub name: &'t str,
    /// The text of the file.
    pub text: &'t str,
}

/// Every table of the program.
pub const TABLES: &[Table<'static>] = &[
    Table { name: "amount/numerals.tsv", text: include_str!("../amount/numerals.tsv") },
    Table { name: "amount/units.tsv", text: include_str!("../amount/units.tsv") },
    Table { name: "amount/hedges.tsv", text: include_str!("../amount/hedges.tsv") },
    Table { name: "amount/labels.tsv", text: include_str!("../amount/labels.tsv") },
    Table { name: "find/cues.tsv", text: include_str!("../find/cues.tsv") },
    Table { name: "link/heads.tsv", text: include_str!("../link/heads.tsv") },
    Table { name: "link/sorts.tsv", text: include_str!("../link/sorts.tsv") },
    Table { name: "link/regions.tsv", text: include_str!("../link/regions.tsv") },
    Table { name: "link/times.tsv", text: include_str!("../link/times.tsv") },
    Table { name: "lexicon/nouns.tsv", text: include_str!("nouns.tsv") },
    Table { name: "lexicon/press_words.tsv", text: include_str!("press_words.tsv") },
    Table { name: "lexicon/words.tsv", text: include_str!("words.tsv") },
];

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    /// The phrase, as written.
    pub phrase: &'t str,
    /// Its class.
    pub class: Class,
    /// Third column, or empty.
    pub value: &'t str,
    /// Fourth column, or empty.
    pub code: &'t str,
}

impl<'t> Table<'t> {
    /// The rows that parse.
    pub fn rows(&self) -> impl Iterator<Item = Row<'t>> + use<'t> {
        self.text.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row)
    }

    /// Whether every row can be used beside the tables of the program: what a user's table has to stand before it is
    /// compiled.
    ///
    /// # Errors
    /// The first line that cannot: its number, what was expected and what was found.
    pub fn check(&self) -> Result<(), (usize, String)> {
        let mut lines = self.text.lines().zip(1..).filter(|(line, _)| !line.starts_with('#'));
        let wrong = |at, expected: &str, found: &str| Err((at, format!("expected {expected}, found '{found}'")));
        match lines.next() {
            Some((head, at)) if !head.starts_with("phrase\tclass") => {
                return wrong(at, "the names of the columns, phrase and class first, with tabs between them", head);
            }
            _ => {}
        }
        for (line, at) in lines.filter(|(line, _)| !line.trim().is_empty()) {
            let mut cells = line.split('\t');
            let (phrase, class, value) =
                (cells.next().unwrap_or(""), cells.next().unwrap_or(""), cells.next().unwrap_or(""));
            if class.is_empty() || line.split('\t').count() > 4 {
                return wrong(at, "phrase, class and at most two cells more, with tabs between them", line);
            }
            let tokens = Segments::new(phrase).tokens.len();
            if tokens == 0 || tokens > LONGEST || phrase.trim() != phrase {
                return wrong(at, &format!("a phrase of 1 to {LONGEST} words without spaces around it"), phrase);
            }
            let Some(known) = Class::parse(class) else {
                return wrong(at, "a class of the built-in tables, such as measure or money", class);
            };
            let fits = match known {
                Class::Money | Class::Measure | Class::Duration => !value.trim().is_empty(),
                Class::Scale => value.parse::<u32>().is_ok_and(|power| (1..=18).contains(&power)),
                _ => VALUES.get(&known).is_some_and(|values| values.contains(value)),
            };
            if !fits {
                let expected = match known {
                    Class::Money | Class::Measure | Class::Duration => "a unit".to_owned(),
                    Class::Scale => "a power of ten from 1 to 18".to_owned(),
                    _ => match VALUES.get(&known) {
                        Some(values) if values.iter().any(|value| !value.is_empty()) => {
                            format!("one of {}", values.iter().copied().collect::<Vec<_>>().join(", "))
                        }
                        _ => "nothing".to_owned(),
                    },
                };
                return wrong(at, &format!("{expected} as the value of class {class}"), value);
            }
        }
        Ok(())
    }
}

/// The values that the tables of the program give to the rows of each class.
static VALUES: LazyLock<FxHashMap<Class, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut values: FxHashMap<Class, BTreeSet<&'static str>> = FxHashMap::default();
    for row in TABLES.iter().flat_map(Table::rows) {
        values.entry(row.class).or_default().insert(row.value);
    }
    values
});

fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.split('\t');
    let phrase = cells.next()?;
    let class = Class::parse(cells.next()?)?;
    Some(Row { phrase, class, value: cells.next().unwrap_or(""), code: cells.next().unwrap_or("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_parses_and_tables_are_canonical() {
        for table in TABLES {
            let lines: Vec<_> = table.text.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
            for line in &lines {
                assert!(row(line).is_some(), "{}: {line}", table.name);
            }
            let mut sorted = lines.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(lines, sorted, "{} is not sorted and unique", table.name);
            assert_eq!(table.text, crate::article::normalise::nfc(table.text), "{} is not NFC", table.name);
        }
    }

    #[test]
    fn the_tables_of_the_program_would_be_taken_from_a_user() {
        for table in TABLES {
            assert_eq!(table.check(), Ok(()), "{}", table.name);
        }
    }

    #[test]
    fn a_row_that_cannot_be_used_is_told_with_its_line() {
        let check = |rows: &str| {
            let text = format!("# của tôi\nphrase\tclass\tvalue\n{rows}");
            Table { name: "toi.tsv", text: &text }.check()
        };
        assert_eq!(check("gùi\tmeasure\tgùi\n\nngót nghét\thedge\tnearly\n"), Ok(()));
        for (rows, line, message) in [
            ("gùi\tmeasur\tgùi", 3, "found 'measur'"),
            ("gùi\tmeasure\tgùi\ngùi", 4, "expected phrase, class"),
            ("gùi\tmeasure", 3, "expected a unit as the value of class measure, found ''"),
            ("\tmeasure\tgùi", 3, "expected a phrase of 1 to 8 words"),
            ("độ chừng\thedge\tabout", 3, "expected one of approximately, at_least"),
            ("vô số\tscale\t99", 3, "expected a power of ten from 1 to 18"),
            ("bứt phá\tup\t1", 3, "expected nothing as the value of class up, found '1'"),
        ] {
            let (at, said) = check(rows).unwrap_err();
            assert!(at == line && said.contains(message), "{rows}: {at}: {said}");
        }
        assert_eq!(Table { name: "", text: "gùi\tmeasure\tgùi\n" }.check().unwrap_err().0, 1);
    }
}
