//! Fields of the sentence: a text or a choice, its name for screen readers, and its error right beside it.

use std::rc::Rc;

use duty::{HsCodeError, ShipmentError};

use super::element::{Element, View, changing_by, classed, element, nothing, target, typed_text};
use query::FieldError;
use words::Words;

/// What is wrong with a field; follows signals.
pub(crate) type ErrorOf = Rc<dyn Fn() -> Option<FieldError>>;

/// What to do with what is typed or chosen.
pub(crate) type Change = Box<dyn Fn(String)>;

/// What every field has.
pub(crate) struct Field {
    /// Unique on the page.
    pub(crate) id: String,
    /// For screen readers.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) value: Rc<dyn Fn() -> String>,
    /// What counts while it is empty, if anything does.
    pub(crate) placeholder: String,
    /// What is wrong with it.
    pub(crate) error: ErrorOf,
}

/// A text field. A number is text too: the number field of browsers would turn it into a binary float.
pub(crate) fn text_field(words: Words, field: Field, kind: &'static str, change: Change) -> View {
    let mut input = element("input").attribute("type", kind).attribute("autocomplete", "off");
    if kind == "text" {
        input = input.attribute("inputmode", "decimal");
    }
    if !field.placeholder.is_empty() {
        input = input.attribute("placeholder", &field.placeholder);
    }
    let input = named(input, &field)
        .value(Rc::clone(&field.value))
        .on("input", move |event| change(typed_text(&event)));
    framed(words, "field", &field.id, &field.error, vec![input.view()])
}

/// A choice among few; each option is a key and a label.
pub(crate) fn choice_field(words: Words, field: Field, options: Vec<(String, String)>, change: Change) -> View {
    let option = |(key, label): (String, String)| element("option").attribute("value", key).text(label).view();
    let select = named(element("select"), &field)
        .children(options.into_iter().map(option))
        .chosen(Rc::clone(&field.value))
        .on("change", move |event| {
            let select = target::<web_sys::HtmlSelectElement>(&event);
            change(select.map(|select| select.value()).unwrap_or_default());
        });
    framed(words, "field", &field.id, &field.error, vec![select.view()])
}

fn named(control: Element, field: &Field) -> Element {
    invalid(
        control.attribute("id", &field.id).attribute("aria-label", &field.name),
        &field.id,
        &field.error,
    )
}

/// Marks a control as wrong while it is, and points at its message.
pub(crate) fn invalid(control: Element, id: &str, error: &ErrorOf) -> Element {
    let message = error_id(id);
    let (is_wrong, is_described) = (Rc::clone(error), Rc::clone(error));
    control
        .following("aria-invalid", move || is_wrong().map(|_| "true".to_owned()))
        .following("aria-describedby", move || is_described().map(|_| message.clone()))
}

fn error_id(id: &str) -> String {
    id.to_owned() + "-error"
}

/// A control with its message under it.
pub(crate) fn framed(words: Words, class: &'static str, id: &str, error: &ErrorOf, content: Vec<View>) -> View {
    let id = error_id(id);
    let error = Rc::clone(error);
    let text = move || error().map(|error| explain(words, error));
    let shown = text.clone();
    let message = changing_by(
        move || text().unwrap_or_default(),
        move || match shown() {
            Some(text) => classed("span", "field-error")
                .attribute("id", &id)
                .attribute("role", "alert")
                .text(text)
                .view(),
            None => nothing(),
        },
    );
    classed("span", class).children(content).child(message).view()
}

fn explain(words: Words, error: FieldError) -> String {
    let texts = words.texts;
    match error {
        FieldError::Economy => texts.error_economy().to_owned(),
        FieldError::Pair(ShipmentError::WithinAsean { .. }) => texts.error_within_asean().to_owned(),
        FieldError::Pair(_) => texts.error_same_economy().to_owned(),
        FieldError::Code(HsCodeError::NotADigit(character)) => texts.error_code_digit(&character.to_string()),
        FieldError::Code(HsCodeError::Length(length)) => texts.error_code_length(&length.to_string()),
        FieldError::TooManyCodes => texts.error_code_many().to_owned(),
        FieldError::Currency => texts.error_currency().to_owned(),
        FieldError::Date => texts.error_date().to_owned(),
        FieldError::Number(error) => words.number_error(error).to_owned(),
    }
}
