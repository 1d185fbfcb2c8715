//! `solieu amounts`: the reader of numbers alone. `{"id": 1, "text": "gần 1,7 triệu ly"}` gives its id and one amount.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::Serialize;

use super::End;
use super::arguments::Amounts;
use super::extract::{given, raws};
use super::lexicon;
use super::progress::Progress;
use super::told::{Told, Watching};
use crate::article::document::{self, Raw, Unread};
use crate::claim::amount;
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::{Exact, Modifier};
use crate::run::{self, How};
use crate::sink::Output;
use crate::sink::store::Run;
use crate::sink::text::{Frame, Stream};

/// What is written for one line.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: &'a str,
    amounts: Vec<Row>,
}

/// One amount as it is written.
#[derive(Debug, Serialize)]
struct Row {
    text: String,
    /// Code points of the line's text in NFC.
    start: u32,
    end: u32,
    /// None for a non-claim.
    value: Option<Exact>,
    value_max: Option<Exact>,
    denominator: Option<Exact>,
    unit: Option<String>,
    unit_code: Option<String>,
    modifier: Option<Modifier>,
    /// The kind of non-claim (`date`, `document` …), none for an amount.
    non_claim: Option<&'static str>,
}

/// Runs `amounts`.
pub(super) fn amounts(what: &Amounts) -> Result<End, Error> {
    let options = document::Options::default();
    let added = lexicon::added(what.lexicon.as_deref())?;
    let lexicon = added.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let paths = given(&what.paths)?;
    let mut out = Output::open(None)?;
    let mut watch = Watching { progress: Progress::hidden(), told: Told::Stderr, kept: false };
    let read = |raw: Raw, out: &mut Vec<u8>| -> Result<(), Unread> {
        let source = raw.source.clone();
        let article = document::article(raw, &options)?;
        let line = Line { id: &article.id, amounts: rows(&article.text, lexicon) };
        serde_json::to_writer(&mut *out, &line).map_err(|refused| Unread {
            source,
            stage: "write".to_owned(),
            message: format!("expected amounts that can be encoded, found: {refused}"),
        })?;
        out.push(b'\n');
        Ok(())
    };
    let inputs = run::numbered(raws(paths, &options));
    let which = Run { key: String::new(), arguments: Vec::new(), resume: false };
    let name = out.path().to_owned();
    let mut store = Stream::new(&mut out, name, Frame::default());
    let (every, stop) = (Duration::from_secs(3600), AtomicBool::new(false));
    let how = How { jobs: run::jobs(what.jobs), run: &which, every, stop: &stop };
    let ended = run::run(inputs, &how, &run::lines(read), &mut store, &mut watch)?;
    out.finish()?;
    Ok(if ended.done.tally.unread > 0 { End::SomeUnread } else { End::Done })
}

/// The amounts of one text.
fn rows(text: &str, lexicon: &Lexicon) -> Vec<Row> {
    amount::read_with(text, lexicon)
        .into_iter()
        .map(|reading| Row {
            text: reading.bytes.slice(text).to_owned(),
            start: reading.start,
            end: reading.end,
            value: reading.value.map(Exact),
            value_max: reading.value_max.map(Exact),
            denominator: reading.denominator.map(Exact),
            unit: reading.unit,
            unit_code: reading.unit_code,
            modifier: reading.modifier.map(Modifier::from),
            non_claim: reading.non_claim.map(amount::NonClaim::name),
        })
        .collect()
}
