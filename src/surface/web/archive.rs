//! Pages over an archive: who said what number when, and where it was said otherwise. They are asked of the tables that
//! `solieu extract -o figures.sqlite` filled; articles that are pasted at the desk are not among them.
//!
//! A page is a file in the folder of this name, and a line in `routes`; one that people go to has one in `PAGES`
//! too. Its words stand in `strings/archive.tsv`. `/tim?q=thu+ngân+sách` finds claims, `/bai/{article}#c-138c71d17a5b`
//! is the marked page of any article of the database, at a claim.

mod chart;
mod contradictions;
mod entity;
mod reference;
mod rows;
mod search;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::desk::Desk;

/// The pages of the navigation: a path, and the key of its name.
pub(super) const PAGES: &[(&str, &str)] =
    &[("/tim", "archive.search"), ("/mau-thuan", "archive.contradictions"), ("/doi-chieu", "archive.reference")];

/// Every page over an archive.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/tim", get(search::page))
        .route("/thuc-the/{id}", get(entity::page))
        .route("/mau-thuan", get(contradictions::page))
        .route("/doi-chieu", get(reference::page))
}
