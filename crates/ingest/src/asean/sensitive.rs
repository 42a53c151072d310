//! The ceilings that ACFTA sets on an importer's rates: its Sensitive and Highly Sensitive Lists, and the Normal Track for all other goods.
//! Not the rates the importer applies: those may be lower.

use std::collections::BTreeMap;

use anyhow::bail;
use duty::{Cell, DutyExpression, Economy, Grade, HsCode, Percent, Treatment};

use super::wording::{between, percent};
use crate::correlation::{Correlation, subheading};
use crate::official::OfficialFile;
use crate::source_table::delimited;

/// The highest rate of the Sensitive List since 2018 (Cambodia, Lao PDR, Myanmar and Viet Nam: 2020).
const SENSITIVE: &str = "5%";
/// The highest rate of the Highly Sensitive List since 2015 (2018).
const HIGHLY_SENSITIVE: &str = "50%";

/// Codes that HS 2002 does not have, as the lists print them, and those it has for the goods.
const OTHER_CODES: [(Economy, &str, &[&str]); 3] = [
    // A misprint: the rows name lines of 8703.23 in their text.
    (Economy::Malaysia, "870223", &["870323"]),
    // The title of a group of two subheadings, printed as if it were one.
    (Economy::Cambodia, "400910", &["400911", "400912"]),
    (Economy::Cambodia, "400920", &["400921", "400922"]),
];

/// The ceilings on the rates of one importer.
pub(crate) struct Ceilings {
    /// By subheading of HS 2002; the Normal Track, at 0 %, is not written out.
    listed: BTreeMap<HsCode, Percent>,
    correlation: Correlation,
}

impl Ceilings {
    /// The lists of `importer`, with the correlation of HS 2022 to HS 2002.
    pub(crate) fn read(file: &OfficialFile, importer: Economy, correlation: Correlation) -> anyhow::Result<Self> {
        let mut listed: BTreeMap<HsCode, Percent> = BTreeMap::new();
        for record in delimited(file, "hs6", ["party", "list"])? {
            let [party, list] = &record.fields;
            if party.text() != importer.code() {
                continue;
            }
            let ceiling = list.read(|text| match text {
                "SL" => percent(SENSITIVE),
                "HSL" => percent(HIGHLY_SENSITIVE),
                _ => None,
            })?;
            let printed = record.key.text();
            let other = OTHER_CODES.iter().find(|(of, code, _)| *of == importer && *code == printed);
            for text in other.map_or(&[printed][..], |(_, _, codes)| *codes) {
                let code = subheading(text)?;
                if !correlation.knows(code) {
                    bail!(record.key.wrong("is not a subheading of HS 2002"));
                }
                let highest = listed.entry(code).or_insert(ceiling);
                *highest = ceiling.max(*highest);
            }
        }
        if listed.is_empty() {
            bail!("{}: no list of {importer}", file.path);
        }
        Ok(Self { listed, correlation })
    }

    /// From 0 % to the highest ceiling on goods of the line, and never above its MFN rate. The lists name subheadings or parts of them,
    /// so a lower rate is always possible.
    pub(crate) fn cell(&self, line: HsCode, mfn: &Treatment) -> Cell {
        let behind = self.correlation.behind(line.subheading());
        let ceiling = behind
            .filter_map(|code| self.listed.get(&code))
            .max()
            .copied()
            .unwrap_or(Percent::ZERO);
        let most = match mfn {
            Treatment::Duty(DutyExpression::AdValorem(mfn)) => ceiling.min(*mfn),
            _ => ceiling,
        };
        let treatment = between([Percent::ZERO, most]).unwrap_or(Treatment::Unknown);
        Cell::constant(treatment, Grade::D)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ceilings(rows: &str) -> anyhow::Result<Ceilings> {
        let file = OfficialFile {
            path: "lists.csv".to_owned(),
            bytes: format!("party,list,hs6\n{rows}").into_bytes(),
        };
        let pairs = [
            ("252310", "252310"),
            ("853951", "853950"),
            ("853951", "853990"),
            ("870323", "870323"),
            ("010121", "010110"),
        ];
        let correlation = pairs
            .iter()
            .map(|(new, old)| (new.parse().unwrap(), old.parse().unwrap()))
            .collect();
        Ceilings::read(&file, Economy::Malaysia, correlation)
    }

    #[test]
    fn the_ceiling_is_that_of_the_strictest_list_and_never_above_mfn() {
        let ceilings = ceilings("MY,SL,252310\nMY,SL,853950\nMY,HSL,853990\nMY,SL,870223\nKH,HSL,010110\n").unwrap();
        let cell = |line: &str, mfn: &str| ceilings.cell(line.parse().unwrap(), &mfn.parse().unwrap()).to_string();
        assert_eq!(cell("0101210000", "20%"), "0% [D]", "Normal Track");
        assert_eq!(cell("2523100000", "20%"), "0%..5% [D]");
        assert_eq!(cell("2523100000", "3%"), "0%..3% [D]");
        assert_eq!(cell("2523100000", "0%"), "0% [D]");
        assert_eq!(cell("8539510000", "60%"), "0%..50% [D]");
        assert_eq!(cell("8539510000", "5% + 2 MYR/kg"), "0%..50% [D]", "no percentage to compare with");
        assert_eq!(cell("8703230000", "30%"), "0%..5% [D]", "the misprint 8702.23");
    }

    #[test]
    fn an_unknown_list_or_code_stops() {
        for rows in ["MY,NT,252310\n", "MY,SL,999999\n", "KH,SL,252310\n"] {
            assert!(ceilings(rows).is_err(), "{rows}");
        }
    }
}
