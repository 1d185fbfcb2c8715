//! Thin faces of the library: they convert, nothing else.

pub mod cli;
pub(crate) mod explained;
pub(crate) mod figures;
pub mod lang;
pub mod web;
pub(crate) mod wording;
