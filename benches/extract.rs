//! How fast articles become records: bytes of input per second, on texts written for this project.
//!
//! `cargo bench` for all, `cargo bench -- html` for one. BENCHMARKS.md has the figures of the last measured state.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use solieu::article::document::{Form, Options, Raw};
use solieu::run::{self, Extraction, How, Watch};
use solieu::sink::jsonl::Jsonl;
use solieu::sink::packing::Packing;
use solieu::sink::store::{Checkpoint, Missed, Run};
use solieu::sink::text::{Frame, Stream, Text};
use solieu::{Article, Lexicon, claim, record::Record};

/// The texts of `corpus/` and of the README, in articles of about 5 kB.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pieces = vec![fs::read_to_string(root.join("fixtures/readme/xa-dak-to.txt")).unwrap_or_default()];
    let mut pages: Vec<_> = fs::read_dir(root.join("corpus")).into_iter().flatten().flatten().collect();
    pages.sort_by_key(fs::DirEntry::path);
    for page in pages {
        let page = fs::read_to_string(page.path()).unwrap_or_default();
        let text = page.split("## Text\n").nth(1).and_then(|rest| rest.split("\n## ").next());
        pieces.extend(text.map(str::to_owned));
    }
    let mut articles = vec![String::new()];
    for piece in pieces.iter().cycle().take(pieces.len() * 3) {
        if articles.last().is_some_and(|last| last.len() > 5000) {
            articles.push(String::new());
        }
        if let Some(last) = articles.last_mut() {
            last.push_str(piece.trim());
            last.push_str("\n\n");
        }
    }
    articles
}

/// A page of about 200 kB around a text, with what surrounds an article on the sites of the press.
fn page(text: &str) -> String {
    let mut links = String::new();
    for n in 0..900 {
        let _ = write!(
            links,
            "<li class=\"item-news\"><a href=\"/tin-{n}.html\" title=\"Tin {n}\"><img src=\"/i/{n}.jpg\" alt=\"\"></a>\
             <h3><a href=\"/tin-{n}.html\">Tiêu đề của bản tin số {n} trong ngày</a></h3></li>"
        );
    }
    let mut body = String::new();
    for paragraph in text.split("\n\n") {
        let _ = write!(body, "<p class=\"Normal\">{paragraph}</p>");
    }
    format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Bản tin của xã</title>\
         <script>{}</script></head><body><nav><ul>{links}</ul></nav><article><h1>Bản tin của xã</h1>\
         <span class=\"date\">15/01/2024 08:30</span>{body}</article><aside><ul>{links}</ul></aside></body></html>",
        "window.data=[1,2,3];".repeat(600),
    )
}

/// Nobody watches.
struct Quiet;

impl Watch for Quiet {
    fn missed(&mut self, _: &[Missed]) -> Result<u64, solieu::Error> {
        Ok(0)
    }
    fn at(&mut self, _: &Checkpoint) {}
}

fn extract(c: &mut Criterion) {
    let texts = texts();
    let articles: Vec<Article> = texts.iter().map(|text| Article::from_text("bench", text)).collect();
    let bytes = texts.iter().map(String::len).sum::<usize>() as u64;

    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("article to reading", |b| {
        b.iter(|| articles.iter().map(|article| claim::read(black_box(article)).claims.len()).sum::<usize>());
    });
    let readings: Vec<_> = articles.iter().map(claim::read).collect();
    group.bench_function("reading to line", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            for (article, reading) in articles.iter().zip(&readings) {
                Record::new(article, reading).write_json(&mut out).ok();
            }
            out.len()
        });
    });
    group.finish();

    let raws = |form, texts: &[String]| -> Vec<Raw> {
        texts
            .iter()
            .map(|text| Raw { source: "bench".to_owned(), form, bytes: text.clone().into_bytes(), ..Raw::default() })
            .collect()
    };
    let options = Options::default();
    let lines: Vec<String> =
        texts.iter().map(|text| serde_json::json!({"id": "bench", "text": text}).to_string()).collect();
    let pages: Vec<String> = texts.iter().take(8).map(|text| page(text)).collect();
    for (name, raws, copies) in [("jsonl", raws(Form::JsonLine, &lines), 40), ("html", raws(Form::Html, &pages), 5)] {
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        group.throughput(Throughput::Bytes(copies * raws.iter().map(|raw| raw.bytes.len() as u64).sum::<u64>()));
        for jobs in [1, 2] {
            group.bench_function(BenchmarkId::new("jobs", jobs), |b| {
                b.iter(|| {
                    let inputs = (0..copies).flat_map(|_| raws.iter().cloned().map(Ok));
                    let text = Text { records: (&Jsonl, Packing::Plain), beside: None };
                    let (format, lexicon, limit) = (&text, Lexicon::built_in(), Duration::from_secs(60));
                    let job = Extraction { format, options: &options, lexicon, with_text: true, limit, texts: None };
                    let which = Run { key: String::new(), arguments: Vec::new(), resume: false };
                    let mut store = Stream::new(std::io::sink(), "bench".into(), Frame::default());
                    let stop = AtomicBool::new(false);
                    let how = How { jobs, run: &which, every: limit, stop: &stop };
                    run::run(run::numbered(inputs), &how, &job, &mut store, &mut Quiet)
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
