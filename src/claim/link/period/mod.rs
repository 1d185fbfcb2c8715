//! When a claim holds: the time expression that scopes it ("cuối năm 2022"), and the days it stands for.

mod days;
mod digits;
pub mod resolve;
mod units;
