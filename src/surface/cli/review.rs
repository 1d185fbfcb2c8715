//! `solieu review figures.sqlite`: where the archive contradicts itself, as rows and as tables for the desk;
//! `--reference FILE.csv`: what figures of your own say of its claims.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{End, show};
use crate::error::Error;
use crate::review::Outcome;
use crate::review::reference::{References, TEMPLATE, Verdict};
use crate::sink::Output;
use crate::sink::review::{self, Shape};
use crate::sink::sqlite::review::Archive;

/// What can be typed.
#[derive(Debug, Args)]
pub(super) struct Review {
    /// A database that solieu extract wrote; what is found is kept in it, for solieu serve
    #[arg(value_name = "FIGURES.sqlite", required_unless_present = "template")]
    pub(super) database: Option<PathBuf>,
    /// Hold the claims against this table: entity or place, property, period, value, unit, source
    #[arg(long, value_name = "FILE.csv")]
    pub(super) reference: Option<PathBuf>,
    /// Write a table to begin with to standard output, and do nothing else
    #[arg(long)]
    pub(super) template: bool,
    /// Write revisions too: a later article that takes an earlier figure back
    #[arg(long, conflicts_with = "reference")]
    pub(super) revisions: bool,
    /// Write the rows to this file (else standard output; .jsonl, .csv)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// How to write (default: what the name of the output says, else jsonl)
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A row on each line
    Jsonl,
    /// With a header
    Csv,
}

/// Runs `review`.
pub(super) fn review(what: &Review) -> Result<End, Error> {
    let Some(database) = what.database.as_deref().filter(|_| !what.template) else { return show(TEMPLATE) };
    let shape = shape(what)?;
    match &what.reference {
        Some(file) => against(database, file, shape, what.output.as_deref()),
        None => contradictions(database, shape, what),
    }
}

fn shape(what: &Review) -> Result<Shape, Error> {
    let end = what.output.as_deref().and_then(Path::extension).and_then(|end| end.to_str());
    match (what.format, end) {
        (Some(Format::Csv), _) | (None, Some("csv")) => Ok(Shape::Csv),
        (Some(Format::Jsonl), _) | (None, None | Some("jsonl")) => Ok(Shape::Jsonl),
        (None, Some(other)) => {
            Err(Error::Usage(format!("expected an output that ends in .jsonl or .csv, or --format, found .{other}")))
        }
    }
}

fn contradictions(database: &Path, shape: Shape, what: &Review) -> Result<End, Error> {
    let mut archive = Archive::open(database)?;
    let (found, tally) = archive.contradictions()?;
    archive.keep_contradictions(&found)?;
    archive.close()?;
    let shown: Vec<_> = found.iter().filter(|one| what.revisions || one.outcome == Outcome::Contradiction).collect();
    let mut out = Output::open(what.output.as_deref())?;
    review::contradictions(&shown, shape, &mut out)?;
    out.finish()?;
    let revisions = found.iter().filter(|one| one.outcome == Outcome::Revision).count();
    let mut said = format!(
        "{} contradictions and {revisions} revisions among {} claims with a name",
        found.len() - revisions,
        tally.figures
    );
    if tally.passed_over > 0 {
        said += &format!(
            "; {} claims share an entity, words and period with too many others to compare all",
            tally.passed_over
        );
    }
    if tally.left_out > 0 {
        said += &format!("; {} pairs that are less sure or nearer are not listed", tally.left_out);
    }
    tell(&said);
    Ok(End::Done)
}

fn against(database: &Path, file: &Path, shape: Shape, output: Option<&Path>) -> Result<End, Error> {
    let open = |source| Error::Io { path: file.to_owned(), expected: "a table of reference figures", source };
    let references = References::read(&mut File::open(file).map_err(open)?, file)?;
    let mut archive = Archive::open(database)?;
    let judged = archive.judged(&references)?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    archive.keep_references(&name, &references, &judged)?;
    archive.close()?;
    let mut out = Output::open(output)?;
    review::judged(&references, &judged, shape, &mut out)?;
    out.finish()?;
    let count = |verdict| judged.iter().filter(|one| one.verdict == verdict).count();
    let met = |at: usize| judged.iter().any(|one| one.fact == at && one.verdict != Verdict::NotCovered);
    tell(&format!(
        "{} agree, {} agree as rounded, {} differ, {} not covered; {} of {} reference figures are spoken of",
        count(Verdict::Agrees),
        count(Verdict::AgreesAsRounded),
        count(Verdict::Differs),
        count(Verdict::NotCovered),
        (0..references.facts.len()).filter(|&at| met(at)).count(),
        references.facts.len(),
    ));
    Ok(End::Done)
}

/// One line at the end, beside the rows.
fn tell(said: &str) {
    // Whoever closed standard error does not want to know.
    let _ = writeln!(std::io::stderr(), "{said}");
}
