//! Which words of a label answer a query, so that they can be marked.

use std::ops::Range;

use crate::index::Index;
use crate::question::Question;
use crate::words::{Piece, folded, is_filler, pieces};

/// The words of the index a query means.
pub struct Marks<'a> {
    index: &'a Index,
    /// Rising.
    words: Vec<u32>,
}

impl<'a> Marks<'a> {
    /// What `query` means in an index.
    #[must_use]
    pub fn of(index: &'a Index, query: &str) -> Self {
        let question = Question::read(index, query);
        let meanings = question.terms.iter().flat_map(|term| &term.meanings);
        let mut words: Vec<u32> = meanings.map(|(word, _)| *word).collect();
        words.sort_unstable();
        Self { index, words }
    }

    /// Where in a text words stand that are meant, in order, apart from each other.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        pieces(text, |piece, place| {
            let (Piece::Word(word) | Piece::Character(word)) = piece else {
                return;
            };
            let mut known = self.index.words.positions(&folded(word));
            let is_meant = known.any(|own| {
                let own = u32::try_from(own).unwrap_or(u32::MAX);
                self.index.forms.get(own as usize) == word && self.words.binary_search(&own).is_ok()
            });
            if !is_meant || is_filler(word) {
                return;
            }
            match ranges.last_mut().filter(|last| last.end == place.start) {
                Some(last) => last.end = place.end,
                None => ranges.push(place),
            }
        });
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entry, Parts};

    fn marked<'a>(label: &'a str, query: &str) -> Vec<&'a str> {
        let entry = Entry {
            code: "081060".parse().unwrap(),
            label,
            keywords: "",
        };
        let index = Index::new(Parts::of([entry]));
        let ranges = Marks::of(&index, query).ranges(label);
        ranges.into_iter().filter_map(|range| label.get(range)).collect()
    }

    #[test]
    fn words_that_are_meant_are_marked_whole() {
        assert_eq!(marked("Durians, fresh", "fresh duri"), ["Durians", "fresh"]);
        assert_eq!(marked("Sầu riêng, tươi", "sau rieng"), ["Sầu", "riêng"]);
        assert_eq!(marked("鲜榴莲", "榴莲"), ["榴莲"]);
        assert!(marked("Durians, fresh", "rice").is_empty());
        assert!(marked("Parts of drills", "of").is_empty());
    }
}
