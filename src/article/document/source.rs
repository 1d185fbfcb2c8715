//! Where raw articles come from: `tin.txt`, `thư mục/`, `kho.jsonl`, `-`. One at a time, so that an input of any size
//! needs no more memory than its largest article.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::sniff::{self, Layout};
use super::split::{self, Piece};
use super::{Form, Options, Raw, Unread, decode};

/// A stream of raw articles.
pub type Raws = Box<dyn Iterator<Item = Result<Raw, Unread>> + Send>;

/// What is looked at to judge an input, and read at a time.
const HEAD: usize = 64 << 10;

/// The raw articles of a path, streamed: a file, a folder (walked in the order of names; hidden files are left
/// out, links to folders are not followed), or `-` for standard input.
///
/// What cannot be read is an [`Unread`] in its place, and the rest follows.
pub fn raws(path: &Path, options: &Options) -> Raws {
    let name = path.display().to_string();
    if name == "-" {
        return raws_from(io::stdin(), "-", options);
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => folder(path, options.clone()),
        Ok(_) => file(path, options),
        Err(e) => just(Err(Unread::new(&name, "read", format!("expected a file or a folder, found: {e}")))),
    }
}

/// The raw articles of a stream; `source` names it in records and errors.
pub fn raws_from(reader: impl Read + Send + 'static, source: &str, options: &Options) -> Raws {
    let mut reader = BufReader::with_capacity(HEAD, Ahead { head: io::Cursor::new(Vec::new()), rest: reader });
    let (head, whole) = match peek(&mut reader.get_mut().rest) {
        Ok(found) => found,
        Err(e) => return just(Err(unreadable(source, &e))),
    };
    let layout = sniff::layout(&head, source, whole);
    if matches!(layout, Layout::Lines | Layout::Values) && decode::utf16(&head).is_some() {
        reader.get_mut().head = io::Cursor::new(head);
        return utf16(reader, source, layout, options.max_bytes);
    }
    reader.get_mut().head = io::Cursor::new(head);
    let max = options.max_bytes;
    let unread = |message: String| just(Err(Unread::new(source, "read", message)));
    match layout {
        Layout::Empty => unread("expected text, HTML or JSON Lines, found an empty input".to_owned()),
        Layout::Binary(what) => unread(format!("expected text, HTML or JSON Lines, found {what}")),
        Layout::One(form) => just(match split::all(&mut reader, max) {
            Ok(Piece::Whole(bytes, _)) => Ok(Raw { source: source.to_owned(), form, bytes }),
            Ok(Piece::TooLong(_)) => Err(too_long(source, max)),
            Err(e) => Err(unreadable(source, &e)),
        }),
        Layout::Lines => pieces(reader, source, max, split::line, 0),
        Layout::Values => pieces(reader, source, max, split::value, 1),
    }
}

/// JSON in UTF-16 (Excel and PowerShell write it): cut as UTF-8, each piece handed on in UTF-16 as it came.
fn utf16(mut reader: impl Read + Send + 'static, source: &str, layout: Layout, max: usize) -> Raws {
    // rare and never large: held whole, within the bound of one article
    let mut bytes = Vec::new();
    if let Err(e) = (&mut reader).take(max as u64 + 1).read_to_end(&mut bytes) {
        return just(Err(unreadable(source, &e)));
    }
    if bytes.len() > max {
        return just(Err(too_long(source, max)));
    }
    let text = decode::decode(bytes).text;
    let reader = BufReader::new(io::Cursor::new(text.into_bytes()));
    let raws = match layout {
        Layout::Lines => pieces(reader, source, max, split::line, 0),
        _ => pieces(reader, source, max, split::value, 1),
    };
    Box::new(raws.map(|raw| {
        raw.map(|raw| {
            let text = String::from_utf8_lossy(&raw.bytes);
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            Raw { bytes: units.flat_map(u16::to_le_bytes).collect(), ..raw }
        })
    }))
}

/// The pieces of a stream as raw articles, until it ends or cannot be read further.
fn pieces<R: Read + Send + 'static>(
    mut reader: BufReader<R>,
    source: &str,
    max: usize,
    next: fn(&mut BufReader<R>, &mut u64, usize) -> io::Result<Option<Piece>>,
    mut at: u64,
) -> Raws {
    let source = source.to_owned();
    let mut over = false;
    Box::new(std::iter::from_fn(move || {
        if over {
            return None;
        }
        match next(&mut reader, &mut at, max) {
            Ok(None) => None,
            Ok(Some(Piece::Whole(bytes, line))) => {
                Some(Ok(Raw { source: format!("{source}:{line}"), form: Form::JsonLine, bytes }))
            }
            Ok(Some(Piece::TooLong(line))) => Some(Err(too_long(&format!("{source}:{line}"), max))),
            Err(e) => {
                over = true;
                Some(Err(unreadable(&source, &e)))
            }
        }
    }))
}

fn file(path: &Path, options: &Options) -> Raws {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => raws_from(file, &name, options),
        Err(e) => just(Err(unreadable(&name, &e))),
    }
}

/// The files of a folder and its folders, in the order of names.
fn folder(path: &Path, options: Options) -> Raws {
    let hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(move |entry| !hidden(entry));
    Box::new(walk.flat_map(move |entry| match entry {
        Ok(entry) if written(entry.path(), &options) => Box::new(std::iter::empty()),
        Ok(entry) if entry.file_type().is_file() => file(entry.path(), &options),
        Ok(entry) if entry.file_type().is_dir() => Box::new(std::iter::empty()),
        // A link to a file is that file. Other links would be walked in circles, pipes and devices waited for.
        Ok(entry) => match fs::metadata(entry.path()) {
            Ok(found) if found.is_file() => file(entry.path(), &options),
            Ok(found) => {
                let what = if found.is_dir() { "a link to a folder" } else { "a pipe or a device" };
                let name = entry.path().display().to_string();
                just(Err(Unread::new(&name, "read", format!("expected a file in a folder, found {what}"))))
            }
            Err(e) => just(Err(unreadable(&entry.path().display().to_string(), &e))),
        },
        Err(e) => {
            let name = e.path().unwrap_or(Path::new("?")).display().to_string();
            let found = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
            just(Err(Unread::new(&name, "read", format!("expected a folder that can be listed, found: {found}"))))
        }
    }))
}

/// Whether the run itself writes `path`.
fn written(path: &Path, options: &Options) -> bool {
    options.outputs.iter().any(|output| {
        output.file_name() == path.file_name() && fs::canonicalize(path).is_ok_and(|place| place == *output)
    })
}

fn just(one: Result<Raw, Unread>) -> Raws {
    Box::new(std::iter::once(one))
}

fn unreadable(source: &str, e: &io::Error) -> Unread {
    Unread::new(source, "read", format!("expected a file that can be read, found: {e}"))
}

fn too_long(source: &str, max: usize) -> Unread {
    Unread::new(source, "limit", format!("expected an article of at most {max} bytes, found a longer one"))
}

/// Bytes that were looked at already, then the rest.
struct Ahead<R> {
    head: io::Cursor<Vec<u8>>,
    rest: R,
}

impl<R: Read> Read for Ahead<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.head.read(into)? {
            0 => self.rest.read(into),
            n => Ok(n),
        }
    }
}

/// The first bytes, and whether there are no more.
fn peek(reader: &mut impl Read) -> io::Result<(Vec<u8>, bool)> {
    let mut head = Vec::with_capacity(HEAD);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    let whole = head.len() < HEAD;
    Ok((head, whole))
}
