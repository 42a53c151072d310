//! A query as the words of the index it may mean. Not its answer.

use crate::index::Index;
use crate::nearness::Target;
use crate::words::{Piece, folded, is_filler, is_letter_or_digit, pieces, root, stem};

/// Parts of a whole: how well a word of the index stands for a word of the query.
pub(crate) const WHOLE: u32 = 16;

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pub(crate) terms: Vec<Term>,
}

/// One word of the query.
#[derive(Debug)]
pub(crate) struct Term {
    /// The words it may mean, rising, each with how well it stands for the word, in parts of [`WHOLE`].
    pub(crate) meanings: Vec<(u32, u32)>,
    /// Whether it is known as it is written, or as far as it is written.
    pub(crate) is_known: bool,
    /// Whether it names the thing; the other words say which kind: "drills for wood", "wood drills".
    pub(crate) is_head: bool,
}

/// How well a word stands for one whose marks are others.
const OTHER_MARKS: u32 = 6;
/// … for one that is made from the same word.
const OF_SAME_ROOT: u32 = 10;
/// … for one that differs by a slip, or by two.
const ONE_SLIP: u32 = 10;
const TWO_SLIPS: u32 = 7;

/// Words beyond these are not read: no product name has more, and a pasted page must not stop the browser.
const MOST_WORDS: usize = 24;

#[derive(Debug)]
struct Token {
    word: String,
    is_head: bool,
}

/// The words of a query. The head is the last of the words before a comma or one of those words that lead to something else.
fn tokens(query: &str) -> Vec<Token> {
    const HEAD_ENDS: [&str; 12] = ["and", "at", "by", "containing", "for", "from", "in", "of", "on", "or", "to", "with"];
    let mut tokens: Vec<Token> = Vec::new();
    let mut head: Option<usize> = None;
    let mut is_open = true;
    pieces(query, |piece, _| {
        if tokens.len() == MOST_WORDS {
            return;
        }
        let (Piece::Word(word) | Piece::Character(word)) = piece else {
            is_open &= head.is_none();
            return;
        };
        if is_open && matches!(piece, Piece::Word(_)) {
            if HEAD_ENDS.contains(&word) {
                is_open = head.is_none();
            } else if !is_filler(word) {
                head = Some(tokens.len());
            }
        }
        tokens.push(Token {
            word: word.to_owned(),
            is_head: false,
        });
    });
    if let Some(token) = head.and_then(|head| tokens.get_mut(head)) {
        token.is_head = true;
    }
    tokens
}

impl Question {
    pub(crate) fn read(index: &Index, query: &str) -> Self {
        let tokens = split_compounds(index, tokens(query));
        // The last word may still be being typed, unless something follows it.
        let unfinished = tokens.len().checked_sub(1).filter(|_| query.ends_with(is_letter_or_digit));
        let telling = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| tokens.len() == 1 || !is_filler(&token.word));
        let terms = telling.map(|(position, token)| {
            let is_unfinished = unfinished == Some(position);
            let mut meanings = Meanings::new(index, &token.word);
            meanings.add_written(is_unfinished);
            for (first, second) in [(position.wrapping_sub(1), position), (position, position + 1)] {
                if let (Some(first), Some(second)) = (tokens.get(first), tokens.get(second)) {
                    meanings.add_joined(&first.word, &second.word);
                }
            }
            let is_known = !meanings.found.is_empty();
            if !is_known {
                meanings.add_misspelt(is_unfinished);
            }
            Term {
                meanings: meanings.found(),
                is_head: token.is_head,
                is_known,
            }
        });
        Self { terms: terms.collect() }
    }
}

/// Words that were written as one: "peanutbutter" is looked for as "peanut" and "butter", unless it is known as it is.
fn split_compounds(index: &Index, tokens: Vec<Token>) -> Vec<Token> {
    let mut split = Vec::with_capacity(tokens.len());
    for token in tokens {
        match halves(index, &token.word) {
            Some([first, second]) => {
                split.push(Token {
                    word: first.to_owned(),
                    is_head: false,
                });
                split.push(Token {
                    word: second.to_owned(),
                    ..token
                });
            }
            None => split.push(token),
        }
    }
    split
}

fn halves<'a>(index: &Index, word: &'a str) -> Option<[&'a str; 2]> {
    const SHORTEST: usize = 3;
    if !word.is_ascii() || word.len() < 2 * SHORTEST || !index.words.starting_with(word).is_empty() || !index.of_same_stem(word).is_empty()
    {
        return None;
    }
    // The longest first half is the most likely to be meant.
    let places = (SHORTEST..=word.len() - SHORTEST).rev();
    let halves = places.map(|place| word.split_at(place));
    let is_word = |word: &str| !index.words.positions(word).is_empty() || !index.of_same_stem(word).is_empty();
    // The first half is looked up as it is, which is quick.
    let mut known = halves.filter(|(first, _)| !index.words.positions(first).is_empty());
    known.find(|(_, second)| is_word(second)).map(|(first, second)| [first, second])
}

/// The words of the index a word may mean, while they are gathered.
struct Meanings<'a> {
    index: &'a Index,
    word: &'a str,
    /// The word without its marks.
    plain: String,
    found: Vec<(u32, u32)>,
}

impl<'a> Meanings<'a> {
    fn new(index: &'a Index, word: &'a str) -> Self {
        Self {
            index,
            word,
            plain: folded(word),
            found: Vec::new(),
        }
    }

    /// The best fit of each word, the words rising.
    fn found(mut self) -> Vec<(u32, u32)> {
        // One number, because it is quicker compared than two.
        let order = |(word, fit): &(u32, u32)| (u64::from(*word) << 32) | u64::from(u32::MAX - fit);
        // As are all words of a beginning.
        if !self.found.is_sorted_by_key(order) {
            self.found.sort_unstable_by_key(order);
        }
        self.found.dedup_by_key(|(word, _)| *word);
        self.found
    }

    fn add(&mut self, word: usize, fit: u32) {
        if let Ok(word) = u32::try_from(word) {
            self.found.push((word, fit));
        }
    }

    fn add_all(&mut self, words: &[u32], fit: u32) {
        self.found.extend(words.iter().map(|word| (*word, fit)));
    }

    /// What the word means as it is written, or as far as it is written.
    fn add_written(&mut self, is_unfinished: bool) {
        for own in self.index.words.positions(&self.plain) {
            // Marks that were typed tell words apart: "cá" is fish, "cà" is not.
            let fit = if self.word.is_ascii() || self.index.forms.get(own) == self.word {
                WHOLE
            } else {
                OTHER_MARKS
            };
            self.add(own, fit);
        }
        if self.word.is_ascii() {
            self.add_all(self.index.of_same_stem(&self.plain), WHOLE);
        }
        let is_known = !self.found.is_empty();
        if is_unfinished || (!is_known && self.plain.len() >= 3) {
            self.add_beginning(self.plain.len());
            // On the way from "batter" to "batteries" and from "box" to "boxes" the list must not go blank.
            for ending in ["ie", "i", "e"] {
                let root = self.plain.strip_suffix(ending).map_or(0, str::len);
                if self.found.is_empty() && root >= 3 {
                    self.add_beginning(root);
                }
            }
        }
        let stem = stem(&self.plain);
        if self.word.is_ascii() && (is_known || !is_unfinished) && root(&stem).len() >= 4 {
            self.add_all(self.index.of_same_root(&self.plain), OF_SAME_ROOT);
        }
    }

    /// The words that start with the first letters: the more of the word is there, the better it fits.
    fn add_beginning(&mut self, length: usize) {
        let typed = u32::try_from(length).unwrap_or(u32::MAX);
        for word in self.index.words.starting_with(self.plain.get(..length).unwrap_or_default()) {
            let length = u32::try_from(self.index.words.get(word).len()).unwrap_or(u32::MAX);
            let fit = WHOLE / 4 + typed.saturating_mul(WHOLE / 2) / length.max(1);
            self.add(word, fit);
        }
    }

    /// "back pack" may be written "backpack".
    fn add_joined(&mut self, first: &str, second: &str) {
        const SHORTEST: usize = 5;
        if first.len() + second.len() >= SHORTEST && first.is_ascii() && second.is_ascii() {
            let joined = [first, second].concat();
            if !self.index.words.starting_with(&joined).is_empty() {
                self.add_all(self.index.of_same_stem(&joined), WHOLE);
            }
        }
    }

    /// Words that differ by a slip of the finger or of the ear.
    fn add_misspelt(&mut self, is_unfinished: bool) {
        let Some(target) = Target::new(&self.plain) else { return };
        let nearest = target.nearest(self.index, is_unfinished);
        let least = nearest.iter().map(|(slips, _)| *slips).min().unwrap_or_default();
        let fit = if least <= 1 { ONE_SLIP } else { TWO_SLIPS };
        for (_, word) in nearest.into_iter().filter(|(slips, _)| *slips == least) {
            self.add(word, fit);
        }
    }
}
