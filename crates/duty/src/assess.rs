//! The decision: which rates are open to a shipment, what each comes to, which is the lowest lawful one and what it saves.
//!
//! MFN is the general rule; every preference is an exception under named conditions. The lowest lawful rate wins, and every
//! regime appears in the answer, also the refused ones with their reason. An [`Assessment`] is a trace: views only print it.

use rust_decimal::Decimal;

use crate::agreement::{Agreement, Evidence, Membership, Regime};
use crate::assessment::{Assessment, AssessmentError, Bill, Doubt, Due, Note, Rank, Refusal, RegimeOption, Saving, Standing};
use crate::economy::Economy;
use crate::evaluate::{Basis, Shortfall};
use crate::expression::{DutyExpression, Percent};
use crate::money::Span;
use crate::quantity::Unit;
use crate::schedule::{ColumnKind, Line, QuotaSide, Schedule, Tax};
use crate::shipment::Shipment;
use crate::treatment::{Grade, Treatment};

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
        let amount = |percent: Percent| percent.of(value).map(Span::exactly);
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
        let vat_base = duty.plus(Span::exactly(value)).map_err(|_| AssessmentError::Overflow)?;
        let Treatment::Duty(rate) = vat else {
            return Ok(Bill {
                duty: rounded,
                vat_base,
                vat: None,
                total: rounded,
            });
        };
        let tax = |base: Decimal| match rate {
            DutyExpression::AdValorem(rate) => rate.of(base),
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
            total: rounded.plus(vat).map_err(|_| AssessmentError::Overflow)?,
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
