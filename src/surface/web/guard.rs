//! What every request must show and every answer says. A page of another site cannot ask this server by a name of its
//! own that points at 127.0.0.1 (DNS rebinding), nor post a form to it; what an article brings along never runs.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::HttpBody as _;
use axum::extract::{FromRequestParts as _, Request};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::BODY;
use super::desk::Desk;
use super::shell::{Refused, Shell};

/// The most bytes of a body that are thrown away before it is refused.
const PATIENCE: usize = 1 << 30;

/// What stands in the head of every answer.
const HEAD: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request through that may be answered, and completes the head of the answer.
pub(super) async fn guarded(desk: Arc<Desk>, request: Request, next: Next, remote: bool) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let mut response = match refusal(request.method(), request.version(), request.headers(), remote) {
        None if length.is_some_and(|length: u64| length > BODY as u64) => too_large(&desk, request).await,
        None => next.run(request).await,
        Some((status, why)) => (status, format!("solieu: {why}\n")).into_response(),
    };
    let head = response.headers_mut();
    for (name, value) in HEAD {
        head.insert(name, HeaderValue::from_static(value));
    }
    if !head.contains_key(header::CACHE_CONTROL) {
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Says that a body is too large once it has come: a browser that is cut off while it sends shows no answer.
async fn too_large(desk: &Arc<Desk>, request: Request) -> Response {
    let (mut parts, mut body) = request.into_parts();
    let Ok(shell) = Shell::from_request_parts(&mut parts, desk).await;
    let mut left = PATIENCE;
    while let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        left = left.saturating_sub(frame.data_ref().map_or(0, |data| data.len()));
        if left == 0 {
            break;
        }
    }
    shell.refused(&Refused::Unusable(StatusCode::PAYLOAD_TOO_LARGE, shell.t("error.large").to_owned()))
}

/// Why a request is not answered.
fn refusal(method: &Method, version: Version, head: &HeaderMap, remote: bool) -> Option<(StatusCode, String)> {
    let word = |name: HeaderName| head.get(name).map(|value| value.to_str().unwrap_or("?"));
    let Some(host) = word(header::HOST).or((version < Version::HTTP_11).then_some("127.0.0.1")) else {
        return Some((StatusCode::BAD_REQUEST, "expected a Host, found none".to_owned()));
    };
    if !is_ours(host, remote) {
        let why = format!("expected the Host 127.0.0.1 or localhost, found “{}”", shown(host));
        return Some((StatusCode::MISDIRECTED_REQUEST, why));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    // Only a page of this server may change something. A browser that hides the Origin (it is "null" under
    // no-referrer) still says whether the page is of the same one.
    let own = word(HeaderName::from_static("sec-fetch-site"));
    let may = match word(header::ORIGIN) {
        Some("null") => own == Some("same-origin"),
        Some(origin) => origin.strip_prefix("http://") == Some(host) && own.is_none_or(|own| own == "same-origin"),
        None => own.is_none_or(|own| own == "same-origin"),
    };
    (!may)
        .then(|| (StatusCode::FORBIDDEN, "expected a form of this server's own page, found one of another".to_owned()))
}

/// Whether `host` names this machine in a way that no other site can make its own: no name but localhost.
fn is_ours(host: &str, remote: bool) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, port)) if port.is_empty() || is_port(port) => name,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if is_port(&format!(":{port}")) => name,
            Some(_) => return false,
            None => host,
        },
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || remote)
}

fn is_port(port: &str) -> bool {
    port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
}

/// Words of a request in an answer: short, and nothing in them acts.
fn shown(word: &str) -> String {
    word.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method, head: &[(&'static str, &str)], remote: bool) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in head {
            map.insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        refusal(&method, Version::HTTP_11, &map, remote).map(|(status, _)| status.as_u16())
    }

    #[test]
    fn only_loopback_and_localhost_are_hosts() {
        for host in ["127.0.0.1:7878", "localhost:9000", "[::1]:7878", "LOCALHOST", "127.0.0.1"] {
            assert_eq!(asked(Method::GET, &[("host", host)], false), None, "{host}");
        }
        for host in
            ["evil.example", "127.0.0.1.evil.example:7878", "192.168.1.4:7878", "localhost:x", "[::1", "0.0.0.0"]
        {
            assert_eq!(asked(Method::GET, &[("host", host)], false), Some(421), "{host}");
        }
        assert_eq!(asked(Method::GET, &[], false), Some(400));
        assert_eq!(asked(Method::GET, &[("host", "192.168.1.4:7878")], true), None);
        assert_eq!(asked(Method::GET, &[("host", "evil.example")], true), Some(421));
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let post = |head: &[(&'static str, &str)]| {
            let all = [&[("host", "127.0.0.1:7878")], head].concat();
            asked(Method::POST, &all, false)
        };
        assert_eq!(post(&[("origin", "http://127.0.0.1:7878")]), None);
        assert_eq!(post(&[("origin", "null"), ("sec-fetch-site", "same-origin")]), None);
        assert_eq!(post(&[]), None, "no browser");
        for origin in ["http://evil.example", "null", "https://127.0.0.1:7878", "http://127.0.0.1:1"] {
            assert_eq!(post(&[("origin", origin)]), Some(403), "{origin}");
        }
        assert_eq!(post(&[("origin", "null"), ("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(post(&[("sec-fetch-site", "same-site")]), Some(403));
    }
}
