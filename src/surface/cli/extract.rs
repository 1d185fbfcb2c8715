//! `solieu extract`: paths in, records out. "bai-1.html bai-2.txt" gives two lines in that order.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::{Extract, FailOn, Format};
use super::figures::one_line;
use super::progress::Progress;
use super::{End, inputs, lexicon};
use crate::article::document::{self, Raw, Unread};
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::run::{self, Watch};
use crate::sink::database::Rows;
use crate::sink::postgres::Postgres;
use crate::sink::sqlite::Sqlite;
use crate::sink::store::{self, Checkpoint, Missed, Run, Tally};
use crate::sink::text::{Frame, Stream, Text};
use crate::sink::{Output, Sink, csv::Csv, json::Json, jsonl::Jsonl};

/// Runs `extract`.
pub(super) fn extract(what: &Extract) -> Result<End, Error> {
    let mut options = options(what.published.as_deref(), what.max_article_bytes)?;
    inputs::apply(&what.inputs, &mut options)?;
    let added = lexicon::added(what.lexicon.as_deref())?;
    let lexicon = added.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let paths = given(&what.paths)?;
    let format = format(what);
    let file = what.output.as_deref().filter(|_| format != Format::Postgres);
    options.outputs = apart(&paths, file, what.errors.as_deref())?;
    if format == Format::Sqlite {
        // What SQLite and the run's lock keep beside the file.
        let beside = |end: &str| options.outputs.first().map(|file| PathBuf::from(format!("{}{end}", file.display())));
        let beside: Vec<PathBuf> = ["-wal", "-shm", "-journal", ".lock"].into_iter().filter_map(beside).collect();
        options.outputs.extend(beside);
    }
    let job = Job { what, options: &options, lexicon };
    let sink: &dyn Sink = match format {
        Format::Jsonl => &Jsonl,
        Format::Json => &Json,
        Format::Csv => &Csv,
        Format::Sqlite => return job.run(paths, &Rows, &mut Sqlite::open(place(what, "FILE")?)?),
        Format::Postgres => {
            let address = place(what, "postgres://name@host/database")?.to_string_lossy();
            return job.run(paths, &Rows, &mut Postgres::open(&address, &what.schema)?);
        }
    };
    // A database is an arm of its own here: its format and its store go to `job.run`.
    let mut out = Output::open(what.output.as_deref())?;
    let name = out.path().to_owned();
    let end = job.run(paths, &Text(sink), &mut Stream::new(&mut out, name, Frame::of(sink)))?;
    out.finish()?;
    Ok(end)
}

/// The format that was asked for, else what the output's name says.
fn format(what: &Extract) -> Format {
    let name = what.output.as_ref().map(|path| path.to_string_lossy()).unwrap_or_default();
    let end = Path::new(name.as_ref()).extension().and_then(|end| end.to_str());
    what.format.unwrap_or_else(|| match end {
        _ if name.starts_with("postgres://") || name.starts_with("postgresql://") => Format::Postgres,
        Some("sqlite" | "sqlite3" | "db") => Format::Sqlite,
        _ => Format::Jsonl,
    })
}

/// The database that was typed, which is no standard output.
fn place<'a>(what: &'a Extract, example: &str) -> Result<&'a Path, Error> {
    let typed = what.output.as_deref().filter(|path| *path != Path::new("-"));
    typed.ok_or_else(|| Error::Usage(format!("expected a database to write into (-o {example}), found none")))
}

/// What every store is run with.
struct Job<'a> {
    what: &'a Extract,
    options: &'a document::Options,
    lexicon: &'a Lexicon,
}

impl Job<'_> {
    /// Runs over `paths` into `store`.
    fn run<F: store::Format>(
        &self,
        paths: Vec<PathBuf>,
        format: &F,
        store: &mut dyn store::Store<F::Part>,
    ) -> Result<End, Error> {
        let what = self.what;
        let told = match &what.errors {
            Some(path) => Told::File(Output::open(Some(path))?),
            None => Told::Stderr,
        };
        let started = Instant::now();
        let mut watch = Watching { progress: Progress::new(&paths, what.quiet), told };
        let job = run::Extraction { format, options: self.options, lexicon: self.lexicon, with_text: !what.no_text };
        let which = Run { key: String::new(), arguments: Vec::new(), resume: false };
        let done = run::run(raws(paths, self.options), run::jobs(what.jobs), &which, &job, store, &mut watch);
        watch.progress.end();
        let tally = done?.tally;
        watch.told.finish()?;
        if what.summary || (io::stderr().is_terminal() && !what.quiet) {
            close(tally, started.elapsed().as_secs_f64());
        }
        Ok(end(tally, what.fail_on))
    }
}

/// What the run comes to. What was asked for with `--fail-on` goes before what merely happened.
fn end(tally: Tally, fail_on: Option<FailOn>) -> End {
    match fail_on {
        Some(FailOn::Inconsistent) if tally.inconsistent > 0 => End::Inconsistent,
        _ if tally.unread > 0 => End::SomeUnread,
        _ => End::Done,
    }
}

/// Options for reading, from what was typed.
pub(super) fn options(published: Option<&str>, max_bytes: Option<usize>) -> Result<document::Options, Error> {
    let mut options = document::Options::default();
    if let Some(date) = published {
        // A date, or a date with time and zone as a record has it.
        let day = |day: &str| day.parse::<jiff::civil::Date>().map(drop);
        let time = || date.parse::<jiff::Timestamp>().and_then(|_| day(date.get(..10).unwrap_or(date)));
        if let Err(found) = if date.len() > 10 { time() } else { day(date) } {
            return Err(Error::Usage(format!("--published: expected a date as YYYY-MM-DD, found '{date}': {found}")));
        }
        options.published = Some(date.to_owned());
    }
    // Who asks for larger articles wants their texts read too.
    if let Some(max_bytes) = max_bytes {
        options.max_text = if max_bytes > options.max_bytes { max_bytes } else { options.max_text };
        options.max_bytes = max_bytes;
    }
    Ok(options)
}

/// The paths to read. None typed is standard input, unless someone sits there; some that are missing are told with
/// the unread, but when all are, there is nothing to run on.
pub(super) fn given(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Error::Usage("expected a file, a folder or - for standard input, found nothing".to_owned()));
        }
        return Ok(vec![PathBuf::from("-")]);
    }
    let look =
        |path: &PathBuf| if path.as_path() == Path::new("-") { Ok(()) } else { std::fs::metadata(path).map(drop) };
    let mut looks = paths.iter().map(|path| (path, look(path)));
    if let Some((path, Err(source))) = looks.next()
        && looks.all(|(_, found)| found.is_err())
    {
        return Err(Error::Io { path: path.clone(), expected: "a file or folder to read", source });
    }
    Ok(paths.to_vec())
}

/// The files that the run writes, which must be neither one of its inputs nor one and the same: an input that is
/// replaced by what was read in it is lost. (In a folder that is read they are passed over.)
fn apart(inputs: &[PathBuf], output: Option<&Path>, errors: Option<&Path>) -> Result<Vec<PathBuf>, Error> {
    let standard = |path: &Path| path == Path::new("-");
    let place = |path: &Path| match (std::fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(place), ..) => place,
        // Not there yet: its folder is.
        (Err(_), Some(folder), Some(name)) => {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            std::fs::canonicalize(folder).map_or_else(|_| path.to_owned(), |folder| folder.join(name))
        }
        _ => path.to_owned(),
    };
    let both = match (output, errors) {
        (None, Some(errors)) => standard(errors),
        (Some(output), Some(errors)) => place(output) == place(errors),
        _ => false,
    };
    if both {
        return Err(Error::Usage("--errors: expected another place than the records go to, found the same".to_owned()));
    }
    let written: Vec<PathBuf> =
        [output, errors].into_iter().flatten().filter(|path| !standard(path)).map(place).collect();
    for input in inputs.iter().filter(|path| !standard(path) && path.is_file()) {
        if written.contains(&place(input)) {
            let input = input.display();
            return Err(Error::Usage(format!(
                "{input}: expected an output that is not read, found it among the inputs"
            )));
        }
    }
    Ok(written)
}

/// Every article of every path, in order.
pub(super) fn raws(
    paths: Vec<PathBuf>,
    options: &document::Options,
) -> impl Iterator<Item = Result<Raw, Unread>> + Send + 'static {
    let options = options.clone();
    paths.into_iter().flat_map(move |path| document::raws(&path, &options))
}

/// Where unread articles are told.
pub(super) enum Told {
    /// A line each on standard error.
    Stderr,
    /// A line of JSON each in a file.
    File(Output),
}

/// One line on standard error. One that is closed is no reason to stop.
pub(super) fn say(unread: &Unread) {
    let _ = writeln!(io::stderr(), "solieu: {}", one_line(&unread.to_string()));
}

impl Told {
    fn tell(&mut self, missed: &Missed) -> Result<(), Error> {
        match self {
            Self::Stderr => {
                say(&missed.unread);
                Ok(())
            }
            Self::File(out) => {
                let written = serde_json::to_vec(missed).map_err(io::Error::from).and_then(|mut line| {
                    line.push(b'\n');
                    out.write_all(&line)
                });
                written.map_err(|source| out.refused(source))
            }
        }
    }

    fn finish(self) -> Result<(), Error> {
        match self {
            Self::Stderr => Ok(()),
            Self::File(out) => out.finish(),
        }
    }
}

/// The run as it is seen from outside: progress, and what could not be read.
pub(super) struct Watching {
    pub(super) progress: Progress,
    pub(super) told: Told,
}

impl Watch for Watching {
    fn missed(&mut self, missed: &[Missed]) -> Result<u64, Error> {
        let Self { progress, told } = self;
        missed.iter().try_for_each(|one| progress.aside(|| told.tell(one)))?;
        Ok(0)
    }

    fn at(&mut self, done: &Checkpoint) {
        self.progress.at(done.tally);
    }
}

/// The closing line.
#[expect(clippy::cast_precision_loss, reason = "a speed for people")]
fn close(tally: Tally, seconds: f64) {
    let speed = tally.bytes as f64 / 1e6 / seconds.max(1e-9);
    let _ = writeln!(
        io::stderr(),
        "{} articles, {} claims, {} faults, {} unread, {:.1} MB in {seconds:.2} s: {speed:.1} MB/s",
        tally.articles,
        tally.claims,
        tally.faults,
        tally.unread,
        tally.bytes as f64 / 1e6,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_what_was_asked_for_before_what_happened() {
        let tally = Tally { unread: 1, inconsistent: 1, ..Tally::default() };
        assert_eq!(end(tally, Some(FailOn::Inconsistent)), End::Inconsistent);
        assert_eq!(end(tally, None), End::SomeUnread);
        assert_eq!(end(Tally { unread: 0, ..tally }, None), End::Done);
        assert_eq!(end(Tally { inconsistent: 0, ..tally }, Some(FailOn::Inconsistent)), End::SomeUnread);
    }

    #[test]
    fn a_publication_date_must_be_one() {
        assert!(options(Some("2024-01-15"), None).is_ok());
        assert!(options(Some("2024-01-15T08:30:00+07:00"), None).is_ok());
        let message = options(Some("15/01/2024"), None).unwrap_err().to_string();
        assert!(message.starts_with("--published: expected a date as YYYY-MM-DD, found '15/01/2024'"), "{message}");
        for wrong in ["2024-01-15xyz", "2024-02-30", "2024-01-15T25:00:00+07:00", "2024-1-5", ""] {
            assert!(options(Some(wrong), None).is_err(), "{wrong}");
        }
    }
}
