//! The fields that are not in the sentence: the details ask for them, and the page only carries them in its link. What a claim costs is read
//! in `claim`.

use crate::{RawQuery, form};

/// What carrying the goods to the border costs, where the value does not include it.
pub const FREIGHT: &str = "freight";
/// What insuring them costs, likewise.
pub const INSURANCE: &str = "insurance";
/// The parts of the cost of a claim; see [`duty::ClaimCost`].
pub const COSTS: [&str; 5] = ["fee", "hours", "wage", "courier", "delay"];
/// How many shipments a year.
pub const SHIPMENTS: &str = "shipments";
/// What a link that was kept remembers of its answer.
pub const KEPT: &str = "kept";
/// What the partners are sorted by: [`SAVING`], or their cost at the border if it is empty.
pub const SORT: &str = "sort";
/// Sorted by what a certificate saves.
pub const SAVING: &str = "saving";

/// Every key of a field that is not in the sentence: the details ask for it and understand it.
pub const FURTHER: [&str; 10] = [
    "fee", "hours", "wage", "courier", "delay", SHIPMENTS, FREIGHT, INSURANCE, KEPT, SORT,
];

impl RawQuery {
    /// What was typed into a field of the details; empty if nothing was, or if there is no such field.
    #[must_use]
    pub fn further(&self, key: &str) -> String {
        let mut pairs = form::pairs(&self.further);
        pairs.find_map(|(known, text)| (known == key).then_some(text)).unwrap_or_default()
    }

    /// Takes what was typed into a field of the details; ignores a field there is not.
    pub fn set_further(&mut self, key: &str, typed: &str) {
        let before = std::mem::take(&mut self.further);
        for (known, text) in form::pairs(&before).filter(|(known, _)| known != key) {
            form::push(&mut self.further, &known, &text);
        }
        if FURTHER.contains(&key) && !typed.is_empty() {
            form::push(&mut self.further, key, typed);
        }
    }
}
