//! What can be typed: `solieu extract bai-bao/ -o so-lieu.jsonl --jobs 2`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::run::Shard;
use crate::surface::lang::Lang;

/// Reads Vietnamese articles and writes down every numeric claim in them.
#[derive(Debug, Parser)]
#[command(name = "solieu", version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write one record per article: its numeric claims, linked and checked
    Extract(Box<Extract>),
    /// Show how a text is read: each claim under its sentence, the rule behind it, its links and checks
    Explain(Explain),
    /// The fact-checker's desk: pages in a browser where an article is pasted and its figures are marked and checked
    Serve(Serve),
    /// One file that shows articles marked and checked, for people who have no solieu; also W3C Web Annotations and
    /// schema.org
    Report(Report),
    /// What people said of claims at the desk: as JSON Lines, or as gold lines for a scorer
    Corrections(Corrections),
    /// Where an archive contradicts itself, and what reference figures say of its claims
    Review(super::review::Review),
    /// Read amounts alone: for each line of JSON Lines its id and the numbers in its text
    Amounts(Amounts),
    /// The kinds of claim with their documentation
    Kinds(Kinds),
    /// The JSON Schema of a record
    Schema,
    /// Metadata for Datasette: tables and columns explained in Vietnamese, facets, ready questions
    DatasetteMetadata(DatasetteMetadata),
}

#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 done; 1 done, but some articles could not be read; 2 could not run; \
                        3 only with --fail-on inconsistent, when an article's numbers cannot agree; 130 interrupted, and \
                        --resume goes on.")]
pub(super) struct Extract {
    /// Files, folders or archives of articles (text, HTML, JSON Lines, CSV, Parquet, .docx; in .zip, .tar, .warc, .gz,
    /// .zst, .xz, .bz2); - is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Write to this file, which appears when it is whole (else standard output; .jsonl, .json, .csv, .parquet), or into
    /// this database: figures.sqlite, postgres://name@host/database
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// How to write (default: what the name of the output says, else jsonl)
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// With csv: write the checks to this file, one row each
    #[arg(long, value_name = "FILE")]
    pub(super) checks: Option<PathBuf>,
    /// Go on where the same command was interrupted
    #[arg(long)]
    pub(super) resume: bool,
    /// Seconds between two checkpoints, from which --resume can go on
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds)]
    pub(super) checkpoint: f64,
    /// Read only the Ith of N equal parts of the input (2/8), for N machines
    #[arg(long, value_name = "I/N")]
    pub(super) shard: Option<Shard>,
    /// What becomes of an article with exactly the text of an earlier one
    #[arg(long, value_enum, default_value_t = Duplicates::Point)]
    pub(super) duplicates: Duplicates,
    /// Schema of the tables in PostgreSQL
    #[arg(long, value_name = "NAME", default_value = "solieu")]
    pub(super) schema: String,
    /// Articles read at the same time (default: one per processor)
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Write the articles that could not be read to this file (else one line each on standard error)
    #[arg(long, value_name = "FILE")]
    pub(super) errors: Option<PathBuf>,
    /// Leave the article's text out of the records
    #[arg(long)]
    pub(super) no_text: bool,
    /// Publication date of articles that do not say it (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<String>,
    /// Add the rows of the tables (*.tsv) in this folder: words and units of your own, see CONTRIBUTING.md
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Option<PathBuf>,
    /// Longest article that is read
    #[arg(long, value_name = "BYTES")]
    pub(super) max_article_bytes: Option<usize>,
    /// Longest time that one article is read
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    pub(super) max_seconds: f64,
    /// Exit with status 3 when an article's numbers cannot agree
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) fail_on: Option<FailOn>,
    /// Tell articles, claims, faults and speed at the end, also when standard error is no terminal
    #[arg(long)]
    pub(super) summary: bool,
    /// How to tell how far the run is
    #[arg(long, value_enum, default_value_t = Shown::Auto)]
    pub(super) progress: Shown,
    /// No progress and no closing line
    #[arg(short, long, conflicts_with = "summary", conflicts_with = "progress")]
    pub(super) quiet: bool,
}

/// How archives and tables are read.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// The column of a table, or key of a JSON object, for text, html, title, author, date, url or id (else guessed)
    #[arg(long = "column", value_name = "ROLE=NAME")]
    pub(super) columns: Vec<String>,
    /// How deep archives may lie in archives [default: 4]
    #[arg(long, value_name = "N")]
    pub(super) max_depth: Option<usize>,
    /// Refuse a compressed stream that unpacks to more than N times its size [default: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_ratio: Option<u64>,
    /// Refuse a compressed stream that unpacks to more than this [default: 1 TiB]
    #[arg(long, value_name = "BYTES")]
    pub(super) max_unpacked: Option<u64>,
    /// Largest Parquet file that is unpacked to a temporary file, when it is not a file of its own [default: 8 GiB]
    #[arg(long, value_name = "BYTES")]
    pub(super) max_spool: Option<u64>,
}

/// A number of seconds that a clock can count.
fn seconds(typed: &str) -> Result<f64, String> {
    let seconds = typed.parse::<f64>().ok().filter(|seconds| (0.0..=1e9).contains(seconds));
    seconds.ok_or_else(|| "expected seconds, such as 2.5".to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Duplicates {
    /// Point at the first article with this text
    Point,
    /// Read it again
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shown {
    /// A bar when standard error is a terminal
    Auto,
    /// A line of JSON every second on standard error
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One record per line
    Jsonl,
    /// One record per line, packed by gzip
    #[value(name = "jsonl.gz")]
    JsonlGzip,
    /// One record per line, packed by Zstandard
    #[value(name = "jsonl.zst")]
    JsonlZstd,
    /// One array
    Json,
    /// One row per claim
    Csv,
    /// One row per claim in a Parquet file, see docs/parquet.md
    Parquet,
    /// Tables in a SQLite file, see docs/databases.md
    Sqlite,
    /// The same tables in PostgreSQL
    Postgres,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A check found numbers that cannot agree
    Inconsistent,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A text, or the name of a file (- is standard input)
    #[arg(value_name = "TEXT|FILE")]
    pub(super) what: String,
    /// Language of the explanation
    #[arg(long, value_enum, default_value_t = Lang::Vi)]
    pub(super) lang: Lang,
    /// Publication date (YYYY-MM-DD), from which "cùng kỳ năm trước" is resolved
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<String>,
    /// Add the rows of the tables (*.tsv) in this folder: words and units of your own, see CONTRIBUTING.md
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The database of an archive (solieu extract -o figures.sqlite), where corrections are kept too; made when there is
    /// none. Without it everything is kept only until the server ends
    #[arg(value_name = "FIGURES.sqlite")]
    pub(super) database: Option<PathBuf>,
    /// Port on this machine
    #[arg(long, value_name = "N", default_value_t = 7878)]
    pub(super) port: u16,
    /// Address to listen at [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) host: Option<IpAddr>,
    /// Let other machines read and change the desk, when --host is an address that they reach
    #[arg(long)]
    pub(super) open_to_network: bool,
    /// Add the rows of the tables (*.tsv) in this folder: words and units of your own, see CONTRIBUTING.md
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 done; 1 done, but some articles could not be read; 2 could not run; 3 only with \
                        --fail-on inconsistent, when an article's numbers cannot agree."
)]
pub(super) struct Report {
    /// Files, folders or archives of articles; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,
    /// Write to this file, which appears when it is whole (else standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    pub(super) format: ReportFormat,
    /// Language of the report
    #[arg(long, value_enum, default_value_t = Lang::Vi)]
    pub(super) lang: Lang,
    /// Publication date of articles that do not say it (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<String>,
    /// Add the rows of the tables (*.tsv) in this folder: words and units of your own, see CONTRIBUTING.md
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Option<PathBuf>,
    /// Exit with status 3 when an article's numbers cannot agree
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// One page that needs nothing else
    Html,
    /// W3C Web Annotations: a page of annotations per article, in an array
    Annotations,
    /// schema.org Claim and Observation in JSON-LD: a graph per article, in an array
    SchemaOrg,
}

#[derive(Debug, Args)]
pub(super) struct Corrections {
    /// The database that solieu serve kept them in
    #[arg(value_name = "FIGURES.sqlite")]
    pub(super) database: PathBuf,
    /// Write to this file (else standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// A gold line for each article with corrections; claims that nobody looked at are optional in it
    #[arg(long)]
    pub(super) gold: bool,
    /// The articles of the gold lines, with their texts
    #[arg(long, conflicts_with = "gold")]
    pub(super) articles: bool,
}

#[derive(Debug, Args)]
pub(super) struct Amounts {
    /// Files of JSON Lines with `id` and `text`; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,
    /// Lines read at the same time (default: one per processor)
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Add the rows of the tables (*.tsv) in this folder: words and units of your own, see CONTRIBUTING.md
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct DatasetteMetadata {
    /// What Datasette calls the database: the file's name without its ending
    #[arg(long, value_name = "NAME", default_value = "figures")]
    pub(super) database: String,
}

#[derive(Debug, Args)]
pub(super) struct Kinds {
    /// Language of the documentation
    #[arg(long, value_enum, default_value_t = Lang::Vi)]
    pub(super) lang: Lang,
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.tag()).help(match self {
            Self::Vi => "Vietnamese",
            Self::En => "English",
        }))
    }
}
