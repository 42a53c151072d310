//! Malaysia: lines of ten digits, and behind them the rows of its agreement schedules whose codes are no longer lines.

use std::collections::BTreeMap;

use duty::{Cell, DutyExpression, Economy, Grade, Percent, Treatment};
use tables::Tariff;

use super::draft::Draft;
use super::wording::{Reading, between, percent, unit};
use super::{ceilings, kcs, stated, workbook};
use crate::official::Official;
use crate::source_table::Field;

const TARIFF_QUOTA: &str = "관세할당";
const EXCISE: &str = "소비세율";
const SALES_TAX: &str = "부가세율";
/// ASEAN's own agreement.
const ATIGA: &str = "ATIGA";
/// How the tariff marks goods an agreement does not cover.
const NOT_OFFERED: &str = "N.O.";

/// Texts that name a duty the grammar has no place for: on the tobacco in the goods only, and a percentage or an amount without saying when.
const NOT_EXPRESSIBLE: [&str; 2] = ["RM 778.00 per kg of tobacco content", "10%/RM0.40 per litre"];

pub(crate) fn read(official: &Official<'_>) -> anyhow::Result<Tariff> {
    let importer = Economy::Malaysia;
    let reading = Reading::of(importer.currency());
    let acfta = ceilings(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep", "excise", "vat"]);
    let titles = [kcs::UNIT, kcs::MFN, TARIFF_QUOTA, kcs::RCEP, EXCISE, SALES_TAX, ATIGA];
    let (lines, others): (Vec<_>, Vec<_>) = kcs::undivided(&workbook(official, importer)?, titles)?
        .into_iter()
        .partition(|(_, [units, mfn, quota, ..])| ![units, mfn, quota].into_iter().all(Field::is_blank));
    let schedule = Schedule::read(others)?;
    for (code, [units, mfn, quota, rcep, excise, sales_tax, atiga]) in lines {
        let unit = units.read(unit)?;
        let reading = reading.per(unit);
        let mfn = reading.rate(if mfn.is_blank() { &quota } else { &mfn })?;
        let rcep = if rcep.is_blank() {
            schedule.cell(&code)
        } else {
            stated(reading.rate(&rcep)?)
        };
        let excise = tax(reading, &excise, Treatment::Duty(DutyExpression::FREE))?;
        let sales_tax = tax(reading, &sales_tax, Treatment::Unknown)?;
        let line = code.parse()?;
        // Drinks and arms, which no agreement of Malaysia covers: they are on no list of ACFTA, and yet hardly in its Normal Track.
        let acfta = match atiga.text() {
            NOT_OFFERED => ceiling_or_none(),
            _ => acfta.cell(line, &mfn),
        };
        draft.add(line, unit, [stated(mfn), acfta, rcep, stated(excise), stated(sales_tax)])?;
    }
    draft.finish()
}

fn ceiling_or_none() -> Cell {
    let treatment = Treatment::Range {
        least: Percent::ZERO,
        most: None,
    };
    Cell::constant(treatment, Grade::D)
}

fn tax(reading: Reading, field: &Field, blank: Treatment) -> anyhow::Result<Treatment> {
    field.read(|text| match text {
        "" => Some(blank),
        text if NOT_EXPRESSIBLE.contains(&text) => Some(Treatment::Unknown),
        text => reading.treatment(text),
    })
}

/// RCEP rates under codes that are no lines today, by their first eight digits: the schedule splits a line that the tariff does not split.
/// `None` for a rate that is no percentage.
struct Schedule(BTreeMap<String, Vec<Option<Percent>>>);

impl Schedule {
    fn read(rows: Vec<(String, [Field; 7])>) -> anyhow::Result<Self> {
        let mut rates: BTreeMap<String, Vec<Option<Percent>>> = BTreeMap::new();
        for (code, [_, _, _, rcep, excise, sales_tax, _]) in rows {
            for tax in [&excise, &sales_tax] {
                tax.read(|text| text.is_empty().then_some(()))?;
            }
            let rate = match rcep.is_blank() {
                true => None,
                false => {
                    Reading::of(Economy::Malaysia.currency())
                        .per(Some(duty::Unit::Kilogram))
                        .rate(&rcep)?;
                    percent(rcep.text())
                }
            };
            rates.entry(code.chars().take(8).collect()).or_default().push(rate);
        }
        Ok(Self(rates))
    }

    /// What the parts of the schedule under the line have in common; `unknown` if there are none, or not all of them have a percentage.
    fn cell(&self, line: &str) -> Cell {
        let parts = line.get(..8).and_then(|line| self.0.get(line));
        let rates: Option<Vec<Percent>> = parts.and_then(|parts| parts.iter().copied().collect());
        match rates.and_then(between) {
            None => stated(Treatment::Unknown),
            Some(range @ Treatment::Range { .. }) => Cell::constant(range, Grade::C),
            Some(rate) => Cell::constant(rate, Grade::B),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_table::tests::record;

    #[test]
    fn a_line_the_schedule_splits_has_the_rate_of_all_its_parts() {
        let rows = [
            ("0106110010", "0.0%"),
            ("0106110090", "0%"),
            ("0803909050", "5% and RM 1.30"),
            ("0803909090", "5%"),
            ("4404100010", "14.0%"),
            ("4404100090", "20.0%"),
            ("8543702000", ""),
        ];
        let rows = rows.map(|(code, rcep)| (code.to_owned(), record(code, ["", "", "", rcep, "", "", ""]).fields));
        let schedule = Schedule::read(rows.to_vec()).unwrap();
        for (line, expected) in [
            ("0106110000", "0% [B]"),
            ("4404100000", "14%..20% [C]"),
            ("0803909000", "unknown"),
            ("8543702000", "unknown"),
            ("0101210000", "unknown"),
        ] {
            assert_eq!(schedule.cell(line).to_string(), expected, "{line}");
        }
        assert!(Schedule::read(vec![("0106110010".to_owned(), record("", ["", "", "", "0%", "5%", "", ""]).fields)]).is_err());
    }

    #[test]
    fn taxes_without_a_text_are_nothing_or_not_known() {
        let read = |text: &str, blank| {
            let reading = Reading::of(Economy::Malaysia.currency());
            tax(reading, &record("2402", [text]).fields[0], blank).map(|treatment| treatment.to_string())
        };
        assert_eq!(read("", Treatment::Unknown).unwrap(), "unknown");
        assert_eq!(read("10%/0%", Treatment::Unknown).unwrap(), "0%..10%");
        assert_eq!(read("10%/RM0.40 per litre", Treatment::Unknown).unwrap(), "unknown");
        assert!(read("10%/RM0.50 per litre", Treatment::Unknown).is_err());
    }
}
