//! The page's end of the search: starts the finder, a program of its own, when somebody looks for a product, and talks to it.

use std::cell::RefCell;

use duty::HsCode;
use finder::{Answer, Question};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use crate::data::{FileName, address, finder_address};
use crate::listener::listen;
use crate::state::Language;

/// What the search has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing was asked.
    Nothing,
    /// The finder, or what it searches, is on its way.
    Loading,
    /// The finder, or what it searches, did not arrive.
    Failed,
    /// What answers the query best.
    Found(Vec<HsCode>),
}

/// The search for products.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What the finder said last; empty while it is on its way. As text, because there are signals of text already, and each type of signal
    /// is compiled for itself.
    said: RwSignal<Option<String>>,
}

/// The line to the finder: one question at a time, and of those that wait only the last, so that fast typing builds no queue.
#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    /// Whether an answer is still to come, also the first, that the finder is ready.
    is_busy: bool,
    is_hurried: bool,
    asked: Option<(Language, Question)>,
    waiting: Option<(Language, Question)>,
    /// The languages in which a question was answered: those are quick.
    quick: Vec<Language>,
}

thread_local! {
    /// There is one finder; its worker is of the browser and cannot lie among signals, which may be sent to other threads.
    static LINE: RefCell<Line> = RefCell::default();
}

impl Default for Finder {
    fn default() -> Self {
        Self { said: RwSignal::new(None) }
    }
}

impl Finder {
    /// What the search has come to; tracked. It stays while the next question is on its way, if that takes a moment only.
    #[must_use]
    pub fn finding(self) -> Finding {
        match self.said.get() {
            None => Finding::Nothing,
            Some(said) if said.is_empty() => Finding::Loading,
            Some(said) => match Answer::from_message(&said) {
                Answer::Found(codes) => Finding::Found(codes),
                Answer::Ready | Answer::Failed => Finding::Failed,
            },
        }
    }

    fn fail(self) {
        self.said.set(Some(Answer::Failed.to_message()));
    }

    /// Somebody is waiting for the answer that is still to come; `false` if none is.
    #[must_use]
    pub fn hurry(self) -> bool {
        LINE.with_borrow_mut(|line| {
            line.is_hurried = line.is_busy;
            line.is_busy
        })
    }

    /// Whether somebody was waiting; asked when the answer is there.
    #[must_use]
    pub fn take_hurry(self) -> bool {
        LINE.with_borrow_mut(|line| std::mem::take(&mut line.is_hurried))
    }

    /// Asks which codes answer a query in a language. After a failure only a retry asks again.
    pub fn ask(self, language: Language, query: &str, limit: usize) {
        if untrack(|| self.finding()) != Finding::Failed {
            self.send(language, query, limit, false);
        }
    }

    /// Starts again from nothing, and asks.
    pub fn retry(self, language: Language, query: &str, limit: usize) {
        if let Some(worker) = LINE.take().worker {
            worker.terminate();
        }
        self.send(language, query, limit, true);
    }

    /// Forgets what was found: the next search is about something else.
    pub fn forget(self) {
        LINE.with_borrow_mut(|line| line.is_hurried = false);
        if matches!(untrack(|| self.finding()), Finding::Found(_)) {
            self.said.set(None);
        }
    }

    fn send(self, language: Language, query: &str, limit: usize, afresh: bool) {
        let question = address(FileName::Labels(language)).zip(address(FileName::Keywords(language)));
        let question = question.map(|(labels, keywords)| Question {
            labels,
            keywords,
            afresh,
            limit,
            query: query.to_owned(),
        });
        let Some(question) = question.filter(|_| self.start()) else {
            self.fail();
            return;
        };
        if !LINE.with_borrow(|line| line.quick.contains(&language)) {
            self.said.set(Some(String::new()));
        }
        LINE.with_borrow_mut(|line| line.waiting = Some((language, question)));
        self.go_on();
    }

    /// Starts the worker unless it runs; whether it does.
    fn start(self) -> bool {
        if LINE.with_borrow(|line| line.worker.is_some()) {
            return true;
        }
        let Some(worker) = finder_address().and_then(|address| Worker::new(&address).ok()) else {
            return false;
        };
        let hear = move |event: web_sys::Event| {
            self.hear(event.unchecked_into::<MessageEvent>().data().as_string().unwrap_or_default());
        };
        listen(&worker, "message", Box::new(hear));
        listen(&worker, "error", Box::new(move |_| self.hear(String::new())));
        LINE.with_borrow_mut(|line| {
            line.worker = Some(worker);
            line.is_busy = true;
        });
        true
    }

    fn hear(self, message: String) {
        let asked = LINE.with_borrow_mut(|line| {
            line.is_busy = false;
            line.asked.take()
        });
        match Answer::from_message(&message) {
            Answer::Ready => {}
            Answer::Failed => {
                LINE.with_borrow_mut(|line| line.waiting = None);
                self.fail();
            }
            Answer::Found(_) => {
                let Some((language, question)) = asked else { return };
                LINE.with_borrow_mut(|line| {
                    if !line.quick.contains(&language) {
                        line.quick.push(language);
                    }
                });
                if LINE.with_borrow(|line| line.waiting.is_none()) {
                    let nothing_asked = question.query.is_empty();
                    self.said.set((!nothing_asked).then_some(message));
                }
            }
        }
        self.go_on();
    }

    /// Asks what waits, unless an answer is still to come.
    fn go_on(self) {
        LINE.with_borrow_mut(|line| {
            if line.is_busy {
                return;
            }
            line.asked = line.waiting.take();
            if let (Some(worker), Some((_, question))) = (&line.worker, &line.asked) {
                line.is_busy = true;
                // A text can always be sent.
                let _ = worker.post_message(&JsValue::from_str(&question.to_message()));
            }
        });
    }
}
