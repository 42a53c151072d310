//! The product search of the page for tests/bench, where other libraries stand beside it in one page: the same files, the same crates, the
//! same allocator as the finder. Not the finder, which makes a list in the words of the interface as well.

use lookup::{Index, search};
use wasm_bindgen::prelude::wasm_bindgen;
// For its allocator.
use worker as _;

/// Indexes that are searched together.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    indexes: Vec<Index>,
}

#[wasm_bindgen]
impl Engine {
    /// Nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a language: the file of its index, and that of its further words, which may be empty. Tells whether they could be read.
    pub fn add(&mut self, usual: &[u8], further: &[u8]) -> bool {
        let Ok(mut parts) = pack::read_index(usual) else { return false };
        if !further.is_empty() {
            let Ok(further) = pack::read_index(further) else { return false };
            parts = parts.with(&further);
        }
        self.indexes.push(Index::new(parts));
        true
    }

    /// The best subheadings, as the numbers they are, at most `limit`.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<u32> {
        let indexes: Vec<&Index> = self.indexes.iter().collect();
        let hits = search(&indexes, query, usize::MAX).hits;
        let subheadings = hits.iter().map(|hit| hit.code).filter(|code| code.digits() == 6);
        let numbers = subheadings.map(|code| u32::try_from(code.padded() / 10_000).unwrap_or_default());
        numbers.take(limit).collect()
    }
}
