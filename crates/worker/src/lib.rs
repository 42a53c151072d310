//! What a program in a web worker consists of, whatever it answers: it says when it is ready, listens, fetches, and answers questions in
//! their order. `start.js` beside this file is what the browser runs first.
//!
//! Questions and answers are text: they are few and small, and text needs no code to be understood that the page does not have already.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::thread::LocalKey;

use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, RequestCache, RequestInit, Response};

/// Of all programs of the page: half the size of the allocator of the standard library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What a worker says: once that it is there, then one reply to each question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It can be asked.
    Ready,
    /// It could not start, or a file it needs did not arrive, or not whole.
    Failed,
    /// The answer.
    Answer(String),
}

impl Reply {
    /// As a message.
    #[must_use]
    pub fn to_message(&self) -> String {
        match self {
            Self::Ready => "ready".to_owned(),
            Self::Failed => "failed".to_owned(),
            Self::Answer(answer) => ["answer\n", answer].concat(),
        }
    }

    /// From a message; what is no reply is a failure.
    #[must_use]
    pub fn from_message(message: &str) -> Self {
        match message.split_once('\n') {
            Some(("answer", answer)) => Self::Answer(answer.to_owned()),
            None if message == "ready" => Self::Ready,
            _ => Self::Failed,
        }
    }
}

/// An answer in the making; none is a failure.
pub type Answering = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Says that the worker is ready, and answers as long as it lives.
pub fn serve(answer: fn(String) -> Answering) {
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let answer = answer(message.data().as_string().unwrap_or_default());
        spawn_local(async move { say(&answer.await.map_or(Reply::Failed, Reply::Answer)) });
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listen.forget();
    say(&Reply::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(reply: &Reply) {
    // A text can always be sent.
    let _ = scope().post_message(&JsValue::from_str(&reply.to_message()));
}

/// A file on its way.
pub struct Request(JsFuture);

impl Request {
    /// On its way from now on: of several requests all travel at once. `afresh` asks the server again, because what came before was of no
    /// use.
    #[must_use]
    pub fn new(address: &str, afresh: bool) -> Self {
        let options = RequestInit::new();
        options.set_cache(if afresh { RequestCache::Reload } else { RequestCache::Default });
        Self(scope().fetch_with_str_and_init(address, &options).into())
    }

    /// What it holds; `None` if it does not arrive.
    pub async fn bytes(self) -> Option<Vec<u8>> {
        let response: Response = self.0.await.ok()?.unchecked_into();
        let body = response.ok().then(|| response.array_buffer().ok())??;
        Some(Uint8Array::new(&JsFuture::from(body).await.ok()?).to_vec())
    }
}

/// What was made of files so far, by their address.
pub struct Known<T>(RefCell<Vec<(String, Rc<T>)>>);

/// Something made of a file: there already, or on its way.
pub struct Coming<T> {
    address: String,
    here: Result<Rc<T>, Request>,
}

impl<T: 'static> Coming<T> {
    /// What was made of the file at an address, or the file, on its way from now on.
    #[must_use]
    pub fn new(known: &'static LocalKey<Known<T>>, address: &str, afresh: bool) -> Self {
        Self {
            address: address.to_owned(),
            here: known.with(|known| known.get(address)).ok_or_else(|| Request::new(address, afresh)),
        }
    }

    /// The thing, made of the file if that has not been done before; `None` if it does not arrive or is of no use.
    pub async fn made(self, known: &'static LocalKey<Known<T>>, make: impl FnOnce(&[u8]) -> Option<T>) -> Option<Rc<T>> {
        match self.here {
            Ok(thing) => Some(thing),
            Err(request) => {
                let thing = make(&request.bytes().await?)?;
                Some(known.with(|known| known.keep(&self.address, thing)))
            }
        }
    }
}

impl<T> Known<T> {
    /// Nothing so far.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// What was made of a file.
    #[must_use]
    pub fn get(&self, address: &str) -> Option<Rc<T>> {
        let known = self.0.borrow();
        known.iter().find(|(other, _)| other == address).map(|(_, thing)| Rc::clone(thing))
    }

    /// Keeps what was made of a file.
    pub fn keep(&self, address: &str, thing: T) -> Rc<T> {
        let thing = Rc::new(thing);
        self.0.borrow_mut().push((address.to_owned(), Rc::clone(&thing)));
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_arrives_as_it_was_said() {
        for reply in [
            Reply::Ready,
            Reply::Failed,
            Reply::Answer("one\ntwo".to_owned()),
            Reply::Answer(String::new()),
        ] {
            assert_eq!(Reply::from_message(&reply.to_message()), reply);
        }
        for message in ["", "answer", "lost", "ready\n"] {
            assert_eq!(Reply::from_message(message), Reply::Failed, "{message:?}");
        }
    }

    #[test]
    fn what_was_made_once_is_kept() {
        let known = Known::nothing();
        assert_eq!(known.get("a"), None);
        assert_eq!(*known.keep("a", 1), 1);
        assert_eq!(known.get("a").as_deref(), Some(&1));
        assert_eq!(known.get("b"), None);
    }
}
