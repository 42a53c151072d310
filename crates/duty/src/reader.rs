//! Reads a text of the duty grammar from left to right. Knows tokens, not duties.

use rust_decimal::Decimal;

use crate::economy::Economy;
use crate::expression::GrammarError;
use crate::money::{Currency, plain_decimal};
use crate::quantity::Unit;

pub(crate) struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

/// Rates above this are misprints; with values of at most 10^15 no product can overflow.
const LARGEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
const MOST_DECIMALS: u32 = 10;

impl<'a> Reader<'a> {
    /// Reads the whole of `text` with `read`; anything left over is an error.
    pub(crate) fn whole<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Result<T, GrammarError>) -> Result<T, GrammarError> {
        let mut reader = Self { text, rest: text };
        let value = read(&mut reader)?;
        if reader.rest.is_empty() {
            Ok(value)
        } else {
            Err(reader.expected("the end"))
        }
    }

    pub(crate) fn expected(&self, expected: &'static str) -> GrammarError {
        let read = self.text.len() - self.rest.len();
        GrammarError {
            text: self.text.to_owned(),
            position: self.text.get(..read).map_or(0, |read| read.chars().count()),
            expected,
        }
    }

    /// Whether `token` comes next.
    pub(crate) fn at(&self, token: &str) -> bool {
        self.rest.starts_with(token)
    }

    /// Takes `token` if it comes next.
    pub(crate) fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub(crate) fn require(&mut self, token: &str, expected: &'static str) -> Result<(), GrammarError> {
        if self.take(token) { Ok(()) } else { Err(self.expected(expected)) }
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !belongs(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    pub(crate) fn number(&mut self) -> Result<Decimal, GrammarError> {
        let text = self.take_while(|character| character.is_ascii_digit() || character == '.');
        self.decimal(text)
    }

    fn decimal(&self, text: &str) -> Result<Decimal, GrammarError> {
        if !text.starts_with(|first: char| first.is_ascii_digit()) || text.ends_with('.') {
            return Err(self.expected("a number"));
        }
        let number = plain_decimal(text).ok_or_else(|| self.expected("a number"))?.normalize();
        if number > LARGEST || number.scale() > MOST_DECIMALS {
            return Err(self.expected("a number below 10^9 with at most ten decimals"));
        }
        Ok(number)
    }

    /// A year of four digits.
    pub(crate) fn year(&mut self) -> Result<i32, GrammarError> {
        let start = self.rest;
        let text = self.take_while(|character| character.is_ascii_digit());
        match text.parse() {
            Ok(year) if text.len() == 4 => Ok(year),
            _ => Err(self.back_at(start).expected("a year")),
        }
    }

    /// Whether a year comes next: digits, then a colon.
    pub(crate) fn at_year(&self) -> bool {
        self.rest.get(4..).is_some_and(|after| after.starts_with(": "))
            && self
                .rest
                .get(..4)
                .is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// The two letters of an economy.
    pub(crate) fn economy(&mut self) -> Result<Economy, GrammarError> {
        let start = self.rest;
        let letters = self.take_while(|character| character.is_ascii_uppercase());
        letters.parse().map_err(|_| self.back_at(start).expected("an economy"))
    }

    /// `CNY/kg`.
    pub(crate) fn currency_per_unit(&mut self) -> Result<(Currency, Unit), GrammarError> {
        let start = self.rest;
        let letters = self.take_while(|character| character.is_ascii_uppercase());
        let currency = letters.parse().map_err(|_| self.back_at(start).expected("a currency"))?;
        self.require("/", "`/` and a unit")?;
        let start = self.rest;
        let code = self.take_while(|character| character.is_ascii_alphanumeric() || character == '-');
        let unit = Unit::ALL
            .iter()
            .copied()
            .find(|unit| unit.code() == code)
            .ok_or_else(|| self.back_at(start).expected("a unit"))?;
        Ok((currency, unit))
    }

    /// The reader as it was before what follows `rest` was taken, to say where a token began.
    fn back_at(&self, rest: &'a str) -> Self {
        Self { text: self.text, rest }
    }
}
