//! HTTP responses as web archives keep them: `HTTP/1.1 200 OK⏎Content-Encoding: gzip⏎⏎…` → status, type and body.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::Options;
use crate::error::Fault;

/// The head of a response, as far as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    status: u16,
    /// The media type, in small letters.
    pub(super) media: String,
    /// The encoding of the text, where it is stated.
    pub(super) charset: Option<String>,
    chunked: bool,
    packing: String,
    /// Bytes of the head.
    pub(super) length: usize,
}

impl Head {
    /// Reads the head; none where there is no whole one.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; 128];
        let mut response = httparse::Response::new(&mut headers);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        // HTTP/2 is archived in the clothes of HTTP/1, with a version that a strict parser refuses
        let tail = bytes.strip_prefix(b"HTTP/2.0").or_else(|| bytes.strip_prefix(b"HTTP/2"));
        let dressed = tail.map(|tail| [b"HTTP/1.1", tail].concat());
        let longer = dressed.as_ref().map_or(0, |dressed| dressed.len() - bytes.len());
        let parsed = config.parse_response(&mut response, dressed.as_deref().unwrap_or(bytes)).ok()?;
        let httparse::Status::Complete(length) = parsed else { return None };
        let mut head = Self {
            status: response.code.unwrap_or(0),
            media: String::new(),
            charset: None,
            chunked: false,
            packing: String::new(),
            length: length - longer,
        };
        for header in response.headers.iter() {
            let value = String::from_utf8_lossy(header.value).trim().to_ascii_lowercase();
            match header.name.to_ascii_lowercase().as_str() {
                "content-type" => {
                    head.charset = charset(&value);
                    head.media = value;
                }
                "transfer-encoding" => head.chunked = value.contains("chunked"),
                "content-encoding" => head.packing = value,
                _ => {}
            }
        }
        Some(head)
    }

    /// Whether what was asked for was sent.
    pub(super) fn is_ok(&self) -> bool {
        matches!(self.status, 200 | 203)
    }

    /// Whether it is a page or a text.
    pub(super) fn is_page(&self) -> bool {
        is_page(&self.media)
    }
}

/// Whether a media type is that of a page or a text.
pub(super) fn is_page(media: &str) -> bool {
    let name = media.split(';').next().unwrap_or_default().trim();
    matches!(name, "text/html" | "application/xhtml+xml" | "text/plain")
}

/// The `charset` of a media type: "text/html; charset=\"utf-8\"".
pub(super) fn charset(media: &str) -> Option<String> {
    let stated = media.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset"))?;
    let stated = stated.trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']);
    (!stated.is_empty()).then(|| stated.to_owned())
}

/// The body as the server meant it, its packing undone; and what was lost of it.
pub(super) fn body(head: &Head, bytes: &[u8], options: &Options) -> Result<(Vec<u8>, Option<Fault>), String> {
    let (body, mut fault) = if head.chunked { unchunked(bytes) } else { (Cow::Borrowed(bytes), None) };
    let gzip = body.starts_with(&[0x1f, 0x8b]);
    let unpacked = match head.packing.as_str() {
        // archives that unpack pages leave the header as it was
        "gzip" | "x-gzip" if gzip => unpacked(MultiGzDecoder::new(&*body), body.len(), options)?,
        "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
            unpacked(ZlibDecoder::new(&*body), body.len(), options)?
        }
        "deflate" if !body.starts_with(b"<") => unpacked(DeflateDecoder::new(&*body), body.len(), options)?,
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            let decoder =
                zstd::Decoder::with_buffer(&*body).map_err(|e| format!("expected memory for zstd, found: {e}"))?;
            unpacked(decoder, body.len(), options)?
        }
        "br" if !body.trim_ascii_start().starts_with(b"<") => {
            return Err("expected a page unpacked, or packed with gzip, deflate or zstd, found Brotli".to_owned());
        }
        _ => return Ok((body.into_owned(), fault)),
    };
    fault = fault.or(unpacked.1);
    Ok((unpacked.0, fault))
}

/// What a body unpacks to, within the bounds of an article; what a broken one gave before it broke.
fn unpacked(decoder: impl Read, packed: usize, options: &Options) -> Result<(Vec<u8>, Option<Fault>), String> {
    let max = options.max_bytes as u64;
    let most = (packed as u64).saturating_mul(options.max_ratio).max(1 << 20).min(max);
    let mut out = Vec::new();
    let read = decoder.take(most + 1).read_to_end(&mut out);
    if out.len() as u64 > most {
        return Err(format!("expected a page of at most {most} bytes from {packed} packed ones, found a longer one"));
    }
    match read {
        Ok(_) => Ok((out, None)),
        Err(e) if out.is_empty() => Err(format!("expected a packed page, found one that cannot be unpacked: {e}")),
        Err(e) => {
            let message = format!("expected a whole page, found it broken after {} bytes: {e}", out.len());
            Ok((out, Some(Fault::new("read", message))))
        }
    }
}

/// A body in chunks put together. Archives that did so already often left the header: then it is as it is.
fn unchunked(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<Fault>) {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((head, size))) => {
                let from = &rest[head..];
                if size == 0 {
                    return (Cow::Owned(out), None);
                }
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                if from.len() < size {
                    out.extend_from_slice(from);
                    break;
                }
                out.extend_from_slice(&from[..size]);
                rest = from[size..].strip_prefix(b"\r\n").unwrap_or(&from[size..]);
            }
            _ if out.is_empty() => return (Cow::Borrowed(bytes), None),
            _ => break,
        }
    }
    let message = format!("expected a whole page, found its last chunk missing after {} bytes", out.len());
    (Cow::Owned(out), Some(Fault::new("read", message)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(response: &[u8]) -> (String, Option<Fault>) {
        let head = Head::of(response).unwrap();
        let (body, fault) = body(&head, &response[head.length..], &Options::default()).unwrap();
        (String::from_utf8(body).unwrap(), fault)
    }

    #[test]
    fn heads_are_read_as_servers_write_them() {
        let response = b"HTTP/2 200\r\nContent-Type : Text/HTML; Charset=\"windows-1258\"\r\n\r\n<p>";
        let head = Head::of(response).unwrap();
        assert!(head.is_ok() && head.is_page());
        assert_eq!(head.charset.as_deref(), Some("windows-1258"));
        assert_eq!(&response[head.length..], b"<p>");
        let head = Head::of(b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n").unwrap();
        assert!(!head.is_ok() && !head.is_page());
        assert_eq!(Head::of(b"HTTP/1.1 200 OK\r\nContent-"), None);
    }

    #[test]
    fn chunks_are_put_together_and_a_missing_one_is_a_fault() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let whole = format!("{head}5\r\n<p>67\r\n3;x=1\r\n/69\r\n0\r\n\r\n");
        assert_eq!(read(whole.as_bytes()), ("<p>67/69".to_owned(), None));
        let cut = format!("{head}5\r\n<p>67\r\n30\r\n/69");
        let (body, fault) = read(cut.as_bytes());
        assert!(body == "<p>67/69" && fault.unwrap().message.contains("chunk missing after 8 bytes"));
        assert_eq!(read(format!("{head}<p>67/69").as_bytes()).0, "<p>67/69");
    }

    #[test]
    fn packed_bodies_are_unpacked_and_unpacked_ones_left() {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_bytes();
        let mut gz = flate2::write::GzEncoder::new(head.to_vec(), flate2::Compression::default());
        std::io::Write::write_all(&mut gz, "<p>Đạt 51%".as_bytes()).unwrap();
        let response = gz.finish().unwrap();
        assert_eq!(read(&response), ("<p>Đạt 51%".to_owned(), None));
        let (body, fault) = read(&response[..response.len() - 4]);
        assert!(body == "<p>Đạt 51%" && fault.is_some());
        assert_eq!(read(&[head, b"<p>5"].concat()).0, "<p>5");
    }
}
