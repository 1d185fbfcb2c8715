//! The words of a page in the lines that a reader sees: blocks are paragraphs, a table row is "Đăk Mới | 67/69 | 97,1%".
//!
//! Whoever walks the page tells what opens, closes and stands in between; nothing here knows a parser.

/// What separates the next word from the one before; a stronger break swallows a weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Space,
    Line,
    Paragraph,
}

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Inline,
    Line,
    Paragraph,
    Row,
    Cell,
}

fn layout(tag: &str) -> Layout {
    match tag {
        "p" | "div" | "section" | "article" | "main" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote"
        | "figure" | "figcaption" | "table" | "ul" | "ol" | "dl" | "pre" | "header" | "center" | "address"
        | "details" | "hr" | "body" | "aside" | "caption" => Layout::Paragraph,
        "li" | "dt" | "dd" | "summary" | "option" => Layout::Line,
        "tr" => Layout::Row,
        "td" | "th" => Layout::Cell,
        _ => Layout::Inline,
    }
}

/// A row under construction.
#[derive(Debug)]
struct Row {
    /// What separates it from what stands before.
    before: Break,
    /// A cell has been opened.
    cell: bool,
    /// Something stands on its line.
    written: bool,
}

/// The text under construction.
#[derive(Debug)]
pub(super) struct Prose {
    out: String,
    due: Break,
    /// Open rows of tables of data: blocks inside a cell stay on the row's line.
    rows: Vec<Row>,
    /// Open tables, each with whether it only lays out the page.
    tables: Vec<bool>,
    links: usize,
    raised: bool,
    /// Where the current block began, and its letters inside and outside links.
    block: usize,
    linked: usize,
    free: usize,
    /// An inline element has just begun or ended: words of two of them must not glue.
    seam: bool,
}

impl Prose {
    pub(super) const fn new() -> Self {
        Self {
            out: String::new(),
            due: Break::None,
            rows: Vec::new(),
            tables: Vec::new(),
            links: 0,
            raised: false,
            block: 0,
            linked: 0,
            free: 0,
            seam: false,
        }
    }

    /// A table begins; one that only lays out the page has paragraphs for cells.
    pub(super) fn open_table(&mut self, lays_out: bool) {
        self.tables.push(lays_out);
        self.due(Break::Paragraph);
    }

    /// An element (no table) begins.
    pub(super) fn open(&mut self, tag: &str) {
        match self.layout(tag) {
            Layout::Inline => match tag {
                "br" => self.due(Break::Line),
                "a" => self.links += 1,
                "sup" => self.raised = true,
                _ => self.seam = true,
            },
            Layout::Line => self.due(Break::Line),
            Layout::Paragraph => self.due(Break::Paragraph),
            Layout::Row => {
                self.due(Break::Line);
                self.rows.push(Row { before: self.due, cell: false, written: false });
            }
            Layout::Cell => {
                if self.rows.last_mut().is_some_and(|row| std::mem::replace(&mut row.cell, true)) {
                    self.bar();
                }
            }
        }
    }

    /// An element ends.
    pub(super) fn close(&mut self, tag: &str) {
        match self.layout(tag) {
            Layout::Inline => match tag {
                "a" => {
                    self.links = self.links.saturating_sub(1);
                    self.seam = true;
                }
                "sup" => self.raised = false,
                _ => self.seam = true,
            },
            Layout::Line => self.due(Break::Line),
            Layout::Paragraph => self.due(Break::Paragraph),
            Layout::Row => {
                // what blocks in the last cell wanted is over; an empty row changes nothing
                let empty = self.rows.pop().filter(|row| !row.written);
                self.due = empty.map_or(Break::Line, |row| row.before);
            }
            Layout::Cell => {}
        }
        if tag == "table" {
            self.tables.pop();
        }
    }

    fn layout(&self, tag: &str) -> Layout {
        match layout(tag) {
            Layout::Row | Layout::Cell if self.tables.last() != Some(&false) => Layout::Paragraph,
            layout => layout,
        }
    }

    /// The border between two cells.
    fn bar(&mut self) {
        if self.rows.last().is_some_and(|row| !row.written) {
            self.separate(false);
        }
        self.out.push_str(if self.out.ends_with("| ") || self.out.ends_with('\n') { "| " } else { " | " });
        self.due = Break::None;
    }

    /// A separator that the page draws by its style: the place before a lead ("Hà Nội – Kim ngạch…").
    pub(super) fn dash(&mut self) {
        if !self.out.is_empty() && self.due < Break::Line {
            self.out.push_str(" – ");
            self.due = Break::None;
        }
    }

    /// Words.
    pub(super) fn text(&mut self, text: &str) {
        let first = text.chars().next();
        if first.is_some_and(char::is_whitespace) {
            self.due(Break::Space);
        }
        for word in text.split(is_space).filter(|w| !w.is_empty()) {
            let glued = self.due == Break::None && self.seam && self.glues(word);
            self.separate(glued);
            self.seam = false;
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            if self.links > 0 {
                self.linked += letters
            } else {
                self.free += letters
            }
            match word {
                "2" if self.raised => self.out.push('²'),
                "3" if self.raised => self.out.push('³'),
                _ => self.out.push_str(word),
            }
            self.due = Break::Space;
        }
        if self.due == Break::Space && !text.ends_with(is_space) {
            self.due = Break::None;
        }
    }

    /// "Nội" + "Kim": a small letter or a digit, then a capital, in two inline elements.
    fn glues(&self, word: &str) -> bool {
        let before = self.out.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        let mut after = word.chars();
        before && after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase)
    }

    fn due(&mut self, due: Break) {
        self.due = self.due.max(due);
    }

    fn separate(&mut self, glued: bool) {
        let due = match self.rows.last_mut() {
            Some(row) if row.written => self.due.min(Break::Space), // a cell is on one line
            Some(row) => {
                row.written = true;
                row.before
            }
            None => self.due,
        };
        if due >= Break::Line {
            self.end_block();
        }
        if !self.out.is_empty() && !self.out.ends_with("| ") {
            match due {
                Break::None if glued => self.out.push(' '),
                Break::None => {}
                Break::Space => self.out.push(' '),
                Break::Line => self.out.push('\n'),
                Break::Paragraph => self.out.push_str("\n\n"),
            }
        }
        if due >= Break::Line {
            self.block = self.out.len();
        }
    }

    /// A block that is one link to another headline ("Xem thêm: …") is no prose of this article.
    fn end_block(&mut self) {
        if self.rows.is_empty() && self.linked >= 20 && self.free <= 12 {
            self.out.truncate(self.block);
            let end = self.out.trim_end().len();
            self.out.truncate(end);
        }
        (self.linked, self.free) = (0, 0);
        let end = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(end);
    }

    /// The text.
    pub(super) fn done(mut self) -> String {
        self.rows.clear();
        self.end_block();
        self.out
    }
}

/// Spaces that HTML folds into one; the no-break space is kept by browsers but separates words all the same.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<p>` opens, `</p>` closes, the rest is text.
    fn prose(marked: &str) -> String {
        let mut prose = Prose::new();
        for part in marked.split('<') {
            let (tag, text) = part.split_once('>').unwrap_or(("", part));
            match tag.strip_prefix('/') {
                Some(tag) => prose.close(tag),
                None if tag == "table" => prose.open_table(false),
                None if !tag.is_empty() => prose.open(tag),
                None => {}
            }
            prose.text(text);
        }
        prose.done()
    }

    #[test]
    fn blocks_lines_and_rows_are_laid_out() {
        for (marked, text) in [
            ("<p>Đạt\n 51%</p> <p>vượt</p>", "Đạt 51%\n\nvượt"),
            ("<p>một<br>hai</p>", "một\nhai"),
            ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
            (
                "<table><tr><th>Xã</th><th>Hộ</th></tr><tr><td><p>Đăk Mới</p></td><td></td><td>67/69</td></tr></table>",
                "Xã | Hộ\nĐăk Mới | | 67/69",
            ),
            ("<p>a</p><table><tr><td></td><td>Hộ</td></tr></table>b", "a\n\n| Hộ\n\nb"),
            ("<span>Hà Nội</span><span>Kim ngạch</span>", "Hà Nội Kim ngạch"),
            ("<b>H</b>à Nội <i>12</i>.500", "Hà Nội 12.500"),
            ("1.500 m<sup>2</sup>, 3 m<sup>3</sup>/s", "1.500 m², 3 m³/s"),
        ] {
            assert_eq!(prose(marked), text, "{marked}");
        }
    }

    #[test]
    fn a_block_that_is_only_a_link_elsewhere_is_left_out() {
        let text = prose(
            "<p>Đạt 51%.</p><p>Xem thêm: <a>Giá gạo xuất khẩu lập đỉnh mới</a></p><p>Theo <a>Sở Tài chính</a>, thu tăng.</p>",
        );
        assert_eq!(text, "Đạt 51%.\n\nTheo Sở Tài chính, thu tăng.");
    }
}
