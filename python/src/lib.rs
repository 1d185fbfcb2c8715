//! The Python module `solieu._solieu`: `extract("Xã có 48/52 hộ thoát nghèo.")` is the record as a dict.

use pyo3::prelude::*;

#[pymodule]
mod _solieu {
    #[pymodule_export]
    const SCHEMA_VERSION: &str = solieu::record::SCHEMA_VERSION;
}
