//! A panic inside one article is that article's misfortune: it becomes a message with its place in the source,
//! "internal error at src/claim/….rs:40:9: …", and the run goes on.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `body`; a panic becomes a message that says where it was.
pub(super) fn guarded<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    let around = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(body));
    GUARDED.set(around);
    outcome.map_err(|cause| {
        let place = PLACE.take().unwrap_or_default();
        format!("internal error{place}: {}", words(cause.as_ref()))
    })
}

fn words(cause: &(dyn Any + Send)) -> &str {
    match cause.downcast_ref::<String>() {
        Some(words) => words,
        None => cause.downcast_ref::<&str>().copied().unwrap_or("panic"),
    }
}

/// Keeps the place of a guarded panic instead of printing it; any other panic is told as before.
pub(super) fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                PLACE.set(info.location().map(|at| format!(" at {}:{}", at.file(), at.line())));
            } else {
                before(info);
            }
        }));
    });
}
