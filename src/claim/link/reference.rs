//! Against what a number is measured: the target of a percentage, the baseline of a change, the whole of a share.
//!
//! `tăng 12% so với cùng kỳ năm 2016` → baseline "cùng kỳ năm 2016"; `48,2% dự toán năm 2017` → target.

use super::mention::Part;
use super::phrase::extent;
use crate::article::span::{Span, Tokens};
use crate::claim::Role;
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

/// The reference of a draft: what part it plays and where it stands.
#[must_use]
pub(super) fn of(
    page: &Page<'_>,
    parts: &[Part],
    dates: &[Span<Tokens>],
    drafts: &[Draft],
    at: usize,
) -> Option<(Role, Span<Tokens>)> {
    let d = &drafts[at];
    let role = match d.kind {
        Kind::TargetPercentage => Role::Target,
        Kind::Change if d.rule.contains("vượt") => Role::Target,
        Kind::Change | Kind::Multiple => Role::Baseline,
        Kind::Percentage | Kind::Ratio => Role::Whole,
        Kind::Count | Kind::Money | Kind::Measurement | Kind::Rate => Role::Baseline,
        _ => return None,
    };
    let (lo, hi) = (d.sentence.start as usize, d.sentence.end as usize);
    let reader = Reader { page, parts, dates, lo, hi };
    // "đạt 2.460 tỷ đồng so với kế hoạch …": a level is compared only where that follows at once.
    if matches!(d.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Rate) {
        let end = d.noun.map_or(d.tokens.end, |n| n.end.max(d.tokens.end)) as usize;
        let span = reader.versus_behind(end, (end + 1).min(hi))?;
        return Some((if reader.is_target(span) { Role::Target } else { Role::Baseline }, span));
    }
    match role {
        Role::Target => reader
            .target(d)
            .map(|s| (Role::Target, s))
            .or_else(|| reader.next_versus(drafts, at).map(|s| (Role::Target, s)))
            .or_else(|| reader.listed(drafts, at).map(|s| (Role::Target, s)))
            .or_else(|| reader.compared_before(d).map(|s| (Role::Baseline, s)))
            .or_else(|| reader.whole(d).map(|s| (Role::Target, s))),
        Role::Baseline => reader
            .versus_behind(d.tokens.end as usize, next_start(drafts, at, hi))
            .or_else(|| reader.base_behind(d.tokens.end as usize))
            .or_else(|| reader.times_behind(d))
            .or_else(|| reader.compared_before(d))
            .or_else(|| reader.next_versus(drafts, at))
            .or_else(|| reader.listed(drafts, at))
            .map(|s| (if reader.is_target(s) { Role::Target } else { Role::Baseline }, s)),
        Role::Whole => {
            if let Some(s) = reader.versus_behind(d.tokens.end as usize, next_start(drafts, at, hi)) {
                return Some((Role::Baseline, s));
            }
            if let Some(s) = reader.base_behind(d.tokens.end as usize) {
                return Some((Role::Baseline, s));
            }
            let whole = reader
                .whole(d)
                .or_else(|| reader.whole_before(d))
                .or_else(|| reader.part_of(drafts, at))
                .or_else(|| reader.next_whole(drafts, at));
            let versus = || reader.versus_before(d).filter(|_| d.kind == Kind::Percentage);
            whole.map(|s| (Role::Whole, s)).or_else(|| versus().map(|s| (Role::Baseline, s)))
        }
    }
}

/// What the last claim of the sentence was compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// Which draft.
    pub(super) draft: usize,
    /// Its role.
    pub(super) role: Role,
    /// The words.
    pub(super) span: Span<Tokens>,
}

/// "tăng 5% so với cùng kỳ …, chi phí tăng 7%": an elided baseline is that of the change before it in the sentence.
#[must_use]
pub(super) fn carried(
    page: &Page<'_>,
    drafts: &[Draft],
    at: usize,
    last: Option<Before>,
) -> Option<(Role, Span<Tokens>)> {
    let (d, last) = (&drafts[at], last?);
    let source = &drafts[last.draft];
    if d.sentence != source.sentence || at - last.draft > 4 {
        return None;
    }
    let over = |x: &Draft| x.rule.contains("vượt");
    let alike = d.kind == source.kind && over(d) == over(source);
    let held = match d.kind {
        Kind::Change => alike && last.role != Role::Whole,
        Kind::Multiple => alike,
        Kind::TargetPercentage => last.role == Role::Target,
        // "(năm 2011 đạt 58,2%)", "chiếm 30% tổng số, … 20%": a further percentage in the same list.
        Kind::Percentage => {
            let gap = source.tokens.end as usize..d.tokens.start as usize;
            alike
                && last.role == Role::Whole
                && gap.len() < 20
                && !gap.clone().any(|k| page.s.is_mark(k, ';'))
                && (last.span.end as usize) < d.tokens.start as usize
        }
        _ => false,
    };
    held.then_some((last.role, last.span))
}

fn next_start(drafts: &[Draft], at: usize, hi: usize) -> usize {
    drafts.get(at + 1).map_or(hi, |n| (n.tokens.start as usize).min(hi)).max(drafts[at].tokens.end as usize)
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    parts: &'p [Part],
    dates: &'p [Span<Tokens>],
    lo: usize,
    hi: usize,
}

impl Reader<'_, '_> {
    fn extent(&self, start: usize) -> Option<Span<Tokens>> {
        let span = extent(self.page, self.parts, self.dates, start, self.hi, 14);
        (!span.is_empty()).then_some(span)
    }

    fn is_target(&self, span: Span<Tokens>) -> bool {
        span.range().take(4).any(|i| self.page.is(i, Class::Target))
    }

    /// The target that the finder saw, from its head on; what stands between the number and it belongs to it.
    fn target(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let end = d.tokens.end as usize;
        if let Some(span) = self.versus_behind(end, self.hi.min(end + 3)).filter(|s| self.is_target(*s)) {
            return Some(span);
        }
        let cue = d.cue_at.filter(|&c| page.is(c, Class::Target));
        match cue {
            Some(c) if c >= end => {
                let mut from = end;
                while from < c && matches!(page.w(from), "so" | "với" | "của") {
                    from += 1;
                }
                self.extent(from)
            }
            Some(c) => self.extent(c),
            None => (end..self.hi.min(end + 4)).find(|&i| page.is(i, Class::Target)).and_then(|_| self.extent(end)),
        }
    }

    /// "so với …" between the number and the next one.
    fn versus_behind(&self, end: usize, limit: usize) -> Option<Span<Tokens>> {
        let page = self.page;
        let mut k = end;
        while k < limit.min(end + 12).min(self.hi) {
            if let Some((len, _)) = page.get(k, Class::Versus) {
                return self.extent(k + if page.w(k) == "so" && page.w(k + 1) == "cùng" { 1 } else { len });
            }
            let pause = page.s.is_mark(k, ',') && !page.is(k + 1, Class::Versus);
            if page.s.is_mark(k, ';') || page.s.is_mark(k, '.') || pause {
                return None;
            }
            k += 1;
        }
        None
    }

    /// "tăng 28% cùng kỳ năm trước": the past level without "so với".
    fn base_behind(&self, end: usize) -> Option<Span<Tokens>> {
        let skip = usize::from(self.page.w(end) == "của");
        (self.page.w(end + skip) == "cùng" && self.page.is(end + skip, Class::Base))
            .then(|| self.extent(end + skip))
            .flatten()
    }

    /// "gấp 2,1 lần vốn chủ sở hữu", "chỉ bằng 1/6 mức bình quân": what a multiple is of stands right behind it.
    fn times_behind(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let at = d.tokens.end as usize;
        let function = [
            Class::Preposition,
            Class::Conjunction,
            Class::Coordinator,
            Class::Auxiliary,
            Class::Clause,
            Class::Adverb,
            Class::Anaphor,
        ]
        .iter()
        .any(|&c| page.is(at, c));
        let last = at - 1;
        // "to gấp rưỡi hến sông", "nhiều gấp đôi ở nữ giới".
        let (at, function) = if page.w(at) == "ở" { (at + 1, false) } else { (at, function) };
        (d.kind == Kind::Multiple
            && at < self.hi
            && page.s.is_word(at)
            && self.parts[at] != Part::Barrier
            && (matches!(page.w(last), "lần" | "đôi" | "rưỡi" | "ba" | "bốn")
                || page.s.is_number(last)
                || page.s.is_mark(last, '%'))
            && !function)
            .then(|| self.extent(at))
            .flatten()
    }

    /// "thấp hơn giá gạo trong nước 2,15 triệu": between the comparing word and the number; "so với 2015 giảm 12%".
    fn compared_before(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let start = d.amount.hedge_start;
        // The last comparing word before the number, and no mark between: its object is what is compared with.
        let near = self.lo.max(start.saturating_sub(11));
        let object = (near..start)
            .rev()
            .take_while(|&k| page.s.is_word(k) || page.s.is_number(k) || page.s.is_mark(k, '.'))
            .find(|&k| matches!(page.w(k), "hơn" | "kém" | "vượt"))
            .filter(|_| matches!(d.kind, Kind::Change | Kind::Multiple));
        if let Some(cue) = object {
            let mut from = cue + 1;
            while from < start && matches!(page.w(from), "so" | "với" | "cả" | "qua" | "mức" | "mốc" | "trên")
            {
                from += 1;
            }
            let noun = from + 1 < start
                && page.s.is_word(from)
                && !page.is(from, Class::Hedge)
                && !page.is(from, Class::Filler)
                && !page.is(from, Class::Preposition);
            if noun {
                let span = self.extent(from).filter(|s| s.end as usize <= start);
                return Some(span.unwrap_or(Span::of(from, start)));
            }
        }
        self.versus_before(d)
    }

    /// "so với 2015 giảm 12%", "so với Trái Đất, hành tinh ấy nặng 40%": what is compared with stands before.
    fn versus_before(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let start = d.amount.hedge_start;
        // "So với cùng kỳ, …": at the head of the sentence it holds for all that follows.
        let opening = (self.lo..self.hi.min(self.lo + 2)).any(|k| page.is(k, Class::Versus));
        let floor = self.lo.max(start.saturating_sub(if opening { 40 } else { 16 }));
        (floor..start).rev().take_while(|&k| !page.s.is_mark(k, ';')).find_map(|k| {
            let (len, _) = page.get(k, Class::Versus)?;
            let span = self.extent(k + len)?;
            ((span.end as usize) < start + 1).then_some(span)
        })
    }

    /// "vượt 5% và 31% so với chỉ tiêu": numbers in one row, whatever kind the later ones were taken for.
    fn listed(&self, drafts: &[Draft], at: usize) -> Option<Span<Tokens>> {
        let (d, next) = (&drafts[at], drafts.get(at + 1)?);
        let gap = d.tokens.end as usize..next.amount.hedge_start;
        let row = next.sentence == d.sentence
            && (next.unit == d.unit
                || next.kind == Kind::Multiple && matches!(d.kind, Kind::Percentage | Kind::Multiple))
            && gap.len() <= 4
            && gap.clone().all(|k| {
                self.page.s.is_mark(k, ',')
                    || matches!(
                        self.page.w(k),
                        "và" | "thậm" | "chí" | "hoặc" | "là" | "lên" | "tới" | "đến" | "chỉ" | "bằng"
                    )
            });
        let end = next.tokens.end as usize;
        row.then(|| self.versus_behind(end, next_start(drafts, at + 1, self.hi)).or_else(|| self.base_behind(end)))
            .flatten()
    }

    /// "từ 38% lên 97% vốn điều lệ": the whole is said once, behind the last.
    fn next_whole(&self, drafts: &[Draft], at: usize) -> Option<Span<Tokens>> {
        let (d, next) = (&drafts[at], drafts.get(at + 1)?);
        let gap = d.tokens.end as usize..next.amount.hedge_start;
        let row = next.sentence == d.sentence
            && next.kind == Kind::Percentage
            && d.kind == Kind::Percentage
            && gap.len() <= 3
            && gap.clone().all(|k| {
                self.page.s.is_mark(k, ',')
                    || matches!(
                        self.page.w(k),
                        "và" | "thậm" | "chí" | "hoặc" | "lên" | "xuống" | "còn" | "đến" | "tăng" | "giảm" | "hạ"
                    )
            });
        row.then(|| self.whole(next)).flatten()
    }

    /// "lần lượt tăng 7% và 11% so với cùng kỳ", "tăng 23%; lợi nhuận 7 tỷ đồng, tăng 25% so với cùng kỳ": a baseline
    /// said once behind the last of several.
    fn next_versus(&self, drafts: &[Draft], at: usize) -> Option<Span<Tokens>> {
        let d = &drafts[at];
        for next in drafts[at + 1..].iter().take(4) {
            if next.sentence != d.sentence || next.tokens.start as usize > d.tokens.end as usize + 40 {
                return None;
            }
            let over = |x: &Draft| x.rule.contains("vượt");
            if next.kind != d.kind && !(over(d) && next.kind == Kind::TargetPercentage) {
                continue;
            }
            if over(d) != over(next) && next.kind == d.kind {
                continue;
            }
            let end = next.tokens.end as usize;
            let limit = self.hi.min(end + 12);
            if let Some(span) = self.versus_behind(end, limit).or_else(|| self.base_behind(end)) {
                return Some(span);
            }
            if let Some(target) = self.target(next).filter(|_| over(next) || next.kind == Kind::TargetPercentage) {
                return Some(target);
            }
        }
        None
    }

    /// "trong tổng số 40 tỷ đồng, vốn vay chiếm 25%": the whole stands before, at the head of the sentence.
    fn whole_before(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let start = d.amount.hedge_start;
        let floor = self.lo.max(start.saturating_sub(32));
        (floor..start).rev().find_map(|k| {
            if !matches!(page.w(k), "trong" | "trên") {
                return None;
            }
            let leads = matches!(page.w(k + 1), "tổng" | "số") && page.w(k + 2) != "đó";
            let span = if leads { self.extent(k + 1) } else { self.numbered(d, k + 1) }?;
            ((span.end as usize) < start).then_some(span)
        })
    }

    /// "Trong 5.531 doanh nghiệp được kiểm tra, có 3.175 doanh nghiệp lỗ, chiếm 57,4%": a number of things that opens
    /// its clause, up to the mark that closes it.
    fn numbered(&self, d: &Draft, from: usize) -> Option<Span<Tokens>> {
        let page = self.page;
        let opens = from < self.lo + 3 || from >= 2 && !page.s.is_word(from - 2) && !page.s.is_number(from - 2);
        let mut behind = from;
        while behind < d.tokens.start as usize && self.parts[behind] == Part::Barrier {
            behind += 1;
        }
        let dated = self.dates.iter().any(|t| t.range().contains(&from));
        if !opens || behind == from || dated || d.kind != Kind::Percentage || !page.s.is_word(behind) {
            return None;
        }
        let span = self.extent(behind).filter(|s| page.s.is_mark(s.end as usize, ','))?;
        Some(Span::of(from, span.end as usize))
    }

    /// "có 12.600 vụ, trong đó trốn thuế hơn 880 vụ (chiếm 7%)": the share is of what "trong đó" takes a part of.
    fn part_of(&self, drafts: &[Draft], at: usize) -> Option<Span<Tokens>> {
        let page = self.page;
        let d = &drafts[at];
        let start = d.amount.hedge_start;
        let floor = self.lo.max(start.saturating_sub(30));
        let share = (start.saturating_sub(3).max(floor)..start).any(|k| page.is(k, Class::Share));
        let part = (floor..start).rev().find(|&k| page.w(k) == "trong" && page.w(k + 1) == "đó")?;
        let whole = drafts[..at]
            .iter()
            .rev()
            .take(4)
            .find(|w| w.sentence == d.sentence && (w.tokens.end as usize) <= part)
            .filter(|w| share && d.kind == Kind::Percentage && w.kind == Kind::Count)?;
        let noun = whole.noun.filter(|n| n.start >= whole.tokens.end)?;
        self.extent(noun.start as usize).filter(|s| s.end as usize <= part)
    }

    /// "52,6% tổng số thuế", "80% trong tổng số ca", "6,95% vốn": the noun phrase behind a share.
    fn whole(&self, d: &Draft) -> Option<Span<Tokens>> {
        let page = self.page;
        let mut from = d.noun.filter(|_| d.kind == Kind::Ratio).map_or(d.tokens.end, |n| n.start) as usize;
        let linked = matches!(page.w(from), "trong" | "của" | "trên");
        if linked {
            from += 1;
        }
        if from >= self.hi || !page.s.is_word(from) || self.parts[from] == Part::Barrier && !linked {
            return None;
        }
        let noun = [
            Class::Noun,
            Class::Countable,
            Class::Property,
            Class::Group,
            Class::Determiner,
            Class::Organization,
            Class::Classifier,
            Class::Target,
        ]
        .iter()
        .any(|&c| page.is(from, c));
        // A word of no table is taken for a noun ("65% giá trị căn hộ" and names of things).
        let known = [
            Class::Verb,
            Class::Adjective,
            Class::Adverb,
            Class::Conjunction,
            Class::Coordinator,
            Class::Preposition,
            Class::Pronoun,
        ]
        .iter()
        .any(|&c| page.is(from, c));
        let noun = noun
            || d.kind == Kind::Ratio && d.noun.is_some_and(|n| n.start as usize == from)
            || d.kind == Kind::Percentage && !known && !page.is(from, Class::Reach) && !page.is(from, Class::Level);
        // "10% chỉ tiêu": the first syllable alone would be an adverb.
        let quota = page.get(from, Class::Target).is_some_and(|(len, _)| len > 1);
        let function = !quota
            && (page.is(from, Class::Auxiliary)
                || page.is(from, Class::Locative)
                || page.is(from, Class::Clause) && !linked && !matches!(page.w(from), "các" | "những" | "cả"));
        if !noun || function || d.kind == Kind::Ratio && !linked && d.noun.is_none() {
            return None;
        }
        self.extent(from)
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;

    /// Each claim of a text that is compared with something.
    fn references(text: &str) -> String {
        let article = Article::from_text("t", text);
        let show = |c: &crate::claim::Claim| {
            let r = c.reference.as_ref()?;
            let value = r.value.map_or(String::new(), |v| format!(" = {v}"));
            Some(format!("{} [{:?} {}{value}]", c.span.slice(&article.text), r.role, r.span.slice(&article.text)))
        };
        crate::claim::read(&article).claims.iter().filter_map(show).collect::<Vec<_>>().join(" ¦ ")
    }

    #[test]
    fn one_figure_may_have_two_bases() {
        assert_eq!(
            references("Thu ngân sách đạt 512 tỷ đồng, bằng 102,3% dự toán và tăng 10% so với cùng kỳ năm trước."),
            "102,3% [Target dự toán] ¦ 10% [Baseline cùng kỳ năm trước]"
        );
    }

    #[test]
    fn a_baseline_said_once_holds_for_the_change_before_it() {
        assert_eq!(
            references("Doanh thu và lợi nhuận lần lượt tăng 7% và 11% so với cùng kỳ năm 2014."),
            "7% [Baseline cùng kỳ năm 2014] ¦ 11% [Baseline cùng kỳ năm 2014]"
        );
    }

    #[test]
    fn the_target_s_own_value_is_read() {
        assert_eq!(
            references("Lợi nhuận đạt 468 tỷ đồng, hoàn thành 80% kế hoạch cả năm (585 tỷ đồng)."),
            "80% [Target kế hoạch cả năm = 585000000000]"
        );
    }

    #[test]
    fn what_is_said_once_holds_for_the_whole_row() {
        assert_eq!(
            references("Quỹ nâng tỷ lệ sở hữu từ 38% lên 97% vốn điều lệ."),
            "38% [Whole vốn điều lệ] ¦ 97% [Whole vốn điều lệ]"
        );
        assert_eq!(
            references("Doanh thu và lợi nhuận lần lượt vượt 5% và 31% so với chỉ tiêu tỉnh giao."),
            "5% [Target chỉ tiêu tỉnh giao] ¦ 31% [Target chỉ tiêu tỉnh giao]"
        );
    }
}
