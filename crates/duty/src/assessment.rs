//! What an assessment says: types that hold the answer and its trace. How it is reached: see [`crate::assess()`].

use rust_decimal::Decimal;
use time::Date;

use crate::agreement::Regime;
use crate::economy::Economy;
use crate::evaluate::{Evaluation, Shortfall};
use crate::hs::HsCode;
use crate::money::{Currency, Overflow, Span};
use crate::quantity::Unit;
use crate::schedule::QuotaSide;
use crate::treatment::{Grade, Treatment};

/// What a shipment pays under every regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The line that was assessed.
    pub line: HsCode,
    /// The unit customs counts the goods in, if the tariff names one.
    pub unit: Option<Unit>,
    /// The customs value.
    pub value: Decimal,
    /// The importer's currency; every amount is in it.
    pub currency: Currency,
    /// Every regime the importer has, in the order of [`Regime::ALL`].
    pub options: Vec<RegimeOption>,
    /// The regime that applies without a certificate; `None` if its rate is not known.
    pub baseline: Option<Regime>,
    /// The regime with the lowest lawful duty; `None` while a quantity is missing that could change it, or while it would be MFN but no
    /// source says what a preference comes to.
    pub best: Option<Regime>,
    /// What the best saves against the baseline; `None` if either is not known.
    pub saving: Option<Saving>,
    /// The excise on the line.
    pub excise: TaxRate,
    /// The general tax at import on the line.
    pub vat: TaxRate,
    /// The units whose quantity matters for a lawful duty or a tax here.
    pub units: Vec<Unit>,
    /// What the reader must know beside the figures.
    pub notes: Vec<Note>,
}

/// One regime for one shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegimeOption {
    /// Which regime.
    pub regime: Regime,
    /// What its column says on that date; [`Treatment::Unknown`] where the agreement exists and the column does not.
    pub treatment: Treatment,
    /// How good the evidence for that is; `None` where there is none.
    pub grade: Option<Grade>,
    /// Whether it applies, and what it comes to.
    pub standing: Standing,
    /// What remains to be confirmed before relying on it.
    pub doubts: Vec<Doubt>,
}

/// A rate of a tax at import, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRate {
    /// The rate.
    pub treatment: Treatment,
    /// Where it was found.
    pub basis: RateBasis,
    /// Why the tax cannot be computed: what has to be stated before, or that no rule says what it comes to.
    pub missing: Option<Shortfall>,
}

/// What a rate of tax rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateBasis {
    /// The line of the importer's tariff.
    Line,
    /// The importer's standard rate; the line may have another.
    Standard,
    /// The person stated it.
    Stated,
    /// There is nothing it could rest on.
    Nothing,
}

/// Whether a regime applies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "a box for each lawful regime would be half of what an assessment allocates"
)]
pub enum Standing {
    /// It applies.
    Lawful {
        /// The duty, unrounded, with its arithmetic.
        due: Due,
        /// The amounts as presented; `None` while the duty is not known.
        bill: Option<Bill>,
        /// How it compares.
        rank: Rank,
    },
    /// It does not, for this reason.
    Refused(Refusal),
}

/// How much duty a lawful regime comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// This much.
    Exact(Evaluation),
    /// Between two amounts: the rate is known only as a range, or depends on a quota.
    Between(Span),
    /// Not known until something is stated.
    Missing(Shortfall),
}

/// What is paid at the border, each line rounded once, so that the lines add up to the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// The duty.
    pub duty: Span,
    /// The excise; `None` if it is not known. How it came about: see [`crate::excise_working`].
    pub excise: Option<Span>,
    /// What the general tax is taken of: value, duty and, if known, excise, unrounded.
    pub vat_base: Span,
    /// The general tax; `None` if its rate is not known.
    pub vat: Option<Span>,
    /// Duty and, as far as known, taxes.
    pub total: Span,
}

impl Bill {
    /// The goods with what is paid on them; `None` while the general tax is not known. Excise that is not known is not in it.
    #[must_use]
    pub fn cost(&self, value: Decimal) -> Option<Span> {
        self.vat?;
        self.total.plus(Span::exactly(value)).ok()
    }
}

/// How a lawful regime compares with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// The lowest lawful duty.
    Best,
    /// The same duty as the best, which needs a certificate too.
    AsGood,
    /// A higher duty than the best, or a range that begins at the best; lower than without a certificate, or it may be.
    Higher,
    /// A preference whose duty is not below what is paid without a certificate.
    NoBetterThanMfn,
    /// What is paid without a certificate, where a preference is lower.
    WithoutCertificate,
    /// Known only as a range that reaches below the best.
    MayBeLower,
    /// Nothing can be said while a duty that may be the lowest is not known.
    Undecided,
}

/// Why a regime does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The economy is not a party, or not a beneficiary.
    NotAMember(Economy),
    /// It applies to the pair only from this day.
    NotYet(Date),
    /// The agreement has no rate for the line.
    NoConcession,
    /// Goods of this origin are refused the rate on this line.
    Excluded,
    /// Only goods within the tariff quota have the rate.
    OutsideQuota,
    /// The year's provisional rate stands in place of this one.
    ReplacedByProvisional,
    /// There is no provisional rate on the line this year.
    NoProvisionalRate,
    /// Import is prohibited.
    Prohibited,
    /// The sources do not say what the rate is.
    Unknown,
    /// The sources leave the rate open, but nothing is to pay without a certificate anyway.
    AlreadyFree,
}

/// What remains to be confirmed about a regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// That the economy is a member since the date used is not confirmed from a primary source.
    Membership(Economy),
    /// The economy's status may have changed since the source was written.
    StatusMayHaveChanged(Economy),
    /// The rate is that of this year, the shipment is of another.
    RateOfYear(i32),
    /// The importer's own line prints two rates, and not when which of them applies.
    TwoRates,
}

/// What the reader must know beside the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The rate without a certificate is that of this year, the shipment is of another: it is assumed unchanged.
    RatesOfYear(i32),
    /// The line lies on this side of a tariff quota.
    Quota(QuotaSide),
    /// The goods bear excise too; for want of a quantity or a rule it is not in the figures, and it raises the tax on top of it.
    ExciseNotIncluded,
    /// The excise depends on the price of a unit, and here on which price is meant: the customs value, or the price the excise is taken of.
    /// It is between what both say.
    ExciseByEitherPrice,
    /// Whether the goods bear excise is not known; it is not in the figures.
    ExciseUnknown,
    /// The general tax is not known, for want of its rate or of a quantity; it is not in the figures.
    VatUnknown,
    /// The general tax is the importer's standard rate, not read on the line.
    VatStandard,
    /// The same, and that rate itself is still to be confirmed.
    VatUnconfirmed,
}

impl Note {
    /// Whether it concerns what is charged on top of the duty.
    #[must_use]
    pub fn is_about_tax(self) -> bool {
        match self {
            Self::ExciseNotIncluded
            | Self::ExciseByEitherPrice
            | Self::ExciseUnknown
            | Self::VatUnknown
            | Self::VatStandard
            | Self::VatUnconfirmed => true,
            Self::RatesOfYear(_) | Self::Quota(_) => false,
        }
    }
}

/// What the best regime saves against the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Less duty.
    pub duty: Span,
    /// Less excise on that duty; `None` if it is not known.
    pub excise: Option<Span>,
    /// Less general tax on both; `None` if its rate is not known.
    pub vat: Option<Span>,
    /// All together, as far as known.
    pub total: Span,
}

/// Why a shipment cannot be assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssessmentError {
    /// The schedule is of another importer.
    #[error("this is the tariff of {0}, not of the importer")]
    AnotherImporter(Economy),
    /// The code is not in the tariff.
    #[error("{0} is not in the tariff")]
    NotInTariff(HsCode),
    /// Several codes are kept.
    #[error("several codes are kept; choose one of them")]
    NotSettled,
    /// The code covers lines with different duties or taxes.
    #[error("{0} covers lines with different duties; choose one of them")]
    LinesDiffer(HsCode),
    /// An amount is beyond exact arithmetic.
    #[error("the amount is too large")]
    Overflow,
}

impl From<Overflow> for AssessmentError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

/// Why an amount is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The goods may not be imported.
    Prohibited,
    /// It depends on a quantity, or on a currency, that is not stated.
    Quantity,
    /// No source at hand has the rate.
    Unknown,
}

impl Assessment {
    /// One regime's part of the answer; `None` if the importer does not have it.
    #[must_use]
    pub fn option(&self, regime: Regime) -> Option<&RegimeOption> {
        self.options.iter().find(|option| option.regime == regime)
    }

    /// What is paid without a certificate.
    #[must_use]
    pub fn baseline_bill(&self) -> Option<&Bill> {
        self.option(self.baseline?)?.bill()
    }

    /// What is paid under the best regime.
    #[must_use]
    pub fn best_bill(&self) -> Option<&Bill> {
        self.option(self.best?)?.bill()
    }

    /// What the goods cost at the border under the best regime: their value, the duty and the taxes.
    #[must_use]
    pub fn best_cost(&self) -> Option<Span> {
        self.best_bill()?.cost(self.value)
    }

    /// What the best regime saves, taxes on the saved duty included.
    #[must_use]
    pub fn total_saving(&self) -> Option<Span> {
        Some(self.saving?.total)
    }

    /// The best regime, or while it is not decided every preference that may be it.
    #[must_use]
    pub fn relied_on(&self) -> Vec<&RegimeOption> {
        if let Some(best) = self.best {
            return self.option(best).into_iter().collect();
        }
        let may_be = |option: &&RegimeOption| option.is_unread_preference() || (option.rank().is_some() && !option.regime.is_mfn());
        self.options.iter().filter(may_be).collect()
    }

    /// Whether the goods may not be imported at all.
    #[must_use]
    pub fn is_prohibited(&self) -> bool {
        let prohibited = |option: &RegimeOption| matches!(option.standing, Standing::Refused(Refusal::Prohibited));
        self.options.iter().all(prohibited)
    }

    /// Why an amount of it is not known.
    #[must_use]
    pub fn obstacle(&self) -> Obstacle {
        if self.is_prohibited() {
            Obstacle::Prohibited
        } else if self.missing_currency().is_some() || !self.missing_units().is_empty() {
            Obstacle::Quantity
        } else {
            Obstacle::Unknown
        }
    }

    /// The currency a lawful duty is fixed in and whose rate of exchange is not stated, if there is one.
    #[must_use]
    pub fn missing_currency(&self) -> Option<Currency> {
        self.options.iter().find_map(|option| match option.due()? {
            Due::Missing(Shortfall::Currency(currency)) => Some(*currency),
            _ => None,
        })
    }

    /// Of the units that matter, those whose quantity is not stated.
    #[must_use]
    pub fn missing_units(&self) -> Vec<Unit> {
        let duties = self.options.iter().filter_map(|option| match option.due() {
            Some(Due::Missing(shortfall)) => Some(*shortfall),
            _ => None,
        });
        let shortfalls = duties.chain(self.excise.missing).chain(self.vat.missing);
        let missing = |unit: &&Unit| shortfalls.clone().any(|shortfall| shortfall == Shortfall::Quantity(**unit));
        self.units.iter().filter(missing).copied().collect()
    }
}

impl RegimeOption {
    /// Whether it is a preference that may be open to the goods at a rate no source at hand has.
    #[must_use]
    pub fn is_unread_preference(&self) -> bool {
        !self.regime.is_mfn() && matches!(self.standing, Standing::Refused(Refusal::Unknown))
    }

    /// The amounts as presented, if the regime applies and its duty is known.
    #[must_use]
    pub fn bill(&self) -> Option<&Bill> {
        match &self.standing {
            Standing::Lawful { bill, .. } => bill.as_ref(),
            Standing::Refused(_) => None,
        }
    }

    /// How it compares, if it applies.
    #[must_use]
    pub fn rank(&self) -> Option<Rank> {
        match &self.standing {
            Standing::Lawful { rank, .. } => Some(*rank),
            Standing::Refused(_) => None,
        }
    }

    /// Whether it applies and nothing is to pay, whatever value and quantity.
    pub(crate) fn is_free(&self) -> bool {
        matches!((&self.standing, &self.treatment), (Standing::Lawful { .. }, Treatment::Duty(duty)) if duty.is_free())
    }

    pub(crate) fn due(&self) -> Option<&Due> {
        match &self.standing {
            Standing::Lawful { due, .. } => Some(due),
            Standing::Refused(_) => None,
        }
    }

    /// The unrounded duty, if it is known.
    pub(crate) fn span(&self) -> Option<Span> {
        self.due()?.span()
    }
}

impl Due {
    /// The unrounded amount, if it is known.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(evaluation) => Some(Span::exactly(evaluation.amount)),
            Self::Between(span) => Some(*span),
            Self::Missing(_) => None,
        }
    }
}
