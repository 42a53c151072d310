//! A table in the making: lines come in any order and leave in that of their codes. Knows no source.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};
use duty::{Cell, Economy, HsCode, Unit};
use tables::{Row, Tariff};

/// The lines of one importer, each with a cell for every column.
pub(crate) struct Draft<const N: usize> {
    importer: Economy,
    columns: [&'static str; N],
    rows: BTreeMap<HsCode, Row>,
}

impl<const N: usize> Draft<N> {
    pub(crate) fn new(importer: Economy, columns: [&'static str; N]) -> Self {
        Self {
            importer,
            columns,
            rows: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, code: HsCode, unit: Option<Unit>, cells: [Cell; N]) -> anyhow::Result<()> {
        let row = Row {
            code,
            unit,
            quota: None,
            cells: cells.to_vec(),
        };
        ensure!(
            self.rows.insert(code, row).is_none(),
            "{}: the line {code} comes twice",
            self.importer
        );
        Ok(())
    }

    /// The table. No line may lie below another: a shipment must have one rate.
    pub(crate) fn finish(self) -> anyhow::Result<Tariff> {
        let codes = self.rows.keys().zip(self.rows.keys().skip(1));
        for (code, next) in codes {
            if code.covers(*next) {
                bail!("{}: the line {next} lies below the line {code}", self.importer);
            }
        }
        Ok(Tariff {
            importer: self.importer,
            columns: self.columns.map(str::to_owned).to_vec(),
            rows: self.rows.into_values().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_leave_in_order_and_none_below_another() {
        let mut draft = Draft::new(Economy::Laos, ["mfn"]);
        let cell = || ["5%".parse::<Cell>().unwrap()];
        let code = |text: &str| text.parse::<HsCode>().unwrap();
        draft.add(code("01012900"), None, cell()).unwrap();
        draft.add(code("01012100"), None, cell()).unwrap();
        assert!(draft.add(code("01012100"), None, cell()).is_err(), "twice");
        let tariff = draft.finish().unwrap();
        assert_eq!(
            tariff.rows.iter().map(|row| row.code.to_string()).collect::<Vec<_>>(),
            ["01012100", "01012900"]
        );

        let mut draft = Draft::new(Economy::Laos, ["mfn"]);
        draft.add(code("01012900"), None, cell()).unwrap();
        draft.add(code("0101290010"), None, cell()).unwrap();
        assert_eq!(
            draft.finish().unwrap_err().to_string(),
            "LA: the line 0101290010 lies below the line 01012900"
        );
    }
}
