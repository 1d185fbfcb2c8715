//! From a phrase to one unit: what it names, smallest first, and of the homonyms the one of the article's province.
//!
//! `Trạm Y tế xã Tân Lập, huyện Đan Phượng` is commune 09790 whatever the date; `xã Tân Lập` alone asks the [`Scene`].

use super::Resolved;
use super::fold::is_apostrophe;
use super::scene::Scene;
use super::spot::{Spot, Token, Why, candidates, cue_at, name_at, spots, tokens};
use super::table::{Cue, NEW_SYSTEM_FROM, Table, table};
use super::unit::{Level, Sorts, UnitId};
use super::words::Case;
use crate::article::segment;
use crate::article::span::{Span, Tokens};
use crate::claim::lexicon::{NO_UNIT, Page};

/// More words than a name has are not read.
const MOST_WORDS: usize = 48;
/// More homonyms than this are not listed.
const MOST_LISTED: usize = 24;

/// Whether `phrase` names any unit at all, whatever the article says: nearly all phrases do not.
#[must_use]
pub fn names_unit(phrase: &str, published: Option<jiff::civil::Date>) -> bool {
    let table = table();
    let mut read: Vec<Token> = tokens(table, phrase, 0).take(MOST_WORDS).collect();
    era(phrase, &mut read);
    !spots(table, &read, published.is_some_and(|date| date < NEW_SYSTEM_FROM)).is_empty()
}

/// The unit that `phrase` names, or that the organisation it names belongs to.
#[must_use]
pub fn place(phrase: &str, scene: &Scene) -> Resolved {
    let table = table();
    let mut read: Vec<Token> = Vec::with_capacity(12);
    read.extend(tokens(table, phrase, 0).take(MOST_WORDS));
    let era = era(phrase, &mut read);
    let old_only = scene.old_only();
    let spots = spots(table, &read, old_only);
    if spots.is_empty() {
        return Resolved::None;
    }
    let view = View { table, scene, old_only, old: old_only || era.unwrap_or(scene.old) };
    let found = view.chain(&spots);
    let mut places = found.iter().take(MOST_LISTED).map(|id| table.place(*id, scene.published));
    match (found.len(), places.next()) {
        (1, Some(place)) if view.is_backed(&found, &spots) => Resolved::Unit(place),
        (_, Some(first)) => {
            // A bare name that nothing backs is more likely no place at all.
            let bare = spots.iter().all(|spot| spot.why != Why::Typed) && !view.is_backed(&found, &spots);
            if bare { Resolved::None } else { Resolved::Ambiguous(std::iter::once(first).chain(places).collect()) }
        }
        (_, None) => Resolved::None,
    }
}

/// "tỉnh Kon Tum cũ", "xã Kon Đào (mới)": the word is taken off and said as "is it the old system?".
fn era(phrase: &str, read: &mut Vec<Token>) -> Option<bool> {
    let last = read.last().filter(|_| read.len() > 1)?.word;
    let old = match &phrase[last.start..last.end] {
        "cũ" => true,
        "mới" => false,
        _ => return None,
    };
    read.pop();
    Some(old)
}

/// Is this word run exactly the name of a province, of a district ("Kon Tum", "TP.HCM", "Gò Vấp"), or of any unit with
/// its type word ("xã Đăk Năng")?
///
/// "Vinh" and "Hồ Chí Minh" without a type word are people as often, and are not taken; nor is a bare commune: of such
/// names that news have, nearly all are people, schools and firms ("Phương Mai", "Bách Khoa").
#[must_use]
pub fn is_unit_name(name: &str) -> bool {
    let table = table();
    let mut words = tokens(table, name, 0).take(12);
    let Some(first) = words.next() else { return false };
    // Nearly all names end here: no unit and no type word begins with their first word.
    if table.longest_name(first.number) == 0 && table.longest_cue(first.number) == 0 {
        return false;
    }
    let mut read: Vec<Token> = Vec::with_capacity(12);
    read.push(first);
    read.extend(words);
    let typed = match cue_at(table, &read) {
        Some((len, Cue::Type(sorts))) if len < read.len() => Some((len, sorts)),
        _ => None,
    };
    let as_named = |from: usize, sorts: Sorts| {
        let rest = &read[from..];
        let first = rest.first()?;
        let longest = table.longest_name(first.number);
        let (len, key, members) = name_at(table, rest, longest, |id| table.unit(id).sorts.meets(sorts))?;
        (len == rest.len()).then_some((len, key, members))
    };
    if let Some((len, sorts)) = typed
        && as_named(len, sorts).is_some()
    {
        return true;
    }
    let Some((len, key, members)) = as_named(0, Sorts::ANY) else { return false };
    if table.is_own(key) {
        return true;
    }
    if key == table.person || read[0].word.case == Case::Number {
        return false;
    }
    match members.iter().map(|id| table.unit(*id).level).max() {
        Some(Level::Province) => true,
        Some(Level::District) => len > 1,
        _ => false,
    }
}

/// Whether a unit's name, or its type word, may begin with this word.
#[must_use]
pub fn begins_unit(word: &str) -> bool {
    let table = table();
    let number = table.number(word);
    table.longest_name(number) > 0 || table.longest_cue(number) > 0
}

/// As [`is_unit_name`], of words of an article: of most names the lexicon knows by their first word that they are none.
#[must_use]
pub fn names_unit_at(page: &Page<'_>, span: Span<Tokens>) -> bool {
    let first = span.start as usize;
    // Where a token is cut otherwise here ("KonTum", "M'Drắk"), its first word is another one.
    let whole = || {
        page.s.tokens[first].case != segment::Case::Mixed
            && !page.s.text[page.s.tokens[first].span.end as usize..].starts_with(is_apostrophe)
    };
    !(page.m.any(first, NO_UNIT) && page.s.is_word(first) && whole()) && is_unit_name(page.s.slice(span))
}

/// A phrase's view of the units: which exist, and which the article speaks of.
struct View<'t> {
    table: &'t Table,
    scene: &'t Scene,
    old_only: bool,
    /// Are old units meant rather than new ones?
    old: bool,
}

impl View<'_> {
    /// The units that the smallest spot may be, given the others.
    fn chain(&self, spots: &[Spot<'_>]) -> Vec<UnitId> {
        let mut sets: Vec<Vec<UnitId>> = Vec::with_capacity(spots.len());
        for spot in spots {
            let set = self.or_near(candidates(self.table, spot, self.old_only), spot);
            if !set.is_empty() && !sets.contains(&set) {
                sets.push(set);
            }
        }
        while sets.len() > 1 {
            let smallest = |set: &Vec<UnitId>| set.iter().map(|id| self.table.unit(*id).level).min();
            sets.sort_by_key(smallest);
            for target in 0..sets.len() {
                let inside: Vec<UnitId> =
                    sets[target].iter().copied().filter(|id| self.is_inside(*id, &sets, target)).collect();
                if !inside.is_empty() {
                    return self.choose(inside);
                }
            }
            // A commune that the lists do not have under this district, or two units side by side: the first are
            // left out, the second are none.
            let commune = sets[0].iter().all(|id| self.table.unit(*id).level == Level::Ward);
            let rest_bigger = sets[1].iter().all(|id| self.table.unit(*id).level > Level::Ward);
            if !(commune && rest_bigger) {
                return Vec::new();
            }
            sets.remove(0);
        }
        sets.pop().map_or_else(Vec::new, |set| self.choose(set))
    }

    /// "huyện Phong Điền" is in Cần Thơ, but in an article about Huế it is what is a thị xã there since.
    fn or_near(&self, exact: Vec<UnitId>, spot: &Spot<'_>) -> Vec<UnitId> {
        let far_district = |id: &UnitId| self.table.unit(*id).level == Level::District && !self.is_spoken_of(*id);
        if spot.why != Why::Typed || !self.scene.is_placed() || !exact.iter().all(far_district) {
            return exact;
        }
        let sorts = spot.sorts.nearly();
        let near =
            |id: &UnitId| self.table.unit(*id).old && self.table.unit(*id).sorts.meets(sorts) && self.is_spoken_of(*id);
        let near: Vec<UnitId> = spot.members.iter().copied().filter(near).collect();
        if near.is_empty() { exact } else { near }
    }

    /// Does the article mention the unit's province, old or new?
    fn is_spoken_of(&self, id: UnitId) -> bool {
        self.scene.weight(self.table.unit(id).province) > 0 || self.scene.weight(self.table.new_province(id)) > 0
    }

    fn is_inside(&self, part: UnitId, sets: &[Vec<UnitId>], own: usize) -> bool {
        sets.iter().enumerate().all(|(index, set)| index == own || set.iter().any(|id| self.table.contains(*id, part)))
    }

    /// Of homonyms: the level first, then the article's province, the system in force, the article's district.
    fn choose(&self, found: Vec<UnitId>) -> Vec<UnitId> {
        let found = self.of_highest_level(found);
        if found.len() < 2 {
            return found;
        }
        let found = self.of_best(found, |id| {
            let province = if self.scene.old { self.table.unit(id).province } else { self.table.new_province(id) };
            (province, self.scene.weight(province))
        });
        let in_force: Vec<UnitId> = found.iter().copied().filter(|id| self.table.unit(*id).old == self.old).collect();
        let found = if in_force.is_empty() { found } else { in_force };
        let found = self.of_best(found, |id| {
            let district = self.table.unit(id).district;
            (district, self.scene.weight(district))
        });
        self.of_best(found, |id| {
            let province = self.table.unit(id).province;
            (province, self.scene.weight(province))
        })
    }

    /// A province before a district or commune of its name; a new commune before an old district of its name.
    fn of_highest_level(&self, mut found: Vec<UnitId>) -> Vec<UnitId> {
        let unit = |id: &UnitId| self.table.unit(*id);
        let Some(top) = found.iter().map(|id| unit(id).level).max() else { return found };
        let made_anew = top == Level::District && !self.old && found.iter().any(|id| !unit(id).old);
        if made_anew {
            found.retain(|id| !unit(id).old || unit(id).level == top);
        } else {
            found.retain(|id| unit(id).level == top);
        }
        found
    }

    /// The units of the group that the article speaks of most: at least twice as much as of the next, else all.
    fn of_best(&self, found: Vec<UnitId>, group: impl Fn(UnitId) -> (UnitId, u32)) -> Vec<UnitId> {
        let (mut best, mut second) = ((0, 0), 0);
        for id in &found {
            let (key, weight) = group(*id);
            if weight > best.1 {
                if key != best.0 {
                    second = best.1;
                }
                best = (key, weight);
            } else if key != best.0 {
                second = second.max(weight);
            }
        }
        if best.1 == 0 || second * 2 > best.1 {
            return found;
        }
        found.into_iter().filter(|id| group(*id).0 == best.0).collect()
    }

    fn all_wards(&self, found: &[UnitId]) -> bool {
        found.iter().all(|id| self.table.unit(*id).level == Level::Ward)
    }

    /// Is the only unit of its name also where the article is? Communes were merged for years before the lists begin,
    /// so a namesake far from the article's provinces is no proof; nor is a bare district there ("Thống Nhất"), unless
    /// it is a city ("Nha Trang").
    fn is_backed(&self, found: &[UnitId], spots: &[Spot<'_>]) -> bool {
        let [spot] = spots else { return true };
        let spoken = found.iter().any(|id| self.is_spoken_of(*id));
        let known = Sorts::DISTRICT_CITY;
        let top = found.iter().all(|id| {
            let unit = self.table.unit(*id);
            unit.level == Level::Province || (spot.len > 1 && unit.sorts.meets(known))
        });
        let unplaced = !self.scene.is_placed();
        spoken
            || top
            || match spot.why {
                Why::Typed => unplaced || !self.all_wards(found),
                Why::Letter => false,
                Why::Located | Why::Head => unplaced && !self.all_wards(found),
                // "Gò Vấp" is nothing else; "Thanh Bình" is a person as well.
                Why::Whole => unplaced && found.iter().all(|id| self.table.unit(*id).sorts.meets(Sorts::QUAN)),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::lexicon::Lexicon;

    fn scene(text: &str, date: &str) -> Scene {
        Scene::new(text, None, date.parse().ok())
    }

    #[test]
    fn an_old_city_has_its_six_successors() {
        let found = place("Đảng bộ thành phố Kon Tum", &scene("", "2023-05-11")).unit().expect("a unit");
        assert_eq!((found.system, found.code, found.province), ("vn-2025-06", "608", "62"));
        assert_eq!(found.name, "Thành phố Kon Tum");
        assert_eq!(found.successors.len(), 6);
        assert_eq!(found.successors[1], ("23293", "Phường Kon Tum"));
    }

    #[test]
    fn the_name_is_the_one_of_the_date() {
        let name = |date| place("tỉnh Đồng Nai", &scene("", date)).unit().map(|unit| unit.name);
        assert_eq!(name("2026-04-29"), Some("Tỉnh Đồng Nai"));
        assert_eq!(name("2026-04-30"), Some("Thành phố Đồng Nai"));
    }

    #[test]
    fn the_changeover_is_on_its_day() {
        let system = |date| place("Hà Nội", &scene("", date)).unit().map(|unit| unit.system);
        assert_eq!(system("2025-06-30"), Some("vn-2025-06"));
        assert_eq!(system("2025-07-01"), Some("vn-2025-07"));
    }

    #[test]
    fn homonyms_are_listed_when_nothing_decides() {
        let Resolved::Ambiguous(list) = place("huyện Châu Thành", &scene("", "2024-01-01")) else {
            panic!("decided")
        };
        assert_eq!(list.len(), 10);
        assert!(list.iter().all(|place| place.name == "Huyện Châu Thành"));
    }

    #[test]
    fn the_province_spoken_of_most_decides() {
        let text = "Bến Tre, Bến Tre, Bến Tre nhận hàng từ Trà Vinh.";
        let found = place("huyện Châu Thành", &scene(text, "2024-01-01")).unit();
        assert_eq!(found.map(|place| place.province), Some("83"));
        let headline =
            Scene::new("Huyện Châu Thành được mùa.", Some("Trà Vinh: lúa được giá"), "2024-01-01".parse().ok());
        assert_eq!(place("huyện Châu Thành", &headline).unit().map(|place| place.province), Some("84"));
    }

    #[test]
    fn an_earlier_type_is_understood() {
        let found = place("thị xã Từ Sơn", &scene("", "2020-01-01")).unit();
        assert_eq!(found.map(|place| place.name), Some("Thành phố Từ Sơn"));
        assert_eq!(place("quận Từ Sơn", &scene("", "2020-01-01")), Resolved::None);
    }

    #[test]
    fn an_unknown_commune_leaves_its_district() {
        let found = place("xã Không Có Thật, huyện Kim Bảng", &scene("", "2024-01-01")).unit();
        assert_eq!(found.map(|place| place.name), Some("Thị xã Kim Bảng"));
    }

    #[test]
    fn unit_names_are_told_from_other_names() {
        for name in
            ["Kon Tum", "Hà Nội", "HÀ NỘI", "Gò Vấp", "Huế", "TP.HCM", "TPHCM", "quận 1", "xã Đăk Năng", "Sài Gòn"]
        {
            assert!(is_unit_name(name), "{name}");
        }
        for name in
            ["Vinh", "Hồ Chí Minh", "hà nội", "Phương Mai", "1", "Kon Tum Xanh", "Nguyễn Thái Bình", "xã hội", "", "TP"]
        {
            assert!(!is_unit_name(name), "{name}");
        }
    }

    #[test]
    fn the_look_at_the_first_word_changes_no_answer() {
        let names =
            "Kon Tum|KonTum|M'Drắk|huyện M'Drắk|TP.HCM|TPHCM|quận 1|xã Đăk Năng|Hoà Bình|hòa bình|HÀ NỘI|Q.1|Đắc Lắc";
        for name in names.split('|').chain(["Nguyễn Thái Bình", "cháu", "12", "Đak Lak", "Ðà Nẵng"]) {
            let page = Page::new(name, Lexicon::built_in());
            let span = Span::of(0, page.s.tokens.len());
            assert_eq!(names_unit_at(&page, span), is_unit_name(name), "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,80}", phrase in "[ .,()A-ZĐđăk’'0-9Hà NộiQTPhườngxã-]{0,60}") {
            let scene = Scene::new(&text, Some(&phrase), None);
            let _ = place(&phrase, &scene);
            let _ = place(&text, &Scene::new(&phrase, None, None));
            let _ = is_unit_name(&phrase);
        }
    }
}
