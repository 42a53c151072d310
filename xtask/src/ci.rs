//! The command `ci`: every gate, one after the other, also after a failure. What a gate checks is in its own module or tool.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::project::Project;
use crate::tally::Tally;
use crate::{budget, command, document, packing, test, tools};

/// The result of a gate, for the list at the end.
struct Report {
    name: &'static str,
    tally: Tally,
    cost: Duration,
}

/// Runs all gates and prints one line for each, then the count of tests and gates.
pub(crate) fn run(project: &Project) -> Tally {
    let cargo = |words: &str| command::run(&mut command::with(project, "cargo", words.split(' '))?);
    let clippy = |what: &str| cargo(&format!("clippy --quiet --locked {what} -- --deny warnings"));

    let reports = [
        gate("set-up", || set_up(project)),
        gate("format", || cargo("fmt --all --check")),
        gate("clippy", || clippy("--workspace --all-targets")),
        gate("clippy-wasm", || {
            let packages = [
                "cafta-calculator",
                "finder",
                "details",
                "worker",
                "words",
                "markup",
                "query",
                "wasm-streams",
                "search-engine",
            ];
            let packages = packages.map(|package| format!("--package {package}")).join(" ");
            clippy(&format!("{packages} --lib --bins --target wasm32-unknown-unknown"))
        }),
        // Not the advisories: their database is not in a registry.
        gate("licences", || {
            cargo("deny --locked check --hide-inclusion-graph licenses bans sources")
        }),
        gate("pack", || packing::check(project)),
        gate("document", || document::check(project)),
        timed("test", || test::tally(project)),
        gate("budget", || budget::run(project)),
    ];

    println!();
    let mut total = Tally::default();
    for Report { name, tally, cost } in &reports {
        let result = if tally.failed == 0 { "ok" } else { "FAILED" };
        println!("{name:12} {result:6} {:6.1} s", cost.as_secs_f32());
        total += *tally;
    }
    println!("{total}");
    total
}

/// Tries everything, so that one missing tool fails only the gates that need it.
fn set_up(project: &Project) -> Result<()> {
    let results = [
        tools::for_the_page(project),
        tools::for_the_browser(project),
        tools::for_the_hosts(project),
        tools::for_the_gates(project),
    ];
    results.into_iter().collect()
}

/// A gate that passes or fails as a whole.
fn gate(name: &'static str, check: impl FnOnce() -> Result<()>) -> Report {
    timed(name, || match check() {
        Ok(()) => Tally::PASS,
        Err(error) => {
            eprintln!("error: {name}: {error:#}");
            Tally::FAIL
        }
    })
}

#[expect(clippy::disallowed_methods, reason = "a native tool has a clock")]
fn timed(name: &'static str, check: impl FnOnce() -> Tally) -> Report {
    println!("\n── {name}");
    let start = Instant::now();
    let tally = check();
    Report {
        name,
        tally,
        cost: start.elapsed(),
    }
}
