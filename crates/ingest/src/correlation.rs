//! Which subheadings of an earlier Harmonized System hold the goods of a subheading of HS 2022, by the United Nations' tables.
//! Not how large each share is.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use duty::HsCode;

use crate::official::OfficialFile;

/// From HS 2022 to an earlier edition.
#[derive(Default)]
pub(crate) struct Correlation(BTreeMap<HsCode, BTreeSet<HsCode>>);

impl Correlation {
    /// Reads the table to the edition of that name, "hs2012".
    pub(crate) fn read(file: &OfficialFile, edition: &str) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
        let header = reader.headers().with_context(|| file.path.clone())?;
        if header != vec!["hs2022", edition, "relationship"] {
            bail!(
                "{}: the columns hs2022, {edition}, relationship are expected, not {header:?}",
                file.path
            );
        }
        let mut pairs = Vec::new();
        for (position, record) in reader.records().enumerate() {
            let place = || format!("{}, row {}", file.path, position + 2);
            let record = record.with_context(place)?;
            let code = |column: usize| subheading(record.get(column).unwrap_or_default()).with_context(place);
            pairs.push((code(0)?, code(1)?));
        }
        Ok(pairs.into_iter().collect())
    }

    /// The earlier subheadings behind one of HS 2022, in the order of their codes.
    pub(crate) fn behind(&self, subheading: HsCode) -> impl Iterator<Item = HsCode> {
        self.0.get(&subheading).into_iter().flatten().copied()
    }

    /// Whether the number stands for the same goods in both editions, at least in part.
    pub(crate) fn keeps_its_number(&self, subheading: HsCode) -> bool {
        self.behind(subheading).any(|other| other == subheading)
    }

    /// Whether the earlier edition has that subheading.
    pub(crate) fn knows(&self, earlier: HsCode) -> bool {
        self.0.values().any(|behind| behind.contains(&earlier))
    }
}

impl FromIterator<(HsCode, HsCode)> for Correlation {
    fn from_iter<I: IntoIterator<Item = (HsCode, HsCode)>>(pairs: I) -> Self {
        let mut correlation = Self::default();
        for (new, old) in pairs {
            correlation.0.entry(new).or_default().insert(old);
        }
        correlation
    }
}

/// A code of exactly six digits.
pub(crate) fn subheading(text: &str) -> anyhow::Result<HsCode> {
    let code: HsCode = text.parse()?;
    if code.digits() != 6 {
        bail!("{text:?}: six digits are expected");
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Correlation> {
        let file = OfficialFile {
            path: "table.csv".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Correlation::read(&file, "hs2012")
    }

    #[test]
    fn several_old_subheadings_can_stand_behind_a_new_one() {
        let correlation = read("hs2022,hs2012,relationship\n701980,701939,n:n\n701980,701990,n:n\n701990,701990,n:n\n").unwrap();
        let old: Vec<String> = correlation.behind("701980".parse().unwrap()).map(|code| code.to_string()).collect();
        assert_eq!(old, ["701939", "701990"]);
        assert!(!correlation.keeps_its_number("701980".parse().unwrap()));
        assert!(correlation.keeps_its_number("701990".parse().unwrap()));
        assert!(correlation.knows("701939".parse().unwrap()) && !correlation.knows("701980".parse().unwrap()));
    }

    #[test]
    fn another_form_stops_with_its_row() {
        assert!(
            read("hs2017,hs2012,relationship\n")
                .err()
                .unwrap()
                .to_string()
                .contains("hs2022, hs2012")
        );
        assert_eq!(
            format!("{:#}", read("hs2022,hs2012,relationship\n7019,701990,1:1\n").err().unwrap()),
            "table.csv, row 2: \"7019\": six digits are expected"
        );
    }
}
