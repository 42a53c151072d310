//! Reading official files into data/. How a file is read is in crates/ingest.

use std::path::Path;

use anyhow::Result;
use duty::Economy;

use crate::project::Project;

/// Reads the tariff of `importer` from `sources` into data/, or all tariffs.
pub(crate) fn run(project: &Project, importer: Option<Economy>, sources: &Path) -> Result<()> {
    let sources = project.root().join(sources);
    for importer in importer.map_or_else(|| Economy::ALL.to_vec(), |importer| vec![importer]) {
        match importer {
            Economy::China => ::ingest::china(&sources, &project.data())?,
            member => ::ingest::asean(member, &sources, &project.data())?,
        }
    }
    Ok(())
}
