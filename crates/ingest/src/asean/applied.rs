//! ACFTA rates an importer reported as applied to goods of China, by subheading (UNCTAD TRAINS), carried to its lines of today.
//! Says how good each rate is; guesses none.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use duty::{Cell, Economy, Grade, HsCode, Percent, Treatment};

use super::wording::between;
use crate::correlation::{Correlation, subheading};
use crate::official::OfficialFile;
use crate::source_table::{Field, delimited};

/// What one importer reported.
pub(crate) struct AppliedRates {
    rates: BTreeMap<HsCode, Reported>,
    /// To the edition of the report, if it is not HS 2022.
    correlation: Option<Correlation>,
}

/// The rates on the national lines under one subheading.
#[derive(Clone, Copy)]
struct Reported {
    least: Percent,
    most: Percent,
    /// Whether every line has that agreement rate. Not so where some lines come in at MFN, or have a rate that is no percentage.
    every_line: bool,
}

impl AppliedRates {
    /// The rates that `importer` reported, in HS 2022 or, with a correlation to it, in an earlier edition.
    pub(crate) fn read(file: &OfficialFile, importer: Economy, correlation: Option<Correlation>) -> anyhow::Result<Self> {
        let nomenclature = if correlation.is_some() { "H5" } else { "H6" };
        let mut rates = BTreeMap::new();
        let columns = ["reporter", "nomen", "partner_code", "min_rate", "max_rate", "mfn_lines", "na_lines"];
        for record in delimited(file, "hs6", columns)? {
            let [reporter, nomen, partner, least, most, mfn_lines, na_lines] = &record.fields;
            if reporter.text() != importer.code() {
                continue;
            }
            for (field, expected) in [(nomen, nomenclature), (partner, "156")] {
                field.read(|text| (text == expected).then_some(()))?;
            }
            // Lines without a comparable figure: what all lines have is not known, so the subheading counts as not reported.
            if na_lines.text() != "0" {
                continue;
            }
            let code = record.key.read(|text| subheading(text).ok())?;
            let reported = Reported {
                least: rate(least)?,
                most: rate(most)?,
                every_line: mfn_lines.text() == "0",
            };
            if reported.most < reported.least || rates.insert(code, reported).is_some() {
                bail!(record.key.wrong("comes twice, or its highest rate is below the lowest"));
            }
        }
        if rates.is_empty() {
            bail!("{}: no rates of {importer}", file.path);
        }
        Ok(Self { rates, correlation })
    }

    /// The rate of a line: B if every line under its subheading has it, else C.
    pub(crate) fn cell(&self, line: HsCode) -> anyhow::Result<Cell> {
        let subheading = line.subheading();
        let codes: Vec<HsCode> = match &self.correlation {
            None => vec![subheading],
            Some(correlation) => correlation.behind(subheading).collect(),
        };
        let found: Vec<Reported> = codes.iter().filter_map(|code| self.rates.get(code).copied()).collect();
        if found.is_empty() {
            return Ok(Cell::constant(Treatment::Unknown, Grade::C));
        }
        let rates = between(found.iter().flat_map(|reported| [reported.least, reported.most])).context("no rate")?;
        let complete = found.len() == codes.len();
        let treatment = match rates {
            rates if complete => rates,
            // Goods of a subheading that was not reported may have no agreement rate.
            _ => Treatment::Range {
                least: found.iter().map(|reported| reported.least).min().context("no rate")?,
                most: None,
            },
        };
        let agreed = matches!(treatment, Treatment::Duty(_)) && found.iter().all(|reported| reported.every_line);
        Ok(Cell::constant(treatment, if agreed { Grade::B } else { Grade::C }))
    }
}

fn rate(field: &Field) -> anyhow::Result<Percent> {
    field.read(|text| super::wording::percent(&format!("{text}%")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "reporter,nomen,hs6,partner_code,min_rate,max_rate,mfn_lines,na_lines\n";

    fn rates(rows: &str, correlation: Option<&[(&str, &str)]>) -> anyhow::Result<AppliedRates> {
        let file = OfficialFile {
            path: "table.csv".to_owned(),
            bytes: format!("{HEADER}{rows}").into_bytes(),
        };
        let correlation = correlation.map(|pairs| {
            let pairs = pairs.iter().map(|(new, old)| (new.parse().unwrap(), old.parse().unwrap()));
            pairs.collect()
        });
        AppliedRates::read(&file, Economy::Thailand, correlation)
    }

    fn cell(rates: &AppliedRates, line: &str) -> String {
        rates.cell(line.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_rate_all_lines_share_is_better_than_a_range() {
        let rates = rates(
            "TH,H6,081060,156,0.00,0.00,0,0\nTH,H6,100630,156,0.00,27.00,0,0\nTH,H6,100640,156,5.00,5.00,1,0\n\
             TH,H6,121120,156,,,0,2\nID,H6,081060,156,5.00,5.00,0,0\n",
            None,
        )
        .unwrap();
        assert_eq!(cell(&rates, "08106000"), "0% [B]");
        assert_eq!(cell(&rates, "10063090"), "0%..27% [C]");
        assert_eq!(cell(&rates, "10064010"), "5% [C]", "some lines come in at MFN");
        assert_eq!(cell(&rates, "12112000"), "unknown [C]", "lines without a figure");
        assert_eq!(cell(&rates, "12113000"), "unknown [C]", "not reported");
    }

    #[test]
    fn a_report_in_an_earlier_edition_is_reached_by_the_correlation() {
        let pairs = [
            ("854141", "854140"),
            ("854142", "854140"),
            ("854142", "854190"),
            ("854143", "854140"),
            ("854143", "854150"),
            ("854149", "854150"),
        ];
        let rates = rates("TH,H5,854140,156,0.00,0.00,0,0\nTH,H5,854190,156,5.00,5.00,0,0\n", Some(&pairs)).unwrap();
        assert_eq!(cell(&rates, "85414100"), "0% [B]");
        assert_eq!(cell(&rates, "85414200"), "0%..5% [C]");
        assert_eq!(cell(&rates, "85414300"), "0%..none [C]");
        assert_eq!(cell(&rates, "85414900"), "unknown [C]");
    }

    #[test]
    fn another_partner_or_edition_stops() {
        for row in [
            "TH,H5,081060,156,0,0,0,0",
            "TH,H6,081060,410,0,0,0,0",
            "TH,H6,0810,156,0,0,0,0",
            "TH,H6,081060,156,5,0,0,0",
        ] {
            assert!(rates(row, None).is_err(), "{row}");
        }
        assert!(rates("", None).is_err());
    }
}
