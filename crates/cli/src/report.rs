//! The JSON of `cafta quote`: every field of the answer, amounts as texts, keys in this order. The shape is described in `docs/cli.md`.

use duty::{
    Agreement, Assessment, AssessmentError, Bill, Case, Crossings, Currency, Doubt, Due, Evaluation, Grade, Note, Part, RateBasis, Refusal,
    RegimeOption, Saving, Schedule, Shipment, Shortfall, Source, Span, Spread, Standing, TaxRate, VERSION, excise_working, print_date,
};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::arguments::Data;
use crate::failure::Failure;
use crate::further::{ClaimQuestion, ClaimReport, CrossingsReport, ProspectReport, prospects};
use crate::names::Names;
use crate::partners::{PartnersReport, Tariff};
use crate::terms;

/// The whole answer.
#[derive(Serialize)]
pub(crate) struct Report {
    origin: String,
    importer: String,
    /// With its label: `None` while several candidates are kept.
    code: Option<String>,
    label: Option<String>,
    candidates: Vec<CandidateReport>,
    on: String,
    value: Amount,
    stated_value: Stated,
    quantities: Vec<Measure>,
    /// Whether the candidates leave nothing to choose.
    settled: bool,
    saving: Option<Bounds>,
    baseline_duty: Option<Bounds>,
    best_duty: Option<Bounds>,
    cases: Vec<CaseReport>,
    /// Empty unless settled.
    outlook: Vec<ProspectReport>,
    /// `None` unless settled.
    partners: Option<PartnersReport>,
    /// Which data it was computed on.
    edition: String,
    /// The version of the engine that computed it.
    engine: &'static str,
}

#[derive(Serialize)]
struct CandidateReport {
    code: String,
    label: Option<String>,
}

/// The value as it was stated, before freight and insurance were added to it and it was exchanged.
#[derive(Serialize)]
pub(crate) struct Stated {
    pub(crate) amount: String,
    pub(crate) currency: String,
    /// In the same currency, as the insurance.
    pub(crate) freight: Option<String>,
    pub(crate) insurance: Option<String>,
    pub(crate) rate: Option<String>,
}

#[derive(Serialize)]
struct Amount {
    amount: String,
    currency: String,
}

#[derive(Serialize)]
struct Measure {
    amount: String,
    unit: String,
}

#[derive(Serialize)]
pub(crate) struct Bounds {
    least: String,
    most: String,
}

#[derive(Serialize)]
struct CaseReport {
    code: String,
    label: String,
    confirm: bool,
    lines: Vec<String>,
    line: String,
    unit: Option<String>,
    baseline: Option<&'static str>,
    best: Option<&'static str>,
    saving: Option<SavingReport>,
    excise: TaxReport,
    vat: TaxReport,
    units: Vec<String>,
    missing_units: Vec<String>,
    options: Vec<OptionReport>,
    notes: Vec<Reason>,
    claim: Option<ClaimReport>,
    crossings: Option<CrossingsReport>,
}

#[derive(Serialize)]
struct TaxReport {
    rate: String,
    /// `line`, `standard`, `stated` or `nothing`.
    basis: &'static str,
}

#[derive(Serialize)]
struct SavingReport {
    duty: Bounds,
    excise: Option<Bounds>,
    vat: Option<Bounds>,
    total: Bounds,
}

#[derive(Serialize)]
struct OptionReport {
    regime: &'static str,
    rate: String,
    grade: Option<&'static str>,
    lawful: bool,
    refusal: Option<Reason>,
    rank: Option<&'static str>,
    /// The duty before rounding.
    due: Option<Bounds>,
    missing: Option<Reason>,
    parts: Vec<PartReport>,
    unit_price: Option<Measure>,
    bill: Option<BillReport>,
    doubts: Vec<Reason>,
    proof: Option<String>,
    agreement: Option<String>,
    source: Option<SourceReport>,
}

#[derive(Serialize)]
struct BillReport {
    duty: Bounds,
    excise: Option<Bounds>,
    excise_parts: Vec<PartReport>,
    /// What the general tax is taken of, before rounding.
    vat_base: Bounds,
    vat: Option<Bounds>,
    total: Bounds,
}

#[derive(Serialize)]
struct PartReport {
    rate: String,
    base: Option<String>,
    quantity: Option<String>,
    /// The importer's money for one unit of the currency the rate is fixed in, if that is another.
    worth: Option<String>,
    amount: String,
}

#[derive(Serialize)]
struct SourceReport {
    title: String,
    edition: String,
    year: i32,
    found: String,
    nomenclature: String,
}

/// A key for a machine, a sentence for a person, and what the key is about.
#[derive(PartialEq, Serialize)]
pub(crate) struct Reason {
    key: &'static str,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    economy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
}

impl Report {
    /// With the answer to `claim`, if that was asked.
    pub(crate) fn new(
        data: &Data,
        tariff: &Tariff,
        shipment: &Shipment,
        stated_value: Stated,
        spread: &Spread,
        names: &Names,
        claim: Option<&ClaimQuestion>,
    ) -> Result<Self, Failure> {
        let schedule = &tariff.schedule;
        let label = |code| names.label(code).map(str::to_owned);
        let code = shipment.candidates().single();
        let case = |case| CaseReport::new(schedule, shipment, case, names, claim);
        Ok(Self {
            origin: shipment.origin().to_string(),
            importer: shipment.importer().to_string(),
            code: code.map(|code| code.to_string()),
            label: code.and_then(label),
            candidates: shipment
                .candidates()
                .iter()
                .map(|code| CandidateReport {
                    code: code.to_string(),
                    label: label(code),
                })
                .collect(),
            on: print_date(shipment.on()),
            value: Amount {
                amount: decimal(shipment.value().amount()),
                currency: shipment.value().currency().to_string(),
            },
            stated_value,
            quantities: shipment
                .quantities()
                .iter()
                .map(|quantity| Measure {
                    amount: decimal(quantity.amount()),
                    unit: quantity.unit().to_string(),
                })
                .collect(),
            settled: spread.single().is_some(),
            saving: spread.saving.map(Bounds::from),
            baseline_duty: spread.baseline_duty.map(Bounds::from),
            best_duty: spread.best_duty.map(Bounds::from),
            cases: spread.cases.iter().map(case).collect::<Result<_, AssessmentError>>()?,
            outlook: match spread.single() {
                Some(_) => prospects(schedule, shipment)?,
                None => Vec::new(),
            },
            partners: code
                .filter(|_| spread.single().is_some())
                .map(|code| PartnersReport::new(data, tariff, shipment, code))
                .transpose()?,
            edition: tariff.edition.clone(),
            engine: VERSION,
        })
    }
}

impl CaseReport {
    fn new(
        schedule: &Schedule,
        shipment: &Shipment,
        case: &Case,
        names: &Names,
        claim: Option<&ClaimQuestion>,
    ) -> Result<Self, AssessmentError> {
        let Case { choice, assessment } = case;
        let name = names.among(shipment.candidates(), choice.code);
        let Assessment {
            line,
            unit,
            baseline,
            best,
            saving,
            excise,
            vat,
            units,
            options,
            notes,
            ..
        } = assessment;
        let claim = claim.map(|claim| claim.answer(assessment)).transpose()?.flatten();
        Ok(Self {
            code: choice.code.to_string(),
            label: name.label,
            confirm: name.confirm,
            lines: schedule.lines_under(choice.code).map(|line| line.code().to_string()).collect(),
            line: line.to_string(),
            unit: unit.map(|unit| unit.to_string()),
            baseline: baseline.map(|regime| regime.key()),
            best: best.map(|regime| regime.key()),
            saving: saving.map(SavingReport::from),
            excise: TaxReport::from(excise),
            vat: TaxReport::from(vat),
            units: units.iter().map(ToString::to_string).collect(),
            missing_units: assessment.missing_units().iter().map(ToString::to_string).collect(),
            options: options
                .iter()
                .map(|option| OptionReport::new(schedule, shipment, assessment, option))
                .collect(),
            notes: notes.iter().map(|note| Reason::from(*note)).collect(),
            claim: claim.map(ClaimReport::from),
            crossings: Crossings::of(assessment, &shipment.with_candidates(choice.code)).map(CrossingsReport::from),
        })
    }
}

impl OptionReport {
    fn new(schedule: &Schedule, shipment: &Shipment, assessment: &Assessment, option: &RegimeOption) -> Self {
        let RegimeOption {
            regime,
            treatment,
            grade,
            standing,
            doubts,
        } = option;
        let agreement = schedule.agreement(*regime);
        let due = match standing {
            Standing::Lawful { due, .. } => Some(due),
            Standing::Refused(_) => None,
        };
        let evaluation = match due {
            Some(Due::Exact(evaluation)) => Some(evaluation),
            _ => None,
        };
        Self {
            regime: regime.key(),
            rate: treatment.to_string(),
            grade: grade.map(Grade::letter),
            lawful: due.is_some(),
            refusal: match standing {
                Standing::Refused(refusal) => Some(Reason::from(*refusal)),
                Standing::Lawful { .. } => None,
            },
            rank: option.rank().map(|rank| terms::rank(rank).0),
            due: due.and_then(Due::span).map(Bounds::from),
            missing: match due {
                Some(Due::Missing(shortfall)) => Some(Reason::from(*shortfall)),
                _ => None,
            },
            parts: evaluation
                .map(|evaluation| {
                    evaluation
                        .parts
                        .iter()
                        .map(|part| PartReport::new(part, assessment.currency))
                        .collect()
                })
                .unwrap_or_default(),
            unit_price: evaluation.and_then(|evaluation| evaluation.unit_price).map(|price| Measure {
                amount: decimal(price.price),
                unit: price.unit.to_string(),
            }),
            bill: option.bill().map(|bill| {
                let working = excise_working(schedule, shipment, assessment, option);
                BillReport::new(bill, working, assessment.currency)
            }),
            doubts: doubts.iter().map(|doubt| Reason::from(*doubt)).collect(),
            proof: agreement.map(|agreement: &Agreement| agreement.proof.clone()),
            agreement: agreement.map(|agreement| agreement.source.clone()),
            source: schedule.source(*regime, assessment.line).map(SourceReport::from),
        }
    }
}

impl From<Span> for Bounds {
    fn from(span: Span) -> Self {
        Self {
            least: decimal(span.least),
            most: decimal(span.most),
        }
    }
}

impl From<Saving> for SavingReport {
    fn from(saving: Saving) -> Self {
        Self {
            duty: saving.duty.into(),
            excise: saving.excise.map(Bounds::from),
            vat: saving.vat.map(Bounds::from),
            total: saving.total.into(),
        }
    }
}

impl From<&TaxRate> for TaxReport {
    fn from(tax: &TaxRate) -> Self {
        Self {
            rate: tax.treatment.to_string(),
            basis: match tax.basis {
                RateBasis::Line => "line",
                RateBasis::Standard => "standard",
                RateBasis::Stated => "stated",
                RateBasis::Nothing => "nothing",
            },
        }
    }
}

impl BillReport {
    fn new(bill: &Bill, working: Option<Evaluation>, currency: Currency) -> Self {
        let parts = working.map_or_else(Vec::new, |working| working.parts);
        Self {
            duty: bill.duty.into(),
            excise: bill.excise.map(Bounds::from),
            excise_parts: parts.iter().map(|part| PartReport::new(part, currency)).collect(),
            vat_base: bill.vat_base.into(),
            vat: bill.vat.map(Bounds::from),
            total: bill.total.into(),
        }
    }
}

impl PartReport {
    fn new(part: &Part, currency: Currency) -> Self {
        match part {
            Part::AdValorem { rate, base, amount } => Self {
                rate: rate.to_string(),
                base: Some(decimal(*base)),
                quantity: None,
                worth: None,
                amount: decimal(*amount),
            },
            Part::Specific {
                rate,
                quantity,
                worth,
                amount,
            } => Self {
                rate: rate.to_string(),
                base: None,
                quantity: Some(decimal(*quantity)),
                worth: (rate.currency != currency).then(|| decimal(*worth)),
                amount: decimal(*amount),
            },
        }
    }
}

impl From<&Source> for SourceReport {
    fn from(source: &Source) -> Self {
        let Source {
            title,
            edition,
            year,
            found,
            nomenclature,
        } = source.clone();
        Self {
            title,
            edition,
            year,
            found,
            nomenclature,
        }
    }
}

impl Reason {
    fn new((key, text): (&'static str, String)) -> Self {
        Self {
            key,
            text,
            economy: None,
            date: None,
            unit: None,
            currency: None,
            year: None,
        }
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        let reason = Self::new(terms::refusal(refusal));
        match refusal {
            Refusal::NotAMember(economy) => Self {
                economy: Some(economy.to_string()),
                ..reason
            },
            Refusal::NotYet(date) => Self {
                date: Some(print_date(date)),
                ..reason
            },
            _ => reason,
        }
    }
}

impl From<Shortfall> for Reason {
    fn from(shortfall: Shortfall) -> Self {
        let reason = Self::new(terms::shortfall(shortfall));
        match shortfall {
            Shortfall::Quantity(unit) => Self {
                unit: Some(unit.to_string()),
                ..reason
            },
            Shortfall::Currency(currency) => Self {
                currency: Some(currency.to_string()),
                ..reason
            },
            _ => reason,
        }
    }
}

impl From<Doubt> for Reason {
    fn from(doubt: Doubt) -> Self {
        let reason = Self::new(terms::doubt(doubt));
        match doubt {
            Doubt::Membership(economy) | Doubt::StatusMayHaveChanged(economy) => Self {
                economy: Some(economy.to_string()),
                ..reason
            },
            Doubt::TwoRates => reason,
            Doubt::RateOfYear(year) => Self {
                year: Some(year),
                ..reason
            },
        }
    }
}

impl From<Note> for Reason {
    fn from(note: Note) -> Self {
        let reason = Self::new(terms::note(note));
        match note {
            Note::RatesOfYear(year) => Self {
                year: Some(year),
                ..reason
            },
            _ => reason,
        }
    }
}

/// A text, so that no reader takes it for a binary fraction; zeros after the point stay as the engine rounded them.
pub(crate) fn decimal(amount: Decimal) -> String {
    amount.to_string()
}
