//! What is shipped: from where, to where, under which code, worth how much, when. Checked once; not a decision.

use time::{Date, Month};

use crate::candidates::Candidates;
use crate::economy::Economy;
use crate::evaluate::{Basis, Exchange};
use crate::expression::Percent;
use crate::money::{Currency, Money};
use crate::quantity::Quantities;
use crate::schedule::Schedule;

/// One shipment as customs of the importer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    importer: Economy,
    origin: Economy,
    candidates: Candidates,
    value: Money,
    quantities: Quantities,
    exchange: Option<Exchange>,
    vat_rate: Option<Percent>,
    on: Date,
}

/// Why there is nothing to assess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShipmentError {
    /// Origin and importer are the same.
    #[error("goods do not cross a border from {0} to {0}")]
    SameEconomy(Economy),
    /// Trade between two members of ASEAN is the matter of another agreement (ATIGA).
    #[error("{origin} to {importer} is trade within ASEAN; this calculator covers China and ASEAN")]
    WithinAsean {
        /// Where the goods originate.
        origin: Economy,
        /// Where they go.
        importer: Economy,
    },
    /// The value is not in the importer's currency; see [`Money::exchanged`].
    #[error("customs assesses in {expected}, not in {found}")]
    Currency {
        /// The importer's currency.
        expected: Currency,
        /// The currency of the value.
        found: Currency,
    },
}

impl Shipment {
    /// A shipment. `value` is the customs value in the importer's currency: China takes cost, insurance and freight (CIF).
    /// Each of the candidates is a line of the importer's tariff or a shorter code; of one that is settled, all lines are treated alike.
    ///
    /// # Errors
    /// [`ShipmentError`] if the pair is out of scope or the currency is not the importer's.
    pub fn new(
        importer: Economy,
        origin: Economy,
        candidates: impl Into<Candidates>,
        value: Money,
        quantities: Quantities,
        on: Date,
    ) -> Result<Self, ShipmentError> {
        check_pair(origin, importer)?;
        if value.currency() != importer.currency() {
            return Err(ShipmentError::Currency {
                expected: importer.currency(),
                found: value.currency(),
            });
        }
        Ok(Self {
            importer,
            origin,
            candidates: candidates.into(),
            value,
            quantities,
            exchange: None,
            vat_rate: None,
            on,
        })
    }

    /// The same shipment, with a rate of exchange for duties that are fixed in another currency.
    #[must_use]
    pub fn with_exchange(self, exchange: Exchange) -> Self {
        Self {
            exchange: Some(exchange),
            ..self
        }
    }

    /// The same shipment, with the rate of the general tax stated by the person instead of the one in the data.
    #[must_use]
    pub fn with_vat_rate(self, rate: Percent) -> Self {
        Self {
            vat_rate: Some(rate),
            ..self
        }
    }

    /// The same shipment under another code, or several.
    #[must_use]
    pub fn with_candidates(&self, candidates: impl Into<Candidates>) -> Self {
        Self {
            candidates: candidates.into(),
            ..self.clone()
        }
    }

    /// The same shipment under codes the tariff has: see [`Candidates::known_to`].
    #[must_use]
    pub fn known_to(&self, schedule: &Schedule) -> Self {
        self.with_candidates(self.candidates.known_to(schedule))
    }

    /// The same shipment of goods that originate elsewhere.
    ///
    /// # Errors
    /// [`ShipmentError`] if that pair is out of scope.
    pub fn with_origin(&self, origin: Economy) -> Result<Self, ShipmentError> {
        check_pair(origin, self.importer)?;
        Ok(Self { origin, ..self.clone() })
    }

    /// The same shipment on another day.
    #[must_use]
    pub fn with_date(&self, on: Date) -> Self {
        Self { on, ..self.clone() }
    }

    /// Where it goes.
    #[must_use]
    pub fn importer(&self) -> Economy {
        self.importer
    }

    /// Where the goods originate: not merely where they are loaded.
    #[must_use]
    pub fn origin(&self) -> Economy {
        self.origin
    }

    /// The codes it may fall under.
    #[must_use]
    pub fn candidates(&self) -> &Candidates {
        &self.candidates
    }

    /// The customs value.
    #[must_use]
    pub fn value(&self) -> Money {
        self.value
    }

    /// The quantities stated.
    #[must_use]
    pub fn quantities(&self) -> &Quantities {
        &self.quantities
    }

    /// The rate of exchange stated.
    #[must_use]
    pub fn exchange(&self) -> Option<Exchange> {
        self.exchange
    }

    /// What duties are computed on.
    pub(crate) fn basis(&self) -> Basis<'_> {
        Basis {
            value: self.value.amount(),
            currency: self.value.currency(),
            quantities: &self.quantities,
            exchange: self.exchange,
        }
    }

    /// The rate of the general tax, if the person stated one.
    #[must_use]
    pub fn vat_rate(&self) -> Option<Percent> {
        self.vat_rate
    }

    /// The day of import declaration.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }
}

/// Whether goods of `origin` entering `importer` are trade between China and ASEAN.
///
/// # Errors
/// [`ShipmentError::SameEconomy`] or [`ShipmentError::WithinAsean`].
pub fn check_pair(origin: Economy, importer: Economy) -> Result<(), ShipmentError> {
    if origin == importer {
        return Err(ShipmentError::SameEconomy(origin));
    }
    if origin.is_asean() && importer.is_asean() {
        return Err(ShipmentError::WithinAsean { origin, importer });
    }
    Ok(())
}

/// A text that is not a calendar day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date; write it as 2026-11-22")]
pub struct NotADate(pub String);

/// Reads a calendar day written as `2026-11-22`.
///
/// # Errors
/// [`NotADate`] for any other form and for days that do not exist.
pub fn parse_date(text: &str) -> Result<Date, NotADate> {
    let read = || {
        let mut numbers = text.split('-');
        let year = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month: u8 = numbers.next().filter(|month| month.len() == 2)?.parse().ok()?;
        let day = numbers.next().filter(|day| day.len() == 2)?.parse().ok()?;
        let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
        numbers.next().is_none().then_some(date)
    };
    read().ok_or_else(|| NotADate(text.to_owned()))
}

/// A calendar day as `2026-11-22`.
#[must_use]
pub fn print_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_trade_between_china_and_asean_is_assessed() {
        assert_eq!(check_pair(Economy::Thailand, Economy::China), Ok(()));
        assert_eq!(check_pair(Economy::China, Economy::Thailand), Ok(()));
        assert_eq!(
            check_pair(Economy::China, Economy::China),
            Err(ShipmentError::SameEconomy(Economy::China))
        );
        let within = ShipmentError::WithinAsean {
            origin: Economy::Thailand,
            importer: Economy::VietNam,
        };
        assert_eq!(check_pair(Economy::Thailand, Economy::VietNam), Err(within));
    }

    #[test]
    fn a_value_in_another_currency_must_be_exchanged_first() {
        let value = Money::parse("100", Currency::USD).unwrap();
        let on = parse_date("2026-11-22").unwrap();
        let error = Shipment::new(
            Economy::China,
            Economy::Thailand,
            "081060".parse::<Candidates>().unwrap(),
            value,
            Quantities::none(),
            on,
        )
        .unwrap_err();
        assert_eq!(
            error,
            ShipmentError::Currency {
                expected: Currency::CNY,
                found: Currency::USD
            }
        );
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "26-01-01",
            "2026-01-01-01",
            "",
            "tomorrow",
            "２０２６-01-01",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn dates_round_trip(days in 0_i32..3_000_000) {
            let date = Date::from_julian_day(2_000_000 + days).unwrap();
            if (1000..=9999).contains(&date.year()) {
                prop_assert_eq!(parse_date(&print_date(date)), Ok(date));
            }
        }
    }
}
