//! `--lexicon DIR`: the rows of a user beside those of the program. "gùi⇥measure⇥gùi" in `toi.tsv` makes "12 gùi" a
//! measurement.

use std::path::Path;

use crate::claim::lexicon::{Lexicon, Table, folder};
use crate::error::Error;

/// The tables of the program together with those of `folder`; none where no folder is given.
pub(super) fn added(folder: Option<&Path>) -> Result<Option<Lexicon>, Error> {
    let Some(folder) = folder else { return Ok(None) };
    let texts = folder::tables(folder)?;
    let tables: Vec<Table<'_>> = texts.iter().map(|(name, text)| Table { name, text }).collect();
    Lexicon::with(&tables).map(Some).map_err(Error::Usage)
}
