//! What can go wrong: an [`Error`] stops a run, a [`Fault`] belongs to one article and rides along.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A failure that stops the run: bad arguments, an output that cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system refused.
    #[error("{path}: expected {expected}, found: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the program wanted of it.
        expected: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// An argument that cannot be used.
    #[error("{0}")]
    Usage(String),
    /// The program itself is at fault.
    #[error("{0}")]
    Internal(String),
}

/// What could not be read in (or of) one article, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Fault {
    /// The stage that gave up: `read`, `decode`, `html`, `json`, `limit`.
    pub stage: String,
    /// What was expected and what was found, in a sentence.
    pub message: String,
}

impl Fault {
    /// A fault of `stage` with its message.
    pub fn new(stage: &str, message: impl Into<String>) -> Self {
        Self { stage: stage.to_owned(), message: message.into() }
    }
}
