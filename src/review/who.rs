//! Who or what a figure is about, so that two articles meet: "toàn tỉnh Bắc Giang", "Bắc Giang" and "Công an tỉnh Bắc
//! Giang" (which counts what happens there) are one key where the place is known; other names are compared as spelt.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::article::normalise::fold::folded;
use crate::claim::link::gazetteer;
use crate::record::EntityType;

/// An entity by which figures of different articles meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// What is equal for the same one: a province's name, system and code of another unit, else the folded name.
    pub key: String,
    /// Level and name as spelt, folded: what a person writes to mean it.
    pub plain: String,
    /// The name as the article has it.
    pub name: String,
    /// The code of the unit, where the key is one.
    pub code: Option<String>,
    /// How sure it is that an equal key is the same one, in percent.
    pub sure: u8,
}

/// Words before a name that say nothing of who it is.
const AROUND: [&str; 9] = ["toàn", "cả", "trên", "địa", "bàn", "ở", "tại", "các", "của"];

/// Levels of units, longest first.
const LEVELS: [&[&str]; 13] = [
    &["thành", "phố"],
    &["thị", "xã"],
    &["thị", "trấn"],
    &["đặc", "khu"],
    &["tỉnh"],
    &["tp."],
    &["tp"],
    &["huyện"],
    &["quận"],
    &["phường"],
    &["xã"],
    &["thôn"],
    &["bản"],
];

/// Offices that count what happens in the place that they are named for.
const OFFICES: [&str; 18] = [
    "nhà nước",
    "ngân sách nhà nước",
    "công an",
    "ubnd",
    "hđnd",
    "uỷ ban nhân dân",
    "hội đồng nhân dân",
    "sở",
    "cục",
    "chi cục",
    "ngành",
    "cdc",
    "trung tâm kiểm soát bệnh tật",
    "ban an toàn giao thông",
    "kho bạc nhà nước",
    "du lịch",
    "kinh tế",
    "chính quyền",
];

/// The provinces without their types, folded.
static PROVINCES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| gazetteer::provinces().map(|name| words_of(name).join(" ")).collect());

/// Words in small letters with tone marks in one place, without the marks between them.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| folded(word.trim_matches('.')))
        .filter(|word| !word.is_empty())
        .collect()
}

/// People of a place, of whom its figures are told.
const PEOPLE: [&[&str]; 19] = [
    &["người", "dân"],
    &["nhân", "dân"],
    &["bà", "con"],
    &["nông", "dân"],
    &["ngư", "dân"],
    &["nhà", "nước"],
    &["người", "lao", "động"],
    &["lao", "động"],
    &["công", "nhân"],
    &["nhân", "viên"],
    &["người", "nuôi"],
    &["người", "trồng"],
    &["người", "chăn", "nuôi"],
    &["hộ", "dân"],
    &["hộ", "nuôi"],
    &["các", "doanh", "nghiệp"],
    &["doanh", "nghiệp"],
    &["các", "ngân", "hàng"],
    &["học", "sinh"],
];

/// The country by its other names.
const COUNTRY: [&str; 6] = ["việt nam", "cả nước", "nước ta", "toàn quốc", "nước việt nam", "trên cả nước"];

/// A name without the words around it, its level apart.
fn parts(name: &str) -> (Option<&'static [&'static str]>, Vec<String>) {
    let mut words = words_of(name);
    let level_at = |at: usize| {
        LEVELS.iter().any(|level| words.len() > at + level.len() && words[at..].iter().zip(*level).all(|(a, b)| a == b))
    };
    // "tổng kim ngạch xuất khẩu tỉnh Sơn La" is no name before its level; neither are the people of a place.
    let people =
        PEOPLE.iter().find(|people| words.len() > people.len() && words.iter().zip(**people).all(|(a, b)| a == b));
    // "Số vốn đầu tư công tỉnh Cao Bằng" at the head of a sentence is no name either.
    let counts = ["số", "tổng", "dân", "tội", "dòng", "vốn", "kim", "sản", "diện", "tỷ", "lượng", "giá", "ngân", "thu"];
    let is_common = name.chars().next().is_some_and(char::is_lowercase)
        || words.first().is_some_and(|word| counts.contains(&word.as_str()));
    if let Some(people) = people {
        words.drain(..people.len());
    } else if is_common && !level_at(0) {
        let is_province = |at: usize| PROVINCES.contains(&words[at..].join(" "));
        let at = (1..words.len()).find(|&at| (level_at(at) || is_province(at)) && !name_before(name, at));
        words.drain(..at.unwrap_or(0));
    }
    let lead = words.iter().take_while(|word| AROUND.contains(&word.as_str())).count();
    words.drain(..lead.min(words.len().saturating_sub(1)));
    let level = LEVELS.iter().find(|level| words.len() > level.len() && words.iter().zip(**level).all(|(a, b)| a == b));
    if let Some(level) = level {
        words.drain(..level.len());
    }
    (level.copied(), words)
}

/// Whether one of the first words is written like a name.
fn name_before(name: &str, words: usize) -> bool {
    name.split_whitespace().take(words).skip(1).any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// One name for the two spellings of a city.
fn same_level(a: &[&str], b: &[&str]) -> bool {
    let one = |level: &[&str]| {
        if level.first().is_some_and(|word| word.starts_with("tp")) {
            "thành phố".to_owned()
        } else {
            level.join(" ")
        }
    };
    one(a) == one(b)
}

impl Who {
    /// The entity `name`, called `mention` near the claim, with system, code and name of its unit; none where the name
    /// is no name ("người dân", "các hộ").
    #[must_use]
    pub fn new(name: &str, mention: Option<&str>, kind: EntityType, place: Option<(&str, &str, &str)>) -> Option<Self> {
        if COUNTRY.contains(&words_of(name).join(" ").as_str()) {
            let plain = COUNTRY[0].to_owned();
            return Some(Self { key: plain.clone(), plain, name: name.to_owned(), code: None, sure: 95 });
        }
        let (mut level, mut words) = parts(name);
        // A name that lost its first syllable.
        if words.starts_with(&["viện", "đa", "khoa"].map(str::to_owned)) {
            words.insert(0, "bệnh".to_owned());
        }
        if words.is_empty() || !is_name(name) {
            return None;
        }
        // "Đảng bộ xã Trà Sa" is what the article calls it in full; "xã Trà Sa" beside the number is the commune.
        if level.is_none()
            && let Some((Some(own), rest)) = mention.map(parts)
            && words.len() > own.len() + rest.len()
            && words.ends_with(&rest)
        {
            (level, words) = (Some(own), rest);
        }
        // "Tỉnh Lạng Sơn" and "thành phố Lạng Sơn" of one article are two, whatever they were taken for.
        if let (Some(own), Some(said)) = (level, mention.and_then(|mention| parts(mention).0))
            && !same_level(own, said)
        {
            return None;
        }
        // A province by its bare name, wherever the article says no more.
        let is_told = place.is_some_and(|(_, _, unit)| words.starts_with(&parts(unit).1));
        if !is_told && level.is_none_or(|level| level == ["tỉnh"]) && PROVINCES.contains(&words.join(" ")) {
            let bare = words.join(" ");
            return Some(Self {
                key: format!("tỉnh {bare}"),
                plain: format!("tỉnh {bare}"),
                name: name.to_owned(),
                code: None,
                sure: if level.is_some() { 100 } else { 90 },
            });
        }
        if let Some((system, code, unit)) = place {
            let (unit_level, unit_words) = parts(unit);
            // "Bà Rịa - Vũng Tàu" is no lady.
            let is_unit = kind != EntityType::Person || PROVINCES.contains(&words.join(" "));
            // "tỉnh Thanh Hóa giải ngân": a name that took the verb along.
            let named = words.starts_with(&unit_words)
                && (words.len() == unit_words.len() || !is_long_name(name, &words, &unit_words));
            let same = named && (level.is_none() || level.zip(unit_level).is_some_and(|(a, b)| same_level(a, b)));
            // A province is one key, whether an article gave its code or not; its two systems are told apart by the years.
            let key = || {
                if code.len() == 2 { format!("tỉnh {}", unit_words.join(" ")) } else { format!("{system}:{code}") }
            };
            let plain = || words_of(unit).join(" ");
            let made =
                |sure| Self { key: key(), plain: plain(), name: name.to_owned(), code: Some(code.to_owned()), sure };
            if is_unit && same {
                return Some(made(100));
            }
            let all = words_of(name);
            let spoken = all.join(" ");
            let office =
                OFFICES.iter().any(|office| spoken.starts_with(office) && spoken[office.len()..].starts_with(' '));
            if office && all.ends_with(&unit_words) {
                return Some(made(90));
            }
        }
        let mut key: Vec<&str> = level.unwrap_or_default().to_vec();
        key.extend(words.iter().map(String::as_str));
        // Many communes share a name; where it is not known which one, it may be another.
        let sure = if level.is_some() && place.is_none() { 70 } else { 95 };
        let code = place.filter(|_| level.is_some()).map_or_else(String::new, |(_, code, _)| format!(" {code}"));
        let plain = key.join(" ");
        Some(Self { key: format!("{plain}{code}"), plain, name: name.to_owned(), code: None, sure })
    }

    /// The words of the name, which say nothing of the thing that is counted.
    #[must_use]
    pub(super) fn words(&self) -> BTreeSet<String> {
        let other = if self.plain == COUNTRY[0] { self.name.as_str() } else { "" };
        words_of(&self.plain).into_iter().chain(words_of(other)).collect()
    }

    /// The words near a claim that may name a unit inside a longer name. What counts members belongs to the body that has
    /// them: "Đảng bộ xã Trà Sa" has party members, the commune has households.
    #[must_use]
    pub fn near<'m>(mention: Option<&'m str>, property: Option<&str>) -> Option<&'m str> {
        let words = words_of(property.unwrap_or_default());
        let member = |pair: &[String]| {
            matches!([pair[0].as_str(), pair[1].as_str()], ["đảng" | "hội" | "đoàn", "viên"] | ["chi", "bộ"])
        };
        mention.filter(|_| !words.windows(2).any(member))
    }

    /// Whether it is an office without a place in its name.
    #[must_use]
    pub fn is_office(&self) -> bool {
        let goes_on = |rest: &str| rest.is_empty() || rest.starts_with(' ');
        OFFICES.iter().any(|office| self.plain.strip_prefix(office).is_some_and(goes_on))
    }

    /// An office that counts what happens in a place which the property names: "Chi cục Kiểm lâm ghi nhận 37 vụ cháy
    /// rừng trên địa bàn tỉnh Lào Cai" is about the province.
    #[must_use]
    pub fn placed(self, property: Option<&str>) -> Self {
        if self.code.is_some() || !self.is_office() {
            return self;
        }
        let words = words_of(property.unwrap_or_default());
        let found = words.iter().enumerate().filter(|(_, word)| ["ở", "tại", "bàn"].contains(&word.as_str())).find_map(
            |(at, _)| {
                let mut rest = &words[at + 1..];
                if let ["tỉnh", ..] | ["thành", "phố", ..] =
                    rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice()
                {
                    rest = &rest[if rest[0] == "tỉnh" { 1 } else { 2 }..];
                }
                (1..=5.min(rest.len()))
                    .rev()
                    .map(|length| rest[..length].join(" "))
                    .find(|name| PROVINCES.contains(name))
            },
        );
        match found {
            Some(name) => Self { key: format!("tỉnh {name}"), plain: format!("tỉnh {name}"), sure: 75, ..self },
            None => self,
        }
    }
}

/// Whether the words after those of the unit are written like a name.
fn is_long_name(name: &str, words: &[String], unit: &[String]) -> bool {
    let more = words.len() - unit.len();
    let last: Vec<&str> = name.split_whitespace().rev().take(more).collect();
    last.iter().any(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()))
}

/// Whether some word after the first is written like a name, or the only one.
fn is_name(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let mut rest = words.peekable();
    if rest.peek().is_none() { capital(first) } else { rest.any(capital) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, mention: &str, kind: EntityType, place: Option<(&str, &str, &str)>) -> Option<String> {
        Who::new(name, Some(mention), kind, place).map(|who| who.key)
    }

    #[test]
    fn a_place_has_one_key_however_it_is_named() {
        let unit = Some(("vn-2025-06", "24", "Tỉnh Bắc Giang"));
        for name in ["Tỉnh Bắc Giang", "toàn tỉnh Bắc Giang", "Bắc Giang", "trên địa bàn tỉnh Bắc Giang"]
        {
            assert_eq!(key(name, name, EntityType::Place, unit).as_deref(), Some("tỉnh bắc giang"), "{name}");
            assert_eq!(key(name, name, EntityType::Place, None).as_deref(), Some("tỉnh bắc giang"), "{name}");
        }
        let police = key("Công an tỉnh Bắc Giang", "Công an", EntityType::Organization, unit);
        assert_eq!(police.as_deref(), Some("tỉnh bắc giang"));
        let district = Some(("vn-2025-06", "219", "Huyện Lục Ngạn"));
        assert_eq!(
            key("huyện Lục Ngạn", "huyện Lục Ngạn", EntityType::Place, district).as_deref(),
            Some("vn-2025-06:219")
        );
    }

    #[test]
    fn what_only_belongs_to_a_place_is_not_the_place() {
        let unit = Some(("vn-2025-06", "24", "Tỉnh Bắc Giang"));
        let party = key("Đảng bộ tỉnh Bắc Giang", "Đảng bộ tỉnh", EntityType::Organization, unit);
        assert_eq!(party.as_deref(), Some("đảng bộ tỉnh bắc giang"));
        assert_eq!(key("Tỉnh Lạng Sơn", "thành phố Lạng Sơn", EntityType::Place, unit), None, "two units of one name");
    }

    #[test]
    fn a_word_for_many_is_no_name() {
        for name in ["người dân", "các hộ", "Doanh nghiệp nhỏ"] {
            assert_eq!(key(name, name, EntityType::Group, None), None, "{name}");
        }
        assert_eq!(
            key("Công ty Gạch Hòa Vân", "Công ty", EntityType::Organization, None).as_deref(),
            Some("công ty gạch hoà vân")
        );
    }
}
