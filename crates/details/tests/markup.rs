//! The markup of the details, on tariffs as they are in `data/`. Outside a browser numbers stay plain.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::rc::Rc;

use details::{Basis, Names, Part, make};
use duty::parse_date;
use pack::Rates;
use query::RawQuery;
use tables::Folder;

mod support;

use support::{root, words};

fn basis(search: &str) -> Option<Basis> {
    let query = RawQuery::from_search(search);
    let asked = query.parse(parse_date("2026-11-22").unwrap());
    let rates = Rc::new(Rates {
        schedule: Folder::new(root().join("data")).schedule(asked.to?).unwrap(),
        edition: "2026 & <more>".to_owned(),
    });
    Basis::of("https://example.org/".to_owned(), query, &asked.shipment?, &rates, names())
}

fn names() -> Names {
    let labels = Folder::new(root().join("data")).labels("en").unwrap();
    let labels = pack::write_labels("2026", "", labels.iter().map(|label| (label.code, label.label.as_str()))).unwrap();
    let lines = [
        ("0810901000".parse().unwrap(), "Lychee", false),
        ("0810903000".parse().unwrap(), "Longan", true),
    ];
    let lines = pack::write_line_labels("2026", "", &lines).unwrap();
    Names {
        labels: Some(Rc::new(pack::read_labels(&labels).unwrap())),
        lines: Some(Rc::new(pack::read_line_labels(&lines).unwrap())),
    }
}

/// The entries of the list of candidates.
fn candidates(search: &str) -> Vec<String> {
    let markup = make(Part::Candidates, words("en"), &basis(search).unwrap()).unwrap();
    markup.as_str().split("<li>").map(str::to_owned).collect()
}

#[test]
fn candidates_say_what_decides_and_what_each_pays() {
    let list = candidates("?hs=081060,081090&value=100000");
    let [head, durian, fruit] = list.as_slice() else {
        panic!("{list:?}")
    };
    assert!(
        head.contains("All of these are Berries, kiwifruit, durian, persimmons and other fresh fruit. What decides:"),
        "{head}"
    );
    for expected in [
        "href=\"?hs=081060&amp;value=100000\"",
        "<span class=\"label\">Durians, fresh</span><span class=\"code\">0810.60</span>",
        // 100,000 × 20 %, and with VAT of 9 % on it 21,800.
        "Without a certificate 20000.00 · with the best agreement 0.00",
        "saves 21800.00",
        "MFN 20 · CAFTA 0",
        "href=\"?hs=081090&amp;value=100000\" aria-label=\"Leave out 0810.60\"",
    ] {
        assert!(durian.contains(expected), "no {expected} in {durian}");
    }
    // 12 % to 30 %, over the lines from longan to lychee.
    for expected in [
        "Without a certificate 12000.00 – 30000.00 · with the best agreement 0.00",
        "saves 13080.00 – 32700.00",
        "8 lines",
    ] {
        assert!(fruit.contains(expected), "no {expected} in {fruit}");
    }
}

#[test]
fn candidates_are_named_below_what_is_common_to_them() {
    let lines = candidates("?hs=0810901000,0810903000,0810904000").concat();
    assert!(lines.contains("All of these are Fruit, fresh, not listed elsewhere"), "{lines}");
    assert!(lines.contains("<span class=\"label\">Lychee</span>"), "{lines}");
    assert!(lines.contains("Longan (confirm this criterion with customs)"), "{lines}");
    let chapters = candidates("?hs=081060,0901").concat();
    assert!(!chapters.contains("All of these"), "{chapters}");
    assert!(
        chapters.contains("Edible fruit and nuts; citrus and melon peel › Berries"),
        "{chapters}"
    );
}

#[test]
fn what_is_not_known_of_a_candidate_is_not_given_a_figure() {
    let rubber = candidates("?hs=081060,400122").pop().unwrap();
    assert!(rubber.contains("with the best agreement not known"), "{rubber}");
    assert!(rubber.contains("needs more to be known"), "{rubber}");
}

#[test]
fn a_code_of_another_tariff_is_left_out_with_the_subheading_it_stands_under() {
    let list = candidates("?hs=0810609999,081090,081070");
    assert!(
        list.first().unwrap().contains("The tariff of China has no line 0810.60.99.99."),
        "{list:?}"
    );
    assert!(list.get(1).unwrap().contains("href=\"?hs=081090,081070\""), "{list:?}");
    assert!(list.get(2).unwrap().contains("href=\"?hs=0810609999,081070\""), "{list:?}");
}

#[test]
fn several_codes_have_no_arithmetic_and_one_has_no_candidates() {
    let empty = |part, search| make(part, words("en"), &basis(search).unwrap()).unwrap().as_str().is_empty();
    assert!(empty(Part::Arithmetic, "?hs=081060,081090") && empty(Part::Sources, "?hs=081060,081090"));
    assert!(empty(Part::Candidates, "?hs=081060"));
}

#[test]
fn every_multiplication_stands_with_its_base_and_rate() {
    let markup = make(Part::Arithmetic, words("en"), &basis("?hs=081060").unwrap()).unwrap();
    let markup = markup.as_str();
    for expected in [
        "<caption>MFN</caption>",
        "<th scope=\"row\">By value<span class=\"sum\">100000 × 20</span></th><td>20000",
        "<th scope=\"row\">VAT<span class=\"sum\">120000",
        "<caption>CAFTA</caption>",
    ] {
        assert!(markup.contains(expected), "no {expected} in {markup}");
    }
}

/// Whisky at 10 %: (110,000 + 1,000 × 0.912) ÷ (1 − 20 %) = 138,640; 20 % of it and 912 are 28,640; VAT is taken of the same price.
#[test]
fn the_price_with_the_tax_in_it_stands_with_its_formula() {
    let markup = make(
        Part::Arithmetic,
        words("en"),
        &basis("?from=SG&hs=2208300000&value=100000&L=1000").unwrap(),
    )
    .unwrap();
    let markup = markup.as_str();
    for expected in [
        "Price with the tax in it<span class=\"sum\">(110000",
        " ÷ (1 − 20",
        "By value<span class=\"sum\">138640",
        "<td>27728",
        "<td>912",
        "consumption tax<span class=\"sum\"></span></th><td>28640",
        "VAT<span class=\"sum\">138640",
    ] {
        assert!(markup.contains(expected), "no {expected} in {markup}");
    }
}

/// Indonesia's tariff says nothing of its tax on luxuries.
#[test]
fn a_tax_that_is_not_known_is_not_nothing() {
    let made = |part| make(part, words("en"), &basis("?from=CN&to=ID&hs=61091010&value=1000000").unwrap()).unwrap();
    let (claim, arithmetic) = (made(Part::Claim), made(Part::Arithmetic));
    assert!(
        claim.as_str().contains("excise saved with it</th><td>not known"),
        "{}",
        claim.as_str()
    );
    assert!(arithmetic.as_str().contains("excise: not known"), "{}", arithmetic.as_str());
}

#[test]
fn a_cost_that_is_not_understood_is_not_nothing() {
    let claim = |search: &str| make(Part::Claim, words("en"), &basis(search).unwrap()).unwrap();
    assert!(claim("?hs=081060&courier=25").as_str().contains("It pays"));
    let wrong = claim("?hs=081060&courier=25&fee=4o");
    assert!(!wrong.as_str().contains("It pays"), "{}", wrong.as_str());
    assert!(wrong.as_str().contains("Not a plain number"), "{}", wrong.as_str());
}

/// Viet Nam's RCEP rates are at hand for 2025 only.
#[test]
fn a_rate_of_another_year_is_shown_with_its_year() {
    let years = |search: &str| make(Part::Outlook, words("en"), &basis(search).unwrap()).unwrap();
    let steps = years("?from=VN&hs=5402339000");
    assert!(!steps.as_str().contains("(2025)"), "{}", steps.as_str());
    let single = years("?from=CN&to=VN&hs=54023300&value=1000000");
    assert!(single.as_str().matches("(2025)").count() > 5, "{}", single.as_str());
}

#[test]
fn a_code_of_another_tariff_is_taken_by_its_six_digits() {
    assert!(basis("?hs=0810609999").is_some());
}

#[test]
fn what_is_not_settled_has_no_details() {
    for search in ["", "?hs=999999", "?hs=100630&from=VN", "?hs=081060&value=none"] {
        assert!(basis(search).is_none(), "{search}");
    }
}

#[test]
fn sources_name_the_instrument_and_escape_what_they_name() {
    let markup = make(Part::Sources, words("en"), &basis("?hs=081060").unwrap()).unwrap();
    let markup = markup.as_str();
    assert!(markup.contains("2026 &amp; &lt;more&gt;"), "{markup}");
    assert!(markup.contains("popovertarget=\"source-acfta\""), "{markup}");
    assert_eq!(markup.matches("<li").count(), markup.matches("</li>").count());
    assert!(!markup.contains("style=") && !markup.contains("<script"), "{markup}");
}
