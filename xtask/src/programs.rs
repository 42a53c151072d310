//! Finishes the programs of a built page: short names between each and its JavaScript, and file names by content.
//!
//! For the first index.html tells Trunk to write no hashes for integrity: the files change after it.
//!
//! Trunk leaves a worker under the name of its program, which a host could keep too long: an old one would meet a new page.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tables::short_hash;

use crate::html;
use crate::minify::minified;
use crate::project::Project;
use crate::shorten::shorten;

/// What the page runs last; `SIZE` stands for the bytes of the wasm, `LATER` for the name of the later styles.
const START_PAGE: &str = "src/start.js";

/// What stands for the name of the wasm in index.html and where a worker is started.
const WASM: &str = "PROGRAM";

/// What a worker runs last.
const START_WORKER: &str = include_str!("../../crates/worker/src/start.js");

/// Where the ways to start begin in what wasm-bindgen writes for a page.
const WAYS_TO_START: &str = "async function __wbg_load(";

/// The files of a program as Trunk left them.
struct Program {
    glue: PathBuf,
    wasm: PathBuf,
}

impl Program {
    fn find(page: &Path, name: &str) -> Result<Self> {
        let find = |ending: &str| {
            let files = fs::read_dir(page)
                .with_context(|| format!("cannot read {page:?}"))?
                .flatten()
                .map(|entry| entry.path());
            let is_it = |path: &PathBuf| {
                let file = path.file_name().and_then(|file| file.to_str());
                file.and_then(|file| file.strip_suffix(ending))
                    .is_some_and(|stem| stem.starts_with(name))
            };
            files
                .into_iter()
                .find(is_it)
                .with_context(|| format!("no {name}…{ending} in {page:?}: did Trunk build it?"))
        };
        Ok(Self {
            glue: find(".js")?,
            wasm: find("_bg.wasm")?,
        })
    }

    /// Shortens both files and gives back the new JavaScript with the name of the new wasm, which is written already.
    fn finish(&self, page: &Path, name: &str) -> Result<(String, String)> {
        let wasm = fs::read(&self.wasm).with_context(|| format!("cannot read {:?}", self.wasm))?;
        let glue = fs::read_to_string(&self.glue).with_context(|| format!("cannot read {:?}", self.glue))?;
        let (wasm, glue) = shorten(&wasm, &glue).with_context(|| format!("cannot shorten the names of {name}"))?;
        for old in [&self.wasm, &self.glue] {
            fs::remove_file(old).with_context(|| format!("cannot remove {old:?}"))?;
        }
        let file = format!("{name}-{}_bg.wasm", short_hash(&wasm));
        fs::write(page.join(&file), wasm).with_context(|| format!("cannot write {file}"))?;
        Ok((glue, file))
    }
}

/// Finishes the first program, which the file `styles` comes after, and returns `html` with the new names, which loads it.
pub(crate) fn finish_first(project: &Project, page: &Path, html: &str, styles: &str) -> Result<String> {
    let name = "cafta-calculator";
    let program = Program::find(page, name)?;
    let (glue, wasm) = program.finish(page, name)?;
    let size = fs::metadata(page.join(&wasm)).with_context(|| format!("cannot read {wasm}"))?.len();
    let script = page_script(&glue, &minified(project, START_PAGE)?, size, styles)?;
    let file = format!("{name}-{}.js", short_hash(script.as_bytes()));
    fs::write(page.join(&file), script).with_context(|| format!("cannot write {file}"))?;
    ensure!(html.contains(WASM), "index.html does not fetch {WASM}");
    html::with_script(&html.replace(WASM, &wasm), &file)
}

/// The script of the page: what wasm-bindgen wrote, and the start.
fn page_script(glue: &str, start: &str, size: u64, styles: &str) -> Result<String> {
    let (glue, _) = glue
        .split_once(WAYS_TO_START)
        .with_context(|| format!("wasm-bindgen writes no {WAYS_TO_START:?} any more"))?;
    ensure!(
        glue.contains("function __wbg_get_imports(") && glue.contains("function __wbg_finalize_init("),
        "wasm-bindgen writes its functions in another order now"
    );
    Ok(glue.to_owned() + &start.replace("SIZE", &size.to_string()).replace("LATER", styles))
}

/// The programs that run in workers.
pub(crate) const WORKERS: [&str; 2] = ["finder", "details"];

/// Finishes the programs that run in workers and returns the names of their scripts.
pub(crate) fn finish_workers(page: &Path) -> Result<Vec<String>> {
    WORKERS.into_iter().map(|name| finish_worker(page, name)).collect()
}

/// What the name of the styles begins with that come after the first program.
pub(crate) const LATER: &str = "later";

/// Writes the styles of what nobody sees before the page has answered, and returns the name of the file.
pub(crate) fn write_styles(project: &Project, page: &Path) -> Result<String> {
    let text = minified(project, "style/later.css")?;
    let file = format!("{LATER}-{}.css", short_hash(text.as_bytes()));
    fs::write(page.join(&file), text).with_context(|| format!("cannot write {file}"))?;
    Ok(file)
}

fn finish_worker(page: &Path, name: &str) -> Result<String> {
    let (glue, wasm) = Program::find(page, name)?.finish(page, name)?;
    let script = worker_script(&glue, &wasm).with_context(|| format!("{name} is not made for a worker"))?;
    let file = format!("{name}-{}.js", short_hash(script.as_bytes()));
    fs::write(page.join(&file), script).with_context(|| format!("cannot write {file}"))?;
    Ok(file)
}

/// The script of the worker: what wasm-bindgen wrote, and the start.
fn worker_script(glue: &str, wasm: &str) -> Result<String> {
    ensure!(
        glue.contains("wasm_bindgen") && !glue.contains("export default"),
        "a module: is data-type=\"worker\" gone from index.html?"
    );
    let start = START_WORKER
        .lines()
        .filter(|line| !line.starts_with("//"))
        .collect::<String>()
        .replace(WASM, wasm);
    Ok(format!("{}\n{start}\n", glue.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{page_script, worker_script};

    #[test]
    fn the_script_ends_with_the_start_of_the_named_program() {
        let script = worker_script("let wasm_bindgen = 1;\n", "finder-00aa11bb_bg.wasm").unwrap();
        assert!(script.starts_with("let wasm_bindgen = 1;\nwasm_bindgen({"), "{script}");
        assert!(script.contains("\"finder-00aa11bb_bg.wasm\""), "{script}");
        assert!(!script.contains(super::WASM) && !script.contains("//"), "{script}");
    }

    const START: &str = include_str!("../../src/start.js");

    #[test]
    fn the_page_starts_its_program_in_one_way() {
        let glue = "let wasm;function __wbg_get_imports(){}function __wbg_finalize_init(){}async function __wbg_load(e){}export{a}";
        let script = page_script(glue, START, 1234, "later-1a2b3c4d.css").unwrap();
        assert!(script.contains("href: \"later-1a2b3c4d.css\""), "{script}");
        assert!(
            script.starts_with("let wasm;function __wbg_get_imports(){}function __wbg_finalize_init(){}// Starts"),
            "{script}"
        );
        assert!(script.contains("/ 1234)"), "{script}");
        assert!(!script.contains("export"), "{script}");
        assert!(page_script("export{a}", START, 1, "later.css").is_err());
    }

    #[test]
    fn a_module_is_no_script_of_a_worker() {
        assert!(worker_script("let wasm_bindgen; export default 1;", "x.wasm").is_err());
    }
}
