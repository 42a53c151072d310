//! The sentence that asks: what is shipped, from where to where, worth how much. Its slots stand where each language puts them.

use duty::{Currency, Economy, Unit};
use leptos::prelude::*;

use super::field::{ChoiceField, TextField};
use super::product::ProductField;
use crate::app::{amend, expect_state, expect_words, go};
use crate::data::available_importers;
use crate::query::RawQuery;
use crate::state::Answer;

/// Characters that stand for the slots while a sentence is cut into pieces; no message contains them.
const SLOTS: [&str; 4] = ["\u{1}", "\u{2}", "\u{3}", "\u{4}"];

/// The form. A change of choice is a step in the history, typing is not.
#[component]
pub(crate) fn Ask() -> impl IntoView {
    let words = expect_words();
    let [product, from, to, value] = SLOTS;
    let sentence = words.texts.ask(product, from, to, value);
    view! {
        <form class="ask" aria-label=words.texts.ask_name() on:submit=move |event| event.prevent_default()>
            <p class="sentence">
                {pieces(&sentence).into_iter().map(|piece| match piece {
                    Piece::Text(text) => text.into_any(),
                    Piece::Slot(0) => view! { <ProductField/> }.into_any(),
                    Piece::Slot(1) => view! { <FromField/> }.into_any(),
                    Piece::Slot(2) => view! { <ToField/> }.into_any(),
                    Piece::Slot(_) => view! { <ValueField/> }.into_any(),
                }).collect_view()}
            </p>
            <p class="more">
                <RateField/>
                <QuantityFields/>
                <DateField/>
            </p>
        </form>
    }
}

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

/// Changes the query as a step in the history.
fn choose(change: impl Fn(&mut RawQuery, String) + Send + Sync + 'static) -> Callback<String> {
    let state = expect_state();
    Callback::new(move |text| {
        let mut query = state.query.get_untracked();
        change(&mut query, text);
        go(state, query);
    })
}

/// Changes the query while typing.
fn edit(change: impl Fn(&mut RawQuery, String) + Send + Sync + 'static) -> Callback<String> {
    let state = expect_state();
    Callback::new(move |text| amend(state, |query| change(query, text)))
}

#[component]
fn FromField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let options = Economy::ALL
        .into_iter()
        .filter(|economy| economy.is_asean())
        .map(|economy| (economy.code().to_owned(), words.economy(economy).to_owned()))
        .collect();
    view! {
        <ChoiceField id="from" name=words.texts.field_from() options
            value=Signal::derive(move || state.query.with(|query| query.from.to_uppercase()))
            change=choose(|query, text| query.from = text)
            error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.from))/>
    }
}

#[component]
fn ToField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let options = available_importers()
        .into_iter()
        .map(|economy| (economy.code().to_owned(), words.economy(economy).to_owned()))
        .collect();
    view! {
        <ChoiceField id="to" name=words.texts.field_to() options
            value=Signal::derive(move || state.query.with(|query| query.to.to_uppercase()))
            change=choose(|query, text| query.to = text)
            error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.to))/>
    }
}

#[component]
fn ValueField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let importer_currency = move || state.parsed.with(|parsed| parsed.to.unwrap_or(Economy::China).currency());
    // What buyers and sellers of the region invoice in: both own currencies and the dollar.
    let currencies = move || {
        let origin = state.parsed.with(|parsed| parsed.from.map(Economy::currency));
        let mut currencies = vec![importer_currency(), Currency::USD];
        currencies.extend(origin);
        currencies.extend(state.query.with(|query| query.currency.parse::<Currency>().ok()));
        let mut seen = Vec::new();
        currencies.retain(|currency| {
            !seen.contains(currency) && {
                seen.push(*currency);
                true
            }
        });
        currencies
    };
    let chosen = move || {
        state.query.with(|query| {
            if query.currency.is_empty() {
                importer_currency().code().to_owned()
            } else {
                query.currency.to_uppercase()
            }
        })
    };
    let set_currency = choose(move |query, text| query.currency = if text == importer_currency().code() { String::new() } else { text });
    let no_error = Signal::derive(|| None);
    view! {
        {move || view! {
            <ChoiceField id="currency" name=words.texts.field_currency() value=Signal::derive(chosen) change=set_currency error=no_error
                options=currencies().into_iter().map(|currency| (currency.code().to_owned(), currency.code().to_owned())).collect()/>
        }}
        " "
        <TextField id="value".to_owned() name=words.texts.field_value()
            value=Signal::derive(move || state.query.with(|query| query.value.clone()))
            change=edit(|query, text| query.value = text)
            error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.value))/>
    }
}

/// Only asked when the value is not in the importer's currency. There is no network to look a rate up.
#[component]
fn RateField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let pair = Memo::new(move |_| {
        let importer = state.parsed.with(|parsed| parsed.to)?.currency();
        let currency: Currency = state.query.with(|query| query.currency.parse().ok())?;
        (currency != importer).then_some((currency, importer))
    });
    move || {
        let (currency, importer) = pair.get()?;
        let [rate, ..] = SLOTS;
        let sentence = words.texts.ask_rate(currency.code(), rate, importer.code());
        Some(view! {
            <span class="asked">
                {with_slot(&sentence, view! {
                    <TextField id="rate".to_owned() name=words.texts.field_rate()
                        value=Signal::derive(move || state.query.with(|query| query.rate.clone()))
                        change=edit(|query, text| query.rate = text)
                        error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.rate))/>
                }.into_any())}
            </span>
        })
    }
}

/// Only asked when a duty of the line is charged by quantity, or slides with the price of a unit.
#[component]
fn QuantityFields() -> impl IntoView {
    let state = expect_state();
    let units = Memo::new(move |_| {
        let mut units: Vec<Unit> = state.answer.with(|answer| match answer {
            Answer::Ready(ready) => ready.spread.cases.iter().flat_map(|case| case.assessment.units.clone()).collect(),
            _ => Vec::new(),
        });
        // A quantity that is wrong or was stated before stays where it can be seen and mended.
        units.extend(state.query.with(|query| query.quantities.keys().copied().collect::<Vec<_>>()));
        units.sort_unstable();
        units.dedup();
        units
    });
    move || units.get().into_iter().map(|unit| view! { <QuantityField unit/> }).collect_view()
}

#[component]
fn QuantityField(unit: Unit) -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let [slot, ..] = SLOTS;
    let sentence = words.texts.ask_quantity(slot, words.unit(unit));
    view! {
        <span class="asked">
            {with_slot(&sentence, view! {
                <TextField id=format!("quantity-{}", unit.code()) name=words.texts.field_quantity(words.unit(unit))
                    value=Signal::derive(move || state.query.with(|query| query.quantities.get(&unit).cloned().unwrap_or_default()))
                    change=edit(move |query, text| _ = query.quantities.insert(unit, text))
                    error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.quantities.get(&unit).copied()))/>
            }.into_any())}
        </span>
    }
}

#[component]
fn DateField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let [slot, ..] = SLOTS;
    let sentence = words.texts.ask_date(slot);
    view! {
        <span class="asked">
            {with_slot(&sentence, view! {
                <TextField id="on".to_owned() name=words.texts.field_date() kind="date"
                    value=Signal::derive(move || state.query.with(|query| query.on_or(state.today)))
                    change=edit(move |query, text| query.on = if text == query_today(state.today) { String::new() } else { text })
                    error=Signal::derive(move || state.parsed.with(|parsed| parsed.errors.on))/>
            }.into_any())}
        </span>
    }
}

fn query_today(today: time::Date) -> String {
    duty::print_date(today)
}

/// A sentence with one slot filled.
fn with_slot(sentence: &str, slot: AnyView) -> impl IntoView + use<> {
    let (before, after) = sentence
        .split_once(SLOTS.map(|slot| slot.chars().next().unwrap_or_default()))
        .unwrap_or((sentence, ""));
    (before.to_owned(), slot, after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_stand_where_the_sentence_puts_them() {
        let found: Vec<String> = pieces("I ship \u{1} to \u{3}.")
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Slot(slot) => format!("<{slot}>"),
            })
            .collect();
        assert_eq!(found, ["I ship ", "<0>", " to ", "<2>", "."]);
    }
}
