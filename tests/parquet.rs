//! Parquet files through the program: the same claims as in JSON Lines, read by the `parquet` crate; what another make of
//! reader sees is in `.ci/parquet`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::{Date32Type, Decimal128Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

const ARCHIVE: &str = r#"{"id": "a", "text": "Năm 2023, xã Đăk Tơ Pôn có 48/52 hộ thoát nghèo (đạt 92,3%), thu 1.340,25 tỷ đồng."}
{"id": "b", "text": "Sáng nay trời nhiều mây."}
{"id": "c", "text": "Năm 2023, xã Đăk Tơ Pôn có 48/52 hộ thoát nghèo (đạt 92,3%), thu 1.340,25 tỷ đồng."}
{"id": "d", "nothing": 1}
{"id": "e", "text": "Khoảng 120 đến 150 con bò bị bệnh."}
"#;

fn solieu(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn batches(at: &Path) -> Vec<RecordBatch> {
    let file = fs::File::open(at).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    reader.map(|batch| batch.unwrap()).collect()
}

#[test]
fn a_row_is_a_claim_of_the_json_lines() {
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("kho.jsonl"), ARCHIVE).unwrap();
    for output in ["figures.parquet", "figures.jsonl"] {
        let run = solieu(at.path(), &["extract", "kho.jsonl", "-o", output, "--quiet"]);
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let batch = &batches(&at.path().join("figures.parquet"))[0];
    let lines = fs::read_to_string(at.path().join("figures.jsonl")).unwrap();
    let records: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let claims: Vec<(&Value, &Value)> = records
        .iter()
        .flat_map(|record| record["claims"].as_array().unwrap().iter().map(move |claim| (&record["article"], claim)))
        .collect();
    assert!(claims.len() >= 4 && batch.num_rows() == claims.len());
    let words = |column: &str, row: usize| batch[column].as_string::<i32>().value(row).to_owned();
    let exact = |column: &str, row: usize| {
        let column = batch[column].as_primitive::<Decimal128Type>();
        column.is_valid(row).then(|| column.value_as_string(row).parse::<rust_decimal::Decimal>().unwrap())
    };
    for (row, (article, claim)) in claims.into_iter().enumerate() {
        assert_eq!(words("article_id", row), article["id"].as_str().unwrap());
        assert_eq!(words("claim_id", row), claim["id"].as_str().unwrap());
        assert_eq!(words("text", row), claim["text"].as_str().unwrap());
        assert!(words("sentence", row).contains(&words("text", row)));
        for name in ["value", "value_max", "denominator"] {
            let wanted = Some(&claim[name]).filter(|value| !value.is_null());
            assert_eq!(exact(name, row), wanted.map(|value| value.to_string().parse().unwrap()), "{name}");
        }
        let from = claim["period"]["from"].as_str().map(|day| day.parse::<jiff::civil::Date>().unwrap());
        let days = batch["period_from"].as_primitive::<Date32Type>();
        let found = days.is_valid(row).then(|| jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days.value(row)));
        assert_eq!(found, from);
    }
}

#[test]
fn a_place_that_cannot_be_parquet_is_told() {
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("kho.jsonl"), ARCHIVE).unwrap();
    for (arguments, expected) in [
        (&["--format", "parquet"][..], "expected a file for Parquet (-o FILE), found standard output"),
        (&["--format", "parquet", "-o", "/dev/null"], "expected a file for Parquet (-o FILE), found a stream"),
        (&["-o", "figures.parquet.gz"], "expected a Parquet file that is not packed again"),
        (&["-o", "khong/co/figures.parquet"], "expected a file that can be written, found: no folder khong/co"),
    ] {
        let run = solieu(at.path(), &[&["extract", "kho.jsonl"], arguments].concat());
        let told = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{told}");
        assert!(told.contains(expected), "{told}");
    }
    assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1);
}

/// `README=write cargo test --test parquet` writes the columns anew.
#[test]
fn the_columns_in_docs_are_those_of_the_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/parquet.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- columns -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of columns -->").unwrap();
    let mut table = "| column | type | unit | meaning |\n|---|---|---|---|\n".to_owned();
    for field in solieu::sink::arrow::schema().fields() {
        let told = |key: &str| field.metadata().get(key).map_or("", String::as_str).to_owned();
        let optional = if field.is_nullable() { ", may be null" } else { "" };
        let kind = field.data_type().to_string();
        table += &format!("| `{}` | {kind}{optional} | {} | {} |\n", field.name(), told("unit"), told("description"));
    }
    let wanted = format!("{before}<!-- columns -->\n{table}<!-- end of columns -->{after}");
    if std::env::var("README").as_deref() == Ok("write") {
        fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(text == wanted, "docs/parquet.md is not what the file has: README=write cargo test --test parquet");
}
