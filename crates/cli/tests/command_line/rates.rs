//! `cafta rates` on the real tariffs.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::run::answer;

const HEADER: &str = "code,mfn,mfn_provisional,acfta,rcep,china_cambodia,china_singapore,least_developed,excise,vat";

fn rows(arguments: &[&str]) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    rows_of("CN", arguments)
}

fn rows_of(importer: &str, arguments: &[&str]) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    let arguments: Vec<&str> = ["rates", "--to", importer, "--format", "csv", "--on", "2026-11-22"]
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

/// How many lines each member of ASEAN has, as `docs/data-sources.md` counts them, and cells read there by eye.
#[test]
fn every_member_of_asean_has_a_table_for_goods_of_china() {
    let lines = [
        ("BN", 11_427),
        ("ID", 11_552),
        ("KH", 11_411),
        ("LA", 11_414),
        ("MM", 11_890),
        ("MY", 11_434),
        ("PH", 11_486),
        ("SG", 11_419),
        ("TH", 12_326),
        ("TL", 5_612),
        ("VN", 12_305),
    ];
    let tables: BTreeMap<&str, _> = lines
        .map(|(importer, lines)| {
            let rows = rows_of(importer, &["--from", "CN"]);
            assert_eq!(rows.len(), lines, "{importer}");
            (importer, rows)
        })
        .into();
    for (importer, code, column, cell) in [
        ("BN", "21069064", "mfn", "25 BND/L"),
        ("BN", "90278100", "acfta", "unknown"),
        ("BN", "21069064", "rcep", "none"),
        // No table at hand, and a standard rate.
        ("ID", "22030011", "rcep", "unknown"),
        ("ID", "22030011", "vat", "11%"),
        ("KH", "27101213", "mfn", "15% + 0.02 USD/L"),
        ("KH", "34011150", "acfta", "0%..7%"),
        ("KH", "34011150", "china_cambodia", "unknown"),
        ("LA", "12114000", "mfn", "prohibited"),
        ("MM", "3926904200", "acfta", "1%..5%"),
        ("MY", "0103910000", "mfn", "quota(in: 15%; out: 20%)"),
        ("MY", "2205101000", "acfta", "0%..none"),
        ("MY", "2205101000", "excise", "150 MYR/Lalc"),
        ("PH", "01039100", "mfn", "quota(in: 30%; out: 35%)"),
        ("SG", "22030091", "mfn", "16 SGD/Lalc"),
        ("TH", "15159011", "mfn", "max(10%, 0.3 THB/kg-or-L)"),
        // Not a Party.
        ("TL", "851713", "acfta", "none"),
        ("TL", "851713", "vat", "2.5%"),
        ("VN", "48045910", "acfta", "excluded"),
        ("VN", "84099916", "acfta", "0%"),
        ("VN", "01012900", "vat", "0%..10%"),
        ("VN", "84099916", "vat", "unknown"),
    ] {
        assert_eq!(tables[importer][code][column], cell, "{importer} {code} {column}");
    }
    // Who else is refused the rate is told where no origin is asked for.
    assert_eq!(rows_of("VN", &[])["84099916"]["acfta"], "0% except PH TH");
}

/// Against the committed tables, read here without the engine: no word of theirs and no range turns into a figure on the way.
#[test]
fn no_word_and_no_range_is_printed_as_a_figure() {
    let mut words = 0;
    for importer in ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"] {
        let printed = rows_of(importer, &["--from", "CN"]);
        let path = format!("{}/../../data/tariffs/{importer}.csv", env!("CARGO_MANIFEST_DIR"));
        let mut table = csv::Reader::from_path(path).unwrap();
        let header = table.headers().unwrap().clone();
        for record in table.records().map(Result::unwrap) {
            for (column, cell) in header.iter().zip(record.iter()).skip(1) {
                let Some(printed) = printed[&record[0]].get(column) else {
                    assert_eq!(column, "unit");
                    continue;
                };
                let (rate, refused) = cell.split_once(" except ").unwrap_or((cell.split(" [").next().unwrap(), ""));
                let expected = if refused.contains("CN") { "excluded" } else { rate };
                assert_eq!(printed, expected, "{importer} {} {column}", &record[0]);
                words += usize::from(!printed.contains(|letter: char| letter.is_ascii_digit()));
            }
        }
    }
    assert_eq!(words, WORDS);
}

/// All that is none, excluded, unknown or prohibited in the table of counts in `docs/data-sources.md`, for the members of ASEAN.
const WORDS: usize = 41_820;

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
