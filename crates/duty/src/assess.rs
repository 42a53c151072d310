//! The decision: which rates are open to a shipment, what each comes to, which is the lowest lawful one and what it saves.
//!
//! MFN is the general rule; every preference is an exception under named conditions. The lowest lawful rate wins, and every
//! regime appears in the answer, also the refused ones with their reason. An [`Assessment`] is a trace: views only print it.

use rust_decimal::Decimal;

use crate::agreement::{Agreement, Evidence, Membership, Regime};
use crate::economy::Economy;
use crate::evaluate::{Basis, Evaluation, Shortfall};
use crate::expression::{DutyExpression, Percent};
use crate::hs::HsCode;
use crate::money::{Currency, Span};
use crate::quantity::Unit;
use crate::schedule::{ColumnKind, Line, QuotaSide, Schedule, Tax};
use crate::shipment::Shipment;
use crate::treatment::{Grade, Treatment};
use time::Date;

/// What a shipment pays under every regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The line that was assessed.
    pub line: HsCode,
    /// The unit customs counts the goods in.
    pub unit: Unit,
    /// The customs value.
    pub value: Decimal,
    /// The importer's currency; every amount is in it.
    pub currency: Currency,
    /// Every regime the importer has, in the order of [`Regime::ALL`].
    pub options: Vec<RegimeOption>,
    /// The regime that applies without a certificate; `None` if its rate is not known.
    pub baseline: Option<Regime>,
    /// The regime with the lowest lawful duty; `None` while a quantity is missing that could change it.
    pub best: Option<Regime>,
    /// What the best saves against the baseline; `None` if either is not known.
    pub saving: Option<Saving>,
    /// The value added tax of the line.
    pub vat: Treatment,
    /// The units whose quantity matters for a lawful duty here.
    pub units: Vec<Unit>,
    /// What the reader must know beside the figures.
    pub notes: Vec<Note>,
}

/// One regime for one shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegimeOption {
    /// Which regime.
    pub regime: Regime,
    /// What its column says on that date; [`Treatment::NoConcession`] where it has none.
    pub treatment: Treatment,
    /// How good the evidence for that is.
    pub grade: Grade,
    /// Whether it applies, and what it comes to.
    pub standing: Standing,
    /// What remains to be confirmed before relying on it.
    pub doubts: Vec<Doubt>,
}

/// Whether a regime applies.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// What the value added tax is taken of: value and duty, unrounded.
    pub vat_base: Span,
    /// The value added tax; `None` if its rate is not known.
    pub vat: Option<Span>,
    /// Duty and, if known, tax.
    pub total: Span,
}

impl Bill {
    /// The goods with what is paid on them; `None` while the tax is not known.
    #[must_use]
    pub fn cost(&self, value: Decimal) -> Option<Span> {
        self.vat?;
        self.total.checked_add(Span::exactly(value))
    }
}

/// How a lawful regime compares with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// The lowest lawful duty.
    Best,
    /// The same duty as the best.
    AsGood,
    /// A higher duty than the best, lower than without a certificate.
    Higher,
    /// A preference whose duty is not below what is paid without a certificate.
    NoBetterThanMfn,
    /// What is paid without a certificate, where a preference is lower.
    WithoutCertificate,
    /// Known only as a range that reaches below the best.
    MayBeLower,
    /// Nothing can be said until the missing quantity is stated.
    Undecided,
}

/// Why a regime does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// What remains to be confirmed about a regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// That the economy is a member since the date used is not confirmed from a primary source.
    Membership(Economy),
    /// The economy's status may have changed since the source was written.
    StatusMayHaveChanged(Economy),
}

/// What the reader must know beside the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The MFN rates are those of this year, the shipment is of another: they are assumed unchanged.
    RatesOfYear(i32),
    /// The line lies on this side of a tariff quota.
    Quota(QuotaSide),
    /// The goods bear consumption tax too; it is not in the figures, and it raises the value added tax.
    ConsumptionTaxNotIncluded,
    /// Whether the goods bear consumption tax is not known; it is not in the figures.
    ConsumptionTaxUnknown,
    /// The value added tax rate is not known; it is not in the figures.
    VatUnknown,
}

/// What the best regime saves against the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Less duty.
    pub duty: Span,
    /// Less value added tax on that duty; `None` if its rate is not known.
    pub vat: Option<Span>,
    /// Both together.
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
    /// The code covers lines with different duties or taxes.
    #[error("{0} covers lines with different duties; choose one of them")]
    LinesDiffer(HsCode),
    /// An amount is beyond exact arithmetic.
    #[error("the amount is too large")]
    Overflow,
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

    /// Of the units that matter, those whose quantity is not stated.
    #[must_use]
    pub fn missing_units(&self) -> Vec<Unit> {
        let missing = |unit: &&Unit| {
            self.options
                .iter()
                .any(|option| matches!(&option.standing, Standing::Lawful { due: Due::Missing(Shortfall::Quantity(asked)), .. } if asked == *unit))
        };
        self.units.iter().filter(missing).copied().collect()
    }
}

impl RegimeOption {
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

    fn due(&self) -> Option<&Due> {
        match &self.standing {
            Standing::Lawful { due, .. } => Some(due),
            Standing::Refused(_) => None,
        }
    }

    /// The unrounded duty, if it is known.
    fn span(&self) -> Option<Span> {
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

/// Assesses a shipment against the importer's tariff.
///
/// # Errors
/// [`AssessmentError`] if the code does not stand for one line of this tariff.
pub fn assess(schedule: &Schedule, shipment: &Shipment) -> Result<Assessment, AssessmentError> {
    if schedule.importer() != shipment.importer() {
        return Err(AssessmentError::AnotherImporter(schedule.importer()));
    }
    let code = shipment.code();
    let line = match schedule.line(code) {
        Some(line) => line,
        None if schedule.positions_under(code).is_empty() => return Err(AssessmentError::NotInTariff(code)),
        None => return Err(AssessmentError::LinesDiffer(code)),
    };
    Assessor { schedule, shipment, line }.assess()
}

struct Assessor<'a> {
    schedule: &'a Schedule,
    shipment: &'a Shipment,
    line: Line<'a>,
}

impl Assessor<'_> {
    fn assess(&self) -> Result<Assessment, AssessmentError> {
        let mut options = Vec::with_capacity(Regime::ALL.len());
        let mut baseline: Option<usize> = None;
        for regime in Regime::ALL.iter().copied() {
            if !self.importer_has(regime) {
                continue;
            }
            let option = self.option(regime, baseline_due(&options, baseline))?;
            if regime.is_mfn() && option.due().is_some() {
                baseline = Some(options.len());
            }
            options.push(option);
        }
        let baseline_span = baseline_due(&options, baseline).and_then(Due::span);
        let best = best_of(&options, baseline.is_some());
        rank(&mut options, best, baseline_span);
        let vat = self.tax(Tax::Vat);
        for option in &mut options {
            if let Standing::Lawful { due, bill, .. } = &mut option.standing
                && let Some(duty) = due.span()
            {
                *bill = Some(self.bill(duty, vat)?);
            }
        }
        let mut assessment = Assessment {
            line: self.line.code(),
            unit: self.line.unit(),
            value: self.shipment.value().amount(),
            currency: self.shipment.value().currency(),
            units: units_of(&options),
            notes: self.notes(vat),
            baseline: baseline.and_then(|position| Some(options.get(position)?.regime)),
            best,
            saving: None,
            options,
            vat: vat.clone(),
        };
        assessment.saving = saving(&assessment).map_err(|_| AssessmentError::Overflow)?;
        Ok(assessment)
    }

    fn importer_has(&self, regime: Regime) -> bool {
        self.schedule.column(ColumnKind::Duty(regime)).is_some()
            || self
                .schedule
                .agreement(regime)
                .is_some_and(|agreement| agreement.grantor(self.shipment.importer()).is_some())
    }

    fn option(&self, regime: Regime, baseline: Option<&Due>) -> Result<RegimeOption, AssessmentError> {
        let (treatment, grade) = self.treatment(regime);
        let mut doubts = Vec::new();
        let standing = match self.refused(regime, &mut doubts) {
            Some(refusal) => Standing::Refused(refusal),
            None => self.standing(regime, &treatment, baseline)?,
        };
        Ok(RegimeOption {
            regime,
            treatment,
            grade,
            standing,
            doubts,
        })
    }

    fn treatment(&self, regime: Regime) -> (Treatment, Grade) {
        if let Some(blanket) = self.schedule.agreement(regime).and_then(|agreement| agreement.blanket.as_ref()) {
            // No line of a tariff book says so: the evidence is a rule for all lines.
            return (blanket.treatment.clone(), Grade::D);
        }
        match self.line.cell(ColumnKind::Duty(regime)) {
            Some(cell) => (
                cell.in_year(self.shipment.on().year()).clone(),
                self.worst_grade(regime).unwrap_or(cell.grade()),
            ),
            None => (Treatment::NoConcession, Grade::A),
        }
    }

    /// Lines that do not differ in duty may differ in evidence: the weakest of them is what a code for all of them rests on.
    fn worst_grade(&self, regime: Regime) -> Option<Grade> {
        if self.shipment.code() == self.line.code() {
            return None;
        }
        let lines = self.schedule.lines_under(self.shipment.code());
        lines.filter_map(|line| Some(line.cell(ColumnKind::Duty(regime))?.grade())).max()
    }

    fn refused(&self, regime: Regime, doubts: &mut Vec<Doubt>) -> Option<Refusal> {
        self.refused_membership(regime, doubts).or_else(|| {
            // China's customs tariff: where a provisional rate is set, MFN goods pay it instead of the MFN rate.
            let provisional = || {
                let cell = self.line.cell(ColumnKind::Duty(Regime::MfnProvisional));
                cell.is_some_and(|cell| *cell.in_year(self.shipment.on().year()) != Treatment::NoConcession)
            };
            if regime == Regime::Mfn && provisional() {
                return Some(Refusal::ReplacedByProvisional);
            }
            let blanket = self.schedule.agreement(regime).and_then(|agreement| agreement.blanket.as_ref())?;
            (!blanket.outside_quota && self.line.quota() == Some(QuotaSide::Outside)).then_some(Refusal::OutsideQuota)
        })
    }

    /// Both sides must be members on the day of the shipment.
    fn refused_membership(&self, regime: Regime, doubts: &mut Vec<Doubt>) -> Option<Refusal> {
        if regime.is_mfn() {
            return None;
        }
        let (importer, origin) = (self.shipment.importer(), self.shipment.origin());
        let member = |economy, find: fn(&Agreement, Economy) -> Option<&Membership>| {
            self.schedule
                .agreement(regime)
                .and_then(|agreement| find(agreement, economy))
                .ok_or(Refusal::NotAMember(economy))
        };
        let sides = match (member(importer, Agreement::grantor), member(origin, Agreement::beneficiary)) {
            (Err(refusal), _) | (_, Err(refusal)) => return Some(refusal),
            (Ok(importer), Ok(origin)) => [importer, origin],
        };
        // The agreement binds the pair from the day the later of the two is bound.
        let latest = sides.iter().map(|member| member.since).max();
        if let Some(since) = latest.filter(|since| *since > self.shipment.on()) {
            return Some(Refusal::NotYet(since));
        }
        for member in sides {
            if member.evidence == Evidence::Unconfirmed {
                doubts.push(Doubt::Membership(member.economy));
            }
            if member.status_to_confirm {
                doubts.push(Doubt::StatusMayHaveChanged(member.economy));
            }
        }
        None
    }

    fn standing(&self, regime: Regime, treatment: &Treatment, baseline: Option<&Due>) -> Result<Standing, AssessmentError> {
        let due = match treatment {
            Treatment::NoConcession if regime == Regime::MfnProvisional => return Ok(Standing::Refused(Refusal::NoProvisionalRate)),
            Treatment::NoConcession => return Ok(Standing::Refused(Refusal::NoConcession)),
            Treatment::Excluded => return Ok(Standing::Refused(Refusal::Excluded)),
            Treatment::Unknown => return Ok(Standing::Refused(Refusal::Unknown)),
            Treatment::Prohibited => return Ok(Standing::Refused(Refusal::Prohibited)),
            Treatment::Duty(duty) => duty.evaluate(self.basis()).map(Due::Exact),
            Treatment::Quota { inside, outside } => self.due_by_quota(inside, outside),
            Treatment::Range { least, most } => self.due_in_range(*least, *most, baseline),
        };
        let due = match due {
            Err(Shortfall::Overflow) => return Err(AssessmentError::Overflow),
            Err(shortfall) => Due::Missing(shortfall),
            Ok(due) => due,
        };
        Ok(Standing::Lawful {
            due,
            bill: None,
            rank: Rank::Undecided,
        })
    }

    fn basis(&self) -> Basis<'_> {
        Basis {
            value: self.shipment.value().amount(),
            currency: self.shipment.value().currency(),
            quantities: self.shipment.quantities(),
        }
    }

    fn due_by_quota(&self, inside: &DutyExpression, outside: &DutyExpression) -> Result<Due, Shortfall> {
        let amount = |duty: &DutyExpression| Ok(Span::exactly(duty.evaluate(self.basis())?.amount));
        Ok(Due::Between(amount(inside)?.hull(amount(outside)?)))
    }

    /// Where the line may have no concession at all, what is due without one is the other end.
    fn due_in_range(&self, least: Percent, most: Option<Percent>, baseline: Option<&Due>) -> Result<Due, Shortfall> {
        let value = self.shipment.value().amount();
        let amount = |percent: Percent| percent.of(value).map(Span::exactly).ok_or(Shortfall::Overflow);
        let other = match (most, baseline) {
            (Some(most), _) => amount(most)?,
            (None, Some(Due::Missing(shortfall))) => return Err(*shortfall),
            (None, baseline) => baseline.and_then(Due::span).ok_or(Shortfall::Baseline)?,
        };
        Ok(Due::Between(amount(least)?.hull(other)))
    }

    fn tax(&self, tax: Tax) -> &Treatment {
        let cell = self.line.cell(ColumnKind::Tax(tax));
        cell.map_or(&Treatment::NoConcession, |cell| cell.in_year(self.shipment.on().year()))
    }

    fn bill(&self, duty: Span, vat: &Treatment) -> Result<Bill, AssessmentError> {
        let (value, currency) = (self.shipment.value().amount(), self.shipment.value().currency());
        let rounded = duty.map(|amount| currency.round(amount));
        let vat_base = duty.checked_add(Span::exactly(value)).ok_or(AssessmentError::Overflow)?;
        let Treatment::Duty(rate) = vat else {
            return Ok(Bill {
                duty: rounded,
                vat_base,
                vat: None,
                total: rounded,
            });
        };
        let tax = |base: Decimal| match rate {
            DutyExpression::AdValorem(rate) => rate.of(base).ok_or(Shortfall::Overflow),
            _ => Ok(rate
                .evaluate(Basis {
                    value: base,
                    ..self.basis()
                })?
                .amount),
        };
        let vat = vat_base
            .try_map(tax)
            .map_err(|_: Shortfall| AssessmentError::Overflow)?
            .map(|amount| currency.round(amount));
        Ok(Bill {
            duty: rounded,
            vat_base,
            vat: Some(vat),
            total: rounded.checked_add(vat).ok_or(AssessmentError::Overflow)?,
        })
    }

    fn notes(&self, vat: &Treatment) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.shipment.on().year() != self.schedule.year() {
            notes.push(Note::RatesOfYear(self.schedule.year()));
        }
        notes.extend(self.line.quota().map(Note::Quota));
        match self.tax(Tax::Consumption) {
            Treatment::Duty(duty) if duty.is_free() => {}
            Treatment::NoConcession => {}
            Treatment::Unknown => notes.push(Note::ConsumptionTaxUnknown),
            _ => notes.push(Note::ConsumptionTaxNotIncluded),
        }
        if !matches!(vat, Treatment::Duty(_)) {
            notes.push(Note::VatUnknown);
        }
        notes
    }
}

fn baseline_due(options: &[RegimeOption], position: Option<usize>) -> Option<&Due> {
    options.get(position?)?.due()
}

/// The lawful regime with the lowest duty that is sure: of a range its upper end counts. Of two with the same upper end the one that may
/// be lower wins, then the earlier. `None` while a duty that is not known could be lower still: a quantity is missing, or the tariff
/// does not say what is paid without a certificate.
fn best_of(options: &[RegimeOption], baseline_known: bool) -> Option<Regime> {
    let known = options.iter().filter_map(|option| Some((option.regime, option.span()?)));
    let (regime, span) = known.min_by(|(_, one), (_, other)| (one.most, one.least).cmp(&(other.most, other.least)))?;
    let undecided = !baseline_known || options.iter().any(|option| matches!(option.due(), Some(Due::Missing(_))));
    (!undecided || span.most.is_zero()).then_some(regime)
}

fn rank(options: &mut [RegimeOption], best: Option<Regime>, baseline: Option<Span>) {
    let best_span = best.and_then(|best| options.iter().find(|option| option.regime == best)?.span());
    for option in options {
        let regime = option.regime;
        let Standing::Lawful { due, rank, .. } = &mut option.standing else {
            continue;
        };
        *rank = match (due.span(), best_span) {
            (Some(_), Some(_)) if best == Some(regime) => Rank::Best,
            (Some(span), Some(best)) if span == best => Rank::AsGood,
            (Some(span), Some(best)) if span.least < best.least => Rank::MayBeLower,
            (Some(_), Some(_)) if regime.is_mfn() => Rank::WithoutCertificate,
            (Some(span), Some(_)) if baseline.is_some_and(|baseline| span.least >= baseline.most) => Rank::NoBetterThanMfn,
            (Some(_), Some(_)) => Rank::Higher,
            (_, _) => Rank::Undecided,
        };
    }
}

/// The units whose quantity matters for a lawful duty, in order.
fn units_of(options: &[RegimeOption]) -> Vec<Unit> {
    let matters = |option: &RegimeOption, unit: Unit| {
        matches!(option.standing, Standing::Lawful { .. })
            && match &option.treatment {
                Treatment::Duty(duty) => duty.depends_on(unit),
                Treatment::Quota { inside, outside } => inside.depends_on(unit) || outside.depends_on(unit),
                _ => false,
            }
    };
    if options.iter().all(|option| {
        matches!(
            option.treatment,
            Treatment::Duty(DutyExpression::AdValorem(_)) | Treatment::NoConcession
        )
    }) {
        return Vec::new();
    }
    Unit::ALL
        .iter()
        .copied()
        .filter(|unit| options.iter().any(|option| matters(option, *unit)))
        .collect()
}

fn saving(assessment: &Assessment) -> Result<Option<Saving>, Shortfall> {
    let (Some(baseline), Some(best)) = (assessment.baseline_bill(), assessment.best_bill()) else {
        return Ok(None);
    };
    if assessment.baseline == assessment.best {
        let nothing = Span::exactly(assessment.currency.round(Decimal::ZERO));
        return Ok(Some(Saving {
            duty: nothing,
            vat: best.vat.map(|_| nothing),
            total: nothing,
        }));
    }
    let vat = match (baseline.vat, best.vat) {
        (Some(baseline), Some(best)) => Some(baseline.less(best)?),
        _ => None,
    };
    Ok(Some(Saving {
        duty: baseline.duty.less(best.duty)?,
        vat,
        total: baseline.total.less(best.total)?,
    }))
}
