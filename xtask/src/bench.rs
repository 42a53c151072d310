//! The native benchmarks. What is measured is in crates/tables/benches.

use anyhow::Result;

use crate::command;
use crate::project::Project;

/// Runs the benchmarks and says where the figures belong.
pub(crate) fn run(project: &Project) -> Result<()> {
    command::run(&mut command::with(
        project,
        "cargo",
        ["bench", "--locked", "--package", "tables", "--benches"],
    )?)?;
    println!("write the figures, with the date and the machine, into docs/performance.md");
    Ok(())
}
