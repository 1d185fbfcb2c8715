//! Thin faces of the library: they convert, nothing else.

pub mod cli;
