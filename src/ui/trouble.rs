//! What is shown when something could not be loaded: what happened, what to do, a button to try again. Never a blank page.

use leptos::prelude::*;
use pack::ReadError;

use crate::data::LoadError;
use crate::i18n::Words;

/// Without words (they are what failed) it speaks English and Chinese.
#[component]
pub(crate) fn Trouble(error: LoadError, words: Option<Words>, retry: Callback<()>) -> impl IntoView {
    let (title, explanation, button) = match words {
        Some(words) => (words.texts.trouble_title(), explain(words, &error), words.texts.trouble_retry()),
        None => ("This page could not be loaded · 页面无法加载", String::new(), "Try again · 重试"),
    };
    view! {
        <section class="trouble" role="alert">
            <h2>{title}</h2>
            <p>{explanation}</p>
            <p><button on:click=move |_| retry.run(())>{button}</button></p>
        </section>
    }
}

fn explain(words: Words, error: &LoadError) -> String {
    let texts = words.texts;
    match error {
        LoadError::NotPublished => texts.trouble_not_published().to_owned(),
        LoadError::Missing(status) => texts.trouble_missing(&status.to_string()),
        LoadError::Unreachable => texts.trouble_unreachable().to_owned(),
        LoadError::Unreadable(ReadError::Truncated { .. }) => texts.trouble_truncated().to_owned(),
        LoadError::Unreadable(ReadError::Version { .. }) => texts.trouble_version().to_owned(),
        LoadError::Unreadable(ReadError::Corrupt) => texts.trouble_corrupt().to_owned(),
        LoadError::Unreadable(ReadError::NotAPack | ReadError::Kind { .. } | ReadError::Malformed(_)) => {
            texts.trouble_not_a_pack().to_owned()
        }
    }
}
