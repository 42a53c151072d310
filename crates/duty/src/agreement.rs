//! Regimes, the agreements behind them, and where each fact about them was read. Not the rates: those are in the schedule.

use std::fmt;
use std::str::FromStr;

use time::Date;

use crate::economy::Economy;
use crate::treatment::Treatment;

macro_rules! regimes {
    ($($name:ident $key:literal $doc:literal),* $(,)?) => {
        /// A set of rates under which goods can be imported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Regime {
            $(#[doc = $doc] $name,)*
        }

        impl Regime {
            /// All regimes. Of two with the same duty the earlier is the easier to use or the better known.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name of its column in `data/tariffs` and of its file in `data/agreements`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

regimes! {
    Mfn "mfn" "The rate for every member of the World Trade Organization: no certificate.",
    MfnProvisional "mfn_provisional" "A temporary rate that replaces the MFN rate for the year (暂定税率): no certificate.",
    Acfta "acfta" "The ASEAN–China Free Trade Area, here called CAFTA.",
    Rcep "rcep" "The Regional Comprehensive Economic Partnership.",
    ChinaCambodia "china_cambodia" "The China–Cambodia Free Trade Agreement.",
    ChinaSingapore "china_singapore" "The China–Singapore Free Trade Agreement.",
    LeastDeveloped "least_developed" "China's zero rate for goods of least developed countries.",
}

impl Regime {
    /// Whether the rate is open to goods of every origin here, without proof of origin.
    #[must_use]
    pub fn is_mfn(self) -> bool {
        matches!(self, Self::Mfn | Self::MfnProvisional)
    }
}

/// A key that names no regime.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a regime")]
pub struct UnknownRegime(pub String);

impl FromStr for Regime {
    type Err = UnknownRegime;

    fn from_str(text: &str) -> Result<Self, UnknownRegime> {
        Self::ALL
            .iter()
            .copied()
            .find(|regime| regime.key() == text)
            .ok_or_else(|| UnknownRegime(text.to_owned()))
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// How a fact of law was established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Evidence {
    /// Read in the source named.
    Read,
    /// Derived from the tariff tables.
    Derived,
    /// Read in a secondary source: news, a forwarder, a blog.
    Secondary,
    /// General knowledge: to be confirmed, and said so on screen.
    Unconfirmed,
}

impl Evidence {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::Read, Self::Derived, Self::Secondary, Self::Unconfirmed];

    /// As written in `data/agreements`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Derived => "derived",
            Self::Secondary => "secondary",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// What an economy does under an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Grants the rates and benefits from those of the others.
    Party,
    /// Grants a rate of its own accord.
    Grantor,
    /// Benefits from a rate granted to it.
    Beneficiary,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Party, Self::Grantor, Self::Beneficiary];

    /// As written in `data/agreements`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Grantor => "grantor",
            Self::Beneficiary => "beneficiary",
        }
    }

    fn grants(self) -> bool {
        matches!(self, Self::Party | Self::Grantor)
    }

    fn benefits(self) -> bool {
        matches!(self, Self::Party | Self::Beneficiary)
    }
}

/// An economy under an agreement, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub economy: Economy,
    /// What it does.
    pub role: Role,
    /// The first day the rates apply to it.
    pub since: Date,
    /// How that was established.
    pub evidence: Evidence,
    /// Where it was read.
    pub source: String,
    /// Whether the status may have changed and must be checked before relying on it.
    pub status_to_confirm: bool,
}

/// A rate an agreement gives to every line, without a column in the tariff table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blanket {
    /// The rate.
    pub treatment: Treatment,
    /// Whether goods outside a tariff quota have it too.
    pub outside_quota: bool,
}

/// Who grants which rates to whom, and what proves origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its regime.
    pub regime: Regime,
    /// The name of the paper that proves origin, for example "Form E".
    pub proof: String,
    /// Where the facts were read, in one line for the screen.
    pub source: String,
    /// Who, since when.
    pub members: Vec<Membership>,
    /// The rate for all lines, if there is one; otherwise the rates are a column of the tariff table.
    pub blanket: Option<Blanket>,
}

impl Agreement {
    /// The importer's side of the agreement, if it grants the rates.
    #[must_use]
    pub fn grantor(&self, importer: Economy) -> Option<&Membership> {
        self.members
            .iter()
            .find(|member| member.economy == importer && member.role.grants())
    }

    /// The exporter's side of the agreement, if goods of that origin benefit.
    #[must_use]
    pub fn beneficiary(&self, origin: Economy) -> Option<&Membership> {
        self.members
            .iter()
            .find(|member| member.economy == origin && member.role.benefits())
    }
}

/// Where the figures of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is and who published it.
    pub title: String,
    /// Which state of the law: "1 January 2026".
    pub edition: String,
    /// The calendar year whose rates it holds, where they do not follow the years.
    pub year: i32,
    /// Where this copy was found.
    pub found: String,
    /// The nomenclature its codes belong to: "HS 2022".
    pub nomenclature: String,
}
