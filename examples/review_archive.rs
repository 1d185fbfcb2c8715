//! Writes an invented archive as JSON Lines, for trying `solieu review` on:
//! `cargo run --example review_archive -- read 2000 > kho.jsonl` ("read" or "kept": which half of the phrasings).

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a tool of developers")]

#[path = "../tests/review/archive.rs"]
#[allow(dead_code, clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "shared with a test")]
mod archive;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let half = arguments.next().unwrap_or_else(|| "read".to_owned());
    let articles: usize = arguments.next().map_or(2000, |count| count.parse().unwrap());
    let made = archive::Maker::new(&half, 7).archive(articles, 200.min(articles / 10), &archive::NEAR);
    for piece in made.pieces {
        let json = serde_json::json!({
            "id": piece.id, "published": piece.published, "title": piece.title, "text": piece.text,
        });
        println!("{json}");
    }
    for pair in made.pairs {
        eprintln!("{}\t{}\t{}\t{}\t{}\t{}", pair.class, pair.topic, pair.ids[0], pair.ids[1], pair.texts[0], pair.texts[1]);
    }
}
