//! How like the phrases of an entry are to a query. Not what its single words are worth (`worths`).

use crate::index::{Field, Index};
use crate::question::{Term, WHOLE};
use crate::worths::ORDINARY;

/// What a phrase that is the query whole adds, in parts of 10, where 10 is the worth of all words of the query in the label.
const AS_PHRASE: u64 = 6;
/// What a label that is the query whole adds, likewise.
const AS_LABEL: u64 = 6;

/// What words add that follow each other in a phrase as they do in the query, in sixteenths of their likeness.
const IN_ORDER: u64 = 1;

/// Where likeness is counted from 0 to.
const ALIKE: u64 = 1024;

/// The words of a query that stand somewhere, by the words of the index they mean.
pub(crate) struct Meant {
    /// The weight of each: its rarity, more if it names the thing.
    weights: Vec<u64>,
    /// For each word of the index which of them it stands for, counted from one, and how well. Of several it stands for the best.
    of: Vec<(u8, u8)>,
}

impl Meant {
    pub(crate) fn new(index: &Index) -> Self {
        Self {
            weights: Vec::new(),
            of: vec![(0, 0); index.words.len()],
        }
    }

    pub(crate) fn add(&mut self, term: &Term, weight: u64) {
        self.weights.push(weight);
        let place = u8::try_from(self.weights.len()).unwrap_or(u8::MAX);
        for (word, fit) in &term.meanings {
            let worth = u64::from(*fit) * weight;
            let before = self.get(*word).map_or(0, |(_, fit, weight)| fit * weight);
            if let Some(own) = self.of.get_mut(*word as usize).filter(|_| worth > before) {
                *own = (place, u8::try_from(*fit).unwrap_or(u8::MAX));
            }
        }
    }

    /// Whether a word stands for one of the query: what [`Self::get`] says, quicker.
    fn has(&self, word: u32) -> bool {
        self.of.get(word as usize).is_some_and(|(place, _)| *place > 0)
    }

    /// The position of the word that is meant, how well it is, and its weight.
    fn get(&self, word: u32) -> Option<(usize, u64, u64)> {
        let (place, fit) = *self.of.get(word as usize)?;
        let place = usize::from(place).checked_sub(1)?;
        Some((place, u64::from(fit), *self.weights.get(place)?))
    }
}

/// How like an entry is.
pub(crate) struct Likeness {
    /// In the unit of the worth of words.
    pub(crate) score: u64,
    /// Whether a search word, or the label, is the query whole.
    pub(crate) is_whole: bool,
}

/// What a phrase and the query share.
#[derive(Clone, Copy, Default)]
struct Overlap {
    /// How many words the phrase has.
    words: usize,
    /// How many of them the query says in full.
    met: usize,
    /// What the words of the phrase weigh.
    there: u64,
    /// What the words they share weigh.
    shared: u64,
    /// What the words weigh that follow another as in the query.
    in_order: u64,
}

impl Overlap {
    fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            met: self.met + other.met,
            there: self.there + other.there,
            shared: self.shared + other.shared,
            in_order: self.in_order + other.in_order,
        }
    }

    /// The share of the phrase times the share of the query, which weighs `asked`, from 0 to [`ALIKE`]; a little more for words in order.
    fn likeness(self, asked: u64) -> u64 {
        if self.shared == 0 {
            return 0;
        }
        let shared = self.shared.min(asked).min(self.there);
        let alike = ALIKE * shared * shared / (self.there * asked).max(1);
        alike + ALIKE * IN_ORDER * self.in_order.min(asked) / (16 * asked).max(1)
    }

    fn is_whole(self, asked: usize) -> bool {
        self.words > 0 && self.met == self.words && self.words == asked
    }
}

impl Index {
    /// How much a phrase, or the whole label, of an entry is like the query.
    pub(crate) fn likeness(&self, entry: usize, meant: &Meant) -> Likeness {
        let asked = meant.weights.iter().sum();
        let mut best = 0;
        let mut is_whole = false;
        let mut label = Overlap::default();
        let own = self.label(entry).enumerate().filter(|(_, (field, _))| *field == Field::Label);
        for (position, (_, phrase)) in own {
            let overlap = self.overlap(phrase, meant);
            best = best.max(overlap.likeness(asked));
            // "Tool sharpening machines, numerically controlled" is not called "numerically controlled".
            is_whole |= position == 0 && overlap.is_whole(meant.weights.len());
            label = label.and(overlap);
        }
        is_whole |= label.is_whole(meant.weights.len());
        // Most search words share nothing with the query.
        self.keywords_with(
            entry,
            |word| meant.has(word),
            |phrase| {
                let overlap = self.overlap(phrase, meant);
                best = best.max(overlap.likeness(asked));
                is_whole |= overlap.is_whole(meant.weights.len());
            },
        );
        Likeness {
            score: (best * AS_PHRASE + label.likeness(asked) * AS_LABEL) * asked,
            is_whole,
        }
    }

    fn overlap(&self, phrase: &[u32], meant: &Meant) -> Overlap {
        let mut overlap = Overlap {
            words: phrase.len(),
            ..Overlap::default()
        };
        let mut before: Option<usize> = None;
        for word in phrase {
            overlap.there += u64::from(self.rarity(*word) * ORDINARY);
            let own = meant.get(*word);
            if let Some((place, fit, weight)) = own {
                overlap.shared += fit * weight / u64::from(WHOLE);
                overlap.met += usize::from(fit == u64::from(WHOLE));
                if before.is_some_and(|before| before + 1 == place) {
                    overlap.in_order += weight;
                }
            }
            before = own.map(|(place, ..)| place);
        }
        overlap
    }
}
