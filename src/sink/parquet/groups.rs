//! The row groups of a Parquet file as files in a folder, each whole: `00000.parquet` has the first 131,072 claims or some
//! more, `00003.arrow` rows that a checkpoint covers and no row group has yet (an Arrow stream, batch by batch).

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{AsArray as _, RecordBatch};
use arrow::datatypes::DataType;
use arrow::error::ArrowError;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter, add_encoded_arrow_schema_to_metadata};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaDataReader};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use crate::error::Error;
use crate::sink::arrow::schema;
use crate::sink::partial::beside;

/// What the disk said, where it was the disk.
fn plain(refused: ParquetError) -> io::Error {
    match refused {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

fn plain_arrow(refused: ArrowError) -> io::Error {
    match refused {
        ArrowError::IoError(_, inner) => inner,
        other => io::Error::other(other),
    }
}

fn properties() -> Result<WriterProperties, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        // The store decides when a row group ends.
        .set_max_row_group_row_count(None)
        .set_created_by(concat!("solieu ", env!("CARGO_PKG_VERSION")).to_owned());
    Ok(properties.build())
}

/// Bytes of the words in a batch: the same for the same rows, whatever memory they are in.
pub(super) fn weight(batch: &RecordBatch) -> usize {
    let words = batch.columns().iter().filter(|column| *column.data_type() == DataType::Utf8).map(|column| {
        let offsets = column.as_string::<i32>().value_offsets();
        let ends = offsets.last().zip(offsets.first());
        ends.and_then(|(last, first)| usize::try_from(last - first).ok()).unwrap_or(0)
    });
    words.sum()
}

/// A row group in the making, in memory and packed.
pub(super) struct Group {
    writer: ArrowWriter<Vec<u8>>,
    rows: usize,
    weight: usize,
}

impl std::fmt::Debug for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Group").field("rows", &self.rows).field("weight", &self.weight).finish_non_exhaustive()
    }
}

impl Group {
    pub(super) fn new() -> io::Result<Self> {
        let writer = properties().and_then(|p| ArrowWriter::try_new(Vec::new(), schema(), Some(p))).map_err(plain)?;
        Ok(Self { writer, rows: 0, weight: 0 })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    pub(super) fn add(&mut self, batch: &RecordBatch) -> io::Result<()> {
        self.rows += batch.num_rows();
        self.weight += weight(batch);
        self.writer.write(batch).map_err(plain)
    }

    /// The bytes of a file with this row group alone.
    pub(super) fn close(self) -> io::Result<Vec<u8>> {
        self.writer.into_inner().map_err(plain)
    }
}

/// The folder that the files are in.
#[derive(Debug)]
pub(super) struct Folder {
    at: PathBuf,
    place: PathBuf,
}

impl Folder {
    /// The folder beside `place`; empty, unless what is in it is to be kept.
    pub(super) fn open(place: &Path, keep: bool) -> Result<Self, Error> {
        let folder = Self { at: beside(place, "groups"), place: place.to_owned() };
        if !keep && folder.at.exists() {
            fs::remove_dir_all(&folder.at).map_err(|source| Error::Io {
                path: folder.at.clone(),
                expected: "a folder that can be removed",
                source,
            })?;
        }
        fs::create_dir_all(&folder.at).map_err(|source| folder.refused(source))?;
        Ok(folder)
    }

    /// The error of an output that did not take what it was given.
    pub(super) fn refused(&self, source: io::Error) -> Error {
        Error::Io { path: self.place.clone(), expected: "an output that takes all bytes", source }
    }

    fn file(&self, n: u32, end: &str) -> PathBuf {
        self.at.join(format!("{n:05}.{end}"))
    }

    /// Writes row group `n`, proof against a power cut.
    pub(super) fn write_group(&self, n: u32, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.file(n, "parquet"))?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    /// Writes rows as file `n`, proof against a power cut.
    pub(super) fn write_rows(&self, n: u32, batches: &[RecordBatch]) -> io::Result<()> {
        let file = BufWriter::new(File::create(self.file(n, "arrow"))?);
        let mut writer = StreamWriter::try_new(file, &schema()).map_err(plain_arrow)?;
        batches.iter().try_for_each(|batch| writer.write(batch)).map_err(plain_arrow)?;
        let file = writer.into_inner().map_err(plain_arrow)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
    }

    /// The rows of file `n`, in the batches that were written.
    pub(super) fn rows(&self, n: u32) -> Result<Vec<RecordBatch>, Error> {
        let path = self.file(n, "arrow");
        let read = || -> Result<Vec<RecordBatch>, ArrowError> {
            StreamReader::try_new(BufReader::new(File::open(&path)?), None)?.collect()
        };
        read().map_err(|source| Error::Io {
            path: path.clone(),
            expected: "all that an interrupted run has written",
            source: plain_arrow(source),
        })
    }

    /// Removes files of rows.
    pub(super) fn forget(&self, files: std::ops::Range<u32>) {
        for n in files {
            let _ = fs::remove_file(self.file(n, "arrow")); // the folder goes in the end
        }
    }

    /// Writes the first `count` row groups as one file, their bytes as they are.
    pub(super) fn join(&self, count: u32, out: &mut (impl Write + Send)) -> io::Result<()> {
        let schema = schema();
        let columns = ArrowSchemaConverter::new().convert(&schema).map_err(plain)?;
        let mut properties = properties().map_err(plain)?;
        add_encoded_arrow_schema_to_metadata(&schema, &mut properties);
        let out = BufWriter::with_capacity(1 << 20, out);
        let mut writer =
            SerializedFileWriter::new(out, columns.root_schema_ptr(), Arc::new(properties)).map_err(plain)?;
        for n in 0..count {
            self.append(n, &mut writer)?;
        }
        let out = writer.into_inner().map_err(plain)?;
        out.into_inner().map_err(io::IntoInnerError::into_error).map(drop)
    }

    fn append(&self, n: u32, writer: &mut SerializedFileWriter<impl Write + Send>) -> io::Result<()> {
        let file = File::open(self.file(n, "parquet"))?;
        let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
        let found = reader.parse_and_finish(&file).map_err(plain)?;
        let index = found.page_index();
        for (at, rows) in found.row_groups().iter().enumerate() {
            let mut group = writer.next_row_group().map_err(plain)?;
            for (n, column) in rows.columns().iter().enumerate() {
                let done = ColumnCloseResult {
                    bytes_written: column.compressed_size().try_into().unwrap_or(0),
                    rows_written: rows.num_rows().try_into().unwrap_or(0),
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: index.and_then(|index| index.column_index(at, n)).cloned(),
                    offset_index: index.and_then(|index| index.offset_index(at, n)).cloned(),
                };
                group.append_column(&file, done).map_err(plain)?;
            }
            group.close().map_err(plain)?;
        }
        Ok(())
    }

    /// Goes away with all that is in it.
    pub(super) fn discard(self) {
        let _ = fs::remove_dir_all(&self.at); // it is hidden, and the next run empties it
    }
}
