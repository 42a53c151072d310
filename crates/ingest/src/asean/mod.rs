//! The tariffs of the members of ASEAN, from the files that hold them to one table each. One module a source, and one for each importer
//! whose tariff has a shape of its own.

mod applied;
mod draft;
mod kcs;
mod malaysia;
mod one_line_each;
mod philippines;
mod sensitive;
mod thailand;
mod timor_leste;
mod viet_nam;
mod wording;

use std::path::Path;

use anyhow::bail;
use duty::{Cell, Economy, Grade, Treatment};
use tables::{Folder, Tariff};

use self::applied::AppliedRates;
use self::sensitive::Ceilings;
use crate::correlation::Correlation;
use crate::official::{Official, OfficialFile};

/// Reads the tariff of one member; `data` is needed for the codes of Timor-Leste, whose one rate stands for all of them.
pub(crate) fn tariff(importer: Economy, official: &Official<'_>, data: &Path) -> anyhow::Result<Tariff> {
    match importer {
        Economy::Brunei => one_line_each::brunei(official),
        Economy::Indonesia => one_line_each::indonesia(official),
        Economy::Cambodia => one_line_each::cambodia(official),
        Economy::Laos => one_line_each::laos(official),
        Economy::Malaysia => malaysia::read(official),
        Economy::Myanmar => one_line_each::myanmar(official),
        Economy::Philippines => philippines::read(official),
        Economy::Singapore => one_line_each::singapore(official),
        Economy::Thailand => thailand::read(official),
        Economy::TimorLeste => timor_leste::read(official, &Folder::new(data)),
        Economy::VietNam => viet_nam::read(official),
        Economy::China => bail!("China's tariff has an importer of its own"),
    }
}

/// The workbook of an importer's tariff.
fn workbook(official: &Official<'_>, importer: Economy) -> anyhow::Result<OfficialFile> {
    official.only_file(&format!("kcs-2025-{}", importer.code().to_lowercase()))
}

/// The ACFTA rates the importer reported; Indonesia, the Philippines and Thailand report in HS 2022, the others in HS 2017.
fn applied(official: &Official<'_>, importer: Economy) -> anyhow::Result<AppliedRates> {
    let correlation = match importer {
        Economy::Indonesia | Economy::Philippines | Economy::Thailand => None,
        _ => Some(Correlation::read(&official.only_file("hs-correlation-2022-2017")?, "hs2017")?),
    };
    AppliedRates::read(&official.only_file("trains-acfta-2023")?, importer, correlation)
}

/// The ceilings ACFTA sets on the importer's rates.
fn ceilings(official: &Official<'_>, importer: Economy) -> anyhow::Result<Ceilings> {
    let correlation = Correlation::read(&official.only_file("hs-correlation-2022-2002")?, "hs2002")?;
    Ceilings::read(&official.only_file("acfta-sensitive-lists")?, importer, correlation)
}

/// What the importer's own tariff says on the line.
fn stated(treatment: Treatment) -> Cell {
    Cell::constant(treatment, Grade::A)
}
