//! `cafta lines`: the lines under a code among which one has to choose, each with its rates.

use duty::{Choice, ColumnKind, HsCode, Regime, Schedule};
use time::Date;

use crate::arguments::{Data, Lines, day_or_today};
use crate::failure::Failure;
use crate::names::Names;
use crate::table::{self, Align};

/// The rates shown beside each choice.
const SHOWN: [Regime; 4] = [Regime::Mfn, Regime::MfnProvisional, Regime::Acfta, Regime::Rcep];

impl Lines {
    /// A table with a row for each choice.
    pub(crate) fn answer(&self, data: &Data) -> Result<String, Failure> {
        let schedule = data.schedule(self.to)?;
        let names = Names::read(data, &self.lang, Some(self.to))?;
        let choices = schedule.choices(self.code);
        if choices.is_empty() {
            return Err(not_in_tariff(self.code, &schedule));
        }
        let on = day_or_today(self.on);
        let header = ["code", "mfn", "provisional", "acfta", "rcep", "label"].map(str::to_owned);
        let rows: Vec<[String; 6]> = [header]
            .into_iter()
            .chain(choices.iter().map(|choice| row(choice, &schedule, &names, on)))
            .collect();
        Ok(table::print([Align::Left; 6], &rows))
    }
}

/// The code is well formed, but this importer has no line of it.
pub(crate) fn not_in_tariff(code: HsCode, schedule: &Schedule) -> Failure {
    let heading = code.truncated(4);
    let advice = if schedule.positions_under(heading).is_empty() {
        "find a code with `cafta search`".to_owned()
    } else {
        format!("see `cafta lines {heading} --to {}`", schedule.importer())
    };
    Failure::NotFound(format!("{code} is not in the tariff of {}; {advice}", schedule.importer()))
}

fn row(choice: &Choice, schedule: &Schedule, names: &Names, on: Date) -> [String; 6] {
    let [mfn, provisional, acfta, rcep] = SHOWN.map(|regime| rate(choice, schedule, regime, on));
    let name = names.choice(choice.code);
    let confirm = if name.confirm {
        "  (confirm: the criterion is inferred)"
    } else {
        ""
    };
    [choice.code.to_string(), mfn, provisional, acfta, rcep, name.label + confirm]
}

/// What the column says of the choice in that year, open to whom it may be.
fn rate(choice: &Choice, schedule: &Schedule, regime: Regime, on: Date) -> String {
    let line = schedule.lines_under(choice.code).next();
    let cell = line.and_then(|line| line.cell(ColumnKind::Duty(regime)));
    cell.map_or_else(|| "none".to_owned(), |cell| cell.in_year(on.year()).to_string())
}
