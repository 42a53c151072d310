//! Numbers, money and dates as the language writes them, through the browser's `Intl`. Decimals go there as text, so that no digit
//! passes through a binary float. Outside a browser, in tests, numbers stay plain.

use duty::{Currency, Percent, Span};
use js_sys::{Array, Date as JsDate, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;
use time::Date;
use wasm_bindgen::{JsCast, JsValue};

/// Where there is no `Intl` to ask.
const OUTSIDE_A_BROWSER: bool = cfg!(not(target_family = "wasm"));

/// The value of an option of `Intl`.
enum Setting<'a> {
    Text(&'a str),
    Number(u32),
}

/// How one language writes numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Format {
    language: &'static str,
}

impl Format {
    /// For a language.
    #[must_use]
    pub fn new(language: &'static str) -> Self {
        Self { language }
    }

    fn number_with(self, number: Decimal, options: &[(&str, Setting)]) -> String {
        let text = number.to_string();
        if OUTSIDE_A_BROWSER {
            return text;
        }
        let formatter = Intl::NumberFormat::new(&self.locales(), &object(options));
        call(&formatter.format(), &JsValue::from_str(&text)).unwrap_or(text)
    }

    fn locales(self) -> Array {
        Array::of1(&JsValue::from_str(self.language))
    }

    /// A plain number with as many digits as it has.
    #[must_use]
    pub fn number(self, number: Decimal) -> String {
        self.number_with(number.normalize(), &[("maximumFractionDigits", Setting::Number(10))])
    }

    /// A rate, `20%`.
    #[must_use]
    pub fn percent(self, percent: Percent) -> String {
        self.number_with(
            percent.number(),
            &[
                ("style", Setting::Text("unit")),
                ("unit", Setting::Text("percent")),
                ("maximumFractionDigits", Setting::Number(10)),
            ],
        )
    }

    fn money_with(self, amount: Decimal, currency: Currency, least: u32, most: u32) -> String {
        let options = [
            ("style", Setting::Text("currency")),
            ("currency", Setting::Text(currency.code())),
            ("currencyDisplay", Setting::Text(display(currency))),
            ("minimumFractionDigits", Setting::Number(least)),
            ("maximumFractionDigits", Setting::Number(most)),
        ];
        self.number_with(amount, &options)
    }

    /// An amount in round figures where it is round: `¥21,800`, `¥21,800.50`.
    #[must_use]
    pub fn money(self, amount: Decimal, currency: Currency) -> String {
        let digits = if is_round(amount) { 0 } else { currency.minor_digits() };
        self.money_with(amount, currency, digits, digits)
    }

    /// A rate of money, with every digit it has: `¥2.64295885`.
    #[must_use]
    pub fn money_rate(self, amount: Decimal, currency: Currency) -> String {
        let digits = if is_round(amount) { 0 } else { currency.minor_digits() };
        self.money_with(amount, currency, digits, 10)
    }

    /// An amount to the smallest unit of the currency, for arithmetic: `¥21,800.00`.
    #[must_use]
    pub fn money_exact(self, amount: Decimal, currency: Currency) -> String {
        self.money_with(
            amount,
            currency,
            currency.minor_digits(),
            currency.minor_digits().max(amount.normalize().scale().min(6)),
        )
    }

    /// An amount, or the two between which it lies.
    #[must_use]
    pub fn span(self, span: Span, currency: Currency) -> String {
        match span.exact() {
            Some(amount) => self.money(amount, currency),
            None => format!("{} – {}", self.money(span.least, currency), self.money(span.most, currency)),
        }
    }

    /// A day, written out.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        let text = duty::print_date(date);
        if OUTSIDE_A_BROWSER {
            return text;
        }
        let options = [
            ("dateStyle", Setting::Text("long")),
            ("timeZone", Setting::Text("UTC")),
            // Papers of trade are dated by this calendar, also in Thai.
            ("calendar", Setting::Text("gregory")),
        ];
        let formatter = Intl::DateTimeFormat::new(&self.locales(), &object(&options));
        call(&formatter.format(), &JsDate::new(&JsValue::from_str(&text))).unwrap_or(text)
    }
}

/// Letters where the sign says too little: several currencies are dollars, and few phones outside Cambodia can draw the sign of the riel.
fn display(currency: Currency) -> &'static str {
    match currency {
        Currency::BND | Currency::SGD | Currency::KHR => "code",
        _ => "narrowSymbol",
    }
}

/// Whether an amount has nothing behind the point.
fn is_round(amount: Decimal) -> bool {
    amount.normalize().scale() == 0
}

fn object(options: &[(&str, Setting)]) -> Object {
    let object = Object::new();
    for (key, value) in options {
        let value = match *value {
            Setting::Text(text) => JsValue::from_str(text),
            Setting::Number(number) => number.into(),
        };
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &value);
    }
    object
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format
        .call1(&JsValue::UNDEFINED, value)
        .ok()?
        .dyn_into::<js_sys::JsString>()
        .ok()
        .map(String::from)
}
