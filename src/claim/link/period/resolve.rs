//! The days that a time expression stands for: "9 tháng đầu năm 2021" is 1 January to 30 September 2021.
//!
//! Expressions without a year need the publication date; what the words do not decide ("từ đầu nhiệm kỳ", "Tết", lunar
//! dates, "mỗi tháng") resolves to nothing. Conventions: đầu/cuối năm are the first and last quarter, giữa năm the two
//! between; đầu/giữa/cuối tháng are thirds; a relative length ("3 năm qua") ends on the day of publication.

use jiff::ToSpan;
use jiff::civil::Date;

use super::days::{Days, day, ordered, shift_months, shift_years, years};
use super::digits::{date, full_year, has_year, number, year_span};
use super::units::{Now, era, first_months, month, part, past, quarters, weeks, year};

/// First and last day of a time expression as the press writes it; nothing when the words do not decide them.
#[must_use]
pub fn resolve(words: &str, published: Option<Date>) -> Option<(Date, Date)> {
    resolve_baseline(words, published, None)
}

/// Like [`resolve`], for the period that a change starts from: `own` is the claim's own period, to which "cùng kỳ năm
/// trước" and "tháng trước" refer.
#[must_use]
pub fn resolve_baseline(words: &str, published: Option<Date>, own: Option<(Date, Date)>) -> Option<(Date, Date)> {
    let words = fold(words);
    let tokens: Vec<&str> = words.split(' ').filter(|token| !token.is_empty()).collect();
    // Whole articles are no time expressions; neither are moon dates and what happens again and again.
    let undecided = ["mùng", "mồng", "rằm", "tết", "âm", "giêng", "chạp", "mỗi", "hằng", "hàng", "học", "mùa", "vụ"];
    if tokens.len() > 16 || tokens.iter().any(|token| undecided.contains(token)) {
        return None;
    }
    let now = Now { published, own };
    if let Some(at) = find(&tokens, &["cùng", "kỳ"]).or_else(|| find(&tokens, &["cùng", "kì"])) {
        return same_period(&tokens[at + 2..], now);
    }
    expression(&tokens, now)
}

/// Small letters, one kind of dash without spaces around it, brackets and commas as spaces, no clock times.
fn fold(words: &str) -> String {
    let mut lower = words.to_lowercase();
    if lower.contains(['–', '—', '−']) {
        lower = lower.replace(['–', '—', '−'], "-");
    }
    if lower.contains("kì") {
        lower = lower.replace("kì", "kỳ");
    }
    // Few have a dash: a search of the whole phrase for each way to write one would cost more than all the rest.
    if lower.contains('-') {
        for unit in ["ngày", "tháng", "quý", "năm"] {
            lower = lower.replace(&format!("- {unit}"), &format!("đến {unit}"));
        }
        lower = lower.replace(" - ", "-");
    }
    let spaced: String =
        lower.chars().map(|c| if matches!(c, '(' | ')' | ',' | ';' | '\u{a0}') { ' ' } else { c }).collect();
    let clock = |token: &str| {
        token.starts_with(|c: char| c.is_ascii_digit())
            && token.contains(['h', ':'])
            && token.chars().all(|c| c.is_ascii_digit() || matches!(c, 'h' | ':' | '-' | '\'' | '’'))
    };
    let mut out: Vec<&str> = Vec::new();
    for token in spaced.split_whitespace() {
        match token {
            // "8 giờ ngày 5-6": the hour says nothing of the day; "24 giờ qua" is a length.
            "ngày" | "sáng" | "chiều" if out.last() == Some(&"giờ") => {
                out.truncate(out.len().saturating_sub(2));
                out.push(token);
            }
            _ if !clock(token) => out.push(token.trim_end_matches(['.', '’'])),
            _ => {}
        }
    }
    out.join(" ")
}

fn find(tokens: &[&str], what: &[&str]) -> Option<usize> {
    tokens.windows(what.len()).position(|window| window == what)
}

/// "cùng kỳ (năm trước | năm 2022 | tháng trước)".
fn same_period(rest: &[&str], now: Now) -> Option<Days> {
    let own = now.own?;
    match rest {
        [] | ["năm", "trước" | "ngoái"] | ["năm", "trước", "đó"] => shift_years(own, -1),
        ["tháng", "trước"] => shift_months(own, -1),
        ["năm", year] | [year] => shift_years(own, i64::from(full_year(year)?) - i64::from(own.0.year())),
        _ => None,
    }
}

/// Words before an expression that do not change its days.
const LEAD: &[&str] = &[
    "vào", "trong", "lúc", "hồi", "tính", "đến", "tới", "hết", "cho", "ngay", "sáng", "trưa", "chiều", "tối", "đêm",
    "khuya", "sớm", "rạng", "phiên", "giao", "dịch", "kết", "thúc", "chốt", "cả", "riêng", "suốt", "dịp", "hôm", "các",
    "khoảng", "thời", "điểm", "gian", "giai", "đoạn", "nhiệm", "kỳ", "kể",
];

fn expression(tokens: &[&str], now: Now) -> Option<Days> {
    if let Some(days) = range(tokens, now).or_else(|| today(tokens, now)) {
        return Some(days);
    }
    // From here on the words may end in "vừa qua", "này", "tới".
    let mut tokens = tokens;
    while let [first, rest @ ..] = tokens
        && LEAD.contains(first)
    {
        tokens = rest;
    }
    if let Some(rest) = tokens.strip_prefix(&["năm"]).or(Some(tokens))
        && let Some(span) = rest.first().filter(|_| rest.len() == 1).and_then(|token| year_span(token))
    {
        return Some(span);
    }
    if tokens.contains(&"và") {
        return joined(tokens, now);
    }
    part(tokens, now)
        .or_else(|| month(tokens, now))
        .or_else(|| quarters(tokens, now))
        .or_else(|| year(tokens, now).and_then(|year| years(year, year)))
        .or_else(|| weeks(tokens, now))
        .or_else(|| era(tokens))
        .or_else(|| past(tokens, now))
        .or_else(|| first_months(tokens, now))
        .or_else(|| dates(tokens, now))
}

/// "từ A đến B", "từ đầu năm", "27/9-1/10".
fn range(tokens: &[&str], now: Now) -> Option<Days> {
    let tokens = tokens.strip_prefix(&["kể"]).unwrap_or(tokens);
    let since = tokens.iter().position(|&token| token == "từ");
    if let Some(open) = since.map(|at| &tokens[at + 1..]) {
        let until = open.iter().position(|token| matches!(*token, "đến" | "tới"));
        let (left, right) = until.map_or((open, None), |at| (&open[..at], Some(&open[at + 1..])));
        return match right {
            None => {
                if let [one] = left
                    && let Some(days) = dashed(one, now)
                {
                    return Some(days);
                }
                ordered(expression(left, now)?.0, now.published?)
            }
            Some(["nay" | "giờ"] | ["hiện", "nay" | "tại"]) => ordered(expression(left, now)?.0, now.published?),
            Some(right) => {
                let right = right.strip_prefix(&["hết"]).unwrap_or(right);
                between(left, expression(right, now)?, now)
            }
        };
    }
    if let Some(at) = tokens.iter().position(|&token| token == "đến").filter(|&at| at > 0)
        && !tokens[..at].iter().all(|token| LEAD.contains(token))
    {
        return match &tokens[at + 1..] {
            ["nay"] => ordered(expression(&tokens[..at], now)?.0, now.published?),
            right => between(&tokens[..at], expression(right, now)?, now),
        };
    }
    match tokens {
        [one] | ["ngày" | "tuần", one] => dashed(one, now),
        _ => None,
    }
}

/// The range from `left` to the end of `right`; `left` may lean on it for its month or year.
fn between(left: &[&str], right: Days, now: Now) -> Option<Days> {
    let bare = left.strip_prefix(&["ngày"]).unwrap_or(left);
    let from = match bare {
        [one] if number::<i8>(one).is_some_and(|n| n <= 31) => day(right.1.year(), right.1.month(), number(one)?)?,
        _ if left.iter().any(|token| has_year(token)) => expression(left, now)?.0,
        _ => {
            let from = expression(left, Now::at(right.1))?.0;
            if from > right.1 { shift_years((from, from), -1)?.0 } else { from }
        }
    };
    ordered(from, right.1)
}

/// "27/9-1/10", "4-8/10": a range in one token.
fn dashed(token: &str, now: Now) -> Option<Days> {
    let (left, right) = token.split_once('-')?;
    (right.contains(['/', '.']) && !left.is_empty()).then(|| between(&[left], date(right, now.anchor())?, now))?
}

/// "hiện nay", "hôm qua", "sáng nay": a day counted from the publication.
fn today(tokens: &[&str], now: Now) -> Option<Days> {
    let shift = match tokens {
        ["nay" | "hiện"]
        | ["đến" | "hiện" | "hôm" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "phiên", "nay"]
        | ["hiện", "tại"]
        | ["tính" | "cho", "đến" | "tới", "nay" | "hiện"]
        | ["tính" | "cho", "đến" | "tới", "hiện", "nay" | "tại"]
        | ["đến", "hiện", "nay" | "tại"]
        | ["ngày" | "phiên" | "đến" | "trong", "hôm", "nay"]
        | ["bây", "giờ"] => 0,
        ["hôm" | "sáng" | "trưa" | "chiều" | "tối" | "đêm", "qua"] | ["ngày" | "phiên", "hôm", "qua"] => -1,
        ["ngày", "mai"] | ["mai"] => 1,
        _ => return None,
    };
    let day = now.published?.checked_add(i64::from(shift).days()).ok()?;
    Some((day, day))
}

/// "năm nay và năm tới", "tháng 3 và 4 năm 2019", "28 và 29/10": two neighbours.
fn joined(tokens: &[&str], now: Now) -> Option<Days> {
    let at = tokens.iter().position(|&token| token == "và")?;
    let (left, right) = (&tokens[..at], &tokens[at + 1..]);
    // "trưa và chiều 10-11": one day.
    if left.is_empty() {
        return expression(right, now);
    }
    let second = if left.first() == Some(&"tháng") && right.first() != Some(&"tháng") {
        expression(&[&["tháng"], right].concat(), now)?
    } else {
        expression(right, now)?
    };
    // "2 ngày 28 và 29/10": the count before says nothing more.
    let left = if let [_, "ngày", one] = left { std::slice::from_ref(one) } else { left };
    // "năm nay" counts from the publication, "28" and "tháng 3" lean on the other half.
    let counted = left.first() == Some(&"năm");
    let lean = if counted { now } else { Now::at(second.0) };
    let from = if counted { expression(left, lean)?.0 } else { between(left, second, lean)?.0 };
    let whole = ordered(from, second.1)?;
    let first = expression(left, lean).map_or(whole.0, |days| days.1);
    (first.tomorrow().ok()? == second.0).then_some(whole)
}

/// "ngày 11/5/2023", "22.8", "ngày 22 tháng 8 năm 2022": exactly one date, among words that say no more.
fn dates(tokens: &[&str], now: Now) -> Option<Days> {
    if let Some(at) = find(tokens, &["ngày"])
        && let [n, "tháng", month, rest @ ..] = &tokens[at + 1..]
    {
        let (n, of) = (number(n)?, self::month(&[&["tháng", *month], rest].concat(), now)?);
        let date = day(of.0.year(), of.0.month(), n)?;
        return Some((date, date));
    }
    let mut found = tokens.iter().filter_map(|token| date(token, now.anchor()));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod table;
