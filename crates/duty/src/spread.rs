//! A shipment whose line is not settled, because its code covers several with different duties or several codes are kept: every case
//! assessed, and the span of the answers.

use crate::assess::assess;
use crate::assessment::{Assessment, AssessmentError};
use crate::money::Span;
use crate::schedule::{Choice, Schedule};
use crate::shipment::Shipment;

/// The answers for every line a person may still choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// One case per choice: candidate by candidate, in the order of the tariff.
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

/// One figure of an answer; `None` where it is not known.
pub type Figure = fn(&Assessment) -> Option<Span>;

impl Spread {
    /// A figure over the cases in which it is known; `None` if that is none.
    #[must_use]
    pub fn hull(&self, figure: Figure) -> Option<Span> {
        hull(&self.cases, figure)
    }

    /// Whether a figure is known in every case.
    #[must_use]
    pub fn is_known(&self, figure: Figure) -> bool {
        self.cases.iter().all(|case| figure(&case.assessment).is_some())
    }

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
        self.is_known(Assessment::total_saving)
    }

    /// Whether every case is known to pay the same duty, without a certificate and under its best regime: then it does not matter for the
    /// duty which of them it is. Two equal ranges are no proof of that.
    #[must_use]
    pub fn is_same_duty(&self) -> bool {
        let is_exact = |duty: Option<Span>| duty.is_some_and(|duty| duty.exact().is_some());
        self.is_complete() && is_exact(self.baseline_duty) && is_exact(self.best_duty)
    }
}

/// Assesses every line the candidates of the shipment leave open.
///
/// # Errors
/// [`AssessmentError::NotInTariff`] names the first candidate that leaves none: a span over the others would not hold for all.
pub fn assess_all(schedule: &Schedule, shipment: &Shipment) -> Result<Spread, AssessmentError> {
    let mut cases = Vec::new();
    for code in shipment.candidates().iter() {
        let choices = schedule.choices(code);
        if choices.is_empty() {
            return Err(AssessmentError::NotInTariff(code));
        }
        for choice in choices {
            cases.push(Case {
                assessment: assess(schedule, &shipment.with_candidates(choice.code))?,
                choice,
            });
        }
    }
    Ok(Spread {
        saving: hull(&cases, Assessment::total_saving),
        baseline_duty: hull(&cases, |assessment| assessment.baseline_bill().map(|bill| bill.duty)),
        best_duty: hull(&cases, |assessment| assessment.best_bill().map(|bill| bill.duty)),
        cases,
    })
}

fn hull(cases: &[Case], figure: Figure) -> Option<Span> {
    cases.iter().filter_map(|case| figure(&case.assessment)).reduce(Span::hull)
}
