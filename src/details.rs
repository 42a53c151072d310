//! The page's end of the details: starts their program when somebody opens a fold, and asks it anew whenever the question changes while one
//! is open.

use std::cell::RefCell;
use std::rc::Rc;

use details::{Part, read_part, write_question};
use leptos::prelude::*;

use crate::program::{Heard, Line, Program};

/// The details of the answer. Two texts, because there are signals of text already, and each type of signal is compiled for itself.
#[derive(Clone, Copy)]
pub struct Details {
    /// The names of the open parts.
    open: RwSignal<Option<String>>,
    /// What was made last, behind the subject it is about; empty after a failure.
    made: RwSignal<Option<String>>,
}

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

const PROGRAM: Program = Program {
    name: "details-",
    line: &LINE,
};

impl Default for Details {
    fn default() -> Self {
        Self {
            open: RwSignal::new(None),
            made: RwSignal::new(None),
        }
    }
}

impl Details {
    /// The names of the open parts, each with a space behind it; tracked.
    fn parts(self) -> String {
        self.open.get().unwrap_or_default()
    }

    /// Whether somebody opened a part; not tracked.
    #[must_use]
    pub fn is_open(self, part: Part) -> bool {
        untrack(|| self.parts()).split(' ').any(|open| open == part.key())
    }

    /// Opens or closes a part.
    pub fn set_open(self, part: Part, open: bool) {
        if self.is_open(part) == open {
            return;
        }
        let mut parts = String::new();
        let before = untrack(|| self.parts());
        let others = before.split_terminator(' ').filter(|other| *other != part.key());
        for name in others.chain(open.then(|| part.key())) {
            parts.push_str(name);
            parts.push(' ');
        }
        self.open.set(Some(parts));
    }

    /// Whether they could not be made; tracked.
    #[must_use]
    pub fn have_failed(self) -> bool {
        self.made.get().is_some_and(|made| made.is_empty())
    }

    /// A part, if it is there and about this subject; tracked.
    #[must_use]
    pub fn part(self, part: Part, subject: &str) -> Option<String> {
        Some(read_part(self.made.get()?.strip_prefix(subject)?, part.key())?.to_owned())
    }

    /// Asks for the open parts that are not there yet; tracks which are open. After a failure only a retry asks again.
    pub fn ask(self, subject: &str) {
        let parts = self.parts();
        let made = untrack(|| self.made.get());
        let failed = made.as_ref().is_some_and(String::is_empty);
        let answer = made.as_ref().and_then(|made| made.strip_prefix(subject));
        let is_there = |part| answer.is_some_and(|answer| read_part(answer, part).is_some());
        if !failed && !parts.split_terminator(' ').all(is_there) {
            self.send(&parts, subject, false);
        }
    }

    /// Starts again from nothing, and asks.
    pub fn retry(self, subject: &str) {
        PROGRAM.stop();
        self.made.set(None);
        self.send(&untrack(|| self.parts()), subject, true);
    }

    fn send(self, parts: &str, subject: &str, afresh: bool) {
        let question = write_question(parts, afresh, subject);
        let hear = move |heard| {
            let made = match heard {
                Heard::Failed => String::new(),
                Heard::Answer { key, answer, .. } => key + &answer,
            };
            self.made.set(Some(made));
        };
        PROGRAM.ask(subject.to_owned(), question, &(Rc::new(hear) as _));
    }
}
