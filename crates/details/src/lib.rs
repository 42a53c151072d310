//! What the first answer does not need: why the best regime is the best, the arithmetic, the sources, whatever else is folded at first, and
//! the choice between several codes, which most answers do not have. Made as markup by a program of its own, a web worker that the page
//! starts when somebody opens a fold, so that nothing of it is in the first program.
//!
//! The program gets the query of the page, the text behind the question mark of its address, and assesses it with the same crates and the
//! same files as the page. So it cannot say anything else than the page does.
//!
//! While the tariff is browsed there is no answer to give details of: then it makes the [`Tree`] of the tariff instead.
//!
//! A new detail is a variant of [`Part`], a module here that makes its markup, and a fold in `src/ui/answer.rs`.

mod arithmetic;
mod basis;
mod candidates;
mod carriage;
mod claim;
mod comparison;
mod crossing;
mod form;
mod keep;
mod kept;
mod outlook;
mod partners;
mod plot;
mod question;
mod sources;
mod tree;

use markup::View;
use words::Words;

pub use basis::{Basis, Names};
pub use form::STAYS;
pub use question::{Question, Subject, write_question};
pub use tree::{Node, Page, Tree, page};

macro_rules! parts {
    ($($name:ident $key:literal $doc:literal),* $(,)?) => {
        /// What can be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Part {
            $(#[doc = $doc] $name,)*
        }

        impl Part {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in messages.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

parts! {
    Claim "claim" "Whether the certificate is worth it.",
    Comparison "comparison" "Every regime, with what it comes to or why it is refused.",
    Partners "partners" "The same goods from or to every partner.",
    Arithmetic "arithmetic" "Every multiplication with its base and rate.",
    Outlook "outlook" "What the years to come bring.",
    Sources "sources" "What proves each figure.",
    Keep "keep" "The answer on paper, as a table, as a link.",
    Changed "changed" "What changed since the link was kept that is open.",
    Candidates "candidates" "The codes that are kept, and what decides between them.",
    Tree "tree" "The place of the tariff that is browsed.",
    Title "title" "What that place is called, as text and not as markup.",
}

/// Makes one part of the details; `None` if it is a part of the tree. Nothing while there is nothing it could be about, because it takes a
/// line and there is none, or the other way round.
#[must_use]
pub fn make(part: Part, words: Words, basis: &Basis) -> Option<View> {
    Some(match (part, basis.assessment()) {
        (Part::Claim, Some(assessment)) => claim::claim(words, basis, assessment),
        (Part::Comparison, Some(assessment)) => comparison::comparison(words, basis, assessment),
        (Part::Partners, Some(_)) => partners::partners(words, basis),
        (Part::Arithmetic, Some(assessment)) => arithmetic::arithmetic(words, basis, assessment),
        (Part::Outlook, Some(_)) => outlook::view(words, basis),
        (Part::Sources, Some(assessment)) => sources::sources(words, basis, assessment),
        (Part::Keep, Some(assessment)) => keep::keep(words, basis, assessment),
        (Part::Changed, Some(assessment)) => kept::changed(words, basis, assessment),
        (Part::Candidates, None) => candidates::candidates(words, basis),
        (Part::Tree | Part::Title, _) => return None,
        _ => View::default(),
    })
}

/// Stands before each part of an answer. There is none in markup or labels, nor in the text of a subject, where it would be written `%00`.
const MARK: char = '\0';

/// The parts as the answer of the program.
#[must_use]
pub fn write_parts(parts: Vec<(Part, String)>) -> String {
    let mut answer = String::new();
    for (part, text) in parts {
        answer.push(MARK);
        answer.extend([part.key(), "\n", &text]);
    }
    answer
}

/// A part, by its key, in an answer; `None` if it is not in it.
#[must_use]
pub fn read_part<'a>(answer: &'a str, key: &str) -> Option<&'a str> {
    let mut parts = answer.split(MARK);
    parts.find_map(|other| other.strip_prefix(key)?.strip_prefix('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use markup::paragraph;

    #[test]
    fn parts_arrive_as_they_were_made() {
        let parts = [(Part::Sources, paragraph("", "one\ntwo\0")), (Part::Arithmetic, View::default())];
        let answer = write_parts(parts.map(|(part, view)| (part, view.into())).to_vec());
        assert_eq!(read_part(&answer, Part::Sources.key()), Some("<p class=\"\">one\ntwo</p>"));
        assert_eq!(read_part(&answer, Part::Arithmetic.key()), Some(""));
        assert_eq!(read_part(&write_parts(Vec::new()), Part::Sources.key()), None);
    }
}
