//! Units in which specific duties are charged, and how much of each a shipment holds. No conversion between units.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::evaluate::Shortfall;
use crate::expression::Percent;
use crate::money::{NumberError, parse_number};

macro_rules! units {
    ($($name:ident $code:literal $doc:literal),* $(,)?) => {
        /// A unit of quantity. Words that only count things (台, 辆, 件, 只 …) are all [`Unit::Piece`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Unit {
            $(#[doc = $doc] $name,)*
        }

        impl Unit {
            /// Every unit.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As written in the duty grammar.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

units! {
    Kilogram "kg" "Net weight.",
    Gram "g" "Net weight of precious things.",
    Carat "carat" "0.2 gram of gemstone.",
    Litre "L" "Volume of liquid.",
    Kilolitre "kL" "A thousand litres.",
    Metre "m" "Length.",
    SquareMetre "m2" "Area.",
    Piece "piece" "One article, head, vehicle or machine.",
    HundredPieces "hundred" "A hundred articles.",
    Pair "pair" "Two that belong together: shoes, gloves.",
    Set "set" "Articles put up together.",
    KilowattHour "kWh" "Electrical energy.",
    Minute "min" "Running time of film and recordings.",
    KilogramOrLitre "kg-or-L" "Kilograms if the goods are solid, litres if not: Thailand's mixed duty on oils.",
    LitreOfAlcohol "Lalc" "Pure alcohol in a drink: litres times strength.",
    PercentByVolume "%vol" "Alcoholic strength; states a share of the litres, charges nothing by itself.",
}

impl Unit {
    /// Whether a person states a quantity of this one, or a share of it, in `unit`.
    #[must_use]
    pub fn is_stated_in(self, unit: Self) -> bool {
        match self {
            Self::LitreOfAlcohol => matches!(unit, Self::Litre | Self::PercentByVolume),
            _ => self == unit,
        }
    }
}

/// A text that names no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a unit; use one of kg, g, carat, L, kL, m, m2, piece, hundred, pair, set, kWh, min, kg-or-L, Lalc, %vol")]
pub struct UnknownUnit(pub String);

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        Self::ALL
            .iter()
            .copied()
            .find(|unit| unit.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownUnit(text.to_owned()))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How much of one unit: more than zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    amount: Decimal,
    unit: Unit,
}

/// Why a text is not a quantity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The number is not one, or is zero.
    #[error("{0}")]
    Number(#[from] NumberError),
    /// The unit is not known.
    #[error("{0}")]
    Unit(#[from] UnknownUnit),
}

/// The least quantity taken, so that a price per unit cannot overflow.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

impl Quantity {
    /// A quantity as people type its number.
    ///
    /// # Errors
    /// [`NumberError`]; [`NumberError::Zero`] below a millionth.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, NumberError> {
        let amount = parse_number(text)?;
        if amount < LEAST {
            Err(NumberError::Zero)
        } else {
            Ok(Self { amount, unit })
        }
    }

    /// The number.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The unit.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.unit
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Number and unit together: `1000kg`, `12.5 L`.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim();
        let split = text
            .find(|character: char| character.is_alphabetic() || character == '%')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(split).unwrap_or((text, ""));
        Ok(Self::parse(number, unit.trim().parse()?)?)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount.normalize(), self.unit)
    }
}

/// What a shipment holds: at most one quantity per unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quantities(Vec<Quantity>);

impl Quantities {
    /// None stated: duties by quantity will ask.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// These; of two in the same unit the later counts.
    pub fn set(&mut self, quantity: Quantity) {
        self.0.retain(|other| other.unit != quantity.unit);
        let place = self.0.partition_point(|other| other.unit < quantity.unit);
        self.0.insert(place, quantity);
    }

    /// The quantity stated in that very unit: kilograms do not answer for litres.
    #[must_use]
    pub fn get(&self, unit: Unit) -> Option<Decimal> {
        self.0.iter().find(|quantity| quantity.unit == unit).map(|quantity| quantity.amount)
    }

    /// The quantity a duty is charged on, from what was stated.
    ///
    /// # Errors
    /// [`Shortfall::Quantity`] names the unit to ask for.
    pub fn charged(&self, unit: Unit) -> Result<Decimal, Shortfall> {
        let stated = |unit| self.get(unit).ok_or(Shortfall::Quantity(unit));
        match (unit, self.get(unit)) {
            (Unit::LitreOfAlcohol, None) => Ok(Percent::from_number(stated(Unit::PercentByVolume)?).of(stated(Unit::Litre)?)?),
            (_, quantity) => quantity.ok_or(Shortfall::Quantity(unit)),
        }
    }

    /// All of them, in the order of the units.
    pub fn iter(&self) -> impl Iterator<Item = Quantity> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Quantity> for Quantities {
    fn from_iter<I: IntoIterator<Item = Quantity>>(quantities: I) -> Self {
        let mut collected = Self::none();
        for quantity in quantities {
            collected.set(quantity);
        }
        collected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_unit_are_read_together() {
        for (text, amount, unit) in [
            ("1000kg", 1000, Unit::Kilogram),
            ("1,000 KG", 1000, Unit::Kilogram),
            ("3 m2", 3, Unit::SquareMetre),
            ("5L", 5, Unit::Litre),
        ] {
            let quantity: Quantity = text.parse().unwrap();
            assert_eq!((quantity.amount(), quantity.unit()), (Decimal::from(amount), unit), "{text}");
            assert_eq!(quantity.to_string().parse(), Ok(quantity));
        }
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!("0kg".parse::<Quantity>(), Err(QuantityError::Number(NumberError::Zero)));
        assert_eq!("0.0000001kg".parse::<Quantity>(), Err(QuantityError::Number(NumberError::Zero)));
        assert_eq!(
            "5 stone".parse::<Quantity>(),
            Err(QuantityError::Unit(UnknownUnit("stone".to_owned())))
        );
        assert_eq!("kg".parse::<Quantity>(), Err(QuantityError::Number(NumberError::Empty)));
    }

    #[test]
    fn pure_alcohol_is_litres_times_strength() {
        let quantities: Quantities = ["100L", "40%vol"].iter().map(|text| text.parse().unwrap()).collect();
        assert_eq!(quantities.charged(Unit::LitreOfAlcohol), Ok(Decimal::from(40)));
        let unstated: Quantities = std::iter::once("100L".parse().unwrap()).collect();
        assert_eq!(
            unstated.charged(Unit::LitreOfAlcohol),
            Err(Shortfall::Quantity(Unit::PercentByVolume))
        );
        let pure: Quantities = std::iter::once("7Lalc".parse().unwrap()).collect();
        assert_eq!(pure.charged(Unit::LitreOfAlcohol), Ok(Decimal::from(7)));
    }

    #[test]
    fn one_unit_never_answers_for_another() {
        let quantities: Quantities = ["5L", "7kg", "8kg"].iter().map(|text| text.parse().unwrap()).collect();
        assert_eq!(quantities.get(Unit::Kilogram), Some(Decimal::from(8)));
        assert_eq!(quantities.get(Unit::Gram), None);
        assert_eq!(quantities.iter().count(), 2);
    }
}
