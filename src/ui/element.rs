//! Elements of the page, made at once and kept up to date by the effects of Leptos.
//!
//! The renderer of Leptos compares what a view was with what it becomes, which takes code for each kind of part to build, rebuild, mount
//! and drop it. This page never compares: what changes is either one attribute, one text or one value, or a part that is made again as a
//! whole. So a view is the node of the browser itself (docs/decisions/0002-elements-made-at-once.md has the figures).
//!
//! Whatever follows a signal lives as long as the owner under which it was made: the page, or one making of a [`changing`] part.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, Node};

use crate::listener::{follow, listen};

/// A part of the page: an element, a text, or several of them in a fragment.
pub(crate) type View = Node;

/// An element in the making.
pub(crate) struct Element(web_sys::Element);

/// An element of that name.
#[inline(never)]
pub(crate) fn element(tag: &'static str) -> Element {
    // The browser refuses impossible names only, and these are constants. What it gives instead is no element and reports its first use.
    Element(document().create_element(tag).unwrap_or_else(JsCast::unchecked_into))
}

/// An element of that name and class.
#[inline(never)]
pub(crate) fn classed(tag: &'static str, class: &'static str) -> Element {
    element(tag).attribute("class", class)
}

impl Element {
    /// An attribute that stays as it is.
    #[inline(never)]
    pub(crate) fn attribute(self, name: &'static str, value: impl AsRef<str>) -> Self {
        set_attribute(&self.0, name, Some(value.as_ref()));
        self
    }

    /// An attribute without a value, there or not.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        set_attribute(&self.0, name, set.then_some(""));
        self
    }

    /// An attribute that follows signals, and is absent while `value` is `None`.
    pub(crate) fn following(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.following_boxed(name, Box::new(value))
    }

    /// Boxed, like the others below: compiled once instead of once for each closure.
    #[inline(never)]
    fn following_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        follow(Box::new(move || set_attribute(&element, name, value().as_deref())));
        self
    }

    /// The text in a field, as it follows signals. A property: the attribute is only what a field starts with.
    pub(crate) fn value(self, value: Rc<dyn Fn() -> String>) -> Self {
        let input: HtmlInputElement = self.0.clone().unchecked_into();
        follow(Box::new(move || {
            let value = value();
            // Setting what is there already would move the caret.
            if input.value() != value {
                input.set_value(&value);
            }
        }));
        self
    }

    /// Which option of a list is chosen, as it follows signals. The options must be in it already. One that is not among them is added
    /// while it is chosen: a link may hold it, and it stays visible beside its message.
    pub(crate) fn chosen(self, value: Rc<dyn Fn() -> String>) -> Self {
        let select: HtmlSelectElement = self.0.clone().unchecked_into();
        let stranger = element("option");
        follow(Box::new(move || {
            let value = value();
            stranger.0.remove();
            select.set_value(&value);
            if select.value() != value {
                stranger.0.set_text_content(Some(&value));
                append(&select, &stranger.0);
                select.set_value(&value);
            }
        }));
        self
    }

    /// What happens on an event.
    pub(crate) fn on(self, event: &'static str, react: impl FnMut(web_sys::Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(react));
        self
    }

    /// Text inside.
    #[inline(never)]
    pub(crate) fn text(self, text: impl AsRef<str>) -> Self {
        append_text(&self.0, text.as_ref());
        self
    }

    /// Markup inside, behind what is there.
    pub(crate) fn markup(self, markup: &markup::View) -> Self {
        // The browser refuses no place inside an element.
        let _ = self.0.insert_adjacent_html("beforeend", markup.as_str());
        self
    }

    /// Markup that was made elsewhere, instead of what is there.
    pub(crate) fn html(self, markup: &str) -> Self {
        self.0.set_inner_html(markup);
        self
    }

    /// Another view inside.
    #[inline(never)]
    pub(crate) fn child(self, child: View) -> Self {
        append(&self.0, &child);
        self
    }

    /// More views inside.
    pub(crate) fn children(self, children: impl IntoIterator<Item = View>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Done.
    pub(crate) fn view(self) -> View {
        self.0.into()
    }
}

/// A text.
#[inline(never)]
pub(crate) fn plain(text: &str) -> View {
    document().create_text_node(text).into()
}

/// A paragraph.
pub(crate) fn paragraph(class: &'static str, text: impl AsRef<str>) -> View {
    classed("p", class).text(text).view()
}

/// A part whose markup is made elsewhere; `None` while it is on its way. What was there stays until then, so that nothing jumps, but is not
/// to be seen. `placed` hears of it.
pub(crate) fn awaited(markup: impl Fn() -> Option<String> + 'static, placed: impl Fn() + 'static) -> View {
    let place = element("div");
    let shown = place.0.clone();
    follow(Box::new(move || {
        let markup = markup();
        set_attribute(&shown, "aria-busy", markup.is_none().then_some("true"));
        if let Some(markup) = markup {
            become_markup(&shown, &markup);
            placed();
        }
    }));
    place.view()
}

/// Puts markup in place of what is there. A child that is the same stays, and so does what is open or has the focus in it; one that says so
/// is the same as long as it says the same.
fn become_markup(place: &web_sys::Element, markup: &str) {
    let made = element("div").html(markup).view();
    // What a part begins with are elements, never bare text: `crates/details` makes it so.
    let mark = |node: &Node| node.unchecked_ref::<web_sys::Element>().get_attribute(details::STAYS);
    let is_same = |old: &Node, new: &Node| mark(new).is_some_and(|new| mark(old) == Some(new)) || old.is_equal_node(Some(new));
    // What there is of both can be moved and removed.
    let mut old = place.first_child();
    while let Some(new) = made.first_child() {
        let next = old.as_ref().and_then(Node::next_sibling);
        if old.as_ref().is_some_and(|old| is_same(old, &new)) {
            let _ = made.remove_child(&new);
        } else {
            let _ = place.insert_before(&new, old.as_ref());
            let _ = old.map(|old| place.remove_child(&old));
        }
        old = next;
    }
    while let Some(rest) = old {
        old = rest.next_sibling();
        let _ = place.remove_child(&rest);
    }
}

/// Several views one after the other.
pub(crate) fn several(views: impl IntoIterator<Item = View>) -> View {
    let several = nothing();
    for view in views {
        append(&several, &view);
    }
    several
}

/// Nothing.
#[inline(never)]
pub(crate) fn nothing() -> View {
    document().create_document_fragment().into()
}

/// A text that follows signals. It stays the same node, so that a screen reader hears of it only when it changes.
pub(crate) fn changing_text(text: impl Fn() -> String + 'static) -> View {
    changing_text_boxed(Box::new(text))
}

fn changing_text_boxed(text: Box<dyn Fn() -> String>) -> View {
    let node = plain("");
    let shown = node.clone();
    follow(Box::new(move || {
        let text = text();
        if shown.text_content().as_deref() != Some(&text) {
            shown.set_text_content(Some(&text));
        }
    }));
    node
}

/// A part that is made again, as a whole, when a signal it reads changes.
pub(crate) fn changing(make: impl Fn() -> View + 'static) -> View {
    changing_boxed(Box::new(make))
}

/// A part that is made again when what `key` says changes, and only then, whatever it reads itself.
///
/// A memo of that would do the same, and is compiled anew for each type of value.
pub(crate) fn changing_by(key: impl Fn() -> String + 'static, make: impl Fn() -> View + 'static) -> View {
    changing_by_boxed(Box::new(key), Box::new(make))
}

fn changing_by_boxed(key: Box<dyn Fn() -> String>, make: Box<dyn Fn() -> View>) -> View {
    let known = RwSignal::new(None::<String>);
    follow(Box::new(move || {
        let key = key();
        if known.with_untracked(|known| known.as_deref() != Some(&key)) {
            known.set(Some(key));
        }
    }));
    changing(move || {
        known.track();
        untrack(&make)
    })
}

fn changing_boxed(make: Box<dyn Fn() -> View>) -> View {
    // The part lies between two marks, which stay; what is between them may be anything, also nothing.
    let part = nothing();
    let (start, end) = (plain(""), plain(""));
    append(&part, &start);
    append(&part, &end);
    follow(Box::new(move || {
        let view = make();
        let Some(parent) = end.parent_node() else { return };
        while let Some(old) = start.next_sibling().filter(|node| *node != end) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&view, Some(&end));
    }));
    part
}

/// Puts a node at the end of another; the browser refuses that for none of those the page is made of.
fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

#[inline(never)]
fn append_text(parent: &web_sys::Element, text: &str) {
    let _ = parent.append_with_str_1(text);
}

#[inline(never)]
fn set_attribute(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // The names are constants the browser accepts.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Scrolls no further than it takes to see an element.
pub(crate) fn bring_into_sight(element: &web_sys::Element) {
    let nearest = web_sys::ScrollIntoViewOptions::new();
    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// What an event happened to, as the kind of element that was listened to.
pub(crate) fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.current_target().map(JsCast::unchecked_into)
}

/// The text of the field an event happened to.
pub(crate) fn typed_text(event: &web_sys::Event) -> String {
    target::<HtmlInputElement>(event).map(|input| input.value()).unwrap_or_default()
}
