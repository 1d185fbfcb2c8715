//! Administrative units of Viet Nam: which one a phrase names or belongs to, in the system in force when the article
//! was written.
//!
//! `Đảng bộ thành phố Kon Tum` in May 2023 is district 608 of `vn-2025-06`, whose successors are six units of
//! `vn-2025-07`; `huyện Châu Thành` alone is ten districts, and the article's own province decides which.
//! The rules and the sources of the tables are in `docs/places.md`.

mod fold;
mod resolve;
mod scene;
mod spot;
mod table;
mod unit;
mod words;

pub use resolve::{begins_unit, is_unit_name, names_unit, names_unit_at, place};
pub use scene::Scene;

/// An administrative unit, resolved as of the article's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which code system: `vn-2025-06` (before 1 July 2025) or `vn-2025-07`.
    pub system: &'static str,
    /// The code of the General Statistics Office.
    pub code: &'static str,
    /// The unit's full name with its type, as it was at the article's date ("Thành phố Kon Tum").
    pub name: &'static str,
    /// The code of its province in the same system; its own code when it is a province.
    pub province: &'static str,
    /// The units of the new system that it went into, when it is an old one: (code, full name), by code. A province
    /// has one, a district all the communes and wards that took up its own.
    pub successors: Vec<(&'static str, &'static str)>,
}

/// The names of the provinces of both systems without their types: "Bắc Giang", "Hà Nội".
pub fn provinces() -> impl Iterator<Item = &'static str> {
    let units = table::table().units.iter().filter(|unit| unit.level == unit::Level::Province);
    units.map(|unit| ["Tỉnh ", "Thành phố "].iter().find_map(|sort| unit.name.strip_prefix(sort)).unwrap_or(unit.name))
}

/// What a phrase says about where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// The unit that the phrase names, or that the organisation it names belongs to.
    Unit(Place),
    /// Units between which neither the phrase nor the article decides (at most 24 of them). A single one means: the
    /// only commune of that name, but in a province that the article never mentions.
    Ambiguous(Vec<Place>),
    /// No unit of Viet Nam, or several at once ("Hà Nội - Hải Phòng").
    None,
}

impl Resolved {
    /// The unit, if there is exactly one.
    #[must_use]
    pub fn unit(self) -> Option<Place> {
        match self {
            Self::Unit(place) => Some(place),
            Self::Ambiguous(_) | Self::None => None,
        }
    }
}
