//! Every line a person must choose has a label. The choices are the engine's: where duties, taxes or the side of a quota differ.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use duty::{Economy, HsCode};
use tables::Folder;

fn folder() -> Folder {
    Folder::new(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")))
}

/// Below every subheading, the codes a person chooses between; a code that is the subheading itself has its label there.
fn choices() -> Vec<HsCode> {
    let schedule = folder().schedule(Economy::China).unwrap();
    let subheadings: BTreeSet<HsCode> = schedule.lines().map(|line| line.code().subheading()).collect();
    let mut codes = Vec::new();
    for subheading in subheadings {
        let choices = schedule.choices(subheading);
        if choices.len() > 1 {
            codes.extend(choices.iter().map(|choice| choice.code).filter(|code| code.digits() > 6));
        }
    }
    codes
}

#[test]
fn every_choice_has_a_label_in_every_language() {
    let folder = folder();
    let choices = choices();
    assert_eq!(choices.len(), 4_213);
    let languages = folder.line_languages("CN").unwrap();
    assert_eq!(languages, ["en", "zh"]);
    for language in languages {
        let labelled: BTreeSet<HsCode> = folder
            .line_labels("CN", &language)
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
    for language in folder.line_languages("CN").unwrap() {
        let labels = folder.line_labels("CN", &language).unwrap();
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
    let labels = folder().line_labels("CN", "en").unwrap();
    let inferred = |code: &str| labels.iter().find(|label| label.code.to_string() == code).unwrap().inferred;
    assert!(inferred("8414100020"));
    assert!(!inferred("70112010"));
}

#[test]
fn every_chapter_lies_in_a_section_of_the_harmonized_system() {
    let folder = folder();
    assert_eq!(folder.section_languages().unwrap(), folder.languages().unwrap());
    // The first chapters as the Harmonized System has them; behind its 21 sections the chapters that are national.
    let first = [1, 6, 15, 16, 25, 28, 39, 41, 44, 47, 50, 64, 68, 71, 72, 84, 86, 90, 93, 94, 97, 98];
    for language in folder.section_languages().unwrap() {
        let sections = folder.sections(&language).unwrap();
        let chapters: Vec<String> = sections.iter().map(|(code, _)| code.to_string()).collect();
        assert_eq!(chapters, first.map(|chapter| format!("{chapter:02}")));
        let titles: BTreeSet<&String> = sections.iter().map(|(_, title)| title).collect();
        assert_eq!(titles.len(), sections.len(), "{language}");
    }
}
