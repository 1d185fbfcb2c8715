//! Where the bytes go: standard output as they come, or a file that appears only when it is whole.
//!
//! Stop the run in the middle of "so-lieu.jsonl" and the folder is as it was.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::Error;

/// An open output.
#[derive(Debug)]
pub enum Output {
    /// Standard output.
    Stdout(io::Stdout),
    /// A file that is written beside its place and takes it at the end.
    Whole {
        /// The file as written so far.
        file: NamedTempFile,
        /// The place that it will take.
        path: PathBuf,
    },
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
        let Some(path) = path.filter(|path| *path != Path::new("-")) else { return Ok(Self::Stdout(io::stdout())) };
        let fail = |source| Error::Io { path: path.to_owned(), expected: "a file that can be written", source };
        // A link keeps pointing at its file; the file behind it is what gets replaced.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => return Err(fail(io::ErrorKind::IsADirectory.into())),
            Ok(found) if !found.is_file() => {
                let file = File::options().write(true).open(&path).map_err(fail)?;
                return Ok(Self::Stream { file, path });
            }
            _ => {}
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            let source = io::Error::new(io::ErrorKind::NotFound, format!("no folder {}", folder.display()));
            return Err(fail(source));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".solieu-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        Ok(Self::Whole { file: builder.tempfile_in(folder).map_err(fail)?, path })
    }

    /// Makes what was written final.
    ///
    /// # Errors
    /// [`Error::Io`] when the last bytes or the rename are refused.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Whole { file, path } => match file.persist(&path) {
                Ok(_) => Ok(()),
                Err(refused) => Err(Error::Io { path, expected: "a file that can be replaced", source: refused.error }),
            },
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
            Self::Whole { path, .. } | Self::Stream { path, .. } => path,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Whole { file, .. } => file.write(bytes),
            Self::Stream { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Whole { file, .. } => file.flush(),
            Self::Stream { file, .. } => file.flush(),
        }
    }
}
