//! Official files to `data/`: reads what customs and ministries published, writes the tables of the project. Computes no duty.
//! What it does not know it does not guess: a text of no known form stops it, with file, row and column.

mod chinese;
mod correlation;
mod labels;
mod official;
mod quota;
mod rcep;
mod schedule;
mod summary;
mod tariff;

use std::fs;
use std::path::Path;

use anyhow::Context;
use duty::{Cell, Economy};
use tables::{Folder, Row, Tariff};

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
    let year = known
        .entry("cn-tariff-2026")
        .context("data/sources.toml has no source cn-tariff-2026")?
        .source
        .year;
    let official = Official::new(sources, &known);
    let lines = tariff::read(&official.files("cn-tariff-2026")?)?;
    let schedule = Schedule::read(&official.only_file("cn-rcep-schedule")?)?;
    let correlation = Correlation::read(&official.only_file("hs-correlation-2022-2012")?)?;
    let (tariff, summary) = tables_of(&lines, &schedule, &correlation, year)?;
    let path = data.join("tariffs/CN.csv");
    fs::create_dir_all(data.join("tariffs")).with_context(|| format!("cannot make the folder of {}", path.display()))?;
    tariff.write(&path)?;
    labels(&sources.join("../labels"), data)?;
    println!("{}\n{summary}", path.display());
    Ok(())
}

/// Copies the project's own labels of the Harmonized System and of China's lines from `source` to `data/labels`.
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
                unit: line.unit,
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
