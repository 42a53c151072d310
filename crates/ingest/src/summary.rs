//! What an importer counted, for the person who runs it. Nothing of it is stored.

use std::collections::BTreeMap;
use std::fmt;

use duty::{DutyExpression, Grade, HsCode, Treatment};
use tables::Tariff;

use crate::rcep::{Found, Join};

/// Kinds of cells, in the order of the printed table.
const KINDS: [&str; 5] = ["percent", "other duty", "range", "none", "unknown"];

/// Counts of one table.
#[derive(Default)]
pub(crate) struct Summary {
    rows: usize,
    columns: Vec<(String, BTreeMap<&'static str, usize>)>,
    /// Of the columns that have another grade than A.
    grades: Vec<(String, BTreeMap<Grade, usize>)>,
    joins: BTreeMap<Found, Vec<HsCode>>,
}

impl Summary {
    pub(crate) fn count_join(&mut self, line: HsCode, join: &Join) {
        self.joins.entry(join.found).or_default().push(line);
    }

    pub(crate) fn count_cells(&mut self, tariff: &Tariff, year: i32) {
        self.rows = tariff.rows.len();
        for (position, column) in tariff.columns.iter().enumerate() {
            let mut counts = BTreeMap::new();
            let mut grades: BTreeMap<Grade, usize> = BTreeMap::new();
            for cell in tariff.rows.iter().filter_map(|row| row.cells.get(position)) {
                *counts.entry(kind(cell.in_year(year))).or_default() += 1;
                *grades.entry(cell.grade()).or_default() += 1;
            }
            self.columns.push((column.clone(), counts));
            if grades.keys().any(|grade| *grade != Grade::A) {
                self.grades.push((column.clone(), grades));
            }
        }
    }

    fn joined(&self, found: Found) -> &[HsCode] {
        self.joins.get(&found).map_or(&[], Vec::as_slice)
    }
}

fn list(codes: &[HsCode]) -> String {
    let codes: Vec<String> = codes.iter().map(HsCode::to_string).collect();
    codes.join(", ")
}

fn kind(treatment: &Treatment) -> &'static str {
    match treatment {
        Treatment::Duty(DutyExpression::AdValorem(_)) => "percent",
        Treatment::Duty(_) | Treatment::Quota { .. } => "other duty",
        Treatment::Range { .. } => "range",
        Treatment::NoConcession | Treatment::Excluded | Treatment::Prohibited => "none",
        Treatment::Unknown => "unknown",
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows\n{:16}", self.rows, "")?;
        for kind in KINDS {
            write!(f, "{kind:>12}")?;
        }
        for (column, counts) in &self.columns {
            write!(f, "\n{column:16}")?;
            for kind in KINDS {
                write!(f, "{:>12}", counts.get(kind).unwrap_or(&0))?;
            }
        }
        for (column, counts) in &self.grades {
            let counts: Vec<String> = counts.iter().map(|(grade, count)| format!("{count} grade {grade}")).collect();
            write!(f, "\n{column}: {}", counts.join(", "))?;
        }
        if self.joins.is_empty() {
            return Ok(());
        }
        let [alone, beside] = [false, true].map(|beside_others| self.joined(Found::Direct { beside_others }).len());
        write!(f, "\nRCEP by eight-digit line: {} grade A", alone + beside)?;
        write!(f, " ({beside} of them beside goods from other subheadings with other rates)")?;
        write!(
            f,
            ", {} grade B, {} grade C",
            self.joined(Found::Agreed).len(),
            self.joined(Found::Differing).len()
        )?;
        write!(
            f,
            "\nunknown because the schedule has no line: {}",
            list(self.joined(Found::Nothing))
        )?;
        write!(
            f,
            "\nunknown because the MFN rate contradicts the correlation: {}",
            list(self.joined(Found::Contradicted))
        )
    }
}
