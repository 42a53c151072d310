//! Details that stay as open or closed as the person left them while the answer around them changes.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlDetailsElement;

use super::element::{View, element, target};

/// `open` lives outside the part of the page that is made again.
pub(crate) fn fold(open: &Rc<Cell<bool>>, title: &'static str, hint: String, content: Vec<View>) -> View {
    let kept = Rc::clone(open);
    let toggled = move |event: web_sys::Event| {
        if let Some(details) = target::<HtmlDetailsElement>(&event) {
            kept.set(details.open());
        }
    };
    let summary = element("summary").text(title).child(element("span").text(hint).view()).view();
    element("details")
        .flag("open", open.get())
        .on("toggle", toggled)
        .child(summary)
        .children(content)
        .view()
}
