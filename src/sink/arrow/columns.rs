//! The columns, each with its name, what it means and how it is taken: `value` is the 48 of "48/52 hộ".

use super::Row;
use crate::record::{Exact, Verdict};

/// How a column is taken from a row, and with it the column's type.
pub(super) enum Take {
    /// Utf8.
    Words(for<'r> fn(&'r Row<'_>) -> Option<&'r str>),
    /// Int64.
    Whole(fn(&Row<'_>) -> Option<i64>),
    /// Int32.
    Small(fn(&Row<'_>) -> Option<i32>),
    /// Decimal128, exact.
    Number(fn(&Row<'_>) -> Option<Exact>),
    /// Utf8: the digits of a number that the Decimal128 cannot hold.
    Digits(fn(&Row<'_>) -> Option<Exact>),
    /// Float64.
    Real(fn(&Row<'_>) -> Option<Exact>),
    /// Date32.
    Day(for<'r> fn(&'r Row<'_>) -> Option<&'r str>),
    /// List of Utf8.
    List(for<'r> fn(&'r Row<'_>) -> &'r [Verdict]),
}

/// One column.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) take: Take,
    /// What its numbers are counted in, if it has any.
    pub(super) unit: &'static str,
    /// Whether every row has it.
    pub(super) needed: bool,
    pub(super) meaning: &'static str,
    pub(super) nghia: &'static str,
}

const fn column(name: &'static str, take: Take, meaning: &'static str, nghia: &'static str) -> Column {
    Column { name, take, unit: "", needed: false, meaning, nghia }
}

impl Column {
    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }
}

use Take::{Day, Digits, List, Number, Real, Small, Whole, Words};

const POINTS: &str = "code points of the article's text";
const OWN: &str = "what column unit says";

/// Every column in order.
pub(super) static COLUMNS: &[Column] = &[
    column(
        "article_id",
        Words(|r| Some(&r.record.article.id)),
        "The id that the input gave, else a hash of the text.",
        "Mã bài viết",
    )
    .needed(),
    column("source", Words(|r| r.record.article.source.as_deref()), "Where the article was read.", "Đọc từ tệp nào"),
    column("url", Words(|r| r.record.article.url.as_deref()), "Address of the article.", "Địa chỉ bài"),
    column("title", Words(|r| r.record.article.title.as_deref()), "Headline of the article.", "Tiêu đề bài"),
    column(
        "published",
        Words(|r| r.record.article.published.as_deref()),
        "When it was published (RFC 3339 or YYYY-MM-DD).",
        "Ngày đăng",
    ),
    column("claim_id", Words(|r| Some(&r.claim.id)), "Stable id within the article.", "Mã số liệu trong bài").needed(),
    column(
        "kind",
        Words(|r| Some(r.claim.kind.name())),
        "How the number is said: count, ratio, percentage, money and others.",
        "Loại số liệu",
    )
    .needed(),
    column(
        "text",
        Words(|r| Some(&r.claim.text)),
        "The quantity expression, as in the article.",
        "Số liệu, nguyên văn",
    )
    .needed(),
    column(
        "start",
        Whole(|r| Some(r.claim.start.into())),
        "First code point of text in the article.",
        "Vị trí đầu trong bài",
    )
    .unit(POINTS)
    .needed(),
    column("end", Whole(|r| Some(r.claim.end.into())), "One past its last.", "Vị trí cuối trong bài")
        .unit(POINTS)
        .needed(),
    column(
        "sentence",
        Words(|r| Some(&r.sentence)),
        "The sentence; with --no-text the words around the claim.",
        "Câu văn",
    )
    .needed(),
    column(
        "sentence_start",
        Whole(|r| Some(r.claim.sentence.start.into())),
        "First code point of the sentence in the article.",
        "Vị trí đầu của câu",
    )
    .unit(POINTS)
    .needed(),
    column(
        "value",
        Number(|r| Some(r.claim.value)),
        "The exact value (a ratio's numerator, a range's low end); empty where value_digits has it.",
        "Giá trị chính xác",
    )
    .unit(OWN),
    column(
        "value_digits",
        Digits(|r| Some(r.claim.value)),
        "The exact value where it has more than 9 decimals; else empty.",
        "Giá trị, khi có hơn 9 chữ số thập phân",
    )
    .unit(OWN),
    column(
        "value_real",
        Real(|r| Some(r.claim.value)),
        "The nearest binary float of the value: for sorting and charts.",
        "Giá trị gần đúng, để sắp xếp",
    )
    .unit(OWN)
    .needed(),
    column("value_max", Number(|r| r.claim.value_max), "A range's high end.", "Cận trên của khoảng").unit(OWN),
    column(
        "value_max_digits",
        Digits(|r| r.claim.value_max),
        "The same where it has more than 9 decimals.",
        "Cận trên, khi có hơn 9 chữ số thập phân",
    )
    .unit(OWN),
    column("denominator", Number(|r| r.claim.denominator), "A ratio's whole.", "Mẫu số, tổng").unit(OWN),
    column(
        "denominator_digits",
        Digits(|r| r.claim.denominator),
        "The same where it has more than 9 decimals.",
        "Mẫu số, khi có hơn 9 chữ số thập phân",
    )
    .unit(OWN),
    column(
        "decimals",
        Small(|r| Some(r.claim.decimals)),
        "Decimal places that the article states; negative when a scale word rounds it.",
        "Số chữ số thập phân",
    )
    .unit("decimal places")
    .needed(),
    column(
        "unit",
        Words(|r| Some(&r.claim.unit)),
        "The counted noun, %, an ISO 4217 code, a unit of measure.",
        "Đơn vị",
    )
    .needed(),
    column(
        "unit_code",
        Words(|r| r.claim.unit_code.as_deref()),
        "UCUM for measurements and %, ISO 4217 for money.",
        "Mã đơn vị",
    ),
    column(
        "modifier",
        Words(|r| r.claim.modifier.map(crate::record::Modifier::name)),
        "The hedge: approximately, nearly, more_than, less_than, at_least, at_most.",
        "Mức độ (khoảng, gần, hơn…)",
    ),
    column(
        "direction",
        Words(|r| r.claim.direction.map(crate::record::Direction::name)),
        "For a change: increase or decrease.",
        "Tăng hay giảm",
    ),
    column(
        "entity",
        Words(|r| r.entity().map(|e| e.name.as_str())),
        "Who or what it is about, by the fullest name in the article.",
        "Chủ thể",
    ),
    column(
        "entity_type",
        Words(|r| r.entity().map(|e| e.kind.name())),
        "organization, place, person, product, event, group, other.",
        "Loại chủ thể",
    ),
    column(
        "entity_mention",
        Words(|r| r.entity().and_then(|e| e.mention.as_deref())),
        "The words near the claim that name the entity.",
        "Cách gọi chủ thể gần số liệu",
    ),
    column(
        "entity_id",
        Words(|r| r.entity.map(|(id, _)| id.as_str())),
        "Stable id: a hash of name, type and place, the same as in the databases.",
        "Mã chủ thể",
    ),
    column(
        "entity_folded",
        Words(|r| r.entity.map(|(_, folded)| folded.as_str())),
        "The entity, however it is spelt.",
        "Chủ thể, gộp các cách viết",
    ),
    column(
        "place",
        Words(|r| r.place().map(|p| p.name.as_str())),
        "The administrative unit that the entity is or belongs to.",
        "Đơn vị hành chính",
    ),
    column(
        "place_system",
        Words(|r| r.place().map(|p| p.system)),
        "System of the codes: vn-2025-06 (before 1 July 2025) or vn-2025-07.",
        "Hệ mã đơn vị hành chính",
    ),
    column("place_code", Words(|r| r.place().map(|p| p.code.as_str())), "Code of that unit.", "Mã đơn vị hành chính"),
    column(
        "province_code",
        Words(|r| r.place().map(|p| p.province.as_str())),
        "Code of its province in the same system.",
        "Mã tỉnh, thành phố",
    ),
    column(
        "property",
        Words(|r| r.property().map(|p| p.expanded.as_ref().unwrap_or(&p.text).as_str())),
        "What is counted or measured, abbreviations written out.",
        "Nội dung",
    ),
    column(
        "property_text",
        Words(|r| r.property().map(|p| p.text.as_str())),
        "The same in the words of the article.",
        "Nội dung, nguyên văn",
    ),
    column(
        "period",
        Words(|r| r.period().map(|p| p.text.as_str())),
        "The words that say when.",
        "Thời gian, nguyên văn",
    ),
    column("period_from", Day(|r| r.period().and_then(|p| p.from.as_deref())), "First day.", "Từ ngày")
        .unit("days since 1970-01-01"),
    column("period_to", Day(|r| r.period().and_then(|p| p.to.as_deref())), "Last day.", "Đến ngày")
        .unit("days since 1970-01-01"),
    column(
        "reference_role",
        Words(|r| r.reference().map(|p| p.role.name())),
        "What it is compared with is a target, a baseline or a whole.",
        "So với gì: chỉ tiêu, mốc hay tổng thể",
    ),
    column(
        "reference",
        Words(|r| r.reference().map(|p| p.text.as_str())),
        "The words that say what it is compared with.",
        "So với, nguyên văn",
    ),
    column(
        "reference_value",
        Number(|r| r.reference().and_then(|p| p.value)),
        "The value of that, where the article states it.",
        "Giá trị của mốc so sánh",
    ),
    column(
        "reference_value_digits",
        Digits(|r| r.reference().and_then(|p| p.value)),
        "The same where it has more than 9 decimals.",
        "Giá trị của mốc, khi có hơn 9 chữ số thập phân",
    ),
    column(
        "statement",
        Whole(|r| Some(r.claim.statement.into())),
        "Claims of an article that say one thing together share this number.",
        "Số của mệnh đề chung",
    )
    .needed(),
    column("rule", Words(|r| Some(&r.claim.rule)), "The rule and the cue that made the claim.", "Quy tắc đã dùng")
        .needed(),
    column(
        "confidence",
        Real(|r| Some(r.claim.confidence)),
        "How sure the reading is, 0 to 1, with two decimals.",
        "Độ tin cậy, từ 0 đến 1",
    )
    .unit("share of one")
    .needed(),
    column(
        "verdict",
        Words(|r| r.worst()),
        "The worst verdict of its checks; empty when none speaks of it.",
        "Kết quả kiểm tra xấu nhất",
    ),
    column(
        "verdicts",
        List(|r| r.verdicts),
        "The verdicts of all checks that speak of it: consistent, consistent_if_truncated, inconsistent, implied.",
        "Kết quả của mọi phép kiểm tra có số liệu này",
    )
    .needed(),
];
