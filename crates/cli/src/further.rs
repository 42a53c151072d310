//! The JSON of `cafta quote` beyond duties and taxes: whether a claim is worth it, crossing points, the years to come.

use duty::{
    Assessment, AssessmentError, Claim, ClaimCost, Crossings, Doubt, Prospect, Regime, Schedule, Shipment, Stretch, Verdict, outlook,
};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::report::{Bounds, decimal};

/// As many years as the page looks ahead.
const YEARS: u8 = 5;

/// What a claim costs, in the importer's currency, and how often a year.
pub(crate) struct ClaimQuestion {
    pub(crate) cost: ClaimCost,
    pub(crate) shipments: Option<Decimal>,
}

#[derive(Serialize)]
pub(crate) struct ClaimReport {
    cost: String,
    saving: Bounds,
    net: Bounds,
    yearly: Option<Bounds>,
    /// The value of goods from which on a claim pays.
    break_even: Option<Bounds>,
    verdict: &'static str,
}

#[derive(Serialize)]
pub(crate) struct CrossingsReport {
    unit: String,
    quantity: String,
    /// Of one unit, as stated.
    price: String,
    stretches: Vec<StretchReport>,
    /// Regimes that are not compared and could be lower.
    left_out: Vec<&'static str>,
}

#[derive(Serialize)]
struct StretchReport {
    from: String,
    includes_from: bool,
    best: &'static str,
    /// Where the stretch begins, before rounding.
    duty: String,
}

/// The answer on a day.
#[derive(Serialize)]
pub(crate) struct ProspectReport {
    date: String,
    best: Option<&'static str>,
    best_duty: Option<Bounds>,
    saving: Option<Bounds>,
    /// The rate of RCEP, if that applies.
    rcep: Option<String>,
    /// The year that rate is of, if it is another.
    rcep_of_year: Option<i32>,
}

impl ClaimQuestion {
    /// `None` while the saving is not known.
    pub(crate) fn answer(&self, assessment: &Assessment) -> Result<Option<Claim>, AssessmentError> {
        Claim::of(assessment, &self.cost, self.shipments)
    }
}

impl From<Claim> for ClaimReport {
    fn from(claim: Claim) -> Self {
        Self {
            cost: decimal(claim.cost),
            saving: claim.saving.into(),
            net: claim.net.into(),
            yearly: claim.yearly.map(Bounds::from),
            break_even: claim.break_even.map(Bounds::from),
            verdict: match claim.verdict {
                Verdict::Needless => "needless",
                Verdict::Pays => "pays",
                Verdict::Loses => "loses",
                Verdict::Open => "open",
            },
        }
    }
}

impl From<Crossings> for CrossingsReport {
    fn from(crossings: Crossings) -> Self {
        Self {
            unit: crossings.unit.to_string(),
            quantity: decimal(crossings.quantity),
            price: decimal(crossings.price.normalize()),
            stretches: crossings.stretches.into_iter().map(StretchReport::from).collect(),
            left_out: crossings.left_out.into_iter().map(Regime::key).collect(),
        }
    }
}

impl From<Stretch> for StretchReport {
    fn from(stretch: Stretch) -> Self {
        Self {
            from: decimal(stretch.from.normalize()),
            includes_from: stretch.includes_from,
            best: stretch.best.key(),
            duty: decimal(stretch.duty.normalize()),
        }
    }
}

/// The day of a settled shipment, and each New Year to come.
pub(crate) fn prospects(schedule: &Schedule, shipment: &Shipment) -> Result<Vec<ProspectReport>, AssessmentError> {
    let prospects = outlook(schedule, shipment, YEARS)?;
    Ok(prospects.iter().filter_map(ProspectReport::new).collect())
}

impl ProspectReport {
    fn new(prospect: &Prospect) -> Option<Self> {
        let assessment = &prospect.spread.single()?.assessment;
        let rcep = assessment.option(Regime::Rcep).filter(|option| option.rank().is_some());
        let doubts = rcep.map_or(&[][..], |option| &option.doubts);
        Some(Self {
            date: duty::print_date(prospect.on),
            best: assessment.best.map(Regime::key),
            best_duty: assessment.best_bill().map(|bill| bill.duty.into()),
            saving: assessment.total_saving().map(Bounds::from),
            rcep: rcep.map(|option| option.treatment.to_string()),
            rcep_of_year: doubts.iter().find_map(|doubt| match doubt {
                Doubt::RateOfYear(year) => Some(*year),
                _ => None,
            }),
        })
    }
}
