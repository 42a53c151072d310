//! Details that stay as open or closed as the person left them while the answer around them changes.

use web_sys::HtmlDetailsElement;

use super::element::{View, element, target};

/// Whether it is open is remembered outside the part of the page that is made again: `toggled` hears of it.
pub(crate) fn fold(open: bool, toggled: impl Fn(bool) + 'static, title: &'static str, hint: String, content: View) -> View {
    let toggled = move |event: web_sys::Event| {
        if let Some(details) = target::<HtmlDetailsElement>(&event) {
            toggled(details.open());
        }
    };
    let summary = element("summary").text(title).child(element("span").text(hint).view()).view();
    element("details")
        .flag("open", open)
        .on("toggle", toggled)
        .child(summary)
        .child(content)
        .view()
}
