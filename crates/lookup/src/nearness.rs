//! How many slips of the finger lie between two words: a letter missing, added or exchanged, two letters swapped.

use crate::index::Index;

/// A word that may be misspelt.
pub(crate) struct Target {
    characters: Vec<char>,
    /// Which letters it has.
    has: u32,
    /// The most slips that are forgiven.
    most: usize,
}

/// The longest word that is compared.
const LONGEST: usize = 24;

impl Target {
    /// For a list of what may have been meant: one slip more than is forgiven without asking.
    pub(crate) fn guessing(word: &str) -> Option<Self> {
        let target = Self::new(word)?;
        Some(Self {
            most: target.most + 1,
            ..target
        })
    }

    /// `None` if the word is too short to tell a slip from another word, or too long to be one.
    pub(crate) fn new(word: &str) -> Option<Self> {
        let characters: Vec<char> = word.chars().collect();
        let most = match characters.len() {
            4..=7 => 1,
            8..=LONGEST => 2,
            _ => return None,
        };
        Some(Self {
            has: letters(word),
            characters,
            most,
        })
    }

    /// The words of an index that are near, each behind the number of slips; or whose beginning is, if the target is not typed to the end.
    pub(crate) fn nearest(&self, index: &Index, is_beginning: bool) -> Vec<(usize, usize)> {
        let mut nearest = Vec::new();
        for (word, letters) in index.letters.iter().enumerate() {
            let lacking = (self.has & !letters).count_ones();
            let added = if is_beginning { 0 } else { (letters & !self.has).count_ones() };
            // Most words end here: each slip changes one letter.
            if lacking.max(added) as usize <= self.most
                && let Some(slips) = self.slips(index.words.get(word), is_beginning)
            {
                nearest.push((slips, word));
            }
        }
        nearest
    }

    /// Optimal string alignment, the edit distance with swaps of neighbours; `None` if there are too many.
    fn slips(&self, word: &str, is_beginning: bool) -> Option<usize> {
        let width = self.characters.len();
        if word.len() + self.most < width || (!is_beginning && word.chars().count() > width + self.most) {
            return None;
        }
        let (mut older, mut old) = ([0; LONGEST + 1], [0; LONGEST + 1]);
        for (place, cost) in old.iter_mut().enumerate() {
            *cost = place;
        }
        let mut before = None;
        let mut best = usize::MAX;
        for (row, letter) in (1..).zip(word.chars()) {
            let mut new = [row; LONGEST + 1];
            let mut least = row;
            for (place, own) in self.characters.iter().enumerate() {
                let at = |costs: &[usize; LONGEST + 1], place: usize| costs.get(place).copied().unwrap_or(usize::MAX - 1);
                let mut cost = (at(&old, place) + usize::from(*own != letter))
                    .min(at(&old, place + 1) + 1)
                    .min(at(&new, place) + 1);
                let two_before = place.checked_sub(1).filter(|_| before == Some(*own));
                if let Some(two_before) = two_before.filter(|place| self.characters.get(*place) == Some(&letter)) {
                    cost = cost.min(at(&older, two_before) + 1);
                }
                if let Some(new) = new.get_mut(place + 1) {
                    *new = cost;
                }
                least = least.min(cost);
            }
            (older, old) = (old, new);
            if is_beginning {
                best = best.min(old.get(width).copied().unwrap_or(usize::MAX));
            }
            if least > self.most {
                break;
            }
            before = Some(letter);
        }
        let whole = if is_beginning {
            best
        } else {
            old.get(width).copied().unwrap_or(usize::MAX)
        };
        (whole <= self.most).then_some(whole)
    }
}

/// Which letters a word has, one bit for each.
pub(crate) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(typed: &str, word: &str) -> Option<usize> {
        Target::new(typed).and_then(|target| target.slips(word, false))
    }

    #[test]
    fn a_slip_is_a_letter_or_a_swap() {
        for word in ["durian", "durains", "duran", "druian", "duriam"] {
            assert_eq!(
                slips("durian", word),
                Some(usize::from(word != "durian")).filter(|_| word != "durains"),
                "{word}"
            );
        }
        assert_eq!(slips("mangosteen", "mangostin"), Some(2));
        assert_eq!(slips("rice", "mice"), Some(1));
        assert_eq!(slips("rice", "dish"), None);
    }

    #[test]
    fn short_words_must_be_right_and_long_texts_are_no_words() {
        assert!(Target::new("tea").is_none());
        assert!(Target::new(&"a".repeat(25)).is_none());
    }

    #[test]
    fn the_beginning_of_a_word_may_be_misspelt_too() {
        let target = Target::new("mangostee").unwrap();
        assert_eq!(target.slips("mangosteens", true), Some(0));
        assert_eq!(target.slips("mangusteens", true), Some(1));
        assert_eq!(target.slips("mangosteens", false), Some(2));
    }
}
