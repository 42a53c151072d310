//! The page: what is on screen, and how it gets its data. Nothing here computes a duty; that is the crate `duty`.
//!
//! In reading order: [`data`] (the packed files), [`state`] (they and the query together, and the answer), `program` (what is in programs of
//! their own: `finder`, `details`), `ui` (the pieces of the page), `app` (the page). What was typed is understood in the crate `query`, and
//! said in words by the crate `words`.

mod app;
pub mod data;
mod details;
mod finder;
mod listener;
mod program;
pub mod state;
mod ui;

pub use app::mount;
