//! What an index is made of, as it is packed: everything that takes time to find out, nothing that can be counted quickly.

use duty::HsCode;
use rustc_hash::FxHashMap;

use crate::index::Field;
use crate::words::{Piece, SAME, folded, is_filler, pieces, stem};

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

/// The parts of an [`Index`](crate::Index).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The codes of the entries, rising.
    pub codes: Vec<HsCode>,
    /// The words, each with a line feed behind it, in the order of their letters without marks. A word is named by its position.
    pub words: String,
    /// For each entry how many phrases it has.
    pub phrase_counts: Vec<u32>,
    /// For each phrase where it stands, and how many words it has.
    pub(crate) phrases: Vec<(Field, u8)>,
    /// The words of all phrases.
    pub stream: Vec<u32>,
}

/// How many kinds of fields there are.
const FIELDS: u32 = 3;

impl Parts {
    /// The parts for some entries. Of two with the same code the first counts.
    #[must_use]
    pub fn of<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> Self {
        let mut entries: Vec<Entry<'a>> = entries.into_iter().collect();
        entries.sort_by_key(|entry| entry.code);
        entries.dedup_by_key(|entry| entry.code);
        let mut reading = Reading::default();
        for entry in &entries {
            reading.parts.codes.push(entry.code);
            let before = reading.parts.phrases.len();
            reading.read(Field::Label, entry.label);
            reading.read(Field::Keywords, entry.keywords);
            reading.parts.phrase_counts.push(number(reading.parts.phrases.len() - before));
        }
        reading.parts()
    }

    /// These parts and others of the same language: first the phrases of the one, then of the other.
    #[must_use]
    pub fn with(self, further: &Self) -> Self {
        let mut joined = Self {
            codes: merged(&self.codes, &further.codes, |code| *code),
            ..Self::default()
        };
        let [own, others] = [&self, further].map(|parts| {
            parts
                .words
                .split_terminator('\n')
                .map(|form| (folded(form), form))
                .collect::<Vec<_>>()
        });
        let words = merged(&own, &others, Clone::clone);
        let [own, others] = [own, others].map(|own| {
            own.iter()
                .map(|word| number(words.partition_point(|other| other < word)))
                .collect::<Vec<_>>()
        });
        joined.words = words.iter().flat_map(|(_, form)| [form, "\n"]).collect();
        let (mut one, mut other) = (Taking::new(&self, &own), Taking::new(further, &others));
        for code in joined.codes.clone() {
            let before = joined.phrases.len();
            one.take(code, &mut joined);
            other.take(code, &mut joined);
            joined.phrase_counts.push(number(joined.phrases.len() - before));
        }
        joined
    }

    /// Field and length of each phrase in one number.
    #[must_use]
    pub fn packed_phrases(&self) -> Vec<u32> {
        let packed = self
            .phrases
            .iter()
            .map(|(field, length)| u32::from(*length) * FIELDS + *field as u32);
        packed.collect()
    }

    /// Takes field and length of each phrase from one number.
    #[must_use]
    pub fn with_packed_phrases(self, packed: impl IntoIterator<Item = u32>) -> Self {
        let phrase = |packed: u32| {
            let field = match packed % FIELDS {
                0 => Field::Label,
                1 => Field::Keywords,
                _ => Field::Excluded,
            };
            (field, u8::try_from(packed / FIELDS).unwrap_or(u8::MAX))
        };
        Self {
            phrases: packed.into_iter().map(phrase).collect(),
            ..self
        }
    }
}

/// Two rising lists as one, without doubles.
fn merged<T: Clone + Ord>(one: &[T], other: &[T], own: impl Fn(&T) -> T) -> Vec<T> {
    let mut all: Vec<T> = one.iter().chain(other).map(own).collect();
    // Two rising runs: this sort merges them.
    all.sort();
    all.dedup();
    all
}

/// Parts whose entries are taken one by one.
struct Taking<'a> {
    codes: std::iter::Peekable<std::iter::Zip<std::slice::Iter<'a, HsCode>, std::slice::Iter<'a, u32>>>,
    phrases: std::slice::Iter<'a, (Field, u8)>,
    stream: std::slice::Iter<'a, u32>,
    /// What each word is called where it is taken to.
    names: &'a [u32],
}

impl<'a> Taking<'a> {
    fn new(parts: &'a Parts, names: &'a [u32]) -> Self {
        Self {
            codes: parts.codes.iter().zip(&parts.phrase_counts).peekable(),
            phrases: parts.phrases.iter(),
            stream: parts.stream.iter(),
            names,
        }
    }

    /// Takes the phrases of a code, if it is the next.
    fn take(&mut self, code: HsCode, into: &mut Parts) {
        let Some((_, count)) = self.codes.next_if(|(own, _)| **own == code) else {
            return;
        };
        for phrase in self.phrases.by_ref().take(*count as usize) {
            let words = self.stream.by_ref().take(usize::from(phrase.1));
            into.stream.extend(words.filter_map(|word| self.names.get(*word as usize)));
            into.phrases.push(*phrase);
        }
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The texts of all entries as words, numbered in the order in which they come.
#[derive(Default)]
struct Reading {
    known: FxHashMap<String, u32>,
    /// Everything but the words, whose names are still those of this reading.
    parts: Parts,
    /// How many words the phrase has so far.
    length: u8,
}

impl Reading {
    fn read(&mut self, mut field: Field, text: &str) {
        pieces(text, |piece, _| match piece {
            // "… other than phones, base stations and routers": from here on to the end.
            Piece::Word("than") if field == Field::Label => {
                self.end_phrase(field);
                field = Field::Excluded;
            }
            Piece::Word(word) if is_filler(word) => {}
            Piece::Word(word) | Piece::Character(word) => {
                if self.length == u8::MAX {
                    self.end_phrase(field);
                }
                let word = self.name(word);
                self.parts.stream.push(word);
                self.length += 1;
            }
            Piece::Break => self.end_phrase(field),
        });
        self.end_phrase(field);
    }

    fn end_phrase(&mut self, field: Field) {
        let length = std::mem::take(&mut self.length);
        if length > 0 {
            self.parts.phrases.push((field, length));
        }
    }

    fn name(&mut self, word: &str) -> u32 {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let new = number(self.known.len());
        self.known.insert(word.to_owned(), new);
        new
    }

    /// Other spellings of known words are known, too: they need not begin alike, and would not be found as relatives.
    fn add_spellings(&mut self) {
        let known: Vec<&str> = SAME.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let stems: Vec<String> = self.known.keys().map(|word| stem(&folded(word))).collect();
        for word in known {
            if stems.contains(&stem(word)) {
                self.name(word);
            }
        }
    }

    fn parts(mut self) -> Parts {
        self.add_spellings();
        let mut sorted: Vec<(String, String, u32)> = self.known.into_iter().map(|(form, name)| (folded(&form), form, name)).collect();
        sorted.sort_unstable();
        let mut parts = self.parts;
        let mut names = vec![0; sorted.len()];
        for (place, (_, form, name)) in (0..).zip(&sorted) {
            parts.words.push_str(form);
            parts.words.push('\n');
            if let Some(own) = names.get_mut(*name as usize) {
                *own = place;
            }
        }
        for word in &mut parts.stream {
            *word = names.get(*word as usize).copied().unwrap_or_default();
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_one_number_each_and_back() {
        let parts = Parts::of([Entry {
            code: "081060".parse().unwrap(),
            label: "Durians, fresh, other than frozen",
            keywords: "monthong, king of fruits",
        }]);
        let packed = parts.packed_phrases();
        assert_eq!(packed.len(), 5);
        let bare = Parts {
            phrases: Vec::new(),
            ..parts.clone()
        };
        assert_eq!(bare.with_packed_phrases(packed), parts);
    }

    #[test]
    fn parts_join_as_if_they_had_been_one() {
        let entry = |code: &str, label, keywords| Entry {
            code: code.parse().unwrap(),
            label,
            keywords,
        };
        let base = Parts::of([
            entry("0810", "Fruit, fresh", "soft fruits"),
            entry("081060", "Durians", "king of fruits"),
        ]);
        let further = Parts::of([entry("081010", "", "berries"), entry("081060", "", "monthong, fresh durians")]);
        let whole = Parts::of([
            entry("0810", "Fruit, fresh", "soft fruits"),
            entry("081010", "", "berries"),
            entry("081060", "Durians", "king of fruits, monthong, fresh durians"),
        ]);
        assert_eq!(base.with(&further), whole);
    }

    #[test]
    fn words_rise_and_other_spellings_are_among_them() {
        let parts = Parts::of([Entry {
            code: "401110".parse().unwrap(),
            label: "Tyres, new",
            keywords: "",
        }]);
        assert_eq!(parts.words, "new\ntire\ntyre\ntyres\n");
        assert_eq!(parts.stream, [3, 0]);
    }
}
