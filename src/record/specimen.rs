//! A reading made by hand, for the tests of what comes after it: "có 47/49 chi bộ đạt chuẩn (chiếm 95,9%)".

use rust_decimal::Decimal;

use crate::article::Article;
use crate::article::span::{Bytes, Span};
use crate::claim::find::Kind as Said;
use crate::claim::{self, Claim, Reading};

fn place(text: &str, words: &str) -> Span<Bytes> {
    let at = text.find(words).unwrap();
    Span::of(at, at + words.len())
}

pub(crate) fn decimal(digits: &str) -> Decimal {
    digits.parse().unwrap()
}

fn claim(text: &str, words: &str, kind: Said, value: &str, unit: &str) -> Claim {
    Claim {
        kind,
        span: place(text, words),
        sentence: Span::of(0, text.len()),
        value: decimal(value),
        value_max: None,
        denominator: None,
        decimals: 0,
        unit: unit.to_owned(),
        unit_code: None,
        modifier: None,
        direction: None,
        entity: None,
        property: None,
        period: None,
        reference: None,
        statement: 1,
        rule: "ratio/trên".to_owned(),
        confidence: 0.925_001,
        alternatives: Vec::new(),
    }
}

pub(crate) const TEXT: &str = "Cuối năm 2022, Đảng bộ xã Đăk Tơ có 47/49 chi bộ đạt chuẩn (chiếm 95,9%).";

/// An article and a reading of it in which every field of a record is set at least once.
pub(crate) fn reading() -> (Article, Reading) {
    let mut article = Article::from_text("xa-1", TEXT);
    article.reader = Some("text".to_owned());
    let mut ratio = claim(TEXT, "47/49", Said::Ratio, "47", "chi bộ");
    ratio.denominator = Some(decimal("49.00"));
    ratio.modifier = Some(claim::Modifier::AtLeast);
    ratio.entity = Some(claim::Entity {
        name: "Đảng bộ xã Đăk Tơ".to_owned(),
        mention: Some(place(TEXT, "Đảng bộ xã Đăk Tơ")),
        kind: claim::EntityType::Organization,
        place: Some(claim::link::gazetteer::Place {
            system: "vn-2025-06",
            code: "00001",
            name: "Xã Đăk Tơ",
            province: "62",
            successors: vec![("00002", "Xã Đăk Mới")],
        }),
    });
    ratio.property = Some(claim::Property { span: place(TEXT, "chi bộ đạt chuẩn"), expanded: None });
    ratio.period = Some(claim::Period {
        span: place(TEXT, "Cuối năm 2022"),
        from: Some(jiff::civil::date(2022, 10, 1)),
        to: Some(jiff::civil::date(2022, 12, 31)),
    });
    let mut share = claim(TEXT, "95,9%", Said::Percentage, "95.90", "%");
    share.unit_code = Some("%".to_owned());
    share.decimals = 1;
    share.reference =
        Some(claim::Reference { role: claim::Role::Whole, span: place(TEXT, "chi bộ"), value: Some(decimal("49")) });
    share.alternatives = vec![claim::Alternative { value: decimal("959"), reason: "dấu phẩy".to_owned() }];
    let check = claim::Check {
        rule: "part_of_whole",
        claims: vec![0, 1],
        reported: Some(decimal("95.9")),
        computed: Some(decimal("95.91836735")),
        lower: Some(decimal("95.85")),
        upper: Some(decimal("95.95")),
        verdict: claim::Verdict::Consistent,
        explanation: "47/49 = 95,92 %, viết 95,9 %".to_owned(),
    };
    (article, Reading { claims: vec![ratio, share], checks: vec![check] })
}
