//! Fields in the details. What is typed into them is in the address of the page, under the name of the field; the page puts it there and
//! back into the field, so it is not in the markup. A message has its place under its field, empty while there is none.

use markup::{View, classed, element};

/// The attribute of what the page keeps as it is while this says the same: a field that somebody types into must not be made anew.
pub const STAYS: &str = "data-stays";

/// A field for a number, with the place of its message. `about` tells fields apart that ask the same of something else: the page keeps a
/// field, with the focus in it, as long as its mark stays.
pub(crate) fn number_field(name: &'static str, about: &str, label: &str, message: &str) -> [View; 2] {
    let described = ["error-", name].concat();
    let input = element("input")
        .attribute("name", name)
        .attribute("inputmode", "decimal")
        .attribute("autocomplete", "off")
        .attribute("aria-describedby", &described);
    let asked = classed("label", "asks")
        .attribute(STAYS, [name, about].concat())
        .child(element("span").text(label).view())
        .child(input.view());
    let message = classed("p", "field-error")
        .attribute("id", described)
        .attribute("role", "alert")
        .text(message);
    [asked.view(), message.view()]
}
