//! Thailand: a line of eight digits, below which each column is split in its own way. 01 to 29 are parts with MFN rates, 51 to 55 parts
//! with RCEP rates, other numbers parts that only matter to rates of other agreements. These parts cross each other: none of one kind
//! lies below one of another.

use std::collections::BTreeMap;

use anyhow::bail;
use duty::{Cell, DutyExpression, Economy, Grade, Treatment};
use tables::Tariff;

use super::draft::Draft;
use super::wording::{Reading, between, percent};
use super::{applied, kcs, stated, workbook};
use crate::official::Official;
use crate::source_table::Field;

const RCEP: &str = "RECP";
/// The rate that no announcement may exceed.
const CEILING: &str = "상한세율";

/// Parts printed under the number a line had in AHTN 2017; they follow the line of today directly.
const RENUMBERED: [(&str, &str); 1] = [("39072090", "39072990")];

/// Numbers without a line of their own: a misprint of 3823.19.11 with a part for another agreement only, and two lines of AHTN 2017 that
/// are part of 7211.19.99 today, which has the same rates.
const NO_LINE: [&str; 3] = ["38231910", "72111992", "72111993"];

/// A line of eight digits with its parts.
#[derive(Default)]
struct Family {
    own: Option<Rates>,
    parts: BTreeMap<String, Rates>,
}

struct Rates {
    mfn: Field,
    rcep: Field,
    ceiling: Field,
}

pub(crate) fn read(official: &Official<'_>) -> anyhow::Result<Tariff> {
    let importer = Economy::Thailand;
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep"]);
    for (code, family) in families(kcs::lines(&workbook(official, importer)?, [kcs::MFN, RCEP, CEILING])?)? {
        for (line, mfn) in family.lines(&code)? {
            let line = line.parse()?;
            draft.add(line, None, [stated(mfn), acfta.cell(line)?, family.rcep()?])?;
        }
    }
    draft.finish()
}

fn families(lines: BTreeMap<String, [Field; 3]>) -> anyhow::Result<BTreeMap<String, Family>> {
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    for (code, [mfn, rcep, ceiling]) in lines {
        let rates = Rates { mfn, rcep, ceiling };
        let (line, part) = code.split_at_checked(8).unwrap_or((&code, ""));
        if NO_LINE.contains(&line) {
            continue;
        }
        let line = RENUMBERED.iter().find(|(old, _)| *old == line).map_or(line, |(_, new)| *new);
        let family = families.entry(line.to_owned()).or_default();
        if part.is_empty() {
            family.own = Some(rates);
        } else {
            family.parts.insert(part.to_owned(), rates);
        }
    }
    if let Some((code, _)) = families.iter().find(|(_, family)| family.own.is_none()) {
        bail!("the line {code} has parts and no row of its own");
    }
    Ok(families)
}

impl Family {
    /// The lines and their MFN rates: the parts that have one, or the line itself.
    fn lines(&self, code: &str) -> anyhow::Result<Vec<(String, Treatment)>> {
        let reading = Reading::of(Economy::Thailand.currency());
        let parts = self.parts.iter().filter(|(_, part)| !part.mfn.is_blank());
        let parts: Vec<(String, Treatment)> = parts
            .map(|(part, rates)| Ok((format!("{code}{part}"), reading.rate(&rates.mfn)?)))
            .collect::<anyhow::Result<_>>()?;
        if !parts.is_empty() {
            return Ok(parts);
        }
        let mfn = match &self.own {
            Some(own) if !own.mfn.is_blank() => reading.rate(&own.mfn)?,
            // No rate is printed; a ceiling of nothing leaves only one.
            Some(own) if own.ceiling.text() == "Free" => Treatment::Duty(DutyExpression::FREE),
            _ => Treatment::Unknown,
        };
        Ok(vec![(code.to_owned(), mfn)])
    }

    /// The RCEP rate of all lines of the family: that of the line, or what its parts have in common. A few lines have other rates for
    /// some Parties, and the source does not say which: never better than B.
    fn rcep(&self) -> anyhow::Result<Cell> {
        let reading = Reading::of(Economy::Thailand.currency());
        if let Some(own) = self.own.as_ref().filter(|own| !own.rcep.is_blank()) {
            return Ok(Cell::constant(reading.rate(&own.rcep)?, Grade::B));
        }
        let parts = self.parts.values().filter(|part| !part.rcep.is_blank());
        let rates = parts
            .map(|part| {
                if !part.mfn.is_blank() {
                    bail!(part.rcep.wrong("is the RCEP rate of a part with an MFN rate"));
                }
                part.rcep
                    .read(|text| percent(text).or_else(|| (text == "Exempted").then_some(duty::Percent::ZERO)))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let rate = between(rates).unwrap_or(Treatment::Unknown);
        let grade = if matches!(rate, Treatment::Range { .. }) {
            Grade::C
        } else {
            Grade::B
        };
        Ok(Cell::constant(rate, grade))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_table::tests::record;

    /// Code, MFN, RCEP and ceiling.
    fn read(rows: &[(&str, &str, &str, &str)]) -> anyhow::Result<Vec<String>> {
        let lines = rows
            .iter()
            .map(|(code, mfn, rcep, ceiling)| ((*code).to_owned(), record(code, [mfn, rcep, ceiling]).fields));
        let mut texts = Vec::new();
        for (code, family) in families(lines.collect())? {
            for (line, mfn) in family.lines(&code)? {
                texts.push(format!("{line} {mfn}, {}", family.rcep()?));
            }
        }
        Ok(texts)
    }

    #[test]
    fn parts_with_mfn_rates_are_the_lines_and_inherit_the_rcep_rate() {
        let lines = read(&[
            ("01061100", "", "Exempted", "40%"),
            ("0106110001", "Exempted", "", ""),
            ("0106110029", "30%", "", ""),
            ("0106110089", "", "", ""),
        ]);
        assert_eq!(lines.unwrap(), ["0106110001 0%, 0% [B]", "0106110029 30%, 0% [B]"]);
    }

    #[test]
    fn parts_with_rcep_rates_give_a_range_to_the_line() {
        let lines = read(&[
            ("02061000", "30%", "", "60%"),
            ("0206100050", "", "", ""),
            ("16010010", "30%", "", "60%"),
            ("1601001051", "", "3.5%", ""),
            ("1601001055", "", "Exempted", ""),
        ]);
        assert_eq!(lines.unwrap(), ["02061000 30%, unknown [B]", "16010010 30%, 0%..3.5% [C]"]);
    }

    #[test]
    fn a_line_without_an_mfn_rate_is_free_only_under_a_ceiling_of_nothing() {
        let lines = read(&[("01022100", "", "Free", "Free"), ("04011010", "", "", "40%")]);
        assert_eq!(lines.unwrap(), ["01022100 0%, 0% [B]", "04011010 unknown, unknown [B]"]);
    }

    #[test]
    fn parts_of_a_number_that_is_no_line_are_moved_or_left_out() {
        let lines = read(&[
            ("3823191050", "", "", ""),
            ("39072990", "", "Exempted", "30%"),
            ("3907209001", "Exempted", "", ""),
            ("7211199201", "1%", "", ""),
        ]);
        assert_eq!(lines.unwrap(), ["3907299001 0%, 0% [B]"]);
        assert!(read(&[("0106110001", "Exempted", "", "")]).is_err());
    }
}
