//! What `cafta quote` says beyond duties and taxes: whether a claim is worth it, crossing points, the years to come.

use crate::quote::{DURIAN, from_china, json};
use crate::run::answer;
use serde_json::{Value, json};

const COST: [&str; 10] = [
    "--fee",
    "40",
    "--hours",
    "3",
    "--wage",
    "50",
    "--courier",
    "25",
    "--shipments",
    "12",
];

fn exactly(amount: &str) -> Value {
    json!({ "least": amount, "most": amount })
}

#[test]
fn a_claim_is_weighed_against_its_cost() {
    let asked = [DURIAN.as_slice(), &COST].concat();
    // 40 + 3 × 50 + 25 = 215; 2,180 − 215 = 1,965, twelve times 23,580; 10,000 × 215 ÷ 2,180 = 986.24.
    assert_eq!(
        json(&asked)["cases"][0]["claim"],
        json!({
            "cost": "215.00",
            "saving": exactly("2180.00"),
            "net": exactly("1965.00"),
            "yearly": exactly("23580.00"),
            "break_even": exactly("986.24"),
            "verdict": "pays",
        })
    );
    let text = answer(&asked);
    assert!(text.contains("\nclaim: pays; net 1965.00 CNY\n"), "{text}");
    assert_eq!(json(&DURIAN)["cases"][0]["claim"], Value::Null);
    assert!(!answer(&DURIAN).contains("claim"));
}

#[test]
fn what_a_claim_costs_is_exchanged_like_the_value() {
    let dollars = [
        "--currency",
        "USD",
        "--rate",
        "7",
        "--fee",
        "10",
        "--hours",
        "2",
        "--wage",
        "3",
        "--delay",
        "1",
    ];
    let quote = json(&[DURIAN.as_slice(), &dollars].concat());
    // (10 + 2 × 3 + 1) × 7; hours are no money.
    let claim = &quote["cases"][0]["claim"];
    assert_eq!((&claim["cost"], &claim["yearly"]), (&"119.00".into(), &Value::Null));
}

#[test]
fn a_claim_may_lose_be_needless_or_unknown() {
    let loses = [DURIAN.as_slice(), &["--delay", "2180"]].concat();
    assert_eq!(json(&loses)["cases"][0]["claim"]["verdict"], "loses");
    // Saves 5,400,000 to 5,500,000 dong, by the rate of VAT.
    let open = [from_china("VN", "24021000", "10000000"), vec!["--fee", "5,450,000"]].concat();
    let claim = &json(&open)["cases"][0]["claim"];
    assert_eq!(
        (&claim["verdict"], &claim["net"]),
        (&"open".into(), &json!({ "least": "-50000", "most": "50000" }))
    );
    let free = [from_china("SG", "08106000", "10000"), vec!["--fee", "40"]].concat();
    assert_eq!(json(&free)["cases"][0]["claim"]["verdict"], "needless");
    assert!(answer(&free).contains("claim: needless; the lowest rate needs no certificate\n"));
    let mut feet = [DURIAN.as_slice(), &["--fee", "40"]].concat();
    feet[6] = "0207142200";
    assert_eq!(json(&feet)["cases"][0]["claim"], Value::Null);
    assert!(answer(&feet).contains("claim: not known, as the saving is not\n"));
}

#[test]
fn each_line_that_is_left_has_its_own_claim() {
    let rice = [DURIAN.as_slice(), &["--fee", "200"]].concat();
    let rice: Vec<&str> = rice
        .into_iter()
        .map(|word| match word {
            "TH" => "KH",
            "0810600000" => "100630",
            other => other,
        })
        .collect();
    // Saved: 109.00 within the quota, 1,635.00 outside.
    let text = answer(&rice);
    assert!(
        text.contains("claim: 1006302001: loses; net -91.00 CNY\nclaim: 1006302090: pays; net 1435.00 CNY\n"),
        "{text}"
    );
    let quote = json(&rice);
    assert_eq!(quote["cases"][1]["claim"]["net"], exactly("1435.00"));
    assert_eq!(quote["outlook"], json!([]), "nothing is settled");
}

/// Film of 100 minutes at 20,000,000 rupiah: 21,450 rupiah a minute without a certificate, 10 % under ACFTA.
#[test]
fn a_dearer_unit_makes_another_regime_the_best() {
    let film = [from_china("ID", "37069090", "20000000"), vec!["--quantity", "100min"]].concat();
    // 21,450 ÷ 10 % = 214,500.
    assert_eq!(
        json(&film)["cases"][0]["crossings"],
        json!({
            "unit": "min",
            "quantity": "100",
            "price": "200000",
            "stretches": [
                { "from": "0", "includes_from": false, "best": "acfta", "duty": "0" },
                { "from": "214500", "includes_from": true, "best": "mfn", "duty": "2145000" },
            ],
            "left_out": ["rcep"],
        })
    );
    let text = answer(&film);
    let lines = "price: from 0 IDR/min: ACFTA (CAFTA)\nprice: from 214500 IDR/min: MFN\nprice: not compared, and may be lower: RCEP\n";
    assert!(text.ends_with(lines), "{text}");
    assert_eq!(json(&DURIAN)["cases"][0]["crossings"], Value::Null);
}

#[test]
fn a_rate_that_falls_each_new_year_is_foreseen() {
    let yarn: Vec<&str> = DURIAN
        .into_iter()
        .map(|word| match word {
            "TH" => "VN",
            "0810600000" => "5402339000",
            "10000" => "100000",
            other => other,
        })
        .collect();
    let quote = json(&yarn);
    let outlook = quote["outlook"].as_array().unwrap();
    assert_eq!(
        outlook[0],
        json!({
            "date": "2026-11-22",
            "best": "rcep",
            "best_duty": exactly("4400.00"),
            // (5,000 − 4,400) × 1.13.
            "saving": exactly("678.00"),
            "rcep": "4.4%",
            "rcep_of_year": null,
        })
    );
    let days: Vec<&Value> = outlook.iter().map(|prospect| &prospect["date"]).collect();
    assert_eq!(
        days,
        ["2026-11-22", "2027-01-01", "2028-01-01", "2029-01-01", "2030-01-01", "2031-01-01"]
    );
    let duties: Vec<&Value> = outlook.iter().map(|prospect| &prospect["best_duty"]["most"]).collect();
    assert_eq!(duties, ["4400.00", "4300.00", "4100.00", "4000.00", "3900.00", "3800.00"]);
}

fn row<'a>(quote: &'a Value, economy: &str) -> &'a Value {
    let rows = quote["partners"]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["economy"] == economy).unwrap()
}

#[test]
fn every_partner_is_compared_into_china_in_amounts() {
    let pepper = [DURIAN.as_slice(), &[]].concat();
    let pepper: Vec<&str> = pepper
        .iter()
        .map(|word| if *word == "0810600000" { "0904110090" } else { word })
        .collect();
    let quote = json(&pepper);
    assert_eq!(quote["partners"]["measure"], "amount");
    let rows = quote["partners"]["rows"].as_array().unwrap();
    let order: Vec<&str> = rows.iter().map(|row| row["economy"].as_str().unwrap()).collect();
    assert_eq!(order.get(..4).unwrap(), ["KH", "LA", "MM", "TL"], "the least developed pay no duty");
    let laos = row(&quote, "LA");
    // 20 % of 10,000 and 9 % of VAT on it; the goods with 9 % of VAT.
    assert_eq!(laos["saving"], exactly("2180.00"));
    assert_eq!(laos["best_cost"], exactly("10900.00"));
    assert_eq!(laos["best"], json!(["least_developed"]));
    let doubts = laos["doubts"].as_array().unwrap();
    assert!(doubts.iter().any(|doubt| doubt["key"] == "status_may_have_changed"), "{laos}");
    assert_eq!(laos["edition"], quote["edition"], "one tariff for all");
}

#[test]
fn every_importer_is_compared_in_percent_and_on_its_own_edition() {
    let quote = json(&from_china("VN", "54023390", "100000000"));
    assert_eq!(quote["partners"]["measure"], "percent");
    // 3 % of duty, and tax of 8 to 10 % on it.
    assert_eq!(row(&quote, "VN")["saving"], json!({ "least": "3.24", "most": "3.3" }));
    // 11 % of tax on 107.5 and on 105.
    assert_eq!(row(&quote, "ID")["baseline_cost"], exactly("119.325"));
    assert_eq!(row(&quote, "ID")["best_cost"], exactly("116.55"));
    assert_eq!(row(&quote, "VN")["edition"], quote["edition"]);
    assert_ne!(row(&quote, "ID")["edition"], quote["edition"]);
    let motorcycles = json(&from_china("ID", "87116095", "100000000"));
    let thailand = row(&motorcycles, "TH");
    assert_eq!((&thailand["complete"], &thailand["saving"]), (&false.into(), &Value::Null));
    assert_eq!(thailand["obstacles"], json!(["unknown"]));
    // Cambodia's table has no line for frames of umbrellas.
    let frames = json(&from_china("SG", "66032000", "10000"));
    let cambodia = row(&frames, "KH");
    assert_eq!((&cambodia["gap"], &cambodia["best_cost"]), (&"no_line".into(), &Value::Null));
    let rows = frames["partners"]["rows"].as_array().unwrap();
    assert_eq!(rows.last().unwrap(), cambodia, "what is not known comes last");
}

#[test]
fn partners_are_compared_once_the_line_is_settled() {
    assert_eq!(json(&from_china("TH", "081090", "10000"))["partners"], Value::Null);
}
