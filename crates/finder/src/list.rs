//! The list under the product field, as markup after the W3C pattern of a combobox: the page points at its options and chooses them.

use duty::HsCode;
use lookup::{Family, Marks, code_prefix, prefix_and_words};
use markup::{Element, View, classed, element};
use pack::Labels;
use words::{Texts, Words};

use crate::question::{Answer, link_to_tariff};

/// As many as are read rather than skimmed; some fit above the keyboard of a phone, the rest scrolls.
pub const MOST_OFFERS: usize = 10;

/// More families than this are no step towards a choice.
const MOST_FAMILIES: usize = 12;

/// The attribute of an option that holds the code it chooses.
pub const CHOOSES: &str = "data-hs";

/// The attribute of an option that holds what it types into the field instead.
pub const TYPES: &str = "data-type";

/// What there is to offer.
pub enum Offers<'a> {
    /// Codes that answer, with what of their labels is meant.
    Codes(&'a [HsCode], Option<Marks<'a>>),
    /// Words that could be anything: where they occur.
    Families(&'a [Family]),
    /// Nothing is found; words that are near, and the query of the page, from which a link goes to the tariff.
    Suggestions(Vec<&'a str>, &'a str),
    /// What was chosen before.
    Recent(&'a [HsCode]),
}

/// The list of what there is to offer.
#[must_use]
pub fn list(words: Words, labels: &Labels, query: &str, offers: &Offers<'_>) -> Answer {
    let texts = words.texts;
    let query = query.trim();
    // The first digits of a code are in one place.
    let is_code = code_prefix(query).is_some();
    let words = if is_code {
        ""
    } else {
        prefix_and_words(query).map_or(query, |(_, words)| words)
    };
    let (told, options): (String, Vec<Element>) = match offers {
        Offers::Codes(codes, marks) => (
            texts.offers_count(&codes.len().to_string()),
            codes.iter().map(|code| code_offer(labels, *code, marks.as_ref())).collect(),
        ),
        Offers::Recent(codes) => (
            texts.offers_recent().to_owned(),
            codes.iter().map(|code| code_offer(labels, *code, None)).collect(),
        ),
        Offers::Families(families) => (
            if is_code {
                texts.offers_count(&families.len().to_string())
            } else {
                texts.offers_families(words)
            },
            families
                .iter()
                .take(MOST_FAMILIES)
                .map(|family| family_offer(texts, labels, family, words))
                .collect(),
        ),
        Offers::Suggestions(near, _) if near.is_empty() => (texts.offers_none().to_owned(), Vec::new()),
        Offers::Suggestions(near, _) => (
            texts.offers_suggested().to_owned(),
            near.iter()
                .map(|word| option().attribute(TYPES, word).child(offer_label(word, None)))
                .collect(),
        ),
    };
    let heading = match offers {
        Offers::Codes(..) => View::default(),
        Offers::Families(_) if is_code => View::default(),
        _ => markup::paragraph("", &told),
    };
    let options = options.into_iter().enumerate().map(|(position, option)| {
        let id = ["offer-", &position.to_string()].concat();
        option.attribute("id", id).view()
    });
    let way_out = match offers {
        Offers::Suggestions(_, search) => {
            // Tab leaves the field and its list; the same link stands beside the question.
            let link = element("a")
                .attribute("href", link_to_tariff(search))
                .attribute("tabindex", "-1")
                .text(texts.browse_open());
            element("p").child(link.view()).view()
        }
        _ => View::default(),
    };
    let list = element("ul")
        .attribute("id", "offers")
        .attribute("role", "listbox")
        // Browsers give what scrolls a place in the order of Tab; the list closes when the field is left, and would take the focus along.
        .attribute("tabindex", "-1")
        .attribute("aria-label", texts.field_product());
    Answer {
        told,
        shown: View::several([heading, list.children(options).view(), way_out]),
    }
}

fn option() -> Element {
    element("li").attribute("role", "option").attribute("aria-selected", "false")
}

/// A code in words: what it is, and what it belongs to.
fn code_offer(labels: &Labels, code: HsCode, marks: Option<&Marks<'_>>) -> Element {
    let label = |code: HsCode| labels.label(code).unwrap_or_default();
    let mut path = label(code.truncated(2)).to_owned();
    if code.digits() > 4 {
        path.push_str(" › ");
        path.push_str(label(code.truncated(4)));
    }
    option()
        .attribute(CHOOSES, code.to_string())
        .child(offer_label(label(code.subheading()), marks))
        .child(classed("span", "offer-code").text(code.dotted()).view())
        .child(classed("span", "offer-path").text(path).view())
}

/// A family leads to its members: it types the beginning of their code, and the words that are meant.
fn family_offer(texts: Texts, labels: &Labels, family: &Family, words: &str) -> Element {
    let members = [&family.code.to_string(), " ", words].concat();
    option()
        .attribute(TYPES, members.trim_end())
        .child(offer_label(labels.label(family.code).unwrap_or_default(), None))
        .child(classed("span", "offer-code").text(family.code.dotted()).view())
        .child(
            classed("span", "offer-path")
                .text(texts.offers_count(&family.count.to_string()))
                .view(),
        )
}

/// A label with what is meant of it marked.
fn offer_label(label: &str, marks: Option<&Marks<'_>>) -> View {
    let mut marked = classed("span", "offer-label");
    let mut written = 0;
    for range in marks.map(|marks| marks.ranges(label)).unwrap_or_default() {
        let end = range.end;
        marked = marked
            .text(label.get(written..range.start).unwrap_or_default())
            .child(element("mark").text(label.get(range).unwrap_or_default()).view());
        written = end;
    }
    marked.text(label.get(written..).unwrap_or_default()).view()
}
