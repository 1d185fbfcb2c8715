//! `solieu report tin.txt -o report.html`: what the desk shows, as one file for people who have no solieu; or the claims
//! as Web Annotations or in schema.org's words.

use std::io::Write as _;
use std::path::Path;

use super::arguments::{FailOn, Report, ReportFormat};
use super::extract::{apart, given, options, raws};
use super::told::say;
use super::{End, lexicon};
use crate::article::document;
use crate::claim::lexicon::Lexicon;
use crate::error::Error;
use crate::record::Record;
use crate::sink::annotations::Annotations;
use crate::sink::schema_org::SchemaOrg;
use crate::sink::{Output, Sink};
use crate::surface::web::report::page;

/// Runs `report`.
pub(super) fn report(what: &Report) -> Result<End, Error> {
    let mut options = options(what.published.as_deref(), None)?;
    let added = lexicon::added(what.lexicon.as_deref())?;
    let lexicon = added.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let paths = given(&what.paths)?;
    let output = what.output.as_deref().filter(|path| *path != Path::new("-"));
    options.outputs = apart(&paths, output, None, None)?;
    let mut records = Vec::new();
    let mut end = End::Done;
    for raw in raws(paths, &options) {
        match raw.and_then(|raw| document::article(raw, &options)) {
            Ok(article) => records.push(crate::extract_with(&article, lexicon)),
            Err(unread) => {
                end = End::SomeUnread;
                say(&unread);
            }
        }
    }
    if records.is_empty() {
        return Err(Error::Usage("expected an article to report on, found none that can be read".to_owned()));
    }
    if what.fail_on == Some(FailOn::Inconsistent) && records.iter().any(Record::inconsistent) {
        end = End::Inconsistent;
    }
    let bytes = match what.format {
        ReportFormat::Html => {
            let all: Vec<_> = records.into_iter().map(|record| (record, Vec::new())).collect();
            page(&all, what.lang).into_bytes()
        }
        ReportFormat::Annotations => array(&Annotations, &records)?,
        ReportFormat::SchemaOrg => array(&SchemaOrg, &records)?,
    };
    let mut out = Output::open(output)?;
    out.write_all(&bytes).map_err(|source| out.refused(source))?;
    out.finish()?;
    Ok(end)
}

/// The records as the array that `sink` makes of them.
fn array(sink: &dyn Sink, records: &[Record]) -> Result<Vec<u8>, Error> {
    let around = sink.around();
    let mut out = around.head.to_vec();
    for (n, record) in records.iter().enumerate() {
        if n > 0 {
            out.extend_from_slice(around.between);
        }
        sink.record(record, &mut out).map_err(|found| Error::Internal(found.to_string()))?;
    }
    out.extend_from_slice(around.tail);
    Ok(out)
}
