//! `cafta rates` on the real tariff of China.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::run::answer;

const HEADER: &str = "code,mfn,mfn_provisional,acfta,rcep,china_cambodia,china_singapore,least_developed,excise,vat";

fn rows(arguments: &[&str]) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    let arguments: Vec<&str> = ["rates", "--to", "CN", "--format", "csv", "--on", "2026-11-22"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let text = answer(&arguments);
    assert_eq!(text.lines().next(), Some(HEADER));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        (
            record[0].to_owned(),
            HEADER.split(',').zip(record.iter().map(str::to_owned)).collect(),
        )
    });
    rows.collect()
}

#[test]
fn every_line_of_the_tariff_has_a_row() {
    let rows = rows(&[]);
    assert_eq!(rows.len(), 12_030);
    for (code, column, cell) in [
        ("0810600000", "mfn", "20%"),
        ("0810600000", "acfta", "0%"),
        ("0810600000", "vat", "9%"),
        // RCEP, ASEAN schedule, 2026.
        ("0810200000", "rcep", "18.8%"),
        ("1006302090", "acfta", "50%"),
        ("1006302001", "least_developed", "0%"),
        ("1006302090", "least_developed", "none"),
        ("2208300000", "excise", "20% + 0.912 CNY/L"),
        ("5201000080", "mfn", "unknown"),
    ] {
        assert_eq!(rows[code][column], cell, "{code} {column}");
    }
}

#[test]
fn an_origin_sees_only_what_is_open_to_it() {
    let thai = rows(&["--from", "TH"]);
    let cambodian = rows(&["--from", "KH"]);
    assert_eq!(thai.len(), 12_030);
    assert!(
        thai.values()
            .all(|row| row["china_cambodia"] == "none" && row["china_singapore"] == "none" && row["least_developed"] == "none")
    );
    assert_eq!(thai["0810600000"]["acfta"], "0%");
    assert_eq!(cambodian["0810600000"]["china_cambodia"], "0%");
    assert_eq!(cambodian["1006302001"]["least_developed"], "0%");
    assert_eq!(cambodian["1006302090"]["least_developed"], "none");
    assert!(
        rows(&["--from", "TL"])
            .values()
            .all(|row| row["acfta"] == "none" && row["rcep"] == "none")
    );
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cafta"))
        .env_remove("CAFTA_DATA")
        .args(["rates", "--to", "CN"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 4];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"code");
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
        (Some(0), "")
    );
}
