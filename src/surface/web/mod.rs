//! The fact-checker's desk: pages on loopback where a journalist pastes an article and sees what does not add up.
//! `http://127.0.0.1:7878/` takes "9/11 thôn (chiếm 88,1%)" and shows both numbers marked, and why they cannot agree.
//!
//! A request is taken by one thread and answered by another (`Shell::answer`); nothing is kept in memory
//! between two of them: articles and what people say of claims are in the database.

mod added;
mod archive;
mod article;
mod asset;
mod correct;
mod desk;
mod guard;
mod marked;
mod missed;
mod paste;
pub mod report;
mod shell;
mod strings;
mod view;
mod words;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use crate::claim::lexicon::Lexicon;
use crate::error::Error;
pub use desk::Desk;

/// The most bytes of one request: the largest article and what a form says besides.
const BODY: usize = (16 << 20) + (64 << 10);

/// How to serve.
#[derive(Debug)]
pub struct Settings {
    /// Where to listen.
    pub address: SocketAddr,
    /// The database; none is a temporary one that goes when the server ends.
    pub database: Option<PathBuf>,
    /// Words of the user's own beside the built-in ones.
    pub lexicon: Option<Lexicon>,
}

/// Serves until Ctrl-C. `ready` is told the address once it can be opened.
///
/// # Errors
/// When the address is taken, or the database is none that can be used.
pub fn serve(settings: Settings, ready: impl FnOnce(SocketAddr, &Desk)) -> Result<(), Error> {
    let desk = Arc::new(Desk::open(settings.database, settings.lexicon)?);
    let refused =
        |expected| move |source| Error::Io { path: PathBuf::from(settings.address.to_string()), expected, source };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(4)
        .build()
        .map_err(refused("a thread that waits for requests"))?;
    let shown = Arc::clone(&desk);
    let served = runtime.block_on(async move {
        let listener =
            tokio::net::TcpListener::bind(settings.address).await.map_err(refused("an address that is free"))?;
        let address = listener.local_addr().map_err(refused("an address"))?;
        ready(address, &desk);
        axum::serve(listener, app(desk, !settings.address.ip().is_loopback()))
            .with_graceful_shutdown(stopped())
            .await
            .map_err(refused("requests"))
    });
    // Whoever keeps a page open does not keep the server.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    drop(shown);
    served
}

/// Every page. `remote` says that other machines may ask.
fn app(desk: Arc<Desk>, remote: bool) -> Router {
    let guarding = Arc::clone(&desk);
    Router::new()
        .route("/", get(paste::form))
        .route("/read", post(paste::read))
        .route("/bai/{id}", get(article::page))
        .route("/bai/{id}/{form}", get(article::take))
        .route("/bai/{id}/quen", post(article::forget))
        .route("/bai/{id}/them", get(missed::form).post(missed::add))
        .route("/bai/{id}/so/{claim}", get(correct::form).post(correct::judge))
        .route("/lang/{tag}", get(shell::choose))
        .route("/assets/{name}", get(asset::file))
        .merge(archive::routes())
        .fallback(shell::nothing)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn(move |request, next| guard::guarded(Arc::clone(&guarding), request, next, remote)))
        .with_state(desk)
}

/// Ctrl-C, or the end that a system asks for.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut end) = signal(SignalKind::terminate()) {
            let mut interrupt = std::pin::pin!(interrupt);
            std::future::poll_fn(|context| {
                let ended = end.poll_recv(context).is_ready() || interrupt.as_mut().poll(context).is_ready();
                if ended { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
            return;
        }
    }
    let _ = interrupt.await;
}
