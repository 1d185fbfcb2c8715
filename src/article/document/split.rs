//! A stream of bytes → its articles, one at a time: "{…}⏎{…}" by lines, "[{…}, {…}]" by values, each bounded.

use std::io::{self, BufRead};

/// One piece of a stream, or what became of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The bytes, and the line (from 1) where they begin.
    Whole(Vec<u8>, u64),
    /// More bytes than an article may have; they were passed over.
    TooLong(u64),
}

/// The next line that is not blank, without its line end.
pub(super) fn line(reader: &mut impl BufRead, at: &mut u64, max: usize) -> io::Result<Option<Piece>> {
    loop {
        let mut bytes = Vec::new();
        let mut seen = 0_usize;
        *at += 1;
        let ended = loop {
            let block = fill(reader)?;
            if block.is_empty() {
                break false;
            }
            let end = memchr::memchr(b'\n', block);
            let part = &block[..end.unwrap_or(block.len())];
            seen += part.len();
            if seen <= max {
                bytes.extend_from_slice(part);
            } else {
                bytes = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            reader.consume(used);
            if end.is_some() {
                break true;
            }
        };
        if seen > max {
            return Ok(Some(Piece::TooLong(*at)));
        }
        if !bytes.trim_ascii().is_empty() {
            return Ok(Some(Piece::Whole(bytes, *at)));
        }
        if !ended {
            return Ok(None);
        }
    }
}

/// The next JSON value of an array or of values one after the other (the outer `[`, `,` and `]` are passed over).
///
/// Only brackets and quotes are looked at; what stands between them is for the JSON parser to judge.
pub(super) fn value(reader: &mut impl BufRead, at: &mut u64, max: usize) -> io::Result<Option<Piece>> {
    let mut bytes = Vec::new();
    let (mut depth, mut quoted, mut escaped, mut seen) = (0_usize, false, false, 0_usize);
    let mut begin = 0;
    loop {
        let block = fill(reader)?;
        if block.is_empty() {
            return Ok(match seen {
                0 => None,
                seen if seen > max => Some(Piece::TooLong(begin)),
                _ => Some(Piece::Whole(bytes, begin)),
            });
        }
        let mut used = 0;
        let mut done = false;
        let mut from = None;
        for &byte in block {
            used += 1;
            if byte == b'\n' {
                *at += 1;
            }
            if seen == 0 && from.is_none() {
                if byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b',' | 0xef | 0xbb | 0xbf) {
                    continue;
                }
                begin = *at;
            }
            from.get_or_insert(used - 1);
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            // a value ends with its bracket; a bare word (no article) ends where the next thing begins
            done = !quoted && depth == 0 && matches!(byte, b'}' | b']' | b',' | b'\n');
            if done {
                break;
            }
        }
        if let Some(from) = from {
            seen += used - from;
            if seen <= max {
                bytes.extend_from_slice(&block[from..used]);
            } else {
                bytes = Vec::new();
            }
        }
        reader.consume(used);
        if done {
            return Ok(Some(if seen > max { Piece::TooLong(begin) } else { Piece::Whole(bytes, begin) }));
        }
    }
}

/// Everything, if it is no more than `max` bytes.
pub(super) fn all(reader: &mut impl BufRead, max: usize) -> io::Result<Piece> {
    let mut bytes = Vec::new();
    loop {
        let block = fill(reader)?;
        if block.is_empty() {
            return Ok(Piece::Whole(bytes, 1));
        }
        if bytes.len() + block.len() > max {
            return Ok(Piece::TooLong(1));
        }
        bytes.extend_from_slice(block);
        let used = block.len();
        reader.consume(used);
    }
}

/// The bytes at hand, asking again where a signal came between.
fn fill(reader: &mut impl BufRead) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Ok(_) => break,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    reader.fill_buf()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// All pieces, through buffers so small that every value lies across them.
    fn pieces(
        input: &'static str,
        max: usize,
        next: impl Fn(&mut BufReader<&'static [u8]>, &mut u64, usize) -> io::Result<Option<Piece>>,
        mut at: u64,
    ) -> Vec<String> {
        let mut reader = BufReader::with_capacity(3, input.as_bytes());
        let mut out = Vec::new();
        while let Some(piece) = next(&mut reader, &mut at, max).unwrap() {
            out.push(match piece {
                Piece::Whole(bytes, line) => format!("{line}:{}", String::from_utf8(bytes).unwrap()),
                Piece::TooLong(line) => format!("{line}:too long"),
            });
        }
        out
    }

    #[test]
    fn lines_are_counted_blank_ones_passed_over_and_long_ones_named() {
        let found = pieces("{\"a\":1}\r\n\n{\"a\":\"xxxxxxxxxxxxxx\"}\n{\"a\":2}", 12, line, 0);
        assert_eq!(found, ["1:{\"a\":1}\r", "3:too long", "4:{\"a\":2}"]);
    }

    #[test]
    fn values_of_an_array_come_one_by_one() {
        let found = pieces("[{\"a\":\"]}\\\"\"},\n {\"b\":[1,{}]}\n,7,{\"c\":\"xxxxxxxxxxxxxx\"}]\n", 16, value, 1);
        assert_eq!(found, ["1:{\"a\":\"]}\\\"\"}", "2:{\"b\":[1,{}]}", "3:7,", "3:too long"]);
    }

    #[test]
    fn a_value_that_never_ends_is_still_handed_on() {
        assert_eq!(pieces("{\"a\":\"dở", 99, value, 1), ["1:{\"a\":\"dở"]);
    }
}
