//! A tax on certain goods in figures: the price it is taken of, its share of that, and its amounts by quantity.
//!
//! Most importers take it of value and duty. China's consumption tax is part of the price it is taken of (价内税):
//!
//! ```text
//! composite price (组成计税价格) = (value + duty + amounts by quantity) ÷ (1 − rate)
//! tax                            = composite price × rate + amounts by quantity
//! ```
//!
//! So value, duty and tax together are that price itself, and the general tax is taken of it too.

use rust_decimal::Decimal;

use crate::evaluate::{Basis, Shortfall};
use crate::expression::{DutyExpression, Percent, Tiers};
use crate::money::{Overflow, product, quotient, sum};
use crate::treatment::Treatment;

/// A price that a share is taken of: a quotient, so that the division comes last. Divided first, a seventh of it would be cut off at the
/// 28th digit, and 13 % of a price that was divided by 91 %, which is a seventh again, could miss a half to round up.
#[derive(Clone, Copy)]
pub(crate) struct Price {
    over: Decimal,
    under: Option<Decimal>,
}

impl Price {
    /// A price as it is.
    pub(crate) fn of(amount: Decimal) -> Self {
        Self { over: amount, under: None }
    }

    /// This share of it.
    pub(crate) fn share(self, rate: Percent) -> Result<Decimal, Overflow> {
        self.divided(rate.of(self.over)?)
    }

    /// The price itself, to 28 digits.
    pub(crate) fn amount(self) -> Result<Decimal, Overflow> {
        self.divided(self.over)
    }

    fn divided(self, amount: Decimal) -> Result<Decimal, Overflow> {
        match self.under {
            None => Ok(amount),
            Some(under) => quotient(amount, under),
        }
    }
}

/// A tax whose tier is chosen: a share of a price, and an amount by quantity.
#[derive(Clone, Copy)]
pub(crate) struct Levy {
    share: Percent,
    by_quantity: Decimal,
}

impl Levy {
    /// A share of the price and nothing else.
    pub(crate) fn share(rate: Percent) -> Self {
        Self {
            share: rate,
            by_quantity: Decimal::ZERO,
        }
    }

    /// # Errors
    /// [`Shortfall::Undefined`] for the higher or the lower of two: no law at hand charges an excise so, nor says of which price.
    pub(crate) fn of(tax: &DutyExpression, basis: Basis<'_>) -> Result<Self, Shortfall> {
        if let DutyExpression::AdValorem(rate) = tax {
            return Ok(Self::share(*rate));
        }
        let mut levy = Self::share(Percent::ZERO);
        levy.add(tax, basis)?;
        Ok(levy)
    }

    fn add(&mut self, tax: &DutyExpression, basis: Basis<'_>) -> Result<(), Shortfall> {
        match tax {
            DutyExpression::AdValorem(rate) => self.share = self.share.plus(*rate)?,
            DutyExpression::Specific(rate) => self.by_quantity = sum(self.by_quantity, rate.evaluate(basis)?.amount)?,
            DutyExpression::Sum(terms) => {
                for term in terms {
                    self.add(term, basis)?;
                }
            }
            DutyExpression::Highest(_) | DutyExpression::Lowest(_) | DutyExpression::Tiers(_) => return Err(Shortfall::Undefined),
        }
        Ok(())
    }

    /// Whether nothing is charged whatever is shipped, as on nearly every line: a rate of nothing, or one that begins in a later year.
    pub(crate) fn is_nothing(tax: &Treatment) -> bool {
        match tax {
            Treatment::Duty(DutyExpression::AdValorem(rate)) => rate.number().is_zero(),
            Treatment::NoConcession => true,
            _ => false,
        }
    }

    /// The price the share is taken of, from value and duty: see the [module](self).
    ///
    /// # Errors
    /// [`Shortfall::Undefined`] if the tax is all of that price: nothing is left for the goods, and no price is high enough.
    pub(crate) fn price(self, value_and_duty: Decimal, with_itself: bool) -> Result<Price, Shortfall> {
        if !with_itself {
            return Ok(Price::of(value_and_duty));
        }
        let price = sum(value_and_duty, self.by_quantity)?;
        if self.share.number().is_zero() {
            return Ok(Price::of(price));
        }
        let left = sum(Decimal::ONE_HUNDRED, -self.share.number())?;
        if left <= Decimal::ZERO {
            return Err(Shortfall::Undefined);
        }
        Ok(Price {
            over: product(price, Decimal::ONE_HUNDRED)?,
            under: Some(left),
        })
    }

    /// What the tax comes to on its price, unrounded.
    pub(crate) fn on(self, price: Price) -> Result<Decimal, Overflow> {
        let share = price.share(self.share)?;
        if self.by_quantity.is_zero() {
            return Ok(share);
        }
        sum(share, self.by_quantity)
    }
}

/// The tier of a sliding tax by the price it is itself taken of: the highest whose own price reaches it, as that price rises with the rate.
pub(crate) fn tier_by_own_price<'a>(
    tiers: &'a Tiers,
    basis: Basis<'_>,
    value_and_duty: Decimal,
    with_itself: bool,
) -> Result<&'a DutyExpression, Shortfall> {
    let mut tier = &*tiers.otherwise;
    for below in tiers.steps.iter().rev() {
        let own = Levy::of(tier, basis)?.price(value_and_duty, with_itself)?.amount()?;
        if !below.reaches(tiers.price(own, basis)?) {
            return Ok(tier);
        }
        tier = &below.duty;
    }
    Ok(tier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::quantity::{Quantities, Quantity};

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The tax on value and duty, and the price it is taken of.
    fn levied(tax: &str, value_and_duty: &str, shipped: &[&str], with_itself: bool) -> Result<(String, String), Shortfall> {
        let quantities: Quantities = shipped.iter().map(|text| text.parse::<Quantity>().unwrap()).collect();
        let basis = Basis {
            value: number(value_and_duty),
            currency: Currency::CNY,
            quantities: &quantities,
            exchange: None,
        };
        let levy = Levy::of(&tax.parse().unwrap(), basis)?;
        let price = levy.price(number(value_and_duty), with_itself)?;
        let text = |amount: Decimal| Currency::CNY.round(amount).to_string();
        Ok((text(levy.on(price)?), text(price.amount()?)))
    }

    fn of_value_and_duty(tax: &str, value_and_duty: &str, shipped: &[&str]) -> String {
        levied(tax, value_and_duty, shipped, false).unwrap().0
    }

    #[test]
    fn a_tax_of_value_and_duty_is_a_share_of_both() {
        // Worked examples of taxes on top of each other: 8 % of 30 + 1,000; 8 % of 70,000 + 6,792; and 21 % of those and that tax.
        assert_eq!(of_value_and_duty("8%", "1030", &[]), "82.40");
        assert_eq!(of_value_and_duty("8%", "76792", &[]), "6143.36");
        assert_eq!(of_value_and_duty("21%", "82935.36", &[]), "17416.43");
        // Malaysia: 7.50 on each of 10 kg, and 5 % of 1,000.
        assert_eq!(of_value_and_duty("7.5 CNY/kg + 5%", "1000", &["10kg"]), "125.00");
    }

    #[test]
    fn a_tax_that_is_part_of_its_price_is_taken_of_the_composite_price() {
        for (tax, value_and_duty, shipped, amount, price) in [
            // 110,000 ÷ (1 − 15 %) = 129,411.76…, and 15 % of it.
            ("15%", "110000", &[][..], "19411.76", "129411.76"),
            // (110,000 + 1,000 × 0.912) ÷ (1 − 20 %) = 138,640; 20 % of it = 27,728, and 912.
            ("20% + 0.912 CNY/L", "110000", &["1000L"], "28640.00", "138640.00"),
            // No share: 1,000 × 1.52, on top of the price.
            ("1.52 CNY/L", "5000", &["1000L"], "1520.00", "6520.00"),
            ("0%", "110000", &[], "0.00", "110000.00"),
        ] {
            let expected = Ok((amount.to_owned(), price.to_owned()));
            assert_eq!(levied(tax, value_and_duty, shipped, true), expected, "{tax}");
        }
    }

    /// A seventh of 0.035 is exactly half a fen: 13 % of 0.035 ÷ 91 %. Divided first it would be a trifle less, and be lost.
    #[test]
    fn the_division_comes_last() {
        let levy = Levy::share("9%".parse().unwrap());
        let price = levy.price(number("0.035"), true).unwrap();
        assert_eq!(price.share("13%".parse().unwrap()), Ok(number("0.005")));
    }

    #[test]
    fn a_tax_that_is_all_of_its_price_is_not_defined() {
        assert!(levied("99.9%", "100", &[], true).is_ok());
        for tax in ["100%", "60% + 60%", "200%"] {
            assert_eq!(levied(tax, "100", &[], true), Err(Shortfall::Undefined), "{tax}");
        }
        assert_eq!(of_value_and_duty("200%", "100", &[]), "200.00", "as on arms in Timor-Leste");
        assert_eq!(levied("max(5%, 1 CNY/kg)", "100", &["1kg"], false), Err(Shortfall::Undefined));
    }

    /// At 8,900 for one, 20 % make it 11,125, above the bound; at 7,900 they make it 9,875, below; 8,000 is the bound itself.
    #[test]
    fn the_tier_by_its_own_price_is_the_highest_that_price_reaches() {
        let DutyExpression::Tiers(watches) = "tiers(CNY/piece: <10000: 0%; else: 20%)".parse().unwrap() else {
            panic!("tiers")
        };
        let quantities: Quantities = ["1piece".parse::<Quantity>().unwrap()].into_iter().collect();
        for (value, tier) in [
            ("7900", "0%"),
            ("7999.99", "0%"),
            ("8000", "20%"),
            ("8900", "20%"),
            ("12000", "20%"),
        ] {
            let basis = Basis {
                value: number(value),
                currency: Currency::CNY,
                quantities: &quantities,
                exchange: None,
            };
            let found = tier_by_own_price(&watches, basis, number(value), true).unwrap();
            assert_eq!(found.to_string(), tier, "{value}");
        }
    }
}
