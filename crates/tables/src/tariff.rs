//! `data/tariffs/<importer>.csv`: one row a tariff line, one column a rate. The only place that knows how the file is laid out.
//!
//! ```text
//! code,unit,quota,mfn,acfta,…
//! 0810600000,kg,,20%,0%,…
//! ```
//! `unit` and `quota` are left out where no line of the importer has one.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use duty::{Cell, Economy, HsCode, QuotaSide, Unit};

use crate::Folder;
use crate::delimited::{Line, Separator, Table};
use crate::error::TablesError;

/// The first column.
const CODE: &str = "code";
/// The columns before the rates that not every importer has.
const OPTIONAL: [&str; 2] = ["unit", "quota"];

/// The rates of one importer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// Whose.
    pub importer: Economy,
    /// The rate columns in the order of the file, and of [`Row::cells`].
    pub columns: Vec<String>,
    /// The tariff lines in the order of their codes.
    pub rows: Vec<Row>,
}

/// One tariff line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its code, at the depth the importer charges at.
    pub code: HsCode,
    /// The unit its quantity is declared in; `None` if the tariff names none, or one the project has no code for.
    pub unit: Option<Unit>,
    /// Its side of a tariff quota, if the line has one.
    pub quota: Option<QuotaSide>,
    /// One for each of [`Tariff::columns`].
    pub cells: Vec<Cell>,
}

/// The side of a tariff quota as the file writes it.
fn quota_key(quota: Option<QuotaSide>) -> &'static str {
    match quota {
        Some(QuotaSide::Inside) => "in",
        Some(QuotaSide::Outside) => "out",
        None => "",
    }
}

/// The unit as the file writes it; nothing if there is none.
fn unit_key(unit: Option<Unit>) -> &'static str {
    unit.map_or("", Unit::code)
}

fn read_unit(line: &Line<'_>, column: usize) -> Result<Option<Unit>, TablesError> {
    if line.text(column).is_empty() {
        return Ok(None);
    }
    line.parse(column).map(Some)
}

fn read_quota(line: &Line<'_>, column: usize) -> Result<Option<QuotaSide>, TablesError> {
    [None, Some(QuotaSide::Inside), Some(QuotaSide::Outside)]
        .into_iter()
        .find(|quota| quota_key(*quota) == line.text(column))
        .ok_or_else(|| line.wrong(column, "`in`, `out` or nothing is expected"))
}

impl Folder {
    /// The rates of `importer`, from `tariffs/`.
    ///
    /// # Errors
    /// [`TablesError`] with row and column if a text is not in the duty grammar, or the codes do not rise.
    pub fn tariff(&self, importer: Economy) -> Result<Tariff, TablesError> {
        let table = Table::read(self.tariff_path(importer), Separator::Comma)?;
        let [unit, quota] = OPTIONAL.map(|name| table.header().position(|column| column == name));
        let leading = 1 + usize::from(unit.is_some()) + usize::from(quota.is_some());
        let columns = rate_columns(&table, leading)?;
        let mut cells = CellCache::default();
        let rows = table.lines_by_code()?.into_iter().map(|(code, line)| {
            Ok(Row {
                code,
                unit: unit.map_or(Ok(None), |column| read_unit(&line, column))?,
                quota: quota.map_or(Ok(None), |column| read_quota(&line, column))?,
                cells: (0..columns.len())
                    .map(|column| cells.read(&line, leading + column))
                    .collect::<Result<_, TablesError>>()?,
            })
        });
        let rows = rows.collect::<Result<_, TablesError>>()?;
        Ok(Tariff { importer, columns, rows })
    }
}

/// The columns after the first `leading` ones, which must be `code`, then those of `OPTIONAL` that are there.
fn rate_columns(table: &Table, leading: usize) -> Result<Vec<String>, TablesError> {
    let mut names = table.header().take(leading);
    let code_first = names.next() == Some(CODE);
    let mut optional = OPTIONAL.into_iter();
    if !code_first || !names.all(|name| optional.any(|known| known == name)) {
        return Err(table.wrong_header("it must begin with the column code, then unit and quota if there are any"));
    }
    let mut columns: Vec<String> = Vec::new();
    for column in table.header().skip(leading) {
        if column.is_empty() || columns.iter().any(|other| other == column) {
            return Err(table.wrong_header(format_args!("the column {column:?} has no name or comes twice")));
        }
        columns.push(column.to_owned());
    }
    Ok(columns)
}

/// A tariff has a hundred thousand cells and a thousand different texts: each text is parsed once.
#[derive(Default)]
struct CellCache<'a>(HashMap<&'a str, Cell>);

impl<'a> CellCache<'a> {
    fn read(&mut self, line: &Line<'a>, column: usize) -> Result<Cell, TablesError> {
        let text = line.text(column);
        if let Some(cell) = self.0.get(text) {
            return Ok(cell.clone());
        }
        let cell: Cell = line.parse(column)?;
        self.0.insert(text, cell.clone());
        Ok(cell)
    }
}

impl Tariff {
    /// Writes the file that [`Folder::tariff`] reads. The same tariff always gives the same bytes.
    ///
    /// # Errors
    /// [`TablesError::File`] if it cannot be written, [`TablesError::Form`] if a row has more or fewer cells than there are columns.
    pub fn write(&self, path: &Path) -> Result<(), TablesError> {
        let bytes = self.to_csv().map_err(|error| TablesError::form(path, error))?;
        fs::write(path, bytes).map_err(|error| TablesError::writing(path, error))
    }

    fn to_csv(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        let has_unit = self.rows.iter().any(|row| row.unit.is_some());
        let has_quota = self.rows.iter().any(|row| row.quota.is_some());
        let leading =
            |[unit, quota]: [&str; 2]| [(has_unit, unit), (has_quota, quota)].map(|(is_there, text)| is_there.then(|| text.to_owned()));
        let leading = |code: String, optional| [code].into_iter().chain(leading(optional).into_iter().flatten());
        writer.write_record(leading(CODE.to_owned(), OPTIONAL).chain(self.columns.iter().cloned()))?;
        for row in &self.rows {
            let optional = [unit_key(row.unit), quota_key(row.quota)];
            writer.write_record(leading(row.code.to_string(), optional).chain(row.cells.iter().map(Cell::to_string)))?;
        }
        Ok(writer.into_inner()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const GOOD: &str = "code,unit,quota,mfn,rcep\n\
        0101210000,piece,,0%,2022: 0%\n\
        1006302090,kg,out,65%,\"max(5%, 2 CNY/kg)\"\n";

    /// A data folder of its own for each test.
    fn folder(name: &str, tariff: &str) -> (Folder, PathBuf) {
        let root = std::env::temp_dir().join(format!("tables-tariff-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("tariffs")).unwrap();
        let path = root.join("tariffs/CN.csv");
        fs::write(&path, tariff).unwrap();
        (Folder::new(root), path)
    }

    fn refusal(name: &str, tariff: &str) -> String {
        let (folder, path) = folder(name, tariff);
        folder
            .tariff(Economy::China)
            .unwrap_err()
            .to_string()
            .replace(&path.display().to_string(), "CN.csv")
    }

    #[test]
    fn what_was_written_is_read_back_with_the_same_bytes() {
        let (folder, path) = folder("round", GOOD);
        let tariff = folder.tariff(Economy::China).unwrap();
        assert_eq!(tariff.columns, ["mfn", "rcep"]);
        assert_eq!(
            tariff.rows.iter().map(|row| row.quota).collect::<Vec<_>>(),
            [None, Some(QuotaSide::Outside)]
        );
        tariff.write(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), GOOD);
        assert_eq!(folder.tariff(Economy::China).unwrap(), tariff);
    }

    #[test]
    fn an_importer_without_units_and_quotas_has_no_columns_for_them() {
        let (folder, path) = folder("short", "code,mfn\n01012100,0%\n");
        let mut tariff = folder.tariff(Economy::China).unwrap();
        assert_eq!((tariff.rows[0].unit, tariff.rows[0].quota), (None, None));
        tariff.rows[0].unit = Some(Unit::Piece);
        tariff.rows.push(Row {
            code: "01012900".parse().unwrap(),
            unit: None,
            ..tariff.rows[0].clone()
        });
        tariff.write(&path).unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "code,unit,mfn\n01012100,piece,0%\n01012900,,0%\n"
        );
        assert_eq!(folder.tariff(Economy::China).unwrap(), tariff);
    }

    #[test]
    fn a_bad_cell_is_named_by_row_and_column() {
        assert_eq!(
            refusal("cell", &GOOD.replace("65%", "65")),
            "CN.csv, row 3 (1006302090), column mfn: \"65\" is wrong; \"65\" is not in the duty grammar: `%` or a currency expected at character 2"
        );
        assert!(refusal("unit", &GOOD.replace(",kg,", ",stone,")).contains("column unit: \"stone\""));
        assert!(refusal("quota", &GOOD.replace(",out,", ",beside,")).contains("`in`, `out` or nothing"));
        assert!(refusal("empty", &GOOD.replace("65%", "")).contains("column mfn: \"\""));
    }

    #[test]
    fn codes_rise_and_are_digits_only() {
        assert!(refusal("order", &GOOD.replace("0101210000", "2001210000")).contains("a code after 2001210000 is expected"));
        assert!(refusal("twice", &GOOD.replace("0101210000", "1006302090")).contains("none comes twice"));
        assert!(refusal("dots", &GOOD.replace("0101210000", "0101.21.00")).contains("only the digits"));
    }

    #[test]
    fn columns_are_complete_and_named_once() {
        assert!(refusal("missing", &GOOD.replace("code", "line")).contains("must begin with the column code"));
        assert!(refusal("late", &GOOD.replace("quota,mfn", "mfn,quota")).contains("must begin with the column code"));
        assert!(refusal("double", &GOOD.replace("rcep", "mfn")).contains("comes twice"));
        assert!(refusal("short", &GOOD.replace(",2022: 0%", "")).contains("cannot be read as a table"));
    }

    #[test]
    fn a_row_without_all_its_cells_is_not_written() {
        let (folder, path) = folder("cells", GOOD);
        let mut tariff = folder.tariff(Economy::China).unwrap();
        tariff.rows[1].cells.pop();
        assert!(matches!(tariff.write(&path), Err(TablesError::Form { .. })));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let message = Folder::new("/nowhere").tariff(Economy::China).unwrap_err().to_string();
        assert!(message.starts_with("cannot read /nowhere/tariffs/CN.csv: "), "{message}");
    }
}
