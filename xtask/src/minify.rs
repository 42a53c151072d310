//! Our scripts and styles without what is only for people, and with the words they say: what the programs say comes another way.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use crate::command;
use crate::locales::Locales;
use crate::project::Project;

/// A script or a style, small: the program that makes it so comes with package-lock.json.
pub(crate) fn minified(project: &Project, source: &str) -> Result<String> {
    let arguments = ["--minify", "--target=es2022", "--log-level=warning", source];
    let text = command::output(&mut command::with(project, "esbuild", arguments)?)?;
    Ok(text.trim_end().to_owned())
}

/// A script with texts of the interface in place of the string `place`: for each language a list, in the order of the keys.
pub(crate) fn with_texts(project: &Project, script: &str, place: &str, keys: &[&str]) -> Result<String> {
    let locales = Locales::new(project.root().join("locales"));
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in keys {
        for (language, text) in locales.everywhere(key)? {
            texts.entry(language).or_default().push(text);
        }
    }
    let place = format!("\"{place}\"");
    ensure!(script.matches(&place).count() == 1, "the script needs {place} exactly once");
    Ok(script.replace(&place, &format!("({})", serde_json::to_string(&texts)?)))
}
