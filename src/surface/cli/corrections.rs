//! `solieu corrections figures.sqlite`: what people said of claims at the desk, a line each. With `--gold` a line for each
//! article, as the scorer reads it: `{"id": "a-1", "claims": [{"quote": "48/52", …}], "non_claims": []}`.

use std::io::Write as _;

use serde::Serialize;

use super::End;
use super::arguments::Corrections;
use crate::error::Error;
use crate::sink::Output;
use crate::sink::gold;
use crate::sink::sqlite::desk::{self, Notes};

/// An article of the gold set.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    published: Option<&'a str>,
    title: Option<&'a str>,
    text: &'a str,
}

/// Runs `corrections`.
pub(super) fn corrections(what: &Corrections) -> Result<End, Error> {
    // Opening what is not there would make it.
    std::fs::metadata(&what.database).map_err(|source| Error::Io {
        path: what.database.clone(),
        expected: "a database that solieu serve kept",
        source,
    })?;
    desk::prepare(&what.database)?;
    let notes = Notes::open(&what.database)?;
    let internal = |found: serde_json::Error| Error::Internal(found.to_string());
    let mut out = Output::open(what.output.as_deref())?;
    for id in notes.corrected()? {
        let all = notes.corrections(&id)?;
        let mut lines = Vec::new();
        if what.gold || what.articles {
            // An article of an archive without its text cannot be read again.
            let Some(article) = notes.article(&id)? else { continue };
            let line = gold::line(&crate::extract(&article), &all).map_err(internal)?;
            if let (Some(_), true) = (&line, what.articles) {
                let (published, title) = (article.published.as_deref(), article.title.as_deref());
                let line = Line { id: &id, published, title, text: &article.text };
                lines.push(serde_json::to_string(&line).map_err(internal)?);
            } else {
                lines.extend(line);
            }
        } else {
            for one in &all {
                lines.push(serde_json::to_string(one).map_err(internal)?);
            }
        }
        for line in lines {
            writeln!(out, "{line}").map_err(|source| out.refused(source))?;
        }
    }
    out.finish()?;
    Ok(End::Done)
}
