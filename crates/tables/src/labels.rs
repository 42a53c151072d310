//! `data/labels/`: what a code means, in people's words. Not the legal text of a tariff, and no searching.
//!
//! ```text
//! labels/en.tsv                 code  label  keywords      the Harmonized System, one file a language
//! labels/lines/CN.tsv           code  en  zh               what tells a national line from its siblings
//! labels/lines/AHTN.tsv         code  en                   the same for the nomenclature that the members of ASEAN share
//! labels/lines/CN.inferred.txt  codes, or prefixes of them, whose line label is not read in the tariff itself
//! ```

use std::fs;

use duty::{Economy, HsCode};

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
            languages.extend(name.to_str().and_then(|name| name.strip_suffix(".tsv")).map(str::to_owned));
        }
        languages.sort();
        Ok(languages)
    }

    /// The labels of the Harmonized System in `language`.
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

    /// The languages of an importer's line labels, in the order of their columns.
    ///
    /// # Errors
    /// [`TablesError`] if the file cannot be read.
    pub fn line_languages(&self, importer: Economy) -> Result<Vec<String>, TablesError> {
        let Some(lines) = lines_of(importer) else { return Ok(Vec::new()) };
        let table = self.line_table(lines)?;
        Ok(table.header().filter(|column| *column != "code").map(str::to_owned).collect())
    }

    /// What tells the importer's lines apart, in `language`.
    ///
    /// # Errors
    /// [`TablesError`] if the file has no column of that language, a label is empty or the codes do not rise.
    pub fn line_labels(&self, importer: Economy, language: &str) -> Result<Vec<LineLabel>, TablesError> {
        let Some(lines) = lines_of(importer) else { return Ok(Vec::new()) };
        let inferred = self.inferred(lines)?;
        let table = self.line_table(lines)?;
        let column = table.position_of(language)?;
        let labels = table.lines_by_code()?.into_iter().map(|(code, line)| {
            let label = not_empty(line.text(column)).ok_or_else(|| line.wrong(column, "a label is expected"))?;
            Ok(LineLabel {
                code,
                label,
                inferred: inferred.iter().any(|beginning| beginning.covers(code)),
            })
        });
        labels.collect()
    }

    fn line_table(&self, lines: &str) -> Result<Table, TablesError> {
        Table::read(self.root.join(format!("labels/lines/{lines}.tsv")), Separator::Tab)
    }

    /// None of the labels of ASEAN's nomenclature is inferred.
    fn inferred(&self, lines: &str) -> Result<Vec<HsCode>, TablesError> {
        if lines == AHTN {
            return Ok(Vec::new());
        }
        let path = self.root.join(format!("labels/lines/{lines}.inferred.txt"));
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

/// The nomenclature that the members of ASEAN share.
const AHTN: &str = "AHTN";

/// The nomenclature an importer's lines are from; Timor-Leste has none below the Harmonized System.
fn lines_of(importer: Economy) -> Option<&'static str> {
    match importer {
        Economy::China => Some("CN"),
        Economy::TimorLeste => None,
        _ => Some(AHTN),
    }
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
        assert_eq!(folder.line_languages(Economy::China).unwrap(), ["en", "zh"]);
        let labels = folder.line_labels(Economy::China, "zh").unwrap();
        assert_eq!(
            labels
                .iter()
                .map(|label| (label.label.as_str(), label.inferred))
                .collect::<Vec<_>>(),
            [("榴莲", false), ("含金", true)]
        );
    }

    #[test]
    fn the_members_of_asean_share_their_labels() {
        let folder = folder("asean", LINES);
        fs::write(folder.root.join("labels/lines/AHTN.tsv"), "code\ten\n01013010\tPure-bred\n").unwrap();
        for importer in [Economy::Laos, Economy::VietNam] {
            assert_eq!(folder.line_labels(importer, "en").unwrap()[0].label, "Pure-bred");
        }
        assert!(folder.line_languages(Economy::TimorLeste).unwrap().is_empty());
        assert!(folder.line_labels(Economy::TimorLeste, "en").unwrap().is_empty());
    }

    #[test]
    fn a_missing_language_and_an_empty_label_are_named() {
        let missing = folder("missing", LINES).line_labels(Economy::China, "th").unwrap_err().to_string();
        assert!(
            missing.contains("header: \"code en zh\" is wrong; a column \"th\" is expected"),
            "{missing}"
        );
        let empty = folder("empty", &LINES.replace("含金", " "))
            .line_labels(Economy::China, "zh")
            .unwrap_err()
            .to_string();
        assert!(
            empty.contains("row 3 (2603000010), column zh: \" \" is wrong; a label is expected"),
            "{empty}"
        );
    }
}
