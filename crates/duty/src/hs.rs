//! Codes of the Harmonized System and of the national tariffs built on it. Not the meaning of a code: labels are data.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// A tariff code of 2, 4, 6 or more digits: chapter, heading, subheading, national line.
///
/// ```
/// use duty::HsCode;
/// let code: HsCode = "0810.60 00".parse()?;
/// assert_eq!(code.to_string(), "08106000");
/// assert_eq!(code.dotted(), "0810.60.00");
/// assert!("081060".parse::<HsCode>()?.covers(code));
/// # Ok::<(), duty::HsCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HsCode(
    /// The digits, padded with zeros on the right to ten, then the length: codes sort in the order of the tariff book. In one number,
    /// because every assessment searches the tariff, and a search compares codes. Never zero, so that no code at all takes no more room.
    NonZeroU64,
);

/// Why a text is not a tariff code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HsCodeError {
    /// Something other than digits, dots and blanks.
    #[error("a code is written in digits; {0:?} is not one")]
    NotADigit(char),
    /// Fewer than two digits, more than ten, or three.
    #[error("a code has 2 digits or 4 to 10; this one has {0}")]
    Length(usize),
}

impl HsCode {
    /// The most digits a national tariff uses.
    pub const MAX_DIGITS: u8 = 10;

    /// Above every length.
    const LENGTHS: u64 = 16;

    /// A code from its first ten digits as a number ("0810600000" is 810600000) and how many of them count.
    ///
    /// # Errors
    /// [`HsCodeError::Length`] if the length is not that of a code or digits beyond it are not zero.
    pub fn from_padded(padded: u64, length: u8) -> Result<Self, HsCodeError> {
        let wrong = HsCodeError::Length(usize::from(length));
        if !matches!(length, 2 | 4..=Self::MAX_DIGITS) || padded > 9_999_999_999 {
            return Err(wrong);
        }
        if !padded.is_multiple_of(Self::weight(length)) {
            return Err(wrong);
        }
        Ok(Self::new(padded, length))
    }

    fn new(padded: u64, length: u8) -> Self {
        let last = padded * Self::LENGTHS + u64::from(length);
        Self(NonZeroU64::MIN.saturating_add(last - 1))
    }

    /// The ten digits as a number, zeros on the right.
    #[must_use]
    pub fn padded(self) -> u64 {
        self.0.get() / Self::LENGTHS
    }

    /// How many digits the code has.
    #[must_use]
    pub fn digits(self) -> u8 {
        (self.0.get() % Self::LENGTHS) as u8
    }

    /// The code cut to its first `digits` digits; itself if it has no more.
    #[must_use]
    pub fn truncated(self, digits: u8) -> Self {
        if digits >= self.digits() {
            return self;
        }
        let weight = Self::weight(digits);
        Self::new(self.padded() / weight * weight, digits)
    }

    /// The six digits every country shares; a shorter code stays as it is.
    #[must_use]
    pub fn subheading(self) -> Self {
        self.truncated(6)
    }

    /// Whether `other` is this code or lies below it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.digits() <= other.digits() && other.truncated(self.digits()) == self
    }

    /// As printed in tariff books: dots after four, six and eight digits.
    #[must_use]
    pub fn dotted(self) -> String {
        let mut text = String::with_capacity(13);
        for (position, digit) in self.to_string().chars().enumerate() {
            if matches!(position, 4 | 6 | 8) {
                text.push('.');
            }
            text.push(digit);
        }
        text
    }

    /// What one step in the last digit of a code of this length is worth in the padded number.
    fn weight(length: u8) -> u64 {
        10_u64.pow(u32::from(Self::MAX_DIGITS.saturating_sub(length)))
    }
}

impl FromStr for HsCode {
    type Err = HsCodeError;

    /// Reads digits; dots, blanks, dashes and full-width digits are how people and books write them.
    fn from_str(text: &str) -> Result<Self, HsCodeError> {
        let mut padded = 0_u64;
        let mut count = 0_usize;
        for character in text.chars() {
            let digit = match character {
                '.' | '-' | '·' => continue,
                blank if blank.is_whitespace() => continue,
                '０'..='９' => u64::from(u32::from(character) - u32::from('０')),
                other => u64::from(other.to_digit(10).ok_or(HsCodeError::NotADigit(other))?),
            };
            count += 1;
            if count <= usize::from(Self::MAX_DIGITS) {
                padded = padded * 10 + digit;
            }
        }
        let length = u8::try_from(count).unwrap_or(u8::MAX);
        if !matches!(length, 2 | 4..=Self::MAX_DIGITS) {
            return Err(HsCodeError::Length(count));
        }
        Ok(Self::new(padded * Self::weight(length), length))
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:0width$}",
            self.padded() / Self::weight(self.digits()),
            width = usize::from(self.digits())
        )
    }
}

impl fmt::Debug for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HsCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> HsCode {
        text.parse().unwrap()
    }

    #[test]
    fn people_write_codes_in_many_ways() {
        for text in ["0810.60.00", "0810 6000", "08106000", "０８１０.60.00", "0810-60-00"] {
            assert_eq!(code(text), code("08106000"), "{text}");
        }
    }

    #[test]
    fn a_line_and_its_parent_differ_although_the_number_is_the_same() {
        assert_ne!(code("0810600000"), code("08106000"));
        assert!(code("08106000").covers(code("0810600000")));
        assert!(!code("0810600000").covers(code("08106000")));
        assert!(code("08106000") < code("0810600000"));
    }

    #[test]
    fn what_is_not_a_code_says_why() {
        assert_eq!("durian".parse::<HsCode>(), Err(HsCodeError::NotADigit('d')));
        assert_eq!("".parse::<HsCode>(), Err(HsCodeError::Length(0)));
        assert_eq!("081".parse::<HsCode>(), Err(HsCodeError::Length(3)));
        assert_eq!("08106000001".parse::<HsCode>(), Err(HsCodeError::Length(11)));
        assert_eq!(HsCode::from_padded(810_600_001, 8), Err(HsCodeError::Length(8)));
    }

    proptest! {
        #[test]
        fn text_and_number_round_trip(text in "[0-9]{2}|[0-9]{4,10}") {
            let code: HsCode = text.parse().unwrap();
            prop_assert_eq!(code.to_string(), text);
            prop_assert_eq!(HsCode::from_padded(code.padded(), code.digits()), Ok(code));
            prop_assert_eq!(code.dotted().parse::<HsCode>(), Ok(code));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = text.parse::<HsCode>();
        }
    }
}
