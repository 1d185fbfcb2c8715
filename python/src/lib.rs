//! The Python module `solieu._solieu`: `extract("Xã có 48/52 hộ thoát nghèo.")["claims"][0]["value"]` is 48.
//!
//! What Python sees is made here, and nothing is read here: rows become articles in the crate (`Rows`), the same loop as
//! the command line's reads them (`reading`), and the claims are the Arrow columns that Parquet files have.

mod extractor;
mod raised;
mod reading;

use pyo3::prelude::*;

#[pymodule]
mod _solieu {
    use arrow_pyarrow::ToPyArrow as _;
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::extractor::Extractor;

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    const SCHEMA_VERSION: &str = solieu::record::SCHEMA_VERSION;

    /// The schema of the claims that `extract_batch` gives, as a `pyarrow.Schema`: the columns of Parquet files. The
    /// metadata of a field has its `description`, `description_vi` and, where it measures something, `unit`.
    #[pyfunction]
    fn schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        solieu::sink::arrow::schema().to_pyarrow(py)
    }
}
