//! The time expressions that may scope a claim, each with what can be said of it.
//!
//! `Quý I/2015, doanh thu đạt 6 tỷ đồng, tăng 7% so với cùng kỳ`: "Quý I/2015" opens the sentence, "cùng kỳ" stands
//! behind "so với"; a time of an earlier sentence, or none at all, may be right too.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{governs, is_baseline, is_free_number, is_loose};
use crate::article::segment::Shape;
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};
use crate::claim::link::linear::{Candidate, Features, Linear, features};

features! {
    None "none";
    Rule "by rule";
    SameBefore "before, same clause";
    OtherBefore "before, other clause";
    SameAfter "after, same clause";
    OtherAfter "after, other clause";
    NearestBefore "nearest before";
    SecondBefore "second nearest before";
    NearestAfter "nearest after";
    Opens "opens the sentence";
    First "first of the sentence";
    Last "last of the sentence";
    Touching "touches the number";
    Near "up to 5 words off";
    Middle "6 to 15 words off";
    Far "16 words or more off";
    NumbersBetween "a number between";
    ManyBetween "two numbers or more between";
    Closed "closed off by ; or a bracket";
    InBracket "in brackets";
    Baseline "part of what is compared with";
    Planned "part of a plan";
    Loose "only places the telling";
    HasNumber "with a number";
    HasYear "with a year";
    Year "a year";
    Quarter "a quarter";
    Month "a month";
    Day "a day";
    Clock "an hour or part of a day";
    Span "a stretch";
    Now "now";
    Each "each or average";
    Past "past: qua, trước, ngoái";
    Part "a part: đầu, cuối, giữa";
    Until "until or since";
    Session "a session, round or season";
    Length "a length of time";
    BehindVersus "behind so với";
    BehindOf "behind của";
    BehindFrom "behind từ, kể từ";
    BehindTo "behind đến, tới";
    BehindIn "behind trong, vào, tại";
    BehindVerb "behind a verb";
    BehindNoun "behind a noun";
    BehindMark "behind a mark";
    BehindPlan "behind a target";
    BeforeMark "before a mark";
    BeforeVerb "before a verb";
    BeforeReach "before đạt, tăng";
    BeforeNumber "before a number";
    Previous "of the last claim";
    PreviousSame "of the last claim in the sentence";
    PreviousClose "of the last claim, few words between";
    Past1 "of the sentence before";
    Past2 "two sentences before";
    Past3 "further before";
    NewParagraph "another paragraph";
    Distant "100 words or more before";
    Remote "250 words or more before";
    Headline "first of the article";
    Left "last time told before";
    OpensPast "opens its earlier sentence";
    OnlyOne "only time of the sentence";
    NoTime "no time in the sentence";
    HasOpening "another opens the sentence";
    HasSame "another in the clause";
    Recent "told lately";
    IsCount "for a count";
    IsMoney "for money or a measurement";
    IsShare "for a share";
    IsTarget "for a target";
    IsChange "for a change";
    IsDuration "for a duration";
    IsAge "for an age";
    IsRate "for a rate";
    ClaimOpens "claim opens its sentence";
    ClaimBracket "claim in brackets";
    ClaimVersus "claim behind so với";
    ClaimLevel "claim behind a verb of level";
    ClaimLater "not the first claim of the sentence";
    Future "sẽ before the number";
    Superlative "behind nhất";
    Background "behind hồi";
    Adverb "hiện before a verb";
    BehindNumber "right behind another number";
    Own "the number in brackets right behind it";
    Titled "a year behind a capital";
    ClaimFrom "claim behind từ";
    ClaimTo "claim behind lên, xuống, còn";
}

static BUILT_IN: LazyLock<Linear> = LazyLock::new(|| Linear::parse(NAMES, include_str!("weights.tsv")));

/// The weights that the program ships.
#[must_use]
pub fn built_in() -> &'static Linear {
    &BUILT_IN
}

/// What the article said of time before a claim.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::claim::link) struct Told {
    /// The time of the last claim that had one, and its sentence.
    pub(in crate::claim::link) last: Option<(usize, Span<Tokens>)>,
    /// The time that the last sentence with one left, and that sentence.
    pub(in crate::claim::link) left: Option<(usize, Span<Tokens>)>,
    /// The first time of the article, and its sentence.
    pub(in crate::claim::link) first: Option<(usize, Span<Tokens>)>,
    /// Times of the sentences before, the newest first.
    pub(in crate::claim::link) recent: [Option<(usize, Span<Tokens>)>; 4],
    /// What the rules would choose.
    pub(in crate::claim::link) rule: Option<Span<Tokens>>,
    /// Where the claim before this one in the sentence ends.
    pub(in crate::claim::link) claim: Option<usize>,
}

impl Told {
    /// Keeps the last and the first time of a sentence that is over.
    pub(in crate::claim::link) fn remember(&mut self, sentence: usize, times: &[Span<Tokens>]) {
        let first = times.first().filter(|_| times.len() > 1);
        for &t in times.last().into_iter().chain(first) {
            self.recent.rotate_right(1);
            self.recent[0] = Some((sentence, t));
        }
    }
}

/// What was found out about times whatever the claim: of each it is found out once.
#[derive(Debug, Default)]
pub(in crate::claim::link) struct Known {
    /// What each time that was asked about is.
    what: FxHashMap<Span<Tokens>, Features>,
    /// The sentence whose times the next list tells of.
    sentence: Option<usize>,
    /// For each time of that sentence, what it is and what stands around it.
    here: Vec<Features>,
}

impl Known {
    /// What kind of time it is.
    fn what(&mut self, page: &Page<'_>, t: Span<Tokens>) -> Features {
        *self.what.entry(t).or_insert_with(|| of_time(page, t))
    }

    /// Reads the times of the sentence that a claim stands in.
    fn read(&mut self, page: &Page<'_>, times: &[Span<Tokens>], span: Span<Tokens>, sentence: usize) {
        if self.sentence == Some(sentence) {
            return;
        }
        self.sentence = Some(sentence);
        self.here.clear();
        let (lo, hi) = (span.start as usize, span.end as usize);
        for &t in times {
            let features = self.what(page, t)
                | around(page, t, lo, hi)
                | Feature::Baseline.when(is_baseline(page, times, lo, t, false))
                | Feature::Planned.when(is_baseline(page, times, lo, t, true));
            self.here.push(features);
        }
    }
}

/// How many times before a number, and behind it, are weighed.
const BEFORE: usize = 6;
const AFTER: usize = 3;

/// The times that may scope a draft of sentence `sentence`, and that none does.
pub(in crate::claim::link) fn candidates(
    page: &Page<'_>,
    times: &[Span<Tokens>],
    d: &Draft,
    sentence: usize,
    told: Told,
    known: &mut Known,
) -> Vec<Candidate> {
    known.read(page, times, d.sentence, sentence);
    let lo = d.sentence.start as usize;
    let (start, end) = (d.amount.hedge_start, d.tokens.end as usize);
    let claim = of_claim(page, d, told);
    let behind = times.partition_point(|t| (t.start as usize) < end);
    let ahead = times[..behind].partition_point(|t| (t.end as usize) <= start);
    let opening = times.first().is_some_and(|t| t.start as usize <= lo + 3 && t.end as usize <= start);
    let cut = |from: usize, to: usize| {
        (from..to).any(|k| matches!(page.s.tokens[k].shape, Shape::Mark(',' | ';' | '(' | ')' | ':')))
    };
    let same = times[..ahead].last().is_some_and(|t| !cut(t.end as usize, start));
    let none = claim
        | Feature::None.bit()
        | Feature::Rule.when(told.rule.is_none())
        | Feature::NoTime.when(times.is_empty())
        | Feature::HasOpening.when(opening)
        | Feature::HasSame.when(same);
    let mut found = Vec::with_capacity(16);
    found.push(Candidate { span: None, features: none });
    let first = ahead.saturating_sub(BEFORE - 1);
    let head = (first > 0).then_some(0);
    for n in head.into_iter().chain(first..ahead).chain(behind..times.len().min(behind + AFTER)) {
        let t = times[n];
        let (from, to) = (t.start as usize, t.end as usize);
        let before = n < ahead;
        let gap = if before { to..start } else { end..from };
        let between = gap.clone().take(80).filter(|&k| is_free_number(page, k)).count();
        let split = cut(gap.start, gap.end.min(gap.start + 80));
        let place = match (before, split) {
            (true, false) => Feature::SameBefore,
            (true, true) => Feature::OtherBefore,
            (false, false) => Feature::SameAfter,
            (false, true) => Feature::OtherAfter,
        };
        let distance = match gap.len() {
            0 => Feature::Touching,
            1..=5 => Feature::Near,
            6..=15 => Feature::Middle,
            _ => Feature::Far,
        };
        let closed = if before {
            !governs(page, gap.clone())
        } else {
            gap.clone().take(80).any(|k| [';', '(', ')'].iter().any(|&c| page.s.is_mark(k, c)))
        };
        let opens = from <= lo + 3;
        let features = claim
            | place.bit()
            | distance.bit()
            | known.here[n]
            | Feature::Rule.when(told.rule == Some(t))
            | Feature::NearestBefore.when(n + 1 == ahead)
            | Feature::SecondBefore.when(n + 2 == ahead)
            | Feature::NearestAfter.when(n == behind)
            | Feature::Opens.when(opens)
            | Feature::First.when(n == 0)
            | Feature::Last.when(n + 1 == times.len())
            | Feature::OnlyOne.when(times.len() == 1)
            | Feature::NumbersBetween.when(between == 1)
            | Feature::ManyBetween.when(between > 1)
            | Feature::Closed.when(closed)
            | Feature::Own.when(before && gap.len() == 1 && page.s.is_mark(gap.start, '('))
            | Feature::HasOpening.when(opening && !opens)
            | Feature::HasSame.when(same && n + 1 != ahead)
            | told_of(t, sentence, told, start);
        found.push(Candidate { span: Some(t), features });
    }
    for (s, t) in [told.last, told.left].into_iter().chain(told.recent).chain([told.first]).flatten() {
        if s == sentence || found.iter().any(|c| c.span == Some(t)) {
            continue;
        }
        let age = match sentence - s {
            1 => Feature::Past1,
            2 => Feature::Past2,
            _ => Feature::Past3,
        };
        let opening_there = page.s.sentences[s].start + 3 >= t.start;
        let gap = start.saturating_sub(t.end as usize);
        let parted = (page.s.sentences[s].end as usize..lo)
            .chain((s..sentence).map(|k| page.s.sentences[k].end as usize))
            .take(60)
            .any(|k| page.s.tokens.get(k).is_some_and(|t| t.shape == Shape::Break));
        let features = claim
            | age.bit()
            | known.what(page, t)
            | Feature::Rule.when(told.rule == Some(t))
            | Feature::NewParagraph.when(parted)
            | Feature::Distant.when(gap >= 100)
            | Feature::Remote.when(gap >= 250)
            | Feature::OpensPast.when(opening_there)
            | Feature::NoTime.when(times.is_empty())
            | Feature::HasOpening.when(opening)
            | Feature::HasSame.when(same)
            | told_of(t, sentence, told, start);
        found.push(Candidate { span: Some(t), features });
    }
    found
}

/// What was told with a time before.
fn told_of(t: Span<Tokens>, sentence: usize, told: Told, start: usize) -> Features {
    let last = told.last.filter(|l| l.1 == t);
    Feature::Previous.when(last.is_some())
        | Feature::PreviousSame.when(last.is_some() && told.claim.is_some())
        | Feature::PreviousClose.when(last.is_some() && told.claim.is_some_and(|c| start.saturating_sub(c) <= 6))
        | Feature::Left.when(told.left.is_some_and(|l| l.1 == t && l.0 < sentence))
        | Feature::Recent.when(told.recent.iter().take(2).flatten().any(|r| r.1 == t))
        | Feature::Headline.when(told.first.is_some_and(|f| f.1 == t))
}

/// What can be said of the claim.
fn of_claim(page: &Page<'_>, d: &Draft, told: Told) -> Features {
    let start = d.amount.hedge_start;
    let lo = d.sentence.start as usize;
    let kind = match d.kind {
        Kind::Count | Kind::Ratio | Kind::Rank | Kind::Score => Feature::IsCount,
        Kind::Money | Kind::Measurement => Feature::IsMoney,
        Kind::Percentage => Feature::IsShare,
        Kind::TargetPercentage => Feature::IsTarget,
        Kind::Change | Kind::Multiple => Feature::IsChange,
        Kind::Duration => Feature::IsDuration,
        Kind::Age => Feature::IsAge,
        Kind::Rate => Feature::IsRate,
    };
    let near = start.saturating_sub(6).max(lo)..start;
    kind.bit()
        | Feature::ClaimOpens.when(start <= lo + 1)
        | Feature::ClaimBracket.when(near.clone().any(|k| page.s.is_mark(k, '(')))
        | Feature::ClaimVersus.when(near.clone().any(|k| page.is(k, Class::Versus)))
        | Feature::ClaimLevel.when(near.clone().any(|k| page.is(k, Class::Level)))
        | Feature::ClaimLater.when(told.claim.is_some())
        | Feature::ClaimFrom.when((start.saturating_sub(3).max(lo)..start).any(|k| page.w(k) == "từ"))
        | Feature::ClaimTo.when(
            (start.saturating_sub(3).max(lo)..start).any(|k| matches!(page.w(k), "lên" | "xuống" | "còn" | "tới")),
        )
        | Feature::Future.when(near.clone().any(|k| matches!(page.w(k), "sẽ" | "dự" | "kế")))
}

/// What kind of time it is.
fn of_time(page: &Page<'_>, t: Span<Tokens>) -> Features {
    let words = t.range().take(8);
    let any = |list: &[&str]| words.clone().any(|k| list.contains(&page.w(k)));
    let number = t.range().any(|k| page.s.is_number(k));
    let year = t.range().any(|k| page.s.is_number(k) && super::digits::has_year(page.s.raw(k)));
    let head = page.w(t.start as usize);
    Feature::HasNumber.when(number)
        | Feature::HasYear.when(year)
        | Feature::Loose.when(is_loose(page, t))
        | Feature::Year.when(any(&["năm"]))
        | Feature::Quarter.when(any(&["quý"]))
        | Feature::Month.when(any(&["tháng"]))
        | Feature::Day.when(any(&["ngày", "hôm"]) || t.range().len() == 1 && number && !year)
        | Feature::Clock.when(any(&["giờ", "h", "sáng", "trưa", "chiều", "tối", "đêm", "phút"]))
        | Feature::Span.when(any(&["giai", "đoạn", "nhiệm", "niên", "kỷ", "khóa"]))
        | Feature::Now.when(any(&["nay", "hiện", "này"]))
        | Feature::Each.when(any(&["mỗi", "hàng", "hằng", "bình"]))
        | Feature::Past.when(any(&["qua", "trước", "ngoái", "rồi"]))
        | Feature::Part.when(any(&["đầu", "cuối", "giữa", "nửa"]))
        | Feature::Until.when(any(&["đến", "tới", "từ", "hết"]))
        | Feature::Session.when(any(&["phiên", "mùa", "vòng", "hiệp", "set", "trận", "kỳ", "vụ"]))
        | Feature::Length.when(number && !year && page.s.is_number(t.start as usize) && t.range().len() == 2)
        | Feature::Planned.when(head == "kế")
}

/// What stands around a time of the claim's own sentence.
fn around(page: &Page<'_>, t: Span<Tokens>, lo: usize, hi: usize) -> Features {
    let (from, to) = (t.start as usize, t.end as usize);
    let before = from.wrapping_sub(1);
    let inside = from > lo;
    let w = if inside { page.w(before) } else { "" };
    let ended = |class: Class| inside && page.before(lo, from, class).is_some();
    Feature::BehindVersus.when((from.saturating_sub(4).max(lo)..from).any(|k| page.is(k, Class::Versus)))
        | Feature::BehindOf.when(w == "của")
        | Feature::BehindFrom.when(w == "từ")
        | Feature::BehindTo.when(matches!(w, "đến" | "tới" | "hết"))
        | Feature::BehindIn.when(matches!(w, "trong" | "vào" | "tại" | "ở"))
        | Feature::BehindVerb.when(ended(Class::Verb))
        | Feature::BehindNoun.when(ended(Class::Noun) || ended(Class::Property) || ended(Class::Countable))
        | Feature::BehindMark.when(inside && !page.s.is_word(before) && !page.s.is_number(before))
        | Feature::BehindPlan.when(ended(Class::Target))
        | Feature::InBracket.when(inside && page.s.is_mark(before, '('))
        | Feature::BeforeMark.when(to < hi && !page.s.is_word(to) && !page.s.is_number(to))
        | Feature::BeforeVerb.when(page.is(to, Class::Verb) || page.is(to, Class::Auxiliary))
        | Feature::BeforeReach.when(page.is(to, Class::Reach) || page.is(to, Class::Up) || page.is(to, Class::Down))
        | Feature::BeforeNumber.when(page.s.is_number(to))
        | Feature::Superlative.when((from.saturating_sub(3).max(lo)..from).any(|k| page.w(k) == "nhất"))
        | Feature::Background.when(w == "hồi")
        | Feature::Titled.when(inside && t.range().len() == 1 && page.s.is_number(from) && page.s.is_capital(before))
        | Feature::Adverb.when(page.w(from) == "hiện" && (page.is(to, Class::Verb) || page.is(to, Class::Auxiliary)))
        | Feature::BehindNumber.when((from.saturating_sub(3).max(lo)..from).any(|k| is_free_number(page, k)))
}

#[cfg(test)]
mod tests {
    use crate::article::Article;

    /// Each claim of a text with the time that scopes it.
    fn periods(text: &str) -> String {
        let article = Article::from_text("t", text);
        let show = |c: &crate::claim::Claim| {
            let period = c.period.as_ref().map_or("-", |p| p.span.slice(&article.text));
            format!("{} [{period}]", c.span.slice(&article.text))
        };
        crate::claim::read(&article).claims.iter().map(show).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn a_stage_of_a_match_scopes_what_follows() {
        assert_eq!(periods("Đội Sông Lam dẫn trước trong hiệp 1. Họ có 2 cơ hội."), "2 [hiệp 1]");
    }

    #[test]
    fn a_time_behind_the_number_scopes_it() {
        assert_eq!(periods("Cổ phiếu KMP tăng 2,4% trong phiên sáng."), "2,4% [phiên sáng]");
    }
}
