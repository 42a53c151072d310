//! Which edition of a tariff a table is: what a kept link, a frame and `cafta quote` name, so that a later one can be told from it.

use std::fs;

use duty::{ColumnKind, Regime, Schedule};
use sha2::{Digest, Sha256};

use crate::{Folder, TablesError};

impl Folder {
    /// The edition of a tariff that was read from here: the year of its MFN rates and a hash of its table, `2026-1a2b3c4d`.
    ///
    /// # Errors
    /// [`TablesError::File`] if the table cannot be read, [`TablesError::Form`] if its MFN rates have no source.
    pub fn edition(&self, schedule: &Schedule) -> Result<String, TablesError> {
        let path = self.tariff_path(schedule.importer());
        let table = fs::read(&path).map_err(|source| TablesError::reading(&path, source))?;
        let year = year_of(schedule).ok_or_else(|| TablesError::form(&path, "its MFN rates have no source"))?;
        Ok(format!("{year}-{}", short_hash(&table)))
    }
}

/// The year of a tariff's MFN rates; `None` if they have no source.
#[must_use]
pub fn year_of(schedule: &Schedule) -> Option<i32> {
    let mfn = schedule.column(ColumnKind::Duty(Regime::Mfn))?;
    Some(mfn.sources.first()?.year)
}

/// Eight hexadecimal digits: enough to tell one edition of a file from the next.
#[must_use]
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
