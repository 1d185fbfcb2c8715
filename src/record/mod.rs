//! `Record`: the flat, versioned row that leaves the program, made from an article and its reading alone.

use crate::article::Article;
use crate::claim::Reading;

/// What is written for one article.
#[derive(Debug, Clone)]
pub struct Record {
    /// The claims, as written.
    pub claims: Vec<ClaimRow>,
}

/// One claim, as written.
#[derive(Debug, Clone)]
pub struct ClaimRow {
    /// The quantity expression.
    pub text: String,
}

impl Record {
    /// The record of one article.
    #[must_use]
    pub fn new(_article: &Article, _reading: &Reading) -> Self {
        Self { claims: Vec::new() }
    }
}
