//! Which column of a table (or key of an object) is what: "Nội dung", `noi_dung` and `content` all hold the text.

use super::normalise;

/// What a column of a table, or a key of a JSON object, holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The article, as text or HTML.
    Text,
    /// The article, as HTML.
    Html,
    /// Its headline.
    Title,
    /// Who wrote it.
    Author,
    /// When it was published.
    Published,
    /// Where it was published.
    Url,
    /// What it is known by.
    Id,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Html, Self::Title, Self::Author, Self::Published, Self::Url, Self::Id];

    /// The word for it in options.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Title => "title",
            Self::Author => "author",
            Self::Published => "published",
            Self::Url => "url",
            Self::Id => "id",
        }
    }

    /// The role of that word; `date` is `published`.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let word = if word == "date" { "published" } else { word };
        Self::ALL.into_iter().find(|role| role.name() == word)
    }

    /// Names that are taken for the role when none was given, the surest first, as [`key`] has them.
    pub(super) const fn guesses(self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "text",
                "content",
                "body",
                "noidung",
                "articletext",
                "articlebody",
                "fulltext",
                "maintext",
                "contents",
                "article",
                "baiviet",
                "vanban",
                "document",
            ],
            Self::Html => &["html", "rawhtml", "pagehtml", "contenthtml", "bodyhtml", "page", "htmlcontent"],
            Self::Title => &["title", "tieude", "headline", "tenbai", "tieudebaiviet", "articletitle"],
            Self::Author => &["author", "authors", "tacgia", "byline", "nguoiviet", "creator"],
            Self::Published => &[
                "published",
                "date",
                "publishedat",
                "publishdate",
                "publisheddate",
                "datepublished",
                "publicationdate",
                "pubdate",
                "ngay",
                "ngaydang",
                "ngayxuatban",
                "thoigian",
                "publishedtime",
                "publishtime",
                "datetime",
            ],
            Self::Url => {
                &["url", "link", "duongdan", "lienket", "sourceurl", "articleurl", "canonicalurl", "href", "diachi"]
            }
            Self::Id => &["id", "articleid", "docid", "ma", "mabai", "mabaiviet", "guid", "uuid"],
        }
    }
}

/// A name as it is compared: small letters without marks and without what stands between words.
pub(super) fn key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = |c: char| match c {
        'đ' | 'ð' => Some('d'),
        c if c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) => Some(c),
        _ => None,
    };
    normalise::nfc(name).to_lowercase().nfd().filter_map(plain).collect()
}

/// Whether a cell of a first line can be one of the guesses for the text: a quick look that is never wrong when it says no.
pub(super) fn may_be_text(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    // two words at most, whatever stands around them
    let short = cell.len() <= 64 && cell.iter().filter(|byte| **byte == b' ').count() <= 3;
    short
        && std::str::from_utf8(cell).map_or(true, |cell| {
            let key = key(cell);
            [Role::Text, Role::Html].iter().any(|role| role.guesses().contains(&key.as_str()))
        })
}

/// The place of each role among the names of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    places: [Option<usize>; Role::ALL.len()],
}

impl Columns {
    /// The columns that were asked for, else those whose names say it.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>, asked: &[(Role, String)]) -> Self {
        let names: Vec<(&str, String)> = names.map(|name| (name, key(name))).collect();
        let exact = |wanted: &str| names.iter().position(|(name, _)| name.trim() == wanted.trim());
        let alike = |wanted: &str| names.iter().position(|(_, name)| name == wanted);
        let place = |role: Role| {
            let mut given = asked.iter().filter(|(of, _)| *of == role).peekable();
            if given.peek().is_some() {
                return given.find_map(|(_, name)| exact(name).or_else(|| alike(&key(name))));
            }
            role.guesses().iter().find_map(|guess| alike(guess))
        };
        Self { places: Role::ALL.map(place) }
    }

    /// Where the column of a role stands.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        Role::ALL.iter().position(|one| *one == role).and_then(|n| self.places[n])
    }

    /// Whether there is an article in a row.
    pub(super) fn has_text(&self) -> bool {
        self.place(Role::Text).is_some() || self.place(Role::Html).is_some()
    }

    /// How many roles have a column.
    pub(super) fn count(&self) -> usize {
        self.places.iter().flatten().count()
    }
}

/// What is said of a table without a column for the text.
pub(super) fn no_text<'a>(names: impl Iterator<Item = &'a str>, asked: &[(Role, String)]) -> String {
    let wanted: Vec<&str> = asked
        .iter()
        .filter(|(role, _)| matches!(role, Role::Text | Role::Html))
        .map(|(_, name)| name.as_str())
        .collect();
    let expected = if wanted.is_empty() {
        "a column with the text (text, content, body, noi_dung, html; or say --column text=NAME)".to_owned()
    } else {
        format!("the column {}", wanted.join(" or "))
    };
    format!("expected {expected}, found the columns: {}", listed(names))
}

/// The names of columns as a message has them.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.take(60).map(|name| name.trim().chars().take(40).collect()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_guessed_from_names_in_any_case_and_spelling() {
        let names = ["Mã bài", "TIÊU ĐỀ", "ngay_dang", "Nội dung", "Đường dẫn", "tác giả"];
        let columns = Columns::of(names.into_iter(), &[]);
        let places: Vec<_> = Role::ALL.iter().map(|role| columns.place(*role)).collect();
        assert_eq!(places, [Some(3), None, Some(1), Some(5), Some(2), Some(4), Some(0)]);
    }

    #[test]
    fn what_was_asked_for_goes_before_any_guess_and_is_not_replaced_by_one() {
        let names = ["text", "ban_in", "date"];
        let asked = [(Role::Text, "Bản in".to_owned()), (Role::Published, "ngày in".to_owned())];
        let columns = Columns::of(names.into_iter(), &asked);
        assert_eq!((columns.place(Role::Text), columns.place(Role::Published)), (Some(1), None));
    }

    #[test]
    fn a_table_without_text_says_which_columns_there_are() {
        let found = no_text(["stt", "gia"].into_iter(), &[]);
        assert!(found.ends_with("found the columns: stt, gia") && found.contains("--column text=NAME"), "{found}");
        assert!(
            no_text(["stt"].into_iter(), &[(Role::Text, "bai".to_owned())]).starts_with("expected the column bai,")
        );
    }

    #[test]
    fn a_quick_look_finds_every_name_for_a_text() {
        for cell in ["Nội dung", "\"Bài viết\"", " full-text ", "HTML", "main text"] {
            assert!(may_be_text(cell.as_bytes()), "{cell}");
        }
        assert!(may_be_text(b"n\xf6i dung")); // an old encoding: who knows
        for cell in ["tăng 5", " trong đó nội dung chính là bàn về thuỷ lợi", ""] {
            assert!(!may_be_text(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn guesses_are_written_as_keys() {
        for guess in Role::ALL.iter().flat_map(|role| role.guesses()) {
            assert_eq!(key(guess), **guess);
        }
    }
}
