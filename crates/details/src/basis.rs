//! What all details rest on.

use std::rc::Rc;

use duty::{Assessment, Shipment, assess_all};
use pack::Rates;

/// A question that is settled on one line of the tariff, with its answer.
pub struct Basis {
    /// What was asked.
    pub shipment: Shipment,
    /// The tariff.
    pub rates: Rc<Rates>,
    /// The answer.
    pub assessment: Assessment,
}

impl Basis {
    /// What was asked, with its answer; `None` if a line is still to be chosen.
    #[must_use]
    pub fn of(asked: &Shipment, rates: &Rc<Rates>) -> Option<Self> {
        let shipment = asked.known_to(&rates.schedule);
        let spread = assess_all(&rates.schedule, &shipment).ok()?;
        Some(Self {
            assessment: spread.single()?.assessment.clone(),
            rates: Rc::clone(rates),
            shipment,
        })
    }
}
