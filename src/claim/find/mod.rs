//! Amounts become claims: what kind each is, what it counts, which way it goes.
//!
//! One file per kind; the list below is their order, and the first that fits takes the amount.

mod age;
mod change;
mod count;
mod duration;
mod measurement;
mod money;
mod multiple;
mod percentage;
mod rank;
mod rate;
mod ratio;
mod score;
mod target_percentage;

use rust_decimal::Decimal;

use super::amount::{Amount, Unit};
use super::lexicon::{Class, Page};
use super::{Direction, Modifier};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};

macro_rules! kinds {
    ($($variant:ident $module:ident $doc:literal;)*) => {
        /// How people say a number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $(#[doc = $doc] $variant,)* }

        impl Kind {
            /// Every kind, in the order in which they are tried.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in records: the stem of the kind's file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($module),)* }
            }

            /// What the kind means, with examples.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }

        const FINDERS: &[(Kind, fn(&Scope<'_, '_>, &Amount) -> Option<Found>)] = &[$((Kind::$variant, $module::find),)*];
    };
}

kinds! {
    Score score "A result of a match: \"thắng 3-1\", \"tỷ số 2-0\".";
    Rank rank "A position: \"đứng thứ 3\", \"top 10\", \"hạng 109/189\".";
    Multiple multiple "So many times: \"gấp 2,3 lần\", \"gấp đôi\".";
    Change change "A difference: \"tăng 5,2%\", \"giảm 30 người\", \"vượt 5% chỉ tiêu\". A level that is reached is none (\"tăng lên 28 triệu\").";
    TargetPercentage target_percentage "A percentage of a plan, target, resolution or estimate: \"đạt 146,15% so với Nghị quyết\".";
    Ratio ratio "Part of a whole in two numbers: \"67/69 TCCSĐ\", \"3 trong 5 người\", \"một nửa số hộ\".";
    Percentage percentage "Every other percentage: \"chiếm 97,1%\".";
    Rate rate "A unit per unit: \"45 triệu đồng/người/năm\", \"17 tiêu chí/xã\".";
    Money money "An amount of money: \"1.250 tỷ đồng\".";
    Measurement measurement "Any other unit of measure: \"12,5 km\", \"500,57 điểm\" of an index.";
    Age age "An age: \"35 tuổi\", \"8 tháng tuổi\".";
    Duration duration "A length of time: \"trong 8 năm liền\".";
    Count count "A number of people or things: \"304 chi bộ\", \"hai ngân hàng\".";
}

/// One sentence with its amounts, as the finders see it.
pub struct Scope<'p, 't> {
    /// The article.
    pub page: &'p Page<'t>,
    /// The sentence.
    pub sentence: Span<Tokens>,
    /// All its amounts, non-claims included.
    pub amounts: &'p [Amount],
    /// Which of them is being read.
    pub at: usize,
    /// What was found for those before.
    pub before: &'p [Option<Draft>],
}

/// What a finder says of an amount.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Unit, when it is not the amount's own.
    pub unit: Option<String>,
    /// Direction of a change.
    pub direction: Option<Direction>,
    /// The cue that decided, for the rule's name.
    pub cue: String,
    /// The counted noun, where it stands.
    pub noun: Option<Span<Tokens>>,
    /// A longer quantity expression than the amount's own (rates of counts).
    pub tokens: Option<Span<Tokens>>,
    /// Where the cue stands.
    pub cue_at: Option<usize>,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The value, when the kind reads another one than the digits ("giảm một nửa" is 50 %).
    pub value: Option<Decimal>,
    /// The hedge, when the kind reads another one than the amount ("dài hơn 100 m").
    pub modifier: Option<Modifier>,
}

impl Found {
    fn sure(cue: impl Into<String>, confidence: f32) -> Self {
        Self { cue: cue.into(), confidence, ..Self::default() }
    }
}

/// A claim that is not linked yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its kind.
    pub kind: Kind,
    /// The amount it was made from.
    pub amount: Amount,
    /// The quantity expression.
    pub tokens: Span<Tokens>,
    /// The sentence.
    pub sentence: Span<Tokens>,
    /// The unit, as the record shows it.
    pub unit: String,
    /// Its code.
    pub unit_code: Option<String>,
    /// Which way a change goes.
    pub direction: Option<Direction>,
    /// The hedge.
    pub modifier: Option<Modifier>,
    /// The counted noun.
    pub noun: Option<Span<Tokens>>,
    /// Where the cue stands.
    pub cue_at: Option<usize>,
    /// Kind and cue.
    pub rule: String,
    /// How sure.
    pub confidence: f32,
}

/// How far a finder looks for words around an amount: the work for a hostile sentence stays linear.
const REACH: usize = 40;

/// The claims of one sentence.
#[must_use]
pub fn drafts(page: &Page<'_>, sentence: Span<Tokens>, amounts: &[Amount]) -> Vec<Draft> {
    let mut out: Vec<Option<Draft>> = Vec::with_capacity(amounts.len());
    for at in 0..amounts.len() {
        let scope = Scope { page, sentence, amounts, at, before: &out };
        let draft = draft(&scope);
        out.push(draft);
    }
    out.into_iter().flatten().collect()
}

fn draft(scope: &Scope<'_, '_>) -> Option<Draft> {
    let read = &scope.amounts[scope.at];
    if read.non_claim.is_some() {
        return None;
    }
    // "3-1" is one score: its second number is no claim of its own.
    if scope.last().is_some_and(|d| d.tokens.end as usize > read.start()) {
        return None;
    }
    let mut amount = read.clone();
    if let Some(unit) = scope.unit_of_next(&amount) {
        amount.unit = unit;
    }
    let (kind, found) = FINDERS.iter().find_map(|(kind, find)| find(scope, &amount).map(|f| (*kind, f)))?;
    if let Some(value) = found.value {
        amount.value = value;
        amount.denominator = None;
    }
    let modifier = found.modifier.or(amount.modifier).or_else(|| scope.hedged_by_verb(&amount, kind));
    let own = amount.unit.name();
    let code = if found.unit.is_none() {
        amount.unit.code()
    } else if found.unit.as_deref() == Some("%") {
        Some("%".into())
    } else {
        None
    };
    let rule = if found.cue.is_empty() { kind.name().to_owned() } else { format!("{}/{}", kind.name(), found.cue) };
    let money =
        found.unit.as_deref().filter(|u| u.len() == 3 && u.bytes().all(|b| b.is_ascii_uppercase())).map(str::to_owned);
    Some(Draft {
        kind,
        tokens: found.tokens.unwrap_or(amount.tokens),
        sentence: scope.sentence,
        unit: found.unit.unwrap_or(own),
        unit_code: money.or(code),
        direction: found.direction,
        modifier,
        noun: found.noun,
        cue_at: found.cue_at,
        rule,
        confidence: found.confidence,
        amount,
    })
}

/// Whether token `i` is a year in four plain digits.
fn year(page: &Page<'_>, i: usize) -> bool {
    let word = page.w(i);
    page.s.is_number(i)
        && word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

impl Scope<'_, '_> {
    /// First token of the sentence.
    fn lo(&self) -> usize {
        self.sentence.start as usize
    }

    /// One past its last.
    fn hi(&self) -> usize {
        self.sentence.end as usize
    }

    /// One step left from `end` over a word that only links a cue with its number, or a closing quotation mark.
    fn step(&self, end: usize) -> Option<usize> {
        if let Some((start, _)) = self.page.before(self.lo(), end, Class::Filler) {
            return Some(start);
        }
        let quote = end > self.lo() && ['"', '”', '’', '\''].iter().any(|&c| self.page.s.is_mark(end - 1, c));
        quote.then(|| end - 1)
    }

    /// The phrase of `class` right before the amount, fillers between allowed: where it starts, its value.
    fn cue(&self, amount: &Amount, class: Class) -> Option<(usize, &str)> {
        let mut at = amount.hedge_start;
        loop {
            if let Some(found) = self.page.before(self.lo(), at, class) {
                return Some(found);
            }
            let start = self.step(at)?;
            if amount.hedge_start - start > 6 {
                return None;
            }
            at = start;
        }
    }

    /// The article's words from token `from` to `to`, for a rule's name.
    fn words(&self, from: usize, to: usize) -> String {
        self.page.s.slice(Span::of(from, to)).to_lowercase()
    }

    /// Whether any token of `from..to` starts a phrase of `class`.
    fn any(&self, from: usize, to: usize, class: Class) -> bool {
        (from..to).any(|i| self.page.is(i, class))
    }

    /// Where the clause of token `i` begins: behind the last ',' ';' ':' '(' before it, or [`REACH`] tokens back.
    fn clause_start(&self, i: usize) -> usize {
        let floor = self.back(i, REACH);
        (floor..i)
            .rev()
            .find(|&k| matches!(self.page.s.tokens[k].shape, Shape::Mark(',' | ';' | ':' | '(')))
            .map_or(floor, |k| k + 1)
    }

    /// The token `n` before `i`, or the first of the sentence.
    fn back(&self, i: usize, n: usize) -> usize {
        self.lo().max(i.saturating_sub(n))
    }

    /// The token `n` behind `i`, or one past the last of the sentence.
    fn ahead(&self, i: usize, n: usize) -> usize {
        self.hi().min(i.saturating_add(n))
    }

    /// The last few claims before this one in the sentence, nearest first.
    fn earlier(&self) -> impl Iterator<Item = &Draft> {
        self.before.iter().rev().take(12).flatten()
    }

    /// The nearest claim before this one in the sentence.
    fn last(&self) -> Option<&Draft> {
        self.earlier().next()
    }

    /// A hedge that the verb before the number carries: "vượt 1 triệu", "không cao hơn 30.000 đồng", "ước tăng 12%".
    fn hedged_by_verb(&self, amount: &Amount, kind: Kind) -> Option<Modifier> {
        let (page, at) = (self.page, amount.hedge_start);
        if kind != Kind::Change {
            if page.before(self.lo(), at, Class::Exceed).is_some() {
                return Some(Modifier::MoreThan);
            }
            if self.capped(at) {
                return Some(match page.w(at - 2) {
                    "thấp" | "ít" | "nhỏ" | "ngắn" | "kém" => Modifier::AtLeast,
                    _ => Modifier::AtMost,
                });
            }
        }
        self.estimated(amount).then_some(Modifier::Approximately)
    }

    /// "không cao hơn": a limit, not a difference; `at` is behind it.
    fn capped(&self, at: usize) -> bool {
        at >= self.lo() + 3 && self.page.w(at - 1) == "hơn" && self.page.w(at - 3) == "không"
    }

    /// "ước tăng 12%", "ước thiệt hại ban đầu 870 tỷ đồng": the estimate is said a few words before the number.
    fn estimated(&self, amount: &Amount) -> bool {
        let page = self.page;
        let at = amount.hedge_start;
        (self.back(at, 5)..at).rev().take_while(|&i| page.s.is_word(i)).any(|i| {
            let compound = i > self.lo()
                && matches!(page.w(i - 1), "mơ" | "công" | "điều" | "quy" | "giao" | "hiệp" | "khế" | "mong" | "hằng");
            page.w(i) == "ước" && page.w(i + 1) != "mơ" && !compound
        })
    }

    fn is_percent(amount: &Amount) -> bool {
        matches!(amount.unit, Unit::Percent | Unit::Permille)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::claim::lexicon::Lexicon;

    /// What is found in `sentence`: "kind value unit direction", joined by " | ".
    fn found(sentence: &str) -> String {
        let page = Page::new(sentence, Lexicon::built_in());
        let (_, drafts) = crate::claim::drafts(&page);
        let mut out = String::new();
        for draft in drafts {
            if !out.is_empty() {
                out.push_str(" | ");
            }
            write!(out, "{} {} {}", draft.kind.name(), draft.amount.value, draft.unit).expect("a string takes all");
            match draft.direction {
                Some(Direction::Increase) => out.push_str(" increase"),
                Some(Direction::Decrease) => out.push_str(" decrease"),
                None => {}
            }
        }
        out
    }

    /// Each sentence makes the claims that stand beside it.
    pub(super) fn claims(table: &[(&str, &str)]) {
        let wrong: Vec<_> = table
            .iter()
            .map(|(sentence, expected)| (*sentence, *expected, found(sentence)))
            .filter(|(_, expected, got)| expected != got)
            .collect();
        assert!(wrong.is_empty(), "sentence, expected, found: {wrong:#?}");
    }

    #[test]
    fn an_estimate_before_the_verb_hedges_the_number() {
        let page = Page::new("Tín dụng ước tăng 12%, huy động tăng 9%.", Lexicon::built_in());
        let hedges: Vec<_> = crate::claim::drafts(&page).1.into_iter().map(|d| d.modifier).collect();
        assert_eq!(hedges, [Some(Modifier::Approximately), None]);
    }

    #[test]
    fn every_kind_has_its_own_name_and_words() {
        for kind in Kind::ALL {
            assert!(kind.doc().contains('"') || *kind == Kind::Percentage, "{}", kind.name());
            assert_eq!(Kind::ALL.iter().filter(|k| k.name() == kind.name()).count(), 1);
        }
    }
}
