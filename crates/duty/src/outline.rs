//! What a tariff charges below a code, in outline: from the lowest to the highest percentage over all its lines, without a certificate and
//! under CAFTA, and how many lines say something else. For finding the way through a tariff; it prices no shipment.

use rust_decimal::Decimal;
use time::Date;

use crate::agreement::Regime;
use crate::assess::assess;
use crate::assessment::{Assessment, Doubt, Due, Note, Refusal, RegimeOption, Standing};
use crate::economy::Economy;
use crate::evaluate::Shortfall;
use crate::expression::Percent;
use crate::hs::HsCode;
use crate::money::{Money, Span};
use crate::quantity::Quantities;
use crate::schedule::{Line, QuotaSide, Schedule};
use crate::shipment::{Shipment, ShipmentError};
use crate::treatment::Treatment;

/// What is charged on some lines of a tariff. The default is that of no line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// How many lines.
    pub lines: usize,
    /// What is charged without a certificate: the MFN rate, or the provisional rate in its place.
    pub without: Charges,
    /// What is charged under CAFTA.
    pub cafta: Charges,
}

/// What one regime charges on some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charges {
    /// The lowest and the highest duty in percent of the value, over the lines on which the value alone decides; `None` if there are none.
    pub percent: Option<(Percent, Percent)>,
    /// On how many lines the percentage is known only as a range.
    pub uncertain: usize,
    /// How many lines say something else or more, in the order of [`Remark`], each once.
    pub remarks: Vec<(Remark, usize)>,
    /// The earliest year whose figures stand in for those of the day asked for; `None` if none do.
    pub year: Option<i32>,
}

/// What a line says beside a percentage, or in place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// The duty depends on a quantity, or on a price for one.
    ByQuantity,
    /// The percentage, or the lower of two, is for goods within a tariff quota.
    InQuota,
    /// The regime charges nothing that is known, and why.
    Refused(Refusal),
}

impl Outline {
    /// What the lines below `code` charge on goods of `origin` on a day.
    ///
    /// # Errors
    /// [`ShipmentError`] if that is not trade between China and ASEAN.
    pub fn of(schedule: &Schedule, origin: Economy, on: Date, code: HsCode) -> Result<Self, ShipmentError> {
        let importer = schedule.importer();
        // Of a hundred, the amount is the percentage: so it is the engine that says which rate applies.
        let value = Money::hundred(importer.currency());
        let goods = Shipment::new(importer, origin, code, value, Quantities::none(), on)?;
        let mut outline = Self::default();
        for line in schedule.lines_under(code) {
            outline.add(&Self::of_line(schedule, &goods, line));
        }
        Ok(outline)
    }

    /// Takes in what other lines charge.
    pub fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.without.add(&other.without);
        self.cafta.add(&other.cafta);
    }

    fn of_line(schedule: &Schedule, goods: &Shipment, line: Line<'_>) -> Self {
        // The engine can fail on amounts alone, and those here are small.
        let Ok(assessment) = assess(schedule, &goods.with_candidates(line.code())) else {
            return Self {
                lines: 1,
                without: Charges::refused(Refusal::Unknown),
                cafta: Charges::refused(Refusal::Unknown),
            };
        };
        let year = |note: &Note| match note {
            Note::RatesOfYear(year) => Some(*year),
            _ => None,
        };
        let mut outline = Self {
            lines: 1,
            without: without_certificate(&assessment).map_or_else(|| Charges::refused(Refusal::Unknown), Charges::of),
            cafta: assessment
                .option(Regime::Acfta)
                .map_or_else(|| Charges::refused(Refusal::NoConcession), Charges::of),
        };
        outline.without.year = assessment.notes.iter().find_map(year);
        // China prints a line for each side of a quota. What CAFTA charges there, it charges on both.
        if line.quota() == Some(QuotaSide::Inside) && outline.without.percent.is_some() {
            outline.without.remark(Remark::InQuota, 1);
        }
        outline
    }
}

/// What is paid without a certificate, or else what the tariff says in place of an MFN rate.
fn without_certificate(assessment: &Assessment) -> Option<&RegimeOption> {
    let steps_aside = |option: &RegimeOption| {
        let standing = &option.standing;
        matches!(
            standing,
            Standing::Refused(Refusal::ReplacedByProvisional | Refusal::NoProvisionalRate)
        )
    };
    match assessment.baseline {
        Some(regime) => assessment.option(regime),
        None => assessment
            .options
            .iter()
            .find(|option| option.regime.is_mfn() && !steps_aside(option)),
    }
}

impl Charges {
    fn of(option: &RegimeOption) -> Self {
        let due = match &option.standing {
            Standing::Refused(refusal) => return Self::refused(*refusal),
            Standing::Lawful { due, .. } => due,
        };
        let mut charges = match due {
            Due::Exact(evaluation) => Self::percent(Span::exactly(evaluation.amount)),
            Due::Between(span) => Self::percent(*span),
            Due::Missing(Shortfall::Quantity(_) | Shortfall::Currency(_)) => Self::remarked(Remark::ByQuantity),
            Due::Missing(Shortfall::Baseline | Shortfall::Undefined | Shortfall::Overflow) => Self::refused(Refusal::Unknown),
        };
        let year = |doubt: &Doubt| match doubt {
            Doubt::RateOfYear(year) => Some(*year),
            _ => None,
        };
        charges.year = option.doubts.iter().find_map(year);
        match option.treatment {
            Treatment::Quota { .. } => charges.remark(Remark::InQuota, 1),
            Treatment::Range { .. } if charges.percent.is_some() => charges.uncertain = 1,
            _ => {}
        }
        charges
    }

    /// The amounts due on a value of a hundred.
    fn percent(amounts: Span) -> Self {
        let percent = |amount: Decimal| Percent::from_number(amount.normalize());
        Self {
            percent: Some((percent(amounts.least), percent(amounts.most))),
            ..Self::default()
        }
    }

    fn refused(refusal: Refusal) -> Self {
        Self::remarked(Remark::Refused(refusal))
    }

    fn remarked(remark: Remark) -> Self {
        Self {
            remarks: vec![(remark, 1)],
            ..Self::default()
        }
    }

    fn remark(&mut self, remark: Remark, lines: usize) {
        let place = self.remarks.partition_point(|(other, _)| *other < remark);
        match self.remarks.get_mut(place) {
            Some((other, count)) if *other == remark => *count += lines,
            _ => self.remarks.insert(place, (remark, lines)),
        }
    }

    fn add(&mut self, other: &Self) {
        self.percent = match (self.percent, other.percent) {
            (Some((least, most)), Some(other)) => Some((least.min(other.0), most.max(other.1))),
            (one, other) => one.or(other),
        };
        self.uncertain += other.uncertain;
        for (remark, lines) in &other.remarks {
            self.remark(*remark, *lines);
        }
        self.year = self.year.into_iter().chain(other.year).min();
    }
}
