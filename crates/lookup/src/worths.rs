//! What the words of a query are worth in each entry: by where they stand, and by how rare they are. Not how they stand together (`likeness`).

use std::cmp::Reverse;

use duty::HsCode;

use crate::code::CodePrefix;
use crate::families::MANY;
use crate::index::{Field, Index, rarity};
use crate::question::Term;

/// What a word is worth by where it stands, before its rarity.
const IN_LABEL: u32 = 10;
const IN_KEYWORDS: u32 = 8;
/// Among the goods the label is not about.
const IN_EXCLUDED: u32 = 1;

/// What is left of that, in tenths, when it stands in the heading or in the chapter instead.
const IN_HEADING: u32 = 5;
const IN_CHAPTER: u32 = 3;

/// The weight of a word that names the thing, in the weight of others, which is 16.
const HEAD: u32 = 18;
pub(crate) const ORDINARY: u32 = 16;

/// Phrases are compared for the best so many by words: the answer is among them, and a keystroke must stay short.
const MOST_COMPARED: usize = 150;

/// What the words of a query are worth in each entry.
pub(crate) struct Worths<'a> {
    index: &'a Index,
    /// For each entry the worth of the words so far, and the weight of those that are there.
    sums: Vec<(u64, u64)>,
    /// The entries that hold any.
    touched: Vec<u32>,
    /// The weight of the words that stand somewhere.
    known: u64,
    /// The weight of all words.
    pub(crate) asked: u64,
    /// For each entry the worth of one word, while it is added.
    own: Vec<u32>,
}

impl<'a> Worths<'a> {
    pub(crate) fn new(index: &'a Index) -> Self {
        Self {
            index,
            sums: vec![(0, 0); index.codes.len()],
            touched: Vec::new(),
            known: 0,
            asked: 0,
            own: vec![0; index.codes.len()],
        }
    }

    /// Adds a word wherever it stands, and returns its weight; `None` if it stands nowhere.
    pub(crate) fn add(&mut self, term: &Term) -> Option<u64> {
        let mut here: Vec<u32> = Vec::new();
        for (word, fit) in &term.meanings {
            for posting in self.index.postings(*word) {
                let worth = match posting.field {
                    Field::Label => IN_LABEL,
                    Field::Keywords => IN_KEYWORDS,
                    Field::Excluded => IN_EXCLUDED,
                };
                self.note(&mut here, posting.entry, worth * fit);
            }
        }
        let emphasis = if term.is_head { HEAD } else { ORDINARY };
        let weight = u64::from(rarity(here.len(), self.own.len()) * emphasis);
        self.asked += weight;
        if here.is_empty() {
            return None;
        }
        self.known += weight;
        self.note_below(&mut here);
        for entry in here {
            let own = self.own.get_mut(entry as usize).map(std::mem::take).unwrap_or_default();
            if let Some((worth, found)) = self.sums.get_mut(entry as usize) {
                if *found == 0 {
                    self.touched.push(entry);
                }
                *worth += u64::from(own) * weight;
                *found += weight;
            }
        }
        Some(weight)
    }

    fn note(&mut self, here: &mut Vec<u32>, entry: u32, worth: u32) {
        if let Some(own) = self.own.get_mut(entry as usize) {
            if *own == 0 {
                here.push(entry);
            }
            *own = worth.max(*own);
        }
    }

    /// What stands in a heading or chapter stands, for less, in all that is below.
    fn note_below(&mut self, here: &mut Vec<u32>) {
        for position in 0..here.len() {
            let Some(entry) = here.get(position).map(|entry| *entry as usize) else {
                break;
            };
            let below = self.index.below(entry);
            if below.is_empty() {
                continue;
            }
            let is_heading = self.index.codes.get(entry).is_some_and(|code| code.digits() == 4);
            let share = if is_heading { IN_HEADING } else { IN_CHAPTER };
            let worth = self.own.get(entry).copied().unwrap_or_default() * share / 10;
            for entry in below {
                self.note(here, u32::try_from(entry).unwrap_or(u32::MAX), worth);
            }
        }
    }

    /// Forgets the entries that do not begin with a code, and returns whether any that does holds all words.
    pub(crate) fn keep_within(&mut self, prefix: CodePrefix) -> bool {
        let Self { index, sums, asked, .. } = self;
        let mut is_answered = false;
        self.touched.retain(|entry| {
            let entry = *entry as usize;
            let is_within = index.codes.get(entry).is_some_and(|code| prefix.begins(*code));
            if let Some(sum) = sums.get_mut(entry) {
                is_answered |= is_within && sum.1 == *asked;
                if !is_within {
                    *sum = (0, 0);
                }
            }
            is_within
        });
        is_answered
    }

    /// The entries with the most worth, each counted by the share of the query it holds; in no order.
    pub(crate) fn best(&self) -> Vec<(u64, usize)> {
        let worth = |entry: &u32| {
            let (worth, found) = self.sums.get(*entry as usize).copied().unwrap_or_default();
            // 10 × 16 × 6.4 is what a likeness of 10 is worth.
            (worth * 64 * found / self.known.max(1), *entry as usize)
        };
        let mut best: Vec<(u64, usize)> = self.touched.iter().map(worth).collect();
        let order = |(worth, entry): &(u64, usize)| (Reverse(*worth), *entry);
        if best.len() > MOST_COMPARED {
            best.select_nth_unstable_by_key(MOST_COMPARED, order);
            best.truncate(MOST_COMPARED);
        }
        best
    }

    /// The subheadings that hold all words, rising; none if so few hold any that they can all be shown.
    pub(crate) fn full(&self) -> Vec<HsCode> {
        if self.touched.len() <= MANY {
            return Vec::new();
        }
        let entries = self.index.codes.iter().zip(&self.sums);
        let full = entries.filter(|(code, (_, found))| *found == self.asked && code.digits() >= 6);
        full.map(|(code, _)| *code).collect()
    }
}
