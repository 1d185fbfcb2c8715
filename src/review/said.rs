//! What sort of saying a figure is: a target ("phấn đấu thu 7.000 tỷ"), a preliminary figure ("ước đạt"), one that takes
//! the place of an earlier one ("theo số liệu điều chỉnh"), or a plain result.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::figure::Words;
use super::who::words_of;

/// What the words around a number say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Planned, hoped for or forecast.
    pub(super) target: bool,
    /// Not final.
    pub(super) preliminary: bool,
    /// In the place of an earlier figure.
    pub(super) revised: bool,
    /// How far from another figure: "thấp hơn cùng kỳ 419 hộ".
    pub(super) apart: bool,
    /// "ước" right before the number: the digits are not hedged, the whole is.
    pub(super) forecast: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    Target,
    Preliminary,
    Revised,
    Spare,
}

/// The longest cue in words.
const LONGEST: usize = 6;

static CUES: LazyLock<FxHashMap<String, Cue>> = LazyLock::new(|| {
    let rows = include_str!("cues.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let (phrase, class) = row.split_once('\t')?;
        let cue = match class {
            "target" => Cue::Target,
            "preliminary" => Cue::Preliminary,
            "revised" => Cue::Revised,
            _ => Cue::Spare,
        };
        Some((words_of(phrase).join(" "), cue))
    })
    .collect()
});

/// The cues among words, the longest at each place.
fn cues(words: &[String]) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let fit = (1..=LONGEST.min(words.len() - at))
            .rev()
            .find_map(|length| Some((length, *CUES.get(&words[at..at + length].join(" "))?)));
        match fit {
            Some((length, cue)) => {
                found.push(cue);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// How many words after a number may still tell of it.
const BEHIND: usize = 10;

impl Said {
    pub(super) fn of(words: &Words) -> Self {
        let before = cues(&words_of(words.before()));
        let opening = words_of(first_phrase(&words.sentence));
        let head = if words.clause.0 == 0 { Vec::new() } else { cues(&opening) };
        let mut behind = words_of(words.behind());
        behind.truncate(BEHIND);
        let behind = cues(&behind);
        let has = |cue| before.contains(&cue);
        let forecast = {
            let last = words_of(words.before());
            let tail: Vec<&str> = last.iter().rev().take(2).rev().map(String::as_str).collect();
            matches!(tail.as_slice(), [.., "ước"] | ["ước", "đạt" | "tính"])
        };
        Self {
            target: has(Cue::Target),
            preliminary: has(Cue::Preliminary) || head.contains(&Cue::Preliminary),
            revised: has(Cue::Revised)
                || head.contains(&Cue::Revised)
                || behind.contains(&Cue::Revised)
                || again(&opening)
                || told_after(&words.after),
            forecast,
            apart: is_apart(&words_of(words.before())),
        }
    }
}

/// Whether the words right before a number make it a distance from another time's figure.
fn is_apart(before: &[String]) -> bool {
    let last = &before[before.len().saturating_sub(8)..];
    let more = ["cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "tăng", "giảm"];
    let than = last.windows(2).rposition(|pair| more.contains(&pair[0].as_str()) && pair[1] == "hơn").map(|at| at + 2);
    let falls = ["tụt", "hụt", "kém", "sụt"];
    let from = than.or_else(|| last.iter().rposition(|word| falls.contains(&word.as_str())).map(|at| at + 1));
    // "nhiều hơn năm ngoái, đạt 419 hộ" is a level again.
    let level = ["đạt", "là", "còn", "với", "có", "lên", "xuống", "ở"];
    from.is_some_and(|from| !last[from..].iter().any(|word| level.contains(&word.as_str())))
}

/// Whether an opening says that figures were looked at once more: "Sau khi kiểm tra lại, …".
fn again(opening: &[String]) -> bool {
    let looks = ["soát", "tra", "toán", "tính", "kê", "kiểm", "chiếu", "xét", "xem", "đếm", "giá", "định"];
    opening.windows(2).any(|pair| looks.contains(&pair[0].as_str()) && pair[1] == "lại")
}

/// The words up to the first comma or colon.
fn first_phrase(sentence: &str) -> &str {
    sentence.split([',', ':']).next().unwrap_or_default()
}

/// Whether the next sentence says that this figure was revised: "Con số này đã được điều chỉnh …".
fn told_after(after: &str) -> bool {
    let next = after.trim_start().split_inclusive(['.', '\n']).next().unwrap_or_default();
    let words = words_of(next);
    let opens = |start: &[&str]| words.len() > start.len() && words.iter().zip(start).all(|(a, b)| a == b);
    let about = [&["con", "số"][..], &["số", "liệu"], &["đây", "là"], &["kết", "quả"], &["số", "này"]];
    about.iter().any(|start| opens(start)) && cues(&words).contains(&Cue::Revised)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sentence: &str, number: &str, after: &str) -> Said {
        let start = sentence.find(number).unwrap();
        let clause = (0, sentence.len());
        Said::of(&Words {
            sentence: sentence.to_owned(),
            start,
            end: start + number.len(),
            clause,
            after: after.to_owned(),
        })
    }

    #[test]
    fn a_plan_is_no_result() {
        assert!(said("Tỉnh phấn đấu thu ngân sách 7.000 tỷ đồng.", "7.000", "").target);
        assert!(said("Kế hoạch năm 2024 là trồng 500 ha rừng.", "500", "").target);
        assert!(!said("Tỉnh thu ngân sách 7.000 tỷ đồng, vượt dự toán được giao.", "7.000", "").target);
        assert!(!said("Theo Sở Kế hoạch và Đầu tư, vốn FDI đạt 90 triệu USD.", "90", "").target);
    }

    #[test]
    fn a_correction_says_so_before_or_after_the_number() {
        assert!(said("Theo số liệu điều chỉnh, tỉnh có 120 hộ nghèo.", "120", "").revised);
        assert!(said("Tỉnh có 120 hộ nghèo.", "120", " Con số này đã được cập nhật.").revised);
        assert!(!said("Tỉnh có 120 hộ nghèo.", "120", " Quy hoạch cũng đã được điều chỉnh.").revised);
        let early = said("Thu ngân sách ước đạt 120 tỷ đồng.", "120", "");
        assert!(early.preliminary && early.forecast && !early.revised);
    }
}
