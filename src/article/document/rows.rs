//! Rows of Arrow columns as articles: `id` 7, `noi_dung` "Đạt 51,17%" is the article 7. Parquet files are read so, and
//! batches that a program hands over ([`Rows`]); which column is what is told or guessed the same way for both.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Schema};
use arrow::util::display::{ArrayFormatter, FormatOptions};

use super::archive::pieces::too_long;
use super::columns::{self, Columns, Role};
use super::given::{self, Given};
use super::{Form, Options, Raw, Unread, decode, one_line};
use crate::article::Article;

/// For each role, in the order of [`Role::ALL`], the column that holds it.
pub(super) type Places = [Option<usize>; Role::ALL.len()];

/// What stands in a row, as far as it is an article.
pub(super) enum Body {
    /// The text or page.
    Of(Vec<u8>),
    /// Longer than may be read.
    TooLong,
    /// White space.
    Blank,
    /// Nothing at all.
    None,
}

/// The cell of a role; none where it is null.
fn cell<'b>(batch: &'b RecordBatch, places: &Places, role: Role, at: usize) -> Option<&'b ArrayRef> {
    let n = Role::ALL.iter().position(|one| *one == role)?;
    // A column of type null has nothing in it, and says of no cell that it is null.
    places[n].map(|n| batch.column(n)).filter(|column| column.is_valid(at) && !column.data_type().is_null())
}

/// The text of row `at`, else its page.
pub(super) fn body(batch: &RecordBatch, places: &Places, at: usize, most: usize) -> Body {
    let mut found = Body::None;
    for role in [Role::Text, Role::Html] {
        let Some(column) = cell(batch, places, role, at) else { continue };
        // Looked at before it is copied: a cell can be as large as the memory.
        let one = bytes(column, at, |bytes| match bytes.trim_ascii().len() {
            0 => Body::Blank,
            _ if bytes.len() > most => Body::TooLong,
            _ => Body::Of(bytes.to_vec()),
        });
        match one {
            Body::Blank => found = Body::Blank,
            one => return one,
        }
    }
    found
}

/// What row `at` says of the article beside its text.
pub(super) fn given(batch: &RecordBatch, places: &Places, at: usize) -> Given {
    Given::of(|role| one_line(&word(cell(batch, places, role, at)?, at)?))
}

/// A cell of text or of bytes as it is, one of another type as it is written.
fn bytes<T>(column: &ArrayRef, at: usize, see: impl FnOnce(&[u8]) -> T) -> T {
    match column.data_type() {
        DataType::Utf8 => see(column.as_string::<i32>().value(at).as_bytes()),
        DataType::LargeUtf8 => see(column.as_string::<i64>().value(at).as_bytes()),
        DataType::Utf8View => see(column.as_string_view().value(at).as_bytes()),
        DataType::Binary => see(column.as_binary::<i32>().value(at)),
        DataType::LargeBinary => see(column.as_binary::<i64>().value(at)),
        DataType::BinaryView => see(column.as_binary_view().value(at)),
        _ => see(written(column, at).unwrap_or_default().as_bytes()),
    }
}

/// A cell of any type as it is written; times without a zone are left without one.
fn word(column: &ArrayRef, at: usize) -> Option<String> {
    let kind = column.data_type();
    match kind.is_string() || kind.is_binary() {
        true => Some(bytes(column, at, |bytes| String::from_utf8_lossy(bytes).into_owned())),
        false => written(column, at),
    }
}

fn written(column: &ArrayRef, at: usize) -> Option<String> {
    let options = FormatOptions::new().with_display_error(true);
    ArrayFormatter::try_new(column, &options).ok()?.value(at).try_to_string().ok()
}

/// The article of one row; `within` is what held it.
pub(super) fn read(raw: Raw, within: &str) -> Result<Article, Unread> {
    let decoded = decode::as_written(raw.bytes);
    let mut article = given::article(raw.given, &decoded.text, within, &raw.source)?;
    article.encoding.get_or_insert(decoded.encoding);
    article.faults.splice(0..0, decoded.faults);
    Ok(article)
}

/// Which columns of batches are what: told in [`Options::columns`], else guessed by their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    places: Places,
    source: Option<usize>,
    names: Vec<String>,
}

impl Rows {
    /// The columns of `schema`; `source` names the one that says where an article was read, for `Article::source`.
    ///
    /// # Errors
    /// What was expected and found, with the column's name, where one that was asked for is missing, where none holds a
    /// text, where the text is not in strings, and where another is in lists or structs.
    pub fn of(schema: &Schema, options: &Options, source: Option<&str>) -> Result<Self, String> {
        let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        let all = || names.iter().map(String::as_str);
        let found = Columns::of(all(), &options.columns);
        let missing = |name: &str| format!("expected the column {name}, found the columns: {}", columns::listed(all()));
        if let Some((_, name)) = options.columns.iter().find(|(role, _)| found.place(*role).is_none()) {
            return Err(missing(name));
        }
        if !found.has_text() {
            return Err(columns::no_text(all(), &options.columns));
        }
        let source = match source {
            None => None,
            Some(name) => Some(names.iter().position(|one| one == name).ok_or_else(|| missing(name))?),
        };
        let rows = Self { places: Role::ALL.map(|role| found.place(role)), source, names };
        for (role, n) in rows.places() {
            let kind = schema.field(n).data_type();
            let (fits, expected) = match role {
                Some(Role::Text | Role::Html) => (kind.is_string(), "strings (string, large_string or string_view)"),
                _ => (!kind.is_nested(), "a word or number in each row"),
            };
            if !fits && !kind.is_null() {
                return Err(format!("column {}: expected {expected}, found {kind}", rows.names[n]));
            }
        }
        Ok(rows)
    }

    /// The columns that are read, each with its role (none for the source) and its place.
    fn places(&self) -> impl Iterator<Item = (Option<Role>, usize)> {
        let roles = Role::ALL.into_iter().map(Some).zip(self.places);
        roles.chain([(None, self.source)]).filter_map(|(role, n)| Some((role, n?)))
    }

    /// The columns that are read, each with its role (none for the source).
    pub fn columns(&self) -> impl Iterator<Item = (Option<Role>, &str)> {
        self.places().map(|(role, n)| (role, self.names[n].as_str()))
    }

    /// The name of the column that holds the text or, where there is none, the page.
    #[must_use]
    pub fn text(&self) -> &str {
        let mut prose = self.columns().filter(|(role, _)| matches!(role, Some(Role::Text | Role::Html)));
        prose.next().map_or("text", |(_, name)| name)
    }

    /// What row `at` is known by, if it has an id.
    #[must_use]
    pub fn id(&self, batch: &RecordBatch, at: usize) -> Option<String> {
        one_line(&word(cell(batch, &self.places, Role::Id, at)?, at)?)
    }

    /// The article of row `at` of a batch of the schema. Its source is what the batch says, else it has none.
    ///
    /// # Errors
    /// [`Unread`] where there is no text in the row, or one that is too long.
    pub fn article(&self, batch: &RecordBatch, at: usize, options: &Options) -> Result<Raw, Unread> {
        let source = self.source.map(|n| batch.column(n)).filter(|c| c.is_valid(at) && !c.data_type().is_null());
        let source = source.and_then(|column| word(column, at)).unwrap_or_default();
        let unread = |found: &str| Unread::new(&source, "read", format!("expected a text, found {found}"));
        match body(batch, &self.places, at, options.max_bytes) {
            Body::Of(bytes) => Ok(Raw { given: given(batch, &self.places, at), source, form: Form::Row, bytes }),
            Body::TooLong => Err(too_long(&source, options.max_bytes)),
            Body::Blank => Err(unread("one of white space alone")),
            Body::None => Err(unread("null")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{Date32Array, Int64Array, ListArray, NullArray, StringArray, StringViewArray};
    use arrow::datatypes::{Field, Int32Type};

    use super::*;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
            .unwrap()
    }

    fn strings(cells: &[Option<&str>]) -> ArrayRef {
        Arc::new(StringArray::from(cells.to_vec()))
    }

    #[test]
    fn a_row_is_an_article_with_what_its_columns_say() {
        let options = Options::default();
        let batch = batch(vec![
            ("Mã", Arc::new(Int64Array::from(vec![7]))),
            ("tieu_de", strings(&[Some(" Thu  ngân sách ")])),
            ("noi_dung", Arc::new(StringViewArray::from(vec!["Đạt 51,17%."]))),
            ("ngay", Arc::new(Date32Array::from(vec![19_488]))),
            ("tep", strings(&[Some("kho/1.txt")])),
        ]);
        let rows = Rows::of(&batch.schema(), &options, Some("tep")).unwrap();
        let read = super::super::article(rows.article(&batch, 0, &options).unwrap(), &options).unwrap();
        assert_eq!((read.id.as_str(), read.text.as_str()), ("7", "Thu ngân sách\n\nĐạt 51,17%."));
        assert_eq!(read.published.as_deref(), Some("2023-05-11"));
        assert_eq!((read.source.as_deref(), read.reader.as_deref()), (Some("kho/1.txt"), Some("text")));
        assert_eq!((rows.text(), rows.id(&batch, 0).as_deref()), ("noi_dung", Some("7")));
    }

    #[test]
    fn a_row_without_text_says_what_was_found() {
        let options = Options { max_bytes: 20, ..Options::default() };
        let long = "dài ".repeat(9);
        let batch = batch(vec![
            ("text", strings(&[None, Some(" \n"), Some(&long), Some("Đạt 5%.")])),
            ("id", Arc::new(NullArray::new(4))),
        ]);
        let rows = Rows::of(&batch.schema(), &options, None).unwrap();
        let told = |at| rows.article(&batch, at, &options).map_err(|unread| unread.message);
        assert_eq!(told(0).unwrap_err(), "expected a text, found null");
        assert_eq!(told(1).unwrap_err(), "expected a text, found one of white space alone");
        assert_eq!(told(2).unwrap_err(), "expected an article of at most 20 bytes, found a longer one");
        let read = super::super::article(told(3).unwrap(), &options).unwrap();
        assert!(read.id.starts_with("a-") && read.source.is_none());
    }

    #[test]
    fn a_column_that_cannot_be_read_is_named() {
        let lists: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)])]));
        let list = lists.data_type().clone();
        let schema = |fields: Vec<(&str, DataType)>| {
            Schema::new(fields.into_iter().map(|(name, kind)| Field::new(name, kind, true)).collect::<Vec<_>>())
        };
        let told = |schema: &Schema, asked: &[(Role, &str)], source| {
            let columns = asked.iter().map(|(role, name)| (*role, (*name).to_owned())).collect();
            Rows::of(schema, &Options { columns, ..Options::default() }, source).unwrap_err()
        };
        let plain = schema(vec![("bai", DataType::Utf8), ("gia", DataType::Int64), ("nhan", list)]);
        assert!(told(&plain, &[], None).ends_with("found the columns: bai, gia, nhan"));
        assert_eq!(
            told(&plain, &[(Role::Text, "gia")], None),
            "column gia: expected strings (string, large_string or string_view), found Int64"
        );
        let found = told(&plain, &[(Role::Text, "bai"), (Role::Id, "nhan")], None);
        assert!(found.starts_with("column nhan: expected a word or number in each row, found List"), "{found}");
        let found = told(&plain, &[(Role::Text, "bai"), (Role::Title, "tua")], None);
        assert_eq!(found, "expected the column tua, found the columns: bai, gia, nhan");
        assert!(told(&plain, &[(Role::Text, "bai")], Some("tep")).starts_with("expected the column tep, found"));
    }
}
