//! The command `bench`: the native benchmarks in crates/tables/benches, then the page on a phone, and the search in the browser. What is
//! measured there is in tests/bench; here is what that needs.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Serialize;
use tables::Folder;

use crate::command;
use crate::project::Project;
use crate::{build, tools};

/// Runs the benchmarks and says where the figures belong.
pub(crate) fn run(project: &Project) -> Result<()> {
    println!("running the native benchmarks (several minutes the first time) …");
    command::run(&mut command::with(
        project,
        "cargo",
        ["bench", "--locked", "--package", "tables", "--benches"],
    )?)?;
    browser(project)?;
    println!("write the figures, with the date and the machine, into docs/performance.md");
    Ok(())
}

/// The page on a phone; the search in the page, and beside other libraries.
fn browser(project: &Project) -> Result<()> {
    build::page(project)?;
    tools::for_the_browser(project)?;
    let folder = project.target().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {folder:?}"))?;
    write_documents(project)?;
    build_engine(project)?;
    println!("measuring the page on a phone with Lighthouse (about 3 minutes) …");
    command::run(&mut command::with(project, "node", ["tests/bench/lighthouse.mjs"])?)?;
    println!("measuring the search in the browser (about ten minutes, most of it for the slowest library) …");
    let config = "tests/bench/playwright.config.ts";
    command::run(&mut command::with(project, "npx", ["playwright", "test", "--config", config])?)
}

/// What a code is called in a language, for the libraries.
#[derive(Serialize)]
struct Document {
    id: String,
    label: String,
    keywords: String,
    further: String,
}

/// Writes the texts that the files of the page are packed from, by their language.
fn write_documents(project: &Project) -> Result<()> {
    let folder = Folder::new(project.data());
    let mut documents: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for language in folder.languages()? {
        let mut further = folder.further_words(&language)?;
        let labels = folder.labels(&language)?.into_iter().map(|label| Document {
            id: label.code.to_string(),
            label: label.label,
            keywords: label.keywords,
            further: further.remove(&label.code).unwrap_or_default(),
        });
        let labels = labels.collect();
        documents.insert(language, labels);
    }
    let path = project.target().join("bench/documents.json");
    fs::write(&path, serde_json::to_string(&documents)?).with_context(|| format!("cannot write {path:?}"))
}

/// Builds the search alone as the page builds the finder: same profile, same options, same optimiser.
fn build_engine(project: &Project) -> Result<()> {
    println!("building the search for the benchmark (about a minute the first time) …");
    let words = "build --release --locked --quiet --target wasm32-unknown-unknown --package search-engine --target-dir";
    let mut cargo = command::with(project, "cargo", words.split(' '))?;
    command::run(cargo.arg(project.target()).envs(build::FOR_SIZE))?;
    let built = project.target().join("wasm32-unknown-unknown/release/search_engine.wasm");
    let folder = project.target().join("bench/engine");
    let mut bindgen = command::with(project, "wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir"])?;
    command::run(bindgen.arg(&folder).arg(&built))?;
    let wasm = folder.join("search_engine_bg.wasm");
    let mut optimiser = command::new(project, "wasm-opt")?;
    optimiser.args(finder_options(project)?.split_whitespace());
    command::run(optimiser.arg(&wasm).arg("--output").arg(&wasm))
}

/// What index.html has the finder optimised with.
fn finder_options(project: &Project) -> Result<String> {
    let path: PathBuf = project.root().join("index.html");
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
    let finder = page.lines().find(|line| line.contains("crates/finder/Cargo.toml"));
    let options = finder.and_then(|line| line.split_once("data-wasm-opt-params=\"")?.1.split_once('"'));
    Ok(options
        .with_context(|| format!("no options of wasm-opt for the finder in {path:?}"))?
        .0
        .to_owned())
}
