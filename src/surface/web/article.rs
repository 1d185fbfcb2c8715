//! `/bai/a-0123456789abcdef`: an article with its claims marked, what does not add up, and every claim with what is known
//! of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::html;

use super::desk::Desk;
use super::marked::Text;
use super::shell::{Refused, Shell};
use super::words::words;

/// The page of one article.
pub(super) async fn page(State(desk): State<Arc<Desk>>, shell: Shell, Path(id): Path<String>) -> Response {
    shell
        .answer(move |shell| {
            let article = desk.notes()?.article(&id)?.ok_or(Refused::Missing)?;
            let record = desk.read(&article);
            let text = Text::of(&record, shell.lang);
            let title = article.title.clone().unwrap_or_else(|| article.text.chars().take(90).collect());
            let body = html! {
                h1 { (words(&title)) }
                article.text lang="vi" { (text.paragraphs()) }
            };
            Ok(shell.page(&title, &body))
        })
        .await
}
