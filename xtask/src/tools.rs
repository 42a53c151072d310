//! Installs what is needed and missing. It never upgrades what is there in the right version, and writes into the checkout only,
//! except for the target and the components of the Rust tool chain and, as root, Debian's Chromium and its list of packages.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::command;
use crate::project::Project;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What building the page needs.
pub(crate) fn for_the_page(project: &Project) -> Result<()> {
    wasm_target(project)?;
    standard_library(project)?;
    // Trunk builds offline: the crates of Cargo.lock have to be here before.
    command::run(&mut command::with(project, "cargo", ["fetch", "--locked", "--quiet"])?)?;
    trunk().install(project)?;
    wasm_bindgen(project)?.install(project)?;
    node_packages(project)
}

/// What the browser tests need besides the page.
pub(crate) fn for_the_browser(project: &Project) -> Result<()> {
    node_packages(project)?;
    chromium(project)
}

/// The web servers that deploy/ has configurations of. Debian's, but taken out of their packages: installing one would start it, and it
/// would belong to the whole machine.
pub(crate) fn for_the_hosts(project: &Project) -> Result<()> {
    let folder = project.tools().join("hosts");
    if folder.join("usr/sbin/nginx").exists() && folder.join("usr/bin/caddy").exists() {
        return Ok(());
    }
    println!("fetching Debian's nginx and Caddy for the tests of deploy/ (a few seconds) …");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {folder:?}"))?;
    let packages = ["nginx", "libnginx-mod-http-brotli-static", "caddy"];
    let download = || -> Result<()> {
        let mut apt = command::with(project, "apt-get", ["download", "--quiet", "--quiet"])?;
        command::run(apt.args(packages).current_dir(&folder))
    };
    if download().is_err() {
        command::run(&mut command::with(project, "apt-get", ["update", "--quiet", "--quiet"])?)
            .and_then(|()| download())
            .context("no nginx and Caddy for the tests of deploy/: run `apt-get update` as root, then try again")?;
    }
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {folder:?}"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            let mut unpack = command::with(project, "dpkg-deb", ["--extract"])?;
            command::run(unpack.arg(&path).arg(&folder))?;
            fs::remove_file(&path).with_context(|| format!("cannot remove {path:?}"))?;
        }
    }
    Ok(())
}

/// What the gates need besides the tests.
pub(crate) fn for_the_gates(project: &Project) -> Result<()> {
    component(project, "fmt", "rustfmt")?;
    component(project, "clippy", "clippy")?;
    cargo_deny().install(project)
}

/// A program from crates.io that goes to `target/tools`.
struct Tool {
    package: &'static str,
    binary: &'static str,
    version: String,
    arguments: &'static [&'static str],
    /// Roughly how long the installation takes on 2 cores.
    cost: &'static str,
}

fn trunk() -> Tool {
    Tool {
        package: "trunk",
        binary: "trunk",
        version: "0.22.1".to_owned(),
        // Without the default features it asks no server for newer versions; it does not compile without one of the TLS features.
        // It names a newer Rust than the one it needs.
        arguments: &["--locked", "--ignore-rust-version", "--no-default-features", "--features", "rustls"],
        cost: "3 minutes",
    }
}

/// The one that fits the crate in Cargo.lock: any other refuses to work.
fn wasm_bindgen(project: &Project) -> Result<Tool> {
    let path = project.root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
    let version = locked_version(&lock, "wasm-bindgen")?.context("Cargo.lock has no wasm-bindgen: run `cargo update --workspace`")?;
    // Not `--locked`: its own lock file names crates that were withdrawn since.
    Ok(Tool {
        package: "wasm-bindgen-cli",
        binary: "wasm-bindgen",
        version,
        arguments: &[],
        cost: "1 minute",
    })
}

fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        binary: "cargo-deny",
        version: "0.20.2".to_owned(),
        arguments: &["--locked", "--ignore-rust-version"],
        cost: "1 minute",
    }
}

impl Tool {
    fn install(&self, project: &Project) -> Result<()> {
        let Self {
            package, version, cost, ..
        } = self;
        if self.is_installed(project) {
            return Ok(());
        }
        println!("installing {package} {version} (about {cost} on 2 cores) …");
        let build = project.tools().join("build");
        let mut install = command::with(project, "cargo", ["install", "--quiet", "--force"])?;
        install
            .arg(format!("{package}@{version}"))
            .args(self.arguments)
            .arg("--root")
            .arg(project.tools())
            .env("CARGO_TARGET_DIR", &build)
            // The tools run for seconds but compile for minutes: no optimisation (Trunk's own profile takes 10 to 17 minutes).
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        command::run(&mut install)?;
        if build.exists() {
            fs::remove_dir_all(&build).with_context(|| format!("cannot remove {build:?}"))?;
        }
        Ok(())
    }

    fn is_installed(&self, project: &Project) -> bool {
        let path = project.tools().join("bin").join(self.binary);
        let answer = command::output(Command::new(path).arg("--version"));
        answer.is_ok_and(|text| text.split_whitespace().any(|word| word == self.version))
    }
}

/// The version of a package in Cargo.lock.
fn locked_version(lock: &str, name: &str) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(lock).context("cannot understand Cargo.lock")?;
    Ok(lock
        .package
        .into_iter()
        .find(|package| package.name == name)
        .map(|package| package.version))
}

/// Only the project's tool chain counts, whatever tool chain runs this.
fn wasm_target(project: &Project) -> Result<()> {
    let libraries = command::output(&mut command::with(
        project,
        "rustc",
        ["--print", "target-libdir", "--target", WASM_TARGET],
    )?)?;
    if Path::new(libraries.trim()).exists() {
        return Ok(());
    }
    println!("installing the Rust target {WASM_TARGET} (a few seconds) …");
    command::run(&mut command::with(project, "rustup", ["target", "add", WASM_TARGET])?)
        .with_context(|| format!("no Rust for WebAssembly: run `rustup target add {WASM_TARGET}` (Rust comes from https://rustup.rs)"))
}

/// The source of the standard library, which the page is built with, and the crates it is made of.
fn standard_library(project: &Project) -> Result<()> {
    let root = command::output(&mut command::with(project, "rustc", ["--print", "sysroot"])?)?;
    let manifest = Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.toml");
    if !manifest.exists() {
        println!("installing the source of Rust's standard library (a few seconds) …");
        command::run(&mut command::with(project, "rustup", ["component", "add", "rust-src"])?)
            .context("no source of the standard library: run `rustup component add rust-src`")?;
    }
    let mut fetch = command::with(project, "cargo", ["fetch", "--quiet", "--locked", "--manifest-path"])?;
    command::run(fetch.arg(&manifest).env("RUSTC_BOOTSTRAP", "1")).context("cannot fetch what the standard library is made of")
}

fn component(project: &Project, subcommand: &str, component: &str) -> Result<()> {
    if command::output(&mut command::with(project, "cargo", [subcommand, "--version"])?).is_ok() {
        return Ok(());
    }
    println!("installing {component} (a few seconds) …");
    command::run(&mut command::with(project, "rustup", ["component", "add", component])?)
        .with_context(|| format!("no {component}: run `rustup component add {component}`"))
}

/// `npm ci`, when package-lock.json is not the one that node_modules was made from.
fn node_packages(project: &Project) -> Result<()> {
    let path = project.root().join("package-lock.json");
    let lock = fs::read(&path).with_context(|| format!("cannot read {path:?}"))?;
    let hash = format!("{:x}", Sha256::digest(&lock));
    let stamp = project.node_modules().join(".package-lock.sha256");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == hash) {
        return Ok(());
    }
    println!("installing the Node packages of package-lock.json (about 10 seconds) …");
    let mut install = command::with(project, "npm", ["ci", "--no-fund", "--no-audit", "--loglevel", "error"])?;
    command::run(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .context("no Node packages: install Node 20 or newer, then run `npm ci`")?;
    fs::write(&stamp, hash).with_context(|| format!("cannot write {stamp:?}"))
}

/// The browser is Debian's, or the one `CHROMIUM_PATH` names; playwright.config.ts looks in the same two places.
fn chromium(project: &Project) -> Result<()> {
    if let Some(path) = env::var_os("CHROMIUM_PATH") {
        if Path::new(&path).exists() {
            return Ok(());
        }
        bail!("CHROMIUM_PATH is {path:?}, and there is no such file");
    }
    if ["/usr/bin/chromium", "/usr/bin/chromedriver"]
        .iter()
        .all(|program| Path::new(program).exists())
    {
        return Ok(());
    }
    let user = command::output(&mut command::with(project, "id", ["-u"])?)?;
    if user.trim() != "0" {
        bail!("no Chromium for the browser tests: run `sudo apt-get install chromium chromium-driver`, or set CHROMIUM_PATH");
    }
    println!("installing Debian's Chromium (about 1 minute) …");
    let apt = |arguments: &[&str]| -> Result<()> {
        let mut command = command::with(project, "apt-get", arguments)?;
        command::run(command.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "--quiet", "--quiet"])
        .and_then(|()| {
            apt(&[
                "install",
                "--yes",
                "--no-install-recommends",
                "--quiet",
                "--quiet",
                "chromium",
                "chromium-driver",
            ])
        })
        .context("no Chromium for the browser tests: run `apt-get install chromium chromium-driver`, or set CHROMIUM_PATH")
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn finds_a_version_in_cargo_lock() {
        let lock = "version = 4\n[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap().as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "yew").unwrap(), None);
        assert!(locked_version("not a lock file", "yew").is_err());
    }
}
