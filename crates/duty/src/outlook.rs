//! What the same shipment pays in the years to come, as far as the tariff says: agreements fall in steps on 1 January. That the rate without
//! a certificate stays as it is, is assumed; an [`Assessment`](crate::Assessment) of another year notes it.

use time::{Date, Month};

use crate::assessment::AssessmentError;
use crate::schedule::Schedule;
use crate::shipment::Shipment;
use crate::spread::{Spread, assess_all};

/// A shipment on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// The day.
    pub on: Date,
    /// Its answer.
    pub spread: Spread,
}

/// The shipment on its day, and on 1 January of so many years after it; fewer where the calendar ends.
///
/// # Errors
/// As [`assess_all`].
pub fn outlook(schedule: &Schedule, shipment: &Shipment, years: u8) -> Result<Vec<Prospect>, AssessmentError> {
    let today = shipment.on();
    let new_years = (1..=i32::from(years)).map_while(|ahead| Date::from_calendar_date(today.year() + ahead, Month::January, 1).ok());
    let prospect = |on| {
        let spread = assess_all(schedule, &shipment.with_date(on))?;
        Ok(Prospect { on, spread })
    };
    std::iter::once(today).chain(new_years).map(prospect).collect()
}
