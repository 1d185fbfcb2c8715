//! Any text gives some list of claims: no panic, every offset selects what it says, the same text the same record.
//!
//! Texts are composed of what the press writes, in an order that nobody writes ("tăng 3.4.5 tỷ (đạt 1/0 %, ngày 31/2"),
//! and cut out of the corpus at random places. `PROPTEST_CASES=20000 cargo test --test robust` looks longer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use solieu::Article;
use solieu::claim::amount;

const PIECES: &[&str] = &[
    "0",
    "1",
    "7",
    "12",
    "48/52",
    "9/0",
    "0/0",
    "1.250",
    "1.250,5",
    "3,14",
    "92,3%",
    "97,1 %",
    "0%",
    "100%",
    "22.8",
    "31/2",
    "11/05/2023",
    "30-4-1975",
    "1/13",
    "2023",
    "1.000.000.000.000",
    "99999999999999999999999999999999",
    "0,000000000000000000000000000001",
    "1e9",
    "007",
    "3-1",
    "2-3,5",
    "10x20x30",
    "5‰",
    "½",
    "²",
    "٣",
    "１２",
    "-5",
    "+7",
    "–3",
    "−4",
    "XIV",
    "XXI",
    "8h30",
    "24h",
    "15 giờ 30 phút",
    "38°C",
    "không",
    "một",
    "hai",
    "mốt",
    "tư",
    "lăm",
    "nhăm",
    "mười",
    "mươi",
    "trăm",
    "chục",
    "nghìn",
    "ngàn",
    "vạn",
    "triệu",
    "tỷ",
    "tỉ",
    "rưỡi",
    "nửa",
    "linh",
    "lẻ",
    "phẩy",
    "phần",
    "đôi",
    "k",
    "tr",
    "âm",
    "đồng",
    "đ",
    "USD",
    "đô la Mỹ",
    "VND",
    "$",
    "€",
    "km",
    "ha",
    "m2",
    "m²",
    "kg",
    "tấn",
    "tạ/ha",
    "km/h",
    "đồng/lít",
    "người",
    "hộ",
    "hộ nghèo",
    "đảng viên",
    "thôn",
    "xã",
    "tuổi",
    "lần",
    "điểm",
    "điểm phần trăm",
    "bàn",
    "phần trăm",
    "năm",
    "tháng",
    "quý I",
    "ngày",
    "giờ",
    "phút",
    "6 tháng đầu năm",
    "cùng kỳ năm trước",
    "cuối năm 2022",
    "từ năm",
    "đến năm",
    "giai đoạn",
    "nhiệm kỳ",
    "từ",
    "đến",
    "so với",
    "đạt",
    "bằng",
    "vượt",
    "tăng",
    "giảm",
    "còn",
    "lên",
    "xuống",
    "gấp",
    "chiếm",
    "kế hoạch",
    "chỉ tiêu",
    "Nghị quyết",
    "dự toán",
    "tỷ lệ",
    "tổng",
    "trong đó",
    "gồm",
    "bình quân",
    "mỗi",
    "khoảng",
    "hơn",
    "gần",
    "ít nhất",
    "trở lên",
    "không quá",
    "thứ",
    "hạng",
    "top",
    "tỷ số",
    "thắng",
    "quận",
    "số",
    "Điều",
    "Khoản",
    "Quyết định số 12/QĐ-UBND",
    "TP. Hồ Chí Minh",
    "T.Ư",
    "tỉnh Kon Tum",
    "toàn tỉnh",
    "cả nước",
    "Đảng bộ thành phố",
    "Công ty CP Hoa Mai (HMA)",
    "ông Nguyễn Văn A",
    "huyện Đăk Tô",
    "UBND",
    "THPT",
    "Việt Nam",
    "hoàn thành tốt nhiệm vụ",
    "kết nạp",
    "thu ngân sách",
    "sản lượng",
    "và",
    "hoặc",
    "của",
    "là",
    "theo",
    "tại",
    "các",
    "những",
    "này",
    "đã",
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    "\"",
    "'",
    ",",
    ".",
    ";",
    ":",
    "…",
    "...",
    "!",
    "?",
    "/",
    "-",
    "–",
    "—",
    "%",
    "*",
    "|",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{2028}",
    "\u{0}",
    "\u{1b}",
    "\u{300}",
    "\u{309}",
    "\u{323}\u{302}",
    "\u{202e}",
    "😀",
    "👨‍👩‍👧",
    "🇻🇳",
    "数",
    "İ",
    "ß",
    "ﬁ",
    "Ð",
    "ð",
    "𝟗",
    "Đ",
    "hòa",
    "hoà",
    "e\u{302}\u{301}",
];

static CORPUS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    files.dedup();
    files.iter().map(|file| fs::read_to_string(file).unwrap().chars().collect()).collect()
});

/// Pieces of the press, with and without spaces between them.
fn composed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![12 => select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    let joint = select(&[" ", " ", " ", " ", "", ", ", ". "][..]);
    prop::collection::vec((piece, joint), 0..40)
        .prop_map(|parts| parts.into_iter().map(|(piece, joint)| piece + joint).collect())
}

/// Two stretches of the corpus that meet where they were cut.
fn cut() -> impl Strategy<Value = String> {
    let stretch = || {
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..300).prop_map(|(file, from, len)| {
            let text = file.get(&CORPUS);
            let from = from.index(text.len());
            text[from..(from + len).min(text.len())].iter().collect::<String>()
        })
    };
    (stretch(), select(PIECES), stretch()).prop_map(|(one, between, two)| one + between + &two)
}

/// The words that a range of code points selects, or why it selects none.
fn selected(text: &[char], row: &Value) -> Result<String, String> {
    let at = |name: &str| row[name].as_u64().and_then(|n| usize::try_from(n).ok());
    match (at("start"), at("end")) {
        (Some(start), Some(end)) if start <= end && end <= text.len() => Ok(text[start..end].iter().collect()),
        found => Err(format!("expected a range of {} code points, found {found:?}", text.len())),
    }
}

/// Everything that must hold of any text.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let article = Article::from_text("a", text);
    let record = serde_json::to_value(solieu::extract(&article)).unwrap();
    let again = serde_json::to_value(solieu::extract(&article)).unwrap();
    prop_assert_eq!(&record, &again, "another record of the same text");

    let points: Vec<char> = article.text.chars().collect();
    let select = |row: &Value| selected(&points, row).map_err(TestCaseError::fail);
    let mut ids = Vec::new();
    let mut before = 0;
    for claim in record["claims"].as_array().unwrap() {
        prop_assert_eq!(select(claim)?, claim["text"].as_str().unwrap());
        let (start, end) = (claim["start"].as_u64().unwrap(), claim["end"].as_u64().unwrap());
        prop_assert!(start < end, "an empty claim: {claim}");
        prop_assert!(start >= before, "claims out of the order of the text: {claim}");
        before = start;
        let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
        let prefix: String = points[start.saturating_sub(32)..start].iter().collect();
        let suffix: String = points[end..(end + 32).min(points.len())].iter().collect();
        prop_assert_eq!(
            (prefix.as_str(), suffix.as_str()),
            (claim["prefix"].as_str().unwrap(), claim["suffix"].as_str().unwrap())
        );
        prop_assert!(
            select(&claim["sentence"])?.contains(claim["text"].as_str().unwrap()),
            "not in its sentence: {claim}"
        );
        prop_assert!(!claim["unit"].is_null());
        for (link, words) in [("entity", "mention"), ("property", "text"), ("period", "text"), ("reference", "text")] {
            let row = &claim[link];
            if !row.is_null() && !row["start"].is_null() {
                prop_assert_eq!(select(row)?, row[words].as_str().unwrap_or_default(), "{} of {}", link, claim);
            }
        }
        ids.push(claim["id"].as_str().unwrap().to_owned());
    }
    for check in record["checks"].as_array().unwrap() {
        for id in check["claims"].as_array().unwrap() {
            prop_assert!(ids.iter().any(|one| id == one.as_str()), "a check of no claim: {check}");
        }
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    prop_assert_eq!(ids.len(), count, "two claims with one id");

    for amount in amount::read(&article.text) {
        let row = serde_json::json!({"start": amount.start, "end": amount.end});
        prop_assert_eq!(select(&row)?, amount.bytes.slice(&article.text));
        prop_assert_eq!(amount.value.is_none(), amount.non_claim.is_some());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_the_press_in_any_order_give_a_sound_record(text in composed()) {
        holds(&text)?;
    }

    #[test]
    fn articles_cut_anywhere_give_a_sound_record(text in cut()) {
        holds(&text)?;
    }

    #[test]
    fn any_characters_at_all_give_a_sound_record(text in "\\PC{0,120}") {
        holds(&text)?;
    }
}
