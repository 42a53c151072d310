//! Many short texts in one string: found by binary search if they rise, also by their beginning. Knows nothing of goods.

use std::ops::Range;

/// Texts, each named by its position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
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

    /// Where a text stands among rising texts: nowhere, once, or several times.
    pub(crate) fn positions(&self, text: &str) -> Range<usize> {
        let start = self.partition_point(0, |other| other < text);
        start..self.partition_point(start, |other| other == text)
    }

    /// The positions of the texts that start with `beginning`, among rising texts.
    pub(crate) fn starting_with(&self, beginning: &str) -> Range<usize> {
        let start = self.partition_point(0, |text| text < beginning);
        start..self.partition_point(start, |text| text.starts_with(beginning))
    }

    fn partition_point(&self, from: usize, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (from, self.len());
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
        let mut texts = Texts::default();
        for text in ["durable", "durian", "durian", "durum", "榴"] {
            texts.push(text);
        }
        assert_eq!(texts.positions("durian"), 1..3);
        assert_eq!(texts.positions("duri"), 1..1);
        assert_eq!(texts.starting_with("duri"), 1..3);
        assert_eq!(texts.starting_with("dur"), 0..4);
        assert_eq!(texts.starting_with(""), 0..5);
        assert_eq!(texts.starting_with("z"), 4..4);
        assert_eq!(texts.get(4), "榴");
        assert_eq!(texts.len(), 5);
    }
}
