//! Details that stay as open or closed as the person left them while the answer around them changes.

use leptos::prelude::*;

/// `open` lives outside the part of the page that is built anew.
#[component]
pub(crate) fn Fold(open: RwSignal<bool>, title: &'static str, #[prop(into)] hint: String, children: Children) -> impl IntoView {
    let node = NodeRef::<leptos::html::Details>::new();
    let toggled = move |_| {
        if let Some(details) = node.get_untracked() {
            open.set(details.open());
        }
    };
    view! {
        <details node_ref=node prop:open=open.get_untracked() on:toggle=toggled>
            <summary>{title}<span>{hint}</span></summary>
            {children()}
        </details>
    }
}
