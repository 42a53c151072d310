//! Fetches packed files by their logical name.

use std::cell::RefCell;

use js_sys::Uint8Array;
use leptos::prelude::{document, window};
use pack::{FileName, ReadError};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

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

/// The files the page was published with, as the build wrote them into its head.
pub(crate) fn files() -> String {
    let list = document().query_selector("meta[name=files]").ok().flatten();
    list.and_then(|list| list.get_attribute("content")).unwrap_or_default()
}

/// Who asks a second time had no use of what came the first time: then not from the browser's cache, where files stay for ever.
fn cache_mode(name: FileName<'static>) -> RequestCache {
    thread_local! {
        static ASKED: RefCell<Vec<FileName<'static>>> = const { RefCell::new(Vec::new()) };
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
pub async fn fetch(name: FileName<'static>) -> Result<Vec<u8>, LoadError> {
    let files = files();
    let address = name.address(&files).ok_or(LoadError::NotPublished)?;
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
