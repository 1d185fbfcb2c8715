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

/// A format that writes each record as bytes of its own.
pub trait Sink: Sync {
    /// What stands before the first record.
    fn head(&self) -> &'static [u8] {
        b""
    }

    /// What stands between two records.
    fn between(&self) -> &'static [u8] {
        b""
    }

    /// What stands after the last record.
    fn tail(&self) -> &'static [u8] {
        b""
    }

    /// Appends one record to `out`.
    ///
    /// # Errors
    /// When a value of the record has no form in this format.
    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error>;
}
