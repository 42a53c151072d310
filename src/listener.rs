//! Listening to signals and to the browser for as long as somebody is there to hear: until the owner is cleaned up under which it began.
//! There is one type of each, so that the code around them is compiled once.

use leptos::prelude::{LocalStorage, RenderEffect, StoredValue};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventTarget;

/// Runs `update` now and whenever a signal it read changes, until the owner is cleaned up.
#[inline(never)]
pub(crate) fn follow(mut update: Box<dyn FnMut()>) {
    let _kept = StoredValue::new_local(RenderEffect::new(move |_| update()));
}

/// One who listens to the browser.
struct Listener {
    target: EventTarget,
    event: &'static str,
    react: Closure<dyn FnMut(web_sys::Event)>,
}

/// An element that was taken away can still report, that it lost the focus for one.
impl Drop for Listener {
    fn drop(&mut self) {
        // What was added can be removed.
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, self.react.as_ref().unchecked_ref());
    }
}

/// Listens until the owner is cleaned up.
#[inline(never)]
pub(crate) fn listen(target: &EventTarget, event: &'static str, react: Box<dyn FnMut(web_sys::Event)>) {
    let react = Closure::wrap(react);
    // The browser refuses no listener.
    let _ = target.add_event_listener_with_callback(event, react.as_ref().unchecked_ref());
    let target = target.clone();
    let _kept: StoredValue<Listener, LocalStorage> = StoredValue::new_local(Listener { target, event, react });
}
