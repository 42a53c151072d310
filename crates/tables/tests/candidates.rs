//! Several codes kept for one shipment, on the real tariffs. Every amount is worked out by hand beside it, from data/tariffs/CN.csv.

#![cfg(test)]

mod support;

use std::collections::BTreeSet;

use duty::{AssessmentError, Candidates, Economy, HsCode, Quantities, Schedule, Shipment, Span, Spread, assess, assess_all};

const TODAY: &str = "2026-11-22";

/// Goods of Thailand worth 100,000 yuan on the way to China.
fn thai(candidates: &str) -> Shipment {
    let any: HsCode = "081060".parse().unwrap();
    support::shipment(Economy::China, Economy::Thailand, any, "100,000", Quantities::none(), TODAY)
        .with_candidates(candidates.parse::<Candidates>().unwrap())
}

fn china() -> Schedule {
    support::schedule(Economy::China)
}

fn spread(schedule: &Schedule, candidates: &str) -> Spread {
    assess_all(schedule, &thai(candidates)).unwrap()
}

fn between(least: &str, most: &str) -> Option<Span> {
    Some(Span {
        least: least.parse().unwrap(),
        most: most.parse().unwrap(),
    })
}

/// General Interpretative Rule 1: durian has a subheading by its name, so that fruit of 0810.90 is what durian is not. Until that is
/// settled, either may be due: durian pays 20 %, the fruits of 0810.90 pay 12 %, 20 % or 30 %, all of them nothing under ACFTA.
#[test]
fn durian_or_another_fruit() {
    let schedule = china();
    let spread = spread(&schedule, "081060,081090");
    // 100,000 × 12 % = 12,000; 100,000 × 30 % = 30,000.
    assert_eq!(spread.baseline_duty, between("12000.00", "30000.00"));
    assert_eq!(spread.best_duty, between("0.00", "0.00"));
    // With VAT of 9 % on the duty: 12,000 × 1.09 = 13,080; 30,000 × 1.09 = 32,700.
    assert_eq!(spread.saving, between("13080.00", "32700.00"));
    assert!(spread.is_complete() && !spread.is_same_duty());

    // 100,000 × 20 % = 20,000; with VAT 20,000 × 1.09 = 21,800.
    let durian = &spread.cases.first().unwrap().assessment;
    assert_eq!(durian.baseline_bill().map(|bill| bill.duty), between("20000.00", "20000.00"));
    assert_eq!(durian.saving.map(|saving| saving.total), between("21800.00", "21800.00"));
}

/// Durian and persimmon: 20 % under MFN, nothing under ACFTA, VAT 9 %. Under RCEP persimmon still pays 10 %, which nobody has to choose.
#[test]
fn durian_or_persimmon_is_the_same_for_the_duty() {
    let schedule = china();
    let spread = spread(&schedule, "081060,081070");
    assert!(spread.is_same_duty());
    assert_eq!(spread.baseline_duty, between("20000.00", "20000.00"));
    assert_eq!(spread.saving, between("21800.00", "21800.00"));
}

/// The provisional rate of 4001.22 is 20 % up to 7.5 yuan a kilogram, and 1.5 yuan a kilogram above: without the weight it is not known, and
/// no range can say it is.
#[test]
fn what_is_not_known_for_one_stays_not_known() {
    let schedule = china();
    let spread = spread(&schedule, "081060,400122");
    assert!(!spread.is_complete() && !spread.is_same_duty());
    assert_eq!(spread.saving, between("21800.00", "21800.00"), "of durian, where it is known");
}

#[test]
fn a_code_of_another_tariff_is_taken_by_its_six_digits_and_a_stranger_by_none() {
    let schedule = china();
    let known = thai("0810609999,081090").known_to(&schedule);
    assert_eq!(known.candidates().to_string(), "081060,081090");
    assert_eq!(thai("0810609999,081060").known_to(&schedule), thai("081060"));
    let stranger = thai("081060,9999990000").known_to(&schedule);
    assert_eq!(
        assess_all(&schedule, &stranger),
        Err(AssessmentError::NotInTariff("9999990000".parse().unwrap()))
    );
}

#[test]
fn nothing_is_assessed_under_several_codes_at_once() {
    assert_eq!(assess(&china(), &thai("081060,081070")), Err(AssessmentError::NotSettled));
}

/// Each line is a case of its own below the candidate it belongs to, and every span holds that of every candidate. Neighbours are of one
/// heading, codes far apart of other sections of the tariff.
#[test]
fn the_whole_is_made_of_its_candidates() {
    let schedule = china();
    let codes: BTreeSet<HsCode> = schedule.lines().map(|line| line.code().subheading()).collect();
    let codes: Vec<HsCode> = codes.into_iter().collect();
    for distance in [1, 997] {
        for start in (0..codes.len() - 2 * distance).step_by(5) {
            let list = [start, start + distance, start + 2 * distance].map(|position| codes[position].to_string());
            made_of_its_candidates(&schedule, &thai(&list.join(",")));
        }
    }
}

fn made_of_its_candidates(schedule: &Schedule, shipment: &Shipment) {
    let whole = assess_all(schedule, shipment).unwrap();
    let mut cases = Vec::new();
    for code in shipment.candidates().iter() {
        let alone = assess_all(schedule, &shipment.with_candidates(code)).unwrap();
        for (part, hull) in [
            (alone.saving, whole.saving),
            (alone.baseline_duty, whole.baseline_duty),
            (alone.best_duty, whole.best_duty),
        ] {
            assert!(part.is_none_or(|part| Some(part.hull(hull.unwrap())) == hull), "{shipment:?}");
        }
        cases.extend(alone.cases);
    }
    if whole.is_same_duty() {
        let duties = cases
            .iter()
            .map(|case| (case.assessment.baseline_bill(), case.assessment.best_bill()));
        let duties: Vec<_> = duties
            .map(|(without, best)| [without, best].map(|bill| bill.unwrap().duty.exact().unwrap()))
            .collect();
        assert!(duties.iter().all(|other| duties.first() == Some(other)), "{shipment:?}");
    }
    assert_eq!(whole.cases, cases);
}
