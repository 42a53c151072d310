//! The command `test`: all tests, one count. Which tests there are is decided beside the code and in tests/e2e.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tally::Tally;
use crate::{build, command, tools};

/// Runs every test and prints the count as the last line.
pub(crate) fn run(project: &Project) -> Tally {
    let tally = tally(project);
    println!("{tally}");
    tally
}

/// Runs every test, also after a failure.
pub(crate) fn tally(project: &Project) -> Tally {
    let mut tally = Tally::default();
    for result in [native(project), components(project), browser(project)] {
        tally += result.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally::FAIL
        });
    }
    tally
}

/// Unit, integration and documentation tests.
fn native(project: &Project) -> Result<Tally> {
    println!("running the Rust tests (several minutes the first time) …");
    counted(&mut command::with(
        project,
        "cargo",
        ["test", "--workspace", "--locked", "--no-fail-fast"],
    )?)
}

/// Runs a cargo that tests, and adds up what it says.
fn counted(cargo: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = command::stream(cargo, |line| {
        if let Some(counted) = Tally::from_cargo_line(line) {
            tally += counted;
        }
    })?;
    Ok(tally.or_failed(succeeded))
}

/// The pieces of the page in src/ui/components.rs, one by one in the browser. The runner comes with wasm-bindgen, and finds its switches in
/// webdriver.json.
fn components(project: &Project) -> Result<Tally> {
    tools::for_the_page(project)?;
    tools::for_the_browser(project)?;
    println!("running the components in the browser (two minutes the first time) …");
    let words = "test --locked --target wasm32-unknown-unknown --package cafta-calculator --lib";
    let mut test = command::with(project, "cargo", words.split(' '))?;
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    counted(&mut test)
}

/// The journeys in tests/e2e, on the page as a visitor gets it.
fn browser(project: &Project) -> Result<Tally> {
    build::page(project)?;
    tools::for_the_browser(project)?;
    tools::for_the_hosts(project)?;
    println!("running the browser tests (about 9 minutes on 2 cores) …");
    let report = project.target().join("e2e.json");
    if report.exists() {
        fs::remove_file(&report).with_context(|| format!("cannot remove {report:?}"))?;
    }
    let succeeded = command::stream(&mut command::with(project, "npx", ["playwright", "test"])?, |_| {})?;
    let text = fs::read_to_string(&report).context("the browser tests wrote no report: see their output above")?;
    Ok(Tally::from_playwright_report(&text)?.or_failed(succeeded))
}
