//! The index of one language: which entries hold which word, and each entry's phrases. Built once; not a query (see `search`).

use duty::HsCode;

use crate::vocabulary::Vocabulary;
use crate::words::{Piece, is_filler, pieces, stem};

/// What is known about a code in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Chapter, heading or subheading.
    pub code: HsCode,
    /// Its meaning in a few words.
    pub label: &'a str,
    /// Other words people look for it by, separated by commas.
    pub keywords: &'a str,
}

/// Labels and search words of one language, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The codes of the entries, rising; an entry is named by its position.
    pub(crate) codes: Vec<HsCode>,
    /// For each entry its heading and its chapter, if they are entries too.
    pub(crate) above: Vec<[Option<u32>; 2]>,
    /// The words as written, small.
    pub(crate) words: Vocabulary,
    /// For each word its stem.
    pub(crate) stem_of: Vec<u32>,
    /// What singular and plural share; the index is by stems.
    pub(crate) stems: Vocabulary,
    /// For each stem where its postings end.
    posting_ends: Vec<u32>,
    postings: Vec<Posting>,
    /// For each entry where its phrases end.
    phrase_ends: Vec<u32>,
    phrases: Vec<Phrase>,
    /// The stems of all phrases.
    stream: Vec<u32>,
}

/// Where in an entry a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// In its label.
    Label,
    /// In its search words.
    Keywords,
    /// In its label, among the goods it is not about: "other than phones".
    Excluded,
}

/// A stem in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    pub(crate) entry: u32,
    pub(crate) field: Field,
}

/// Words between commas: one search word, or part of a label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(crate) field: Field,
    end: u32,
}

impl Index {
    /// Builds the index. Of two entries with the same code the first counts.
    #[must_use]
    pub fn new<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> Self {
        let mut entries: Vec<Entry<'a>> = entries.into_iter().collect();
        entries.sort_by_key(|entry| entry.code);
        entries.dedup_by_key(|entry| entry.code);
        let mut reading = Reading::default();
        for entry in &entries {
            reading.read(Field::Label, entry.label);
            reading.read(Field::Keywords, entry.keywords);
            reading.phrase_ends.push(position(reading.phrases.len()));
        }
        let codes: Vec<HsCode> = entries.iter().map(|entry| entry.code).collect();
        let above = codes
            .iter()
            .map(|code| [4, 2].map(|digits| entry_above(&codes, *code, digits)))
            .collect();
        reading.index(codes, above)
    }

    /// The entries that hold a stem, each once.
    pub(crate) fn postings(&self, stem: u32) -> &[Posting] {
        slice(&self.postings, &self.posting_ends, stem as usize)
    }

    /// The phrases of an entry with their stems, the label first.
    pub(crate) fn phrases(&self, entry: usize) -> impl Iterator<Item = (Field, &[u32])> {
        let first = entry
            .checked_sub(1)
            .and_then(|previous| self.phrase_ends.get(previous))
            .map_or(0, |end| *end as usize);
        let phrases = slice(&self.phrases, &self.phrase_ends, entry);
        phrases.iter().enumerate().map(move |(position, phrase)| {
            let start = (first + position)
                .checked_sub(1)
                .and_then(|previous| self.phrases.get(previous))
                .map_or(0, |previous| previous.end);
            (
                phrase.field,
                self.stream.get(start as usize..phrase.end as usize).unwrap_or_default(),
            )
        })
    }
}

fn entry_above(codes: &[HsCode], code: HsCode, digits: u8) -> Option<u32> {
    let above = code.truncated(digits);
    (above != code).then(|| codes.binary_search(&above).ok()).flatten().map(position)
}

fn position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The part of `items` that belongs to `owner`, where `ends` says where the part of each owner ends.
fn slice<'a, T>(items: &'a [T], ends: &[u32], owner: usize) -> &'a [T] {
    let start = owner
        .checked_sub(1)
        .and_then(|previous| ends.get(previous))
        .copied()
        .unwrap_or_default();
    let end = ends.get(owner).copied().unwrap_or_default();
    items.get(start as usize..end as usize).unwrap_or_default()
}

/// The texts of all entries as pieces, before they are put in order.
#[derive(Default)]
struct Reading {
    text: String,
    occurrences: Vec<Occurrence>,
    phrases: Vec<Phrase>,
    phrase_ends: Vec<u32>,
    /// How many occurrences lie in phrases so far: pairs do not.
    in_phrases: u32,
}

/// A piece in the text of an entry.
struct Occurrence {
    /// Its first eight bytes as a number: most comparisons of a sort end there.
    key: u64,
    start: u32,
    end: u32,
    posting: Posting,
    /// Its place in the stream of phrases.
    place: Option<u32>,
}

impl Reading {
    fn read(&mut self, mut field: Field, text: &str) {
        let entry = position(self.phrase_ends.len());
        pieces(text, |piece| match piece {
            // "… other than phones, base stations and routers": from here on to the end.
            Piece::Word("than") if field == Field::Label => {
                self.end_phrase(field);
                field = Field::Excluded;
            }
            Piece::Word(word) if is_filler(word) => {}
            Piece::Word(word) | Piece::Character(word) => {
                self.push(word, Posting { entry, field }, Some(self.in_phrases));
                self.in_phrases += 1;
            }
            Piece::Pair(pair) => self.push(pair, Posting { entry, field }, None),
            Piece::Break => self.end_phrase(field),
        });
        self.end_phrase(field);
    }

    fn end_phrase(&mut self, field: Field) {
        if self.phrases.last().map_or(0, |phrase| phrase.end) < self.in_phrases {
            self.phrases.push(Phrase {
                field,
                end: self.in_phrases,
            });
        }
    }

    fn push(&mut self, word: &str, posting: Posting, place: Option<u32>) {
        let start = position(self.text.len());
        self.text.push_str(word);
        let key = word.bytes().chain([0; 8]).take(8).fold(0, |key, byte| key << 8 | u64::from(byte));
        self.occurrences.push(Occurrence {
            key,
            start,
            end: position(self.text.len()),
            posting,
            place,
        });
    }

    fn index(mut self, codes: Vec<HsCode>, above: Vec<[Option<u32>; 2]>) -> Index {
        let text = std::mem::take(&mut self.text);
        let word = |occurrence: &Occurrence| text.get(occurrence.start as usize..occurrence.end as usize).unwrap_or_default();
        self.occurrences
            .sort_unstable_by(|one, other| one.key.cmp(&other.key).then_with(|| word(one).cmp(word(other))));
        let mut words = Vocabulary::default();
        let word_of: Vec<u32> = self.occurrences.iter().map(|occurrence| words.push(word(occurrence))).collect();
        let (stems, stem_of) = stems(&words);
        let mut stream = vec![0; self.in_phrases as usize];
        let mut postings: Vec<(u32, Posting)> = Vec::with_capacity(self.occurrences.len());
        for (occurrence, word) in self.occurrences.iter().zip(&word_of) {
            let stem = stem_of.get(*word as usize).copied().unwrap_or_default();
            postings.push((stem, occurrence.posting));
            if let Some(place) = occurrence.place.and_then(|place| stream.get_mut(place as usize)) {
                *place = stem;
            }
        }
        postings.sort_unstable();
        // The best field of each entry: they sort in this order.
        postings.dedup_by_key(|(stem, posting)| (*stem, posting.entry));
        let posting_ends = (0..position(stems.len()))
            .map(|stem| position(postings.partition_point(|(other, _)| *other <= stem)))
            .collect();
        let postings = postings.into_iter().map(|(_, posting)| posting).collect();
        Index {
            codes,
            above,
            words,
            stem_of,
            stems,
            posting_ends,
            postings,
            phrase_ends: self.phrase_ends,
            phrases: self.phrases,
            stream,
        }
    }
}

/// The stems of all words, and for each word which is its own.
fn stems(words: &Vocabulary) -> (Vocabulary, Vec<u32>) {
    let mut sorted: Vec<(String, usize)> = (0..words.len()).map(|word| (stem(words.get(word)), word)).collect();
    sorted.sort_unstable();
    let mut stems = Vocabulary::default();
    let mut stem_of = vec![0; words.len()];
    for (stem, word) in sorted {
        if let Some(own) = stem_of.get_mut(word) {
            *own = stems.push(&stem);
        }
    }
    (stems, stem_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        Index::new([
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
        ])
    }

    fn stems_of(index: &Index, entry: usize) -> Vec<(Field, Vec<&str>)> {
        index
            .phrases(entry)
            .map(|(field, stems)| (field, stems.iter().map(|stem| index.stems.get(*stem as usize)).collect()))
            .collect()
    }

    #[test]
    fn an_entry_keeps_its_phrases() {
        let index = index();
        assert_eq!(stems_of(&index, 0), [(Field::Label, vec!["fruit"]), (Field::Label, vec!["fresh"])]);
        assert_eq!(
            stems_of(&index, 1),
            [
                (Field::Label, vec!["durian"]),
                (Field::Label, vec!["fresh"]),
                (Field::Keywords, vec!["monthong", "durian"]),
                (Field::Keywords, vec!["king", "fruit"]),
            ]
        );
    }

    #[test]
    fn postings_say_entry_and_field() {
        let index = index();
        let postings = |stem| index.postings(u32::try_from(index.stems.position(stem).unwrap()).unwrap()).to_vec();
        let label = Posting {
            entry: 1,
            field: Field::Label,
        };
        assert_eq!(postings("durian"), [label], "once, though it is a search word too");
        assert_eq!(
            postings("fruit"),
            [
                Posting {
                    entry: 0,
                    field: Field::Label
                },
                Posting {
                    entry: 1,
                    field: Field::Keywords
                }
            ]
        );
        assert_eq!(index.above, [[None, None], [Some(0), None]]);
    }
}
