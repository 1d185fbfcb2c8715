//! What an article as a whole says about where it is: `Chủ tịch UBND tỉnh Tiền Giang …` once in an article makes its
//! `huyện Châu Thành` the one of Tiền Giang.

use jiff::civil::Date;
use memchr::memmem;

use super::fold::{Class, class};
use super::spot::{Token, cue_at, name_at, tokens};
use super::table::{Cue, NEW_SYSTEM_FROM, Table, table};
use super::unit::{Level, Sorts, UnitId};
use super::words::{Case, Gap};

/// The date, the system in force and the provinces and districts that an article mentions. Made once per article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    pub(super) published: Option<Date>,
    /// Is the old system (before 1 July 2025) in force?
    pub(super) old: bool,
    /// How much the article speaks of each province or district, by unit; sorted by unit.
    weights: Vec<(UnitId, u32)>,
}

/// How much a mention in the headline counts, and one in the first lines, where the dateline stands.
const HEADLINE: u32 = 3;
const OPENING: u32 = 2;
const OPENING_BYTES: usize = 300;
/// Homonyms ("huyện Châu Thành") kept until the whole article is read; more say nothing new.
const MOST_OPEN: usize = 64;

impl Scene {
    /// Reads the scene of an article. `text` may begin with the title or not.
    ///
    /// Without a date the old system is taken, unless the text names a year after 2025 or what came with the change.
    #[must_use]
    pub fn new(text: &str, title: Option<&str>, published: Option<Date>) -> Self {
        let old = published.map_or_else(|| looks_old(text), |date| date < NEW_SYSTEM_FROM);
        let mut scene = Self { published, old, weights: Vec::new() };
        let table = table();
        let mut open = Vec::new();
        scene.read(table, text, |at| if at < OPENING_BYTES { OPENING } else { 1 }, &mut open);
        if let Some(title) = title {
            scene.read(table, title, |_| HEADLINE, &mut open);
        }
        scene.settle(table, &open);
        scene
    }

    /// With a date before the change, new units do not exist yet.
    pub(super) fn old_only(&self) -> bool {
        self.old && self.published.is_some()
    }

    /// How much the article speaks of this province or district.
    pub(super) fn weight(&self, unit: UnitId) -> u32 {
        self.weights.binary_search_by_key(&unit, |(id, _)| *id).map_or(0, |index| self.weights[index].1)
    }

    /// Does it mention any place?
    pub(super) fn is_placed(&self) -> bool {
        !self.weights.is_empty()
    }

    fn add(&mut self, unit: UnitId, weight: u32) {
        match self.weights.binary_search_by_key(&unit, |(id, _)| *id) {
            Ok(index) => self.weights[index].1 = self.weights[index].1.saturating_add(weight),
            Err(index) => self.weights.insert(index, (unit, weight)),
        }
    }

    /// Counts the provinces and districts of a text; districts that share a name go to `open`.
    fn read(&mut self, table: &Table, text: &str, weight: impl Fn(usize) -> u32, open: &mut Vec<Vec<UnitId>>) {
        let bytes = text.as_bytes();
        let (mut at, mut inside) = (0, false);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                let letter = byte.is_ascii_alphanumeric();
                // "TP.Kon", "(Kon", " Kon", and "KonTum" by its K.
                if letter && !inside && byte.is_ascii_uppercase() {
                    at = self.mention(table, text, at, &weight, open);
                    inside = true;
                    continue;
                }
                inside = letter;
                at += 1;
            } else if inside || byte < 0xc3 {
                // A letter of more bytes inside a word; "“" and its like begin with 0xe2 and end it.
                inside = byte != 0xe2 && (inside || byte >= 0xc3);
                at += 1;
            } else {
                let first = text[at..].chars().next().unwrap_or(' ');
                let class = class(first);
                inside = class != Class::Other;
                if class == Class::Capital {
                    at = self.mention(table, text, at, &weight, open);
                } else {
                    at += first.len_utf8();
                }
            }
        }
    }

    /// Looks at the word with a capital at `at`; gives the byte to go on from.
    fn mention(
        &mut self,
        table: &Table,
        text: &str,
        at: usize,
        weight: &impl Fn(usize) -> u32,
        open: &mut Vec<Vec<UnitId>>,
    ) -> usize {
        let mut ahead = tokens(table, text, at);
        let Some(first) = ahead.next() else { return text.len() };
        let longest = table.longest_big(first.number);
        if longest == 0 {
            return first.word.end;
        }
        let mut run: [Token; 7] = [first; 7];
        let mut len = 1;
        for token in ahead.take(longest) {
            run[len] = token;
            len += 1;
            if len == run.len() {
                break;
            }
        }
        let run = &run[..len];
        let big = |id: UnitId| table.unit(id).level != Level::Ward;
        let Some((taken, key, members)) = name_at(table, run, longest, big) else { return first.word.end };
        let last = run[taken - 1].word;
        let before = before(table, text, at);
        let runs_on = run.get(taken).is_some_and(|next| next.word.gap.runs_on() && next.word.case.is_capital());
        let sorts = match before {
            Before::Type(sorts) => sorts,
            _ if table.is_own(key) => Sorts::TOP,
            // A person, a company, a street, or a longer name of which this is the tail ("Nguyễn Thái Bình").
            Before::Not => return last.end,
            Before::Capital(case) if case != Case::Upper || first.word.case != Case::Upper => return last.end,
            _ if runs_on && first.word.case != Case::Upper => return last.end,
            _ if key == table.person => return last.end,
            _ => Sorts::ANY,
        };
        let typed = sorts != Sorts::ANY;
        // "Huyện Phong Điền" may be the thị xã of today as well: near types count as homonyms.
        let country = Sorts::HUYEN.or(Sorts::THI_XA);
        let sorts = if typed && sorts.meets(country) { sorts.nearly() } else { sorts };
        let mut hits: Vec<UnitId> =
            members.iter().copied().filter(|id| big(*id) && table.unit(*id).sorts.meets(sorts)).collect();
        if !typed && hits.iter().any(|id| table.unit(*id).level == Level::Province) {
            hits.retain(|id| table.unit(*id).level == Level::Province);
        }
        let weight = weight(at) + u32::from(typed);
        let districts = hits.iter().filter(|id| table.unit(**id).level == Level::District).count();
        let city = taken > 1 && hits.iter().all(|id| table.unit(*id).sorts.meets(Sorts::DISTRICT_CITY));
        // A bare "Thống Nhất" or "Bình Minh" proves no province: the article must speak of it too.
        if districts > 1 || (districts == 1 && (hits.len() > 1 || !(typed || city))) {
            if open.len() < MOST_OPEN && !open.contains(&hits) {
                open.push(hits);
            }
        } else {
            for id in hits {
                self.count(table, id, weight);
            }
        }
        last.end
    }

    /// A mention of a unit is one of its province too, and of what that became. After the change, a name that both
    /// systems have ("Đồng Tháp") is the new province's alone.
    fn count(&mut self, table: &Table, id: UnitId, weight: u32) {
        let (province, new) = (table.unit(id).province, table.new_province(id));
        let is_province = province == id;
        let lives_on = own_name(table.unit(id).name) == own_name(table.unit(new).name);
        if is_province && new != id && lives_on && !self.old {
            return;
        }
        self.add(id, weight);
        if !is_province {
            self.add(province, weight);
        }
        if new != id && new != province && !(is_province && lives_on) {
            self.add(new, weight);
        }
    }

    /// Gives each homonym to the province that the article speaks of, where there is only one such.
    fn settle(&mut self, table: &Table, open: &[Vec<UnitId>]) {
        let spoken: Vec<Option<UnitId>> = open
            .iter()
            .map(|hits| {
                let mut known = hits.iter().copied().filter(|id| self.weight(table.unit(*id).province) > 0);
                known.next().filter(|_| known.next().is_none())
            })
            .collect();
        for id in spoken.into_iter().flatten() {
            self.add(id, 1);
        }
    }
}

fn own_name(full: &str) -> &str {
    full.strip_prefix("Thành phố ").or_else(|| full.strip_prefix("Tỉnh ")).unwrap_or(full)
}

/// What stands before a name.
enum Before {
    Type(Sorts),
    Not,
    Capital(Case),
    Other,
}

/// The cue or word that ends where the name at `at` begins.
fn before(table: &Table, text: &str, at: usize) -> Before {
    let mut from = at.saturating_sub(28);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    // The first word may be cut: it is left out unless the text begins with it.
    let skip = usize::from(from > 0);
    let mut words: Vec<Token> = tokens(table, &text[..at], from).skip(skip).collect();
    let Some(last) = words.last().copied() else { return Before::Other };
    let between = &text[last.word.end..at];
    if !matches!(between, "" | " " | "." | ". " | "\u{a0}") {
        return Before::Other;
    }
    // A token for the name itself, so that "Q." sees what follows it.
    words.push(Token {
        word: super::words::Word { gap: if between.contains('.') { Gap::Dot } else { Gap::Space }, ..last.word },
        number: 0,
    });
    let reach = words.len() - 1;
    for start in reach.saturating_sub(4)..reach {
        if let Some((len, cue)) = cue_at(table, &words[start..])
            && start + len == reach
        {
            match cue {
                Cue::Type(sorts) => return Before::Type(sorts),
                Cue::Not => return Before::Not,
                Cue::Head | Cue::In | Cue::Between => return Before::Other,
            }
        }
    }
    if last.word.case.is_capital() && !between.contains('.') { Before::Capital(last.word.case) } else { Before::Other }
}

/// Without a date: is the text from before July 2025? Yes, unless it names a later year or what came with the change:
/// far more has been written before than since, and an old unit brings its new ones along.
fn looks_old(text: &str) -> bool {
    let bytes = text.as_bytes();
    let since = memmem::find_iter(bytes, "20").any(|at| {
        let year = bytes.get(at + 2..at + 4).is_some_and(|year| (*b"26"..=*b"39").contains(&[year[0], year[1]]));
        let digit = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        year && !digit(before) && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
    });
    let came = ["đặc khu ", "địa phương 2 cấp", "địa phương hai cấp"];
    !since && !came.iter().any(|words| memmem::find(bytes, words.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(text: &str, full: &str) -> u32 {
        let scene = Scene::new(text, None, Some(jiff::civil::date(2024, 3, 1)));
        let id = (0_u16..)
            .zip(&table().units)
            .find(|(_, unit)| unit.old && unit.name == full)
            .map(|(id, _)| id)
            .expect("a unit");
        scene.weight(id)
    }

    #[test]
    fn provinces_are_seen_in_every_spelling() {
        for (text, full) in [
            ("Chiều qua, tỉnh Tiền Giang họp báo.", "Tỉnh Tiền Giang"),
            ("KonTum đón khách.", "Tỉnh Kon Tum"),
            ("Người dân Đăk Lăk trồng cà phê.", "Tỉnh Đắk Lắk"),
            ("TIỀN GIANG: THÊM BA CẦU MỚI", "Tỉnh Tiền Giang"),
            ("Công an TPHCM thông báo", "Thành phố Hồ Chí Minh"),
            ("Công an TP.HCM thông báo", "Thành phố Hồ Chí Minh"),
            ("“Đồng Nai” nói", "Tỉnh Đồng Nai"),
            ("ở huyện Cái Bè", "Tỉnh Tiền Giang"),
            ("TP. Thái Nguyên khánh thành cầu", "Tỉnh Thái Nguyên"),
            ("ở huyện Cái Bè", "Huyện Cái Bè"),
        ] {
            assert!(weight(text, full) > 0, "{text}");
        }
    }

    #[test]
    fn people_and_companies_are_no_provinces() {
        for (text, full) in [
            ("Ông Nguyễn Thái Bình nói.", "Tỉnh Thái Bình"),
            ("công ty Hòa Bình lãi lớn", "Tỉnh Hoà Bình"),
            ("Chủ tịch Hồ Chí Minh viết", "Thành phố Hồ Chí Minh"),
            ("Bình Dương Plaza mở cửa", "Tỉnh Bình Dương"),
            ("ở phường Thái Bình", "Tỉnh Thái Bình"),
        ] {
            assert_eq!(weight(text, full), 0, "{text}");
        }
    }

    #[test]
    fn homonyms_wait_for_their_province() {
        let text = "Huyện Châu Thành thu 20 tỷ đồng. Tỉnh Tây Ninh giao 18 tỷ đồng.";
        assert!(weight(text, "Tỉnh Tây Ninh") > 0);
        let scene = Scene::new(text, None, Some(jiff::civil::date(2024, 3, 1)));
        let districts = scene.weights.iter().filter(|(id, _)| table().unit(*id).level == Level::District).count();
        assert_eq!(districts, 1);
    }

    #[test]
    fn a_text_without_a_date_is_dated_by_its_words() {
        assert!(looks_old("Huyện đã, thị xã An Khê thu ngân sách năm 2025."));
        assert!(looks_old("Năm 2023, Kon Tum đón khách."));
        assert!(looks_old("Xã Măng Đen đón 2.026 khách."));
        assert!(!looks_old("Năm 2026, xã thuộc huyện Kon Plông cũ đón 2023 khách."));
        assert!(!looks_old("Bộ máy của đặc khu Lý Sơn có 6 phòng."));
    }
}
