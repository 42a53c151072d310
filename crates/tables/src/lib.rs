//! The folder `data/` as typed tables: tariffs, agreements, labels, sources. Not the packed files the page fetches, and no duty is computed here.

mod agreements;
mod delimited;
mod edition;
mod error;
mod labels;
mod schedule;
mod sources;
mod tariff;
mod taxes;

use std::path::PathBuf;

pub use edition::{short_hash, year_of};
pub use error::TablesError;
pub use labels::{Label, LineLabel};
pub use sources::{SourceEntry, SourceFile, Sources, TariffSources};
pub use tariff::{Row, Tariff};

/// The folder `data/`.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`; nothing is read yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}
