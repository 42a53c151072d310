//! The markup of the tree, on tariffs and labels as they are in `data/`. Outside a browser numbers stay plain, without their percent sign.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use details::{Node, Tree, page};
use duty::{HsCode, parse_date};
use pack::{Labels, LineLabels, Rates, read_labels, read_line_labels, write_labels, write_line_labels};
use proptest::prelude::*;
use query::RawQuery;
use tables::Folder;

mod support;

use support::{root, words};

/// Everything a link needs.
struct Link {
    query: RawQuery,
    search: String,
    rates: Option<Rates>,
    labels: Labels,
    sections: Labels,
    lines: Option<LineLabels>,
}

impl Link {
    fn new(search: &str, language: &str) -> Self {
        let folder = Folder::new(root().join("data"));
        let query = RawQuery::from_search(search);
        let importer = query.parse(parse_date("2026-11-22").unwrap()).to;
        let labels = folder.labels(language).unwrap();
        let labels = write_labels("", "", labels.iter().map(|label| (label.code, label.label.as_str()))).unwrap();
        let sections = folder.sections(language).unwrap();
        let sections = write_labels("", "", sections.iter().map(|(code, title)| (*code, title.as_str()))).unwrap();
        let lines = importer.and_then(|importer| {
            let labels = folder.line_labels(importer.nomenclature()?, "en").unwrap();
            let entries: Vec<_> = labels.iter().map(|line| (line.code, line.label.as_str(), line.inferred)).collect();
            Some(read_line_labels(&write_line_labels("", "", &entries).unwrap()).unwrap())
        });
        Self {
            search: query.to_search(),
            query,
            rates: importer.map(|importer| Rates {
                schedule: folder.schedule(importer).unwrap().merged(),
                edition: String::new(),
            }),
            labels: read_labels(&labels).unwrap(),
            sections: read_labels(&sections).unwrap(),
            lines,
        }
    }

    fn tree(&self) -> Tree<'_> {
        Tree {
            search: &self.search,
            rates: self.rates.as_ref(),
            origin: self.query.from.parse().ok(),
            on: parse_date("2026-11-22").unwrap(),
            labels: &self.labels,
            sections: &self.sections,
            lines: self.lines.as_ref(),
        }
    }

    /// Title and markup.
    fn page(&self) -> (String, String) {
        let tree = self.tree();
        let page = page(words("en"), &tree, tree.node(self.query.browsed().unwrap()));
        let markup: String = page.view.into();
        for tag in ["li", "ul", "p", "a", "details", "summary", "span", "nav", "section"] {
            let [open, open_with, closed] =
                [format!("<{tag}>"), format!("<{tag} "), format!("</{tag}>")].map(|tag| markup.matches(&tag).count());
            assert_eq!(open + open_with, closed, "{tag}");
        }
        (page.title, markup)
    }
}

fn open(search: &str) -> (String, String) {
    Link::new(search, "en").page()
}

fn expect_all(markup: &str, expected: &[&str]) {
    for expected in expected {
        assert!(markup.contains(expected), "no {expected} in {markup}");
    }
}

#[test]
fn the_root_shows_the_sections_each_with_its_chapters() {
    let (title, markup) = open("?browse=");
    assert_eq!(title, "Browse the tariff – CAFTA duty calculator");
    // 21 sections and China's own chapter.
    assert_eq!(markup.matches("<summary>").count(), 22);
    assert_eq!(markup.matches("<li>").count(), 97);
    expect_all(
        &markup,
        &[
            "<summary>II Plants, fruit, vegetables and cereals<span>MFN 0–65, some in quota · CAFTA 0–50, some no rate</span></summary>",
            "<a href=\"?browse=08\"><span class=\"label\">Edible fruit and nuts; citrus and melon peel</span><span class=\"code\">08</span>\
             <span class=\"rates\">MFN 0–30 · CAFTA 0</span></a>",
            "<a href=\"?browse=98\"><span class=\"label\">98</span>",
        ],
    );
    assert!(!markup.contains("<nav"), "there is nothing above it");
}

#[test]
fn every_level_links_to_the_next_and_keeps_the_question() {
    let (title, markup) = open("?browse=0810&value=5000&from=VN");
    assert_eq!(
        title,
        "0810 Berries, kiwifruit, durian, persimmons and other fresh fruit – CAFTA duty calculator"
    );
    expect_all(
        &markup,
        &[
            "<a href=\"?browse=&amp;from=VN&amp;value=5000\">Tariff</a> › ",
            "<a href=\"?browse=II&amp;from=VN&amp;value=5000\">Plants, fruit, vegetables and cereals</a> › ",
            "<a href=\"?browse=08&amp;from=VN&amp;value=5000\">08<span class=\"unseen\"> Edible fruit",
            "<a href=\"?browse=081060&amp;from=VN&amp;value=5000\"><span class=\"label\">Durians, fresh</span><span class=\"code\">0810.60</span>\
             <span class=\"rates\">MFN 20 · CAFTA 0</span></a>",
            "<a href=\"?from=VN&amp;hs=0810&amp;value=5000\"><span class=\"label\">Use this code</span></a>",
        ],
    );
    let (_, markup) = open("?browse=08");
    assert!(!markup.contains("Use this code"), "a chapter says too little about a duty");
    let (_, section) = open("?browse=ii");
    assert_eq!(section.matches("<li>").count(), 9);
}

#[test]
fn national_lines_have_their_own_labels() {
    let (_, markup) = open("?browse=100630&from=VN");
    expect_all(
        &markup,
        &[
            "<span class=\"label\">Long grain, in quota</span><span class=\"code\">1006.30.20.01</span><span class=\"rates\">MFN 1, in quota · CAFTA 50</span>",
        ],
    );
    let (title, markup) = open("?browse=1006302001&from=VN");
    assert!(title.starts_with("1006.30.20.01 "), "{title}");
    assert!(title.contains(": Long grain, in quota"), "{title}");
    assert!(!markup.contains("<li>"), "nothing is below a line");
    expect_all(&markup, &["href=\"?from=VN&amp;hs=1006302001\""]);
    // The lines of Timor-Leste are subheadings.
    assert!(!open("?browse=081060&from=CN&to=TL").1.contains("<li>"));
}

#[test]
fn what_is_no_percentage_is_said_in_words() {
    for (search, expected) in [
        ("?browse=40&from=TH", "MFN 20, some by quantity · CAFTA 0, some no rate"),
        ("?browse=54&from=CN&to=VN", "CAFTA 0, some refused"),
        ("?browse=10&from=CN&to=TH", "MFN not known · CAFTA 0"),
        ("?browse=10&from=CN&to=TH", "MFN 0 · CAFTA free without a certificate"),
    ] {
        let (_, markup) = open(search);
        assert!(markup.contains(expected), "{search}: {markup}");
    }
    let (_, markup) = open("?browse=08&from=CN&to=TL");
    assert_eq!(markup.matches("Timor-Leste joined ASEAN").count(), 1, "told once");
    assert!(markup.contains("<span class=\"rates\">MFN 5</span>"));
    let (_, markup) = open("?browse=08&to=VN");
    assert!(!markup.contains("MFN"), "trade within ASEAN has no figures here");
    assert!(markup.contains("Durians") || markup.contains("0810"));
    assert!(!open("?browse=08&to=US").1.contains("MFN"));
}

#[test]
fn old_figures_say_of_which_year_they_are() {
    let (_, markup) = open("?browse=08&from=CN&to=TH");
    expect_all(&markup, &["The rates without a certificate are those of 2025"]);
    assert!(!open("?browse=08").1.contains("class=\"note\""));
}

#[test]
fn a_code_that_does_not_exist_leads_to_the_nearest_above_it() {
    let link = Link::new("?from=TH&to=CN", "en");
    let tree = link.tree();
    let code = |text: &str| Node::Code(text.parse::<HsCode>().unwrap());
    for (text, node) in [
        ("", Node::Root),
        ("durian", Node::Root),
        ("7", Node::Root),
        ("77", Node::Root),
        ("XXIII", Node::Root),
        ("xi", Node::Section(10)),
        ("XXII", Node::Section(21)),
        ("081", code("08")),
        ("08106", code("0810")),
        ("0810.60", code("081060")),
        ("0810 60 99 99", code("081060")),
        ("0101210010", code("01012100")),
        ("0810600000", code("0810600000")),
        ("08106000001234", code("0810600000")),
        ("0899", code("08")),
        ("08x10", code("08")),
    ] {
        assert_eq!(tree.node(text), node, "{text:?}");
    }
    let elsewhere = Link::new("?from=CN&to=TH", "en");
    assert_eq!(elsewhere.tree().node("XXII"), Node::Root, "Thailand has no chapter 98");
}

#[test]
fn the_tree_speaks_chinese() {
    let link = Link::new("?browse=0810&lang=zh", "zh");
    let tree = link.tree();
    let page = page(words("zh"), &tree, tree.node("0810"));
    expect_all(page.view.as_str(), &["鲜榴莲", "植物、果蔬与谷物", "使用此编码", "lang=zh"]);
    assert!(page.title.ends_with(" – 中国—东盟关税计算器"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_panics(texts in prop::collection::vec("[0-9.xiv ]{0,14}|\\PC{0,8}", 8)) {
        thread_local! {
            static LINK: Link = Link::new("?from=TH&to=CN", "en");
        }
        LINK.with(|link| {
            for text in &texts {
                let _ = link.tree().node(text);
            }
        });
    }
}
