//! The bytes of a whole input: `tin.txt`, or what comes in at `-`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use super::guard::Meter;
use super::{HEAD, Reading, Source, buffered};

/// A file or another stream that nothing contains.
pub(in super::super) struct Plain<R> {
    reader: BufReader<R>,
    meter: Meter,
    file: Option<File>,
}

impl<R: Read + Send> Plain<R> {
    /// Buffers a stream; `file` where it is a file that can be read from anywhere.
    pub(in super::super) fn of(reader: R, meter: Meter, file: Option<File>) -> Self {
        Self { reader: BufReader::with_capacity(HEAD, reader), meter, file }
    }
}

impl<R: Read + Send> BufRead for Plain<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.meter.add(n as u64);
        self.reader.consume(n);
    }
}

impl<R: Read + Send> Read for Plain<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        buffered(self, into)
    }
}

impl<R: Read + Send> Source for Plain<R> {
    fn close(self: Box<Self>) -> Option<Box<dyn Reading>> {
        None
    }

    fn file(&self) -> Option<File> {
        self.file.as_ref().and_then(|file| file.try_clone().ok())
    }
}
