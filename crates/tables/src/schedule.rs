//! A tariff as the engine takes it: columns instead of rows, each distinct cell once, with sources and agreements. No duty is computed here.

use std::collections::BTreeMap;

use duty::{Cell, Column, ColumnKind, Economy, Schedule, ScheduleParts, Source};

use crate::Folder;
use crate::error::TablesError;
use crate::sources::TariffSources;
use crate::tariff::Tariff;

/// Columns kept in the file for the reader, which no shipment between China and ASEAN can be charged by.
const NOT_ASSESSED: [&str; 1] = ["general"];

impl Folder {
    /// The tariff of `importer` for [`duty::assess`], with the agreements it is a member of.
    ///
    /// # Errors
    /// [`TablesError`] if a table cannot be read, a column is not one the engine knows, or its source is not stated.
    pub fn schedule(&self, importer: Economy) -> Result<Schedule, TablesError> {
        let tariff = self.tariff(importer)?;
        let sources = self.sources()?;
        let Some(sources) = sources.tariff(importer) else {
            return Err(TablesError::text(
                &self.root.join("sources.toml"),
                "tariff",
                importer.code(),
                "the sources of this importer are expected",
            ));
        };
        let mut agreements = self.agreements()?;
        agreements.retain(|agreement| agreement.members.iter().any(|member| member.economy == importer));
        let parts = ScheduleParts {
            importer,
            codes: tariff.rows.iter().map(|row| row.code).collect(),
            units: tariff.rows.iter().map(|row| row.unit).collect(),
            quotas: tariff.rows.iter().filter_map(|row| Some((row.code, row.quota?))).collect(),
            columns: self.columns(&tariff, sources)?,
            agreements,
            taxes: self.taxes(importer)?,
        };
        Schedule::new(parts).map_err(|error| TablesError::form(&self.tariff_path(importer), error))
    }

    fn columns(&self, tariff: &Tariff, sources: &TariffSources) -> Result<Vec<Column>, TablesError> {
        let path = self.tariff_path(tariff.importer);
        let mut columns = Vec::with_capacity(tariff.columns.len());
        for (position, key) in tariff.columns.iter().enumerate() {
            if NOT_ASSESSED.contains(&key.as_str()) {
                continue;
            }
            let kind = ColumnKind::from_key(key)
                .ok_or_else(|| TablesError::text(&path, "header", key, "the name of a regime or tax is expected"))?;
            let Some(sources) = sources.columns.get(key) else {
                return Err(TablesError::text(
                    &self.root.join("sources.toml"),
                    format!("tariff.{}.columns", tariff.importer),
                    key,
                    "its source is expected",
                ));
            };
            let column = column(kind, sources, tariff, position);
            columns
                .push(column.ok_or_else(|| TablesError::form(&path, format_args!("column {key} has more than 65,536 different cells")))?);
        }
        Ok(columns)
    }

    /// Where the table of an importer is.
    pub(crate) fn tariff_path(&self, importer: Economy) -> std::path::PathBuf {
        self.root.join(format!("tariffs/{importer}.csv"))
    }
}

/// The most frequent cell comes first, so that most positions are small numbers; cells equally frequent follow the order of their texts.
/// `None` if a position does not fit.
fn column(kind: ColumnKind, sources: &[Source], tariff: &Tariff, position: usize) -> Option<Column> {
    let cells: Vec<(String, &Cell)> = tariff
        .rows
        .iter()
        .filter_map(|row| row.cells.get(position))
        .map(|cell| (cell.to_string(), cell))
        .collect();
    let mut lines_by_text: BTreeMap<&str, (usize, &Cell)> = BTreeMap::new();
    for (text, cell) in &cells {
        lines_by_text.entry(text).or_insert((0, cell)).0 += 1;
    }
    let mut distinct: Vec<(&str, (usize, &Cell))> = lines_by_text.into_iter().collect();
    // A stable sort: equal counts stay in the order of the texts.
    distinct.sort_by_key(|(_, (lines, _))| std::cmp::Reverse(*lines));
    let positions: BTreeMap<&str, u16> = distinct
        .iter()
        .enumerate()
        .map(|(position, (text, _))| Some((*text, u16::try_from(position).ok()?)))
        .collect::<Option<_>>()?;
    Some(Column {
        kind,
        sources: sources.to_vec(),
        index: cells.iter().filter_map(|(text, _)| positions.get(text.as_str()).copied()).collect(),
        cells: distinct.into_iter().map(|(_, (_, cell))| cell.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    use duty::{QuotaSide, Regime, Tax};

    const TARIFF: &str = "code,unit,quota,mfn,general,vat\n\
        0101210000,piece,,0%,0%,9%\n\
        0810600000,kg,,20%,80%,9%\n\
        1006302001,kg,in,1%,180%,9%\n\
        1006302090,kg,out,65%,180%,9%\n\
        9401100000,piece,,0%,100%,13%\n";

    const SOURCES: &str = r#"
        tariff.CN = { columns = { mfn = "book", general = "book", vat = "book" } }
        [[source]]
        id = "book"
        title = "The tariff"
        edition = "1 January 2026"
        year = 2026
        found = "on a shelf"
        nomenclature = "HS 2022"
        file = []
    "#;

    const TAXES: &str = r#"
        [[tax]]
        importer = "CN"
        tax = "vat"
        name = "vat"
        evidence = "read"
        source = "a book"
        [[tax]]
        importer = "SG"
        tax = "vat"
        name = "gst"
        standard = "9%"
        evidence = "secondary"
        source = "a book"
    "#;

    fn schedule(name: &str, tariff: &str, sources: &str) -> Result<Schedule, TablesError> {
        let root = std::env::temp_dir().join(format!("tables-schedule-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("tariffs")).unwrap();
        fs::create_dir_all(root.join("agreements")).unwrap();
        fs::write(root.join("tariffs/CN.csv"), tariff).unwrap();
        fs::write(root.join("sources.toml"), sources).unwrap();
        fs::write(root.join("taxes.toml"), TAXES).unwrap();
        for regime in Regime::ALL.iter().filter(|regime| !regime.is_mfn()) {
            let party = if *regime == Regime::Rcep { "TH" } else { "CN" };
            let text = format!(
                "regime = \"{regime}\"\nproof = \"a paper\"\nsource = \"a book\"\n\
                 [[member]]\neconomy = \"{party}\"\nrole = \"party\"\nsince = \"2022-01-01\"\nevidence = \"read\"\nsource = \"a book\"\n"
            );
            fs::write(root.join(format!("agreements/{regime}.toml")), text).unwrap();
        }
        Folder::new(root).schedule(Economy::China)
    }

    #[test]
    fn each_distinct_cell_stands_once_the_most_frequent_first() {
        let schedule = schedule("cells", TARIFF, SOURCES).unwrap();
        let texts = |kind| schedule.column(kind).unwrap().cells.iter().map(Cell::to_string).collect::<Vec<_>>();
        assert_eq!(texts(ColumnKind::Duty(Regime::Mfn)), ["0%", "1%", "20%", "65%"]);
        assert_eq!(texts(ColumnKind::Tax(Tax::Vat)), ["9%", "13%"]);
        assert_eq!(schedule.column(ColumnKind::Tax(Tax::Vat)).unwrap().index, [0, 0, 0, 0, 1]);
    }

    #[test]
    fn the_general_rate_stays_in_the_file() {
        let schedule = schedule("general", TARIFF, SOURCES).unwrap();
        assert_eq!(schedule.columns().len(), 2);
        assert_eq!(schedule.column(ColumnKind::Duty(Regime::Mfn)).unwrap().sources[0].year, 2026);
        assert_eq!(schedule.national_tax(Tax::Vat).unwrap().name, duty::TaxName::ValueAddedTax);
    }

    #[test]
    fn quota_sides_and_agreements_are_carried_over() {
        let schedule = schedule("quota", TARIFF, SOURCES).unwrap();
        assert_eq!(
            schedule.line("1006302001".parse().unwrap()).unwrap().quota(),
            Some(QuotaSide::Inside)
        );
        assert_eq!(
            schedule.line("1006302090".parse().unwrap()).unwrap().quota(),
            Some(QuotaSide::Outside)
        );
        assert!(schedule.agreement(Regime::Acfta).is_some());
        assert!(
            schedule.agreement(Regime::Rcep).is_none(),
            "the importer is not a member of it here"
        );
    }

    #[test]
    fn a_column_nobody_knows_and_one_without_source_are_named() {
        let unknown = schedule("unknown", &TARIFF.replace("vat", "vatt"), SOURCES)
            .unwrap_err()
            .to_string();
        assert!(
            unknown.ends_with("CN.csv, header: \"vatt\" is wrong; the name of a regime or tax is expected"),
            "{unknown}"
        );
        let unsourced = schedule("unsourced", TARIFF, &SOURCES.replace(", vat = \"book\"", ""))
            .unwrap_err()
            .to_string();
        assert!(
            unsourced.ends_with("tariff.CN.columns: \"vat\" is wrong; its source is expected"),
            "{unsourced}"
        );
        let absent = schedule("absent", TARIFF, &SOURCES.replace("CN", "TH")).unwrap_err().to_string();
        assert!(absent.contains("sources.toml, tariff: \"CN\" is wrong"), "{absent}");
    }

    #[test]
    fn a_line_below_another_is_refused() {
        let message = schedule("below", &TARIFF.replace("0101210000", "0810"), SOURCES)
            .unwrap_err()
            .to_string();
        assert!(message.contains("codes do not rise at line 1"), "{message}");
    }
}
