//! Where details come that another program makes: a place that stays while the answer around it is made again, and shows nothing that is
//! not about the present question.

use details::Part;
use leptos::prelude::*;

use super::element::{View, awaited, changing_by, classed, element, nothing, paragraph};
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
    classed("div", "details").child(awaited(markup)).child(trouble).view()
}
