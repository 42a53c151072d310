//! The pieces of the page, one component a file. They print what the domain says and change the query; they decide nothing.

#![expect(unreachable_pub, reason = "the component macro writes `pub` into a private module")]

mod answer;
mod arithmetic;
mod ask;
mod bars;
mod choose;
mod comparison;
mod field;
mod fold;
mod glance;
mod hero;
mod link;
mod product;
mod sources;
mod term;
mod trouble;

pub(crate) use answer::Calculator;
pub(crate) use trouble::{Trouble, TroubleProps};
