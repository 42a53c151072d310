//! Queries that are the beginning of a code. Not a code yet: "081" is on its way to one.

use duty::HsCode;

/// The first digits of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodePrefix {
    /// The digits, padded with zeros on the right to ten.
    padded: u64,
    digits: u8,
}

impl CodePrefix {
    /// How many digits were typed: 1 to 10.
    #[must_use]
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// Whether `code` starts with the digits.
    #[must_use]
    pub fn begins(self, code: HsCode) -> bool {
        code.digits() >= self.digits && code.padded() / weight(self.digits) == self.padded / weight(self.digits)
    }

    /// Whether `code` starts with the digits, or the digits continue it: the subheading of a national line.
    #[must_use]
    pub fn meets(self, code: HsCode) -> bool {
        let shared = weight(self.digits.min(code.digits()));
        code.padded() / shared == self.padded / shared
    }
}

/// What one step in the last of so many digits is worth in a padded number.
fn weight(digits: u8) -> u64 {
    10_u64.pow(u32::from(HsCode::MAX_DIGITS.saturating_sub(digits)))
}

/// Reads a query that is digits, as typed or as printed in tariff books: "0810", "0810.60", "0810 60 00".
/// `None` if it is anything else: words, or more digits than a code has.
///
/// ```
/// let prefix = lookup::code_prefix("0810.6").unwrap();
/// assert!(prefix.begins("081060".parse()?));
/// assert!(!prefix.begins("0810".parse()?));
/// # Ok::<(), duty::HsCodeError>(())
/// ```
#[must_use]
pub fn code_prefix(query: &str) -> Option<CodePrefix> {
    let mut digits = String::with_capacity(usize::from(HsCode::MAX_DIGITS));
    for character in query.chars() {
        match character {
            '.' | '-' | '·' => {}
            blank if blank.is_whitespace() => {}
            '０'..='９' => digits.push(char::from_digit(u32::from(character) - u32::from('０'), 10)?),
            '0'..='9' => digits.push(character),
            _ => return None,
        }
    }
    let count = u8::try_from(digits.len())
        .ok()
        .filter(|count| (1..=HsCode::MAX_DIGITS).contains(count))?;
    Some(CodePrefix {
        padded: digits.parse::<u64>().ok()? * weight(count),
        digits: count,
    })
}

/// Reads a query that is the beginning of a code and words behind it, such as "84 parts": these words within chapter 84. Fewer than two
/// digits are the beginning of nothing.
#[must_use]
pub fn prefix_and_words(query: &str) -> Option<(CodePrefix, &str)> {
    let (first, words) = query.trim().split_once(char::is_whitespace)?;
    let prefix = code_prefix(first).filter(|prefix| prefix.digits() >= 2)?;
    code_prefix(words).is_none().then_some((prefix, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(query: &str, code: &str) -> bool {
        code_prefix(query).unwrap().begins(code.parse().unwrap())
    }

    #[test]
    fn digits_are_read_in_every_form_of_the_tariff_books() {
        for query in ["0810", "08.10", "0810.6", "0810 60", "081-060", "０８１０.６０"] {
            assert!(begins(query, "081060"), "{query}");
        }
        assert!(!begins("0810 60 00", "081060"));
        assert!(!begins("0811", "081060"));
        assert!(!begins("8", "0810"));
    }

    #[test]
    fn a_national_line_meets_its_subheading() {
        let line = code_prefix("0810600000").unwrap();
        assert_eq!(line.digits(), 10);
        assert!(line.meets("081060".parse().unwrap()));
        assert!(!line.meets("081050".parse().unwrap()));
    }

    #[test]
    fn words_may_stand_behind_the_beginning_of_a_code() {
        let (prefix, words) = prefix_and_words(" 84  parts of pumps ").unwrap();
        assert_eq!((prefix, words), (code_prefix("84").unwrap(), "parts of pumps"));
        for query in ["84", "84 13", "parts 84", "8 parts", "84parts", ""] {
            assert_eq!(prefix_and_words(query), None, "{query}");
        }
    }

    #[test]
    fn other_texts_are_not_codes() {
        for query in ["", " ", ".", "durian", "0810a", "08106000001", "榴莲", "+08"] {
            assert_eq!(code_prefix(query), None, "{query}");
        }
    }
}
