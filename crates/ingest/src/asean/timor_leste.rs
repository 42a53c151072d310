//! Timor-Leste: one rate of duty for all goods, and excise on a few headings. The law has no tariff lines of its own, so the lines are the
//! subheadings of HS 2022.

use std::ops::RangeInclusive;

use anyhow::{Context, bail};
use duty::{Economy, HsCode};
use serde::Deserialize;
use tables::{Folder, Tariff};

use super::draft::Draft;
use super::stated;
use crate::official::Official;

#[derive(Deserialize)]
struct Rules {
    #[serde(rename = "TL")]
    timor_leste: Rule,
}

#[derive(Deserialize)]
struct Rule {
    mfn_flat_pct: u8,
    excise: String,
}

/// Each clause of the source, the headings it names, and the excise in the duty grammar. Two rates by strength or price cannot be told
/// apart by heading: of percentages the range stands here, of amounts nothing does. Cars below the first price pay nothing, and the
/// percentages are charged on what the price exceeds its bound by.
const EXCISE: [(&str, RangeInclusive<u16>, &str); 9] = [
    ("sugar 1701-1704 $1.00/kg", 1701..=1704, "1 USD/kg"),
    ("sweetened drinks 2202 $3/l", 2202..=2202, "3 USD/L"),
    ("beer 2203 $2.70/$4.50 per l", 2203..=2203, "unknown"),
    ("wine 2204-2206 $4.50/l", 2204..=2206, "4.5 USD/L"),
    ("spirits 2207/2208 $8.90/l", 2207..=2208, "8.9 USD/L"),
    ("tobacco 2401-2403 $100/kg", 2401..=2403, "100 USD/kg"),
    ("petroleum 2710 $0.06/l", 2710..=2710, "0.06 USD/L"),
    ("cars 8703 10/20/30% above $10k/$25k/$50k", 8703..=8703, "0%..30%"),
    ("arms 9301-9307 200%", 9301..=9307, "200%"),
];

pub(crate) fn read(official: &Official<'_>, data: &Folder) -> anyhow::Result<Tariff> {
    let file = official.only_file("tl-customs-rules")?;
    let rules: Rules = serde_json::from_slice(&file.bytes).with_context(|| file.path.clone())?;
    let Rule { mfn_flat_pct, excise } = rules.timor_leste;
    for clause in excise.split("; ") {
        if !EXCISE.iter().any(|(known, _, _)| *known == clause) {
            bail!("{}: excise: {clause:?} has no known form", file.path);
        }
    }
    let mut draft = Draft::new(Economy::TimorLeste, ["mfn", "excise"]);
    for label in data.labels("en")? {
        if label.code.digits() == 6 {
            let mfn = stated(format!("{mfn_flat_pct}%").parse()?);
            draft.add(label.code, None, [mfn, stated(excise_on(label.code)?.parse()?)])?;
        }
    }
    draft.finish()
}

/// The excise on goods of a subheading, in the duty grammar.
fn excise_on(subheading: HsCode) -> anyhow::Result<&'static str> {
    let heading: u16 = subheading.truncated(4).to_string().parse()?;
    let clause = EXCISE.iter().find(|(_, headings, _)| headings.contains(&heading));
    Ok(clause.map_or("0%", |(_, _, excise)| excise))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excise_follows_the_heading() {
        for (code, expected) in [
            ("170199", "1 USD/kg"),
            ("170500", "0%"),
            ("220300", "unknown"),
            ("870380", "0%..30%"),
            ("930200", "200%"),
        ] {
            assert_eq!(excise_on(code.parse().unwrap()).unwrap(), expected, "{code}");
        }
        for (_, _, excise) in EXCISE {
            assert!(excise.parse::<duty::Treatment>().is_ok(), "{excise}");
        }
    }
}
