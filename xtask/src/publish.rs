//! The command `publish`: the finished page as a host gets it, each file also compressed. It builds nothing and sends nothing.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::project::Project;
use crate::{compress, dist};

#[derive(Args)]
pub(crate) struct Options {
    /// The folder to write, which must not exist yet; target/site is made anew if none is named
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let page = project.dist();
    ensure!(
        page.join("index.html").exists(),
        "no page in {page:?}: run `cargo xtask serve` first"
    );
    let site = match &options.into {
        Some(folder) => {
            ensure!(!folder.exists(), "{folder:?} exists already");
            folder.clone()
        }
        None => {
            let folder = project.target().join("site");
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {folder:?}"))?;
            }
            folder
        }
    };
    let files = dist::files(&page)?;
    // What builds leave behind for themselves begins with a dot.
    let files = files.iter().filter(|file| !file.to_string_lossy().starts_with('.'));
    let mut count = 0_usize;
    for file in files {
        let content = fs::read(page.join(file)).with_context(|| format!("cannot read {file:?}"))?;
        write(&site.join(file), &content)?;
        count += 1;
    }
    println!("{count} files in {site:?}, each that gets smaller also as .br and .gz");
    Ok(())
}

/// Writes a file, and beside it each compressed form that is smaller.
fn write(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder:?}"))?;
    fs::write(path, content).with_context(|| format!("cannot write {path:?}"))?;
    for (ending, compressed) in [(".br", compress::brotli(content)?), (".gz", compress::gzip(content)?)] {
        if compressed.len() < content.len() {
            let mut name = OsString::from(path);
            name.push(ending);
            fs::write(&name, compressed).with_context(|| format!("cannot write {name:?}"))?;
        }
    }
    Ok(())
}
