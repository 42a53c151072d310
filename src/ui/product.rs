//! The product: a combobox after the W3C pattern (focus stays in the input, the list is pointed at). Takes words or a code of four to ten
//! digits. What is offered is the finder's; here is how it is pointed at and chosen.
//!
//! Several codes stand in it with commas between them, as they do in the link. What is typed behind the last comma is searched for, and
//! what is chosen takes its place.

use std::rc::Rc;

use duty::{Candidates, HsCode, is_comma};
use finder::{Answer, CHOOSES, TYPES};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::element::{View, bring_into_sight, changing, changing_by, changing_text, classed, element, nothing, target, typed_text};
use super::field::{ErrorOf, framed, invalid};
use crate::app::go;
use crate::finder::{Finding, remember};
use crate::listener::follow;
use crate::state::AppState;
use query::RawQuery;
use words::Words;

/// How the markup of the finder marks what can be chosen.
const OPTION: &str = "role=\"option\"";

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
pub(crate) fn product_field(words: Words, combobox: Combobox) -> View {
    let state = combobox.state;
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
        .following("aria-expanded", move || {
            Some(combobox.found().is_some_and(|answer| answer.contains(OPTION)).to_string())
        })
        .following("aria-activedescendant", move || combobox.pointed.get())
        .value(Rc::new(shown))
        .on("focus", move |event| {
            combobox.prepare(typed_text(&event));
            let input = target::<web_sys::HtmlInputElement>(&event);
            // What is kept is not to be overwritten by what is added.
            if let Some(input) = input.filter(|_| combobox.typed.get_untracked().is_none()) {
                input.select();
            }
        })
        .on("blur", move |_| combobox.leave())
        .on("keydown", move |event| combobox.press(&event))
        .on("input", move |event| combobox.edit(typed_text(&event)));
    let list = classed("div", "offers-place")
        // Pressing must not take the focus from the input, or the list would close before the press ends.
        .on("mousedown", |event| event.prevent_default())
        .on("click", move |event| combobox.click(&event))
        .child(changing_by(move || combobox.list_key(), move || offer_list(words, combobox)));
    follow(Box::new(move || combobox.take_answer()));
    follow(Box::new(move || combobox.mark_pointed()));
    let status = classed("span", "unseen").attribute("role", "status");
    let told = changing_text(move || {
        combobox
            .found()
            .map_or_else(String::new, |answer| Answer::parts(&answer).0.to_owned())
    });
    let code = changing(move || match combobox.typed.get() {
        None => shown_code(state).map_or_else(nothing, |code| classed("span", "code").text(code).view()),
        Some(_) => nothing(),
    });
    framed(
        words,
        "field product",
        "product",
        &error,
        vec![input.view(), code, list.view(), status.child(told).view()],
    )
}

/// The way to keep another code beside those there are: the field with a comma behind them.
pub(crate) fn keep_another(words: Words, combobox: Combobox) -> View {
    let kept = move || combobox.state.query.with(|query| query.hs.clone());
    classed("button", "plain")
        .attribute("type", "button")
        .following("hidden", move || kept().is_empty().then(String::new))
        .on("click", move |_| {
            combobox.typed.set(Some(untrack(kept) + ", "));
            let input = document().get_element_by_id("product");
            if let Some(input) = input.map(JsCast::unchecked_into::<web_sys::HtmlElement>) {
                // A field of the page can always take the focus.
                let _ = input.focus();
            }
        })
        .text(words.texts.ask_another())
        .view()
}

/// What the combobox knows while it is used.
#[derive(Clone, Copy)]
pub(crate) struct Combobox {
    state: AppState,
    /// What is being typed; `None` while the chosen product is shown.
    typed: RwSignal<Option<String>>,
    /// The id of the offer the arrow keys point at.
    pointed: RwSignal<Option<String>>,
}

impl Combobox {
    pub(crate) fn new(state: AppState) -> Self {
        Self {
            state,
            typed: RwSignal::new(None),
            pointed: RwSignal::new(None),
        }
    }

    /// The answer of the finder to what is typed; tracked.
    fn found(self) -> Option<String> {
        self.typed.get()?;
        match self.state.finder.finding() {
            Finding::Found(answer) => Some(answer),
            _ => None,
        }
    }

    /// Differs when the list does; not with every letter, or it would be made again in the way of its own answer. Tracked.
    fn list_key(self) -> String {
        let is_typed = self.typed.get().map(|typed| !typed.is_empty());
        match (is_typed, self.state.finder.finding()) {
            (Some(_), Finding::Found(answer)) => answer,
            (Some(_), Finding::Failed) => "failed".to_owned(),
            (Some(true), Finding::Loading) => "loading".to_owned(),
            _ => String::new(),
        }
    }

    /// What can be chosen, as it is on the page.
    fn options(self) -> Vec<web_sys::Element> {
        let options = document().query_selector_all("#offers [role=option]").ok();
        let count = options.as_ref().map_or(0, web_sys::NodeList::length);
        let option = |position| options.as_ref()?.item(position).map(JsCast::unchecked_into);
        (0..count).filter_map(option).collect()
    }

    fn pointed_at(self) -> Option<usize> {
        let pointed = self.pointed.get_untracked()?;
        self.options().iter().position(|option| option.id() == pointed)
    }

    /// Shows which offer is pointed at. Brings it into sight: the focus stays in the input, so the browser does not.
    fn mark_pointed(self) {
        let pointed = self.pointed.get();
        for option in self.options() {
            let is_it = pointed.as_deref() == Some(&option.id());
            // An attribute the browser accepts.
            let _ = option.set_attribute("aria-selected", if is_it { "true" } else { "false" });
            if is_it {
                bring_into_sight(&option);
            }
        }
    }

    /// What is found later than typed is not what was pointed at before; and it is what a hurried "enter" was about.
    fn take_answer(self) {
        let found = matches!(self.state.finder.finding(), Finding::Found(_));
        self.pointed.set(None);
        if found && self.state.finder.take_hurry() {
            // Once the list shows it.
            request_animation_frame(move || self.choose_pointed());
        }
    }

    fn edit(self, text: String) {
        self.pointed.set(None);
        self.state.finder.ask(untrack(|| self.state.language()), searched(&text));
        self.typed.set(Some(text));
    }

    /// Makes the search ready before there is anything to search for. An empty field offers what was chosen before.
    fn prepare(self, text: String) {
        if text.is_empty() {
            self.edit(text);
        } else {
            self.state.finder.ask(untrack(|| self.state.language()), "");
        }
    }

    fn retry(self) {
        let text = self.typed.get_untracked().unwrap_or_default();
        self.state.retry_labels();
        self.state.finder.retry(untrack(|| self.state.language()), searched(&text));
    }

    fn close(self) {
        self.state.finder.forget();
        self.typed.set(None);
        self.pointed.set(None);
    }

    fn choose(self, code: String) {
        self.close();
        remember(searched(&code));
        let query = RawQuery {
            hs: code,
            ..self.state.query.get_untracked()
        };
        if query.hs != self.state.query.with_untracked(|query| query.hs.clone()) {
            go(self.state, query);
        }
    }

    /// What is offered takes the place of what is searched for.
    fn choose_option(self, option: &web_sys::Element) {
        let typed = self.typed.get_untracked().unwrap_or_default();
        let kept = kept_and_searched(&typed).0.to_owned();
        if let Some(code) = option.get_attribute(CHOOSES) {
            self.choose(kept + &code);
        } else if let Some(text) = option.get_attribute(TYPES) {
            self.edit(kept + &text);
        }
    }

    fn click(self, event: &web_sys::Event) {
        let clicked: Option<web_sys::Element> = event.target().map(JsCast::unchecked_into);
        if let Some(option) = clicked.and_then(|clicked| clicked.closest("[role=option]").ok()?) {
            self.choose_option(&option);
        }
    }

    /// The offer pointed at; else a code as it was typed; else the first offer.
    fn choose_pointed(self) {
        let pointed = self.pointed_at();
        let typed = self
            .typed_code()
            .filter(|codes| pointed.is_none() && searched(codes).parse::<HsCode>().is_ok_and(|code| code.digits() >= 4));
        // What was chosen before is chosen again only if it is pointed at.
        let first = self
            .typed
            .with_untracked(|typed| typed.as_deref().is_some_and(|typed| !searched(typed).trim().is_empty()));
        let options = self.options();
        let option = pointed.or(first.then_some(0)).and_then(|position| options.get(position));
        match (typed, option) {
            (Some(code), _) => self.choose(code),
            (None, Some(option)) => self.choose_option(option),
            (None, None) => {
                if let Some(code) = self.typed_code() {
                    self.choose(code);
                }
            }
        }
    }

    fn typed_code(self) -> Option<String> {
        self.typed
            .get_untracked()
            .filter(|text| looks_like_code(searched(text)))
            .map(|text| text.trim().to_owned())
    }

    fn press(self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key) else {
            return;
        };
        let options = self.options();
        match step(&key, self.pointed_at(), options.len()) {
            Step::PointAt(_) if options.is_empty() => self.edit(typed_text(event)),
            Step::PointAt(position) => {
                event.prevent_default();
                self.pointed
                    .set(position.and_then(|position| options.get(position)).map(web_sys::Element::id));
            }
            Step::Choose => {
                event.prevent_default();
                let is_early = self.pointed_at().is_none() && self.typed.get_untracked().is_some() && self.typed_code().is_none();
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
    let Some(typed) = combobox.typed.get() else {
        return nothing();
    };
    let offers = classed("div", "offers");
    match combobox.state.finder.finding() {
        Finding::Loading if !typed.is_empty() => offers.child(element("p").text(words.texts.offers_loading()).view()),
        Finding::Failed => {
            let retry = element("button")
                .attribute("type", "button")
                .on("click", move |_| combobox.retry())
                .text(words.texts.trouble_retry());
            let sentence = element("p").text(words.texts.offers_failed()).text(" ").child(retry.view());
            offers.child(sentence.view())
        }
        Finding::Found(answer) if answer.len() > 1 => offers.html(Answer::parts(&answer).1),
        Finding::Nothing | Finding::Loading | Finding::Found(_) => return nothing(),
    }
    .view()
}

/// The chosen product by its label, or by its code until labels are there; several, or the text of a link, as they are.
fn shown_product(state: AppState) -> String {
    match single(state) {
        Some(code) => product_label(state, code).unwrap_or_else(|| code.dotted()),
        None => state.query.with(|query| query.hs.clone()),
    }
}

/// The code beside the label: always in sight, however long the label is.
fn shown_code(state: AppState) -> Option<String> {
    let code = single(state)?;
    product_label(state, code).map(|_| code.dotted())
}

fn single(state: AppState) -> Option<HsCode> {
    state.parsed().candidates?.single()
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

/// What is searched for.
fn searched(typed: &str) -> &str {
    kept_and_searched(typed).1
}

/// The codes that are kept, with the last comma, and what is searched for behind it. A comma between other things keeps nothing ("2,4-D").
fn kept_and_searched(typed: &str) -> (&str, &str) {
    let comma = typed.char_indices().rev().find(|(_, character)| is_comma(*character));
    let behind = comma.map_or(0, |(position, comma)| position + comma.len_utf8());
    match typed.split_at_checked(behind) {
        Some((kept, searched)) if kept.parse::<Candidates>().is_ok() => (kept, searched),
        _ => ("", typed),
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
    fn what_stands_behind_kept_codes_is_searched_for() {
        for (typed, kept, searched) in [
            ("durian", "", "durian"),
            ("0810.60, durian", "0810.60,", " durian"),
            ("0810.60,0810.90, 榴莲", "0810.60,0810.90,", " 榴莲"),
            ("0810.60, ", "0810.60,", " "),
            ("0810.60，榴莲", "0810.60，", "榴莲"),
            ("fresh, chilled", "", "fresh, chilled"),
            ("2,4-D", "", "2,4-D"),
            ("0810", "", "0810"),
            ("", "", ""),
        ] {
            assert_eq!(kept_and_searched(typed), (kept, searched));
        }
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
