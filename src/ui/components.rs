//! Pieces of the page in a real browser, one by one: what follows signals, what is made again, and what stops listening. Whole journeys are
//! in tests/e2e.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::element::{View, changing, changing_by, changing_text, classed, element, nothing, several};

wasm_bindgen_test_configure!(run_in_browser);

/// An element of the document with a piece of the page in it, alive as long as the test.
fn mounted(make: impl FnOnce() -> View + 'static) -> HtmlElement {
    let host: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&host).unwrap();
    let inside = host.clone();
    leptos::mount::mount_to(host.clone(), move || {
        inside.append_child(&make()).unwrap();
    })
    .forget();
    host
}

fn found<T: JsCast>(host: &HtmlElement, selector: &str) -> T {
    host.query_selector(selector).unwrap().unwrap().unchecked_into()
}

#[wasm_bindgen_test]
fn an_element_is_what_it_was_told_to_be() {
    let host = mounted(|| {
        classed("p", "note")
            .attribute("lang", "zh")
            .flag("hidden", true)
            .flag("inert", false)
            .text("<b>")
            .child(several([element("i").view(), nothing(), element("s").view()]))
            .view()
    });
    let markup = host.inner_html();
    assert!(
        markup.contains(r#"<p class="note" lang="zh" hidden="">&lt;b&gt;<i></i><s></s></p>"#),
        "{markup}"
    );
}

#[wasm_bindgen_test]
async fn attributes_and_texts_follow_signals_and_nothing_else_is_made_again() {
    let wrong = RwSignal::new(Some("true".to_owned()));
    let said = RwSignal::new("one".to_owned());
    let host = mounted(move || {
        let text = changing_text(move || said.get());
        classed("p", "live")
            .following("aria-invalid", move || wrong.get())
            .child(text)
            .view()
    });
    let paragraph: HtmlElement = found(&host, ".live");
    let node = paragraph.first_child().unwrap();
    assert_eq!(
        (paragraph.get_attribute("aria-invalid").as_deref(), paragraph.inner_text().as_str()),
        (Some("true"), "one")
    );
    wrong.set(None);
    said.set("two".to_owned());
    tick().await;
    assert_eq!(
        (paragraph.get_attribute("aria-invalid"), paragraph.inner_text().as_str()),
        (None, "two")
    );
    assert!(
        node.is_same_node(paragraph.first_child().as_ref()),
        "a screen reader hears of the same text"
    );
}

#[wasm_bindgen_test]
async fn a_part_is_made_again_and_what_was_there_stops_listening() {
    let count = RwSignal::new(0);
    let clicks = Rc::new(Cell::new(0));
    let seen = Rc::clone(&clicks);
    let host = mounted(move || {
        changing(move || {
            let seen = Rc::clone(&seen);
            let number = count.get();
            element("button")
                .text(number.to_string())
                .on("click", move |_| seen.set(seen.get() + 1))
                .view()
        })
    });
    let old: HtmlElement = found(&host, "button");
    count.set(1);
    tick().await;
    let new: HtmlElement = found(&host, "button");
    assert_eq!((host.child_element_count(), new.inner_text().as_str()), (1, "1"));
    old.click();
    assert_eq!(clicks.get(), 0, "nobody hears a button that is gone");
    new.click();
    assert_eq!(clicks.get(), 1);
}

#[wasm_bindgen_test]
async fn a_part_with_a_key_is_made_again_only_when_the_key_changes() {
    let number = RwSignal::new(1);
    let made = Rc::new(Cell::new(0));
    let counter = Rc::clone(&made);
    let _host = mounted(move || {
        changing_by(
            move || (number.get() / 10).to_string(),
            move || {
                counter.set(counter.get() + 1);
                element("p").text(number.get().to_string()).view()
            },
        )
    });
    number.set(2);
    tick().await;
    assert_eq!(made.get(), 1, "typing within the same key keeps the field and its focus");
    number.set(20);
    tick().await;
    assert_eq!(made.get(), 2);
}

#[wasm_bindgen_test]
async fn a_value_that_is_there_already_does_not_move_the_caret() {
    let text = RwSignal::new("12345".to_owned());
    let host = mounted(move || element("input").value(Rc::new(move || text.get())).view());
    let input: HtmlInputElement = found(&host, "input");
    input.focus().unwrap();
    input.set_selection_range(2, 2).unwrap();
    text.set("12345".to_owned());
    tick().await;
    assert_eq!(input.selection_start().unwrap(), Some(2));
    text.set("9".to_owned());
    tick().await;
    assert_eq!(input.value(), "9");
}

#[wasm_bindgen_test]
async fn a_choice_shows_what_a_link_says_even_if_it_is_none_of_the_options() {
    let chosen = RwSignal::new("TH".to_owned());
    let host = mounted(move || {
        let options = ["CN", "TH"].map(|code| element("option").attribute("value", code).text(code).view());
        element("select").children(options).chosen(Rc::new(move || chosen.get())).view()
    });
    let select: HtmlSelectElement = found(&host, "select");
    assert_eq!(select.value(), "TH");
    chosen.set("US".to_owned());
    tick().await;
    assert_eq!((select.value().as_str(), select.length()), ("US", 3));
    chosen.set("CN".to_owned());
    tick().await;
    assert_eq!((select.value().as_str(), select.length()), ("CN", 2));
}
