//! The same goods with every partner of China at once: out of each of them into China, or out of China into each of them.
//!
//! Into China all pay on one tariff and in one currency, so that amounts compare. Out of China each importer has its own of both, and nobody
//! here knows a rate of exchange: there the goods are assessed at a round sum in each currency, over all lines under the six digits that are
//! common to all, and only shares of the customs value compare ([`Span::percent_of`]).

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::assessment::{Assessment, AssessmentError};
use crate::economy::Economy;
use crate::hs::HsCode;
use crate::money::{Money, Span};
use crate::quantity::Quantities;
use crate::schedule::Schedule;
use crate::shipment::Shipment;
use crate::spread::{Spread, assess_all};

/// What importers with currencies of their own are compared on. So large that a currency without small coins rounds no percentage.
const ROUND_SUM: &str = "100000000";

/// A partner with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Who.
    pub economy: Economy,
    /// The answer for all lines that the code leaves open there.
    pub found: Result<Spread, Gap>,
}

/// Why a partner has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Its tariff is not at hand.
    NoTariff,
    /// Its tariff has no line under the code.
    NoLine,
    /// The figures are beyond arithmetic.
    Unknown,
}

/// What partners are put in order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What the goods cost at the border under the best regime, the lowest first.
    Cost,
    /// What the best regime saves, the highest first.
    Saving,
}

/// The shipment with every partner of China, in order; goods of one code only. `tariffs` are those at hand, among them the importer's own.
#[must_use]
pub fn partners(shipment: &Shipment, code: HsCode, tariffs: &[&Schedule], order: Order) -> Vec<Partner> {
    let partner = |economy| Partner {
        economy,
        found: if shipment.importer().is_asean() {
            into(shipment, code, tariffs, economy)
        } else {
            out_of(shipment, tariffs, economy)
        },
    };
    let mut partners: Vec<Partner> = Economy::China.partners().map(partner).collect();
    partners.sort_by_key(|partner| order.place(&partner.found));
    partners
}

fn tariff<'a>(tariffs: &[&'a Schedule], importer: Economy) -> Result<&'a Schedule, Gap> {
    tariffs
        .iter()
        .copied()
        .find(|tariff| tariff.importer() == importer)
        .ok_or(Gap::NoTariff)
}

/// Goods of another origin, into the same importer.
fn out_of(shipment: &Shipment, tariffs: &[&Schedule], origin: Economy) -> Result<Spread, Gap> {
    let tariff = tariff(tariffs, shipment.importer())?;
    let shipment = shipment.with_origin(origin).map_err(|_| Gap::Unknown)?;
    Ok(assess_all(tariff, &shipment)?)
}

/// Goods of the same origin, into another importer. The present one keeps its line and the rate of tax that was stated.
fn into(asked: &Shipment, code: HsCode, tariffs: &[&Schedule], importer: Economy) -> Result<Spread, Gap> {
    let tariff = tariff(tariffs, importer)?;
    let is_present = asked.importer() == importer;
    let code = if is_present { code } else { code.subheading() };
    let value = Money::parse(ROUND_SUM, importer.currency()).map_err(|_| Gap::Unknown)?;
    let shipment = Shipment::new(importer, asked.origin(), code, value, Quantities::none(), asked.on()).map_err(|_| Gap::Unknown)?;
    let shipment = match asked.vat_rate().filter(|_| is_present) {
        Some(rate) => shipment.with_vat_rate(rate),
        None => shipment,
    };
    Ok(assess_all(tariff, &shipment)?)
}

impl Order {
    /// The figure that counts.
    fn figure(self) -> fn(&Assessment) -> Option<Span> {
        match self {
            Self::Cost => Assessment::best_cost,
            Self::Saving => Assessment::total_saving,
        }
    }

    /// What is known of all lines stands before what is known of some, and that before what is not known; of a range the end that is sure
    /// counts.
    fn place(self, found: &Result<Spread, Gap>) -> (u8, Reverse<Decimal>, Reverse<Decimal>) {
        let known = found.as_ref().ok().and_then(|spread| Some((spread, spread.hull(self.figure())?)));
        let Some((spread, span)) = known else {
            return (2, Reverse(Decimal::ZERO), Reverse(Decimal::ZERO));
        };
        let (sure, other) = match self {
            Self::Cost => (-span.most, -span.least),
            Self::Saving => (span.least, span.most),
        };
        (u8::from(!spread.is_known(self.figure())), Reverse(sure), Reverse(other))
    }
}

impl From<AssessmentError> for Gap {
    fn from(error: AssessmentError) -> Self {
        match error {
            AssessmentError::NotInTariff(_) => Self::NoLine,
            _ => Self::Unknown,
        }
    }
}
