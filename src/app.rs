//! The page as a whole: head, calculator, foot; and the one place where the state of the page and the address bar meet.

use any_spawner::Executor;
use leptos::prelude::*;
use time::{Date, Month};
use wasm_bindgen::{JsCast, JsValue};

use crate::data::Load;
use crate::listener::listen;
use crate::state::{AppState, Language};
use crate::ui::{View, bring_into_sight, calculator, changing_by, classed, element, nothing, paragraph, target, trouble};
use query::RawQuery;
use words::{Format, LANGUAGE_NAMES, LANGUAGES, Texts, Words};

/// The name of the page where no language is there to translate it.
const BRAND: &str = "CAFTA duty calculator";

/// Puts the page into the document, in place of the loading state `index.html` shows until then.
pub fn mount() {
    if let Some(shell) = document().get_element_by_id("loading") {
        shell.remove();
    }
    // Who drives the effects of Leptos; it would refuse to be set twice. Its own way to mount a page brings its renderer along.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        // The body of a document takes any element.
        let _ = document().body().map(|body| body.append_child(&app()));
    });
    // The page lives as long as its document.
    std::mem::forget(owner);
}

/// The page, once its words are there. Made again when the language changes.
fn app() -> View {
    let state = AppState::new(&search(), preferred_languages(), today());
    follow_history(state);
    follow_links(state);
    let key = move || {
        let progress = match state.texts() {
            Some(Load::Ready(_)) => "ready",
            Some(Load::Failed(_)) => "failed",
            Some(Load::Loading) | None => "",
        };
        state.language().to_owned() + progress
    };
    changing_by(key, move || match state.texts() {
        Some(Load::Ready(texts)) => page(state, *texts, state.language()),
        Some(Load::Failed(error)) => {
            let title = classed("h1", "brand").text(BRAND).view();
            let trouble = trouble(&error, None, move || state.retry_texts());
            element("main").child(title).child(trouble).view()
        }
        Some(Load::Loading) | None => nothing(),
    })
}

fn page(state: AppState, texts: Texts, language: Language) -> View {
    if let Some(root) = document().document_element() {
        // The attribute exists on every document; a failure would only cost the voice of a screen reader.
        let _ = root.set_attribute("lang", language);
    }
    let words = Words::new(texts, Format::new(language));
    let header = element("header")
        .child(classed("h1", "brand").text(texts.title()).view())
        .child(language_choice(state, texts, language));
    let about = element("a")
        .attribute("href", format!("about.{language}.html"))
        .text(texts.foot_about());
    let footer = element("footer")
        .child(element("p").child(about.view()).view())
        .child(paragraph("", texts.foot_private()))
        .child(paragraph("", texts.foot_advice()));
    classed("div", "page")
        .child(header.view())
        .child(element("main").children(calculator(state, words)).view())
        .child(footer.view())
        .view()
}

fn language_choice(state: AppState, texts: Texts, current: Language) -> View {
    let option = |(language, name): (&&'static str, &&'static str)| {
        let option = element("option").attribute("value", language).attribute("lang", language);
        option.flag("selected", *language == current).text(name).view()
    };
    classed("select", "language")
        .attribute("aria-label", texts.nav_language())
        .children(LANGUAGES.iter().zip(LANGUAGE_NAMES).map(option))
        .on("change", move |event| {
            // What was typed is read as it was meant.
            let mut query = state.query.get_untracked().read_in(current);
            query.language = target::<web_sys::HtmlSelectElement>(&event)
                .map(|select| select.value())
                .unwrap_or_default();
            go(state, query);
        })
        .view()
}

/// The link to a query: relative, so that it works in any folder of any host.
pub(crate) fn address(state: AppState, query: &RawQuery) -> String {
    let search = query.read_in(untrack(|| state.language())).to_search();
    if search.is_empty() { "?".to_owned() } else { search }
}

/// Goes to a query: a new entry in the history, so that "back" returns.
pub(crate) fn go(state: AppState, query: RawQuery) {
    write_address(state, &query, true);
    state.query.set(query);
    request_animation_frame(keep_focus);
}

/// A link that was followed may be gone with the answer it stood in, or soon will be; whoever uses the keyboard then goes on at the new
/// answer, and everybody where it begins, below the question.
fn keep_focus() {
    let find = |selector| document().query_selector(selector).ok().flatten();
    if find(":focus:not([aria-busy] *)").is_some() {
        return;
    }
    if let Some(question) = find("#product") {
        bring_into_sight(&question);
    }
    if let Some(answer) = find("#answer").map(JsCast::unchecked_into::<web_sys::HtmlElement>) {
        // An element of the page can always take the focus.
        let _ = answer.focus();
    }
}

/// Changes the query while the person types: the same entry in the history.
pub(crate) fn amend(state: AppState, change: impl FnOnce(&mut RawQuery)) {
    state.query.update(change);
    state.query.with_untracked(|query| write_address(state, query, false));
}

fn write_address(state: AppState, query: &RawQuery, push: bool) {
    let Ok(history) = window().history() else { return };
    let address = address(state, query);
    // A page in a sandboxed frame has no history to write; the state itself is not affected.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}

fn follow_history(state: AppState) {
    listen(
        &window(),
        "popstate",
        Box::new(move |_| state.query.set(RawQuery::from_search(&search()))),
    );
}

/// Follows every link to another state of the page, wherever it stands and whoever made it.
fn follow_links(state: AppState) {
    let follow = move |event: web_sys::Event| {
        let click: &web_sys::MouseEvent = event.unchecked_ref();
        // A new tab or window is the browser's business.
        if click.ctrl_key() || click.meta_key() || click.shift_key() {
            return;
        }
        let clicked: Option<web_sys::Element> = event.target().map(JsCast::unchecked_into);
        let closest = |selector| clicked.as_ref().and_then(|clicked| clicked.closest(selector).ok()?);
        if closest("[data-print]").is_some() {
            // Where nothing can be printed, nothing is.
            let _ = window().print();
        }
        let link = closest("a[href^='?']");
        if let Some(address) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            go(state, RawQuery::from_search(&address));
        }
    };
    listen(&window(), "click", Box::new(follow));
}

fn search() -> String {
    window().location().search().unwrap_or_default()
}

fn preferred_languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|language| language.as_string())
        .collect()
}

/// The only look at the clock, in the person's own time zone.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let month = u8::try_from(now.get_month() + 1)
        .ok()
        .and_then(|month| Month::try_from(month).ok())
        .unwrap_or(Month::January);
    let year = i32::try_from(now.get_full_year()).unwrap_or(2026);
    let day = u8::try_from(now.get_date()).unwrap_or(1);
    Date::from_calendar_date(year, month, day).unwrap_or(Date::MIN)
}
