//! Administrative units of Viet Nam.

/// An administrative unit, resolved as of the article's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which code system: `vn-2025-06` (before 1 July 2025) or `vn-2025-07`.
    pub system: &'static str,
    /// The code of the General Statistics Office.
    pub code: String,
    /// The unit's full name with its type ("Thành phố Kon Tum").
    pub name: String,
    /// The code of its province in the same system.
    pub province: String,
    /// The units of the new system that it went into, when it is an old one: (code, full name).
    pub successors: Vec<(String, String)>,
}
