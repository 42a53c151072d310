//! `cafta search` and `cafta lines` on the real labels.

use crate::run::answer;
use serde_json::Value;

#[test]
fn words_lead_to_codes() {
    let text = answer(&["search", "fresh durian", "--limit", "3"]);
    assert_eq!(text.lines().next(), Some("081060\tDurians, fresh"));
    assert_eq!(text.lines().count(), 3);
    assert!(answer(&["search", "榴莲", "--lang", "zh"]).starts_with("081060\t"));
    assert!(answer(&["search", "0810.60"]).starts_with("081060\t"));
}

#[test]
fn the_list_is_json_on_demand() {
    let found: Value = serde_json::from_str(&answer(&["search", "polished rice", "--json"])).unwrap();
    assert_eq!(found[0]["code"], "100630");
    assert!(found[0]["label"].as_str().unwrap().contains("polished"));
}

#[test]
fn lines_are_listed_with_their_rates() {
    let text = answer(&["lines", "100630", "--to", "CN", "--on", "2026-11-22"]);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["code", "mfn", "provisional", "acfta", "rcep", "label"]);
    assert_eq!(rows[1][..5], ["1006302001", "1%", "none", "50%", "none"]);
    assert_eq!(rows.len(), 5);
    assert_eq!(
        answer(&["lines", "081060", "--to", "CN"]).lines().count(),
        2,
        "one choice needs no choosing"
    );
}

#[test]
fn an_inferred_criterion_is_to_be_confirmed() {
    let text = answer(&["lines", "2603", "--to", "CN"]);
    assert!(text.lines().skip(1).all(|line| line.contains("confirm")), "{text}");
}
