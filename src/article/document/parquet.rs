//! Parquet files: row group by row group, batch by batch, only the columns that an article needs. "kho.parquet:12" is
//! the twelfth row.

use std::sync::Arc;

use arrow::array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::archive::pieces::too_long;
use super::archive::{Place, Reading, Source, Step, spool, told};
use super::columns::{self, Columns, Role};
use super::rows::{self, Body, Places};
use super::{Form, Raw, Unread};

/// Bytes of text that a batch should come to.
const BATCH: u64 = 2 << 20;

/// Reads a file.
pub(super) fn begin(mut source: Box<dyn Source>, place: Place) -> Step {
    let opened = spool::file(&mut source, &place).and_then(|file| {
        let length = file.metadata().map_or(0, |found| found.len());
        let broken = |e: &dyn std::fmt::Display| {
            place.unread("parquet", format!("expected a Parquet file, found one that cannot be read: {e}"))
        };
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| broken(&e))?;
        let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
        let columns = Columns::of(names.iter().map(String::as_str), &place.options.columns);
        if !columns.has_text() {
            let message = columns::no_text(names.iter().map(String::as_str), &place.options.columns);
            return Err(place.unread("parquet", message));
        }
        let mut roots: Vec<usize> = Role::ALL.iter().filter_map(|role| columns.place(*role)).collect();
        roots.sort_unstable();
        roots.dedup();
        let size = batch_size(&builder, &roots, &place)?;
        let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
        let each = if source.file().is_some() { length / rows.max(1) } else { 0 };
        let mask = ProjectionMask::roots(builder.parquet_schema(), roots.iter().copied());
        let reader = builder.with_projection(mask).with_batch_size(size).build().map_err(|e| broken(&e))?;
        // what is read holds the chosen columns alone
        let places = Role::ALL.map(|role| columns.place(role).and_then(|n| roots.iter().position(|root| *root == n)));
        Ok((reader, places, each))
    });
    match opened {
        Ok((reader, places, each)) => {
            Step::Pass(Some(Box::new(Table { source, place, reader, places, each, batch: None, at: 0, row: 0 })))
        }
        Err(unread) => told(unread, source),
    }
}

/// Rows in a batch; a file whose own figures make it a compression bomb is refused.
fn batch_size(
    builder: &ParquetRecordBatchReaderBuilder<std::fs::File>,
    roots: &[usize],
    place: &Place,
) -> Result<usize, Unread> {
    let schema = builder.parquet_schema();
    let (mut rows, mut bytes) = (0_u64, 0_u64);
    for group in builder.metadata().row_groups() {
        let mut of_group = 0;
        for (n, column) in group.columns().iter().enumerate() {
            if !roots.contains(&schema.get_column_root_idx(n)) {
                continue;
            }
            let packed = u64::try_from(column.compressed_size()).unwrap_or(0);
            let size = u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX);
            if size > 1 << 20 && size / place.options.max_ratio.max(1) > packed {
                let message = format!("a compression bomb: a column of {size} bytes packed in {packed}");
                return Err(place.unread("limit", format!("expected a file that can be read, found: {message}")));
            }
            of_group += size;
        }
        bytes += of_group;
        rows += u64::try_from(group.num_rows()).unwrap_or(0);
    }
    let each = (bytes / rows.max(1)).max(1);
    Ok(usize::try_from((BATCH / each).clamp(1, 1024)).unwrap_or(1))
}

/// A file that is being read.
struct Table {
    source: Box<dyn Source>,
    place: Place,
    reader: ParquetRecordBatchReader,
    places: Places,
    /// Bytes of the file for each row, about: nobody sees which are read.
    each: u64,
    batch: Option<Batch>,
    /// The next row of the batch, and the rows so far.
    at: usize,
    row: u64,
}

/// The columns of a batch in the order of the roles.
type Batch = Arc<(RecordBatch, Places)>;

impl Reading for Table {
    fn step(mut self: Box<Self>) -> Step {
        let Some(batch) = self.batch.as_ref().filter(|batch| self.at < batch.0.num_rows()).map(Arc::clone) else {
            self.at = 0;
            return match self.reader.next() {
                None => Step::Pass(self.source.close()),
                Some(Ok(batch)) => {
                    self.place.meter.add(self.each * batch.num_rows() as u64);
                    self.batch = Some(Arc::new((batch, self.places)));
                    Step::Pass(Some(self))
                }
                Some(Err(e)) => {
                    let message =
                        format!("expected rows after row {}, found a file that is broken there: {e}", self.row);
                    told(self.place.unread_at(self.row + 1, "parquet", message), self.source)
                }
            };
        };
        let at = self.at;
        self.at += 1;
        self.row += 1;
        let source = format!("{}:{}", self.place.source, self.row);
        let (batch, places) = (&batch.0, &batch.1);
        let item = match rows::body(batch, places, at, self.place.options.max_bytes) {
            Body::Of(bytes) => Ok(Raw { given: rows::given(batch, places, at), source, form: Form::ParquetRow, bytes }),
            Body::TooLong => Err(too_long(&source, self.place.options.max_bytes)),
            Body::Blank | Body::None => Err(Unread::new(&source, "parquet", "expected a text in the row, found none")),
        };
        Step::Give(item, Some(self))
    }
}
