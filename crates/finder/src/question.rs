//! What the page and the finder say to each other, as text.

use markup::View;

/// What the page asks: the list for what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The language of the interface.
    pub language: String,
    /// The files the page was published with.
    pub files: String,
    /// Whether to ask the server for the files again, because what came before was of no use.
    pub afresh: bool,
    /// The codes that were chosen last, a blank apart: offered while nothing is typed.
    pub recent: String,
    /// The query of the page, the text behind the question mark of its address with that mark: a link in the list goes from there.
    pub search: String,
    /// What was typed; empty to make the search ready.
    pub query: String,
}

impl Question {
    /// As a message.
    #[must_use]
    pub fn to_message(&self) -> String {
        let afresh = if self.afresh { "afresh" } else { "" };
        [&self.language, &self.files, afresh, &self.recent, &self.search, &self.query].join("\n")
    }

    /// From a message; `None` if it is not a question.
    #[must_use]
    pub fn from_message(message: &str) -> Option<Self> {
        let mut lines = message.splitn(6, '\n').map(str::to_owned);
        Some(Self {
            language: lines.next()?,
            files: lines.next()?,
            afresh: !lines.next()?.is_empty(),
            recent: lines.next()?,
            search: lines.next()?,
            query: lines.next()?,
        })
    }
}

/// A link to the whole tariff from a page with this query, which keeps all that is not about a product. By its text: the query is not the
/// finder's to understand.
pub(crate) fn link_to_tariff(search: &str) -> String {
    let pairs = search.trim_start_matches('?').split('&');
    let others = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("hs=") && !pair.starts_with("browse="));
    others.fold("?browse=".to_owned(), |link, pair| link + "&" + pair)
}

/// The list: what to tell who cannot see it, and its markup. As text one line, then the rest.
#[derive(Default)]
pub struct Answer {
    /// In one line.
    pub told: String,
    /// Empty if there is nothing to list.
    pub shown: View,
}

impl Answer {
    /// As a message.
    #[must_use]
    pub fn to_message(&self) -> String {
        [&self.told, "\n", self.shown.as_str()].concat()
    }

    /// The two parts of a message.
    #[must_use]
    pub fn parts(message: &str) -> (&str, &str) {
        message.split_once('\n').unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_the_tariff_keeps_what_is_not_about_a_product() {
        assert_eq!(link_to_tariff(""), "?browse=");
        assert_eq!(
            link_to_tariff("?browse=08&from=CN&hs=081060&to=TH&value=5,000"),
            "?browse=&from=CN&to=TH&value=5,000"
        );
    }

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let question = Question {
            language: "en".to_owned(),
            files: "data/labels.en.00aa11bb.pack data/keywords.en.00aa11bb.pack".to_owned(),
            afresh: true,
            recent: "081060 100630".to_owned(),
            search: "?from=LA&hs=08".to_owned(),
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
    fn anything_else_is_no_question() {
        for message in ["", "durian", "en\na\n\n081060"] {
            assert_eq!(Question::from_message(message), None, "{message:?}");
        }
    }

    #[test]
    fn an_answer_has_two_parts() {
        let answer = Answer {
            told: "one product found".to_owned(),
            shown: markup::paragraph("", "one\ntwo"),
        };
        assert_eq!(
            Answer::parts(&answer.to_message()),
            ("one product found", "<p class=\"\">one\ntwo</p>")
        );
        assert_eq!(Answer::parts("durian"), ("", ""));
    }
}
