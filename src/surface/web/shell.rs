//! What every page stands in: head, navigation, the switch between the languages, and pages that say what went wrong.
//! `shell.page("Tìm", html! { … })` is a whole page.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::desk::Desk;
use super::strings::string;
use super::words::words;
use super::{archive, strings};
use crate::error::Error;
use crate::surface::lang::Lang;

/// What a page knows of its request.
#[derive(Debug, Clone)]
pub(super) struct Shell {
    /// The language of the pages.
    pub(super) lang: Lang,
    /// The path and query that were asked for.
    pub(super) here: String,
    /// The database's name; none for a temporary one.
    pub(super) database: Option<String>,
}

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) enum Refused {
    /// Nothing stands there.
    Missing,
    /// What was sent cannot be used; the words are for people, in their language.
    Unusable(StatusCode, String),
    /// The database refused.
    Broken(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl FromRequestParts<Arc<Desk>> for Shell {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Infallible> {
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
        Ok(Self { lang: chosen(&parts.headers), here, database: desk.name() })
    }
}

/// The language that the cookie says.
fn chosen(head: &HeaderMap) -> Lang {
    let cookies = head.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut named = cookies.flat_map(|line| line.split(';')).filter_map(|one| one.trim().strip_prefix("lang="));
    named.find_map(Lang::of).unwrap_or_default()
}

impl Shell {
    /// The words of `key` in the language of the page.
    pub(super) fn t(&self, key: &'static str) -> &'static str {
        string(key, self.lang)
    }

    /// The words of a key that is put together.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        strings::find(key, self.lang)
    }

    /// Makes an answer in a thread of its own: reading an article and asking the database take their time.
    pub(super) async fn answer(
        self,
        make: impl FnOnce(&Self) -> Result<Response, Refused> + Send + 'static,
    ) -> Response {
        let shell = self.clone();
        match tokio::task::spawn_blocking(move || make(&shell)).await {
            Ok(Ok(response)) => response,
            Ok(Err(refused)) => self.refused(&refused),
            Err(_) => self.refused(&Refused::Broken(Error::Internal(self.t("error.internal").to_owned()))),
        }
    }

    /// A whole page with `body` as its main part.
    pub(super) fn page(&self, title: &str, body: &Markup) -> Response {
        Html(self.html(title, body).into_string()).into_response()
    }

    /// A page that says why there is none.
    pub(super) fn refused(&self, refused: &Refused) -> Response {
        let (status, said) = match refused {
            Refused::Missing => (StatusCode::NOT_FOUND, self.t("error.missing").to_owned()),
            Refused::Unusable(status, said) => (*status, said.clone()),
            Refused::Broken(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        };
        let body = html! {
            section.notice.bad role="alert" {
                h1 { (self.t("error.title")) }
                p { (words(&said)) }
                p { a href="/" { (self.t("error.back")) } }
            }
        };
        (status, self.page(self.t("error.title"), &body)).into_response()
    }

    fn html(&self, title: &str, body: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) dir="ltr" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (super::words::plain(title)) " – solieu" }
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/assets/desk.css";
                    script src="/assets/desk.js" defer {}
                }
                body {
                    a.skip href="#main" { (self.t("nav.skip")) }
                    (self.header())
                    main #main tabindex="-1" { (body) }
                    (self.footer())
                }
            }
        }
    }

    fn header(&self) -> Markup {
        let at = self.here.split('?').next().unwrap_or("/");
        let is_here = |path: &str| if path == "/" { at == "/" } else { at.starts_with(path) };
        html! {
            header.top {
                a.brand href="/" { span.brand-mark aria-hidden="true" { "số" } "solieu" }
                nav aria-label=(self.t("nav.label")) {
                    ul {
                        @for (path, key) in [("/", "nav.read")].iter().chain(archive::PAGES) {
                            li { a href=(path) aria-current=[is_here(path).then_some("page")] { (self.t(key)) } }
                        }
                    }
                }
                (self.languages())
            }
        }
    }

    fn languages(&self) -> Markup {
        html! {
            div.languages role="group" aria-label=(self.t("nav.language")) {
                @for (lang, name) in [(Lang::Vi, "Tiếng Việt"), (Lang::En, "English")] {
                    @let href = format!("/lang/{}?back={}", lang.tag(), encoded(&self.here));
                    a href=(href) lang=(lang.tag()) hreflang=(lang.tag()) aria-current=[(lang == self.lang).then_some("true")] { (name) }
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer {
                p {
                    @match &self.database {
                        Some(name) => { (self.t("foot.kept")) " " b { (words(name)) } "." }
                        None => (self.t("foot.temporary")),
                    }
                    " " (self.t("foot.local"))
                }
            }
        }
    }
}

/// The letters of a path and query that may stand in another query.
pub(super) fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a String cannot fail
        }
        out
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Back {
    back: Option<String>,
}

/// `/lang/en?back=/`: keeps the language in a cookie and goes back to where it was chosen.
pub(super) async fn choose(Path(tag): Path<String>, Query(Back { back }): Query<Back>) -> Response {
    // A path of this server and nothing else: "//evil.example" and "/\evil.example" are hosts to a browser.
    let ours = |path: &String| {
        path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.contains(|c: char| c.is_control())
    };
    let back = back.filter(ours).unwrap_or_else(|| "/".to_owned());
    let mut response = Redirect::to(&back).into_response();
    if let Some(lang) = Lang::of(&tag) {
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly", lang.tag());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Where no page is.
pub(super) async fn nothing(State(_): State<Arc<Desk>>, shell: Shell) -> Response {
    shell.refused(&Refused::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_unless_the_cookie_says_english() {
        let of = |cookie: &str| {
            let mut head = HeaderMap::new();
            head.insert(header::COOKIE, cookie.parse().unwrap());
            chosen(&head)
        };
        assert_eq!(of("a=b; lang=en"), Lang::En);
        assert_eq!(of("lang=fr"), Lang::Vi);
        assert_eq!(chosen(&HeaderMap::new()), Lang::Vi);
    }

    #[test]
    fn a_path_in_a_query_keeps_to_itself() {
        assert_eq!(encoded("/tim?q=xã&k=1"), "/tim%3Fq%3Dx%C3%A3%26k%3D1");
    }
}
