//! China's RCEP schedule for ASEAN: a rate for each of 21 years on each eight-digit line of its tariff of 2014 (HS 2012). Not its use today.

use std::collections::BTreeMap;
use std::io::Cursor;

use anyhow::{Context, bail, ensure};
use calamine::{Data, Reader, Xls};
use duty::{HsCode, Percent, Treatment};
use rust_decimal::Decimal;

use crate::official::OfficialFile;

const SHEET: &str = "ASEAN";
/// Code, description and base rate stand before the years.
const BASE_COLUMN: usize = 2;
/// Year 1 to Year 20, then "Year 21 and subsequent years".
pub(crate) const YEARS: usize = 21;
/// Year 1: the agreement entered into force for China on 1 January 2022.
pub(crate) const FIRST_YEAR: i32 = 2022;

/// One line of the schedule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScheduleLine {
    /// The rate the cuts start from.
    pub(crate) base: Percent,
    /// From Year 1 on.
    pub(crate) years: Vec<Treatment>,
}

/// All lines.
#[derive(Default)]
pub(crate) struct Schedule(BTreeMap<HsCode, ScheduleLine>);

impl Schedule {
    pub(crate) fn read(file: &OfficialFile) -> anyhow::Result<Self> {
        let unreadable = || format!("{}, sheet {SHEET}", file.path);
        let mut workbook: Xls<_> = Xls::new(Cursor::new(file.bytes.as_slice())).with_context(unreadable)?;
        let range = workbook.worksheet_range(SHEET).with_context(unreadable)?;
        let mut rows = range
            .rows()
            .enumerate()
            .map(|(position, row)| (format!("{}, row {}", file.path, position + 1), row));
        rows.find(|(_, row)| is_header(row))
            .with_context(|| format!("{}: no row with Base Rate, Year 1 … Year 21", file.path))?;
        let mut lines = BTreeMap::new();
        for (place, row) in rows {
            let Some(code) = line_code(row) else {
                ensure!(
                    row.iter().skip(BASE_COLUMN).all(is_blank),
                    "{place}: rates without an eight-digit code: {row:?}"
                );
                continue;
            };
            let line = ScheduleLine::read(row).with_context(|| format!("{place}, line {code}"))?;
            ensure!(lines.insert(code, line).is_none(), "{place}: the line {code} comes twice");
        }
        Ok(Self(lines))
    }

    /// The line with that code.
    pub(crate) fn line(&self, code: HsCode) -> Option<&ScheduleLine> {
        self.0.get(&code)
    }

    /// The lines under a subheading of HS 2012.
    pub(crate) fn under(&self, subheading: HsCode) -> impl Iterator<Item = &ScheduleLine> {
        self.0
            .range(subheading..)
            .take_while(move |(code, _)| subheading.covers(**code))
            .map(|(_, line)| line)
    }
}

#[cfg(test)]
impl FromIterator<(HsCode, ScheduleLine)> for Schedule {
    fn from_iter<I: IntoIterator<Item = (HsCode, ScheduleLine)>>(lines: I) -> Self {
        Self(lines.into_iter().collect())
    }
}

impl ScheduleLine {
    fn read(row: &[Data]) -> anyhow::Result<Self> {
        let Treatment::Duty(duty::DutyExpression::AdValorem(base)) = treatment(row.get(BASE_COLUMN))? else {
            bail!("the base rate must be a percentage");
        };
        let years: Vec<Treatment> = row
            .iter()
            .skip(BASE_COLUMN + 1)
            .map(|data| treatment(Some(data)))
            .collect::<anyhow::Result<_>>()?;
        ensure!(years.len() == YEARS, "{} years instead of {YEARS}", years.len());
        Ok(Self { base, years })
    }
}

fn is_header(row: &[Data]) -> bool {
    let titles: Vec<String> = row
        .iter()
        .map(|data| data.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let years = (1..YEARS)
        .map(|year| format!("Year {year}"))
        .chain([format!("Year {YEARS} and Subsequent Years")]);
    let expected = ["HS Code", "Product Description", "Base Rate"]
        .map(str::to_owned)
        .into_iter()
        .chain(years);
    titles.into_iter().eq(expected)
}

/// `0101.21.00` in the first column; shorter codes are headings of the book.
fn line_code(row: &[Data]) -> Option<HsCode> {
    let Some(Data::String(text)) = row.first() else { return None };
    text.parse().ok().filter(|code: &HsCode| code.digits() == 8)
}

fn is_blank(data: &Data) -> bool {
    matches!(data, Data::Empty) || matches!(data, Data::String(text) if text.trim().is_empty())
}

/// A fraction (0.05 is 5 %), or `U`: no commitment.
fn treatment(data: Option<&Data>) -> anyhow::Result<Treatment> {
    match data {
        Some(Data::String(text)) if text == "U" => Ok(Treatment::NoConcession),
        Some(Data::Float(fraction)) => Ok(percent(*fraction)?.parse()?),
        other => bail!("{other:?} is neither a fraction nor `U`"),
    }
}

/// The workbook stores 7 % as the binary number next to 0.07: taken to a millionth of a percent, after checking that nothing else is lost.
fn percent(fraction: f64) -> anyhow::Result<String> {
    let exact = Decimal::from_str_exact(&format!("{fraction:.18}")).map_err(anyhow::Error::msg)? * Decimal::ONE_HUNDRED;
    let rounded = exact.round_dp(6);
    ensure!(
        (exact - rounded).abs() < Decimal::new(1, 12),
        "{fraction} is not a rate with at most six decimals in percent"
    );
    Ok(format!("{}%", rounded.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_become_exact_percentages() {
        for (fraction, expected) in [
            (0.0, "0%"),
            (0.07, "7%"),
            (0.006_999_999_999_999_999, "0.7%"),
            (0.552_999_999_999_999_9, "55.3%"),
            (0.065, "6.5%"),
        ] {
            assert_eq!(percent(fraction).unwrap(), expected);
        }
        assert!(percent(1.0 / 3.0).is_err());
    }

    #[test]
    fn u_is_no_commitment_and_other_words_stop() {
        assert_eq!(treatment(Some(&Data::String("U".to_owned()))).unwrap(), Treatment::NoConcession);
        assert!(treatment(Some(&Data::String("free".to_owned()))).is_err());
        assert!(treatment(Some(&Data::Empty)).is_err());
        assert!(treatment(None).is_err());
    }

    #[test]
    fn a_line_has_all_its_years() {
        let mut row = vec![
            Data::String("0101.29.00".to_owned()),
            Data::String("--Other".to_owned()),
            Data::Float(0.1),
        ];
        assert_eq!(line_code(&row), "01012900".parse().ok());
        row.extend(std::iter::repeat_n(Data::Float(0.0), YEARS));
        assert_eq!(ScheduleLine::read(&row).unwrap().years.len(), YEARS);
        row.pop();
        assert!(ScheduleLine::read(&row).is_err());
    }
}
