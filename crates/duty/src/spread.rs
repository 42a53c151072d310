//! A shipment whose code covers several lines with different duties: every case assessed, and the span of the answers.

use crate::assess::assess;
use crate::assessment::{Assessment, AssessmentError};
use crate::money::Span;
use crate::schedule::{Choice, Schedule};
use crate::shipment::Shipment;

/// The answers for every line a person may still choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// One case per choice, in the order of the tariff.
    pub cases: Vec<Case>,
    /// What the best regime saves, over the cases where that is known; `None` if it is known in none.
    pub saving: Option<Span>,
    /// The duty without a certificate, likewise.
    pub baseline_duty: Option<Span>,
    /// The duty under the best regime of each case, likewise.
    pub best_duty: Option<Span>,
}

/// One line, or several that do not differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which.
    pub choice: Choice,
    /// Its answer.
    pub assessment: Assessment,
}

impl Spread {
    /// Whether nothing is left to choose.
    #[must_use]
    pub fn single(&self) -> Option<&Case> {
        match self.cases.as_slice() {
            [case] => Some(case),
            _ => None,
        }
    }

    /// Whether the saving is known in every case.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.cases.iter().all(|case| case.assessment.saving.is_some())
    }
}

/// Assesses every line the code of the shipment leaves open.
///
/// # Errors
/// [`AssessmentError::NotInTariff`] if it leaves none.
pub fn assess_all(schedule: &Schedule, shipment: &Shipment) -> Result<Spread, AssessmentError> {
    let cases = schedule
        .choices(shipment.code())
        .into_iter()
        .map(|choice| {
            Ok(Case {
                assessment: assess(schedule, &shipment.with_code(choice.code))?,
                choice,
            })
        })
        .collect::<Result<Vec<_>, AssessmentError>>()?;
    if cases.is_empty() {
        return Err(AssessmentError::NotInTariff(shipment.code()));
    }
    let hull = |span: fn(&Assessment) -> Option<Span>| cases.iter().filter_map(|case| span(&case.assessment)).reduce(Span::hull);
    Ok(Spread {
        saving: hull(|assessment| assessment.saving.map(|saving| saving.total)),
        baseline_duty: hull(|assessment| assessment.baseline_bill().map(|bill| bill.duty)),
        best_duty: hull(|assessment| assessment.best_bill().map(|bill| bill.duty)),
        cases,
    })
}
