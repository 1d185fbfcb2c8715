//! One run at a time writes a file: "figures.sqlite.lock" stands beside "figures.sqlite" and is held while it does. The
//! system lets go of it when a run is killed.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The lock of one database.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of the database at `path`.
    ///
    /// # Errors
    /// When another run has it, or the folder cannot be written.
    pub(super) fn take(path: &Path) -> Result<Self, Error> {
        let mut name = OsString::from(path);
        name.push(".lock");
        let lock = PathBuf::from(name);
        let fail = |expected, source| Error::Io { path: path.to_owned(), expected, source };
        loop {
            let file = File::create(&lock).map_err(|source| fail("a database that can be written", source))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let found = io::Error::new(io::ErrorKind::ResourceBusy, "another run is writing it");
                    return Err(fail("a database that no other run writes", found));
                }
                Err(TryLockError::Error(source)) => return Err(fail("a database that can be locked", source)),
            }
            // Whoever had it before may have removed it between the two steps.
            if is_same(&file, &lock) {
                return Ok(Self { path: lock, file });
            }
        }
    }

    /// Removes the lock's file; the lock is held until the end.
    pub(super) fn remove(&self) {
        if is_same(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(own), Ok(there)) => (own.dev(), own.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}
