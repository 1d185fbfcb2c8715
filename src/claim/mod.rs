//! **Meaning**, and nothing of bytes or pages: numbers are read ([`amount`]), claims found ([`find`]), tied to what
//! they speak of ([`link`]) and checked by their own arithmetic ([`verify`]).

pub mod amount;
pub mod equation;
pub mod find;
pub mod lexicon;
pub mod link;
pub mod verify;

use rust_decimal::Decimal;

use crate::article::Article;
use crate::article::span::{Bytes, Span};

pub use find::Kind;
pub use verify::{Check, Verdict};

/// How the article hedges a number. The word next to the number decides ("ước khoảng hơn 300" is `MoreThan`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Modifier {
    /// khoảng, chừng, ước tính, xấp xỉ …
    Approximately,
    /// gần, ngót, suýt …
    Nearly,
    /// hơn, trên, quá …
    MoreThan,
    /// dưới, chưa đầy, chưa đến …
    LessThan,
    /// ít nhất, tối thiểu, từ … trở lên
    AtLeast,
    /// không quá, tối đa …
    AtMost,
}

/// Which way a change went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// tăng, thêm, cao hơn …
    Increase,
    /// giảm, bớt, thấp hơn …
    Decrease,
}

/// The sort of thing that an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityType {
    /// An agency, company, club, party body …
    Organization,
    /// A place or administrative unit.
    Place,
    /// A person.
    Person,
    /// A product, model or work.
    Product,
    /// An event, project, document or campaign.
    Event,
    /// A definite group of people or things ("các doanh nghiệp FDI").
    Group,
    /// None of these.
    Other,
}

/// Who or what a claim is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest naming phrase anywhere in the article.
    pub name: String,
    /// Where the words near the claim stand that name it, if the sentence has any.
    pub mention: Option<Span<Bytes>>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// The administrative unit that it is or belongs to.
    pub place: Option<link::gazetteer::Place>,
}

/// What is counted or measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The words of the article.
    pub span: Span<Bytes>,
    /// The same with the article's abbreviations written out, when that differs.
    pub expanded: Option<String>,
}

/// The time that scopes a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The words of the article, without their preposition.
    pub span: Span<Bytes>,
    /// First day, when the words (and the publication date) decide it.
    pub from: Option<jiff::civil::Date>,
    /// Last day.
    pub to: Option<jiff::civil::Date>,
}

/// What part a reference plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The plan, resolution, estimate … that a percentage measures against.
    Target,
    /// The level that a change or multiple starts from.
    Baseline,
    /// The whole that a share is a part of.
    Whole,
}

/// What a claim is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Target, baseline or whole.
    pub role: Role,
    /// The words of the article.
    pub span: Span<Bytes>,
    /// Its own value, where the article states it.
    pub value: Option<Decimal>,
}

/// One numeric claim: found, linked, and ready to be checked and written.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// How people say it.
    pub kind: Kind,
    /// The quantity expression.
    pub span: Span<Bytes>,
    /// The sentence it stands in.
    pub sentence: Span<Bytes>,
    /// The value (numerator, or low end).
    pub value: Decimal,
    /// The high end of a range.
    pub value_max: Option<Decimal>,
    /// The whole of a ratio.
    pub denominator: Option<Decimal>,
    /// Digits after the decimal mark that the article states, in the unit of `value`: negative when a scale word
    /// rounds it (`1,25 tỷ` → -7, `97,1` → 1).
    pub decimals: i32,
    /// The unit as the guideline says: counted noun, "%", ISO 4217 code, "km", "VND/người/năm", "lần" …
    pub unit: String,
    /// UCUM or ISO 4217 code; none for counted nouns.
    pub unit_code: Option<String>,
    /// The hedge.
    pub modifier: Option<Modifier>,
    /// Which way, for a change.
    pub direction: Option<Direction>,
    /// Who or what it is about.
    pub entity: Option<Entity>,
    /// What is counted or measured.
    pub property: Option<Property>,
    /// When.
    pub period: Option<Period>,
    /// Against what.
    pub reference: Option<Reference>,
    /// Claims that say one thing together share this number.
    pub statement: u32,
    /// The rule and the cue that made it ("target/đạt … so với").
    pub rule: String,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// Other readings that could not be excluded.
    pub alternatives: Vec<Alternative>,
}

/// Another reading of the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The value in that reading.
    pub value: Decimal,
    /// Why it is possible, in a sentence.
    pub reason: String,
}

/// All that was read in one article.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The claims in the order of the text.
    pub claims: Vec<Claim>,
    /// The checks of their arithmetic; they point into `claims` by index.
    pub checks: Vec<Check>,
}

/// Reads the claims of one article.
#[must_use]
pub fn read(article: &Article) -> Reading {
    read_with(article, lexicon::Lexicon::built_in())
}

/// Reads the claims of one article with these tables.
#[must_use]
pub fn read_with(article: &Article, lexicon: &lexicon::Lexicon) -> Reading {
    read_unless(article, lexicon, &|| false).unwrap_or_default()
}

/// Reads the claims of one article with these tables, and gives up (none) once `late` says so. It is asked between the
/// stages and every few sentences.
#[must_use]
pub fn read_unless(article: &Article, lexicon: &lexicon::Lexicon, late: &dyn Fn() -> bool) -> Option<Reading> {
    let page = lexicon::Page::new(&article.text, lexicon);
    let (amounts, drafts) = drafts_unless(&page, late)?;
    let claims =
        if drafts.is_empty() { Vec::new() } else { link::Linker::new(&page, &amounts).claims(article, &drafts) };
    if late() {
        return None;
    }
    let checks = verify::checks(&article.text, &claims);
    (!late()).then_some(Reading { claims, checks })
}

/// The amounts of each sentence, and the claims that they make.
#[must_use]
pub fn drafts(page: &lexicon::Page<'_>) -> (Vec<Vec<amount::Amount>>, Vec<find::Draft>) {
    drafts_unless(page, &|| false).unwrap_or_default()
}

/// Sentences between two looks at the clock.
const SENTENCES: usize = 64;

fn drafts_unless(
    page: &lexicon::Page<'_>,
    late: &dyn Fn() -> bool,
) -> Option<(Vec<Vec<amount::Amount>>, Vec<find::Draft>)> {
    let mut amounts = Vec::with_capacity(page.s.sentences.len());
    for sentences in page.s.sentences.chunks(SENTENCES) {
        if late() {
            return None;
        }
        // A list of one number to a line is an article too: no sentence keeps room for more than it has.
        amounts.extend(sentences.iter().map(|&sentence| {
            let mut amounts = amount::amounts(page, sentence);
            amounts.shrink_to_fit();
            amounts
        }));
    }
    let mut drafts = Vec::new();
    for (sentences, amounts) in page.s.sentences.chunks(SENTENCES).zip(amounts.chunks(SENTENCES)) {
        if late() {
            return None;
        }
        let found = sentences.iter().zip(amounts);
        drafts.extend(found.flat_map(|(&sentence, amounts)| find::drafts(page, sentence, amounts)));
    }
    Some((amounts, drafts))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A year-end report of a Party committee, the figures worked out by hand.
    const REPORT: &str = "Cuối năm 2021, Đảng bộ huyện Trà Sơn có 43/45 chi bộ (1 chi bộ mới lập nên chưa xếp loại) được xếp \
        mức khá trở lên (chiếm 95,56% và đạt 119,45% so với Nghị quyết); 2.870 đảng viên được xếp cùng mức (chiếm 91,63%). \
        Tính cả nhiệm kỳ, Đảng bộ huyện kết nạp 231 đảng viên trẻ (đạt 57,75% so với Nghị quyết); bố trí trưởng thôn là \
        đảng viên ở 96/123 thôn (đạt 78%). Hiện 58/58 cán bộ chủ chốt của huyện có bằng đại học (đạt 100%), 83/89 cán bộ \
        chủ chốt cấp xã có bằng đại học (đạt 93,25%).";

    #[test]
    fn what_a_report_says_of_itself_can_be_checked() {
        let article = Article::from_text("report", REPORT);
        let claims = read(&article).claims;
        let show = |n: usize| claims[n].span.slice(&article.text);
        let found: Vec<(Verdict, String)> = verify::checks(&article.text, &claims)
            .iter()
            .map(|c| (c.verdict, c.claims.iter().map(|&n| show(n)).collect::<Vec<_>>().join(" ")))
            .collect();
        for (verdict, expected) in [
            (Verdict::Consistent, "43/45 95,56%"),
            (Verdict::Implied, "95,56% 119,45%"),
            (Verdict::Implied, "2.870 91,63%"),
            (Verdict::Implied, "231 57,75%"),
            (Verdict::Consistent, "96/123 78%"),
            (Verdict::Consistent, "58/58 100%"),
            (Verdict::ConsistentIfTruncated, "83/89 93,25%"),
        ] {
            assert!(found.contains(&(verdict, expected.to_owned())), "{expected}: {found:?}");
        }
    }

    #[test]
    fn numbers_that_say_one_thing_share_period_and_statement() {
        let article = Article::from_text("report", REPORT);
        let claims = read(&article).claims;
        let of = |quote: &str| claims.iter().find(|c| c.span.slice(&article.text) == quote).expect("the claim");
        for quote in ["43/45", "95,56%", "119,45%"] {
            let period = of(quote).period.as_ref().map(|p| p.span.slice(&article.text));
            assert_eq!((of(quote).statement, period), (of("43/45").statement, Some("Cuối năm 2021")), "{quote}");
        }
        assert_ne!(of("2.870").statement, of("119,45%").statement);
    }
}
