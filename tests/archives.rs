//! Archives, tables and web archives as `solieu extract` meets them: whole, within one another, and broken in every way.
//! All of them are made here, of invented texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use solieu::Article;
use solieu::article::document::{self, Options, Role, Unread};

const TEXT: &str = "Thu ngân sách xã Đăk Mới\n\nĐến nay thu đạt 51,17% dự toán, có 67/69 hộ thoát nghèo.";

type Found = Vec<Result<Article, Unread>>;

fn read_with(bytes: Vec<u8>, name: &str, options: &Options) -> Found {
    document::raws_from(Cursor::new(bytes), name, options)
        .map(|raw| raw.and_then(|raw| document::article(raw, options)))
        .collect()
}

fn read(bytes: Vec<u8>, name: &str) -> Found {
    read_with(bytes, name, &Options::default())
}

/// The sources of what was read, and the lines of what was not.
fn told(found: &Found) -> Vec<String> {
    let line = |one: &Result<Article, Unread>| match one {
        Ok(article) => article.source.clone().unwrap(),
        Err(unread) => format!("{unread}"),
    };
    found.iter().map(line).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    liblzma::read::XzEncoder::new(bytes, 6).read_to_end(&mut out).unwrap();
    out
}

fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    bzip2::read::BzEncoder::new(bytes, bzip2::Compression::best()).read_to_end(&mut out).unwrap();
    out
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// As a program writes a zip that it cannot go back in: sizes stand behind the entries.
fn zip_streamed(entries: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut out = zip::ZipWriter::new_stream(Vec::new());
    for (name, bytes) in entries {
        out.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if name.starts_with('/') || name.contains("..") {
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            out.append(&header, *bytes).unwrap();
        } else {
            out.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    out.into_inner().unwrap()
}

fn warc_record(kind: &str, media: &str, n: usize, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n\
         WARC-Target-URI: https://bao.example/{n}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(n: usize, head: &str, body: &[u8]) -> Vec<u8> {
    let body = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    warc_record("response", "application/http; msgtype=response", n, &body)
}

fn page(words: &str) -> String {
    format!(
        "<html><head><title>Tin</title></head><body><article><h1>Tin xã Đăk Mới</h1><p>{words}</p></article></body></html>"
    )
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut out = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

#[test]
fn every_packing_is_undone_whatever_the_file_is_called() {
    for packed in [gz, zst, xz, bz2] {
        let found = read(packed(TEXT.as_bytes()), "tin.dat");
        assert_eq!(found[0].as_ref().unwrap().text, TEXT);
        let twice = [packed(b"{\"text\":\"m\xe1\xbb\x99t\"}\n"), packed(b"{\"text\":\"hai\"}\n")].concat();
        assert_eq!(told(&read(twice, "kho.jsonl.gz")), ["kho.jsonl.gz:1", "kho.jsonl.gz:2"]);
    }
}

#[test]
fn archives_within_archives_say_where_each_article_stood() {
    let lines = b"{\"text\":\"m\xe1\xbb\x99t\"}\n{\"text\":\"hai\"}\n";
    let inner = zip(&[("tin/bài 1.txt", TEXT.as_bytes()), ("kho.jsonl.xz", &xz(lines))]);
    let outer = gz(&tar(&[("./a.txt", TEXT.as_bytes()), ("2023/b.zip", &inner), ("c.txt", TEXT.as_bytes())]));
    let expected = [
        "kho.tar.gz!a.txt",
        "kho.tar.gz!2023/b.zip!tin/bài 1.txt",
        "kho.tar.gz!2023/b.zip!kho.jsonl.xz:1",
        "kho.tar.gz!2023/b.zip!kho.jsonl.xz:2",
        "kho.tar.gz!c.txt",
    ];
    assert_eq!(told(&read(outer, "kho.tar.gz")), expected);
}

#[test]
fn archives_deeper_than_allowed_are_told_and_the_rest_is_read() {
    let deep = zip(&[("c.zip", &zip(&[("d.txt", TEXT.as_bytes())]))]);
    let outer = zip(&[("b.zip", &deep), ("e.txt", TEXT.as_bytes())]);
    let options = Options { max_depth: 2, ..Options::default() };
    let found = told(&read_with(outer.clone(), "a.zip", &options));
    assert_eq!(found, ["a.zip!b.zip!c.zip: expected archives within archives at most 2 deep", "a.zip!e.txt"]);
    assert_eq!(told(&read(outer, "a.zip"))[0], "a.zip!b.zip!c.zip!d.txt");
}

#[test]
fn zips_whose_sizes_stand_behind_their_entries_are_read() {
    let inner = zip(&[("trong.txt", TEXT.as_bytes())]);
    for method in [zip::CompressionMethod::Deflated, zip::CompressionMethod::Stored] {
        let bytes = zip_streamed(&[("a.txt", TEXT.as_bytes()), ("b.zip", &inner), ("c.txt", TEXT.as_bytes())], method);
        assert_eq!(told(&read(bytes, "-")), ["-!a.txt", "-!b.zip!trong.txt", "-!c.txt"], "{method}");
    }
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused_and_system_files_passed_over() {
    let text = TEXT.as_bytes();
    let entries: &[(&str, &[u8])] = &[
        ("../../etc/tin.txt", text),
        ("/etc/tin.txt", text),
        ("__MACOSX/._a.txt", b"x"),
        (".DS_Store", b"x"),
        ("tin/", b""),
        ("tin/a.txt", text),
    ];
    for bytes in [zip(entries), tar(entries)] {
        let found = told(&read(bytes, "kho"));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("kho!../../etc/tin.txt: expected a name within the archive"), "{found:?}");
        assert!(found[1].starts_with("kho!/etc/tin.txt: expected a name within the archive"), "{found:?}");
        assert_eq!(found[2], "kho!tin/a.txt");
    }
}

#[test]
fn encrypted_and_unknown_entries_are_told_and_the_rest_is_read() {
    let mut bytes = zip(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes()), ("c.txt", TEXT.as_bytes())]);
    let second = memchr::memmem::find(&bytes, b"b.txt").unwrap() - 30;
    bytes[second + 6] |= 1;
    bytes[8] = 12;
    let found = told(&read(bytes, "k.zip"));
    assert!(found[0].ends_with("found compression method 12"), "{found:?}");
    assert!(found[1].ends_with("found it encrypted"), "{found:?}");
    assert_eq!(found[2], "k.zip!c.txt");
}

#[test]
fn a_wrong_checksum_or_broken_data_costs_one_entry() {
    let whole = zip(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    let mut wrong = whole.clone();
    wrong[14] ^= 1;
    let mut broken = whole;
    broken[36..40].fill(0xff);
    for bytes in [wrong, broken] {
        let found = told(&read(bytes, "k.zip"));
        assert!(found[0].starts_with("k.zip!a.txt: expected a file that can be read, found: an entry"), "{found:?}");
        assert_eq!(found[1], "k.zip!b.txt");
    }
}

/// 400 lines that no packing makes small.
fn many_lines() -> Vec<u8> {
    let mut seed = 7_u64;
    let mut lines = String::new();
    for n in 0..400 {
        lines.push_str(&format!("{{\"id\":{n},\"text\":\"Đạt {n}%"));
        for _ in 0..40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            lines.push_str(&format!(" {}", seed >> 20));
        }
        lines.push_str("\"}\n");
    }
    lines.into_bytes()
}

#[test]
fn streams_that_are_cut_off_give_what_came_before_and_say_where() {
    let lines = many_lines();
    for (packed, how) in [(gz(&lines), "gzip"), (zst(&lines), "zstd"), (xz(&lines), "xz"), (bz2(&lines), "bzip2")] {
        let found = read(packed[..packed.len() * 2 / 3].to_vec(), "kho.jsonl");
        let (last, before) = found.split_last().unwrap();
        let last = last.as_ref().unwrap_err().to_string();
        // bzip2 and xz give whole blocks: here there is only one
        assert!(before.iter().all(Result::is_ok) && (before.len() > 100 || how == "bzip2" || how == "xz"), "{how}");
        assert!(last.contains(&format!("a {how} stream broken or cut off at its byte")), "{last}");
    }
    let cut = &zip(&[("a.txt", TEXT.as_bytes()), ("kho.jsonl", &lines)]);
    let found = told(&read(cut[..cut.len() / 2].to_vec(), "k.zip"));
    assert_eq!(found[0], "k.zip!a.txt");
    assert!(found.len() > 100 && found[found.len() - 2].contains("an entry cut off at byte"), "{:?}", found.last());
    assert!(
        found[found.len() - 1].starts_with("k.zip: expected a file that can be read, found: "),
        "{:?}",
        found.last()
    );
    let cut = &tar(&[("a.txt", TEXT.as_bytes()), ("kho.jsonl", &lines)]);
    let found = told(&read(cut[..cut.len() / 2].to_vec(), "k.tar"));
    assert_eq!(found[0], "k.tar!a.txt");
    assert!(found[found.len() - 1].contains("cut off at its byte"), "{:?}", found.last());
}

#[test]
fn archives_cut_at_every_byte_never_panic_and_never_end_in_silence() {
    let small = tar(&[("a.txt", TEXT.as_bytes())]);
    let warc = [response(1, "200 OK\r\nContent-Type: text/html", page(TEXT).as_bytes())].concat();
    for whole in [zip(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]), gz(&small), warc] {
        for end in 1..whole.len() {
            let found = read(whole[..end].to_vec(), "k");
            assert!(!found.is_empty(), "{end}");
        }
    }
}

#[test]
fn a_bomb_is_refused_and_what_stands_beside_it_is_read() {
    for byte in [0, b' ', b'a'] {
        let zeros = vec![byte; 18 << 20];
        for packed in [gz, zst, xz, bz2] {
            let found = told(&read(packed(&zeros), "bom"));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("compression bomb") || found[0].contains("at most"), "{found:?}");
        }
        let found = told(&read(zip(&[("bom.jsonl", &zeros), ("a.txt", TEXT.as_bytes())]), "k.zip"));
        assert!(found.last().unwrap() == "k.zip!a.txt", "{found:?}");
    }
    let options = Options { max_unpacked: 1000, ..Options::default() };
    let found = told(&read_with(gz(&many_lines()), "bom", &options));
    assert!(found[0].contains("more than 1000 bytes unpacked"), "{found:?}");
}

#[test]
fn tables_are_read_row_by_row_whatever_stands_between_their_cells() {
    for between in [",", ";", "\t"] {
        let rows =
            ["Mã,Tiêu đề,Nội dung,Ngày", "7,Thu ngân sách,\"Đạt 51,17%\ndự toán\",11/05/2023", "", "8,Chi,Đạt 5%,"];
        let table = rows.join("\r\n").replace("51,17", "51@17").replace(',', between).replace('@', ",");
        let found = read(table.into_bytes(), "kho.csv");
        assert_eq!(told(&found), ["kho.csv:2", "kho.csv:5"]);
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("7", "Thu ngân sách\n\nĐạt 51,17%\ndự toán"));
        assert_eq!(first.published.as_deref(), Some("2023-05-11"));
        assert_eq!(first.reader.as_deref(), Some("csv"));
    }
}

#[test]
fn columns_can_be_named_for_tables_and_for_json() {
    let options = Options { columns: vec![(Role::Text, "ban_tin".to_owned())], ..Options::default() };
    for bytes in ["stt,ban_tin\n1,Đạt 51%\n", "{\"stt\":1,\"ban_tin\":\"Đạt 51%\",\"text\":\"khác\"}\n"] {
        let found = read_with(bytes.as_bytes().to_vec(), "kho.csv", &options);
        assert_eq!(found[0].as_ref().unwrap().text, "Đạt 51%");
    }
    let found = read(
        b"{\"tieu_de\":\"Thu\",\"Noi_Dung\":\"T\xc4\x83ng 5%\",\"datePublished\":\"2023-05-11\"}".to_vec(),
        "a.json",
    );
    let article = found[0].as_ref().unwrap();
    assert_eq!((article.text.as_str(), article.published.as_deref()), ("Thu\n\nTăng 5%", Some("2023-05-11")));
}

#[test]
fn tables_without_text_and_with_broken_quotes_are_told_by_line() {
    let found = told(&read(b"stt,gia\n1,2\n".to_vec(), "gia.csv"));
    assert!(found[0].starts_with("gia.csv:1: expected a column with the text") && found[0].ends_with("stt, gia"));
    let table = "id,text\n1,Đạt 5%\n2,\"mở mà không đóng\n3,Đạt 7%\n4,Đạt 8%,thừa\n5,Đạt 9%\n";
    let found = told(&read(table.as_bytes().to_vec(), "kho.csv"));
    assert_eq!((found[0].as_str(), found[2].as_str(), found[4].as_str()), ("kho.csv:2", "kho.csv:4", "kho.csv:6"));
    assert!(found[1].starts_with("kho.csv:3: expected a quote that is closed"), "{found:?}");
    assert!(found[3].starts_with("kho.csv:5: expected 2 cells as the header has, found 3"), "{found:?}");
}

#[test]
fn rows_that_ran_together_over_an_open_quote_say_so() {
    let table =
        "id,text\n1,Đạt 5%\n2,\"mở mà không đóng\n3,Đạt 7%\n4,\"xã \"\"Phú\"\" đạt 8%\"\n5,\"Đạt\n\"\"9%\"\"\"\n";
    let articles = read(table.as_bytes().to_vec(), "kho.csv");
    let faults: Vec<usize> = articles.iter().map(|article| article.as_ref().unwrap().faults.len()).collect();
    assert_eq!(faults, [0, 1, 0]);
    let fault = &articles[1].as_ref().unwrap().faults[0];
    assert!(fault.message.ends_with("rows may have run together"), "{fault:?}");
}

#[test]
fn what_was_read_of_a_file_is_counted_as_it_lies_there() {
    let line = "{\"text\":\"Đạt 5,1% dự toán\"}\n".repeat(5000);
    for bytes in [gz(line.as_bytes()), zip(&[("kho.jsonl", line.as_bytes())]), line.into_bytes()] {
        let (length, options) = (bytes.len() as u64, Options::default());
        assert_eq!(document::raws_from(Cursor::new(bytes), "kho", &options).count(), 5000);
        assert_eq!(options.consumed.count(), length);
    }
}

#[test]
fn tables_in_utf_16_and_in_old_encodings_are_read() {
    let table = "id\ttext\r\n1\tĐạt 51%\r\n";
    let units: Vec<u8> = std::iter::once(0xFEFF).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(units, "kho.csv")[0].as_ref().unwrap().text, "Đạt 51%");
    // "Đảng bộ thành phố" in TCVN3
    let old = b"id,text\n1,\xa7\xb6ng b\xe9 th\xb5nh ph\xe8\n".to_vec();
    assert_eq!(read(old, "kho.csv")[0].as_ref().unwrap().text, "Đảng bộ thành phố");
}

#[test]
fn web_archives_give_pages_with_their_record_and_address() {
    let body = page(TEXT);
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let legacy = b"<html><body><p>T\x69\xd2nh Gia Lai co\xec b\xf4\xecn xa\xde \xf0a\xf2t chu\xe2\xd2n, s\xf4\xec h\xf4\xf2 ngh\xe8o gia\xd2m</p></body></html>";
    let archive = [
        warc_record("warcinfo", "application/warc-fields", 1, b"software: x"),
        response(2, "200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes()),
        response(3, "404 Not Found\r\nContent-Type: text/html", body.as_bytes()),
        response(4, "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response(5, "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
        response(6, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gz(body.as_bytes())),
        response(7, "200 OK\r\nContent-Type: text/html; charset=windows-1258", legacy),
        warc_record("resource", "text/html", 8, body.as_bytes()),
        warc_record("request", "application/http; msgtype=request", 9, b"GET / HTTP/1.1\r\n\r\n"),
    ];
    let options = Options::default();
    let each: Vec<u8> = archive.iter().flat_map(|record| gz(record)).collect();
    let found = read_with(each, "crawl.warc.gz", &options);
    assert_eq!(told(&found), [2, 5, 6, 7, 8].map(|n| format!("crawl.warc.gz:{n}")));
    for article in found.iter().map(|one| one.as_ref().unwrap()) {
        let n = article.source.as_ref().unwrap().rsplit(':').next().unwrap();
        assert_eq!(
            (article.id.as_str(), article.url.as_deref()),
            (&*format!("urn:uuid:{n}"), Some(&*format!("https://bao.example/{n}")))
        );
        assert!(article.text.contains(if n == "7" { "bốn xã đạt chuẩn" } else { "67/69 hộ" }), "{}", article.text);
        assert_eq!(article.published, None, "the day of a crawl is no day of publication");
    }
    assert_eq!(options.passed.count(), 2);
}

#[test]
fn broken_records_are_told_and_the_next_ones_read() {
    let whole = response(1, "200 OK\r\nContent-Type: text/html", page(TEXT).as_bytes());
    let no_length = String::from_utf8(whole.clone()).unwrap().replace("Content-Length", "X-Length").into_bytes();
    let found = told(&read([&*whole, &*no_length, &*whole].concat(), "c.warc"));
    assert_eq!((found[0].as_str(), found[2].as_str(), found.len()), ("c.warc:1", "c.warc:3", 3), "{found:?}");
    assert!(found[1].starts_with("c.warc:2: expected a record, found a record without its length"), "{found:?}");
    let cut = [&*whole, &whole[..whole.len() - 60]].concat();
    let found = told(&read(cut, "c.warc"));
    assert!(found[1].starts_with("c.warc:2: ") && found[1].contains("cut off after"), "{found:?}");
}

#[test]
fn parquet_files_are_read_by_row_also_from_within_an_archive() {
    let file = parquet(vec![
        ("ID", Arc::new(Int64Array::from(vec![7, 8, 9]))),
        ("khac", Arc::new(Int64Array::from(vec![1, 2, 3]))),
        ("Tieu_De", Arc::new(StringArray::from(vec![Some("Thu ngân sách"), None, None]))),
        ("noi_dung", Arc::new(StringArray::from(vec![Some("Đạt 51,17%"), None, Some("<p>Tăng&nbsp;5%</p>")]))),
    ]);
    for (bytes, name) in
        [(file.clone(), "kho.parquet"), (gz(&file), "kho.parquet"), (zip(&[("kho.parquet", &file)]), "k.zip")]
    {
        let found = read(bytes, name);
        let at = if name == "k.zip" { "k.zip!kho.parquet" } else { name };
        assert_eq!(found.len(), 3);
        let first = found[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("7", "Thu ngân sách\n\nĐạt 51,17%"));
        assert_eq!(first.source.as_deref(), Some(&*format!("{at}:1")));
        assert_eq!(told(&found)[1], format!("{at}:2: expected a text in the row, found none"));
        assert!(found[2].as_ref().unwrap().text.starts_with("Tăng"));
    }
    let without = parquet(vec![("gia", Arc::new(Int64Array::from(vec![1])))]);
    let found = told(&read(without, "gia.parquet"));
    assert!(found[0].ends_with("found the columns: gia"), "{found:?}");
    let found = told(&read(file[..file.len() / 2].to_vec(), "kho.parquet"));
    assert!(found[0].starts_with("kho.parquet: expected a Parquet file"), "{found:?}");
}

#[test]
fn documents_are_read_and_other_office_files_named() {
    let xml = "<?xml version=\"1.0\"?><w:document><w:body><w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p><w:p><w:r><w:t>Đạt 51,17%.</w:t></w:r></w:p></w:body></w:document>";
    let core = "<cp:coreProperties><dc:creator>Hà An</dc:creator><dcterms:created>2023-05-11T07:00:00Z</dcterms:created></cp:coreProperties>";
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let docx = zip(&[types, ("word/document.xml", xml.as_bytes()), ("docProps/core.xml", core.as_bytes())]);
    for (bytes, name) in [(docx.clone(), "bao-cao.docx"), (zip(&[("a/bao-cao.docx", &docx)]), "k.zip")] {
        let found = read(bytes, name);
        let article = found[0].as_ref().unwrap();
        assert_eq!((article.text.as_str(), article.title.as_deref()), ("Báo cáo\n\nĐạt 51,17%.", Some("Báo cáo")));
        assert_eq!(
            (article.author.as_deref(), article.published.as_deref()),
            (Some("Hà An"), Some("2023-05-11T07:00:00Z"))
        );
    }
    let sheet = zip(&[types, ("xl/workbook.xml", b"<x/>")]);
    assert!(told(&read(sheet, "a.xlsx"))[0].contains("an Excel workbook"));
}

/// Not a test of anything: how fast articles are read out of each form.
/// `cargo test --release --test archives speed -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "its purpose")]
fn speed_of_forms() {
    let text = std::iter::successors(Some(11_u64), |n| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(9)))
        .take(360_000)
        .map(|n| {
            format!(
                "Năm {}, xã Đăk Mới thu ngân sách đạt {},{}% dự toán, tăng {} hộ. ",
                n >> 53,
                n >> 60,
                n >> 57 & 7,
                n >> 55
            )
        });
    let text: Vec<String> = text.collect::<Vec<_>>().chunks(30).map(<[String]>::concat).collect();
    let lines: Vec<u8> = text.iter().flat_map(|t| format!("{{\"id\":1,\"text\":\"{t}\"}}\n").into_bytes()).collect();
    let csv: Vec<u8> = std::iter::once("id,text\n".to_owned())
        .chain(text.iter().map(|t| format!("1,\"{t}\"\n")))
        .collect::<String>()
        .into_bytes();
    let named: Vec<(String, &[u8])> =
        text.iter().enumerate().map(|(n, t)| (format!("{n}.txt"), t.as_bytes())).collect();
    let entries: Vec<(&str, &[u8])> = named.iter().map(|(n, t)| (n.as_str(), *t)).collect();
    let pages: Vec<u8> =
        text.iter().flat_map(|t| response(1, "200 OK\r\nContent-Type: text/html", page(t).as_bytes())).collect();
    let table = parquet(vec![("text", Arc::new(StringArray::from(text.clone())))]);
    let size = lines.len() as f64 / 1e6;
    for (name, bytes) in [
        ("jsonl", lines.clone()),
        ("jsonl.gz", gz(&lines)),
        ("jsonl.zst", zst(&lines)),
        ("jsonl.xz", xz(&lines)),
        ("csv", csv),
        ("zip", zip(&entries)),
        ("tar", tar(&entries)),
        ("parquet", table),
        ("warc", pages.clone()),
        ("warc.gz", gz(&pages)),
    ] {
        let options = Options::default();
        let (mut seconds, mut split) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..3 {
            let began = std::time::Instant::now();
            let raws: Vec<_> = document::raws_from(Cursor::new(bytes.clone()), name, &options).collect();
            split = split.min(began.elapsed().as_secs_f64());
            assert_eq!(raws.len(), text.len(), "{name}");
            assert!(raws.into_iter().all(|raw| document::article(raw.unwrap(), &options).is_ok()), "{name}");
            seconds = seconds.min(began.elapsed().as_secs_f64());
        }
        eprintln!("{name}: {size:.0} MB, split {:.0} MB/s, read {:.0} MB/s", size / split, size / seconds);
    }
}
