//! What the pages say, in both languages: "nav.read" is "Đọc bài" or "Read an article". The tables in `strings/` have a
//! row for each; a test holds that none is missing and none is left over.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::surface::lang::Lang;

const TABLES: [&str; 2] = [include_str!("strings/archive.tsv"), include_str!("strings/desk.tsv")];

static STRINGS: LazyLock<FxHashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| rows().collect());

fn rows() -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    TABLES.iter().flat_map(|table| {
        table.lines().skip_while(|line| line.starts_with('#')).skip(1).filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?, [cells.next()?, cells.next()?]))
        })
    })
}

/// The words of `key`; the key itself where no table has it.
pub(super) fn string(key: &'static str, lang: Lang) -> &'static str {
    STRINGS.get(key).map_or(key, |both| lang.say(both[0], both[1]))
}

/// [`string`] for a key that is put together, such as the name of a rule; none where no table has it.
pub(super) fn find(key: &str, lang: Lang) -> Option<&'static str> {
    STRINGS.get(key).map(|both| lang.say(both[0], both[1]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The keys that the sources name: `t("nav.read")`.
    fn named() -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/surface/web");
        let mut found = BTreeSet::new();
        for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
            if entry.path().extension().is_some_and(|end| end == "rs") {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                let code = source.split("#[cfg(test)]").next().unwrap();
                let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                for quoted in code.split('"').skip(1).step_by(2) {
                    let is_key = quoted.split('.').count() == 2
                        && quoted.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_lowercase()))
                        && quoted.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'_'));
                    let is_file = [".css", ".csv", ".html", ".js", ".json", ".sqlite", ".svg"];
                    if is_key && !is_file.iter().any(|end| quoted.ends_with(end)) {
                        found.insert(quoted.to_owned());
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_string_stands_in_both_languages_and_is_said_somewhere() {
        let named = named();
        let keys: BTreeSet<String> = rows().map(|(key, _)| key.to_owned()).collect();
        let missing: Vec<_> = named.difference(&keys).collect();
        assert!(missing.is_empty(), "in no table: {missing:?}");
        // Rules of checks are put together from their names.
        let left: Vec<_> =
            keys.difference(&named).filter(|key| !key.starts_with("rule.") && !key.starts_with("type.")).collect();
        assert!(left.is_empty(), "said nowhere: {left:?}");
        for (key, both) in rows() {
            assert!(both.iter().all(|words| !words.trim().is_empty()), "{key} is empty in a language");
        }
        assert_eq!(rows().count(), keys.len(), "a key stands twice");
    }
}
