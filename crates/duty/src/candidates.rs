//! The codes goods may fall under while nobody is certain of one. Not a classification: which of them it is, is for the person to find out.

use std::fmt;
use std::str::FromStr;

use crate::hs::{HsCode, HsCodeError};
use crate::schedule::Schedule;

/// One code, or several in the order they were kept. None covers another, because a heading stands for every line below it already.
///
/// ```
/// use duty::Candidates;
/// let candidates: Candidates = "0810.60, 0810.90".parse()?;
/// assert_eq!(candidates.to_string(), "081060,081090");
/// assert_eq!("081060,0810".parse::<Candidates>()?.to_string(), "0810");
/// # Ok::<(), duty::CandidatesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidates {
    /// From the first place on. In place, so that a shipment needs no memory for them: a million are assessed in a second.
    codes: [Option<HsCode>; Self::MOST],
}

/// Why a text is not a list of candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CandidatesError {
    /// One of them is not a code; of a text without any, it has no digits.
    #[error(transparent)]
    Code(#[from] HsCodeError),
    /// More than [`Candidates::MOST`].
    #[error("keep {} codes at most", Candidates::MOST)]
    TooMany,
}

impl Candidates {
    /// The most that are kept: who hesitates between more has to read the tariff, not a table of duties.
    pub const MOST: usize = 5;

    /// No code yet. Never handed out: goods have one.
    const NONE: Self = Self { codes: [None; Self::MOST] };

    /// The code, if there is one only.
    #[must_use]
    pub fn single(&self) -> Option<HsCode> {
        match self.codes {
            [code, None, ..] => code,
            _ => None,
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = HsCode> {
        self.codes.iter().map_while(|code| *code)
    }

    /// Those that a code does not cover; `None` if it covers all.
    #[must_use]
    pub fn without(&self, code: HsCode) -> Option<Self> {
        let others = self.iter().filter(|other| !code.covers(*other)).try_fold(Self::NONE, Self::and);
        others.filter(|others| *others != Self::NONE)
    }

    /// Codes the tariff has, as far as that can be: exporters often have the code of their own tariff, and its first six digits are common
    /// to all.
    #[must_use]
    pub fn known_to(&self, schedule: &Schedule) -> Self {
        let known = |code: &HsCode| !schedule.positions_under(*code).is_empty();
        let known = |code: HsCode| [code, code.subheading()].into_iter().find(known).unwrap_or(code);
        // Cut shorter they may cover each other, so that they never become more.
        self.iter().map(known).try_fold(Self::NONE, Self::and).unwrap_or(*self)
    }

    /// With one more, unless one of them covers it, and without those it covers; `None` if there is no room for it.
    fn and(self, code: HsCode) -> Option<Self> {
        if self.iter().any(|other| other.covers(code)) {
            return Some(self);
        }
        let mut kept = Self::NONE;
        let mut places = kept.codes.iter_mut();
        for code in self.iter().filter(|other| !code.covers(*other)).chain([code]) {
            *places.next()? = Some(code);
        }
        Some(kept)
    }
}

/// Whether a character stands between codes: a comma as any keyboard writes it.
#[must_use]
pub fn is_comma(character: char) -> bool {
    matches!(character, ',' | '，' | '、')
}

impl From<HsCode> for Candidates {
    fn from(code: HsCode) -> Self {
        Self {
            codes: [Some(code), None, None, None, None],
        }
    }
}

impl FromStr for Candidates {
    type Err = CandidatesError;

    /// Reads codes with commas between them; a comma without a code beside it is one that is still to come.
    fn from_str(text: &str) -> Result<Self, CandidatesError> {
        let parts = text.split(is_comma).filter(|part| !part.trim().is_empty());
        let mut kept = Self::NONE;
        for part in parts {
            kept = kept.and(part.parse()?).ok_or(CandidatesError::TooMany)?;
        }
        match kept.iter().next() {
            Some(_) => Ok(kept),
            None => Err(HsCodeError::Length(0).into()),
        }
    }
}

impl fmt::Display for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, code) in self.iter().enumerate() {
            let comma = if position > 0 { "," } else { "" };
            write!(f, "{comma}{code}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidates(text: &str) -> Result<Candidates, CandidatesError> {
        text.parse()
    }

    #[test]
    fn codes_are_kept_in_order_and_once() {
        for (text, kept) in [
            ("081060", "081060"),
            ("0810.90, 0810.60", "081090,081060"),
            ("081090,0810 60,081090", "081090,081060"),
            ("081060,0810", "0810"),
            ("0810,081060", "0810"),
            ("081060,0901,0810", "0901,0810"),
            ("081060,", "081060"),
            (", 081060 ,,", "081060"),
        ] {
            assert_eq!(candidates(text).unwrap().to_string(), kept, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_one_is_wrong_with_the_list() {
        assert_eq!(candidates("081060,x"), Err(HsCodeError::NotADigit('x').into()));
        assert_eq!(candidates("081060,081"), Err(HsCodeError::Length(3).into()));
        for nothing in ["", " ", ","] {
            assert_eq!(candidates(nothing), Err(HsCodeError::Length(0).into()));
        }
    }

    #[test]
    fn five_are_kept_and_a_sixth_is_not_dropped_unseen() {
        let five = "0101,0102,0103,0104,0105";
        assert_eq!(candidates(five).unwrap().iter().count(), Candidates::MOST);
        assert_eq!(candidates(&format!("{five},010512")).unwrap().to_string(), five);
        assert_eq!(candidates(&format!("{five},0106")), Err(CandidatesError::TooMany));
    }

    #[test]
    fn one_can_be_left_out() {
        let three = candidates("081060,081090,0901").unwrap();
        let code = |text: &str| text.parse().unwrap();
        assert_eq!(three.without(code("081060")), candidates("081090,0901").ok());
        let one = three.without(code("081060")).unwrap().without(code("0901")).unwrap();
        assert_eq!(one.single(), Some(code("081090")));
        assert_eq!(one.without(code("081090")), None);
        assert_eq!(three.without(code("0810")), candidates("0901").ok());
    }

    proptest! {
        #[test]
        fn no_candidate_covers_another_and_none_is_lost(codes in proptest::collection::vec("(08|09)[0-2]{2}([0-2]{2}){0,2}", 1..6)) {
            let kept = candidates(&codes.join(",")).unwrap();
            let pairs = kept.iter().flat_map(|one| kept.iter().map(move |other| (one, other)));
            prop_assert!(pairs.into_iter().all(|(one, other)| one == other || !one.covers(other)));
            for code in codes {
                let code: HsCode = code.parse().unwrap();
                prop_assert!(kept.iter().any(|candidate| candidate.covers(code)));
            }
            prop_assert_eq!(candidates(&kept.to_string()), Ok(kept));
        }

        #[test]
        fn no_text_panics(text in "[0-9, .x]{0,80}|\\PC{0,40}") {
            let _ = candidates(&text);
        }
    }
}
