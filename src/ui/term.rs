//! A customs term that explains itself at one tap: the word is a button, the explanation the browser's own popover.

use super::element::{View, classed, element};

/// `id` must be unique on the page.
pub(crate) fn term(id: &str, word: &str, explanation: &str) -> Vec<View> {
    let button = classed("button", "term")
        .attribute("type", "button")
        .attribute("popovertarget", id)
        .text(word);
    let note = classed("span", "explanation")
        .attribute("id", id)
        .attribute("popover", "")
        .attribute("role", "note");
    vec![
        button.view(),
        note.child(element("strong").text(word).view()).text(explanation).view(),
    ]
}
