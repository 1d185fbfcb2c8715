//! Amounts of one thing that add up: "Huyện có 31 trường mầm non, 27 trường tiểu học, 19 trường trung học; tổng cộng 77
//! trường"; "nông nghiệp 21,4%, công nghiệp 36,8%, dịch vụ 41,8%".

use rust_decimal::Decimal;

use super::super::interval::Written;
use super::super::judge::{Question, judge, likely, verdict};
use super::super::parts::{continues, overlapping};
use super::super::scene::{Scene, ends_with, has, same_thing, same_unit};
use super::super::written::{shown, vietnamese};
use super::{any, is_amount, lead, people};
use crate::claim::equation::Equation;
use crate::claim::verify::{Check, Verdict};
use crate::claim::{Claim, Kind};

/// A total and all of its parts, first or last in their clause.
pub(super) fn whole(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    let claim = |at: usize| scene.claim(at);
    // "305 tấn gạo cho ba huyện: …": how many parts there are is no part.
    let odd = group.iter().copied().find(|&at| {
        let number = Decimal::from(group.len().saturating_sub(2));
        let other = |one: &Claim, c: &Claim| c.kind != Kind::Count || c.unit != one.unit && one.value == number;
        let same =
            group.iter().filter(|&&i| i != at).all(|&i| claim(i).zip(claim(at)).is_some_and(|(c, one)| other(one, c)));
        claim(at).is_some_and(|c| c.kind == Kind::Count) && same
    });
    let members: Vec<usize> = group.iter().copied().filter(|&at| Some(at) != odd).collect();
    let (&first, &last) = (members.first()?, members.last()?);
    if members.len() < 3 || !members.iter().all(|&at| claim(at).is_some_and(|c| is_amount(c) && c.reference.is_none()))
    {
        return None;
    }
    const TOTAL: &[&str] = &["tổng cộng", "cộng lại", "tổng số", "tổng", "cả thảy", "tất cả"];
    let end = lead(scene, last);
    // "27 phường và 14 xã, tất cả 41 đơn vị": whatever they are.
    let all_told = ["tổng cộng", "cộng lại", "cộng lại là", "tất cả", "cả thảy"].iter().any(|cue| ends_with(&end, cue));
    // "năm nay thêm 240 đàn thành 1.840 đàn"
    let added = members.len() == 3 && ends_with(&end, "thành") && any(&lead(scene, members[1]), &["thêm"]);
    const SUMMED: &[&str] = &[
        "tổng cộng",
        "cộng lại",
        "cộng dồn",
        "gộp lại",
        "tổng số",
        "tổng",
        "tất cả",
        "cả thảy",
        "tính ra",
        "vị chi",
        "tổng hợp hình phạt",
    ];
    // "nâng tổng số lên 31" counts others too.
    let more = any(&end, &["nâng", "đưa", "nâng tổng"]);
    // "giao được 1.386 khay, còn thiếu 214 khay so với 1.600 khay"
    let wanting = members.len() == 3
        && any(&lead(scene, members[1]), &["còn thiếu", "còn", "thiếu"])
        && ["so với", "trong tổng số", "trên tổng số"].iter().any(|cue| ends_with(&end, cue));
    let at_end = !more && (all_told || added || wanting || any(&end, SUMMED));
    let total = if at_end { last } else { first };
    let parts: Vec<usize> = members.iter().copied().filter(|&at| at != total).collect();
    let one = claim(total)?;
    if !parts.iter().all(|&part| adds(scene, part, one, all_told)) {
        return None;
    }
    let opening = scene.words(total, *parts.first()?).unwrap_or_default();
    let left = format!("{} {}", lead(scene, last), scene.after(last));
    let counted = odd.and_then(claim).is_some_and(|c| c.value == Decimal::from(parts.len()));
    let rest = parts.len() == 2 && any(&left, &["còn", "còn lại", "hiện còn", "vắng mặt", "còn thiếu", "còn nợ"]);
    let rest = rest || has(&lead(scene, last), "còn lại");
    let listed = any(opening, &["gồm", "bao gồm", "cụ thể", "trong số này", "chia ra", "chia thành", "chia làm"])
        || opening.contains(':') && !has(opening, "trong đó") && (total == first || any(&lead(scene, total), TOTAL));
    let sexes = any(scene.after(*parts.first()?), &["nam", "nữ", "sáng"])
        && any(scene.after(last), &["nam", "nữ", "chiều"])
        || any(&lead(scene, *parts.first()?), &["nam", "nữ", "sáng"])
            && any(&lead(scene, last), &["nam", "nữ", "chiều"]);
    // "bác sĩ, y sĩ, điều dưỡng...": not all of them; one figure of few digits is a slip away from any other.
    let open = scene.after(last).trim_end_matches(['"', '”']).trim_end().ends_with(['…', ','])
        || scene.after(last).contains("...");
    // A number between them that is no claim of its own ("ngoại ngữ 10") may be a part as well.
    let unread = || {
        let (from, to) = (total.min(first), total.max(last));
        let gaps = (from..to).filter_map(|at| scene.words(at, at + 1));
        gaps.chain([scene.after(last)]).any(|gap| gap.contains(|c: char| c.is_ascii_digit()))
    };
    let open = open || unread();
    let few = one.value < Decimal::TEN || continues(scene, one, total, scene.sentence(last).end);
    let all = (at_end || counted || rest || listed || wanting || sexes && parts.len() == 2) && !open && !few;
    let written = parts.iter().map(|&at| scene.written(at)).collect::<Option<Vec<_>>>()?;
    let sum = written.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))?;
    // One of the parts was forgotten in the total.
    // "84 ca, trong đó 61 ca ở phố, 17 ca ở làng và 6 ca ở đảo": three parts that do not overlap pass no whole.
    let over = parts.len() > 2
        && has(opening, "trong đó")
        && has(scene.words(parts[parts.len() - 2], last)?, "và")
        && !overlapping(scene, &parts)
        && sum > one.value;
    let all = all || (over || unlike(scene, &parts)) && !open && !few;
    let forgot = parts.len() > 2 && written.iter().any(|part| sum.checked_sub(part.value) == Some(one.value));
    let (equation, reported) = (Equation::Sum(written), scene.written(total)?);
    let fits = verdict(&equation, &reported)? != Verdict::Inconsistent;
    let forgot = forgot && !open && (all || has(opening, "trong đó"));
    if !fits && !all && !forgot {
        return None;
    }
    let mut claims = members;
    claims.sort_unstable();
    let question = Question { rule: "parts_of_total", equation, reported, claims, certain: true };
    if forgot { judge(question, scene.text) } else { likely(question, scene.text) }
}

/// "27 em biết bơi, 18 em chưa biết bơi": of two parts the second is what the first is not.
fn unlike(scene: &Scene<'_>, parts: &[usize]) -> bool {
    let [first, second] = *parts else { return false };
    let own = |at: usize| scene.after(at).trim_matches([' ', ',', '.', ';']);
    let unit = |at: usize| scene.claim(at).map_or("", |claim| claim.unit.as_str());
    let does = own(first).strip_prefix(unit(first)).unwrap_or_else(|| own(first)).trim();
    let not = own(second).strip_prefix(unit(second)).unwrap_or_else(|| own(second)).trim();
    let denied = ["chưa ", "không "].iter().find_map(|word| not.strip_prefix(word));
    denied.is_some_and(|words| does.len() >= 4 && (does == words || does == format!("đã {words}")))
}

/// Whether a part of that unit adds to a total of this one: "24 huấn luyện viên" to "223 người", but no "11 quốc gia".
fn adds(scene: &Scene<'_>, at: usize, total: &Claim, all_told: bool) -> bool {
    let Some(part) = scene.claim(at) else { return false };
    if part.kind != total.kind {
        return false;
    }
    if part.kind != Kind::Count {
        return same_unit(&part.unit, &total.unit);
    }
    let item = || {
        let own = scene.before(at).trim_end();
        own.ends_with([',', ':', ';', '('])
            || ["và", "gồm", "bao gồm", "cùng", "là", "có", "Có"].iter().any(|word| ends_with(own, word))
    };
    all_told
        || same_thing(&part.unit, &total.unit)
        // "1.274 ngôi nhà, gồm 86 nhà sập": with its classifier.
        || total.unit.strip_suffix(part.unit.as_str()).is_some_and(|rest| rest.ends_with(' '))
        || ["người", "em"].contains(&part.unit.as_str()) && people(&total.unit)
        || (total.unit == "người" || total.unit.starts_with("huy chương")) && item()
}

/// Shares that promise to be all there is.
pub(super) fn hundred(scene: &Scene<'_>, group: &[usize]) -> Option<Check> {
    let (&first, &last) = (group.first()?, group.last()?);
    let share = |at: &usize| scene.claim(*at).is_some_and(|c| c.kind == Kind::Percentage && c.modifier.is_none());
    if !group.iter().all(share) {
        return None;
    }
    let words = scene.words(first, last)?;
    let around = format!("{} {words} {}", lead(scene, first), scene.after(last)).to_lowercase();
    // "số còn lại (18%)" is the rest itself.
    let rest = ["số còn lại", "số còn lại là", "phần còn lại là"];
    let rest = rest.iter().any(|cue| ends_with(lead(scene, last).trim_end_matches(['(', ' ']), cue));
    let rest = rest && !has(&around, "trong số còn lại");
    if !rest && (has(&around, "số còn lại") || has(&around, "trong phần còn lại")) {
        return None;
    }
    let shares = shares_of(scene, group);
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.checked_add(share.value))?;
    let over = sum.checked_sub(Decimal::ONE_HUNDRED)?;
    let sexes = group.len() == 2 && has(&around, "nam") && has(&around, "nữ");
    let fine = shares.iter().any(|share| share.decimals > 0);
    // "rừng phòng hộ chiếm 38%, đặc dụng 21% và sản xuất 61% diện tích": shares of one whole cannot pass it.
    let joined = scene.words(*group.get(group.len() - 2)?, last)?;
    let split = group.len() > 2 && has(&lead(scene, first), "chiếm") && has(joined, "và") && over.is_sign_positive();
    let all = sexes && fine
        || split
        || any(&around, &["cơ cấu", "tỷ trọng", "tỉ trọng", "còn lại"])
        || group.len() > 2 && any(&around, &["gồm", "bao gồm"]);
    let exact = over.is_zero() && (all || group.len() > 2 && shares.iter().any(|share| share.decimals > 0));
    if !exact && (!all || !shares.iter().any(|share| slipped(share, over))) {
        return None;
    }
    let told = shares.iter().map(|share| shown(share, scene.text)).collect::<Vec<_>>().join(" + ");
    let (reported, claims) = (Written::bare(Decimal::ONE_HUNDRED, true), group.to_vec());
    let question = Question { rule: "shares_sum", equation: Equation::Sum(shares), reported, claims, certain: true };
    let mut check = judge(question, scene.text)?;
    let holds = if check.verdict == Verdict::Inconsistent { "không khớp" } else { "khớp" };
    check.explanation = format!("{told} = {} %, cộng lại phải là 100 %: {holds}.", vietnamese(sum.normalize()));
    Some(check)
}

fn shares_of(scene: &Scene<'_>, group: &[usize]) -> Vec<Written> {
    group.iter().filter_map(|&at| scene.written(at)).collect()
}

/// Whether the share less what is too much differs from it in one digit, or in two that change places.
fn slipped(share: &Written, over: Decimal) -> bool {
    let right = Written { value: share.value - over, ..share.clone() };
    if right.value.is_sign_negative() || right.value.is_zero() {
        return false;
    }
    let digits = |written: &Written| written.mantissa().map(|digits| digits.to_string().into_bytes());
    let (Some(wrong), Some(right)) = (digits(share), digits(&right)) else { return false };
    if wrong.len() != right.len() {
        return false;
    }
    let other: Vec<usize> = (0..wrong.len()).filter(|&i| wrong[i] != right[i]).collect();
    match other[..] {
        [_] => true,
        [i, j] => j == i + 1 && wrong[i] == right[j] && wrong[j] == right[i],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn a_total_and_all_its_parts_agree_or_not() {
        assert_verdicts(
            "parts_of_total",
            &[
                (
                    "Có [120|count|bộ đội], [85|count|công an] và [240|count|dân quân], tổng cộng [445|count|người].",
                    Some(Consistent),
                ),
                (
                    "Có [120|count|bộ đội], [85|count|công an] và [240|count|dân quân], tổng cộng [205|count|người].",
                    Some(Inconsistent),
                ),
                (
                    "Cấp [305 tấn|measurement|tấn] gạo cho [3|count|huyện]: A [145 tấn|measurement|tấn], B [98 tấn|measurement|tấn], C [62 tấn|measurement|tấn].",
                    Some(Consistent),
                ),
                ("Xã có [250|count|hộ], [120|count|hộ] trồng chè, [85|count|hộ] trồng quế.", None),
                (
                    "Có [212|count|hộ] ở [2|count|thôn] trên và [168|count|hộ] ở dưới, gộp lại [308|count|hộ].",
                    Some(Inconsistent),
                ),
                (
                    "Điều trị [84|count|ca], trong đó [61|count|ca] ở phố, [71|count|ca] ở làng và [6|count|ca] ở đảo.",
                    Some(Inconsistent),
                ),
                ("Lớp có [45|count|em], [27|count|em] biết bơi, [13|count|em] chưa biết bơi.", Some(Inconsistent)),
                ("Có [13|count|xã] sớm, [8|count|xã] đúng hạn, nâng tổng số lên [31|count|xã].", None),
            ],
        );
    }

    #[test]
    fn shares_of_a_structure_make_a_hundred() {
        assert_verdicts(
            "shares_sum",
            &[
                (
                    "Cơ cấu: nông nghiệp [21,4%|percentage], công nghiệp [36,8%|percentage], dịch vụ [41,8%|percentage].",
                    Some(Consistent),
                ),
                (
                    "Cơ cấu: nông nghiệp [21,4%|percentage], công nghiệp [36,8%|percentage], dịch vụ [48,1%|percentage].",
                    Some(Inconsistent),
                ),
                ("Có [21,4%|percentage] đọc báo, [36,8%|percentage] xem phim.", None),
                (
                    "Có [82%|percentage] hài lòng, số còn lại ([28%|percentage]) mong mở cửa lâu hơn.",
                    Some(Inconsistent),
                ),
                ("Có [82%|percentage] hài lòng, trong số còn lại [28%|percentage] muốn đổi giờ.", None),
            ],
        );
    }
}
