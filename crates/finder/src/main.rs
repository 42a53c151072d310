//! The finder as a web worker: fetches labels and search words, builds the index of `lookup` from them, answers questions.
//! `start.js` beside it is what the browser runs first.

use std::cell::RefCell;
use std::rc::Rc;

use finder::{Answer, Question};
use js_sys::Uint8Array;
use lookup::{Entry, Index};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, RequestCache, RequestInit, Response};

thread_local! {
    /// The indexes built so far, by the address of their labels.
    static INDEXES: RefCell<Vec<(String, Rc<Index>)>> = const { RefCell::new(Vec::new()) };
}

fn main() {
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|message: MessageEvent| {
        spawn_local(async move {
            let question = message.data().as_string().as_deref().and_then(Question::from_message);
            say(&match question {
                Some(question) => answer(&question).await.unwrap_or(Answer::Failed),
                None => Answer::Failed,
            });
        });
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // The worker listens as long as it lives.
    listen.forget();
    say(&Answer::Ready);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(answer: &Answer) {
    // A text can always be sent.
    let _ = scope().post_message(&JsValue::from_str(&answer.to_message()));
}

async fn answer(question: &Question) -> Option<Answer> {
    let known = INDEXES.with_borrow(|indexes| {
        let known = indexes.iter().find(|(labels, _)| *labels == question.labels);
        known.map(|(_, index)| Rc::clone(index))
    });
    let index = match known {
        Some(index) => index,
        None => {
            let index = Rc::new(build(question).await?);
            INDEXES.with_borrow_mut(|indexes| indexes.push((question.labels.clone(), Rc::clone(&index))));
            index
        }
    };
    let hits = index.search(&question.query, question.limit);
    Some(Answer::Found(hits.into_iter().map(|hit| hit.code).collect()))
}

async fn build(question: &Question) -> Option<Index> {
    let (labels, keywords) = (
        request(&question.labels, question.afresh),
        request(&question.keywords, question.afresh),
    );
    let labels = pack::read_labels(&body(labels).await?).ok()?;
    let keywords = pack::read_keywords(&body(keywords).await?, &labels).ok()?;
    let entries = labels.iter().zip(&keywords);
    Some(Index::new(entries.map(|((code, label), keywords)| Entry { code, label, keywords })))
}

/// On its way from now on: both files travel at once.
fn request(address: &str, afresh: bool) -> JsFuture {
    let options = RequestInit::new();
    options.set_cache(if afresh { RequestCache::Reload } else { RequestCache::Default });
    scope().fetch_with_str_and_init(address, &options).into()
}

async fn body(response: JsFuture) -> Option<Vec<u8>> {
    let response: Response = response.await.ok()?.unchecked_into();
    let body = response.ok().then(|| response.array_buffer().ok())??;
    Some(Uint8Array::new(&JsFuture::from(body).await.ok()?).to_vec())
}
