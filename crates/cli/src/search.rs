//! `cafta search`: codes by words or digits, best first.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use lookup::{Entry, Found, Index, Parts, searched};
use serde::Serialize;

use crate::arguments::{Data, Search};
use crate::failure::Failure;
use crate::names::Names;

/// How many digits the code of a subheading has.
const SUBHEADING: u8 = 6;

#[derive(Serialize)]
struct FoundCode<'a> {
    code: String,
    label: &'a str,
}

/// Indexes by their language, made when they are first needed.
struct Indexes<'a> {
    data: &'a Data,
    offered: Vec<String>,
    made: BTreeMap<String, Index>,
}

impl<'a> Indexes<'a> {
    fn new(data: &'a Data) -> Result<Self, Failure> {
        Ok(Self {
            data,
            offered: data.folder.languages()?,
            made: BTreeMap::new(),
        })
    }

    /// As the page searches for a person who reads `language`.
    fn search(&mut self, language: &str, query: &str, limit: usize) -> Result<Found, Failure> {
        let offered: Vec<&str> = self.offered.iter().map(String::as_str).collect();
        let languages = searched(language, query, &offered);
        for language in &languages {
            if !self.made.contains_key(*language) {
                let labels = self.data.folder.labels(language)?;
                let usual = labels.iter().map(|label| Entry {
                    code: label.code,
                    label: &label.label,
                    keywords: &label.keywords,
                });
                let further = self.data.folder.further_words(language)?;
                let further = further.iter().map(|(code, keywords)| Entry {
                    code: *code,
                    label: "",
                    keywords,
                });
                let parts = Parts::of(usual).with(&Parts::of(further));
                self.made.insert((*language).to_owned(), Index::new(parts));
            }
        }
        let indexes: Vec<&Index> = languages.iter().filter_map(|language| self.made.get(*language)).collect();
        Ok(lookup::search(&indexes, query, limit))
    }
}

impl Search {
    /// One line a code, or a JSON list of objects with `code` and `label`; for queries from standard input, one line a query.
    pub(crate) fn answer(&self, data: &Data) -> Result<String, Failure> {
        let names = Names::read(data, &self.lang, None)?;
        let mut indexes = Indexes::new(data)?;
        match &self.query {
            Some(query) => self.one(query, &mut indexes, &names),
            None => self.many(&mut indexes),
        }
    }

    fn one(&self, query: &str, indexes: &mut Indexes<'_>, names: &Names) -> Result<String, Failure> {
        let hits = indexes.search(&self.lang, query, usize::from(self.limit))?.hits;
        if hits.is_empty() {
            return Err(Failure::NotFound(format!("nothing found for {query:?}; try fewer or other words")));
        }
        let found: Vec<FoundCode<'_>> = hits
            .iter()
            .map(|hit| FoundCode {
                code: hit.code.to_string(),
                label: names.label(hit.code).unwrap_or_default(),
            })
            .collect();
        if self.json {
            return Ok(serde_json::to_string_pretty(&found)? + "\n");
        }
        let mut text = String::new();
        for FoundCode { code, label } in &found {
            let _ = writeln!(text, "{code}\t{label}");
        }
        Ok(text)
    }

    /// Headings and chapters are left out: a list of subheadings is compared with another.
    fn many(&self, indexes: &mut Indexes<'_>) -> Result<String, Failure> {
        let mut text = String::new();
        for query in io::stdin().lines() {
            let query = query?;
            let hits = indexes.search(&self.lang, &query, usize::MAX)?.hits;
            let codes = hits.iter().map(|hit| hit.code).filter(|code| code.digits() == SUBHEADING);
            let codes: Vec<String> = codes.take(usize::from(self.limit)).map(|code| code.to_string()).collect();
            let _ = writeln!(text, "{query}\t{}", codes.join(" "));
        }
        Ok(text)
    }
}
