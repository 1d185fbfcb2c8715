//! A file that is written beside its place and takes it when it is whole: `.so-lieu.jsonl.solieu-part` becomes
//! `so-lieu.jsonl`. It can be cut back to where an interrupted run was last sure of it.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The file beside `place` that serves as its `end`: hidden, so that no later run takes it for an input.
#[must_use]
pub fn beside(place: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".solieu-");
    name.push(end);
    place.with_file_name(name)
}

/// A file in the making.
#[derive(Debug)]
pub struct Partial {
    file: File,
    at: PathBuf,
    place: PathBuf,
    length: u64,
}

impl Partial {
    /// Begins the file that will take `place`; with `keep`, goes on after so many bytes of what is there.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written, or holds fewer bytes than are to be kept.
    pub fn open(place: &Path, keep: Option<u64>) -> Result<Self, Error> {
        let at = beside(place, "part");
        let fail = |source| Error::Io { path: place.to_owned(), expected: "a file that can be written", source };
        let folder = folder(place);
        if !folder.is_dir() {
            let source = io::Error::new(io::ErrorKind::NotFound, format!("no folder {}", folder.display()));
            return Err(fail(source));
        }
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&at).map_err(fail)?;
        let found = file.metadata().map_err(fail)?.len();
        let keep = keep.unwrap_or(0);
        if found < keep {
            let found = format!("{found} bytes; without --resume the run starts over");
            let source = io::Error::new(io::ErrorKind::UnexpectedEof, found);
            return Err(Error::Io { path: at, expected: "all that an interrupted run has written", source });
        }
        file.set_len(keep).and_then(|()| file.seek(SeekFrom::Start(keep))).map_err(fail)?;
        Ok(Self { file, at, place: place.to_owned(), length: keep })
    }

    /// Bytes so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The place that it will take.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// What was written so far, from its beginning.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read.
    pub fn reader(&self) -> Result<io::Take<File>, Error> {
        let file = File::open(&self.at).map_err(|source| self.refused(source))?;
        Ok(file.take(self.length))
    }

    /// Makes what was written proof against a power cut.
    ///
    /// # Errors
    /// [`Error::Io`] when the disk refuses.
    pub fn sync(&self) -> Result<(), Error> {
        self.file.sync_data().map_err(|source| self.refused(source))
    }

    /// Takes its place.
    ///
    /// # Errors
    /// [`Error::Io`] when the last bytes or the rename are refused.
    pub fn finish(self) -> Result<(), Error> {
        self.sync()?;
        fs::rename(&self.at, &self.place).map_err(|source| Error::Io {
            path: self.place.clone(),
            expected: "a file that can be replaced",
            source,
        })
    }

    /// Goes away.
    pub fn discard(self) {
        let _ = fs::remove_file(&self.at); // it is hidden, and the next run begins it anew
    }

    /// The error of a file that did not take what it was given.
    #[must_use]
    pub fn refused(&self, source: io::Error) -> Error {
        Error::Io { path: self.place.clone(), expected: "an output that takes all bytes", source }
    }
}

impl Write for Partial {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The folder that a file is in.
fn folder(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Held by the one run that writes a place.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    at: PathBuf,
}

impl Lock {
    /// Takes it.
    ///
    /// # Errors
    /// [`Error::Io`] when another run has it.
    pub fn take(place: &Path) -> Result<Self, Error> {
        let at = beside(place, "lock");
        let fail = |expected, source| Error::Io { path: place.to_owned(), expected, source };
        if !folder(place).is_dir() {
            let source = io::Error::new(io::ErrorKind::NotFound, format!("no folder {}", folder(place).display()));
            return Err(fail("a file that can be written", source));
        }
        let file = File::options().write(true).create(true).truncate(false).open(&at);
        let file = file.map_err(|source| fail("a file that can be written", source))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file, at }),
            Err(TryLockError::WouldBlock) => {
                let found = io::Error::new(io::ErrorKind::ResourceBusy, "another run that is writing it");
                Err(fail("an output of this run alone", found))
            }
            Err(TryLockError::Error(source)) => Err(fail("a file system with locks", source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.at); // an empty file that is left does no harm
    }
}
