//! Claims as Arrow columns, one row for each claim: the flat schema of Parquet files and of Python, defined once, in
//! `columns`. "có 48/52 hộ" is a row with `value` 48, `denominator` 52 and `unit` "hộ".
//!
//! Numbers are Decimal128 with [`SCALE`] decimals, which holds every whole number that the program reads. A number with
//! more decimals has no value there, and its digits in the column with `_digits` after its name: nothing is rounded.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array, ListBuilder, RecordBatch,
    StringBuilder,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive as _;

use super::database::row::rank;
use super::sentence::Page;
use crate::record::{ClaimRow, EntityRow, Exact, PeriodRow, PlaceRow, PropertyRow, Record, ReferenceRow, Verdict};
use columns::{COLUMNS, Take};

mod columns;

/// Digits of a decimal.
pub const PRECISION: u8 = 38;

/// How many of them stand after the point: the other 29 hold every whole number of the program.
pub const SCALE: i8 = 9;

/// Bytes at which the words of a cell are cut, for what an article is called stands in the row of every claim.
pub const LONGEST: usize = 2048;

/// Rows of a batch that [`record_batches`] makes, at most.
const ROWS: usize = 8192;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let fields = COLUMNS.iter().map(|column| {
        let kind = match column.take {
            Take::Words(_) | Take::Digits(_) => DataType::Utf8,
            Take::Whole(_) => DataType::Int64,
            Take::Small(_) => DataType::Int32,
            Take::Number(_) => DataType::Decimal128(PRECISION, SCALE),
            Take::Real(_) => DataType::Float64,
            Take::Day(_) => DataType::Date32,
            Take::List(_) => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        };
        let mut told = vec![("description", column.meaning), ("description_vi", column.nghia)];
        told.extend((!column.unit.is_empty()).then_some(("unit", column.unit)));
        let told: HashMap<String, String> = told.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Field::new(column.name, kind, !column.needed).with_metadata(told)
    });
    let version = HashMap::from([("solieu.schema_version".to_owned(), crate::record::SCHEMA_VERSION.to_owned())]);
    Arc::new(Schema::new(fields.collect::<Vec<_>>()).with_metadata(version))
});

/// The schema of all batches. The metadata of a field has its `description`, `description_vi` and, where it measures
/// something, `unit`.
#[must_use]
pub fn schema() -> SchemaRef {
    Arc::clone(&SCHEMA)
}

/// A claim with what of its record stands in its row.
struct Row<'r> {
    record: &'r Record,
    claim: &'r ClaimRow,
    sentence: std::borrow::Cow<'r, str>,
    /// Id and folded name.
    entity: Option<&'r (String, String)>,
    verdicts: &'r [Verdict],
}

impl Row<'_> {
    fn entity(&self) -> Option<&EntityRow> {
        self.claim.entity.as_ref()
    }

    fn place(&self) -> Option<&PlaceRow> {
        self.entity().and_then(|entity| entity.place.as_ref())
    }

    fn property(&self) -> Option<&PropertyRow> {
        self.claim.property.as_ref()
    }

    fn period(&self) -> Option<&PeriodRow> {
        self.claim.period.as_ref()
    }

    fn reference(&self) -> Option<&ReferenceRow> {
        self.claim.reference.as_ref()
    }

    fn worst(&self) -> Option<&'static str> {
        self.verdicts.iter().min_by_key(|verdict| rank(verdict)).map(|verdict| verdict.name())
    }
}

/// What the rows of a record share.
struct Shared<'r> {
    record: &'r Record,
    page: Page<'r>,
    /// For each claim the place of its entity in `named`.
    entities: Vec<Option<usize>>,
    named: Vec<(String, String)>,
    verdicts: HashMap<&'r str, Vec<Verdict>>,
}

impl<'r> Shared<'r> {
    fn new(record: &'r Record) -> Self {
        let mut verdicts: HashMap<&str, Vec<Verdict>> = HashMap::new();
        for check in &record.checks {
            for claim in &check.claims {
                verdicts.entry(claim).or_default().push(check.verdict);
            }
        }
        let mut named = Vec::new();
        let mut known = HashMap::new();
        let entities = record.claims.iter().map(|claim| {
            let entity = claim.entity.as_ref()?;
            let code = entity.place.as_ref().map(|place| (place.system, place.code.as_str()));
            Some(*known.entry((entity.name.as_str(), entity.kind, code)).or_insert_with(|| {
                named.push(super::database::row::identity(entity));
                named.len() - 1
            }))
        });
        let entities = entities.collect();
        let page = Page::new(record.article.text.as_deref(), !record.claims.is_empty());
        Self { record, page, entities, named, verdicts }
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.record.claims.iter().zip(&self.entities).map(|(claim, entity)| Row {
            record: self.record,
            claim,
            sentence: self.page.sentence(claim),
            entity: entity.and_then(|at| self.named.get(at)),
            verdicts: self.verdicts.get(claim.id.as_str()).map_or(&[], Vec::as_slice),
        })
    }
}

/// The claims of `records` as one batch of [`schema`]: one row for each claim, in their order. A record without claims
/// has no row.
///
/// # Errors
/// When the words of a column come to more than 2 GiB, which Arrow's strings cannot hold: give fewer records at once.
pub fn record_batch(records: &[Record]) -> Result<RecordBatch, ArrowError> {
    let shared: Vec<Shared<'_>> = records.iter().map(Shared::new).collect();
    batch(&shared.iter().flat_map(Shared::rows).collect::<Vec<_>>())
}

/// The same as batches of 8192 rows at most; none when there is no claim.
///
/// # Errors
/// As [`record_batch`], which for so few rows is never.
pub fn record_batches<'r>(records: impl Iterator<Item = &'r Record>) -> Result<Vec<RecordBatch>, ArrowError> {
    let shared: Vec<Shared<'_>> = records.filter(|record| !record.claims.is_empty()).map(Shared::new).collect();
    shared.iter().flat_map(Shared::rows).collect::<Vec<_>>().chunks(ROWS).map(batch).collect()
}

fn batch(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let arrays = COLUMNS.iter().map(|column| column.take.array(rows));
    RecordBatch::try_new(schema(), arrays.collect::<Result<_, _>>()?)
}

impl Take {
    fn array(&self, rows: &[Row<'_>]) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Words(of) => Arc::new(strings(rows, |row| of(row).map(cut))?.finish()),
            Self::Digits(of) => {
                let digits = |row: &Row<'_>| of(row).filter(|value| unscaled(*value).is_none()).map(|v| v.to_string());
                Arc::new(strings(rows, digits)?.finish())
            }
            Self::Whole(of) => Arc::new(rows.iter().map(of).collect::<Int64Array>()),
            Self::Small(of) => Arc::new(rows.iter().map(of).collect::<Int32Array>()),
            Self::Real(of) => Arc::new(rows.iter().map(of).map(|value| value.and_then(real)).collect::<Float64Array>()),
            Self::Day(of) => Arc::new(rows.iter().map(|row| of(row).and_then(day)).collect::<Date32Array>()),
            Self::Number(of) => {
                let values = rows.iter().map(|row| of(row).and_then(unscaled));
                let values: Decimal128Array = values.collect();
                Arc::new(values.with_precision_and_scale(PRECISION, SCALE)?)
            }
            Self::List(of) => {
                let mut list = ListBuilder::new(StringBuilder::new());
                for row in rows {
                    of(row).iter().for_each(|verdict| list.values().append_value(verdict.name()));
                    list.append(true);
                }
                Arc::new(list.finish())
            }
        })
    }
}

fn strings<'r, S: AsRef<str>>(
    rows: &'r [Row<'_>],
    of: impl Fn(&'r Row<'_>) -> Option<S>,
) -> Result<StringBuilder, ArrowError> {
    let mut words = StringBuilder::with_capacity(rows.len(), rows.len() * 16);
    let mut bytes = 0_usize;
    for row in rows {
        let cell = of(row);
        bytes += cell.as_ref().map_or(0, |cell| cell.as_ref().len());
        if i32::try_from(bytes).is_err() {
            return Err(ArrowError::OffsetOverflowError(bytes));
        }
        words.append_option(cell);
    }
    Ok(words)
}

/// The words up to [`LONGEST`] bytes.
fn cut(words: &str) -> &str {
    if words.len() <= LONGEST {
        return words;
    }
    let end = (0..=LONGEST).rev().find(|&end| words.is_char_boundary(end)).unwrap_or(0);
    &words[..end]
}

/// The value times 10 to the [`SCALE`], if that is whole.
fn unscaled(value: Exact) -> Option<i128> {
    let value = value.0.normalize();
    let missing = u32::from(SCALE.unsigned_abs()).checked_sub(value.scale())?;
    Some(value.mantissa() * 10_i128.pow(missing))
}

/// The nearest binary float.
#[expect(clippy::cast_precision_loss, reason = "the nearest is what is asked for")]
fn real(value: Exact) -> Option<f64> {
    let value = value.0.normalize();
    match value.to_i64().filter(|_| value.scale() == 0) {
        Some(whole) => Some(whole as f64),
        None => value.to_string().parse().ok(),
    }
}

/// Days since 1970 of a day of the years 1 to 9999, which every reader knows.
fn day(day: &str) -> Option<i32> {
    let date: Date = day.parse().ok().filter(|date: &Date| date.year() > 0)?;
    let days = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    i32::try_from(days).ok()
}

#[cfg(test)]
mod tests {
    use arrow::array::{Array as _, AsArray as _};
    use arrow::datatypes::{Date32Type, Decimal128Type, Float64Type};

    use super::*;
    use crate::record::specimen::{decimal, reading};
    use crate::sink::database::schema::FIGURES;

    fn record() -> Record {
        let (article, reading) = reading();
        Record::new(&article, &reading)
    }

    #[test]
    fn a_claim_is_a_row_with_its_own_values() {
        let record = record();
        let batch = record_batch(std::slice::from_ref(&record)).unwrap();
        assert_eq!(batch.num_rows(), record.claims.len());
        let mut shown = String::new();
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let options = arrow::util::display::FormatOptions::new().with_null("∅");
            let cells = arrow::util::display::ArrayFormatter::try_new(column, &options).unwrap();
            let cells: Vec<String> = (0..batch.num_rows()).map(|n| cells.value(n).to_string()).collect();
            shown += &format!("{} {}: {}\n", field.name(), field.data_type(), cells.join(" | "));
        }
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn numbers_are_exact_or_told_as_digits() {
        let mut record = record();
        let largest = "79228162514264337593543950335";
        record.claims[0].value = Exact(decimal(largest));
        record.claims[1].value = Exact(decimal("-0.0000000001"));
        let batch = record_batch(&[record]).unwrap();
        let value = batch["value"].as_primitive::<Decimal128Type>();
        let digits = batch["value_digits"].as_string::<i32>();
        assert_eq!(value.value_as_string(0), format!("{largest}.000000000"));
        assert!(digits.is_null(0) && value.is_null(1));
        assert_eq!(digits.value(1), "-0.0000000001");
        let real = batch["value_real"].as_primitive::<Float64Type>();
        assert_eq!(real.values()[..], [79_228_162_514_264_337_593_543_950_335.0, -1e-10]);
    }

    #[test]
    fn a_day_is_one_that_every_reader_knows() {
        let mut record = record();
        let period = record.claims[0].period.as_mut().unwrap();
        period.from = Some("0000-12-31".to_owned());
        period.to = Some("9999-12-31".to_owned());
        let batch = record_batch(&[record]).unwrap();
        assert!(batch["period_from"].is_null(0));
        assert_eq!(batch["period_to"].as_primitive::<Date32Type>().value(0), 2_932_896);
    }

    #[test]
    fn words_without_end_are_cut_and_many_claims_are_several_batches() {
        let mut record = record();
        record.article.title = Some("ạ".repeat(1_000_000));
        record.claims = vec![record.claims[0].clone(); ROWS + 1];
        let batches = record_batches([&record, &Record { claims: Vec::new(), ..record.clone() }].into_iter()).unwrap();
        assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [ROWS, 1]);
        assert_eq!(batches[1]["title"].as_string::<i32>().value(0).len(), LONGEST / 3 * 3);
        assert!(record_batches([].into_iter()).unwrap().is_empty());
    }

    #[test]
    fn columns_are_called_as_in_the_database_and_in_csv() {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        let head = crate::sink::Sink::around(&crate::sink::csv::Csv).head;
        let csv = std::str::from_utf8(head).unwrap().trim_end().split(',');
        for name in csv.chain(FIGURES.iter().map(|(name, ..)| *name)) {
            assert!(names.contains(&name), "{name}");
        }
        for column in COLUMNS {
            assert!(column.meaning.ends_with('.') && !column.nghia.is_empty(), "{}", column.name);
        }
    }
}
