//! Pages over an archive: who said what number when, and where it was said otherwise. They are asked of the tables that
//! `solieu extract -o figures.sqlite` filled; articles that are pasted at the desk are not among them.
//!
//! A page is a function in this file or in a folder of its name, and a line in [`routes`]; one that people go to has
//! one in [`PAGES`] too. Its words stand in `strings/archive.tsv`:
//!
//! ```ignore
//! async fn search(State(desk): State<Arc<Desk>>, shell: Shell, Query(asked): Query<Asked>) -> Response {
//!     shell.answer(move |shell| {
//!         let archive = Archive::open(desk.path())?;          // its queries are in src/sink/sqlite/
//!         Ok(shell.page(shell.t("search.title"), &html! { … (words(&claim.text)) … }))
//!     }).await
//! }
//! ```
//!
//! `/bai/{article}#c-138c71d17a5b` is the marked page of any article of the database, at a claim. Words of articles go
//! through [`super::words::words`].

use std::sync::Arc;

use axum::Router;

use super::desk::Desk;

/// The pages of the navigation: a path, and the key of its name.
pub(super) const PAGES: &[(&str, &str)] = &[];

/// Every page over an archive.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
}
