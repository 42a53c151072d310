//! Checks on the facts themselves: `data/tariffs/CN.csv`, `data/agreements` and `data/sources.toml` as committed. Not on the code that reads them.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use duty::{Agreement, Cell, Economy, Evidence, HsCode, QuotaSide, Regime, Treatment};
use tables::{Folder, Row, Tariff};

fn data() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"))
}

fn tariff() -> Tariff {
    Folder::new(data()).tariff(Economy::China).unwrap()
}

fn column(tariff: &Tariff, name: &str) -> usize {
    tariff.columns.iter().position(|column| column == name).unwrap()
}

/// How many rows have each text in a column.
fn counts(tariff: &Tariff, name: &str) -> BTreeMap<String, usize> {
    let column = column(tariff, name);
    let mut counts = BTreeMap::new();
    for row in &tariff.rows {
        *counts.entry(row.cells[column].to_string()).or_default() += 1;
    }
    counts
}

fn row<'a>(tariff: &'a Tariff, code: &str) -> &'a Row {
    let code: HsCode = code.parse().unwrap();
    tariff.rows.iter().find(|row| row.code == code).unwrap()
}

fn texts<const N: usize>(tariff: &Tariff, code: &str, columns: [&str; N]) -> [String; N] {
    columns.map(|name| row(tariff, code).cells[column(tariff, name)].to_string())
}

#[test]
fn the_tariff_has_all_its_lines() {
    let tariff = tariff();
    assert_eq!(
        tariff.columns.join(","),
        "mfn,mfn_provisional,general,acfta,rcep,china_cambodia,china_singapore,excise,vat"
    );
    assert_eq!(tariff.rows.len(), 12_030);
    assert!(tariff.rows.iter().all(|row| row.code.digits() == 10));
    let mut lines: Vec<HsCode> = tariff.rows.iter().map(|row| row.code.truncated(8)).collect();
    lines.dedup();
    // 8,972 is the number of lines the Customs Tariff Commission gives for 2026; chapter 98 is a list of its own.
    assert_eq!(lines.iter().filter(|line| line.truncated(2).to_string() != "98").count(), 8_972);
    assert_eq!(lines.len(), 8_978);
}

#[test]
fn acfta_and_bilateral_rates_are_those_of_the_source() {
    let tariff = tariff();
    let expected = |pairs: &[(&str, usize)]| {
        pairs
            .iter()
            .map(|(text, count)| ((*text).to_owned(), *count))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(
        counts(&tariff, "acfta"),
        expected(&[("0%", 11_269), ("none", 430), ("5%", 291), ("50%", 36), ("40%", 2), ("9%", 2)])
    );
    let cambodia = [
        ("0%", 11_650),
        ("none", 337),
        ("5%", 36),
        ("10%", 2),
        ("7.5%", 2),
        ("4.5%", 2),
        ("1.5%", 1),
    ];
    assert_eq!(counts(&tariff, "china_cambodia"), expected(&cambodia));
    assert_eq!(counts(&tariff, "china_singapore"), expected(&[("none", 8_139), ("0%", 3_891)]));
}

#[test]
fn what_is_unknown_is_counted() {
    let tariff = tariff();
    let unknown = |name: &str| counts(&tariff, name).get("unknown").copied().unwrap_or(0);
    // Cotton at a sliding scale (5201000080) has no rates; the two cigarette lines have no consumption tax in the source.
    assert_eq!(["mfn", "general", "vat", "excise"].map(unknown), [1, 1, 1, 3]);
    // Six lines of chapter 98, and 7019.19.00 with its two rows, where the correlation leads to other goods.
    assert_eq!(unknown("rcep"), 8);
    assert_eq!(counts(&tariff, "mfn_provisional")["none"], 10_749);
}

#[test]
fn rcep_grades_by_eight_digit_line() {
    let tariff = tariff();
    let rcep = column(&tariff, "rcep");
    let mut lines: BTreeMap<HsCode, &Cell> = BTreeMap::new();
    for row in &tariff.rows {
        let line = row.code.truncated(8);
        let cell = lines.entry(line).or_insert(&row.cells[rcep]);
        assert_eq!(*cell, &row.cells[rcep], "{line}: the schedule is set at eight digits");
    }
    let mut grades = BTreeMap::new();
    for cell in lines.values() {
        let grade = if *cell.in_year(2026) == Treatment::Unknown {
            "unknown"
        } else {
            cell.grade().letter()
        };
        *grades.entry(grade).or_insert(0) += 1;
    }
    assert_eq!(grades, BTreeMap::from([("A", 7_690), ("B", 738), ("C", 543), ("unknown", 7)]));
}

#[test]
fn no_rcep_rate_begins_before_the_agreement() {
    let tariff = tariff();
    let rcep = column(&tariff, "rcep");
    for row in &tariff.rows {
        let cell = &row.cells[rcep];
        let years: Vec<i32> = cell.steps().map(|(year, _)| year).collect();
        assert!(
            *cell.in_year(2026) == Treatment::Unknown || (years[0] == 2022 && years[years.len() - 1] <= 2042),
            "{}: {cell}",
            row.code
        );
    }
}

#[test]
fn both_sides_of_every_tariff_quota_are_there() {
    let tariff = tariff();
    let mut sides: BTreeMap<HsCode, (usize, usize)> = BTreeMap::new();
    for row in &tariff.rows {
        let side = sides.entry(row.code.truncated(8)).or_default();
        match row.quota {
            Some(QuotaSide::Inside) => side.0 += 1,
            Some(QuotaSide::Outside) => side.1 += 1,
            None => {}
        }
    }
    sides.retain(|_, side| *side != (0, 0));
    assert_eq!(sides.len(), 47);
    assert!(sides.values().all(|(inside, outside)| *inside == 1 && *outside >= 1));
}

/// Lines read by eye in the source named.
#[test]
fn lines_that_were_checked_by_hand() {
    let tariff = tariff();
    // Tariff of 2026, durian: the best known saving under the agreement.
    assert_eq!(texts(&tariff, "0810600000", ["mfn", "acfta", "vat"]), ["20%", "0%", "9%"]);
    // Tariff of 2026, natural rubber latex: 完税价不高于9元/千克：10%，完税价高于9元/千克：0%+0.9元/千克。
    assert_eq!(
        texts(&tariff, "4001100000", ["mfn_provisional"]),
        ["tiers(CNY/kg: <=9: 10%; else: 0.9 CNY/kg)"]
    );
    // Tariff of 2026, smoked sheets of natural rubber: a sliding provisional rate and no ACFTA rate (sensitive list).
    assert_eq!(
        texts(&tariff, "4001210000", ["mfn_provisional", "acfta"]),
        ["tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)", "none"]
    );
    // Tariff of 2026, textured polyester yarn: empty tag 东盟.
    assert_eq!(texts(&tariff, "5402339000", ["acfta"]), ["none"]);
    // Tariff of 2026, pepper: the agreement with Cambodia is the dearer one.
    assert_eq!(texts(&tariff, "0904110090", ["acfta", "china_cambodia"]), ["5%", "10%"]);
    // Tariff of 2026, milled rice outside the quota: the ACFTA rate is set at eight digits for both sides.
    assert_eq!(texts(&tariff, "1006302090", ["mfn", "acfta"]), ["65%", "50%"]);
    assert_eq!(row(&tariff, "1006302090").quota, Some(QuotaSide::Outside));
    assert_eq!(texts(&tariff, "1006302001", ["mfn"]), ["1%"]);
    // Tariff of 2026, cotton at the sliding scale of quota imports: no rate in the source.
    assert_eq!(
        texts(&tariff, "5201000080", ["mfn", "general", "vat"]),
        ["unknown", "unknown", "unknown"]
    );
    // Tariff of 2026, film: 56元/平方米, although its quantity is declared in kilograms.
    assert_eq!(texts(&tariff, "3702319000", ["mfn"]), ["56 CNY/m2"]);
    assert_eq!(row(&tariff, "3702319000").unit.unwrap().code(), "kg");
    // Tariff of 2026, beer: MFN 0元/升, consumption tax by price.
    let beer = ["0 CNY/L", "tiers(CNY/L: <2.64295885: 0.2227 CNY/L; else: 0.253 CNY/L)"];
    assert_eq!(texts(&tariff, "2203000000", ["mfn", "excise"]), beer);
    // RCEP schedule, 0101.29.00: base rate 10 %, free from Year 1. 7011.20.10: one point a year.
    assert_eq!(texts(&tariff, "0101290090", ["mfn", "rcep"]), ["10%", "2022: 0%"]);
    assert_eq!(
        row(&tariff, "7011201000").cells[column(&tariff, "rcep")].in_year(2026).to_string(),
        "5%"
    );
    // RCEP schedule and correlation: 7019.19.00 kept its number but not its goods, and the goods of the correlation had a base rate below MFN.
    assert_eq!(texts(&tariff, "7019190090", ["mfn", "rcep"]), ["8%", "unknown"]);
}

#[test]
fn the_writer_gives_the_committed_bytes_every_time() {
    let tariff = tariff();
    let copy = std::env::temp_dir().join(format!("tables-china-{}.csv", std::process::id()));
    let committed = fs::read(data().join("tariffs/CN.csv")).unwrap();
    for _ in 0..2 {
        tariff.write(&copy).unwrap();
        assert!(fs::read(&copy).unwrap() == committed);
    }
    fs::remove_file(copy).unwrap();
}

#[test]
fn every_column_has_a_source() {
    let sources = Folder::new(data()).sources().unwrap();
    let china = sources.tariff(Economy::China).unwrap();
    assert_eq!(china.columns["mfn"][0].year, 2026);
    let tariff = tariff();
    assert!(tariff.columns.iter().all(|column| china.columns.contains_key(column)));
    assert_eq!(china.columns.len(), tariff.columns.len());
    assert_eq!(china.columns["rcep"][0].nomenclature, "HS 2012");
}

fn agreement(regime: Regime) -> Agreement {
    Folder::new(data())
        .agreements()
        .unwrap()
        .into_iter()
        .find(|agreement| agreement.regime == regime)
        .unwrap()
}

#[test]
fn agreements_come_in_the_order_of_the_regimes_with_china_in_each() {
    let agreements = Folder::new(data()).agreements().unwrap();
    let regimes: Vec<&str> = agreements.iter().map(|agreement| agreement.regime.key()).collect();
    assert_eq!(regimes, ["acfta", "rcep", "china_cambodia", "china_singapore", "least_developed"]);
    assert!(agreements.iter().all(|agreement| agreement.grantor(Economy::China).is_some()));
    assert!(
        agreements
            .iter()
            .all(|agreement| agreement.blanket.is_some() == (agreement.regime == Regime::LeastDeveloped))
    );
}

#[test]
fn timor_leste_has_only_the_rate_for_least_developed_countries() {
    for regime in [Regime::Acfta, Regime::Rcep] {
        let agreement = agreement(regime);
        let parties: Vec<Economy> = Economy::ALL
            .into_iter()
            .filter(|economy| agreement.beneficiary(*economy).is_some())
            .collect();
        assert_eq!(parties.len(), 11, "{regime}");
        assert!(!parties.contains(&Economy::TimorLeste), "{regime}");
    }
    let least_developed = agreement(Regime::LeastDeveloped);
    assert!(least_developed.beneficiary(Economy::TimorLeste).is_some());
    assert!(least_developed.grantor(Economy::TimorLeste).is_none());
}

#[test]
fn doubtful_dates_are_marked() {
    let rcep = agreement(Regime::Rcep);
    let evidence = |economy| rcep.beneficiary(economy).unwrap().evidence;
    assert_eq!(evidence(Economy::VietNam), Evidence::Read);
    assert_eq!(evidence(Economy::Malaysia), Evidence::Secondary);
    assert_eq!([Economy::Indonesia, Economy::Myanmar].map(evidence), [Evidence::Unconfirmed; 2]);
    let least_developed = agreement(Regime::LeastDeveloped);
    let to_confirm = least_developed
        .members
        .iter()
        .filter(|member| member.status_to_confirm)
        .map(|member| member.economy);
    assert_eq!(to_confirm.collect::<Vec<_>>(), [Economy::Laos]);
}
