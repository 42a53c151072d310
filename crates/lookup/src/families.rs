//! Words that could be anything: "parts", "machine", "plastic". A list of the eight best would be a list at random; the families they occur
//! in lead on.

use duty::HsCode;

/// A heading or chapter in which a query occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Which.
    pub code: HsCode,
    /// How many of its subheadings answer the query.
    pub count: usize,
}

/// More than so many answers are too many to choose from.
pub(crate) const MANY: usize = 40;

/// … even if one of them is called just so: something is called "glass", but so much is of glass.
const VERY_MANY: usize = 120;

/// … even if the best of them are alike: "parts" of vehicles are not what everybody looks for.
const COUNTLESS: usize = 200;

/// Answers whose best lie in so many headings have nothing in common.
const SCATTERED: usize = 5;

/// How many of the best are looked at for that.
const LOOKED_AT: usize = 8;

/// More than so many headings are told by their chapters.
const MOST_HEADINGS: usize = 24;

/// The families of `all` codes that hold the words of a query, which rise; none if they are few, or if the `best` have their heading in
/// common. `is_named` says that one of them is called just as the query, `has_heading` that a heading
/// is: "rice" is one, wherever else rice occurs. A chapter in which they all lie tells nothing.
pub(crate) fn families(best: &[HsCode], all: &[HsCode], is_named: bool, has_heading: bool) -> Vec<Family> {
    let few = if is_named { VERY_MANY } else { MANY };
    if all.len() <= few {
        return Vec::new();
    }
    let mut looked_at: Vec<HsCode> = best.iter().take(LOOKED_AT).copied().collect();
    looked_at.sort_unstable();
    let is_scattered = all.len() > COUNTLESS || (!has_heading && grouped(looked_at.into_iter(), 4).len() >= SCATTERED);
    if !is_scattered {
        return Vec::new();
    }
    let headings = grouped(all.iter().copied(), 4);
    let chapters = grouped(all.iter().copied(), 2);
    let mut families = if headings.len() > MOST_HEADINGS && chapters.len() > 1 {
        chapters
    } else {
        headings
    };
    families.sort_by_key(|family| (std::cmp::Reverse(family.count), family.code));
    families
}

/// Rising codes by their first digits, with how many there are of each.
pub(crate) fn grouped(codes: impl Iterator<Item = HsCode>, digits: u8) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for code in codes.map(|code| code.truncated(digits)) {
        match families.last_mut().filter(|family| family.code == code) {
            Some(family) => family.count += 1,
            None => families.push(Family { code, count: 1 }),
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Subheadings, so many in each heading of a chapter.
    fn codes(chapter: u64, headings: u64, in_each: u64) -> Vec<HsCode> {
        let heading = |number| (1..=in_each).map(move |subheading| (chapter * 100 + number) * 100 + subheading);
        let codes = (1..=headings).flat_map(heading);
        codes.map(|code| HsCode::from_padded(code * 10_000, 6).unwrap()).collect()
    }

    fn named(families: &[Family]) -> Vec<(String, usize)> {
        families.iter().map(|family| (family.code.to_string(), family.count)).collect()
    }

    /// One of each heading in turn: the best have nothing in common.
    fn scattered(codes: &[HsCode]) -> Vec<HsCode> {
        let mut codes = codes.to_vec();
        codes.sort_by_key(|code| code.padded() / 10_000 % 100);
        codes
    }

    #[test]
    fn many_scattered_answers_are_told_by_their_headings() {
        let all = [codes(84, 5, 9), codes(85, 1, 3)].concat();
        let families = families(&scattered(&all), &all, false, false);
        let expected = [("8401", 9), ("8402", 9), ("8403", 9), ("8404", 9), ("8405", 9), ("8501", 3)];
        assert_eq!(named(&families), expected.map(|(code, count)| (code.to_owned(), count)));
    }

    #[test]
    fn too_many_headings_are_told_by_their_chapters() {
        let all = [codes(39, 6, 2), codes(84, 30, 2)].concat();
        let families = families(&scattered(&all), &all, false, false);
        assert_eq!(named(&families), [("84".to_owned(), 60), ("39".to_owned(), 12)]);
    }

    #[test]
    fn within_one_chapter_headings_are_told_however_many() {
        let all = codes(84, 30, 8);
        let families = families(&scattered(&all), &all, false, false);
        assert_eq!(families.len(), 30);
        assert!(families.iter().all(|family| family.code.digits() == 4));
    }

    #[test]
    fn few_answers_or_answers_of_one_kind_are_no_families() {
        let few = codes(84, 8, 5);
        assert!(families(&scattered(&few), &few, false, false).is_empty(), "{MANY}");
        let named = codes(84, 9, 9);
        assert!(families(&scattered(&named), &named, true, false).is_empty());
        let many = codes(84, 8, 9);
        assert!(families(&many, &many, false, false).is_empty(), "the best are of one heading");
        assert!(families(&scattered(&many), &many, false, true).is_empty(), "a heading of its own");
    }
}
