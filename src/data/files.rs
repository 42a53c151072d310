//! Fetches packed files by their logical name. The build writes which file has which name into the head of the page, so that new
//! data needs no new program.

use std::cell::RefCell;

use duty::Economy;
use js_sys::Uint8Array;
use leptos::prelude::{document, window};
use pack::ReadError;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The logical name of a packed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName {
    /// The tariff of an importer.
    Rates(Economy),
    /// Labels of the Harmonized System in a language.
    Labels(&'static str),
    /// Search words in a language.
    Keywords(&'static str),
    /// Labels of the lines of a nomenclature, as [`Economy::nomenclature`] names it, in a language.
    LineLabels(&'static str, &'static str),
    /// The words of the interface in a language.
    Messages(&'static str),
}

impl FileName {
    /// As the build writes it. Put together by hand: the machinery of `format!` is larger wherever it is used.
    fn name(self) -> String {
        let (kind, of, language) = match self {
            Self::Rates(importer) => ("rates", importer.code(), None),
            Self::Labels(language) => ("labels", language, None),
            Self::Keywords(language) => ("keywords", language, None),
            Self::LineLabels(nomenclature, language) => ("lines", nomenclature, Some(language)),
            Self::Messages(language) => ("messages", language, None),
        };
        let mut name = kind.to_owned() + "." + of;
        if let Some(language) = language {
            name.push('.');
            name.push_str(language);
        }
        name
    }
}

/// Why a file is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The page was built without it.
    NotPublished,
    /// The server does not have it: usually a newer edition has been published since the page was opened.
    Missing(u16),
    /// No answer from the server.
    Unreachable,
    /// It arrived, but not as it was published.
    Unreadable(ReadError),
}

impl From<ReadError> for LoadError {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

/// The address of a file, as seen from the page.
pub(crate) fn address(name: FileName) -> Option<String> {
    named("pack:", &name.name())
}

/// The address of a program of its own.
pub(crate) fn program_address(name: &str) -> Option<String> {
    named("program:", name)
}

fn named(kind: &str, name: &str) -> Option<String> {
    let selector = "meta[name=\"".to_owned() + kind + name + "\"]";
    document().query_selector(&selector).ok()??.get_attribute("content")
}

/// The importers whose tariff the page was built with.
#[must_use]
pub fn available_importers() -> Vec<Economy> {
    Economy::ALL
        .into_iter()
        .filter(|importer| address(FileName::Rates(*importer)).is_some())
        .collect()
}

/// Who asks a second time had no use of what came the first time: then not from the browser's cache, where files stay for ever.
fn cache_mode(name: FileName) -> RequestCache {
    thread_local! {
        static ASKED: RefCell<Vec<FileName>> = const { RefCell::new(Vec::new()) };
    }
    ASKED.with_borrow_mut(|asked| {
        if asked.contains(&name) {
            return RequestCache::Reload;
        }
        asked.push(name);
        RequestCache::Default
    })
}

/// The bytes of a file.
///
/// # Errors
/// [`LoadError`], never [`LoadError::Unreadable`]: what the bytes are worth is for the reader to say.
pub async fn fetch(name: FileName) -> Result<Vec<u8>, LoadError> {
    let address = address(name).ok_or(LoadError::NotPublished)?;
    let options = RequestInit::new();
    options.set_cache(cache_mode(name));
    let response = JsFuture::from(window().fetch_with_str_and_init(&address, &options));
    let response: Response = response.await.map_err(|_| LoadError::Unreachable)?.unchecked_into();
    if !response.ok() {
        return Err(LoadError::Missing(response.status()));
    }
    let body = response.array_buffer().map_err(|_| LoadError::Unreachable)?;
    let body = JsFuture::from(body).await.map_err(|_| LoadError::Unreachable)?;
    Ok(Uint8Array::new(&body).to_vec())
}
