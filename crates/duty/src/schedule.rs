//! The tariff of one importer: its lines, a column per regime and tax, and the agreements that open the columns.
//! Immutable and checked once; not a file format (see the crate `pack`) and not a decision (see [`crate::assess()`]).

use std::fmt;
use std::ops::Range;

use crate::agreement::{Agreement, Regime, Source};
use crate::economy::Economy;
use crate::hs::HsCode;
use crate::quantity::Unit;
use crate::shipment::check_pair;
use crate::tax::{NationalTax, Tax};
use crate::treatment::Cell;

/// What a column of the tariff table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColumnKind {
    /// The rates of a regime.
    Duty(Regime),
    /// The rates of a tax.
    Tax(Tax),
}

impl ColumnKind {
    /// The heading of the column in `data/tariffs`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Duty(regime) => regime.key(),
            Self::Tax(tax) => tax.key(),
        }
    }

    /// The column of that heading.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Regime::ALL
            .iter()
            .map(|regime| Self::Duty(*regime))
            .chain(Tax::ALL.map(Self::Tax))
            .find(|kind| kind.key() == key)
    }
}

/// Whether a line is the part of a product inside or outside its tariff quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotaSide {
    /// Imported with a quota certificate.
    Inside,
    /// Imported without.
    Outside,
}

/// One column: few distinct cells, and for each line which of them it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub kind: ColumnKind,
    /// Where it comes from; if there are several, a cell that names a year is from the source of that year, any other from the first.
    pub sources: Vec<Source>,
    /// The distinct cells.
    pub cells: Vec<Cell>,
    /// For each line the position of its cell in `cells`.
    pub index: Vec<u16>,
}

impl Column {
    /// Where a cell of the column comes from.
    #[must_use]
    pub fn source(&self, cell: &Cell) -> Option<&Source> {
        let of_year = |year| self.sources.iter().find(|source| source.year == year);
        cell.year().map_or_else(|| self.sources.first(), of_year)
    }

    /// The calendar year a cell's figure is of; `None` if it follows the years.
    #[must_use]
    pub fn year(&self, cell: &Cell) -> Option<i32> {
        self.source(cell).filter(|_| !cell.is_staged()).map(|source| source.year)
    }
}

/// What a [`Schedule`] is made of, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleParts {
    /// Whose tariff.
    pub importer: Economy,
    /// The codes of the lines, rising.
    pub codes: Vec<HsCode>,
    /// For each line the unit customs counts it in, if the tariff names one.
    pub units: Vec<Option<Unit>>,
    /// The lines that lie inside or outside a tariff quota.
    pub quotas: Vec<(HsCode, QuotaSide)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The agreements that concern the importer.
    pub agreements: Vec<Agreement>,
    /// Its taxes at import: names, and rates that are the same for every line.
    pub taxes: Vec<NationalTax>,
}

/// Why parts do not make a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Codes repeat, fall, or lie below one another.
    #[error("codes do not rise at line {0}")]
    Order(usize),
    /// A column or the units have another number of lines than there are codes.
    #[error("a column has {found} lines instead of {expected}")]
    Lines {
        /// How many codes there are.
        expected: usize,
        /// How many lines the column has.
        found: usize,
    },
    /// A line points at a cell that is not there.
    #[error("a cell of column {0} is missing")]
    Cell(&'static str),
    /// A cell names a year of which the column has no source, or the column has none at all.
    #[error("a cell of column {0} has no source")]
    Source(&'static str),
    /// A quota line is not in the tariff, or quota lines do not rise.
    #[error("{0} is not a line of the tariff")]
    Quota(HsCode),
}

/// The tariff of one importer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    parts: ScheduleParts,
    /// For each column and cell the first cell that treats a line like it: cells that differ only in the grade of their evidence are
    /// no reason to ask a person which line it is.
    alike: Vec<Vec<usize>>,
}

/// A line of a schedule.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    schedule: &'a Schedule,
    position: usize,
    code: HsCode,
    unit: Option<Unit>,
}

/// The lines of a tariff among which a person need not choose: every duty and tax on them is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The shortest code that names them and nothing else.
    pub code: HsCode,
    /// Their positions in the schedule.
    pub lines: Range<usize>,
}

/// The levels of a tariff at which a person chooses: heading, subheading, and what nations make of them.
const LEVELS: [u8; 4] = [4, 6, 8, 10];

impl Schedule {
    /// Checks the parts.
    ///
    /// # Errors
    /// [`ScheduleError`] names the first part that does not fit.
    pub fn new(parts: ScheduleParts) -> Result<Self, ScheduleError> {
        let expected = parts.codes.len();
        for (position, pair) in parts.codes.windows(2).enumerate() {
            if let [one, next] = pair
                && (one >= next || one.covers(*next))
            {
                return Err(ScheduleError::Order(position + 1));
            }
        }
        let lengths = parts.columns.iter().map(|column| column.index.len()).chain([parts.units.len()]);
        for found in lengths {
            if found != expected {
                return Err(ScheduleError::Lines { expected, found });
            }
        }
        for column in &parts.columns {
            if column.index.iter().any(|cell| usize::from(*cell) >= column.cells.len()) {
                return Err(ScheduleError::Cell(column.kind.key()));
            }
            if column.cells.iter().any(|cell| column.source(cell).is_none()) {
                return Err(ScheduleError::Source(column.kind.key()));
            }
        }
        for (position, (code, _)) in parts.quotas.iter().enumerate() {
            let rises = parts
                .quotas
                .get(..position)
                .and_then(<[_]>::last)
                .is_none_or(|(previous, _)| previous < code);
            if !rises || parts.codes.binary_search(code).is_err() {
                return Err(ScheduleError::Quota(*code));
            }
        }
        let origins: Vec<Economy> = Economy::ALL
            .into_iter()
            .filter(|origin| check_pair(*origin, parts.importer).is_ok())
            .collect();
        let alike = parts.columns.iter().map(|column| first_alike(&column.cells, &origins)).collect();
        Ok(Self { parts, alike })
    }

    /// What it is made of.
    #[must_use]
    pub fn parts(&self) -> &ScheduleParts {
        &self.parts
    }

    /// Whose tariff it is.
    #[must_use]
    pub fn importer(&self) -> Economy {
        self.parts.importer
    }

    /// Its columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.parts.columns
    }

    /// The column of that kind, if the importer has one.
    #[must_use]
    pub fn column(&self, kind: ColumnKind) -> Option<&Column> {
        self.parts.columns.iter().find(|column| column.kind == kind)
    }

    /// The agreement behind a regime, if the importer has one.
    #[must_use]
    pub fn agreement(&self, regime: Regime) -> Option<&Agreement> {
        self.parts.agreements.iter().find(|agreement| agreement.regime == regime)
    }

    /// Where the rate of a line under a regime comes from; `None` if the tariff has no column for it.
    #[must_use]
    pub fn source(&self, regime: Regime, code: HsCode) -> Option<&Source> {
        let kind = ColumnKind::Duty(regime);
        let line = self.lines_under(code).next()?;
        self.column(kind)?.source(line.cell(kind)?)
    }

    /// Whether the importer grants the rates of a regime to anybody.
    #[must_use]
    pub fn grants(&self, regime: Regime) -> bool {
        self.agreement(regime)
            .is_some_and(|agreement| agreement.grantor(self.importer()).is_some())
    }

    /// What the importer calls a tax, and its standard rate.
    #[must_use]
    pub fn national_tax(&self, tax: Tax) -> Option<&NationalTax> {
        self.parts.taxes.iter().find(|national| national.tax == tax)
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.parts.codes.len()).filter_map(|position| self.at(position))
    }

    /// The same tariff with fewer lines: those of ten digits that agree in everything become their common line of eight. China splits
    /// many lines for statistics and licences only; without them the tariff is a fifth smaller.
    #[must_use]
    pub fn merged(&self) -> Self {
        const NATIONAL: u8 = 8;
        let mut kept: Vec<usize> = Vec::new();
        let mut codes: Vec<HsCode> = Vec::new();
        let mut start = 0;
        while let Some(first) = self.at(start) {
            let parent = first.code().truncated(NATIONAL);
            let family = self.positions_under(parent);
            let end = family.end.max(start + 1);
            if family.len() > 1 && family.clone().all(|position| self.agree(start, position)) {
                kept.push(start);
                codes.push(parent);
            } else {
                kept.extend(start..end);
                codes.extend((start..end).filter_map(|position| Some(self.at(position)?.code())));
            }
            start = end;
        }
        let pick = |index: &[u16]| kept.iter().filter_map(|position| index.get(*position).copied()).collect();
        let parts = ScheduleParts {
            units: kept.iter().filter_map(|position| Some(self.at(*position)?.unit())).collect(),
            columns: self
                .parts
                .columns
                .iter()
                .map(|column| Column {
                    index: pick(&column.index),
                    ..column.clone()
                })
                .collect(),
            codes,
            ..self.parts.clone()
        };
        Self {
            parts,
            alike: self.alike.clone(),
        }
    }

    /// Whether two lines have the same cells, unit and quota.
    fn agree(&self, one: usize, other: usize) -> bool {
        let same = |column: &Column| column.index.get(one) == column.index.get(other);
        let rest = |position: usize| self.at(position).map(|line| (line.unit(), line.quota()));
        self.parts.columns.iter().all(same) && rest(one) == rest(other) && self.at(one).is_some_and(|line| line.quota().is_none())
    }

    /// The positions of the lines that are `code` or lie below it; the line above it, if the tariff is [`merged`](Self::merged) there.
    #[must_use]
    pub fn positions_under(&self, code: HsCode) -> Range<usize> {
        let codes = &self.parts.codes;
        let start = codes.partition_point(|line| *line < code);
        let below = codes.get(start..).unwrap_or_default();
        if below.first() == Some(&code) {
            // Lines do not lie below one another.
            return start..start + 1;
        }
        // A line shorter than the code cannot lie below it, so the lines below follow each other.
        let end = start + below.partition_point(|line| code.covers(*line));
        let above = start
            .checked_sub(1)
            .filter(|before| start == end && codes.get(*before).is_some_and(|line| line.covers(code)));
        above.map_or(start..end, |above| above..end)
    }

    /// The lines that are `code` or lie below it.
    pub fn lines_under(&self, code: HsCode) -> impl Iterator<Item = Line<'_>> {
        self.positions_under(code).filter_map(|position| self.at(position))
    }

    /// The line that stands for `code`: the line itself, or the first of several that do not differ in any duty or tax.
    /// `None` if the code is not in the tariff, or its lines differ.
    #[must_use]
    pub fn line(&self, code: HsCode) -> Option<Line<'_>> {
        let positions = self.positions_under(code);
        if positions.is_empty() || !self.is_uniform(&positions) {
            return None;
        }
        self.at(positions.start)
    }

    /// Among which lines under `code` a person has to choose, because duties or taxes differ: one choice if they do not.
    #[must_use]
    pub fn choices(&self, code: HsCode) -> Vec<Choice> {
        let mut choices = Vec::new();
        self.split(code, self.positions_under(code), &mut choices);
        choices
    }

    fn at(&self, position: usize) -> Option<Line<'_>> {
        let code = *self.parts.codes.get(position)?;
        let unit = *self.parts.units.get(position)?;
        Some(Line {
            schedule: self,
            position,
            code,
            unit,
        })
    }

    fn split(&self, code: HsCode, positions: Range<usize>, choices: &mut Vec<Choice>) {
        if positions.is_empty() {
            return;
        }
        let deeper = LEVELS.into_iter().find(|level| *level > code.digits());
        let Some(level) = deeper.filter(|_| !self.is_uniform(&positions)) else {
            choices.push(Choice { code, lines: positions });
            return;
        };
        let mut start = positions.start;
        while let Some(first) = self.parts.codes.get(start).filter(|_| start < positions.end) {
            let child = first.truncated(level);
            let length = self
                .parts
                .codes
                .get(start..positions.end)
                .unwrap_or_default()
                .partition_point(|line| child.covers(*line));
            let end = start + length.max(1);
            self.split(child, start..end, choices);
            start = end;
        }
    }

    /// Whether every duty, tax and quota is the same on all of these lines.
    fn is_uniform(&self, positions: &Range<usize>) -> bool {
        if positions.len() < 2 {
            return true;
        }
        let same_duty = self.parts.columns.iter().zip(&self.alike).all(|(column, alike)| {
            let mut classes = column
                .index
                .get(positions.clone())
                .unwrap_or_default()
                .iter()
                .map(|cell| alike.get(usize::from(*cell)));
            let first = classes.next();
            classes.all(|class| Some(class) == first)
        });
        let quota = |position: usize| self.at(position).and_then(Line::quota);
        same_duty && positions.clone().all(|position| quota(position) == quota(positions.start))
    }
}

/// There are few distinct cells, so that comparing each with the earlier ones costs less than sorting them.
fn first_alike(cells: &[Cell], origins: &[Economy]) -> Vec<usize> {
    let first = |cell: &Cell| cells.iter().position(|earlier| earlier.treats_like(cell, origins)).unwrap_or(0);
    cells.iter().map(first).collect()
}

impl<'a> Line<'a> {
    /// Its code.
    #[must_use]
    pub fn code(self) -> HsCode {
        self.code
    }

    /// The unit customs counts it in, if the tariff names one.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        self.unit
    }

    /// On which side of a tariff quota it lies, if there is one.
    #[must_use]
    pub fn quota(self) -> Option<QuotaSide> {
        let quotas = &self.schedule.parts.quotas;
        let position = quotas.binary_search_by_key(&self.code, |(code, _)| *code).ok()?;
        quotas.get(position).map(|(_, side)| *side)
    }

    /// Its cell in a column; `None` if the importer has no such column.
    #[must_use]
    pub fn cell(self, kind: ColumnKind) -> Option<&'a Cell> {
        self.figure(kind).map(|(_, cell)| cell)
    }

    /// A column with the cell of this line in it.
    pub(crate) fn figure(self, kind: ColumnKind) -> Option<(&'a Column, &'a Cell)> {
        let column = self.schedule.column(kind)?;
        Some((column, column.cells.get(usize::from(*column.index.get(self.position)?))?))
    }
}

impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({})", self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rice as China has it, and durians: in and out of quota, a line split for statistics only, and one with a weaker evidence.
    fn parts() -> ScheduleParts {
        let code = |text: &str| text.parse::<HsCode>().unwrap();
        let column = |kind: ColumnKind, cells: &[&str], index: &[u16]| Column {
            kind,
            sources: vec![Source {
                title: String::new(),
                edition: String::new(),
                year: 2026,
                found: String::new(),
                nomenclature: String::new(),
            }],
            cells: cells.iter().map(|cell| cell.parse().unwrap()).collect(),
            index: index.to_vec(),
        };
        ScheduleParts {
            importer: Economy::China,
            codes: ["0810600010", "0810600090", "1006302001", "1006302090", "1006308000", "1006309000"]
                .map(code)
                .to_vec(),
            units: vec![Some(Unit::Kilogram); 6],
            quotas: vec![(code("1006302001"), QuotaSide::Inside), (code("1006302090"), QuotaSide::Outside)],
            columns: vec![
                column(ColumnKind::Duty(Regime::Mfn), &["20%", "1%", "65%"], &[0, 0, 1, 2, 2, 2]),
                column(ColumnKind::Duty(Regime::Rcep), &["none", "none [B]"], &[0, 0, 0, 0, 0, 1]),
            ],
            agreements: Vec::new(),
            taxes: Vec::new(),
        }
    }

    fn choices(schedule: &Schedule, code: &str) -> Vec<String> {
        schedule
            .choices(code.parse().unwrap())
            .iter()
            .map(|choice| choice.code.to_string())
            .collect()
    }

    #[test]
    fn a_person_chooses_only_where_duties_differ() {
        let schedule = Schedule::new(parts()).unwrap();
        assert_eq!(choices(&schedule, "081060"), ["081060"]);
        // The last two differ in evidence alone, yet each is named, because the first differs from both.
        assert_eq!(choices(&schedule, "100630"), ["1006302001", "1006302090", "10063080", "10063090"]);
        assert_eq!(choices(&schedule, "1006"), ["1006302001", "1006302090", "10063080", "10063090"]);
        assert!(choices(&schedule, "0901").is_empty());
        assert!(schedule.line("100630".parse().unwrap()).is_none());
        assert!(schedule.line("081060".parse().unwrap()).is_some());
    }

    #[test]
    fn a_rate_refused_to_others_only_is_no_choice_to_ask_for() {
        let durians = |other: &str| {
            let mut parts = parts();
            parts.importer = Economy::VietNam;
            parts.columns[1].cells = vec!["0%".parse().unwrap(), other.parse().unwrap()];
            parts.columns[1].index = vec![0, 1, 0, 0, 0, 0];
            choices(&Schedule::new(parts).unwrap(), "081060")
        };
        assert_eq!(durians("0% except KH TH"), ["081060"], "only goods of China come to Viet Nam here");
        assert_eq!(durians("0% except CN"), ["0810600010", "0810600090"]);
    }

    #[test]
    fn a_cell_of_another_year_is_from_the_source_of_that_year() {
        let mut parts = parts();
        parts.columns[0].cells[1] = "1% [A 2025]".parse().unwrap();
        assert_eq!(Schedule::new(parts.clone()).unwrap_err(), ScheduleError::Source("mfn"));
        let older = Source {
            year: 2025,
            ..parts.columns[0].sources[0].clone()
        };
        parts.columns[0].sources.push(older);
        let schedule = Schedule::new(parts).unwrap();
        let column = &schedule.columns()[0];
        assert_eq!(
            column.cells.iter().map(|cell| column.year(cell)).collect::<Vec<_>>(),
            [Some(2026), Some(2025), Some(2026)]
        );
    }

    #[test]
    fn quota_sides_differ_even_at_the_same_rate() {
        let mut parts = parts();
        parts.columns[0].index = vec![0, 0, 2, 2, 2, 2];
        let schedule = Schedule::new(parts).unwrap();
        assert_eq!(choices(&schedule, "10063020"), ["1006302001", "1006302090"]);
    }

    #[test]
    fn merged_lines_answer_for_the_lines_they_replace() {
        let merged = Schedule::new(parts()).unwrap().merged();
        let codes: Vec<String> = merged.lines().map(|line| line.code().to_string()).collect();
        assert_eq!(codes, ["08106000", "1006302001", "1006302090", "1006308000", "1006309000"]);
        let line = merged.line("0810600090".parse().unwrap()).unwrap();
        assert_eq!(line.code().to_string(), "08106000");
        assert!(merged.line("0810610000".parse().unwrap()).is_none());
        assert_eq!(Schedule::new(merged.parts().clone()), Ok(merged));
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let refused = |change: fn(&mut ScheduleParts)| {
            let mut parts = parts();
            change(&mut parts);
            Schedule::new(parts).unwrap_err()
        };
        assert_eq!(refused(|parts| parts.codes.swap(0, 1)), ScheduleError::Order(1));
        assert_eq!(
            refused(|parts| parts.codes[0] = parts.codes[1].truncated(8)),
            ScheduleError::Order(1)
        );
        assert_eq!(
            refused(|parts| _ = parts.units.pop()),
            ScheduleError::Lines { expected: 6, found: 5 }
        );
        assert_eq!(refused(|parts| parts.columns[1].index[2] = 9), ScheduleError::Cell("rcep"));
        assert!(matches!(refused(|parts| parts.quotas.reverse()), ScheduleError::Quota(_)));
    }
}
