//! **solieu** (*số liệu*, "figures") reads Vietnamese articles and writes down every numeric claim in them.
//!
//! The flow is the folder list: [`article`] turns bytes into text with positions, [`claim`] finds what the text
//! says in numbers, links and checks it, [`record`] is what leaves the program, [`review`] holds records
//! against each other, [`sink`] writes them.
//!
//! ```
//! let article = solieu::Article::from_text("a-1", "Xã Đăk Năng có 48/52 hộ thoát nghèo (đạt 92,3%).");
//! let record = solieu::extract(&article);
//! assert_eq!(record.claims[0].text, "48/52");
//! ```

pub mod article;
pub mod claim;
pub mod error;
pub mod record;
pub mod review;
pub mod run;
pub mod sink;
pub mod surface;

pub use article::Article;
pub use claim::lexicon::Lexicon;
pub use error::{Error, Fault};
pub use record::Record;

/// Reads one article: a pure, serial function of the article alone.
#[must_use]
pub fn extract(article: &Article) -> Record {
    extract_with(article, Lexicon::built_in())
}

/// [`extract`] with the words of `lexicon`.
#[must_use]
pub fn extract_with(article: &Article, lexicon: &Lexicon) -> Record {
    record::Record::new(article, &claim::read_with(article, lexicon))
}
