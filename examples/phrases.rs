//! Shows the noun phrases and things that the linker sees in JSON Lines articles on standard input, one article a block.

use std::io::BufRead;

use solieu::article::normalise::nfc;
use solieu::claim::lexicon::{Lexicon, Page};
use solieu::claim::link::Linker;

fn main() -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let input: serde_json::Value = serde_json::from_str(&line?)?;
        let text = nfc(input["text"].as_str().unwrap_or_default()).into_owned();
        let page = Page::new(&text, Lexicon::built_in());
        let (amounts, _) = solieu::claim::drafts(&page);
        writeln!(out, "## {}\n{}", input["id"], Linker::new(&page, &amounts).marked())?;
    }
    Ok(())
}
