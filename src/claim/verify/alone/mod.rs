//! Sentences whose numbers can only belong together: "Rà soát 836 căn nhà, 214 căn trong đó phải gia cố, tức 25,6%" says
//! a whole, a part and its share, however it is worded.
//!
//! The other rules need words that tie two numbers. Here it is their company: a clause with two amounts of one thing and
//! one figure that two such amounts determine, and no other number. Company alone proves little, so a mismatch is an
//! error only where one slip of those that newsrooms make explains it (`slip.rs`); an agreement is told as it is.

mod levels;
mod spread;
mod sums;

use super::interval::Written;
use super::judge::{Question, likely};
use super::scene::{Scene, ends_with, has, same_thing, same_unit, starts_with};
use super::{Check, Verdict};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Direction, Kind, Modifier, Role};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    let mut taken = vec![false; scene.claims.len()];
    for &at in out.iter().filter(|check| check.verdict != Verdict::Implied).flat_map(|check| &check.claims) {
        if let Some(taken) = taken.get_mut(at) {
            *taken = true;
        }
    }
    let mut told = vec![false; scene.claims.len()];
    let before = out.len();
    let mut at = 0;
    while at < scene.claims.len() {
        let sentence = scene.sentence(at);
        at = sentence.end.max(at + 1);
        let Some(whole) = figures(scene, sentence) else { continue };
        let free = |group: &[usize]| !group.iter().any(|&i| taken.get(i).copied().unwrap_or(true));
        let found: Vec<Check> = match Some(&whole).filter(|group| free(group)).and_then(|group| of_group(scene, group))
        {
            Some(check) => vec![check],
            None => clauses(scene, &whole)
                .into_iter()
                .filter(|clause| clause.len() < whole.len() && free(clause))
                .filter_map(|clause| of_clause(scene, &clause))
                .collect(),
        };
        for check in found {
            for &i in &check.claims {
                if let Some(told) = told.get_mut(i) {
                    *told = true;
                }
            }
            out.push(check);
        }
    }
    // What would follow from some of the numbers is no news where all of them are compared.
    if out.len() > before {
        let news = |check: &Check| !check.claims.iter().all(|&i| told.get(i).copied().unwrap_or(false));
        out.retain(|check| check.verdict != Verdict::Implied || news(check));
    }
}

/// The figures of a sentence; times, ages and places in an order are none. Nothing where they are too many to belong
/// together, or one of them is a range or a bound.
fn figures(scene: &Scene<'_>, sentence: std::ops::Range<usize>) -> Option<Vec<usize>> {
    if sentence.len() > 16 {
        return None;
    }
    let figure = |&at: &usize| {
        !matches!(
            scene.claim(at).map(|claim| claim.kind),
            None | Some(Kind::Duration | Kind::Age | Kind::Rank | Kind::Score)
        )
    };
    let all = sentence.clone();
    let figures: Vec<usize> = sentence.filter(figure).collect();
    // "9 năm tù về tội này, 3 năm tù về tội kia, tổng hợp hình phạt là 12 năm tù": times alone can add up.
    let timed = figures.is_empty()
        && all.len() >= 3
        && all.clone().all(|at| scene.claim(at).is_some_and(|claim| claim.kind == Kind::Duration));
    let figures = if timed { all.collect() } else { figures };
    // A bound allows too much.
    let free = |claim: &Claim| matches!(claim.modifier, None | Some(Modifier::Approximately));
    let single = |&at: &usize| scene.claim(at).is_some_and(|claim| claim.value_max.is_none() && free(claim));
    (figures.len() >= 2 && figures.iter().all(single)).then_some(figures)
}

/// Those of each clause that ';' sets off.
fn clauses(scene: &Scene<'_>, figures: &[usize]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new()];
    for (i, &at) in figures.iter().enumerate() {
        let apart = i.checked_sub(1).and_then(|before| scene.words(figures[before], at));
        if apart.is_some_and(|words| words.contains([';', '\n'])) {
            out.push(Vec::new());
        }
        if let Some(clause) = out.last_mut() {
            clause.push(at);
        }
    }
    out
}

fn of_group(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    of_clause(scene, group).or_else(|| if group.len() <= 7 { sums::whole(scene, group) } else { None })
}

/// A list may go on behind ';', so that a clause alone has no total.
fn of_clause(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    match *group {
        [first, second] => ratio(scene, first, second),
        [a, b, c] => [(a, b, c), (a, c, b), (b, c, a)]
            .into_iter()
            .find_map(|(a, b, result)| determined(scene, a, b, result))
            .or_else(|| spread::checks(scene, group)),
        _ => None,
    }
    .or_else(|| if (2..=6).contains(&group.len()) { sums::hundred(scene, group) } else { None })
}

/// What two amounts `a` and `b`, in the order of the text, determine.
fn determined(scene: &Scene<'_>, a: usize, b: usize, result: usize) -> Option<Check> {
    let (first, last) = (a.min(result), b.max(result));
    let clauses = scene.words(first, last).is_none_or(|words| words.contains(';'));
    match scene.claim(result)?.kind {
        Kind::Change if clauses && !levels::now(scene, b) => None,
        Kind::Multiple | Kind::Rate | Kind::Money if clauses => None,
        Kind::Percentage | Kind::TargetPercentage => share(scene, a, b, result),
        Kind::Change => levels::change(scene, a, b, result)
            .or_else(|| excess(scene, a, b, result))
            .or_else(|| levels::difference(scene, a, b, result)),
        Kind::Multiple => levels::multiple(scene, a, b, result),
        Kind::Rate | Kind::Money => levels::difference(scene, a, b, result),
        _ => None,
    }
}

/// "Giao kết nạp 120 hội viên, đã kết nạp 138 hội viên, vượt 15% chỉ tiêu": over what was to be reached.
fn excess(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> Option<Check> {
    let (planned, done, over) = (scene.claim(a)?, scene.claim(b)?, scene.claim(at)?);
    let told = at > b
        && over.unit == "%"
        && over.direction == Some(Direction::Increase)
        && ends_with(&lead(scene, at), "vượt");
    let alike = is_amount(planned) && planned.kind == done.kind && same_thing(&planned.unit, &done.unit);
    if !told || !alike || !any(&lead(scene, a), TARGETS) || any(&lead(scene, b), TARGETS) {
        return None;
    }
    let equation = Equation::Growth { from: scene.written(a)?, to: scene.written(b)? };
    let (reported, claims) = (scene.written(at)?, vec![a, b, at]);
    likely(Question { rule: "excess_over_target", equation, reported, claims, certain: false }, scene.text)
}

/// The words that lead to a claim, in small letters.
fn lead(scene: &Scene<'_>, at: usize) -> String {
    scene.before(at).to_lowercase()
}

/// Whether one of the words stands in `text`.
fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| has(text, word))
}

/// An amount that parts, shares and differences can be taken of.
fn is_amount(claim: &Claim) -> bool {
    matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Duration)
}

/// Whether `part` can be a part of `whole`: people are "người", anything a "trường hợp".
fn part_like(part: &Claim, whole: &Claim) -> bool {
    let anyone = ["người", "em", "cháu"].contains(&part.unit.as_str()) && people(&whole.unit);
    let anything = ["trường hợp", "ca", "cái", "chiếc"].contains(&part.unit.as_str());
    let kind = whole.unit == "người" && people(&part.unit);
    part.kind == whole.kind
        && (same_thing(&part.unit, &whole.unit) || part.kind == Kind::Count && (anyone || anything || kind))
}

/// Whether a counted noun is one of people.
fn people(unit: &str) -> bool {
    const SIGNS: &[&str] = &[
        "viên",
        "niên",
        "sĩ",
        "khách",
        "dân",
        "nhân",
        "sinh",
        "người",
        "phụ nữ",
        "trẻ",
        "em",
        "cán bộ",
        "thủ",
        "đội",
        "trưởng",
        "dưỡng",
        "thợ",
        "phó",
    ];
    any(unit, SIGNS)
}

const SHARING: &[&str] = &[
    "chiếm",
    "đạt",
    "tỷ lệ",
    "tỉ lệ",
    "bằng",
    "tương đương",
    "tương ứng",
    "ứng với",
    "tức",
    "tức là",
    "hay",
    "hoàn thành",
    "công suất",
    "công suất sử dụng",
];

/// Words after which a percentage is of something else.
const OTHERWISE: &[&str] =
    &["lãi suất", "thuế", "thuế suất", "tăng", "giảm", "so với", "cùng kỳ", "tăng trưởng", "thị phần", "lạm phát"];

/// Whether the words before a percentage (or, where it comes first, those behind) tie it to the amounts.
fn tied(scene: &Scene<'_>, percentage: usize, first: usize) -> bool {
    let own = lead(scene, percentage);
    if any(&own, OTHERWISE) {
        return false;
    }
    if percentage < first {
        let behind = scene.words(percentage, first).unwrap_or_default();
        return behind.trim_end().ends_with('(')
            || behind.starts_with(':')
            || any(behind, &["cụ thể", "tức", "tương ứng", "tương đương"])
            || with_its_whole(scene, first);
    }
    // "chiếm 30% dân số toàn huyện": of another whole.
    let behind = scene.after(percentage).trim_start();
    let closed = behind.is_empty()
        || ["của", "trong", "của tổng số", "trong tổng số", "trên tổng số"].contains(&behind.trim_end())
        || OF_IT.iter().any(|word| starts_with(behind, word))
        || behind.starts_with([',', '.', ')', ';', ':'])
        || ["tổng số", "kế hoạch", "mục tiêu", "dự toán", "chỉ tiêu"].iter().any(|word| behind.starts_with(word));
    closed && (own.trim_end().ends_with('(') || any(&own, SHARING))
}

/// Words behind a share that speak of the whole just named: "đạt 67,5% khối lượng", "bằng 85% số thu".
const OF_IT: &[&str] =
    &["số", "khối lượng", "diện tích", "quãng đường", "giá trị", "công suất", "nghĩa vụ", "dung tích"];

/// "1.743 chỗ đã có người ở trên tổng số 1.900 chỗ": the two amounts are tied to each other.
fn with_its_whole(scene: &Scene<'_>, first: usize) -> bool {
    let between = scene.words(first, first + 1).unwrap_or_default().to_lowercase();
    between.len() <= 80 && ["trên tổng số", "trong tổng số"].iter().any(|cue| ends_with(&between, cue))
}

/// "92,7% vận động viên về đích, cụ thể là 3.908/4.215 người": a ratio and its percentage.
fn ratio(scene: &Scene<'_>, first: usize, second: usize) -> Option<Check> {
    let (ratio, percentage) = if scene.claim(first)?.kind == Kind::Ratio { (first, second) } else { (second, first) };
    let (held, share) = (scene.claim(ratio)?, scene.claim(percentage)?);
    let whole = Written::denominator(held)?;
    // "2/3 số hộ" is a way of speaking.
    let base = share.reference.as_ref().is_some_and(|reference| reference.role != Role::Whole);
    let plain = share.kind == Kind::Percentage && !base && whole.value >= 10.into();
    if held.kind != Kind::Ratio || !plain || !tied(scene, percentage, ratio) {
        return None;
    }
    let equation = Equation::Share { part: scene.written(ratio)?, whole };
    let claims = vec![first, second];
    likely(
        Question { rule: "part_of_whole", equation, reported: scene.written(percentage)?, claims, certain: false },
        scene.text,
    )
}

/// Words that announce what was to be reached.
const TARGETS: &[&str] = &[
    "kế hoạch",
    "chỉ tiêu",
    "dự toán",
    "mục tiêu",
    "được giao",
    "giao",
    "phải đạt",
    "kế hoạch vốn",
    "phấn đấu",
    "đề ra",
    "đặt ra",
];

/// "Khảo sát 2.310 khách hàng cho thấy 1.764 người hài lòng, chiếm 76,4%"; "kế hoạch là 840 tỷ đồng, đã làm 612 tỷ đồng,
/// hoàn thành 72,9%".
fn share(scene: &Scene<'_>, a: usize, b: usize, at: usize) -> Option<Check> {
    let (one, other, percentage) = (scene.claim(a)?, scene.claim(b)?, scene.claim(at)?);
    let baseline = percentage.reference.as_ref().is_some_and(|reference| reference.role == Role::Baseline);
    if !is_amount(one) || one.kind != other.kind || baseline || !tied(scene, at, a) {
        return None;
    }
    let between = scene.words(a, b)?.to_lowercase();
    // "… được giao, số thu 931 tỷ đồng": the words behind the comma are its own.
    let own = |at: usize| lead(scene, at).rsplit([',', ';']).next().is_some_and(|words| any(words, TARGETS));
    // "hoàn thành 112% kế hoạch, tức 560 tỷ đồng so với 500 tỷ đồng đặt ra": the plan before is the percentage's.
    let set = |i: usize| ["đặt ra", "đề ra", "được giao"].iter().any(|word| starts_with(scene.after(i), word));
    let target = |i: usize| own(i) || set(i) || i == a && at > a && any(&lead(scene, i), TARGETS);
    let (rule, whole) = match (target(a), target(b)) {
        (true, false) => ("target_reached", a),
        (false, true) => ("target_reached", b),
        // "giải ngân 148 tỷ đồng/185 tỷ đồng"
        _ if between.trim() == "/" => ("target_reached", b),
        _ if percentage.kind == Kind::TargetPercentage => return None,
        _ => {
            let second = ["trên", "trên tổng số", "trong số", "trong tổng số", "trong tổng"]
                .iter()
                .any(|cue| ends_with(&between, cue));
            let opening = lead(scene, a);
            let first = !second
                && (any(&between, &["trong đó", "thì"])
                    || ["trong", "trong số", "trong tổng số"].iter().any(|cue| ends_with(&opening, cue)));
            let larger = if one.value > other.value { a } else { b };
            // "375 triệu m3, đạt 75% dung tích thiết kế 500 triệu m3"
            let named = (a..b).contains(&at)
                && scene.words(at, b).is_some_and(|words| words.len() <= 48 && !words.contains([',', ';', '(']));
            let whole = if second || named {
                b
            } else if first {
                a
            } else {
                larger
            };
            ("part_of_whole", whole)
        }
    };
    let part = if whole == a { b } else { a };
    let alike = if one.kind == Kind::Count {
        part_like(scene.claim(part)?, scene.claim(whole)?) || whole == b && with_its_whole(scene, a)
    } else {
        same_unit(&one.unit, &other.unit)
    };
    if !alike {
        return None;
    }
    let equation = Equation::Share { part: scene.written(part)?, whole: scene.written(whole)? };
    let mut claims = vec![a, b, at];
    claims.sort_unstable();
    likely(Question { rule, equation, reported: scene.written(at)?, claims, certain: false }, scene.text)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn a_whole_its_part_and_their_share_agree_or_not_however_they_are_worded() {
        assert_verdicts(
            "part_of_whole",
            &[
                ("Hỏi [2.310|count|khách], [1.764|count|người] hài lòng, chiếm [76,36%|percentage].", Some(Consistent)),
                (
                    "Hỏi [2.310|count|khách], [1.764|count|người] hài lòng, chiếm [73,66%|percentage].",
                    Some(Inconsistent),
                ),
                ("Có [92,7%|percentage] về đích, cụ thể là [3.908/4.215|ratio|người].", Some(Consistent)),
                ("Có [97,2%|percentage] về đích, cụ thể là [3.908/4.215|ratio|người].", Some(Inconsistent)),
                // No slip explains it: something else is meant.
                ("Hỏi [2.310|count|khách], [1.764|count|người] hài lòng, chiếm [11,52%|percentage].", None),
                ("Vay [300 tỷ đồng|money|VND] trên [500 tỷ đồng|money|VND], lãi suất [6,1%|percentage].", None),
            ],
        );
    }

    #[test]
    fn what_was_planned_and_what_was_done_agree_or_not() {
        assert_verdicts(
            "target_reached",
            &[
                (
                    "Kế hoạch năm là [840 tỷ đồng|money|VND], nay được [612 tỷ đồng|money|VND], hoàn thành [72,9%|percentage].",
                    Some(Consistent),
                ),
                (
                    "Kế hoạch năm là [840 tỷ đồng|money|VND], nay được [612 tỷ đồng|money|VND], hoàn thành [79,2%|percentage].",
                    Some(Inconsistent),
                ),
                (
                    "Hoàn thành [112%|target_percentage] kế hoạch, tức [560 tỷ đồng|money|VND] so với [500 tỷ đồng|money|VND] đặt ra.",
                    Some(Consistent),
                ),
            ],
        );
    }
}
