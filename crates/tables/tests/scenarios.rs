//! The engine on cases worked out by hand: the files in `tests/scenarios`, which a customs person can read and check without a computer.
#![cfg(test)]

mod support;
#[path = "support/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use duty::{Assessment, Bill, Doubt, Economy, Rank, RateBasis, Refusal, Regime, Schedule, Shipment, Span, Standing, assess, check_pair};
use serde::Deserialize;

const FILES: [&str; 2] = [
    include_str!("../../../tests/scenarios/china.toml"),
    include_str!("../../../tests/scenarios/asean.toml"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
    #[serde(default)]
    refused: Vec<RefusedPair>,
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
    #[serde(default)]
    exchange: String,
    stated_vat: Option<String>,
    on: String,
    baseline: Option<String>,
    best: Option<String>,
    /// Left out where the line has none.
    #[serde(default = "no_excise")]
    excise: String,
    vat: String,
    saving: Option<String>,
    missing: Option<Vec<String>>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    doubts: Vec<String>,
    duty: BTreeMap<String, String>,
    #[serde(default)]
    excise_due: BTreeMap<String, String>,
    #[serde(default)]
    tax: BTreeMap<String, String>,
    #[serde(default)]
    rank: BTreeMap<String, String>,
}

/// Trade the calculator does not assess.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedPair {
    name: String,
    law: String,
    from: String,
    to: String,
    because: String,
}

fn files() -> impl Iterator<Item = File> {
    FILES.into_iter().map(|text| toml::from_str(text).unwrap())
}

#[test]
fn every_scenario_comes_out_as_worked_out_by_hand() {
    let mut schedules: HashMap<Economy, Schedule> = HashMap::new();
    let mut differences = Vec::new();
    for case in files().flat_map(|file| file.case) {
        let shipment = case.shipment();
        let schedule = schedules
            .entry(shipment.importer())
            .or_insert_with_key(|importer| support::schedule(*importer));
        let assessment = assess(schedule, &shipment).unwrap();
        let mut expect = |what: &str, expected: &str, found: String| {
            if expected.replace(',', "") != found.replace(',', "") {
                differences.push(format!("{}: {what} is {found:?} instead of {expected:?}", case.name));
            }
        };
        for (regime, expected) in &case.duty {
            expect(regime, expected, duty(&assessment, regime));
        }
        expect("list of regimes", &keys(&case.duty), keys(&regimes(&assessment)));
        let key = |regime: Option<Regime>| regime.map_or_else(String::new, |regime| regime.key().to_owned());
        expect("baseline", case.baseline.as_deref().unwrap_or_default(), key(assessment.baseline));
        expect("best", case.best.as_deref().unwrap_or_default(), key(assessment.best));
        if assessment.excise.basis != RateBasis::Nothing {
            expect("excise", &case.excise, assessment.excise.treatment.to_string());
        }
        expect("vat", &case.vat, assessment.vat.treatment.to_string());
        let saving = assessment.saving.map(|saving| words::span(saving.total, " to "));
        expect("saving", case.saving.as_deref().unwrap_or_default(), saving.unwrap_or_default());
        expect("notes", &case.notes.join("; "), words::notes(&assessment.notes));
        expect("doubts", &case.doubts.join("; "), doubts(&assessment).join("; "));
        if let Some(missing) = &case.missing {
            let units = assessment.missing_units();
            expect(
                "missing",
                &missing.join(" "),
                units.iter().map(|unit| unit.code()).collect::<Vec<_>>().join(" "),
            );
        }
        for (regime, expected) in &case.tax {
            expect(&format!("tax under {regime}"), expected, tax(&assessment, regime, |bill| bill.vat));
        }
        for (regime, expected) in &case.excise_due {
            expect(
                &format!("excise under {regime}"),
                expected,
                tax(&assessment, regime, |bill| bill.excise),
            );
        }
        for (regime, expected) in &case.rank {
            let option = assessment.option(regime.parse().unwrap()).unwrap();
            expect(&format!("rank of {regime}"), expected, rank(option.rank()).to_owned());
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

impl Case {
    fn shipment(&self) -> Shipment {
        let [importer, origin] = [&self.to, &self.from].map(|code| code.parse().unwrap());
        let quantities = self.quantities.iter().map(|text| text.parse().unwrap()).collect();
        let mut shipment = support::shipment(importer, origin, self.hs.parse().unwrap(), &self.value, quantities, &self.on);
        if let Some(exchange) = words::exchange(&self.exchange) {
            shipment = shipment.with_exchange(exchange);
        }
        if let Some(rate) = &self.stated_vat {
            shipment = shipment.with_vat_rate(rate.parse().unwrap());
        }
        shipment
    }
}

#[test]
fn trade_that_is_not_between_china_and_asean_is_refused_with_its_reason() {
    let refused: Vec<RefusedPair> = files().flat_map(|file| file.refused).collect();
    assert_eq!(refused.len(), 3);
    for pair in refused {
        let error = check_pair(pair.from.parse().unwrap(), pair.to.parse().unwrap()).unwrap_err();
        assert_eq!(error.to_string(), pair.because, "{}", pair.name);
        assert!(pair.law.ends_with('.'));
    }
}

#[test]
fn every_scenario_has_its_own_name_and_a_law() {
    let mut names = BTreeSet::new();
    let mut importers: BTreeMap<String, usize> = BTreeMap::new();
    for case in files().flat_map(|file| file.case) {
        assert!(case.law.ends_with('.'), "{}", case.name);
        assert!(names.insert(case.name.clone()), "{} twice", case.name);
        *importers.entry(case.to).or_default() += 1;
    }
    let fewest = importers.values().min();
    assert!(importers.len() == Economy::ALL.len() && fewest >= Some(&3), "{importers:?}");
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

fn no_excise() -> String {
    "0%".to_owned()
}

fn tax(assessment: &Assessment, regime: &str, of: fn(&Bill) -> Option<Span>) -> String {
    let bill = assessment.option(regime.parse().unwrap()).unwrap().bill().unwrap();
    let words = |span: Span| words::span(span, " to ");
    of(bill).map_or_else(|| "unknown".to_owned(), words)
}

fn doubts(assessment: &Assessment) -> Vec<String> {
    let mut doubts = Vec::new();
    for option in &assessment.options {
        doubts.extend(option.doubts.iter().map(|doubt| match doubt {
            Doubt::Membership(economy) => format!("{}: membership {economy}", option.regime),
            Doubt::StatusMayHaveChanged(economy) => format!("{}: status {economy}", option.regime),
            Doubt::RateOfYear(year) => format!("{}: rate of {year}", option.regime),
            Doubt::TwoRates => format!("{}: two rates", option.regime),
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
