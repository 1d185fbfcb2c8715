//! The kinds as they are written (`target_percentage` …), each with its documentation: the one table behind
//! `solieu kinds`, the schema and the README. "đạt 146,15% so với Nghị quyết" is a `target_percentage`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::claim;

/// One kind of claim with its documentation.
#[derive(Debug, Clone, Copy)]
pub struct KindDoc {
    /// The kind.
    pub kind: claim::Kind,
    /// Its name in a record.
    pub name: &'static str,
    /// Its name in Vietnamese, as `explain` prints it.
    pub vietnamese: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// What it is, in Vietnamese.
    pub nghia: &'static str,
    /// How the press says it; the quantity expression is what stands in `[ ]`.
    pub example: &'static str,
}

macro_rules! kinds {
    ($($kind:ident $name:literal $vietnamese:literal $meaning:literal $nghia:literal $example:literal;)*) => {
        /// How a claim's number is said, as written in a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $(#[doc = $meaning] $kind,)*
        }

        impl From<claim::Kind> for Kind {
            fn from(kind: claim::Kind) -> Self {
                match kind { $(claim::Kind::$kind => Self::$kind,)* }
            }
        }

        impl Kind {
            /// The kind's documentation.
            #[must_use]
            pub fn doc(self) -> &'static KindDoc {
                &KINDS[self as usize]
            }

            /// The kind with this name in a record.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                KINDS.iter().find(|doc| doc.name == name).map(|doc| doc.kind.into())
            }

            /// The name as written in a record.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.doc().name
            }
        }

        /// Every kind, in the order of precedence: the first that fits is the kind of a claim.
        pub const KINDS: &[KindDoc] = &[
            $(KindDoc {
                kind: claim::Kind::$kind, name: $name, vietnamese: $vietnamese, meaning: $meaning, nghia: $nghia,
                example: $example,
            },)*
        ];
    };
}

kinds! {
    Change "change" "mức thay đổi"
        "A difference, as an amount or a percentage." "Phần tăng hoặc giảm, theo lượng hoặc phần trăm."
        "thu ngân sách tăng [6,4%] so với cùng kỳ";
    Multiple "multiple" "số lần"
        "How many times another level." "Gấp (hoặc bằng) bao nhiêu lần một mức khác."
        "sản lượng gấp [1,8 lần] năm trước";
    TargetPercentage "target_percentage" "tỷ lệ so với chỉ tiêu"
        "A percentage of a plan, target, resolution, estimate or quota."
        "Phần trăm của kế hoạch, chỉ tiêu, nghị quyết, dự toán."
        "đạt [104,5%] chỉ tiêu Nghị quyết";
    Ratio "ratio" "phần trên tổng"
        "Part of a whole, both as numbers." "Một phần trên tổng số, cả hai đều là số."
        "[48/52] hộ thoát nghèo";
    Percentage "percentage" "tỷ lệ"
        "Every other percentage." "Mọi phần trăm khác."
        "tỷ lệ che phủ rừng đạt [63,2%]";
    Rate "rate" "mức trên đơn vị"
        "An amount per unit, in one expression." "Lượng tính trên một đơn vị."
        "thu nhập [47,5 triệu đồng/người/năm]";
    Money "money" "số tiền"
        "An amount of money." "Số tiền."
        "tổng vốn [1.340 tỷ đồng]";
    Measurement "measurement" "số đo"
        "An amount in a unit of measure." "Lượng theo đơn vị đo."
        "tuyến đường dài [12,8 km]";
    Age "age" "tuổi"
        "An age." "Tuổi."
        "cụ bà [94 tuổi]";
    Duration "duration" "thời lượng"
        "A length of time." "Khoảng thời gian."
        "sau [30 phút] chữa cháy";
    Count "count" "số lượng"
        "A number of discrete things or people." "Số người hoặc vật đếm được."
        "có [212] chi bộ";
    Rank "rank" "thứ hạng"
        "A position." "Vị trí xếp hạng."
        "đứng [thứ 3] toàn quốc";
    Score "score" "tỷ số"
        "The result of a match." "Kết quả trận đấu."
        "thắng [3-1]";
}

/// The table of kinds in Markdown, as it stands in README.md.
#[must_use]
pub fn table() -> String {
    let mut out = String::from("| kind | what it is | example |\n|---|---|---|\n");
    for doc in KINDS {
        let _ = writeln!(out, "| `{}` | {} | {} |", doc.name, doc.meaning, bold(doc.example));
    }
    out
}

/// The same in Vietnamese, as it stands in README.vi.md.
#[must_use]
pub fn bang() -> String {
    let mut out = String::from("| loại | tiếng Việt | nghĩa | ví dụ |\n|---|---|---|---|\n");
    for doc in KINDS {
        let _ = writeln!(out, "| `{}` | {} | {} | {} |", doc.name, doc.vietnamese, doc.nghia, bold(doc.example));
    }
    out
}

fn bold(example: &str) -> String {
    example.replace(['[', ']'], "**")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_the_table_is_the_name_in_a_record() {
        for (at, doc) in KINDS.iter().enumerate() {
            let kind = Kind::from(doc.kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", doc.name));
            assert_eq!(kind as usize, at);
        }
    }

    #[test]
    fn each_example_marks_its_quantity() {
        for doc in KINDS {
            assert!(doc.example.contains('[') && doc.example.contains(']'), "{}", doc.name);
        }
    }
}
