//! What matching must not see.
