//! The product: a combobox after the W3C pattern (focus stays in the input, the list is pointed at). Takes words in English or Chinese,
//! or a code of four to ten digits.

use std::rc::Rc;

use duty::HsCode;
use leptos::prelude::*;
use pack::Labels;
use wasm_bindgen::JsCast;

use super::element::{View, changing, changing_text, classed, element, nothing, target, typed_text};
use super::field::{ErrorOf, framed, invalid};
use crate::app::go;
use crate::data::Load;
use crate::finder::Finding;
use crate::listener::follow;
use crate::state::AppState;
use query::RawQuery;
use words::Words;

/// As many as fit above the keyboard of a phone, and are read rather than skimmed.
const MOST_OPTIONS: usize = 8;

/// What the id of an offer begins with; its position follows.
const OFFER: &str = "offer-";

/// What the list shows.
enum Offers {
    Closed,
    Loading,
    Failed,
    Found(Vec<HsCode>),
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
pub(crate) fn product_field(state: AppState, words: Words) -> View {
    let combobox = Combobox::new(state);
    let shown = move || combobox.typed.get().unwrap_or_else(|| shown_product(state));
    let error: ErrorOf = Rc::new(move || {
        if combobox.typed.with(Option::is_some) {
            None
        } else {
            state.parsed().errors.product
        }
    });
    let mut input = element("input");
    for (name, value) in [
        ("id", "product"),
        ("type", "text"),
        ("role", "combobox"),
        ("autocomplete", "off"),
        ("autocapitalize", "none"),
        ("spellcheck", "false"),
        ("aria-autocomplete", "list"),
        ("aria-controls", "offers"),
        ("aria-label", words.texts.field_product()),
        ("placeholder", words.texts.product_placeholder()),
    ] {
        input = input.attribute(name, value);
    }
    let input = invalid(input, "product", &error)
        .following("aria-expanded", move || Some((combobox.count() > 0).to_string()))
        .following("aria-activedescendant", move || combobox.pointed.get())
        .value(Rc::new(shown))
        .on("focus", move |event| {
            combobox.prepare();
            if let Some(input) = target::<web_sys::HtmlInputElement>(&event) {
                input.select();
            }
        })
        .on("blur", move |_| combobox.leave())
        .on("keydown", move |event| combobox.press(&event))
        .on("input", move |event| combobox.edit(typed_text(&event)));
    follow(Box::new(move || combobox.take_answer()));
    let list = changing(move || offer_list(words, combobox));
    let status = classed("span", "unseen").attribute("role", "status");
    let announced = changing_text(move || announcement(words, &combobox.offers()));
    let code = changing(move || match combobox.typed.get() {
        None => shown_code(state).map_or_else(nothing, |code| classed("span", "code").text(code).view()),
        Some(_) => nothing(),
    });
    framed(
        words,
        "field product",
        "product",
        &error,
        vec![input.view(), code, list, status.child(announced).view()],
    )
}

/// What the combobox knows while it is used.
#[derive(Clone, Copy)]
struct Combobox {
    state: AppState,
    /// What is being typed; `None` while the chosen product is shown.
    typed: RwSignal<Option<String>>,
    /// The id of the offer the arrow keys point at.
    pointed: RwSignal<Option<String>>,
}

impl Combobox {
    fn new(state: AppState) -> Self {
        Self {
            state,
            typed: RwSignal::new(None),
            pointed: RwSignal::new(None),
        }
    }

    /// What the list shows; tracked.
    fn offers(self) -> Offers {
        match self.typed.get() {
            Some(typed) => offers(self.state, &typed),
            None => Offers::Closed,
        }
    }

    fn pointed_at(self) -> Option<usize> {
        self.pointed.get_untracked()?.strip_prefix(OFFER)?.parse().ok()
    }

    /// How many there are to choose among.
    fn count(self) -> usize {
        match self.offers() {
            Offers::Found(found) => found.len(),
            Offers::Closed | Offers::Loading | Offers::Failed => 0,
        }
    }

    /// What is found later than typed is not what was pointed at before; and it is what a hurried "enter" was about.
    fn take_answer(self) {
        let found = matches!(self.state.finder.finding(), Finding::Found(_));
        self.pointed.set(None);
        if found && self.state.finder.take_hurry() {
            self.choose_pointed();
        }
    }

    fn edit(self, text: String) {
        self.pointed.set(None);
        let finder = self.state.finder;
        if is_words(&text) {
            finder.ask(self.state.search_language(&text), &text, MOST_OPTIONS);
        } else {
            finder.forget();
        }
        self.typed.set(Some(text));
    }

    /// Makes the search ready before there is anything to search for.
    fn prepare(self) {
        self.state.finder.ask(self.state.search_language(""), "", 0);
    }

    fn retry(self) {
        let text = self.typed.get_untracked().unwrap_or_default();
        self.state.retry_labels();
        if is_words(&text) {
            self.state.finder.retry(self.state.search_language(&text), &text, MOST_OPTIONS);
        }
    }

    fn close(self) {
        self.state.finder.forget();
        self.typed.set(None);
        self.pointed.set(None);
    }

    fn choose(self, code: String) {
        self.close();
        let query = RawQuery {
            hs: code,
            ..self.state.query.get_untracked()
        };
        if query.hs != self.state.query.with_untracked(|query| query.hs.clone()) {
            go(self.state, query);
        }
    }

    /// The offer pointed at; else a code as it was typed; else the first offer.
    fn choose_pointed(self) {
        let pointed = self.pointed_at();
        let offer = match untrack(|| self.offers()) {
            Offers::Found(found) => found.get(pointed.unwrap_or(0)).map(HsCode::to_string),
            Offers::Closed | Offers::Loading | Offers::Failed => None,
        };
        let typed = self
            .typed_code()
            .filter(|code| pointed.is_none() && code.parse::<HsCode>().is_ok_and(|code| code.digits() >= 4));
        if let Some(code) = typed.or(offer).or_else(|| self.typed_code()) {
            self.choose(code);
        }
    }

    fn typed_code(self) -> Option<String> {
        self.typed
            .get_untracked()
            .filter(|text| looks_like_code(text))
            .map(|text| text.trim().to_owned())
    }

    fn press(self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key) else {
            return;
        };
        let count = untrack(|| self.count());
        match step(&key, self.pointed_at(), count) {
            Step::PointAt(position) => {
                event.prevent_default();
                let offer = position.map(offer_id);
                scroll_to(offer.as_deref());
                self.pointed.set(offer);
            }
            Step::Choose => {
                event.prevent_default();
                let is_early = self.pointed_at().is_none() && self.typed.get_untracked().is_some_and(|typed| is_words(&typed));
                if !(is_early && self.state.finder.hurry()) {
                    self.choose_pointed();
                }
            }
            Step::Close => self.close(),
            Step::Nothing => {}
        }
    }

    /// Leaving the field takes a code that was typed; words without a choice are let go.
    fn leave(self) {
        match self.typed_code() {
            Some(code) => self.choose(code),
            None => self.close(),
        }
    }
}

fn offer_list(words: Words, combobox: Combobox) -> View {
    let message = |text: &str| classed("div", "offers").child(element("p").text(text).view()).view();
    match combobox.offers() {
        Offers::Closed => nothing(),
        Offers::Loading => message(words.texts.offers_loading()),
        Offers::Failed => {
            let retry = element("button")
                .attribute("type", "button")
                .on("mousedown", hold)
                .on("click", move |_| combobox.retry())
                .text(words.texts.trouble_retry());
            let sentence = element("p").text(words.texts.offers_failed()).text(" ").child(retry.view());
            classed("div", "offers").child(sentence.view()).view()
        }
        Offers::Found(found) if found.is_empty() => message(words.texts.offers_none()),
        Offers::Found(found) => {
            let list = element("ul")
                .attribute("id", "offers")
                .attribute("role", "listbox")
                .attribute("aria-label", words.texts.field_product());
            let entries = found
                .into_iter()
                .enumerate()
                .map(|(position, code)| offer_entry(combobox, position, code));
            classed("div", "offers").child(list.children(entries).view()).view()
        }
    }
}

fn offer_id(position: usize) -> String {
    format!("{OFFER}{position}")
}

/// Brings the offer pointed at into sight: the focus stays in the input, so the browser does not.
fn scroll_to(offer: Option<&str>) {
    let option = offer.and_then(|offer| document().get_element_by_id(offer));
    if let Some(option) = option {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Pressing must not take the focus from the input, or the list would close before the press ends.
fn hold(event: web_sys::Event) {
    event.prevent_default();
}

fn offer_entry(combobox: Combobox, position: usize, code: HsCode) -> View {
    let Offer { label, path } = offer(combobox.state, code);
    let id = offer_id(position);
    element("li")
        .attribute("id", &id)
        .attribute("role", "option")
        .following("aria-selected", move || {
            Some((combobox.pointed.get().as_deref() == Some(&id)).to_string())
        })
        .on("mousedown", hold)
        .on("click", move |_| combobox.choose(code.to_string()))
        .child(classed("span", "offer-label").text(label).view())
        .child(classed("span", "offer-code").text(code.dotted()).view())
        .child(classed("span", "offer-path").text(path).view())
        .view()
}

fn announcement(words: Words, offers: &Offers) -> String {
    match offers {
        Offers::Found(found) if found.is_empty() => words.texts.offers_none().to_owned(),
        Offers::Found(found) => words.texts.offers_count(&found.len().to_string()),
        Offers::Closed | Offers::Loading | Offers::Failed => String::new(),
    }
}

/// The chosen product by its label; by its code until labels are there, or the text of a link as it is.
fn shown_product(state: AppState) -> String {
    let Some(code) = state.parsed().code else {
        return state.query.with(|query| query.hs.clone());
    };
    product_label(state, code).unwrap_or_else(|| code.dotted())
}

/// The code beside the label: always in sight, however long the label is.
fn shown_code(state: AppState) -> Option<String> {
    let code = state.parsed().code?;
    product_label(state, code).map(|_| code.dotted())
}

fn product_label(state: AppState, code: HsCode) -> Option<String> {
    Some(state.labels()?.label(code.subheading())?.to_owned())
}

/// Digits with the usual marks between them: a code is meant, whole or not.
fn looks_like_code(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || matches!(character, '.' | ' ' | '-'))
}

/// Whether this is to be searched for as words.
fn is_words(text: &str) -> bool {
    !text.trim().is_empty() && !looks_like_code(text)
}

fn offers(state: AppState, typed: &str) -> Offers {
    if typed.trim().is_empty() {
        return Offers::Closed;
    }
    let finding = if looks_like_code(typed) {
        None
    } else {
        Some(state.finder.finding())
    };
    // Whatever is found is shown by its label.
    let labels = match state.labels_load() {
        Some(Load::Ready(labels)) => labels,
        Some(Load::Failed(_)) => return Offers::Failed,
        Some(Load::Loading) | None => return Offers::Loading,
    };
    match finding {
        None => Offers::Found(offers_by_code(&labels, typed)),
        Some(Finding::Nothing) => Offers::Closed,
        Some(Finding::Loading) => Offers::Loading,
        Some(Finding::Failed) => Offers::Failed,
        Some(Finding::Found(codes)) => Offers::Found(codes),
    }
}

/// Subheadings whose code starts with the digits; a longer code is offered as typed, under the label of its subheading.
fn offers_by_code(labels: &Labels, typed: &str) -> Vec<HsCode> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if let Some(code) = typed.parse::<HsCode>().ok().filter(|code| code.digits() > 6) {
        return vec![code];
    }
    let (Ok(beginning), Ok(count @ ..=6)) = (digits.parse::<u64>(), u32::try_from(digits.len())) else {
        return Vec::new();
    };
    // A padded code has ten digits.
    let weight = 10_u64.pow(10 - count);
    let starts = |code: &&HsCode| code.digits() == 6 && code.padded() / weight == beginning;
    labels.codes().iter().filter(starts).take(MOST_OPTIONS).copied().collect()
}

/// A code in words: what it is, and what it belongs to.
struct Offer {
    label: String,
    path: String,
}

fn offer(state: AppState, code: HsCode) -> Offer {
    let labels = state.labels();
    let label = |code: HsCode| labels.as_ref().and_then(|labels| labels.label(code)).unwrap_or_default().to_owned();
    let chapter = label(code.truncated(2));
    Offer {
        path: if code.digits() > 4 {
            format!("{chapter} › {}", label(code.truncated(4)))
        } else {
            chapter
        },
        label: label(code.subheading()),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
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
