//! Viet Nam: its table of 2026 where that has the line, the workbook of 2025 where not. Its ACFTA rates name the Parties they are refused to.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use duty::{Cell, Economy, Grade, HsCode, Percent, Treatment};
use tables::Tariff;

use super::draft::Draft;
use super::wording::{Reading, between, percent, unit};
use super::{kcs, stated, workbook};
use crate::official::Official;
use crate::source_table::{Field, Record, delimited};

const MFN: &str = "MFN 특혜세율";
const ACFTA: &str = "ACFTA 아세안-중국";
const RCEP: &str = "RCEP_CHN RECP-중국";
/// The year of the workbook, where the table of 2026 has no line.
const EARLIER: i32 = 2025;

/// Texts that send the reader to the notes of chapter 98 for the MFN rate (vehicles).
const ELSEWHERE: &str = "According to the instructions ";

/// A code whose last digit is missing in the workbook.
const CUT_OFF: (&str, &str) = ("9849190", "98491900");

/// The rates of 2026 on a line of eight digits.
struct Current {
    mfn: Field,
    acfta: Field,
    vat: Field,
}

pub(crate) fn read(official: &Official<'_>) -> anyhow::Result<Tariff> {
    let importer = Economy::VietNam;
    let mut current = read_current(official)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep", "vat"]);
    let mut lines = kcs::lines(&workbook(official, importer)?, [kcs::UNIT, MFN, ACFTA, RCEP])?;
    if let Some(line) = lines.remove(CUT_OFF.0) {
        lines.insert(CUT_OFF.1.to_owned(), line);
    }
    // A line that is split keeps its unit and leaves all rates to its parts, which follow it.
    let mut split_line: Option<(String, Field)> = None;
    for (code, [units, mfn, acfta, rcep]) in &lines {
        if [mfn, acfta, rcep].into_iter().all(Field::is_blank) {
            split_line = Some((code.clone(), units.clone()));
            continue;
        }
        let line: HsCode = code.parse()?;
        let units = match &split_line {
            Some((above, units)) if code.starts_with(above) => units,
            _ => units,
        };
        let now = current.get(&line.truncated(8));
        let cells = [
            now.map_or_else(|| earlier_mfn(mfn), |now| current_mfn(&now.mfn).map(stated))?,
            match now {
                Some(now) => current_acfta(&now.acfta, acfta)?,
                None => acfta.read(refusable)?.cell().of_year(EARLIER),
            },
            stated(blank_is_none(rcep)?),
            stated(now.map_or(Ok(Treatment::Unknown), |now| now.vat.read(vat))?),
        ];
        draft.add(line, units.read(unit)?, cells)?;
    }
    for line in lines.keys().filter_map(|code| code.get(..8)) {
        current.remove(&line.parse()?);
    }
    for (line, now) in current {
        let acfta = now.acfta.read(refusable)?.cell();
        let cells = [
            stated(current_mfn(&now.mfn)?),
            acfta,
            stated(Treatment::NoConcession),
            stated(now.vat.read(vat)?),
        ];
        draft.add(line, None, cells)?;
    }
    draft.finish()
}

fn read_current(official: &Official<'_>) -> anyhow::Result<BTreeMap<HsCode, Current>> {
    let file = official.only_file("vn-tariff-2026")?;
    let mut lines = BTreeMap::new();
    for Record {
        key,
        fields: [mfn, acfta, vat],
    } in delimited(&file, "hs8", ["mfn", "acfta_raw", "vat_raw"])?
    {
        let code: HsCode = key.read(|text| text.parse().ok().filter(|code: &HsCode| code.digits() == 8))?;
        if lines.insert(code, Current { mfn, acfta, vat }).is_some() {
            bail!(key.wrong("comes twice"));
        }
    }
    Ok(lines)
}

/// `8`, `40 (NHN: 80)`: percentages without their sign.
fn current_mfn(field: &Field) -> anyhow::Result<Treatment> {
    field.read(|text| {
        let with_signs = match text.strip_suffix(')').and_then(|text| text.split_once(" (NHN: ")) {
            Some((inside, outside)) => format!("{inside}%(NHN: {outside}%)"),
            None => format!("{text}%"),
        };
        reading().treatment(&with_signs)
    })
}

fn earlier_mfn(field: &Field) -> anyhow::Result<Cell> {
    let treatment = field.read(|text| match text {
        text if text.starts_with(ELSEWHERE) => Some(Treatment::Unknown),
        text => reading().treatment(text),
    })?;
    Ok(stated(treatment).of_year(EARLIER))
}

fn reading() -> Reading {
    Reading::of(Economy::VietNam.currency())
}

/// The agreement schedules mark goods they grant nothing on with a star, which the workbook leaves out.
fn blank_is_none(field: &Field) -> anyhow::Result<Treatment> {
    field.read(|text| {
        if text.is_empty() {
            Some(Treatment::NoConcession)
        } else {
            reading().treatment(text)
        }
    })
}

/// A rate and the Parties whose goods are refused it.
#[derive(Clone, Debug, PartialEq)]
struct Refusable {
    rate: Treatment,
    refused_to: Vec<Economy>,
}

impl Refusable {
    fn cell(self) -> Cell {
        stated(self.rate).except(self.refused_to)
    }
}

/// `0%(-CN)`, `5 (-ID, PH)`, `0`; a star or nothing: no concession.
fn refusable(text: &str) -> Option<Refusable> {
    if matches!(text, "" | "*") {
        return Some(Refusable {
            rate: Treatment::NoConcession,
            refused_to: Vec::new(),
        });
    }
    let (rate, parties) = match text.strip_suffix(')') {
        Some(text) => {
            let (rate, parties) = text.split_once("(-")?;
            (
                rate,
                parties.split(',').map(|party| party.trim().parse().ok()).collect::<Option<_>>()?,
            )
        }
        None => (text, Vec::new()),
    };
    let rate = rate.trim();
    Some(Refusable {
        rate: reading().treatment(&format!("{}%", rate.strip_suffix('%').unwrap_or(rate)))?,
        refused_to: parties,
    })
}

/// The ACFTA rate of 2026. For a line that is split, the table prints the rates of its parts one after the other without naming them. The
/// part takes those that equal its rate of 2025; if they differ in the Parties they are refused to, all of these Parties are taken to be
/// refused: which part it is cannot be seen. Where they differ about China, the cell is a C.
fn current_acfta(now: &Field, earlier: &Field) -> anyhow::Result<Cell> {
    let parts: Vec<Refusable> = now.read(|text| text.split('/').map(refusable).collect())?;
    if let [only] = parts.as_slice() {
        return Ok(only.clone().cell());
    }
    let earlier = earlier.read(refusable)?;
    let same: Vec<Refusable> = parts.into_iter().filter(|part| part.rate == earlier.rate).collect();
    let first = same
        .first()
        .with_context(|| now.wrong("has no part with the rate of 2025").to_string())?;
    let to_china = |part: &Refusable| part.refused_to.contains(&Economy::China);
    let agreed = same.iter().all(|part| to_china(part) == to_china(first));
    let refused_to = same.iter().flat_map(|part| part.refused_to.iter().copied());
    Ok(Cell::constant(first.rate.clone(), if agreed { Grade::A } else { Grade::C }).except(refused_to))
}

/// `8/10`, `*/5/8/10`: one of these rates; a star means goods that may be exempt. Nothing: not known.
fn vat(text: &str) -> Option<Treatment> {
    if text.is_empty() {
        return Some(Treatment::Unknown);
    }
    let rate = |rate: &str| {
        if rate == "*" {
            Some(Percent::ZERO)
        } else {
            percent(&format!("{rate}%"))
        }
    };
    between(text.split('/').map(rate).collect::<Option<Vec<_>>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_table::tests::record;

    fn field(text: &str) -> Field {
        record("01012100", [text]).fields[0].clone()
    }

    #[test]
    fn rates_name_the_parties_they_are_refused_to() {
        let read = |text: &str| refusable(text).map(|rate| rate.cell().to_string());
        assert_eq!(read("0%").as_deref(), Some("0%"));
        assert_eq!(read("0 (-TH, CN)").as_deref(), Some("0% except CN TH"));
        assert_eq!(read("50%(-BN,KH)").as_deref(), Some("50% except BN KH"));
        assert_eq!(read("*").as_deref(), Some("none"));
        for text in ["0 (-XX)", "0 (TH)", "free", "0 (-)", "0/5"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_part_takes_the_rate_of_2026_that_equals_its_own() {
        let cell = |now: &str, earlier: &str| current_acfta(&field(now), &field(earlier)).map(|cell| cell.to_string());
        assert_eq!(cell("0 (-KH)", "5%").unwrap(), "0% except KH", "a line that is not split");
        assert_eq!(cell("0 (-KH)/5", "5%").unwrap(), "5%");
        assert_eq!(cell("0/5", "5%").unwrap(), "5%", "in whatever order");
        assert_eq!(cell("0 (-CN)/0", "0%").unwrap(), "0% except CN [C]", "refused to one part of two");
        assert_eq!(cell("0 (-MM, TH)/0", "0%").unwrap(), "0% except MM TH");
        assert!(cell("0/5", "10%").is_err());
    }

    #[test]
    fn mfn_and_vat_have_forms_of_their_own() {
        assert_eq!(current_mfn(&field("40 (NHN: 80)")).unwrap().to_string(), "quota(in: 40%; out: 80%)");
        assert_eq!(current_mfn(&field("7.5")).unwrap().to_string(), "7.5%");
        assert!(current_mfn(&field("")).is_err());
        let used = "According to the instructions in section 1.1 Chapter 98";
        assert_eq!(earlier_mfn(&field(used)).unwrap().to_string(), "unknown [A 2025]");
        for (text, expected) in [("10/8", "8%..10%"), ("*/5/8/10", "0%..10%"), ("", "unknown")] {
            assert_eq!(vat(text).map(|vat| vat.to_string()).as_deref(), Some(expected));
        }
        assert_eq!(vat("8/x"), None);
    }
}
