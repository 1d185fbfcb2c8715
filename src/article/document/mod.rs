//! Bytes → the text a reader sees.
