//! What a shipment between China and ASEAN pays at the border, and what an agreement saves.
//!
//! Pure and total: no browser, no clock, no files, no binary floating point, no panic. A [`Schedule`] is the tariff of one
//! importer, a [`Shipment`] what crosses its border, [`assess()`] the decision, an [`Assessment`] its trace.
//!
//! In reading order: [`HsCode`], [`Economy`], [`Currency`] and [`Money`], [`Unit`] and [`Quantities`]; [`DutyExpression`], the duty
//! grammar, and what it comes to; [`Treatment`] and [`Cell`], what a tariff says about a line; [`Agreement`]; [`Schedule`];
//! [`Candidates`]; [`Shipment`]; [`assess()`]; [`assess_all`] for goods whose line is not settled yet; [`Crossings`], where another price
//! would make another regime the best; [`Claim`], whether a certificate is worth it; [`outlook`], the years to come; [`partners()`], the same
//! goods with every partner; [`Outline`] for a whole chapter.

/// The version of this engine: what it computed may differ from what another computes.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

mod agreement;
mod assess;
mod assessment;
mod bill;
mod candidates;
mod claim;
mod course;
mod crossing;
mod economy;
mod evaluate;
mod expression;
mod hs;
mod levy;
mod money;
mod outline;
mod outlook;
mod partners;
mod quantity;
mod reader;
mod schedule;
mod shipment;
mod spread;
mod survey;
mod tax;
mod treatment;

pub use agreement::{Agreement, Blanket, Evidence, Membership, Regime, Role, Source, UnknownRegime};
pub use assess::assess;
pub use assessment::{
    Assessment, AssessmentError, Bill, Doubt, Due, Note, Obstacle, Rank, RateBasis, Refusal, RegimeOption, Saving, Standing, TaxRate,
};
pub use bill::excise_working;
pub use candidates::{Candidates, CandidatesError, is_comma};
pub use claim::{Claim, ClaimCost, Verdict};
pub use crossing::{Crossings, Plot, Stretch};
pub use economy::{Economy, UnknownEconomy};
pub use evaluate::{Basis, Evaluation, Exchange, Part, Shortfall, UnitPrice};
pub use expression::{DutyExpression, GrammarError, PerUnit, Percent, Tier, Tiers};
pub use hs::{HsCode, HsCodeError};
pub use money::{Currency, Money, NotACurrency, NumberError, Span, parse_number, percentage, plain_decimal};
pub use outline::{Charges, Outline, Remark};
pub use outlook::{Prospect, outlook};
pub use partners::{Gap, Order, Partner, partners};
pub use quantity::{Quantities, Quantity, QuantityError, Unit, UnknownUnit};
pub use schedule::{Choice, Column, ColumnKind, Line, QuotaSide, Schedule, ScheduleError, ScheduleParts};
pub use shipment::{NotADate, Shipment, ShipmentError, check_pair, parse_date, print_date};
pub use spread::{Case, Figure, Spread, assess_all};
pub use survey::{ColumnSurvey, Saying, Survey};
pub use tax::{NationalTax, Tax, TaxName, WithItself};
pub use treatment::{Cell, Grade, Treatment};
