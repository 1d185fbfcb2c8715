//! Tar archives, block by block: "kho.tar!2023/bài 1.txt" is an entry.

use std::io::{self, BufRead, Read};

use tar::{EntryType, Header, PaxExtensions};

use super::name::{self, Name};
use super::{Place, Reading, Source, Step, Unopened, buffered, skip, unreadable};

const BLOCK: usize = 512;
/// The longest name, or list of attributes, of an entry.
const LONG: u64 = 1 << 20;

/// Whether an archive begins with these bytes: the checksum of the first header is right.
pub(in super::super) fn is_tar(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| block[0] != 0 && is_header(block))
}

fn is_header(block: &[u8]) -> bool {
    let sum: u32 =
        block.iter().enumerate().map(|(n, b)| if (148..156).contains(&n) { 32 } else { u32::from(*b) }).sum();
    Header::from_byte_slice(block).cksum().is_ok_and(|stated| stated == sum)
}

/// Reads an archive.
pub(super) fn begin(source: Box<dyn Source>, place: Place) -> Step {
    Step::Pass(Some(Box::new(Tar { source, place, at: 0, failed: None, name: None, size: None })))
}

/// An archive between two entries.
struct Tar {
    source: Box<dyn Source>,
    place: Place,
    at: u64,
    failed: Option<io::Error>,
    /// What blocks before the next header said of it.
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Tar {
    /// The next block; fewer bytes where the archive ends.
    fn block(&mut self) -> io::Result<Vec<u8>> {
        let mut block = Vec::with_capacity(BLOCK);
        (&mut self.source).take(BLOCK as u64).read_to_end(&mut block)?;
        self.at += block.len() as u64;
        Ok(block)
    }

    fn cut(&self) -> io::Error {
        io::Error::new(io::ErrorKind::UnexpectedEof, format!("the archive is cut off at its byte {}", self.at))
    }

    /// The next header, none where the archive ends.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let block = self.block()?;
        if block.len() < BLOCK {
            return Err(self.cut());
        }
        if block.iter().all(|b| *b == 0) {
            return Ok(None);
        }
        if is_header(&block) {
            return Ok(Some(Header::from_byte_slice(&block).clone()));
        }
        let at = self.at - BLOCK as u64;
        let message = format!("no entry where one should begin, at byte {at}");
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }

    /// Goes on at the next block that is a header; whether there is one.
    fn resume(&mut self) -> Option<Header> {
        loop {
            let block = self.block().ok().filter(|block| block.len() == BLOCK)?;
            if block[0] != 0 && is_header(&block) {
                return Some(Header::from_byte_slice(&block).clone());
            }
        }
    }

    /// The data of an entry that describes the next one.
    fn small(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > LONG {
            let message = format!("a name of {size} bytes at byte {}, longer than any", self.at);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut data = Vec::new();
        (&mut self.source).take(size).read_to_end(&mut data)?;
        self.at += data.len() as u64;
        if (data.len() as u64) < size {
            return Err(self.cut());
        }
        let padding = padding(size);
        let passed = skip(&mut self.source, padding)?;
        self.at += passed;
        Ok(data)
    }

    /// Takes in a header: an entry to be read, or `None` after one that only describes or holds nothing.
    fn entry(&mut self, header: &Header) -> io::Result<Option<(EntryType, u64, Vec<u8>)>> {
        let kind = header.entry_type();
        let size = header.entry_size()?;
        match kind {
            EntryType::GNULongName => {
                let mut name = self.small(size)?;
                name.truncate(name.iter().position(|b| *b == 0).unwrap_or(name.len()));
                self.name = Some(name);
            }
            EntryType::XHeader => {
                let data = self.small(size)?;
                for pair in PaxExtensions::new(&data).flatten() {
                    match pair.key_bytes() {
                        b"path" => self.name = Some(pair.value_bytes().to_vec()),
                        b"size" => self.size = pair.value().ok().and_then(|size| size.parse().ok()),
                        _ => {}
                    }
                }
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => drop(self.small(size)?),
            _ => {
                let name = self.name.take().unwrap_or_else(|| header.path_bytes().into_owned());
                return Ok(Some((kind, self.size.take().unwrap_or(size), name)));
            }
        }
        Ok(None)
    }
}

/// What fills the last block of `size` bytes.
const fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

impl Reading for Tar {
    fn step(mut self: Box<Self>) -> Step {
        let header = match self.failed.take() {
            Some(e) => Err(e),
            None => self.header(),
        };
        let found = match header {
            Ok(None) => return Step::Pass(self.source.close()),
            Ok(Some(header)) => self.entry(&header),
            Err(e) => Err(e),
        };
        let (kind, size, name) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return Step::Pass(Some(self)),
            Err(e) => {
                let unread = unreadable(&self.place.source, &e);
                let more = if e.kind() == io::ErrorKind::InvalidData { self.resume() } else { None };
                return match more {
                    Some(header) => Step::Give(Err(unread), Some(Box::new(Resumed { tar: self, header }))),
                    None => Step::Give(Err(unread), self.source.close()),
                };
            }
        };
        self.begin_entry(kind, size, &name)
    }
}

/// An archive after a broken stretch, at a header.
struct Resumed {
    tar: Box<Tar>,
    header: Header,
}

impl Reading for Resumed {
    fn step(self: Box<Self>) -> Step {
        let Self { mut tar, header } = *self;
        match tar.entry(&header) {
            Ok(Some((kind, size, name))) => tar.begin_entry(kind, size, &name),
            Ok(None) => Step::Pass(Some(tar)),
            Err(e) => Step::Give(Err(unreadable(&tar.place.source, &e)), tar.source.close()),
        }
    }
}

impl Tar {
    fn begin_entry(self: Box<Self>, kind: EntryType, size: u64, name: &[u8]) -> Step {
        let file = matches!(kind, EntryType::Regular | EntryType::Continuous) && !name.ends_with(b"/");
        let place = self.place.clone();
        // a link or a device has no data whatever its header says
        let size = if file || kind == EntryType::GNUSparse { size } else { 0 };
        let entry = Box::new(Entry { tar: self, left: size, padding: padding(size) });
        match name::judge(name) {
            Name::Outside(name) => {
                let message = "expected a name within the archive, found one that leads out of it";
                Step::Give(Err(place.entry(&name).unread("read", message)), entry.close())
            }
            Name::Inside(name) if kind == EntryType::GNUSparse => {
                let message = "expected an ordinary file, found one with holes";
                Step::Give(Err(place.entry(&name).unread("read", message)), entry.close())
            }
            Name::Inside(name) if file => {
                Step::Pass(Some(Box::new(Unopened { source: entry, place: place.entry(&name) })))
            }
            _ => Step::Pass(entry.close()),
        }
    }
}

/// An entry that is being read.
struct Entry {
    tar: Box<Tar>,
    left: u64,
    padding: u64,
}

impl BufRead for Entry {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let at = self.tar.at;
        let block = self.tar.source.fill_buf()?;
        if block.is_empty() {
            let message = format!("an entry cut off at byte {at} of the archive");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        Ok(&block[..block.len().min(usize::try_from(self.left).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, n: usize) {
        self.left -= n as u64;
        self.tar.at += n as u64;
        self.tar.source.consume(n);
    }
}

impl Read for Entry {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

impl Source for Entry {
    fn close(mut self: Box<Self>) -> Option<Box<dyn Reading>> {
        let over = self.left + self.padding;
        match skip(&mut self.tar.source, over) {
            Ok(passed) => {
                self.tar.at += passed;
                if passed < over {
                    self.tar.failed = Some(self.tar.cut());
                }
            }
            Err(e) => self.tar.failed = Some(e),
        }
        Some(self.tar)
    }
}
