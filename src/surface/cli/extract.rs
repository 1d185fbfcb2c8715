//! `solieu extract`: paths in, records out. "bai-1.html bai-2.txt" gives two lines in that order.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::arguments::{Duplicates, Extract, FailOn, Format};
use super::progress::Progress;
use super::told::{Told, Watching, close};
use super::{End, inputs, lexicon, resume};
use crate::article::document::{self, Raw, Unread};
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::run::{self, Ended, How, Item, Shard};
use crate::sink::csv::{Checks, Csv};
use crate::sink::database::Rows;
use crate::sink::files::Files;
use crate::sink::packing::Packing;
use crate::sink::parquet::{self, Claims, Parquet};
use crate::sink::postgres::Postgres;
use crate::sink::sqlite::Sqlite;
use crate::sink::store::{self, Tally};
use crate::sink::text::{Frame, Stream, Text};
use crate::sink::{Output, Sink, json::Json, jsonl::Jsonl};

/// Runs `extract`.
pub(super) fn extract(what: &Extract) -> Result<End, Error> {
    let mut options = options(what.published.as_deref(), what.max_article_bytes)?;
    inputs::apply(&what.inputs, &mut options)?;
    let added = lexicon::added(what.lexicon.as_deref())?;
    let lexicon = added.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let paths = given(&what.paths)?;
    let output = what.output.as_deref().filter(|path| *path != Path::new("-"));
    let (format, packing) = format(what.format, output);
    let file = output.filter(|_| format != Format::Postgres);
    options.outputs = apart(&paths, file, what.errors.as_deref(), what.checks.as_deref())?;
    if format == Format::Sqlite {
        // What SQLite and the run's lock keep beside the file.
        let beside = |end: &str| options.outputs.first().map(|file| PathBuf::from(format!("{}{end}", file.display())));
        let beside: Vec<PathBuf> = ["-wal", "-shm", "-journal", ".lock"].into_iter().filter_map(beside).collect();
        options.outputs.extend(beside);
    }
    if what.checks.is_some() && format != Format::Csv {
        return Err(Error::Usage("--checks: expected --format csv, found another".to_owned()));
    }
    let job = Job { what, options: &options, lexicon };
    let sink: &dyn Sink = match format {
        Format::Json => &Json,
        Format::Csv => &Csv,
        Format::Jsonl | Format::JsonlGzip | Format::JsonlZstd => &Jsonl,
        Format::Parquet if packing != Packing::Plain => {
            let found = "expected a Parquet file that is not packed again (-o NAME.parquet), found .gz or .zst";
            return Err(Error::Usage(found.to_owned()));
        }
        Format::Parquet => return job.run(paths, &Claims, &mut Parquet::new(parquet::place(output)?)),
        Format::Sqlite => return job.run(paths, &Rows, &mut Sqlite::open(place(what, "FILE")?)?),
        Format::Postgres => {
            let address = place(what, "postgres://name@host/database")?.to_string_lossy();
            return job.run(paths, &Rows, &mut Postgres::open(&address, &what.schema)?);
        }
    };
    let frame = Frame { around: sink.around(), packing };
    let checks = what.checks.as_deref().map(|path| (path, Packing::of(path).0));
    let text = Text { records: (sink, packing), beside: checks.map(|(_, packing)| (&Checks as &dyn Sink, packing)) };
    match Output::resumable(output)? {
        Some(place) => {
            let mut places = vec![(place, frame)];
            if let Some((path, packing)) = checks {
                places.push((path.to_owned(), Frame { around: Checks.around(), packing }));
            }
            job.run(paths, &text, &mut Files::new(places))
        }
        None if what.resume || what.checks.is_some() => {
            let which = if what.resume { "--resume" } else { "--checks" };
            Err(Error::Usage(format!("{which}: expected an output that is a file, found a stream")))
        }
        None => {
            let mut out = Output::open(output)?;
            let name = out.path().to_owned();
            let end = job.run(paths, &text, &mut Stream::new(&mut out, name, frame))?;
            out.finish()?;
            Ok(end)
        }
    }
}

/// How to write: as asked for, else as the name of the output says.
fn format(asked: Option<Format>, output: Option<&Path>) -> (Format, Packing) {
    let (packing, name) = output.map_or((Packing::Plain, Path::new("")), Packing::of);
    let whole = output.map(Path::to_string_lossy).unwrap_or_default();
    let format = asked.unwrap_or_else(|| match name.extension().and_then(|end| end.to_str()) {
        _ if whole.starts_with("postgres://") || whole.starts_with("postgresql://") => Format::Postgres,
        Some("sqlite" | "sqlite3" | "db") => Format::Sqlite,
        Some("csv") => Format::Csv,
        Some("parquet") => Format::Parquet,
        Some("json") => Format::Json,
        _ => Format::Jsonl,
    });
    match format {
        Format::JsonlGzip => (Format::Jsonl, Packing::Gzip),
        Format::JsonlZstd => (Format::Jsonl, Packing::Zstd),
        format => (format, packing),
    }
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
        let which = resume::run(what, &paths)?;
        let told = what.errors.as_ref().map_or(Told::Stderr, |path| Told::File(path.clone(), None));
        let started = Instant::now();
        let mut watch = Watching { progress: Progress::new(&paths, what, &self.options.consumed), told, kept: false };
        let texts = run::Register::default();
        let job = run::Extraction {
            format,
            options: self.options,
            lexicon: self.lexicon,
            with_text: !what.no_text,
            limit: Duration::from_secs_f64(what.max_seconds),
            texts: (what.duplicates == Duplicates::Point).then_some(&texts),
        };
        let every = Duration::from_secs_f64(what.checkpoint);
        let how = How { jobs: run::jobs(what.jobs), run: &which, every, stop: resume::stop()? };
        let ended = run::run(shared(paths, self.options, what.shard), &how, &job, store, &mut watch);
        watch.progress.end();
        let resumable = what.output.as_deref().is_some_and(|path| path != Path::new("-"));
        let Ended { done, whole } = ended.inspect_err(|_| {
            if watch.kept && resumable {
                resume::say("what was committed stays");
            }
        })?;
        if !whole {
            let articles = done.tally.articles + done.tally.unread;
            if resumable {
                resume::say(&format!("interrupted after {articles} articles"));
            }
            return Ok(End::Interrupted);
        }
        watch.told.finish()?;
        if what.summary || (io::stderr().is_terminal() && !what.quiet) {
            close(done.tally, self.options.passed.count(), started.elapsed().as_secs_f64());
        }
        Ok(end(done.tally, what.fail_on))
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
    if let Some(max_bytes) = max_bytes {
        options.allow(max_bytes);
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
pub(super) fn apart(
    inputs: &[PathBuf],
    output: Option<&Path>,
    errors: Option<&Path>,
    checks: Option<&Path>,
) -> Result<Vec<PathBuf>, Error> {
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
    if let Some(checks) = checks
        && [output, errors].into_iter().flatten().any(|other| place(other) == place(checks))
    {
        return Err(Error::Usage("--checks: expected a file of its own, found that of another output".to_owned()));
    }
    let written: Vec<PathBuf> =
        [output, errors, checks].into_iter().flatten().filter(|path| !standard(path)).map(place).collect();
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

/// The articles of every path that are this shard's, with their numbers in the whole input.
fn shared(
    paths: Vec<PathBuf>,
    options: &document::Options,
    shard: Option<Shard>,
) -> impl Iterator<Item = Item> + Send + 'static {
    let options = options.clone();
    let ours = move |n: usize, path: &Path, raw: &Result<Raw, Unread>| {
        shard.is_none_or(|shard| {
            let source = raw.as_ref().map_or_else(|unread| &unread.source, |raw| &raw.source);
            // Machines may have the same archive in different places.
            shard.has(n, source.strip_prefix(&path.display().to_string()).unwrap_or(source))
        })
    };
    let all = paths.into_iter().enumerate().flat_map(move |(n, path)| {
        let raws = document::raws(&path, &options);
        raws.map(move |raw| (ours(n, &path, &raw), raw))
    });
    (1..).zip(all).filter(|(_, (ours, _))| *ours).map(|(number, (_, raw))| Item { number, raw })
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
