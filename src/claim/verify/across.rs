//! One figure told twice: "toàn tỉnh có 1.254 hộ nghèo … 1.254 hộ nghèo của tỉnh".
//!
//! `restated` compares claims of different sentences that say the same thing of the same one in the same period. A
//! hedged or coarser restatement agrees when the finer number lies in what it stands for ("gần 100" and 98). Two
//! different numbers under one description are far more often two things badly described than an error, so they are
//! called one only when a small slip turns one into the other and nothing else in the article bears the description.

use rustc_hash::FxHashMap;

use super::interval::Written;
use super::judge::{Question, judge, verdict};
use super::scene::Scene;
use super::{Check, Verdict, slip};
use crate::claim::equation::Equation;
use crate::claim::{Claim, Kind};

pub(super) fn checks(scene: &Scene<'_>, out: &mut Vec<Check>) {
    let mut places: FxHashMap<Description<'_>, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, claim) in scene.claims.iter().enumerate() {
        if let Some(description) = description(scene, claim) {
            let group = *places.entry(description).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(at);
        }
    }
    for group in groups.iter().filter(|group| group.len() > 1) {
        for pair in group.windows(2) {
            out.extend(restated(scene, pair[0], pair[1], group.len() == 2));
        }
    }
}

/// What two claims must share to say the same thing.
#[derive(PartialEq, Eq, Hash)]
struct Description<'a> {
    kind: Kind,
    unit: &'a str,
    entity: &'a str,
    property: &'a str,
    period: When<'a>,
    reference: &'a str,
}

#[derive(PartialEq, Eq, Hash)]
enum When<'a> {
    Days(jiff::civil::Date, jiff::civil::Date),
    Words(&'a str),
}

fn description<'a>(scene: &Scene<'a>, claim: &'a Claim) -> Option<Description<'a>> {
    if claim.value_max.is_some()
        || !matches!(claim.kind, Kind::Count | Kind::Money | Kind::Measurement | Kind::Percentage)
    {
        return None;
    }
    let slice = |span: crate::article::span::Span<_>| scene.text.get(span.range());
    let period = claim.period.as_ref()?;
    let period = match (period.from, period.to) {
        (Some(from), Some(to)) => When::Days(from, to),
        _ => When::Words(slice(period.span)?),
    };
    let property = slice(claim.property.as_ref()?.span)?;
    // One or two words ("diện tích", "số hộ") describe too much.
    (property.split(' ').count() >= 3).then_some(Description {
        kind: claim.kind,
        unit: &claim.unit,
        entity: &claim.entity.as_ref()?.name,
        property,
        period,
        reference: claim.reference.as_ref().and_then(|r| slice(r.span)).unwrap_or(""),
    })
}

fn restated(scene: &Scene<'_>, first: usize, second: usize, alone: bool) -> Option<Check> {
    let (one, other) = (scene.claim(first)?, scene.claim(second)?);
    if one.sentence == other.sentence {
        return None;
    }
    let (one, other) = (scene.written(first)?, scene.written(second)?);
    // The finer of the two is taken as what is, the coarser as what is reported of it.
    let coarser = |a: &Written, b: &Written| (a.hedge.is_some(), -a.decimals) > (b.hedge.is_some(), -b.decimals);
    let (fine, coarse) = if coarser(&one, &other) { (other, one) } else { (one, other) };
    // Twice the same digits says nothing new.
    if fine.value == coarse.value {
        return None;
    }
    let equation = Equation::Sum(vec![fine]);
    let differs = verdict(&equation, &coarse)? == Verdict::Inconsistent;
    let slip = slip::explain(&equation, &coarse, scene.text);
    // Of short numbers ("13 mã đứng giá" in two sessions) nearly any two are a digit apart.
    let long = coarse.mantissa().is_some_and(|digits| digits >= 100);
    let certain = alone && long && differs && coarse.hedge.is_none() && slip.is_some();
    let told = |at: usize| scene.claim(at).and_then(|claim| scene.text.get(claim.span.range())).unwrap_or_default();
    let (one, other) = (told(first), told(second));
    let claims = vec![first, second];
    let mut check = judge(Question { rule: "restated", equation, reported: coarse, claims, certain }, scene.text)?;
    check.explanation = match check.verdict {
        Verdict::Inconsistent => {
            format!("Cùng một số liệu nêu hai lần, {one} và {other}: không khớp; {}.", slip.unwrap_or_default())
        }
        _ => format!("Cùng một số liệu nêu hai lần, {one} và {other}: khớp khi tính cả làm tròn."),
    };
    Some(check)
}

#[cfg(test)]
mod tests {
    use crate::claim::verify::Verdict::*;
    use crate::claim::verify::trial::assert_verdicts;

    #[test]
    fn the_same_figure_twice_agrees_or_is_a_slip() {
        let same = "|ent=tỉnh Mẫu|prop=hộ nghèo đa chiều|per=năm 2022";
        let case = |first: &str, second: &str| {
            format!(
                "Năm nay (năm 2022) có [{first}{same}] hộ nghèo đa chiều. Cuối năm 2022 vẫn [{second}{same}] hộ nghèo đa chiều."
            )
        };
        for (first, second, expected) in [
            ("1.254|count|hộ", "1.254|count|hộ", None),
            ("1.254|count|hộ", "1.000|count|hộ|mod=more_than", None),
            ("1.254|count|hộ", "1.250|count|hộ|mod=more_than", Some(Consistent)),
            ("1.254|count|hộ", "1.524|count|hộ", Some(Inconsistent)),
            ("1.254|count|hộ", "1.264|count|hộ", Some(Inconsistent)),
            ("1.254|count|hộ", "8.377|count|hộ", None),
            ("98|count|hộ", "100|count|hộ|mod=nearly", Some(Consistent)),
            ("98|count|hộ", "200|count|hộ|mod=nearly", None),
        ] {
            assert_verdicts("restated", &[(&case(first, second), expected)]);
        }
    }

    #[test]
    fn another_entity_period_or_a_list_is_silent() {
        assert_verdicts(
            "restated",
            &[
                (
                    "Năm 2022 [1.254|count|hộ|ent=A|prop=hộ nghèo đa chiều|per=Năm 2022] hộ nghèo đa chiều. Năm 2022 [1.264|count|hộ|ent=B|prop=hộ nghèo đa chiều|per=Năm 2022] hộ nghèo đa chiều.",
                    None,
                ),
                (
                    "Năm 2022 [1.254|count|hộ|ent=A|prop=hộ nghèo đa chiều|per=Năm 2022] hộ nghèo đa chiều. Năm 2021 [1.264|count|hộ|ent=A|prop=hộ nghèo đa chiều|per=Năm 2021] hộ nghèo đa chiều.",
                    None,
                ),
                (
                    "Năm 2022 [1.254|count|hộ|ent=A|prop=hộ nghèo|per=Năm 2022] hộ nghèo. Năm 2022 [1.264|count|hộ|ent=A|prop=hộ nghèo|per=Năm 2022] hộ nghèo.",
                    None,
                ),
            ],
        );
    }
}
