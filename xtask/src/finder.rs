//! Gives the finder names by content. Trunk leaves a worker under the name of its program, which a host could keep too long: an old finder
//! would meet a new page.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::pack::hash;

/// What the worker runs last; `PROGRAM` stands for the name of the wasm.
const START: &str = include_str!("../../crates/finder/src/start.js");

/// Renames both files of the finder in a built page and returns the name of its script.
pub(crate) fn name_by_content(page: &Path) -> Result<String> {
    let (glue, program) = (page.join("finder.js"), page.join("finder_bg.wasm"));
    let wasm = fs::read(&program).with_context(|| format!("cannot read {program:?}: did Trunk build the finder?"))?;
    let named = format!("finder-{}_bg.wasm", hash(&wasm));
    let script = script(&fs::read_to_string(&glue).with_context(|| format!("cannot read {glue:?}"))?, &named)?;
    let name = format!("finder-{}.js", hash(script.as_bytes()));
    fs::rename(&program, page.join(named)).with_context(|| format!("cannot rename {program:?}"))?;
    fs::write(page.join(&name), script).with_context(|| format!("cannot write {name}"))?;
    fs::remove_file(&glue).with_context(|| format!("cannot remove {glue:?}"))?;
    Ok(name)
}

/// The script of the worker: what wasm-bindgen wrote, and the start.
fn script(glue: &str, program: &str) -> Result<String> {
    ensure!(glue.contains("wasm_bindgen"), "finder.js is not made for a worker: is data-type=\"worker\" gone from index.html?");
    let start = START.lines().filter(|line| !line.starts_with("//"));
    let start: Vec<String> = start.map(|line| line.replace("PROGRAM", program)).collect();
    Ok(format!("{}\n{}\n", glue.trim_end(), start.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::script;

    #[test]
    fn the_script_ends_with_the_start_of_the_named_program() {
        let script = script("let wasm_bindgen = 1;\n", "finder-00aa11bb_bg.wasm").unwrap();
        assert!(script.starts_with("let wasm_bindgen = 1;\nwasm_bindgen({"), "{script}");
        assert!(script.contains("\"finder-00aa11bb_bg.wasm\""), "{script}");
        assert!(!script.contains("PROGRAM") && !script.contains("//"), "{script}");
    }

    #[test]
    fn a_module_is_no_script_of_a_worker() {
        assert!(script("export default 1;", "x.wasm").is_err());
    }
}
