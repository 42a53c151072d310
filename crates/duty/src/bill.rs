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

use crate::assessment::{Assessment, Bill, RegimeOption, Saving, TaxRate};
use crate::evaluate::{Basis, Evaluation, Shortfall};
use crate::expression::{DutyExpression, Percent};
use crate::levy::{Levy, Price, tier_by_own_price};
use crate::money::{Overflow, Span, sum};
use crate::schedule::Schedule;
use crate::shipment::Shipment;
use crate::tax::Tax;
use crate::treatment::Treatment;

/// The taxes on a shipment, whatever duty it pays. Neither lacks anything to be computed with, or it says so.
#[derive(Clone, Copy)]
pub(crate) struct Taxes<'a> {
    /// The customs value, and what else is stated.
    basis: Basis<'a>,
    /// Whether the excise is part of the price it is taken of.
    with_itself: bool,
    excise: &'a TaxRate,
    vat: &'a TaxRate,
    /// Nothing, as an amount in the currency.
    nothing: Span,
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

impl<'a> Taxes<'a> {
    /// Those of an assessment.
    pub(crate) fn of(schedule: &Schedule, shipment: &'a Shipment, excise: &'a TaxRate, vat: &'a TaxRate) -> Self {
        let basis = shipment.basis();
        Self {
            basis,
            with_itself: schedule
                .national_tax(Tax::Excise)
                .is_some_and(|national| national.with_itself.is_some()),
            excise,
            vat,
            nothing: Span::exactly(Decimal::new(0, basis.currency.minor_digits())),
        }
    }

    /// The bill for a duty.
    #[inline(never)]
    pub(crate) fn bill(&self, duty: Span) -> Result<Bill, Overflow> {
        let lines = if self.is_settled() {
            self.lines(End::Least, duty)?
        } else {
            self.lines(End::Least, duty)?.with(self.lines(End::Most, duty)?, hull)?
        };
        let total = lines.total()?;
        let Lines([duty, excise, vat, vat_base]) = lines;
        Ok(Bill {
            duty,
            excise: self.is_known(self.excise).then_some(excise),
            vat_base,
            vat: self.is_known(self.vat).then_some(vat),
            total,
        })
    }

    /// What is saved under `best` against `baseline`, if both duties are known. Of duties that are ranges it lies between the differences
    /// of their ends, but nobody claims a preference to pay more. Whatever is open about the taxes is so with and without a certificate alike.
    #[inline(never)]
    pub(crate) fn saving(&self, baseline: &RegimeOption, best: &RegimeOption) -> Result<Option<Saving>, Overflow> {
        let (Some(without), Some(with)) = (baseline.bill(), best.bill()) else {
            return Ok(None);
        };
        let nothing = Lines([self.nothing; 4]);
        let mut lines = match (baseline.span(), best.span()) {
            // Whatever it is within its range, it is that for both.
            _ if baseline.regime == best.regime => nothing,
            (Some(duty), Some(lower)) if !self.is_settled() => {
                let saved = |end| self.lines(end, duty)?.with(self.lines(end, lower)?, Span::less);
                saved(End::Least)?.with(saved(End::Most)?, hull)?
            }
            _ => self.lines_billed(without).with(self.lines_billed(with), Span::less)?,
        };
        lines = lines.with(nothing, |saved, nothing| Ok(saved.at_least(nothing)))?;
        let total = lines.total()?;
        let Lines([duty, excise, vat, _]) = lines;
        Ok(Some(Saving {
            duty,
            excise: self.is_known(self.excise).then_some(excise),
            vat: self.is_known(self.vat).then_some(vat),
            total,
        }))
    }

    /// The lines of a bill as they are.
    fn lines_billed(&self, bill: &Bill) -> Lines {
        let [excise, vat] = [bill.excise, bill.vat].map(|tax| tax.unwrap_or(self.nothing));
        Lines([bill.duty, excise, vat, bill.vat_base])
    }

    /// Whether a tax is in the figures: its rate is known, and so is what else it needs.
    fn is_known(&self, tax: &TaxRate) -> bool {
        tax.missing.is_none() && !matches!(tax.treatment, Treatment::Unknown)
    }

    /// Whether both ends are the same by the form of the rates.
    fn is_settled(&self) -> bool {
        let is_open = |tax: &TaxRate| matches!(tax.treatment, Treatment::Range { .. } | Treatment::Duty(DutyExpression::Tiers(_)));
        !is_open(self.excise) && !is_open(self.vat)
    }

    fn lines(&self, end: End, duty: Span) -> Result<Lines, Overflow> {
        // Whatever a tax needs is stated, or it is left out.
        let lines = |duty| self.lines_of(end, duty).map_err(|_| Overflow);
        if duty.least == duty.most {
            return lines(duty.least);
        }
        lines(duty.least)?.with(lines(duty.most)?, hull)
    }

    #[inline(never)]
    fn lines_of(&self, end: End, duty: Decimal) -> Result<Lines, Shortfall> {
        let rounded = |amount| Span::exactly(self.basis.currency.round(amount));
        let value_and_duty = sum(self.basis.value, duty)?;
        let mut price = Price::of(value_and_duty);
        let mut lines = [rounded(duty), self.nothing, self.nothing, self.nothing];
        if self.is_known(self.excise) && !Levy::is_nothing(&self.excise.treatment) {
            let levy = self.levy(self.excise, end, value_and_duty)?;
            let own = levy.price(value_and_duty, self.with_itself)?;
            let amount = levy.on(own)?;
            price = if self.with_itself {
                own
            } else {
                Price::of(sum(value_and_duty, amount)?)
            };
            lines[1] = rounded(amount);
        }
        if self.is_known(self.vat) && !Levy::is_nothing(&self.vat.treatment) {
            lines[2] = rounded(self.levy(self.vat, end, value_and_duty)?.on(price)?);
        }
        lines[3] = Span::exactly(price.amount()?);
        Ok(Lines(lines))
    }

    /// A tax on a duty, its tier chosen.
    ///
    /// # Errors
    /// [`Shortfall`] if it is not known, or cannot be computed.
    fn levy(&self, tax: &TaxRate, end: End, value_and_duty: Decimal) -> Result<Levy, Shortfall> {
        match (&tax.treatment, end.of(&tax.treatment)) {
            (Treatment::Duty(DutyExpression::AdValorem(rate)), _) => Ok(Levy::share(*rate)),
            (_, Some(rate)) => Ok(Levy::share(rate)),
            (_, None) => Levy::of(self.tier(tax, end, value_and_duty)?, self.basis),
        }
    }

    /// The rate of a tax, of a sliding one that of its tier.
    fn tier<'t>(&self, tax: &'t TaxRate, end: End, value_and_duty: Decimal) -> Result<&'t DutyExpression, Shortfall> {
        match (&tax.treatment, end) {
            (Treatment::Duty(DutyExpression::Tiers(tiers)), End::Least) => Ok(tiers.at(tiers.price(self.basis.value, self.basis)?)),
            (Treatment::Duty(DutyExpression::Tiers(tiers)), End::Most) => {
                tier_by_own_price(tiers, self.basis, value_and_duty, self.with_itself)
            }
            (Treatment::Duty(rate), _) => Ok(rate),
            _ => Err(Shortfall::Undefined),
        }
    }

    /// Why a tax whose rate is known cannot be computed, as far as the value alone shows it; `with_itself` if it may be part of its price.
    #[inline(never)]
    pub(crate) fn shortfall(&self, tax: &TaxRate, with_itself: bool) -> Option<Shortfall> {
        // A share of a price that does not include it lacks nothing, as on nearly every line.
        let is_share = matches!(tax.treatment, Treatment::Duty(DutyExpression::AdValorem(_))) && !with_itself;
        if is_share || Levy::is_nothing(&tax.treatment) || matches!(tax.treatment, Treatment::Unknown) {
            return None;
        }
        let try_at = |end| {
            let levy = self.levy(tax, end, self.basis.value)?;
            levy.price(self.basis.value, with_itself && self.with_itself)
        };
        try_at(End::Least).and(try_at(End::Most)).err()
    }
}

/// How the excise under a regime came about: the multiplications whose sum it is, a percentage with the price it is taken of. `None` where
/// there is none, or it is not known exactly.
#[must_use]
pub fn excise_working(schedule: &Schedule, shipment: &Shipment, assessment: &Assessment, option: &RegimeOption) -> Option<Evaluation> {
    let taxes = Taxes::of(schedule, shipment, &assessment.excise, &assessment.vat);
    let value_and_duty = taxes.basis.value.checked_add(option.span()?.exact()?)?;
    if option.bill()?.excise?.exact()?.is_zero() {
        return None;
    }
    // The same at both ends, or it would be a range.
    let rate = taxes.tier(taxes.excise, End::Least, value_and_duty).ok()?;
    let price = Levy::of(rate, taxes.basis).and_then(|levy| levy.price(value_and_duty, taxes.with_itself));
    let value = price.ok()?.amount().ok()?;
    rate.evaluate(Basis { value, ..taxes.basis }).ok()
}

/// Duty, excise, general tax, and what that is taken of, a tax that is not known as nothing: what is done to each of them is written once.
#[derive(Clone, Copy)]
struct Lines([Span; 4]);

impl Lines {
    /// Each line with the same of another.
    #[inline(never)]
    fn with(mut self, other: Self, change: fn(Span, Span) -> Result<Span, Overflow>) -> Result<Self, Overflow> {
        for (line, other) in self.0.iter_mut().zip(other.0) {
            *line = change(*line, other)?;
        }
        Ok(self)
    }

    /// What is paid, together.
    fn total(&self) -> Result<Span, Overflow> {
        let Self([duty, taxes @ .., _]) = self;
        let taxes = taxes.iter().filter(|tax| !tax.most.is_zero());
        taxes.copied().try_fold(*duty, Span::plus)
    }
}

fn hull(one: Span, other: Span) -> Result<Span, Overflow> {
    Ok(one.hull(other))
}
