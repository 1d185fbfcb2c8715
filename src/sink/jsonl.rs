//! JSON Lines: one record per line, `{"schema_version":"1","article":{"id":"kon-tum" …`.

use super::Sink;
use crate::record::Record;

/// JSON Lines.
#[derive(Debug, Clone, Copy, Default)]
pub struct Jsonl;

impl Sink for Jsonl {
    fn record(&self, record: &Record, out: &mut Vec<u8>) -> Result<(), std::io::Error> {
        record.write_json(out)?;
        out.push(b'\n');
        Ok(())
    }
}
