//! The page's end of the search: starts the finder, a program of its own, when somebody looks for a product, and talks to it.

use std::cell::RefCell;
use std::rc::Rc;

use finder::Question;
use leptos::prelude::*;

use crate::data::files;
use crate::program::{Heard, Line, Program};
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
    /// Its answer.
    Found(String),
}

/// Stands before an answer.
const FOUND: &str = "found ";

/// Stands for an answer that did not come.
const FAILED: &str = "failed";

/// The search for products.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What came last, behind [`FOUND`], or [`FAILED`]; empty while it is on its way. As text, because there are signals of text already, and each type of signal
    /// is compiled for itself.
    said: RwSignal<Option<String>>,
}

/// What is remembered of the person who looks for a product.
#[derive(Default)]
struct Memory {
    is_hurried: bool,
    /// What kinds of questions were answered: their files are there, and the next answer is quick.
    quick: Vec<String>,
}

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
    static MEMORY: RefCell<Memory> = RefCell::default();
}

const PROGRAM: Program = Program {
    name: "finder-",
    line: &LINE,
};

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
            Some(said) => match said.strip_prefix(FOUND) {
                Some(answer) => Finding::Found(answer.to_owned()),
                None if said.is_empty() => Finding::Loading,
                None => Finding::Failed,
            },
        }
    }

    /// Somebody is waiting for the answer that is still to come; `false` if none is.
    #[must_use]
    pub fn hurry(self) -> bool {
        let is_busy = PROGRAM.is_busy();
        MEMORY.with_borrow_mut(|memory| memory.is_hurried = is_busy);
        is_busy
    }

    /// Whether somebody was waiting; asked when the answer is there.
    #[must_use]
    pub fn take_hurry(self) -> bool {
        MEMORY.with_borrow_mut(|memory| std::mem::take(&mut memory.is_hurried))
    }

    /// Asks for the list for what is typed, in the language of the interface. After a failure only a retry asks again.
    pub fn ask(self, language: Language, query: &str) {
        if untrack(|| self.finding()) != Finding::Failed {
            self.send(language, query, false);
        }
    }

    /// Starts again from nothing, and asks.
    pub fn retry(self, language: Language, query: &str) {
        PROGRAM.stop();
        MEMORY.take();
        self.send(language, query, true);
    }

    /// Forgets what was found: the next search is about something else.
    pub fn forget(self) {
        MEMORY.with_borrow_mut(|memory| memory.is_hurried = false);
        if matches!(untrack(|| self.finding()), Finding::Found(_)) {
            self.said.set(None);
        }
    }

    fn send(self, language: Language, query: &str, afresh: bool) {
        let kind = if query.is_ascii() {
            language.to_owned()
        } else {
            language.to_owned() + "+"
        };
        if !MEMORY.with_borrow(|memory| memory.quick.contains(&kind)) {
            self.said.set(Some(String::new()));
        }
        let question = Question {
            language: language.to_owned(),
            files: files(),
            afresh,
            recent: recent(),
            search: window().location().search().unwrap_or_default(),
            query: query.to_owned(),
        };
        PROGRAM.ask(kind, question.to_message(), &(Rc::new(move |heard| self.hear(heard)) as _));
    }

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Failed => self.said.set(Some(FAILED.to_owned())),
            Heard::Answer { key, answer, is_last } => {
                MEMORY.with_borrow_mut(|memory| memory.quick.push(key));
                if is_last {
                    self.said.set(Some(FOUND.to_owned() + &answer));
                }
            }
        }
    }
}

/// Where the browser keeps what was chosen, on this device only.
const RECENT: &str = "cafta-recent";

/// More would be a list to search in.
const MOST_RECENT: usize = 5;

/// The codes chosen last, a blank apart; none where the browser keeps nothing.
fn recent() -> String {
    let kept = storage().and_then(|storage| storage.get_item(RECENT).ok()?);
    kept.unwrap_or_default()
}

/// Keeps a code that was chosen.
pub(crate) fn remember(code: &str) {
    let mut kept = code.to_owned();
    for other in recent().split(' ').filter(|other| *other != code).take(MOST_RECENT - 1) {
        kept.push(' ');
        kept.push_str(other);
    }
    if let Some(storage) = storage() {
        // Where nothing more can be kept, nothing is.
        let _ = storage.set_item(RECENT, &kept);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}
