//! Reading official files into data/. How a file is read is in crates/ingest.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::project::Project;

/// The tariffs that can be read.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Tariff {
    /// China
    Cn,
}

/// Reads one tariff from `sources` into data/.
pub(crate) fn run(project: &Project, tariff: Tariff, sources: &Path) -> Result<()> {
    let sources = project.root().join(sources);
    match tariff {
        Tariff::Cn => ::ingest::china(&sources, &project.data()),
    }
}
