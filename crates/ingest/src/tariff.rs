//! China's tariff file of a year: ten-digit rows with Chinese texts, into cells. Not RCEP, whose rates stand in a schedule of their own.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use duty::{Cell, Grade, HsCode, Treatment, Unit};
use serde::Deserialize;

use crate::chinese;
use crate::official::OfficialFile;

/// One row of the tariff.
pub(crate) struct Line {
    pub(crate) code: HsCode,
    /// Its Chinese name: read here to tell lines apart, never written to `data/`.
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) mfn: Cell,
    mfn_provisional: Cell,
    general: Cell,
    acfta: Cell,
    china_cambodia: Cell,
    china_singapore: Cell,
    excise: Cell,
    vat: Cell,
}

impl Line {
    /// Its cells in the order of [`crate::COLUMNS`].
    pub(crate) fn cells(&self, rcep: Cell) -> Vec<Cell> {
        let [mfn, mfn_provisional, general, acfta] = [&self.mfn, &self.mfn_provisional, &self.general, &self.acfta].map(Cell::clone);
        let [china_cambodia, china_singapore] = [&self.china_cambodia, &self.china_singapore].map(Cell::clone);
        let [excise, vat] = [&self.excise, &self.vat].map(Cell::clone);
        vec![
            mfn,
            mfn_provisional,
            general,
            acfta,
            rcep,
            china_cambodia,
            china_singapore,
            excise,
            vat,
        ]
    }
}

/// A row as the file has it; what the calculator does not need (supervision codes, inspection, export tax) is not read.
#[derive(Deserialize)]
struct SourceRow {
    code: String,
    name: String,
    /// MFN.
    t1: String,
    /// Provisional MFN; empty where there is none.
    t2: String,
    /// General: for origins without MFN treatment.
    t3: String,
    /// Agreements, as tags with a rate in percent; an empty tag grants none.
    t4: String,
    /// Consumption tax.
    t5: String,
    /// Value added tax.
    t6: String,
    /// Statistical unit.
    u: String,
}

#[derive(Deserialize)]
struct Version {
    total: usize,
}

/// Reads all parts of the tariff, in the order of the codes.
pub(crate) fn read(files: &[OfficialFile]) -> anyhow::Result<Vec<Line>> {
    let mut lines = BTreeMap::new();
    let mut total = None;
    for file in files {
        let unreadable = || format!("{} is not in the form of the tariff file", file.path);
        if file.path.ends_with("version.json") {
            total = Some(serde_json::from_slice::<Version>(&file.bytes).with_context(unreadable)?.total);
            continue;
        }
        for row in serde_json::from_slice::<Vec<SourceRow>>(&file.bytes).with_context(unreadable)? {
            let line = row.line().with_context(|| format!("{}, row {}", file.path, row.code))?;
            if lines.insert(line.code, line).is_some() {
                bail!("{}, row {}: the code comes twice", file.path, row.code);
            }
        }
    }
    match total {
        Some(total) if total == lines.len() => Ok(lines.into_values().collect()),
        _ => bail!("the tariff has {} rows; its version.json says {total:?}", lines.len()),
    }
}

impl SourceRow {
    fn line(&self) -> anyhow::Result<Line> {
        let code: HsCode = self.code.parse().context("column code")?;
        if self.code.len() != 10 || code.digits() != 10 {
            bail!("column code: ten digits are expected");
        }
        let unit = chinese::unit(&self.u).with_context(|| format!("column u: {:?} is not a known unit", self.u))?;
        let rate = |column: &str, text: &str, empty: Treatment| cell(text, unit, empty).with_context(|| format!("column {column}"));
        Ok(Line {
            code,
            name: self.name.trim().to_owned(),
            unit,
            mfn: rate("t1", &self.t1, Treatment::Unknown)?,
            mfn_provisional: rate("t2", &self.t2, Treatment::NoConcession)?,
            general: rate("t3", &self.t3, Treatment::Unknown)?,
            acfta: self.agreement("东盟", unit)?,
            china_cambodia: self.agreement("柬埔寨", unit)?,
            china_singapore: self.agreement("新加坡", unit)?,
            excise: cell(&self.t5, self.price_unit(unit), Treatment::Unknown).context("column t5")?,
            vat: rate("t6", &self.t6, Treatment::Unknown)?,
        })
    }

    /// The rate in the tag of an agreement: `<东盟>0</东盟>` is 0 %, `<东盟></东盟>` no concession.
    fn agreement(&self, tag: &str, unit: Unit) -> anyhow::Result<Cell> {
        let rest = self.t4.split_once(&format!("<{tag}>")).map(|(_, rest)| rest);
        let rate = rest.and_then(|rest| rest.split_once(&format!("</{tag}>"))).map(|(rate, _)| rate);
        let rate = rate.with_context(|| format!("column t4: no tag <{tag}> in {:?}", self.t4))?;
        let text = if rate.is_empty() { String::new() } else { format!("{rate}%") };
        cell(&text, unit, Treatment::NoConcession).with_context(|| format!("column t4, tag <{tag}>"))
    }

    /// The unit whose price decides on the consumption tax. For cosmetics put up in sheets the bound is per sheet (片, 张), although their
    /// quantity is declared in kilograms: 15 yuan a kilogram would tax nearly everything. Cosmetics put up by volume stay in kilograms:
    /// customs counts a litre as one (GACC Announcement 55 of 2016).
    fn price_unit(&self, unit: Unit) -> Unit {
        if self.name.contains("规格为“片”或“张”") {
            Unit::Piece
        } else {
            unit
        }
    }
}

fn cell(text: &str, priced_by: Unit, empty: Treatment) -> anyhow::Result<Cell> {
    let treatment = match text {
        "" => empty,
        _ => Treatment::Duty(chinese::duty(text, priced_by).with_context(|| format!("{text:?} has no known form"))?),
    };
    Ok(Cell::constant(treatment, Grade::A))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row with the fields that matter to a test.
    pub(crate) fn line(code: &str, name: &str, mfn: &str) -> Line {
        source_row(code, name, mfn).line().unwrap()
    }

    fn source_row(code: &str, name: &str, mfn: &str) -> SourceRow {
        SourceRow {
            code: code.to_owned(),
            name: name.to_owned(),
            t1: mfn.to_owned(),
            t2: String::new(),
            t3: "50%".to_owned(),
            t4: "<新加坡></新加坡><柬埔寨>7.5</柬埔寨><东盟>0</东盟>".to_owned(),
            t5: "0%".to_owned(),
            t6: "13%".to_owned(),
            u: "千克".to_owned(),
        }
    }

    #[test]
    fn an_empty_text_means_what_its_column_says() {
        let cells = line("5201000080", "棉花", "").cells("2022: 0%".parse().unwrap());
        let texts: Vec<String> = cells.iter().map(Cell::to_string).collect();
        assert_eq!(texts, ["unknown", "none", "50%", "0%", "2022: 0%", "7.5%", "none", "0%", "13%"]);
    }

    #[test]
    fn cosmetics_in_sheets_are_taxed_by_the_price_of_a_sheet() {
        let text = "完税价大于等于15元：15%，完税价小于15元：0。".to_owned();
        let sheet = SourceRow {
            t5: text.clone(),
            ..source_row("3304990049", "包装标注规格为“片”或“张”的其他护肤品", "1%")
        };
        assert_eq!(sheet.line().unwrap().excise.to_string(), "tiers(CNY/piece: <15: 0%; else: 15%)");
        let cream = SourceRow {
            t5: text,
            ..source_row("3304990029", "包装标注含量以重量计的其他护肤品", "1%")
        };
        assert_eq!(cream.line().unwrap().excise.to_string(), "tiers(CNY/kg: <15: 0%; else: 15%)");
    }

    #[test]
    fn what_is_not_known_stops_with_its_column() {
        let message = |row: SourceRow| format!("{:#}", row.line().err().unwrap());
        let row = || source_row("0101210010", "马", "0%");
        assert_eq!(
            message(SourceRow {
                t1: "免".to_owned(),
                ..row()
            }),
            "column t1: \"免\" has no known form"
        );
        assert_eq!(
            message(SourceRow {
                u: "箱".to_owned(),
                ..row()
            }),
            "column u: \"箱\" is not a known unit"
        );
        assert!(
            message(SourceRow {
                t4: "<东盟>0</东盟>".to_owned(),
                ..row()
            })
            .starts_with("column t4: no tag <柬埔寨>")
        );
        assert_eq!(
            message(SourceRow {
                code: "01012100".to_owned(),
                ..row()
            }),
            "column code: ten digits are expected"
        );
    }

    #[test]
    fn all_rows_announced_are_there_once() {
        let row = r#"{"code":"0101210010","name":"马","t1":"0%","t2":"","t3":"0%","t4":"<东盟></东盟><柬埔寨></柬埔寨><新加坡></新加坡>","t5":"0%","t6":"9%","u":"千克"}"#;
        let files = |rows: &str, total: &str| {
            [
                ("t/p1.json", format!("[{rows}]")),
                ("t/version.json", format!("{{\"total\":{total}}}")),
            ]
            .map(|(path, text)| OfficialFile {
                path: path.to_owned(),
                bytes: text.into_bytes(),
            })
        };
        assert_eq!(read(&files(row, "1")).unwrap().len(), 1);
        assert!(
            read(&files(row, "2"))
                .err()
                .unwrap()
                .to_string()
                .contains("has 1 rows; its version.json says Some(2)")
        );
        assert!(
            read(&files(&format!("{row},{row}"), "2"))
                .err()
                .unwrap()
                .to_string()
                .contains("comes twice")
        );
    }
}
