//! Building the page with Trunk. Installing Trunk is in `tools`, filling in index.html in `html`.

use anyhow::Result;

use crate::command;
use crate::project::Project;
use crate::tools;

/// Installs what the build needs and builds the release page into `dist/`.
pub(crate) fn page(project: &Project) -> Result<()> {
    tools::for_the_page(project)?;
    println!("building the page into dist/ (about a minute the first time) …");
    command::run(&mut command::with(project, "trunk", ["build", "--release"])?)
}
