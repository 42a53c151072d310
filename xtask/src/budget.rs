//! The command `budget`: is what a visitor downloads within the limits of xtask/budgets.toml? It builds nothing.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::programs::{LATER, WORKERS};
use crate::project::Project;
use crate::{compress, dist};

/// What other sites load, under names that stay.
const EMBEDDED: [&str; 2] = ["embed.js", "embed.html"];

/// The content of budgets.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budgets {
    budget: Vec<Budget>,
}

/// A limit in bytes on some of the files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    name: String,
    limit: usize,
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    largest: Vec<String>,
    /// Whether it counts after gzip: what other sites load, they load from hosts of every kind.
    #[serde(default)]
    gzip: bool,
    reason: String,
}

/// A finished file and its compressed sizes.
struct Measured {
    /// "shell", the name of a program in a worker, of a file for other sites, or of a packed file without its hash.
    family: String,
    brotli: usize,
    gzip: usize,
}

/// What a budget comes to.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Within(usize),
    Over(usize),
    /// A family has no file: the limit would hold for nothing.
    Empty(String),
}

/// Measures `dist/`, prints a table and fails when a budget is over.
pub(crate) fn run(project: &Project) -> Result<()> {
    let path = project.root().join("xtask/budgets.toml");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
    let Budgets { budget: budgets } = toml::from_str(&text).with_context(|| format!("cannot understand {path:?}"))?;
    let files = measure(&project.dist())?;

    let mut failed = Vec::new();
    println!("{:28} {:>9} {:>9}", "bytes after brotli", "measured", "limit");
    for budget in &budgets {
        let (measured, remark) = match budget.judge(&files) {
            Verdict::Within(bytes) => (bytes.to_string(), String::new()),
            Verdict::Over(bytes) => (bytes.to_string(), format!("OVER: {}", budget.reason)),
            Verdict::Empty(family) => ("-".to_owned(), format!("NO FILE of the family {family:?} in dist/")),
        };
        let how = if budget.gzip { "gzip" } else { "" };
        println!("{:28} {measured:>9} {:>9} {how:5} {remark}", budget.name, budget.limit);
        if !remark.is_empty() {
            failed.push(budget.name.as_str());
        }
    }
    ensure!(failed.is_empty(), "not within the budget: {}", failed.join(", "));
    Ok(())
}

impl Budget {
    fn judge(&self, files: &[Measured]) -> Verdict {
        let mut total = 0;
        let families = self
            .all
            .iter()
            .map(|family| (family, false))
            .chain(self.largest.iter().map(|family| (family, true)));
        for (family, only_largest) in families {
            let sizes = files
                .iter()
                .filter(|file| file.family.starts_with(family.as_str()))
                .map(|file| if self.gzip { file.gzip } else { file.brotli });
            let size = if only_largest {
                sizes.max()
            } else {
                sizes.reduce(|sum, bytes| sum + bytes)
            };
            let Some(size) = size else { return Verdict::Empty(family.clone()) };
            total += size;
        }
        if total > self.limit {
            Verdict::Over(total)
        } else {
            Verdict::Within(total)
        }
    }
}

/// Compresses each file that belongs to a family; icons and pages beside the calculator belong to none.
fn measure(dist: &Path) -> Result<Vec<Measured>> {
    ensure!(
        dist.join("index.html").exists(),
        "no page in {dist:?}: run `trunk build --release` or `cargo xtask serve` first"
    );
    let mut measured = Vec::new();
    for file in dist::files(dist)? {
        let Some(family) = family(&file) else { continue };
        let bytes = fs::read(dist.join(&file))?;
        measured.push(Measured {
            family,
            brotli: compress::brotli(&bytes)?.len(),
            gzip: compress::gzip(&bytes)?.len(),
        });
    }
    Ok(measured)
}

fn family(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    if file.starts_with("data") {
        return dist::logical_name(name).map(str::to_owned);
    }
    if EMBEDDED.iter().any(|embedded| file == Path::new(embedded)) {
        return Some(name.to_owned());
    }
    let code = matches!(file.extension()?.to_str()?, "wasm" | "js" | "css") && dist::is_named_by_content(name);
    // Programs in workers, and the styles of what they make.
    let mut families = WORKERS.into_iter().chain([LATER]);
    let own = families.find(|family| name.split_once('-').is_some_and(|(stem, _)| stem == *family));
    if let Some(own) = own.filter(|_| code) {
        return Some(own.to_owned());
    }
    (code || file == Path::new("index.html")).then(|| "shell".to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Budget, Budgets, Measured, Verdict, family};

    fn budget(limit: usize, all: &[&str], largest: &[&str]) -> Budget {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Budget {
            name: "test".to_owned(),
            limit,
            all: owned(all),
            largest: owned(largest),
            gzip: false,
            reason: String::new(),
        }
    }

    fn files() -> Vec<Measured> {
        let sizes = [
            ("shell", 50_000),
            ("shell", 9_000),
            ("rates.CN", 17_000),
            ("rates.SG", 900),
            ("messages.en", 2_000),
        ];
        sizes
            .map(|(family, brotli)| Measured {
                family: family.to_owned(),
                brotli,
                gzip: brotli + 100,
            })
            .into()
    }

    #[test]
    fn adds_up_all_files_of_a_family() {
        assert_eq!(budget(59_000, &["shell"], &[]).judge(&files()), Verdict::Within(59_000));
        assert_eq!(budget(58_999, &["shell"], &[]).judge(&files()), Verdict::Over(59_000));
    }

    #[test]
    fn takes_the_largest_file_of_each_family() {
        assert_eq!(budget(20_000, &[], &["rates."]).judge(&files()), Verdict::Within(17_000));
        assert_eq!(
            budget(78_000, &["shell"], &["rates.", "messages."]).judge(&files()),
            Verdict::Within(78_000)
        );
    }

    #[test]
    fn counts_as_it_is_told_to() {
        let gzip = Budget {
            gzip: true,
            ..budget(17_100, &[], &["rates."])
        };
        assert_eq!(gzip.judge(&files()), Verdict::Within(17_100));
    }

    #[test]
    fn a_budget_on_no_file_does_not_pass() {
        assert_eq!(budget(1, &[], &["labels."]).judge(&files()), Verdict::Empty("labels.".to_owned()));
    }

    #[test]
    fn sorts_the_finished_files_into_families() {
        let of = |path: &str| family(Path::new(path));
        assert_eq!(of("index.html").as_deref(), Some("shell"));
        assert_eq!(of("cafta-calculator-4e8e4ae2cf9a1ea4_bg.wasm").as_deref(), Some("shell"));
        assert_eq!(of("finder-4e8e4ae2_bg.wasm").as_deref(), Some("finder"));
        assert_eq!(of("finder-9f8e4ae2.js").as_deref(), Some("finder"));
        assert_eq!(of("details-9f8e4ae2.js").as_deref(), Some("details"));
        assert_eq!(of("data/rates.CN.1a2b3c4d.pack").as_deref(), Some("rates.CN"));
        assert_eq!(of("embed.js").as_deref(), Some("embed.js"));
        assert_eq!(of("embed-builder.html"), None);
        assert_eq!(of("icon.svg"), None);
    }

    #[test]
    fn the_committed_budgets_can_be_read() {
        let budgets: Budgets = toml::from_str(include_str!("../budgets.toml")).unwrap();
        assert!(budgets.budget.iter().all(|budget| !budget.reason.is_empty() && budget.limit > 0));
    }
}
