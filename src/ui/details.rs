//! Where details come that another program makes: a place that stays while the answer around it is made again, and shows nothing that is
//! not about the present question.

use details::Part;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::element::{View, awaited, changing_by, classed, element, nothing, paragraph};
use crate::app::amend;
use crate::state::AppState;
use words::Words;

/// The place of one part.
pub(crate) fn details(state: AppState, words: Words, part: Part) -> View {
    let markup = move || {
        if state.details.have_failed() {
            return Some(String::new());
        }
        let subject = state.subject()?;
        if let Some(title) = state.details.part(Part::Title, &subject) {
            document().set_title(&title);
        }
        state.details.part(part, &subject)
    };
    let failed = move || state.details.have_failed().to_string();
    let trouble = changing_by(failed, move || {
        if !state.details.have_failed() {
            return nothing();
        }
        let retry = move |_| {
            if let Some(subject) = state.subject() {
                state.details.retry(&subject);
            }
        };
        let button = element("button").on("click", retry).text(words.texts.trouble_retry());
        classed("section", "trouble")
            .attribute("role", "alert")
            .child(paragraph("", words.texts.details_failed()))
            .child(element("p").child(button.view()).view())
            .view()
    });
    classed("div", "details")
        .attribute("data-part", part.key())
        .on("input", move |event| {
            let field: Option<HtmlInputElement> = event.target().map(JsCast::unchecked_into);
            if let Some((name, typed)) = field.and_then(|field| Some((field.get_attribute("name")?, field.value()))) {
                amend(state, |query| query.set_further(&name, &typed));
            }
        })
        .child(awaited(markup, move || fill(state)))
        .child(trouble)
        .view()
}

/// Puts what was typed into the fields of the details, and marks those with a message. It is not in the markup, or a field would be made
/// anew while somebody types into it.
fn fill(state: AppState) {
    let Ok(fields) = document().query_selector_all("[data-part] [name]") else {
        return;
    };
    for field in (0..fields.length()).filter_map(|position| fields.get(position)) {
        let field: HtmlInputElement = field.unchecked_into();
        let attribute = |name| field.get_attribute(name).unwrap_or_default();
        let typed = state.query.with_untracked(|query| query.further(&attribute("name")));
        if field.value() != typed {
            field.set_value(&typed);
        }
        let message = document().get_element_by_id(&attribute("aria-describedby"));
        let is_wrong = message.is_some_and(|message| message.first_child().is_some());
        // A constant name and value, which the browser accepts.
        let _ = field.set_attribute("aria-invalid", if is_wrong { "true" } else { "false" });
    }
}
