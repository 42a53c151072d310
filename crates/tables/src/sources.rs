//! `data/sources.toml`: where every figure comes from, and which files it was made from. Not the files themselves: they are not in the repository.

use std::collections::BTreeMap;
use std::fs;

use duty::{Economy, Source};
use serde::Deserialize;

use crate::Folder;
use crate::error::TablesError;

/// All sources, and which column of which tariff rests on which.
#[derive(Clone, Debug)]
pub struct Sources {
    entries: Vec<SourceEntry>,
    tariffs: BTreeMap<Economy, TariffSources>,
}

/// A source with the files it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// Its short name in `sources.toml`.
    pub id: String,
    /// What it is.
    pub source: Source,
    /// The files an importer reads.
    pub files: Vec<SourceFile>,
}

/// A file as it was when the tables were made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Below the folder of sources.
    pub path: String,
    /// Its SHA-256 in small hexadecimal letters.
    pub sha256: String,
}

/// What the columns of one tariff rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TariffSources {
    /// The sources of each column: the first is that of all cells that name no year.
    pub columns: BTreeMap<String, Vec<Source>>,
}

impl Sources {
    /// The source of that name.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&SourceEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The sources of an importer's tariff.
    #[must_use]
    pub fn tariff(&self, importer: Economy) -> Option<&TariffSources> {
        self.tariffs.get(&importer)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Vec<EntryText>,
    tariff: BTreeMap<String, TariffText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryText {
    id: String,
    title: String,
    edition: String,
    year: i32,
    found: String,
    nomenclature: String,
    file: Vec<SourceFile>,
}

impl From<EntryText> for SourceEntry {
    fn from(text: EntryText) -> Self {
        let EntryText {
            id,
            title,
            edition,
            year,
            found,
            nomenclature,
            file,
        } = text;
        Self {
            id,
            source: Source {
                title,
                edition,
                year,
                found,
                nomenclature,
            },
            files: file,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TariffText {
    columns: BTreeMap<String, Ids>,
}

/// One source or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Ids {
    One(String),
    Several(Vec<String>),
}

impl Ids {
    fn iter(&self) -> std::slice::Iter<'_, String> {
        match self {
            Self::One(id) => std::slice::from_ref(id).iter(),
            Self::Several(ids) => ids.iter(),
        }
    }
}

impl Folder {
    /// All sources, from `sources.toml`.
    ///
    /// # Errors
    /// [`TablesError`] if the file is not in its form, a source comes twice, or a column names one that is not there.
    pub fn sources(&self) -> Result<Sources, TablesError> {
        let path = self.root.join("sources.toml");
        let text = fs::read_to_string(&path).map_err(|error| TablesError::reading(&path, error))?;
        let file: File = toml::from_str(&text).map_err(|error| TablesError::form(&path, error))?;
        let mut sources = Sources {
            entries: Vec::new(),
            tariffs: BTreeMap::new(),
        };
        for entry in file.source {
            if sources.entry(&entry.id).is_some() {
                return Err(TablesError::text(&path, "source", &entry.id, "each source has an id of its own"));
            }
            sources.entries.push(entry.into());
        }
        for (importer, tariff) in file.tariff {
            let economy: Economy = importer
                .parse()
                .map_err(|error| TablesError::text(&path, "tariff", &importer, error))?;
            let source_of = |column: &str, id: &String| match sources.entry(id) {
                Some(entry) => Ok(entry.source.clone()),
                None => Err(TablesError::text(
                    &path,
                    format!("tariff.{importer}.columns.{column}"),
                    id,
                    "the id of a source is expected",
                )),
            };
            let columns = tariff.columns.into_iter().map(|(column, ids)| {
                let of_column = ids.iter().map(|id| source_of(&column, id)).collect::<Result<_, _>>()?;
                Ok((column, of_column))
            });
            let columns = columns.collect::<Result<_, TablesError>>()?;
            sources.tariffs.insert(economy, TariffSources { columns });
        }
        Ok(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [[source]]
        id = "book"
        title = "The tariff"
        edition = "1 January 2026"
        year = 2026
        found = "on a shelf"
        nomenclature = "HS 2022"
        [[source.file]]
        path = "book/page.json"
        sha256 = "00"
        [tariff.CN.columns]
        mfn = "book"
        acfta = ["book", "book"]
    "#;

    fn read(name: &str, text: &str) -> Result<Sources, TablesError> {
        let root = std::env::temp_dir().join(format!("tables-sources-{}-{name}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("sources.toml"), text).unwrap();
        Folder::new(root).sources()
    }

    #[test]
    fn each_column_leads_to_its_source() {
        let sources = read("good", GOOD).unwrap();
        let tariff = sources.tariff(Economy::China).unwrap();
        let mfn = &tariff.columns["mfn"][0];
        assert_eq!((mfn.year, mfn.edition.as_str()), (2026, "1 January 2026"));
        assert_eq!(tariff.columns["acfta"].len(), 2);
        assert_eq!(sources.entry("book").unwrap().files[0].path, "book/page.json");
        assert_eq!(sources.tariff(Economy::Thailand), None);
    }

    #[test]
    fn a_column_without_a_source_is_refused() {
        let message = read("dangling", &GOOD.replace("mfn = \"book\"", "mfn = \"scroll\""))
            .unwrap_err()
            .to_string();
        assert!(
            message.ends_with("sources.toml, tariff.CN.columns.mfn: \"scroll\" is wrong; the id of a source is expected"),
            "{message}"
        );
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        assert!(matches!(
            read("key", &GOOD.replace("edition", "editon")),
            Err(TablesError::Form { .. })
        ));
    }
}
