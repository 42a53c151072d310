//! How much of a tariff is known, and how well: counts for the page and the document about the data. Assesses nothing.

use crate::agreement::{Regime, Source};
use crate::economy::Economy;
use crate::schedule::{Column, ColumnKind, Schedule};
use crate::treatment::{Grade, Treatment};

/// What is known of one importer's tariff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Whose tariff.
    pub importer: Economy,
    /// How many lines it has.
    pub lines: usize,
    /// Each column.
    pub columns: Vec<ColumnSurvey>,
    /// Regimes whose rates the importer grants and no source at hand has.
    pub missing: Vec<Regime>,
}

/// What is known of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSurvey {
    /// Which.
    pub kind: ColumnKind,
    /// What it is made from.
    pub sources: Vec<Source>,
    /// Lines by what the column says of them.
    pub says: [(Saying, usize); Saying::ALL.len()],
    /// Lines with a duty or a range by the grade of its evidence.
    pub grades: [(Grade, usize); Grade::ALL.len()],
}

/// What a column can say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Nothing to pay.
    Free,
    /// A percentage of the value.
    Percentage,
    /// A duty by quantity, or one that has a part by quantity.
    ByQuantity,
    /// One duty within a quota, another outside it.
    Quota,
    /// A range.
    Range,
    /// No rate under the agreement.
    NoConcession,
    /// A rate that goods of this origin are refused.
    Excluded,
    /// Import is prohibited.
    Prohibited,
    /// Not known.
    Unknown,
}

impl Saying {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Free,
        Self::Percentage,
        Self::ByQuantity,
        Self::Quota,
        Self::Range,
        Self::NoConcession,
        Self::Excluded,
        Self::Prohibited,
        Self::Unknown,
    ];

    fn of(treatment: &Treatment) -> Self {
        match treatment {
            Treatment::Duty(duty) if duty.is_free() => Self::Free,
            Treatment::Duty(duty) if duty.units().is_empty() => Self::Percentage,
            Treatment::Duty(_) => Self::ByQuantity,
            Treatment::Quota { .. } => Self::Quota,
            Treatment::Range { .. } => Self::Range,
            Treatment::NoConcession => Self::NoConcession,
            Treatment::Excluded => Self::Excluded,
            Treatment::Prohibited => Self::Prohibited,
            Treatment::Unknown => Self::Unknown,
        }
    }

    /// Whether it leads to an amount, so that its evidence matters.
    fn is_rate(self) -> bool {
        matches!(self, Self::Free | Self::Percentage | Self::ByQuantity | Self::Quota | Self::Range)
    }
}

impl Survey {
    /// Counts what `schedule` says about goods of `origin` in a year.
    #[must_use]
    pub fn of(schedule: &Schedule, origin: Economy, year: i32) -> Self {
        let columns = schedule.columns();
        let has = |regime: &Regime| columns.iter().any(|column| column.kind == ColumnKind::Duty(*regime));
        let blanket = |regime: &Regime| schedule.agreement(*regime).is_some_and(|agreement| agreement.blanket.is_some());
        Self {
            importer: schedule.importer(),
            lines: schedule.lines().count(),
            columns: columns.iter().map(|column| ColumnSurvey::of(column, origin, year)).collect(),
            missing: Regime::ALL
                .iter()
                .copied()
                .filter(|regime| schedule.grants(*regime) && !has(regime) && !blanket(regime))
                .collect(),
        }
    }
}

impl ColumnSurvey {
    fn of(column: &Column, origin: Economy, year: i32) -> Self {
        let mut says = Saying::ALL.map(|saying| (saying, 0));
        let mut grades = Grade::ALL.map(|grade| (grade, 0));
        for cell in column.index.iter().filter_map(|position| column.cells.get(usize::from(*position))) {
            let saying = Saying::of(cell.treatment(origin, year));
            count(&mut says, saying);
            if saying.is_rate() {
                count(&mut grades, cell.grade());
            }
        }
        Self {
            kind: column.kind,
            sources: column.sources.clone(),
            says,
            grades,
        }
    }
}

fn count<K: PartialEq>(counts: &mut [(K, usize)], key: K) {
    if let Some((_, lines)) = counts.iter_mut().find(|(other, _)| *other == key) {
        *lines += 1;
    }
}
