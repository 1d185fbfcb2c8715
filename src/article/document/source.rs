//! Where raw articles come from: `tin.txt`, `thư mục/`, `kho.jsonl`, `kho.zip`, `-`. One at a time, so that an input of
//! any size needs no more memory than its largest article.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::archive::plain::Plain;
use super::archive::{Place, Walk, unreadable};
use super::{Options, Raw, Unread};

/// A stream of raw articles.
pub type Raws = Box<dyn Iterator<Item = Result<Raw, Unread>> + Send>;

/// The raw articles of a path, streamed: a file, a folder (walked in the order of names; hidden files are left
/// out, links to folders are not followed), or `-` for standard input. Archives and compressed files are read like
/// folders, at any place where a file can stand.
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
    let place = Place::of(source, options);
    Box::new(Walk::of(Box::new(Plain::of(reader, place.meter.clone(), None)), place))
}

fn file(path: &Path, options: &Options) -> Raws {
    let name = path.display().to_string();
    let place = Place::of(&name, options);
    match File::open(path) {
        Ok(file) => {
            let seekable = file.metadata().is_ok_and(|found| found.is_file());
            let again = if seekable { file.try_clone().ok() } else { None };
            Box::new(Walk::of(Box::new(Plain::of(file, place.meter.clone(), again)), place))
        }
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
