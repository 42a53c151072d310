//! `cafta search`: codes by words or digits, best first.

use std::fmt::Write;

use lookup::{Entry, Index};
use serde::Serialize;

use crate::arguments::{Data, Search};
use crate::failure::Failure;
use crate::names::Names;

#[derive(Serialize)]
struct Found<'a> {
    code: String,
    label: &'a str,
}

impl Search {
    /// One line a code, or a JSON list of objects with `code` and `label`.
    pub(crate) fn answer(&self, data: &Data) -> Result<String, Failure> {
        let names = Names::read(data, &self.lang, None)?;
        let index = Index::new(names.labels().iter().map(|label| Entry {
            code: label.code,
            label: &label.label,
            keywords: &label.keywords,
        }));
        let hits = index.search(&self.query, usize::from(self.limit));
        if hits.is_empty() {
            return Err(Failure::NotFound(format!(
                "nothing found for {:?}; try fewer or other words",
                self.query
            )));
        }
        let found: Vec<Found<'_>> = hits
            .iter()
            .map(|hit| Found {
                code: hit.code.to_string(),
                label: names.label(hit.code).unwrap_or_default(),
            })
            .collect();
        if self.json {
            return Ok(serde_json::to_string_pretty(&found)? + "\n");
        }
        let mut text = String::new();
        for Found { code, label } in &found {
            let _ = writeln!(text, "{code}\t{label}");
        }
        Ok(text)
    }
}
