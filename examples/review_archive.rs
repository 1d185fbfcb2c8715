//! Writes an invented archive as JSON Lines, for trying `solieu review` on:
//! `cargo run --example review_archive -- read 2000 > kho.jsonl` ("read" or "kept": which half of the phrasings);
//! `-- read 400000 loose` says the same things again and again: a million claims, to time the desk with.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a tool of developers")]

#[path = "../tests/review/archive.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "shared with a test"
)]
mod archive;

use std::io::Write as _;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let half = arguments.next().unwrap_or_else(|| "read".to_owned());
    let articles: usize = arguments.next().map_or(2000, |count| count.parse().unwrap());
    let mut maker = archive::Maker::new(&half, 7);
    maker.loose = arguments.next().is_some_and(|word| word == "loose");
    let made = if maker.loose {
        maker.archive(articles, 0, &[])
    } else {
        maker.archive(articles, 200.min(articles / 10), &archive::NEAR)
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for piece in made.pieces {
        let json = serde_json::json!({
            "id": piece.id, "published": piece.published, "title": piece.title, "text": piece.text,
        });
        writeln!(out, "{json}").unwrap();
    }
    for pair in made.pairs {
        eprintln!(
            "{}\t{}\t{}\t{}\t{}\t{}",
            pair.class, pair.topic, pair.ids[0], pair.ids[1], pair.texts[0], pair.texts[1]
        );
    }
}
