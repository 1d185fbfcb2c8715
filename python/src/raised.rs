//! Errors as Python's exceptions (`solieu/errors.py`): "row 3 (id 'b-7'), column 'text': expected a text, found null".

use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use solieu::Error;
use solieu::sink::store::Missed;

/// An exception of `solieu.errors`.
fn exception<'py>(py: Python<'py>, name: &str, arguments: impl PyCallArgs<'py>) -> PyErr {
    let class = py.import("solieu.errors").and_then(|module| module.getattr(name));
    let made = class.and_then(|class| class.call1(arguments));
    made.map_or_else(|failed| failed, PyErr::from_value)
}

/// Columns that cannot be read.
pub(crate) fn columns(py: Python<'_>, message: String) -> PyErr {
    exception(py, "ColumnError", (message,))
}

/// An article that could not be read: its row, where there are rows, its id, and the column of its text.
pub(crate) fn unread(py: Python<'_>, row: Option<u64>, id: Option<String>, column: &str, missed: &Missed) -> PyErr {
    exception(py, "UnreadError", (row, id, column, &missed.unread.stage, &missed.unread.message))
}

/// What stopped a run: files that the system refuses are `OSError`, the rest is `solieu.Error`.
pub(crate) fn error(py: Python<'_>, error: Error) -> PyErr {
    let message = error.to_string();
    match error {
        Error::Io { source, .. } => {
            let kind = PyErr::from(source);
            PyErr::from_type(kind.get_type(py), message)
        }
        _ => exception(py, "Error", (message,)),
    }
}
