//! What is counted or measured: the phrase that a reader would underline.
//!
//! `Doanh thu thuần quý III đạt 120 tỷ đồng` → "Doanh thu thuần"; `304 chi bộ trực thuộc` → "chi bộ trực thuộc".
//!
//! From the number the reader goes back over its predicate (`đạt`, `tăng lên`, `là khoảng`); what stands before that in
//! the clause is the subject, and the measure noun in it is the property. A clause without a subject continues the
//! claim before it.

pub mod candidates;
mod clause;
mod words;

use self::clause::Clause;
use self::words::{is_predicate, is_tail};
use super::mention::{Mention, Part};
use super::phrase::{extent, outer_extent};
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

/// How many tokens before a number are read for its property: the work for one claim is bounded.
const REACH: usize = 40;

/// What the claim before this one in the sentence left behind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// One past its quantity, and one past what it was compared with.
    pub(super) end: usize,
    /// Its property.
    pub(super) property: Span<Tokens>,
    /// The phrase of measure in its own clause, where its number stood inside ("chi phí cả 3 đợt lên đến …").
    pub(super) measure: Option<Span<Tokens>>,
}

/// What the reader of properties sees of an article.
#[derive(Clone, Copy)]
pub(super) struct Scene<'p, 't> {
    /// The article.
    pub(super) page: &'p Page<'t>,
    /// What each token is to a reader of phrases.
    pub(super) parts: &'p [Part],
    /// The time expressions of the claim's sentence.
    pub(super) dates: &'p [Span<Tokens>],
    /// The noun phrases of the article, in order.
    pub(super) mentions: &'p [Mention],
}

/// The property that the rules alone would choose. `last`: the claim before it in the sentence, for elided ones.
#[must_use]
fn by_rule(scene: Scene<'_, '_>, clause: &Clause<'_, '_>, d: &Draft, last: Option<Before>) -> Option<Span<Tokens>> {
    let page = scene.page;
    let end = d.tokens.end as usize;
    if d.kind == Kind::Age {
        // "35 tuổi", "58 tuổi đời": the word stands in the quantity itself.
        return d
            .tokens
            .range()
            .rev()
            .find(|&k| page.w(k) == "tuổi")
            .map(|k| Span::of(k, k + 1))
            .or_else(|| done(page, d));
    }
    if matches!(d.kind, Kind::Count | Kind::Ratio | Kind::Rate | Kind::Change)
        && let Some(noun) = d.noun
        && noun.start as usize >= d.amount.number_end
    {
        let counted = counted(scene, d, noun);
        // "khối lượng giao dịch đạt 29 nghìn đơn vị": the subject says what is measured, the noun only its unit.
        let linked = clause.verb.end > clause.verb.start;
        if linked && let Some(span) = clause.measure {
            return Some(span);
        }
        if d.kind == Kind::Change
            && let Some(last) = last
        {
            return Some(last.property);
        }
        if counted.range().len() == 1
            && let Some(span) = clause.measure
        {
            return Some(span);
        }
        if counted.range().len() > 1 || d.kind == Kind::Ratio {
            return Some(counted);
        }
        // A bare noun says little: what was done to them says more.
        return clause.action(d).or(Some(counted));
    }
    if d.kind == Kind::Duration {
        return done(page, d).or(clause.measure).or_else(|| following(scene, end, d)).or(last.map(|l| l.property));
    }
    let relative = matches!(d.kind, Kind::Change | Kind::TargetPercentage | Kind::Percentage | Kind::Multiple);
    // "chiếm 20% vốn điều lệ": the noun behind a share is its whole; the share is of what the clause before told.
    let share = d.kind == Kind::Percentage && !clause.verb.is_empty() && clause.subject.is_empty();
    let within = last.filter(|_| clause.subject.is_empty() && !clause.verb.is_empty()).and_then(|l| l.measure);
    clause
        .measure
        .or(within)
        .or_else(|| last.filter(|_| share).map(|l| l.property))
        .or_else(|| behind(scene, d))
        .or_else(|| clause.subject(d))
        .or_else(|| last.filter(|_| relative || clause.subject.is_empty()).map(|l| l.property))
        .or_else(|| clause.earlier())
        .or_else(|| done(page, d))
        .or_else(|| last.map(|l| l.property))
        .or(d.noun)
}

fn date_at(dates: &[Span<Tokens>], k: usize) -> Option<Span<Tokens>> {
    let n = dates.partition_point(|d| (d.end as usize) <= k);
    dates.get(n).copied().filter(|d| d.range().contains(&k))
}

/// The counted noun with what describes it and what it did.
fn counted(scene: Scene<'_, '_>, d: &Draft, noun: Span<Tokens>) -> Span<Tokens> {
    let hi = d.sentence.end as usize;
    let span = outer_extent(scene.page, scene.parts, scene.dates, noun.start as usize, hi, 10);
    if span.end < noun.end { noun } else { span }
}

/// "cắt giảm 40% nhân sự", "4.000m tôn lạnh": the noun behind a relative or measured number.
fn behind(scene: Scene<'_, '_>, d: &Draft) -> Option<Span<Tokens>> {
    let Scene { page, parts, dates, .. } = scene;
    let end = d.tokens.end as usize;
    let hi = d.sentence.end as usize;
    if end >= hi || !page.s.is_word(end) || parts[end] == Part::Barrier || date_at(dates, end).is_some() {
        return None;
    }
    let noun = [Class::Noun, Class::Countable, Class::Property, Class::Product].iter().any(|&c| page.is(end, c));
    let function = page.is(end, Class::Clause)
        || page.is(end, Class::Preposition)
        || page.is(end, Class::Auxiliary)
        || page.is(end, Class::Versus)
        || page.is(end, Class::Target)
        || page.is(end, Class::Base);
    (noun && !function).then(|| extent(page, parts, dates, end, hi, 8))
}

/// "trong 8 tiếng, thí sinh giải quyết …": the clause that a length of time opens.
fn following(scene: Scene<'_, '_>, end: usize, d: &Draft) -> Option<Span<Tokens>> {
    let Scene { page, parts, dates, .. } = scene;
    let hi = d.sentence.end as usize;
    let from = if end < hi && page.s.is_mark(end, ',') { end + 1 } else { end };
    if from >= hi || !page.s.is_word(from) || parts[from] == Part::Barrier || date_at(dates, from).is_some() {
        return None;
    }
    let span = extent(page, parts, dates, from, hi, 7);
    (span.range().len() >= 2).then_some(span)
}

/// The verb phrase that leads to the number: "đã trao 200 triệu đồng" → "trao".
fn done(page: &Page<'_>, d: &Draft) -> Option<Span<Tokens>> {
    let start = d.amount.hedge_start;
    let low = (d.sentence.start as usize).max(start.saturating_sub(10));
    let floor = (low..start)
        .rev()
        .find(|&k| [',', ';', '('].iter().any(|&c| page.s.is_mark(k, c)) || page.s.is_number(k))
        .map_or(low, |k| k + 1);
    let verb = (floor..start).find(|&k| {
        page.is(k, Class::Verb)
            && !page.is(k, Class::Auxiliary)
            && !page.s.is_capital(k)
            && !is_predicate(page, k)
            && !matches!(page.w(k), "bao" | "gồm" | "cho" | "biết" | "ghi")
            && !page.is(k, Class::Source)
    })?;
    let mut end = start;
    while end > verb + 1 && (is_tail(page, end - 1) || matches!(page.w(end - 1), "tổng" | "cộng" | "số" | "mỗi"))
    {
        end -= 1;
    }
    Some(Span::of(verb, end))
}

#[cfg(test)]
mod tests {
    use crate::article::Article;

    /// Each claim of a text with its property.
    fn properties(text: &str) -> String {
        let article = Article::from_text("t", text);
        let claims = crate::claim::read(&article).claims;
        let show = |c: &crate::claim::Claim| {
            let property = c.property.as_ref().map_or("-", |p| p.span.slice(&article.text));
            format!("{} [{property}]", c.span.slice(&article.text))
        };
        claims.iter().map(show).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn a_level_speaks_of_the_measure_that_is_its_subject() {
        assert_eq!(
            properties("Doanh thu thuần quý III của công ty đạt 120 tỷ đồng, tăng 8% so với cùng kỳ."),
            "120 tỷ đồng [Doanh thu thuần] ¦ 8% [Doanh thu thuần]"
        );
    }

    #[test]
    fn a_count_is_its_noun_with_what_describes_it() {
        assert_eq!(properties("Huyện có 304 chi bộ trực thuộc."), "304 [chi bộ trực thuộc]");
    }

    #[test]
    fn an_age_is_called_by_its_word() {
        assert_eq!(properties("Bà Lê Thị Mận, 67 tuổi, trồng bưởi."), "67 tuổi [tuổi]");
    }

    #[test]
    fn a_share_speaks_of_what_was_told_before_it() {
        assert_eq!(
            properties("Nợ xấu của quỹ là 12 tỷ đồng, chiếm 3% tổng dư nợ."),
            "12 tỷ đồng [Nợ xấu] ¦ 3% [Nợ xấu]"
        );
    }

    #[test]
    fn a_threshold_of_age_is_called_by_its_group() {
        assert_eq!(properties("Bổ sung sữa cho trẻ em dưới 6 tuổi."), "6 tuổi [trẻ em dưới 6 tuổi]");
    }

    #[test]
    fn a_dimension_belongs_to_what_is_measured() {
        assert_eq!(properties("Bức tượng cao 5 m."), "5 m [Bức tượng cao]");
    }
}
