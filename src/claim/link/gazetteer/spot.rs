//! Where a phrase names units: `UBND phường 12, quận Gò Vấp` names two, `Công ty Hoà Bình` and `Nguyễn Thái Bình` none.

use super::table::{Cue, LONGEST, Table, letter_counts};
use super::unit::{Level, Sorts, UnitId};
use super::words::{Case, Gap, Word, words};

/// A word and the number of its syllable (0: none of any name).
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) number: u16,
}

/// The tokens of `text` from byte `at` on.
pub(super) fn tokens<'t>(table: &'t Table, text: &'t str, at: usize) -> impl Iterator<Item = Token> + 't {
    words(text, at).map(|word| Token { word, number: table.number(&text[word.start..word.end]) })
}

/// Why a name is taken for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// A type word stands before it: "huyện Châu Thành", "TPHCM".
    Typed,
    /// A type letter without a full stop before it: "Q3", which is a quarter of the year as well.
    Letter,
    /// The phrase is the name: "Gò Vấp".
    Whole,
    /// A preposition, or a stretch of its own between commas or brackets: "ở Gò Vấp", "(Gò Vấp)".
    Located,
    /// It belongs to an administrative body: "Công an Hà Nội".
    Head,
}

/// A name of units in a phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'t> {
    pub(super) members: &'t [UnitId],
    /// The types that its type word allows.
    pub(super) sorts: Sorts,
    pub(super) why: Why,
    /// How many syllables it has.
    pub(super) len: usize,
}

/// The longest name that begins at `tokens[0]` with a unit that `fits`: its length, key and units.
pub(super) fn name_at<'t>(
    table: &'t Table,
    tokens: &[Token],
    longest: usize,
    fits: impl Fn(UnitId) -> bool,
) -> Option<(usize, u128, &'t [UnitId])> {
    let (mut key, mut best) = (0, None);
    for (index, token) in tokens.iter().take(longest.min(LONGEST)).enumerate() {
        let small = token.word.case == Case::Lower;
        if token.number == 0 || small || (index > 0 && !token.word.gap.inside_name()) {
            break;
        }
        key |= u128::from(token.number) << (16 * index);
        let members = table.members(key);
        if members.iter().any(|id| fits(*id)) {
            best = Some((index + 1, key, members));
        }
    }
    best
}

/// The longest cue that begins at `tokens[0]`, and its length.
pub(super) fn cue_at(table: &Table, tokens: &[Token]) -> Option<(usize, Cue)> {
    let longest = table.longest_cue(tokens.first()?.number);
    let (mut key, mut best) = (0, None);
    for (index, token) in tokens.iter().take(longest.min(LONGEST)).enumerate() {
        let dotted = index == 1 && token.word.gap == Gap::Dot;
        if token.number == 0 || (index > 0 && !token.word.gap.inside_name() && !dotted) {
            break;
        }
        key |= u128::from(token.number) << (16 * index);
        if let Some(cue) = table.cue(key) {
            best = Some((index + 1, cue));
        }
    }
    if let Some((1, Cue::Type(_))) = best
        && tokens[0].word.end - tokens[0].word.start == 1
    {
        let next = tokens.get(1)?;
        // "P.V" is a reporter.
        let initial = next.word.case != Case::Number && next.word.end - next.word.start == 1;
        return best.filter(|_| !initial && letter_counts(next.word.gap, next.word.case == Case::Number));
    }
    best
}

/// The units that a phrase names, in its order. With `old_only`, new units have not been made yet.
pub(super) fn spots<'t>(table: &'t Table, tokens: &[Token], old_only: bool) -> Vec<Spot<'t>> {
    let mut spots = Vec::new();
    let (mut head, mut denied, mut pending, mut located) = (false, false, None::<Sorts>, false);
    let (mut letter, mut between) = (false, false);
    let mut dropped: Option<(usize, Spot<'t>)> = None;
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let word = rest[0].word;
        if matches!(word.gap, Gap::Break | Gap::Dash) {
            // A road or a company goes on over a dash ("cao tốc Hà Nội - Hải Phòng").
            (head, denied, pending, located) = (false, denied && word.gap == Gap::Dash, None, false);
        }
        let wanted = pending.unwrap_or(Sorts::ANY);
        let begins = word.case.is_capital() || (word.case == Case::Number && pending.is_some());
        let longest = if begins { table.longest_name(rest[0].number) } else { 0 };
        let allowed = |id: UnitId| table.unit(id).old || !old_only;
        let name =
            name_at(table, rest, longest, |id| allowed(id) && table.unit(id).sorts.meets(wanted)).or_else(|| {
                // "thị xã" of a unit that the list has as "thành phố".
                name_at(table, rest, longest, |id| allowed(id) && table.unit(id).sorts.meets(wanted.nearly()))
            });
        let cue = cue_at(table, rest).filter(|(len, _)| name.is_none_or(|(longer, ..)| longer <= *len));
        if let Some((len, cue)) = cue {
            pending = None;
            between = cue == Cue::Between;
            match cue {
                Cue::Type(sorts) => {
                    pending = Some(sorts);
                    let dot = tokens.get(at + len).is_some_and(|token| token.word.gap == Gap::Dot);
                    letter = word.end - word.start == 1 && len == 1 && !dot;
                }
                Cue::Between => {}
                Cue::Head => head = true,
                Cue::In => located = true,
                Cue::Not => (denied, located) = (true, false),
            }
            at += len;
            continue;
        }
        let Some((len, key, members)) = name else {
            (pending, located, between) = (None, false, false);
            at += 1;
            continue;
        };
        let next = tokens.get(at + len);
        let next_cue = cue_at(table, &tokens[at + len..]).map(|(_, cue)| cue);
        let ends = next.is_none_or(|token| parts(token.word.gap)) || next_cue == Some(Cue::Between);
        let starts = parts(word.gap) || between;
        let runs_on = next.is_some_and(|token| {
            let word = token.word;
            word.gap.runs_on() && word.case != Case::Lower && !matches!(next_cue, Some(Cue::Type(_)))
        });
        let why = if pending.is_some() || table.is_own(key) {
            Some(if pending.is_some() && letter { Why::Letter } else { Why::Typed })
        } else if key == table.person || runs_on {
            None
        } else if at == 0 && next.is_none() {
            Some(Why::Whole)
        } else if located || (!denied && starts && ends) {
            Some(Why::Located)
        } else {
            (head && !denied).then_some(Why::Head)
        };
        let sorts = pending.take().unwrap_or(Sorts::ANY);
        located = false;
        // "xã Tân Lập Đông" is not "xã Tân Lập"; "tỉnh Quảng Ngãi Trần Văn A" is a province and its head.
        let cut_short = runs_on && sorts.meets(Sorts::BOTTOM);
        match why {
            Some(Why::Typed) if cut_short => {}
            Some(why) => {
                // "hai sân bay Đà Nẵng và Huế": what "và" joins to a place is one.
                spots.extend(dropped.filter(|(end, _)| between && end + 1 == at).map(|(_, spot)| spot));
                spots.push(Spot { members, sorts, why, len });
            }
            None => dropped = Some((at + len, Spot { members, sorts, why: Why::Located, len })),
        }
        at += len;
        between = false;
    }
    spots
}

/// Does a gap end a stretch of the phrase?
const fn parts(gap: Gap) -> bool {
    matches!(gap, Gap::Break | Gap::Dash)
}

/// The units that a spot may mean, each of the type said, or failing that of a near one.
pub(super) fn candidates(table: &Table, spot: &Spot<'_>, old_only: bool) -> Vec<UnitId> {
    let of = |sorts: Sorts| -> Vec<UnitId> {
        let fits = |id: &UnitId| table.unit(*id).sorts.meets(sorts) && (table.unit(*id).old || !old_only);
        spot.members.iter().copied().filter(fits).collect()
    };
    let exact = of(spot.sorts);
    // A bare commune name is a common word or a person too often: only where the phrase puts it in its place.
    let exact = match spot.why {
        Why::Typed | Why::Letter => exact,
        Why::Located if spot.len > 1 => exact,
        // Today's "Bình Thạnh" is a ward that bears the old district's name.
        Why::Whole if spot.members.iter().any(|id| table.unit(*id).level != Level::Ward) => exact,
        _ => exact.into_iter().filter(|id| table.unit(*id).level != Level::Ward).collect(),
    };
    let province = exact.iter().any(|id| table.unit(*id).level == Level::Province);
    let exact = if province && spot.why != Why::Typed {
        // "Bình Dương" is the province before the ward that took its name.
        exact.into_iter().filter(|id| table.unit(*id).level != Level::Ward).collect()
    } else {
        exact
    };
    if exact.is_empty() && spot.why == Why::Typed { of(spot.sorts.nearly()) } else { exact }
}

#[cfg(test)]
mod tests {
    use super::super::table::table;
    use super::*;

    fn whys(phrase: &str) -> Vec<Why> {
        let read: Vec<Token> = tokens(table(), phrase, 0).collect();
        spots(table(), &read, true).iter().map(|spot| spot.why).collect()
    }

    #[test]
    fn each_evidence_is_told() {
        use Why::{Head, Letter, Located, Typed, Whole};
        assert_eq!(whys("UBND phường 12, quận Gò Vấp"), [Typed, Typed]);
        assert_eq!(whys("Kon Tum"), [Whole]);
        assert_eq!(whys("nhà máy ở Gò Vấp"), [Located]);
        assert_eq!(whys("Bệnh viện Bạch Mai (Hà Nội)"), [Located]);
        assert_eq!(whys("Cục Hải quan Đồng Nai"), [Head]);
        assert_eq!(whys("Q3"), [Letter]);
        assert_eq!(whys("Q.3"), [Typed]);
        assert_eq!(whys("hai cảng Đà Nẵng và Hải Phòng"), [Located, Located]);
    }

    #[test]
    fn names_inside_names_are_no_evidence() {
        for phrase in [
            "Công ty Hoà Bình",
            "Nguyễn Hải Dương",
            "phố Huế",
            "Hà Nội FC",
            "xã hội",
            "xã Tân Lập Đông Hạ",
            "Q",
            "P.V",
            "biển đảo Quảng Ngãi",
        ] {
            assert_eq!(whys(phrase), [], "{phrase}");
        }
    }

    #[test]
    fn the_longest_name_is_taken() {
        let read: Vec<Token> = tokens(table(), "Xuân Hương - Đà Lạt", 0).collect();
        let found = name_at(table(), &read, 8, |_| true);
        assert_eq!(found.map(|(len, ..)| len), Some(4));
    }
}
