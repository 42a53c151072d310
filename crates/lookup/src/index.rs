//! The index of one language: which entries hold which word, and each entry's phrases. Made of [`Parts`] in a few milliseconds; not a query
//! (see `search`).

use std::ops::Range;

use duty::HsCode;
use rustc_hash::FxHashMap;

use crate::lists::Lists;
use crate::nearness::letters;
use crate::parts::Parts;
use crate::texts::Texts;
use crate::words::{folded, root, stem};

/// Labels and search words of one language, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The codes of the entries, rising; an entry is named by its position.
    pub(crate) codes: Vec<HsCode>,
    /// For each entry where the entries below it end.
    below_ends: Vec<u32>,
    /// The words in small letters without marks, rising. A word is named by its position; those that differ by marks alone are neighbours.
    pub(crate) words: Texts,
    /// The words in small letters with their marks.
    pub(crate) forms: Texts,
    /// For each word its stem, and for each stem its words: singular and plural.
    stems: Groups,
    /// The same by root: words made from the same word.
    roots: Groups,
    /// For each word where it stands, each entry once.
    postings: Lists<Posting>,
    /// For each entry its phrases, the label first.
    phrases: Lists<Phrase>,
    /// The words of all phrases.
    stream: Vec<u32>,
    /// For each word how rare it is.
    rarities: Vec<u8>,
    /// For each word which letters it has.
    pub(crate) letters: Vec<u32>,
}

/// Words that count as one.
#[derive(Clone, Debug, Default)]
struct Groups {
    of: Vec<u32>,
    words: Lists<u32>,
}

impl Groups {
    fn new(words: &Texts, shared: impl Fn(&str) -> String) -> Self {
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        let number_of = |word| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(shared(words.get(word))).or_insert(next)
        };
        let of: Vec<u32> = (0..words.len()).map(number_of).collect();
        Self {
            words: Lists::new(numbers.len(), || of.iter().copied().zip(0..)),
            of,
        }
    }

    fn around(&self, word: usize) -> &[u32] {
        self.of.get(word).map_or(&[], |group| self.words.get(*group as usize))
    }
}

/// Where in an entry a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Field {
    /// In its label.
    #[default]
    Label,
    /// In its search words.
    Keywords,
    /// In its label, among the goods it is not about: "other than phones".
    Excluded,
}

/// A word in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Posting {
    pub(crate) entry: u32,
    pub(crate) field: Field,
}

/// Words between commas: one search word, or part of a label.
#[derive(Clone, Copy, Debug, Default)]
struct Phrase {
    field: Field,
    start: u32,
    end: u32,
}

impl Index {
    /// Puts an index together. Parts that do not fit each other make an index that finds less, never a panic.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let mut index = Self {
            below_ends: below_ends(&parts.codes),
            codes: parts.codes,
            stream: parts.stream,
            ..Self::default()
        };
        for form in parts.words.split_terminator('\n') {
            let word = folded(form);
            index.letters.push(letters(&word));
            index.words.push(&word);
            index.forms.push(form);
        }
        index.stems = Groups::new(&index.words, stem);
        index.roots = Groups::new(&index.words, |word| root(&stem(word)).to_owned());
        let mut phrases = Vec::with_capacity(parts.phrases.len());
        let mut described = parts.phrases.into_iter();
        let mut start = 0;
        for (entry, count) in (0..).zip(parts.phrase_counts) {
            for (field, length) in described.by_ref().take(count as usize) {
                let end = start + u32::from(length);
                phrases.push((entry, Phrase { field, start, end }));
                start = end;
            }
        }
        index.phrases = Lists::new(index.codes.len(), || phrases.iter().copied());
        let occurrences = index.occurrences(&phrases);
        index.postings = Lists::new(index.words.len(), || occurrences.iter().copied());
        let rarity_of = |word: usize| u8::try_from(rarity(index.postings.get(word).len(), index.codes.len())).unwrap_or(u8::MAX);
        index.rarities = (0..index.words.len()).map(rarity_of).collect();
        index
    }

    /// Each word of each entry once, in the best field.
    fn occurrences(&self, phrases: &[(u32, Phrase)]) -> Vec<(u32, Posting)> {
        let mut occurrences: Vec<(u32, Posting)> = Vec::with_capacity(self.stream.len());
        let mut last = vec![u32::MAX; self.words.len()];
        for (entry, phrase) in phrases {
            let posting = Posting {
                entry: *entry,
                field: phrase.field,
            };
            for word in self.stream_of(phrase) {
                let Some(last) = last.get_mut(*word as usize) else { continue };
                match occurrences.get_mut(*last as usize).filter(|(_, noted)| noted.entry == *entry) {
                    Some((_, noted)) => noted.field = noted.field.min(posting.field),
                    None => {
                        *last = u32::try_from(occurrences.len()).unwrap_or(u32::MAX);
                        occurrences.push((*word, posting));
                    }
                }
            }
        }
        occurrences
    }

    fn stream_of(&self, phrase: &Phrase) -> &[u32] {
        self.stream.get(phrase.start as usize..phrase.end as usize).unwrap_or_default()
    }

    /// Where a word stands.
    pub(crate) fn postings(&self, word: u32) -> &[Posting] {
        self.postings.get(word as usize)
    }

    /// How rare a word is, as [`rarity`] counts it.
    pub(crate) fn rarity(&self, word: u32) -> u32 {
        self.rarities.get(word as usize).copied().map_or(0, u32::from)
    }

    /// The phrases of the label of an entry, and those of its search words.
    fn phrases(&self, entry: usize) -> (&[Phrase], &[Phrase]) {
        let phrases = self.phrases.get(entry);
        let labels = phrases.partition_point(|phrase| phrase.field != Field::Keywords);
        phrases.split_at_checked(labels).unwrap_or_default()
    }

    /// The phrases of the label of an entry, each as its words.
    pub(crate) fn label(&self, entry: usize) -> impl Iterator<Item = (Field, &[u32])> {
        let (label, _) = self.phrases(entry);
        label.iter().map(|phrase| (phrase.field, self.stream_of(phrase)))
    }

    /// Calls `take` for each search word of an entry that holds a word which `is_it`. The words of all lie one behind the other and are
    /// looked at without regard to what they belong to: that is most of the work of a search.
    pub(crate) fn keywords_with(&self, entry: usize, is_it: impl Fn(u32) -> bool, mut take: impl FnMut(&[u32])) {
        let (_, mut keywords) = self.phrases(entry);
        while let (Some(first), Some(last)) = (keywords.first(), keywords.last()) {
            let words = self.stream.get(first.start as usize..last.end as usize).unwrap_or_default();
            let Some(place) = words.iter().position(|word| is_it(*word)) else {
                return;
            };
            let mut rest = keywords.iter();
            let Some(phrase) = rest.find(|phrase| phrase.end as usize > first.start as usize + place) else {
                return;
            };
            take(self.stream_of(phrase));
            keywords = rest.as_slice();
        }
    }

    /// The entries below an entry: the subheadings of a heading, all of a chapter.
    pub(crate) fn below(&self, entry: usize) -> Range<usize> {
        entry + 1..self.below_ends.get(entry).map_or(entry + 1, |end| *end as usize)
    }

    /// The words that have the stem of a word without marks, which itself need not be known.
    pub(crate) fn of_same_stem(&self, word: &str) -> &[u32] {
        let own = stem(word);
        let known = self.words.positions(word).start;
        let relative = if self.words.get(known) == word {
            Some(known)
        } else {
            self.relative(&own, |other| stem(other) == own)
        };
        relative.map_or(&[], |relative| self.stems.around(relative))
    }

    /// The words that are made from the same word as a word without marks, which itself need not be known.
    pub(crate) fn of_same_root(&self, word: &str) -> &[u32] {
        let own = stem(word);
        let own = root(&own);
        let known = self.words.positions(word).start;
        let relative = if self.words.get(known) == word {
            Some(known)
        } else {
            self.relative(own, |other| root(&stem(other)) == own)
        };
        relative.map_or(&[], |relative| self.roots.around(relative))
    }

    /// A known word that begins as `like` does, a stem or a root, and `is_it`. The forms of a word differ from its stem in the last two
    /// letters at most; those that differ in more have their stem among the words.
    fn relative(&self, like: &str, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        const SHARED: usize = 2;
        const CHANGED: usize = 2;
        self.words
            .starting_with(like.get(..like.len().saturating_sub(CHANGED).max(SHARED))?)
            .find(|word| is_it(self.words.get(*word)))
    }
}

/// Thrice the binary logarithm of how few of all entries hold a word, and some more so that a word in every entry still counts.
pub(crate) fn rarity(entries: usize, all: usize) -> u32 {
    let ratio = (all as u64 * 8) / (entries as u64).max(1);
    ratio.min(1 << 20).pow(3).max(1).ilog2()
}

fn below_ends(codes: &[HsCode]) -> Vec<u32> {
    let ends = codes.iter().enumerate().map(|(position, code)| {
        let below = codes.get(position + 1..).unwrap_or_default();
        // A heading has a dozen, a chapter a few hundred.
        let end = position + 1 + below.iter().take_while(|other| code.covers(**other)).count();
        u32::try_from(end).unwrap_or(u32::MAX)
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Entry;

    fn index() -> Index {
        Index::new(Parts::of([
            Entry {
                code: "0810".parse().unwrap(),
                label: "Fruit, other, fresh",
                keywords: "",
            },
            Entry {
                code: "081060".parse().unwrap(),
                label: "Durians, fresh",
                keywords: "monthong durian, king of fruits",
            },
        ]))
    }

    fn phrases_of(index: &Index, entry: usize) -> Vec<(Field, Vec<&str>)> {
        let texts = |words: &[u32]| words.iter().map(|word| index.words.get(*word as usize)).collect();
        let mut phrases: Vec<(Field, Vec<&str>)> = index.label(entry).map(|(field, words)| (field, texts(words))).collect();
        index.keywords_with(entry, |_| true, |words| phrases.push((Field::Keywords, texts(words))));
        phrases
    }

    #[test]
    fn an_entry_keeps_its_phrases() {
        let index = index();
        assert_eq!(
            phrases_of(&index, 0),
            [(Field::Label, vec!["fruit"]), (Field::Label, vec!["fresh"])]
        );
        assert_eq!(
            phrases_of(&index, 1),
            [
                (Field::Label, vec!["durians"]),
                (Field::Label, vec!["fresh"]),
                (Field::Keywords, vec!["monthong", "durian"]),
                (Field::Keywords, vec!["king", "fruits"]),
            ]
        );
    }

    #[test]
    fn postings_say_entry_and_field() {
        let index = index();
        let postings = |word| -> Vec<(u32, Field)> {
            let words = index.of_same_stem(word).iter();
            words
                .flat_map(|word| index.postings(*word))
                .map(|posting| (posting.entry, posting.field))
                .collect()
        };
        assert_eq!(postings("durian"), [(1, Field::Keywords), (1, Field::Label)], "durian, durians");
        assert_eq!(postings("fruit"), [(0, Field::Label), (1, Field::Keywords)]);
        assert_eq!((index.below(0), index.below(1)), (1..2, 2..2));
    }

    #[test]
    fn a_word_that_is_not_known_has_relatives_that_are() {
        let index = index();
        let words = |words: &[u32]| -> Vec<String> { words.iter().map(|word| index.words.get(*word as usize).to_owned()).collect() };
        assert_eq!(words(index.of_same_stem("kings")), ["king"]);
        assert_eq!(words(index.of_same_root("freshing")), ["fresh"]);
        assert!(index.of_same_stem("zeppelin").is_empty());
    }
}
