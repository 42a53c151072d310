//! The list under the product field, as markup after the W3C pattern of a combobox: the page points at its options and chooses them.

use duty::HsCode;
use markup::{View, classed, element};
use pack::Labels;
use words::Words;

use crate::question::Answer;

/// As many as fit above the keyboard of a phone, and are read rather than skimmed.
pub const MOST_OFFERS: usize = 8;

/// The attribute of an option that holds the code it chooses.
pub const CHOOSES: &str = "data-hs";

/// What was found.
pub struct Found {
    /// The codes, best first.
    pub codes: Vec<HsCode>,
}

/// The list of what was found.
#[must_use]
pub fn list(words: Words, labels: &Labels, found: &Found) -> Answer {
    if found.codes.is_empty() {
        let none = words.texts.offers_none();
        return Answer {
            told: none.to_owned(),
            shown: markup::paragraph("", none),
        };
    }
    let offers = found
        .codes
        .iter()
        .enumerate()
        .map(|(position, code)| offer(labels, position, *code));
    let list = element("ul")
        .attribute("id", "offers")
        .attribute("role", "listbox")
        .attribute("aria-label", words.texts.field_product());
    Answer {
        told: words.texts.offers_count(&found.codes.len().to_string()),
        shown: list.children(offers).view(),
    }
}

/// A code in words: what it is, and what it belongs to.
fn offer(labels: &Labels, position: usize, code: HsCode) -> View {
    let label = |code: HsCode| labels.label(code).unwrap_or_default();
    let mut path = label(code.truncated(2)).to_owned();
    if code.digits() > 4 {
        path.push_str(" › ");
        path.push_str(label(code.truncated(4)));
    }
    element("li")
        .attribute("id", format!("offer-{position}"))
        .attribute("role", "option")
        .attribute("aria-selected", "false")
        .attribute(CHOOSES, code.to_string())
        .child(classed("span", "offer-label").text(label(code.subheading())).view())
        .child(classed("span", "offer-code").text(code.dotted()).view())
        .child(classed("span", "offer-path").text(path).view())
        .view()
}
