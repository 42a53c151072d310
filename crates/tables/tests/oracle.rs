//! The engine against an independent calculation: `tests/oracle/assess_cn.csv`, written by `tests/oracle/assess_cn.py` from the same tables
//! with another parser and another evaluation. Every amount and every reason must be the same.
#![cfg(test)]

mod support;
#[path = "support/words.rs"]
mod words;

use std::collections::HashMap;

use duty::{Assessment, Bill, Quantities, Regime, Span, assess};

const CASES: &str = include_str!("../../../tests/oracle/assess_cn.csv");

#[test]
fn every_shipment_of_the_oracle_is_assessed_alike() {
    let schedule = support::china();
    let mut rows = CASES.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let (mut compared, mut differences) = (0, Vec::new());
    for row in rows {
        let expected: HashMap<&str, &str> = header.iter().copied().zip(row).collect();
        let quantities: Quantities = expected["quantity"].split_whitespace().map(|text| text.parse().unwrap()).collect();
        let shipment = support::shipment(
            expected["origin"].parse().unwrap(),
            expected["code"].parse().unwrap(),
            expected["value"],
            quantities,
            expected["date"],
        );
        let found = answer(&assess(&schedule, &shipment).unwrap());
        for (column, found) in found {
            if found != expected[column] {
                let question = ["code", "origin", "value", "quantity", "date"].map(|key| expected[key]).join(" ");
                differences.push(format!("{question}: {column} {found:?}, the oracle says {:?}", expected[column]));
            }
        }
        compared += 1;
    }
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert_eq!(compared, 1_681);
}

/// The columns the oracle answers.
fn answer(assessment: &Assessment) -> Vec<(&'static str, String)> {
    let key = |regime: Option<Regime>| regime.map_or_else(String::new, |regime| regime.key().to_owned());
    let amount = |span: Option<Span>| span.map_or_else(String::new, |span| words::span(span, "~"));
    let vat = |bill: Option<&Bill>| amount(bill.and_then(|bill| bill.vat));
    let options = assessment.options.iter();
    let mut columns: Vec<(&str, String)> = options.map(|option| (option.regime.key(), words::duty(option, "~"))).collect();
    assert_eq!(columns.len(), Regime::ALL.len(), "every regime is in the answer");
    columns.extend([
        ("baseline", key(assessment.baseline)),
        ("best", key(assessment.best)),
        ("baseline_vat", vat(assessment.baseline_bill())),
        ("best_vat", vat(assessment.best_bill())),
        ("saving_duty", amount(assessment.saving.map(|saving| saving.duty))),
        ("saving_vat", amount(assessment.saving.and_then(|saving| saving.vat))),
        ("saving_total", amount(assessment.saving.map(|saving| saving.total))),
    ]);
    columns
}
