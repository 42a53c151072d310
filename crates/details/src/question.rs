//! What the page asks, as text.

use duty::{parse_date, print_date};
use time::Date;

use crate::Part;

/// What details are about. As text it is also the key by which the page knows whether an answer belongs to its present question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The language of the interface.
    pub language: String,
    /// The files the page was published with.
    pub files: String,
    /// The day the page was opened.
    pub today: Date,
    /// The query of the page.
    pub search: String,
}

impl Subject {
    /// As text, which is never the beginning of that of another: an answer stands behind its subject.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in [&self.language, &self.files, &print_date(self.today), &self.search] {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// From text; `None` if it is not of this form.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.splitn(4, '\n');
        Some(Self {
            language: lines.next()?.to_owned(),
            files: lines.next()?.to_owned(),
            today: parse_date(lines.next()?).ok()?,
            search: lines.next()?.strip_suffix('\n')?.to_owned(),
        })
    }
}

/// A question as a message: the keys of the parts, each with a space behind it, whether to ask the server afresh, and a [`Subject`] as text.
#[must_use]
pub fn write_question(parts: &str, afresh: bool, subject: &str) -> String {
    parts.to_owned() + "\n" + if afresh { "afresh" } else { "" } + "\n" + subject
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The parts that are open.
    pub parts: Vec<Part>,
    /// Whether to ask the server for the files again, because what came before was of no use.
    pub afresh: bool,
    /// What they are about: a [`Subject`] as text.
    pub subject: String,
}

impl Question {
    /// From a message; `None` if it is not a question.
    #[must_use]
    pub fn from_message(message: &str) -> Option<Self> {
        let mut lines = message.splitn(3, '\n');
        let part = |key: &str| Part::ALL.iter().copied().find(|part| part.key() == key);
        Some(Self {
            parts: lines.next()?.split_terminator(' ').map(part).collect::<Option<_>>()?,
            afresh: !lines.next()?.is_empty(),
            subject: lines.next()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let subject = Subject {
            language: "en".to_owned(),
            files: "data/messages.en.00aa11bb.pack data/rates.CN.00aa11bb.pack".to_owned(),
            today: Date::from_calendar_date(2026, Month::November, 22).unwrap(),
            search: "?hs=081060\n".to_owned(),
        };
        assert_eq!(Subject::from_text(&subject.to_text()), Some(subject.clone()));
        for (written, parts, afresh) in [
            ("arithmetic tree ", vec![Part::Arithmetic, Part::Tree], true),
            ("", Vec::new(), false),
        ] {
            let subject = subject.to_text();
            let message = write_question(written, afresh, &subject);
            assert_eq!(Question::from_message(&message), Some(Question { parts, afresh, subject }));
        }
    }

    #[test]
    fn no_subject_is_the_beginning_of_another() {
        let subject = |search: &str| Subject {
            language: "en".to_owned(),
            files: String::new(),
            today: Date::MIN,
            search: search.to_owned(),
        };
        let [whole, chapter] = ["?browse=", "?browse=08"].map(|search| subject(search).to_text());
        assert!(!chapter.starts_with(&whole));
    }

    #[test]
    fn anything_else_is_no_question() {
        for message in ["", "arithmetic", "arithmetic\n", "weather \n\nx"] {
            assert_eq!(Question::from_message(message), None, "{message:?}");
        }
        for text in ["", "en\na\n2026-13-01\n\n", "en\na\n2026-11-22", "en\na\n2026-11-22\n?hs=08"] {
            assert_eq!(Subject::from_text(text), None, "{text:?}");
        }
    }
}
