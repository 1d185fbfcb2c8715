//! Records against records and against reference figures: one article says that a province collected "6.271 tỷ đồng" in
//! 2023, another says "6.217 tỷ đồng", the statistics office says 6.271,3.
//!
//! The heart is [`compare`]: a pure function of two [`Figure`]s that says whether they agree, agree as rounded, are a
//! revision, speak of other moments, contradict each other, or cannot be compared, and why. [`contradiction`] asks it
//! of the figures of an archive, [`mod@reference`] of figures and a table that a person brings.

mod compare;
pub mod contradiction;
mod figure;
mod moment;
mod reason;
pub mod reference;
mod row;
mod said;
mod thing;
mod value;
mod who;

pub use compare::{Comparison, Outcome, Why, compare};
pub use figure::{AFTER, Figure, Words, date};
pub use who::{Who, words_of};
