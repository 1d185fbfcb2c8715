//! The program as its user meets it: exit statuses, order, outputs that are whole or absent, inputs that are broken.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn solieu(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.current_dir(folder).args(arguments);
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// JSON Lines with `count` articles; every 50th line is broken.
fn lines(count: usize) -> Vec<u8> {
    let mut out = String::new();
    for n in 0..count {
        let more = "Bà con trong xã phấn khởi đón mùa gặt mới. ".repeat(n % 25);
        let body = format!("Xã Đăk Tơ Pôn có 48/52 hộ nghèo được hỗ trợ xây nhà (đạt 92,3%). {more}");
        if n % 50 == 49 {
            out += "{\"id\": \"broken\", \"text\": \n";
        } else {
            out += &serde_json::json!({"id": format!("bai-{n}"), "text": body}).to_string();
            out.push('\n');
        }
    }
    out.into_bytes()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn ids(jsonl: &[u8]) -> Vec<String> {
    let record = |line: &str| serde_json::from_str::<Value>(line).unwrap();
    text(jsonl).lines().map(|line| record(line)["article"]["id"].as_str().unwrap().to_owned()).collect()
}

const BAI: &str = "Năm 2023, xã Đăk Tơ Pôn có 48/52 hộ nghèo được hỗ trợ xây nhà (đạt 92,3%).\n";

#[test]
fn one_article_gives_one_record_and_nothing_on_standard_error() {
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    let run = solieu(at.path(), &["extract", "bai.txt"]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(text(&run.stderr), "");
    let record: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(record["schema_version"], "1");
    assert_eq!(record["article"]["source"], "bai.txt");
    assert!(record["article"]["text"].as_str().unwrap().contains("48/52 hộ nghèo"));
}

#[test]
fn standard_input_is_read_when_no_path_is_given() {
    let at = folder(&[]);
    for arguments in [&["extract"][..], &["extract", "-"]] {
        let mut child = command(at.path(), arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(BAI.as_bytes()).unwrap();
        let run = child.wait_with_output().unwrap();
        assert_eq!(run.status.code(), Some(0));
        assert_eq!(text(&run.stdout).lines().count(), 1);
    }
}

#[test]
fn order_and_bytes_are_the_same_whatever_the_number_of_jobs() {
    let at = folder(&[("kho.jsonl", &lines(700)), ("bai.txt", BAI.as_bytes())]);
    let run = |jobs| solieu(at.path(), &["extract", "kho.jsonl", "bai.txt", "--jobs", jobs]);
    let one = run("1");
    assert_eq!(one.status.code(), Some(1));
    let read: Vec<String> = ids(&one.stdout);
    let expected: Vec<String> = (0..700).filter(|n| n % 50 != 49).map(|n| format!("bai-{n}")).collect();
    assert_eq!(read[..read.len() - 1], expected);
    assert_eq!(text(&one.stderr).lines().count(), 14);
    for jobs in ["2", "4"] {
        let other = run(jobs);
        assert!(one.stdout == other.stdout, "--jobs {jobs} wrote other records");
        assert_eq!(text(&one.stderr), text(&other.stderr));
    }
}

#[test]
fn what_cannot_be_read_is_one_line_each_and_the_rest_is_written() {
    let at = folder(&[
        ("a.txt", b""),
        ("b.jsonl", b"{\"id\": \"x\"}\n{\"id\": \"y\", \"text\": \"6 x\\u00e3\"}\n"),
        ("c.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"),
        ("d.txt", BAI.as_bytes()),
    ]);
    let run = solieu(at.path(), &["extract", ".", "khong-co.txt"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(text(&run.stdout).lines().count(), 2, "{}", text(&run.stdout));
    let told: Vec<&str> = text(&run.stderr).lines().collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    for (line, name) in told.iter().zip(["a.txt", "b.jsonl:1", "c.txt", "khong-co.txt"]) {
        assert!(line.contains(name) && line.contains("expected") && line.contains("found"), "{line}");
    }
}

#[test]
fn unread_articles_go_to_the_file_of_errors_when_there_is_one() {
    let at = folder(&[("a.txt", b""), ("b.txt", BAI.as_bytes())]);
    let run = solieu(at.path(), &["extract", "a.txt", "b.txt", "--errors", "loi.jsonl", "-o", "ra.jsonl"]);
    assert_eq!((run.status.code(), text(&run.stderr), text(&run.stdout)), (Some(1), "", ""));
    let told: Value = serde_json::from_slice(&fs::read(at.path().join("loi.jsonl")).unwrap()).unwrap();
    assert_eq!((&told["source"], &told["stage"]), (&"a.txt".into(), &"read".into()));
    assert_eq!(ids(&fs::read(at.path().join("ra.jsonl")).unwrap()).len(), 1);
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    let cases: [(&[&str], &str); 6] = [
        (&["extract", "khong-co.txt"], "khong-co.txt: expected a file or folder to read, found: "),
        (&["extract", "bai.txt", "-o", "khong-co/ra.jsonl"], "khong-co/ra.jsonl: expected a file that can be written"),
        (&["extract", "bai.txt", "-o", "."], "expected a file that can be written"),
        (&["extract", "bai.txt", "--published", "hôm qua"], "expected a date as YYYY-MM-DD, found 'hôm qua'"),
        (&["extract", "bai.txt", "--format", "xml"], "invalid value 'xml'"),
        (&["explain", "khong-co.txt"], "khong-co.txt: expected a file to read, found: "),
    ];
    for (arguments, message) in cases {
        let run = solieu(at.path(), arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(text(&run.stderr).contains(message), "{arguments:?}: {}", text(&run.stderr));
        assert_eq!(text(&run.stdout), "");
    }
}

#[test]
fn fail_on_inconsistent_ends_with_3() {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/readme");
    let run = solieu(&at, &["extract", "xa-dak-to.txt", "--fail-on", "inconsistent"]);
    assert_eq!(run.status.code(), Some(3));
    assert_eq!(ids(&run.stdout).len(), 1);
    assert_eq!(solieu(&at, &["extract", "xa-dak-to.txt"]).status.code(), Some(0));
}

#[test]
fn formats_frame_their_records() {
    let at = folder(&[("a.jsonl", &lines(3)), ("empty.txt", b"")]);
    let array = solieu(at.path(), &["extract", "a.jsonl", "--format", "json", "--no-text"]);
    let records: Vec<Value> = serde_json::from_slice(&array.stdout).unwrap();
    assert_eq!(records.len(), 3);
    assert!(records.iter().all(|record| record["article"].get("text").is_none()));
    let none = solieu(at.path(), &["extract", "empty.txt", "--format", "json"]);
    assert_eq!(serde_json::from_slice::<Vec<Value>>(&none.stdout).unwrap(), Vec::<Value>::new());
    let csv = solieu(at.path(), &["extract", "a.jsonl", "--format", "csv"]);
    assert!(text(&csv.stdout).starts_with("article_id,source,"));
}

#[test]
fn the_publication_date_is_taken_where_the_article_has_none() {
    let at = folder(&[("a.jsonl", b"{\"text\": \"6 x\"}\n{\"text\": \"7 x\", \"published\": \"2020-02-03\"}\n")]);
    let run = solieu(at.path(), &["extract", "a.jsonl", "--published", "2024-01-15"]);
    let dates: Vec<Value> = text(&run.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["article"]["published"].clone())
        .collect();
    assert_eq!(dates, ["2024-01-15", "2020-02-03"]);
}

#[test]
fn a_summary_is_told_only_when_asked_for() {
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    let run = solieu(at.path(), &["extract", "bai.txt", "-o", "ra.jsonl", "--summary"]);
    assert!(text(&run.stderr).starts_with("1 articles, "), "{}", text(&run.stderr));
    assert!(text(&run.stderr).trim_end().ends_with("MB/s"), "{}", text(&run.stderr));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let at = folder(&[("kho.jsonl", &lines(1000))]);
    for jobs in ["1", "2"] {
        let mut child = command(at.path(), &["extract", "kho.jsonl", "--errors", "loi", "--jobs", jobs])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("{\"schema_version\""));
        let run = child.wait_with_output().unwrap();
        assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), ""));
    }
}

#[test]
fn a_half_written_output_never_appears() {
    let at = folder(&[("ra.jsonl", b"cu\n")]);
    let kept = || fs::read_to_string(at.path().join("ra.jsonl")).unwrap();
    let mut child = command(at.path(), &["extract", "-", "-o", "ra.jsonl", "--jobs", "1"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than a batch and what a pipe holds: when this returns, records have been written somewhere.
    input.write_all(&lines(1000)).unwrap();
    assert_eq!(kept(), "cu\n");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    assert_eq!(kept(), "cu\n");

    let run = solieu(at.path(), &["extract", "ra.jsonl", "-o", "moi.jsonl", "--errors", "khong-co/loi"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(!at.path().join("moi.jsonl").exists());
}

#[test]
fn an_output_takes_its_place_with_the_usual_permissions() {
    let at = folder(&[("bai.txt", BAI.as_bytes()), ("usual", b"")]);
    assert_eq!(solieu(at.path(), &["extract", "bai.txt", "-o", "ra.jsonl"]).status.code(), Some(0));
    let names = fs::read_dir(at.path()).unwrap().count();
    assert_eq!(names, 3, "something was left beside the output");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| fs::metadata(at.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("ra.jsonl"), mode("usual"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_or_folder_that_refuses_is_told_and_the_rest_is_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let at = folder(&[("z.txt", BAI.as_bytes())]);
    // Readable for nobody, root included: reading at address zero fails.
    symlink("/proc/self/mem", at.path().join("mem.txt")).unwrap();
    symlink("khong-co.txt", at.path().join("lac.txt")).unwrap();
    let run = solieu(at.path(), &["extract", "mem.txt", "lac.txt", "z.txt"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(ids(&run.stdout).len(), 1);
    assert_eq!(text(&run.stderr).lines().count(), 2, "{}", text(&run.stderr));

    let closed = at.path().join("kin");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let root = fs::read_dir(&closed).is_ok();
    let run = solieu(at.path(), &["extract", "kin", "z.txt"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    if !root {
        assert_eq!(run.status.code(), Some(1));
        assert!(text(&run.stderr).contains("kin: expected"), "{}", text(&run.stderr));
    }
    assert_eq!(ids(&run.stdout).len(), 1);
}

#[test]
fn a_device_is_written_and_not_replaced() {
    if !cfg!(unix) {
        return;
    }
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    assert_eq!(solieu(at.path(), &["extract", "bai.txt", "-o", "/dev/null"]).status.code(), Some(0));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn explain_takes_a_text_or_a_file() {
    let at = folder(&[("bai.txt", BAI.as_bytes()), ("rong.txt", b"")]);
    for what in ["bai.txt", BAI] {
        let run = solieu(at.path(), &["explain", what]);
        assert_eq!(run.status.code(), Some(0));
        assert!(!run.stdout.is_empty());
    }
    let none = solieu(at.path(), &["explain", "Trời đẹp."]);
    assert_eq!(text(&none.stdout), "Không có số liệu nào.\n");
    let none = solieu(at.path(), &["explain", "Trời đẹp.", "--lang", "en"]);
    assert_eq!(text(&none.stdout), "No numeric claims.\n");
    assert_eq!(solieu(at.path(), &["explain", "rong.txt"]).status.code(), Some(1));
}

#[test]
fn amounts_give_a_line_for_each_line() {
    let at =
        folder(&[("a.jsonl", b"{\"id\": 7, \"text\": \"6 x\\u00e3\"}\n{\"id\": \"b\", \"text\": \"n\\u0103m\"}\n")]);
    let run = solieu(at.path(), &["amounts", "a.jsonl"]);
    assert_eq!(run.status.code(), Some(0));
    let rows: Vec<Value> = text(&run.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), ["7", "b"]);
    assert!(rows.iter().all(|row| row["amounts"].is_array()));
}

#[test]
fn schema_and_kinds_are_printed() {
    let at = folder(&[]);
    let schema: Value = serde_json::from_slice(&solieu(at.path(), &["schema"]).stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let kinds = solieu(at.path(), &["kinds"]);
    assert_eq!(text(&kinds.stdout).lines().filter(|line| !line.starts_with(' ')).count(), 13);
    let english = solieu(at.path(), &["kinds", "--lang", "en"]);
    assert!(text(&english.stdout).contains("A percentage of a plan"));
}

#[test]
fn an_output_is_neither_an_input_nor_the_file_of_errors() {
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    for arguments in [
        &["extract", "bai.txt", "-o", "./bai.txt"][..],
        &["extract", ".", "bai.txt", "--errors", "bai.txt"],
        &["extract", "bai.txt", "-o", "ra", "--errors", "./ra"],
        &["extract", "bai.txt", "--errors", "-"],
    ] {
        let run = solieu(at.path(), arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        let told = text(&run.stderr);
        assert!(told.contains("expected an") && told.contains("found"), "{arguments:?}: {told}");
        assert_eq!(fs::read_to_string(at.path().join("bai.txt")).unwrap(), BAI);
    }
}

#[test]
fn a_second_run_does_not_read_what_the_first_wrote_into_the_folder() {
    let at = folder(&[("bai.txt", BAI.as_bytes()), ("b.txt", b"")]);
    let run = || {
        let run = solieu(at.path(), &["extract", ".", "-o", "ra.jsonl", "--errors", "loi.jsonl"]);
        assert_eq!(run.status.code(), Some(1));
        let read = |name| fs::read_to_string(at.path().join(name)).unwrap();
        (read("ra.jsonl"), read("loi.jsonl"))
    };
    assert_eq!(run(), run());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_a_folder_are_read_or_told() {
    use std::os::unix::fs::symlink;
    let at = folder(&[("bai.txt", BAI.as_bytes())]);
    fs::create_dir(at.path().join("kho")).unwrap();
    for (to, name) in [("../bai.txt", "a"), ("khong-co", "b"), ("..", "c"), ("d", "d"), ("/dev/null", "e")] {
        symlink(to, at.path().join("kho").join(name)).unwrap();
    }
    let run = solieu(at.path(), &["extract", "kho"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(ids(&run.stdout).len(), 1);
    let told: Vec<&str> = text(&run.stderr).lines().collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    for (line, name) in told.iter().zip(["kho/b: expected", "kho/c: expected", "kho/d: expected", "kho/e: expected"]) {
        assert!(line.contains(name) && line.contains("found"), "{line}");
    }
}

#[test]
fn rows_of_a_folder_are_added_to_the_tables() {
    let at = folder(&[
        ("bai.txt", "Bà con trong xã đã bán 12 gùi và 3 kg măng.\n".as_bytes()),
        ("bai.jsonl", "{\"id\": 1, \"text\": \"bán 12 gùi\"}\n".as_bytes()),
    ]);
    let table = |rows: &str| {
        fs::create_dir_all(at.path().join("bang")).unwrap();
        fs::write(at.path().join("bang/don-vi.tsv"), format!("phrase\tclass\tunit\tcode\n{rows}")).unwrap();
    };
    table("gùi\tmeasure\tgùi cỡ lớn\t\n");
    let run = solieu(at.path(), &["extract", "bai.txt", "--lexicon", "bang"]);
    let record: Value = serde_json::from_slice(&run.stdout).unwrap();
    let units: Vec<&str> = record["claims"].as_array().unwrap().iter().map(|c| c["unit"].as_str().unwrap()).collect();
    assert_eq!(units, ["gùi cỡ lớn", "kg"]);
    for arguments in [["explain", "bai.txt"], ["amounts", "bai.jsonl"]] {
        let with = solieu(at.path(), &[&arguments[..], &["--lexicon", "bang"]].concat());
        assert!(text(&with.stdout).contains("gùi cỡ lớn"), "{}", text(&with.stdout));
        assert!(!text(&solieu(at.path(), &arguments).stdout).contains("gùi cỡ lớn"));
    }

    table("gùi\tmeasure\tgùi\t\ngùi to\tmeasures\tgùi\t\n");
    let run = solieu(at.path(), &["extract", "bai.txt", "--lexicon", "bang"]);
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(2), ""));
    let told = text(&run.stderr);
    assert!(told.contains("don-vi.tsv:3: expected a class") && told.contains("found 'measures'"), "{told}");
    assert_eq!(told.lines().count(), 1);
    for (missing, message) in
        [("khong-co", "expected a folder of tables"), (".", "expected tables (*.tsv), found none")]
    {
        let run = solieu(at.path(), &["extract", "bai.txt", "--lexicon", missing]);
        assert_eq!(run.status.code(), Some(2));
        assert!(text(&run.stderr).contains(message), "{}", text(&run.stderr));
    }
}
