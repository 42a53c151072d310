//! A link to another state of the page: a real address, followed without loading anything.

use leptos::prelude::*;

use crate::app::{address, expect_state, go};
use crate::query::RawQuery;

/// `change` turns the current query into the one linked to.
#[component]
pub(crate) fn StateLink(change: fn(&mut RawQuery, &str), #[prop(into)] to: String, children: Children) -> impl IntoView {
    let state = expect_state();
    let target = {
        let to = to.clone();
        move || {
            let mut query = state.query.get();
            change(&mut query, &to);
            query
        }
    };
    let followed = {
        let target = target.clone();
        move |event: leptos::ev::MouseEvent| {
            // A new tab or window is the browser's business.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                go(state, target());
            }
        }
    };
    view! { <a href=move || address(&target()) on:click=followed>{children()}</a> }
}

/// Chooses a product.
pub(crate) fn choose_code(query: &mut RawQuery, code: &str) {
    code.clone_into(&mut query.hs);
}
