//! What is shown when something could not be loaded: what happened, what to do, a button to try again. Never a blank page.

use pack::ReadError;

use super::element::{View, classed, element, paragraph};
use crate::data::LoadError;
use words::Words;

/// Without words (they are what failed) it speaks English and Chinese.
pub(crate) fn trouble(error: &LoadError, words: Option<Words>, retry: impl Fn() + 'static) -> View {
    let (title, explanation, button) = match words {
        Some(words) => (words.texts.trouble_title(), explain(words, error), words.texts.trouble_retry()),
        None => ("This page could not be loaded · 页面无法加载", String::new(), "Try again · 重试"),
    };
    classed("section", "trouble")
        .attribute("role", "alert")
        .child(element("h2").text(title).view())
        .child(paragraph("", explanation))
        .child(
            element("p")
                .child(element("button").on("click", move |_| retry()).text(button).view())
                .view(),
        )
        .view()
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
