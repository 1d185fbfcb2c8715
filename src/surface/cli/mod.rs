//! The command line: what was typed ([`arguments`]) becomes calls of the library, and their end an exit status.
//!
//! `solieu extract bai-bao.txt` writes one record per article; `solieu explain "Xã có 67/69 hộ thoát nghèo"` shows
//! how it was read.

mod arguments;
mod extract;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use arguments::{Arguments, Command};

/// How a run that could be made ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Everything was read.
    Done,
    /// Some articles could not be read.
    SomeUnread,
    /// `--fail-on inconsistent`, and an article was.
    Inconsistent,
}

/// Runs the program.
#[must_use]
#[expect(clippy::print_stderr, reason = "the one place that tells why nothing could run")]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let end = match arguments.command {
        Command::Extract(what) => extract::extract(&what),
    };
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::SomeUnread) => ExitCode::from(1),
        Ok(End::Inconsistent) => ExitCode::from(3),
        // Whoever reads us has seen enough ("| head"): that is no failure.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("solieu: {error}");
            ExitCode::from(2)
        }
    }
}
