//! The economies the calculator knows, and what their customs have in common. Not their agreements: those are data.

use std::fmt;
use std::str::FromStr;

use crate::money::Currency;

/// China, a member of ASEAN: an importer or the country of origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Economy {
    /// Brunei Darussalam.
    Brunei,
    /// China: the customs territory of the mainland.
    China,
    /// Indonesia.
    Indonesia,
    /// Cambodia.
    Cambodia,
    /// Lao PDR.
    Laos,
    /// Myanmar.
    Myanmar,
    /// Malaysia.
    Malaysia,
    /// The Philippines.
    Philippines,
    /// Singapore.
    Singapore,
    /// Thailand.
    Thailand,
    /// Timor-Leste, a member of ASEAN since 26 October 2025.
    TimorLeste,
    /// Viet Nam.
    VietNam,
}

/// A text that names none of the twelve economies.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not China or a member of ASEAN; use a two-letter code such as TH or CN")]
pub struct UnknownEconomy(pub String);

impl Economy {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 12] = [
        Self::Brunei,
        Self::China,
        Self::Indonesia,
        Self::Cambodia,
        Self::Laos,
        Self::Myanmar,
        Self::Malaysia,
        Self::Philippines,
        Self::Singapore,
        Self::Thailand,
        Self::TimorLeste,
        Self::VietNam,
    ];

    /// The two letters of ISO 3166-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Brunei => "BN",
            Self::China => "CN",
            Self::Indonesia => "ID",
            Self::Cambodia => "KH",
            Self::Laos => "LA",
            Self::Myanmar => "MM",
            Self::Malaysia => "MY",
            Self::Philippines => "PH",
            Self::Singapore => "SG",
            Self::Thailand => "TH",
            Self::TimorLeste => "TL",
            Self::VietNam => "VN",
        }
    }

    /// The currency its customs assess duty in.
    #[must_use]
    pub fn currency(self) -> Currency {
        match self {
            Self::Brunei => Currency::BND,
            Self::China => Currency::CNY,
            Self::Indonesia => Currency::IDR,
            Self::Cambodia => Currency::KHR,
            Self::Laos => Currency::LAK,
            Self::Myanmar => Currency::MMK,
            Self::Malaysia => Currency::MYR,
            Self::Philippines => Currency::PHP,
            Self::Singapore => Currency::SGD,
            Self::Thailand => Currency::THB,
            Self::TimorLeste => Currency::USD,
            Self::VietNam => Currency::VND,
        }
    }

    /// The nomenclature its lines below the Harmonized System are from: its own, or the one that the members of ASEAN share.
    /// `None` for Timor-Leste, which charges every line alike.
    #[must_use]
    pub fn nomenclature(self) -> Option<&'static str> {
        match self {
            Self::China => Some("CN"),
            Self::TimorLeste => None,
            _ => Some("AHTN"),
        }
    }

    /// Those it trades with as far as this calculator goes: the members of ASEAN with China, China with each of them.
    pub fn partners(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |other| other.is_asean() != self.is_asean())
    }

    /// Whether it is a member of ASEAN, that is, not China.
    #[must_use]
    pub fn is_asean(self) -> bool {
        self != Self::China
    }
}

impl FromStr for Economy {
    type Err = UnknownEconomy;

    fn from_str(text: &str) -> Result<Self, UnknownEconomy> {
        Self::ALL
            .into_iter()
            .find(|economy| economy.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownEconomy(text.to_owned()))
    }
}

impl fmt::Display for Economy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_on_the_other_side() {
        assert_eq!(Economy::China.partners().count(), 11);
        assert_eq!(Economy::TimorLeste.partners().collect::<Vec<_>>(), [Economy::China]);
        for economy in Economy::ALL {
            assert!(economy.partners().all(|partner| crate::check_pair(economy, partner).is_ok()));
        }
    }

    #[test]
    fn codes_round_trip_in_any_case() {
        for economy in Economy::ALL {
            assert_eq!(economy.code().parse(), Ok(economy));
            assert_eq!(economy.code().to_lowercase().parse(), Ok(economy));
        }
        assert_eq!("US".parse::<Economy>(), Err(UnknownEconomy("US".to_owned())));
    }
}
