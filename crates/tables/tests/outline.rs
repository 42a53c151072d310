//! The outline of every tariff: what is said of a code covers what is said below it, and says of a line what the engine answers.
#![cfg(test)]

mod support;

use std::collections::BTreeSet;

use duty::{Charges, Due, Economy, HsCode, Outline, Quantities, Regime, Remark, Schedule, Standing, assess, parse_date, parse_number};

const TODAY: &str = "2026-11-22";

fn outline(schedule: &Schedule, origin: Economy, code: HsCode) -> Outline {
    Outline::of(schedule, origin, parse_date(TODAY).unwrap(), code).unwrap()
}

/// Without a certificate, and under CAFTA: the percentages, and what else is said of how many lines.
fn said(importer: Economy, origin: Economy, code: &str) -> [String; 2] {
    let outline = outline(&support::schedule(importer), origin, code.parse().unwrap());
    [&outline.without, &outline.cafta].map(|charges| {
        let percent = charges.percent.map(|(least, most)| format!("{least}..{most}"));
        let remarks = charges.remarks.iter().map(|(remark, lines)| format!("{remark:?} {lines}"));
        percent.into_iter().chain(remarks).collect::<Vec<_>>().join(", ")
    })
}

/// One of the partners whose goods the importer receives here: China treats all of ASEAN alike under CAFTA.
fn origin(importer: Economy) -> Economy {
    match importer {
        Economy::China => Economy::Thailand,
        _ => Economy::China,
    }
}

/// The codes of one level that occur in a tariff, in its order.
fn codes(schedule: &Schedule, digits: u8) -> BTreeSet<HsCode> {
    schedule.lines().map(|line| line.code().truncated(digits)).collect()
}

fn covers(above: &Charges, below: &Charges) -> bool {
    let percent = match (above.percent, below.percent) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((least, most)), Some(below)) => least <= below.0 && below.1 <= most,
    };
    let remarks = below.remarks.iter().all(|(remark, lines)| {
        let count = above
            .remarks
            .iter()
            .find(|(other, _)| other == remark)
            .map_or(0, |(_, lines)| *lines);
        count >= *lines
    });
    percent && remarks && above.uncertain >= below.uncertain
}

#[test]
fn what_is_said_of_a_code_covers_what_is_said_below_it_and_no_more() {
    // Between them they have every remark there is.
    for importer in [Economy::China, Economy::VietNam, Economy::Thailand] {
        let schedule = support::schedule(importer).merged();
        let origin = origin(importer);
        for (level, deeper) in [(2, 4), (4, 6), (6, 10)] {
            let below = codes(&schedule, deeper);
            for code in codes(&schedule, level) {
                let above = outline(&schedule, origin, code);
                let mut sum = Outline::default();
                for child in below.iter().filter(|child| code.covers(**child)) {
                    let child = outline(&schedule, origin, *child);
                    assert!(covers(&above.without, &child.without), "{importer} {code}: {above:?} {child:?}");
                    assert!(covers(&above.cafta, &child.cafta), "{importer} {code}: {above:?} {child:?}");
                    sum.add(&child);
                }
                assert_eq!(above, sum, "{importer} {code}");
            }
        }
    }
}

#[test]
fn of_a_line_it_says_what_the_engine_answers_on_any_value() {
    let mut figures = 0;
    let four_hundred = parse_number("400").unwrap();
    for importer in Economy::ALL {
        let schedule = support::schedule(importer).merged();
        let origin = origin(importer);
        for line in schedule.lines() {
            let code = line.code();
            let outline = outline(&schedule, origin, code);
            assert_eq!(outline.lines, 1);
            let goods = support::shipment(importer, origin, code, "40000", Quantities::none(), TODAY);
            let assessment = assess(&schedule, &goods).unwrap();
            for (regime, charges) in [(assessment.baseline, &outline.without), (Some(Regime::Acfta), &outline.cafta)] {
                let due = regime.and_then(|regime| match &assessment.option(regime)?.standing {
                    Standing::Lawful { due, .. } => Some(due),
                    Standing::Refused(_) => None,
                });
                let amounts = due.and_then(Due::span).map(|due| (due.least, due.most));
                let percent = charges
                    .percent
                    .map(|(least, most)| (least.number() * four_hundred, most.number() * four_hundred));
                assert_eq!(percent, amounts, "{importer} {code}");
                assert!(percent.is_some() || !charges.remarks.is_empty(), "{importer} {code}");
                let by_quantity = charges.remarks.iter().any(|(remark, _)| *remark == Remark::ByQuantity);
                assert_eq!(by_quantity, matches!(due, Some(Due::Missing(_))), "{importer} {code}");
                figures += usize::from(percent.is_some());
            }
        }
    }
    assert!(figures > 150_000, "{figures}");
}

#[test]
fn what_is_no_percentage_is_said_by_its_name() {
    use Economy::{China, Philippines, Thailand, TimorLeste, VietNam};
    for (importer, origin, code, without, cafta) in [
        (China, Thailand, "0810", "12%..30%", "0%..0%"),
        (China, VietNam, "1006", "1%..65%, InQuota 10", "5%..50%"),
        (China, Thailand, "4001", "20%..20%, ByQuantity 3", "0%..0%, Refused(NoConcession) 4"),
        (VietNam, China, "5402", "0%..3%", "0%..0%, Refused(Excluded) 11"),
        (
            Thailand,
            China,
            "10",
            "0%..0%, Refused(Unknown) 32",
            "0%..0%, Refused(Unknown) 16, Refused(AlreadyFree) 9",
        ),
        (Philippines, China, "24", "3%..10%", "0%..5%, Refused(Unknown) 21"),
        (TimorLeste, China, "08", "5%..5%", "Refused(NotAMember(TimorLeste)) 70"),
    ] {
        assert_eq!(said(importer, origin, code), [without, cafta], "{importer} {origin} {code}");
    }
}

#[test]
fn goods_that_are_not_of_this_trade_have_none() {
    let schedule = support::schedule(Economy::China);
    let chapter = "08".parse().unwrap();
    assert!(Outline::of(&schedule, Economy::China, parse_date(TODAY).unwrap(), chapter).is_err());
    let nothing = outline(&schedule, Economy::Thailand, "99".parse().unwrap());
    assert_eq!(nothing, Outline::default());
}
