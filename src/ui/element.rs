//! Elements of the page whose types are erased as they are built.
//!
//! Leptos compiles every `view!` into types of its own, with code to build, rebuild, mount and drop each of them: for this page three
//! quarters of the program (docs/decisions/0002-erased-elements.md has the figures). Here there is one type of element, attribute,
//! listener and changing part, so that code is compiled once. Still Leptos views, reactive as any.

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;
use wasm_bindgen::{JsCast, JsValue};

/// An element in the making.
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element of that name.
pub(crate) fn element(tag: &'static str) -> Element {
    Element {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// An element of that name and class.
#[inline(never)]
pub(crate) fn classed(tag: &'static str, class: &'static str) -> Element {
    element(tag).attribute("class", class)
}

impl Element {
    /// An attribute that stays as it is.
    pub(crate) fn attribute(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(custom_attribute(name, value.into()))
    }

    /// Not inlined, like the others below: a call is a tenth of what it does, and there are hundreds.
    #[inline(never)]
    fn with(mut self, attribute: impl IntoAnyAttribute) -> Self {
        self.attributes.push(attribute.into_any_attr());
        self
    }

    /// An attribute that follows a signal, and is absent while that is `None`.
    pub(crate) fn following(self, name: &'static str, value: Signal<Option<String>>) -> Self {
        self.with(custom_attribute(name, move || value.get()))
    }

    /// The text in a field, as it follows a signal. A property: the attribute is only what a field starts with.
    pub(crate) fn value(self, value: Signal<String>) -> Self {
        self.with(prop("value", move || value.get()))
    }

    /// A property that is set or not.
    pub(crate) fn property(self, name: &'static str, value: bool) -> Self {
        self.with(prop(name, JsValue::from_bool(value)))
    }

    /// What happens on an event.
    pub(crate) fn on(self, event: &'static str, react: impl FnMut(web_sys::Event) + 'static) -> Self {
        let react: Box<dyn FnMut(web_sys::Event)> = Box::new(react);
        self.with(on(ev::Custom::<web_sys::Event>::new(event), react))
    }

    /// Text inside.
    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        self.child(plain(text.into()))
    }

    /// Another view inside.
    #[inline(never)]
    pub(crate) fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// More views inside.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// Done.
    #[inline(never)]
    pub(crate) fn view(self) -> AnyView {
        custom(self.tag).child(self.children).add_any_attr(self.attributes).into_any()
    }
}

#[inline(never)]
fn plain(text: String) -> AnyView {
    text.into_any()
}

/// A paragraph.
pub(crate) fn paragraph(class: &'static str, text: impl Into<String>) -> AnyView {
    classed("p", class).text(text).view()
}

/// A picture given as markup of our own making; nothing typed by a person may be in it.
pub(crate) fn picture(markup: String) -> AnyView {
    leptos::html::span()
        .attr("class", "picture")
        .attr("aria-hidden", "true")
        .inner_html(markup)
        .into_any()
}

/// A part that is made again when a signal it reads changes.
pub(crate) fn changing(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let make: Box<dyn Fn() -> AnyView + Send> = Box::new(make);
    (move || make()).into_any()
}

/// Nothing.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// What an event happened to, as the kind of element it must be.
pub(crate) fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.current_target().or_else(|| event.target())?.dyn_into().ok()
}

/// The text of the field an event happened to.
pub(crate) fn typed_text(event: &web_sys::Event) -> String {
    event_target_value(event)
}
