//! Compressed streams: what `kho.jsonl.gz`, `.zst`, `.xz` and `.bz2` unpack to, within bounds.

use std::io::{self, BufRead, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::guard::Guard;
use super::{HEAD, Place, Reading, Source, Step, Unopened, buffered, told};

/// Memory that the dictionary of an xz stream may ask for (`xz -9` asks for 65 MiB).
const XZ_MEMORY: u64 = 160 << 20;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Packing {
    /// Known by its first bytes.
    pub(in super::super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            // a skippable frame, which some writers put first
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] => {
                (rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17rE8P\x90")).then_some(Self::Bzip2)
            }
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
        }
    }
}

/// `name` without the end that says how it is packed.
fn unpacked_name(name: &str) -> &str {
    const ENDS: [&str; 6] = [".gz", ".zst", ".xz", ".bz2", ".gzip", ".zstd"];
    let stem = |end: &&str| {
        let at = name.len().checked_sub(end.len())?;
        name.is_char_boundary(at).then(|| name.split_at(at)).filter(|(_, tail)| tail.eq_ignore_ascii_case(end))
    };
    ENDS.iter().find_map(stem).map_or(name, |(stem, _)| stem)
}

/// Goes on with what a stream unpacks to.
pub(super) fn begin(source: Box<dyn Source>, place: Place, how: Packing) -> Step {
    let counted = Counted { source, taken: 0 };
    let decoder = match how {
        Packing::Gzip => Decoder::Gzip(Box::new(MultiGzDecoder::new(counted))),
        Packing::Bzip2 => Decoder::Bzip2(Box::new(MultiBzDecoder::new(counted))),
        Packing::Xz => match Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED) {
            Ok(stream) => Decoder::Xz(Box::new(XzDecoder::new_stream(counted, stream))),
            Err(e) => return told(place.unread("read", format!("expected memory for xz, found: {e}")), counted.source),
        },
        Packing::Zstd => match zstd::Decoder::try_with_buffer(counted) {
            Ok(decoder) => Decoder::Zstd(Box::new(decoder)),
            Err((counted, e)) => {
                return told(place.unread("read", format!("expected memory for zstd, found: {e}")), counted.source);
            }
        },
    };
    let guard = Guard::new(&place.options, &place.meter);
    let unpacked =
        Unpacked { decoder, how, block: vec![0; HEAD].into(), at: 0, len: 0, given: 0, guard, failed: false };
    let hint = unpacked_name(&place.hint).to_owned();
    let place = Place { hint, packed: place.packed + 1, ..place };
    Step::Pass(Some(Box::new(Unopened { source: Box::new(unpacked), place })))
}

/// Packed bytes, counted.
struct Counted {
    source: Box<dyn Source>,
    taken: u64,
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.taken += n as u64;
        self.source.consume(n);
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

enum Decoder {
    Gzip(Box<MultiGzDecoder<Counted>>),
    Zstd(Box<zstd::Decoder<'static, Counted>>),
    Xz(Box<XzDecoder<Counted>>),
    Bzip2(Box<MultiBzDecoder<Counted>>),
}

impl Decoder {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(into),
            Self::Zstd(decoder) => decoder.read(into),
            Self::Xz(decoder) => decoder.read(into),
            Self::Bzip2(decoder) => decoder.read(into),
        }
    }

    fn packed(&self) -> &Counted {
        match self {
            Self::Gzip(decoder) => decoder.get_ref(),
            Self::Zstd(decoder) => decoder.get_ref(),
            Self::Xz(decoder) => decoder.get_ref(),
            Self::Bzip2(decoder) => decoder.get_ref(),
        }
    }

    fn into_packed(self) -> Counted {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
            Self::Xz(decoder) => decoder.into_inner(),
            Self::Bzip2(decoder) => decoder.into_inner(),
        }
    }
}

/// What a stream unpacks to; after a failure, which is told once, its end.
struct Unpacked {
    decoder: Decoder,
    how: Packing,
    block: Box<[u8]>,
    at: usize,
    len: usize,
    given: u64,
    guard: Guard,
    failed: bool,
}

impl Unpacked {
    fn refill(&mut self) -> io::Result<()> {
        (self.at, self.len) = (0, 0);
        if self.failed {
            return Ok(());
        }
        let read = loop {
            match self.decoder.read(&mut self.block) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let packed = self.decoder.packed().taken;
        match read {
            Ok(n) => {
                self.given += n as u64;
                self.guard.check(packed, self.given).inspect_err(|_| self.failed = true)?;
                self.len = n;
                Ok(())
            }
            // said of a stream further out
            Err(e) if e.kind() == io::ErrorKind::QuotaExceeded => {
                self.failed = true;
                Err(e)
            }
            Err(e) => {
                self.failed = true;
                let (how, given) = (self.how.name(), self.given);
                let message = format!(
                    "a {how} stream broken or cut off at its byte {packed} ({given} bytes unpacked before): {e}"
                );
                Err(io::Error::new(io::ErrorKind::InvalidData, message))
            }
        }
    }
}

impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.len {
            self.refill()?;
        }
        Ok(&self.block[self.at..self.len])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.len);
    }
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

impl Source for Unpacked {
    fn close(self: Box<Self>) -> Option<Box<dyn Reading>> {
        self.decoder.into_packed().source.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packings_are_known_by_their_first_bytes_and_prose_is_none() {
        assert_eq!(Packing::of(b"BZh91AY&SY.."), Some(Packing::Bzip2));
        assert_eq!(Packing::of("BZh9 là số hiệu".as_bytes()), None);
        assert_eq!(Packing::of(b"\x1f\x8b\x08\0"), Some(Packing::Gzip));
        assert_eq!(Packing::of(b"\x1f"), None);
    }

    #[test]
    fn the_end_of_a_packed_name_goes() {
        assert_eq!(unpacked_name("kho/tin.csv.GZ"), "kho/tin.csv");
        assert_eq!(unpacked_name("ốz"), "ốz");
    }
}
