//! One JSON array of all records, `[` … `]`: for programs that want a single document, "48/52" and all.

use super::{Around, Sink};
use crate::record::Record;

/// A JSON array.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json;

impl Sink for Json {
    fn around(&self) -> Around {
        Around::ARRAY
    }

    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        record.write_json(out)?;
        Ok(())
    }
}
