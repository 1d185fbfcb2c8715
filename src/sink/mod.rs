//! One file per output format, behind [`Sink`], and where the bytes go ([`output`]).
//!
//! The text formats of this list turn a record into bytes, which workers do side by side; "48/52" is a line in each. A
//! run sees them, and every database, through the two traits of [`store`].

pub mod annotations;
pub mod arrow;
mod checkpoint;
pub mod csv;
pub mod database;
pub mod files;
pub mod gold;
pub mod json;
pub mod jsonl;
pub mod output;
pub mod packing;
pub mod parquet;
pub mod partial;
pub mod postgres;
pub mod review;
pub mod schema_org;
mod sentence;
pub mod sqlite;
pub mod store;
pub mod text;

use crate::record::Record;

pub use output::Output;

/// What stands around records that are written one after another.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// Before the first.
    pub head: &'static [u8],
    /// Between two.
    pub between: &'static [u8],
    /// After the last.
    pub tail: &'static [u8],
}

impl Around {
    /// A JSON array, a record to a line.
    pub const ARRAY: Self = Self { head: b"[\n", between: b",\n", tail: b"\n]\n" };
}

/// A format that writes each record as bytes of its own.
pub trait Sink: Sync {
    /// What stands around the records.
    fn around(&self) -> Around {
        Around::default()
    }

    /// Appends one record to `out`.
    ///
    /// # Errors
    /// When a value of the record has no form in this format.
    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error>;
}
