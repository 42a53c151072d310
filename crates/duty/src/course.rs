//! How a duty runs along the price of one unit, while quantities stay as stated.
//!
//! Every duty of the grammar runs straight in pieces: a percentage rises with the price, an amount per unit lies flat, a compound duty adds
//! the two, a mixed one bends where its terms meet, and a sliding one may jump at a bound. Where two of them meet comes from one division
//! of exact decimals: exact if the quotient has no more than 28 digits, otherwise its nearest decimal.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::evaluate::{Basis, Shortfall};
use crate::expression::{DutyExpression, Tiers};
use crate::money::{Overflow, difference, product, quotient, sum};

/// A place along the price of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) price: Decimal,
    pub(crate) side: Side,
}

/// On which side of a mark's price what begins there begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The price itself belongs to it.
    At,
    /// Only prices above do.
    Above,
}

impl Mark {
    /// Prices begin just above zero: at zero itself every percentage comes to the same, and no goods are priced so.
    const LOWEST: Self = Self {
        price: Decimal::ZERO,
        side: Side::Above,
    };
}

/// What holds along the price: each from its mark up to the next. The first begins at [`Mark::LOWEST`], and no two neighbours are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Steps<T>(pub(crate) Vec<(Mark, T)>);

impl<T: PartialEq> Steps<T> {
    fn always(value: T) -> Self {
        Self(vec![(Mark::LOWEST, value)])
    }

    /// The next step; marks must rise.
    fn push(&mut self, from: Mark, value: T) {
        if self.0.last().is_none_or(|(_, last)| *last != value) {
            self.0.push((from, value));
        }
    }

    /// Each step with where it begins and, unless it is the last, where it ends.
    fn pieces(&self) -> impl Iterator<Item = (Mark, Option<Mark>, &T)> {
        let ends = self.0.iter().skip(1).map(|(mark, _)| Some(*mark)).chain([None]);
        self.0.iter().zip(ends).map(|((from, value), end)| (*from, end, value))
    }

    pub(crate) fn map<U: PartialEq>(&self, change: impl Fn(&T) -> U) -> Steps<U> {
        let mut changed = Steps(Vec::with_capacity(self.0.len()));
        for (from, value) in &self.0 {
            changed.push(*from, change(value));
        }
        changed
    }

    /// In place of each step what `divide` makes of it, as far as the step reaches.
    fn refine<U: Clone + PartialEq, E>(&self, mut divide: impl FnMut(&T) -> Result<Steps<U>, E>) -> Result<Steps<U>, E> {
        let mut refined = Steps(Vec::with_capacity(self.0.len()));
        for (from, end, value) in self.pieces() {
            for (inner_from, inner_end, inner) in divide(value)?.pieces() {
                let start = from.max(inner_from);
                if [end, inner_end].into_iter().flatten().all(|end| start < end) {
                    refined.push(start, inner.clone());
                }
            }
        }
        Ok(refined)
    }
}

/// A duty on the whole shipment that runs straight along the price of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Straight {
    /// How much it rises with each unit of currency of the price.
    slope: Decimal,
    /// What is due whatever the price.
    constant: Decimal,
}

impl Straight {
    const NOTHING: Self = Self {
        slope: Decimal::ZERO,
        constant: Decimal::ZERO,
    };

    pub(crate) fn at(self, price: Decimal) -> Result<Decimal, Overflow> {
        sum(product(self.slope, price)?, self.constant)
    }

    fn plus(self, other: Self) -> Result<Self, Overflow> {
        Ok(Self {
            slope: sum(self.slope, other.slope)?,
            constant: sum(self.constant, other.constant)?,
        })
    }

    /// How it compares with another, along the price: the steeper of two is the higher above the price where they meet.
    fn compared(self, other: Self) -> Result<Steps<Ordering>, Overflow> {
        let above = self.slope.cmp(&other.slope);
        if above.is_eq() {
            return Ok(Steps::always(self.constant.cmp(&other.constant)));
        }
        let steeper_by = difference(self.slope, other.slope)?;
        // Rounded to the nearest decimal, two meetings never change places, so that no step is lost or doubled.
        let meeting = quotient(difference(other.constant, self.constant)?, steeper_by)?;
        if meeting <= Decimal::ZERO {
            return Ok(Steps::always(above));
        }
        let meets = |side| Mark { price: meeting, side };
        Ok(Steps(vec![
            (Mark::LOWEST, above.reverse()),
            (meets(Side::At), Ordering::Equal),
            (meets(Side::Above), above),
        ]))
    }
}

/// Of two, at every price the challenger where its duty compares with the holder's as `wins`, and otherwise the holder.
pub(crate) fn contest<T: Copy + PartialEq>(
    holder: &Steps<T>,
    challenger: &Steps<T>,
    wins: Ordering,
    duty: impl Fn(&T) -> Straight,
) -> Result<Steps<T>, Overflow> {
    holder.refine(|held| {
        challenger.refine(|offered| {
            let compared = duty(offered).compared(duty(held))?;
            Ok(compared.map(|ordering| if *ordering == wins { *offered } else { *held }))
        })
    })
}

/// A duty on the whole shipment along the price of one unit.
pub(crate) type Course = Steps<Straight>;

impl Course {
    fn plus(&self, other: &Self) -> Result<Self, Overflow> {
        self.refine(|one| other.refine(|other| one.plus(*other).map(Steps::always)))
    }

    /// Price and duty where each piece begins and ends, up to a price.
    pub(crate) fn points(&self, limit: Decimal) -> Result<Vec<(Decimal, Decimal)>, Overflow> {
        let mut points = Vec::new();
        for (from, end, duty) in self.pieces().take_while(|(from, ..)| from.price < limit) {
            let end = end.map_or(limit, |end| limit.min(end.price));
            for price in [from.price, end] {
                let point = (price, duty.at(price)?);
                if points.last() != Some(&point) {
                    points.push(point);
                }
            }
        }
        Ok(points)
    }
}

/// What duties are followed along: the price of one unit, everything else as in the basis.
pub(crate) struct Axis<'a> {
    pub(crate) basis: Basis<'a>,
    /// How many of the unit are shipped.
    pub(crate) quantity: Decimal,
}

impl Axis<'_> {
    /// What [`DutyExpression::evaluate`] comes to at every price.
    pub(crate) fn course(&self, duty: &DutyExpression) -> Result<Course, Shortfall> {
        match duty {
            DutyExpression::AdValorem(rate) => Ok(Steps::always(Straight {
                slope: rate.of(self.quantity)?,
                ..Straight::NOTHING
            })),
            DutyExpression::Specific(_) => Ok(Steps::always(Straight {
                constant: duty.evaluate(self.basis)?.amount,
                ..Straight::NOTHING
            })),
            DutyExpression::Sum(terms) => self.fold(terms, Course::plus),
            DutyExpression::Highest(terms) => self.fold(terms, |one, other| contest(one, other, Ordering::Greater, |duty| *duty)),
            DutyExpression::Lowest(terms) => self.fold(terms, |one, other| contest(one, other, Ordering::Less, |duty| *duty)),
            DutyExpression::Tiers(tiers) => self.tiers(tiers)?.refine(|duty| self.course(duty)),
        }
    }

    fn fold(&self, terms: &[DutyExpression], join: impl Fn(&Course, &Course) -> Result<Course, Overflow>) -> Result<Course, Shortfall> {
        let mut courses = terms.iter().map(|term| self.course(term));
        let Some(first) = courses.next() else {
            return Ok(Steps::always(Straight::NOTHING));
        };
        courses.try_fold(first?, |joined, course| Ok(join(&joined, &course?)?))
    }

    /// The tiers of a sliding duty along the price, with bounds turned to the unit and the currency of the axis.
    fn tiers<'t>(&self, tiers: &'t Tiers) -> Result<Steps<&'t DutyExpression>, Shortfall> {
        let mut along = Steps(Vec::with_capacity(tiers.steps.len() + 1));
        let mut from = Mark::LOWEST;
        // No price falls under a bound of zero, so that such a tier needs no quantity.
        for tier in tiers.steps.iter().filter(|tier| !tier.bound.is_zero()) {
            along.push(from, &tier.duty);
            let charged = self.basis.quantities.charged(tiers.unit)?;
            let value = product(tier.bound, product(charged, self.basis.worth(tiers.currency)?)?)?;
            from = Mark {
                price: quotient(value, self.quantity)?,
                side: if tier.inclusive { Side::Above } else { Side::At },
            };
        }
        along.push(from, &tiers.otherwise);
        Ok(along)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::evaluate::Exchange;
    use crate::expression::tests::expression;
    use crate::money::Currency;
    use crate::quantity::{Quantities, Quantity, Unit};
    use proptest::prelude::*;

    /// An expression of baht, and of rupiah whose rate of exchange is stated.
    pub(crate) fn duty() -> impl Strategy<Value = DutyExpression> {
        expression().prop_map(|expression| expression.to_string().replace("CNY", "THB").parse().unwrap())
    }

    pub(crate) fn every_unit(amounts: &[u32]) -> Quantities {
        let charged = Unit::ALL.iter().filter(|unit| **unit != Unit::LitreOfAlcohol);
        let quantity = |(unit, amount): (&Unit, &u32)| Quantity::parse(&amount.to_string(), *unit).unwrap();
        charged.zip(amounts.iter().cycle()).map(quantity).collect()
    }

    pub(crate) const RUPIAH: Exchange = Exchange {
        currency: Currency::IDR,
        rate: Decimal::from_parts(25, 0, 0, false, 1),
    };

    #[test]
    fn a_sliding_duty_may_be_the_lower_of_two() {
        let quantities: Quantities = ["100kg"].iter().map(|text| text.parse::<Quantity>().unwrap()).collect();
        let course = |text: &str| {
            let basis = Basis {
                value: Decimal::ZERO,
                currency: Currency::CNY,
                quantities: &quantities,
                exchange: None,
            };
            let axis = Axis {
                basis,
                quantity: Decimal::ONE_HUNDRED,
            };
            axis.course(&text.parse().unwrap())
        };
        // China's rubber: 20 % of 7.50 is 1.50.
        let [sliding, lower] = ["tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", "min(20%, 1.5 CNY/kg)"].map(course);
        assert_eq!(sliding.unwrap().points(Decimal::TEN), lower.unwrap().points(Decimal::TEN));
        assert_eq!(course("tiers(CNY/m2: <=0: 0%; else: 10% + 0 CNY/m2)"), course("10%"));
        assert_eq!(course("10% + 1 CNY/L"), Err(Shortfall::Quantity(Unit::Litre)));
    }

    proptest! {
        #[test]
        fn a_course_is_what_evaluation_comes_to_at_every_price(duty in duty(), amounts in prop::collection::vec(1_u32..10_000, 3), price in 1_i64..1_000_000, scale in 0_u32..4) {
            let shipped = every_unit(&amounts);
            let basis = |value| Basis { value, currency: Currency::THB, quantities: &shipped, exchange: Some(RUPIAH) };
            for unit in duty.units() {
                let quantity = shipped.get(unit).unwrap();
                let course = Axis { basis: basis(Decimal::ZERO), quantity }.course(&duty).unwrap();
                let bends = course.0.iter().skip(1).map(|(mark, _)| mark.price).filter(|bend| bend.scale() < 8);
                for price in bends.chain([Decimal::new(price, scale)]) {
                    let (_, straight) = course.0.iter().rev().find(|(from, _)| *from <= Mark { price, side: Side::At }).unwrap();
                    prop_assert_eq!(straight.at(price).unwrap(), duty.evaluate(basis(price * quantity)).unwrap().amount, "at {}", price);
                }
            }
        }
    }
}
