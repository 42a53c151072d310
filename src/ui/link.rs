//! A link to another state of the page: a real address, followed without loading anything.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::element::{Element, element};
use crate::app::{address, go};
use crate::query::RawQuery;
use crate::state::AppState;

/// `change` turns the current query into the one linked to.
pub(crate) fn state_link(state: AppState, change: impl Fn(&mut RawQuery) + 'static) -> Element {
    link(state, Rc::new(change))
}

fn link(state: AppState, change: Rc<dyn Fn(&mut RawQuery)>) -> Element {
    let followed = Rc::clone(&change);
    let follow = move |event: web_sys::Event| {
        // A new tab or window is the browser's business.
        let click: &web_sys::MouseEvent = event.unchecked_ref();
        if !(click.ctrl_key() || click.meta_key() || click.shift_key()) {
            event.prevent_default();
            let mut query = state.query.get_untracked();
            followed(&mut query);
            go(state, query);
        }
    };
    let address = move || {
        let mut query = state.query.get();
        change(&mut query);
        Some(address(&query))
    };
    element("a").following("href", address).on("click", follow)
}
