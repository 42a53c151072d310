//! Details that stay as open or closed as the person left them while the answer around them changes.

use details::Part;
use web_sys::HtmlDetailsElement;

use super::element::{View, element, target};
use crate::state::AppState;

/// Whether it is open is remembered outside the part of the page that is made again; to open it is to ask for what it holds.
pub(crate) fn fold(state: AppState, part: Part, title: &'static str, hint: &str, content: &View) -> View {
    let toggled = move |event: web_sys::Event| {
        if let Some(details) = target::<HtmlDetailsElement>(&event) {
            state.details.set_open(part, details.open());
        }
    };
    let summary = element("summary").text(title).child(element("span").text(hint).view()).view();
    element("details")
        .flag("open", state.details.is_open(part))
        .on("toggle", toggled)
        .child(summary)
        .child(content.clone())
        .view()
}
