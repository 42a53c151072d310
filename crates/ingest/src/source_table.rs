//! Published tables, workbook or comma-separated, as texts with their places: only the columns asked for. Not what a text means.

use std::io::Cursor;

use anyhow::{Context, anyhow, bail, ensure};
use calamine::{Data, Reader, Xlsx};

use crate::official::OfficialFile;

/// One text of a table. Runs of blanks and line breaks are one blank, and none stands at the ends.
#[derive(Clone)]
pub(crate) struct Field {
    text: String,
    place: String,
}

impl Field {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// What the text means to `known`; if it means nothing there, the error says where it stands.
    pub(crate) fn read<T>(&self, known: impl FnOnce(&str) -> Option<T>) -> anyhow::Result<T> {
        known(&self.text).with_context(|| format!("{}: {:?} has no known form", self.place, self.text))
    }

    /// An error about this text.
    pub(crate) fn wrong(&self, reason: &str) -> anyhow::Error {
        anyhow!("{}: {:?} {reason}", self.place, self.text)
    }
}

/// One row: the column that names it, and the columns asked for.
pub(crate) struct Record<const N: usize> {
    pub(crate) key: Field,
    pub(crate) fields: [Field; N],
}

/// Reads the first sheet of a workbook; its first row holds the titles.
pub(crate) fn workbook<const N: usize>(file: &OfficialFile, key: &str, titles: [&str; N]) -> anyhow::Result<Vec<Record<N>>> {
    let unreadable = || format!("{}, first sheet", file.path);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.as_slice())).with_context(unreadable)?;
    let sheet = workbook.worksheet_range_at(0).with_context(unreadable)?.with_context(unreadable)?;
    records(file, key, titles, sheet.rows().map(|row| Ok(row.iter().map(text).collect())))
}

/// Reads a file of comma-separated values with a header.
pub(crate) fn delimited<const N: usize>(file: &OfficialFile, key: &str, titles: [&str; N]) -> anyhow::Result<Vec<Record<N>>> {
    let bytes = file.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&file.bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows = reader.records().map(|record| {
        let record = record.with_context(|| file.path.clone())?;
        Ok(record.iter().map(|text| Some(plain(text))).collect())
    });
    records(file, key, titles, rows)
}

/// A row of texts; `None` for a cell of another kind.
type Texts = Vec<Option<String>>;

fn records<const N: usize>(
    file: &OfficialFile,
    key: &str,
    titles: [&str; N],
    mut rows: impl Iterator<Item = anyhow::Result<Texts>>,
) -> anyhow::Result<Vec<Record<N>>> {
    let Some(header) = rows.next().transpose()? else {
        bail!("{}: no row with titles", file.path)
    };
    let column = |title: &str| position_of(&header, title).with_context(|| format!("{}: the column {title:?} is expected once", file.path));
    let key_column = column(key)?;
    let mut columns = [("", 0); N];
    for (place, title) in columns.iter_mut().zip(titles) {
        *place = (title, column(title)?);
    }
    let mut records = Vec::new();
    for (position, row) in rows.enumerate() {
        let row = row?;
        let text = |column: usize| row.get(column).cloned().flatten().unwrap_or_default();
        let name = text(key_column);
        let field = |title: &str, column: usize| Field {
            place: format!("{}, row {} ({name}), column {title}", file.path, position + 2),
            text: text(column),
        };
        let other = columns
            .into_iter()
            .chain([(key, key_column)])
            .find(|(_, column)| row.get(*column) == Some(&None));
        if let Some((title, column)) = other {
            bail!(field(title, column).wrong("stands for a cell that is not a text"));
        }
        records.push(Record {
            key: field(key, key_column),
            fields: columns.map(|(title, column)| field(title, column)),
        });
    }
    ensure!(!records.is_empty(), "{}: no rows", file.path);
    Ok(records)
}

fn position_of(header: &Texts, title: &str) -> Option<usize> {
    let is_title = |position: &usize| header.get(*position).is_some_and(|name| name.as_deref() == Some(title));
    let mut positions = (0..header.len()).filter(is_title);
    positions.next().filter(|_| positions.next().is_none())
}

fn text(data: &Data) -> Option<String> {
    match data {
        Data::Empty => Some(String::new()),
        Data::String(text) => Some(plain(text)),
        _ => None,
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row with these texts, as a table would give it.
    pub(crate) fn record<const N: usize>(key: &str, texts: [&str; N]) -> Record<N> {
        let field = |text: &str| Field {
            text: text.to_owned(),
            place: format!("table, {key}"),
        };
        Record {
            key: field(key),
            fields: texts.map(field),
        }
    }

    fn file(text: &str) -> OfficialFile {
        OfficialFile {
            path: "table.csv".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    #[test]
    fn columns_are_found_by_their_titles_and_blanks_made_plain() {
        let records = delimited(&file("\u{feff}hs,MFN,note\n0101,\u{3000},x\n0102, 5\u{a0} % ,y\n"), "hs", ["MFN"]).unwrap();
        let texts: Vec<(&str, &str)> = records.iter().map(|record| (record.key.text(), record.fields[0].text())).collect();
        assert_eq!(texts, [("0101", ""), ("0102", "5 %")]);
    }

    #[test]
    fn a_text_of_no_known_form_says_where_it_stands() {
        let records = delimited(&file("hs,MFN\n0101,free\n"), "hs", ["MFN"]).unwrap();
        let message = records[0].fields[0].read(|_| None::<()>).unwrap_err().to_string();
        assert_eq!(message, "table.csv, row 2 (0101), column MFN: \"free\" has no known form");
    }

    #[test]
    fn a_column_that_is_missing_or_twice_stops() {
        for header in ["hs,ACFTA", "hs,MFN,MFN"] {
            let error = delimited(&file(&format!("{header}\n0101,1,2\n")), "hs", ["MFN"]).err().unwrap();
            assert!(error.to_string().ends_with("the column \"MFN\" is expected once"), "{error}");
        }
    }
}
