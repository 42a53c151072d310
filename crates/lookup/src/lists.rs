//! A list for each of many owners, all in one vector. Knows nothing of goods.

/// Lists, each named by the position of its owner.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T> {
    items: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ends: Vec::new(),
        }
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Puts items in the lists of their owners, in the order in which they come. `items` is asked twice.
    pub(crate) fn new<I: Iterator<Item = (u32, T)>>(owners: usize, items: impl Fn() -> I) -> Self {
        let mut ends = vec![0_u32; owners];
        for (owner, _) in items() {
            if let Some(count) = ends.get_mut(owner as usize) {
                *count += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            // Until the items are there: where the list starts.
            total += std::mem::replace(end, total);
        }
        let mut sorted = vec![T::default(); total as usize];
        for (owner, item) in items() {
            if let Some(next) = ends.get_mut(owner as usize) {
                if let Some(place) = sorted.get_mut(*next as usize) {
                    *place = item;
                }
                *next += 1;
            }
        }
        Self { items: sorted, ends }
    }

    pub(crate) fn get(&self, owner: usize) -> &[T] {
        let end = |owner: usize| self.ends.get(owner).copied().unwrap_or_default() as usize;
        self.items.get(owner.checked_sub(1).map_or(0, end)..end(owner)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn items_lie_with_their_owners_in_the_order_they_came() {
        let items = [(2, 'a'), (0, 'b'), (2, 'c'), (9, 'd')];
        let lists = Lists::new(4, || items.into_iter());
        assert_eq!((lists.get(0), lists.get(1), lists.get(2)), (&['b'][..], &[][..], &['a', 'c'][..]));
        assert!(lists.get(3).is_empty() && lists.get(9).is_empty(), "an owner there is not");
    }
}
