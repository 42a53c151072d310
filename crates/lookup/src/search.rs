//! From a query to ranked codes: what its words are worth in an entry (`worths`), and how like it the entry's phrases are (`likeness`).
//!
//! The numbers in these three files were found by trying on a list of everyday terms; docs/performance.md has the figures. Most may be
//! changed by a third without much effect.

use std::cmp::Reverse;

use duty::HsCode;

use crate::code::{CodePrefix, code_prefix, prefix_and_words};
use crate::families::{Family, families, grouped};
use crate::index::Index;
use crate::likeness::Meant;
use crate::question::Question;
use crate::worths::Worths;

/// A code that answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub code: HsCode,
    /// How well it answers: comparable within one answer only, also between languages.
    pub score: u64,
}

/// What a query comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The codes that answer it best, best first, equals in the order of the tariff.
    pub hits: Vec<Hit>,
    /// Where its words occur, if that is everywhere and the hits are no better than others; else empty. Most first.
    pub families: Vec<Family>,
}

/// What a subheading gets of the score of the best in its heading, in parts of 64.
const OF_SIBLING: u64 = 14;
/// The siblings of so many of the best are hits themselves.
const LIFTED: usize = 3;

/// The codes that answer `query` best in any of some languages; at most `limit`.
///
/// The query is words, or the beginning of a code, or both: then the words are looked for below the code, if all of them are there ("12 volt
/// battery" is no oil seed of chapter 12). Subheadings lead; a heading or chapter follows the best of its own subheadings if the
/// query is its whole label or one of its search words. Nothing is found only if no word is known.
#[must_use]
pub fn search(indexes: &[&Index], query: &str, limit: usize) -> Found {
    let mut found = match (code_prefix(query), indexes) {
        (Some(prefix), [first, ..]) => {
            let hits = first.by_code(prefix);
            // The beginning of a chapter leads to its headings.
            let families = if prefix.digits() < 4 { headings(&hits) } else { Vec::new() };
            Found { hits, families }
        }
        _ => by_words(indexes, query),
    };
    found.hits.truncate(limit);
    found
}

fn by_words(indexes: &[&Index], query: &str) -> Found {
    let answer = |words, within| merged(indexes.iter().map(|index| index.by_words(words, within)));
    let within = prefix_and_words(query).map(|(prefix, words)| answer(words, Some(prefix)));
    within.filter(|found| !found.hits.is_empty()).unwrap_or_else(|| answer(query, None))
}

fn headings(hits: &[Hit]) -> Vec<Family> {
    let mut headings = grouped(hits.iter().map(|hit| hit.code).filter(|code| code.digits() == 6), 4);
    headings.sort_by_key(|heading| heading.code);
    headings
}

/// The best hit of each code; the families of the language with the best hit.
fn merged(rankings: impl Iterator<Item = Found>) -> Found {
    let best = |found: &Found| found.hits.first().map_or(0, |hit| hit.score);
    let mut all = Found::default();
    for found in rankings {
        if all.hits.is_empty() {
            all = found;
            continue;
        }
        if best(&found) > best(&all) {
            all.families = found.families;
        }
        all.hits.extend(found.hits);
        all.hits.sort_by_key(|hit| (hit.code, Reverse(hit.score)));
        all.hits.dedup_by_key(|hit| hit.code);
        sort(&mut all.hits);
    }
    all
}

fn sort(hits: &mut [Hit]) {
    hits.sort_unstable_by_key(|hit| (Reverse(hit.score), hit.code));
}

impl Index {
    /// [`search`] in one language.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        search(&[self], query, limit).hits
    }

    fn by_code(&self, prefix: CodePrefix) -> Vec<Hit> {
        let is_hit = |code: &HsCode| {
            if code.digits() >= 6 {
                prefix.meets(*code)
            } else {
                prefix.begins(*code)
            }
        };
        let hits = self.codes.iter().copied().filter(is_hit).map(|code| Hit {
            code,
            score: u64::from(code.digits()),
        });
        let mut hits: Vec<Hit> = hits.collect();
        sort(&mut hits);
        hits
    }

    /// The answer to words; within a code none unless all words are there.
    fn by_words(&self, query: &str, within: Option<CodePrefix>) -> Found {
        let question = Question::read(self, query);
        let mut worths = Worths::new(self);
        let mut meant = Meant::new(self);
        for term in &question.terms {
            if let Some(weight) = worths.add(term) {
                meant.add(term, weight);
            }
        }
        if within.is_some_and(|prefix| !worths.keep_within(prefix)) {
            return Found::default();
        }
        let mut hits = Vec::new();
        let mut above = Vec::new();
        let mut is_named = false;
        for (worth, entry) in worths.best() {
            let Some(code) = self.codes.get(entry).copied() else { continue };
            let likeness = self.likeness(entry, &meant);
            if code.digits() >= 6 {
                is_named |= likeness.is_whole;
                hits.push(Hit {
                    code,
                    score: (worth + likeness.score) * 64 / worths.asked.max(1),
                });
            } else if likeness.is_whole {
                above.push(code);
            }
        }
        self.lift_siblings(&mut hits, if is_named || within.is_some() { 0 } else { LIFTED });
        sort(&mut hits);
        let best: Vec<HsCode> = hits.iter().map(|hit| hit.code).collect();
        let has_heading = above.iter().any(|code| code.digits() == 4);
        let is_heading = within.is_some_and(|prefix| prefix.digits() >= 4);
        let families = if is_heading {
            Vec::new()
        } else {
            families(&best, &worths.full(), is_named, has_heading)
        };
        if !above.is_empty() {
            for code in above {
                if let Some(first) = hits.iter().find(|hit| code.covers(hit.code)) {
                    let behind = if code.digits() < 4 { 2 } else { 1 };
                    let score = first.score.saturating_sub(behind);
                    hits.push(Hit { code, score });
                }
            }
            sort(&mut hits);
        }
        Found { hits, families }
    }

    /// Who is sure of the heading need not be sure of the subheading: siblings of a good hit come before poor hits elsewhere.
    fn lift_siblings(&self, hits: &mut Vec<Hit>, lifted: usize) {
        sort(hits);
        let mut headings: Vec<(HsCode, u64)> = Vec::new();
        for hit in hits.iter_mut() {
            let heading = hit.code.truncated(4);
            let known = headings.iter().find(|(other, _)| *other == heading).map(|(_, score)| *score);
            let best = known.unwrap_or_else(|| {
                headings.push((heading, hit.score));
                hit.score
            });
            hit.score += best * OF_SIBLING / 64;
        }
        for (heading, best) in headings.into_iter().take(lifted) {
            let Ok(heading) = self.codes.binary_search(&heading) else {
                continue;
            };
            for code in self.codes.get(self.below(heading)).unwrap_or_default() {
                if !hits.iter().any(|hit| hit.code == *code) {
                    hits.push(Hit {
                        code: *code,
                        score: best * OF_SIBLING / 64,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entry, Parts};
    use proptest::prelude::*;

    fn index(entries: &[(&str, &'static str, &'static str)]) -> Index {
        Index::new(Parts::of(entries.iter().map(|(code, label, keywords)| Entry {
            code: code.parse().unwrap(),
            label,
            keywords,
        })))
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
    fn words_behind_the_beginning_of_a_code_are_looked_for_below_it() {
        let english = english();
        assert_eq!(codes(&english, "0810 fresh"), ["081010", "081060"]);
        assert_eq!(first(&english, "08 frozen fru"), "081190");
        assert!(codes(&english, "10 grain").iter().all(|code| code.starts_with("10")));
        assert_eq!(
            codes(&english, "12 phone battery"),
            codes(&english, "phone battery"),
            "not below 12, so anywhere"
        );
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
            let index = Index::new(Parts::of([
                Entry { code: "0810".parse().unwrap(), label: &label, keywords: &keywords },
                Entry { code: "081060".parse().unwrap(), label: "Durians, fresh", keywords: &keywords },
            ]));
            let hits = index.search(&query, 10);
            prop_assert!(hits.is_sorted_by_key(|hit| (std::cmp::Reverse(hit.score), hit.code)));
            prop_assert_eq!(index.search(&query, 10), hits);
        }

        #[test]
        fn every_label_finds_its_entry(label in "[a-z]{4,9}( [a-z]{4,9}){0,3}") {
            let index = index(&[("0810", "Fruit", ""), ("081060", "Durians, fresh", "")]);
            let mine = Entry { code: "100630".parse().unwrap(), label: &label, keywords: "" };
            let others = index.codes.iter().map(|code| Entry { code: *code, label: "Durians", keywords: "" });
            let index = Index::new(Parts::of(others.chain([mine])));
            prop_assert_eq!(index.search(&label, 1).first().map(|hit| hit.code), Some(mine.code));
        }
    }
}
