//! The engine on cases worked out by hand: `tests/scenarios/china.toml`, which a customs person can read and check without a computer.
#![cfg(test)]

mod support;
#[path = "support/words.rs"]
mod words;

use std::collections::BTreeMap;

use duty::{Assessment, Doubt, Economy, Note, QuotaSide, Rank, Refusal, Regime, Standing, assess};
use serde::Deserialize;

const CASES: &str = include_str!("../../../tests/scenarios/china.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    law: String,
    from: String,
    to: String,
    hs: String,
    value: String,
    #[serde(default)]
    quantities: Vec<String>,
    on: String,
    baseline: Option<String>,
    best: Option<String>,
    vat: String,
    saving: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    doubts: Vec<String>,
    duty: BTreeMap<String, String>,
    #[serde(default)]
    rank: BTreeMap<String, String>,
}

#[test]
fn every_scenario_comes_out_as_worked_out_by_hand() {
    let file: File = toml::from_str(CASES).unwrap();
    let schedule = support::china();
    let mut differences = Vec::new();
    for case in &file.case {
        assert_eq!(case.to, Economy::China.code(), "{}", case.name);
        let shipment = support::shipment(
            case.from.parse().unwrap(),
            case.hs.parse().unwrap(),
            &case.value,
            case.quantities.iter().map(|text| text.parse().unwrap()).collect(),
            &case.on,
        );
        let assessment = assess(&schedule, &shipment).unwrap();
        let mut expect = |what: &str, expected: String, found: String| {
            if expected != found {
                differences.push(format!("{}: {what} is {found:?} instead of {expected:?}", case.name));
            }
        };
        for (key, expected) in &case.duty {
            expect(key, expected.replace(',', ""), duty(&assessment, key));
        }
        expect("list of regimes", keys(&case.duty), keys(&regimes(&assessment)));
        let key = |regime: Option<Regime>| regime.map_or_else(String::new, |regime| regime.key().to_owned());
        expect("baseline", case.baseline.clone().unwrap_or_default(), key(assessment.baseline));
        expect("best", case.best.clone().unwrap_or_default(), key(assessment.best));
        expect("vat", case.vat.clone(), assessment.vat.treatment.to_string());
        let saving = assessment.saving.map(|saving| words::span(saving.total, " to "));
        expect(
            "saving",
            case.saving.clone().unwrap_or_default().replace(',', ""),
            saving.unwrap_or_default(),
        );
        expect(
            "notes",
            case.notes.join("; "),
            assessment.notes.iter().map(note).collect::<Vec<_>>().join("; "),
        );
        expect("doubts", case.doubts.join("; "), doubts(&assessment).join("; "));
        for (regime, expected) in &case.rank {
            let option = assessment.option(regime.parse().unwrap()).unwrap();
            expect(&format!("rank of {regime}"), expected.clone(), rank(option.rank()).to_owned());
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn every_scenario_has_its_own_name_and_a_law() {
    let file: File = toml::from_str(CASES).unwrap();
    let mut names: Vec<&str> = file.case.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(file.case.iter().all(|case| case.law.ends_with('.')));
}

fn keys(table: &BTreeMap<String, String>) -> String {
    table.keys().cloned().collect::<Vec<_>>().join(", ")
}

fn regimes(assessment: &Assessment) -> BTreeMap<String, String> {
    let options = assessment.options.iter();
    options.map(|option| (option.regime.key().to_owned(), String::new())).collect()
}

/// As `words::duty`, with the day from which an agreement applies.
fn duty(assessment: &Assessment, regime: &str) -> String {
    let option = assessment.option(regime.parse().unwrap()).unwrap();
    let words = words::duty(option, " to ");
    match option.standing {
        Standing::Refused(Refusal::NotYet(since)) => format!("{words} {since}"),
        _ => words,
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::RatesOfYear(year) => format!("rates_of_year {year}"),
        Note::Quota(QuotaSide::Inside) => "inside_quota".to_owned(),
        Note::Quota(QuotaSide::Outside) => "outside_quota".to_owned(),
        Note::ExciseNotIncluded => "excise_not_included".to_owned(),
        Note::ExciseUnknown => "excise_unknown".to_owned(),
        Note::VatStandard => "vat_standard".to_owned(),
        Note::VatUnknown => "vat_unknown".to_owned(),
    }
}

/// The doubts about regimes that apply; those about a regime that is refused change nothing.
fn doubts(assessment: &Assessment) -> Vec<String> {
    let mut doubts = Vec::new();
    for option in &assessment.options {
        if matches!(option.standing, Standing::Refused(_)) {
            continue;
        }
        doubts.extend(option.doubts.iter().map(|doubt| match doubt {
            Doubt::Membership(economy) => format!("{}: membership {economy}", option.regime),
            Doubt::StatusMayHaveChanged(economy) => format!("{}: status {economy}", option.regime),
            Doubt::RateOfYear(year) => format!("{}: rate of {year}", option.regime),
        }));
    }
    doubts
}

fn rank(rank: Option<Rank>) -> &'static str {
    match rank {
        Some(Rank::Best) => "best",
        Some(Rank::AsGood) => "as_good",
        Some(Rank::Higher) => "higher",
        Some(Rank::NoBetterThanMfn) => "no_better_than_mfn",
        Some(Rank::WithoutCertificate) => "without_certificate",
        Some(Rank::MayBeLower) => "may_be_lower",
        Some(Rank::Undecided) => "undecided",
        None => "refused",
    }
}
