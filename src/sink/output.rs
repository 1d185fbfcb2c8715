//! Where the bytes go: standard output as they come, or a file that appears only when it is whole.
//!
//! Stop the run in the middle of "so-lieu.jsonl" and the folder is as it was.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::partial::Partial;
use crate::error::Error;

/// An open output.
#[derive(Debug)]
pub enum Output {
    /// Standard output.
    Stdout(io::Stdout),
    /// A file that is written beside its place and takes it at the end.
    Whole(Partial),
    /// Something that is there already and is no plain file: a device, a pipe.
    Stream {
        /// The open device.
        file: File,
        /// Its name.
        path: PathBuf,
    },
}

impl Output {
    /// Opens `path`, or standard output for none and for `-`.
    ///
    /// # Errors
    /// [`Error::Io`] when the place cannot be written.
    pub fn open(path: Option<&Path>) -> Result<Self, Error> {
        Self::open_at(path, None)
    }

    /// The same; of a file that an interrupted run has begun, so many bytes are kept.
    ///
    /// # Errors
    /// [`Error::Io`] when the place cannot be written, or has not kept them.
    pub fn open_at(path: Option<&Path>, keep: Option<u64>) -> Result<Self, Error> {
        if let Some(path) = Self::resumable(path)? {
            return Ok(Self::Whole(Partial::open(&path, keep)?));
        }
        let Some(path) = path.filter(|path| *path != Path::new("-")) else { return Ok(Self::Stdout(io::stdout())) };
        let fail = |source| Error::Io { path: path.to_owned(), expected: "a file that can be written", source };
        let file = File::options().write(true).open(path).map_err(fail)?;
        Ok(Self::Stream { file, path: path.to_owned() })
    }

    /// Where the file will be that `path` says; none for what is written as it comes (standard output, a pipe, a device).
    ///
    /// # Errors
    /// [`Error::Io`] when it is a folder.
    pub fn resumable(path: Option<&Path>) -> Result<Option<PathBuf>, Error> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else { return Ok(None) };
        // A link keeps pointing at its file; the file behind it is what gets replaced.
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match std::fs::metadata(&place) {
            Ok(found) if found.is_dir() => {
                let source = io::ErrorKind::IsADirectory.into();
                Err(Error::Io { path: place, expected: "a file that can be written", source })
            }
            Ok(found) => Ok(found.is_file().then_some(place)),
            Err(_) => Ok(Some(place)),
        }
    }

    /// Bytes of a file so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        match self {
            Self::Whole(file) => file.length(),
            _ => 0,
        }
    }

    /// Makes what was written to a file proof against a power cut.
    ///
    /// # Errors
    /// [`Error::Io`] when the disk refuses.
    pub fn sync(&self) -> Result<(), Error> {
        match self {
            Self::Whole(file) => file.sync(),
            _ => Ok(()),
        }
    }

    /// Makes what was written final.
    ///
    /// # Errors
    /// [`Error::Io`] when the last bytes or the rename are refused.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Whole(file) => file.finish(),
            mut stream => stream.flush().map_err(|source| stream.refused(source)),
        }
    }

    /// The error of an output that did not take what it was given.
    #[must_use]
    pub fn refused(&self, source: io::Error) -> Error {
        Error::Io { path: self.path().to_owned(), expected: "an output that takes all bytes", source }
    }

    /// Its name, for people.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Stdout(_) => Path::new("standard output"),
            Self::Whole(file) => file.place(),
            Self::Stream { path, .. } => path,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Whole(file) => file.write(bytes),
            Self::Stream { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Whole(file) => file.flush(),
            Self::Stream { file, .. } => file.flush(),
        }
    }
}
