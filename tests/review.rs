//! The bars of the review, held by planted cases: 200 contradictions among 2,000 invented articles with 200 pairs that
//! only look like them, and reference figures that agree, agree as rounded, differ, or cover another year.
//!
//! The phrasings stand in `tests/review/phrases.tsv`: words and rules were tuned on "read" and "dev"; "later", "kept" and
//! "fresh" were kept aside, measured once, and then tuned on too; "blind" was written after all rules and is only measured:
//! nothing of its misses is shown but their number. `HALF=dev cargo test --test review -- --nocapture` prints one.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a harness of invented articles that tells what it measured"
)]

#[path = "review/archive.rs"]
#[allow(unreachable_pub, dead_code, reason = "shared with an example")]
mod archive;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use archive::{Archive, Maker, NEAR, Pair, Piece};
use solieu::Article;
use solieu::review::contradiction::{self, Contradiction, Tally};
use solieu::review::reference::{References, Verdict};
use solieu::review::{Figure, Outcome};

/// Phrasings that rules were tuned on, those that were kept aside at first and then read, and one that never was.
const HALVES: [&str; 6] = ["read", "later", "kept", "dev", "fresh", "blind"];

/// `HALF=dev` measures that one alone.
fn halves() -> Vec<&'static str> {
    let one = std::env::var("HALF").ok();
    HALVES.into_iter().filter(|half| one.as_ref().is_none_or(|one| one == half)).collect()
}

fn figures(piece: &Piece) -> Vec<Figure> {
    let mut article = Article::from_text(&piece.id, &piece.text);
    (article.title, article.published) = (Some(piece.title.clone()), Some(piece.published.clone()));
    Figure::all(&solieu::extract(&article))
}

/// What the review of all figures finds.
fn found(archive: &Archive) -> Vec<Contradiction> {
    let mut blocks: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for figure in archive.pieces.iter().flat_map(figures) {
        if let Some(who) = &figure.who {
            blocks.entry(who.key.clone()).or_default().push(figure);
        }
    }
    let mut tally = Tally::default();
    let mut all: Vec<Contradiction> = blocks
        .into_values()
        .flat_map(|block| contradiction::among(block, &mut |_| Ok(()), &mut tally).unwrap())
        .collect();
    assert_eq!(tally.passed_over, 0);
    contradiction::rank(&mut all);
    all
}

/// The text of a figure without its hedge and unit.
fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect()
}

fn matches(pair: &Pair, one: &Contradiction) -> bool {
    let ids = [one.first.article.as_str(), one.second.article.as_str()];
    let texts = [digits(&one.first.text), digits(&one.second.text)];
    let want = [digits(&pair.texts[0]), digits(&pair.texts[1])];
    let straight = ids == [pair.ids[0].as_str(), pair.ids[1].as_str()] && texts == want;
    straight || (ids == [pair.ids[1].as_str(), pair.ids[0].as_str()] && texts == [want[1].clone(), want[0].clone()])
}

/// Share found, share of false ones among the reported.
fn contradictions(half: &str, seed: u64) -> (f64, f64) {
    let archive = Maker::new(half, seed).archive(2_000, 200, &NEAR);
    let all = found(&archive);
    let reported: Vec<&Contradiction> = all.iter().filter(|one| one.outcome == Outcome::Contradiction).collect();
    let planted: Vec<&Pair> = archive.pairs.iter().filter(|pair| pair.class == "contradiction").collect();
    let missed: Vec<&&Pair> = planted.iter().filter(|pair| !reported.iter().any(|one| matches(pair, one))).collect();
    let wrong: Vec<&&Contradiction> =
        reported.iter().filter(|one| !planted.iter().any(|pair| matches(pair, one))).collect();
    let show = half != "blind" || std::env::var_os("SHOW_KEPT").is_some();
    // Why, as numbers: of a set that is only measured nothing else is told.
    let mut why: BTreeMap<String, usize> = BTreeMap::new();
    for pair in &missed {
        let side = |at: usize| {
            let piece = archive.pieces.iter().find(|piece| piece.id == pair.ids[at])?;
            figures(piece).into_iter().find(|figure| digits(&figure.text) == digits(&pair.texts[at]))
        };
        let outcome = side(0).zip(side(1)).map(|(a, b)| format!("{:?}", solieu::review::compare(&a, &b).outcome));
        *why.entry(outcome.unwrap_or_else(|| "not read".to_owned())).or_default() += 1;
    }
    println!("missed of {half}: {why:?}");
    for pair in missed.iter().filter(|_| show) {
        println!("missed {}: {:?} {:?}", pair.topic, pair.ids, pair.texts);
        for id in &pair.ids {
            let piece = archive.pieces.iter().find(|piece| piece.id == *id).unwrap();
            for figure in figures(piece).iter().filter(|f| pair.texts.iter().any(|t| digits(t) == digits(&f.text))) {
                println!(
                    "   {} | {:?} {:?} {:?}",
                    figure.words.sentence,
                    figure.who.as_ref().map(|w| &w.key),
                    figure.property,
                    figure.days
                );
            }
        }
    }
    for one in wrong.iter().filter(|_| show) {
        let class =
            archive.pairs.iter().find(|pair| pair.ids.contains(&one.first.article)).map_or("none", |pair| pair.class);
        println!(
            "wrong ({class}, {}): {}\n    {}\n    {:?}",
            one.rank, one.first.words.sentence, one.second.words.sentence, one.reasons
        );
    }
    let mut near: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for pair in archive.pairs.iter().filter(|pair| pair.class != "contradiction") {
        let counts = near.entry(pair.class).or_default();
        counts.1 += 1;
        counts.0 += usize::from(reported.iter().any(|one| {
            let ids: HashSet<&String> = pair.ids.iter().collect();
            ids.contains(&one.first.article) && ids.contains(&one.second.article)
        }));
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let recall = share(planted.len() - missed.len(), planted.len());
    let false_share = share(wrong.len(), reported.len());
    println!(
        "contradictions, {half}: {} of {} found ({:.1} %), {} of {} reported are false ({:.1} %); near-misses reported: {near:?}",
        planted.len() - missed.len(),
        planted.len(),
        recall * 100.0,
        wrong.len(),
        reported.len(),
        false_share * 100.0,
    );
    let revisions = all.iter().filter(|one| one.outcome == Outcome::Revision).count();
    println!("    {revisions} revisions are told apart");
    (recall, false_share)
}

/// Share of the planted reference rows that are judged right.
fn references(half: &str, seed: u64) -> f64 {
    let near = [("rounded", 50), ("moment", 50)];
    let archive = Maker::new(half, seed).archive(400, 100, &near);
    // Of the contradictions' rows half say what the first article says, half what the second does not.
    let mut table = String::from("entity,property,period,value,unit,source\n");
    let mut want: HashMap<(String, String), Verdict> = HashMap::new();
    let mut contradictions = 0;
    for pair in &archive.pairs {
        let fact = &pair.fact;
        let value = rust_decimal::Decimal::new(fact.value as i64, fact.decimals);
        table += &format!("{},{},{},{value},{},planted\n", fact.entity, fact.thing, fact.period, fact.unit);
        let (at, verdict) = match pair.class {
            "contradiction" => {
                contradictions += 1;
                if contradictions % 2 == 0 { (0, Verdict::Agrees) } else { (1, Verdict::Differs) }
            }
            "rounded" => (1, Verdict::AgreesAsRounded),
            _ => (1, Verdict::NotCovered),
        };
        want.insert((pair.ids[at].clone(), digits(&pair.texts[at])), verdict);
    }
    let table = References::read(&mut table.as_bytes(), Path::new("planted.csv")).unwrap();
    let mut right = 0;
    let mut seen = HashSet::new();
    for figure in archive.pieces.iter().flat_map(figures) {
        let key = (figure.article.clone(), digits(&figure.text));
        let Some(verdict) = want.get(&key) else { continue };
        if !seen.insert(key.clone()) {
            continue;
        }
        let judged = table.judge(&figure).map_or(Verdict::NotCovered, |judged| judged.verdict);
        right += usize::from(judged == *verdict);
        if judged != *verdict && (half != "blind" || std::env::var_os("SHOW_KEPT").is_some()) {
            println!(
                "judged {judged:?}, want {verdict:?}: {} | {:?} {:?} {:?}",
                figure.words.sentence,
                figure.who.as_ref().map(|w| &w.plain),
                figure.property,
                figure.days
            );
        }
    }
    let share = right as f64 / want.len() as f64;
    println!("reference figures, {half}: {right} of {} judged right ({:.1} %)", want.len(), share * 100.0);
    share
}

#[test]
fn planted_contradictions_are_found_and_near_misses_are_not() {
    let measured = halves().into_iter().map(|half| (half, contradictions(half, 7)));
    for (half, (found, wrong)) in measured {
        // The bars hold where phrasings were read; what no one tuned for is found less often, and is as seldom wrong.
        let least = match half {
            "blind" => 0.69,
            _ => 0.9,
        };
        assert!(found >= least && wrong <= 0.1, "{half}: {found:.3} found, {wrong:.3} of the reported false");
    }
}

#[test]
fn reference_rows_are_judged_right() {
    let measured = halves().into_iter().map(|half| (half, references(half, 11)));
    for (half, right) in measured {
        let least = match half {
            "blind" => 0.8,
            "fresh" | "kept" => 0.94,
            _ => 0.97,
        };
        assert!(right >= least, "{half}: {right:.3} judged right");
    }
}
