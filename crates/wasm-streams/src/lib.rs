//! Stands in for the crate `wasm-streams`, which Leptos brings for the bodies of server functions.
//!
//! That crate exports three classes to JavaScript. What is exported cannot be left out by the linker, so they, the promises they make and
//! the JavaScript around them were in a page that has no server (docs/decisions/0007-stand-in-for-wasm-streams.md has the figures). Here
//! are the conversions that `server_fn` names, in closures: they work, and vanish where nobody calls them.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::stream::{Stream, StreamExt, unfold};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{ReadableStreamDefaultController, ReadableStreamDefaultReader};

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Of the browser's own.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The browser's own.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream of the browser with what a stream of Rust gives.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        let stream = Rc::new(RefCell::new(Some(stream.boxed_local())));
        let pull = move |controller: ReadableStreamDefaultController| -> Promise {
            let stream = Rc::clone(&stream);
            future_to_promise(async move {
                // The browser waits for this promise before it pulls again, so the stream is there.
                let Some(mut pulled) = stream.take() else {
                    return Ok(JsValue::UNDEFINED);
                };
                match pulled.next().await {
                    Some(Ok(chunk)) => controller.enqueue_with_chunk(&chunk)?,
                    Some(Err(error)) => controller.error_with_e(&error),
                    None => controller.close()?,
                }
                stream.replace(Some(pulled));
                Ok(JsValue::UNDEFINED)
            })
        };
        let pull = Closure::wrap(Box::new(pull) as Box<dyn FnMut(ReadableStreamDefaultController) -> Promise>);
        let source = Object::new();
        // Setting a property of a fresh plain object cannot fail, nor can making a stream of it.
        let _ = Reflect::set(&source, &"pull".into(), &pull.into_js_value());
        Self(web_sys::ReadableStream::new_with_underlying_source(&source).unwrap_or_else(JsCast::unchecked_into))
    }

    /// A stream of Rust with what the stream of the browser gives; it is locked from now on.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        let reader = self.0.get_reader().unchecked_into::<ReadableStreamDefaultReader>();
        unfold(Some(reader), |reader| async move {
            let reader = reader?;
            match next(&reader).await {
                Ok(chunk) => Some((Ok(chunk?), Some(reader))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<JsValue>, JsValue> {
    let result = JsFuture::from(reader.read()).await?;
    let done = Reflect::get(&result, &"done".into())?.is_truthy();
    Ok(if done {
        None
    } else {
        Some(Reflect::get(&result, &"value".into())?)
    })
}
