//! A customs term that explains itself at one tap: the word is a button, the explanation the browser's own popover.

use leptos::prelude::*;

/// `id` must be unique on the page.
#[component]
pub(crate) fn Term(id: String, #[prop(into)] word: String, #[prop(into)] explanation: String) -> impl IntoView {
    view! {
        <button type="button" class="term" popovertarget=id.clone()>{word.clone()}</button>
        <span class="explanation" id=id popover="" role="note"><strong>{word}</strong>{explanation}</span>
    }
}
