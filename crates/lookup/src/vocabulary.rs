//! A sorted set of texts in one string: found by binary search, also by their beginning. Knows nothing of goods.

use std::ops::Range;

/// Texts in rising order, each once; a text is named by its position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    text: String,
    ends: Vec<u32>,
}

impl Vocabulary {
    /// Adds a text, which must not be lower than the last one; returns its position.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        if self.ends.is_empty() || self.last() != text {
            self.text.push_str(text);
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        }
        u32::try_from(self.ends.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, position: usize) -> &str {
        let end = self.ends.get(position).copied().unwrap_or_default();
        let start = position
            .checked_sub(1)
            .and_then(|previous| self.ends.get(previous))
            .copied()
            .unwrap_or_default();
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Where a text stands, if it is there.
    pub(crate) fn position(&self, text: &str) -> Option<usize> {
        let position = self.partition_point(|other| other < text);
        (position < self.len() && self.get(position) == text).then_some(position)
    }

    /// The positions of the texts that start with `beginning`.
    pub(crate) fn starting_with(&self, beginning: &str) -> Range<usize> {
        let start = self.partition_point(|text| text < beginning);
        start..self.partition_point(|text| text < beginning || text.starts_with(beginning))
    }

    fn last(&self) -> &str {
        self.get(self.ends.len().saturating_sub(1))
    }

    fn partition_point(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_whole_and_by_their_beginning() {
        let mut vocabulary = Vocabulary::default();
        let positions: Vec<u32> = ["durable", "durian", "durian", "durum", "榴"]
            .into_iter()
            .map(|text| vocabulary.push(text))
            .collect();
        assert_eq!(positions, [0, 1, 1, 2, 3]);
        assert_eq!(vocabulary.position("durian"), Some(1));
        assert_eq!(vocabulary.position("duri"), None);
        assert_eq!(vocabulary.starting_with("duri"), 1..2);
        assert_eq!(vocabulary.starting_with("dur"), 0..3);
        assert_eq!(vocabulary.starting_with(""), 0..4);
        assert_eq!(vocabulary.starting_with("z"), 3..3);
        assert_eq!(vocabulary.get(3), "榴");
    }
}
