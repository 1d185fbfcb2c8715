//! What every page works with: the database (`figures.sqlite`, or a temporary one), and the words of the user's own.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::article::Article;
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::Record;
use crate::sink::sqlite::desk::{self, Notes};

/// The desk of one server.
#[derive(Debug)]
pub struct Desk {
    path: PathBuf,
    lexicon: Option<Lexicon>,
    /// The folder of a temporary database, removed at the end.
    temporary: Option<TempDir>,
}

impl Desk {
    /// The desk over the database at `path`, which is made when there is none; without a path over a temporary one.
    ///
    /// # Errors
    /// When the file is no database of solieu, or cannot be written.
    pub fn open(path: Option<PathBuf>, lexicon: Option<Lexicon>) -> Result<Self, Error> {
        let (path, temporary) = if let Some(path) = path {
            (path, None)
        } else {
            let folder = tempfile::Builder::new().prefix("solieu-desk.").tempdir().map_err(|source| Error::Io {
                path: std::env::temp_dir(),
                expected: "a folder for a temporary database",
                source,
            })?;
            (folder.path().join("figures.sqlite"), Some(folder))
        };
        desk::prepare(&path)?;
        Ok(Self { path, lexicon, temporary })
    }

    /// The file of the database.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What people call the database; none for a temporary one.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let name = self.path.file_name().filter(|_| self.temporary.is_none())?;
        Some(name.to_string_lossy().into_owned())
    }

    /// The articles and corrections of the desk.
    pub(super) fn notes(&self) -> Result<Notes, Error> {
        Notes::open(&self.path)
    }

    /// What an article says.
    pub(super) fn read(&self, article: &Article) -> Record {
        crate::extract_with(article, self.lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in()))
    }
}
