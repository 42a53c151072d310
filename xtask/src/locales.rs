//! The words of the interface as the build needs them: what languages there are, and their texts. Checking that all have the same is the
//! build script of the crate `words`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The texts of one language by their keys.
pub(crate) type Texts = BTreeMap<String, String>;

/// The folder `locales/`, or another of its kind.
pub(crate) struct Locales(PathBuf);

impl Locales {
    pub(crate) fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The languages, by the names of the files, sorted.
    pub(crate) fn languages(&self) -> Result<Vec<String>> {
        let mut languages = Vec::new();
        for entry in fs::read_dir(&self.0).with_context(|| format!("cannot read {:?}", self.0))? {
            let name = entry?.file_name();
            languages.extend(name.to_str().and_then(|name| name.strip_suffix(".toml")).map(str::to_owned));
        }
        languages.sort();
        Ok(languages)
    }

    /// The texts of a language.
    pub(crate) fn texts(&self, language: &str) -> Result<Texts> {
        let path = self.0.join(format!("{language}.toml"));
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
        toml::from_str(&text).with_context(|| format!("cannot understand {path:?}"))
    }

    /// One text in every language, by language.
    pub(crate) fn everywhere(&self, key: &str) -> Result<Texts> {
        let text = |language: String| {
            let text = self.texts(&language)?.remove(key);
            let text = text.with_context(|| format!("{:?} has no {key} in {language}", self.0))?;
            Ok((language, text))
        };
        self.languages()?.into_iter().map(text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Locales;

    #[test]
    fn every_language_says_its_own_name() {
        let locales = Locales::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../locales"));
        let names = locales.everywhere("language_name").unwrap();
        assert_eq!(names.get("zh").map(String::as_str), Some("中文"));
        assert_eq!(names.len(), locales.languages().unwrap().len());
        assert!(locales.everywhere("no_such_text").is_err());
    }
}
