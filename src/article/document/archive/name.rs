//! Names of entries: "./2023/bài 1.txt" is `2023/bài 1.txt`, "../../etc/passwd" is refused, `__MACOSX/` passed over.

use super::super::decode;

/// What an entry is called, and what is to be done with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// To be read under this name.
    Inside(String),
    /// Left by a system and no article: hidden files, `__MACOSX`, `Thumbs.db`.
    PassedOver,
    /// A name that leads out of the archive. Nothing is ever written under it, but nobody should meet it either.
    Outside(String),
}

/// Judges the bytes of a name.
pub(super) fn judge(bytes: &[u8]) -> Name {
    let shown = shown(bytes);
    let path = shown.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let parts = || path.split('/').filter(|part| !part.is_empty() && *part != ".");
    if path.starts_with('/') || drive || parts().any(|part| part == "..") || bytes.contains(&0) {
        return Name::Outside(shown);
    }
    let left_behind =
        |part: &str| part.starts_with('.') || matches!(part, "__MACOSX" | "Thumbs.db" | "desktop.ini" | "ehthumbs.db");
    if parts().any(left_behind) {
        return Name::PassedOver;
    }
    Name::Inside(parts().collect::<Vec<_>>().join("/"))
}

/// A name as it can be shown: decoded as well as can be, no control characters.
fn shown(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => decode::decode(bytes.to_vec()).text,
    };
    let text: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    super::super::normalise::nfc(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_inside_outside_or_passed_over() {
        for (name, found) in [
            ("2023/bài 1.txt", Name::Inside("2023/bài 1.txt".to_owned())),
            ("./tin//a.html", Name::Inside("tin/a.html".to_owned())),
            ("tin\\a.html", Name::Inside("tin/a.html".to_owned())),
            ("../../etc/passwd", Name::Outside("../../etc/passwd".to_owned())),
            ("tin/../../a.txt", Name::Outside("tin/../../a.txt".to_owned())),
            ("/etc/passwd", Name::Outside("/etc/passwd".to_owned())),
            ("C:\\tin.txt", Name::Outside("C:\\tin.txt".to_owned())),
            ("a\0b.txt", Name::Outside("a\u{fffd}b.txt".to_owned())),
            ("__MACOSX/._a.txt", Name::PassedOver),
            ("tin/.DS_Store", Name::PassedOver),
            ("a..b.txt", Name::Inside("a..b.txt".to_owned())),
        ] {
            assert_eq!(judge(name.as_bytes()), found, "{name}");
        }
    }

    #[test]
    fn names_in_no_encoding_are_shown_somehow() {
        let Name::Inside(name) = judge(b"B\x85o \xfe\xff\x01.txt") else { panic!("inside") };
        assert!(name.ends_with(".txt") && !name.contains('\u{1}'), "{name}");
    }
}
