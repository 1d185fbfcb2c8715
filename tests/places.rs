//! The passages of `corpus/places.tsv`: each phrase against its own article must give the unit that the file says.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use solieu::claim::link::gazetteer::{Resolved, Scene, place};

fn answer(resolved: Resolved) -> String {
    match resolved {
        Resolved::Unit(place) => format!("{}:{}", place.system, place.code),
        Resolved::Ambiguous(_) => "ambiguous".to_owned(),
        Resolved::None => "none".to_owned(),
    }
}

#[test]
fn every_passage_gives_its_unit() {
    let corpus = include_str!("../corpus/places.tsv");
    let (mut wrong, mut linked, mut right, mut expected_units, mut rows) = (Vec::new(), 0, 0, 0, 0);
    for line in corpus.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [date, text, phrase, expected] = cells[..4] else { panic!("four cells: {line}") };
        let scene = Scene::new(text, None, (!date.is_empty()).then(|| date.parse().unwrap()));
        let got = answer(place(phrase, &scene));
        rows += 1;
        linked += usize::from(got.starts_with("vn-"));
        expected_units += usize::from(expected.starts_with("vn-"));
        right += usize::from(got == expected && got.starts_with("vn-"));
        if got != expected {
            wrong.push(format!("{date} {phrase}: {got}, expected {expected} ({text})"));
        }
    }
    println!("{rows} passages; of {linked} linked {right} are right; of {expected_units} to link {right} are found");
    assert!(rows >= 100, "{rows} passages");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
