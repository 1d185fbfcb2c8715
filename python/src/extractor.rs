//! `solieu.Extractor`: `Extractor(lexicon="tu-dien/").extract_batch(table, text="noi_dung")`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, RecordBatchReader as _, StringArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::{FromPyArrow as _, ToPyArrow as _};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyDict, PyMapping};
use solieu::Lexicon;
use solieu::article::document::{Options, Role, Rows};
use solieu::claim::lexicon::{Table, folder};
use solieu::record::Record;
use solieu::sink::parquet::Claims;
use solieu::sink::store::{Format, Missed};

use crate::raised;
use crate::reading::{self, Nothing, Read, Reading, Records, Stopped};

/// The most bytes that the words of a column of one batch can have.
const WORDS: usize = i32::MAX as usize;

/// Reads articles with one set of words and bounds; made once, used for many, from any number of threads.
///
/// ```python
/// extractor = solieu.Extractor(lexicon="tu-dien/")
/// record = extractor.extract("Xã Đăk Tơ Pôn có 48/52 hộ thoát nghèo.")
/// claims = extractor.extract_batch(table, text="noi_dung", id="ma_bai")
/// ```
#[pyclass(frozen, module = "solieu")]
pub(crate) struct Extractor {
    /// Tables beside those of the program, each with its name.
    tables: Vec<(String, String)>,
    lexicon: Option<Lexicon>,
    max_article_bytes: Option<usize>,
    max_article_seconds: f64,
}

/// Articles as they came: batches of one schema.
struct Articles {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Articles {
    /// Anything with the Arrow PyCapsule interface: `__arrow_c_array__` (a record batch) or `__arrow_c_stream__` (a table,
    /// a reader, a data frame). Nothing is copied.
    fn of(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        if given.hasattr("__arrow_c_array__")? {
            let batch = RecordBatch::from_pyarrow_bound(given)?;
            return Ok(Self { schema: batch.schema(), batches: vec![batch] });
        }
        if !given.hasattr("__arrow_c_stream__")? {
            let found = given.get_type().fully_qualified_name()?;
            let expected = "expected a pyarrow.RecordBatch, a pyarrow.Table or a data frame that gives Arrow columns";
            return Err(PyTypeError::new_err(format!(
                "{expected} (__arrow_c_array__, __arrow_c_stream__), found {found}"
            )));
        }
        let stream = RecordBatchStreamReader::from_pyarrow_bound(given)?;
        let schema = stream.schema();
        let batches = stream.collect::<Result<_, _>>().map_err(|e| PyValueError::new_err(e.to_string()))?;
        Ok(Self { schema, batches })
    }

    /// The id of row `row`.
    fn id(&self, rows: &Rows, row: u64) -> Option<String> {
        let mut at = usize::try_from(row).ok()?;
        for batch in &self.batches {
            if at < batch.num_rows() {
                return rows.id(batch, at);
            }
            at -= batch.num_rows();
        }
        None
    }
}

/// What is to be done with an article that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnError {
    Raise,
    Skip,
}

impl OnError {
    fn of(word: &str) -> PyResult<Self> {
        match word {
            "raise" => Ok(Self::Raise),
            "skip" => Ok(Self::Skip),
            _ => Err(PyValueError::new_err(format!("on_error: expected 'raise' or 'skip', found '{word}'"))),
        }
    }
}

/// The columns that were named.
#[derive(Default)]
struct Asked {
    roles: Vec<(Role, String)>,
    source: Option<String>,
}

fn asked(columns: Option<&Bound<'_, PyDict>>) -> PyResult<Asked> {
    let mut asked = Asked::default();
    for (word, name) in columns.iter().flat_map(|columns| columns.iter()) {
        let word: String = word.extract()?;
        let role = Role::ALL.into_iter().find(|role| role.name() == word);
        if role.is_none() && word != "source" {
            return Err(PyTypeError::new_err(format!("got an unexpected keyword argument '{word}'")));
        }
        let expected = |_| PyTypeError::new_err(format!("{word}: expected the name of a column"));
        let Some(name) = name.extract::<Option<String>>().map_err(expected)? else { continue };
        match role {
            Some(role) => asked.roles.push((role, name)),
            None => asked.source = Some(name),
        }
    }
    Ok(asked)
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (lexicon=None, *, max_article_bytes=None, max_article_seconds=60.0))]
    fn new(
        lexicon: Option<&Bound<'_, PyAny>>,
        max_article_bytes: Option<usize>,
        max_article_seconds: f64,
    ) -> PyResult<Self> {
        let Some(lexicon) = lexicon else {
            return Self::with(Vec::new(), None, max_article_bytes, max_article_seconds);
        };
        let tables = match lexicon.cast::<PyMapping>() {
            Ok(tables) => {
                let texts = tables.items()?.iter().map(|item| item.extract::<(String, String)>());
                texts.map(|item| item.map(|(name, text)| (name, folder::table(&text)))).collect::<PyResult<_>>()?
            }
            Err(_) => folder::tables(&lexicon.extract::<PathBuf>()?).map_err(|e| raised::error(lexicon.py(), e))?,
        };
        let borrowed: Vec<Table<'_>> = tables.iter().map(|(name, text)| Table { name, text }).collect();
        let built = Lexicon::with(&borrowed).map_err(PyValueError::new_err)?;
        Self::with(tables, Some(built), max_article_bytes, max_article_seconds)
    }

    /// What another process needs to make the same one: the tables travel with it, no folder has to be there.
    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyDict>)> {
        let tables = self.lexicon.is_some().then(|| self.tables.clone().into_py_dict(py)).transpose()?;
        let named = PyDict::new(py);
        named.set_item("max_article_bytes", self.max_article_bytes)?;
        named.set_item("max_article_seconds", self.max_article_seconds)?;
        Ok(((tables,).into_pyobject(py)?.into_any(), named))
    }

    /// The record of one article as a dict, as the command line writes it in JSON: numbers are int or Decimal, exact.
    ///
    /// Args:
    ///     text: The article, plain text or HTML.
    ///     id: What it is known by; else a hash of the text.
    ///     title: Headline, set before the text unless that begins with it.
    ///     author: Who wrote it.
    ///     published: When (RFC 3339 or YYYY-MM-DD): what "năm nay" is counted from.
    ///     url: Its address. Never fetched.
    ///     source: Where it was read.
    ///
    /// Raises:
    ///     UnreadError: Where there is no text, or one that is too long or takes too long.
    #[pyo3(signature = (text, *, id=None, title=None, author=None, published=None, url=None, source=None))]
    #[expect(clippy::too_many_arguments, reason = "keywords in Python")]
    fn extract<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        id: Option<&str>,
        title: Option<&str>,
        author: Option<&str>,
        published: Option<&str>,
        url: Option<&str>,
        source: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let cells = [
            ("text", Some(text)),
            ("id", id),
            ("title", title),
            ("author", author),
            ("published", published),
            ("url", url),
            ("source", source),
        ];
        let columns = cells.map(|(name, cell)| (name, Arc::new(StringArray::from(vec![cell])) as ArrayRef, true));
        let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(internal)?;
        let options = self.options(Vec::new());
        let rows = Rows::of(&batch.schema(), &options, Some("source")).map_err(|told| raised::columns(py, told))?;
        let read = py.detach(|| reading::read(&[batch], &Records, &self.how(&rows, &options, 1, true)));
        let record = match read {
            Ok(read) => read.parts.into_iter().flatten().next(),
            Err(Stopped::At(missed)) => {
                return Err(raised::unread(py, None, id.map(str::to_owned), "text", &missed));
            }
            Err(stopped) => return Err(raise(py, stopped)),
        };
        record.map_or_else(|| Err(PyValueError::new_err("expected one record, found none")), |one| dict(py, &one))
    }

    /// The claims of many articles as one pyarrow.RecordBatch: a row for each claim, in the order of the articles, with
    /// the columns of `solieu.schema()`.
    ///
    /// Args:
    ///     articles: A pyarrow.RecordBatch, a pyarrow.Table, or any object with `__arrow_c_array__` or
    ///         `__arrow_c_stream__` (pandas, Polars, DuckDB): a row for each article.
    ///     text, html, id, title, author, published, url: Names of columns. Where none is given, the column whose name says
    ///         so, as on the command line ("text", "content", "noi_dung"; "id"; "title", "tieu_de"; …).
    ///     source: Name of the column that says where an article was read; there is none where it is not given.
    ///     on_error: What to do with an article that cannot be read: "raise", or "skip" it with a warning in the log
    ///         `solieu`. `unread` lists them.
    ///     jobs: Threads.
    ///
    /// Raises:
    ///     ColumnError: Where a column is missing or has another type than it must.
    ///     UnreadError: Where an article cannot be read: it says row, id, column, and what was expected.
    #[pyo3(signature = (articles, /, *, on_error="raise", jobs=1, **columns))]
    fn extract_batch<'py>(
        &self,
        py: Python<'py>,
        articles: &Bound<'py, PyAny>,
        on_error: &str,
        jobs: usize,
        columns: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let strict = OnError::of(on_error)? == OnError::Raise;
        let (articles, rows, read) = self.read(py, articles, columns, &Claims, jobs, strict)?;
        if let Some(first) = read.missed.first() {
            let error = told(py, &articles, &rows, first);
            let words = "%d of %d articles left out, the first: %s";
            let of: usize = articles.batches.iter().map(RecordBatch::num_rows).sum();
            let log = py.import("logging")?.call_method1("getLogger", ("solieu",))?;
            log.call_method1("warning", (words, read.missed.len(), of, error.value(py).str()?))?;
        }
        let schema = solieu::sink::arrow::schema();
        let claims = py.detach(|| {
            let parts: Vec<RecordBatch> = read.parts.into_iter().flatten().collect();
            joined(&schema, &parts)
        });
        claims.map_err(PyValueError::new_err)?.to_pyarrow(py)
    }

    /// The articles that cannot be read, as a pyarrow.RecordBatch: `row` (from 0), `id`, `column`, `stage`, `message`.
    /// It reads everything, as `extract_batch` does, and takes the same arguments.
    #[pyo3(signature = (articles, /, *, jobs=1, **columns))]
    fn unread<'py>(
        &self,
        py: Python<'py>,
        articles: &Bound<'py, PyAny>,
        jobs: usize,
        columns: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (articles, rows, read) = self.read(py, articles, columns, &Nothing, jobs, false)?;
        let missed = || read.missed.iter();
        let field = |name: &str, kind, nullable| Field::new(name, kind, nullable);
        let schema = Schema::new(vec![
            field("row", DataType::Int64, false),
            field("id", DataType::Utf8, true),
            field("column", DataType::Utf8, false),
            field("stage", DataType::Utf8, false),
            field("message", DataType::Utf8, false),
        ]);
        let numbers: Int64Array = missed().map(|one| i64::try_from(one.number - 1).unwrap_or(i64::MAX)).collect();
        let ids: StringArray = missed().map(|one| articles.id(&rows, one.number - 1)).collect();
        let columns = StringArray::from_iter_values(missed().map(|_| rows.text()));
        let stages = StringArray::from_iter_values(missed().map(|one| one.unread.stage.as_str()));
        let messages = StringArray::from_iter_values(missed().map(|one| one.unread.message.as_str()));
        let arrays: Vec<ArrayRef> =
            vec![Arc::new(numbers), Arc::new(ids), Arc::new(columns), Arc::new(stages), Arc::new(messages)];
        RecordBatch::try_new(Arc::new(schema), arrays).map_err(internal)?.to_pyarrow(py)
    }

    /// Which columns of a pyarrow.Schema `extract_batch` would read: a dict of role and name.
    ///
    /// Raises:
    ///     ColumnError: As `extract_batch`.
    #[pyo3(signature = (schema, /, **columns))]
    fn columns<'py>(
        &self,
        py: Python<'py>,
        schema: &Bound<'py, PyAny>,
        columns: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let schema = Schema::from_pyarrow_bound(schema)?;
        let Asked { roles, source } = asked(columns)?;
        let rows = Rows::of(&schema, &self.options(roles), source.as_deref());
        let rows = rows.map_err(|message| raised::columns(py, message))?;
        rows.columns().map(|(role, name)| (role.map_or("source", Role::name), name)).into_py_dict(py)
    }
}

impl Extractor {
    fn with(
        tables: Vec<(String, String)>,
        lexicon: Option<Lexicon>,
        max_article_bytes: Option<usize>,
        max_article_seconds: f64,
    ) -> PyResult<Self> {
        if !(0.0..=1e9).contains(&max_article_seconds) {
            let message = format!("max_article_seconds: expected seconds, such as 2.5, found {max_article_seconds}");
            return Err(PyValueError::new_err(message));
        }
        Ok(Self { tables, lexicon, max_article_bytes, max_article_seconds })
    }

    fn options(&self, columns: Vec<(Role, String)>) -> Options {
        let mut options = Options { columns, ..Options::default() };
        if let Some(bytes) = self.max_article_bytes {
            options.allow(bytes);
        }
        options
    }

    fn how<'a>(&'a self, rows: &'a Rows, options: &'a Options, jobs: usize, strict: bool) -> Reading<'a> {
        Reading {
            rows,
            options,
            lexicon: self.lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in()),
            limit: Duration::from_secs_f64(self.max_article_seconds),
            jobs,
            strict,
        }
    }

    /// Reads all rows into a format, with Python free to do other things.
    fn read<F: Format>(
        &self,
        py: Python<'_>,
        articles: &Bound<'_, PyAny>,
        columns: Option<&Bound<'_, PyDict>>,
        format: &F,
        jobs: usize,
        strict: bool,
    ) -> PyResult<(Articles, Rows, Read<F::Part>)> {
        if jobs == 0 {
            return Err(PyValueError::new_err("jobs: expected 1 or more, found 0"));
        }
        let Asked { roles, source } = asked(columns)?;
        let articles = Articles::of(articles)?;
        let options = self.options(roles);
        let rows = Rows::of(&articles.schema, &options, source.as_deref());
        let rows = rows.map_err(|message| raised::columns(py, message))?;
        let read = py.detach(|| reading::read(&articles.batches, format, &self.how(&rows, &options, jobs, strict)));
        match read {
            Ok(read) => Ok((articles, rows, read)),
            Err(Stopped::At(missed)) => Err(told(py, &articles, &rows, &missed)),
            Err(stopped) => Err(raise(py, stopped)),
        }
    }
}

fn internal(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn raise(py: Python<'_>, stopped: Stopped) -> PyErr {
    match stopped {
        Stopped::Python(error) => error,
        Stopped::Failed(error) => raised::error(py, error),
        Stopped::At(missed) => raised::unread(py, None, None, "text", &missed),
    }
}

/// The exception of an article of many.
fn told(py: Python<'_>, articles: &Articles, rows: &Rows, missed: &Missed) -> PyErr {
    let row = missed.number - 1;
    raised::unread(py, Some(row), articles.id(rows, row), rows.text(), missed)
}

/// The parts as one batch.
fn joined(schema: &SchemaRef, parts: &[RecordBatch]) -> Result<RecordBatch, String> {
    for (n, field) in schema.fields().iter().enumerate().filter(|(_, field)| field.data_type().is_string()) {
        let words = parts.iter().map(|part| part.column(n).to_data().buffers().last().map_or(0, |words| words.len()));
        let words: usize = words.sum();
        if words > WORDS {
            let expected = format!("expected claims with at most {WORDS} bytes in a column");
            return Err(format!("{expected}, found {words} in {}: give fewer articles at once", field.name()));
        }
    }
    concat_batches(schema, parts).map_err(|e| e.to_string())
}

/// A record as Python has it, numbers exact.
fn dict<'py>(py: Python<'py>, record: &Record) -> PyResult<Bound<'py, PyAny>> {
    let mut line = Vec::new();
    record.write_json(&mut line).map_err(internal)?;
    let exact = [("parse_float", py.import("decimal")?.getattr("Decimal")?)].into_py_dict(py)?;
    py.import("json")?.call_method("loads", (String::from_utf8(line).map_err(internal)?,), Some(&exact))
}
