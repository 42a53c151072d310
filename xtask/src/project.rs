//! Where things are in the checkout. It runs nothing and changes nothing.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The checkout, and the program that works on it.
pub(crate) struct Project {
    root: PathBuf,
    executable: PathBuf,
}

impl Project {
    /// Finds the checkout this program was built from.
    pub(crate) fn locate() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no parent folder")?
            .to_path_buf();
        // Asked once, at the start: a gate may rebuild this very program, and the system then calls the running one "deleted".
        let executable = env::current_exe().context("cannot tell the path of the running program")?;
        Ok(Self { root, executable })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// The finished site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where commands put what can be deleted. Tools stay here even when `CARGO_TARGET_DIR` points elsewhere.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Holds `bin/` with the installed tools, so that nothing outside the checkout changes.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }

    pub(crate) fn node_modules(&self) -> PathBuf {
        self.root.join("node_modules")
    }

    /// The running xtask.
    pub(crate) fn executable(&self) -> &Path {
        &self.executable
    }

    /// The search path with the project's own tools first.
    pub(crate) fn search_path(&self) -> Result<OsString> {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let own = [self.tools().join("bin"), self.node_modules().join(".bin")];
        env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).context("a folder in PATH has a name that PATH cannot hold")
    }
}
