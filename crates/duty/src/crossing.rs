//! Crossing points: from which price of one unit on another regime has the lowest duty. Not what a shipment pays: see
//! [`assess()`](crate::assess()).
//!
//! Quantities stay as stated and only the price of a unit varies; how each duty runs along it: see [`Axis::course`].

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::agreement::Regime;
use crate::assessment::{Assessment, Due, RegimeOption};
use crate::course::{Axis, Course, Side, contest};
use crate::expression::DutyExpression;
use crate::money::{Currency, Overflow, product, quotient};
use crate::quantity::Unit;
use crate::shipment::Shipment;
use crate::treatment::Treatment;

/// Which regime has the lowest duty at which price of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossings {
    /// The unit whose price varies: of those by which a duty is charged, the first in the order of [`Unit::ALL`].
    pub unit: Unit,
    /// How many of it are shipped.
    pub quantity: Decimal,
    /// The importer's currency; every price and every duty is in it.
    pub currency: Currency,
    /// The price of one unit in the shipment as stated.
    pub price: Decimal,
    /// From the lowest price up: two at least, and no two that follow each other have the same regime.
    pub stretches: Vec<Stretch>,
    /// The regimes that are or may be open to the goods, but whose duty is no function of the price that is known: a range, a quota, a
    /// quantity or rate of exchange that is not stated, a preference whose rate no source says, an amount beyond exact arithmetic. Any of
    /// them could be lower.
    pub left_out: Vec<Regime>,
    /// The duty of each regime compared, for a plot, in the order of [`Regime::ALL`].
    pub plots: Vec<Plot>,
    /// The price up to which the plots reach: twice the last crossing point or twice the shipment's own price, whichever is higher.
    pub limit: Decimal,
}

/// Prices of one unit at which the same regime has the lowest duty: up to where the next stretch begins, or without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The price where it begins: zero for the first, a crossing point for any other. Exact, or the nearest decimal if it has more than the
    /// 28 digits a decimal holds.
    pub from: Decimal,
    /// Whether a price of exactly `from` belongs to it. It does not where the regime below is still the best at that very price: because
    /// both duties are equal there and it wins the tie, or because its tier includes the bound.
    pub includes_from: bool,
    /// The regime with the lowest duty: of several, the earliest in [`Regime::ALL`], so that no certificate is asked for in vain.
    pub best: Regime,
    /// That lowest duty on the whole shipment where the stretch begins, unrounded.
    pub duty: Decimal,
}

/// The duty under one regime along the price of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// Which regime.
    pub regime: Regime,
    /// Price of one unit and duty on the whole shipment, unrounded: to be joined by straight lines. Two points at one price are a jump, or
    /// a bend whose price has no finite decimal; these differ in the last digit.
    pub points: Vec<(Decimal, Decimal)>,
}

impl Crossings {
    /// The crossing points of a settled line, from its assessment and the shipment that was assessed.
    ///
    /// `None` if there are none: no duty compared depends on a quantity, or one regime is the best at every price. `None` too if nothing
    /// can be compared, because what is paid without a certificate is not a duty that is known, or if an amount is beyond exact arithmetic.
    #[must_use]
    pub fn of(assessment: &Assessment, shipment: &Shipment) -> Option<Self> {
        let duties: Vec<(Regime, &DutyExpression)> = assessment.options.iter().filter_map(known_duty).collect();
        let decides = |unit: &&Unit| duties.iter().any(|(_, duty)| duty.depends_on(**unit));
        let unit = *Unit::ALL.iter().find(decides)?;
        let quantity = shipment.quantities().get(unit)?;
        let axis = Axis {
            basis: shipment.basis(),
            quantity,
        };
        let courses: Vec<(Regime, Course)> = duties
            .into_iter()
            .filter_map(|(regime, duty)| Some((regime, axis.course(duty).ok()?)))
            .collect();
        if !is_compared(&courses, assessment.baseline?) {
            return None;
        }
        let stretches = stretches(&courses).ok()?;
        let price = quotient(shipment.value().amount(), quantity).ok()?;
        let last = stretches.last().filter(|_| stretches.len() > 1)?;
        let limit = product(last.from.max(price), Decimal::TWO).ok()?;
        Some(Self {
            unit,
            quantity,
            currency: assessment.currency,
            price,
            stretches,
            left_out: left_out(assessment, &courses),
            plots: plots(&courses, limit).ok()?,
            limit,
        })
    }

    /// Whether a regime that could be lower is not compared.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.left_out.is_empty()
    }
}

/// The regime with its duty, if that applies and can be computed.
fn known_duty(option: &RegimeOption) -> Option<(Regime, &DutyExpression)> {
    match (option.due()?, &option.treatment) {
        (Due::Exact(_), Treatment::Duty(duty)) => Some((option.regime, duty)),
        _ => None,
    }
}

fn is_compared(courses: &[(Regime, Course)], regime: Regime) -> bool {
    courses.iter().any(|(compared, _)| *compared == regime)
}

fn left_out(assessment: &Assessment, courses: &[(Regime, Course)]) -> Vec<Regime> {
    let may_apply = |option: &&RegimeOption| option.due().is_some() || option.is_unread_preference();
    let regimes = assessment.options.iter().filter(may_apply).map(|option| option.regime);
    regimes.filter(|regime| !is_compared(courses, *regime)).collect()
}

fn plots(courses: &[(Regime, Course)], limit: Decimal) -> Result<Vec<Plot>, Overflow> {
    let plot = |(regime, course): &(Regime, Course)| {
        let points = course.points(limit)?;
        Ok(Plot { regime: *regime, points })
    };
    courses.iter().map(plot).collect()
}

/// Which regime is the best from where on: the rule of [`Assessment::best`], at every price.
fn stretches(courses: &[(Regime, Course)]) -> Result<Vec<Stretch>, Overflow> {
    let mut offers = courses.iter().map(|(regime, course)| course.map(|duty| (*regime, *duty)));
    let Some(first) = offers.next() else { return Ok(Vec::new()) };
    let lowest = offers.try_fold(first, |holder, challenger| {
        contest(&holder, &challenger, Ordering::Less, |(_, duty)| *duty)
    })?;
    let mut stretches: Vec<Stretch> = Vec::new();
    for (from, (best, duty)) in &lowest.0 {
        if stretches.last().is_none_or(|stretch| stretch.best != *best) {
            stretches.push(Stretch {
                from: from.price,
                includes_from: from.side == Side::At,
                best: *best,
                duty: duty.at(from.price)?,
            });
        }
    }
    Ok(stretches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::{Agreement, Evidence, Membership, Role, Source};
    use crate::assess::assess;
    use crate::course::tests::{RUPIAH, duty, every_unit};
    use crate::economy::Economy;
    use crate::evaluate::Basis;
    use crate::money::Money;
    use crate::quantity::{Quantities, Quantity};
    use crate::schedule::{Column, ColumnKind, Schedule, ScheduleParts};
    use crate::shipment::parse_date;
    use proptest::prelude::*;

    const LINE: &str = "10063030";

    fn number(text: &str) -> Decimal {
        crate::money::plain_decimal(text).unwrap()
    }

    fn quantities(texts: &[&str]) -> Quantities {
        texts.iter().map(|text| text.parse::<Quantity>().unwrap()).collect()
    }

    fn agreement(regime: Regime, parties: [Economy; 2]) -> Agreement {
        let member = |economy| Membership {
            economy,
            role: Role::Party,
            since: parse_date("2005-07-01").unwrap(),
            evidence: Evidence::Read,
            source: String::new(),
            status_to_confirm: false,
        };
        Agreement {
            regime,
            proof: String::new(),
            source: String::new(),
            members: parties.map(member).to_vec(),
            blanket: None,
        }
    }

    /// The tariff of an importer with one line, which grants preferences to goods of `origin`.
    fn tariff(importer: Economy, origin: Economy, cells: &[(Regime, &str)]) -> Schedule {
        let column = |(regime, cell): &(Regime, &str)| Column {
            kind: ColumnKind::Duty(*regime),
            sources: vec![Source {
                title: String::new(),
                edition: String::new(),
                year: 2026,
                found: String::new(),
                nomenclature: String::new(),
            }],
            cells: vec![cell.parse().unwrap()],
            index: vec![0],
        };
        let preferences = cells.iter().map(|(regime, _)| *regime).filter(|regime| !regime.is_mfn());
        Schedule::new(ScheduleParts {
            importer,
            codes: vec![LINE.parse().unwrap()],
            units: vec![None],
            quotas: Vec::new(),
            columns: cells.iter().map(column).collect(),
            agreements: preferences.map(|regime| agreement(regime, [importer, origin])).collect(),
            taxes: Vec::new(),
        })
        .unwrap()
    }

    fn shipment(importer: Economy, origin: Economy, value: Decimal, shipped: Quantities) -> Shipment {
        let value = Money::parse(&value.to_string(), importer.currency()).unwrap();
        let on = parse_date("2026-11-22").unwrap();
        let code = LINE.parse::<crate::hs::HsCode>().unwrap();
        Shipment::new(importer, origin, code, value, shipped, on).unwrap()
    }

    /// Goods of China, or of Laos if China itself imports.
    fn crossings(importer: Economy, cells: &[(Regime, &str)], value: &str, shipped: &[&str]) -> Option<Crossings> {
        let origin = if importer == Economy::China {
            Economy::Laos
        } else {
            Economy::China
        };
        let shipment = shipment(importer, origin, number(value), quantities(shipped));
        Crossings::of(&assess(&tariff(importer, origin, cells), &shipment).unwrap(), &shipment)
    }

    /// Each stretch as it would be said: "acfta; above 1500 mfn".
    fn said(crossings: &Crossings) -> String {
        let stretch = |stretch: &Stretch| {
            let word = if stretch.includes_from { "from" } else { "above" };
            format!("{word} {} {}", stretch.from.normalize(), stretch.best)
        };
        crossings.stretches.iter().map(stretch).collect::<Vec<_>>().join("; ")
    }

    fn plotted(crossings: &Crossings, regime: Regime) -> String {
        let plot = crossings.plots.iter().find(|plot| plot.regime == regime).unwrap();
        let point = |(price, duty): &(Decimal, Decimal)| format!("{} {}", price.normalize(), duty.normalize());
        plot.points.iter().map(point).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn crossing_points_computed_by_hand() {
        for (mfn, acfta, unit, expected) in [
            // 450 ÷ 0.30.
            ("450 IDR/kg", "30%", "kg", "above 0 acfta; from 1500 mfn"),
            ("450 IDR/kg", "20%", "kg", "above 0 acfta; from 2250 mfn"),
            // The mixed duty still lies flat where 30 % reaches it: it rises only from 450 ÷ 0.20 = 2250 on.
            ("30%", "max(20%, 450 IDR/kg)", "kg", "above 0 mfn; above 1500 acfta"),
            // 30 % itself, once 450 a kilogram is less: no certificate for that.
            ("max(30%, 450 IDR/kg)", "30%", "kg", "above 0 acfta; from 1500 mfn"),
            // 0.65 ÷ (0.10 − 0.05).
            ("5% + 0.65 IDR/kg", "10%", "kg", "above 0 acfta; from 13 mfn"),
            ("10%", "5% + 0.65 IDR/kg", "kg", "above 0 mfn; above 13 acfta"),
            // Falls from 25 % to 5 % above 10, and meets 10 % nowhere else.
            ("tiers(IDR/kg: <=10: 25%; else: 5%)", "10%", "kg", "above 0 acfta; above 10 mfn"),
            ("tiers(IDR/kg: <10: 25%; else: 5%)", "10%", "kg", "above 0 acfta; from 10 mfn"),
            // Rises at the bound, and is overtaken by 20 % at 4 ÷ 0.20.
            (
                "20%",
                "tiers(IDR/kg: <=10: 10%; else: 4 IDR/kg)",
                "kg",
                "above 0 acfta; above 10 mfn; above 20 acfta",
            ),
            // Without a finite decimal: 25 ÷ 0.30.
            ("25 IDR/kg", "30%", "kg", "above 0 acfta; from 83.33333333333333333333333333 mfn"),
            // By litres of alcohol: 16 × 40 % ÷ 0.10 for a litre of the drink.
            ("16 IDR/Lalc", "10%", "L", "above 0 acfta; from 64 mfn"),
            // Half a litre to the kilogram: 1 + 2 × 0.5 against 10 % + 1 + 0.5 × 0.5, so 0.75 ÷ 0.10.
            (
                "1 IDR/kg + 2 IDR/L",
                "10% + 1 IDR/kg + 0.5 IDR/L",
                "kg",
                "above 0 acfta; from 7.5 mfn",
            ),
        ] {
            let cells = [(Regime::Mfn, mfn), (Regime::Acfta, acfta)];
            let crossings = crossings(Economy::Indonesia, &cells, "5000", &["100kg", "50L", "40%vol"]).unwrap();
            assert_eq!(said(&crossings), expected, "{mfn} against {acfta}");
            assert_eq!(crossings.unit.code(), unit);
        }
    }

    #[test]
    fn three_regimes_take_turns() {
        // 6 % reaches 1 % + 100 at 100 ÷ 0.05, and that reaches 500 at 400 ÷ 0.01.
        let cells = [
            (Regime::Mfn, "500 THB/kg"),
            (Regime::Acfta, "1% + 100 THB/kg"),
            (Regime::Rcep, "6%"),
        ];
        let crossings = crossings(Economy::Thailand, &cells, "1000", &["2kg"]).unwrap();
        assert_eq!(said(&crossings), "above 0 rcep; from 2000 acfta; from 40000 mfn");
        assert_eq!((crossings.price, crossings.limit), (number("500"), number("80000")));
        let duties: Vec<Decimal> = crossings.stretches.iter().map(|stretch| stretch.duty).collect();
        assert_eq!(duties, [number("0"), number("240"), number("1000")]);
    }

    /// Lines of the tariffs at hand, with what their columns say of them in 2026.
    #[test]
    fn lines_as_the_tariffs_have_them() {
        // Film, 3706.90.90: 21,450 rupiah a minute against 10 %.
        let film = [(Regime::Mfn, "21450 IDR/min"), (Regime::Acfta, "10% [C]")];
        let film = crossings(Economy::Indonesia, &film, "9000000", &["90min"]).unwrap();
        assert_eq!(said(&film), "above 0 acfta; from 214500 mfn");
        // Cut marble, 6802.92.00: the 10 % of RCEP is less only while 1.25 baht a kilogram is more than 10 %.
        let marble = [
            (Regime::Mfn, "max(10%, 1.25 THB/kg)"),
            (Regime::Acfta, "unknown [C]"),
            (Regime::Rcep, "10% [B]"),
        ];
        let marble = crossings(Economy::Thailand, &marble, "1000", &["100kg"]).unwrap();
        assert_eq!(said(&marble), "above 0 rcep; from 12.5 mfn");
        assert_eq!(marble.left_out, [Regime::Acfta]);
        // Stones for paving, 6802.10.00: 6.09 % is the least at every price.
        let paving = [
            (Regime::Mfn, "max(30%, 6 THB/kg)"),
            (Regime::Acfta, "6.09% [B]"),
            (Regime::Rcep, "30% [B]"),
        ];
        assert_eq!(crossings(Economy::Thailand, &paving, "1000", &["100kg"]), None);
        // Natural rubber, 4001.22.00: the provisional rate stands alone.
        let rubber = [
            (Regime::Mfn, "20%"),
            (Regime::MfnProvisional, "tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)"),
            (Regime::Acfta, "none"),
        ];
        assert_eq!(crossings(Economy::China, &rubber, "1000", &["100kg"]), None);
    }

    #[test]
    fn a_plot_has_a_point_at_every_bend_and_two_at_a_jump() {
        let cells = [
            (Regime::Mfn, "max(30%, 450 IDR/kg)"),
            (Regime::Acfta, "tiers(IDR/kg: <1000: 100 IDR/kg; else: 40%)"),
        ];
        let crossings = crossings(Economy::Indonesia, &cells, "3000", &["2kg"]).unwrap();
        // 40 % of 1125 is 450.
        assert_eq!(said(&crossings), "above 0 acfta; from 1125 mfn");
        assert_eq!(plotted(&crossings, Regime::Mfn), "0 900, 1500 900, 3000 1800");
        assert_eq!(plotted(&crossings, Regime::Acfta), "0 200, 1000 200, 1000 800, 3000 2400");
    }

    #[test]
    fn what_is_not_known_is_left_out_or_leaves_nothing() {
        let of = |mfn: &str, acfta: &str, rcep: &str, shipped: &[&str]| {
            let cells = [(Regime::Mfn, mfn), (Regime::Acfta, acfta), (Regime::Rcep, rcep)];
            crossings(Economy::Thailand, &cells, "1000", shipped)
        };
        let left_out = |acfta: &str| of("3 THB/kg", acfta, "5%", &["100kg"]).unwrap().left_out;
        for open in ["0%..4%", "quota(in: 1%; out: 9%)", "2 THB/L", "2 USD/kg", "unknown"] {
            assert_eq!(left_out(open), [Regime::Acfta], "{open}");
        }
        // A price of 10 keeps it to its tier by percentage; the litres of the other are not stated all the same.
        assert_eq!(left_out("tiers(THB/kg: <=10: 1%; else: 2 THB/L)"), [Regime::Acfta]);
        for settled in ["none", "9%"] {
            assert!(left_out(settled).is_empty(), "{settled}");
        }
        for mfn in ["3 THB/L", "unknown", "quota(in: 3 THB/kg; out: 9%)"] {
            assert_eq!(of(mfn, "2 THB/kg", "5%", &["100kg"]), None, "{mfn}");
        }
        assert_eq!(of("20%", "10%", "5%", &["100kg"]), None, "no duty by quantity");
        assert_eq!(of("3 THB/kg", "5%", "0%", &["100kg"]), None, "free is the best at every price");
    }

    /// What each regime charges at a price, by evaluation alone.
    fn charged(duties: &[(Regime, DutyExpression)], crossed: &Quantities, unit: Unit, price: Decimal) -> Vec<(Regime, Decimal)> {
        let basis = Basis {
            value: price * crossed.get(unit).unwrap(),
            currency: Currency::THB,
            quantities: crossed,
            exchange: Some(RUPIAH),
        };
        let charge = |(regime, duty): &(Regime, DutyExpression)| (*regime, duty.evaluate(basis).unwrap().amount);
        duties.iter().map(charge).collect()
    }

    fn lowest(charged: &[(Regime, Decimal)]) -> Regime {
        charged.iter().min_by_key(|(_, amount)| *amount).unwrap().0
    }

    /// The stretch a price lies in.
    fn stated(crossings: &Crossings, price: Decimal) -> Regime {
        let begun = |stretch: &&Stretch| stretch.from < price || (stretch.includes_from && stretch.from == price);
        crossings.stretches.iter().rev().find(begun).unwrap().best
    }

    /// Prices in the middle of every stretch and close to both its ends, short enough for exact products.
    fn probes(crossings: &Crossings) -> Vec<Decimal> {
        let ends = crossings.stretches.iter().skip(1).map(|stretch| stretch.from);
        let spans = crossings.stretches.iter().zip(ends.chain([crossings.limit]));
        let shares = [number("0.0001"), number("0.5"), number("0.9999")];
        let within = |(stretch, end): (&Stretch, Decimal)| {
            let from = stretch.from;
            let inside = move |probe: &Decimal| from < *probe && *probe < end;
            let probe = move |share: Decimal| (from + (end - from) * share).round_sf(10).unwrap();
            shares.into_iter().map(probe).filter(inside).collect::<Vec<_>>()
        };
        spans.flat_map(within).collect()
    }

    proptest! {
        #[test]
        fn both_sides_of_a_crossing_point_evaluate_to_the_regimes_stated(mfn in duty(), acfta in duty(), rcep in duty(), amounts in prop::collection::vec(1_u32..10_000, 3), value in 1_i64..1_000_000) {
            let duties = [(Regime::Mfn, mfn), (Regime::Acfta, acfta), (Regime::Rcep, rcep)];
            let texts = duties.clone().map(|(regime, duty)| (regime, duty.to_string()));
            let cells = texts.each_ref().map(|(regime, text)| (*regime, text.as_str()));
            let shipped = every_unit(&amounts);
            let shipment = shipment(Economy::Thailand, Economy::China, Decimal::from(value), shipped.clone()).with_exchange(RUPIAH);
            let assessment = assess(&tariff(Economy::Thailand, Economy::China, &cells), &shipment).unwrap();
            if let Some(crossings) = Crossings::of(&assessment, &shipment) {
                prop_assert!(!crossings.is_partial() && crossings.stretches.len() > 1);
                prop_assert_eq!(Some(stated(&crossings, crossings.price)), assessment.best);
                for price in probes(&crossings) {
                    let charged = charged(&duties, &shipped, crossings.unit, price);
                    prop_assert_eq!(stated(&crossings, price), lowest(&charged), "at {} of {:?}", price, charged);
                }
            } else if let Some(unit) = Unit::ALL.iter().find(|unit| duties.iter().any(|(_, duty)| duty.depends_on(**unit))) {
                let best = assessment.best.unwrap();
                for price in [1, 20, 300, 4_000, 50_000, 600_000, 70_000_000].map(Decimal::from) {
                    prop_assert_eq!(lowest(&charged(&duties, &shipped, *unit, price)), best, "at {}", price);
                }
            }
        }
    }
}
