//! Taxes charged at the border on top of duty: what they are called and their standard rates. How they are computed: see [`crate::assess()`].

use crate::agreement::Evidence;
use crate::treatment::Treatment;

/// A tax on the value including duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tax {
    /// A tax on certain goods: China's consumption tax (消费税), Cambodia's special tax, excise elsewhere.
    Excise,
    /// The general tax on goods at import: value added tax, goods and services tax, sales tax, commercial tax.
    Vat,
}

impl Tax {
    /// Both, in the order in which one is charged on top of the other.
    pub const ALL: [Self; 2] = [Self::Excise, Self::Vat];

    /// The heading of its column in `data/tariffs`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Excise => "excise",
            Self::Vat => "vat",
        }
    }
}

/// What an importer calls a tax, and its rate where the tariff does not say one for each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalTax {
    /// Which tax.
    pub tax: Tax,
    /// What the importer's law calls it.
    pub name: TaxName,
    /// The standard rate; `None` if only the lines of the tariff say.
    pub standard: Option<Treatment>,
    /// How the rate was established.
    pub evidence: Evidence,
    /// Where it was read.
    pub source: String,
    /// Whether the rate may have changed and must be checked before relying on it.
    pub status_to_confirm: bool,
    /// How it was established that the tax is part of the price it is taken of; `None` if it is taken of value and duty.
    pub with_itself: Option<WithItself>,
}

/// That a tax is part of the price it is taken of (价内税), as China's consumption tax is: at 20 % it is a quarter of value and duty. What
/// that comes to: see [`crate::assess()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithItself {
    /// How that was established.
    pub evidence: Evidence,
    /// Where it was read.
    pub source: String,
}

impl NationalTax {
    /// Whether the rate must be confirmed before anybody relies on it.
    #[must_use]
    pub fn is_to_confirm(&self) -> bool {
        self.status_to_confirm || self.evidence == Evidence::Unconfirmed
    }
}

/// What an importer calls a tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaxName {
    /// Value added tax.
    ValueAddedTax,
    /// Goods and services tax: Singapore.
    GoodsAndServicesTax,
    /// Sales tax: Malaysia, Timor-Leste.
    SalesTax,
    /// Commercial tax: Myanmar.
    CommercialTax,
    /// Excise.
    Excise,
    /// Special tax on certain goods: Cambodia.
    SpecialTax,
    /// Consumption tax (消费税): China.
    ConsumptionTax,
}

impl TaxName {
    /// All names.
    pub const ALL: [Self; 7] = [
        Self::ValueAddedTax,
        Self::GoodsAndServicesTax,
        Self::SalesTax,
        Self::CommercialTax,
        Self::Excise,
        Self::SpecialTax,
        Self::ConsumptionTax,
    ];

    /// As written in `data/taxes.toml`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ValueAddedTax => "vat",
            Self::GoodsAndServicesTax => "gst",
            Self::SalesTax => "sales_tax",
            Self::CommercialTax => "commercial_tax",
            Self::Excise => "excise",
            Self::SpecialTax => "special_tax",
            Self::ConsumptionTax => "consumption_tax",
        }
    }
}
