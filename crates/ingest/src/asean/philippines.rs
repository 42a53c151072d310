//! The Philippines: lines of eight digits, some of them split into rows of eleven. Two such rows can be the sides of one tariff quota.

use std::collections::BTreeMap;

use anyhow::bail;
use duty::{Economy, HsCode, Treatment};
use tables::Tariff;

use super::draft::Draft;
use super::wording::{Reading, in_and_out};
use super::{applied, kcs, stated, workbook};
use crate::official::Official;
use crate::source_table::Field;

const MFN: &str = "최혜국 MFN";

/// Its RCEP rates are one of five schedules, Korea's: they are not those of China.
pub(crate) fn read(official: &Official<'_>) -> anyhow::Result<Tariff> {
    let importer = Economy::Philippines;
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta"]);
    for (line, mfn) in lines(kcs::undivided(&workbook(official, importer)?, [MFN, kcs::NAME])?)? {
        draft.add(line, None, [stated(mfn), acfta.cell(line)?])?;
    }
    draft.finish()
}

/// The lines and their MFN rates; both sides of a quota are one line.
fn lines(rows: BTreeMap<String, [Field; 2]>) -> anyhow::Result<Vec<(HsCode, Treatment)>> {
    let reading = Reading::of(Economy::Philippines.currency());
    let rows: Vec<(String, [Field; 2])> = rows.into_iter().collect();
    let mut lines = Vec::new();
    for family in rows.chunk_by(|(code, _), (next, _)| code.get(..8) == next.get(..8)) {
        let mut parts = family.iter();
        while let Some((code, [mfn, name])) = parts.next() {
            let rate = reading.rate(mfn)?;
            if !name.text().ends_with("In-Quota") {
                lines.push((line_code(code, mfn)?, rate));
                continue;
            }
            let other = parts.next().filter(|(_, [_, name])| name.text().ends_with("Out-Quota"));
            let Some((_, [outside, _])) = other else {
                bail!(name.wrong("is not followed by the side outside the quota"))
            };
            let Some(both) = in_and_out(rate, reading.rate(outside)?) else {
                bail!(outside.wrong("is no rate outside a quota"))
            };
            // The two sides are all of the line, or a part of it that keeps the number of its first side.
            let whole = family.len() == 2;
            let code = line_code(code, mfn)?;
            lines.push((if whole { code.truncated(8) } else { code }, both));
        }
    }
    Ok(lines)
}

/// The eleventh digit of a part is always zero; a code has ten at most.
fn line_code(code: &str, field: &Field) -> anyhow::Result<HsCode> {
    let digits = match (code.len(), code.strip_suffix('0')) {
        (8, _) => code,
        (11, Some(digits)) => digits,
        _ => bail!(field.wrong("stands in a row whose code has neither 8 digits nor 11 that end in 0")),
    };
    Ok(digits.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_table::tests::record;

    fn read(rows: &[(&str, &str, &str)]) -> anyhow::Result<Vec<String>> {
        let rows = rows
            .iter()
            .map(|(code, mfn, name)| ((*code).to_owned(), record(code, [mfn, name]).fields));
        Ok(lines(rows.collect())?
            .into_iter()
            .map(|(code, mfn)| format!("{code} {mfn}"))
            .collect())
    }

    #[test]
    fn the_sides_of_a_quota_are_one_line_and_other_parts_stay() {
        let lines = read(&[
            ("01031000", "0%", "Pure-bred breeding animals"),
            ("01039100100", "30%", "In-Quota"),
            ("01039100200", "35%", "Out-Quota"),
            ("01051190100", "35%", "In-Quota"),
            ("01051190200", "35%", "Out-Quota"),
            ("16010010100", "5%", "Of insects"),
            ("16010010900", "40%", "Other"),
            ("17019910100", "50%", "Containing sugar, In-Quota"),
            ("17019910200", "65%", "Containing sugar, Out-Quota"),
            ("17019910300", "1%", "Other, In-Quota"),
            ("17019910400", "1%", "Other, Out-Quota"),
        ]);
        assert_eq!(
            lines.unwrap(),
            [
                "01031000 0%",
                "01039100 quota(in: 30%; out: 35%)",
                "01051190 35%",
                "1601001010 5%",
                "1601001090 40%",
                "1701991010 quota(in: 50%; out: 65%)",
                "1701991030 1%",
            ]
        );
    }

    #[test]
    fn a_side_alone_and_an_odd_code_stop() {
        assert!(read(&[("01039100100", "30%", "In-Quota")]).is_err());
        assert!(read(&[("01039100100", "30%", "In-Quota"), ("01039100900", "35%", "Other")]).is_err());
        assert!(read(&[("01039100101", "30%", "Other")]).is_err());
        assert!(read(&[("01039100", "", "Other")]).is_err());
    }
}
