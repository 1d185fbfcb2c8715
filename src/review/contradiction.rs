//! Where an archive contradicts itself: of all figures about one entity in one measure, the pairs of articles that give
//! one thing two values ("6.271 tỷ đồng", "6.217 tỷ đồng"), ranked by how sure and how large.
//!
//! A block (one entity, one measure) is looked at alone, and in it only figures whose periods end on one day meet, so
//! the work grows with the number of claims and not with its square. What was passed over because too many figures
//! share a word is counted, never hidden.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::compare::{Comparison, Outcome, compare_like, compare_ready};
use super::figure::{Figure, Ready};
pub use super::reason::amount;
use super::thing::{Likeness, Thing};
use super::value::slip;
use super::who::words_of;
use crate::error::Error;

/// Two figures of two articles that cannot both be right, or of which the later revises the earlier.
#[derive(Debug, Clone)]
pub struct Contradiction {
    /// [`Outcome::Contradiction`] or [`Outcome::Revision`].
    pub outcome: Outcome,
    /// The figure of the earlier article.
    pub first: Figure,
    /// The figure of the later one.
    pub second: Figure,
    /// Second minus first, in the unit of the first.
    pub difference: Decimal,
    /// The difference as a share of the larger value, 0 to 1.
    pub share: Decimal,
    /// How sure it is that both speak of one thing, 0 to 1.
    pub sure: Decimal,
    /// `sure` weighed with how large the difference is: what the list is sorted by.
    pub rank: Decimal,
    /// Articles that say the first value, and the second.
    pub articles: (usize, usize),
    /// Why this is one, for a reader, in Vietnamese.
    pub reasons: Vec<String>,
}

/// What a search for contradictions has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Figures that were looked at.
    pub figures: u64,
    /// Pairs that were compared.
    pub pairs: u64,
    /// Figures that share a word, an entity and a period with too many others to compare them all.
    pub passed_over: u64,
    /// Pairs of figures apart that are not in the list because it is full of surer and larger ones.
    pub left_out: u64,
}

/// Fills in the words of a figure that a database gave without them.
pub type Fill<'f> = dyn FnMut(&mut Figure) -> Result<(), Error> + 'f;

/// The most figures of one entity, measure and period that are all compared with each other.
const ALL: usize = 48;
/// The most that share a word and are compared.
const SHARED: usize = 160;
/// The most blocks in which figures without a period meet those of every period.
const GUESTS: usize = 1_000;

/// The most contradictions and revisions that a review lists.
pub const LISTED: usize = 20_000;

/// Keeps the first [`LISTED`] by rank, and counts the rest.
pub fn keep_first(found: &mut Vec<Contradiction>, tally: &mut Tally) {
    rank(found);
    tally.left_out += found.len().saturating_sub(LISTED) as u64;
    found.truncate(LISTED);
}

/// What of a moment two figures must share to meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    Ends(Date),
    Lasting,
    Words(String),
    Silent,
}

/// The contradictions and revisions among the figures of one entity, ranked.
///
/// # Errors
/// When `fill` cannot read the words of a figure.
pub fn among(figures: Vec<Figure>, fill: &mut Fill<'_>, tally: &mut Tally) -> Result<Vec<Contradiction>, Error> {
    tally.figures += figures.len() as u64;
    let mut blocks: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for figure in figures {
        let measure = super::value::Measure::of(figure.kind, &figure.unit, figure.unit_code.as_deref());
        if let (Some(measure), true) = (measure, figure.who.is_some()) {
            blocks.entry(format!("{} {}", figure.kind.name(), measure.name)).or_default().push(figure);
        }
    }
    let mut found = Vec::new();
    for block in blocks.into_values() {
        in_block(block, fill, tally, &mut found)?;
    }
    rank(&mut found);
    Ok(found)
}

/// Sorts by rank, and by ids where that is equal.
pub fn rank(found: &mut [Contradiction]) {
    found.sort_by(|a, b| {
        let by = |one: &Figure, other: &Figure| (&one.article, &one.claim).cmp(&(&other.article, &other.claim));
        b.rank.cmp(&a.rank).then_with(|| by(&a.first, &b.first)).then_with(|| by(&a.second, &b.second))
    });
}

fn is_shared<'f>(figures: impl IntoIterator<Item = &'f Figure>) -> bool {
    let mut articles = figures.into_iter().map(|figure| figure.article.as_str());
    let first = articles.next();
    articles.any(|article| Some(article) != first)
}

fn moment(figure: &Figure) -> Moment {
    let long = figure.days.is_some_and(|(from, to)| to.since(from).is_ok_and(|span| span.get_days() > 27));
    if !long && Thing::lasts(figure) {
        return Moment::Lasting;
    }
    if super::moment::is_now(figure.period.as_deref()) {
        return Moment::Silent;
    }
    match (&figure.days, &figure.period) {
        (Some((_, to)), _) => Moment::Ends(*to),
        (None, Some(words)) => Moment::Words(words_of(words).join(" ")),
        (None, None) => Moment::Silent,
    }
}

fn in_block(
    figures: Vec<Figure>,
    fill: &mut Fill<'_>,
    tally: &mut Tally,
    found: &mut Vec<Contradiction>,
) -> Result<(), Error> {
    if !is_shared(&figures) {
        return Ok(());
    }
    let mut buckets: BTreeMap<Moment, Vec<usize>> = BTreeMap::new();
    for (at, figure) in figures.iter().enumerate() {
        buckets.entry(moment(figure)).or_default().push(at);
    }
    // Who says no time may speak of any period that ended shortly before.
    let silent = buckets.get(&Moment::Silent).cloned().unwrap_or_default();
    if figures.len() <= GUESTS {
        for (moment, members) in &mut buckets {
            let to = match moment {
                Moment::Ends(to) => to,
                // A length said with a word that is not known to be one has no moment either.
                Moment::Lasting => {
                    members.extend(&silent);
                    continue;
                }
                _ => continue,
            };
            members.extend(silent.iter().filter(|&&at| {
                figures[at].published.is_some_and(|day| {
                    let days = day.since(*to).map_or(i64::MAX, |span| i64::from(span.get_days()));
                    (-366..=120).contains(&days)
                })
            }));
        }
    }
    let mut ready: Vec<Option<Ready>> = vec![None; figures.len()];
    let mut told = HashSet::new();
    for members in buckets.values() {
        if !is_shared(members.iter().map(|&at| &figures[at])) {
            continue;
        }
        for at in members {
            if ready[*at].is_none() {
                let mut figure = figures[*at].clone();
                if figure.words.sentence.is_empty() {
                    fill(&mut figure)?;
                }
                ready[*at] = Some(figure.read());
            }
        }
        let members: Vec<(usize, &Ready)> = members.iter().filter_map(|&at| Some((at, ready[at].as_ref()?))).collect();
        in_bucket(&members, tally, &mut told, found);
    }
    Ok(())
}

/// Which members are compared with which: all with all, or those that share a word that not too many have.
fn pairs(members: &[(usize, &Ready)], tally: &mut Tally) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut all = |group: &[usize]| {
        for (n, &a) in group.iter().enumerate() {
            pairs.extend(group[n + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    };
    if members.len() <= ALL {
        all(&(0..members.len()).collect::<Vec<_>>());
        return pairs;
    }
    let mut sharing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, ready)) in members.iter().enumerate() {
        for word in &ready.thing.words {
            sharing.entry(word).or_default().push(at);
        }
    }
    let mut met = vec![false; members.len()];
    for group in sharing.values().filter(|group| group.len() <= SHARED) {
        all(group);
        for &at in group {
            met[at] = true;
        }
    }
    // The rest meets those that say exactly the same words.
    let mut same: BTreeMap<&BTreeSet<String>, Vec<usize>> = BTreeMap::new();
    for (at, (_, ready)) in members.iter().enumerate().filter(|(at, _)| !met[*at]) {
        same.entry(&ready.thing.words).or_default().push(at);
    }
    for group in same.values() {
        all(&group[..group.len().min(SHARED)]);
        tally.passed_over += group.len().saturating_sub(SHARED) as u64;
    }
    pairs
}

fn in_bucket(
    members: &[(usize, &Ready)],
    tally: &mut Tally,
    told: &mut HashSet<[Decimal; 2]>,
    found: &mut Vec<Contradiction>,
) {
    // Where much is said of one thing, it is said in the same words again and again: those are compared once.
    let mut classes: HashMap<&Thing, usize> = HashMap::new();
    let class: Vec<usize> = members
        .iter()
        .map(|(_, ready)| {
            let next = classes.len();
            *classes.entry(&ready.thing).or_insert(next)
        })
        .collect();
    let mut alike: HashMap<(usize, usize), Likeness> = HashMap::new();
    let mut agreeing: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    let mut apart: Vec<(usize, usize, Comparison)> = Vec::new();
    for (a, b) in pairs(members, tally) {
        let (x, y) = (members[a].1, members[b].1);
        tally.pairs += 1;
        let likeness = || *alike.entry((class[a], class[b])).or_insert_with(|| x.thing.like(&y.thing));
        let comparison = compare_like(x, y, likeness);
        match comparison.outcome {
            Outcome::Agrees | Outcome::AgreesAsRounded => {
                agreeing[a].push(b);
                agreeing[b].push(a);
            }
            Outcome::Contradiction | Outcome::Revision if x.figure.article != y.figure.article => {
                apart.push((a, b, comparison));
            }
            _ => {}
        }
    }
    let article = |at: usize| members[at].1.figure.article.as_str();
    // An article that also says the other's value says it of another thing, or corrects itself.
    let also = |a: usize, b: usize| agreeing[b].iter().any(|&c| article(c) == article(a));
    let articles = |at: usize| {
        let mut saying: BTreeSet<&str> = agreeing[at].iter().map(|&c| article(c)).collect();
        saying.insert(article(at));
        saying.len()
    };
    let weight = |comparison: &Comparison| comparison.sure * (Decimal::ONE + comparison.share);
    apart.sort_by(|x, y| weight(&y.2).cmp(&weight(&x.2)).then_with(|| (x.0, x.1).cmp(&(y.0, y.1))));
    for (a, b, comparison) in apart {
        if also(a, b) || also(b, a) {
            continue;
        }
        // Told once for two values, by the surest pair.
        let mut values = [members[a].1, members[b].1].map(|ready| ready.figure.value.0.normalize());
        values.sort();
        if told.insert(values) {
            found.push(contradiction(members[a].1, members[b].1, comparison, (articles(a), articles(b))));
        }
    }
    if found.len() > LISTED * 2 {
        keep_first(found, tally);
    }
}

fn contradiction(a: &Ready, b: &Ready, comparison: Comparison, articles: (usize, usize)) -> Contradiction {
    let swapped = (b.figure.published, &b.figure.article) < (a.figure.published, &a.figure.article);
    let (first, second, articles) = if swapped { (b, a, (articles.1, articles.0)) } else { (a, b, articles) };
    let comparison = if swapped { compare_ready(b, a) } else { comparison };
    let (x, y) = (&first.figure, &second.figure);
    let slip = slip(x.value.0, y.value.0);
    // Ten times apart without a slip that explains it: more likely two things after all.
    let doubt = if comparison.share > Decimal::new(9, 1) && slip.is_none() { Decimal::new(6, 1) } else { Decimal::ONE };
    let sure = (comparison.sure * doubt).round_dp(2);
    let rank = (sure * (Decimal::ONE + comparison.share) / Decimal::TWO).round_dp(4);
    let reasons = super::reason::reasons(x, y, &comparison, slip, articles);
    Contradiction {
        outcome: comparison.outcome,
        first: x.clone(),
        second: y.clone(),
        difference: comparison.difference,
        share: comparison.share,
        sure,
        rank,
        articles,
        reasons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(id: &str, published: &str, text: &str) -> Vec<Figure> {
        let mut article = crate::Article::from_text(id, text);
        article.published = Some(published.to_owned());
        Figure::all(&crate::extract(&article))
    }

    fn found(articles: &[(&str, &str, &str)]) -> Vec<Contradiction> {
        let all = articles.iter().flat_map(|(id, published, text)| figures(id, published, text)).collect();
        among(all, &mut |_| Ok(()), &mut Tally::default()).unwrap()
    }

    #[test]
    fn a_contradiction_has_both_sentences_and_its_reasons() {
        let list = found(&[
            ("a", "2024-01-05", "Năm 2023, thu ngân sách tỉnh Bắc Giang đạt 6.271 tỷ đồng."),
            ("b", "2024-01-09", "Tỉnh Bắc Giang thu ngân sách 6.217 tỷ đồng trong năm 2023."),
            ("c", "2024-01-09", "Tỉnh Bắc Giang thu ngân sách hơn 6.270 tỷ đồng trong năm 2023."),
        ]);
        let one = list.iter().find(|one| one.first.article == "a" && one.second.article == "b").unwrap();
        assert_eq!(one.first.text, "6.271 tỷ đồng");
        assert!(one.second.words.sentence.starts_with("Tỉnh Bắc Giang"));
        assert!(one.reasons.contains(&"chênh 54 tỷ đồng (0,86 %)".to_owned()), "{:?}", one.reasons);
        assert!(one.reasons.contains(&"hai chữ số cạnh nhau đổi chỗ".to_owned()), "{:?}", one.reasons);
        assert_eq!(one.articles, (2, 1), "the third article says the first value");
    }

    #[test]
    fn an_article_that_says_both_values_contradicts_nobody() {
        let list = found(&[
            ("a", "2024-01-05", "Năm 2023, tỉnh Bắc Giang xảy ra 120 vụ cháy."),
            (
                "b",
                "2024-01-09",
                "Năm 2023, tỉnh Bắc Giang xảy ra 120 vụ cháy. Năm 2023, tỉnh Bắc Giang xảy ra 98 vụ cháy.",
            ),
        ]);
        assert!(list.is_empty(), "{list:?}");
    }

    #[test]
    fn the_surest_and_largest_stands_first() {
        let list = found(&[
            (
                "a",
                "2024-01-05",
                "Năm 2023, tỉnh Bắc Giang xảy ra 120 vụ cháy. Năm 2023, tỉnh Bắc Giang trồng 500 ha rừng.",
            ),
            (
                "b",
                "2024-01-09",
                "Năm 2023, tỉnh Bắc Giang xảy ra 124 vụ cháy. Năm 2023, tỉnh Bắc Giang trồng 900 ha rừng.",
            ),
        ]);
        assert_eq!(list.len(), 2, "{list:?}");
        assert_eq!(list[0].first.text, "500 ha");
        assert!(list[0].rank > list[1].rank);
    }
}
