//! Checks on the facts themselves: the tables of the members of ASEAN in `data/tariffs`, as committed. Not on the code that reads them.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use duty::{Cell, DutyExpression, Economy, Grade, HsCode, Treatment};
use tables::{Folder, Tariff};

fn folder() -> Folder {
    Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"))
}

fn members() -> impl Iterator<Item = Economy> {
    Economy::ALL.into_iter().filter(|economy| economy.is_asean())
}

fn tariff(importer: Economy) -> Tariff {
    folder().tariff(importer).unwrap()
}

/// The cell of a line; panics if the line or the column is not there.
fn cell<'a>(tariff: &'a Tariff, code: &str, column: &str) -> &'a Cell {
    let code: HsCode = code.parse().unwrap();
    let position = tariff.rows.binary_search_by_key(&code, |row| row.code).unwrap();
    let column = tariff.columns.iter().position(|name| name == column).unwrap();
    &tariff.rows[position].cells[column]
}

fn kind(treatment: &Treatment) -> &'static str {
    match treatment {
        Treatment::Duty(DutyExpression::AdValorem(_)) => "percent",
        Treatment::Duty(DutyExpression::Specific(_)) => "specific",
        Treatment::Duty(DutyExpression::Sum(_)) => "compound",
        Treatment::Duty(_) => "mixed",
        Treatment::Quota { .. } => "quota",
        Treatment::Range { most: Some(_), .. } => "range",
        Treatment::Range { most: None, .. } => "open range",
        Treatment::NoConcession => "none",
        Treatment::Unknown => "unknown",
        Treatment::Prohibited => "prohibited",
        Treatment::Excluded => "excluded",
    }
}

const KINDS: [&str; 11] = [
    "percent",
    "specific",
    "compound",
    "mixed",
    "quota",
    "range",
    "open range",
    "none",
    "unknown",
    "prohibited",
    "excluded",
];

/// Lines by the length of their codes, then for each column what its cells hold and how good they are (A 2025: of another year).
///
/// How the lines follow from the rows of the sources: MY has 10 lines that are split and 2,256 rows that are only codes of its agreement
/// schedules; MM has 274 lines that are split. PH has 11,414 lines, 153 of them split into 320 rows, of which two and two are the sides of
/// 95 quotas. TH has 11,414 lines; on 748 of them, 1,660 parts have MFN rates of their own, and the other rows below lines belong to other
/// columns. VN has 380 lines that are split, and one line that only the table of 2026 has.
const COUNTS: &str = "\
BN 11427 lines: 11427 of 8 digits\n\
BN mfn: 11362 percent, 65 specific; 11427 A\n\
BN acfta: 581 percent, 28 open range, 10818 unknown; 384 B, 11043 C\n\
BN rcep: 11101 percent, 50 specific, 124 none, 152 unknown; 11427 A\n\
ID 11552 lines: 11552 of 8 digits\n\
ID mfn: 11522 percent, 30 specific; 11552 A\n\
ID acfta: 8739 percent, 1002 range, 1811 unknown; 7564 B, 3988 C\n\
KH 11411 lines: 11411 of 8 digits\n\
KH mfn: 11397 percent, 2 specific, 12 compound; 11411 A\n\
KH acfta: 9501 percent, 1910 range; 11411 D\n\
KH rcep: 10243 percent, 2 specific, 10 compound, 548 none, 608 unknown; 11411 A\n\
KH excise: 11411 percent; 11411 A\n\
KH vat: 11411 percent; 11411 A\n\
LA 11414 lines: 11414 of 8 digits\n\
LA mfn: 11397 percent, 2 range, 15 prohibited; 11414 A\n\
LA acfta: 10875 percent, 103 range, 11 open range, 425 unknown; 10498 B, 916 C\n\
LA rcep: 11094 percent, 224 none, 81 unknown, 15 prohibited; 11414 A\n\
MM 11890 lines: 11890 of 10 digits\n\
MM mfn: 11890 percent; 11890 A\n\
MM acfta: 10356 percent, 769 range, 39 open range, 726 unknown; 9997 B, 1893 C\n\
MY 11434 lines: 11434 of 10 digits\n\
MY mfn: 11288 percent, 64 specific, 53 compound, 2 mixed, 27 quota; 11434 A\n\
MY acfta: 9834 percent, 1510 range, 90 open range; 11434 D\n\
MY rcep: 9739 percent, 9 compound, 1 mixed, 27 quota, 45 range, 1613 unknown; 10916 A, 473 B, 45 C\n\
MY excise: 11305 percent, 113 specific, 15 compound, 1 unknown; 11434 A\n\
MY vat: 11278 percent, 24 specific, 104 range, 28 unknown; 11434 A\n\
PH 11486 lines: 11352 of 8 digits, 134 of 10 digits\n\
PH mfn: 11444 percent, 42 quota; 11486 A\n\
PH acfta: 8366 percent, 1037 range, 2083 unknown; 7827 B, 3659 C\n\
SG 11419 lines: 11419 of 8 digits\n\
SG mfn: 11411 percent, 8 specific; 11419 A\n\
SG acfta: 14 percent, 11405 unknown; 4 B, 11415 C\n\
SG rcep: 11419 percent; 11419 B\n\
SG excise: 11304 percent, 108 specific, 7 unknown; 11419 A\n\
TH 12326 lines: 10666 of 8 digits, 1660 of 10 digits\n\
TH mfn: 10920 percent, 64 specific, 789 mixed, 553 unknown; 12326 A\n\
TH acfta: 8081 percent, 718 range, 3527 unknown; 6977 B, 5349 C\n\
TH rcep: 11235 percent, 6 specific, 90 range, 995 unknown; 12236 B, 90 C\n\
TL 5612 lines: 5612 of 6 digits\n\
TL mfn: 5612 percent; 5612 A\n\
TL excise: 5545 percent, 52 specific, 14 range, 1 unknown; 5612 A\n\
VN 12305 lines: 11495 of 8 digits, 810 of 10 digits\n\
VN mfn: 12010 percent, 31 quota, 264 unknown; 9806 A, 2499 A 2025\n\
VN acfta: 11487 percent, 818 none; 9804 A, 2499 A 2025, 2 C\n\
VN rcep: 10815 percent, 6 range, 1484 none; 12305 A\n\
VN vat: 9349 range, 2956 unknown; 12305 A\n\
";

fn list(counts: impl Iterator<Item = (usize, String)>) -> String {
    let texts: Vec<String> = counts.map(|(count, what)| format!("{count} {what}")).collect();
    texts.join(", ")
}

#[test]
fn lines_kinds_and_grades_are_those_that_were_counted() {
    let mut counted = String::new();
    for importer in members() {
        let tariff = tariff(importer);
        let mut digits: BTreeMap<u8, usize> = BTreeMap::new();
        for row in &tariff.rows {
            *digits.entry(row.code.digits()).or_default() += 1;
        }
        let digits = list(digits.into_iter().map(|(digits, count)| (count, format!("of {digits} digits"))));
        counted += &format!("{importer} {} lines: {digits}\n", tariff.rows.len());
        for (position, column) in tariff.columns.iter().enumerate() {
            let cells: Vec<&Cell> = tariff.rows.iter().map(|row| &row.cells[position]).collect();
            let kinds = KINDS.map(|name| {
                let of_kind = cells.iter().filter(|cell| kind(cell.in_year(2026)) == name);
                (of_kind.count(), name.to_owned())
            });
            let mut grades: BTreeMap<String, usize> = BTreeMap::new();
            for cell in &cells {
                let year = cell.year().map_or_else(String::new, |year| format!(" {year}"));
                *grades.entry(format!("{}{year}", cell.grade())).or_default() += 1;
            }
            let kinds = list(kinds.into_iter().filter(|(count, _)| *count > 0));
            let grades = list(grades.into_iter().map(|(grade, count)| (count, grade)));
            counted += &format!("{importer} {column}: {kinds}; {grades}\n");
        }
    }
    assert_eq!(counted, COUNTS);
}

/// Lines read by eye in the source; what the source says stands above each.
const READ_BY_EYE: &[(Economy, &str, &str, &str)] = &[
    // 11¢/kg; RCEP $0.11/kg; TRAINS 090111: every line 0
    (Economy::Brunei, "09011120", "mfn", "0.11 BND/kg"),
    (Economy::Brunei, "09011120", "rcep", "0.11 BND/kg"),
    (Economy::Brunei, "09011120", "acfta", "0% [B]"),
    // 22¢/dal
    (Economy::Brunei, "27101212", "mfn", "0.022 BND/L"),
    // $250/dal; 미양허
    (Economy::Brunei, "21069064", "mfn", "25 BND/L"),
    (Economy::Brunei, "21069064", "rcep", "none"),
    // 미확인
    (Economy::Brunei, "96200020", "rcep", "unknown"),
    // 0%; TRAINS has no 902781
    (Economy::Brunei, "90278100", "acfta", "unknown [C]"),
    // 5%; TRAINS 010129: every line 0
    (Economy::Indonesia, "01012900", "mfn", "5%"),
    // Rp. 450,-/kg; TRAINS 110290: from 0 to 2.86, one line of three at MFN
    (Economy::Indonesia, "11029010", "mfn", "450 IDR/kg"),
    (Economy::Indonesia, "11029010", "acfta", "0%..2.86% [C]"),
    // Rp. 14,000,-/liter
    (Economy::Indonesia, "22030011", "mfn", "14000 IDR/L"),
    // Rp. 21,450,-/menit
    (Economy::Indonesia, "37061090", "mfn", "21450 IDR/min"),
    // TRAINS 200899: from 0 to 5
    (Economy::Indonesia, "20089940", "acfta", "0%..5% [C]"),
    // 15%+0.02$/l; RCEP 12%+0.02$/l; special tax 20%; VAT 10%; on no list
    (Economy::Cambodia, "27101213", "mfn", "15% + 0.02 USD/L"),
    (Economy::Cambodia, "27101213", "rcep", "12% + 0.02 USD/L"),
    (Economy::Cambodia, "27101213", "excise", "20%"),
    (Economy::Cambodia, "27101213", "vat", "10%"),
    (Economy::Cambodia, "27101213", "acfta", "0% [D]"),
    // 0.04$/l; RCEP of the other line 0%+0.04$/l
    (Economy::Cambodia, "27101971", "mfn", "0.04 USD/L"),
    (Economy::Cambodia, "27101990", "rcep", "0.04 USD/L"),
    // 미양허; 미확인
    (Economy::Cambodia, "02071499", "rcep", "none"),
    (Economy::Cambodia, "03019322", "rcep", "unknown"),
    // 7%; Highly Sensitive List, 3401.11: never above MFN
    (Economy::Cambodia, "34011150", "acfta", "0%..7% [D]"),
    // 10%, RCEP 8%
    (Economy::Laos, "40131029", "mfn", "10%"),
    (Economy::Laos, "40131029", "rcep", "8%"),
    // 5%/10%
    (Economy::Laos, "20051020", "mfn", "5%..10%"),
    // Prohibited, in both columns
    (Economy::Laos, "12114000", "mfn", "prohibited"),
    (Economy::Laos, "12114000", "rcep", "prohibited"),
    // 미양허
    (Economy::Laos, "07099200", "rcep", "none"),
    // zero; Exempted
    (Economy::Myanmar, "0101210000", "mfn", "0%"),
    (Economy::Myanmar, "9801000000", "mfn", "0%"),
    // 3%; TRAINS 840212: every line 0
    (Economy::Myanmar, "8402121900", "mfn", "3%"),
    (Economy::Myanmar, "8402121900", "acfta", "0% [B]"),
    // 5%; TRAINS 392690: from 1 to 5
    (Economy::Myanmar, "3926904200", "acfta", "1%..5% [C]"),
    // In: 15% Out: 20%, both columns
    (Economy::Malaysia, "0103910000", "mfn", "quota(in: 15%; out: 20%)"),
    (Economy::Malaysia, "0103910000", "rcep", "quota(in: 15%; out: 20%)"),
    // RM0.60, by the kilogram
    (Economy::Malaysia, "0804300000", "mfn", "0.6 MYR/kg"),
    // "5% and RM0.65"
    (Economy::Malaysia, "0807190000", "mfn", "5% + 0.65 MYR/kg"),
    // 25% or RM0.15 w.i.t.h; RCEP 18.0% or RM0.15 w.i.t.h
    (Economy::Malaysia, "4808902000", "mfn", "max(25%, 0.15 MYR/kg)"),
    (Economy::Malaysia, "4808902000", "rcep", "max(18%, 0.15 MYR/kg)"),
    // 30% or RM60.00 each w.i.t.h
    (Economy::Malaysia, "8414804200", "mfn", "max(30%, 60 MYR/piece)"),
    // RM7.00 on a line counted in litres; RM150.00 per 100% vol.per litre; N.O. in ATIGA
    (Economy::Malaysia, "2205101000", "mfn", "7 MYR/L"),
    (Economy::Malaysia, "2205101000", "excise", "150 MYR/Lalc"),
    (Economy::Malaysia, "2205101000", "acfta", "0%..none [D]"),
    // RM0.90 per litre; RM 0.47 per 100 gram; RM1.10 and 15%; RM0.40 per stk
    (Economy::Malaysia, "2009190000", "excise", "0.9 MYR/L"),
    (Economy::Malaysia, "1806100000", "excise", "4.7 MYR/kg"),
    (Economy::Malaysia, "2207201100", "excise", "1.1 MYR/L + 15%"),
    (Economy::Malaysia, "2402202000", "excise", "0.4 MYR/piece"),
    // 5%/0%; RM0.40 per litre
    (Economy::Malaysia, "0210999000", "vat", "0%..5%"),
    (Economy::Malaysia, "2710197200", "vat", "0.4 MYR/L"),
    // 10%; Sensitive List, 2801.10
    (Economy::Malaysia, "2801100000", "acfta", "0%..5% [D]"),
    // RCEP only on 0106.11.0010 and .0090, both 0.0%
    (Economy::Malaysia, "0106110000", "rcep", "0% [B]"),
    // In-Quota 30%, Out-Quota 35%; both 35%
    (Economy::Philippines, "01039100", "mfn", "quota(in: 30%; out: 35%)"),
    (Economy::Philippines, "01051190", "mfn", "35%"),
    // four rows: over 65 % of sugar 50% and 65%, other 1% and 1%
    (Economy::Philippines, "1701991010", "mfn", "quota(in: 50%; out: 65%)"),
    (Economy::Philippines, "1701991030", "mfn", "1%"),
    // 7%; TRAINS 330499: every line 0
    (Economy::Philippines, "33049990", "mfn", "7%"),
    (Economy::Philippines, "33049990", "acfta", "0% [B]"),
    // $16.00 Per Litre of Alcohol; $60.00; TRAINS 220300: every line 0
    (Economy::Singapore, "22030091", "mfn", "16 SGD/Lalc"),
    (Economy::Singapore, "22030091", "excise", "60 SGD/Lalc"),
    (Economy::Singapore, "22030091", "acfta", "0% [B]"),
    (Economy::Singapore, "22030091", "rcep", "0% [B]"),
    // $6.60 Per DAL; $113.00 Per KGM; no text
    (Economy::Singapore, "27101226", "excise", "0.66 SGD/L"),
    (Economy::Singapore, "21069062", "excise", "113 SGD/kg"),
    (Economy::Singapore, "68118920", "excise", "0%"),
    // $2.00 Per DAL of dutiable diesel fuel
    (Economy::Singapore, "38260090", "excise", "unknown"),
    // 5% or 4 baht/Kilogram; RECP Exempted; TRAINS 080620: every line 0
    (Economy::Thailand, "08062000", "mfn", "max(5%, 4 THB/kg)"),
    (Economy::Thailand, "08062000", "rcep", "0% [B]"),
    (Economy::Thailand, "08062000", "acfta", "0% [B]"),
    // no base rate, ceiling Free; no base rate, ceiling 40%
    (Economy::Thailand, "01022100", "mfn", "0%"),
    (Economy::Thailand, "04011010", "mfn", "unknown"),
    // parts 01 Exempted and 29 30%; RECP Exempted at the line
    (Economy::Thailand, "0106110029", "mfn", "30%"),
    (Economy::Thailand, "0106110029", "rcep", "0% [B]"),
    // 5%; RECP of the part 51 3.5%, of the part 55 4%
    (Economy::Thailand, "72111913", "rcep", "3.5%..4% [C]"),
    // 10% or 0.3 baht/Solid Kilogram - not solid litre
    (Economy::Thailand, "15159011", "mfn", "max(10%, 0.3 THB/kg-or-L)"),
    // printed as 3907.20.90.29 below 3907.29.90: 3%
    (Economy::Thailand, "3907299029", "mfn", "3%"),
    // one rate for all goods; excise by heading
    (Economy::TimorLeste, "851713", "mfn", "5%"),
    (Economy::TimorLeste, "851713", "excise", "0%"),
    (Economy::TimorLeste, "220830", "excise", "8.9 USD/L"),
    (Economy::TimorLeste, "220300", "excise", "unknown"),
    (Economy::TimorLeste, "870323", "excise", "0%..30%"),
    (Economy::TimorLeste, "930200", "excise", "200%"),
    // 2026: 8081000 apples 5, in 2025 8%
    (Economy::VietNam, "08081000", "mfn", "5%"),
    // 2026: 40 (NHN: 80)
    (Economy::VietNam, "04072100", "mfn", "quota(in: 40%; out: 80%)"),
    // 2026: 0 (-CN); RCEP empty; VAT 8/10
    (Economy::VietNam, "48045910", "acfta", "0% except CN"),
    (Economy::VietNam, "48045910", "rcep", "none"),
    (Economy::VietNam, "48045910", "vat", "8%..10%"),
    // 2026: * for ACFTA
    (Economy::VietNam, "40129019", "acfta", "none"),
    // only in the workbook of 2025: 10%, 0%(-PH, TH), RCEP 6%
    (Economy::VietNam, "84099916", "mfn", "10% [A 2025]"),
    (Economy::VietNam, "84099916", "acfta", "0% except PH TH [A 2025]"),
    (Economy::VietNam, "84099916", "rcep", "6%"),
    (Economy::VietNam, "84099916", "vat", "unknown"),
    // 2026: 0 (-CN)/0 for two parts, both 0% in 2025
    (Economy::VietNam, "4810141010", "acfta", "0% except CN [C]"),
    (Economy::VietNam, "4810141090", "acfta", "0% except CN [C]"),
    // 2026: 0 (-KH)/5; in 2025 0% and 5%
    (Economy::VietNam, "1601001010", "acfta", "0% except KH"),
    (Economy::VietNam, "1601001090", "acfta", "5%"),
    // According to the instructions in section 1.1 Chapter 98
    (Economy::VietNam, "87021010", "mfn", "unknown [A 2025]"),
    // 5.6%/4%
    (Economy::VietNam, "72119014", "rcep", "4%..5.6%"),
    // 2026: */5/8/10
    (Economy::VietNam, "01012900", "vat", "0%..10%"),
];

#[test]
fn lines_that_were_checked_by_hand() {
    let mut tariffs: BTreeMap<Economy, Tariff> = BTreeMap::new();
    for (importer, code, column, expected) in READ_BY_EYE {
        let tariff = tariffs.entry(*importer).or_insert_with(|| tariff(*importer));
        assert_eq!(cell(tariff, code, column).to_string(), *expected, "{importer} {code} {column}");
    }
    assert_eq!(tariffs.len(), 11, "every member");
}

#[test]
fn no_line_lies_below_another() {
    for importer in members() {
        let tariff = tariff(importer);
        for pair in tariff.rows.windows(2) {
            let [one, next] = [pair[0].code, pair[1].code];
            assert!(one < next && !one.covers(next), "{importer}: {one} and {next}");
        }
    }
}

#[test]
fn every_subheading_is_one_of_hs_2022() {
    let known: BTreeSet<HsCode> = folder()
        .labels("en")
        .unwrap()
        .into_iter()
        .map(|label| label.code)
        .filter(|code| code.digits() == 6)
        .collect();
    for importer in members() {
        let unknown: BTreeSet<String> = tariff(importer)
            .rows
            .iter()
            .filter(|row| !known.contains(&row.code.subheading()))
            .map(|row| row.code.truncated(2).to_string())
            .collect();
        // Chapters 98 and 99 are national.
        assert!(
            unknown.iter().all(|chapter| matches!(chapter.as_str(), "98" | "99")),
            "{importer}: {unknown:?}"
        );
    }
}

#[test]
fn units_are_there_where_the_tariff_names_them() {
    let with_units: Vec<&str> = members()
        .filter(|importer| tariff(*importer).rows.iter().any(|row| row.unit.is_some()))
        .map(Economy::code)
        .collect();
    assert_eq!(with_units, ["KH", "MM", "MY", "SG", "VN"]);
    let durians = |importer: Economy, code: &str| {
        let tariff = tariff(importer);
        let row = tariff.rows.iter().find(|row| row.code.to_string() == code).unwrap();
        row.unit.map(duty::Unit::code)
    };
    assert_eq!(durians(Economy::VietNam, "08106000"), Some("kg"));
    // Cubic metres have no code here.
    assert_eq!(durians(Economy::Malaysia, "4407111000"), None);
}

#[test]
fn a_treaty_ceiling_is_never_above_mfn() {
    for importer in [Economy::Cambodia, Economy::Malaysia] {
        for row in tariff(importer).rows {
            let [mfn, acfta] = [row.cells[0].in_year(2026), row.cells[1].in_year(2026)];
            if let (Treatment::Duty(DutyExpression::AdValorem(mfn)), Treatment::Range { most: Some(most), .. }) = (mfn, acfta) {
                assert!(most <= mfn, "{importer} {}", row.code);
            }
            assert_eq!(row.cells[1].grade(), Grade::D);
        }
    }
}

#[test]
fn viet_nam_refuses_its_acfta_rate_to_china_on_these_lines() {
    let tariff = tariff(Economy::VietNam);
    let refused = tariff.rows.iter().filter(|row| row.cells[1].refused_to().contains(&Economy::China));
    let (current, earlier): (Vec<_>, Vec<_>) = refused.partition(|row| row.cells[1].year().is_none());
    assert_eq!((current.len(), earlier.len()), (383, 155));
    assert!(current.iter().any(|row| row.code.to_string().starts_with("1006")), "rice");
}

#[test]
fn every_column_has_its_sources() {
    let sources = folder().sources().unwrap();
    for importer in members() {
        let tariff = tariff(importer);
        let columns = &sources.tariff(importer).unwrap().columns;
        assert_eq!(
            columns.keys().collect::<BTreeSet<_>>(),
            tariff.columns.iter().collect::<BTreeSet<_>>(),
            "{importer}"
        );
        for (position, column) in tariff.columns.iter().enumerate() {
            let years: BTreeSet<i32> = tariff.rows.iter().filter_map(|row| row.cells[position].year()).collect();
            for year in years {
                assert!(
                    columns[column].iter().any(|source| source.year == year),
                    "{importer} {column}: no source of {year}"
                );
            }
        }
    }
}
