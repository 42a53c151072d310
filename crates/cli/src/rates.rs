//! `cafta rates`: the whole tariff of an importer for one day, in the duty grammar, one row a tariff line.

use duty::{Cell, ColumnKind, Economy, Grade, Line, QuotaSide, Regime, Schedule, Tax, Treatment, check_pair};
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
    regimes.chain(Tax::ALL.map(ColumnKind::Tax))
}

/// Where the cells of a column come from.
struct Column<'a> {
    kind: ColumnKind,
    rates: ColumnRates<'a>,
    from: Option<Economy>,
}

enum ColumnRates<'a> {
    /// The agreement is not open to the origin, or not in force.
    Closed,
    /// The importer has the regime or the tax, and no source at hand says at which rates.
    Unknown,
    /// The same for every line.
    Same(&'a Treatment),
    /// The same for every line but those outside a tariff quota.
    Inside(&'a Treatment),
    /// As the tariff says.
    Tariff,
}

impl<'a> Column<'a> {
    fn new(schedule: &'a Schedule, kind: ColumnKind, from: Option<Economy>, on: Date) -> Self {
        let tariff = schedule.column(kind).map(|_| ColumnRates::Tariff);
        let rates = match kind {
            ColumnKind::Tax(tax) => tariff
                .or_else(|| Some(ColumnRates::Same(schedule.national_tax(tax)?.standard.as_ref()?)))
                .unwrap_or(ColumnRates::Unknown),
            ColumnKind::Duty(regime) if !is_open(schedule, regime, from, on) => ColumnRates::Closed,
            ColumnKind::Duty(regime) => match schedule.agreement(regime).and_then(|agreement| agreement.blanket.as_ref()) {
                Some(blanket) if blanket.outside_quota => ColumnRates::Same(&blanket.treatment),
                Some(blanket) => ColumnRates::Inside(&blanket.treatment),
                None if regime.is_mfn() => tariff.unwrap_or(ColumnRates::Closed),
                None => tariff.unwrap_or(ColumnRates::Unknown),
            },
        };
        Self { kind, rates, from }
    }

    fn text(&self, line: Line<'_>, year: i32) -> String {
        match self.rates {
            ColumnRates::Closed => NONE.to_owned(),
            ColumnRates::Unknown => Treatment::Unknown.to_string(),
            ColumnRates::Inside(_) if line.quota() == Some(QuotaSide::Outside) => NONE.to_owned(),
            ColumnRates::Same(treatment) | ColumnRates::Inside(treatment) => treatment.to_string(),
            ColumnRates::Tariff => line.cell(self.kind).map_or_else(|| NONE.to_owned(), |cell| self.cell(cell, year)),
        }
    }

    /// Without an origin, whose goods are refused the rate stays beside it.
    fn cell(&self, cell: &Cell, year: i32) -> String {
        match self.from {
            Some(origin) => cell.treatment(origin, year).to_string(),
            None => Cell::constant(cell.in_year(year).clone(), Grade::A)
                .except(cell.refused_to().iter().copied())
                .to_string(),
        }
    }
}

/// Whether importer and, if one is asked for, origin are members on that day.
fn is_open(schedule: &Schedule, regime: Regime, from: Option<Economy>, on: Date) -> bool {
    regime.is_mfn()
        || schedule.agreement(regime).is_some_and(|agreement| {
            let granted = agreement.grantor(schedule.importer()).is_some_and(|member| member.since <= on);
            granted && from.is_none_or(|origin| agreement.beneficiary(origin).is_some_and(|member| member.since <= on))
        })
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
