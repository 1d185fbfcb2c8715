//! The tables as text, and their rows.
//!
//! A table is tab-separated: comment lines start with `#`, the header names the columns `phrase`, `class`, and up to
//! two more (the row's value and code).

/// A set of classes.
pub type Classes = u128;

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
}

/// One table: its name in the house, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Path below `src/claim`.
    pub name: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

/// Every table of the program.
pub const TABLES: &[Table] = &[
    Table { name: "amount/numerals.tsv", text: include_str!("../amount/numerals.tsv") },
    Table { name: "amount/units.tsv", text: include_str!("../amount/units.tsv") },
    Table { name: "amount/hedges.tsv", text: include_str!("../amount/hedges.tsv") },
    Table { name: "amount/labels.tsv", text: include_str!("../amount/labels.tsv") },
    Table { name: "find/cues.tsv", text: include_str!("../find/cues.tsv") },
    Table { name: "link/heads.tsv", text: include_str!("../link/heads.tsv") },
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

impl Table {
    /// The rows that parse.
    pub fn rows(&self) -> impl Iterator<Item = Row<'static>> {
        self.text.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row)
    }
}

fn row(line: &'static str) -> Option<Row<'static>> {
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
}
