//! An article read: its text with marks, its checks worst first, and a card for each claim. The desk and the report show
//! the same; the report has nothing that needs a server.

use maud::{Markup, html};

use super::marked::{Text, kind_name, rank, sign, worst};
use super::strings::{find, string};
use super::words::{plain, words};
use crate::record::correction::{Correction, Judgement};
use crate::record::kind::KINDS;
use crate::record::{CheckRow, ClaimRow, Kind, Record, Verdict};
use crate::surface::explained::explained;
use crate::surface::figures::{day, number};
use crate::surface::lang::Lang;
use crate::surface::wording::{self, days, entity_type, role, value};

/// What an article is shown with.
pub(super) struct View<'a> {
    pub(super) record: &'a Record,
    pub(super) text: Text<'a>,
    pub(super) lang: Lang,
    /// The last judgement of each claim.
    pub(super) judged: Vec<&'a Correction>,
    /// Where the article's page is (`/bai/a-1`); none in a report.
    pub(super) at: Option<String>,
}

impl<'a> View<'a> {
    /// A record with what people said of its claims.
    pub(super) fn of(record: &'a Record, judged: Vec<&'a Correction>, lang: Lang, at: Option<String>) -> Self {
        Self { record, text: Text::of(record, &judged, lang), lang, judged, at }
    }

    pub(super) fn t(&self, key: &'static str) -> &'static str {
        string(key, self.lang)
    }

    /// The headline, else the first words.
    pub(super) fn title(&self) -> String {
        let article = &self.record.article;
        let first = || article.text.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
        article.title.clone().unwrap_or_else(|| {
            let line = first();
            let short: String = line.chars().take(90).collect();
            match short.rsplit_once(' ') {
                Some((whole, _)) if short.len() < line.len() => format!("{whole}…"),
                _ => short,
            }
        })
    }

    /// Headline, where it is from, and what was found.
    pub(super) fn head(&self) -> Markup {
        let article = &self.record.article;
        let published = article.published.as_deref().map(|at| day(at.get(..10).unwrap_or(at), self.lang));
        html! {
            h1 { (words(&self.title())) }
            p.from {
                @for part in [published.as_deref(), article.author.as_deref(), article.url.as_deref().or(article.source.as_deref())].into_iter().flatten() {
                    span { (words(part)) }
                }
            }
            (self.summary())
        }
    }

    /// How many claims, checks, and how many of these do not hold.
    fn summary(&self) -> Markup {
        let count = |verdict| self.record.checks.iter().filter(|check| check.verdict == verdict).count();
        let bad = count(Verdict::Inconsistent);
        let held = count(Verdict::Consistent) + count(Verdict::ConsistentIfTruncated);
        html! {
            ul.summary {
                li { b { (self.record.claims.len()) } " " (self.t("count.claims")) }
                li { b { (self.record.checks.len()) } " " (self.t("count.checks")) }
                @if bad > 0 { li.bad { span aria-hidden="true" { "✗ " } b { (bad) } " " (self.t("count.bad")) } }
                @else { li.good { (self.t("count.none")) } }
                @if held > 0 { li.good { span aria-hidden="true" { "✓ " } b { (held) } " " (self.t("count.held")) } }
            }
            @for fault in &self.record.faults {
                p.notice { (self.t("text.fault")) " " (words(&fault.message)) }
            }
        }
    }

    /// What the colours, lines and signs of the marks mean: the kinds that this article has.
    pub(super) fn legend(&self) -> Markup {
        let there = |kind: Kind| self.record.claims.iter().any(|claim| claim.kind == kind);
        html! {
            details.legend open {
                summary { (self.t("text.legend")) }
                ul {
                    @for kind in KINDS.iter().map(|doc| Kind::from(doc.kind)).filter(|kind| there(*kind)) {
                        li title=(self.lang.say(kind.doc().nghia, kind.doc().meaning)) {
                            span class=(format!("mark k-{}", kind.name())) { span.q { (kind_name(kind, self.lang)) } sup aria-hidden="true" { (sign(kind)) } }
                        }
                    }
                    @if self.record.inconsistent() {
                        li { span.mark.bad { span.q { (self.t("text.bad")) } sup aria-hidden="true" { b.cross { "✗" } } } }
                    }
                }
            }
        }
    }

    /// The checks, worst first; those of one statement stay together.
    pub(super) fn checks(&self) -> Markup {
        let mut checks: Vec<(usize, &CheckRow)> = self.record.checks.iter().enumerate().collect();
        checks.sort_by_key(|(n, check)| (rank(check.verdict), *n));
        html! {
            section.checks aria-labelledby=(self.id("checks")) {
                h2 id=(self.id("checks")) { (self.t("check.title")) }
                @if checks.is_empty() { p.faint { (self.t("check.none")) } }
                ol {
                    @for (_, check) in checks { (self.check(check)) }
                }
            }
        }
    }

    /// A name that is the article's own on a page with several.
    pub(super) fn id(&self, name: &str) -> String {
        match &self.at {
            Some(_) => name.to_owned(),
            None => format!("{name}-{}", self.anchor()),
        }
    }

    /// What stands for the article in the address of a place on the page.
    pub(super) fn anchor(&self) -> String {
        self.record.article.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
    }

    fn check(&self, check: &CheckRow) -> Markup {
        let (mark, said) = wording::verdict(check.verdict, self.lang);
        let claims: Vec<(usize, &ClaimRow)> = check
            .claims
            .iter()
            .filter_map(|id| self.record.claims.iter().position(|claim| claim.id == *id))
            .map(|at| (at, &self.record.claims[at]))
            .collect();
        let mut sentences: Vec<_> = claims.iter().map(|(_, claim)| claim.sentence).collect();
        sentences.sort_by_key(|range| range.start);
        sentences.dedup();
        // In the unit of the number that is reported.
        let is_percent = claims.iter().any(|(_, claim)| {
            claim.unit == "%" && check.reported.is_some_and(|own| own.0.abs() == claim.value.0.abs())
        });
        let figure = |value| format!("{}{}", number(value, self.lang), if is_percent { " %" } else { "" });
        let (explanation, told) = explained(&check.explanation, self.lang);
        html! {
            li class=(format!("check v-{}", check.verdict.name())) data-claims=(check.claims.join(" ")) data-verdict=(check.verdict.name()) {
                p.verdict {
                    span class=(format!("badge v-{}", check.verdict.name())) { span aria-hidden="true" { (mark) } " " (said) }
                    " " span.rule { (find(&format!("rule.{}", check.rule), self.lang).unwrap_or(check.rule)) }
                }
                p.explanation lang=(told.tag()) { (words(&explanation)) }
                @if let (Some(reported), Some(computed)) = (check.reported, check.computed) {
                    dl.sum {
                        div { dt { (self.t("check.reported")) } dd { (figure(reported)) } }
                        @if let (Some(low), Some(high)) = (check.lower, check.upper) && low != high {
                            div { dt { (self.t("check.stands")) } dd { (figure(low)) " – " (figure(high)) } }
                        }
                        div { dt { (self.t("check.computed")) } dd { (figure(computed)) } }
                    }
                }
                @for range in sentences.into_iter().take(3) {
                    blockquote lang="vi" { (self.text.between(range.start, range.end, false)) }
                }
                p.links {
                    span.vh { (self.t("check.claims")) " " }
                    @for (n, claim) in claims {
                        a.to-claim href=(format!("#{}", claim.id)) data-claim=(claim.id) { (n + 1) " · " bdi { (words(&claim.text)) } }
                        " "
                    }
                }
            }
        }
    }

    /// A card for each claim, in the order of the text.
    pub(super) fn cards(&self) -> Markup {
        html! {
            section.claims aria-labelledby=(self.id("claims")) {
                h2 id=(self.id("claims")) { (self.t("claim.title")) }
                @if self.record.claims.is_empty() { p.faint { (self.t("claim.none")) } }
                ol.cards {
                    @for (n, claim) in self.record.claims.iter().enumerate() { (self.card(n, claim)) }
                }
                p.faint.empty hidden data-empty="" { (self.t("filter.empty")) }
            }
        }
    }

    fn card(&self, n: usize, claim: &ClaimRow) -> Markup {
        let verdict = worst(self.record, claim);
        let judged = self.judged.iter().find(|one| one.claim_id == claim.id).copied();
        let class = format!("card{}", verdict.map(|verdict| format!(" v-{}", verdict.name())).unwrap_or_default());
        let entity = claim.entity.as_ref().map_or("", |entity| entity.name.as_str());
        let summary = html! {
            span class=(format!("tag k-{}", claim.kind.name())) { (n + 1) " " span.sign aria-hidden="true" { (sign(claim.kind)) } }
            " " strong.quote { bdi { (words(&claim.text)) } }
            " " span.kind { (kind_name(claim.kind, self.lang)) }
            @if let Some(verdict) = verdict {
                @let (mark, said) = wording::verdict(verdict, self.lang);
                " " span class=(format!("badge v-{}", verdict.name())) { span aria-hidden="true" { (mark) } " " (said) }
            }
            @if let Some(one) = judged { " " span class=(format!("badge j-{}", one.judgement.name())) { (self.judgement(one.judgement)) } }
            span.about {
                @if !entity.is_empty() { bdi { (words(entity)) } }
                @if let Some(property) = &claim.property { @if !entity.is_empty() { " · " } bdi { (words(&property.text)) } }
            }
        };
        html! {
            li class=(class) id=(claim.id) data-kind=(claim.kind.name()) data-entity=(plain(entity)) data-verdict=(verdict.map_or("none", Verdict::name)) data-judged=[judged.map(|one| one.judgement.name())] {
                @if self.at.is_some() {
                    details { summary { (summary) } (self.known(claim, judged)) (self.actions(claim)) }
                } @else {
                    p.summary-line { (summary) }
                    (self.known(claim, judged))
                    p.links { a href=(format!("#t-{}", claim.id)) { (self.t("claim.show")) } }
                }
            }
        }
    }

    pub(super) fn judgement(&self, judgement: Judgement) -> &'static str {
        match judgement {
            Judgement::Right => self.t("judge.right"),
            Judgement::Wrong => self.t("judge.wrong"),
            Judgement::Fixed => self.t("judge.fixed"),
            Judgement::Missed => self.t("judge.missed"),
            Judgement::Withdrawn => self.t("judge.withdrawn"),
        }
    }

    /// Everything that is known of a claim.
    fn known(&self, claim: &ClaimRow, judged: Option<&Correction>) -> Markup {
        let fixed = judged
            .and_then(|one| one.fields.as_ref())
            .filter(|_| judged.is_some_and(|one| one.judgement == Judgement::Fixed));
        html! {
            @if let Some(one) = judged {
                div class=(format!("judged j-{}", one.judgement.name())) {
                    p { b { (self.t("judge.person")) " " (self.judgement(one.judgement)) } " " span.faint { (one.made.get(..10).unwrap_or_default()) } }
                    @if let Some(fields) = fixed { (self.changes(one.machine.as_ref(), fields)) }
                    @if let Some(note) = &one.note { p { (words(note)) } }
                }
            }
            dl.known lang="vi" {
                (self.row("claim.value", &html! { (words(&value(claim, self.lang))) }))
                @if let Some(entity) = &claim.entity {
                    (self.row("claim.entity", &html! {
                        bdi { (words(&entity.name)) } " " span.faint lang=(self.lang.tag()) { "(" (entity_type(entity.kind, self.lang)) ")" }
                        @if let Some(mention) = entity.mention.as_ref().filter(|mention| **mention != entity.name) {
                            " " span.faint { "← “" (words(mention)) "”" }
                        }
                    }))
                    @if let Some(place) = &entity.place {
                        (self.row("claim.place", &html! {
                            (words(&place.name)) " " span.faint { (place.code) }
                            @if !place.successors.is_empty() {
                                " → " (words(&place.successors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")))
                            }
                        }))
                    }
                }
                @if let Some(property) = &claim.property {
                    (self.row("claim.property", &html! { bdi { (words(property.expanded.as_ref().unwrap_or(&property.text))) } }))
                }
                @if let Some(period) = &claim.period {
                    (self.row("claim.period", &html! {
                        bdi { (words(&period.text)) }
                        @if let Some(days) = days(period, self.lang) { " " span.faint { "= " (days) } }
                    }))
                }
                @if let Some(reference) = &claim.reference {
                    (self.row("claim.reference", &html! {
                        bdi { (words(&reference.text)) }
                        @if let Some(own) = reference.value { " = " (number(own, self.lang)) }
                        " " span.faint lang=(self.lang.tag()) { "(" (role(reference.role, self.lang)) ")" }
                    }))
                }
                (self.row("claim.confidence", &html! { (self.confidence(claim)) }))
                (self.row("claim.rule", &html! { code { (words(&claim.rule)) } }))
                @for other in &claim.alternatives {
                    (self.row("claim.alternative", &html! { (number(other.value, self.lang)) ": " (words(&other.reason)) }))
                }
            }
        }
    }

    fn row(&self, key: &'static str, cell: &Markup) -> Markup {
        html! { div { dt lang=(self.lang.tag()) { (self.t(key)) } dd { (cell) } } }
    }

    /// A share in words and a bar of ten.
    fn confidence(&self, claim: &ClaimRow) -> Markup {
        let tenths = usize::try_from((claim.confidence.0 * rust_decimal::Decimal::TEN).round().mantissa()).unwrap_or(0);
        html! {
            span.bar aria-hidden="true" { (self.bar(tenths.min(10))) } " " (number(claim.confidence, self.lang))
        }
    }

    fn bar(&self, tenths: usize) -> Markup {
        html! { b { ("▮".repeat(tenths)) } ("▯".repeat(10 - tenths)) }
    }

    fn actions(&self, claim: &ClaimRow) -> Markup {
        let Some(at) = &self.at else { return html! {} };
        let place = format!("{at}/so/{}", claim.id);
        html! {
            div.actions {
                a.button href=(format!("#t-{}", claim.id)) data-to-text=(claim.id) { (self.t("claim.show")) }
                button.js type="button" data-copy=(self.sentence(claim)) { (self.t("claim.copy")) }
                form method="post" action=(place) {
                    button name="judgement" value="right" { "✓ " (self.t("judge.is_right")) }
                    button name="judgement" value="wrong" { "✗ " (self.t("judge.is_wrong")) }
                }
                a.button href=(place) { "✎ " (self.t("judge.fix")) }
            }
        }
    }

    /// The claim as a sentence with its source, to be quoted.
    fn sentence(&self, claim: &ClaimRow) -> String {
        let article = &self.record.article;
        let property = claim.property.as_ref().map(|of| of.expanded.as_ref().unwrap_or(&of.text).as_str());
        let about = [claim.entity.as_ref().map(|entity| entity.name.as_str()), property];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let period = claim.period.as_ref().map(|period| format!(" ({})", period.text)).unwrap_or_default();
        let quote =
            self.text.slice(claim.sentence.start, claim.sentence.end).split_whitespace().collect::<Vec<_>>().join(" ");
        let published = article.published.as_deref().map(|at| day(at.get(..10).unwrap_or(at), self.lang));
        let title = self.title();
        let source = [Some(title.as_str()), article.author.as_deref(), published.as_deref(), article.url.as_deref()];
        let source = source.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let head = if about.is_empty() { String::new() } else { format!("{about}: ") };
        plain(&format!("{head}{}{period}. “{quote}” ({}: {source})", value(claim, self.lang), self.t("claim.source")))
    }
}
