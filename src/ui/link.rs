//! A link to another state of the page: a real address, which the page follows without loading anything (`app`).

use leptos::prelude::*;
use query::RawQuery;

use super::element::{Element, element};
use crate::app::address;
use crate::state::AppState;

/// `change` turns the current query into the one linked to.
pub(crate) fn state_link(state: AppState, change: impl Fn(&mut RawQuery) + 'static) -> Element {
    state_link_boxed(state, Box::new(change))
}

fn state_link_boxed(state: AppState, change: Box<dyn Fn(&mut RawQuery)>) -> Element {
    element("a").following("href", move || {
        let mut query = state.query.get();
        change(&mut query);
        Some(address(state, &query))
    })
}
