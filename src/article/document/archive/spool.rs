//! A stream made into a file, for the one form that has its table of contents at its end (`kho.parquet.gz`).

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::super::Unread;
use super::{Place, Source, unreadable};

/// The file that a stream is, or a temporary one with its bytes, which nobody else sees and which goes with it.
pub(in super::super) fn file(source: &mut Box<dyn Source>, place: &Place) -> Result<File, Unread> {
    if let Some(file) = source.file() {
        return Ok(file);
    }
    let max = place.options.max_spool;
    let failed = |e: io::Error| place.unread("read", format!("expected room for a temporary file, found: {e}"));
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut block = vec![0; 256 << 10];
    let mut written = 0_u64;
    loop {
        let n = source.read(&mut block).map_err(|e| unreadable(&place.source, &e))?;
        if n == 0 {
            break;
        }
        written += n as u64;
        if written > max {
            let message = format!("expected a Parquet file of at most {max} bytes where it must be unpacked first");
            return Err(place.unread("limit", message));
        }
        file.write_all(&block[..n]).map_err(failed)?;
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(file)
}
