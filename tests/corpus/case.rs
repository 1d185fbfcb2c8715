//! One file of `corpus/` as data: the article, and what a reader would say of each number in it.
//!
//! A row's quote (`67/69`) is placed in the text as its next occurrence after the row before it.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// The columns of a claim, in the order of the table.
const COLUMNS: usize = 10;

/// One article of the corpus.
#[derive(Debug)]
pub(crate) struct Case {
    /// The file's stem, which is also the article's id.
    pub(crate) name: String,
    /// The heading: what the article exercises.
    pub(crate) heading: String,
    pub(crate) published: String,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) claims: Vec<Claim>,
    pub(crate) optional: Vec<Claim>,
    pub(crate) traps: Vec<Trap>,
    pub(crate) checks: Vec<Check>,
}

/// A numeric claim, as the guideline says; `start` and `end` count characters of the text.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) quote: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: String,
    pub(crate) value: Decimal,
    pub(crate) value_max: Option<Decimal>,
    pub(crate) denominator: Option<Decimal>,
    pub(crate) unit: String,
    pub(crate) modifier: Option<String>,
    pub(crate) direction: Option<String>,
    /// The fullest phrase first, then others that are right too.
    pub(crate) entity: Vec<String>,
    pub(crate) property: Option<String>,
    pub(crate) period: Option<String>,
    pub(crate) reference: Option<String>,
}

/// A number that claims nothing: a date, a road, an idiom …
#[derive(Debug)]
pub(crate) struct Trap {
    pub(crate) quote: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) reason: String,
}

/// An arithmetical relation that must be seen, and what it comes to.
#[derive(Debug)]
pub(crate) struct Check {
    /// Places in the list of claims followed by optional ones.
    pub(crate) claims: Vec<usize>,
    pub(crate) rule: String,
    pub(crate) verdict: String,
    pub(crate) note: String,
}

impl Case {
    /// Claims and optional claims, in the numbering that checks use.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().chain(&self.optional)
    }
}

/// Every article of the corpus, by name. Panics with the file and the row that cannot be read.
pub(crate) fn corpus() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("corpus/ is readable")
        .map(|entry| entry.expect("an entry of corpus/").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md") && path.file_stem().is_some_and(|s| s != "README"))
        .collect();
    files.sort();
    files.iter().map(|path| read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))).collect()
}

fn read(path: &Path) -> Result<Case, String> {
    let name = path.file_stem().and_then(|s| s.to_str()).ok_or("a file name in UTF-8")?.to_owned();
    let source: String = std::fs::read_to_string(path).map_err(|e| e.to_string())?.nfc().collect();
    let (head, body) = source.split_once("\n## Text\n").ok_or("no section '## Text'")?;
    let heading = head.lines().next().and_then(|l| l.strip_prefix("# ")).ok_or("no '# ' heading")?.to_owned();
    let meta = |key: &str| head.lines().find_map(|l| l.strip_prefix(key)).map(|v| v.trim().to_owned());
    let (text, tables) = body.split_once("\n## Claims\n").ok_or("no section '## Claims'")?;
    let text = text.trim().to_owned();
    let mut sections = vec![("Claims", Vec::new())];
    for line in tables.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            sections.push((title.trim(), Vec::new()));
        } else if line.starts_with('|') {
            let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
            sections.last_mut().expect("sections is never empty").1.push(cells);
        } else if !line.trim().is_empty() {
            return Err(format!("outside a table: {line:?}"));
        }
    }
    let rows = |title: &str| -> Vec<&Vec<&str>> {
        sections.iter().filter(|(t, _)| *t == title).flat_map(|(_, rows)| rows.iter().skip(2)).collect()
    };
    if let Some((title, _)) = sections.iter().find(|(t, _)| !["Claims", "Optional", "Traps", "Checks"].contains(t)) {
        return Err(format!("unknown section {title:?}"));
    }
    let claims = claims(&rows("Claims"), &text)?;
    let optional = self::claims(&rows("Optional"), &text)?;
    let mut traps = Vec::new();
    let mut from = 0;
    for row in rows("Traps") {
        let [quote, reason] = row[..] else { return Err(format!("a trap has two cells: {row:?}")) };
        let (quote, start, end) = place(quote, &text, from)?;
        from = end;
        traps.push(Trap { quote, start, end, reason: reason.to_owned() });
    }
    let all: Vec<&Claim> = claims.iter().chain(&optional).collect();
    let checks = rows("Checks").iter().map(|row| check(row, &all)).collect::<Result<_, _>>()?;
    let published = meta("published:").ok_or("no line 'published:'")?;
    Ok(Case { name, heading, published, title: meta("title:"), text, claims, optional, traps, checks })
}

fn claims(rows: &[&Vec<&str>], text: &str) -> Result<Vec<Claim>, String> {
    let mut from = 0;
    let mut claims = Vec::new();
    for row in rows {
        let at = |i: usize| row.get(i).filter(|c| !c.is_empty()).map(|c| (*c).to_owned());
        let (quote, start, end) = place(row[0], text, from)?;
        from = end;
        if row.len() > COLUMNS {
            return Err(format!("{quote}: {} cells, {COLUMNS} are known", row.len()));
        }
        let value = at(2).ok_or_else(|| format!("{quote}: no value"))?;
        let part = |i: usize, mark: &str| -> Result<Option<Decimal>, String> {
            let piece = value.split(mark).nth(i).map(str::trim);
            piece.map(|p| p.parse().map_err(|e| format!("{quote}: value {p:?}: {e}"))).transpose()
        };
        let (value, value_max, denominator) = if value.contains(" of ") {
            (part(0, " of ")?, None, part(1, " of ")?)
        } else {
            (part(0, " to ")?, part(1, " to ")?, None)
        };
        claims.push(Claim {
            start,
            end,
            kind: at(1).ok_or_else(|| format!("{quote}: no kind"))?,
            value: value.expect("split gives at least one piece"),
            value_max,
            denominator,
            unit: at(3).unwrap_or_default(),
            modifier: at(4),
            direction: at(5),
            entity: at(6).map(|e| e.split(" ; ").map(str::to_owned).collect()).unwrap_or_default(),
            property: at(7),
            period: at(8),
            reference: at(9),
            quote,
        });
    }
    Ok(claims)
}

fn check(row: &[&str], claims: &[&Claim]) -> Result<Check, String> {
    let [quotes, rule, verdict, note] = row[..] else { return Err(format!("a check has four cells: {row:?}")) };
    let mut found = Vec::new();
    for quote in quotes.split(" ; ") {
        let (quote, nth) = match quote.split_once(" #") {
            Some((q, n)) => (q, n.parse::<usize>().map_err(|e| format!("{quote}: {e}"))?),
            None => (quote, 1),
        };
        let mut same = claims.iter().enumerate().filter(|(_, c)| c.quote == quote).map(|(i, _)| i);
        found.push(same.nth(nth - 1).ok_or_else(|| format!("check of {quote:?}, which is no claim"))?);
    }
    Ok(Check { claims: found, rule: rule.to_owned(), verdict: verdict.to_owned(), note: note.to_owned() })
}

/// Where a quote cell stands: its words and their place, in characters. `bảng ⟦2⟧` gives words before the quote.
fn place(cell: &str, text: &str, from: usize) -> Result<(String, usize, usize), String> {
    let chars: Vec<char> = text.chars().collect();
    let (lead, quote) = match cell.split_once('⟦') {
        Some((lead, rest)) => (lead, rest.trim_end_matches('⟧')),
        None => ("", cell),
    };
    let needle: Vec<char> = lead.chars().chain(quote.chars()).collect();
    let lead = lead.chars().count();
    if needle.len() == lead {
        return Err("an empty quote".to_owned());
    }
    for at in from..=chars.len().saturating_sub(needle.len()) {
        let end = at + needle.len();
        if chars[at..end] == needle[..] && (lead > 0 || whole(&chars, at, end)) {
            return Ok((quote.to_owned(), at + lead, end));
        }
    }
    Err(format!("{cell:?} does not stand in the text after character {from}"))
}

/// Whether the stretch is no piece of a longer word or number: `3` is not found in `13`, `3,5` or `3/5`.
fn whole(chars: &[char], start: usize, end: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map(|i| chars[i]);
    let (first, last) = (chars[start], chars[end - 1]);
    let joined = |a: Option<char>, b: char| b.is_alphanumeric() && a.is_some_and(char::is_alphanumeric);
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let left = first.is_ascii_digit()
        && before(1).is_some_and(|c| ".,/".contains(c))
        && before(2).is_some_and(|c| c.is_ascii_digit());
    let right = last.is_ascii_digit() && chars.get(end).is_some_and(|c| ".,".contains(*c)) && digit(chars.get(end + 1));
    !joined(before(1), first) && !joined(chars.get(end).copied(), last) && !left && !right
}
