//! The product: a combobox after the W3C pattern (focus stays in the input, the list is pointed at). Takes words in English or Chinese,
//! or a code of four to ten digits.

use duty::HsCode;
use leptos::html;
use leptos::prelude::*;

use super::field::FieldMessage;
use crate::app::{expect_state, expect_words, go};
use crate::data::{Load, LoadError};
use crate::i18n::Words;
use crate::query::RawQuery;
use crate::state::AppState;

/// As many as fit above the keyboard of a phone, and are read rather than skimmed.
const MOST_OPTIONS: usize = 8;

/// One thing to choose.
#[derive(Clone, PartialEq)]
struct Offer {
    code: HsCode,
    label: String,
    path: String,
}

/// What the list shows.
#[derive(Clone, PartialEq)]
enum Offers {
    Closed,
    Loading,
    Failed(LoadError),
    Found(Vec<Offer>),
}

/// What a key does in a list of `count` offers. Pure, so that the pattern can be tested without a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    PointAt(Option<usize>),
    Choose,
    Close,
    Nothing,
}

fn step(key: &str, pointed: Option<usize>, count: usize) -> Step {
    let last = count.checked_sub(1);
    match (key, pointed) {
        ("ArrowDown", None) => Step::PointAt(last.map(|_| 0)),
        ("ArrowDown", Some(position)) if Some(position) == last => Step::PointAt(Some(0)),
        ("ArrowDown", Some(position)) => Step::PointAt(Some(position + 1)),
        ("ArrowUp", None | Some(0)) => Step::PointAt(last),
        ("ArrowUp", Some(position)) => Step::PointAt(Some(position - 1)),
        ("Enter", _) => Step::Choose,
        ("Escape", _) => Step::Close,
        _ => Step::Nothing,
    }
}

/// The combobox.
#[component]
pub(crate) fn ProductField() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    // What is being typed; `None` while the chosen product is shown.
    let typed = RwSignal::new(None::<String>);
    let pointed = RwSignal::new(None::<usize>);
    let input = NodeRef::<html::Input>::new();
    let offers = Memo::new(move |_| typed.with(|typed| typed.as_deref().map_or(Offers::Closed, |typed| offers(state, typed))));
    let shown = move || typed.get().unwrap_or_else(|| shown_product(state));
    let error = Signal::derive(move || {
        if typed.with(Option::is_some) {
            None
        } else {
            state.parsed.with(|parsed| parsed.errors.product)
        }
    });

    let choose = move |code: String| {
        let query = RawQuery {
            hs: code,
            ..state.query.get_untracked()
        };
        typed.set(None);
        pointed.set(None);
        if query.hs != state.query.with_untracked(|query| query.hs.clone()) {
            go(state, query);
        }
    };
    let choose_pointed = move || {
        let text = typed.get_untracked();
        let offer = offers.with_untracked(|offers| match offers {
            Offers::Found(found) => found.get(pointed.get_untracked().unwrap_or(0)).map(|offer| offer.code.to_string()),
            _ => None,
        });
        if let Some(code) = offer.or_else(|| text.filter(|text| !text.trim().is_empty() && looks_like_code(text))) {
            choose(code);
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        let count = offers.with_untracked(|offers| if let Offers::Found(found) = offers { found.len() } else { 0 });
        match step(&event.key(), pointed.get_untracked(), count) {
            Step::PointAt(position) => {
                event.prevent_default();
                pointed.set(position);
            }
            Step::Choose => {
                event.prevent_default();
                choose_pointed();
            }
            Step::Close => {
                typed.set(None);
                pointed.set(None);
            }
            Step::Nothing => {}
        }
    };
    // Leaving the field takes a code that was typed in full; words without a choice are let go.
    let left = move |_| {
        match typed.get_untracked() {
            Some(text) if looks_like_code(&text) => choose(text.trim().to_owned()),
            _ => typed.set(None),
        }
        pointed.set(None);
    };
    let focused = move |_| {
        state.load_index("");
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    let expanded = move || offers.with(|offers| !matches!(offers, Offers::Closed));
    view! {
        <span class="field product">
            <input id="product" node_ref=input type="text" role="combobox" autocomplete="off" autocapitalize="none" spellcheck="false"
                aria-label=words.texts.field_product() placeholder=words.texts.product_placeholder()
                aria-autocomplete="list" aria-controls="offers" aria-expanded=move || if expanded() { "true" } else { "false" }
                aria-activedescendant=move || pointed.get().map(|position| format!("offer-{position}"))
                aria-invalid=move || error.get().map(|_| "true") aria-describedby=move || error.get().map(|_| "product-error")
                prop:value=shown on:focus=focused on:blur=left on:keydown=pressed
                on:input=move |event| {
                    let text = event_target_value(&event);
                    state.load_index(&text);
                    pointed.set(None);
                    typed.set(Some(text));
                }/>
            <OfferList offers pointed choose=Callback::new(choose) retry=Callback::new(move |()| state.retry_index(&typed.get_untracked().unwrap_or_default()))/>
            <span class="unseen" role="status">{move || announcement(words, &offers.get())}</span>
            <FieldMessage id="product-error".to_owned() error words/>
        </span>
    }
}

#[component]
fn OfferList(offers: Memo<Offers>, pointed: RwSignal<Option<usize>>, choose: Callback<String>, retry: Callback<()>) -> impl IntoView {
    let words = expect_words();
    // Pressing must not take the focus from the input, or the list would close before the press ends.
    let hold = |event: leptos::ev::MouseEvent| event.prevent_default();
    let entry = move |(position, offer): (usize, Offer)| {
        let code = offer.code.to_string();
        view! {
            <li id=format!("offer-{position}") role="option" aria-selected=move || if pointed.get() == Some(position) { "true" } else { "false" }
                on:mousedown=hold on:click=move |_| choose.run(code.clone())>
                <span class="offer-label">{offer.label}</span>
                <span class="offer-code">{offer.code.dotted()}</span>
                <span class="offer-path">{offer.path}</span>
            </li>
        }
    };
    move || {
        let content = match offers.get() {
            Offers::Closed => return None,
            Offers::Loading => view! { <p>{words.texts.offers_loading()}</p> }.into_any(),
            Offers::Failed(_) => {
                view! { <p>{words.texts.offers_failed()} " " <button type="button" on:mousedown=hold on:click=move |_| retry.run(())>{words.texts.trouble_retry()}</button></p> }
                    .into_any()
            }
            Offers::Found(found) if found.is_empty() => view! { <p>{words.texts.offers_none()}</p> }.into_any(),
            Offers::Found(found) => {
                view! { <ul id="offers" role="listbox" aria-label=words.texts.field_product()>{found.into_iter().enumerate().map(entry).collect_view()}</ul> }.into_any()
            }
        };
        Some(view! { <div class="offers">{content}</div> })
    }
}

fn announcement(words: Words, offers: &Offers) -> String {
    match offers {
        Offers::Found(found) if found.is_empty() => words.texts.offers_none().to_owned(),
        Offers::Found(found) => words.texts.offers_count(&found.len().to_string()),
        Offers::Closed | Offers::Loading | Offers::Failed(_) => String::new(),
    }
}

/// The chosen product: its label and code, the code alone until labels are there, or the text of a link as it is.
fn shown_product(state: AppState) -> String {
    let Some(code) = state.parsed.with(|parsed| parsed.code) else {
        return state.query.with(|query| query.hs.clone());
    };
    let label = state.labels().and_then(|labels| labels.label(code.subheading()).map(str::to_owned));
    match label {
        Some(label) => format!("{label} · {}", code.dotted()),
        None => code.dotted(),
    }
}

/// Digits with the usual marks between them: a code is meant, whole or not.
fn looks_like_code(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | ' ' | '-'))
}

fn offers(state: AppState, typed: &str) -> Offers {
    if typed.trim().is_empty() {
        return Offers::Closed;
    }
    if looks_like_code(typed) {
        return match state.labels_load() {
            Some(Load::Ready(_)) => Offers::Found(offers_by_code(state, typed)),
            Some(Load::Failed(error)) => Offers::Failed(error),
            Some(Load::Loading) | None => Offers::Loading,
        };
    }
    match state.index(typed) {
        Load::Loading => Offers::Loading,
        Load::Failed(error) => Offers::Failed(error),
        Load::Ready(index) => Offers::Found(
            index
                .search(typed, MOST_OPTIONS)
                .into_iter()
                .map(|hit| offer(state, hit.code))
                .collect(),
        ),
    }
}

/// Subheadings whose code starts with the digits; a longer code is offered as typed, under the label of its subheading.
fn offers_by_code(state: AppState, typed: &str) -> Vec<Offer> {
    let Some(labels) = state.labels() else { return Vec::new() };
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if let Some(code) = typed.parse::<HsCode>().ok().filter(|code| code.digits() > 6) {
        return vec![offer(state, code)];
    }
    let starts = |code: &HsCode| code.digits() == 6 && code.to_string().starts_with(&digits);
    labels
        .codes()
        .iter()
        .filter(|code| starts(code))
        .take(MOST_OPTIONS)
        .map(|code| offer(state, *code))
        .collect()
}

fn offer(state: AppState, code: HsCode) -> Offer {
    let labels = state.labels();
    let label = |code: HsCode| labels.as_ref().and_then(|labels| labels.label(code)).unwrap_or_default().to_owned();
    let heading = code.truncated(4);
    let path = if code.digits() > 4 {
        format!("{} › {}", label(code.truncated(2)), label(heading))
    } else {
        label(code.truncated(2))
    };
    Offer {
        code,
        label: label(code.subheading()),
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_the_list() {
        assert_eq!(step("ArrowDown", None, 3), Step::PointAt(Some(0)));
        assert_eq!(step("ArrowDown", Some(2), 3), Step::PointAt(Some(0)));
        assert_eq!(step("ArrowUp", Some(0), 3), Step::PointAt(Some(2)));
        assert_eq!(step("ArrowUp", None, 3), Step::PointAt(Some(2)));
        assert_eq!(step("ArrowUp", Some(2), 3), Step::PointAt(Some(1)));
        assert_eq!(step("ArrowDown", None, 0), Step::PointAt(None));
        assert_eq!(step("Enter", None, 0), Step::Choose);
        assert_eq!(step("Escape", Some(1), 3), Step::Close);
        assert_eq!(step("a", Some(1), 3), Step::Nothing);
    }

    #[test]
    fn codes_are_told_from_words() {
        for (text, code) in [
            ("0810.60", true),
            (" 0810 60 00 ", true),
            ("durian", false),
            ("2,4-D", false),
            ("24-D", false),
            ("", false),
        ] {
            assert_eq!(looks_like_code(text), code, "{text}");
        }
    }
}
