//! The engine against an independent calculation: the tables `tests/oracle/assess_*.csv`, written by `tests/oracle/assess.py` from the same
//! data with another parser and another evaluation. Every amount, every reason and every note must be the same.
#![cfg(test)]

mod support;
#[path = "support/words.rs"]
mod words;

use std::collections::HashMap;

use duty::{Assessment, Bill, Economy, Quantities, Regime, Schedule, Shipment, Span, assess};

const TO_CHINA: &str = include_str!("../../../tests/oracle/assess_cn.csv");
const TO_ASEAN: &str = include_str!("../../../tests/oracle/assess_asean.csv");

/// What is asked, then what is answered, by column.
type Row<'a> = HashMap<&'a str, &'a str>;

#[test]
fn every_shipment_to_china_is_assessed_as_by_the_oracle() {
    assert_eq!(compared(TO_CHINA), 2_971);
}

#[test]
fn every_shipment_to_a_member_of_asean_is_assessed_as_by_the_oracle() {
    assert_eq!(compared(TO_ASEAN), 2_169);
}

/// How many shipments were compared; panics with all differences if there are any.
fn compared(table: &str) -> usize {
    let mut rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let mut schedules: HashMap<Economy, Schedule> = HashMap::new();
    let (mut compared, mut differences) = (0, Vec::new());
    for row in rows {
        let expected: Row<'_> = header.iter().copied().zip(row).collect();
        let shipment = shipment(&expected);
        let schedule = schedules
            .entry(shipment.importer())
            .or_insert_with_key(|importer| support::schedule(*importer));
        let mut found = answer(&assess(schedule, &shipment).unwrap());
        for (column, expected_text) in header
            .iter()
            .skip_while(|column| **column != "mfn")
            .map(|column| (column, expected[column]))
        {
            let found = found.remove(column).unwrap_or_default();
            if found != expected_text {
                let question = ["importer", "code", "origin", "value", "quantity", "exchange", "vat", "date"];
                let question = question.map(|key| expected[key]).join(" ");
                differences.push(format!("{question}: {column} {found:?}, the oracle says {expected_text:?}"));
            }
        }
        assert!(found.is_empty(), "the oracle does not answer {found:?}");
        compared += 1;
    }
    let count = differences.len();
    assert!(differences.is_empty(), "{count} differences:\n{}", differences.join("\n"));
    compared
}

fn shipment(row: &Row<'_>) -> Shipment {
    let quantities: Quantities = row["quantity"].split_whitespace().map(|text| text.parse().unwrap()).collect();
    let [importer, origin] = ["importer", "origin"].map(|key| row[key].parse().unwrap());
    let mut shipment = support::shipment(
        importer,
        origin,
        row["code"].parse().unwrap(),
        row["value"],
        quantities,
        row["date"],
    );
    if let Some(exchange) = words::exchange(row["exchange"]) {
        shipment = shipment.with_exchange(exchange);
    }
    if !row["vat"].is_empty() {
        shipment = shipment.with_vat_rate(row["vat"].parse().unwrap());
    }
    shipment
}

/// The columns the oracle answers.
fn answer(assessment: &Assessment) -> HashMap<&'static str, String> {
    let key = |regime: Option<Regime>| regime.map_or_else(String::new, |regime| regime.key().to_owned());
    let amount = |span: Option<Span>| span.map_or_else(String::new, |span| words::span(span, "~"));
    let excise = |bill: Option<&Bill>| amount(bill.and_then(|bill| bill.excise));
    let vat = |bill: Option<&Bill>| amount(bill.and_then(|bill| bill.vat));
    let options = assessment.options.iter();
    let mut columns: HashMap<&str, String> = options.map(|option| (option.regime.key(), words::duty(option, "~"))).collect();
    columns.extend([
        ("baseline", key(assessment.baseline)),
        ("best", key(assessment.best)),
        ("baseline_excise", excise(assessment.baseline_bill())),
        ("best_excise", excise(assessment.best_bill())),
        ("baseline_vat", vat(assessment.baseline_bill())),
        ("best_vat", vat(assessment.best_bill())),
        ("saving_duty", amount(assessment.saving.map(|saving| saving.duty))),
        ("saving_excise", amount(assessment.saving.and_then(|saving| saving.excise))),
        ("saving_vat", amount(assessment.saving.and_then(|saving| saving.vat))),
        ("saving_total", amount(assessment.total_saving())),
        ("notes", words::notes(&assessment.notes)),
    ]);
    columns
}
