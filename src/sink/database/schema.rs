//! The tables, column by column with what each means: an article has sentences, a sentence has claims ("48/52"), a
//! claim is about an entity ("Đảng bộ xã Đăk Tơ"), a check holds claims against each other.

use super::table::{Column, Dialect, Link, Table, Type, column, number, text, whole};

/// The version of the tables: thousands are breaking, units add to them.
pub const VERSION: u32 = 1000;

/// What marks a SQLite file as ours: "soli".
pub const APPLICATION: u32 = 0x736F_6C69;

/// Every table, each after those that it points at.
pub const TABLES: [&Table; 8] = [&RUNS, &ENTITIES, &ARTICLES, &SENTENCES, &CLAIMS, &CHECKS, &CHECK_CLAIMS, &FAULTS];

const ARTICLE: Column = text("article_id", "The article.", "Bài viết").needed();

/// Runs of the program.
pub static RUNS: Table = Table {
    name: "runs",
    title: "Lần chạy",
    meaning: "One run of the program over an archive.",
    nghia: "Mỗi dòng là một lần chạy chương trình trên một kho bài.",
    key: &["id"],
    label: None,
    links: &[],
    indexes: &[],
    columns: &[
        whole("id", "Number of the run, from 1.", "Số thứ tự của lần chạy").needed(),
        text("key", "The same for the same program, options and inputs.", "Mã của chương trình, tùy chọn và đầu vào")
            .needed(),
        text("version", "Version of the program.", "Phiên bản chương trình").needed(),
        text("record_version", "Version of the record's shape.", "Phiên bản khuôn dạng bản ghi").needed(),
        text("arguments", "The command as it was typed.", "Lệnh đã gõ"),
        text("started", "When it began (RFC 3339, UTC).", "Bắt đầu lúc (giờ UTC)").needed(),
        text(
            "finished",
            "When it ended; empty while it runs, or after it was stopped.",
            "Kết thúc lúc; trống nếu chưa xong",
        ),
        whole("articles", "Articles written.", "Số bài đã ghi"),
        whole("claims", "Claims written.", "Số số liệu đã ghi"),
        whole("unread", "Articles that could not be read.", "Số bài không đọc được"),
        column("checkpoint", Type::Json, "How far it got, for --resume.", "Đã đọc đến đâu, để chạy tiếp bằng --resume"),
    ],
};

/// Entities.
pub static ENTITIES: Table = Table {
    name: "entities",
    title: "Chủ thể",
    meaning: "Who or what claims are about: one row for each name, type and place.",
    nghia: "Mỗi dòng là một chủ thể (tổ chức, địa phương, người…) mà số liệu nói về.",
    key: &["id"],
    label: Some("name"),
    links: &[],
    indexes: &["place_system, place_code"],
    columns: &[
        text("id", "Stable id: a hash of name, type and place.", "Mã cố định, tính từ tên, loại và địa bàn").needed(),
        text("name", "The fullest name that the article gives.", "Tên đầy đủ nhất trong bài").needed().indexed(),
        text(
            "folded",
            "The name in small letters, with tone marks in one place: the same however it is spelt.",
            "Tên viết thường, dấu thanh đặt thống nhất, để gộp các cách viết",
        )
        .needed()
        .indexed(),
        text("type", "organization, place, person, product, event, group, other.", "Loại chủ thể").needed().facet(),
        text(
            "place_system",
            "System of place_code: vn-2025-06 (before 1 July 2025) or vn-2025-07.",
            "Hệ mã đơn vị hành chính",
        ),
        text("place_code", "Code of the administrative unit that it is or belongs to.", "Mã đơn vị hành chính"),
        text("place_name", "Full name of that unit.", "Tên đơn vị hành chính").facet(),
        text("province_code", "Code of its province in the same system.", "Mã tỉnh, thành phố trong cùng hệ mã")
            .facet(),
        column(
            "successors",
            Type::Json,
            "Units of the new system that an old one went into: system, code, name.",
            "Các đơn vị mới sau sáp nhập",
        ),
    ],
};

/// Articles.
pub static ARTICLES: Table = Table {
    name: "articles",
    title: "Bài viết",
    meaning: "One article.",
    nghia: "Mỗi dòng là một bài viết.",
    key: &["id"],
    label: Some("title"),
    links: &[],
    indexes: &[],
    columns: &[
        text("id", "The id that the input gave, else a hash of the text; a second article with the id of another has `~` and a hash of its source after it.", "Mã bài viết").needed(),
        text("title", "Headline.", "Tiêu đề"),
        text("published", "Publication date (RFC 3339 or YYYY-MM-DD).", "Ngày đăng").indexed(),
        text("author", "Author or byline.", "Tác giả"),
        text("url", "Address, as the input says it.", "Địa chỉ"),
        text("source", "Where it was read.", "Đọc từ tệp nào").indexed(),
        text("language", "BCP 47 language tag.", "Ngôn ngữ").needed(),
        text("encoding", "Character encoding that the bytes were read with.", "Bảng mã của tệp gốc").facet(),
        text("reader", "How the text was found in the input.", "Cách lấy được nội dung").facet(),
        text("text", "The text (NFC) that offsets point into; empty with --no-text.", "Nội dung"),
        text("duplicate_of", "The first article with the same text; this one then has no claims of its own.", "Trùng với bài nào").to("articles"),
        whole("claims", "Number of claims.", "Số số liệu trong bài").needed(),
        whole("inconsistent", "Number of checks whose numbers cannot agree.", "Số phép kiểm tra không khớp").needed().facet(),
        text("digest", "Hash of all that was written for the article: same digest, nothing to do.", "Mã băm của mọi dòng thuộc bài").needed(),
        whole("run_id", "The run that wrote it last.", "Lần chạy ghi bài này sau cùng").needed().to("runs"),
    ],
};

/// Sentences with claims.
pub static SENTENCES: Table = Table {
    name: "sentences",
    title: "Câu",
    meaning: "One sentence that holds claims; full-text search is over these.",
    nghia: "Mỗi dòng là một câu có số liệu; tìm toàn văn ở bảng này.",
    key: &["article_id", "start_offset"],
    label: Some("text"),
    links: &[],
    indexes: &[],
    columns: &[
        column("id", Type::Serial, "Row number for full-text search (SQLite only).", "Số dòng, dùng cho tìm toàn văn"),
        ARTICLE.to("articles"),
        whole("start_offset", "First code point in the article's text.", "Vị trí đầu trong bài").needed(),
        whole("end_offset", "One past the last code point.", "Vị trí cuối trong bài").needed(),
        text("text", "The sentence; with --no-text the words around its first claim.", "Câu văn").needed(),
        text(
            "respelt",
            "The sentence with tone marks in their other place (hoà for hòa), for search; empty when there is none to move.",
            "Câu với dấu thanh đặt kiểu khác, để tìm kiếm",
        ),
        column("words", Type::Words, "Words for full-text search (PostgreSQL only).", "Từ cho tìm toàn văn"),
    ],
};

/// Claims.
pub static CLAIMS: Table = Table {
    name: "claims",
    title: "Số liệu",
    meaning: "One numeric claim.",
    nghia: "Mỗi dòng là một số liệu trong bài.",
    key: &["article_id", "id"],
    label: Some("text"),
    links: &[Link { columns: "article_id, sentence_offset", table: "sentences", key: "article_id, start_offset" }],
    indexes: &["article_id, sentence_offset"],
    columns: &[
        ARTICLE.to("articles"),
        text("id", "Stable id within the article.", "Mã số liệu trong bài").needed(),
        text("kind", "How the number is said: count, ratio, percentage, money …", "Loại số liệu").needed().facet(),
        text("text", "The quantity expression, as in the article.", "Nguyên văn").needed(),
        number("value", "The exact value (a ratio's numerator, a range's low end).", "Giá trị chính xác").needed(),
        column(
            "value_real",
            Type::RealOf("value"),
            "The nearest binary float of value: for sorting and charts.",
            "Giá trị gần đúng, để sắp xếp",
        )
        .indexed(),
        number("value_max", "A range's high end.", "Cận trên của khoảng"),
        number("denominator", "A ratio's whole.", "Mẫu số, tổng"),
        whole(
            "decimals",
            "Decimal places that the article states; negative when a scale word rounds it.",
            "Số chữ số thập phân",
        )
        .needed(),
        text("unit", "The counted noun, %, an ISO 4217 code, a unit of measure.", "Đơn vị").needed().facet(),
        text("unit_code", "UCUM for measurements and %, ISO 4217 for money.", "Mã đơn vị"),
        text(
            "modifier",
            "The hedge: approximately, nearly, more_than, less_than, at_least, at_most.",
            "Mức độ (khoảng, gần, hơn…)",
        )
        .facet(),
        text("direction", "For a change: increase or decrease.", "Tăng hay giảm").facet(),
        text("entity_id", "Who or what it is about.", "Chủ thể").to("entities").facet(),
        text("entity_mention", "The words near the claim that name the entity.", "Cách gọi chủ thể gần số liệu"),
        whole("entity_start", "First code point of the mention.", "Vị trí đầu của cách gọi"),
        whole("entity_end", "One past its last.", "Vị trí cuối của cách gọi"),
        text("property", "What is counted or measured, abbreviations written out.", "Nội dung").indexed(),
        text("property_text", "The same in the words of the article.", "Nội dung, nguyên văn"),
        whole("property_start", "First code point of property_text.", "Vị trí đầu của nội dung"),
        whole("property_end", "One past its last.", "Vị trí cuối của nội dung"),
        text("period", "The words that say when.", "Thời gian, nguyên văn"),
        column("period_from", Type::Day, "First day.", "Từ ngày").indexed(),
        column("period_to", Type::Day, "Last day.", "Đến ngày"),
        whole("period_start", "First code point of period.", "Vị trí đầu của thời gian"),
        whole("period_end", "One past its last.", "Vị trí cuối của thời gian"),
        text(
            "reference_role",
            "What it is compared with is a target, a baseline or a whole.",
            "So với gì: chỉ tiêu, mốc hay tổng thể",
        )
        .facet(),
        text("reference", "The words that say what it is compared with.", "So với, nguyên văn"),
        number("reference_value", "The value of that, where the article states it.", "Giá trị của mốc so sánh"),
        whole("reference_start", "First code point of reference.", "Vị trí đầu"),
        whole("reference_end", "One past its last.", "Vị trí cuối"),
        text("verdict", "The worst verdict of its checks; empty when none speaks of it.", "Kết quả kiểm tra xấu nhất")
            .facet(),
        column("confidence", Type::Share, "How sure the reading is, 0 to 1.", "Độ tin cậy, từ 0 đến 1").needed(),
        whole(
            "statement",
            "Claims of an article that say one thing together share this number.",
            "Số của mệnh đề chung",
        )
        .needed(),
        whole("start_offset", "First code point of text in the article.", "Vị trí đầu trong bài").needed(),
        whole("end_offset", "One past its last.", "Vị trí cuối trong bài").needed(),
        whole("sentence_offset", "Where its sentence begins.", "Vị trí đầu của câu").needed(),
        text("prefix", "Up to 32 code points before it.", "Chữ đứng trước").needed(),
        text("suffix", "Up to 32 code points after it.", "Chữ đứng sau").needed(),
        text("rule", "The rule and the cue that made the claim.", "Quy tắc đã dùng").needed(),
        column("alternatives", Type::Json, "Other readings: value, reason.", "Cách đọc khác"),
    ],
};

/// Checks.
pub static CHECKS: Table = Table {
    name: "checks",
    title: "Kiểm tra",
    meaning: "One arithmetical relation between claims of an article.",
    nghia: "Mỗi dòng là một phép kiểm tra số học giữa các số liệu của bài.",
    key: &["article_id", "n"],
    label: Some("explanation"),
    links: &[],
    indexes: &[],
    columns: &[
        ARTICLE.to("articles"),
        whole("n", "Number of the check in the article, from 1.", "Số thứ tự trong bài").needed(),
        text("rule", "Which relation.", "Quan hệ được kiểm tra").needed().facet(),
        number("reported", "What the article reports.", "Bài viết nêu"),
        number("computed", "What the other numbers give.", "Tính ra"),
        number("lower", "The least that the reported number stands for.", "Cận dưới của số được nêu"),
        number("upper", "The greatest that the reported number stands for.", "Cận trên của số được nêu"),
        text("verdict", "consistent, consistent_if_truncated, inconsistent, implied.", "Kết quả").needed().facet(),
        text("explanation", "The reasoning, in Vietnamese.", "Giải thích").needed(),
    ],
};

/// Which claims a check speaks of.
pub static CHECK_CLAIMS: Table = Table {
    name: "check_claims",
    title: "Số liệu của phép kiểm tra",
    meaning: "One claim that a check speaks of.",
    nghia: "Mỗi dòng là một số liệu tham gia một phép kiểm tra.",
    key: &["article_id", "check_n", "position"],
    label: None,
    links: &[
        Link { columns: "article_id, check_n", table: "checks", key: "article_id, n" },
        Link { columns: "article_id, claim_id", table: "claims", key: "article_id, id" },
    ],
    indexes: &["article_id, claim_id"],
    columns: &[
        ARTICLE,
        whole("check_n", "The check.", "Phép kiểm tra").needed(),
        whole("position", "Place of the claim in the check, from 1.", "Vị trí trong phép kiểm tra").needed(),
        text("claim_id", "The claim.", "Số liệu").needed(),
    ],
};

/// What could not be read.
pub static FAULTS: Table = Table {
    name: "faults",
    title: "Lỗi đọc",
    meaning: "What could not be read: in an article, or a whole article.",
    nghia: "Mỗi dòng là một chỗ không đọc được: trong bài, hoặc cả bài.",
    key: &["id"],
    label: None,
    links: &[],
    indexes: &[],
    columns: &[
        text("id", "Stable id: a hash of the rest.", "Mã cố định").needed(),
        text(
            "article_id",
            "The article that it belongs to; empty when the article could not be read at all.",
            "Bài viết; trống nếu cả bài không đọc được",
        )
        .to("articles"),
        text("source", "Where it was read.", "Đọc từ tệp nào").indexed(),
        text("stage", "The stage that gave up.", "Bước gặp lỗi").needed().facet(),
        text("message", "What was expected and what was found.", "Chờ gì, gặp gì").needed(),
    ],
};

/// What a run that was stopped must know to go on: the ids that it has written, and the first article of each text.
#[must_use]
pub fn progress(dialect: Dialect, prefix: &str) -> String {
    let blob = if dialect == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    let whole = if dialect == Dialect::Sqlite { "INTEGER" } else { "BIGINT" };
    format!(
        "CREATE TABLE {prefix}progress (run_id {whole} NOT NULL, n {whole} NOT NULL, article_id TEXT NOT NULL, \
         hash {blob} NOT NULL, first TEXT, PRIMARY KEY (run_id, n), UNIQUE (run_id, article_id))"
    )
}

/// A column of the view `figures`: its name, what it is made of, and what it means in English and Vietnamese.
pub type Shown = (&'static str, &'static str, &'static str, &'static str);

/// The view with one readable row for each claim.
pub const FIGURES: [Shown; 34] = [
    ("article_id", "c.article_id", "The article.", "Mã bài viết"),
    ("claim_id", "c.id", "The claim.", "Mã số liệu"),
    ("title", "a.title", "Headline of the article.", "Tiêu đề bài"),
    ("published", "a.published", "When it was published.", "Ngày đăng"),
    ("sentence", "s.text", "The sentence.", "Câu văn"),
    ("text", "c.text", "The quantity expression.", "Số liệu, nguyên văn"),
    ("kind", "c.kind", "How the number is said.", "Loại số liệu"),
    ("value", "c.value", "The exact value.", "Giá trị chính xác"),
    ("value_max", "c.value_max", "A range's high end.", "Cận trên của khoảng"),
    ("denominator", "c.denominator", "A ratio's whole.", "Mẫu số, tổng"),
    ("unit", "c.unit", "The unit.", "Đơn vị"),
    ("unit_code", "c.unit_code", "UCUM or ISO 4217.", "Mã đơn vị"),
    ("modifier", "c.modifier", "The hedge.", "Mức độ (khoảng, gần, hơn…)"),
    ("direction", "c.direction", "Increase or decrease.", "Tăng hay giảm"),
    ("entity", "e.name", "Who or what it is about.", "Chủ thể"),
    ("entity_type", "e.type", "What sort of thing that is.", "Loại chủ thể"),
    ("place", "e.place_name", "The administrative unit.", "Đơn vị hành chính"),
    ("place_system", "e.place_system", "System of the codes.", "Hệ mã"),
    ("place_code", "e.place_code", "Its code.", "Mã đơn vị hành chính"),
    ("province_code", "e.province_code", "Code of its province.", "Mã tỉnh, thành phố"),
    ("property", "c.property", "What is counted or measured.", "Nội dung"),
    ("period", "c.period", "When, in the article's words.", "Thời gian"),
    ("period_from", "c.period_from", "First day.", "Từ ngày"),
    ("period_to", "c.period_to", "Last day.", "Đến ngày"),
    ("reference_role", "c.reference_role", "Target, baseline or whole.", "So với gì"),
    ("reference", "c.reference", "What it is compared with.", "So với, nguyên văn"),
    ("reference_value", "c.reference_value", "The value of that.", "Giá trị của mốc so sánh"),
    ("verdict", "c.verdict", "The worst verdict of its checks.", "Kết quả kiểm tra"),
    ("confidence", "c.confidence", "How sure the reading is.", "Độ tin cậy"),
    ("statement", "c.statement", "Claims that say one thing together.", "Số của mệnh đề chung"),
    ("url", "a.url", "Address of the article.", "Địa chỉ bài"),
    ("entity_id", "c.entity_id", "The entity.", "Mã chủ thể"),
    ("entity_folded", "e.folded", "The entity, however it is spelt.", "Chủ thể, gộp các cách viết"),
    ("value_real", "c.value_real", "The value for sorting.", "Giá trị gần đúng, để sắp xếp"),
];

/// `CREATE VIEW figures`, with `prefix` before the names of tables.
#[must_use]
pub fn figures(prefix: &str) -> String {
    let columns = FIGURES.map(|(name, of, ..)| format!("{of} AS {name}")).join(",\n  ");
    format!(
        "CREATE VIEW {prefix}figures AS SELECT\n  {columns}\nFROM {prefix}claims c\n\
         JOIN {prefix}articles a ON a.id = c.article_id\n\
         JOIN {prefix}sentences s ON s.article_id = c.article_id AND s.start_offset = c.sentence_offset\n\
         LEFT JOIN {prefix}entities e ON e.id = c.entity_id"
    )
}
