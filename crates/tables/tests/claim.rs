//! Whether a certificate pays, and what the years to come bring, on the real tariffs.
#![cfg(test)]

use duty::{Assessment, Claim, ClaimCost, Economy, Quantities, Quantity, Schedule, Shipment, Span, Verdict, assess, outlook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::sync::LazyLock;
use support::{schedule, shipment};

#[allow(dead_code)]
mod support;

static CHINA: LazyLock<Schedule> = LazyLock::new(|| schedule(Economy::China));

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn durian(value: &str) -> Assessment {
    let code = "0810600000".parse().unwrap();
    let shipment = shipment(Economy::China, Economy::Thailand, code, value, Quantities::none(), "2026-11-22");
    assess(&CHINA, &shipment).unwrap()
}

/// 40 for the office, 3 hours at 50, 25 for the courier, nothing for waiting: 215.
const COST: ClaimCost = ClaimCost {
    fee: Decimal::from_parts(40, 0, 0, false, 0),
    hours: Decimal::from_parts(3, 0, 0, false, 0),
    wage: Decimal::from_parts(50, 0, 0, false, 0),
    courier: Decimal::from_parts(25, 0, 0, false, 0),
    delay: Decimal::ZERO,
};

#[test]
fn a_claim_computed_by_hand() {
    // MFN 20 % of 10,000 = 2,000 and VAT 9 % on that = 180: CAFTA saves 2,180.
    let claim = Claim::of(&durian("10000"), &COST, Some(number("12"))).unwrap().unwrap();
    assert_eq!(claim.cost, number("215.00"));
    assert_eq!(claim.saving, Span::exactly(number("2180.00")));
    assert_eq!(claim.net, Span::exactly(number("1965.00")));
    assert_eq!(claim.yearly, Some(Span::exactly(number("23580.00"))));
    // 215 ÷ 21.8 % = 986.238…
    assert_eq!(claim.break_even, Some(Span::exactly(number("986.24"))));
    assert_eq!(claim.verdict, Verdict::Pays);
}

#[test]
fn a_small_shipment_loses_and_one_without_a_gain_needs_no_certificate() {
    let verdict = |assessment: &Assessment| Claim::of(assessment, &COST, None).unwrap().unwrap().verdict;
    assert_eq!(verdict(&durian("900")), Verdict::Loses, "196.20 is less than 215");
    let code = "1006302001".parse().unwrap();
    let rice = shipment(Economy::China, Economy::VietNam, code, "10000", Quantities::none(), "2026-11-22");
    let rice = Claim::of(&assess(&CHINA, &rice).unwrap(), &COST, None).unwrap().unwrap();
    assert_eq!((rice.verdict, rice.break_even), (Verdict::Needless, None));
}

#[test]
fn costs_beyond_exact_arithmetic_are_refused() {
    let huge = number("1000000000000000");
    let cost = ClaimCost {
        hours: huge,
        wage: huge,
        ..COST
    };
    assert!(Claim::of(&durian("10000"), &cost, None).is_err());
}

#[test]
fn rcep_falls_every_new_year() {
    // Polyester yarn from Viet Nam: RCEP 4.4 % in 2026 and 4.1 % in 2027, MFN 5 %, nothing under CAFTA.
    let code = "5402339000".parse().unwrap();
    let yarn = shipment(Economy::China, Economy::VietNam, code, "100000", Quantities::none(), "2026-11-22");
    let prospects = outlook(&CHINA, &yarn, 5).unwrap();
    assert_eq!(prospects.len(), 6);
    let duties: Vec<Decimal> = prospects
        .iter()
        .map(|prospect| {
            prospect
                .spread
                .single()
                .unwrap()
                .assessment
                .best_bill()
                .unwrap()
                .duty
                .exact()
                .unwrap()
        })
        .collect();
    assert_eq!(duties.first(), Some(&number("4400.00")));
    assert!(
        duties.is_sorted_by(|earlier, later| earlier >= later) && duties.first() > duties.last(),
        "{duties:?}"
    );
    assert_eq!(
        prospects.iter().map(|prospect| prospect.on.year()).collect::<Vec<_>>(),
        [2026, 2027, 2028, 2029, 2030, 2031]
    );
}

#[test]
fn the_calendar_may_end() {
    let code = "0810600000".parse().unwrap();
    let last = shipment(Economy::China, Economy::Thailand, code, "100", Quantities::none(), "9998-05-05");
    assert_eq!(outlook(&CHINA, &last, 5).unwrap().len(), 2);
}

/// Any line of China's with quantities for whatever it is charged by, from Thailand.
fn goods() -> impl Strategy<Value = (Shipment, Decimal)> {
    let count = CHINA.lines().count();
    (0..count, 1_000_u32..100_000_000, 1_u32..10_000, 1_u32..100_000).prop_map(|(position, cents, amount, cost)| {
        let code = CHINA.lines().nth(position).unwrap().code();
        let value = Decimal::new(i64::from(cents), 2).to_string();
        let bare = shipment(Economy::China, Economy::Thailand, code, &value, Quantities::none(), "2026-11-22");
        let units = assess(&CHINA, &bare).unwrap().units;
        let quantities = units.into_iter().map(|unit| Quantity::parse(&amount.to_string(), unit).unwrap());
        let goods = shipment(Economy::China, Economy::Thailand, code, &value, quantities.collect(), "2026-11-22");
        (goods, Decimal::from(cost))
    })
}

proptest! {
    #[test]
    fn at_the_break_even_nothing_is_gained_and_nothing_lost((goods, fee) in goods()) {
        let cost = ClaimCost { fee, ..ClaimCost::default() };
        let assessment = assess(&CHINA, &goods).unwrap();
        let Some(claim) = Claim::of(&assessment, &cost, None).unwrap() else { return Ok(()) };
        // A saving of a few fen is mostly rounding.
        let (Some(even), Some(saving)) = (claim.break_even.and_then(Span::exact), claim.saving.exact().filter(|saving| *saving >= Decimal::ONE)) else {
            return Ok(());
        };
        let factor = even / goods.value().amount();
        let quantities: Quantities = goods.quantities().iter()
            .filter_map(|quantity| Quantity::parse(&(quantity.amount() * factor).round_dp(8).to_string(), quantity.unit()).ok())
            .collect();
        let scaled = shipment(goods.importer(), goods.origin(), goods.candidates().single().unwrap(), &even.to_string(), quantities, "2026-11-22");
        let Some(there) = Claim::of(&assess(&CHINA, &scaled).unwrap(), &cost, None).unwrap() else { return Ok(()) };
        let net = there.net.exact().unwrap();
        // Three lines are rounded in each of two bills, here and there, as a share of the saving.
        let tolerance = Decimal::new(6, 2) + fee * Decimal::new(6, 2) / saving;
        prop_assert!(net.abs() <= tolerance, "{} of {}: net {net}, tolerance {tolerance}", even, goods.candidates());
    }

    #[test]
    fn what_is_stated_adds_up((goods, fee) in goods(), shipments in 1_u32..500) {
        let cost = ClaimCost { fee, hours: Decimal::ONE, wage: Decimal::TEN, ..ClaimCost::default() };
        if let Some(claim) = Claim::of(&assess(&CHINA, &goods).unwrap(), &cost, Some(shipments.into())).unwrap() {
            prop_assert_eq!(claim.net.least + claim.cost, claim.saving.least);
            prop_assert_eq!(claim.yearly.unwrap().most, claim.net.most * Decimal::from(shipments));
            prop_assert_eq!(claim.verdict == Verdict::Pays, claim.net.least > Decimal::ZERO && claim.saving.most > Decimal::ZERO);
        }
    }
}
