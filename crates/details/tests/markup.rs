//! The markup of the details, on the tariff of China as it is in `data/`. Outside a browser numbers stay plain.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use details::{Basis, Part, make};
use duty::{Economy, parse_date};
use pack::Rates;
use query::RawQuery;
use tables::Folder;
use words::{Format, Texts, Words};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn words() -> Words {
    let english = fs::read_to_string(root().join("locales/en.toml")).unwrap();
    let english: BTreeMap<String, String> = toml::from_str(&english).unwrap();
    let texts = english.values().map(|text| pack::numbered(text, text)).collect();
    Words::new(Texts::new(texts), Format::new("en"))
}

fn basis(search: &str) -> Option<Basis> {
    let rates = Rc::new(Rates {
        schedule: Folder::new(root().join("data")).schedule(Economy::China).unwrap(),
        edition: "2026 & <more>".to_owned(),
    });
    let asked = RawQuery::from_search(search).parse(parse_date("2026-11-22").unwrap());
    Basis::of(&asked.shipment?, &rates)
}

#[test]
fn every_multiplication_stands_with_its_base_and_rate() {
    let markup = make(Part::Arithmetic, words(), &basis("?hs=081060").unwrap()).unwrap();
    let markup = markup.as_str();
    for expected in [
        "<caption>MFN</caption>",
        "<th scope=\"row\">By value<span class=\"sum\">100000 × 20</span></th><td>20000",
        "<th scope=\"row\">VAT<span class=\"sum\">120000",
        "<caption>CAFTA</caption>",
    ] {
        assert!(markup.contains(expected), "no {expected} in {markup}");
    }
}

#[test]
fn a_code_of_another_tariff_is_taken_by_its_six_digits() {
    assert!(basis("?hs=0810609999").is_some());
}

#[test]
fn what_is_not_settled_has_no_details() {
    for search in ["", "?hs=999999", "?hs=100630&from=VN", "?hs=081060&value=none"] {
        assert!(basis(search).is_none(), "{search}");
    }
}

#[test]
fn sources_name_the_instrument_and_escape_what_they_name() {
    let markup = make(Part::Sources, words(), &basis("?hs=081060").unwrap()).unwrap();
    let markup = markup.as_str();
    assert!(markup.contains("2026 &amp; &lt;more&gt;"), "{markup}");
    assert!(markup.contains("popovertarget=\"source-acfta\""), "{markup}");
    assert_eq!(markup.matches("<li").count(), markup.matches("</li>").count());
    assert!(!markup.contains("style=") && !markup.contains("<script"), "{markup}");
}
