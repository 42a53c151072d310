//! The page: what is on screen, and how it gets its data. Nothing here computes a duty; that is the crate `duty`.
//!
//! In reading order: [`query`] (what the person typed, as a link), [`data`] (the packed files), [`state`] (both together, and the
//! answer), [`i18n`] (words and numbers in the person's language), `ui` (the pieces of the page), `app` (the page).

mod app;
pub mod data;
mod finder;
mod form;
pub mod i18n;
mod listener;
pub mod query;
pub mod state;
mod ui;

pub use app::mount;
