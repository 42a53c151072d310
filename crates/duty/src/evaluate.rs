//! From a duty expression to an amount, with the parts it is made of. Nothing is rounded here and nothing is guessed:
//! a missing quantity is asked for by its unit.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::expression::{DutyExpression, PerUnit, Percent, Tiers};
use crate::money::{Currency, Overflow, product, quotient, sum};
use crate::quantity::{Quantities, Unit};

/// What a duty is computed on.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The value percentages are taken of, in `currency`.
    pub value: Decimal,
    /// The importer's currency.
    pub currency: Currency,
    /// How much is shipped, as far as stated.
    pub quantities: &'a Quantities,
    /// What another currency is worth, for duties fixed in it.
    pub exchange: Option<Exchange>,
}

/// What one unit of another currency is worth in the importer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The other currency.
    pub currency: Currency,
    /// Units of the importer's currency for one of it.
    pub rate: Decimal,
}

impl Basis<'_> {
    /// The importer's money for one unit of `currency`.
    pub(crate) fn worth(&self, currency: Currency) -> Result<Decimal, Shortfall> {
        if currency == self.currency {
            return Ok(Decimal::ONE);
        }
        let exchange = self.exchange.filter(|exchange| exchange.currency == currency);
        exchange.map(|exchange| exchange.rate).ok_or(Shortfall::Currency(currency))
    }
}

/// One multiplication in the arithmetic of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A share of a value.
    AdValorem {
        /// The rate.
        rate: Percent,
        /// The value it is taken of.
        base: Decimal,
        /// What it comes to, unrounded.
        amount: Decimal,
    },
    /// An amount per unit.
    Specific {
        /// The rate.
        rate: PerUnit,
        /// How many units.
        quantity: Decimal,
        /// The importer's money for one unit of the rate's currency: one if they are the same.
        worth: Decimal,
        /// What it comes to, unrounded.
        amount: Decimal,
    },
}

/// The price of one unit that decided a sliding duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPrice {
    /// Value divided by quantity, in the currency of the bounds.
    pub price: Decimal,
    /// Of what.
    pub unit: Unit,
}

/// An amount of duty and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The amount, unrounded, in the currency of the basis.
    pub amount: Decimal,
    /// The multiplications whose sum it is; none if nothing is charged per unit.
    pub parts: Vec<Part>,
    /// The price that chose the tier, if the duty slides.
    pub unit_price: Option<UnitPrice>,
}

/// Why a duty cannot be computed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Shortfall {
    /// The duty is charged by a unit whose quantity is not stated.
    #[error("how many {0}?")]
    Quantity(Unit),
    /// The duty is fixed in a currency that is not the importer's, and its rate of exchange is not stated.
    #[error("the duty is fixed in {0}")]
    Currency(Currency),
    /// The duty is at most what is paid without a certificate, and that is not known.
    #[error("what is paid without a certificate is not known")]
    Baseline,
    /// No rule at hand says what a tax of that form comes to: the higher of two amounts, or all of a price that includes it.
    #[error("no rule says what the tax comes to")]
    Undefined,
    /// The amount is beyond exact arithmetic; bounded input cannot reach this.
    #[error("the amount is too large")]
    Overflow,
}

impl From<Overflow> for Shortfall {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl DutyExpression {
    /// What the duty comes to on a basis.
    ///
    /// # Errors
    /// [`Shortfall`] says what is missing.
    pub fn evaluate(&self, basis: Basis<'_>) -> Result<Evaluation, Shortfall> {
        match self {
            Self::AdValorem(rate) => {
                let amount = rate.of(basis.value)?;
                Ok(Evaluation::of(
                    Part::AdValorem {
                        rate: *rate,
                        base: basis.value,
                        amount,
                    },
                    amount,
                ))
            }
            Self::Specific(rate) => rate.evaluate(basis),
            Self::Sum(terms) => {
                let mut whole = Evaluation::nothing();
                for term in terms {
                    let Evaluation { amount, parts, unit_price } = term.evaluate(basis)?;
                    whole.amount = sum(whole.amount, amount)?;
                    whole.parts.extend(parts);
                    whole.unit_price = whole.unit_price.or(unit_price);
                }
                Ok(whole)
            }
            Self::Highest(terms) => choose(terms, basis, Ordering::Greater),
            Self::Lowest(terms) => choose(terms, basis, Ordering::Less),
            Self::Tiers(tiers) => tiers.evaluate(basis),
        }
    }

    /// The units whose quantity decides the amount, each once, in order.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        Unit::ALL.iter().copied().filter(|unit| self.depends_on(*unit)).collect()
    }

    /// Whether the quantity in that unit decides the amount.
    #[must_use]
    pub fn depends_on(&self, unit: Unit) -> bool {
        match self {
            Self::AdValorem(_) => false,
            Self::Specific(rate) => rate.unit.is_stated_in(unit) && !rate.amount.is_zero(),
            Self::Sum(terms) | Self::Highest(terms) | Self::Lowest(terms) => terms.iter().any(|term| term.depends_on(unit)),
            Self::Tiers(tiers) => {
                (tiers.unit.is_stated_in(unit) && !tiers.is_decided_by_any_price())
                    || tiers.otherwise.depends_on(unit)
                    || tiers.steps.iter().any(|step| step.duty.depends_on(unit))
            }
        }
    }
}

impl Evaluation {
    fn nothing() -> Self {
        Self {
            amount: Decimal::ZERO,
            parts: Vec::new(),
            unit_price: None,
        }
    }

    fn of(part: Part, amount: Decimal) -> Self {
        Self {
            amount,
            parts: vec![part],
            unit_price: None,
        }
    }
}

impl PerUnit {
    pub(crate) fn evaluate(self, basis: Basis<'_>) -> Result<Evaluation, Shortfall> {
        // China prints suspended specific duties as "0 CNY/L": nothing is due whatever the quantity.
        if self.amount.is_zero() {
            return Ok(Evaluation::nothing());
        }
        let quantity = basis.quantities.charged(self.unit)?;
        let worth = basis.worth(self.currency)?;
        let amount = product(product(self.amount, quantity)?, worth)?;
        Ok(Evaluation::of(
            Part::Specific {
                rate: self,
                quantity,
                worth,
                amount,
            },
            amount,
        ))
    }
}

impl Tiers {
    /// A bound of zero is below every price: such tiers need no quantity.
    fn is_decided_by_any_price(&self) -> bool {
        self.steps.iter().all(|step| step.bound.is_zero())
    }

    /// What one unit costs if all of them cost `value`, in the currency of the bounds.
    pub(crate) fn price(&self, value: Decimal, basis: Basis<'_>) -> Result<Decimal, Shortfall> {
        let worth = basis.worth(self.currency)?;
        let quantity = product(basis.quantities.charged(self.unit)?, worth)?;
        Ok(quotient(value, quantity)?)
    }

    /// What is paid at that price of a unit.
    pub(crate) fn at(&self, price: Decimal) -> &DutyExpression {
        let step = self.steps.iter().find(|step| step.reaches(price));
        step.map_or(&*self.otherwise, |step| &step.duty)
    }

    fn evaluate(&self, basis: Basis<'_>) -> Result<Evaluation, Shortfall> {
        if self.is_decided_by_any_price() && !basis.value.is_zero() {
            return self.otherwise.evaluate(basis);
        }
        let price = self.price(basis.value, basis)?;
        let mut evaluation = self.at(price).evaluate(basis)?;
        evaluation.unit_price = Some(UnitPrice { price, unit: self.unit });
        Ok(evaluation)
    }
}

fn choose(terms: &[DutyExpression], basis: Basis<'_>, wins: Ordering) -> Result<Evaluation, Shortfall> {
    let mut chosen: Option<Evaluation> = None;
    for term in terms {
        let challenger = term.evaluate(basis)?;
        if chosen.as_ref().is_none_or(|holder| challenger.amount.cmp(&holder.amount) == wins) {
            chosen = Some(challenger);
        }
    }
    Ok(chosen.unwrap_or_else(Evaluation::nothing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::tests::expression;
    use crate::quantity::Quantity;
    use proptest::prelude::*;

    fn quantities(texts: &[&str]) -> Quantities {
        texts.iter().map(|text| text.parse::<Quantity>().unwrap()).collect()
    }

    fn duty(text: &str, value: i64, shipped: &[&str]) -> Result<String, Shortfall> {
        let expression: DutyExpression = text.parse().unwrap();
        let quantities = quantities(shipped);
        let basis = Basis {
            value: Decimal::from(value),
            currency: Currency::CNY,
            quantities: &quantities,
            exchange: None,
        };
        expression
            .evaluate(basis)
            .map(|evaluation| evaluation.amount.normalize().to_string())
    }

    #[test]
    fn amounts_computed_by_hand() {
        for (text, value, shipped, expected) in [
            ("8%", 30, &[][..], "2.4"),
            ("21 CNY/m2", 1000, &["3m2"], "63"),
            // 5 % of 1000 = 50, and 0.65 on each of 100 kg = 65.
            ("5% + 0.65 CNY/kg", 1000, &["100kg"], "115"),
            // 5 % of 1000 = 50 against 3.75 × 10 = 37.50: the higher.
            ("max(5%, 3.75 CNY/kg)", 1000, &["10kg"], "50"),
            ("max(5%, 3.75 CNY/kg)", 1000, &["20kg"], "75"),
            ("min(5%, 3.75 CNY/kg)", 1000, &["20kg"], "50"),
            // 800 CNY for 100 kg is 8.00 a kilogram, above 7.50: 1.5 × 100.
            ("tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", 800, &["100kg"], "150"),
            // 750 CNY for 100 kg is exactly 7.50: still 20 %.
            ("tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", 750, &["100kg"], "150"),
            ("tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", 700, &["100kg"], "140"),
            ("tiers(CNY/piece: <10000: 0%; else: 20%)", 10_000, &["1piece"], "2000"),
            // 35.10 on each 100 kg.
            ("0.351 CNY/kg", 1000, &["100kg"], "35.1"),
            // 13.8 % of 1200 = 165.60, but at least 0.13 × 10,000 = 1300, yet no more than 0.08 × 10,000 = 800.
            ("min(max(13.8%, 0.13 CNY/kg), 0.08 CNY/kg)", 1200, &["10000kg"], "800"),
        ] {
            assert_eq!(duty(text, value, shipped).as_deref(), Ok(expected), "{text} on {value} {shipped:?}");
        }
    }

    #[test]
    fn a_missing_quantity_is_asked_for_by_its_unit() {
        assert_eq!(duty("21 CNY/m2", 1000, &["5kg"]), Err(Shortfall::Quantity(Unit::SquareMetre)));
        assert_eq!(
            duty("tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", 1000, &[]),
            Err(Shortfall::Quantity(Unit::Kilogram))
        );
    }

    #[test]
    fn what_no_quantity_can_change_is_not_asked_for() {
        assert_eq!(duty("0 CNY/L", 1000, &[]).as_deref(), Ok("0"));
        assert_eq!(
            duty("tiers(CNY/m2: <=0: 0%; else: 10% + 0 CNY/m2)", 1000, &[]).as_deref(),
            Ok("100")
        );
        assert!(
            "tiers(CNY/m2: <=0: 0%; else: 10% + 0 CNY/m2)"
                .parse::<DutyExpression>()
                .unwrap()
                .units()
                .is_empty()
        );
    }

    #[test]
    fn a_foreign_duty_is_not_mixed_in() {
        assert_eq!(duty("0.02 USD/L", 1000, &["5L"]), Err(Shortfall::Currency(Currency::USD)));
    }

    /// Cambodia: 15 % and 0.02 USD a litre, assessed in riel. 15 % of 4,000,000 = 600,000; 0.02 × 1,000 L × 4,010 = 80,200.
    #[test]
    fn a_duty_fixed_in_another_currency_needs_its_rate_of_exchange() {
        let expression: DutyExpression = "15% + 0.02 USD/L".parse().unwrap();
        let quantities = quantities(&["1000L"]);
        let basis = |exchange| Basis {
            value: Decimal::from(4_000_000),
            currency: Currency::KHR,
            quantities: &quantities,
            exchange,
        };
        let dollar = Exchange {
            currency: Currency::USD,
            rate: Decimal::from(4010),
        };
        assert_eq!(expression.evaluate(basis(Some(dollar))).unwrap().amount, Decimal::from(680_200));
        let baht = Exchange {
            currency: Currency::THB,
            rate: Decimal::from(4010),
        };
        assert_eq!(expression.evaluate(basis(Some(baht))), Err(Shortfall::Currency(Currency::USD)));
    }

    #[test]
    fn drinks_are_charged_by_the_alcohol_in_them() {
        // Singapore's beer: 16 on each of 100 L × 5 % = 5 litres of alcohol.
        assert_eq!(duty("16 CNY/Lalc", 1000, &["100L", "5%vol"]).as_deref(), Ok("80"));
        assert_eq!(duty("16 CNY/Lalc", 1000, &["5%vol"]), Err(Shortfall::Quantity(Unit::Litre)));
        let beer: DutyExpression = "16 CNY/Lalc".parse().unwrap();
        assert_eq!(beer.units(), [Unit::Litre, Unit::PercentByVolume]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_the_stated_units_suffice(expression in expression(), value in 0_i64..10_000_000, amount in 1_i64..100_000) {
            let shipped: Quantities = expression.units().into_iter().map(|unit| Quantity::parse(&amount.to_string(), unit).unwrap()).collect();
            let basis = Basis { value: Decimal::from(value), currency: Currency::CNY, quantities: &shipped, exchange: None };
            match expression.evaluate(basis) {
                Ok(evaluation) => {
                    let sum: Decimal = evaluation.parts.iter().map(|part| match part { Part::AdValorem { amount, .. } | Part::Specific { amount, .. } => *amount }).sum();
                    prop_assert_eq!(sum, evaluation.amount);
                    prop_assert!(evaluation.amount >= Decimal::ZERO);
                }
                Err(shortfall) => prop_assert!(matches!(shortfall, Shortfall::Currency(_)) || value == 0, "{:?}", shortfall),
            }
        }

        #[test]
        fn a_duty_without_tiers_rises_with_the_value(expression in expression().prop_filter("sliding duties fall at a bound", |expression| !expression.to_string().contains("tiers")), low in 0_i64..1_000_000, more in 0_i64..1_000_000) {
            let shipped: Quantities = expression.units().into_iter().map(|unit| Quantity::parse("7", unit).unwrap()).collect();
            let at = |value: i64| expression.evaluate(Basis { value: Decimal::from(value), currency: Currency::CNY, quantities: &shipped, exchange: None }).map(|evaluation| evaluation.amount);
            if let (Ok(low), Ok(high)) = (at(low), at(low + more)) {
                prop_assert!(low <= high);
            }
        }
    }
}
