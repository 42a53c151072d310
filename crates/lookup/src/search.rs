//! From a query to ranked codes: every word weighs by its rarity and by where it stands, phrases that are the query whole weigh most.

use duty::HsCode;

use crate::code::{CodePrefix, code_prefix};
use crate::index::{Field, Index};
use crate::question::{Question, Term, WHOLE};

/// A code that answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub code: HsCode,
    /// How well it answers: comparable within one answer only.
    pub score: u32,
}

/// What a word is worth by where it stands, before its rarity.
const IN_LABEL: u32 = 10;
const IN_KEYWORDS: u32 = 9;
/// Among the goods the label is not about.
const IN_EXCLUDED: u32 = 2;
/// What is left of that when it stands in the heading or in the chapter instead, in tenths.
const ABOVE: [u32; 2] = [4, 1];
/// What a phrase that is the query whole adds, in the worth of all words of the query.
const AS_PHRASE: u64 = 14;
/// What a label that is the query whole adds, likewise.
const AS_LABEL: u64 = 6;
/// Phrases are compared for the best so many by words: the answer is among them, and a keystroke must stay short.
const MOST_COMPARED: usize = 400;
/// One word more counts for more than any weight.
const EACH_WORD: u32 = 1 << 20;

impl Index {
    /// The codes that answer `query` best, best first, equals in the order of the tariff; at most `limit`.
    ///
    /// The query is words, or the beginning of a code. Subheadings lead; a heading or chapter follows the best of its own
    /// subheadings if the query is its whole label or one of its search words. Nothing is found only if no word is known.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let mut hits = match code_prefix(query) {
            Some(prefix) => self.by_code(prefix),
            None => self.by_words(query),
        };
        hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.code));
        hits.truncate(limit);
        hits
    }

    fn by_code(&self, prefix: CodePrefix) -> Vec<Hit> {
        let is_hit = |code: &HsCode| {
            if code.digits() >= 6 {
                prefix.meets(*code)
            } else {
                prefix.begins(*code)
            }
        };
        let hits = self.codes.iter().copied().filter(is_hit);
        hits.map(|code| Hit {
            code,
            score: u32::from(code.digits()),
        })
        .collect()
    }

    fn by_words(&self, query: &str) -> Vec<Hit> {
        let question = Question::read(self, query);
        let terms: Vec<Weighed<'_>> = question.terms.iter().map(|term| Weighed::new(self, term)).collect();
        let mut candidates: Vec<(u32, usize)> = (0..self.codes.len())
            .map(|entry| (self.worth(entry, &terms), entry))
            .filter(|(worth, _)| *worth > 0)
            .collect();
        candidates.sort_unstable_by_key(|(worth, entry)| (std::cmp::Reverse(*worth), *entry));
        candidates.truncate(MOST_COMPARED);
        let mut hits = Vec::with_capacity(candidates.len());
        let mut above = Vec::new();
        for (worth, entry) in candidates {
            let Some(code) = self.codes.get(entry).copied() else { continue };
            let likeness = self.likeness(entry, &terms);
            if code.digits() >= 6 {
                hits.push(Hit {
                    code,
                    score: worth.saturating_add(likeness.score),
                });
            } else if likeness.is_whole {
                above.push(code);
            }
        }
        let follow = |code: HsCode| {
            let best = hits.iter().filter(|hit| code.covers(hit.code)).map(|hit| hit.score).max()?;
            let behind = if code.digits() < 4 { 2 } else { 1 };
            Some(Hit {
                code,
                score: best.saturating_sub(behind),
            })
        };
        let following: Vec<Hit> = above.into_iter().filter_map(follow).collect();
        hits.extend(following);
        hits
    }

    /// What the words of a query are worth in an entry, and how many there are.
    fn worth(&self, entry: usize, terms: &[Weighed<'_>]) -> u32 {
        let above = self.above.get(entry).copied().unwrap_or_default();
        let (mut found, mut worth) = (0, 0);
        for term in terms {
            let mut best = term.at(entry);
            for (position, share) in above.into_iter().zip(ABOVE) {
                best = best.max(position.map_or(0, |position| term.at(position as usize) * share / 10));
            }
            found += u32::from(best > 0);
            worth += best * term.rarity / WHOLE;
        }
        found * EACH_WORD + worth
    }

    /// How much a phrase, or the whole label, of an entry is like the query.
    fn likeness(&self, entry: usize, terms: &[Weighed<'_>]) -> Likeness {
        let words: Vec<&Weighed<'_>> = terms.iter().filter(|term| !term.term.is_pair).collect();
        let asked: u64 = words.iter().map(|word| u64::from(word.rarity)).sum();
        let mut best = 0;
        let mut is_whole = false;
        let mut label = Overlap::default();
        for (field, stems) in self.phrases(entry).filter(|(field, _)| *field != Field::Excluded) {
            let overlap = self.overlap(stems, &words);
            best = best.max(overlap.likeness(asked));
            if field == Field::Label {
                label = label.and(overlap);
            } else {
                is_whole |= overlap.is_whole(words.len());
            }
        }
        is_whole |= label.is_whole(words.len());
        let score = (best * AS_PHRASE + label.likeness(asked) * AS_LABEL) * asked / 1024;
        Likeness {
            score: u32::try_from(score).unwrap_or(EACH_WORD),
            is_whole,
        }
    }

    fn overlap(&self, stems: &[u32], words: &[&Weighed<'_>]) -> Overlap {
        let mut overlap = Overlap {
            words: stems.len(),
            ..Overlap::default()
        };
        for stem in stems {
            overlap.there += u64::from(rarity(self.postings(*stem).len(), self.codes.len()));
            let fits = words.iter().filter_map(|word| Some((word.term.meaning(*stem)?, word.rarity)));
            if let Some((fit, rarity)) = fits.max() {
                overlap.shared += u64::from(fit * rarity / WHOLE);
                overlap.met += usize::from(fit == WHOLE);
            }
        }
        overlap
    }
}

struct Likeness {
    score: u32,
    is_whole: bool,
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
}

impl Overlap {
    fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            met: self.met + other.met,
            there: self.there + other.there,
            shared: self.shared + other.shared,
        }
    }

    /// From 0 to 1024: the share of the phrase times the share of the query, which weighs `asked`.
    fn likeness(self, asked: u64) -> u64 {
        let shared = self.shared.min(asked).min(self.there);
        1024 * shared * shared / (self.there * asked).max(1)
    }

    fn is_whole(self, asked: usize) -> bool {
        self.words > 0 && self.met == self.words && self.words == asked
    }
}

/// A word of the query with what it is worth in every entry.
struct Weighed<'a> {
    term: &'a Term,
    rarity: u32,
    by_entry: Vec<u32>,
}

impl<'a> Weighed<'a> {
    fn new(index: &Index, term: &'a Term) -> Self {
        let mut by_entry = vec![0; index.codes.len()];
        for (stem, fit) in &term.meanings {
            for posting in index.postings(*stem) {
                let worth = match posting.field {
                    Field::Label => IN_LABEL,
                    Field::Keywords => IN_KEYWORDS,
                    Field::Excluded => IN_EXCLUDED,
                } * fit;
                if let Some(own) = by_entry.get_mut(posting.entry as usize) {
                    *own = worth.max(*own);
                }
            }
        }
        let entries = by_entry.iter().filter(|worth| **worth > 0).count();
        Self {
            term,
            rarity: rarity(entries, by_entry.len()),
            by_entry,
        }
    }

    fn at(&self, entry: usize) -> u32 {
        self.by_entry.get(entry).copied().unwrap_or_default()
    }
}

/// Thrice the binary logarithm of how few of all entries hold a word, and some more so that a word in every entry still counts.
fn rarity(entries: usize, all: usize) -> u32 {
    let ratio = (all as u64 * 8) / (entries as u64).max(1);
    ratio.min(1 << 20).pow(3).max(1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Entry;
    use proptest::prelude::*;

    fn index(entries: &[(&str, &'static str, &'static str)]) -> Index {
        Index::new(entries.iter().map(|(code, label, keywords)| Entry {
            code: code.parse().unwrap(),
            label,
            keywords,
        }))
    }

    fn english() -> Index {
        index(&[
            ("08", "Fruit and nuts", "edible fruit"),
            ("0810", "Fruit, other, fresh", "soft fruit"),
            ("081010", "Strawberries, fresh", "garden berry"),
            ("081060", "Durians, fresh", "monthong, king of fruits"),
            ("081190", "Fruit, frozen", "frozen durian, frozen mango"),
            ("10", "Cereals", "grain"),
            ("1006", "Rice", "paddy"),
            ("100610", "Rice in the husk", "paddy rice, rough rice"),
            ("100620", "Husked rice", "brown rice, cargo rice"),
            (
                "100630",
                "Semi-milled or wholly milled rice, polished or not",
                "white rice, jasmine rice",
            ),
            ("100640", "Broken rice", "rice brokens"),
            ("850760", "Lithium-ion batteries", "power bank, phone battery"),
            ("851762", "Machines to receive and send data", "wifi router, smartwatch"),
            ("481910", "Boxes of corrugated paper", "carton"),
            ("481920", "Packing of paper, other than boxes", "sleeve"),
        ])
    }

    fn chinese() -> Index {
        index(&[
            ("081060", "鲜榴莲", "猫山王、金枕头"),
            ("081090", "鲜石榴、莲雾及其他鲜果", "火龙果"),
            ("081190", "冷冻水果", "冷冻榴莲"),
            ("851713", "智能手机", "手机、移动电话"),
            ("420321", "运动手套", "机械手用手套"),
        ])
    }

    fn codes(index: &Index, query: &str) -> Vec<String> {
        index.search(query, 10).into_iter().map(|hit| hit.code.to_string()).collect()
    }

    fn first(index: &Index, query: &str) -> String {
        codes(index, query).first().cloned().unwrap_or_default()
    }

    #[test]
    fn a_product_is_found_by_its_name_and_by_search_words() {
        assert_eq!(codes(&english(), "durian"), ["081060", "081190"]);
        assert_eq!(first(&english(), "Monthong"), "081060");
        assert_eq!(first(&english(), "polished rice"), "100630");
        assert_eq!(first(&english(), "rice, brown"), "100620");
    }

    #[test]
    fn singular_plural_and_blanks_make_no_difference() {
        let english = english();
        assert_eq!(codes(&english, "durians"), codes(&english, "durian"));
        assert_eq!(first(&english, "battery"), "850760");
        assert_eq!(first(&english, "box"), "481910");
        assert_eq!(first(&english, "smart watch"), "851762");
    }

    #[test]
    fn goods_an_entry_is_not_about_count_little() {
        assert_eq!(codes(&english(), "boxes"), ["481910", "481920"]);
        assert_eq!(codes(&english(), "paper boxes"), ["481910", "481920"]);
    }

    #[test]
    fn a_word_answers_from_its_first_letters_without_a_gap() {
        let english = english();
        for word in ["durian", "batteries", "boxes", "strawberries"] {
            let target = first(&english, word);
            for length in 3..=word.len() {
                assert_eq!(first(&english, &word[..length]), target, "{}", &word[..length]);
            }
        }
    }

    #[test]
    fn only_the_last_word_is_taken_as_a_beginning() {
        assert_eq!(first(&english(), "jasmine ri"), "100630");
        assert!(codes(&english(), "ri ").is_empty(), "a blank ends the word");
    }

    #[test]
    fn all_words_beat_some_words_but_some_are_better_than_nothing() {
        assert_eq!(codes(&english(), "frozen durian"), ["081190", "081060"]);
        assert_eq!(codes(&english(), "durian zeppelin"), codes(&english(), "durian"));
        assert!(codes(&english(), "zeppelin").is_empty());
    }

    #[test]
    fn words_of_the_heading_count_for_its_subheadings() {
        assert_eq!(codes(&english(), "fresh paddy durian").first().unwrap(), "081060");
        assert_eq!(first(&english(), "fruit strawberry"), "081010");
    }

    #[test]
    fn a_heading_follows_its_subheadings_when_the_query_is_the_heading() {
        let found = codes(&english(), "rice");
        assert_eq!(found.iter().filter(|code| code.len() == 6).count(), 4);
        assert_eq!(found.iter().position(|code| code == "1006"), Some(1));
        assert_eq!(
            codes(&english(), "grain")[1..],
            ["100620", "100630", "100640", "10"],
            "a chapter too"
        );
        assert!(!codes(&english(), "husked rice").contains(&"1006".to_owned()));
    }

    #[test]
    fn chinese_is_found_without_blanks() {
        let chinese = chinese();
        assert_eq!(first(&chinese, "榴莲"), "081060", "not the entry with the two characters apart");
        assert_eq!(first(&chinese, "金枕头榴莲"), "081060");
        assert_eq!(first(&chinese, "手机"), "851713");
        assert_eq!(codes(&chinese, "手").len(), 2);
        assert_eq!(first(&chinese, "冷冻榴莲"), "081190");
    }

    #[test]
    fn digits_are_the_beginning_of_a_code() {
        assert_eq!(codes(&english(), "0810"), ["081010", "081060", "0810"]);
        assert_eq!(codes(&english(), "0810.60 00"), ["081060"]);
        assert_eq!(codes(&english(), "1006")[..2], ["100610", "100620"]);
        assert_eq!(codes(&english(), "081060").len(), 1);
        assert!(codes(&english(), "99").is_empty());
    }

    #[test]
    fn the_limit_holds_and_an_empty_index_answers_nothing() {
        assert_eq!(english().search("rice", 2).len(), 2);
        assert!(english().search("rice", 0).is_empty());
        assert!(english().search("  ", 10).is_empty());
        assert!(Index::default().search("rice", 10).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_panics(query in "\\PC{0,80}|[a-z0-9 ,.'榴莲手机]{0,60}", label in "\\PC{0,30}", keywords in "\\PC{0,30}") {
            let index = Index::new([
                Entry { code: "0810".parse().unwrap(), label: &label, keywords: &keywords },
                Entry { code: "081060".parse().unwrap(), label: "Durians, fresh", keywords: &keywords },
            ]);
            let hits = index.search(&query, 10);
            prop_assert!(hits.is_sorted_by_key(|hit| (std::cmp::Reverse(hit.score), hit.code)));
            prop_assert_eq!(index.search(&query, 10), hits);
        }

        #[test]
        fn every_label_finds_its_entry(label in "[a-z]{4,9}( [a-z]{4,9}){0,3}") {
            let index = index(&[("0810", "Fruit", ""), ("081060", "Durians, fresh", "")]);
            let mine = Entry { code: "100630".parse().unwrap(), label: &label, keywords: "" };
            let index = Index::new(index.codes.iter().map(|code| Entry { code: *code, label: "Durians", keywords: "" }).chain([mine]));
            prop_assert_eq!(index.search(&label, 1).first().map(|hit| hit.code), Some(mine.code));
        }
    }
}
