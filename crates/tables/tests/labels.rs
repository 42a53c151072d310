//! Every line a person must choose has a label. A choice is the finest level at which the lines under a subheading differ in what is paid,
//! or in how sure that is.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use duty::{Cell, Economy, HsCode};
use tables::{Folder, Quota, Row, Tariff};

/// The general rate is left out: no origin the calculator knows pays it.
const NOT_A_CHOICE: &str = "general";

fn folder() -> Folder {
    Folder::new(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")))
}

/// What a row is chosen for.
fn rates<'a>(tariff: &'a Tariff, row: &'a Row) -> (Option<Quota>, Vec<&'a Cell>) {
    let cells = tariff.columns.iter().zip(&row.cells);
    (
        row.quota,
        cells.filter(|(column, _)| *column != NOT_A_CHOICE).map(|(_, cell)| cell).collect(),
    )
}

fn differ(tariff: &Tariff, rows: &[Row]) -> bool {
    rows.windows(2).any(|pair| rates(tariff, &pair[0]) != rates(tariff, &pair[1]))
}

/// The codes a person chooses between, at eight or ten digits.
fn choices(tariff: &Tariff) -> Vec<HsCode> {
    let mut choices = Vec::new();
    for subheading in tariff.rows.chunk_by(|row, next| row.code.subheading() == next.code.subheading()) {
        if !differ(tariff, subheading) {
            continue;
        }
        for line in subheading.chunk_by(|row, next| row.code.truncated(8) == next.code.truncated(8)) {
            if differ(tariff, line) {
                choices.extend(line.iter().map(|row| row.code));
            } else {
                choices.push(line[0].code.truncated(8));
            }
        }
    }
    choices
}

#[test]
fn every_choice_has_a_label_in_every_language() {
    let folder = folder();
    let choices = choices(&folder.tariff(Economy::China).unwrap());
    assert_eq!(choices.len(), 4_386);
    let languages = folder.line_languages(Economy::China).unwrap();
    assert_eq!(languages, ["en", "zh"]);
    for language in languages {
        let labelled: BTreeSet<HsCode> = folder
            .line_labels(Economy::China, &language)
            .unwrap()
            .iter()
            .map(|label| label.code)
            .collect();
        let missing: Vec<&HsCode> = choices.iter().filter(|code| !labelled.contains(code)).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn every_subheading_of_the_tariff_has_a_label() {
    let folder = folder();
    let tariff = folder.tariff(Economy::China).unwrap();
    for language in folder.languages().unwrap() {
        let labelled: BTreeSet<HsCode> = folder.labels(&language).unwrap().iter().map(|label| label.code).collect();
        let missing: BTreeSet<HsCode> = tariff
            .rows
            .iter()
            .map(|row| row.code.subheading())
            .filter(|code| !labelled.contains(code))
            .collect();
        // Chapter 98 is China's own and not in the Harmonized System.
        let missing: Vec<String> = missing.iter().map(HsCode::to_string).collect();
        assert_eq!(missing, ["980100", "980200", "980300"], "{language}");
    }
}

#[test]
fn siblings_do_not_share_a_label() {
    let folder = folder();
    for language in folder.line_languages(Economy::China).unwrap() {
        let labels = folder.line_labels(Economy::China, &language).unwrap();
        let mut seen = BTreeSet::new();
        for label in &labels {
            let parent = label.code.truncated(if label.code.digits() > 8 { 8 } else { 6 });
            assert!(
                seen.insert((parent, label.label.as_str())),
                "{language}: {} {:?}",
                label.code,
                label.label
            );
        }
    }
}

#[test]
fn labels_that_rest_on_an_inference_are_marked() {
    let labels = folder().line_labels(Economy::China, "en").unwrap();
    let inferred = |code: &str| labels.iter().find(|label| label.code.to_string() == code).unwrap().inferred;
    assert!(inferred("8414100020"));
    assert!(!inferred("70112010"));
}
