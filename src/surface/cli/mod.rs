//! The command line: what was typed (`arguments.rs`) becomes calls of the library, and their end an exit status.
//!
//! `solieu extract bai-bao.txt` writes one record per article; `solieu explain "Xã có 48/52 hộ thoát nghèo"` shows
//! how it was read.

mod amounts;
mod arguments;
mod corrections;
mod explain;
mod extract;
mod inputs;
mod lexicon;
mod progress;
mod report;
mod resume;
mod review;
mod serve;
mod told;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use crate::record::{self, kind};
use crate::sink::Output;
use crate::sink::database::metadata;
use crate::surface::lang::Lang;
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
    /// Ctrl-C.
    Interrupted,
}

/// Runs the program.
#[must_use]
#[expect(clippy::print_stderr, reason = "the one place that tells why nothing could run")]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let end = match arguments.command {
        Command::Extract(what) => extract::extract(&what),
        Command::Explain(what) => explain::explain(&what),
        Command::Report(what) => report::report(&what),
        Command::Corrections(what) => corrections::corrections(&what),
        Command::Review(what) => review::review(&what),
        Command::Serve(what) => serve::serve(&what),
        Command::Amounts(what) => amounts::amounts(&what),
        Command::Kinds(what) => show(&kinds(what.lang)),
        Command::DatasetteMetadata(what) => show(&format!("{:#}\n", metadata::datasette(&what.database))),
        Command::Schema => show(&format!("{:#}\n", record::schema().as_value())),
    };
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::SomeUnread) => ExitCode::from(1),
        Ok(End::Inconsistent) => ExitCode::from(3),
        Ok(End::Interrupted) => ExitCode::from(130),
        // Whoever reads us has seen enough ("| head"): that is no failure.
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("solieu: {error}");
            ExitCode::from(2)
        }
    }
}

/// Writes `text` to standard output.
fn show(text: &str) -> Result<End, Error> {
    let mut out = Output::open(None)?;
    out.write_all(text.as_bytes()).map_err(|source| out.refused(source))?;
    out.finish()?;
    Ok(End::Done)
}

/// The kinds with their documentation, in the order of precedence.
fn kinds(lang: Lang) -> String {
    let mut text = String::new();
    for doc in kind::KINDS {
        let name = match lang {
            Lang::Vi => format!("{} ({})", doc.name, doc.vietnamese),
            Lang::En => doc.name.to_owned(),
        };
        text += &format!("{name}\n    {}\n    {}\n", lang.say(doc.nghia, doc.meaning), doc.example);
    }
    text
}
