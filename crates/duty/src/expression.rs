//! The duty grammar: how a rate is written in `data/`, and its tree. Not how much it comes to.
//!
//! ```text
//! duty      := term (" + " term)*
//! term      := percent | specific | "max(" duty ", " duty… ")" | "min(" duty ", " duty… ")" | tiers
//! percent   := number "%"                                    12.5%
//! specific  := number " " currency "/" unit                  21 CNY/m2
//! tiers     := "tiers(" currency "/" unit ": " step… "else: " duty ")"
//! step      := ("<=" | "<") number ": " duty "; "            tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)
//! ```

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::{Currency, NumberError, Overflow, parse_number, product, sum};
use crate::quantity::Unit;
use crate::reader::Reader;

/// A rate in percent of the customs value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Decimal);

impl Percent {
    /// Free of duty.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// From the number before the percent sign; the grammar bounds it.
    #[must_use]
    pub fn from_number(number: Decimal) -> Self {
        Self(number)
    }

    /// The number before the percent sign.
    #[must_use]
    pub fn number(self) -> Decimal {
        self.0
    }

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Result<Self, Overflow> {
        sum(self.0, other.0).map(Self)
    }

    /// This share of `base`.
    pub(crate) fn of(self, base: Decimal) -> Result<Decimal, Overflow> {
        // Two more decimals instead of a division by a hundred: exact, and much faster.
        let fraction = Decimal::try_from_i128_with_scale(self.0.mantissa(), self.0.scale() + 2).map_err(|_| Overflow)?;
        product(base, fraction)
    }
}

/// Above this a rate is a slip of the finger.
const HIGHEST_STATED: Decimal = Decimal::ONE_HUNDRED;

impl FromStr for Percent {
    type Err = NumberError;

    /// As people type it: `7` or `7 %`.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let number = parse_number(text.trim().trim_end_matches('%').trim_end())?;
        if number > HIGHEST_STATED {
            Err(NumberError::TooLarge)
        } else {
            Ok(Self(number))
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

impl fmt::Debug for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An amount of money for each unit of quantity: 21 CNY/m2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerUnit {
    /// How much.
    pub amount: Decimal,
    /// In which currency.
    pub currency: Currency,
    /// For one of what.
    pub unit: Unit,
}

impl fmt::Display for PerUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.amount, self.currency, self.unit)
    }
}

/// A rate of duty or tax that comes to one amount once value and quantity are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DutyExpression {
    /// A share of the value.
    AdValorem(Percent),
    /// An amount per unit of quantity.
    Specific(PerUnit),
    /// All of these together (compound duty).
    Sum(Vec<DutyExpression>),
    /// The highest of these (mixed duty).
    Highest(Vec<DutyExpression>),
    /// The lowest of these.
    Lowest(Vec<DutyExpression>),
    /// By the price of one unit (sliding duty).
    Tiers(Tiers),
}

/// A duty that depends on the customs value of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// The currency of the bounds.
    pub currency: Currency,
    /// The unit whose price decides.
    pub unit: Unit,
    /// From the lowest bound up.
    pub steps: Vec<Tier>,
    /// Above the last bound.
    pub otherwise: Box<DutyExpression>,
}

/// One step of a sliding duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The price the step reaches up to.
    pub bound: Decimal,
    /// Whether a price of exactly the bound still belongs to the step.
    pub inclusive: bool,
    /// What is paid there.
    pub duty: DutyExpression,
}

impl Tier {
    /// Whether a unit of this price falls into the step, seen from below.
    #[must_use]
    pub fn reaches(&self, price: Decimal) -> bool {
        price < self.bound || (self.inclusive && price == self.bound)
    }
}

/// Where and why a text is not in the duty grammar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not in the duty grammar: {expected} expected at character {position}")]
pub struct GrammarError {
    /// The whole text.
    pub text: String,
    /// How many characters could be read.
    pub position: usize,
    /// What would have been right there.
    pub expected: &'static str,
}

/// A treaty never nests deeper; a hostile text must not exhaust the stack.
const DEEPEST: u8 = 6;

impl DutyExpression {
    /// Free of duty.
    pub const FREE: Self = Self::AdValorem(Percent::ZERO);

    /// Whether nothing is ever to pay, whatever value and quantity.
    #[must_use]
    pub fn is_free(&self) -> bool {
        match self {
            Self::AdValorem(percent) => *percent == Percent::ZERO,
            Self::Specific(per_unit) => per_unit.amount.is_zero(),
            Self::Sum(terms) | Self::Highest(terms) => terms.iter().all(Self::is_free),
            Self::Lowest(terms) => terms.iter().any(Self::is_free),
            Self::Tiers(tiers) => tiers.otherwise.is_free() && tiers.steps.iter().all(|step| step.duty.is_free()),
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>, depth: u8) -> Result<Self, GrammarError> {
        if depth > DEEPEST {
            return Err(reader.expected("less nesting"));
        }
        let first = Self::read_term(reader, depth)?;
        if !reader.take(" + ") {
            return Ok(first);
        }
        let mut terms = vec![first];
        loop {
            terms.push(Self::read_term(reader, depth)?);
            if !reader.take(" + ") {
                return Ok(Self::Sum(terms));
            }
        }
    }

    fn read_term(reader: &mut Reader<'_>, depth: u8) -> Result<Self, GrammarError> {
        if reader.take("max(") {
            return Ok(Self::Highest(Self::read_list(reader, depth)?));
        }
        if reader.take("min(") {
            return Ok(Self::Lowest(Self::read_list(reader, depth)?));
        }
        if reader.take("tiers(") {
            return Ok(Self::Tiers(Tiers::read(reader, depth)?));
        }
        let amount = reader.number()?;
        if reader.take("%") {
            return Ok(Self::AdValorem(Percent(amount)));
        }
        if !reader.take(" ") {
            return Err(reader.expected("`%` or a currency"));
        }
        let (currency, unit) = reader.currency_per_unit()?;
        Ok(Self::Specific(PerUnit { amount, currency, unit }))
    }

    fn read_list(reader: &mut Reader<'_>, depth: u8) -> Result<Vec<Self>, GrammarError> {
        let mut terms = vec![Self::read(reader, depth + 1)?];
        while reader.take(", ") {
            terms.push(Self::read(reader, depth + 1)?);
        }
        if terms.len() < 2 {
            return Err(reader.expected("`, ` and a second duty"));
        }
        reader.require(")", "`)`")?;
        Ok(terms)
    }
}

impl Tiers {
    fn read(reader: &mut Reader<'_>, depth: u8) -> Result<Self, GrammarError> {
        let (currency, unit) = reader.currency_per_unit()?;
        reader.require(": ", "`: `")?;
        let mut steps: Vec<Tier> = Vec::new();
        while !reader.take("else: ") {
            let inclusive = reader.take("<=");
            if !inclusive {
                reader.require("<", "`<=`, `<` or `else: `")?;
            }
            let bound = reader.number()?;
            if steps.last().is_some_and(|previous| previous.bound >= bound) {
                return Err(reader.expected("a higher bound"));
            }
            reader.require(": ", "`: `")?;
            let duty = DutyExpression::read(reader, depth + 1)?;
            reader.require("; ", "`; `")?;
            steps.push(Tier { bound, inclusive, duty });
        }
        if steps.is_empty() {
            return Err(reader.expected("a step before `else: `"));
        }
        let otherwise = Box::new(DutyExpression::read(reader, depth + 1)?);
        reader.require(")", "`)`")?;
        Ok(Self {
            currency,
            unit,
            steps,
            otherwise,
        })
    }
}

impl FromStr for DutyExpression {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        Reader::whole(text, |reader| Self::read(reader, 0))
    }
}

impl fmt::Display for DutyExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, terms: &[Self], separator: &str| {
            for (position, term) in terms.iter().enumerate() {
                if position > 0 {
                    f.write_str(separator)?;
                }
                write!(f, "{term}")?;
            }
            Ok(())
        };
        match self {
            Self::AdValorem(percent) => write!(f, "{percent}"),
            Self::Specific(per_unit) => write!(f, "{per_unit}"),
            Self::Sum(terms) => list(f, terms, " + "),
            Self::Highest(terms) => {
                f.write_str("max(")?;
                list(f, terms, ", ")?;
                f.write_str(")")
            }
            Self::Lowest(terms) => {
                f.write_str("min(")?;
                list(f, terms, ", ")?;
                f.write_str(")")
            }
            Self::Tiers(tiers) => {
                write!(f, "tiers({}/{}: ", tiers.currency, tiers.unit)?;
                for step in &tiers.steps {
                    let sign = if step.inclusive { "<=" } else { "<" };
                    write!(f, "{sign}{}: {}; ", step.bound, step.duty)?;
                }
                write!(f, "else: {})", tiers.otherwise)
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn number() -> impl Strategy<Value = Decimal> {
        (0_i64..1_000_000, 0_u32..=4).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).normalize())
    }

    fn unit() -> impl Strategy<Value = Unit> {
        let charged: Vec<Unit> = Unit::ALL.iter().copied().filter(|unit| *unit != Unit::PercentByVolume).collect();
        proptest::sample::select(charged)
    }

    fn currency() -> impl Strategy<Value = Currency> {
        proptest::sample::select(vec![Currency::CNY, Currency::THB, Currency::IDR])
    }

    /// Any expression the grammar can hold.
    pub(crate) fn expression() -> impl Strategy<Value = DutyExpression> {
        let leaf = prop_oneof![
            number().prop_map(|number| DutyExpression::AdValorem(Percent(number))),
            (number(), currency(), unit()).prop_map(|(amount, currency, unit)| DutyExpression::Specific(PerUnit {
                amount,
                currency,
                unit
            })),
        ];
        leaf.prop_recursive(2, 12, 3, |inner| {
            let several = prop::collection::vec(inner.clone(), 2..4);
            // A sum inside a sum prints without brackets, so it would come back flat.
            let terms = prop::collection::vec(
                inner.clone().prop_filter("flat", |term| !matches!(term, DutyExpression::Sum(_))),
                2..4,
            );
            prop_oneof![
                terms.prop_map(DutyExpression::Sum),
                several.clone().prop_map(DutyExpression::Highest),
                several.prop_map(DutyExpression::Lowest),
                (currency(), unit(), number(), any::<bool>(), inner.clone(), inner).prop_map(
                    |(currency, unit, bound, inclusive, duty, otherwise)| {
                        DutyExpression::Tiers(Tiers {
                            currency,
                            unit,
                            steps: vec![Tier { bound, inclusive, duty }],
                            otherwise: Box::new(otherwise),
                        })
                    }
                ),
            ]
        })
    }

    #[test]
    fn every_form_of_duty_reads_and_prints_the_same() {
        for text in [
            "12.5%",
            "21 CNY/m2",
            "5% + 0.65 MYR/kg",
            "max(5%, 3.75 THB/kg)",
            "min(10%, 2 CNY/L)",
            "tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)",
            "tiers(CNY/piece: <10000: 0%; else: 20%)",
            "tiers(CNY/m2: <=0: 0%; else: 10% + 0 CNY/m2)",
        ] {
            let expression: DutyExpression = text.parse().unwrap();
            assert_eq!(expression.to_string(), text);
        }
    }

    #[test]
    fn numbers_are_kept_in_one_form() {
        assert_eq!("12.50%".parse::<DutyExpression>().unwrap().to_string(), "12.5%");
        assert_eq!("0.0%".parse::<DutyExpression>().unwrap(), DutyExpression::FREE);
    }

    #[test]
    fn an_error_says_where_and_what() {
        for (text, position, expected) in [
            ("", 0, "a number"),
            ("12", 2, "`%` or a currency"),
            ("12 %", 3, "a currency"),
            ("12%x", 3, "the end"),
            ("1 CNY/stone", 6, "a unit"),
            ("max(5%)", 6, "`, ` and a second duty"),
            ("tiers(CNY/kg: else: 5%)", 20, "a step before `else: `"),
            ("tiers(CNY/kg: <=2: 5%; <=1: 3%; else: 1%)", 26, "a higher bound"),
            ("max(max(max(max(max(max(max(max(1%", 28, "less nesting"),
            ("99999999999%", 11, "a number below 10^9 with at most ten decimals"),
        ] {
            let error = text.parse::<DutyExpression>().unwrap_err();
            assert_eq!((error.position, error.expected), (position, expected), "{text}");
        }
    }

    #[test]
    fn free_means_free_whatever_is_shipped() {
        for (text, free) in [
            ("0%", true),
            ("0 CNY/L", true),
            ("0% + 0 CNY/kg", true),
            ("max(0%, 1 CNY/kg)", false),
            ("min(0%, 1 CNY/kg)", true),
            ("tiers(CNY/kg: <5: 0%; else: 1%)", false),
        ] {
            assert_eq!(text.parse::<DutyExpression>().unwrap().is_free(), free, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_tree_round_trip(expression in expression()) {
            prop_assert_eq!(expression.to_string().parse::<DutyExpression>(), Ok(expression));
        }

        #[test]
        fn no_text_panics(text in "[0-9.%a-z(),;:<=+/ CNY]{0,60}|\\PC*") {
            let _ = text.parse::<DutyExpression>();
        }
    }
}
