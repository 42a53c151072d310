//! What the tests of the details share: where the repository is, and the words of a language as the packer makes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use words::{Format, Texts, Words};

pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub(crate) fn words(language: &'static str) -> Words {
    let read = |language: &str| -> BTreeMap<String, String> {
        toml::from_str(&fs::read_to_string(root().join(format!("locales/{language}.toml"))).unwrap()).unwrap()
    };
    let english = read("en");
    let texts = read(language)
        .iter()
        .map(|(key, text)| pack::numbered(english.get(key).unwrap(), text))
        .collect();
    Words::new(Texts::new(texts), Format::new(language))
}
