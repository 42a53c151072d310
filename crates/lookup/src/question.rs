//! A query as the stems it may mean. Not its answer.

use crate::index::Index;
use crate::words::{Piece, is_filler, is_letter_or_digit, pieces, stem};

/// Parts of a whole: how well a stem stands for a word.
pub(crate) const WHOLE: u32 = 16;

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pub(crate) terms: Vec<Term>,
}

/// One word of the query.
#[derive(Debug)]
pub(crate) struct Term {
    word: String,
    /// The stems it may mean, rising, each with how well it stands for the word, in parts of [`WHOLE`].
    pub(crate) meanings: Vec<(u32, u32)>,
    /// Whether it is a pair of characters: it weighs, but it is no word of a phrase.
    pub(crate) is_pair: bool,
}

/// Words beyond these are not read: no product name has more, and a pasted page must not stop the browser.
const MOST_WORDS: usize = 24;

impl Question {
    pub(crate) fn read(index: &Index, query: &str) -> Self {
        let mut words: Vec<(String, bool)> = Vec::new();
        pieces(query, |piece| match piece {
            Piece::Word(word) | Piece::Character(word) => words.push((word.to_owned(), false)),
            Piece::Pair(pair) => words.push((pair.to_owned(), true)),
            Piece::Break => {}
        });
        words.truncate(MOST_WORDS);
        // The last word may still be being typed, unless something follows it.
        let unfinished = words.len().checked_sub(1).filter(|_| query.ends_with(is_letter_or_digit));
        let count = words.len();
        let telling = words.iter().enumerate().filter(|(_, (word, _))| count == 1 || !is_filler(word));
        let term = |(position, (word, is_pair)): (usize, &(String, bool))| Term {
            word: word.clone(),
            meanings: meanings(index, word, unfinished == Some(position)),
            is_pair: *is_pair,
        };
        let terms = telling.map(term).collect();
        let mut question = Self { terms };
        question.join(index, &words);
        question
    }

    /// "back pack" may be written "backpack".
    fn join(&mut self, index: &Index, words: &[(String, bool)]) {
        for pair in words.windows(2) {
            let [(first, _), (second, _)] = pair else { continue };
            let joined = stem(&[first.as_str(), second].concat());
            let Some(joined) = index.stems.position(&joined).and_then(|stem| u32::try_from(stem).ok()) else {
                continue;
            };
            for term in self.terms.iter_mut().filter(|term| term.word == *first || term.word == *second) {
                term.mean(joined, WHOLE);
            }
        }
    }
}

impl Term {
    fn mean(&mut self, stem: u32, fit: u32) {
        self.meanings.retain(|(own, _)| *own != stem);
        let position = self.meanings.partition_point(|(own, _)| *own < stem);
        self.meanings.insert(position, (stem, fit));
    }

    pub(crate) fn meaning(&self, stem: u32) -> Option<u32> {
        let position = self.meanings.binary_search_by_key(&stem, |(own, _)| *own).ok()?;
        self.meanings.get(position).map(|(_, fit)| *fit)
    }
}

fn meanings(index: &Index, word: &str, unfinished: bool) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    let exact = index.stems.position(&stem(word)).and_then(|stem| u32::try_from(stem).ok());
    if unfinished || (exact.is_none() && word.len() >= 3) {
        found.extend(beginnings(index, word));
        // On the way from "batter" to "batteries" and from "box" to "boxes" the list must not go blank.
        for ending in ["ie", "i", "e"] {
            if found.is_empty() && exact.is_none() {
                found.extend(
                    word.strip_suffix(ending)
                        .filter(|root| root.len() >= 3)
                        .into_iter()
                        .flat_map(|root| beginnings(index, root)),
                );
            }
        }
    }
    found.extend(exact.map(|stem| (stem, WHOLE)));
    // The best fit of each stem.
    found.sort_unstable_by_key(|(stem, fit)| (*stem, std::cmp::Reverse(*fit)));
    found.dedup_by_key(|(stem, _)| *stem);
    found
}

/// The stems of the words that start with `beginning`: the more of the word is there, the better it fits.
fn beginnings<'a>(index: &'a Index, beginning: &'a str) -> impl Iterator<Item = (u32, u32)> + 'a {
    index.words.starting_with(beginning).filter_map(move |word| {
        let length = u32::try_from(index.words.get(word).len()).ok()?;
        let typed = u32::try_from(beginning.len()).ok()?;
        Some((*index.stem_of.get(word)?, WHOLE / 4 + typed * (WHOLE / 2) / length.max(1)))
    })
}
