//! The sentence that asks: what is shipped, from where to where, worth how much. Its slots stand where each language puts them.

use std::rc::Rc;

use duty::{Currency, Economy, Unit, print_date};
use leptos::prelude::*;

use super::element::{View, changing_by, classed, nothing, plain, several};
use super::field::{Change, Field, choice_field, text_field};
use super::link::state_link;
use super::product::{Combobox, keep_another, product_field};
use crate::app::{amend, go};
use crate::state::AppState;
use query::{FieldErrors, RawQuery};
use words::{Words, joined};

/// Characters that stand for the slots while a sentence is cut into pieces; no message contains them.
const SLOTS: [&str; 4] = ["\u{1}", "\u{2}", "\u{3}", "\u{4}"];

/// The form. A change of choice is a step in the history, typing is not.
pub(crate) fn ask(state: AppState, words: Words) -> View {
    let [product, from, to, value] = SLOTS;
    let sentence = words.texts.ask(product, from, to, value);
    let combobox = Combobox::new(state);
    let fields = vec![
        product_field(words, combobox),
        from_field(state, words),
        to_field(state, words),
        value_field(state, words),
    ];
    classed("form", "ask")
        .attribute("aria-label", words.texts.ask_name())
        .on("submit", |event| event.prevent_default())
        .child(classed("div", "sentence").children(filled(&sentence, fields)).view())
        .child(
            classed("div", "more")
                .children([
                    further_fields(state, words),
                    date_field(state, words),
                    swap(state, words),
                    keep_another(words, combobox),
                    state_link(state, RawQuery::start_browsing).text(words.texts.browse_open()).view(),
                ])
                .view(),
        )
        .view()
}

/// The words of a sentence with the fields in its slots.
fn filled(sentence: &str, fields: Vec<View>) -> Vec<View> {
    let mut fields: Vec<Option<View>> = fields.into_iter().map(Some).collect();
    let view = |piece| match piece {
        Piece::Text(text) => plain(&text),
        Piece::Slot(slot) => fields.get_mut(slot).and_then(Option::take).unwrap_or_else(nothing),
    };
    pieces(sentence).into_iter().map(view).collect()
}

#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Slot(usize),
}

fn pieces(sentence: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for character in sentence.chars() {
        match SLOTS.iter().position(|slot| slot.starts_with(character)) {
            Some(slot) => {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Slot(slot));
            }
            None => text.push(character),
        }
    }
    pieces.push(Piece::Text(text));
    pieces
}

/// A short sentence with one field.
fn asked(sentence: &str, field: View) -> View {
    classed("span", "asked").children(filled(sentence, vec![field])).view()
}

/// The same goods the other way.
fn swap(state: AppState, words: Words) -> View {
    classed("button", "plain")
        .attribute("type", "button")
        .on("click", move |_| {
            choose(state, |query| {
                let origin = query.to.clone();
                query.take_from(origin);
            });
        })
        .text("⇄ ")
        .text(words.texts.ask_swap())
        .view()
}

/// Changes the query as a step in the history.
fn choose(state: AppState, change: impl FnOnce(&mut RawQuery)) {
    let mut query = state.query.get_untracked();
    change(&mut query);
    go(state, query);
}

fn field(
    state: AppState,
    id: &str,
    name: impl Into<String>,
    value: fn(&RawQuery) -> String,
    error: fn(&FieldErrors) -> Option<query::FieldError>,
) -> Field {
    Field {
        id: id.to_owned(),
        name: name.into(),
        value: Rc::new(move || state.query.with(value)),
        placeholder: String::new(),
        error: Rc::new(move || error(&state.parsed().errors)),
    }
}

fn from_field(state: AppState, words: Words) -> View {
    let field = field(
        state,
        "from",
        words.texts.field_from(),
        |query| query.from.to_ascii_uppercase(),
        |errors| errors.from,
    );
    economy_field(words, field, Box::new(move |code| choose(state, |query| query.take_from(code))))
}

fn to_field(state: AppState, words: Words) -> View {
    let field = field(
        state,
        "to",
        words.texts.field_to(),
        |query| query.to.to_ascii_uppercase(),
        |errors| errors.to,
    );
    let change = Box::new(move |code| choose(state, |query| query.send_to(code)));
    economy_field(words, field, change)
}

fn economy_field(words: Words, field: Field, change: Change) -> View {
    let option = |economy: Economy| (economy.code().to_owned(), words.economy(economy).to_owned());
    choice_field(words, field, Economy::ALL.map(option).into(), change)
}

/// Which fields the form has, and in what they count. Fields are made anew when it changes, and only then, so that typing keeps the focus.
struct Shape {
    importer: Currency,
    origin: Option<Currency>,
    /// The currency of the value, if it is not the importer's.
    foreign: Option<Currency>,
    /// The units whose quantity is asked for.
    units: Vec<Unit>,
    /// The standard rate of the general tax and its name, where it can be stated because it is not read for the product.
    tax: Option<(&'static str, String)>,
}

impl Shape {
    fn of(state: AppState, words: Words) -> Self {
        let query::Parsed { from, to, .. } = state.parsed();
        let answer = state.answer();
        let importer = to.unwrap_or(Economy::China).currency();
        let chosen: Option<Currency> = state.query.with(|query| query.currency.parse().ok());
        // A duty of the line is charged by it or slides with its price; or it was stated before, and stays where it can be seen and mended.
        let asked = |unit: &Unit| state.query.with(|query| query.quantities.get(*unit).is_some()) || answer.depends_on(*unit);
        Self {
            importer,
            origin: from.map(Economy::currency),
            foreign: chosen.filter(|currency| *currency != importer),
            units: Unit::ALL.iter().copied().filter(asked).collect(),
            tax: (state.query.with(|query| !query.vat.is_empty()) || answer.takes_standard_tax())
                .then(|| (answer.general_tax(words), answer.standard_tax())),
        }
    }

    /// All of it in one text, as it follows signals.
    fn key_of(state: AppState, words: Words) -> impl Fn() -> String {
        move || {
            let shape = Self::of(state, words);
            let currencies = [Some(shape.importer), shape.origin, shape.foreign];
            let currencies = currencies.iter().map(|currency| currency.as_ref().map_or("-", Currency::code));
            let parts = currencies
                .chain(shape.units.iter().map(|unit| unit.code()))
                .chain(shape.tax.iter().flat_map(|(name, rate)| [*name, rate]));
            joined(parts.map(str::to_owned), " ")
        }
    }
}

fn value_field(state: AppState, words: Words) -> View {
    let currencies = changing_by(Shape::key_of(state, words), move || {
        let Shape { importer, origin, .. } = Shape::of(state, words);
        // What buyers and sellers of the region invoice in: both own currencies and the dollar.
        let mut codes = vec![importer.code().to_owned()];
        for currency in [Some(Currency::USD), origin].into_iter().flatten() {
            if !codes.iter().any(|code| code == currency.code()) {
                codes.push(currency.code().to_owned());
            }
        }
        let field = Field {
            id: "currency".to_owned(),
            name: words.texts.field_currency().to_owned(),
            value: Rc::new(move || {
                let chosen = state.query.with(|query| query.currency.to_ascii_uppercase());
                if chosen.is_empty() { importer.code().to_owned() } else { chosen }
            }),
            placeholder: String::new(),
            error: Rc::new(|| None),
        };
        let options = codes.into_iter().map(|code| (code.clone(), code)).collect();
        let change = move |text| {
            let own = importer.code() == text;
            choose(state, |query| query.currency = if own { String::new() } else { text });
        };
        choice_field(words, field, options, Box::new(change))
    });
    let value = field(
        state,
        "value",
        words.texts.field_value(),
        |query| query.value.clone(),
        |errors| errors.value,
    );
    let value = text_field(words, value, "text", Box::new(move |text| amend(state, |query| query.value = text)));
    classed("span", "amount").child(currencies).text(" ").child(value).view()
}

/// The exchange rate, where the value is not in the importer's currency (there is no network to look one up), the quantities, and the rate
/// of tax where only a standard one is known.
fn further_fields(state: AppState, words: Words) -> View {
    changing_by(Shape::key_of(state, words), move || {
        let Shape {
            importer,
            foreign,
            units,
            tax,
            ..
        } = Shape::of(state, words);
        let rate = foreign.map(|currency| rate_field(state, words, currency, importer));
        let quantities = units.into_iter().map(|unit| quantity_field(state, words, unit));
        let tax = tax.map(|(name, standard)| tax_field(state, words, name, standard));
        several(rate.into_iter().chain(quantities).chain(tax))
    })
}

fn rate_field(state: AppState, words: Words, currency: Currency, importer: Currency) -> View {
    let [slot, ..] = SLOTS;
    let sentence = words.texts.ask_rate(currency.code(), slot, importer.code());
    let field = field(
        state,
        "rate",
        words.texts.field_rate(),
        |query| query.rate.clone(),
        |errors| errors.rate,
    );
    let change = Box::new(move |text| amend(state, |query| query.rate = text));
    asked(&sentence, text_field(words, field, "text", change))
}

fn quantity_field(state: AppState, words: Words, unit: Unit) -> View {
    let [slot, ..] = SLOTS;
    let field = Field {
        id: "quantity-".to_owned() + unit.code(),
        name: words.texts.field_quantity(words.unit(unit)),
        value: Rc::new(move || state.query.with(|query| query.quantities.get(unit).cloned().unwrap_or_default())),
        placeholder: String::new(),
        error: Rc::new(move || state.parsed().errors.quantities.get(unit).copied()),
    };
    let change = move |text| amend(state, |query| query.quantities.set(unit, text));
    asked(
        &words.texts.ask_quantity(slot, words.unit(unit)),
        text_field(words, field, "text", Box::new(change)),
    )
}

fn tax_field(state: AppState, words: Words, tax: &'static str, standard: String) -> View {
    let [slot, ..] = SLOTS;
    let field = Field {
        id: "vat".to_owned(),
        name: words.texts.field_vat(tax),
        value: Rc::new(move || state.query.with(|query| query.vat.clone())),
        placeholder: standard,
        error: Rc::new(move || state.parsed().errors.vat),
    };
    let change = Box::new(move |text| amend(state, |query| query.vat = text));
    asked(&words.texts.ask_vat(tax, slot), text_field(words, field, "text", change))
}

fn date_field(state: AppState, words: Words) -> View {
    let [slot, ..] = SLOTS;
    let field = Field {
        id: "on".to_owned(),
        name: words.texts.field_date().to_owned(),
        value: Rc::new(move || state.query.with(|query| query.on_or(state.today))),
        placeholder: String::new(),
        error: Rc::new(move || state.parsed().errors.on),
    };
    let change = move |text: String| {
        // Browsers report a day that is only half typed as none; writing that back would undo the typing.
        if text.is_empty() {
            return;
        }
        let today = text == print_date(state.today);
        amend(state, |query| query.on = if today { String::new() } else { text });
    };
    asked(&words.texts.ask_date(slot), text_field(words, field, "date", Box::new(change)))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn slots_stand_where_the_sentence_puts_them() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let expected = [text("I ship "), Piece::Slot(0), text(" to "), Piece::Slot(2), text(".")];
        assert_eq!(pieces("I ship \u{1} to \u{3}."), expected);
    }
}
