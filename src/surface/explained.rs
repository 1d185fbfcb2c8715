//! The reasoning of a check for a reader of English. A record has it in Vietnamese ("67/69 = 97,10 %, viết 97,1 %: khớp."),
//! made of a few patterns; here each has its English: "67/69 = 97.10 %; the article says 97.1 %: consistent."

use std::borrow::Cow;

use super::lang::Lang;

/// An explanation in `lang`, and the language that it is in: a pattern that is not known stays Vietnamese.
pub(crate) fn explained(told: &str, lang: Lang) -> (Cow<'_, str>, Lang) {
    match lang {
        Lang::Vi => (told.into(), Lang::Vi),
        Lang::En => english(told).map_or((told.into(), Lang::Vi), |said| (said.into(), Lang::En)),
    }
}

fn english(told: &str) -> Option<String> {
    let told = told.strip_suffix('.')?;
    if let Some(words) = told.strip_suffix(": số đầu lớn hơn số cuối; có thể hai số đổi chỗ") {
        return Some(format!("{words}: the first number is larger than the last; the two may have changed places."));
    }
    let said = if let Some((held, implied)) = told.split_once(", suy ra ") {
        let (part, share) = held.split_once(" là ")?;
        let share =
            share.strip_suffix(" chỉ tiêu").map_or_else(|| share.to_owned(), |share| format!("{share} of the target"));
        let (what, result) = implied.split_once(" là ")?;
        let what = match what {
            "chỉ tiêu" | "chỉ tiêu đề ra" => "the target",
            "tổng số" => "the total",
            _ => return None,
        };
        format!("{part} is {share}, so {what} is {}", result_of(result))
    } else if let Some(twice) = told.strip_prefix("Cùng một số liệu nêu hai lần, ") {
        let (numbers, verdict) = twice.rsplit_once(": ")?;
        let (one, other) = numbers.split_once(" và ")?;
        format!("The same figure is given twice, {one} and {other}: {}", verdict_of(verdict)?)
    } else if let Some((share, rest)) = told.strip_prefix("Chiếm ").and_then(|rest| rest.split_once(": ")) {
        (rest == "một phần không thể quá 100 % của tổng thể").then_some(())?;
        format!("A share of {share}: a part cannot be more than 100 % of the whole")
    } else if let Some((ratio, rest)) = told.split_once(": phần lớn hơn tổng thể; nếu là ") {
        let right = rest.strip_suffix(" thì hợp lý (đổi chỗ tử số và mẫu số)")?;
        format!("{ratio}: the part is larger than the whole; {right} would do (part and whole changed places)")
    } else if let Some((sum, verdict)) = told.split_once(", cộng lại phải là 100 %: ") {
        format!("{sum}, which must come to 100 %: {}", verdict_of(verdict)?)
    } else if let Some((sum, rest)) = told.split_once(", nhưng bài viết ") {
        let (report, hint) = rest.split_once(": không khớp")?;
        format!("{sum}, but the article says {report}: {}", verdict_of(&format!("không khớp{hint}"))?)
    } else {
        let (sum, rest) = told.split_once(", viết ")?;
        let (report, verdict) = rest.split_once(": ")?;
        format!("{sum}; the article says {report}: {}", verdict_of(verdict)?)
    };
    Some(format!("{}.", marks(&said)))
}

fn verdict_of(verdict: &str) -> Option<String> {
    let cut = "chỉ khớp nếu cắt bớt chữ số (làm tròn là ";
    Some(match verdict {
        "khớp" => "consistent".to_owned(),
        "khớp khi tính cả làm tròn" => "consistent, rounding allowed for".to_owned(),
        "không khớp" => "inconsistent".to_owned(),
        _ if verdict.starts_with(cut) => {
            let rounded = verdict.strip_prefix(cut)?.strip_suffix(')')?;
            format!("consistent only if digits are cut off (rounded it is {rounded})")
        }
        _ => match verdict.strip_prefix("không khớp; ")? {
            "" => "inconsistent".to_owned(),
            slip => format!("inconsistent; {}", slip_of(slip)?),
        },
    })
}

/// What kind of slip would explain it.
fn slip_of(slip: &str) -> Option<String> {
    let whole = match slip {
        "đổi chỗ tử số và mẫu số thì khớp" => "it fits with part and whole in each other's place",
        "đó là tỷ lệ giữa hai mức, không phải mức tăng" => {
            "that is the ratio of the two levels, not the growth"
        }
        "khớp nếu tính phần trăm trên mức sau thay vì mức trước" => {
            "it fits as a share of the later level instead of the earlier"
        }
        _ => "",
    };
    if !whole.is_empty() {
        return Some(whole.to_owned());
    }
    let (right, what) = slip.strip_prefix("nếu là ")?.strip_suffix(')')?.split_once(" thì khớp (")?;
    let what = match what {
        "nhầm nghìn, triệu, tỷ" => "thousand, million or billion mixed up",
        "dấu phẩy sai chỗ" => "the decimal mark in the wrong place",
        "hai chữ số cạnh nhau đổi chỗ" => "two neighbouring digits swapped",
        "sai một chữ số" => "one digit wrong",
        _ => return None,
    };
    Some(format!("it would fit if it were {right} ({what})"))
}

/// "khoảng 53 (từ 52,9 đến 53,1)" and "một số nguyên từ 12 đến 14".
fn result_of(result: &str) -> String {
    let result = result.replace(", và chỉ khi cắt bớt chữ số thay vì làm tròn", ", and only if digits are cut off");
    let ends = |range: &str| range.replacen("từ ", "", 1).replacen(" đến ", " to ", 1);
    if let Some(range) = result.strip_prefix("một số nguyên ") {
        return format!("a whole number from {}", ends(range));
    }
    if let Some((middle, range)) = result.strip_prefix("khoảng ").and_then(|rest| rest.split_once(" (từ ")) {
        return format!("about {middle} (from {}", range.replacen(" đến ", " to ", 1));
    }
    result
}

/// Numbers with the marks of English: 1.250,5 is 1,250.5.
fn marks(said: &str) -> String {
    let letters: Vec<char> = said.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mark = |(at, letter): (usize, &char)| match letter {
        '.' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => ',',
        ',' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => '.',
        other => *other,
    };
    letters.iter().enumerate().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_its_english() {
        for (told, said) in [
            ("67/69 = 97,10 %, viết 97,1 %: khớp.", "67/69 = 97.10 %; the article says 97.1 %: consistent."),
            (
                "111/119 = 93,277 %, viết 93,27 %: chỉ khớp nếu cắt bớt chữ số (làm tròn là 93,28 %).",
                "111/119 = 93.277 %; the article says 93.27 %: consistent only if digits are cut off (rounded it is 93.28 %).",
            ),
            (
                "9/11 = 81,82 %, nhưng bài viết 88,1 %: không khớp; nếu là 81,8 % thì khớp (hai chữ số cạnh nhau đổi chỗ).",
                "9/11 = 81.82 %, but the article says 88.1 %: inconsistent; it would fit if it were 81.8 % (two neighbouring digits swapped).",
            ),
            (
                "9/11 = 81,82 %, nhưng bài viết 88,1 %: không khớp.",
                "9/11 = 81.82 %, but the article says 88.1 %: inconsistent.",
            ),
            (
                "1.200 hộ là 80 %, suy ra chỉ tiêu là một số nguyên từ 1.493 đến 1.509.",
                "1,200 hộ is 80 %, so the target is a whole number from 1,493 to 1,509.",
            ),
            (
                "40 % là 95 % chỉ tiêu, suy ra chỉ tiêu đề ra là 42,1 %.",
                "40 % is 95 % of the target, so the target is 42.1 %.",
            ),
            (
                "3 tỷ đồng là 12 %, suy ra tổng số là khoảng 25 tỷ đồng (từ 20 tỷ đồng đến 30 tỷ đồng).",
                "3 tỷ đồng is 12 %, so the total is about 25 tỷ đồng (from 20 tỷ đồng to 30 tỷ đồng).",
            ),
            (
                "Cùng một số liệu nêu hai lần, 1.254 hộ và 1.524 hộ: không khớp; nếu là 1.254 thì khớp (sai một chữ số).",
                "The same figure is given twice, 1,254 hộ and 1,524 hộ: inconsistent; it would fit if it were 1,254 (one digit wrong).",
            ),
            (
                "40 % + 61 % = 101 %, cộng lại phải là 100 %: không khớp.",
                "40 % + 61 % = 101 %, which must come to 100 %: inconsistent.",
            ),
            (
                "15/12: phần lớn hơn tổng thể; nếu là 12/15 thì hợp lý (đổi chỗ tử số và mẫu số).",
                "15/12: the part is larger than the whole; 12/15 would do (part and whole changed places).",
            ),
            (
                "“9-5 triệu”: số đầu lớn hơn số cuối; có thể hai số đổi chỗ.",
                "“9-5 triệu”: the first number is larger than the last; the two may have changed places.",
            ),
            (
                "Chiếm 120,5 %: một phần không thể quá 100 % của tổng thể.",
                "A share of 120.5 %: a part cannot be more than 100 % of the whole.",
            ),
        ] {
            assert_eq!(explained(told, Lang::En), (said.into(), Lang::En));
            assert_eq!(explained(told, Lang::Vi), (told.into(), Lang::Vi));
        }
        assert_eq!(explained("Điều khác.", Lang::En), ("Điều khác.".into(), Lang::Vi), "nothing is made up");
    }

    #[test]
    fn what_the_program_says_of_a_text_is_said_in_english() {
        let text = "Năm 2023, xã Đăk Tơ Pôn có 9/11 thôn đạt chuẩn văn hóa (chiếm 88,1%) và 48/52 hộ nghèo được hỗ trợ xây nhà \
                    (đạt 92,3%). Xã có 132 hộ cận nghèo, chiếm 12% số hộ toàn xã. Cả xã trồng 120 ha rừng, đạt 80% kế hoạch.";
        let record = crate::extract(&crate::Article::from_text("a", text));
        assert!(record.checks.len() >= 2, "{:?}", record.checks);
        for check in &record.checks {
            assert_eq!(explained(&check.explanation, Lang::En).1, Lang::En, "{}", check.explanation);
        }
    }
}
