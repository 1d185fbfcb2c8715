//! What a unit is: `Thị xã Kỳ Anh` is a thị xã, of a district's rank, in Hà Tĩnh.

/// A set of types of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorts(u16);

impl Sorts {
    pub(super) const PROVINCE: Self = Self(1);
    pub(super) const CENTRAL_CITY: Self = Self(2);
    pub(super) const DISTRICT_CITY: Self = Self(4);
    pub(super) const QUAN: Self = Self(8);
    pub(super) const HUYEN: Self = Self(16);
    pub(super) const THI_XA: Self = Self(32);
    pub(super) const THI_TRAN: Self = Self(64);
    pub(super) const PHUONG: Self = Self(128);
    pub(super) const XA: Self = Self(256);
    pub(super) const DAC_KHU: Self = Self(512);
    /// Besides its own type: an island that is a special zone now.
    pub(super) const ISLAND: Self = Self(1024);
    pub(super) const TOP: Self = Self(1 | 2);
    pub(super) const MIDDLE: Self = Self(4 | 8 | 16 | 32);
    pub(super) const BOTTOM: Self = Self(64 | 128 | 256 | 512);
    pub(super) const ANY: Self = Self(2047);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What the unit may have been called some years before or after: a huyện becomes a thị xã, that a thành phố;
    /// a province a city under the centre; a xã a thị trấn or phường. A numbered quận is only that.
    pub(super) const fn nearly(self) -> Self {
        let mut wide = self.0;
        if self.meets(Self::TOP) {
            wide |= Self::TOP.0;
        }
        if self.meets(Self(4 | 16 | 32)) {
            wide |= Self::MIDDLE.0;
        }
        if self.meets(Self::XA) {
            wide |= 64 | 128;
        }
        if self.meets(Self::THI_TRAN) {
            wide |= 128;
        }
        Self(wide)
    }

    pub(super) fn of_cue(class: &str) -> Option<Self> {
        Some(match class {
            "PROVINCE" => Self::PROVINCE,
            "ANY_CITY" => Self::CENTRAL_CITY.or(Self::DISTRICT_CITY),
            "QUAN" => Self::QUAN,
            "HUYEN" => Self::HUYEN,
            "THI_XA" => Self::THI_XA,
            "THI_TRAN" => Self::THI_TRAN,
            "PHUONG" => Self::PHUONG,
            "XA" => Self::XA,
            "DAC_KHU" => Self::DAC_KHU,
            "ISLAND" => Self::ISLAND,
            _ => return None,
        })
    }
}

/// How big a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Ward,
    District,
    Province,
}

/// The number of a unit: its row, old ones first.
pub(super) type UnitId = u16;

#[derive(Debug)]
pub(super) struct Unit {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Its name before [`RENAMED_FROM`].
    pub(super) former: Option<&'static str>,
    pub(super) sorts: Sorts,
    pub(super) level: Level,
    pub(super) old: bool,
    pub(super) province: UnitId,
    /// Its district, in the old system; itself for a district; its province for a province or a new ward.
    pub(super) district: UnitId,
    /// Where its successors stand in the table.
    pub(super) went: (u32, u32),
}

/// The types as full names begin with them.
const TYPES: [(&str, Sorts, Level); 10] = [
    ("Xã ", Sorts::XA, Level::Ward),
    ("Phường ", Sorts::PHUONG, Level::Ward),
    ("Thị trấn ", Sorts::THI_TRAN, Level::Ward),
    ("Đặc khu ", Sorts::DAC_KHU, Level::Ward),
    ("Huyện ", Sorts::HUYEN, Level::District),
    ("Quận ", Sorts::QUAN, Level::District),
    ("Thị xã ", Sorts::THI_XA, Level::District),
    ("Thành phố ", Sorts::DISTRICT_CITY, Level::District),
    ("Thành phố ", Sorts::CENTRAL_CITY, Level::Province),
    ("Tỉnh ", Sorts::PROVINCE, Level::Province),
];

/// The type that a full name begins with, and the name without it: "Thành phố Kon Tum" is a city called Kon Tum, of a
/// district's rank or of a province's as `level` says.
pub(super) fn typed(full: &str, level: Level) -> Option<(Sorts, &str)> {
    TYPES.iter().filter(|row| row.2 == level).find_map(|row| Some((row.1, full.strip_prefix(row.0)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_has_its_type() {
        assert_eq!(typed("Thành phố Kon Tum", Level::District), Some((Sorts::DISTRICT_CITY, "Kon Tum")));
        assert_eq!(typed("Thành phố Huế", Level::Province), Some((Sorts::CENTRAL_CITY, "Huế")));
        assert_eq!(typed("Kon Tum", Level::Province), None);
    }

    #[test]
    fn near_types_stay_on_their_level() {
        assert!(Sorts::THI_XA.nearly().meets(Sorts::DISTRICT_CITY));
        assert!(!Sorts::THI_XA.nearly().meets(Sorts::TOP));
        assert!(!Sorts::QUAN.nearly().meets(Sorts::HUYEN));
        assert!(!Sorts::XA.nearly().meets(Sorts::MIDDLE));
    }
}
