//! The tables in memory: units, names by folded syllables, the cue words before them. Built once, when first needed.
//!
//! `Kon Tum` is looked up as two syllable numbers packed into one key, and gives the province, the city and, from
//! July 2025, the ward of that name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Place;
use super::fold::fold;
use super::unit::{Level, Sorts, Unit, UnitId, typed};
use super::words::{Gap, words};

/// Longest name or cue, in syllables: a key has 16 bits for each.
pub(super) const LONGEST: usize = 8;

/// The old system ends on this day.
pub(super) const NEW_SYSTEM_FROM: jiff::civil::Date = jiff::civil::date(2025, 7, 1);
/// From this day on the units that `units_new.tsv` gives two names bear the first.
pub(super) const RENAMED_FROM: jiff::civil::Date = jiff::civil::date(2026, 4, 30);

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// The type of the unit that follows.
    Type(Sorts),
    /// An administrative body.
    Head,
    /// A preposition of place.
    In,
    /// A word that parts names ("Hà Nội và Huế").
    Between,
    /// Something whose name is its own.
    Not,
}

/// The names of units, by key.
#[derive(Debug, Default)]
struct Syllable {
    longest_name: u8,
    /// Longest name of a province or district that begins so.
    longest_big: u8,
    longest_cue: u8,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) units: Vec<Unit>,
    went: Vec<UnitId>,
    numbers: FxHashMap<u128, u16>,
    syllables: Vec<Syllable>,
    names: FxHashMap<u128, (u32, u32)>,
    members: Vec<UnitId>,
    /// Names that are their own type word ("TPHCM").
    own: Vec<u128>,
    cues: FxHashMap<u128, Cue>,
    /// "Hồ Chí Minh": a person unless a type word says otherwise.
    pub(super) person: u128,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::build);

pub(super) fn table() -> &'static Table {
    &TABLE
}

/// The rows of a table that are not comments.
fn rows(text: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    })
}

impl Table {
    fn build() -> Self {
        let mut table = Self {
            units: Vec::with_capacity(15_000),
            went: Vec::with_capacity(12_000),
            numbers: FxHashMap::with_capacity_and_hasher(8192, rustc_hash::FxBuildHasher),
            // Number 0 is "no syllable of any name".
            syllables: vec![Syllable::default()],
            names: FxHashMap::default(),
            members: Vec::with_capacity(16_000),
            own: Vec::new(),
            cues: FxHashMap::default(),
            person: 0,
        };
        let mut named: Vec<(u128, UnitId)> = Vec::with_capacity(16_000);
        for (text, old) in [(include_str!("units_old.tsv"), true), (include_str!("units_new.tsv"), false)] {
            table.add_units(text, old, &mut named);
        }
        table.add_successors();
        table.add_aliases(&mut named);
        table.add_names(named);
        table.mark_islands();
        for [class, words, _] in rows(include_str!("cues.tsv")) {
            let key = table.intern(words, |syllable, len| syllable.longest_cue = syllable.longest_cue.max(len));
            let cue = match class {
                "head" => Cue::Head,
                "in" => Cue::In,
                "between" => Cue::Between,
                "not" => Cue::Not,
                _ => match Sorts::of_cue(class) {
                    Some(sorts) => Cue::Type(sorts),
                    None => continue,
                },
            };
            table.cues.insert(key, cue);
        }
        table.person = table.intern("Hồ Chí Minh", |_, _| ());
        table
    }

    fn add_units(&mut self, text: &'static str, old: bool, named: &mut Vec<(u128, UnitId)>) {
        let (mut province, mut district) = (0, 0);
        for [code, name, third] in rows(text) {
            let level = match code.len() {
                2 => Level::Province,
                3 => Level::District,
                _ => Level::Ward,
            };
            let Some((sorts, own_name)) = typed(name, level) else { continue };
            let id = self.units.len() as UnitId;
            match level {
                Level::Province => (province, district) = (id, id),
                Level::District => district = id,
                Level::Ward => {}
            }
            let former = (!old && !third.is_empty()).then_some(third);
            let sorts = former.and_then(|former| typed(former, level)).map_or(sorts, |(other, _)| sorts.or(other));
            self.units.push(Unit { code, name, former, sorts, level, old, province, district, went: (0, 0) });
            named.push((self.name_key(own_name, level), id));
            // "Thị trấn Nông trường Việt Lâm" is also just Việt Lâm.
            for farm in ["Nông trường ", "NT ", "N.T "] {
                if let Some(short) = own_name.strip_prefix(farm) {
                    named.push((self.name_key(short, level), id));
                }
            }
        }
    }

    fn name_key(&mut self, name: &str, level: Level) -> u128 {
        self.intern(name, |syllable, len| {
            syllable.longest_name = syllable.longest_name.max(len);
            if level != Level::Ward {
                syllable.longest_big = syllable.longest_big.max(len);
            }
        })
    }

    /// The key of a name, its syllables numbered where they are new; `note` is told how long it is.
    fn intern(&mut self, name: &str, note: impl Fn(&mut Syllable, u8)) -> u128 {
        let (mut key, mut first, mut len) = (0_u128, 0_usize, 0_u8);
        for word in words(name, 0).take(LONGEST) {
            let syllable = fold(&name[word.start..word.end]);
            let fresh = self.syllables.len() as u16;
            let number = *self.numbers.entry(syllable).or_insert(fresh);
            if number == fresh {
                self.syllables.push(Syllable::default());
            }
            if len == 0 {
                first = usize::from(number);
            }
            key |= u128::from(number) << (16 * u32::from(len));
            len += 1;
        }
        note(&mut self.syllables[first], len);
        key
    }

    /// The third column of the old units, now that the new ones have numbers.
    fn add_successors(&mut self) {
        let by_code: FxHashMap<&str, UnitId> =
            (0_u16..).zip(&self.units).filter(|(_, unit)| !unit.old).map(|(id, unit)| (unit.code, id)).collect();
        for ([_, _, codes], unit) in rows(include_str!("units_old.tsv")).zip(&mut self.units) {
            let from = self.went.len() as u32;
            self.went.extend(codes.split(' ').filter_map(|code| by_code.get(code)));
            unit.went = (from, self.went.len() as u32);
        }
    }

    fn add_aliases(&mut self, named: &mut Vec<(u128, UnitId)>) {
        for [alias, full, own] in rows(include_str!("aliases.tsv")) {
            let key = self.name_key(alias, Level::Province);
            for (id, unit) in (0_u16..).zip(&self.units) {
                if unit.name == full {
                    named.push((key, id));
                }
            }
            if own == "own" {
                self.own.push(key);
            }
        }
    }

    fn add_names(&mut self, mut named: Vec<(u128, UnitId)>) {
        named.sort_unstable();
        named.dedup();
        self.names.reserve(named.len());
        for group in named.chunk_by(|one, other| one.0 == other.0) {
            let from = self.members.len() as u32;
            self.members.extend(group.iter().map(|(_, id)| *id));
            self.names.insert(group[0].0, (from, self.members.len() as u32));
        }
    }

    /// "đảo Phú Quốc", "huyện đảo Lý Sơn": the special zones, and what bore their names in the same place.
    fn mark_islands(&mut self) {
        for zone in 0..self.units.len() as UnitId {
            if !self.unit(zone).sorts.meets(Sorts::DAC_KHU) {
                continue;
            }
            let Some((_, name)) = typed(self.unit(zone).name, Level::Ward) else { continue };
            let key = self.intern(name, |_, _| ());
            let (from, to) = self.names.get(&key).copied().unwrap_or_default();
            for index in from..to {
                let id = self.members[index as usize];
                if self.new_province(id) == self.new_province(zone) {
                    let sorts = self.unit(id).sorts;
                    self.units[usize::from(id)].sorts = sorts.or(Sorts::ISLAND);
                }
            }
        }
    }

    /// The number of a word's syllable; 0 when no name or cue has it.
    pub(super) fn number(&self, word: &str) -> u16 {
        self.numbers.get(&fold(word)).copied().unwrap_or(0)
    }

    pub(super) fn longest_name(&self, number: u16) -> usize {
        usize::from(self.syllables[usize::from(number)].longest_name)
    }

    pub(super) fn longest_big(&self, number: u16) -> usize {
        usize::from(self.syllables[usize::from(number)].longest_big)
    }

    pub(super) fn longest_cue(&self, number: u16) -> usize {
        usize::from(self.syllables[usize::from(number)].longest_cue)
    }

    /// The units of that name.
    pub(super) fn members(&self, key: u128) -> &[UnitId] {
        self.names.get(&key).map_or(&[], |(from, to)| &self.members[*from as usize..*to as usize])
    }

    pub(super) fn cue(&self, key: u128) -> Option<Cue> {
        self.cues.get(&key).copied()
    }

    pub(super) fn is_own(&self, key: u128) -> bool {
        self.own.contains(&key)
    }

    pub(super) fn unit(&self, id: UnitId) -> &Unit {
        &self.units[usize::from(id)]
    }

    /// The new units that an old one went into, sorted; itself for a new one.
    pub(super) fn went(&self, id: UnitId) -> Vec<UnitId> {
        let unit = self.unit(id);
        if !unit.old {
            return vec![id];
        }
        let own = &self.went[unit.went.0 as usize..unit.went.1 as usize];
        let mut went = own.to_vec();
        if unit.level == Level::District {
            let parts = self.units[usize::from(id) + 1..].iter().take_while(|part| part.old && part.district == id);
            for part in parts {
                went.extend_from_slice(&self.went[part.went.0 as usize..part.went.1 as usize]);
            }
        }
        went.sort_unstable();
        went.dedup();
        went
    }

    /// The new province that the unit's province went into (its own, when it is new).
    pub(super) fn new_province(&self, id: UnitId) -> UnitId {
        let province = self.unit(id).province;
        let went = self.unit(province).went;
        if self.unit(province).old { self.went.get(went.0 as usize).copied().unwrap_or(province) } else { province }
    }

    /// Is `part` inside `whole`, one of them perhaps in the other system?
    pub(super) fn contains(&self, whole: UnitId, part: UnitId) -> bool {
        let (outer, inner) = (self.unit(whole), self.unit(part));
        if whole == part || outer.level <= inner.level {
            return false;
        }
        match (outer.level, outer.old == inner.old) {
            (Level::Province, true) => inner.province == whole,
            (Level::Province, false) => self.new_province(part) == self.new_province(whole),
            (_, true) => inner.district == whole,
            (_, false) => self.went(whole).contains(&part),
        }
    }

    /// The unit as it leaves the gazetteer.
    pub(super) fn place(&self, id: UnitId, published: Option<jiff::civil::Date>) -> Place {
        let unit = self.unit(id);
        let before = published.is_some_and(|date| date < RENAMED_FROM);
        let successors = if unit.old {
            self.went(id).into_iter().map(|id| self.unit(id)).map(|unit| (unit.code, unit.name)).collect()
        } else {
            Vec::new()
        };
        Place {
            system: if unit.old { "vn-2025-06" } else { "vn-2025-07" },
            code: unit.code,
            name: unit.former.filter(|_| before).unwrap_or(unit.name),
            province: self.unit(unit.province).code,
            successors,
        }
    }
}

/// May a type word of one letter stand here: before a number or with a full stop?
pub(super) const fn letter_counts(gap_after: Gap, number_after: bool) -> bool {
    matches!(gap_after, Gap::Dot) || (number_after && matches!(gap_after, Gap::Joined | Gap::Space))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_code(code: &str, old: bool) -> UnitId {
        (0_u16..)
            .zip(&table().units)
            .find(|(_, unit)| unit.code == code && unit.old == old)
            .map(|(id, _)| id)
            .expect("a unit")
    }

    #[test]
    fn every_row_of_the_lists_is_a_unit() {
        let count = |old, level| table().units.iter().filter(|unit| unit.old == old && unit.level == level).count();
        assert_eq!([Level::Province, Level::District, Level::Ward].map(|level| count(true, level)), [63, 696, 10_035]);
        assert_eq!([Level::Province, Level::District, Level::Ward].map(|level| count(false, level)), [34, 0, 3_321]);
    }

    #[test]
    fn every_old_unit_has_successors_in_its_new_province() {
        for (id, unit) in (0_u16..).zip(&table().units).filter(|(_, unit)| unit.old) {
            let went = table().went(id);
            assert!(!went.is_empty(), "{} {}", unit.code, unit.name);
            assert!(went.iter().all(|new| table().new_province(*new) == table().new_province(id)), "{}", unit.name);
        }
    }

    #[test]
    fn a_district_has_the_successors_of_its_wards() {
        let codes: Vec<&str> = table().went(by_code("608", true)).iter().map(|id| table().unit(*id).code).collect();
        assert_eq!(codes, ["23284", "23293", "23302", "23317", "23326", "23332"]);
    }

    #[test]
    fn containment_crosses_the_systems() {
        let (kon_tum, quang_ngai) = (by_code("608", true), by_code("51", false));
        assert!(table().contains(quang_ngai, kon_tum));
        assert!(table().contains(kon_tum, by_code("23293", false)));
        assert!(!table().contains(by_code("51", true), kon_tum));
    }

    #[test]
    fn the_hand_made_tables_are_canonical() {
        for text in [include_str!("cues.tsv"), include_str!("aliases.tsv")] {
            let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(lines.is_sorted(), "not sorted");
            assert!(lines.windows(2).all(|pair| pair[0] != pair[1]), "a row twice");
        }
        for [class, words, _] in rows(include_str!("cues.tsv")) {
            assert!(
                ["between", "head", "in", "not"].contains(&class) || Sorts::of_cue(class).is_some(),
                "{class} {words}"
            );
        }
        for [alias, full, own] in rows(include_str!("aliases.tsv")) {
            assert!(table().units.iter().any(|unit| unit.name == full), "{alias}: no unit {full}");
            assert!(["", "own"].contains(&own), "{alias}");
        }
    }
}
