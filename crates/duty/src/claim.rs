//! Whether a certificate of origin is worth its trouble: what claiming a preference saves less what it costs, and from which value of goods
//! on it pays. Not how the saving comes about: see [`crate::assess()`].

use rust_decimal::Decimal;

use crate::assessment::{Assessment, AssessmentError};
use crate::money::{Overflow, Span, product, quotient, sum};

/// What claiming a preference costs, for one shipment, in the importer's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimCost {
    /// What the office takes for the certificate.
    pub fee: Decimal,
    /// Hours of work on papers and proof of origin.
    pub hours: Decimal,
    /// What an hour costs.
    pub wage: Decimal,
    /// Sending the papers.
    pub courier: Decimal,
    /// What waiting for the certificate costs: storage, a later ship.
    pub delay: Decimal,
}

impl ClaimCost {
    /// All of it.
    ///
    /// # Errors
    /// [`AssessmentError::Overflow`] beyond exact arithmetic.
    pub fn total(&self) -> Result<Decimal, AssessmentError> {
        let work = product(self.hours, self.wage)?;
        let parts = [work, self.courier, self.delay];
        Ok(parts.into_iter().try_fold(self.fee, sum)?)
    }
}

/// What a claim comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it costs.
    pub cost: Decimal,
    /// What the buyer saves, taxes on the saved duty included.
    pub saving: Span,
    /// The saving less the cost; below nothing if the claim costs more than it saves.
    pub net: Span,
    /// The same over a year's shipments, if their number is stated.
    pub yearly: Option<Span>,
    /// The value at which such goods save what the claim costs; `None` if they may save nothing, or the claim costs nothing.
    ///
    /// For the same goods at the same price: with the value the quantity grows, and with both every duty, also a specific or sliding one.
    pub break_even: Option<Span>,
    /// In a word.
    pub verdict: Verdict,
}

/// Whether to claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The lowest rate needs no certificate.
    Needless,
    /// It saves more than it costs.
    Pays,
    /// It costs as much as it saves, or more.
    Loses,
    /// The saving is known as a range that leaves it open.
    Open,
}

impl Claim {
    /// Weighs a claim of the best regime for a shipment; `None` while the saving is not known.
    ///
    /// # Errors
    /// [`AssessmentError::Overflow`] beyond exact arithmetic.
    pub fn of(assessment: &Assessment, cost: &ClaimCost, shipments_a_year: Option<Decimal>) -> Result<Option<Self>, AssessmentError> {
        let Some(saving) = assessment.saving else { return Ok(None) };
        let currency = assessment.currency;
        let cost = currency.round(cost.total()?);
        let saving = saving.total;
        let net = saving.less(Span::exactly(cost))?;
        let verdict = if assessment.best == assessment.baseline {
            Verdict::Needless
        } else if net.least > Decimal::ZERO {
            Verdict::Pays
        } else if net.most <= Decimal::ZERO {
            Verdict::Loses
        } else {
            Verdict::Open
        };
        let rounded = |least, most| Span {
            least: currency.round(least),
            most: currency.round(most),
        };
        let yearly = shipments_a_year.map(|shipments| Ok(rounded(product(net.least, shipments)?, product(net.most, shipments)?)));
        let break_even = if saving.least.is_zero() || cost.is_zero() {
            None
        } else {
            let value = |saving| quotient(product(assessment.value, cost)?, saving);
            // The more they save, the fewer goods have to.
            Some(rounded(value(saving.most)?, value(saving.least)?))
        };
        Ok(Some(Self {
            cost,
            saving,
            net,
            yearly: yearly.transpose().map_err(|Overflow| AssessmentError::Overflow)?,
            break_even,
            verdict,
        }))
    }
}
