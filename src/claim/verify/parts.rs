//! Parts against their total: "tổng số 31 ca, gồm 25 ca nội địa và 6 ca nhập cảnh"; shares that make up the whole.
//!
//! A list need not be complete and its groups may overlap ("trong đó 25 nữ, 20 người trên 60 tuổi"), so only the words
//! that promise a partition (gồm, bao gồm, còn lại, lần lượt) make a sum that is too small an error.

use rust_decimal::Decimal;

use super::interval::Written;
use super::judge::{Question, judge, verdict};
use super::scene::{Scene, ends_with, has, same_thing, same_unit, starts_with};
use super::written::{shown, vietnamese};
use super::{Check, Verdict};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind, Modifier};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    let mut at = 0;
    while at < scene.claims.len() {
        let sentence = scene.sentence(at);
        for total in sentence.clone() {
            out.extend(parts_of(scene, total, sentence.end).or_else(|| remainder(scene, total, &sentence)));
        }
        out.extend(shares(scene, sentence.clone()));
        at = sentence.end.max(at + 1);
    }
}

/// How a list is announced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    /// gồm, bao gồm: the whole, part by part.
    Whole,
    /// trong đó: some of the parts, perhaps.
    Some,
    /// trong số: only "còn lại" makes it a partition.
    Counted,
}

fn parts_of(scene: &Scene<'_>, at: usize, end: usize) -> Option<Check> {
    let total = scene.claim(at)?;
    if !matches!(total.kind, Kind::Count | Kind::Money | Kind::Measurement) || total.value_max.is_some() {
        return None;
    }
    // "Tổng số 31 ca. Trong đó, …": the list may fill the next sentence.
    let next = at + 1 == end;
    let end = if next { scene.sentence(at + 1).end } else { end };
    let first = scene.words(at, at + 1).filter(|gap| gap.len() <= 200)?;
    let opens = ["Trong đó", "Gồm", "Bao gồm"].iter().any(|cue| starts_with(scene.before(at + 1), cue));
    let announced =
        if next { opens.then(|| list(first)).flatten()? } else { list(first).or_else(|| counted(scene, at))? };
    let (parts, rest) = items(scene, total, at, end)?;
    let written: Vec<Written> = parts.iter().map(|&part| scene.written(part)).collect::<Option<_>>()?;
    let reported = scene.written(at)?;
    let sum = written.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))?;
    let equation = Equation::Sum(written);
    let partition = rest || (announced == List::Whole && (sum > reported.value || !continues(scene, total, at, end)));
    let summed = ["tổng số", "tổng cộng", "tổng", "Tổng số", "Tổng cộng"].iter().any(|cue| has(scene.before(at), cue));
    let over = summed && announced != List::Counted && sum > reported.value && !overlapping(scene, &parts);
    let certain = partition || over;
    // "tối thiểu 10,8 triệu tấn" allows any sum above: only its own says something.
    let bound = matches!(reported.hedge, Some(Modifier::AtLeast | Modifier::AtMost | Modifier::LessThan));
    if bound && sum != reported.value {
        return None;
    }
    // A list of some of the parts that does not reach the total is no news.
    if !certain && verdict(&equation, &reported)? != Verdict::Consistent {
        return None;
    }
    let claims = std::iter::once(at).chain(parts).collect();
    judge(Question { rule: "parts_of_total", equation, reported, claims, certain }, scene.text)
}

/// "Có 2.790 hộ phải di dời, đã di dời 2.407 hộ, còn 383 hộ": what is done and what is left, and nothing else.
fn remainder(scene: &Scene<'_>, at: usize, sentence: &std::ops::Range<usize>) -> Option<Check> {
    if *sentence != (at..at + 3) {
        return None;
    }
    let (total, done, left) = (scene.claim(at)?, scene.claim(at + 1)?, scene.claim(at + 2)?);
    let alike =
        |c: &Claim| c.kind == total.kind && c.unit == total.unit && c.value_max.is_none() && c.reference.is_none();
    let counted = matches!(total.kind, Kind::Count | Kind::Money) && total.value_max.is_none();
    let (first, second) = (scene.between(at, at + 1)?, scene.between(at + 1, at + 2)?);
    let told = has(first, "đã") && ["còn", "còn lại", "hiện còn"].contains(&super::scene::tail(second));
    let plain = |gap: &str| gap.len() <= 100 && !gap.contains([';', '(', ')', ':']);
    if !counted || !alike(done) || !alike(left) || !told || !plain(first) || !plain(second) {
        return None;
    }
    let equation = Equation::Sum(vec![scene.written(at + 1)?, scene.written(at + 2)?]);
    let (reported, claims) = (scene.written(at)?, vec![at, at + 1, at + 2]);
    judge(Question { rule: "parts_of_total", equation, reported, claims, certain: true }, scene.text)
}

/// The parts behind a total, and whether the last of them is what is left ("còn lại").
fn items(scene: &Scene<'_>, total: &Claim, at: usize, end: usize) -> Option<(Vec<usize>, bool)> {
    let mut parts = Vec::new();
    let (mut rest, mut depth, mut base) = (false, 0_i32, 0_i32);
    for part in at + 1..end {
        let gap = scene.words(part - 1, part)?;
        let later = part > at + 1;
        // A second list inside the first, or another subject, ends it.
        if later && (list(gap).is_some() || gap.contains(['\n', ':']) || has(gap, "riêng") || has(gap, "trong khi")) {
            return None;
        }
        depth += brackets(gap);
        if !later {
            base = depth.max(0);
        }
        if depth > base {
            continue;
        }
        let claim = scene.claim(part)?;
        let part_like = claim.kind == total.kind && claim.value_max.is_none() && claim.reference.is_none();
        if !part_like || !same_thing(&claim.unit, &total.unit) {
            return None;
        }
        rest |= has(gap, "còn lại") && !has(gap, "số còn lại");
        parts.push(part);
    }
    (parts.len() >= 2).then_some((parts, rest))
}

/// "Trong số 31 hộ, 25 hộ đã ký, còn lại 6 hộ".
fn counted(scene: &Scene<'_>, at: usize) -> Option<List> {
    let before = scene.before(at);
    ["Trong số", "Trong tổng số", "trong số", "trong tổng số"]
        .iter()
        .any(|cue| ends_with(before, cue))
        .then_some(List::Counted)
}

/// Whether the list may go on where no claim of the sentence shows it: "…; một ca tử vong. Ngoài ra, 2 ca …".
pub(super) fn continues(scene: &Scene<'_>, total: &Claim, at: usize, end: usize) -> bool {
    // "giai đoạn một 600 tỷ đồng" numbers its part.
    let more = |words: &str| {
        let words = words.trim_end().strip_suffix(" một").unwrap_or(words);
        ["một", "1", "khác", "ngoài ra"].iter().any(|word| has(words, word))
    };
    let one = (at..end).any(|i| more(scene.after(i)));
    let next = scene.claim(end).is_some_and(|next| {
        next.kind == total.kind && same_unit(&next.unit, &total.unit) && next.span.start - total.span.end < 1000
    });
    let last = scene.claim(end.saturating_sub(1)).map_or(0, |claim| claim.sentence.end as usize);
    let following = scene.text.get(last..).unwrap_or_default();
    one || next || ["Ngoài ra", "Bên cạnh đó", "Cùng với đó", "Đồng thời"].iter().any(|cue| starts_with(following, cue))
}

/// How the words announce a list.
fn list(gap: &str) -> Option<List> {
    if ["gồm", "Gồm", "Bao gồm"].iter().any(|cue| has(gap, cue)) {
        Some(List::Whole)
    } else if has(gap, "trong đó") || has(gap, "Trong đó") {
        Some(List::Some)
    } else {
        None
    }
}

fn brackets(gap: &str) -> i32 {
    gap.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// Whether the parts are described by traits that one person can have two of.
pub(super) fn overlapping(scene: &Scene<'_>, parts: &[usize]) -> bool {
    const TRAITS: &[&str] = &[
        "nữ",
        "nam",
        "trẻ em",
        "tuổi",
        "dân tộc",
        "nặng",
        "nghèo",
        "trong nước",
        "trẻ",
        "người già",
        "phụ nữ",
        "học sinh",
        "cấp",
        "từng",
        "đồng thời",
    ];
    parts.iter().any(|&part| TRAITS.iter().any(|word| has(scene.after(part), word)))
}

/// "60% là nam, còn lại 40% là nữ": shares that promise to be all.
fn shares(scene: &Scene<'_>, sentence: std::ops::Range<usize>) -> Option<Check> {
    let last = sentence.end.checked_sub(1)?;
    if sentence.len() < 2 || !sentence.clone().all(|at| scene.claim(at).is_some_and(is_share)) {
        return None;
    }
    let gap = scene.between(last - 1, last)?;
    let closed = ["còn lại", "còn lại là", "phần còn lại"].iter().any(|cue| ends_with(gap, cue));
    let plain = sentence
        .clone()
        .skip(1)
        .all(|at| scene.between(at - 1, at).is_some_and(|gap| !gap.contains([';', '(', ':']) && !has(gap, "trong đó")));
    let one = sentence.clone().all(|at| scene.claim(at).map(|c| c.statement) == scene.claim(last).map(|c| c.statement));
    let of_the_rest = has(gap, "số còn lại") || has(gap, "trong phần còn lại");
    if !closed || !plain || of_the_rest {
        return None;
    }
    let shares = sentence.clone().map(|at| scene.written(at)).collect::<Option<Vec<_>>>()?;
    let whole = Written::bare(Decimal::ONE_HUNDRED, true);
    let told = shares.iter().map(|share| shown(share, scene.text)).collect::<Vec<_>>().join(" + ");
    let question = Question {
        rule: "shares_sum",
        equation: Equation::Sum(shares),
        reported: whole,
        claims: sentence.collect(),
        certain: one,
    };
    let mut check = judge(question, scene.text)?;
    let sum = check.computed.map(vietnamese).unwrap_or_default();
    let holds =
        if check.verdict == Verdict::Inconsistent { "không khớp" } else { "khớp khi tính cả làm tròn" };
    check.explanation = format!("{told} = {sum} %, cộng lại phải là 100 %: {holds}.");
    Some(check)
}

fn is_share(claim: &Claim) -> bool {
    claim.kind == Kind::Percentage && claim.reference.as_ref().is_none_or(|r| r.role == crate::claim::Role::Whole)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::{assert_verdicts, only};

    #[test]
    fn what_is_done_and_what_is_left_make_the_total() {
        assert_verdicts(
            "parts_of_total",
            &[
                ("Có [790|count|hộ] cần dời, đã dời [407|count|hộ], còn [383|count|hộ].", Some(Consistent)),
                ("Có [790|count|hộ] cần dời, đã dời [407|count|hộ], còn [338|count|hộ].", Some(Inconsistent)),
                ("Có [790|count|hộ] cần dời, đã dời [407|count|hộ] và còn [338|count|người].", None),
                ("Cần ít nhất [10|count|tàu|mod=at_least], trong đó có [3|count|tàu] lớn, [9|count|tàu] nhỏ.", None),
            ],
        );
    }

    #[test]
    fn a_partition_sums_to_its_total() {
        assert_verdicts(
            "parts_of_total",
            &[
                ("Tổng số [31|count|ca mắc], gồm [25|count|ca] nội địa và [6|count|ca] nhập cảnh.", Some(Consistent)),
                ("Tổng số [31|count|ca mắc], gồm [25|count|ca] nội địa và [7|count|ca] nhập cảnh.", Some(Inconsistent)),
                (
                    "Tổng số [31|count|ca mắc]; trong đó [25|count|ca] nội địa và [6|count|ca] nhập cảnh.",
                    Some(Consistent),
                ),
                (
                    "Tổng số [31|count|ca mắc]; trong đó [25|count|ca] nội địa và [16|count|ca] nhập cảnh.",
                    Some(Inconsistent),
                ),
                (
                    "Vốn [1.250 tỷ đồng|money|VND], gồm [1.000 tỷ đồng|money|VND] trung ương và [250 tỷ đồng|money|VND] địa phương.",
                    Some(Consistent),
                ),
                (
                    "Vốn [1.250 tỷ đồng|money|VND], gồm [1.000 tỷ đồng|money|VND] trung ương và [520 tỷ đồng|money|VND] địa phương.",
                    Some(Inconsistent),
                ),
                ("Có [31|count|hộ], trong đó [25|count|hộ] đã ký, còn lại [6|count|hộ] chưa ký.", Some(Consistent)),
                ("Có [31|count|hộ], trong đó [25|count|hộ] đã ký, còn lại [5|count|hộ] chưa ký.", Some(Inconsistent)),
                (
                    "Vốn [1,3 tỷ đồng|money|VND] gồm [0,84 tỷ đồng|money|VND] của tỉnh và [0,43 tỷ đồng|money|VND] của xã.",
                    Some(Consistent),
                ),
            ],
        );
    }

    #[test]
    fn a_list_may_fill_the_next_sentence_or_name_the_rest() {
        assert_verdicts(
            "parts_of_total",
            &[
                (
                    "Tổng số có [31|count|ca mắc] mới. Trong đó, [25|count|ca] nội địa, [6|count|ca] nhập cảnh.",
                    Some(Consistent),
                ),
                (
                    "Tổng số có [31|count|ca mắc] mới. Trong đó, [25|count|ca] nội địa, còn lại [9|count|ca] nhập cảnh.",
                    Some(Inconsistent),
                ),
                ("Tổng số có [31|count|ca mắc] mới. Hôm qua [25|count|ca] nội địa, [6|count|ca] nhập cảnh.", None),
                ("Trong số [31|count|hộ], [25|count|hộ] đã ký, còn lại [6|count|hộ].", Some(Consistent)),
                ("Trong số [31|count|hộ], [25|count|hộ] đã ký, còn lại [16|count|hộ].", Some(Inconsistent)),
                ("Trong số [31|count|hộ], [25|count|hộ] nghèo, [16|count|hộ] ở xa.", None),
            ],
        );
    }

    #[test]
    fn a_list_that_goes_on_is_silent() {
        assert_verdicts(
            "parts_of_total",
            &[
                (
                    "Hủy [12|count|chuyến] gồm [7|count|chuyến] đi và [3|count|chuyến] về. Ngoài ra, [2|count|chuyến] tối cũng hủy.",
                    None,
                ),
                ("Hủy [12|count|chuyến] gồm [7|count|chuyến] đi, [3|count|chuyến] về và một chuyến vòng.", None),
                (
                    "Hủy [12|count|chuyến] gồm [7|count|chuyến] đi, [3|count|chuyến] về. Ngoài ra còn hoãn nhiều chuyến.",
                    None,
                ),
                ("Hủy [12|count|chuyến] gồm [7|count|chuyến] đi, [3|count|chuyến] về.", Some(Inconsistent)),
            ],
        );
    }

    #[test]
    fn a_partial_or_overlapping_list_is_silent() {
        assert_verdicts(
            "parts_of_total",
            &[
                ("Tổng số [31|count|ca mắc]; trong đó [15|count|ca] ở huyện A và [6|count|ca] ở huyện B.", None),
                ("Tổng số [10|count|người] chết, trong đó [6|count|người] là nữ, [5|count|người] là trẻ em.", None),
                ("Có [31|count|ca mắc], trong đó [25|count|ca] ở huyện A, [16|count|ca] ở huyện B.", None),
                (
                    "Tổng số khoảng [30|count|ca mắc|mod=approximately], gồm [25|count|ca] nội địa và [9|count|ca] nhập cảnh.",
                    None,
                ),
                ("Tổng số [31|count|hộ], gồm [25|count|thôn] và [6|count|tổ].", None),
                ("Tổng số [31|count|hộ], gồm [25|count|hộ] nghèo.", None),
            ],
        );
    }

    #[test]
    fn brackets_inside_a_list_are_no_parts() {
        assert_verdicts(
            "parts_of_total",
            &[(
                "Tổng số [31|count|ca mắc], gồm [25|count|ca] nội địa ([20|count|ca] ở phố) và [6|count|ca] nhập cảnh.",
                Some(Consistent),
            )],
        );
    }

    #[test]
    fn shares_with_a_rest_make_a_hundred() {
        assert_verdicts(
            "shares_sum",
            &[
                ("Có [60%|percentage] là nam, còn lại [40%|percentage] là nữ.", Some(Consistent)),
                ("Có [60%|percentage] là nam, còn lại [30%|percentage] là nữ.", Some(Inconsistent)),
                (
                    "Có [33,3%|percentage] ở A, [33,3%|percentage] ở B, còn lại [33,3%|percentage] ở C.",
                    Some(Consistent),
                ),
                ("Có [60%|percentage] là nam, trong số còn lại [50%|percentage] là nữ.", None),
                ("Có [60%|percentage] là nam, [30%|percentage] là nữ.", None),
                ("Có gần [60%|percentage|mod=nearly] là nam, còn lại [30%|percentage] là nữ.", None),
            ],
        );
        let told = only("Có [60%|percentage] là nam, còn lại [30%|percentage] là nữ.", "shares_sum").explanation;
        assert_eq!(told, "60 % + 30 % = 90 %, cộng lại phải là 100 %: không khớp.");
    }
}
