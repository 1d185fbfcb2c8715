//! Zip archives, read by the headers before the entries and not by the directory at the end: so one can come in at `-`
//! or lie in another archive, one that is cut off gives what is there, and nothing is ever held but the entry at hand.
//! "kho.zip!2023/bài 1.txt" is an entry.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::guard::Guard;
use super::name::{self, Name};
use super::window::Window;
use super::{HEAD, Place, Reading, Source, Step, Unopened, buffered, unreadable};

const ENTRY: [u8; 4] = *b"PK\x03\x04";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// What begins the directory and what follows it.
const DIRECTORY: [[u8; 4]; 4] = [*b"PK\x01\x02", *b"PK\x05\x06", *b"PK\x06\x06", *b"PK\x06\x08"];

/// Reads an archive.
pub(super) fn begin(source: Box<dyn Source>, place: Place) -> Step {
    Step::Pass(Some(Box::new(Zip {
        window: Window::of(source),
        place,
        inflate: Decompress::new(false),
        block: vec![0; HEAD].into(),
        failed: None,
    })))
}

/// An archive between two entries.
struct Zip {
    window: Window,
    place: Place,
    inflate: Decompress,
    block: Box<[u8]>,
    /// What kept the last entry from being passed over.
    failed: Option<io::Error>,
}

/// The header of an entry.
struct Header {
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    name: Vec<u8>,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

impl Zip {
    /// The header of the next entry, none where the archive ends.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let cut = |at| io::Error::new(io::ErrorKind::UnexpectedEof, format!("the archive is cut off at its byte {at}"));
        self.pass_descriptor()?;
        if !self.window.need(4)? {
            return Err(cut(self.window.at() + self.window.bytes().len() as u64));
        }
        let mark = &self.window.bytes()[..4];
        if DIRECTORY.iter().any(|known| known == mark) {
            return Ok(None);
        }
        if mark != ENTRY {
            let at = self.window.at();
            let more = self.window.seek(&[ENTRY, DIRECTORY[0], DIRECTORY[1]])?;
            let then = if more { "; what follows is read from" } else { "; nothing readable follows up to" };
            let message = format!("no entry where one should begin, at byte {at}{then} byte {}", self.window.at());
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        if !self.window.need(30)? {
            return Err(cut(self.window.at() + self.window.bytes().len() as u64));
        }
        let fixed = &self.window.bytes()[..30];
        let (names, extras) = (usize::from(u16_at(fixed, 26)), usize::from(u16_at(fixed, 28)));
        if !self.window.need(30 + names + extras)? {
            return Err(cut(self.window.at() + self.window.bytes().len() as u64));
        }
        let bytes = self.window.bytes();
        let mut header = Header {
            flags: u16_at(bytes, 6),
            method: u16_at(bytes, 8),
            crc: u32_at(bytes, 14),
            packed: u64::from(u32_at(bytes, 18)),
            name: bytes[30..30 + names].to_vec(),
        };
        if header.packed == u64::from(u32::MAX) {
            let large = u32_at(bytes, 22) == u32::MAX;
            let extra = zip64(&bytes[30 + names..30 + names + extras], usize::from(large) * 8);
            header.packed = extra.unwrap_or(header.packed);
        }
        self.window.take(30 + names + extras);
        Ok(Some(header))
    }

    /// Sizes that stand behind an entry, with or without their mark.
    fn pass_descriptor(&mut self) -> io::Result<()> {
        self.window.need(28)?;
        let bytes = self.window.bytes();
        let is_next = |n: usize| bytes.get(n..n + 4).is_some_and(|b| b == ENTRY || b == DIRECTORY[0]);
        if is_next(0) || bytes.get(..4).is_some_and(|mark| DIRECTORY.iter().any(|known| known == mark)) {
            return Ok(());
        }
        let marked = bytes.starts_with(&DESCRIPTOR);
        let sizes: &[usize] = if marked { &[16, 24] } else { &[12, 20] };
        match sizes.iter().find(|n| is_next(**n)) {
            Some(n) => self.window.take(*n),
            // the last thing that a cut archive has
            None if marked => self.window.take(16),
            None => {}
        }
        Ok(())
    }

    /// An entry that is not read: told, and passed over.
    fn refuse(self: Box<Self>, header: &Header, name: &str, stage: &str, message: &str) -> Step {
        let unread = self.place.entry(name).unread(stage, message);
        Step::Give(Err(unread), Entry::begin(self, header).close_as_raw())
    }
}

/// The packed size in the extra field of large entries, after `skip` bytes of the unpacked one.
fn zip64(mut extra: &[u8], skip: usize) -> Option<u64> {
    while extra.len() >= 4 {
        let (kind, size) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let body = extra.get(4..4 + size)?;
        if kind == 1 {
            return (body.len() >= skip + 8).then(|| u64_at(body, skip));
        }
        extra = &extra[4 + size..];
    }
    None
}

impl Reading for Zip {
    fn step(mut self: Box<Self>) -> Step {
        let header = match self.failed.take() {
            Some(e) => Err(e),
            None => self.header(),
        };
        let header = match header {
            Ok(Some(header)) => header,
            Ok(None) => return Step::Pass(self.window.into_source().close()),
            Err(e) => {
                let unread = unreadable(&self.place.source, &e);
                let more = e.kind() == io::ErrorKind::InvalidData && self.window.need(4).unwrap_or(false);
                return Step::Give(Err(unread), if more { Some(self) } else { self.window.into_source().close() });
            }
        };
        let folder = header.name.ends_with(b"/") || header.name.ends_with(b"\\");
        match name::judge(&header.name) {
            Name::Outside(name) => {
                let message = "expected a name within the archive, found one that leads out of it";
                self.refuse(&header, &name, "read", message)
            }
            Name::PassedOver => Step::Pass(Entry::begin(self, &header).close_as_raw()),
            Name::Inside(_) if folder => Step::Pass(Entry::begin(self, &header).close_as_raw()),
            Name::Inside(name) if header.flags & 1 != 0 => {
                self.refuse(&header, &name, "read", "expected an entry that can be read, found it encrypted")
            }
            Name::Inside(name) if !matches!(header.method, 0 | 8) => {
                let found = header.method;
                let message = format!("expected an entry stored or deflated, found compression method {found}");
                self.refuse(&header, &name, "read", &message)
            }
            Name::Inside(name) => {
                let place = self.place.entry(&name);
                Step::Pass(Some(Box::new(Unopened { source: Entry::begin(self, &header), place })))
            }
        }
    }
}

/// An entry that is being read.
struct Entry {
    zip: Box<Zip>,
    deflated: bool,
    /// Packed bytes yet to come, where the header says how many.
    left: Option<u64>,
    /// As the header has it, where it does.
    crc: Option<u32>,
    seen: Crc,
    packed: u64,
    given: u64,
    at: usize,
    len: usize,
    over: bool,
    broken: bool,
    guard: Guard,
}

impl Entry {
    fn begin(mut zip: Box<Zip>, header: &Header) -> Box<Self> {
        zip.inflate.reset(false);
        let later = header.flags & 8 != 0;
        let guard = Guard::new(&zip.place.options, &zip.place.meter);
        Box::new(Self {
            zip,
            deflated: header.method == 8,
            left: (!later || header.packed > 0).then_some(header.packed),
            crc: (!later).then_some(header.crc),
            seen: Crc::new(),
            packed: 0,
            given: 0,
            at: 0,
            len: 0,
            over: false,
            broken: false,
            guard,
        })
    }

    /// Has the next unpacked bytes in the block.
    fn refill(&mut self) -> io::Result<()> {
        (self.at, self.len) = (0, 0);
        if self.over {
            return Ok(());
        }
        let filled = match (self.deflated, self.left) {
            (true, _) => self.inflated(),
            (false, Some(left)) => self.stored(left),
            (false, None) => self.stored_until_descriptor(),
        };
        let result = filled.and_then(|n| {
            self.len = n;
            self.given += n as u64;
            self.seen.update(&self.zip.block[..n]);
            self.guard.check(self.packed, self.given)?;
            if self.over && self.crc.is_some_and(|crc| crc != self.seen.sum()) {
                let message = format!("an entry whose checksum is wrong, ending at byte {}", self.zip.window.at());
                return Err(io::Error::new(io::ErrorKind::InvalidData, message));
            }
            Ok(())
        });
        if result.is_err() {
            (self.len, self.over, self.broken) = (0, true, true);
        }
        result
    }

    fn cut(&self) -> io::Error {
        let (at, given) = (self.zip.window.at(), self.given);
        let message = format!("an entry cut off at byte {at} of the archive ({given} bytes unpacked before)");
        io::Error::new(io::ErrorKind::UnexpectedEof, message)
    }

    fn used(&mut self, n: usize) {
        self.zip.window.take(n);
        self.packed += n as u64;
        self.left = self.left.map(|left| left - n as u64);
    }

    fn inflated(&mut self) -> io::Result<usize> {
        loop {
            if self.left != Some(0) {
                self.zip.window.need(1)?;
            }
            let zip = &mut *self.zip;
            let have = zip.window.bytes();
            let have = &have
                [..self.left.map_or(have.len(), |left| have.len().min(usize::try_from(left).unwrap_or(usize::MAX)))];
            let ended = have.is_empty();
            let (taken, given) = (zip.inflate.total_in(), zip.inflate.total_out());
            let status = zip.inflate.decompress(have, &mut zip.block, FlushDecompress::None);
            let taken = usize::try_from(zip.inflate.total_in() - taken).unwrap_or(0);
            let given = usize::try_from(zip.inflate.total_out() - given).unwrap_or(0);
            self.used(taken);
            match status {
                Ok(Status::StreamEnd) => {
                    self.over = true;
                    return Ok(given);
                }
                Ok(_) if given > 0 => return Ok(given),
                Ok(_) if ended => return Err(self.cut()),
                Ok(_) => {}
                Err(e) => {
                    let (at, given) = (self.zip.window.at(), self.given);
                    let message =
                        format!("an entry broken at byte {at} of the archive ({given} bytes unpacked before): {e}");
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
            }
        }
    }

    fn stored(&mut self, left: u64) -> io::Result<usize> {
        if left > 0 && !self.zip.window.need(1)? {
            return Err(self.cut());
        }
        let have = self.zip.window.bytes().len().min(usize::try_from(left).unwrap_or(usize::MAX));
        self.copied(have, left)
    }

    fn copied(&mut self, have: usize, left: u64) -> io::Result<usize> {
        let zip = &mut *self.zip;
        let n = have.min(zip.block.len());
        zip.block[..n].copy_from_slice(&zip.window.bytes()[..n]);
        self.over = n as u64 == left;
        self.used(n);
        Ok(n)
    }

    /// Stored, and only what stands behind it says how long it is.
    fn stored_until_descriptor(&mut self) -> io::Result<usize> {
        self.zip.window.need(24)?;
        let bytes = self.zip.window.bytes();
        let n = match memchr::memmem::find(bytes, &DESCRIPTOR) {
            Some(0) if bytes.len() >= 16 => {
                let given = u32::try_from(self.given & u64::from(u32::MAX)).unwrap_or(0);
                if u32_at(bytes, 4) == self.seen.sum() && u32_at(bytes, 8) == given {
                    self.over = true;
                    return Ok(0);
                }
                4
            }
            Some(0) => return Err(self.cut()),
            Some(n) => n,
            None if bytes.len() < 16 => return Err(self.cut()),
            None => bytes.len() - 3,
        };
        self.copied(n, u64::MAX)
    }

    /// Passes over what is left of it.
    fn close_as_raw(mut self) -> Option<Box<dyn Reading>> {
        let passed = match self.left {
            Some(left) => self.zip.window.skip(left).map(|whole| if whole { Ok(()) } else { Err(self.cut()) }),
            None if self.over && !self.broken => Ok(Ok(())),
            // how long it is stands nowhere: the next entry is where its mark is
            None => self.zip.window.seek(&[ENTRY, DIRECTORY[0], DIRECTORY[1]]).map(|_| Ok(())),
        };
        if let Err(e) | Ok(Err(e)) = passed {
            self.zip.failed = Some(e);
        }
        Some(self.zip)
    }
}

impl BufRead for Entry {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.len && !self.over {
            self.refill()?;
        }
        Ok(&self.zip.block[self.at..self.len])
    }

    fn consume(&mut self, n: usize) {
        self.at = (self.at + n).min(self.len);
    }
}

impl Read for Entry {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

impl Source for Entry {
    fn close(mut self: Box<Self>) -> Option<Box<dyn Reading>> {
        // to the end of what only its own stream can tell
        while self.left.is_none() && !self.over {
            if self.refill().is_err() {
                break;
            }
        }
        self.close_as_raw()
    }
}
