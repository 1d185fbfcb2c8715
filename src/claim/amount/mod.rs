//! Numbers as the press writes them.
