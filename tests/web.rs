//! The desk over the wire: what a request must show, what every answer says, and that an article is shown, corrected and
//! taken away whole. What needs a browser is in `tests/browser/`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const TEXT: &str = "Năm 2023, xã Đăk Tơ Pôn có 9/11 thôn đạt chuẩn văn hóa (chiếm 88,1%) và 48/52 hộ nghèo được hỗ trợ xây nhà \
                    (đạt 92,3%).";

fn solieu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_solieu"))
}

/// A desk that ends with the test.
struct Desk {
    child: Child,
    host: String,
    folder: TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: its status, its head in small letters, its body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Desk {
    fn open(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = solieu()
            .args(["serve", "--port", "0"])
            .args(arguments)
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, host, folder }
    }

    /// Sends bytes and reads the answer; who answers before all was sent may close the door.
    fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host).as_bytes())
    }

    fn post(&self, path: &str, kind: &str, body: &[u8], more: &str) -> Answer {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n",
            self.host
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Posts one field of the first page's form; a name makes it a file.
    fn read(&self, field: &str, file: Option<&str>, bytes: &[u8]) -> Answer {
        let name = file.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"{name}\r\n\r\n");
        self.post("/read", "multipart/form-data; boundary=x", &[head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat(), "")
    }

    /// Reads the text and answers with the path of its page.
    fn paste(&self) -> String {
        let answer = self.read("text", None, TEXT.as_bytes());
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.header("location").unwrap().to_owned()
    }

    fn json(&self, at: &str) -> serde_json::Value {
        let answer = self.get(&format!("{at}/solieu.json"));
        assert_eq!(answer.status, 200);
        serde_json::from_str(&answer.body).unwrap()
    }
}

#[test]
fn every_answer_has_a_policy_under_which_nothing_of_an_article_acts() {
    let desk = Desk::open(&[]);
    let at = desk.paste();
    for path in ["/", &at, "/nowhere", "/assets/desk.css", "/assets/desk.js", "/bai/a-none"] {
        let answer = desk.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(!answer.body.contains(" style=\"") && !answer.body.contains(" onclick"), "{path}");
    }
    assert_eq!(desk.get("/nowhere").status, 404);
    assert_eq!(desk.get("/bai/a-none").status, 404);
    for path in ["/assets/../Cargo.toml", "/assets/..%2F..%2FCargo.toml", "/assets/%2Fetc%2Fpasswd"] {
        assert_eq!(desk.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_request_names_this_machine_and_a_form_is_of_this_desk() {
    let desk = Desk::open(&[]);
    let rebound = desk.send(b"GET / HTTP/1.1\r\nHost: evil.example:7878\r\nConnection: close\r\n\r\n");
    assert_eq!(rebound.status, 421, "{}", rebound.body);
    assert_eq!(desk.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    let at = desk.paste();
    let claim = desk.json(&at)["claims"][0]["id"].as_str().unwrap().to_owned();
    let form = "application/x-www-form-urlencoded";
    for origin in ["http://evil.example", "null", "http://localhost:1"] {
        let more = format!("Origin: {origin}\r\n");
        assert_eq!(desk.post(&format!("{at}/so/{claim}"), form, b"judgement=wrong", &more).status, 403, "{origin}");
        assert_eq!(desk.post(&format!("{at}/quen"), form, b"", &more).status, 403, "{origin}");
    }
    assert_eq!(desk.json(&at)["corrections"].as_array().unwrap().len(), 0);
    let own = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", desk.host);
    assert_eq!(desk.post(&format!("{at}/so/{claim}"), form, b"judgement=wrong", &own).status, 303);
    assert_eq!(desk.json(&at)["corrections"].as_array().unwrap().len(), 1);
    for back in ["//evil.example", "/%5Cevil.example", "http://evil.example/", "javascript:alert(1)"] {
        assert_eq!(desk.get(&format!("/lang/en?back={back}")).header("location"), Some("/"), "{back}");
    }
}

#[test]
fn the_page_shows_what_extract_writes() {
    let desk = Desk::open(&[]);
    let at = desk.paste();
    let file = desk.folder.path().join("tin.txt");
    std::fs::write(&file, TEXT).unwrap();
    let out = solieu().arg("extract").arg(&file).output().unwrap();
    let record: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let shown = desk.json(&at);
    assert_eq!(shown["claims"], record["claims"]);
    assert_eq!(shown["checks"], record["checks"]);
    let page = desk.get(&at).body;
    for claim in record["claims"].as_array().unwrap() {
        let id = claim["id"].as_str().unwrap();
        assert!(page.contains(&format!("id=\"t-{id}\"")) && page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let bad = page.find("badge v-inconsistent").unwrap();
    assert!(bad < page.find("badge v-consistent").unwrap(), "worst first");
    assert!(page.contains("9/11 = 81,82 %"));
}

#[test]
fn what_cannot_be_read_is_told_and_not_kept() {
    let desk = Desk::open(&[]);
    let told = |answer: Answer, status: u16, words: &str| {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    };
    told(desk.read("text", None, b"  \n "), 422, "dán bài viết");
    told(desk.read("file", Some("anh.png"), b"\x89PNG\r\n\x1a\n\0\0\0"), 422, "a PNG image");
    told(desk.read("file", Some("tin.docx"), b"PK\x03\x04broken"), 422, "Không đọc được");
    told(desk.post("/read", "multipart/form-data; boundary=x", b"--x\r\nnonsense", ""), 400, "Biểu mẫu");
    let large = vec![b'a'; 17 << 20];
    told(desk.read("text", None, &large), 413, "quá lớn");
    assert!(!desk.get("/").body.contains("/bai/"), "nothing was kept");
}

#[test]
fn the_name_of_a_file_is_shown_and_opens_nothing() {
    let desk = Desk::open(&[]);
    let answer = desk.read("file", Some("../../<b>etc</b>/tin.txt"), TEXT.as_bytes());
    assert_eq!(answer.status, 303, "{}", answer.body);
    let record = desk.json(answer.header("location").unwrap());
    assert_eq!(record["article"]["source"], "tin.txt");
    let left: Vec<_> = walkdir::WalkDir::new(desk.folder.path()).into_iter().filter_map(Result::ok).collect();
    assert!(left.iter().all(|entry| entry.file_name() != "tin.txt"), "{left:?}");
}

#[test]
fn corrections_stand_beside_an_archive_and_become_gold_lines() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("figures.sqlite");
    let file = folder.path().join("kho.jsonl");
    std::fs::write(&file, serde_json::json!({"id": "bai/1 ?", "text": TEXT}).to_string()).unwrap();
    assert!(solieu().arg("extract").arg(&file).arg("-o").arg(&database).status().unwrap().success());
    let rows = || {
        let db = rusqlite::Connection::open(&database).unwrap();
        let mut all = db.prepare("SELECT * FROM claims ORDER BY id").unwrap();
        let width = all.column_count();
        let of = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect();
        all.query_map([], of).unwrap().collect::<rusqlite::Result<Vec<Vec<_>>>>().unwrap()
    };
    let before = rows();
    let desk = Desk::open(&[database.to_str().unwrap()]);
    let at = "/bai/bai%2F1%20%3F";
    let record = desk.json(at);
    let ids: Vec<_> = record["claims"].as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    let form = "application/x-www-form-urlencoded";
    let fixed = "judgement=fixed&kind=ratio&value=9&denominator=11&unit=th%C3%B4n&entity=x%C3%A3+%C4%90%C4%83k+T%C6%A1+P%C3%B4n\
                 &property=th%C3%B4n+v%C4%83n+h%C3%B3a&note=g%E1%BB%91c";
    assert_eq!(desk.post(&format!("{at}/so/{}", ids[0]), form, fixed.as_bytes(), "").status, 303);
    assert_eq!(desk.post(&format!("{at}/so/{}", ids[1]), form, b"judgement=wrong", "").status, 303);
    for wrong in ["judgement=fixed&kind=ratio&value=9.1", "judgement=fixed&kind=weather&value=9", "judgement=best", ""]
    {
        let answer = desk.post(&format!("{at}/so/{}", ids[2]), form, wrong.as_bytes(), "");
        assert_eq!(answer.status, 422, "{wrong}");
    }
    assert_eq!(desk.post(&format!("{at}/so/c-none"), form, b"judgement=wrong", "").status, 404);
    let said = &desk.json(at)["corrections"];
    assert_eq!(said[0]["fields"]["property"], "thôn văn hóa");
    assert_eq!(
        said[0]["machine"],
        serde_json::json!({
            "kind": "ratio", "value": 9, "denominator": 11, "unit": said[0]["machine"]["unit"],
            "entity": said[0]["machine"]["entity"], "property": said[0]["machine"]["property"],
            "period": "Năm 2023", "reference": said[0]["machine"]["reference"],
        })
    );
    let page = desk.get(at).body;
    assert!(page.contains("<ins>thôn văn hóa</ins>") && page.contains("j-wrong"));
    drop(desk);
    assert_eq!(rows(), before, "what the program read is untouched");

    let lines = |flag: &str| {
        let out = solieu().arg("corrections").arg(&database).arg(flag).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice::<serde_json::Value>(&out.stdout).unwrap()
    };
    let gold = lines("--gold");
    assert_eq!(gold["id"], "bai/1 ?");
    let claims = gold["claims"].as_array().unwrap();
    assert_eq!((claims.len(), claims[0]["property"].as_str()), (ids.len() - 1, Some("thôn văn hóa")));
    assert!(claims[1..].iter().all(|claim| claim["optional"] == true) && claims[0].get("optional").is_none());
    assert_eq!(gold["non_claims"][0]["quote"], "88,1%");
    assert_eq!(lines("--articles")["text"], TEXT);
}

#[test]
fn a_desk_without_a_database_leaves_nothing() {
    let mut desk = Desk::open(&[]);
    desk.paste();
    let left = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert_eq!(left(desk.folder.path()), 1);
    assert!(desk.get("/").body.contains("chỉ được giữ tạm"));
    if cfg!(unix) {
        assert!(Command::new("kill").arg(desk.child.id().to_string()).status().unwrap().success());
        assert!(desk.child.wait().unwrap().success());
        assert_eq!(left(desk.folder.path()), 0);
    }
}

#[test]
fn other_machines_are_let_in_only_by_name_of_the_flag() {
    let out = solieu().args(["serve", "--host", "0.0.0.0", "--port", "0"]).output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("--open-to-network"));
}

#[test]
fn a_report_is_one_whole_file_and_its_status_tells_what_does_not_hold() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, good) = (folder.path().join("xau.txt"), folder.path().join("tot.txt"));
    std::fs::write(&bad, TEXT).unwrap();
    std::fs::write(&good, "Xã có 48/52 hộ nghèo được hỗ trợ xây nhà (đạt 92,3%). </style><script>1</script>").unwrap();
    let out = folder.path().join("report.html");
    let run = |more: &[&str], files: &[&Path]| {
        solieu().arg("report").args(files).arg("-o").arg(&out).args(more).status().unwrap().code().unwrap()
    };
    let strict: &[&str] = &["--fail-on", "inconsistent"];
    assert_eq!(run(strict, &[&bad, &good]), 3);
    assert_eq!(run(strict, &[&good]), 0);
    assert_eq!(run(&[], &[&bad, &folder.path().join("none.txt")]), 1);
    assert_eq!(run(&[], &[&bad, &good]), 0);
    let page = std::fs::read_to_string(&out).unwrap();
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "{}", &page[..600]);
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    assert!(page.contains("9/11 = 81,82 %") && page.contains("không khớp"));
    for format in ["annotations", "schema-org"] {
        assert_eq!(run(&["--format", format], &[&bad, &good]), 0);
        let all: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
        assert_eq!(all.as_array().unwrap().len(), 2, "{format}");
    }
}
