//! The pieces of the page, one a file. They print what the domain says and change the query; they decide nothing.

mod answer;
mod ask;
mod bars;
mod choose;
#[cfg(all(test, target_arch = "wasm32"))]
mod components;
mod details;
mod element;
mod field;
mod fold;
mod glance;
mod hero;
mod link;
mod product;
mod trouble;

pub(crate) use answer::calculator;
pub(crate) use element::{View, bring_into_sight, changing_by, classed, element, nothing, paragraph, target};
pub(crate) use trouble::trouble;
