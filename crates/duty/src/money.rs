//! Amounts of money, exact: decimals, checked arithmetic, and the one place where an amount is rounded. No binary floating point.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

/// A currency by its three letters of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// A text that is not three letters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a currency; use three letters such as CNY or USD")]
pub struct NotACurrency(pub String);

macro_rules! currencies {
    ($($name:ident $doc:literal),* $(,)?) => {
        $(#[doc = $doc] pub const $name: Self = Self::from_letters(stringify!($name));)*
    };
}

impl Currency {
    currencies! {
        BND "Brunei dollar.", CNY "Chinese yuan, in fen of a hundredth.", IDR "Indonesian rupiah.", KHR "Cambodian riel.",
        LAK "Lao kip.", MMK "Myanmar kyat.", MYR "Malaysian ringgit.", PHP "Philippine peso.", SGD "Singapore dollar.",
        THB "Thai baht.", USD "United States dollar.", VND "Vietnamese dong.",
    }

    const fn from_letters(text: &str) -> Self {
        match text.as_bytes() {
            [a, b, c] => Self([*a, *b, *c]),
            _ => Self(*b"XXX"),
        }
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Digits after the point in amounts that customs collects: currencies without a coin in use have none.
    #[must_use]
    pub fn minor_digits(self) -> u32 {
        match self {
            Self::IDR | Self::KHR | Self::LAK | Self::MMK | Self::VND => 0,
            _ => 2,
        }
    }

    /// Rounds to the currency's smallest unit, half away from zero. The only place in the project where money is rounded.
    ///
    /// Half away from zero is China's 四舍五入; whether every ASEAN customs does the same is to be confirmed.
    #[must_use]
    pub fn round(self, amount: Decimal) -> Decimal {
        let digits = self.minor_digits();
        if amount.scale() == digits {
            return amount;
        }
        let mut rounded = amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        if rounded.scale() != digits {
            rounded.rescale(digits);
        }
        rounded
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let letters: Option<[u8; 3]> = text.as_bytes().try_into().ok();
        match letters {
            Some(letters) if letters.iter().all(u8::is_ascii_alphabetic) => Ok(Self(letters.map(|letter| letter.to_ascii_uppercase()))),
            _ => Err(NotACurrency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a typed number is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("no number")]
    Empty,
    /// Not digits with one point and, if any, commas between thousands.
    #[error("not a plain number; write 10000 or 10,000.50")]
    NotANumber,
    /// Below zero.
    #[error("must not be negative")]
    Negative,
    /// Zero, where something must be divided by it.
    #[error("must be more than zero")]
    Zero,
    /// More digits than any shipment needs; they would overflow exact arithmetic.
    #[error("too large or too many digits")]
    TooLarge,
}

/// The largest value or quantity taken: 10^15, so that no product with a rate can overflow.
const LARGEST: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

/// Digits after the point taken in a typed number.
const MOST_DECIMALS: u32 = 8;

/// Reads a number as people type it: `10000`, `10,000.50`, full-width digits, blanks between thousands.
///
/// A comma is taken only between groups of three digits: "10.000,50" is an error, not ten.
///
/// # Errors
/// [`NumberError`]; a negative, huge or over-precise number is refused too.
pub fn parse_number(text: &str) -> Result<Decimal, NumberError> {
    let plain: String = text
        .trim()
        .chars()
        .map(|character| match character {
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10).unwrap_or(character),
            '，' => ',',
            '．' | '。' => '.',
            other => other,
        })
        .filter(|character| !character.is_whitespace() && *character != '_' && *character != '\'')
        .collect();
    if plain.is_empty() {
        return Err(NumberError::Empty);
    }
    if plain.starts_with(['-', '−']) {
        return Err(NumberError::Negative);
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        digits_only(first)
            && groups.clone().all(|group| group.len() == 3 && digits_only(group))
            && (groups.next().is_none() || (!first.starts_with('0') && (1..=3).contains(&first.len())))
    };
    if !grouped || !digits_only(fraction) || plain == "." {
        return Err(NumberError::NotANumber);
    }
    let whole = whole.replace(',', "");
    if fraction.trim_end_matches('0').len() > MOST_DECIMALS as usize || whole.trim_start_matches('0').len() > 16 {
        return Err(NumberError::TooLarge);
    }
    let number = plain_decimal(&format!("0{whole}.{}0", fraction.trim_end_matches('0'))).ok_or(NumberError::NotANumber)?;
    if number > LARGEST {
        Err(NumberError::TooLarge)
    } else {
        Ok(number.normalize())
    }
}

/// A number written plainly: digits with at most one point, and a minus before them. `None` for anything else, and for more than 28 digits.
/// In place of the reader of `rust_decimal`, which is quick, and long: a kilobyte of the page.
///
/// ```
/// assert_eq!(duty::plain_decimal("-0.90"), Some(rust_decimal::Decimal::new(-90, 2)));
/// assert_eq!(duty::plain_decimal("1e3"), None);
/// ```
#[must_use]
pub fn plain_decimal(text: &str) -> Option<Decimal> {
    const MOST_DIGITS: u32 = 28;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut mantissa, mut count, mut whole) = (0_i128, 0, None);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if count < MOST_DIGITS => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                count += 1;
            }
            b'.' if whole.is_none() => whole = Some(count),
            _ => return None,
        }
    }
    let signed = if digits.len() < text.len() { -mantissa } else { mantissa };
    let scale = count - whole.unwrap_or(count);
    if count == 0 {
        None
    } else {
        Decimal::try_from_i128_with_scale(signed, scale).ok()
    }
}

/// An amount in a currency. Not rounded until [`Currency::round`] says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount as people type it.
    ///
    /// # Errors
    /// [`NumberError`], see [`parse_number`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, NumberError> {
        Ok(Self {
            amount: parse_number(text)?,
            currency,
        })
    }

    /// A hundred, of which an amount is as many percent.
    pub(crate) fn hundred(currency: Currency) -> Self {
        Self {
            amount: Decimal::ONE_HUNDRED,
            currency,
        }
    }

    /// The number.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// This money and more of the same currency: goods with their freight and insurance.
    ///
    /// # Errors
    /// [`NumberError::TooLarge`] above 10^15.
    pub fn with(self, more: Decimal) -> Result<Self, NumberError> {
        match sum(self.amount, more) {
            Ok(amount) if amount <= LARGEST => Ok(Self { amount, ..self }),
            _ => Err(NumberError::TooLarge),
        }
    }

    /// This money in another currency, at `rate` units of it for one unit of this.
    ///
    /// # Errors
    /// [`NumberError::TooLarge`] above 10^15, [`NumberError::Zero`] at a rate of zero.
    pub fn exchanged(self, rate: Decimal, currency: Currency) -> Result<Self, NumberError> {
        if rate.is_zero() {
            return Err(NumberError::Zero);
        }
        let amount = self
            .amount
            .checked_mul(rate)
            .filter(|amount| *amount <= LARGEST)
            .ok_or(NumberError::TooLarge)?;
        Ok(Self { amount, currency })
    }
}

/// The amount is beyond exact arithmetic; bounded input cannot reach this.
///
/// All that can go wrong in arithmetic, and a type without content: an amount or this is copied whole. An amount or a
/// [`Shortfall`](crate::Shortfall) is copied in pieces that do not match how it was written, which was a quarter of the time of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

/// The sum, if it can be held exactly. Not inlined, like [`product`]: decimal arithmetic is long, and the page carries it once.
#[inline(never)]
pub(crate) fn sum(one: Decimal, other: Decimal) -> Result<Decimal, Overflow> {
    one.checked_add(other).ok_or(Overflow)
}

/// The difference, if it can be held exactly: the sum with the negative, but nought is never minus nought.
pub(crate) fn difference(one: Decimal, other: Decimal) -> Result<Decimal, Overflow> {
    let difference = sum(one, -other)?;
    Ok(if difference.is_zero() { difference.abs() } else { difference })
}

/// The product, if it can be held exactly.
#[inline(never)]
pub(crate) fn product(one: Decimal, other: Decimal) -> Result<Decimal, Overflow> {
    one.checked_mul(other).ok_or(Overflow)
}

/// The quotient: exact, or rounded to the 28 digits a decimal holds if it has more.
#[inline(never)]
pub(crate) fn quotient(one: Decimal, other: Decimal) -> Result<Decimal, Overflow> {
    one.checked_div(other).ok_or(Overflow)
}

/// How much of a whole a part is, in percent, to the tenth: for drawings, never for money. Nothing of nothing.
#[must_use]
#[inline(never)]
pub fn percentage(part: Decimal, whole: Decimal) -> Decimal {
    // Divided first: an amount of dong may be as large as a decimal holds.
    let percent = quotient(whole, Decimal::ONE_HUNDRED).unwrap_or_default();
    quotient(part, percent).unwrap_or_default().round_dp(1)
}

/// An amount known exactly, or only between two bounds (both in the importer's currency).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The least it can be.
    pub least: Decimal,
    /// The most it can be.
    pub most: Decimal,
}

impl Span {
    /// An amount that is known.
    #[must_use]
    pub fn exactly(amount: Decimal) -> Self {
        Self {
            least: amount,
            most: amount,
        }
    }

    /// The amount, if it is known exactly.
    #[must_use]
    pub fn exact(self) -> Option<Decimal> {
        (self.least == self.most).then_some(self.least)
    }

    /// The span that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    /// Both bounds in percent of a whole; `None` if that is nothing.
    #[must_use]
    pub fn percent_of(self, whole: Decimal) -> Option<Self> {
        let percent = quotient(whole, Decimal::ONE_HUNDRED).ok()?;
        let share = |amount| quotient(amount, percent).ok().map(|share| share.normalize());
        Some(Self {
            least: share(self.least)?,
            most: share(self.most)?,
        })
    }

    /// Neither bound below those of `other`.
    #[inline(never)]
    pub(crate) fn at_least(self, other: Self) -> Self {
        Self {
            least: self.least.max(other.least),
            most: self.most.max(other.most),
        }
    }

    /// The sum, bound by bound.
    pub(crate) fn plus(self, other: Self) -> Result<Self, Overflow> {
        let least = sum(self.least, other.least)?;
        let is_exact = self.least == self.most && other.least == other.most;
        let most = if is_exact { least } else { sum(self.most, other.most)? };
        Ok(Self { least, most })
    }

    /// What is left when `other` is paid instead of this: from least minus most to most minus least.
    pub(crate) fn less(self, other: Self) -> Result<Self, Overflow> {
        let least = difference(self.least, other.most)?;
        let is_exact = self.least == self.most && other.least == other.most;
        let most = if is_exact { least } else { difference(self.most, other.least)? };
        Ok(Self { least, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::str::FromStr;

    fn number(text: &str) -> Decimal {
        Decimal::from_str(text).unwrap()
    }

    #[test]
    fn a_span_in_percent_of_a_whole_and_of_nothing() {
        let span = Span {
            least: number("324.00"),
            most: number("330"),
        };
        let shares = span.percent_of(number("10000")).unwrap();
        assert_eq!(
            (shares.least.to_string(), shares.most.to_string()),
            ("3.24".to_owned(), "3.3".to_owned())
        );
        assert_eq!(span.percent_of(Decimal::ZERO), None);
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (text, expected) in [
            ("10000", "10000"),
            ("10,000.50", "10000.5"),
            (" 1 000 ", "1000"),
            ("１０００", "1000"),
            (".5", "0.5"),
            ("7.", "7"),
            ("1,234,567", "1234567"),
            ("0.10000000000000000000", "0.1"),
        ] {
            assert_eq!(parse_number(text), Ok(number(expected)), "{text}");
        }
    }

    #[test]
    fn an_unclear_number_is_refused_not_guessed() {
        for (text, error) in [
            ("", NumberError::Empty),
            (".", NumberError::NotANumber),
            ("10.000,50", NumberError::NotANumber),
            ("10,00", NumberError::NotANumber),
            ("1234,567", NumberError::NotANumber),
            ("0,500", NumberError::NotANumber),
            ("1e5", NumberError::NotANumber),
            ("ten", NumberError::NotANumber),
            ("-3", NumberError::Negative),
            ("1000000000000001", NumberError::TooLarge),
            ("99999999999999999999999999999999", NumberError::TooLarge),
            ("0.123456789", NumberError::TooLarge),
        ] {
            assert_eq!(parse_number(text), Err(error), "{text}");
        }
        assert_eq!(parse_number("1,000,000,000,000,000"), Ok(LARGEST));
    }

    #[test]
    fn half_a_fen_rounds_away_from_zero() {
        assert_eq!(Currency::CNY.round(number("2.345")), number("2.35"));
        assert_eq!(Currency::CNY.round(number("2.3449999")), number("2.34"));
        assert_eq!(Currency::CNY.round(number("2")).to_string(), "2.00");
        assert_eq!(Currency::VND.round(number("2.5")).to_string(), "3");
    }

    #[test]
    fn an_exchange_keeps_every_digit() {
        let value = Money::parse("1234.56", Currency::USD).unwrap();
        let exchanged = value.exchanged(number("7.1234"), Currency::CNY).unwrap();
        assert_eq!(exchanged.amount(), number("8794.264704"));
        assert_eq!(value.exchanged(Decimal::ZERO, Currency::CNY), Err(NumberError::Zero));
    }

    #[test]
    fn freight_joins_the_goods() {
        let goods = Money::parse("1000", Currency::USD).unwrap();
        assert_eq!(goods.with(number("70.5")).unwrap().amount(), number("1070.5"));
        assert_eq!(goods.with(LARGEST), Err(NumberError::TooLarge));
    }

    proptest! {
        #[test]
        fn plain_decimals_are_those_of_the_library(text in "-?[0-9]{1,19}(\\.[0-9]{0,9})?|[-.0-9ex ]{0,6}") {
            let theirs = Decimal::from_str_exact(&text).ok().filter(|_| !text.contains(['e', ' ']));
            match plain_decimal(&text) {
                Some(ours) => prop_assert_eq!((Some(ours), Some(ours.scale())), (theirs, theirs.map(|theirs| theirs.scale()))),
                None => prop_assert!(theirs.is_none(), "{}", text),
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = parse_number(&text);
        }

        #[test]
        fn plain_numbers_round_trip(mantissa in 0_i64..1_000_000_000_000_000, scale in 0_u32..=8) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(parse_number(&number.to_string()), Ok(number));
        }
    }
}
