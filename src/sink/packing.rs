//! Bytes made smaller: "so-lieu.jsonl.gz", "so-lieu.jsonl.zst". Each batch is a gzip member or a zstd frame of its own,
//! packed by the worker that made it; one after the other they are one file to every reader, and an interrupted run
//! goes on between two of them.

use std::io::{self, Write};
use std::path::Path;

/// How a file is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    #[default]
    Plain,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Packing {
    /// What the end of a name says, and the name without it.
    #[must_use]
    pub fn of(path: &Path) -> (Self, &Path) {
        let packing = match path.extension().and_then(|end| end.to_str()) {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => return (Self::Plain, path),
        };
        (packing, path.file_stem().map_or(path, Path::new))
    }

    /// `bytes` as one member, also when they are none.
    ///
    /// # Errors
    /// None in practice: memory does not refuse.
    pub fn pack(self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain => Ok(bytes),
            Self::Gzip => {
                let out = Vec::with_capacity(bytes.len() / 4);
                let mut member = flate2::write::GzEncoder::new(out, flate2::Compression::new(5));
                member.write_all(&bytes)?;
                member.finish()
            }
            Self::Zstd => zstd::bulk::compress(&bytes, 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn members_one_after_the_other_are_one_file() {
        for packing in [Packing::Gzip, Packing::Zstd] {
            let mut packed = Vec::new();
            for part in ["48/52 hộ\n", "", "2.870 đảng viên\n"] {
                packed.extend(packing.pack(part.into()).unwrap());
            }
            let mut text = String::new();
            match packing {
                Packing::Gzip => flate2::read::MultiGzDecoder::new(&packed[..]).read_to_string(&mut text),
                _ => zstd::stream::read::Decoder::new(&packed[..]).unwrap().read_to_string(&mut text),
            }
            .unwrap();
            assert_eq!(text, "48/52 hộ\n2.870 đảng viên\n");
        }
    }

    #[test]
    fn a_name_says_how_its_file_is_packed() {
        assert_eq!(Packing::of(Path::new("a/ra.jsonl.gz")), (Packing::Gzip, Path::new("ra.jsonl")));
        assert_eq!(Packing::of(Path::new("a/ra.csv.zst")), (Packing::Zstd, Path::new("ra.csv")));
        assert_eq!(Packing::of(Path::new("a/ra.json")), (Packing::Plain, Path::new("a/ra.json")));
    }
}
