//! The decision: which rates are open to a shipment, what each comes to, which is the lowest lawful one and what it saves.
//!
//! MFN is the general rule; every preference is an exception under named conditions. The lowest lawful rate wins, and every
//! regime appears in the answer, also the refused ones with their reason. An [`Assessment`] is a trace: views only print it.

use crate::agreement::{Agreement, Blanket, Evidence, Membership, Regime};
use crate::assessment::{Assessment, AssessmentError, Bill, Doubt, Due, Note, Rank, RateBasis, Refusal, RegimeOption, Standing, TaxRate};
use crate::bill::Taxes;
use crate::economy::Economy;
use crate::evaluate::Shortfall;
use crate::expression::{DutyExpression, Percent};
use crate::hs::HsCode;
use crate::money::{Overflow, Span};
use crate::quantity::Unit;
use crate::schedule::{Column, ColumnKind, Line, QuotaSide, Schedule};
use crate::shipment::Shipment;
use crate::tax::{NationalTax, Tax};
use crate::treatment::{Cell, Grade, Treatment};

/// Assesses a shipment against the importer's tariff.
///
/// # Errors
/// [`AssessmentError`] if the code does not stand for one line of this tariff.
pub fn assess(schedule: &Schedule, shipment: &Shipment) -> Result<Assessment, AssessmentError> {
    if schedule.importer() != shipment.importer() {
        return Err(AssessmentError::AnotherImporter(schedule.importer()));
    }
    let code = shipment.candidates().single().ok_or(AssessmentError::NotSettled)?;
    let line = match schedule.line(code) {
        Some(line) => line,
        None if schedule.positions_under(code).is_empty() => return Err(AssessmentError::NotInTariff(code)),
        None => return Err(AssessmentError::LinesDiffer(code)),
    };
    let mfn = line.cell(ColumnKind::Duty(Regime::Mfn));
    let mfn = mfn.map(|cell| cell.treatment(shipment.origin(), shipment.on().year()));
    let prohibited = mfn == Some(&Treatment::Prohibited);
    let assessor = Assessor {
        schedule,
        shipment,
        code,
        line,
        prohibited,
    };
    assessor.assess()
}

struct Assessor<'a> {
    schedule: &'a Schedule,
    shipment: &'a Shipment,
    /// What was asked for: the line, or a shorter code that it stands for.
    code: HsCode,
    line: Line<'a>,
    prohibited: bool,
}

/// A regime of the importer, with all there is to decide about it.
struct Contender<'a> {
    regime: Regime,
    agreement: Option<&'a Agreement>,
    /// Its column, and what that says of the line.
    figure: Option<(&'a Column, &'a Cell)>,
}

impl<'a> Contender<'a> {
    fn blanket(&self) -> Option<&'a Blanket> {
        self.agreement?.blanket.as_ref()
    }
}

impl<'a> Assessor<'a> {
    fn assess(&self) -> Result<Assessment, AssessmentError> {
        let mut options = Vec::with_capacity(Regime::ALL.len());
        let mut baseline: Option<usize> = None;
        for regime in Regime::ALL.iter().copied() {
            let Some(contender) = self.contender(regime) else { continue };
            let option = self.option(&contender, baseline.and_then(|position| options.get(position)))?;
            if regime.is_mfn() && option.due().is_some() {
                baseline = Some(options.len());
            }
            options.push(option);
        }
        let best = best_of(&options, baseline.is_some());
        rank(&mut options, best, baseline);
        let mut excise = self.tax_rate(Tax::Excise);
        let mut vat = self.tax_rate(Tax::Vat);
        let taxes = Taxes::of(self.schedule, self.shipment, &excise, &vat);
        [excise.missing, vat.missing] = [taxes.shortfall(&excise, true), taxes.shortfall(&vat, false)];
        let mut assessment = Assessment {
            line: self.line.code(),
            unit: self.line.unit(),
            value: self.shipment.value().amount(),
            currency: self.shipment.value().currency(),
            units: units_of(&options, [&excise.treatment, &vat.treatment]),
            notes: Vec::new(),
            baseline: baseline.and_then(|position| Some(options.get(position)?.regime)),
            best,
            saving: None,
            options,
            excise,
            vat,
        };
        let taxes = Taxes::of(self.schedule, self.shipment, &assessment.excise, &assessment.vat);
        // Agreements often charge the same, mostly nothing.
        let mut last: Option<(Span, Bill)> = None;
        for option in &mut assessment.options {
            let Standing::Lawful { due, bill, .. } = &mut option.standing else {
                continue;
            };
            let Some(duty) = due.span() else { continue };
            if last.as_ref().is_none_or(|(of, _)| *of != duty) {
                last = Some((duty, taxes.bill(duty)?));
            }
            *bill = last.as_ref().map(|(_, bill)| bill.clone());
        }
        let option = |regime: Option<Regime>| assessment.option(regime?);
        let saving = match (option(assessment.baseline), option(assessment.best)) {
            (Some(baseline), Some(best)) => taxes.saving(baseline, best)?,
            _ => None,
        };
        let notes = self.notes(&assessment);
        assessment.saving = saving;
        assessment.notes = notes;
        Ok(assessment)
    }

    /// The agreements of all of ASEAN are answered for every importer, also for one that is not a party.
    fn contender(&self, regime: Regime) -> Option<Contender<'a>> {
        let contender = Contender {
            regime,
            agreement: self.schedule.agreement(regime),
            figure: self.line.figure(ColumnKind::Duty(regime)),
        };
        let has = matches!(regime, Regime::Acfta | Regime::Rcep) || contender.figure.is_some() || self.grants(&contender);
        has.then_some(contender)
    }

    fn grants(&self, contender: &Contender<'_>) -> bool {
        contender
            .agreement
            .is_some_and(|agreement| agreement.grantor(self.shipment.importer()).is_some())
    }

    fn option(&self, contender: &Contender<'_>, baseline: Option<&RegimeOption>) -> Result<RegimeOption, Overflow> {
        let regime = contender.regime;
        let (treatment, grade) = self.treatment(contender);
        let mut doubts = Vec::new();
        let due = match self.refused(contender, &mut doubts) {
            Some(refusal) => Err(refusal),
            None => self.due(regime, treatment, baseline)?,
        };
        match due {
            // Nobody relies on what does not apply.
            Err(_) => doubts.clear(),
            Ok(_) if regime.is_mfn() => {}
            Ok(_) => doubts.extend(self.another_year(contender.figure).map(Doubt::RateOfYear)),
        }
        if due.is_ok() && grade == Some(Grade::A) && matches!(treatment, Treatment::Range { .. }) {
            doubts.push(Doubt::TwoRates);
        }
        Ok(RegimeOption {
            regime,
            treatment: treatment.clone(),
            grade,
            standing: match due {
                Err(refusal) => Standing::Refused(refusal),
                Ok(due) => Standing::Lawful {
                    bill: None,
                    due,
                    rank: Rank::Undecided,
                },
            },
            doubts,
        })
    }

    fn treatment<'b>(&self, contender: &Contender<'b>) -> (&'b Treatment, Option<Grade>) {
        if let Some(blanket) = contender.blanket() {
            // No line of a tariff book says so: the evidence is a rule for all lines.
            return (&blanket.treatment, Some(Grade::D));
        }
        match contender.figure {
            Some((_, cell)) => (
                cell.treatment(self.shipment.origin(), self.shipment.on().year()),
                self.worst_grade(contender.regime).or(Some(cell.grade())),
            ),
            // The importer grants rates that no source at hand has.
            None if self.grants(contender) => (&Treatment::Unknown, None),
            None => (&Treatment::NoConcession, None),
        }
    }

    /// Lines that do not differ in duty may differ in evidence: the weakest of them is what a code for all of them rests on.
    fn worst_grade(&self, regime: Regime) -> Option<Grade> {
        if self.code == self.line.code() {
            return None;
        }
        let lines = self.schedule.lines_under(self.code);
        lines.filter_map(|line| Some(line.cell(ColumnKind::Duty(regime))?.grade())).max()
    }

    /// The year of the figure, if the shipment is of another.
    fn another_year(&self, figure: Option<(&Column, &Cell)>) -> Option<i32> {
        let (column, cell) = figure?;
        column.year(cell).filter(|year| *year != self.shipment.on().year())
    }

    fn refused(&self, contender: &Contender<'_>, doubts: &mut Vec<Doubt>) -> Option<Refusal> {
        // What may not be imported at all may not under an agreement either.
        if self.prohibited {
            return Some(Refusal::Prohibited);
        }
        self.refused_membership(contender, doubts).or_else(|| {
            // China's customs tariff: where a provisional rate is set, MFN goods pay it instead of the MFN rate.
            let provisional = || {
                let cell = self.line.cell(ColumnKind::Duty(Regime::MfnProvisional));
                cell.is_some_and(|cell| *cell.in_year(self.shipment.on().year()) != Treatment::NoConcession)
            };
            if contender.regime == Regime::Mfn && provisional() {
                return Some(Refusal::ReplacedByProvisional);
            }
            let blanket = contender.blanket()?;
            (!blanket.outside_quota && self.line.quota() == Some(QuotaSide::Outside)).then_some(Refusal::OutsideQuota)
        })
    }

    /// Both sides must be members on the day of the shipment.
    fn refused_membership(&self, contender: &Contender<'_>, doubts: &mut Vec<Doubt>) -> Option<Refusal> {
        if contender.regime.is_mfn() {
            return None;
        }
        let (importer, origin) = (self.shipment.importer(), self.shipment.origin());
        let member = |economy, find: fn(&Agreement, Economy) -> Option<&Membership>| {
            let found = contender.agreement.and_then(|agreement| find(agreement, economy));
            found.ok_or(Refusal::NotAMember(economy))
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

    /// What is due under a treatment that is open to the shipment, or why there is no duty in it.
    fn due(&self, regime: Regime, treatment: &Treatment, baseline: Option<&RegimeOption>) -> Result<Result<Due, Refusal>, Overflow> {
        let refusal = match treatment {
            Treatment::Duty(duty) => return known(duty.evaluate(self.shipment.basis()).map(Due::Exact)),
            Treatment::Quota { inside, outside } => return known(self.due_by_quota(inside, outside)),
            // What the sources leave open makes no difference there: members hardly report rates on lines that are free for everybody.
            Treatment::Range { .. } | Treatment::Unknown if baseline.is_some_and(RegimeOption::is_free) => Refusal::AlreadyFree,
            Treatment::Range { least, most } => {
                return known(self.due_in_range(*least, *most, baseline.and_then(RegimeOption::due)));
            }
            Treatment::NoConcession if regime == Regime::MfnProvisional => Refusal::NoProvisionalRate,
            Treatment::NoConcession => Refusal::NoConcession,
            Treatment::Excluded => Refusal::Excluded,
            Treatment::Unknown => Refusal::Unknown,
            Treatment::Prohibited => Refusal::Prohibited,
        };
        Ok(Err(refusal))
    }

    fn due_by_quota(&self, inside: &DutyExpression, outside: &DutyExpression) -> Result<Due, Shortfall> {
        let amount = |duty: &DutyExpression| {
            duty.evaluate(self.shipment.basis())
                .map(|evaluation| Span::exactly(evaluation.amount))
        };
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

    /// The rate that is stated, else the one on the line, else the importer's standard one.
    fn tax_rate(&self, tax: Tax) -> TaxRate {
        let stated = self.shipment.vat_rate().filter(|_| tax == Tax::Vat);
        let cell = self.line.cell(ColumnKind::Tax(tax));
        let read = cell.map(|cell| cell.in_year(self.shipment.on().year()));
        let read = read.filter(|treatment| !matches!(treatment, Treatment::Unknown));
        let standard = || self.schedule.national_tax(tax)?.standard.clone();
        let (treatment, basis) = if let Some(rate) = stated {
            (Treatment::Duty(DutyExpression::AdValorem(rate)), RateBasis::Stated)
        } else if let Some(read) = read {
            (read.clone(), RateBasis::Line)
        } else if let Some(standard) = standard() {
            (standard, RateBasis::Standard)
        } else {
            (Treatment::Unknown, RateBasis::Nothing)
        };
        let missing = None;
        TaxRate { treatment, basis, missing }
    }

    fn notes(&self, assessment: &Assessment) -> Vec<Note> {
        let mut notes = Vec::new();
        notes.extend(
            self.another_year(self.line.figure(ColumnKind::Duty(Regime::Mfn)))
                .map(Note::RatesOfYear),
        );
        notes.extend(self.line.quota().map(Note::Quota));
        notes.extend(excise_note(assessment));
        let vat = &assessment.vat;
        notes.extend(match (vat.basis, &vat.treatment) {
            _ if vat.missing.is_some() => Some(Note::VatUnknown),
            (RateBasis::Standard, _) if self.schedule.national_tax(Tax::Vat).is_some_and(NationalTax::is_to_confirm) => {
                Some(Note::VatUnconfirmed)
            }
            (RateBasis::Standard, _) => Some(Note::VatStandard),
            (_, Treatment::Duty(_) | Treatment::Range { most: Some(_), .. }) => None,
            _ => Some(Note::VatUnknown),
        });
        notes
    }
}

fn excise_note(assessment: &Assessment) -> Option<Note> {
    match &assessment.excise.treatment {
        Treatment::Unknown => Some(Note::ExciseUnknown),
        _ if assessment.excise.missing.is_some() => Some(Note::ExciseNotIncluded),
        // Of a duty that is known, nothing else makes the tax of a tier a range.
        Treatment::Duty(DutyExpression::Tiers(_)) => {
            let is_open = |bill: &Bill| bill.duty.exact().is_some() && bill.excise.is_some_and(|excise| excise.exact().is_none());
            let mut bills = assessment.options.iter().filter_map(RegimeOption::bill);
            bills.any(is_open).then_some(Note::ExciseByEitherPrice)
        }
        Treatment::Duty(_) | Treatment::NoConcession | Treatment::Range { most: Some(_), .. } => None,
        _ => Some(Note::ExciseNotIncluded),
    }
}

/// A duty whose computation lacks something is still due.
fn known(due: Result<Due, Shortfall>) -> Result<Result<Due, Refusal>, Overflow> {
    match due {
        Err(Shortfall::Overflow) => Err(Overflow),
        Err(shortfall) => Ok(Ok(Due::Missing(shortfall))),
        Ok(due) => Ok(Ok(due)),
    }
}

/// The lawful regime with the lowest duty that is sure: of a range its upper end counts. The taxes on top of it need not be compared: none
/// falls when the duty rises, so that they keep the order. Of two with the same upper end the one that may
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
    // Nobody needs a paper for what is paid without one.
    let is_mfn_best = best.is_some_and(Regime::is_mfn);
    let is_quota = |option: &RegimeOption| matches!(option.treatment, Treatment::Quota { .. });
    let quota = baseline_span.filter(|_| baseline.is_some_and(is_quota));
    for option in options {
        let regime = option.regime;
        // On whichever side of the quota the goods are, both charge the same.
        let same_quota = is_quota(option) && quota.is_some() && option.span() == quota;
        let Standing::Lawful { due, rank, .. } = &mut option.standing else {
            continue;
        };
        *rank = match (due.span(), best_span) {
            (Some(_), Some(_)) if best == Some(regime) => Rank::Best,
            (Some(span), Some(lowest)) if span == lowest && !(is_mfn_best && span.exact().is_some()) => Rank::AsGood,
            (Some(span), Some(best)) if span.least < best.least => Rank::MayBeLower,
            (Some(_), Some(_)) if regime.is_mfn() => Rank::WithoutCertificate,
            (Some(_), None) if regime.is_mfn() => Rank::Undecided,
            (Some(span), _) if same_quota || baseline_span.is_some_and(|baseline| span.least >= baseline.most) => Rank::NoBetterThanMfn,
            (Some(_), Some(_)) => Rank::Higher,
            (_, _) => Rank::Undecided,
        };
    }
}

/// The units whose quantity matters for a lawful duty or a tax, in order.
fn units_of(options: &[RegimeOption], taxes: [&Treatment; 2]) -> Vec<Unit> {
    let lawful = options.iter().filter(|option| matches!(option.standing, Standing::Lawful { .. }));
    let mut by_quantity: Vec<&DutyExpression> = Vec::new();
    for treatment in lawful.map(|option| &option.treatment).chain(taxes) {
        match treatment {
            Treatment::Duty(DutyExpression::AdValorem(_)) => {}
            Treatment::Duty(duty) => by_quantity.push(duty),
            Treatment::Quota { inside, outside } => by_quantity.extend([inside, outside]),
            _ => {}
        }
    }
    // As on nearly every line.
    if by_quantity.is_empty() {
        return Vec::new();
    }
    let matters = |unit: &Unit| by_quantity.iter().any(|duty| duty.depends_on(*unit));
    Unit::ALL.iter().copied().filter(matters).collect()
}
