//! A program of its own, in a worker: started when it is first asked, asked one question at a time; of the questions that wait only the
//! last is asked, so that fast typing builds no queue. What is asked, and why, is in [`crate::finder`] and [`crate::details`].

use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use worker::Reply;

use crate::data::files;

/// What comes of a question.
pub(crate) enum Heard {
    /// The program, or what it needs, did not arrive. Whatever waited is forgotten.
    Failed,
    /// An answer.
    Answer {
        /// To which question, by the key it was asked under.
        key: String,
        /// What the program says.
        answer: String,
        /// Whether no other question waits.
        is_last: bool,
    },
}

/// Who listens to a program.
pub(crate) type Hear = Rc<dyn Fn(Heard)>;

/// What happens when the browser reports something; kept as long as the worker.
type React = Closure<dyn FnMut(web_sys::Event)>;

/// The line to a program.
#[derive(Default)]
pub(crate) struct Line {
    worker: Option<(Worker, React)>,
    /// Whether a reply is still to come, also the first, that the program is ready.
    is_busy: bool,
    /// The key of the question under way.
    asked: Option<String>,
    /// The key and the text of the question that waits.
    waiting: Option<(String, String)>,
}

/// A program. Its line is of the browser and cannot lie among signals, which may be sent to other threads.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// What the name of its script begins with.
    pub(crate) name: &'static str,
    /// The line to it.
    pub(crate) line: &'static LocalKey<RefCell<Line>>,
}

impl Program {
    /// Whether a reply is still to come.
    pub(crate) fn is_busy(self) -> bool {
        self.line.with_borrow(|line| line.is_busy)
    }

    /// Ends it; who asks then starts it again, from nothing.
    pub(crate) fn stop(self) {
        if let Some((worker, _)) = self.line.take().worker {
            worker.terminate();
        }
    }

    /// Asks as soon as what was asked before is answered. The first who asks is the one who hears all answers.
    #[inline(never)]
    pub(crate) fn ask(self, key: String, question: String, hear: &Hear) {
        if self.start(hear) {
            self.line.with_borrow_mut(|line| line.waiting = Some((key, question)));
            self.go_on();
        } else {
            hear(Heard::Failed);
        }
    }

    /// Starts the worker unless it runs; whether it does.
    fn start(self, hear: &Hear) -> bool {
        if self.line.with_borrow(|line| line.worker.is_some()) {
            return true;
        }
        let Some(worker) = pack::published(&files(), self.name).and_then(|address| Worker::new(address).ok()) else {
            return false;
        };
        let hear = Rc::clone(hear);
        // A script that cannot run is told as an event without data.
        let react: Box<dyn FnMut(web_sys::Event)> = Box::new(move |event: web_sys::Event| {
            let message = event.unchecked_into::<MessageEvent>().data().as_string();
            self.hear(&message.unwrap_or_default(), &hear);
        });
        let react = Closure::wrap(react);
        for event in ["message", "error"] {
            // The browser refuses no listener.
            let _ = worker.add_event_listener_with_callback(event, react.as_ref().unchecked_ref());
        }
        self.line.with_borrow_mut(|line| {
            line.worker = Some((worker, react));
            line.is_busy = true;
        });
        true
    }

    fn hear(self, message: &str, hear: &Hear) {
        let asked = self.line.with_borrow_mut(|line| {
            line.is_busy = false;
            line.asked.take()
        });
        match (Reply::from_message(message), asked) {
            (Reply::Answer(answer), Some(key)) => {
                let is_last = self.line.with_borrow(|line| line.waiting.is_none());
                hear(Heard::Answer { key, answer, is_last });
            }
            (Reply::Ready, _) => {}
            _ => {
                self.line.with_borrow_mut(|line| line.waiting = None);
                hear(Heard::Failed);
            }
        }
        self.go_on();
    }

    /// Asks what waits, unless a reply is still to come.
    fn go_on(self) {
        self.line.with_borrow_mut(|line| {
            if line.is_busy {
                return;
            }
            if let (Some((worker, _)), Some((key, question))) = (&line.worker, line.waiting.take()) {
                line.asked = Some(key);
                line.is_busy = true;
                // A text can always be sent.
                let _ = worker.post_message(&JsValue::from_str(&question));
            }
        });
    }
}
