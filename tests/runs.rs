//! Long runs, through the program: killed and gone on with, divided among machines, stopped by Ctrl-C.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

fn command(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.current_dir(at).args(arguments);
    command
}

fn solieu(at: &Path, arguments: &[&str]) -> Output {
    command(at, arguments).output().unwrap()
}

/// An archive of `count` articles: every seventh has the text of an earlier one, every eleventh cannot be read.
fn archive(count: usize) -> TempDir {
    let at = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..count {
        let told = if n % 7 == 6 { n / 2 } else { n };
        let text = format!(
            "Xã Phú Mỹ số {told} có {}/{} hộ thoát nghèo (đạt 92,3%). Thu nhập bình quân tăng {},5% so với năm trước. ",
            told + 1,
            told + 3,
            told % 40
        );
        // What nobody reads makes many batches of few words.
        let pad = "x".repeat(4000 + n % 13);
        lines += &match n % 11 {
            10 => format!("{}\n", serde_json::json!({"id": format!("a{n}"), "pad": pad})),
            _ => format!("{}\n", serde_json::json!({"id": format!("a{n}"), "text": text, "pad": pad})),
        };
    }
    fs::write(at.path().join("kho.jsonl"), lines).unwrap();
    at
}

fn read(at: &TempDir, name: &str) -> Vec<u8> {
    fs::read(at.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn unpacked(name: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    match name.rsplit('.').next() {
        Some("gz") => flate2::read::MultiGzDecoder::new(bytes).read_to_string(&mut text).unwrap(),
        Some("zst") => zstd::stream::read::Decoder::new(bytes).unwrap().read_to_string(&mut text).unwrap(),
        _ => (&*bytes).read_to_string(&mut text).unwrap(),
    };
    text
}

fn left(at: &TempDir) -> BTreeSet<String> {
    fs::read_dir(at.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Kills a run at `moments` moments, goes on each time, and compares all files with those of an undisturbed run.
fn killed_and_gone_on_with(output: &str, more: &[&str], files: &[&str], moments: u32) {
    let at = archive(1000);
    let plain = [&["extract", "kho.jsonl", "--jobs", "2", "--errors", "loi.jsonl", "-o", output], more].concat();
    let began = Instant::now();
    assert_eq!(solieu(at.path(), &plain).status.code(), Some(1));
    let mut length = began.elapsed();
    let whole: Vec<Vec<u8>> = files.iter().map(|name| read(&at, name)).collect();
    let names = left(&at);
    files.iter().for_each(|name| fs::remove_file(at.path().join(name)).unwrap());

    let resume = [&plain[..], &["--resume", "--checkpoint", "0"]].concat();
    let mut kept = 0_u32;
    let mut moment = 0;
    loop {
        moment += 1;
        assert!(moment < 100 * moments, "no run was killed after its first checkpoint");
        let mut child = command(at.path(), &resume).stderr(Stdio::null()).spawn().unwrap();
        // Moments that lie apart like chance and are the same each time.
        sleep(length.mul_f64((0.3 + f64::from(moment) * 0.618) % 1.0));
        let over = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        let checkpoint = fs::read_to_string(at.path().join(format!(".{output}.solieu-run")));
        kept += u32::from(checkpoint.is_ok());
        if moment >= moments && kept > 0 {
            break;
        }
        if over {
            // The first run was slowed down by others beside it.
            length = length.mul_f64(0.8);
            files.iter().for_each(|name| fs::remove_file(at.path().join(name)).unwrap());
        }
    }
    if files.iter().any(|name| !at.path().join(name).exists()) || left(&at) != names {
        let run = solieu(at.path(), &resume);
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    }
    for (name, whole) in files.iter().zip(&whole) {
        assert!(read(&at, name) == *whole, "{name} is not that of an undisturbed run");
    }
    assert_eq!(left(&at), names);
}

#[test]
fn a_killed_run_goes_on_to_the_same_json_lines() {
    killed_and_gone_on_with("ra.jsonl", &[], &["ra.jsonl", "loi.jsonl"], 12);
}

#[test]
fn a_killed_run_goes_on_to_the_same_packed_json_lines() {
    killed_and_gone_on_with("ra.jsonl.gz", &[], &["ra.jsonl.gz", "loi.jsonl"], 12);
    killed_and_gone_on_with("ra.jsonl.zst", &[], &["ra.jsonl.zst", "loi.jsonl"], 4);
}

#[test]
fn a_killed_run_goes_on_to_the_same_tables_and_array() {
    killed_and_gone_on_with("ra.csv", &["--checks", "kiem.csv"], &["ra.csv", "kiem.csv", "loi.jsonl"], 12);
    killed_and_gone_on_with("ra.json", &[], &["ra.json", "loi.jsonl"], 4);
}

#[test]
fn a_killed_run_goes_on_to_the_same_parquet() {
    killed_and_gone_on_with("ra.parquet", &[], &["ra.parquet", "loi.jsonl"], 12);
}

#[test]
fn ctrl_c_ends_with_130_and_says_how_to_go_on() {
    if !cfg!(unix) {
        return;
    }
    let at = archive(1000);
    assert_eq!(solieu(at.path(), &["extract", "kho.jsonl", "-o", "ra.jsonl", "--quiet"]).status.code(), Some(1));
    let whole = read(&at, "ra.jsonl");
    fs::remove_file(at.path().join("ra.jsonl")).unwrap();
    // The first half of the input is there, the rest comes when the run is told to stop.
    let input = read(&at, "kho.jsonl");
    let typed = ["extract", "-", "-o", "ra.jsonl", "--jobs", "1", "--errors", "loi"];
    let mut child = command(at.path(), &typed).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let half = input.len() / 2;
    pipe.write_all(&input[..half]).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    sleep(Duration::from_millis(300));
    let _ = pipe.write_all(&input[half..]); // it may have gone already
    drop(pipe);
    let run = child.wait_with_output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(130), "{told}");
    assert!(told.contains("go on with: solieu extract - -o ra.jsonl --jobs 1 --errors loi --resume"), "{told}");
    assert!(!at.path().join("ra.jsonl").exists());

    let mut again = command(at.path(), &[&typed[..], &["--resume"]].concat()).stdin(Stdio::piped()).spawn().unwrap();
    again.stdin.take().unwrap().write_all(&input).unwrap();
    assert_eq!(again.wait().unwrap().code(), Some(1));
    let sources = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("\"kho.jsonl:", "\"-:");
    assert_eq!(sources(read(&at, "ra.jsonl")), sources(whole));
}

#[test]
fn another_run_does_not_go_on_with_this_one() {
    let at = archive(1);
    let checkpoint = r#"{"version":1,"key":"x","done":{"inputs":1,"told":0,"articles":1,"claims":1,"faults":0,
        "inconsistent":0,"unread":0,"duplicates":0,"bytes":1},"lengths":[0],"texts":0,"begun":[true]}"#;
    fs::write(at.path().join(".ra.jsonl.solieu-run"), checkpoint).unwrap();
    let run = solieu(at.path(), &["extract", "kho.jsonl", "-o", "ra.jsonl", "--resume"]);
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("expected the program, options and inputs of the interrupted run, found others"), "{told}");
    assert_eq!(solieu(at.path(), &["extract", "kho.jsonl", "-o", "ra.jsonl"]).status.code(), Some(0));
    assert_eq!(left(&at).len(), 2, "{:?}", left(&at));
    let stream = solieu(at.path(), &["extract", "kho.jsonl", "--resume"]);
    assert_eq!(stream.status.code(), Some(2));
}

#[test]
fn two_runs_do_not_write_one_output() {
    let at = archive(10);
    let mut first = command(at.path(), &["extract", "-", "-o", "ra.jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    let lock = at.path().join(".ra.jsonl.solieu-lock");
    while !lock.exists() {
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(50));
    let second = solieu(at.path(), &["extract", "kho.jsonl", "-o", "ra.jsonl"]);
    let told = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(2), "{told}");
    assert!(told.contains("ra.jsonl: expected an output of this run alone, found: another run"), "{told}");
    first.stdin.take().unwrap().write_all(b"{\"id\": \"x\", \"text\": \"6 con\"}\n").unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(unpacked("ra.jsonl", &read(&at, "ra.jsonl")).lines().count(), 1);
}

#[test]
fn shards_together_are_the_whole() {
    let at = archive(300);
    let lines = |arguments: &[&str]| -> Vec<String> {
        let run =
            solieu(at.path(), &[&["extract", "kho.jsonl", "--duplicates", "keep", "--quiet"], arguments].concat());
        String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect()
    };
    let mut whole = lines(&[]);
    let mut parts: Vec<String> = ["1/3", "2/3", "3/3"].iter().flat_map(|shard| lines(&["--shard", shard])).collect();
    whole.sort();
    parts.sort();
    assert_eq!(parts, whole);
    assert_eq!(solieu(at.path(), &["extract", "kho.jsonl", "--shard", "4/3"]).status.code(), Some(2));
}

#[test]
fn a_text_is_written_once_and_the_first_in_the_input_has_it() {
    let at = archive(1000);
    let run = |jobs: &str| solieu(at.path(), &["extract", "kho.jsonl", "--quiet", "--jobs", jobs]).stdout;
    let one = run("1");
    assert!(one == run("2") && one == run("5"), "the number of workers shows in the output");
    let records: Vec<Value> = one
        .split(|&b| b == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let (mut texts, mut ids, mut copies) = (BTreeSet::new(), BTreeSet::new(), 0);
    for record in &records {
        let article = &record["article"];
        match article["duplicate_of"].as_str() {
            None => {
                assert!(texts.insert(article["text"].as_str().unwrap()), "{} is written twice", article["id"]);
                ids.insert(article["id"].as_str().unwrap());
            }
            Some(first) => {
                copies += 1;
                assert!(ids.contains(first), "{first} comes later than {}", article["id"]);
                assert_eq!((&record["claims"], article.get("text")), (&Value::Array(Vec::new()), None));
            }
        }
    }
    assert!(copies > 10, "{copies}");
    let kept = solieu(at.path(), &["extract", "kho.jsonl", "--quiet", "--duplicates", "keep"]).stdout;
    assert!(!String::from_utf8(kept).unwrap().contains("\"duplicate_of\":\""));
}

#[test]
fn the_name_of_an_output_says_its_format() {
    let at = archive(30);
    let all = unpacked("x", &solieu(at.path(), &["extract", "kho.jsonl", "--quiet"]).stdout);
    for name in ["ra.jsonl", "ra.jsonl.gz", "ra.jsonl.zst", "ra"] {
        assert_eq!(solieu(at.path(), &["extract", "kho.jsonl", "-o", name, "--quiet"]).status.code(), Some(1));
        assert_eq!(unpacked(name, &read(&at, name)), all);
    }
    for name in ["ra.csv", "ra.csv.gz"] {
        solieu(at.path(), &["extract", "kho.jsonl", "-o", name, "--quiet"]);
        assert!(unpacked(name, &read(&at, name)).starts_with("article_id,"));
    }
    solieu(at.path(), &["extract", "kho.jsonl", "-o", "ra.json", "--quiet"]);
    assert!(serde_json::from_slice::<Vec<Value>>(&read(&at, "ra.json")).is_ok());
    let stream = solieu(at.path(), &["extract", "kho.jsonl", "--format", "jsonl.gz", "--quiet"]).stdout;
    assert_eq!(unpacked("x.gz", &stream), all);
}

#[test]
fn an_article_that_takes_too_long_is_told() {
    let at = archive(3);
    let run = solieu(at.path(), &["extract", "kho.jsonl", "--max-seconds", "0", "--errors", "loi", "-o", "ra.jsonl"]);
    assert_eq!(run.status.code(), Some(1));
    let told = String::from_utf8(read(&at, "loi")).unwrap();
    let first: Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["stage"], &first["source"], &first["number"]),
        (&"limit".into(), &"kho.jsonl:1".into(), &1.into())
    );
    assert_eq!((told.lines().count(), read(&at, "ra.jsonl").len()), (3, 0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_nothing_appears() {
    let at = archive(3);
    let run = solieu(at.path(), &["extract", "kho.jsonl", "-o", "/dev/full"]);
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(told.contains("/dev/full: expected an output that takes all bytes, found: No space left"), "{told}");
}
