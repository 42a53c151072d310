//! Whether words are known, and what may have been meant if they are not.

use std::cmp::Reverse;

use crate::code::prefix_and_words;
use crate::index::Index;
use crate::nearness::Target;
use crate::question::Question;
use crate::words::{Piece, folded, pieces};

/// More would be a guess at random.
const MOST: usize = 3;

impl Index {
    /// Whether every word of a query is known as it is written, or as far as it is written.
    #[must_use]
    pub fn knows(&self, query: &str) -> bool {
        let words = prefix_and_words(query).map_or(query, |(_, words)| words);
        Question::read(self, words).terms.iter().all(|term| term.is_known)
    }

    /// Words that are near to those of a query that are not known, the nearest first, of equals the most common.
    #[must_use]
    pub fn suggestions(&self, query: &str) -> Vec<&str> {
        let mut nearest: Vec<(usize, u32, usize)> = Vec::new();
        pieces(query, |piece, _| {
            let Piece::Word(word) = piece else { return };
            let target = Target::guessing(&folded(word)).filter(|_| !self.knows(word));
            let found = target.iter().flat_map(|target| target.nearest(self, false));
            nearest.extend(found.filter_map(|(slips, word)| Some((slips, self.rarity(u32::try_from(word).ok()?), word))));
        });
        nearest.sort_unstable();
        nearest.dedup_by_key(|(_, _, word)| *word);
        nearest.sort_by_key(|(slips, rarity, word)| (*slips, *rarity, Reverse(self.words.get(*word).len()), *word));
        nearest.into_iter().take(MOST).map(|(_, _, word)| self.forms.get(word)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Entry, Index, Parts};

    #[test]
    fn near_words_are_suggested_where_none_is_known() {
        let index = Index::new(Parts::of([Entry {
            code: "080450".parse().unwrap(),
            label: "Mangosteens, guavas, mangoes",
            keywords: "măng cụt",
        }]));
        assert!(index.search("mngsten", 5).is_empty());
        assert_eq!(index.suggestions("mngstens"), ["mangosteens"]);
        assert!(index.suggestions("guavas").is_empty(), "known");
        assert!(index.knows("mang cut") && index.knows("guava mangost") && !index.knows("guava zeppelin"));
        assert!(index.suggestions("zeppelin").is_empty());
    }
}
