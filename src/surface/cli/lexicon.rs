//! `--lexicon DIR`: the rows of a user beside those of the program. "gùi⇥measure⇥gùi" in `toi.tsv` makes "12 gùi" a
//! measurement.

use std::fs;
use std::path::Path;

use crate::article::normalise;
use crate::claim::lexicon::{Lexicon, Table};
use crate::error::Error;

/// The tables of the program together with those of `folder`; none where no folder is given.
pub(super) fn added(folder: Option<&Path>) -> Result<Option<Lexicon>, Error> {
    let Some(folder) = folder else { return Ok(None) };
    let refused = |path: &Path, expected, source| Error::Io { path: path.to_owned(), expected, source };
    let listed = |source| refused(folder, "a folder of tables (*.tsv)", source);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(listed)? {
        let path = entry.map_err(listed)?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("tsv")) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(Error::Usage(format!("{}: expected tables (*.tsv), found none", folder.display())));
    }
    paths.sort();
    let mut texts = Vec::with_capacity(paths.len());
    for path in &paths {
        let text = fs::read_to_string(path).map_err(|source| refused(path, "a table in UTF-8", source))?;
        texts.push((path.display().to_string(), normalise::nfc(text.trim_start_matches('\u{feff}')).into_owned()));
    }
    let tables: Vec<Table<'_>> = texts.iter().map(|(name, text)| Table { name, text }).collect();
    Lexicon::with(&tables).map(Some).map_err(Error::Usage)
}
