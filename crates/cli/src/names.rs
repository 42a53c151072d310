//! What codes are called: labels of the Harmonized System and of national lines. Not a search, and no duty.

use duty::{Candidates, Economy, HsCode};
use tables::{Label, LineLabel};

use crate::arguments::Data;
use crate::failure::Failure;

/// The labels of one language.
pub(crate) struct Names {
    labels: Vec<Label>,
    lines: Vec<LineLabel>,
}

/// What a code is called.
pub(crate) struct Name {
    pub(crate) label: String,
    /// Whether what tells it from its siblings is inferred, to be confirmed with customs.
    pub(crate) confirm: bool,
}

impl Names {
    /// The labels of `language`, with those of the importer's lines if it has any.
    pub(crate) fn read(data: &Data, language: &str, importer: Option<Economy>) -> Result<Self, Failure> {
        let languages = data.folder.languages()?;
        if !languages.iter().any(|other| other == language) {
            return Err(Failure::flag(
                "--lang",
                format_args!("{language:?} has no labels; use one of {}", languages.join(", ")),
            ));
        }
        let lines = match importer.and_then(Economy::nomenclature) {
            Some(nomenclature) => {
                let languages = data.folder.line_languages(nomenclature)?;
                // Lines that have no label in the language asked for have one in English.
                let language = languages.iter().find(|other| *other == language).map_or("en", String::as_str);
                data.folder.line_labels(nomenclature, language)?
            }
            None => Vec::new(),
        };
        Ok(Self {
            labels: data.folder.labels(language)?,
            lines,
        })
    }

    /// What the code is called in the Harmonized System: its subheading, or its heading if it is shorter than one.
    pub(crate) fn label(&self, code: HsCode) -> Option<&str> {
        [6, 4, 2].into_iter().find_map(|digits| {
            let position = self.labels.binary_search_by_key(&code.truncated(digits), |label| label.code).ok()?;
            self.labels.get(position).map(|label| label.label.as_str())
        })
    }

    /// What a choice is called: what tells the line from its siblings; otherwise its subheading.
    pub(crate) fn choice(&self, code: HsCode) -> Name {
        let levels = [10, 8].into_iter().filter(|level| *level <= code.digits());
        match levels.map(|level| code.truncated(level)).find_map(|code| self.line(code)) {
            Some(line) => Name {
                label: line.label.clone(),
                confirm: line.inferred,
            },
            None => Name {
                label: self.label(code).unwrap_or_default().to_owned(),
                confirm: false,
            },
        }
    }

    /// What a choice is called among those of all candidates: in full if they are several, because lines are told from their siblings only.
    pub(crate) fn among(&self, candidates: &Candidates, code: HsCode) -> Name {
        let name = self.choice(code);
        match candidates.single() {
            Some(_) => name,
            None => Name {
                label: self.full(code),
                ..name
            },
        }
    }

    /// What the code is called in full: its label of the Harmonized System, then what tells the line from its siblings.
    pub(crate) fn full(&self, code: HsCode) -> String {
        let (label, choice) = (self.label(code).unwrap_or_default(), self.choice(code).label);
        if choice == label { choice } else { format!("{label}: {choice}") }
    }

    fn line(&self, code: HsCode) -> Option<&LineLabel> {
        let position = self.lines.binary_search_by_key(&code, |line| line.code).ok()?;
        self.lines.get(position)
    }
}
