//! Everything a developer runs, as `cargo xtask <command>`.
//! One module per command; this file only names them and does no work itself.

mod about;
mod bench;
mod budget;
mod build;
mod ci;
mod command;
mod compress;
mod dist;
mod document;
mod embedding;
mod html;
mod http;
mod ingest;
mod locales;
mod minify;
mod offline;
mod pack;
mod packing;
mod programs;
mod project;
mod publish;
mod serve;
mod shorten;
mod tally;
mod test;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use duty::Economy;
use project::Project;

/// Builds, serves and checks the CAFTA duty calculator.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is needed, build the page and serve it on this machine
    Serve(serve::Options),
    /// Run every test: unit, documentation and browser
    Test,
    /// Run every gate that continuous integration runs
    Ci,
    /// Turn data/ into the packed files of the page
    Pack(packing::Options),
    /// Write the counts of data/ into docs/data-sources.md
    Document {
        /// Only say whether the document holds them already
        #[arg(long)]
        check: bool,
    },
    /// Copy dist/ to target/site with each file compressed beside it, for hosts that hand out what is compressed already
    Publish(publish::Options),
    /// Measure dist/ against xtask/budgets.toml
    Budget,
    /// Run the benchmarks, native and in the browser
    Bench,
    /// Read the official files into data/
    Ingest {
        /// Whose tariff to read, by its two letters; all of them if none is named
        importer: Option<Economy>,
        /// The folder with the official files, seen from the checkout
        #[arg(long, default_value = "../shared/sources")]
        sources: PathBuf,
    },
}

fn main() -> ExitCode {
    run(Arguments::parse().command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> Result<ExitCode> {
    let project = Project::locate()?;
    match command {
        Command::Test => return Ok(test::run(&project).exit_code()),
        Command::Ci => return Ok(ci::run(&project).exit_code()),
        Command::Serve(options) => serve::run(&project, &options),
        Command::Pack(options) => packing::run(&project, &options),
        Command::Document { check: true } => document::check(&project),
        Command::Document { check: false } => document::write(&project),
        Command::Publish(options) => publish::run(&project, &options),
        Command::Budget => budget::run(&project),
        Command::Bench => bench::run(&project),
        Command::Ingest { importer, sources } => ingest::run(&project, importer, &sources),
    }?;
    Ok(ExitCode::SUCCESS)
}
