//! Ties a number to what it speaks of.

pub mod gazetteer;
pub mod period;
