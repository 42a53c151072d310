//! `data/labels/`: what a code means, in people's words. Not the legal text of a tariff, and no searching.
//!
//! ```text
//! labels/en.tsv                 code  label  keywords      the Harmonized System, one file a language
//! labels/words/en.tsv           code  keywords             further search words, where a language has them
//! labels/sections.tsv           code  en  zh               its sections, each by its first chapter
//! labels/lines/CN.tsv           code  en  zh               what tells a national line from its siblings
//! labels/lines/AHTN.tsv         code  en                   the same for the nomenclature that the members of ASEAN share
//! labels/lines/CN.inferred.txt  codes, or prefixes of them, whose line label is not read in the tariff itself
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use duty::HsCode;

use crate::Folder;
use crate::delimited::{Separator, Table};
use crate::error::TablesError;

/// What a code of the Harmonized System means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Chapter, heading or subheading.
    pub code: HsCode,
    /// Its meaning in a few words.
    pub label: String,
    /// Other words people look for it by, separated by commas.
    pub keywords: String,
}

/// The file of the sections, which stands beside those of the languages.
const SECTIONS: &str = "sections";

/// What tells a national line from its siblings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLabel {
    /// The line, or several that share a beginning.
    pub code: HsCode,
    /// The difference in a few words.
    pub label: String,
    /// Whether the difference is inferred and must be confirmed with customs.
    pub inferred: bool,
}

impl Folder {
    /// The languages with labels, by the names of the files in `labels/`, sorted.
    ///
    /// # Errors
    /// [`TablesError::File`] if the folder cannot be read.
    pub fn languages(&self) -> Result<Vec<String>, TablesError> {
        let path = self.root.join("labels");
        let mut languages = Vec::new();
        for entry in fs::read_dir(&path).map_err(|error| TablesError::reading(&path, error))? {
            let name = entry.map_err(|error| TablesError::reading(&path, error))?.file_name();
            let language = name.to_str().and_then(|name| name.strip_suffix(".tsv"));
            languages.extend(language.filter(|name| *name != SECTIONS).map(str::to_owned));
        }
        languages.sort();
        Ok(languages)
    }

    /// The labels of the Harmonized System in `language`, with the usual search words.
    ///
    /// # Errors
    /// [`TablesError`] if the language has no file, a label is empty or the codes do not rise.
    pub fn labels(&self, language: &str) -> Result<Vec<Label>, TablesError> {
        let table = Table::read(self.root.join(format!("labels/{language}.tsv")), Separator::Tab)?;
        let (label, keywords) = (table.position_of("label")?, table.position_of("keywords")?);
        let labels = table.lines_by_code()?.into_iter().map(|(code, line)| {
            let keywords = line.text(keywords).to_owned();
            Ok(Label {
                code,
                label: not_empty(line.text(label)).ok_or_else(|| line.wrong(label, "a label is expected"))?,
                keywords,
            })
        });
        labels.collect()
    }

    /// Further words by which codes are looked for: those of a file of their own, and what only the labels of national lines say.
    /// Empty for a language that has neither.
    ///
    /// # Errors
    /// [`TablesError`] as for [`Folder::labels`]; also if a code has no label.
    pub fn further_words(&self, language: &str) -> Result<BTreeMap<HsCode, String>, TablesError> {
        let labels = self.labels(language)?;
        let mut further = self.written_words(language)?;
        if let Some(stray) = further
            .keys()
            .find(|code| labels.binary_search_by_key(*code, |label| label.code).is_err())
        {
            return Err(TablesError::text(
                &self.words_path(language),
                "code",
                &stray.to_string(),
                "it has no label",
            ));
        }
        let texts = labels
            .iter()
            .flat_map(|label| [&label.label, &label.keywords])
            .chain(further.values());
        let known: BTreeSet<String> = texts.flat_map(|text| words(text)).collect();
        for nomenclature in NOMENCLATURES {
            if !self.line_languages(nomenclature)?.iter().any(|other| other == language) {
                continue;
            }
            for line in self.line_labels(nomenclature, language)? {
                let is_new = |phrase: &&str| words(phrase).any(|word| !known.contains(&word));
                for phrase in line.label.split([',', ';', '，', '、']).filter(is_new) {
                    let own = further.entry(line.code.subheading()).or_default();
                    if !own.is_empty() {
                        own.push_str(", ");
                    }
                    own.push_str(phrase.trim());
                }
            }
        }
        Ok(further)
    }

    /// Search words that stand in a file of their own; none if the language has no such file.
    fn written_words(&self, language: &str) -> Result<BTreeMap<HsCode, String>, TablesError> {
        let path = self.words_path(language);
        if !path.exists() {
            return Ok(BTreeMap::new());
        }
        let table = Table::read(path, Separator::Tab)?;
        let keywords = table.position_of("keywords")?;
        let lines = table.lines_by_code()?;
        Ok(lines
            .into_iter()
            .map(|(code, line)| (code, line.text(keywords).to_owned()))
            .collect())
    }

    fn words_path(&self, language: &str) -> PathBuf {
        self.root.join(format!("labels/words/{language}.tsv"))
    }

    /// The languages in which the sections have titles, in the order of their columns.
    ///
    /// # Errors
    /// [`TablesError`] if the file cannot be read.
    pub fn section_languages(&self) -> Result<Vec<String>, TablesError> {
        Ok(languages_of(&self.section_table()?))
    }

    /// The sections of the Harmonized System in `language`, each by the code of its first chapter, with its title; and what nations number
    /// behind them.
    ///
    /// # Errors
    /// [`TablesError`] if the file has no column of that language, a title is empty or the chapters do not rise.
    pub fn sections(&self, language: &str) -> Result<Vec<(HsCode, String)>, TablesError> {
        labelled(&self.section_table()?, language)
    }

    fn section_table(&self) -> Result<Table, TablesError> {
        Table::read(self.root.join(format!("labels/{SECTIONS}.tsv")), Separator::Tab)
    }

    /// The languages in which the lines of a nomenclature have labels, in the order of their columns; see [`duty::Economy::nomenclature`].
    ///
    /// # Errors
    /// [`TablesError`] if the file cannot be read.
    pub fn line_languages(&self, nomenclature: &str) -> Result<Vec<String>, TablesError> {
        Ok(languages_of(&self.line_table(nomenclature)?))
    }

    /// What tells the lines of a nomenclature apart, in `language`.
    ///
    /// # Errors
    /// [`TablesError`] if the file has no column of that language, a label is empty or the codes do not rise.
    pub fn line_labels(&self, nomenclature: &str, language: &str) -> Result<Vec<LineLabel>, TablesError> {
        let inferred = self.inferred(nomenclature)?;
        let labels = labelled(&self.line_table(nomenclature)?, language)?;
        let labels = labels.into_iter().map(|(code, label)| LineLabel {
            code,
            label,
            inferred: inferred.iter().any(|beginning| beginning.covers(code)),
        });
        Ok(labels.collect())
    }

    fn line_table(&self, nomenclature: &str) -> Result<Table, TablesError> {
        Table::read(self.root.join(format!("labels/lines/{nomenclature}.tsv")), Separator::Tab)
    }

    /// Beginnings of codes; none if the nomenclature has no such file.
    fn inferred(&self, nomenclature: &str) -> Result<Vec<HsCode>, TablesError> {
        let path = self.root.join(format!("labels/lines/{nomenclature}.inferred.txt"));
        if !path.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(&path).map_err(|error| TablesError::reading(&path, error))?;
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let codes = lines.map(|(position, line)| {
            line.parse()
                .map_err(|error| TablesError::text(&path, format!("row {}", position + 1), line, error))
        });
        codes.collect()
    }
}

/// The nomenclatures whose lines have labels, as [`duty::Economy::nomenclature`] names them.
const NOMENCLATURES: [&str; 2] = ["AHTN", "CN"];

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The columns of a table that has one a language.
fn languages_of(table: &Table) -> Vec<String> {
    table.header().filter(|column| *column != "code").map(str::to_owned).collect()
}

/// The column of a language in such a table, by code.
fn labelled(table: &Table, language: &str) -> Result<Vec<(HsCode, String)>, TablesError> {
    let column = table.position_of(language)?;
    let labels = table.lines_by_code()?.into_iter().map(|(code, line)| {
        let label = not_empty(line.text(column)).ok_or_else(|| line.wrong(column, "a label is expected"))?;
        Ok((code, label))
    });
    labels.collect()
}

fn not_empty(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, lines: &str) -> Folder {
        let root = std::env::temp_dir().join(format!("tables-labels-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("labels/lines")).unwrap();
        fs::write(
            root.join("labels/en.tsv"),
            "code\tlabel\tkeywords\n0810\tOther \"fresh\" fruit\tberries, durian\n081060\tDurians\t\n",
        )
        .unwrap();
        fs::write(root.join("labels/lines/CN.tsv"), lines).unwrap();
        fs::write(root.join("labels/lines/CN.inferred.txt"), "# beginnings\n26030000\n").unwrap();
        Folder::new(root)
    }

    const LINES: &str = "code\ten\tzh\n08106000\tDurians\t榴莲\n2603000010\tWith gold\t含金\n";

    #[test]
    fn quotes_are_letters_and_keywords_may_be_missing() {
        let folder = folder("hs", LINES);
        let labels = folder.labels("en").unwrap();
        assert_eq!(labels[0].label, "Other \"fresh\" fruit");
        assert_eq!(labels[1].keywords, "");
        assert_eq!(folder.languages().unwrap(), ["en"]);
    }

    #[test]
    fn a_beginning_marks_all_lines_below_it_as_inferred() {
        let folder = folder("lines", LINES);
        assert_eq!(folder.line_languages("CN").unwrap(), ["en", "zh"]);
        let labels = folder.line_labels("CN", "zh").unwrap();
        assert_eq!(
            labels
                .iter()
                .map(|label| (label.label.as_str(), label.inferred))
                .collect::<Vec<_>>(),
            [("榴莲", false), ("含金", true)]
        );
    }

    #[test]
    fn a_nomenclature_without_inferred_labels_has_no_list_of_them() {
        let folder = folder("asean", LINES);
        fs::write(folder.root.join("labels/lines/AHTN.tsv"), "code\ten\n26030000\tPure-bred\n").unwrap();
        let labels = folder.line_labels("AHTN", "en").unwrap();
        assert_eq!((labels[0].label.as_str(), labels[0].inferred), ("Pure-bred", false));
    }

    #[test]
    fn a_missing_language_and_an_empty_label_are_named() {
        let missing = folder("missing", LINES).line_labels("CN", "th").unwrap_err().to_string();
        assert!(
            missing.contains("header: \"code en zh\" is wrong; a column \"th\" is expected"),
            "{missing}"
        );
        let empty = folder("empty", &LINES.replace("含金", " "))
            .line_labels("CN", "zh")
            .unwrap_err()
            .to_string();
        assert!(
            empty.contains("row 3 (2603000010), column zh: \" \" is wrong; a label is expected"),
            "{empty}"
        );
    }
}
