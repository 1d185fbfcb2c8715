//! Numbers of things with sides: `5x20 m` of land, `1.280 x 800 pixel` of a screen, `6,7-inch`, `4,95"`.

use super::number::Number;
use super::reader::Reader;
use super::unit::{self, Unit};

impl Reader<'_, '_> {
    /// Whether a cross that multiplies stands at `at`: "x", "×", "*".
    fn crosses(&self, at: usize) -> bool {
        self.page.w(at) == "x" || self.page.s.is_mark(at, '×') || self.page.s.is_mark(at, '*')
    }

    /// Whether the number at `at` can be the length of a side.
    fn side(&self, at: usize) -> bool {
        self.page.s.is_number(at) && self.page.w(at).len() <= 5
    }

    /// One past the sides that go on behind `end`, at most three.
    fn sides_end(&self, end: usize) -> usize {
        let mut at = end;
        while at < end + 6 && at + 1 < self.hi && self.crosses(at) && self.side(at + 1) {
            at += 2;
        }
        at
    }

    /// `5x20 m`, `15,1x7,9x0,8cm`, a plot of `4*11`: all sides are in the unit of the last one, or in metres where land
    /// is measured.
    pub(super) fn dimension(&self, number: &Number) -> Option<Unit> {
        let page = self.page;
        let (start, end) = (number.start, number.end);
        if !number.in_digits || number.scaled || !self.side(start) {
            return None;
        }
        let last = self.sides_end(end);
        if last > end
            && let Some((unit @ Unit::Measure(..), _)) = unit::read(page, last, true, false)
        {
            return Some(unit);
        }
        let glued = |at: usize| self.crosses(at) && page.s.is_glued(at) && page.s.is_glued(at + 1);
        let forward = last > end && glued(end);
        let backward = start > self.lo + 1 && glued(start - 1) && self.side(start - 2);
        let land = || {
            (self.lo.max(start.saturating_sub(8))..start).any(|at| {
                matches!(page.w(at), "m2" | "nhà" | "đất" | "dt" | "lô" | "ngang" | "diện") && !page.s.is_number(at)
            })
        };
        ((forward || backward) && land()).then(|| Unit::Measure("m".to_owned(), "m".to_owned()))
    }

    /// `1.280 x 800 pixel`, "độ phân giải 320x320": one resolution, and where it ends.
    pub(super) fn screen(&self, number: &Number) -> Option<(Unit, usize)> {
        let page = self.page;
        let end = number.end + 2;
        if !number.in_digits || number.scaled || self.sides_end(number.end) != end || !self.side(number.start) {
            return None;
        }
        if let Some((unit @ Unit::Measure(..), end)) = unit::read(page, end, true, false).filter(|u| u.1 <= self.hi) {
            return matches!(&unit, Unit::Measure(name, _) if name == "pixel" || name == "px").then_some((unit, end));
        }
        let from = self.lo.max(number.start.saturating_sub(6));
        let resolution = (from..number.start).any(|at| page.w(at) == "phân" && page.w(at + 1) == "giải");
        resolution.then(|| (Unit::Measure("pixel".to_owned(), String::new()), end))
    }

    /// `6,7-inch`, and the marks of inches behind the size of a screen: `4,95"`.
    pub(super) fn inches(&self, number: &Number) -> Option<(Unit, usize)> {
        let page = self.page;
        let end = number.end;
        if !number.in_digits || number.scaled || !page.s.is_glued(end) || end >= self.hi {
            return None;
        }
        if page.s.is_mark(end, '-') && page.s.is_glued(end + 1) && end + 1 < self.hi {
            let (unit, end) = unit::read(page, end + 1, true, false)?;
            return matches!(&unit, Unit::Measure(name, _) if name == "inch").then_some((unit, end));
        }
        let doubled = page.s.is_mark(end, '\'') && page.s.is_mark(end + 1, '\'') && end + 1 < self.hi;
        let mark = ['"', '”', '″'].iter().any(|&c| page.s.is_mark(end, c));
        let from = self.lo.max(number.start.saturating_sub(8));
        let screen =
            || number.decimals > 0 && (from..number.start).any(|at| page.w(at) == "màn" && page.w(at + 1) == "hình");
        ((doubled || mark) && screen())
            .then(|| (Unit::Measure("inch".to_owned(), "[in_i]".to_owned()), end + 1 + usize::from(doubled)))
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::amount::read;

    fn shown(text: &str) -> String {
        read(text)
            .into_iter()
            .filter_map(|r| Some(format!("{} {}", r.value?, r.unit.unwrap_or_default())))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn every_side_is_in_the_unit_of_the_last_one() {
        assert_eq!(shown("Hộp có kích thước 15,1x7,9x0,8cm"), "15.1 cm; 7.9 cm; 0.8 cm");
        assert_eq!(shown("Bán lô đất 5x20 gần chợ"), "5 m; 20 m");
    }

    #[test]
    fn a_resolution_is_one_amount() {
        assert_eq!(shown("Màn hình 1.600 x 900 pixel rất nét"), "1600 pixel");
        assert_eq!(shown("Đồng hồ có độ phân giải 240x240."), "240 pixel");
    }

    #[test]
    fn screens_are_measured_in_inches_however_they_are_written() {
        assert_eq!(shown("Máy có màn hình 6,3-inch"), "6.3 inch");
        assert_eq!(shown("Máy dùng màn hình 4,7\" sáng"), "4.7 inch");
    }
}
