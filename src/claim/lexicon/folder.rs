//! Tables of a user as files of a folder: "gùi⇥measure⇥gùi" in `toi.tsv` makes "12 gùi" a measurement.

use std::fs;
use std::path::Path;

use crate::article::normalise;
use crate::error::Error;

/// The tables (`*.tsv`) of `folder` by the order of their names: the path of each and its text.
///
/// # Errors
/// [`Error::Io`] where the folder or a table cannot be read, [`Error::Usage`] where there is none.
pub fn tables(folder: &Path) -> Result<Vec<(String, String)>, Error> {
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
    let read = |path: &Path| fs::read_to_string(path).map_err(|source| refused(path, "a table in UTF-8", source));
    paths.iter().map(|path| Ok((path.display().to_string(), table(&read(path)?)))).collect()
}

/// The text of a table in the form that it is read in: NFC, without a byte order mark.
#[must_use]
pub fn table(text: &str) -> String {
    normalise::nfc(text.trim_start_matches('\u{feff}')).into_owned()
}
