//! The READMEs show what the program does today: blocks under a marker are its own output.
//!
//! `README=write cargo test --test readme` writes the blocks anew; the diff is the review. The markers:
//! `<!-- output of: solieu … -->`, `<!-- first claim of: solieu extract … -->`, `<!-- kinds -->`, `<!-- các loại -->`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Record {
    claims: Vec<Box<RawValue>>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program prints; a word in double quotes is one argument.
fn output(line: &str) -> String {
    let mut arguments: Vec<String> = Vec::new();
    for (n, part) in line.split('"').enumerate() {
        match n % 2 {
            1 => arguments.push(part.to_owned()),
            _ => arguments.extend(part.split_whitespace().map(str::to_owned)),
        }
    }
    assert_eq!(arguments[0], "solieu");
    let run = Command::new(env!("CARGO_BIN_EXE_solieu")).current_dir(root()).args(&arguments[1..]).output().unwrap();
    assert!(run.status.success(), "{line}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// The block that belongs under a marker.
fn block(marker: &str) -> Option<String> {
    if let Some(line) = marker.strip_prefix("output of: ") {
        return Some(format!("```text\n$ {line}\n{}```\n", output(line)));
    }
    if let Some(line) = marker.strip_prefix("first claim of: ") {
        let record: Record = serde_json::from_str(output(line).lines().next().unwrap()).unwrap();
        let shown = record.claims.first().map_or("null", |claim| claim.get());
        return Some(format!("```json\n{}\n```\n", a_line_per_field(shown)));
    }
    match marker {
        "kinds" => Some(solieu::record::kind::table()),
        "các loại" => Some(solieu::record::kind::bang()),
        _ => None,
    }
}

/// A JSON object with each of its own fields on a line, and its digits and their order untouched.
fn a_line_per_field(json: &str) -> String {
    let (mut out, mut depth, mut inside, mut escaped) = (String::new(), 0, false, false);
    for c in json.chars() {
        let end = c == '}' && depth == 1 && !inside;
        out += if end { "\n" } else { "" };
        out.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => inside = !inside,
            _ if inside => {}
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            ':' => out.push(' '),
            ',' if depth > 1 => out.push(' '),
            _ => {}
        }
        if !inside && depth == 1 && (c == ',' || c == '{') {
            out += "\n  ";
        }
    }
    out
}

/// The text with every block under a marker made anew: a block is all lines up to the next empty line, or a fence.
fn renewed(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        let marker = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        let Some(block) = marker.and_then(block) else { continue };
        out += &block;
        let fenced = lines.peek().is_some_and(|line| line.starts_with("```"));
        let mut first = true;
        while let Some(line) = lines.next_if(|line| fenced || !line.is_empty()) {
            if fenced && !first && line == "```" {
                break;
            }
            first = false;
        }
    }
    out
}

#[test]
fn a_field_is_a_line() {
    let json = r#"{"a":{"b":[1,2]},"c":"x, {\"y","d":97.10}"#;
    assert_eq!(a_line_per_field(json), "{\n  \"a\": {\"b\": [1, 2]},\n  \"c\": \"x, {\\\"y\",\n  \"d\": 97.10\n}");
}

#[test]
fn the_readmes_show_what_the_program_prints() {
    for name in ["README.md", "README.vi.md"] {
        let path = root().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let renewed = renewed(&text);
        if std::env::var("README").is_ok_and(|what| what == "write") {
            fs::write(&path, &renewed).unwrap();
        } else {
            assert!(text == renewed, "{name} is stale: run README=write cargo test --test readme\n{renewed}");
        }
    }
}
