//! How good and how fast the search is, on the real labels: recall over a list of terms with the codes they belong to, and time for each
//! query. `cargo bench --profile native --package tables --bench search`. The browser, with other libraries beside it, is in tests/bench.

#![allow(clippy::disallowed_methods, clippy::float_arithmetic)] // A native program that measures time.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use duty::HsCode;
use lookup::{Entry, Index, Parts};
use tables::Folder;

/// The list is not part of this repository: a table with the columns `term` and `hs`, named in the environment or beside the checkout.
fn terms() -> Option<Vec<(String, HsCode)>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/search/dev_terms.csv");
    let path = std::env::var_os("CAFTA_SEARCH_TERMS").map_or(beside, PathBuf::from);
    let mut table = csv::Reader::from_path(path).ok()?;
    let headers = table.headers().ok()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let (term, code) = (column("term")?, column("hs")?);
    let terms = table.records().filter_map(|record| {
        let record = record.ok()?;
        Some((record.get(term)?.to_owned(), record.get(code)?.parse().ok()?))
    });
    Some(terms.collect())
}

/// The index of a language with all its words, as the page has it.
fn parts(folder: &Folder, language: &str) -> Result<Parts, tables::TablesError> {
    let labels = folder.labels(language)?;
    let usual = labels.iter().map(|label| Entry {
        code: label.code,
        label: &label.label,
        keywords: &label.keywords,
    });
    let further = folder.further_words(language)?;
    let further = further.iter().map(|(code, keywords)| Entry {
        code: *code,
        label: "",
        keywords,
    });
    Ok(Parts::of(usual).with(&Parts::of(further)))
}

fn main() -> Result<(), tables::TablesError> {
    let folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"));
    let parts = parts(&folder, "en")?;
    let start = Instant::now();
    let index = Index::new(parts);
    println!("index of English with all words put together in {:.1?}", start.elapsed());
    let Some(terms) = terms() else {
        println!("recall is not measured: name a table of terms in CAFTA_SEARCH_TERMS");
        return Ok(());
    };
    let found: Vec<Vec<HsCode>> = terms.iter().map(|(term, _)| subheadings(&index, term)).collect();
    let share = |is_found: &dyn Fn(&[HsCode], HsCode) -> bool| {
        let hits = terms.iter().zip(&found).filter(|((_, code), found)| is_found(found, *code)).count();
        100.0 * hits as f64 / terms.len() as f64
    };
    println!(
        "{} terms: subheading first {:.1} %, among ten {:.1} %; heading among ten {:.1} %",
        terms.len(),
        share(&|found, code| found.first() == Some(&code)),
        share(&|found, code| found.contains(&code)),
        share(&|found, code| found.iter().any(|other| other.truncated(4) == code.truncated(4))),
    );
    let mut times: Vec<f64> = terms.iter().map(|(term, _)| fastest(&index, term)).collect();
    times.sort_by(f64::total_cmp);
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    let late = times.get(times.len() * 95 / 100).copied().unwrap_or_default();
    println!("a search takes {mean:.3} ms in the mean, {late:.3} ms at the 95th percentile");
    Ok(())
}

fn subheadings(index: &Index, query: &str) -> Vec<HsCode> {
    let hits = index.search(query, usize::MAX).into_iter().map(|hit| hit.code);
    hits.filter(|code| code.digits() == 6).take(10).collect()
}

/// Milliseconds for one search, the fastest of five: what the machine did beside it is not the search's doing.
fn fastest(index: &Index, query: &str) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(index.search(black_box(query), 10));
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..5).map(time).fold(f64::MAX, f64::min)
}
