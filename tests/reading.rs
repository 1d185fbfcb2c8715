//! What is read of every page, encoding and broken file in `fixtures/`: the text as a reader sees it, what is known of
//! the article, and by which way it was found.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use solieu::Article;
use solieu::article::document::{self, Options, Unread};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn read(path: &Path) -> Vec<Result<Article, Unread>> {
    let options = Options::default();
    document::raws(path, &options).map(|raw| raw.and_then(|raw| document::article(raw, &options))).collect()
}

fn read_bytes(bytes: impl Into<Vec<u8>>, options: &Options) -> Vec<Result<Article, Unread>> {
    let reader = Cursor::new(bytes.into());
    document::raws_from(reader, "-", options).map(|raw| raw.and_then(|raw| document::article(raw, options))).collect()
}

fn only(mut all: Vec<Result<Article, Unread>>) -> Result<Article, Unread> {
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// What a page gave, to look at.
fn shown(read: Result<Article, Unread>) -> String {
    let article = match read {
        Ok(article) => article,
        Err(unread) => return format!("unread ({}): {}", unread.stage, unread.message),
    };
    let mut out = String::new();
    for (name, value) in [
        ("reader", &article.reader),
        ("title", &article.title),
        ("author", &article.author),
        ("published", &article.published),
        ("url", &article.url),
        ("encoding", &article.encoding),
    ] {
        writeln!(out, "{name}: {}", value.as_deref().unwrap_or("-")).unwrap();
    }
    for fault in &article.faults {
        writeln!(out, "fault: {}: {}", fault.stage, fault.message).unwrap();
    }
    write!(out, "\n{}", article.text).unwrap();
    out
}

#[test]
fn pages_are_read_as_a_reader_sees_them() {
    let mut paths: Vec<PathBuf> = fs::read_dir(fixture("pages")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 9);
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        insta::assert_snapshot!(name, shown(only(read(&path))));
    }
}

#[test]
fn the_same_article_is_read_from_every_encoding() {
    let source = only(read(&fixture("encodings/ban-tin.utf8.txt"))).unwrap();
    assert_eq!(source.published.as_deref(), Some("2023-12-14T15:40:00+07:00"));
    for (name, encoding) in [
        ("utf8", "utf-8"),
        ("utf8-bom", "utf-8"),
        ("utf16le", "utf-16le"),
        ("utf16le-bom", "utf-16le"),
        ("utf16be-bom", "utf-16be"),
        ("windows-1258", "windows-1258"),
        ("tcvn3", "tcvn3"),
        ("vni", "vni"),
        ("utf8-tcvn3", "utf-8 (tcvn3)"),
        ("utf8-vni", "utf-8 (vni)"),
        ("utf8-twice", "utf-8 (utf-8)"),
    ] {
        let article = only(read(&fixture(&format!("encodings/ban-tin.{name}.txt")))).unwrap();
        assert_eq!(article.text, source.text, "{name}");
        assert_eq!(article.encoding.as_deref(), Some(encoding), "{name}");
        assert_eq!(article.id, source.id, "{name}");
    }
}

#[test]
fn legacy_encodings_are_read_inside_pages_and_json_too() {
    let line =
        "{\"title\":\"§¶ng bé huyÖn\",\"text\":\"Cã 58/61 tæ chøc c¬ së ®¶ng hoµn thµnh tèt nhiÖm vô, ®¹t 95,08%.\"}";
    let article = only(read_bytes(line, &Options::default())).unwrap();
    assert_eq!(article.text, "Đảng bộ huyện\n\nCó 58/61 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ, đạt 95,08%.");
    assert_eq!(article.title.as_deref(), Some("Đảng bộ huyện"));
    assert_eq!(article.encoding.as_deref(), Some("utf-8 (tcvn3)"));

    let page = "<html><body><h1>§&para;ng bé huyÖn</h1><p>Cã 58/61 tæ chøc c¬ së ®¶ng hoµn thµnh tèt nhiÖm vô.</p></body></html>";
    let article = only(read_bytes(page, &Options::default())).unwrap();
    assert_eq!(article.text, "Đảng bộ huyện\n\nCó 58/61 tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ.");
}

#[test]
fn broken_files_end_in_an_article_or_in_one_clear_line() {
    let mut out = String::new();
    for read in read(&fixture("broken")) {
        match read {
            Ok(article) => {
                let source = article.source.clone().unwrap_or_default();
                writeln!(
                    out,
                    "{}: read, {} faults, “{}”",
                    source,
                    article.faults.len(),
                    article.text.replace('\n', "⏎")
                )
                .unwrap();
                for fault in article.faults {
                    writeln!(out, "    {}: {}", fault.stage, fault.message).unwrap();
                }
            }
            Err(unread) => writeln!(out, "{unread}").unwrap(),
        }
    }
    let home = format!("{}/", fixture("broken").display());
    insta::assert_snapshot!("broken", out.replace(&home, ""));
}

#[test]
fn a_path_that_is_not_there_is_one_clear_line() {
    let unread = only(read(Path::new("/không/có/tin.txt"))).unwrap_err();
    assert!(unread.to_string().starts_with("/không/có/tin.txt: expected a file or a folder, found: "), "{unread}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_listed_does_not_stop_the_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let locked = home.path().join("a-khóa");
    fs::create_dir(&locked).unwrap();
    fs::write(home.path().join("b.txt"), "Đạt 51,17%.").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let all = read(home.path());
    let root = fs::read_dir(&locked).is_ok(); // root may list every folder
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(all.last().unwrap().as_ref().unwrap().text, "Đạt 51,17%.");
    assert_eq!(all.len(), if root { 1 } else { 2 });
    if !root {
        assert!(all[0].as_ref().unwrap_err().message.contains("can be listed"));
    }
}

#[test]
fn folders_are_walked_in_the_order_of_names() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("b")).unwrap();
    for (name, text) in
        [("c.txt", "ba"), ("b/x.jsonl", "{\"text\":\"hai\"}\n{\"text\":\"rưỡi\"}"), ("a.md", "một"), (".x", "ẩn")]
    {
        fs::write(home.path().join(name), text).unwrap();
    }
    let texts: Vec<String> = read(home.path()).into_iter().map(|a| a.unwrap().text).collect();
    assert_eq!(texts, ["một", "hai", "rưỡi", "ba"]);
}

/// A stream that says how much of it was read, made as it is read.
struct Endless {
    left: usize,
}

impl std::io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = into.len().min(self.left);
        into[..n].fill(b'1');
        self.left -= n;
        Ok(n)
    }
}

#[test]
fn a_text_that_is_no_article_s_is_refused_in_a_clear_line() {
    let raw = document::Raw {
        source: "dài.txt".to_owned(),
        form: document::Form::Text,
        bytes: "Xã có 5 hộ.\n".repeat(5).into_bytes(),
        ..document::Raw::default()
    };
    let options = Options { max_text: 40, ..Options::default() };
    let unread = document::article(raw, &options).unwrap_err();
    assert_eq!(unread.to_string(), "dài.txt: expected a text of at most 40 bytes, found 79");
    assert_eq!(unread.stage, "limit");
}

#[test]
fn a_line_of_200_megabytes_is_one_clear_line_and_the_next_is_read() {
    use std::io::Read as _;
    let options = Options { max_bytes: 1 << 20, ..Options::default() };
    let stream = Cursor::new("{\"text\":\"một\"}\n{\"text\":\"")
        .chain(Endless { left: 200 << 20 })
        .chain(Cursor::new("\"}\n{\"text\":\"ba\"}\n"));
    let all: Vec<_> = document::raws_from(stream, "kho.jsonl", &options).collect();
    assert_eq!(all.len(), 3);
    let unread = all[1].as_ref().unwrap_err();
    assert_eq!(unread.to_string(), "kho.jsonl:2: expected an article of at most 1048576 bytes, found a longer one");
    assert_eq!(all[2].as_ref().unwrap().source, "kho.jsonl:3");

    let text = only(
        document::raws_from(Endless { left: 200 << 20 }, "-", &options)
            .map(|r| r.map(|_| Article::default()))
            .collect(),
    );
    assert_eq!(text.unwrap_err().stage, "limit");
}

#[test]
fn a_stream_that_fails_gives_what_came_before_it() {
    struct Torn(bool);
    impl std::io::Read for Torn {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if std::mem::replace(&mut self.0, true) {
                return Err(std::io::Error::other("cable out"));
            }
            let line = "{\"text\":\"một\"}\n".as_bytes();
            let filler = [line, vec![b' '; (64 << 10) - line.len()].as_slice()].concat();
            let n = filler.len().min(into.len());
            into[..n].copy_from_slice(&filler[..n]);
            if n == filler.len() { Ok(n) } else { Ok(line.len()) }
        }
    }
    let all: Vec<_> = document::raws_from(Torn(false), "-", &Options::default()).collect();
    assert!(all.last().unwrap().as_ref().unwrap_err().message.contains("cable out"));
}

#[test]
fn tags_ten_thousand_deep_are_read_on_an_ordinary_stack() {
    for (open, close) in
        [("<div>", "</div>"), ("<span>", ""), ("<b><i>", ""), ("<table><tr><td>", ""), ("<div><table></div>", "")]
    {
        let page = format!(
            "<html><body><h1>Tin</h1>{}<p>Đạt 67/69 hộ.</p>{}<p>hết</p></body></html>",
            open.repeat(10_000),
            close.repeat(10_000)
        );
        let article = only(read_bytes(page, &Options::default())).unwrap();
        assert!(article.text.contains("67/69 hộ") && article.text.contains("hết"), "{open}");
        // an unclosed <b> is opened again in every paragraph: beyond a few they are passed over and nobody misses them
        assert_eq!(article.faults.iter().any(|f| f.stage == "limit"), open != "<b><i>", "{open}");
    }
}

#[test]
fn the_default_date_is_used_where_the_input_has_none() {
    let options = Options { published: Some("2024-01-02".to_owned()), ..Options::default() };
    let all = read_bytes("{\"text\":\"a b\"}\n{\"text\":\"c d\",\"date\":\"2023-05-11\"}", &options);
    let dates: Vec<_> = all.into_iter().map(|a| a.unwrap().published.unwrap()).collect();
    assert_eq!(dates, ["2024-01-02", "2023-05-11"]);
}

#[test]
fn an_object_an_array_and_lines_are_all_json() {
    for json in [
        "{\n  \"id\": 1,\n  \"text\": \"Đạt 51%.\"\n}",
        "[{\"id\":1,\"text\":\"Đạt 51%.\"}]",
        "{\"id\":1,\"text\":\"Đạt 51%.\"}\n",
        "{\"id\":1,\"html\":\"<p>Đạt 51%.</p>\"}",
        "{\"id\":1,\"text\":\"<p>Đạt&nbsp;51%.</p>\"}",
        "{\"id\":\"1\",\"body\":\"&#272;ạt 51%.\"}",
    ] {
        let article = only(read_bytes(json, &Options::default())).unwrap();
        assert_eq!((article.id.as_str(), article.text.replace('\u{a0}', " ").as_str()), ("1", "Đạt 51%."), "{json}");
    }
    let units: Vec<u8> =
        "{\"text\":\"Đạt 51%.\"}\r\n{\"text\":\"hai\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let all = read_bytes(units, &Options::default());
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].as_ref().unwrap().encoding.as_deref(), Some("utf-16le"));
    assert_eq!(all[0].as_ref().unwrap().text, "Đạt 51%.");
}

#[test]
fn plain_text_with_entities_is_decoded_and_says_so() {
    let article = only(read_bytes("Th&ocirc;ng b&aacute;o\n\nĐạt < 51% &amp; > 3%", &Options::default())).unwrap();
    assert_eq!(article.text, "Thông báo\n\nĐạt < 51% & > 3%");
    assert_eq!(article.reader.as_deref(), Some("text (entities decoded)"));
}

/// Not a test of anything: how fast pages of 200 kB are read. `cargo test --release --test reading speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "its purpose")]
fn speed_of_pages() {
    let options = Options::default();
    for name in ["vnexpress", "tuoitre", "provincial", "extractor"] {
        let page = fs::read_to_string(fixture(&format!("pages/{name}.html"))).unwrap();
        // a page of 200 kB: the prose thirty times, the rest menus and scripts
        let (head, tail) = page.split_at(page.rfind("<p").unwrap());
        let paragraph = "<p>Theo <b>báo cáo</b>, lượng xuất khẩu đạt <strong>1,52 triệu tấn</strong>, trong đó <a href=\"/x\">thị trường</a> Hàn Quốc chiếm 62%.</p>\n";
        let menu = "<div class=\"item\"><h3><a href=\"/tin-tuc/bai-viet-1234.html\" title=\"Tin\">Cà phê tăng 1.200 đồng mỗi ký trong tuần</a></h3><img src=\"https://i.bao.vn/a.jpg\" alt=\"\"></div>\n";
        let big = format!("{head}{}{tail}<div class=\"list-news\">{}</div>", paragraph.repeat(40), menu.repeat(900));
        let raw = document::Raw {
            source: "x".into(),
            form: document::Form::Html,
            bytes: big.clone().into_bytes(),
            ..document::Raw::default()
        };
        // the best of many: other work on the machine only ever makes a run slower
        let seconds = (0..100)
            .map(|_| {
                let (raw, began) = (raw.clone(), std::time::Instant::now());
                assert!(document::article(raw, &options).is_ok());
                began.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        let reader = document::article(raw, &options).unwrap().reader.unwrap_or_default();
        eprintln!("{name} ({reader}): {} kB, {:.0} MB/s", big.len() / 1000, big.len() as f64 / 1e6 / seconds);
    }
}
