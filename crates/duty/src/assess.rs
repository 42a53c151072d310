//! The decision: which rates are open to a shipment, what each comes to, which is the lowest lawful one and what it saves.
//!
//! MFN is the general rule; every preference is an exception under named conditions. The lowest lawful rate wins, and every
//! regime appears in the answer, also the refused ones with their reason. An [`Assessment`] is a trace: views only print it.

use rust_decimal::Decimal;

use crate::agreement::{Agreement, Evidence, Membership, Regime};
use crate::assessment::{
    Assessment, AssessmentError, Bill, Doubt, Due, Note, Rank, RateBasis, Refusal, RegimeOption, Saving, Standing, VatRate,
};
use crate::economy::Economy;
use crate::evaluate::{Basis, Shortfall};
use crate::expression::{DutyExpression, Percent};
use crate::money::Span;
use crate::quantity::Unit;
use crate::schedule::{ColumnKind, Line, QuotaSide, Schedule};
use crate::shipment::Shipment;
use crate::tax::Tax;
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
            let option = self.option(regime, baseline.and_then(|position| options.get(position)))?;
            if regime.is_mfn() && option.due().is_some() {
                baseline = Some(options.len());
            }
            options.push(option);
        }
        let best = best_of(&options, baseline.is_some());
        rank(&mut options, best, baseline);
        let vat = self.vat();
        for option in &mut options {
            if let Standing::Lawful { due, bill, .. } = &mut option.standing
                && let Some(duty) = due.span()
            {
                *bill = Some(self.bill(duty, &vat.treatment)?);
            }
        }
        let mut assessment = Assessment {
            line: self.line.code(),
            unit: self.line.unit(),
            value: self.shipment.value().amount(),
            currency: self.shipment.value().currency(),
            units: units_of(&options, &vat.treatment),
            notes: self.notes(&vat),
            baseline: baseline.and_then(|position| Some(options.get(position)?.regime)),
            best,
            saving: None,
            options,
            vat,
        };
        assessment.saving = self.saving(&assessment).map_err(|_| AssessmentError::Overflow)?;
        Ok(assessment)
    }

    /// The agreements of all of ASEAN are answered for every importer, also for one that is not a party.
    fn importer_has(&self, regime: Regime) -> bool {
        matches!(regime, Regime::Acfta | Regime::Rcep)
            || self.schedule.column(ColumnKind::Duty(regime)).is_some()
            || self.schedule.grants(regime)
    }

    fn option(&self, regime: Regime, baseline: Option<&RegimeOption>) -> Result<RegimeOption, AssessmentError> {
        let (treatment, grade) = self.treatment(regime);
        let mut doubts = Vec::new();
        let standing = match self.refused(regime, &mut doubts) {
            Some(refusal) => Standing::Refused(refusal),
            None => self.standing(regime, treatment, baseline)?,
        };
        match standing {
            // Nobody relies on what does not apply.
            Standing::Refused(_) => doubts.clear(),
            Standing::Lawful { .. } if regime.is_mfn() => {}
            Standing::Lawful { .. } => doubts.extend(self.rate_of_another_year(regime).map(Doubt::RateOfYear)),
        }
        Ok(RegimeOption {
            regime,
            treatment: treatment.clone(),
            grade,
            standing,
            doubts,
        })
    }

    fn treatment(&self, regime: Regime) -> (&Treatment, Option<Grade>) {
        if let Some(blanket) = self.schedule.agreement(regime).and_then(|agreement| agreement.blanket.as_ref()) {
            // No line of a tariff book says so: the evidence is a rule for all lines.
            return (&blanket.treatment, Some(Grade::D));
        }
        match self.line.cell(ColumnKind::Duty(regime)) {
            Some(cell) => (
                cell.treatment(self.shipment.origin(), self.shipment.on().year()),
                self.worst_grade(regime).or(Some(cell.grade())),
            ),
            // The importer grants rates that no source at hand has.
            None if self.schedule.grants(regime) => (&Treatment::Unknown, None),
            None => (&Treatment::NoConcession, None),
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

    /// The year of the figure, if the shipment is of another.
    fn rate_of_another_year(&self, regime: Regime) -> Option<i32> {
        let kind = ColumnKind::Duty(regime);
        let year = self.schedule.column(kind)?.year(self.line.cell(kind)?);
        year.filter(|year| *year != self.shipment.on().year())
    }

    fn refused(&self, regime: Regime, doubts: &mut Vec<Doubt>) -> Option<Refusal> {
        // What may not be imported at all may not under an agreement either.
        if *self.treatment(Regime::Mfn).0 == Treatment::Prohibited {
            return Some(Refusal::Prohibited);
        }
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

    fn standing(&self, regime: Regime, treatment: &Treatment, baseline: Option<&RegimeOption>) -> Result<Standing, AssessmentError> {
        let due = match treatment {
            Treatment::NoConcession if regime == Regime::MfnProvisional => return Ok(Standing::Refused(Refusal::NoProvisionalRate)),
            Treatment::NoConcession => return Ok(Standing::Refused(Refusal::NoConcession)),
            Treatment::Excluded => return Ok(Standing::Refused(Refusal::Excluded)),
            // What the sources leave open makes no difference there: members hardly report rates on lines that are free for everybody.
            Treatment::Unknown | Treatment::Range { .. } if baseline.is_some_and(RegimeOption::is_free) => {
                return Ok(Standing::Refused(Refusal::AlreadyFree));
            }
            Treatment::Unknown => return Ok(Standing::Refused(Refusal::Unknown)),
            Treatment::Prohibited => return Ok(Standing::Refused(Refusal::Prohibited)),
            Treatment::Duty(duty) => duty.evaluate(self.basis()).map(Due::Exact),
            Treatment::Quota { inside, outside } => self.due_by_quota(inside, outside),
            Treatment::Range { least, most } => self.due_in_range(*least, *most, baseline.and_then(RegimeOption::due)),
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
            exchange: self.shipment.exchange(),
        }
    }

    fn due_by_quota(&self, inside: &DutyExpression, outside: &DutyExpression) -> Result<Due, Shortfall> {
        let amount = |duty: &DutyExpression| Ok(Span::exactly(duty.evaluate(self.basis())?.amount));
        Ok(Due::Between(amount(inside)?.hull(amount(outside)?)))
    }

    /// Where the line may have no concession at all, what is due without one is the other end. Nor does anybody pay more under a
    /// preference than without it: they need not claim it.
    fn due_in_range(&self, least: Percent, most: Option<Percent>, baseline: Option<&Due>) -> Result<Due, Shortfall> {
        let value = self.shipment.value().amount();
        let least = least.of(value)?;
        let without = baseline.and_then(Due::span);
        let most = match (most, baseline) {
            (Some(most), _) => {
                let most = most.of(value)?;
                let ceiling = without.map_or(most, |without| without.most);
                if least < ceiling { most.min(ceiling) } else { most }
            }
            (None, Some(Due::Missing(shortfall))) => return Err(*shortfall),
            (None, _) => {
                return without
                    .map(|without| Due::Between(Span::exactly(least).hull(without)))
                    .ok_or(Shortfall::Baseline);
            }
        };
        Ok(Due::Between(Span::exactly(least).hull(Span::exactly(most))))
    }

    fn tax(&self, tax: Tax) -> Option<&Treatment> {
        let cell = self.line.cell(ColumnKind::Tax(tax));
        cell.map(|cell| cell.in_year(self.shipment.on().year()))
    }

    fn vat(&self) -> VatRate {
        let (treatment, basis) = self.vat_rate();
        let missing = match &treatment {
            Treatment::Duty(DutyExpression::AdValorem(_)) => None,
            Treatment::Duty(rate) => rate.evaluate(self.basis()).err(),
            _ => None,
        };
        VatRate { treatment, basis, missing }
    }

    fn vat_rate(&self) -> (Treatment, RateBasis) {
        if let Some(rate) = self.shipment.vat_rate() {
            return (Treatment::Duty(DutyExpression::AdValorem(rate)), RateBasis::Stated);
        }
        let national = self.schedule.national_tax(Tax::Vat);
        let standard = national.and_then(|national| Some((national.standard.as_ref()?, national)));
        match (self.tax(Tax::Vat).filter(|treatment| **treatment != Treatment::Unknown), standard) {
            (Some(treatment), _) => (treatment.clone(), RateBasis::Line),
            (None, Some((standard, national))) => (
                standard.clone(),
                RateBasis::Standard {
                    evidence: national.evidence,
                    status_to_confirm: national.status_to_confirm,
                },
            ),
            (None, None) => (Treatment::Unknown, RateBasis::Nothing),
        }
    }

    fn bill(&self, duty: Span, vat: &Treatment) -> Result<Bill, AssessmentError> {
        let (value, currency) = (self.shipment.value().amount(), self.shipment.value().currency());
        let rounded = duty.map(|amount| currency.round(amount));
        let vat_base = duty.plus(Span::exactly(value)).map_err(|_| AssessmentError::Overflow)?;
        let vat = match vat {
            Treatment::Duty(rate) => self.general_tax(rate, vat_base).map(Some),
            Treatment::Range { least, most: Some(most) } => self
                .general_tax(&DutyExpression::AdValorem(*least), vat_base)
                .and_then(|least| Ok(Some(least.hull(self.general_tax(&DutyExpression::AdValorem(*most), vat_base)?)))),
            _ => Ok(None),
        };
        let vat = match vat {
            Err(Shortfall::Overflow) => return Err(AssessmentError::Overflow),
            // A tax by quantity whose quantity is not stated.
            Err(_) => None,
            Ok(vat) => vat,
        };
        Ok(Bill {
            duty: rounded,
            vat_base,
            vat,
            total: vat
                .map_or(Ok(rounded), |vat| rounded.plus(vat))
                .map_err(|_| AssessmentError::Overflow)?,
        })
    }

    /// The general tax at one rate, rounded.
    fn general_tax(&self, rate: &DutyExpression, base: Span) -> Result<Span, Shortfall> {
        let currency = self.shipment.value().currency();
        base.try_map(|value| {
            let amount = match rate {
                DutyExpression::AdValorem(rate) => rate.of(value)?,
                rate => rate.evaluate(Basis { value, ..self.basis() })?.amount,
            };
            Ok(currency.round(amount))
        })
    }

    /// What the best regime saves. Where duties are known as ranges it lies between the differences of their ends, but nobody claims a
    /// preference to pay more.
    fn saving(&self, assessment: &Assessment) -> Result<Option<Saving>, Shortfall> {
        let (Some(baseline), Some(best)) = (assessment.baseline_bill(), assessment.best_bill()) else {
            return Ok(None);
        };
        let nothing = assessment.currency.round(Decimal::ZERO);
        if assessment.baseline == assessment.best {
            let nothing = Span::exactly(nothing);
            return Ok(Some(Saving {
                duty: nothing,
                vat: best.vat.map(|_| nothing),
                total: nothing,
            }));
        }
        let at_least_nothing = |saved: Span| saved.map(|amount| amount.max(nothing));
        let duty = at_least_nothing(baseline.duty.less(best.duty)?);
        let vat = self.vat_saved(&assessment.vat.treatment, baseline, best)?.map(at_least_nothing);
        Ok(Some(Saving {
            duty,
            vat,
            total: vat.map_or(Ok(duty), |vat| duty.plus(vat))?,
        }))
    }

    /// Whatever rate of a range the goods turn out to have, they have it with and without a certificate.
    fn vat_saved(&self, vat: &Treatment, baseline: &Bill, best: &Bill) -> Result<Option<Span>, Shortfall> {
        if let Treatment::Range { least, most: Some(most) } = vat {
            let saved = |rate: Percent| {
                let tax = |bill: &Bill| self.general_tax(&DutyExpression::AdValorem(rate), bill.vat_base);
                tax(baseline)?.less(tax(best)?)
            };
            return Ok(Some(saved(*least)?.hull(saved(*most)?)));
        }
        let both = baseline.vat.zip(best.vat);
        both.map(|(baseline, best)| baseline.less(best)).transpose()
    }

    fn notes(&self, vat: &VatRate) -> Vec<Note> {
        let mut notes = Vec::new();
        notes.extend(self.rate_of_another_year(Regime::Mfn).map(Note::RatesOfYear));
        notes.extend(self.line.quota().map(Note::Quota));
        match self.tax(Tax::Excise) {
            Some(Treatment::Duty(duty)) if duty.is_free() => {}
            Some(Treatment::NoConcession) => {}
            None | Some(Treatment::Unknown) => notes.push(Note::ExciseUnknown),
            Some(_) => notes.push(Note::ExciseNotIncluded),
        }
        notes.extend(match (vat.basis, &vat.treatment) {
            _ if vat.missing.is_some() => Some(Note::VatUnknown),
            (RateBasis::Standard { .. }, _) => Some(Note::VatStandard),
            (_, Treatment::Duty(_) | Treatment::Range { most: Some(_), .. }) => None,
            _ => Some(Note::VatUnknown),
        });
        notes
    }
}

/// The lawful regime with the lowest duty that is sure: of a range its upper end counts. Of two with the same upper end the one that may
/// be lower wins, then the earlier. `None` while a duty that is not known could be lower still: a quantity is missing, the tariff does not
/// say what is paid without a certificate, or it would be MFN and no source says what a preference comes to.
fn best_of(options: &[RegimeOption], baseline_known: bool) -> Option<Regime> {
    let known = options.iter().filter_map(|option| Some((option.regime, option.span()?)));
    let (regime, span) = known.min_by(|(_, one), (_, other)| (one.most, one.least).cmp(&(other.most, other.least)))?;
    let missing = options.iter().any(|option| matches!(option.due(), Some(Due::Missing(_))));
    let unread = regime.is_mfn() && options.iter().any(RegimeOption::is_unread_preference);
    let undecided = !baseline_known || missing || unread;
    (!undecided || span.most.is_zero()).then_some(regime)
}

fn rank(options: &mut [RegimeOption], best: Option<Regime>, baseline: Option<usize>) {
    let best_span = best.and_then(|best| options.iter().find(|option| option.regime == best)?.span());
    let baseline = baseline.and_then(|position| options.get(position));
    let baseline_span = baseline.and_then(RegimeOption::span);
    let quota = baseline
        .map(|baseline| &baseline.treatment)
        .filter(|treatment| matches!(treatment, Treatment::Quota { .. }));
    let quota = quota.cloned();
    for option in options {
        let regime = option.regime;
        // On whichever side of the quota the goods are, both charge the same.
        let same_quota = quota.as_ref() == Some(&option.treatment);
        let Standing::Lawful { due, rank, .. } = &mut option.standing else {
            continue;
        };
        *rank = match (due.span(), best_span) {
            (Some(_), Some(_)) if best == Some(regime) => Rank::Best,
            (Some(span), Some(best)) if span == best => Rank::AsGood,
            (Some(span), Some(best)) if span.least < best.least => Rank::MayBeLower,
            (Some(_), Some(_)) if regime.is_mfn() => Rank::WithoutCertificate,
            (Some(_), None) if regime.is_mfn() => Rank::Undecided,
            (Some(span), _) if same_quota || baseline_span.is_some_and(|baseline| span.least >= baseline.most) => Rank::NoBetterThanMfn,
            (Some(_), Some(_)) => Rank::Higher,
            (_, _) => Rank::Undecided,
        };
    }
}

/// The units whose quantity matters for a lawful duty or the general tax, in order.
fn units_of(options: &[RegimeOption], vat: &Treatment) -> Vec<Unit> {
    let lawful = options.iter().filter(|option| matches!(option.standing, Standing::Lawful { .. }));
    let treatments = || lawful.clone().map(|option| &option.treatment).chain([vat]);
    // Nearly every line is charged by value alone.
    if !treatments().any(|treatment| treatment.duties().any(|duty| !matches!(duty, DutyExpression::AdValorem(_)))) {
        return Vec::new();
    }
    let matters = |unit: &Unit| treatments().any(|treatment| treatment.duties().any(|duty| duty.depends_on(*unit)));
    Unit::ALL.iter().copied().filter(matters).collect()
}
