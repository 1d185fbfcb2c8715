//! The style and the script of the pages, which are part of the program: `/assets/desk.css`.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The style.
pub(super) const STYLE: &str = include_str!("assets/desk.css");

const FILES: [(&str, &str, &str); 4] = [
    ("archive.css", "text/css; charset=utf-8", include_str!("assets/archive.css")),
    ("desk.css", "text/css; charset=utf-8", STYLE),
    ("desk.js", "text/javascript; charset=utf-8", include_str!("assets/desk.js")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// Answers with a file.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, body)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "no-cache")], *body).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
