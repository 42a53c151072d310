//! The command `pack`: where the packed files go, and whether packing gives the same bytes every time. Packing itself is in `pack`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::pack::{self, PackedFile};
use crate::project::Project;
use crate::{about, compress, dist, embedding, html, offline, programs};

#[derive(Args)]
pub(crate) struct Options {
    /// Pack twice and fail when one byte differs
    #[arg(long, conflicts_with = "into")]
    check: bool,
    /// Complete the built page in this folder: add data/, finish the programs, fill in index.html (Trunk's hook does this)
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    if options.check {
        return check(project);
    }
    if let Some(page) = &options.into {
        return complete_page(project, page);
    }
    let folder = project.target().join("packed");
    let packed = pack_into(project, &folder)?;
    println!("{} packed files in {folder:?}", packed.len());
    Ok(())
}

/// Packs twice, compares, and prints the sizes.
pub(crate) fn check(project: &Project) -> Result<()> {
    let folder = project.target().join("pack-check");
    let (first, second) = (folder.join("first"), folder.join("second"));
    let packed = pack_into(project, &first)?;
    pack_into(project, &second)?;
    ensure_same(&first, &second)?;

    println!("{:40} {:>10} {:>10}", "file", "bytes", "brotli");
    for PackedFile { file, bytes, .. } in &packed {
        let compressed = compress::brotli(&fs::read(first.join(file))?)?;
        println!("{file:40} {bytes:>10} {:>10}", compressed.len());
    }
    println!("{} packed files, the same bytes twice", packed.len());
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {folder:?}"))
}

fn complete_page(project: &Project, page: &Path) -> Result<()> {
    let index = page.join("index.html");
    let built = fs::read_to_string(&index).with_context(|| format!("cannot read {index:?}: is this a built page?"))?;
    let packed = pack::write_all(&project.data(), &page.join("data")).context("cannot pack data/")?;
    let styles = programs::write_styles(project, page)?;
    let built = programs::finish_first(project, page, &built, &styles)?;
    let workers = programs::finish_workers(page)?;
    about::write(project, page)?;
    let built = embedding::write(project, page, &built, &packed, &workers)?;
    fs::write(&index, html::complete(&built, &packed, &workers)?).with_context(|| format!("cannot write {index:?}"))?;
    // The last: it lists all files.
    offline::complete(project, page)
}

/// Packs into an empty folder: a file from an earlier run must not look like one of this run.
fn pack_into(project: &Project, folder: &Path) -> Result<Vec<PackedFile>> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {folder:?}"))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {folder:?}"))?;
    pack::write_all(&project.data(), folder).context("cannot pack data/")
}

fn ensure_same(first: &Path, second: &Path) -> Result<()> {
    let names = dist::files(first)?;
    ensure!(
        names == dist::files(second)?,
        "packing twice gives different files: {first:?} and {second:?}"
    );
    for name in names {
        let same = fs::read(first.join(&name))? == fs::read(second.join(&name))?;
        ensure!(
            same,
            "packing twice gives different bytes: {:?} and {:?}",
            first.join(&name),
            second.join(&name)
        );
    }
    Ok(())
}
