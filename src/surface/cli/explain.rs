//! `solieu explain`: how a text is read. Each claim of "Xã có 48/52 hộ thoát nghèo (đạt 92,3%)" is underlined, and below
//! stand its value, its links, the rule and cue that made it, and what its arithmetic says.

use std::fmt::Write as _;
use std::path::Path;

use super::arguments::Explain;
use super::extract::options;
use super::told::say;
use super::{End, lexicon, show};
use crate::article::{Article, document};
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::{CheckRow, ClaimRow, Range, Record};
use crate::surface::explained::explained;
use crate::surface::figures::{columns, number, one_line};
use crate::surface::lang::Lang;
use crate::surface::wording::{self, days, entity_type, role, value};

/// Columns of a line of text.
const WIDTH: usize = 96;
/// What a typed word must end in to be taken for the name of a file that is missing.
const FILES: [&str; 5] = [".txt", ".html", ".htm", ".json", ".jsonl"];
/// What it begins with when it is a path.
const STARTS: [&str; 4] = ["/", "./", "../", "~/"];

/// Runs `explain`.
pub(super) fn explain(what: &Explain) -> Result<End, Error> {
    let options = options(what.published.as_deref(), None)?;
    let added = lexicon::added(what.lexicon.as_deref())?;
    let lexicon = added.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let path = Path::new(&what.what);
    let missing = match std::fs::metadata(path) {
        _ if what.what == "-" => None,
        Ok(_) => None,
        Err(source) => Some(source),
    };
    if let Some(source) = missing {
        let one_word = !what.what.contains(char::is_whitespace);
        let named =
            FILES.iter().any(|end| what.what.ends_with(end)) || STARTS.iter().any(|at| what.what.starts_with(at));
        if one_word && named {
            return Err(Error::Io { path: path.to_owned(), expected: "a file to read", source });
        }
        let mut article = Article::from_text("text", &what.what);
        article.published = options.published;
        return show(&pages(&crate::extract_with(&article, lexicon), what.lang));
    }
    let mut end = End::Done;
    for raw in document::raws(path, &options) {
        match raw.and_then(|raw| document::article(raw, &options)) {
            Ok(article) => _ = show(&pages(&crate::extract_with(&article, lexicon), what.lang))?,
            Err(unread) => {
                end = End::SomeUnread;
                say(&unread);
            }
        }
    }
    Ok(end)
}

/// The explanation of one article.
fn pages(record: &Record, lang: Lang) -> String {
    let mut out = String::new();
    let article = &record.article;
    if let Some(title) = article.title.as_deref().or(article.source.as_deref()) {
        let published = article.published.as_deref().map(|at| format!(" ({at})")).unwrap_or_default();
        let _ = writeln!(out, "{}\n", one_line(&format!("{title}{published}")));
    }
    let text: Vec<char> = article.text.as_deref().unwrap_or_default().chars().collect();
    let numbered: Vec<(usize, &ClaimRow)> =
        record.claims.iter().enumerate().map(|(at, claim)| (at + 1, claim)).collect();
    for (n, claims) in numbered.chunk_by(|(_, one), (_, other)| one.sentence == other.sentence).enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if let Some((_, first)) = claims.first() {
            sentence(&mut out, &text, first.sentence, claims);
        }
        for &(at, claim) in claims {
            one(&mut out, at, claim, lang);
        }
    }
    if record.claims.is_empty() {
        out += lang.say("Không có số liệu nào.\n", "No numeric claims.\n");
    }
    if !record.checks.is_empty() {
        let _ = writeln!(out, "\n{}", lang.say("Kiểm tra", "Checks"));
        for check in &record.checks {
            verdict(&mut out, check, &record.claims, lang);
        }
    }
    for fault in &record.faults {
        let _ = writeln!(out, "{} {}: {}", lang.say("Lỗi", "Fault"), fault.stage, one_line(&fault.message));
    }
    out
}

/// A sentence in lines, with carets and numbers under its claims.
fn sentence(out: &mut String, text: &[char], range: Range, claims: &[(usize, &ClaimRow)]) {
    let mut from = range.start as usize;
    let end = (range.end as usize).min(text.len());
    while from < end {
        let to = line_end(text, from, end);
        let shown = |c: &char| if c.is_control() { ' ' } else { *c };
        let line: String = text[from..to].iter().map(shown).collect();
        let _ = writeln!(out, "{}", line.trim_end());
        let mut under = String::new();
        let mut column = 0;
        for &(number, claim) in claims {
            let (start, stop) = ((claim.start as usize).max(from), (claim.end as usize).min(to));
            if start >= stop {
                continue;
            }
            let width = |from: usize, to: usize| text[from..to].iter().copied().map(columns).sum::<usize>();
            let at = width(from, start);
            if at < column {
                continue;
            }
            let mark = format!("{}{}", "^".repeat(width(start, stop).max(1)), tag(number));
            let _ = write!(under, "{}{mark}", " ".repeat(at - column));
            column = at + mark.chars().count();
        }
        if !under.is_empty() {
            let _ = writeln!(out, "{under}");
        }
        from = to;
    }
}

/// The number of a claim as small digits, so that it does not run into the next carets.
fn tag(number: usize) -> String {
    let small = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    number.to_string().bytes().filter_map(|digit| small.get(usize::from(digit - b'0'))).collect()
}

/// Where the line that starts at `from` ends: at the last space that fits.
fn line_end(text: &[char], from: usize, end: usize) -> usize {
    let mut width = 0;
    let mut space = None;
    for (at, &c) in text.iter().enumerate().take(end).skip(from) {
        width += columns(c);
        if width > WIDTH {
            return space.unwrap_or(at.max(from + 1));
        }
        if c.is_whitespace() {
            space = Some(at + 1);
        }
    }
    end
}

/// What is known of one claim.
fn one(out: &mut String, at: usize, claim: &ClaimRow, lang: Lang) {
    let doc = claim.kind.doc();
    let kind = match lang {
        Lang::Vi => format!("{} ({})", doc.vietnamese, doc.name),
        Lang::En => doc.name.to_owned(),
    };
    let _ = writeln!(out, "{at:>3}. {} · {kind}", one_line(&claim.text));
    let mut row = |vietnamese: &str, english: &str, cell: &str| {
        let _ = writeln!(out, "     {:<11}{}", lang.say(vietnamese, english), one_line(cell));
    };
    row("giá trị", "value", &value(claim, lang));
    if let Some(entity) = &claim.entity {
        let mut cell = format!("{} [{}]", entity.name, entity_type(entity.kind, lang));
        if let Some(mention) = entity.mention.as_ref().filter(|mention| **mention != entity.name) {
            let _ = write!(cell, " ← “{mention}”");
        }
        row("chủ thể", "entity", &cell);
        if let Some(place) = &entity.place {
            let successors: Vec<&str> = place.successors.iter().map(|one| one.name.as_str()).collect();
            let arrow = if successors.is_empty() { String::new() } else { format!(" → {}", successors.join(", ")) };
            row("địa bàn", "place", &format!("{} ({} {}){arrow}", place.name, place.system, place.code));
        }
    }
    if let Some(property) = &claim.property {
        row("nội dung", "property", property.expanded.as_ref().unwrap_or(&property.text));
    }
    if let Some(period) = &claim.period {
        let days = days(period, lang).map(|days| format!(" = {days}")).unwrap_or_default();
        row("thời gian", "period", &format!("{}{days}", period.text));
    }
    if let Some(reference) = &claim.reference {
        let own = reference.value.map(|own| format!(" = {}", number(own, lang))).unwrap_or_default();
        row("so với", "reference", &format!("{}{own} [{}]", reference.text, role(reference.role, lang)));
    }
    row("quy tắc", "rule", &claim.rule);
    row("độ tin", "confidence", &number(claim.confidence, lang));
    for other in &claim.alternatives {
        row("hoặc là", "or else", &format!("{}: {}", number(other.value, lang), other.reason));
    }
}

/// One check: its verdict, the claims by number, the reasoning.
fn verdict(out: &mut String, check: &CheckRow, claims: &[ClaimRow], lang: Lang) {
    let (mark, said) = wording::verdict(check.verdict, lang);
    let numbers: Vec<String> = check
        .claims
        .iter()
        .filter_map(|id| claims.iter().position(|claim| claim.id == *id))
        .map(|at| (at + 1).to_string())
        .collect();
    let (explanation, _) = explained(&check.explanation, lang);
    let _ = writeln!(out, "  {mark} {said} ({}; {}): {}", check.rule, numbers.join(", "), one_line(&explanation));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::specimen;

    fn record() -> Record {
        let (article, reading) = specimen::reading();
        Record::new(&article, &reading)
    }

    #[test]
    fn each_claim_is_underlined_and_told() {
        insta::assert_snapshot!(pages(&record(), Lang::Vi));
    }

    #[test]
    fn the_same_in_english() {
        insta::assert_snapshot!(pages(&record(), Lang::En));
    }

    #[test]
    fn a_long_sentence_is_broken_at_spaces_and_keeps_its_carets() {
        let text: Vec<char> = format!("{}48/52 {}", "chi bộ ".repeat(20), "đạt chuẩn ".repeat(12)).chars().collect();
        let mut claim = record().claims.remove(0);
        (claim.start, claim.end) = (140, 145);
        let mut out = String::new();
        sentence(&mut out, &text, Range { start: 0, end: 266 }, &[(12, &claim)]);
        insta::assert_snapshot!(out);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        let text = ['x'; 3 * WIDTH + 1];
        assert_eq!(line_end(&text, 0, text.len()), WIDTH);
        assert_eq!(line_end(&text, 3 * WIDTH, text.len()), text.len());
    }
}
