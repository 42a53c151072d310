//! Listening to signals and to the browser for as long as somebody is there to hear: until the owner is cleaned up under which it began.
//! There is one type of each, so that the code around them is compiled once.

use std::cell::RefCell;

use leptos::prelude::{RenderEffect, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::EventTarget;

/// Runs `update` now and whenever a signal it read changes, until the owner is cleaned up.
#[inline(never)]
pub(crate) fn follow(mut update: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| update());
    on_cleanup(move || drop(effect));
}

/// One who listens to the browser.
struct Listener {
    number: u32,
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

thread_local! {
    /// Everybody who listens. Not with their owners: those may be sent to other threads, what is of the browser may not.
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// Listens until the owner is cleaned up.
#[inline(never)]
pub(crate) fn listen(target: &EventTarget, event: &'static str, react: Box<dyn FnMut(web_sys::Event)>) {
    let react = Closure::wrap(react);
    // The browser refuses no listener.
    let _ = target.add_event_listener_with_callback(event, react.as_ref().unchecked_ref());
    let target = target.clone();
    let number = LISTENERS.with_borrow_mut(|listeners| {
        let number = listeners.last().map_or(0, |last| last.number.wrapping_add(1));
        listeners.push(Listener {
            number,
            target,
            event,
            react,
        });
        number
    });
    on_cleanup(move || LISTENERS.with_borrow_mut(|listeners| listeners.retain(|listener| listener.number != number)));
}
