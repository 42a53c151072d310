//! Official files to `data/`: reads what customs and ministries published, writes the tables of the project. Computes no duty.
//! What it does not know it does not guess: a text of no known form stops it, with file, row and column.

mod asean;
mod chinese;
mod correlation;
mod labels;
mod official;
mod quota;
mod rcep;
mod schedule;
mod source_table;
mod summary;
mod tariff;

use std::fs;
use std::path::Path;

use anyhow::Context;
use duty::{Cell, Economy};
use tables::{Folder, Row, Sources, Tariff};

use crate::correlation::Correlation;
use crate::official::Official;
use crate::schedule::Schedule;
use crate::summary::Summary;
use crate::tariff::Line;

/// The rate columns of `data/tariffs/CN.csv`.
const COLUMNS: [&str; 9] = [
    "mfn",
    "mfn_provisional",
    "general",
    "acfta",
    "rcep",
    "china_cambodia",
    "china_singapore",
    "excise",
    "vat",
];

/// Makes China's tables: `tariffs/CN.csv` from the official files below `sources`, and the labels from the folder `labels` beside it.
/// Prints what it counted.
///
/// # Errors
/// If a file is not the one `sources.toml` names, or a text in it has no known form. Nothing is written before all of them are read.
pub fn china(sources: &Path, data: &Path) -> anyhow::Result<()> {
    let known = Folder::new(data).sources()?;
    let year = year_of(&known, Economy::China)?;
    let official = Official::new(sources, &known);
    let lines = tariff::read(&official.files("cn-tariff-2026")?)?;
    let schedule = Schedule::read(&official.only_file("cn-rcep-schedule")?)?;
    let correlation = Correlation::read(&official.only_file("hs-correlation-2022-2012")?, "hs2012")?;
    let (tariff, summary) = tables_of(&lines, &schedule, &correlation, year)?;
    labels(&sources.join("../labels"), data)?;
    write(&tariff, data, &summary)
}

/// Makes the table of one member of ASEAN: `tariffs/TH.csv` from the official files below `sources`. Prints what it counted.
///
/// # Errors
/// As for [`china`].
pub fn asean(importer: Economy, sources: &Path, data: &Path) -> anyhow::Result<()> {
    let known = Folder::new(data).sources()?;
    let tariff = asean::tariff(importer, &Official::new(sources, &known), data)?;
    let mut summary = Summary::default();
    summary.count_cells(&tariff, year_of(&known, importer)?);
    write(&tariff, data, &summary)
}

/// The year whose MFN rates the importer's table holds.
fn year_of(known: &Sources, importer: Economy) -> anyhow::Result<i32> {
    let columns = &known
        .tariff(importer)
        .with_context(|| format!("data/sources.toml has no [tariff.{importer}]"))?
        .columns;
    let source = columns.get("mfn").and_then(|sources| sources.first());
    Ok(source
        .with_context(|| format!("data/sources.toml: [tariff.{importer}.columns] has no mfn"))?
        .year)
}

fn write(tariff: &Tariff, data: &Path, summary: &Summary) -> anyhow::Result<()> {
    let folder = data.join("tariffs");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(format!("{}.csv", tariff.importer));
    tariff.write(&path)?;
    println!("{}\n{summary}", path.display());
    Ok(())
}

/// Copies the project's own labels of the Harmonized System and of national lines from `source` to `data/labels`.
///
/// # Errors
/// If a file is missing or has other columns than expected.
pub fn labels(source: &Path, data: &Path) -> anyhow::Result<()> {
    labels::copy(source, &data.join("labels"))
}

fn tables_of(lines: &[Line], schedule: &Schedule, correlation: &Correlation, year: i32) -> anyhow::Result<(Tariff, Summary)> {
    let mut rows = Vec::with_capacity(lines.len());
    let mut summary = Summary::default();
    for siblings in lines.chunk_by(|line, next| line.code.truncated(8) == next.code.truncated(8)) {
        let Some(first) = siblings.first() else { continue };
        let join = rcep::join(first.code.truncated(8), highest_mfn(siblings), schedule, correlation)?;
        summary.count_join(first.code.truncated(8), &join);
        let quotas = quota::sides(siblings)?;
        for (line, quota) in siblings.iter().zip(quotas) {
            rows.push(Row {
                code: line.code,
                unit: Some(line.unit),
                quota,
                cells: line.cells(join.cell.clone()),
            });
        }
    }
    let tariff = Tariff {
        importer: Economy::China,
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows,
    };
    summary.count_cells(&tariff, year);
    Ok((tariff, summary))
}

fn highest_mfn(siblings: &[Line]) -> Option<duty::Percent> {
    siblings.iter().filter_map(|line| percent(&line.mfn)).max()
}

/// The rate of a cell that is one plain percentage.
fn percent(cell: &Cell) -> Option<duty::Percent> {
    match cell.in_year(0) {
        duty::Treatment::Duty(duty::DutyExpression::AdValorem(percent)) => Some(*percent),
        _ => None,
    }
}
