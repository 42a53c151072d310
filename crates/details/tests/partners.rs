//! The table of all partners, on the tariffs as they are in `data/`. Outside a browser numbers stay plain, without sign or percent.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::rc::Rc;

use details::{Basis, Names, Part, make};
use duty::{Economy, parse_date};
use pack::Rates;
use query::RawQuery;
use tables::Folder;

mod support;

use support::{root, words};

fn rates(importer: Economy) -> Rc<Rates> {
    Rc::new(Rates {
        schedule: Folder::new(root().join("data")).schedule(importer).unwrap().merged(),
        edition: String::new(),
    })
}

/// The table for a link, while one tariff does not arrive.
fn table_without(missing: Option<Economy>, search: &str) -> String {
    let query = RawQuery::from_search(search);
    let asked = query.parse(parse_date("2026-11-22").unwrap());
    let importer = asked.to.unwrap();
    let others = Economy::China
        .partners()
        .filter(|other| importer.is_asean() && *other != importer && Some(*other) != missing);
    let basis = Basis::of(String::new(), query, &asked.shipment.unwrap(), &rates(importer), Names::default()).unwrap();
    let basis = basis.with_others(others.map(rates).collect());
    let markup = make(Part::Partners, words("en"), &basis).unwrap();
    for tag in ["table", "tr", "th", "td", "span", "a", "select", "label"] {
        let count = |tag: &str| markup.as_str().matches(tag).count();
        let opened = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(opened, count(&format!("</{tag}>")), "{tag}");
    }
    markup.into()
}

fn table(search: &str) -> String {
    table_without(None, search)
}

/// The rows, in order: the country, and its row.
fn rows(table: &str) -> Vec<(String, String)> {
    let body = table.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
    let rows = body.split("<tr>").skip(1).map(|row| {
        let name = row.split_once("</a>").unwrap().0.rsplit_once('>').unwrap().1;
        (name.to_owned(), row.to_owned())
    });
    rows.collect()
}

fn order(table: &str) -> Vec<String> {
    rows(table).into_iter().map(|(name, _)| name).collect()
}

/// The text of a row's cells: without, best, saving, cost.
fn cells(table: &str, country: &str) -> Vec<String> {
    let (_, row) = rows(table).into_iter().find(|(name, _)| name == country).unwrap();
    let cells = row.split("<td").skip(1).map(|cell| {
        let text = cell.split_once('>').unwrap().1;
        text.split('<').next().unwrap().trim_end().to_owned()
    });
    cells.collect()
}

#[test]
fn durian_into_china_pays_alike_whoever_grew_it() {
    let table = table("?hs=081060&value=10000");
    assert_eq!(order(&table).len(), 11);
    for country in order(&table) {
        let best = if country == "Timor-Leste" { "LDC zero rate 0" } else { "CAFTA 0" };
        // 20 % of 10,000 and VAT of 9 % on it.
        assert_eq!(cells(&table, &country), ["20", best, "2180.00", "10900.00"], "{country}");
    }
    assert!(
        table.contains("The same goods, worth 10000, from each country of ASEAN into China."),
        "{table}"
    );
}

#[test]
fn pepper_into_china_is_cheapest_from_the_least_developed() {
    let table = table("?from=VN&hs=0904110090");
    let order = order(&table);
    assert_eq!(order.get(..4).unwrap(), ["Cambodia", "Laos", "Myanmar", "Timor-Leste"]);
    assert_eq!(cells(&table, "Laos"), ["20", "LDC zero rate 0", "21800.00", "109000.00"]);
    assert_eq!(cells(&table, "Viet Nam"), ["20", "CAFTA 5", "16350.00", "114450.00"]);
    let (_, laos) = rows(&table).into_iter().find(|(name, _)| name == "Laos").unwrap();
    assert!(laos.contains("To be confirmed: Laos was due to leave the list"), "{laos}");
}

#[test]
fn yarn_from_china_is_compared_in_percent() {
    let table = table("?from=CN&to=VN&hs=540233");
    assert_eq!(
        cells(&table, "Viet Nam"),
        ["3", "RCEP 0", "3.24–3.3", "108–110"],
        "no CAFTA for China"
    );
    assert_eq!(cells(&table, "the Philippines"), ["7", "CAFTA 2.5", "5.04", "114.8"]);
    // 11 % of tax on 107.5 and on 105; the rupiah has no small coins, and nothing is rounded to them.
    assert_eq!(cells(&table, "Indonesia"), ["7.5", "CAFTA 5", "2.775", "116.55"]);
    assert_eq!(cells(&table, "Brunei"), ["0", "MFN 0", "0", "100"]);
    let (_, malaysia) = rows(&table).into_iter().find(|(name, _)| name == "Malaysia").unwrap();
    assert!(malaysia.contains("<span class=\"doubt\">oldest rate: 2020</span>"), "{malaysia}");
    assert!(table.contains("under 5402.33 into each country"), "{table}");
}

#[test]
fn the_lowest_cost_comes_first_or_the_highest_saving() {
    let by_cost = order(&table("?from=CN&to=VN&hs=540233"));
    assert_eq!(by_cost.first().unwrap(), "Brunei");
    assert_eq!(by_cost.last().unwrap(), "Indonesia");
    let table = table("?from=CN&to=VN&hs=540233&sort=saving");
    let by_saving = order(&table);
    assert_eq!(by_saving.first().unwrap(), "Malaysia");
    assert_eq!(by_saving.get(1..3).unwrap(), ["Laos", "Thailand"]);
    assert!(table.contains("<caption>The highest saving first."), "{table}");
    assert!(table.contains("name=\"sort\""), "{table}");
}

#[test]
fn what_is_not_known_is_a_word_and_comes_last() {
    // By weight: what Malaysia and Thailand save is not known without it.
    let durian = table("?from=CN&to=TH&hs=081060&sort=saving");
    let order = order(&durian);
    assert_eq!(order.get(9..).unwrap(), ["Malaysia", "Thailand"], "{order:?}");
    assert_eq!(
        cells(&durian, "Thailand"),
        ["the higher of 30 or 25 per kg", "CAFTA 0", "by quantity", "107"]
    );
    let motorcycles = table("?from=CN&to=ID&hs=87116095");
    assert_eq!(
        cells(&motorcycles, "Indonesia"),
        [
            "40",
            "CAFTA not known · RCEP not known",
            "not known",
            "without a certificate: 155.4"
        ]
    );
    let some = ["0–30", "MFN 0, some not known", "0, some not known", "112, some not known"];
    assert_eq!(cells(&motorcycles, "the Philippines"), some);
    let (_, unknown) = rows(&motorcycles).pop().unwrap();
    assert!(!unknown.contains("<svg"), "no bar without a figure: {unknown}");
}

#[test]
fn what_may_not_be_imported_says_so() {
    let seeds = table("?from=CN&to=LA&hs=12079100");
    assert_eq!(cells(&seeds, "Laos"), ["prohibited"; 4]);
}

#[test]
fn each_country_leads_to_its_own_answer() {
    let into = table("?from=CN&to=VN&hs=54023310&value=5000&kept=1");
    let (_, viet_nam) = rows(&into).into_iter().find(|(name, _)| name == "Viet Nam").unwrap();
    assert!(
        viet_nam.contains("<a href=\"?from=CN&amp;hs=54023310&amp;kept=1&amp;to=VN&amp;value=5000\" aria-current=\"true\">"),
        "{viet_nam}"
    );
    let (_, laos) = rows(&into).into_iter().find(|(name, _)| name == "Laos").unwrap();
    assert!(
        laos.contains("<a href=\"?from=CN&amp;hs=540233&amp;to=LA&amp;value=5000\">"),
        "{laos}"
    );
    assert_eq!(into.matches("aria-current").count(), 1);

    let from = table("?hs=0810600000&kg=7");
    assert!(from.contains("<a href=\"?from=VN&amp;hs=0810600000&amp;kg=7\">"), "{from}");
    assert!(
        from.contains("<a href=\"?hs=0810600000&amp;kg=7\" aria-current=\"true\">Thailand</a>"),
        "{from}"
    );
}

#[test]
fn a_stated_rate_of_tax_holds_for_the_present_importer_alone() {
    let table = table("?from=CN&to=TH&hs=540233&vat=10");
    assert_eq!(cells(&table, "Thailand"), ["5", "CAFTA 0", "5.5", "110"]);
    assert_eq!(cells(&table, "Myanmar"), ["3", "CAFTA 0", "3.15", "105"]);
}

#[test]
fn a_tariff_that_did_not_arrive_is_a_row_and_not_the_end() {
    let table = table_without(Some(Economy::Malaysia), "?from=CN&to=VN&hs=540233");
    assert_eq!(order(&table).len(), 11);
    assert_eq!(order(&table).last().unwrap(), "Malaysia");
    assert_eq!(cells(&table, "Malaysia"), ["not known: its tariff could not be loaded"]);
    assert_eq!(cells(&table, "Laos"), ["5", "CAFTA 0", "5.5", "110"]);
}

#[test]
fn a_code_a_tariff_does_not_have_is_told() {
    let frames = table("?from=CN&to=VN&hs=66032000");
    assert_eq!(cells(&frames, "Cambodia"), ["not known: its tariff has no such code"]);
}
