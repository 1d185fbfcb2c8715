//! Databases as their users meet them: loading, loading again, correcting, searching, going on after a stop; SQLite
//! always, PostgreSQL where `SOLIEU_TEST_POSTGRES` says how to reach one (`.ci/postgres cargo test --test databases --test kills`).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod dump;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rusqlite::Connection;
use serde_json::json;
use solieu::article::document::Unread;
use solieu::sink::database::{ArticleRows, Cell, Rows, metadata};
use solieu::sink::postgres::Postgres;
use solieu::sink::sqlite::{Sqlite, phrase};
use solieu::sink::store::{Batch, Checkpoint, Entry, First, Format, Missed, Run, Store, Tally, TextHash};
use tempfile::TempDir;

use dump::{cells, dump, dump_postgres, postgres, schema};

/// A small archive: id, published, title, text.
const ARCHIVE: [[&str; 4]; 8] = [
    ["ngheo-2022", "2022-12-20", "Giảm nghèo ở xã Đăk Tơ Pôn", "Năm 2022, xã Đăk Tơ Pôn có 14,2% hộ nghèo."],
    ["ngheo-2023", "2023-12-19", "Xã Đăk Tơ Pôn thêm một mùa vui", "Năm 2023, xã Đăk Tơ Pôn có 11,5% hộ nghèo."],
    ["ngheo-2023-b", "2023-12-21", "Nhìn lại một năm", "Năm 2023, xã Đăk Tơ Pôn có 12,5% hộ nghèo."],
    [
        "cong-vien",
        "2023-05-04",
        "Công viên mới",
        "Huyện Ia Rơn đầu tư 1.340 tỷ đồng xây công viên Hoà Bình. Công ty Xây dựng Măng Rơi góp 25,5 tỷ đồng.",
    ],
    [
        "chi-bo",
        "2023-07-01",
        "Kết nạp đảng viên",
        "Năm 2023, Đảng bộ xã Đăk Tơ Pôn kết nạp 18 đảng viên mới (đạt 60% so với Nghị quyết); 9/11 thôn đạt chuẩn \
         văn hóa (chiếm 88,1%).",
    ],
    ["thu", "2024-02-02", "Thu ngân sách", "Năm 2023, thu ngân sách tỉnh Gia Lai tăng 6,4% so với năm 2022."],
    ["thu-dang-lai", "2024-02-03", "Thu ngân sách", "Năm 2023, thu ngân sách tỉnh Gia Lai tăng 6,4% so với năm 2022."],
    ["ngay-sai", "hôm qua", "Trồng rừng", "Xã Ia Đal trồng 120 ha rừng keo lai."],
];

fn line([id, published, title, text]: [&str; 4]) -> String {
    json!({"id": id, "published": published, "title": title, "text": text}).to_string() + "\n"
}

/// A folder with the archive, whose last line cannot be read.
fn archive() -> TempDir {
    let at = tempfile::tempdir().unwrap();
    let lines: String = ARCHIVE.into_iter().map(line).collect();
    fs::write(at.path().join("kho.jsonl"), lines + "{\"id\": \"hỏng\", \"text\": \n").unwrap();
    at
}

fn solieu(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_solieu"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// Loads files of the folder into its figures.sqlite.
fn load(at: &Path, files: &[&str]) -> Connection {
    let run = solieu(at, &[&["extract", "-o", "figures.sqlite", "--errors", "errors.jsonl"], files].concat());
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    Connection::open(at.join("figures.sqlite")).unwrap()
}

fn rows(db: &Connection, sql: &str) -> Vec<String> {
    cells(db, sql).iter().map(|row| row.join(" | ")).collect()
}

#[test]
fn an_archive_becomes_one_file_whose_parts_fit_together() {
    let at = archive();
    let db = load(at.path(), &["kho.jsonl"]);
    let mut files: Vec<_> = fs::read_dir(at.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["errors.jsonl", "figures.sqlite", "kho.jsonl"], "nothing stays beside the file");
    assert_eq!(rows(&db, "PRAGMA foreign_key_check"), Vec::<String>::new());
    assert_eq!(rows(&db, "PRAGMA integrity_check"), ["ok"]);
    db.execute("INSERT INTO sentences_fts (sentences_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    assert_eq!(rows(&db, "SELECT count(*) FROM articles"), ["8"]);
    assert_eq!(rows(&db, "SELECT count(*) FROM figures"), rows(&db, "SELECT count(*) FROM claims"));
    assert_eq!(
        rows(&db, "SELECT value, typeof(value), value_real FROM claims WHERE text = '14,2%'"),
        ["14.2 | text | 14.2"]
    );
    assert_eq!(rows(&db, "SELECT value FROM claims WHERE text LIKE '1.340 tỷ%'"), ["1340000000000"]);
    let faults = rows(&db, "SELECT article_id, stage FROM faults ORDER BY article_id");
    assert_eq!(faults, ["∅ | json", "ngay-sai | read"]);
    assert_eq!(rows(&db, "SELECT id, articles, unread, checkpoint, finished IS NULL FROM runs"), ["1 | 8 | 1 | ∅ | 0"]);
    assert_eq!(rows(&db, "SELECT count(*) FROM progress"), ["0"]);
    // One row for a name, type and place, whoever says it.
    assert_eq!(
        rows(&db, "SELECT name, type, place_code FROM entities GROUP BY 1, 2, 3 HAVING count(*) > 1"),
        Vec::<String>::new()
    );
}

#[test]
fn loading_the_same_archive_again_changes_no_row() {
    let at = archive();
    let first = dump(&load(at.path(), &["kho.jsonl"]));
    let before = rows(
        &Connection::open(at.path().join("figures.sqlite")).unwrap(),
        "SELECT id, run_id FROM articles ORDER BY id",
    );
    let db = load(at.path(), &["kho.jsonl"]);
    assert_eq!(first, dump(&db));
    assert_eq!(before, rows(&db, "SELECT id, run_id FROM articles ORDER BY id"), "no article was written again");
    assert_eq!(rows(&db, "SELECT count(*) FROM runs WHERE finished IS NOT NULL"), ["2"]);
}

#[test]
fn a_corrected_article_replaces_its_rows_and_no_others() {
    let at = archive();
    load(at.path(), &["kho.jsonl"]);
    let text = fs::read_to_string(at.path().join("kho.jsonl")).unwrap();
    let corrected = text
        .replace("9/11 thôn", "10/11 thôn")
        .replace("120 ha rừng keo lai", "hai loài thông")
        .replace("\"hỏng\", \"text\": ", "\"hỏng\", \"text\": \"Xã Ia Đal có 3 thôn.\"}");
    fs::write(at.path().join("kho.jsonl"), &corrected).unwrap();
    let db = load(at.path(), &["kho.jsonl"]);
    let changed = rows(&db, "SELECT id FROM articles WHERE run_id = 2 ORDER BY id");
    assert_eq!(changed, ["chi-bo", "hỏng", "ngay-sai"]);
    assert_eq!(rows(&db, "SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH 'keo'"), ["0"]);
    db.execute("INSERT INTO sentences_fts (sentences_fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    assert_eq!(rows(&db, "PRAGMA foreign_key_check"), Vec::<String>::new());
    let again = archive();
    fs::write(again.path().join("kho.jsonl"), corrected).unwrap();
    assert_eq!(dump(&db), dump(&load(again.path(), &["kho.jsonl"])), "as if it had been so from the start");
}

#[test]
fn search_folds_the_place_of_tones_and_nothing_else() {
    let at = archive();
    let db = load(at.path(), &["kho.jsonl"]);
    let found = |words: &str| {
        let mut search = db.prepare("SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH ?").unwrap();
        search.query_row([phrase(words)], |row| row.get::<_, i64>(0)).unwrap()
    };
    for words in ["hòa bình", "hoà bình", "HÒA BÌNH", "ho\u{300}a bi\u{300}nh", "công viên hòa bình"] {
        assert_eq!(found(words), 1, "{words}");
    }
    for words in ["hoa binh", "hóa bình", "hoà binh", "bình hoà"] {
        assert_eq!(found(words), 0, "{words}");
    }
    assert!(found("văn hoá") == 1 && found("văn hóa") == 1 && found("van hoa") == 0);
    assert!(found("đăk tơ") > 0 && found("Đăk Tơ") > 0 && found("dak to") == 0 && found("đak tơ") == 0);
    assert_eq!(found("\" OR *"), 0, "marks are no operators");
}

#[test]
fn two_articles_with_one_id_are_both_kept_and_told() {
    let at = archive();
    let [first, second] = [ARCHIVE[0], ARCHIVE[1]].map(|[_, published, title, text]| ["chung", published, title, text]);
    fs::write(at.path().join("hai.jsonl"), line(first) + &line(second)).unwrap();
    let db = load(at.path(), &["hai.jsonl"]);
    let ids = rows(&db, "SELECT id, duplicate_of FROM articles ORDER BY rowid");
    assert_eq!(ids.len(), 2, "{ids:?}");
    assert_eq!(ids[0], "chung | ∅");
    assert!(ids[1].starts_with("chung~") && ids[1].ends_with(" | ∅"), "{ids:?}");
    let faults = rows(&db, "SELECT stage, message FROM faults");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with("id | expected an id of its own"), "{faults:?}");
    assert_eq!(rows(&db, "SELECT value FROM claims WHERE unit = '%' ORDER BY value_real"), ["11.5", "14.2"]);
    let before = dump(&db);
    assert_eq!(before, dump(&load(at.path(), &["hai.jsonl"])));
}

#[test]
fn a_newsroom_gets_its_answers() {
    let at = tempfile::tempdir().unwrap();
    let db = whole(at.path());
    let mut answers = String::new();
    for question in metadata::questions() {
        let answer = rows(&db, &question.sql);
        assert!(!answer.is_empty(), "{} finds nothing", question.name);
        answers += &format!("{}\n{}\n\n", question.name, answer.join("\n"));
    }
    insta::assert_snapshot!(answers);
}

#[test]
fn a_second_run_on_a_file_is_refused_and_the_first_goes_on() {
    let at = archive();
    let path = at.path().join("figures.sqlite");
    let first = Sqlite::open(&path).unwrap();
    let run = solieu(at.path(), &["extract", "kho.jsonl", "-o", "figures.sqlite"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.contains("expected a database that no other run writes, found: another run is writing it"), "{told}");
    drop(first);
    let db = load(at.path(), &["kho.jsonl"]);
    assert_eq!(rows(&db, "SELECT count(*) FROM articles"), ["8"]);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let at = archive();
    fs::write(at.path().join("bai.sqlite"), "Xã có 48/52 hộ thoát nghèo.\n".repeat(50)).unwrap();
    let run = solieu(at.path(), &["extract", "kho.jsonl", "-o", "bai.sqlite"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("found: file is not a database"));
    assert!(fs::read_to_string(at.path().join("bai.sqlite")).unwrap().starts_with("Xã có 48/52"));
}

/// The archive as batches of three articles each, with what could not be read in the last.
fn batches() -> Vec<Batch<Vec<ArticleRows>>> {
    let mut done = Checkpoint::default();
    let mut list = Vec::new();
    let mut seen: Vec<First> = Vec::new();
    let articles: Vec<_> = (1_u64..).zip(ARCHIVE).collect();
    for part in articles.chunks(3) {
        let mut firsts = Vec::new();
        let mut entries = Vec::new();
        for &(number, [id, published, title, text]) in part {
            let mut article = solieu::Article::from_text(id, text);
            article.published = Some(published.to_owned());
            article.title = Some(title.to_owned());
            article.source = Some(format!("kho.jsonl:{number}"));
            let mut record = solieu::extract(&article);
            let hash = TextHash::of(text);
            match seen.iter().find(|first| first.text == hash) {
                Some(first) => {
                    record.claims.clear();
                    record.checks.clear();
                    record.article.text = None;
                    record.article.duplicate_of = Some(first.id.clone());
                }
                None => {
                    seen.push(First { text: hash, id: id.to_owned() });
                    firsts.push(First { text: hash, id: id.to_owned() });
                }
            }
            entries.push(Entry { number, text: hash, record });
        }
        done.inputs += part.len() as u64;
        done.tally.articles += part.len() as u64;
        list.push(Batch { part: Rows.encode(entries).unwrap(), missed: Vec::new(), firsts, done });
    }
    let unread = Unread { source: "kho.jsonl:9".to_owned(), stage: "json".to_owned(), message: "hỏng".to_owned() };
    list[2].missed.push(Missed { unread, number: 9 });
    list[2].done = Checkpoint { inputs: 9, told: 7, tally: Tally { unread: 1, ..list[2].done.tally } };
    list
}

fn run(resume: bool) -> Run {
    Run { key: "kho".to_owned(), arguments: vec!["extract".to_owned(), "kho.jsonl".to_owned()], resume }
}

/// Stops a run after its first commit, goes on with another store, and ends it.
fn stop_and_go_on<S: Store<Vec<ArticleRows>>>(open: impl Fn() -> S) {
    let mut list = batches().into_iter();
    let mut store = open();
    assert_eq!(store.begin(&run(true), &mut |_| panic!("nothing was seen")).unwrap(), None);
    let first = list.next().unwrap();
    let done = first.done;
    store.take(first).unwrap();
    store.commit().unwrap();
    store.take(list.next().unwrap()).unwrap();
    drop(store);

    let mut store = open();
    let mut seen = Vec::new();
    assert_eq!(store.begin(&run(true), &mut |first| seen.push(first.id)).unwrap(), Some(done));
    assert_eq!(seen, ["ngheo-2022", "ngheo-2023", "ngheo-2023-b"]);
    for batch in batches().into_iter().skip(1) {
        store.take(batch).unwrap();
    }
    store.finish(&Checkpoint::default()).unwrap();
    drop(store);
    assert_eq!(open().begin(&run(true), &mut |_| ()).unwrap(), None, "a run that ended is not resumed");
}

fn undisturbed<S: Store<Vec<ArticleRows>>>(mut store: S) {
    assert_eq!(store.begin(&run(false), &mut |_| ()).unwrap(), None);
    for batch in batches() {
        store.take(batch).unwrap();
    }
    store.finish(&Checkpoint::default()).unwrap();
}

/// A whole load into a new SQLite file.
fn whole(folder: &Path) -> Connection {
    let path = folder.join("whole.sqlite");
    undisturbed(Sqlite::open(&path).unwrap());
    Connection::open(path).unwrap()
}

#[test]
fn a_run_that_was_stopped_goes_on_and_ends_with_the_same_rows() {
    let at = tempfile::tempdir().unwrap();
    let path = at.path().join("figures.sqlite");
    stop_and_go_on(|| Sqlite::open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    assert_eq!(dump(&whole(at.path())), dump(&db));
    assert_eq!(rows(&db, "SELECT DISTINCT run_id FROM articles"), ["1"]);
    let duplicate = "SELECT id, duplicate_of, claims FROM articles WHERE duplicate_of IS NOT NULL";
    assert_eq!(rows(&db, duplicate), ["thu-dang-lai | thu | 0"]);
    // Row numbers of sentences too, which search points at.
    let numbers = "SELECT id, article_id, start_offset FROM sentences ORDER BY id";
    assert_eq!(rows(&whole(at.path()), numbers), rows(&db, numbers));
}

#[test]
fn a_full_disk_stops_the_run_and_keeps_what_was_committed() {
    let at = tempfile::tempdir().unwrap();
    let path: PathBuf = at.path().join("figures.sqlite");
    let mut store = Sqlite::open(&path).unwrap();
    store.begin(&run(false), &mut |_| ()).unwrap();
    let mut list = batches().into_iter();
    store.take(list.next().unwrap()).unwrap();
    store.commit().unwrap();
    store.limit_pages(1).unwrap();
    let mut big = list.next().unwrap();
    for rows in &mut big.part {
        rows.faults.push(vec![
            Cell::Text(rows.id.clone().into()),
            Cell::Own,
            Cell::Null,
            Cell::Text("dài".into()),
            Cell::Text("x".repeat(1 << 20).into()),
        ]);
    }
    let message = store.take(big).unwrap_err().to_string();
    assert!(message.ends_with("expected a database that takes all rows, found: database or disk is full"), "{message}");
    drop(store);
    let db = Connection::open(&path).unwrap();
    assert_eq!(rows(&db, "SELECT id FROM articles ORDER BY id"), ["ngheo-2022", "ngheo-2023", "ngheo-2023-b"]);
    assert_eq!(rows(&db, "PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn postgres_has_the_same_rows_as_sqlite() {
    let Some(address) = postgres() else { return };
    let at = archive();
    let db = load(at.path(), &["kho.jsonl"]);
    let mut client = schema(&address, "same_rows");
    let arguments =
        ["extract", "kho.jsonl", "--format", "postgres", "-o", &address, "--schema", "same_rows", "--errors", "e"];
    for _ in 0..2 {
        let run = solieu(at.path(), &arguments);
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(dump(&db), dump_postgres(&mut client, "same_rows"));
    }
    let written = client.query("SELECT count(*) FROM same_rows.articles WHERE run_id <> 1", &[]).unwrap();
    assert_eq!(written[0].get::<_, i64>(0), 0, "loading again writes nothing");
    let found = |client: &mut postgres::Client, words: &str| -> i64 {
        let search = "SELECT count(*) FROM same_rows.sentences WHERE words @@ phraseto_tsquery('simple', $1)";
        client.query_one(search, &[&words]).unwrap().get(0)
    };
    assert_eq!(
        [found(&mut client, "hòa bình"), found(&mut client, "hoà bình"), found(&mut client, "hoa binh")],
        [1, 1, 0]
    );

    let text = fs::read_to_string(at.path().join("kho.jsonl")).unwrap().replace("9/11 thôn", "10/11 thôn");
    fs::write(at.path().join("kho.jsonl"), text).unwrap();
    solieu(at.path(), &arguments);
    assert_eq!(dump(&load(at.path(), &["kho.jsonl"])), dump_postgres(&mut client, "same_rows"), "after a correction");
    let figures =
        client.query_one("SELECT count(*) = (SELECT count(*) FROM same_rows.claims) FROM same_rows.figures", &[]);
    assert!(figures.unwrap().get::<_, bool>(0));
}

#[test]
fn postgres_goes_on_after_a_stop() {
    let Some(address) = postgres() else { return };
    let mut client = schema(&address, "stopped");
    stop_and_go_on(|| Postgres::open(&address, "stopped").unwrap());
    let at = tempfile::tempdir().unwrap();
    assert_eq!(dump(&whole(at.path())), dump_postgres(&mut client, "stopped"));
}

#[test]
fn postgres_that_goes_away_is_told_and_keeps_what_was_committed() {
    let Some(address) = postgres() else { return };
    let mut client = schema(&address, "gone");
    let mut store = Postgres::open(&address, "gone").unwrap();
    store.begin(&run(false), &mut |_| ()).unwrap();
    let mut list = batches().into_iter();
    let first = list.next().unwrap();
    let done = first.done;
    store.take(first).unwrap();
    store.commit().unwrap();
    let others = "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN gone.runs ON l.objid::bigint = runs.id \
                  WHERE l.locktype = 'advisory' AND l.pid <> pg_backend_pid() AND l.classid = \
                  (hashtext('\"gone\".')::bigint & 4294967295)::oid";
    assert_eq!(client.query(others, &[]).unwrap().len(), 1);
    store.take(list.next().unwrap()).unwrap();
    let message = store.commit().unwrap_err().to_string();
    assert!(message.contains("expected a database that takes all rows, found: "), "{message}");
    drop(store);
    let mut store = Postgres::open(&address, "gone").unwrap();
    assert_eq!(store.begin(&run(true), &mut |_| ()).unwrap(), Some(done));
    for batch in batches().into_iter().skip(1) {
        store.take(batch).unwrap();
    }
    store.finish(&Checkpoint::default()).unwrap();
    let at = tempfile::tempdir().unwrap();
    assert_eq!(dump(&whole(at.path())), dump_postgres(&mut client, "gone"));
}

#[test]
fn postgres_with_tables_of_a_newer_solieu_is_refused() {
    let Some(address) = postgres() else { return };
    let mut client = schema(&address, "newer");
    drop(Postgres::open(&address, "newer").unwrap());
    client.execute("UPDATE newer.meta SET value = '2000' WHERE key = 'version'", &[]).unwrap();
    let message = Postgres::open(&address, "newer").unwrap_err().to_string();
    assert!(message.contains("expected tables of version 1, found version 2"), "{message}");
    let wrong = Postgres::open("host=/nowhere dbname=x user=y", "newer").unwrap_err().to_string();
    assert!(wrong.starts_with("postgres:///nowhere/x: expected a PostgreSQL database, found: "), "{wrong}");
}

#[test]
fn datasette_metadata_names_the_file() {
    let run = solieu(Path::new("."), &["datasette-metadata", "--database", "so-lieu"]);
    let metadata: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(metadata["databases"]["so-lieu"]["tables"]["articles"]["title"], "Bài viết");
}

/// `README=write cargo test --test databases` writes the columns anew.
#[test]
fn the_columns_in_docs_are_those_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/databases.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- columns -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of columns -->").unwrap();
    let columns = metadata::described_in_markdown();
    let wanted = format!("{before}<!-- columns -->\n{columns}<!-- end of columns -->{after}");
    if std::env::var("README").as_deref() == Ok("write") {
        fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(text == wanted, "docs/databases.md is not what the tables are: README=write cargo test --test databases");
}
