//! What a claim costs, as typed. The program that makes the details reads it, the page does not.

use duty::{ClaimCost, Economy, Exchange, Money, NumberError, parse_number};
use rust_decimal::Decimal;

use crate::{COSTS, RawQuery, SHIPMENTS};

/// The cost of a claim as far as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFields {
    /// The cost, in the importer's currency; a part that is not stated costs nothing. Of no use while there are errors.
    pub cost: ClaimCost,
    /// How many shipments a year, if that is stated.
    pub shipments: Option<Decimal>,
    /// Whether any part of the cost is stated.
    pub is_stated: bool,
    /// What is wrong, by key of the field.
    pub errors: Vec<(&'static str, NumberError)>,
}

impl RawQuery {
    /// The cost of a claim. Amounts are in the currency of the value, and exchanged with it.
    #[must_use]
    pub fn claim(&self, importer: Economy) -> ClaimFields {
        let mut errors = Vec::new();
        let exchange = self.exchange().filter(|exchange| exchange.currency != importer.currency());
        let mut read = |key: &'static str, is_amount: bool| {
            let text = self.further(key);
            if text.trim().is_empty() {
                return None;
            }
            let number = match exchange.filter(|_| is_amount) {
                Some(Exchange { currency, rate }) => {
                    let amount = Money::parse(&text, currency).and_then(|amount| amount.exchanged(rate, importer.currency()));
                    amount.map(Money::amount)
                }
                None => parse_number(&text),
            };
            number.map_err(|error| errors.push((key, error))).ok()
        };
        let [fee, hours, wage, courier, delay] = COSTS.map(|key| read(key, key != "hours").unwrap_or_default());
        let shipments = read(SHIPMENTS, false);
        ClaimFields {
            cost: ClaimCost {
                fee,
                hours,
                wage,
                courier,
                delay,
            },
            shipments,
            is_stated: COSTS.iter().any(|key| !self.further(key).trim().is_empty()),
            errors,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(search: &str) -> ClaimFields {
        RawQuery::from_search(search).claim(Economy::China)
    }

    #[test]
    fn costs_are_read_and_exchanged_like_the_value() {
        let fields = claim("fee=40&hours=3&wage=5.5&shipments=12");
        assert_eq!(
            (fields.cost.total(), fields.shipments, fields.is_stated),
            (Ok("56.5".parse().unwrap()), Some(12.into()), true)
        );
        let dollars = claim("ccy=USD&rate=7&fee=10&hours=2&wage=3");
        assert_eq!(dollars.cost.total(), Ok(112.into()));
        let yuan = claim("ccy=CNY&rate=7&fee=10");
        assert_eq!(yuan.cost.total(), Ok(10.into()));
        assert!(!claim("shipments=3").is_stated);
    }

    #[test]
    fn what_is_wrong_is_told_by_field() {
        let fields = claim("fee=-40&hours=many&courier=25");
        assert_eq!(fields.errors, [("fee", NumberError::Negative), ("hours", NumberError::NotANumber)]);
    }
}
