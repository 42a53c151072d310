//! `cafta quote` on the real tariffs.

use crate::run::answer;
use serde_json::Value;

pub(crate) const DURIAN: [&str; 11] = [
    "quote",
    "--from",
    "TH",
    "--to",
    "CN",
    "--hs",
    "0810600000",
    "--value",
    "10000",
    "--on",
    "2026-11-22",
];

pub(crate) fn json(arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    serde_json::from_str(&answer(&arguments)).unwrap()
}

fn option<'a>(quote: &'a Value, regime: &str) -> &'a Value {
    quote["cases"][0]["options"]
        .as_array()
        .unwrap()
        .iter()
        .find(|option| option["regime"] == regime)
        .unwrap()
}

#[test]
fn thai_durian_saves_the_whole_duty() {
    let text = answer(&DURIAN);
    for expected in [
        "MFN              20%   2000.00    0.00  1080.00  3080.00  A",
        "needs: Form E",
        "saving: 2180.00 CNY (duty 2000.00, excise 0.00, VAT 180.00)",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn the_json_has_every_regime_with_amounts_as_texts() {
    let quote = json(&DURIAN);
    assert_eq!(quote["settled"], true);
    assert_eq!(quote["saving"]["least"], "2180.00");
    assert_eq!(quote["cases"][0]["best"], "acfta");
    assert_eq!(option(&quote, "mfn")["bill"]["duty"]["most"], "2000.00");
    assert_eq!(option(&quote, "acfta")["bill"]["duty"]["most"], "0.00");
    assert_eq!(option(&quote, "rcep")["rank"], "as_good");
    let refused = option(&quote, "china_cambodia");
    assert_eq!(
        (&refused["lawful"], &refused["refusal"]["key"], &refused["refusal"]["economy"]),
        (&false.into(), &"not_a_member".into(), &"TH".into())
    );
    assert!(option(&quote, "mfn")["source"]["edition"].is_string());
    assert_eq!(quote["cases"][0]["options"].as_array().unwrap().len(), 7);
}

#[test]
fn keys_keep_their_order() {
    let text = answer(&[DURIAN.as_slice(), &["--json"]].concat());
    let at = |key: &str| text.find(&format!("\"{key}\"")).unwrap();
    assert!(
        ["origin", "importer", "code", "value", "settled", "saving", "cases", "options"]
            .map(at)
            .is_sorted()
    );
}

#[test]
fn a_value_in_another_currency_is_exchanged() {
    let quote = json(&[
        "quote",
        "--from",
        "TH",
        "--to",
        "CN",
        "--hs",
        "081060",
        "--value",
        "1,000",
        "--currency",
        "usd",
        "--rate",
        "7.1",
    ]);
    assert_eq!(quote["value"], serde_json::json!({ "amount": "7100.0", "currency": "CNY" }));
    assert_eq!(
        quote["stated_value"],
        serde_json::json!({ "amount": "1000", "currency": "USD", "freight": null, "insurance": null, "rate": "7.1" })
    );
    assert_eq!(
        option(&quote, "mfn")["due"]["least"].as_str().unwrap().trim_end_matches('0'),
        "1420."
    );
}

#[test]
fn freight_and_insurance_are_part_of_the_customs_value() {
    let carriage = ["--freight", "900", "--insurance", "100"];
    let fob = json(&[DURIAN.as_slice(), &carriage].concat());
    assert_eq!(fob["value"], serde_json::json!({ "amount": "11000", "currency": "CNY" }));
    assert_eq!(
        fob["stated_value"],
        serde_json::json!({ "amount": "10000", "currency": "CNY", "freight": "900", "insurance": "100", "rate": null })
    );
    // 11,000 × 20 %.
    assert_eq!(option(&fob, "mfn")["bill"]["duty"]["most"], "2200.00");
    let dollars = [DURIAN.as_slice(), &carriage, &["--currency", "USD", "--rate", "7"]].concat();
    assert_eq!(json(&dollars)["value"]["amount"], "77000");
}

#[test]
fn the_engine_is_named_by_its_version() {
    assert_eq!(json(&DURIAN)["engine"], duty::VERSION);
}

#[test]
fn a_code_that_is_not_settled_lists_its_lines() {
    let rice = [
        "quote",
        "--from",
        "KH",
        "--to",
        "CN",
        "--hs",
        "100630",
        "--value",
        "10000",
        "--on",
        "2026-11-22",
    ];
    let text = answer(&rice);
    assert!(text.contains("1006302001") && text.contains("Long grain, in quota"), "{text}");
    assert!(text.contains("saving: 109.00..1635.00 CNY, depending on the line"), "{text}");
    let quote = json(&rice);
    assert_eq!(quote["settled"], false);
    assert_eq!(quote["cases"].as_array().unwrap().len(), 4);
    assert_eq!(quote["saving"]["most"], "1635.00");
}

#[test]
fn several_codes_are_answered_with_the_cases_of_all_of_them() {
    let fruit = |codes| {
        [
            "quote",
            "--from",
            "TH",
            "--to",
            "CN",
            "--hs",
            codes,
            "--value",
            "10000",
            "--on",
            "2026-11-22",
        ]
    };
    let text = answer(&fruit("0810.60, 0810.90"));
    assert!(text.starts_with("081060  Durians, fresh\n081090  Fruit, fresh"), "{text}");
    // 10,000 × 12 % × 1.09 = 1,308; 10,000 × 30 % × 1.09 = 3,270.
    assert!(text.contains("saving: 1308.00..3270.00 CNY, depending on the line"), "{text}");

    let quote = json(&fruit("081060,081090"));
    assert_eq!((&quote["code"], &quote["settled"]), (&Value::Null, &false.into()));
    assert_eq!(quote["candidates"][1]["code"], "081090");
    assert_eq!(quote["cases"][0]["code"], "081060");
    assert!(quote["cases"].as_array().unwrap().len() > 2);
    let one = json(&fruit("081060"));
    assert_eq!((&one["code"], &one["candidates"][0]["code"]), (&"081060".into(), &"081060".into()));

    let same = answer(&fruit("081060,081070"));
    assert!(same.contains("All of these pay the same duty:"), "{same}");
}

#[test]
fn a_duty_by_quantity_asks_for_it() {
    // Frozen chicken feet pay by weight.
    let feet = [
        "quote",
        "--from",
        "TH",
        "--to",
        "CN",
        "--hs",
        "0207142200",
        "--value",
        "10000",
        "--on",
        "2026-11-22",
    ];
    let text = answer(&feet);
    assert!(
        text.contains("Feet (paws)") && text.contains("saving: not known yet; state --quantity <number>kg"),
        "{text}"
    );
    let quote = json(&feet);
    assert_eq!(quote["cases"][0]["units"][0], "kg");
    assert_eq!(quote["cases"][0]["missing_units"][0], "kg");
    assert_eq!(option(&quote, "mfn")["missing"]["unit"], "kg");
    let stated = json(&[feet.as_slice(), &["--quantity", "1000kg"]].concat());
    assert_eq!(stated["cases"][0]["missing_units"], serde_json::json!([]));
    assert_eq!(stated["quantities"][0]["amount"], "1000");
    assert_eq!(option(&stated, "mfn")["parts"][0]["quantity"], "1000");
}

#[test]
fn another_year_is_noted() {
    let quote = json(&[
        "quote",
        "--from",
        "VN",
        "--to",
        "CN",
        "--hs",
        "0810500000",
        "--value",
        "100",
        "--on",
        "2030-06-01",
    ]);
    assert_eq!(option(&quote, "rcep")["rate"], "11%");
    let notes = quote["cases"][0]["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["key"] == "rates_of_year" && note["year"] == 2026));
}

/// The answer for goods of China on a day of the tables.
pub(crate) fn from_china<'a>(importer: &'a str, code: &'a str, value: &'a str) -> Vec<&'a str> {
    let question = [
        "quote",
        "--from",
        "CN",
        "--to",
        importer,
        "--hs",
        code,
        "--value",
        value,
        "--on",
        "2026-11-22",
    ];
    question.to_vec()
}

/// The cells of a regime's row, without the blanks between them.
fn row(text: &str, regime: &str) -> Vec<String> {
    let line = text.lines().find(|line| line.starts_with(regime)).unwrap();
    line.split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_not_a_rate_has_no_figure_beside_it() {
    for (importer, code, regime, rate, why) in [
        ("VN", "10063030", "ACFTA", "excluded", "this origin is refused the rate"),
        ("VN", "10063030", "RCEP", "none", "no rate for this line"),
        ("ID", "22030011", "RCEP", "unknown", "the sources do not say"),
        (
            "BN",
            "01012100",
            "ACFTA",
            "unknown",
            "nothing to pay without a certificate, whatever the rate",
        ),
        ("LA", "12079100", "MFN", "prohibited", "import is prohibited"),
        ("TL", "851713", "ACFTA", "-", "TL is not a party or beneficiary"),
        ("TH", "87043211", "MFN", "unknown", "the sources do not say"),
    ] {
        let cells = row(&answer(&from_china(importer, code, "10000")), regime);
        assert_eq!([&cells[1], &cells[7]], [rate, why], "{importer} {code}");
        assert_eq!(cells[2..6], ["-", "-", "-", "-"], "{importer} {code}: duty, excise, VAT and total");
    }
}

#[test]
fn a_stated_rate_of_vat_stands_in_place_of_the_range() {
    let cigars = from_china("VN", "24021000", "10000000");
    let range = json(&cigars);
    assert_eq!(range["cases"][0]["vat"], serde_json::json!({ "rate": "8%..10%", "basis": "line" }));
    assert_eq!(range["saving"], serde_json::json!({ "least": "5400000", "most": "5500000" }));
    let stated = json(&[cigars.as_slice(), &["--vat", "10%"]].concat());
    assert_eq!(stated["cases"][0]["vat"], serde_json::json!({ "rate": "10%", "basis": "stated" }));
    assert_eq!(stated["saving"]["least"], "5500000");
    let standard = json(&from_china("PH", "33049990", "10000"));
    assert_eq!(
        standard["cases"][0]["vat"],
        serde_json::json!({ "rate": "12%", "basis": "standard" })
    );
    let unknown = json(&from_china("MY", "0207110000", "10000"));
    assert_eq!(
        unknown["cases"][0]["vat"],
        serde_json::json!({ "rate": "unknown", "basis": "nothing" })
    );
}

#[test]
fn a_duty_in_dollars_takes_the_rate_of_exchange_of_the_value() {
    let petrol = from_china("KH", "27101212", "10,000");
    let without = json(&[petrol.as_slice(), &["--quantity", "10000L"]].concat());
    let missing = &option(&without, "mfn")["missing"];
    assert_eq!((&missing["key"], &missing["currency"]), (&"currency".into(), &"USD".into()));
    let dollars = ["--quantity", "10000L", "--currency", "USD", "--rate", "4000"];
    let with = json(&[petrol.as_slice(), &dollars].concat());
    // 15 % of 40,000,000 riel, and 10,000 L at 0.02 dollars of 4,000 riel.
    assert_eq!(option(&with, "mfn")["bill"]["duty"]["most"], "6800000");
    assert_eq!(option(&with, "mfn")["parts"][1]["worth"], "4000");
}

#[test]
fn a_tax_by_quantity_asks_for_it() {
    let petrol = from_china("MY", "2710121100", "3000");
    let without = json(&petrol);
    assert_eq!(without["cases"][0]["missing_units"], serde_json::json!(["L"]));
    let notes = without["cases"][0]["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["key"] == "vat_unknown"), "{notes:?}");
    let with = json(&[petrol.as_slice(), &["--quantity", "1000L"]].concat());
    assert_eq!(option(&with, "mfn")["bill"]["vat"]["most"], "600.00");
}

/// Whisky of Singapore at 100,000 yuan for 1,000 litres: 10 % without a certificate, free under ACFTA; 20 % and 0.912 yuan a litre.
#[test]
fn excise_stands_between_duty_and_vat_with_its_base_and_its_parts() {
    let whisky = [
        "quote",
        "--from",
        "SG",
        "--to",
        "CN",
        "--hs",
        "2208300000",
        "--value",
        "100,000",
        "--quantity",
        "1000L",
        "--on",
        "2026-11-22",
    ];
    let quote = json(&whisky);
    let case = &quote["cases"][0];
    assert_eq!(case["excise"], serde_json::json!({ "rate": "20% + 0.912 CNY/L", "basis": "line" }));
    let bill = &option(&quote, "mfn")["bill"];
    // (110,000 + 912) ÷ 80 % = 138,640, of which 20 % are 27,728, and 912; without duty 100,912 ÷ 80 % = 126,140, 25,228 and 912.
    assert_eq!(
        bill["excise_parts"][0]["base"].as_str().unwrap().trim_end_matches(['0', '.']),
        "13864"
    );
    assert_eq!(bill["excise"]["most"], "28640.00");
    assert_eq!(bill["excise_parts"].as_array().unwrap().len(), 2);
    assert_eq!(case["saving"]["excise"]["most"], "2500.00");
    let text = answer(&whisky);
    assert!(
        text.contains("saving: 14125.00 CNY (duty 10000.00, excise 2500.00, VAT 1625.00)"),
        "{text}"
    );
}

#[test]
fn an_excise_by_quantity_asks_for_it_and_the_duty_stands() {
    let spirits = json(&from_china("TL", "220830", "100"));
    let case = &spirits["cases"][0];
    assert_eq!(case["missing_units"], serde_json::json!(["L"]));
    assert!(
        case["notes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|note| note["key"] == "excise_not_included")
    );
    let bill = &option(&spirits, "mfn")["bill"];
    assert_eq!((&bill["duty"]["most"], &bill["excise"]), (&"5.00".into(), &Value::Null));
}
