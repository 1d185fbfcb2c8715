//! What is counted or measured: the phrase that a reader would underline.
//!
//! `Doanh thu thuần quý III đạt 120 tỷ đồng` → "Doanh thu thuần"; `304 chi bộ trực thuộc` → "chi bộ trực thuộc".
//!
//! From the number the reader goes back over its predicate (`đạt`, `tăng lên`, `là khoảng`); what stands before that in
//! the clause is the subject, and the measure noun in it is the property. A clause without a subject continues the
//! claim before it.

use std::ops::Range;

use super::mention::{Mention, Part, Sort};
use super::phrase::{extent, outer_extent};
use crate::article::span::{Span, Tokens};
use crate::claim::find::{Draft, Kind};
use crate::claim::lexicon::{Class, Page};

/// How many tokens before a number are read for its property: the work for one claim is bounded.
const REACH: usize = 40;

/// What the claim before this one in the sentence left behind.
#[derive(Debug, Clone, Copy)]
pub struct Before {
    /// One past its quantity, and one past what it was compared with.
    pub end: usize,
    /// Its property.
    pub property: Span<Tokens>,
    /// The phrase of measure in its own clause, where its number stood inside ("chi phí cả 3 đợt lên đến …").
    pub measure: Option<Span<Tokens>>,
}

/// The phrase of measure in the clause of a draft.
#[must_use]
pub fn measure(scene: Scene<'_, '_>, d: &Draft, last: Option<Before>) -> Option<Span<Tokens>> {
    Clause::of(scene, d, last).measure()
}

/// What the reader of properties sees of an article.
#[derive(Clone, Copy)]
pub struct Scene<'p, 't> {
    /// The article.
    pub page: &'p Page<'t>,
    /// What each token is to a reader of phrases.
    pub parts: &'p [Part],
    /// The time expressions of the claim's sentence.
    pub dates: &'p [Span<Tokens>],
    /// The noun phrases of the article, in order.
    pub mentions: &'p [Mention],
}

/// The property of a draft. `last`: the claim before it in the sentence, for elided ones.
#[must_use]
pub fn of(scene: Scene<'_, '_>, d: &Draft, last: Option<Before>) -> Option<Span<Tokens>> {
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
    let clause = Clause::of(scene, d, last);
    if matches!(d.kind, Kind::Count | Kind::Ratio | Kind::Rate | Kind::Change)
        && let Some(noun) = d.noun
        && noun.start as usize >= d.amount.number_end
    {
        let counted = counted(scene, d, noun);
        // "khối lượng giao dịch đạt 29 nghìn đơn vị": the subject says what is measured, the noun only its unit.
        let linked = clause.verb.end > clause.verb.start;
        if linked && let Some(span) = clause.measure() {
            return Some(span);
        }
        if d.kind == Kind::Change
            && let Some(last) = last
        {
            return Some(last.property);
        }
        if counted.range().len() == 1
            && let Some(span) = clause.measure()
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
        return done(page, d)
            .or_else(|| clause.measure())
            .or_else(|| following(scene, end, d))
            .or(last.map(|l| l.property));
    }
    let relative = matches!(d.kind, Kind::Change | Kind::TargetPercentage | Kind::Percentage | Kind::Multiple);
    // "chiếm 20% vốn điều lệ": the noun behind a share is its whole; the share is of what the clause before told.
    let share = d.kind == Kind::Percentage && !clause.verb.is_empty() && clause.subject.is_empty();
    let within = last.filter(|_| clause.subject.is_empty() && !clause.verb.is_empty()).and_then(|l| l.measure);
    clause
        .measure()
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

/// The clause of a number up to it: subject, then predicate.
struct Clause<'p, 't> {
    scene: Scene<'p, 't>,
    /// Tokens of the subject.
    subject: Range<usize>,
    /// Tokens of the predicate that leads to the number.
    verb: Range<usize>,
    /// Where reading stops to the left: the claim before, or the reach.
    floor: usize,
}

impl<'p, 't> Clause<'p, 't> {
    fn of(scene: Scene<'p, 't>, d: &Draft, last: Option<Before>) -> Self {
        let page = scene.page;
        let start = d.amount.hedge_start;
        let lo = d.sentence.start as usize;
        let floor = last.map_or(lo, |l| l.end).max(start.saturating_sub(REACH)).min(start);
        let verb = predicate(page, floor, start);
        // "tổng sản phẩm nội địa (GDP) ước đạt": a bracket behind the subject is passed over.
        let mut end = verb;
        if end > floor
            && page.s.is_mark(end - 1, ')')
            && let Some(open) = (floor.max(end.saturating_sub(14))..end).rev().find(|&k| page.s.is_mark(k, '('))
        {
            end = open;
        }
        let mut from = clause_start(page, floor, end);
        // "Chủ tịch xã cho biết …": who says it is not the subject.
        if let Some(told) = (from..end).rev().find(|&k| page.is(k, Class::Source) && k > from) {
            from = (told + page.m.longest(told, Class::Source).map_or(1, |m| m.len as usize)).min(end);
        }
        // "Trong đó, …", "và …", "còn …": what opens the clause is not its subject.
        while from < end && opens(page, from) {
            from += 1;
        }
        Self { scene, subject: from..end, verb: verb..start, floor }
    }

    /// The phrase of measure in the subject, from its head to the predicate.
    fn measure(&self) -> Option<Span<Tokens>> {
        self.head(self.subject.clone()).map(|h| self.phrase(h, self.subject.end))
    }

    /// The nearest phrase of measure in the clauses before, back to the last claim.
    fn earlier(&self) -> Option<Span<Tokens>> {
        let page = self.scene.page;
        let mut end = self.subject.start;
        for _ in 0..3 {
            let to = (self.floor..end).rev().find(|&k| !is_edge(page, k))? + 1;
            let from = (self.floor..to).rev().find(|&k| is_edge(page, k)).map_or(self.floor, |k| k + 1);
            if let Some(head) = self.head(from..to) {
                return Some(self.phrase(head, to));
            }
            end = from;
        }
        None
    }

    /// The first head of a phrase of measure in `range`.
    fn head(&self, range: Range<usize>) -> Option<usize> {
        let Scene { page, mentions, dates, .. } = self.scene;
        let first = mentions.partition_point(|m| (m.tokens.start as usize) < range.start);
        mentions[first..]
            .iter()
            .take_while(|m| (m.tokens.start as usize) < range.end)
            .map(|m| (m.tokens.start as usize, m.sort))
            .find(|&(at, sort)| sort == Sort::Property && is_measure(page, at) && date_at(dates, at).is_none())
            .map(|(at, _)| at)
            .or_else(|| {
                range
                    .clone()
                    .find(|&k| page.is(k, Class::Property) && is_measure(page, k) && date_at(dates, k).is_none())
            })
            // "chỉ số", "mức độ": the word before belongs to it.
            .map(|at| at - usize::from(at > self.floor && page.w(at) == "số" && page.w(at - 1) == "chỉ"))
    }

    /// From a head to where its own words end: a time, a predicate, a name that owns it.
    fn phrase(&self, head: usize, to: usize) -> Span<Tokens> {
        let Scene { page, dates, .. } = self.scene;
        let mut at = head;
        let head_len = page.m.longest(head, Class::Property).map_or(1, |m| m.len as usize);
        while at < to && at - head < 12 {
            if at >= head + head_len
                && (date_at(dates, at).is_some()
                    || matches!(
                        page.w(at),
                        "của" | "đã" | "sẽ" | "đang" | "đạt" | "là" | "tăng" | "giảm" | "chiếm" | "trong" | "ước"
                    )
                    || page.is(at, Class::Versus)
                    || is_edge(page, at))
            {
                break;
            }
            at += 1;
        }
        while at > head + 1 && is_tail(page, at - 1) {
            at -= 1;
        }
        Span::of(head, at)
    }

    /// The noun right before the number: "camera 108 MP", "lãi 154 tỷ đồng"; a subject without a known head.
    fn subject(&self, d: &Draft) -> Option<Span<Tokens>> {
        let Scene { page, parts, dates, .. } = self.scene;
        let end = self.subject.end;
        if !self.verb.is_empty()
            && !matches!(
                d.kind,
                Kind::Money | Kind::Measurement | Kind::Percentage | Kind::TargetPercentage | Kind::Change
            )
        {
            return None;
        }
        if self.verb.is_empty() {
            let mut from = end;
            while from > self.subject.start
                && end - from < 4
                && page.s.is_word(from - 1)
                && parts[from - 1] != Part::Barrier
                && date_at(dates, from - 1).is_none()
                && (!is_stop(page, from - 1)
                    || from == end && matches!(page.w(end - 1), "sau" | "trước") && d.kind == Kind::Measurement)
            {
                from -= 1;
            }
            // A word of several syllables is not cut ("chi đầu tư phát triển").
            while from > self.subject.start
                && [Class::Noun, Class::Verb, Class::Property]
                    .iter()
                    .any(|&c| page.m.longest(from - 1, c).is_some_and(|m| m.len > 1))
            {
                from -= 1;
            }
            // A capital that opens the phrase is a name; a single one may be the part itself ("RAM 8 GB").
            while end - from > 1 && page.s.is_capital(from) && from > self.subject.start {
                from += 1;
            }
            let named = (from..end).all(|k| page.s.is_capital(k)) && end - from > 1;
            return (from < end && !named).then(|| Span::of(from, end));
        }
        let mut from = self.subject.start;
        while from < end {
            if let Some(date) = date_at(dates, from) {
                from = date.end as usize;
            } else if opens(page, from) || page.is(from, Class::Preposition) || parts[from] == Part::Barrier {
                from += 1;
            } else {
                break;
            }
        }
        if from >= end || page.s.is_capital(from) && from > self.subject.start.max(d.sentence.start as usize) {
            return None;
        }
        let all_names = (from..end).all(|k| page.s.is_capital(k) || !page.s.is_word(k));
        (!all_names).then(|| self.phrase(from, end))
    }

    /// The verb that says what happened to what is counted: "lấy mẫu xét nghiệm cho 730 người".
    fn action(&self, d: &Draft) -> Option<Span<Tokens>> {
        let span = done(self.scene.page, d)?;
        (span.start as usize >= self.floor && span.range().len() >= 2).then_some(span)
    }
}

/// Steps back from `end` over the words of a predicate; returns where it begins.
fn predicate(page: &Page<'_>, floor: usize, end: usize) -> usize {
    let mut at = end;
    while at > floor && end - at < 10 {
        // "lượng sở hữu lên 5 triệu": a verb of holding is the predicate only right before its number.
        let share = (at == end).then(|| page.before(floor, at, Class::Share)).flatten();
        let step = [
            Class::Up,
            Class::Down,
            Class::Level,
            Class::Reach,
            Class::Exceed,
            Class::Fold,
            Class::Filler,
            Class::Hedge,
        ]
        .iter()
        .filter_map(|&c| page.before(floor, at, c))
        .chain(share)
        .filter(|&(s, _)| !page.is(s, Class::Property) || page.is(s, Class::Up) || page.is(s, Class::Down))
        .map(|(s, _)| s)
        .min();
        let bracket = page.s.is_mark(at - 1, '(') || page.s.is_mark(at - 1, ':');
        match step {
            Some(s) => at = s,
            None if page.s.is_word(at - 1) && is_predicate(page, at - 1) || bracket => at -= 1,
            None => break,
        }
    }
    at
}

/// Where the clause that ends at `end` begins; an alias in brackets ("(GDP)") is passed over.
fn clause_start(page: &Page<'_>, floor: usize, end: usize) -> usize {
    let mut k = end;
    while k > floor {
        k -= 1;
        if page.s.is_mark(k, ')')
            && let Some(open) = (floor.max(k.saturating_sub(4))..k).rev().find(|&o| page.s.is_mark(o, '('))
            && open > floor
        {
            k = open;
            continue;
        }
        if is_edge(page, k) {
            return k + 1;
        }
    }
    floor
}

/// Words between a subject and its number that say only that it is so much.
fn is_predicate(page: &Page<'_>, k: usize) -> bool {
    matches!(
        page.w(k),
        "là" | "đạt"
            | "tăng"
            | "giảm"
            | "chiếm"
            | "bằng"
            | "ở"
            | "mức"
            | "lên"
            | "xuống"
            | "còn"
            | "có"
            | "được"
            | "đã"
            | "đang"
            | "sẽ"
            | "cũng"
            | "chỉ"
            | "ước"
            | "tính"
            | "khoảng"
            | "hơn"
            | "gần"
            | "trên"
            | "tới"
            | "đến"
            | "lần"
            | "lượt"
            | "nhẹ"
            | "mạnh"
            | "thêm"
            | "vượt"
            | "hoàn"
            | "thành"
            | "tương"
            | "đương"
            | "ứng"
            | "với"
            | "từ"
            | "vào"
            | "dao"
            | "động"
            | "quanh"
            | "mới"
            | "vẫn"
            | "cao"
            | "thấp"
            | "kỷ"
            | "lục"
            | "dự"
            | "kiến"
            | "bình"
            | "quân"
            | "trung"
            | "tiếp"
            | "tục"
            | "dừng"
            | "lại"
            | "đứng"
            | "đóng"
            | "cửa"
            | "niêm"
            | "yết"
            | "gấp"
            | "xấp"
            | "xỉ"
            | "vùng"
            | "đều"
            | "nâng"
            | "riêng"
            | "cả"
            | "thì"
            | "như"
            | "vậy"
            | "về"
            | "vọt"
            | "thể"
            | "rất"
            | "khá"
    )
}

/// Words that a phrase of measure does not end with.
fn is_tail(page: &Page<'_>, k: usize) -> bool {
    !page.s.is_word(k) && !page.s.is_number(k) && !page.s.is_mark(k, ')')
        || matches!(
            page.w(k),
            "đã" | "được"
                | "của"
                | "có"
                | "từ"
                | "đến"
                | "cho"
                | "trong"
                | "và"
                | "tại"
                | "vào"
                | "ước"
                | "tính"
                | "này"
                | "bị"
                | "sẽ"
                | "cả"
                | "dự"
                | "kiến"
                | "là"
                | "tới"
                | "chỉ"
                | "ở"
                | "toàn"
                | "đang"
                | "cũng"
                | "vẫn"
                | "đều"
                | "thì"
                | "với"
        )
}

/// Where a clause ends.
fn is_edge(page: &Page<'_>, k: usize) -> bool {
    [',', ';', ':', '(', ')', '+', '•', '|'].iter().any(|&c| page.s.is_mark(k, c))
        || page.s.is_mark(k, '-') && !page.s.is_glued(k)
        || matches!(page.w(k), "nhưng" | "song" | "khiến" | "nâng" | "do") && !page.is(k, Class::Property)
}

/// Words that open a clause before its subject.
fn opens(page: &Page<'_>, k: usize) -> bool {
    matches!(
        page.w(k),
        "đó" | "và"
            | "còn"
            | "riêng"
            | "cụ"
            | "thể"
            | "theo"
            | "tuy"
            | "nhiên"
            | "ngoài"
            | "ra"
            | "với"
            | "khi"
            | "mà"
            | "thì"
    ) || !page.s.is_word(k)
}

/// Heads that measure nothing by themselves, and the targets with which others are compared.
fn is_measure(page: &Page<'_>, k: usize) -> bool {
    let len = page.m.longest(k, Class::Property).map_or(1, |m| m.len as usize);
    let weak = len == 1
        && matches!(
            page.w(k),
            "cuối"
                | "buổi"
                | "bên"
                | "khi"
                | "lúc"
                | "mặt"
                | "ngày"
                | "năm"
                | "nửa"
                | "phía"
                | "quý"
                | "tháng"
                | "việc"
                | "tầm"
                | "tội"
                | "đầu"
                | "đỉnh"
                | "phần"
                | "nguồn"
                | "điểm"
        );
    // "mức phạt", "mức thu" measure; "ở mức 5%", "mức cao nhất", "con số" do not.
    let bare = len == 1
        && (page.w(k) == "mức"
            && (page.s.is_number(k + 1)
                || page.is(k + 1, Class::Adjective)
                || matches!(
                    page.w(k + 1),
                    "cao" | "thấp" | "kỷ" | "khá" | "rất" | "là" | "khoảng" | "hơn" | "gần" | "trên" | "này"
                ))
            || page.w(k) == "số" && page.w(k.wrapping_sub(1)) == "con");
    let empty = len == 2
        && matches!(
            (page.w(k), page.w(k + 1)),
            ("trong", "đó")
                | ("theo", "đó")
                | ("thời", "điểm")
                | ("thông", "tin")
                | ("phương", "án")
                | ("tình", "hình")
                | ("hiện", "tượng")
                | ("vấn", "đề")
                | ("nguyên", "nhân")
                | ("hoạt", "động")
                | ("công", "tác")
                | ("kết", "quả")
                | ("lợi", "thế")
                | ("mục", "tiêu")
                | ("phía", _)
                | ("thành", "tích")
        );
    let plan = page.is(k, Class::Target)
        && matches!(page.w(k), "kế" | "dự" | "chỉ" | "mục" | "nghị" | "định" | "tiến" | "phương");
    !weak && !bare && !empty && !plan
}

/// Where no noun can go on to the left.
fn is_stop(page: &Page<'_>, k: usize) -> bool {
    is_edge(page, k)
        || page.is(k, Class::Preposition)
        || page.is(k, Class::Conjunction)
        || page.is(k, Class::Coordinator)
        || page.is(k, Class::Auxiliary)
        || page.is(k, Class::Pronoun)
        || page.is(k, Class::Versus)
        || page.is(k, Class::Verb) && !page.is(k, Class::Noun) && !page.is(k, Class::Property)
        || matches!(page.w(k), "sở" | "hữu" | "có" | "với" | "là")
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
