//! What is paid at the border for each duty, and what a lower duty saves: excise on top of value and duty, the general tax on top of both.
//!
//! ```text
//! duty        of the customs value
//! excise      of value and duty, or of the price that includes it: see [`crate::levy`]
//! general tax of value, duty and excise
//! ```
//!
//! Each line is rounded once; the next is taken of what it was before. A tax that is not known raises nothing: it is left out, and a note
//! says so.
//!
//! Whatever is open about a tax lies between two ends, and every amount is computed at both: the rate of a range, and the price by which a
//! sliding tax has its tiers. The sources do not settle whether that is the customs value of a unit or the price the tax is taken of, which
//! is never lower. Where both choose the same tier nothing is open.

use rust_decimal::Decimal;

use crate::assessment::{Bill, RegimeOption, Saving, TaxRate, Working};
use crate::evaluate::{Basis, Evaluation, Shortfall};
use crate::expression::{DutyExpression, Percent};
use crate::levy::{Levy, Price, tier_by_own_price};
use crate::money::{Overflow, Span, sum};
use crate::treatment::Treatment;

/// The taxes on a shipment, whatever duty it pays. Neither lacks anything to be computed with, or it says so.
#[derive(Clone, Copy)]
pub(crate) struct Taxes<'a> {
    /// The customs value, and what else is stated.
    pub(crate) basis: Basis<'a>,
    /// Whether the excise is part of the price it is taken of.
    pub(crate) with_itself: bool,
    pub(crate) excise: &'a TaxRate,
    pub(crate) vat: &'a TaxRate,
    /// Nothing, as an amount in the currency.
    pub(crate) nothing: Span,
}

/// One end of what is open about the taxes.
#[derive(Clone, Copy)]
enum End {
    /// The lowest rate of a range; tiers by the customs value of a unit.
    Least,
    /// The highest rate of a range; tiers by the price the tax is taken of.
    Most,
}

impl End {
    /// The percentage of a range at this end; `None` if it has no such end, or is no range.
    fn of(self, treatment: &Treatment) -> Option<Percent> {
        match (treatment, self) {
            (Treatment::Range { least, most: Some(_) }, Self::Least) => Some(*least),
            (Treatment::Range { most, .. }, Self::Most) => *most,
            _ => None,
        }
    }
}

impl Taxes<'_> {
    /// The bill for a duty.
    pub(crate) fn bill(&self, duty: Span) -> Result<Bill, Overflow> {
        if self.is_settled() {
            return self.bill_at(End::Least, duty);
        }
        self.bill_at(End::Least, duty)?.hull(self.bill_at(End::Most, duty)?)
    }

    /// What is saved under `best` against `baseline`, if both duties are known. Of duties that are ranges it lies between the differences
    /// of their ends, but nobody claims a preference to pay more. Whatever is open about the taxes is so with and without a certificate alike.
    pub(crate) fn saving(&self, baseline: &RegimeOption, best: &RegimeOption) -> Result<Option<Saving>, Overflow> {
        let (Some(without), Some(with)) = (baseline.bill(), best.bill()) else {
            return Ok(None);
        };
        let nothing = self.nothing;
        if baseline.regime == best.regime {
            return Ok(Some(Saving {
                duty: nothing,
                excise: with.excise.map(|_| nothing),
                vat: with.vat.map(|_| nothing),
                total: nothing,
            }));
        }
        let lines = match (baseline.span(), best.span()) {
            (Some(duty), Some(lower)) if !self.is_settled() => {
                let at = |end| self.bill_at(end, duty)?.lines().less(self.bill_at(end, lower)?.lines());
                Lines::hull(at(End::Least)?, at(End::Most)?)
            }
            _ => without.lines().less(with.lines())?,
        };
        let at_least = |saved: Span| saved.at_least(nothing);
        let lines = Lines {
            duty: at_least(lines.duty),
            excise: lines.excise.map(at_least),
            vat: lines.vat.map(at_least),
        };
        Ok(Some(Saving {
            duty: lines.duty,
            excise: lines.excise,
            vat: lines.vat,
            total: total(lines.duty, lines.excise, lines.vat)?,
        }))
    }

    /// Whether, for a duty, the tier of a sliding excise depends on which price chooses it.
    pub(crate) fn excise_is_by_either_price(&self, duty: Span) -> Result<bool, Overflow> {
        let excise = |end| Ok(self.bill_at(end, duty)?.excise);
        let slides = matches!(self.excise.treatment, Treatment::Duty(DutyExpression::Tiers(_)));
        Ok(slides && excise(End::Least)? != excise(End::Most)?)
    }

    /// Whether both ends are the same by the form of the rates.
    fn is_settled(&self) -> bool {
        let is_open = |tax: &TaxRate| matches!(tax.treatment, Treatment::Range { .. });
        let slides = matches!(self.excise.treatment, Treatment::Duty(DutyExpression::Tiers(_)));
        !slides && !is_open(self.excise) && !is_open(self.vat)
    }

    fn bill_at(&self, end: End, duty: Span) -> Result<Bill, Overflow> {
        if duty.least == duty.most {
            return self.bill_of(end, duty.least);
        }
        self.bill_of(end, duty.least)?.hull(self.bill_of(end, duty.most)?)
    }

    fn bill_of(&self, end: End, duty: Decimal) -> Result<Bill, Overflow> {
        let Basis { value, currency, .. } = self.basis;
        let rounded = |amount| Span::exactly(currency.round(amount));
        let value_and_duty = sum(value, duty)?;
        let (excise, working, price) = if Levy::is_nothing(&self.excise.treatment) {
            (Some(self.nothing), None, Price::of(value_and_duty))
        } else {
            match self.levy(end, value_and_duty)? {
                None => (None, None, Price::of(value_and_duty)),
                Some(levy) => {
                    let own = levy.price(value_and_duty, self.with_itself)?;
                    let base = if levy.has_share() {
                        Some(Span::exactly(own.amount()?))
                    } else {
                        None
                    };
                    let Evaluation { amount, parts, .. } = levy.on(own)?;
                    let price = if self.with_itself {
                        own
                    } else {
                        Price::of(sum(value_and_duty, amount)?)
                    };
                    (Some(rounded(amount)), Some(Box::new(Working { base, parts })), price)
                }
            }
        };
        let duty = rounded(duty);
        let vat = self.general_tax(end, price)?.map(rounded);
        Ok(Bill {
            duty,
            excise,
            excise_working: working,
            vat_base: Span::exactly(price.amount()?),
            vat,
            total: total(duty, excise, vat)?,
        })
    }

    /// The excise on a duty, its tier chosen; `None` if it is not known, or cannot be computed.
    fn levy(&self, end: End, value_and_duty: Decimal) -> Result<Option<Levy>, Overflow> {
        let levy = match &self.excise.treatment {
            _ if self.excise.missing.is_some() => return Ok(None),
            Treatment::Duty(DutyExpression::AdValorem(rate)) => Ok(Levy::share(*rate)),
            Treatment::Duty(DutyExpression::Tiers(tiers)) => {
                let tier = match end {
                    End::Least => tiers.price(self.basis.value, self.basis).map(|price| tiers.at(price)),
                    End::Most => tier_by_own_price(tiers, self.basis, value_and_duty, self.with_itself),
                };
                tier.and_then(|tier| Levy::of(tier, self.basis))
            }
            Treatment::Duty(tax) => Levy::of(tax, self.basis),
            range => return Ok(end.of(range).map(Levy::share)),
        };
        // Whatever it needs is stated: see `TaxRate::missing`.
        levy.map(Some).map_err(|_: Shortfall| Overflow)
    }

    /// The general tax on a price, unrounded; `None` if it is not known, or cannot be computed.
    fn general_tax(&self, end: End, price: Price) -> Result<Option<Decimal>, Overflow> {
        match &self.vat.treatment {
            _ if self.vat.missing.is_some() => Ok(None),
            Treatment::Duty(DutyExpression::AdValorem(rate)) => price.share(*rate).map(Some),
            Treatment::Duty(tax) => {
                let basis = Basis {
                    value: price.amount()?,
                    ..self.basis
                };
                tax.evaluate(basis).map(|tax| Some(tax.amount)).map_err(|_| Overflow)
            }
            range => end.of(range).map(|rate| price.share(rate)).transpose(),
        }
    }
}

impl Bill {
    /// The bill for whatever lies between two.
    fn hull(self, other: Self) -> Result<Self, Overflow> {
        let lines = self.lines().hull(other.lines());
        let working = self.excise_working.zip(other.excise_working).map(|(one, other)| {
            Box::new(Working {
                base: one.base.zip(other.base).map(|(one, other)| one.hull(other)),
                parts: if one.parts == other.parts { one.parts } else { Vec::new() },
            })
        });
        Ok(Self {
            duty: lines.duty,
            excise: lines.excise,
            excise_working: working,
            vat_base: self.vat_base.hull(other.vat_base),
            vat: lines.vat,
            total: total(lines.duty, lines.excise, lines.vat)?,
        })
    }

    fn lines(&self) -> Lines {
        Lines {
            duty: self.duty,
            excise: self.excise,
            vat: self.vat,
        }
    }
}

/// The lines of a bill or of a saving, without their total.
#[derive(Clone, Copy)]
struct Lines {
    duty: Span,
    excise: Option<Span>,
    vat: Option<Span>,
}

impl Lines {
    /// Whatever lies between two, line by line.
    fn hull(self, other: Self) -> Self {
        let hull = |one: Option<Span>, other: Option<Span>| one.zip(other).map(|(one, other)| one.hull(other));
        Self {
            duty: self.duty.hull(other.duty),
            excise: hull(self.excise, other.excise),
            vat: hull(self.vat, other.vat),
        }
    }

    /// What is left when the other is paid instead, line by line.
    fn less(self, other: Self) -> Result<Self, Overflow> {
        let less = |one: Option<Span>, other: Option<Span>| one.zip(other).map(|(one, other)| one.less(other)).transpose();
        Ok(Self {
            duty: self.duty.less(other.duty)?,
            excise: less(self.excise, other.excise)?,
            vat: less(self.vat, other.vat)?,
        })
    }
}

/// The lines that are known, together.
fn total(duty: Span, excise: Option<Span>, vat: Option<Span>) -> Result<Span, Overflow> {
    let mut total = duty;
    for tax in [excise, vat].into_iter().flatten() {
        // Nothing need not be added; of excise, that is so on nearly every line.
        if !tax.most.is_zero() {
            total = total.plus(tax)?;
        }
    }
    Ok(total)
}
