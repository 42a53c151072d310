//! `cafta rates`: the whole tariff of an importer for one day, in the duty grammar, one row a tariff line.

use duty::{Blanket, Cell, ColumnKind, Economy, Line, QuotaSide, Regime, Schedule, Tax, check_pair};
use time::Date;

use crate::arguments::{Data, Format, Rates, day_or_today};
use crate::failure::Failure;

/// What stands where a column has no rate.
const NONE: &str = "none";

impl Rates {
    /// The table with its header: `code`, a column for each regime in the order of [`Regime::ALL`], then the taxes.
    pub(crate) fn answer(&self, data: &Data) -> Result<String, Failure> {
        if let Some(from) = self.from {
            check_pair(from, self.to).map_err(|error| Failure::flag("--from and --to", error))?;
        }
        let schedule = data.schedule(self.to)?;
        let on = day_or_today(self.on);
        let columns: Vec<Column<'_>> = kinds().map(|kind| Column::new(&schedule, kind, self.from, on)).collect();
        match self.format {
            Format::Csv => csv(&schedule, &columns, on.year()),
        }
    }
}

fn kinds() -> impl Iterator<Item = ColumnKind> {
    let regimes = Regime::ALL.iter().map(|regime| ColumnKind::Duty(*regime));
    regimes.chain([ColumnKind::Tax(Tax::Consumption), ColumnKind::Tax(Tax::Vat)])
}

/// Where the cells of a column come from.
struct Column<'a> {
    kind: ColumnKind,
    rates: ColumnRates<'a>,
}

enum ColumnRates<'a> {
    /// The agreement is not open to the origin, or not in force.
    Closed,
    /// The same for every line.
    Blanket(&'a Blanket),
    /// As the tariff says.
    Tariff,
}

impl<'a> Column<'a> {
    fn new(schedule: &'a Schedule, kind: ColumnKind, from: Option<Economy>, on: Date) -> Self {
        let ColumnKind::Duty(regime) = kind else {
            return Self {
                kind,
                rates: ColumnRates::Tariff,
            };
        };
        let agreement = schedule.agreement(regime);
        let is_open = regime.is_mfn()
            || agreement.is_some_and(|agreement| {
                let granted = agreement.grantor(schedule.importer()).is_some_and(|member| member.since <= on);
                granted && from.is_none_or(|origin| agreement.beneficiary(origin).is_some_and(|member| member.since <= on))
            });
        let rates = match agreement.and_then(|agreement| agreement.blanket.as_ref()) {
            _ if !is_open => ColumnRates::Closed,
            Some(blanket) => ColumnRates::Blanket(blanket),
            None => ColumnRates::Tariff,
        };
        Self { kind, rates }
    }

    fn text(&self, line: Line<'_>, year: i32) -> String {
        let treatment = match self.rates {
            ColumnRates::Closed => None,
            ColumnRates::Blanket(blanket) => {
                Some(&blanket.treatment).filter(|_| blanket.outside_quota || line.quota() != Some(QuotaSide::Outside))
            }
            ColumnRates::Tariff => line.cell(self.kind).map(|cell: &Cell| cell.in_year(year)),
        };
        treatment.map_or_else(|| NONE.to_owned(), ToString::to_string)
    }
}

fn csv(schedule: &Schedule, columns: &[Column<'_>], year: i32) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["code"].into_iter().chain(columns.iter().map(|column| column.kind.key())))?;
    for line in schedule.lines() {
        writer.write_record(
            [line.code().to_string()]
                .into_iter()
                .chain(columns.iter().map(|column| column.text(line, year))),
        )?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
