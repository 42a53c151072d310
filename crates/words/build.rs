//! Turns locales/*.toml into `Texts`: one function per message, so that a missing message or argument does not compile.
//! Refuses a language that lacks a message, has one too many, or names other placeholders than English does.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// As seen from the folder of this crate.
const LOCALES: &str = "../../locales";

/// What a language calls itself: the other languages show it too, so it is in the program.
const OWN_NAME: &str = "language_name";

type Messages = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={LOCALES}");
    let english = read(&Path::new(LOCALES).join("en.toml"))?;
    let mut languages = BTreeMap::new();
    for entry in fs::read_dir(LOCALES)? {
        let path = entry?.path();
        // locales/about has the words of the page about the data, which is made by xtask.
        if path.is_dir() {
            continue;
        }
        let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let messages = read(&path)?;
        check(&language, &english, &messages)?;
        languages.insert(language, messages.get(OWN_NAME).cloned().unwrap_or_default());
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("texts.rs");
    fs::write(out, generate(&english, &languages)?)?;
    Ok(())
}

fn read(path: &Path) -> Result<Messages, Box<dyn std::error::Error>> {
    Ok(toml::from_str(&fs::read_to_string(path)?).map_err(|error| format!("{}: {error}", path.display()))?)
}

fn check(language: &str, english: &Messages, messages: &Messages) -> Result<(), String> {
    if let Some(missing) = english.keys().find(|key| !messages.contains_key(*key)) {
        return Err(format!("locales/{language}.toml lacks `{missing}`"));
    }
    for (key, text) in messages {
        let original = english
            .get(key)
            .ok_or_else(|| format!("locales/{language}.toml has `{key}`, which English lacks"))?;
        let sorted = |text| {
            let mut names = pack::placeholders(text);
            names.sort_unstable();
            names
        };
        if sorted(text) != sorted(original) {
            return Err(format!(
                "locales/{language}.toml: `{key}` must name {:?}",
                pack::placeholders(original)
            ));
        }
    }
    Ok(())
}

fn generate(english: &Messages, languages: &BTreeMap<String, String>) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    writeln!(
        code,
        "/// Languages of the interface.\npub const LANGUAGES: &[&str] = &{:?};",
        languages.keys().collect::<Vec<_>>()
    )?;
    writeln!(
        code,
        "/// What each calls itself.\npub const LANGUAGE_NAMES: &[&str] = &{:?};",
        languages.values().collect::<Vec<_>>()
    )?;
    writeln!(code, "/// Says which set of messages this program was built with.")?;
    writeln!(
        code,
        "pub const EDITION: &str = {:?};",
        pack::messages_edition(english.keys().map(String::as_str))
    )?;
    writeln!(code, "impl Texts {{")?;
    for (position, (key, text)) in english.iter().enumerate() {
        let names = pack::placeholders(text);
        writeln!(code, "    /// {:?}", text)?;
        if names.is_empty() {
            writeln!(
                code,
                "    #[must_use]\n    pub fn {key}(self) -> &'static str {{ self.get({position}) }}"
            )?;
        } else {
            let parameters: Vec<String> = names.iter().map(|name| format!("{name}: &str")).collect();
            writeln!(
                code,
                "    #[must_use]\n    pub fn {key}(self, {}) -> String {{ self.fill({position}, &[{}]) }}",
                parameters.join(", "),
                names.join(", ")
            )?;
        }
    }
    writeln!(code, "}}")?;
    Ok(code)
}
