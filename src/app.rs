//! The page as a whole: head, calculator, foot; and the one place where the state of the page and the address bar meet.

use leptos::prelude::*;
use time::{Date, Month};
use wasm_bindgen::JsValue;

use crate::data::Load;
use crate::i18n::{Format, LANGUAGES, Texts, Words};
use crate::query::RawQuery;
use crate::state::{AppState, Language};
use crate::ui::{Calculator, Trouble};

/// Puts the page into the document, in place of the loading state `index.html` shows until then.
pub fn mount() {
    if let Some(shell) = document().get_element_by_id("loading") {
        shell.remove();
    }
    leptos::mount::mount_to_body(App);
}

/// The page.
#[component]
fn App() -> impl IntoView {
    let state = AppState::new(&search(), preferred_languages(), today());
    provide_context(state);
    follow_history(state);
    Effect::new(move |_| {
        let language = state.language.get();
        if let Some(root) = document().document_element() {
            // The attribute exists on every document; a failure would only cost the spelling language.
            let _ = root.set_attribute("lang", language);
        }
    });
    move || match state.texts() {
        Some(Load::Ready(texts)) => Page(PageProps {
            texts: *texts,
            language: state.language.get_untracked(),
        })
        .into_any(),
        Some(Load::Failed(error)) => Trouble(crate::ui::TroubleProps {
            error,
            words: None,
            retry: Callback::new(move |()| state.retry_texts()),
        })
        .into_any(),
        Some(Load::Loading) | None => ().into_any(),
    }
}

/// The page in one language. Built anew when the language changes.
#[component]
fn Page(texts: Texts, language: Language) -> impl IntoView {
    let state = expect_state();
    let words = Words {
        texts,
        format: Format::new(language),
        language,
    };
    provide_context(words);
    document().set_title(texts.title());
    view! {
        <header>
            <p class="brand">{texts.title()}</p>
            <nav aria-label=texts.nav_language()>
                {LANGUAGES.iter().map(|other| view! { <LanguageLink state texts language=other current=language/> }).collect_view()}
            </nav>
        </header>
        <main id="main">
            <Calculator/>
        </main>
        <footer>
            <p>{texts.foot_private()}</p>
            <p>{texts.foot_advice()}</p>
        </footer>
    }
}

#[component]
fn LanguageLink(state: AppState, texts: Texts, language: Language, current: Language) -> impl IntoView {
    let name = match language {
        "zh" => texts.language_zh(),
        _ => texts.language_en(),
    };
    let target = move || RawQuery {
        language: language.to_owned(),
        ..state.query.get()
    };
    view! {
        <a href=move || address(&target()) lang=language aria-current=(language == current).then_some("true")
            on:click=move |event| { event.prevent_default(); go(state, target()) }>
            {name}
        </a>
    }
}

/// The state every component shares.
pub(crate) fn expect_state() -> AppState {
    expect_context::<AppState>()
}

/// The words every component below [`Page`] shares.
pub(crate) fn expect_words() -> Words {
    expect_context::<Words>()
}

/// The link to a query: relative, so that it works in any folder of any host.
pub(crate) fn address(query: &RawQuery) -> String {
    let search = query.to_search();
    if search.is_empty() { "?".to_owned() } else { search }
}

/// Goes to a query: a new entry in the history, so that "back" returns.
pub(crate) fn go(state: AppState, query: RawQuery) {
    write_address(&query, true);
    state.query.set(query);
}

/// Changes the query while the person types: the same entry in the history.
pub(crate) fn amend(state: AppState, change: impl FnOnce(&mut RawQuery)) {
    state.query.update(change);
    state.query.with_untracked(|query| write_address(query, false));
}

fn write_address(query: &RawQuery, push: bool) {
    let Ok(history) = window().history() else { return };
    let address = address(query);
    // A page in a sandboxed frame has no history to write; the state itself is not affected.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}

fn follow_history(state: AppState) {
    let handle = window_event_listener(leptos::ev::popstate, move |_| state.query.set(RawQuery::from_search(&search())));
    on_cleanup(move || handle.remove());
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
