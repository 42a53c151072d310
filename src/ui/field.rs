//! Fields of the sentence: a text or a choice, its name for screen readers, and its error right beside it.

use leptos::prelude::*;

use crate::app::expect_words;
use crate::query::FieldError;
use duty::{HsCodeError, NumberError, ShipmentError};

use crate::i18n::Words;

/// A text field. `numeric` brings up the number keys of a phone; the text stays text.
#[component]
pub(crate) fn TextField(
    id: String,
    #[prop(into)] name: String,
    value: Signal<String>,
    change: Callback<String>,
    error: Signal<Option<FieldError>>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "")] placeholder: &'static str,
) -> impl IntoView {
    let words = expect_words();
    let error_id = format!("{id}-error");
    let described = {
        let error_id = error_id.clone();
        move || error.get().is_some().then(|| error_id.clone())
    };
    view! {
        <span class="field">
            <input id=id type=kind inputmode=(kind == "text").then_some("decimal") autocomplete="off" aria-label=name placeholder=placeholder
                aria-invalid=move || error.get().map(|_| "true") aria-describedby=described
                prop:value=move || value.get() on:input=move |event| change.run(event_target_value(&event))/>
            <FieldMessage id=error_id error words/>
        </span>
    }
}

/// A choice among few.
#[component]
pub(crate) fn ChoiceField(
    id: &'static str,
    name: &'static str,
    value: Signal<String>,
    options: Vec<(String, String)>,
    change: Callback<String>,
    error: Signal<Option<FieldError>>,
) -> impl IntoView {
    let words = expect_words();
    let error_id = format!("{id}-error");
    let described = {
        let error_id = error_id.clone();
        move || error.get().is_some().then(|| error_id.clone())
    };
    let known: Vec<String> = options.iter().map(|(key, _)| key.clone()).collect();
    // A link may hold a value that is not among the options; it stays visible beside its message.
    let unknown = move || value.with(|value| (!known.contains(value)).then(|| value.clone()));
    view! {
        <span class="field">
            <select id=id aria-label=name aria-invalid=move || error.get().map(|_| "true") aria-describedby=described
                on:change=move |event| change.run(event_target_value(&event))>
                {move || unknown().map(|text| view! { <option value=text.clone() selected=true>{text.clone()}</option> })}
                {options.into_iter().map(|(key, label)| {
                    let this = key.clone();
                    view! { <option value=key prop:selected=move || value.with(|value| *value == this)>{label}</option> }
                }).collect_view()}
            </select>
            <FieldMessage id=error_id error words/>
        </span>
    }
}

/// The error of a field, if it has one.
#[component]
pub(crate) fn FieldMessage(id: String, error: Signal<Option<FieldError>>, words: Words) -> impl IntoView {
    move || {
        error
            .get()
            .map(|error| view! { <span class="field-error" id=id.clone() role="alert">{explain(words, error)}</span> })
    }
}

fn explain(words: Words, error: FieldError) -> String {
    let texts = words.texts;
    match error {
        FieldError::Economy => texts.error_economy().to_owned(),
        FieldError::Pair(ShipmentError::WithinAsean { .. }) => texts.error_within_asean().to_owned(),
        FieldError::Pair(_) => texts.error_same_economy().to_owned(),
        FieldError::Code(HsCodeError::NotADigit(character)) => texts.error_code_digit(&character.to_string()),
        FieldError::Code(HsCodeError::Length(length)) => texts.error_code_length(&length.to_string()),
        FieldError::Currency => texts.error_currency().to_owned(),
        FieldError::Date => texts.error_date().to_owned(),
        FieldError::Number(NumberError::Empty) => texts.error_number_empty().to_owned(),
        FieldError::Number(NumberError::NotANumber) => texts.error_number().to_owned(),
        FieldError::Number(NumberError::Negative) => texts.error_number_negative().to_owned(),
        FieldError::Number(NumberError::Zero) => texts.error_number_zero().to_owned(),
        FieldError::Number(NumberError::TooLarge) => texts.error_number_large().to_owned(),
    }
}
