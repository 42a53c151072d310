//! The interface in the person's language: its words, and numbers, money and dates as the language writes them.

mod format;
mod language;
mod texts;
mod words;

pub use format::Format;
pub use language::negotiate;
pub use texts::{EDITION, LANGUAGE_NAMES, LANGUAGES, Texts};
pub use words::{Words, joined};
