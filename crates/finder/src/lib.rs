//! What the page and the finder say to each other. The finder itself is the program of this crate: a web worker that the page starts when
//! the product field is first used, so that nothing of the search is in the first program, and no keystroke waits for it.

use duty::HsCode;

/// What the page asks: which codes answer a query, in the order of `lookup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The address of the labels to search, as the finder sees it.
    pub labels: String,
    /// The address of the search words that belong to them.
    pub keywords: String,
    /// Whether to ask the server for the files again, because what came before was of no use.
    pub afresh: bool,
    /// At most so many codes.
    pub limit: usize,
    /// What was typed; empty to make the search ready.
    pub query: String,
}

impl Question {
    /// As a message.
    #[must_use]
    pub fn to_message(&self) -> String {
        let afresh = if self.afresh { "afresh" } else { "" };
        let mut message = String::new();
        for line in [&self.labels, &self.keywords, afresh, &self.limit.to_string()] {
            message.push_str(line);
            message.push('\n');
        }
        message + &self.query
    }

    /// From a message; `None` if it is not a question.
    #[must_use]
    pub fn from_message(message: &str) -> Option<Self> {
        let mut lines = message.splitn(5, '\n').map(str::to_owned);
        Some(Self {
            labels: lines.next()?,
            keywords: lines.next()?,
            afresh: !lines.next()?.is_empty(),
            limit: lines.next()?.parse().ok()?,
            query: lines.next()?,
        })
    }
}

/// The codes found, best first, as the answer of the finder.
#[must_use]
pub fn write_codes(codes: impl IntoIterator<Item = HsCode>) -> String {
    codes.into_iter().map(|code| code.to_string() + " ").collect()
}

/// The codes in an answer; `None` if it is none.
#[must_use]
pub fn read_codes(answer: &str) -> Option<Vec<HsCode>> {
    answer.split_terminator(' ').map(|code| code.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let question = Question {
            labels: "data/labels.en.00aa11bb.pack".to_owned(),
            keywords: "data/keywords.en.00aa11bb.pack".to_owned(),
            afresh: true,
            limit: 8,
            query: "fresh \n durians, 榴莲".to_owned(),
        };
        assert_eq!(Question::from_message(&question.to_message()), Some(question.clone()));
        let empty = Question {
            afresh: false,
            query: String::new(),
            ..question
        };
        assert_eq!(Question::from_message(&empty.to_message()), Some(empty));
    }

    #[test]
    fn codes_arrive_as_they_were_found() {
        let codes = ["081060", "1006", "08"].map(|code| code.parse().unwrap());
        assert_eq!(read_codes(&write_codes(codes)), Some(codes.to_vec()));
        assert_eq!(read_codes(&write_codes([])), Some(Vec::new()));
    }

    #[test]
    fn anything_else_is_no_question_and_no_codes() {
        for message in ["", "durian", "a\nb\n\nmany\nrice", "a\nb\n\n8"] {
            assert_eq!(Question::from_message(message), None, "{message:?}");
        }
        for message in [" ", "x ", "081060  08"] {
            assert_eq!(read_codes(message), None, "{message:?}");
        }
    }
}
