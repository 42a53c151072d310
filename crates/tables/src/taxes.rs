//! `data/taxes.toml`: what each importer calls its taxes at import, and their standard rates. Rates of single lines are in the tariffs.

use std::fs;

use duty::{Economy, Evidence, NationalTax, Tax, TaxName, Treatment, WithItself};
use serde::Deserialize;

use crate::Folder;
use crate::error::{TablesError, by_key};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tax: Vec<TaxText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxText {
    importer: String,
    tax: String,
    name: String,
    standard: Option<String>,
    evidence: String,
    source: String,
    #[serde(default)]
    status_to_confirm: bool,
    with_itself: Option<WithItselfText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithItselfText {
    evidence: String,
    source: String,
}

impl Folder {
    /// The taxes of `importer` at import, from `taxes.toml`, in the order in which they are charged.
    ///
    /// # Errors
    /// [`TablesError`] if the file is not in its form, or a text in it is not one of its words.
    pub fn taxes(&self, importer: Economy) -> Result<Vec<NationalTax>, TablesError> {
        let path = self.root.join("taxes.toml");
        let text = fs::read_to_string(&path).map_err(|error| TablesError::reading(&path, error))?;
        let file: File = toml::from_str(&text).map_err(|error| TablesError::form(&path, error))?;
        let mut taxes = Vec::new();
        for text in file.tax {
            let wrong = |key: &str, word: &str, expected: &str| {
                TablesError::text(&path, format!("tax of {}, {key}", text.importer), word, expected)
            };
            let economy: Economy = text
                .importer
                .parse()
                .map_err(|error| TablesError::text(&path, "importer", &text.importer, error))?;
            let standard = |rate: &String| {
                rate.parse::<Treatment>()
                    .map_err(|error| wrong("standard", rate, &error.to_string()))
            };
            let evidence = |word: &str| {
                by_key(&Evidence::ALL, Evidence::key, word)
                    .ok_or_else(|| wrong("evidence", word, "read, derived, secondary or unconfirmed is expected"))
            };
            let with_itself = |text: &WithItselfText| {
                Ok::<_, TablesError>(WithItself {
                    evidence: evidence(&text.evidence)?,
                    source: text.source.clone(),
                })
            };
            let national = NationalTax {
                tax: by_key(&Tax::ALL, Tax::key, &text.tax).ok_or_else(|| wrong("tax", &text.tax, "excise or vat is expected"))?,
                name: by_key(&TaxName::ALL, TaxName::key, &text.name)
                    .ok_or_else(|| wrong("name", &text.name, "a name of a tax is expected"))?,
                standard: text.standard.as_ref().map(standard).transpose()?,
                evidence: evidence(&text.evidence)?,
                with_itself: text.with_itself.as_ref().map(with_itself).transpose()?,
                status_to_confirm: text.status_to_confirm,
                source: text.source,
            };
            if economy == importer {
                taxes.push(national);
            }
        }
        taxes.sort_by_key(|national| national.tax);
        if let Some(twice) = taxes.windows(2).find_map(|pair| match pair {
            [one, next] if one.tax == next.tax => Some(one.tax),
            _ => None,
        }) {
            return Err(TablesError::text(&path, importer.code(), twice.key(), "each tax once is expected"));
        }
        Ok(taxes)
    }
}
