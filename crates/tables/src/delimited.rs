//! Files of rows and columns: commas for tariffs, tabs for labels. Knows headers and positions, not what a column means.

use std::fmt::Display;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

use csv::StringRecord;
use duty::HsCode;

use crate::error::TablesError;

/// What separates the columns.
#[derive(Clone, Copy)]
pub(crate) enum Separator {
    /// A comma; a text that holds one is quoted.
    Comma,
    /// A tabulator; nothing is quoted.
    Tab,
}

/// A file with a header, in memory.
pub(crate) struct Table {
    path: PathBuf,
    header: StringRecord,
    records: Vec<StringRecord>,
}

impl Table {
    pub(crate) fn read(path: PathBuf, separator: Separator) -> Result<Self, TablesError> {
        let bytes = fs::read(&path).map_err(|error| TablesError::reading(&path, error))?;
        let mut builder = csv::ReaderBuilder::new();
        if matches!(separator, Separator::Tab) {
            builder.delimiter(b'\t').quoting(false);
        }
        let mut reader = builder.from_reader(bytes.as_slice());
        let header = reader.headers().map_err(|error| TablesError::form(&path, error))?.clone();
        let records = reader
            .records()
            .collect::<Result<_, _>>()
            .map_err(|error| TablesError::form(&path, error))?;
        Ok(Self { path, header, records })
    }

    pub(crate) fn header(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// Where a column stands.
    pub(crate) fn position_of(&self, column: &str) -> Result<usize, TablesError> {
        self.header
            .iter()
            .position(|name| name == column)
            .ok_or_else(|| self.wrong_header(format_args!("a column {column:?} is expected")))
    }

    pub(crate) fn wrong_header(&self, expected: impl Display) -> TablesError {
        let header: Vec<&str> = self.header.iter().collect();
        TablesError::text(&self.path, "header", &header.join(" "), expected)
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.records.iter().map(|record| Line { table: self, record })
    }

    /// The lines with their codes from column `code`, which must rise.
    pub(crate) fn lines_by_code(&self) -> Result<Vec<(HsCode, Line<'_>)>, TablesError> {
        let column = self.position_of("code")?;
        let mut lines: Vec<(HsCode, Line<'_>)> = Vec::with_capacity(self.records.len());
        for line in self.lines() {
            let code: HsCode = line.parse(column)?;
            if code.to_string() != line.text(column) {
                return Err(line.wrong(column, "only the digits of a code are expected"));
            }
            if let Some((previous, _)) = lines.last().filter(|(previous, _)| *previous >= code) {
                return Err(line.wrong(
                    column,
                    format_args!("a code after {previous} is expected: codes rise and none comes twice"),
                ));
            }
            lines.push((code, line));
        }
        Ok(lines)
    }
}

/// One row of a [`Table`].
pub(crate) struct Line<'a> {
    table: &'a Table,
    record: &'a StringRecord,
}

impl<'a> Line<'a> {
    pub(crate) fn text(&self, column: usize) -> &'a str {
        self.record.get(column).unwrap_or_default()
    }

    pub(crate) fn parse<T: FromStr<Err: Display>>(&self, column: usize) -> Result<T, TablesError> {
        self.text(column).parse().map_err(|error| self.wrong(column, error))
    }

    pub(crate) fn wrong(&self, column: usize, expected: impl Display) -> TablesError {
        let row = self.record.position().map_or(0, csv::Position::line);
        let name = self.table.header.get(column).unwrap_or_default();
        let place = format!("row {row} ({}), column {name}", self.record.get(0).unwrap_or_default());
        TablesError::text(&self.table.path, place, self.text(column), expected)
    }
}
